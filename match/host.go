package match

import (
	"strings"

	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/vers"
)

// Facts are what is known about a host or an installation: "platform" -> "Windows Server
// 2019", "architecture" -> "x64", "edition" -> "FIPS". Keys are in lower case. A fact that
// is not there is not known; the nil map knows nothing.
type Facts map[string]string

// A Host is one machine or device: its facts and what is installed on it. The zero Host is
// one about which nothing is known. A host that is shared between goroutines must not be
// changed.
type Host struct {
	ID            string
	Facts         Facts
	Installations []Installation
}

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
	// Facts are about this installation only and come before those of the host.
	Facts Facts
	// Met answers conditions in words, by their exact text: vers.Yes where the caller has
	// looked and the condition is met, vers.No where it is not.
	Met map[string]vers.Truth
}

// Fact returns a fact of the installation, or of its host.
func (in *Installation) Fact(name string) (string, bool) {
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

// version returns the text of the installed version and where it was taken from.
func (in *Installation) version() (text, from string) {
	switch {
	case strings.TrimSpace(in.Version) != "":
		return strings.TrimSpace(in.Version), "inventory"
	case in.PURL.Version() != "":
		return in.PURL.FullVersion(), "purl"
	case in.CPE.IsValid():
		if v := in.CPE.Value(cpe.Version); !v.IsAny() && !v.IsNA() && !v.IsPattern() {
			return v.Text(), "cpe"
		}
	}
	return "", ""
}
