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
	if len(votes) > 1 {
		votes = speaking(m.byDocument(votes))
	}
	rule := "agree"
	if !agree(votes) {
		votes, rule = m.settle(s, votes, trace)
	}
	v := strongest(votes)
	switch rule {
	case "conflict":
		v = conflict(votes, "documents contradict each other")
	case "agree":
		if rule = agreed(&v); rule == "agree" && s.droppedSaid&^advisory.SetOf(v.Status) != 0 {
			rule = "dropped"
		}
	}
	trace.settled(rule, votes)
	d.rule = rule
	d.claim, d.whole, d.level = v.claim, v.whole, v.level
	d.verdict = Verdict{Status: v.Status, Reason: v.Reason}
	if v.Status == advisory.Unknown {
		d.verdict.Possible = possible(votes)
	}
}

// byDocument makes the votes of each document one.
func (m *Matcher) byDocument(votes []vote) []vote {
	n := 0
	for from := 0; from < len(votes); n++ {
		to := from + 1
		for to < len(votes) && m.claim(votes[to].claim).source == m.claim(votes[from].claim).source {
			to++
		}
		votes[n] = within(m.lastSaid(votes[from:to]))
		from = to
	}
	return votes[:n]
}

// agreed is what settles a question on which all say the same.
func agreed(v *vote) string {
	switch {
	case v.Status != advisory.Unknown || v.weak || v.Reason == advisory.MissingCondition:
		return "agree"
	case v.Reason == advisory.DistributorBuild:
		return "distributor-build"
	case v.Reason == advisory.Conflict:
		return "conflict"
	default:
		return "unreadable"
	}
}

// lastSaid drops the statements of a document that a later one replaces: those of VEX documents
// have dates of their own, and the last one counts (OpenVEX 0.2.0, "Updating Statements").
// What could not be read neither replaces nor is replaced, and UnderInvestigation never
// removes Affected.
func (m *Matcher) lastSaid(votes []vote) []vote {
	var latest, decided time.Time // when something was said last, and when it was no investigation
	for i := range votes {
		v := &votes[i]
		if v.Status == advisory.NoStatement || v.Status == advisory.Unknown {
			continue
		}
		t := m.claim(v.claim).modified
		if t.IsZero() {
			return votes
		}
		if t.After(latest) {
			latest = t
		}
		if v.Status != advisory.UnderInvestigation && t.After(decided) {
			decided = t
		}
	}
	return slices.DeleteFunc(votes, func(v vote) bool {
		switch v.Status {
		case advisory.NoStatement, advisory.Unknown:
			return false
		case advisory.Affected:
			return m.claim(v.claim).modified.Before(decided)
		}
		return m.claim(v.claim).modified.Before(latest)
	})
}

// within makes the statements of one document one vote.
//
//   - A statement that has the status in a range comes before one that has it by a default.
//   - The narrower one comes before the wider, but neither UnderInvestigation nor what is not
//     known removes Affected.
//   - What could not be read or compared blocks every answer but Affected (the safety law);
//     a statement that only does not list the version does not, nor does one that asks for a
//     version which is not known, beside a narrower one about all versions.
//   - NotAffected and Fixed agree: Fixed. What is still different is a Conflict.
func within(votes []vote) vote {
	if len(votes) == 1 {
		return votes[0]
	}
	votes = speaking(votes)
	if slices.ContainsFunc(votes, func(v vote) bool { return !v.derived && v.Status != advisory.Unknown }) {
		for i := range votes {
			votes[i].kept = !votes[i].derived
		}
		votes = keep(votes)
	}
	if !agree(votes) {
		narrowest(votes)
		decides := func(v vote) bool { return v.kept && v.Status > advisory.UnderInvestigation }
		decided := slices.ContainsFunc(votes, decides)
		whatever := slices.ContainsFunc(votes, func(v vote) bool { return decides(v) && v.scope.versions == 0 && !v.derived })
		for i := range votes {
			unread := votes[i].Status == advisory.Unknown && !(whatever && isOpen(votes[i].Outcome))
			votes[i].kept = votes[i].kept || unread || !decided && votes[i].Status == advisory.Affected
		}
		votes = keep(votes)
	}
	if agree(votes) || sameSide(votes) {
		best := strongest(votes)
		best.Possible = possible(votes)
		return best
	}
	if slices.ContainsFunc(votes, func(v vote) bool { return v.Status == advisory.Unknown }) {
		return unreadable(votes)
	}
	return conflict(votes, "statements of one document contradict each other")
}

// narrowest keeps the votes with the narrowest scope.
func narrowest(votes []vote) {
	best := scopeOf{}
	for i := range votes {
		if sc := votes[i].scope; sc.isNarrower(best) {
			best = sc
		}
	}
	for i := range votes {
		sc := votes[i].scope
		votes[i].kept = sc.conditions == best.conditions && sc.literals == best.literals
	}
}

