package match

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/cpe"
)

// A ChangeKind is a set of the ways in which a finding changed.
type ChangeKind uint8

// The ways. ChangeNew and ChangeGone stand alone.
const (
	ChangeNew      ChangeKind = 1 << iota // the old scan does not have the finding
	ChangeGone                            // the new scan does not have it
	ChangeVerdict                         // status, reason, or what an Unknown may be
	ChangeFix                             // the fix on the branch
	ChangeRemedies                        // what the publisher offers or advises
)

// String returns the words of the set joined by "+": "verdict+fix".
func (k ChangeKind) String() string {
	var words []string
	for i, word := range [...]string{"new", "gone", "verdict", "fix", "remedies"} {
		if k&(1<<i) != 0 {
			words = append(words, word)
		}
	}
	return strings.Join(words, "+")
}

// A Change is one finding that differs between two scans.
type Change struct {
	Kind ChangeKind
	// Fingerprint is that of the finding, see [Installation.Fingerprint].
	Fingerprint string
	Old, New    Finding // zero where a scan does not have the finding
	// From and To are the installation in the old scan and in the new one, nil where the scan
	// does not hold it. So a finding that is gone is settled where To is not nil, and else
	// nobody looked.
	From, To *Installation
}

// Diff returns what changed from one scan to the next, in the order of the new one; what is
// gone comes last. A newer revision of a document, or another document, is no change as long
// as it changes nothing for an installation. Findings are found again by their fingerprint,
// and where a host has a product more than once by their version first.
//
// Both scans have to ask for the same statuses ([AskOptions].Want). When these hold Fixed
// and NotAffected, a finding that is gone has no statement any more.
func Diff(old, new []Result) []Change {
	was, is := found(old), found(new)
	var changes []Change
	for _, key := range is.order {
		a, b := slices.Clone(was.findings[key]), slices.Clone(is.findings[key])
		pairUp(&a, &b, func(x, y *foundOne) { changes = appendChange(changes, key, x, y) })
		for i := range b {
			changes = append(changes, Change{Kind: ChangeNew, Fingerprint: key, New: *b[i].Finding,
				From: was.installation(b[i].in), To: b[i].in})
		}
		was.findings[key] = a // the rest is gone
	}
	for _, key := range was.order {
		for _, a := range was.findings[key] {
			changes = append(changes, Change{Kind: ChangeGone, Fingerprint: key, Old: *a.Finding,
				From: a.in, To: is.installation(a.in)})
		}
	}
	return changes
}

// A foundOne is a finding of a scan.
type foundOne struct {
	*Finding
	in *Installation
}

// A foundSet holds the findings of a scan by fingerprint.
type foundSet struct {
	order         []string
	findings      map[string][]foundOne
	installations map[string][]*Installation
}

// installation returns the same installation in a scan, of the same version where it can be;
// nil for none.
func (f *foundSet) installation(in *Installation) *Installation {
	list := f.installations[in.Fingerprint("")]
	if len(list) == 0 {
		return nil
	}
	version, _ := in.version()
	return list[max(0, slices.IndexFunc(list, func(o *Installation) bool {
		v, _ := o.version()
		return v == version
	}))]
}

func found(results []Result) foundSet {
	set := foundSet{findings: map[string][]foundOne{}, installations: map[string][]*Installation{}}
	for i := range results {
		r := &results[i]
		if r.Installation == nil {
			continue
		}
		id := r.Installation.Fingerprint("")
		set.installations[id] = append(set.installations[id], r.Installation)
		for j := range r.Findings {
			key := r.Installation.Fingerprint(r.Findings[j].Vulnerability)
			if set.findings[key] == nil {
				set.order = append(set.order, key)
			}
			set.findings[key] = append(set.findings[key], foundOne{&r.Findings[j], r.Installation})
		}
	}
	return set
}

// pairUp calls f for the pairs of two lists, those of one version first, and leaves what has
// no partner.
func pairUp(a, b *[]foundOne, f func(x, y *foundOne)) {
	for _, anyVersion := range [...]bool{false, true} {
		for i := 0; i < len(*a); {
			x := (*a)[i]
			j := slices.IndexFunc(*b, func(y foundOne) bool {
				was, _ := x.in.version()
				is, _ := y.in.version()
				return anyVersion || was == is
			})
			if j < 0 {
				i++
				continue
			}
			y := (*b)[j]
			*a, *b = slices.Delete(*a, i, i+1), slices.Delete(*b, j, j+1)
			f(&x, &y)
		}
	}
}

func appendChange(changes []Change, key string, was, is *foundOne) []Change {
	c := Change{Fingerprint: key, Old: *was.Finding, New: *is.Finding, From: was.in, To: is.in}
	if c.Old.Verdict != c.New.Verdict {
		c.Kind |= ChangeVerdict
	}
	if c.Old.Fix != c.New.Fix {
		c.Kind |= ChangeFix
	}
	if c.Old.Remedies != c.New.Remedies {
		c.Kind |= ChangeRemedies
	}
	if c.Kind == 0 {
		return changes
	}
	return append(changes, c)
}

// Fingerprint names an installation and a vulnerability ("" for none) in 32 hexadecimal
// digits, so that a finding is the same one in the next scan. It holds the host, what the
// installation is a part of, and its identifiers as the inventory states them; versions are
// left out, so that it stays through an upgrade. It is the same with every release of the
// library.
func (in *Installation) Fingerprint(vulnerability string) string {
	h := fingerprint{}
	if in.Host != nil {
		h.add(in.Host.ID)
	}
	h.installation(in)
	for i := range in.PartOf {
		h.installation(&in.PartOf[i])
	}
	h.add(vulnerability)
	sum := sha256.Sum256(h)
	return hex.EncodeToString(sum[:16])
}

// A fingerprint is what is hashed: each text behind its length.
type fingerprint []byte

func (h *fingerprint) add(texts ...string) {
	for _, text := range texts {
		*h = append(binary.AppendUvarint(*h, uint64(len(text))), text...)
	}
}

func (h *fingerprint) installation(in *Installation) {
	h.add("installation", in.Vendor, in.Product, in.Model, in.Serial, in.SKU)
	u := in.PURL
	h.add(u.Type(), u.Namespace(), u.Name(), u.Subpath())
	for key, value := range u.Qualifiers() {
		switch key {
		case "epoch", "distro", "checksum", "download_url", "vcs_url", "file_name": // these go with the version
		default:
			h.add(key, value)
		}
	}
	h.add("cpe")
	for a := cpe.Part; in.CPE.IsValid() && a <= cpe.Other; a++ {
		if a != cpe.Version && a != cpe.Update {
			h.add(in.CPE.Value(a).String())
		}
	}
	h.add(in.Tags...)
}

// digestOf returns a number that stands for remediations, in whatever order; 0 for none.
func digestOf(list []advisory.Remediation) uint64 {
	sum := uint64(0)
	for i := range list {
		h := fnv.New64a()
		var text fingerprint
		text.add(list[i].Category, list[i].Text, list[i].URL)
		h.Write(text)
		sum += h.Sum64() | 1 // no single one is nothing
	}
	return sum
}
