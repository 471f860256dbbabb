package match

import (
	"math"
	"slices"

	"github.com/affected-go/affected/advisory"
)

// lookWholes appends what is said about the products that the installation is a part of and
// about all that is inside them (advisory.Statement.Parts): the VEX statement on an image
// that names no package. Unless all is asked for, only vulnerabilities count that something
// is said about for the installation itself: a whole does not give its parts findings.
func (m *Matcher) lookWholes(s *scratch, in *Installation, all bool) {
	direct := s.hits[:len(s.hits):len(s.hits)]
	for i := range in.PartOf[:min(len(in.PartOf), math.MaxInt16)] {
		o := s.elsewhere()
		m.identify(o, &in.PartOf[i], false)
		for _, h := range o.hits {
			c := m.claim(h.claim)
			if !c.parts {
				continue
			}
			_, named := slices.BinarySearchFunc(direct, c.vulnerability, func(d hit, v int32) int {
				return int(m.about(d.claim)) - int(v)
			})
			if all || named {
				h.whole = int16(i + 1)
				s.hits = append(s.hits, h)
			}
		}
	}
	if len(s.hits) > len(direct) {
		m.sortHits(s)
	}
}

// subject returns what a hit is about, the installation or what it is a part of, and the
// scratch in which its version is read.
func (s *scratch) subject(in *Installation, h hit) (*scratch, *Installation) {
	if h.whole == 0 {
		return s, in
	}
	o := s.elsewhere()
	o.read = installed{low: o.read.low[:0], high: o.read.high[:0]}
	return o, &in.PartOf[h.whole-1]
}

// saysTo returns what the timeline of a claim says about what the hit is about.
func (m *Matcher) saysTo(s *scratch, in *Installation, h hit) (advisory.Outcome, int) {
	o, subject := s.subject(in, h)
	return m.says(o, subject, m.claim(h.claim).timeline)
}
