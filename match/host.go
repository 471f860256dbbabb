package match

import (
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/vers"
)

// Facts are what is known about a host or an installation: "platform" -> "Windows Server
// 2019", "architecture" -> "x64", "edition" -> "FIPS". Keys are in lower case. A fact that
// is not there is not known; the nil map knows nothing.
type Facts map[string]string

// A Host is one machine or device: its facts, what it is, and what is installed on it. The
// zero Host is one about which nothing is known. A host that is shared between goroutines
// must not be changed.
type Host struct {
	ID    string
	Facts Facts
	// Platforms are what the installations run on: the operating system, the device.
	// PlatformsComplete says that there is no other.
	Platforms         []Installation
	PlatformsComplete bool
	// Installations are the products on the host. InstallationsComplete says that there is
	// no other.
	Installations         []Installation
	InstallationsComplete bool
	// Patches are what is installed beside the versions, as the inventory prints it:
	// "KB5034768", "Take 65", "HF12". PatchList says how far the list goes.
	Patches   []string
	PatchList PatchList
}

// A PatchList says how much of the patches of a host is listed.
type PatchList uint8

// How much is listed. The zero value is NoPatches.
const (
	NoPatches       PatchList = iota // the inventory does not list patches
	SomePatches                      // more may be installed
	CompletePatches                  // no other is installed
)

var patchListNames = [...]string{"none", "partial", "complete"}

// String returns "none", "partial" or "complete".
func (p PatchList) String() string { return patchListNames[min(p, CompletePatches)] }

// An Installation is one product on one host, as an inventory states it. Any of the
// identifiers may be empty; what is there has to be about the same product. The zero
// Installation names nothing, and nothing is stated about it. Matching only reads it.
type Installation struct {
	// Host is where it is installed, nil when nothing is known about that.
	Host *Host
	// Vendor and Product are names as the inventory prints them.
	Vendor, Product string
	// Version is as the inventory prints it; when empty, that of the purl or CPE counts.
	Version string
	PURL    purl.PURL
	CPE     cpe.Name
	// Model, Serial and SKU are numbers of the vendor, as they stand on the device.
	Model, Serial, SKU string
	Hashes             []advisory.Hash
	Tags               []string // SWID tag ids and other URIs
	// Row is the row of the inventory as it stands there, for the evidence; it decides nothing.
	Row string
	// Facts are about this installation only and come before those of the host.
	// FactsComplete says that what is in neither of them is not so.
	Facts         Facts
	FactsComplete bool
	// Met answers conditions in words, by their exact text: vers.Yes where the caller has
	// looked and the condition is met, vers.No where it is not.
	Met map[string]vers.Truth
	// Parts are the products inside this one (a library in an image), PartOf those that it
	// is a part of. The flags say that there is no other.
	Parts          []Installation
	PartsComplete  bool
	PartOf         []Installation
	PartOfComplete bool
}

// Fact returns a fact of the installation, or of its host. The facts "model", "serial" and
// "sku" are the fields of these names.
func (in *Installation) Fact(name string) (string, bool) {
	switch {
	case name == "model" && in.Model != "":
		return in.Model, true
	case name == "serial" && in.Serial != "":
		return in.Serial, true
	case name == "sku" && in.SKU != "":
		return in.SKU, true
	}
	if v, ok := in.Facts[name]; ok {
		return v, true
	}
	if in.Host == nil {
		return "", false
	}
	v, ok := in.Host.Facts[name]
	return v, ok
}

// Holds tells whether a condition in words is met, as far as the caller said.
func (in *Installation) Holds(text string) vers.Truth { return in.Met[text] }

// releaseOf returns the version of a CPE name with its update, as a scheme may read it.
func releaseOf(n cpe.Name) string {
	text := n.Text(cpe.Version)
	if u := n.Value(cpe.Update); !u.IsAny() && !u.IsNA() && !u.IsPattern() {
		text += " " + strings.ReplaceAll(u.Text(), "_", " ")
	}
	return text
}

// namesRelease tells whether the installed version is that of the CPE name, so that CPE names
// of versions can be compared with it as such.
func (in *Installation) namesRelease() bool {
	return in.CPE.IsValid() && (strings.TrimSpace(in.Version) == "" || !in.CPE.Value(cpe.Version).IsAny())
}

// version returns the text of the installed version and where it was taken from.
func (in *Installation) version() (text, from string) {
	switch {
	case strings.TrimSpace(in.Version) != "":
		return strings.TrimSpace(in.Version), "inventory"
	case in.PURL.Version() != "":
		return in.PURL.FullVersion(), "purl"
	case in.CPE.IsValid():
		if v := in.CPE.Value(cpe.Version); !v.IsAny() && !v.IsNA() && !v.IsPattern() {
			return releaseOf(in.CPE), "cpe"
		}
	}
	return "", ""
}