// unreadable is the answer where a statement could not be read or compared: Affected gets
// through, nothing else does.
func unreadable(votes []vote) vote {
	best := strongest(votes)
	best.Possible = possible(votes)
	return best
}

// possible returns what the votes leave possible together: not silence where one speaks.
func possible(votes []vote) StatusSet {
	var set StatusSet
	speaks := false
	for i := range votes {
		set = set.Union(possibleOf(votes[i].Status, votes[i].Possible))
		speaks = speaks || votes[i].Status != advisory.Unknown && votes[i].Status != advisory.NoStatement
	}
	if speaks {
		return set &^ advisory.SetOf(advisory.NoStatement)
	}
	return set
}

// possibleOf returns what an answer leaves possible: itself, or what an Unknown may be. One
// that does not say may be anything.
func possibleOf(status Status, set StatusSet) StatusSet {
	switch {
	case status != advisory.Unknown:
		return advisory.SetOf(status)
	case set == 0:
		return advisory.SetOf(advisory.Affected, advisory.NotAffected, advisory.Fixed)
	}
	return set
}

// strongest returns the vote that says the most, of equal ones the narrowest, and of
// these the first reason.
func strongest(votes []vote) vote {
	best := &votes[0]
	for i := range votes {
		v := &votes[i]
		switch c := strength(v) - strength(best); {
		case c < 0 || c == 0 && best.scope.isNarrower(v.scope):
		case c > 0 || v.scope.isNarrower(best.scope) || v.Reason < best.Reason:
			best = v
		}
	}
	return *best
}

// strength orders votes by what they leave of the others.
func strength(v *vote) int {
	switch {
	case v.Status == advisory.Affected:
		return 8
	case v.Status == advisory.Unknown && !v.weak:
		return 7
	case v.Status == advisory.UnderInvestigation:
		return 6
	case v.Status == advisory.Fixed:
		return 5
	case v.Status == advisory.NotAffected:
		return 4
	case v.Status == advisory.Unknown:
		return 3
	case v.Reason == advisory.VersionNotNamed: // the statement covers the product
		return 2
	case v.Reason == advisory.OtherPlatform:
		return 1
	default:
		return 0
	}
}

// speaking drops votes that say nothing about this version, as long as others speak:
// silence has no vote, and "not listed" none beside what is said.
func speaking(votes []vote) []vote {
	says := func(v vote) bool { return v.Status != advisory.NoStatement && !v.weak }
	listed := func(v vote) bool { return v.Status != advisory.NoStatement }
	for _, wanted := range [...]func(vote) bool{says, listed} {
		if slices.ContainsFunc(votes, wanted) {
			return slices.DeleteFunc(votes, func(v vote) bool { return !wanted(v) })
		}
	}
	return votes
}

// agree tells whether all say the same. What could not be read agrees with its like only.
func agree(votes []vote) bool {
	return !slices.ContainsFunc(votes, func(v vote) bool {
		return v.Status != votes[0].Status || v.Status == advisory.Unknown && (v.Reason == advisory.DistributorBuild) != (votes[0].Reason == advisory.DistributorBuild)
	})
}

// sameSide tells whether all say clear, or all say affected or under investigation.
func sameSide(votes []vote) bool {
	side := func(v vote) int {
		switch v.Status {
		case advisory.Fixed, advisory.NotAffected:
			return 1
		case advisory.Affected, advisory.UnderInvestigation:
			return 2
		}
		return 0
	}
	return !slices.ContainsFunc(votes, func(v vote) bool { return side(v) == 0 || side(v) != side(votes[0]) })
}

// The steps of settle, in their order, and what they are called.
var steps = [...]struct{ rule, text string }{
	stepOperators: {"rank", "the caller's own statements decide"},
	stepScope:     {ruleNarrower, "the statements with the narrowest scope decide"},
	stepVersions:  {ruleNarrower, "of one publisher, the statements with the narrowest versions decide"},
	stepRank:      {"rank", "the statements of the highest rank decide"},
	stepDate:      {"newer", "the newest statements decide"},
}

const (
	stepOperators = iota
	stepScope
	stepVersions
	stepRank
	stepDate
)

const ruleNarrower = "narrower"

// mark tells which votes a step keeps.
func (m *Matcher) mark(step int, votes []vote) {
	switch step {
	case stepOperators:
		operators(votes)
	case stepScope:
		narrowest(votes)
	case stepVersions:
		m.narrowestVersions(votes)
	case stepRank:
		highestRank(votes)
	case stepDate:
		m.newest(votes)
	}
}

