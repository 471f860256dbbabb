package match_test

import (
	"maps"
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
)

// A modelQuestion is everything that an answer hangs on.
type modelQuestion struct {
	docs []*modelDoc
	in   *modelInstallation
	id   string
	day  int // of the question, 0: none
}

// A modelAnswer is what the model says.
type modelAnswer struct {
	status  advisory.Status
	rule    string
	decided []string
	// possible are, for Unknown, the statuses that are left.
	possible advisory.StatusSet
	missing  []string
}

// dropped returns the documents that do not count.
func (q *modelQuestion) dropped() map[*modelDoc]bool {
	out := map[*modelDoc]bool{}
	for _, d := range q.docs {
		if d.state == advisory.Draft {
			out[d] = true
		}
	}
	older := map[*modelDoc]bool{}
	for _, d := range q.docs {
		for _, e := range q.docs {
			if !out[e] && e.publisher == d.publisher && e.id == d.id && e.revision > d.revision {
				older[d] = true
			}
		}
	}
	maps.Copy(out, older)
	for _, d := range q.docs {
		if d.withdrawn || d.state == advisory.Rejected {
			out[d] = true
		}
	}
	// A cycle is one whatever the date is.
	lasting := slices.DeleteFunc(slices.Clone(q.docs), func(d *modelDoc) bool { return out[d] })
	for _, d := range lasting {
		if d.expires != 0 && (q.day == 0 || d.expires <= q.day) {
			out[d] = true
		}
	}
	left := slices.DeleteFunc(slices.Clone(q.docs), func(d *modelDoc) bool { return out[d] })
	for _, d := range left {
		for _, by := range left {
			if by.id != d.id && slices.Contains(by.supersedes, d.id) && !leads(lasting, d.id, by.id, map[string]bool{}) {
				out[d] = true
			}
		}
	}
	return out
}

// leads tells whether one document supersedes another, over any number of steps.
func leads(docs []*modelDoc, from, to string, seen map[string]bool) bool {
	if seen[from] {
		return false
	}
	seen[from] = true
	for _, d := range docs {
		if d.id != from {
			continue
		}
		for _, next := range d.supersedes {
			if next != from && (next == to || leads(docs, next, to, seen)) {
				return true
			}
		}
	}
	return false
}

// about returns the documents that speak about the id asked for: those that have it, and
// those without any CVE id that are connected with it through other ids than CVE ids.
func (q *modelQuestion) about(dropped map[*modelDoc]bool) []*modelDoc {
	connected := map[string]bool{}
	for _, d := range q.docs {
		if slices.Contains(d.ids, q.id) && !dropped[d] {
			for _, id := range d.ids {
				connected[id] = connected[id] || !isCVE(id)
			}
		}
	}
	for range q.docs {
		for _, d := range q.docs {
			if !dropped[d] && slices.ContainsFunc(d.ids, func(id string) bool { return connected[id] }) {
				for _, id := range d.ids {
					connected[id] = connected[id] || !isCVE(id)
				}
			}
		}
	}
	var list []*modelDoc
	for _, d := range q.docs {
		switch {
		case slices.Contains(d.ids, q.id),
			!slices.ContainsFunc(d.ids, isCVE) && slices.ContainsFunc(d.ids, func(id string) bool { return connected[id] }):
			list = append(list, d)
		}
	}
	return list
}

func isCVE(id string) bool { return strings.HasPrefix(id, "CVE-") }

