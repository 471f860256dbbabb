package match

import (
	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/vers"
)

// A merged is the timelines of all statements about one package in one: the bounds of all of
// them, sorted, and between which bounds which finding is reported. It is what remains of the
// decision when an installation is a package with a version and nothing else. It is made the
// first time that somebody asks about the package (see merge.go), and read-only then.
type merged struct {
	of     purl.PURL // whose qualifiers it is for, without version; the zero PURL: for all
	next   *merged   // for other qualifiers
	scheme vers.Scheme
	bounds string // keys, one behind the other
	ends   []uint32
	// stretches are sorted by vulnerability. Clear answers are none, because nobody asks for
	// them here.
	stretches []stretch
	answers   []Finding
	claims    []int32              // that decided the answers
	hits      []hit                // of all statements, by vulnerability
	named     []*advisory.Timeline // that name versions by their texts as well
}

// A stretch is where one answer holds: for the versions that have at least from and less than to
// of the bounds at or below them.
type stretch struct {
	from, to uint32
	answer   int32 // a place in answers; the complement of one in hits where more than the version decides
}

// A mergedTable holds the merged timelines of a matcher by the numbers of the keys of packages.
type mergedTable struct {
	numbers map[string]int32 // where the matcher was built; a file has numbers of its own
	made    table[merged]
}

// numberPackages gives the packages their numbers, when all is entered.
func (m *Matcher) numberPackages() {
	m.merged.numbers = map[string]int32{}
	for key := range m.index {
		if key[0] == byPURL {
			m.merged.numbers[key] = int32(len(m.merged.numbers))
		}
	}
	m.merged.made.resize(len(m.merged.numbers))
}

// packageNumber returns the number of the key of a package.
func (m *Matcher) packageNumber(key []byte) (n int, ok bool) {
	if m.flat != nil {
		return m.flat.index.number(key)
	}
	number, ok := m.merged.numbers[string(key)]
	return int(number), ok
}

// isPackage tells whether an installation is known by its purl and version only.
func (in *Installation) isPackage() bool {
	return in.PURL.IsValid() && in.Product == "" && !in.CPE.IsValid() && in.Model == "" && in.Serial == "" && in.SKU == "" &&
		len(in.Hashes) == 0 && len(in.Tags) == 0 && len(in.PartOf) == 0
}

// isUsual tells whether a view asks for what may be affected, and its caller's word changes no
// verdict.
func (a *ask) isUsual() bool {
	return a.Want&^defaultWant == 0 && len(a.corrections) == 0 && len(a.denied) == 0 && len(a.Ranks) == 0
}

// findPackage is find for a package. It is not ok for one that has to be looked at in full.
func (m *Matcher) findPackage(s *scratch, dst []Finding, in *Installation, remedies bool, done <-chan struct{}) (_ []Finding, ok bool) {
	m.begin(s, in)
	text, _ := in.version()
	if text == "" || s.built {
		return dst, false
	}
	s.probe = in.PURL.AppendKey(append(s.probe[:0], byPURL))
	n, known := m.packageNumber(s.probe)
	if !known {
		return dst, true // nobody speaks of it
	}
	g := m.mergedOf(in, n)
	if g == nil || g.scheme == nil {
		return dst, false
	}
	for _, t := range g.named {
		if _, ok := t.Text(text, s.id[:0]); ok {
			return dst, false
		}
	}
	key, _, err := m.schemes.AppendKey(s.id[:0], g.scheme, text)
	if s.id = key; err != nil {
		return dst, false
	}
	s.hits = append(s.hits, g.hits[:min(len(g.hits), 1)]...) // somebody speaks of it
	at := g.count(key)
	for i := range g.stretches {
		p := &g.stretches[i]
		if at < p.from || at >= p.to {
			continue
		}
		var f Finding
		claim := int32(-1)
		if p.answer >= 0 {
			f, claim = g.answers[p.answer], g.claims[p.answer]
		} else {
			select {
			case <-done:
				return dst, false
			default:
			}
			hits := g.hits[^p.answer:]
			d := m.decide(s, in, hits[0].about, hits[:m.group(hits, 0)], nil)
			f, claim = m.finding(&d), d.claim
		}
		if m.ask.Want.Has(f.Verdict.Status) && f.Verdict.Status != advisory.NoStatement {
			m.complement(s, in, &f, hit{claim: claim}, remedies)
			dst = append(dst, f)
		}
	}
	return dst, true
}

// count returns how many bounds are at or below a key.
func (g *merged) count(key []byte) uint32 {
	low, high := 0, len(g.ends)
	for low < high {
		if middle := int(uint(low+high) / 2); g.bound(middle) <= string(key) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return uint32(low)
}

func (g *merged) bound(i int) string {
	if i == 0 {
		return g.bounds[:g.ends[0]]
	}
	return g.bounds[g.ends[i-1]:g.ends[i]]
}
