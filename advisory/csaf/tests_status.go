package csaf

import (
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// A standing is what a vulnerability says about one product id.
type standing struct {
	statuses advisory.StatusSet
	stated   advisory.StatusSet // in the groups that profiles ask for: known_affected, known_not_affected
	at       jsonpos.Value      // where it stands first
	remedies []string           // categories
	justified,
	flagged bool
}

// standings collects what a vulnerability says, by product id.
func (t *tester) standings(v jsonpos.Value) map[string]*standing {
	all := map[string]*standing{}
	get := func(id string, at jsonpos.Value) *standing {
		s := all[id]
		if s == nil {
			s = &standing{at: at}
			all[id] = s
		}
		return s
	}
	for i := range statusGroups {
		g := statusGroups[i]
		for e := range v.At("/product_status/" + g.name).Elements(nil) {
			s := get(e.Text(nil), e)
			s.statuses = s.statuses.With(g.status)
			if strings.HasPrefix(g.name, "known_") {
				s.stated = s.stated.With(g.status)
			}
		}
	}
	visit := func(e jsonpos.Value, f func(*standing)) {
		for id := range e.Get("product_ids").Elements(nil) {
			f(get(id.Text(nil), id))
		}
		for id := range e.Get("group_ids").Elements(nil) {
			for _, member := range t.groups[id.Text(nil)] {
				if t.visits++; t.visits > maxVisits {
					return
				}
				f(get(member, id))
			}
		}
	}
	for e := range v.Get("remediations").Elements(nil) {
		category := e.Get("category").Text(nil)
		visit(e, func(s *standing) {
			if !slices.Contains(s.remedies, category) {
				if t.next && t.contradicts(s.remedies, category) {
					t.fail("6.1.35", e, "a product has the remediations %q and %q", s.remedies, category)
				}
				s.remedies = append(s.remedies, category)
			}
			if t.next && contradictsStatus(s.statuses, category) {
				t.fail("6.1.36", e, "the remediation %q contradicts the status of a product", category)
			}
		})
		t.referenceTest("6.1.29", e)
	}
	for e := range v.Get("flags").Elements(nil) {
		visit(e, func(s *standing) {
			if s.flagged {
				t.fail("6.1.33", e, "a product has several flags")
			}
			s.flagged, s.justified = true, true
		})
		t.referenceTest("6.1.32", e)
	}
	for e := range v.Get("threats").Elements(nil) {
		if e.Get("category").Text(nil) == "impact" {
			visit(e, func(s *standing) { s.justified = true })
		}
	}
	return all
}

// referenceTest is 6.1.29 and 6.1.32: an element has to name a product or a group.
func (t *tester) referenceTest(test string, e jsonpos.Value) {
	if e.Get("product_ids").Kind() == jsonpos.Absent && e.Get("group_ids").Kind() == jsonpos.Absent {
		t.fail(test, e, "neither product_ids nor group_ids")
	}
}

// contradicts tells whether a product cannot have a remediation beside others (CSAF 2.1, table
// of categories per product): an optional patch, or that there is nothing, stand alone, and of
// three words about a fix one is right.
func (t *tester) contradicts(have []string, category string) bool {
	alone := func(c string) bool { return c == "none_available" || c == "optional_patch" }
	fix := func(c string) bool { return c == "vendor_fix" || c == "fix_planned" || c == "no_fix_planned" }
	for _, other := range have {
		if alone(other) || alone(category) || fix(other) && fix(category) {
			return true
		}
	}
	return false
}

// contradictsStatus tells whether a remediation cannot stand beside a status (CSAF 2.1, table of
// categories and status groups).
func contradictsStatus(statuses advisory.StatusSet, category string) bool {
	switch category {
	case "workaround", "mitigation", "vendor_fix", "none_available":
		return statuses.Has(advisory.NotAffected) || statuses.Has(advisory.Fixed)
	case "fix_planned", "no_fix_planned":
		return statuses.Has(advisory.Fixed)
	case "optional_patch":
		return statuses.Has(advisory.Affected)
	}
	return false
}

// vulnerabilityTests tests one vulnerability.
func (t *tester) vulnerabilityTests(v jsonpos.Value, n int) {
	all := t.standings(v)
	for _, s := range inOrder(all) {
		if s.statuses.Len() > 1 {
			t.fail("6.1.6", s.at, "the product %.80q stands in groups that contradict each other: %s", s.at.Text(nil), s.statuses)
		}
		if (s.statuses.Has(advisory.Affected) || s.statuses.Has(advisory.UnderInvestigation)) && len(s.remedies) == 0 {
			t.fail("6.2.2", s.at, "no remediation for the product %.80q", s.at.Text(nil))
		}
	}
	t.vulnerabilityProfile(v, all)
	t.scoreTests(v)
	t.weaknessTests(v)
}

// inOrder returns what has a status, as it stands in the document.
func inOrder(all map[string]*standing) []*standing {
	list := make([]*standing, 0, len(all))
	for _, s := range all {
		if s.statuses != 0 {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b *standing) int { return int(a.at.Offset() - b.at.Offset()) })
	return list
}
