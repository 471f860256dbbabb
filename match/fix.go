package match

import "github.com/affected-go/affected/advisory"

// fix returns the lowest version above the installed one on its branch that is clear
// (step 6), as far as the deciding statement tells.
func (m *Matcher) fix(s *scratch, in *Installation, d *decision) Fix {
	switch {
	case d.verdict.Clear():
		return Fix{Kind: FixNotNeeded}
	case !d.verdict.MayBeAffected() || d.verdict.Status == advisory.UnderInvestigation:
		return Fix{}
	}
	t := m.claims[d.claim].timeline
	m.version(&s.read, in, t)
	r := &s.read
	from := r.low
	switch r.kind {
	case readExact, readBranch:
	case readAnything:
		from = nil
	default:
		return Fix{}
	}
	next, unknown := t.NextClear(from, r.line)
	switch {
	case next != nil && next.LowOpen:
		return Fix{Kind: FixAfter, Version: next.LowText}
	case next != nil:
		return Fix{Kind: FixVersion, Version: next.LowText}
	case unknown || !t.Speaks():
		return Fix{}
	default:
		return Fix{Kind: FixNone}
	}
}
