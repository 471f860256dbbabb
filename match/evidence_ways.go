package match

import (
	"slices"
	"strings"
	"sync/atomic"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
)

// A waysOut is what the evidence tells of the ways out, and where they hold. They are the same for
// all versions that lie in the same segments and on the same branch, where nothing else that is
// known of an installation changes what the statements say.
type waysOut struct {
	branch, limit string         // of the installed version, see way
	others        []claimSegment // that hold it in what other statements say
	fix           string
	branches      []string
}

// A claimSegment is a segment of the timeline of a claim, -1 for a line that it does not name.
type claimSegment struct{ claim, segment int32 }

// noteWays notes the fix, the branches where they tell more, and what the publisher offers.
func (m *Matcher) noteWays(s *scratch, in *Installation, d *decision, e *Evidence) {
	if d.claim < 0 {
		return
	}
	list := [1]trouble{{d.vulnerability, m.hitsOf(s.hits, d.vulnerability), *d}}
	var ways *waysOut
	if d.verdict.MayBeAffected() {
		segment, span := m.spanOf(s, in, d.by())
		said, t := m.citation(d.claim), m.claim(d.claim).timeline
		p := said.passage(t, segment, span)
		e.Remediations = p.remedies
		if m.isAsStated(s, &list[0]) && m.segmentsOf(s, in, &list[0]) {
			ways = m.keptWays(s, in, list[:], p, &said.passages[segment+1])
		}
	}
	if ways == nil {
		ways = m.findWays(s, in, list[:])
	}
	e.Fix, e.Branches = ways.fix, ways.branches
}

// isAsStated tells whether the verdict is what statements say of the installed version and nothing
// else.
func (m *Matcher) isAsStated(s *scratch, v *trouble) bool {
	return v.now.verdict.Status == advisory.Affected && s.read.kind == readExact && !s.built && len(m.ask.corrections) == 0 && len(m.ask.Ranks) == 0 &&
		!slices.ContainsFunc(v.hits, func(h hit) bool {
			return h.whole != 0 || h.open || h.level <= product.Possible || !m.citation(h.claim).byVersion
		})
}

// segmentsOf fills s.segments with those that hold the installed version in what statements say beside
// the one that decides. It is not ok where one of them reads no single version.
func (m *Matcher) segmentsOf(s *scratch, in *Installation, v *trouble) bool {
	s.segments = s.segments[:0]
	for _, h := range v.hits {
		if h.claim == v.now.claim {
			continue
		}
		t := m.claim(h.claim).timeline
		if m.version(&s.read, in, t); s.read.kind != readExact {
			return false
		}
		_, segment := t.At(s.read.low, s.read.line)
		s.segments = append(s.segments, claimSegment{h.claim, int32(segment)})
	}
	return true
}

// keptWays returns the ways out that stand with the passage where the deciding statement speaks.
func (m *Matcher) keptWays(s *scratch, in *Installation, list []trouble, p *passage, slot *atomic.Pointer[passage]) *waysOut {
	w, _ := m.wayFrom(s, in, list, &list[0].now)
	if k := p.ways; k != nil && k.branch == w.name && k.limit == string(w.limit) && slices.Equal(k.others, s.segments) {
		return k
	}
	branch, limit, others := strings.Clone(w.name), string(w.limit), slices.Clone(s.segments)
	found, with := m.findWays(s, in, list), *p
	found.branch, found.limit, found.others = branch, limit, others
	with.ways = found
	slot.CompareAndSwap(p, &with)
	return found
}

// findWays looks for the ways out of one trouble.
func (m *Matcher) findWays(s *scratch, in *Installation, list []trouble) *waysOut {
	ways, out := m.fixes(s, in, list), new(waysOut)
	known := ways.Installed.Fix.Kind != FixUnknown
	if known && list[0].now.verdict.Status != advisory.UnderInvestigation {
		out.fix = ways.Installed.Fix.String()
	}
	if text := ways.Installed.String(); known && text != out.fix || len(ways.Next) > 0 { // more than the fix
		out.branches = append(make([]string, 0, 1+len(ways.Next)), text)
	}
	for _, b := range ways.Next {
		out.branches = append(out.branches, b.String())
	}
	out.branches = slices.Clip(out.branches)
	return out
}
