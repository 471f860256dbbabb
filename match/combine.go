package match

import (
	"slices"
	"time"

	"github.com/affected-go/affected/advisory"
)

// combine turns the votes on one vulnerability into a decision: first those of each
// document, then documents against each other (DESIGN section 6, step 5).
func (m *Matcher) combine(s *scratch, d *decision, trace *Evidence) {
	votes := s.votes
	n := 0
	for from := 0; from < len(votes); {
		to := from + 1
		for to < len(votes) && m.claims[votes[to].claim].source == m.claims[votes[from].claim].source {
			to++
		}
		votes[n] = one(votes[from:to])
		n++
		from = to
	}
	votes = speaking(votes[:n])
	if len(votes) > 1 && !agree(votes) {
		votes = m.settle(votes, trace)
	}
	v := one(votes)
	d.claim, d.level = v.claim, v.level
	d.verdict = Verdict{Status: v.Status, Reason: v.Reason}
	if v.Status == advisory.Unknown {
		d.verdict.Possible = v.Possible
	}
}

// one combines votes of one document, or those that are left of all.
//
//   - Affected in one statement is affected.
//   - What could not be read or compared blocks every other answer (the safety law); a
//     statement that only does not list the version does not.
//   - UnderInvestigation beside NotAffected or Fixed is a conflict.
//   - NotAffected and Fixed agree: Fixed.
func one(votes []vote) vote {
	best := votes[0]
	possible := advisory.StatusSet(0)
	for _, v := range votes {
		if v.Status == advisory.Unknown && !v.weak {
			possible = possible.Union(v.Possible)
		} else if v.Status != advisory.Unknown && v.Status != advisory.NoStatement {
			possible = possible.With(v.Status)
		}
		if strength(&v) > strength(&best) {
			best = v
		}
	}
	clear := possible.Has(advisory.Fixed) || possible.Has(advisory.NotAffected)
	switch {
	case best.Status == advisory.Unknown:
		best.Possible = best.Possible.Union(possible)
	case best.Status == advisory.UnderInvestigation && clear:
		best.Outcome = advisory.Outcome{Status: advisory.Unknown, Reason: advisory.Conflict, Possible: possible,
			Span: best.Span, Rule: "one statement says clear, another that it is under investigation"}
	}
	return best
}

// strength orders votes as one does.
func strength(v *vote) int {
	switch {
	case v.Status == advisory.Affected:
		return 7
	case v.Status == advisory.Unknown && !v.weak:
		return 6
	case v.Status == advisory.UnderInvestigation:
		return 5
	case v.Status == advisory.Fixed:
		return 4
	case v.Status == advisory.NotAffected:
		return 3
	case v.Status == advisory.Unknown:
		return 2
	case v.Reason == advisory.OtherPlatform:
		return 1
	default:
		return 0
	}
}

// speaking drops votes that say nothing about this version, as long as others speak:
// silence has no vote.
func speaking(votes []vote) []vote {
	says := func(v vote) bool { return v.Status != advisory.NoStatement && !v.weak }
	if slices.ContainsFunc(votes, says) {
		return slices.DeleteFunc(votes, func(v vote) bool { return !says(v) })
	}
	return votes
}

func agree(votes []vote) bool {
	return !slices.ContainsFunc(votes, func(v vote) bool { return v.Status != votes[0].Status })
}

// settle lets ranks and dates decide between documents that differ. Two things hold in
// each step: an Unknown that could not be read is never outranked into a clear answer, and
// UnderInvestigation never removes Affected.
func (m *Matcher) settle(votes []vote, trace *Evidence) []vote {
	if slices.ContainsFunc(votes, func(v vote) bool { return v.Status == advisory.Unknown }) {
		return votes // one lets Affected through and blocks the rest
	}
	best := votes[0].rank
	for _, v := range votes {
		best = max(best, v.rank)
	}
	left := m.keep(votes, func(v vote) bool { return v.rank == best })
	if len(left) < len(votes) {
		trace.step("the statements of the highest rank (" + best.String() + ") decide")
	}
	if agree(left) || sameSide(left) {
		return left
	}
	var latest time.Time
	for _, v := range left {
		t := m.date(&v)
		if t.IsZero() {
			return m.conflict(left, trace)
		}
		if t.After(latest) {
			latest = t
		}
	}
	left = m.keep(left, func(v vote) bool { return m.date(&v).Equal(latest) })
	if agree(left) || sameSide(left) {
		trace.step("the newest statement decides")
		return left
	}
	return m.conflict(left, trace)
}

// keep returns the votes that f holds for, and Affected ones as well when f leaves only
// UnderInvestigation.
func (m *Matcher) keep(votes []vote, f func(vote) bool) []vote {
	onlyInvestigated := true
	for _, v := range votes {
		if f(v) && v.Status != advisory.UnderInvestigation {
			onlyInvestigated = false
		}
	}
	n := 0
	for _, v := range votes {
		if f(v) || onlyInvestigated && v.Status == advisory.Affected {
			votes[n] = v
			n++
		}
	}
	return votes[:n]
}

// sameSide tells whether all say clear, or all say affected or under investigation.
func sameSide(votes []vote) bool {
	clear := func(v vote) bool { return v.Status == advisory.Fixed || v.Status == advisory.NotAffected }
	return !slices.ContainsFunc(votes, func(v vote) bool { return clear(v) != clear(votes[0]) })
}

// conflict makes the votes one Unknown.
func (m *Matcher) conflict(votes []vote, trace *Evidence) []vote {
	possible := advisory.StatusSet(0)
	for _, v := range votes {
		possible = possible.With(v.Status)
	}
	votes[0].Outcome = advisory.Outcome{Status: advisory.Unknown, Reason: advisory.Conflict, Possible: possible,
		Span: votes[0].Span, Rule: "documents of one rank contradict each other"}
	trace.step("documents of one rank and date contradict each other")
	return votes[:1]
}

// date is when a statement was last changed.
func (m *Matcher) date(v *vote) time.Time {
	c := &m.claims[v.claim]
	doc := m.sources[c.source].doc
	if t := c.said.Modified; !t.IsZero() {
		return t
	}
	return lastChange(doc)
}

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