// answer decides in one world.
func (q *modelQuestion) answer(w *modelWorld) modelAnswer {
	dropped := q.dropped()
	var votes []modelVote
	gone := map[string]bool{}
	covers := false
	for _, d := range q.about(dropped) {
		v := d.vote(q.in, w)
		if dropped[d] {
			if v.status != advisory.NoStatement {
				maps.Copy(gone, statuses([]modelVote{v}))
			}
			continue
		}
		votes = append(votes, v)
		for i := range d.statements {
			covers = covers || d.says(&d.statements[i], q.in, w).inside
		}
	}
	spoke := voiced(votes)
	if len(spoke) == 0 {
		a := modelAnswer{status: advisory.NoStatement, rule: "none"}
		switch {
		case len(gone) > 0:
			a.rule = "dropped"
		case covers:
			a.rule = "silent"
		}
		return a
	}
	if all := statuses(spoke); len(all) == 1 {
		rule := "agree"
		if !isSubset(gone, slices.Collect(maps.Keys(all))...) {
			rule = "dropped"
		}
		return settledBy(spoke, spoke, rule)
	}
	left := spoke
	done := func() bool { return len(statuses(left)) == 1 }
	if slices.ContainsFunc(left, func(v modelVote) bool { return v.rank == advisory.RankOperator }) {
		left = keepVotes(left, func(v modelVote) bool { return v.rank == advisory.RankOperator })
	}
	if done() {
		return settledBy(left, spoke, "rank")
	}
	n, chars := widest(left)
	wider := slices.DeleteFunc(slices.Clone(left), func(v modelVote) bool { return v.n == n && v.chars == chars })
	left = keepVotes(left, func(v modelVote) bool { return v.n == n && v.chars == chars })
	if clash := outranking(left, wider); len(clash) > 0 {
		return settledBy(append(left, clash...), spoke, "conflict")
	}
	if done() {
		return settledBy(left, spoke, "narrower")
	}
	left = keepVotes(left, func(v modelVote) bool {
		return !slices.ContainsFunc(left, func(u modelVote) bool { return u.doc.publisher == v.doc.publisher && u.form > v.form })
	})
	if done() {
		return settledBy(left, spoke, "narrower")
	}
	best := advisory.Rank(0)
	for _, v := range left {
		best = max(best, v.rank)
	}
	if left = keepVotes(left, func(v modelVote) bool { return v.rank == best }); done() {
		return settledBy(left, spoke, "rank")
	}
	newest := 0
	for _, v := range left {
		newest = max(newest, v.doc.date)
	}
	if !slices.ContainsFunc(left, func(v modelVote) bool { return v.doc.date == 0 }) {
		left = keepVotes(left, func(v modelVote) bool { return v.doc.date == newest })
	}
	if done() {
		return settledBy(left, spoke, "newer")
	}
	if all := statuses(left); isSubset(all, "fixed", "not_affected") || isSubset(all, "affected", "under_investigation") {
		return settledBy(left, spoke, "same-side")
	}
	return settledBy(left, spoke, "conflict")
}

// outranking returns the wider votes for Affected that votes of a lower rank would remove
// with a clear answer.
func outranking(left, wider []modelVote) []modelVote {
	best, clears := advisory.Rank(0), false
	for _, v := range left {
		best = max(best, v.rank)
		clears = clears || v.status == advisory.Fixed || v.status == advisory.NotAffected
	}
	return slices.DeleteFunc(wider, func(v modelVote) bool {
		return !clears || v.status != advisory.Affected || v.rank <= best || best == advisory.RankOperator
	})
}

// settledBy makes the answer of the votes that are left.
func settledBy(left, spoke []modelVote, rule string) modelAnswer {
	all := statuses(left)
	if all["unreadable"] && len(all) == 1 {
		readable := slices.DeleteFunc(slices.Clone(spoke), func(v modelVote) bool { return v.status == advisory.Unknown })
		if isSubset(statuses(readable), "affected") && len(readable) > 0 {
			left, all = readable, statuses(readable)
		}
		rule = "unreadable"
	}
	a := modelAnswer{rule: rule}
	for _, v := range left {
		if !slices.Contains(a.decided, v.doc.file) {
			a.decided = append(a.decided, v.doc.file)
		}
	}
	slices.Sort(a.decided)
	for _, v := range left {
		if v.status == advisory.Unknown {
			a.possible |= v.possible
		} else {
			a.possible = a.possible.With(v.status)
		}
	}
	switch {
	case rule == "conflict":
	case all["affected"]:
		a.status = advisory.Affected
	case all["fixed"]:
		a.status = advisory.Fixed
	case all["not_affected"]:
		a.status = advisory.NotAffected
	case all["under_investigation"]:
		a.status = advisory.UnderInvestigation
	case all["distributor-build"]:
		a.rule = "distributor-build"
	}
	return a
}