// settle lets scope, rank and date decide between documents that differ, until one status
// is left. It returns what is left and the rule that did it.
func (m *Matcher) settle(s *scratch, votes []vote, trace *Evidence) (left []vote, rule string) {
	s.all = append(s.all[:0], votes...)
	for i, step := range steps {
		m.mark(i, votes)
		before := len(votes)
		if votes = keep(votes); len(votes) < before {
			trace.step(step.text)
		}
		if step.rule == ruleNarrower {
			if both := withOutranked(votes, s.all); len(both) > len(votes) {
				trace.step("a narrower statement of a lower rank never removes an affected of a higher one")
				return both, "conflict"
			}
		}
		if agree(votes) {
			return leftOver(s, votes, step.rule)
		}
	}
	if sameSide(votes) {
		trace.step("the statements that are left say the same in effect")
		return votes, "same-side"
	}
	trace.step("documents of one rank and date contradict each other")
	return votes, "conflict"
}

// leftOver is the end of settle. Where what is left could not be read, the others decide
// only when all of them say affected.
func leftOver(s *scratch, votes []vote, rule string) ([]vote, string) {
	switch {
	case votes[0].Status != advisory.Unknown:
		return votes, rule
	case votes[0].Reason == advisory.DistributorBuild:
		return votes, "distributor-build"
	}
	others := slices.DeleteFunc(s.all, func(v vote) bool { return v.Status == advisory.Unknown })
	if len(others) > 0 && others[0].Status == advisory.Affected && agree(others) {
		return others, "unreadable"
	}
	return votes, "unreadable"
}

// operators keeps the caller's own statements, when there are some.
func operators(votes []vote) {
	some := slices.ContainsFunc(votes, func(v vote) bool { return v.rank == advisory.RankOperator })
	for i := range votes {
		votes[i].kept = !some || votes[i].rank == advisory.RankOperator
	}
}

// narrowestVersions keeps, of each publisher, the statements with the narrowest versions: one
// version before a range, a range before all versions.
func (m *Matcher) narrowestVersions(votes []vote) {
	publisher := func(v *vote) string { return m.source(m.claim(v.claim).source).publisher }
	for i := range votes {
		v := &votes[i]
		v.kept = true
		for j := range votes {
			if v.scope.versions < votes[j].scope.versions && publisher(v) == publisher(&votes[j]) {
				v.kept = false
				break
			}
		}
	}
}

// withOutranked returns the votes that are left, with those for affected that narrower
// statements of a lower rank removed by a clear answer.
func withOutranked(left, all []vote) []vote {
	best, clear := left[0].rank, false
	for i := range left {
		best = max(best, left[i].rank)
		clear = clear || left[i].Status == advisory.NotAffected || left[i].Status == advisory.Fixed
	}
	if !clear || best == advisory.RankOperator {
		return left
	}
	for i := range all {
		if all[i].Status == advisory.Affected && all[i].rank > best {
			left = append(left, all[i])
		}
	}
	return left
}

func highestRank(votes []vote) {
	best := votes[0].rank
	for i := range votes {
		best = max(best, votes[i].rank)
	}
	for i := range votes {
		votes[i].kept = votes[i].rank == best
	}
}

// newest keeps the statements of the last date, when all have one.
func (m *Matcher) newest(votes []vote) {
	var latest time.Time
	dated := true
	for i := range votes {
		t := m.date(&votes[i])
		dated = dated && !t.IsZero()
		if t.After(latest) {
			latest = t
		}
	}
	for i := range votes {
		votes[i].kept = !dated || m.date(&votes[i]).Equal(latest)
	}
}

// keep returns the votes that are kept, and Affected ones as well when only
// UnderInvestigation would be.
func keep(votes []vote) []vote {
	onlyInvestigated := !slices.ContainsFunc(votes, func(v vote) bool {
		return v.kept && v.Status != advisory.UnderInvestigation
	})
	return slices.DeleteFunc(votes, func(v vote) bool {
		return !v.kept && !(onlyInvestigated && v.Status == advisory.Affected)
	})
}

// conflict makes the votes one Unknown.
func conflict(votes []vote, rule string) vote {
	v := strongest(votes)
	for i := range votes {
		if votes[i].scope.isNarrower(v.scope) {
			v.scope = votes[i].scope
		}
	}
	v.Outcome = advisory.Outcome{Status: advisory.Unknown, Reason: advisory.Conflict, Possible: possible(votes), Span: v.Span, Rule: rule}
	v.weak = false
	return v
}

// date is when a statement was last changed.
func (m *Matcher) date(v *vote) time.Time {
	c := m.claim(v.claim)
	if !c.modified.IsZero() {
		return c.modified
	}
	return c.from.changed
}
