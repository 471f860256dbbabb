package match

import (
	"slices"

	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/vers"
)

// identifyPackage is identify for an installation that is a package and nothing else, as far as
// s.only is asked about: all links to it decide, and its merged timeline, where somebody has asked
// for all that is said about it, has the claims by vulnerability. It is not ok for what has to be
// looked at in full.
func (m *Matcher) identifyPackage(s *scratch, in *Installation) (ok bool) {
	if in.Product != "" || !in.isSimple() {
		return false
	}
	m.begin(s, in)
	n, level, found, _ := m.mergedKey(s, in)
	if !found {
		return true // nothing is said
	}
	g := m.merged.made.get(n)
	for g != nil && !g.is(s, in, level) {
		g = g.next
	}
	if g == nil || g.releases || len(g.hits) > 0 && g.hits[0].about == anyAbout {
		return false
	}
	for _, v := range s.only {
		s.hits = append(s.hits, m.hitsOf(g.hits, v)...)
	}
	return true
}

// meansPURL tells whether one of the purls of a claim means the installed one, the version
// apart. What the installed one leaves out makes it Unknown.
func (m *Matcher) meansPURL(s *scratch, c int32, in *Installation) vers.Truth {
	claim := m.claim(c)
	if claim.plain {
		return vers.Yes // the key of the index was that of one of them
	}
	// Claims about one package of one release share their purls.
	for i := range s.meant {
		if s.meant[i].first == &claim.purls[0] {
			return s.meant[i].truth
		}
	}
	t := vers.No
	for i := range claim.purls {
		t = t.Or(claim.purls[i].Relate(in.PURL))
	}
	s.meant[s.nextMeant%len(s.meant)] = meant{&claim.purls[0], t}
	s.nextMeant++
	return t
}

// A meant remembers whether the purls of a claim mean the installed one.
type meant struct {
	first *purl.PURL
	truth vers.Truth
}

// leftOut appends the qualifiers that the installed purl leaves out, or states too vaguely,
// though a purl of the claim asks for them.
func (m *Matcher) leftOut(dst []string, c int32, in *Installation) []string {
	for i := range m.claim(c).purls {
		p := &m.claim(c).purls[i]
		if p.Relate(in.PURL) != vers.Unknown {
			continue
		}
		for key, value := range p.Qualifiers() {
			if have, _ := in.PURL.Qualifier(key); have != value && !slices.Contains(dst, "purl "+key) {
				dst = append(dst, "purl "+key)
			}
		}
	}
	return dst
}
