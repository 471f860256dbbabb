package csaf

import (
	"slices"
	"strconv"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// Categories of documents that the tests of profiles are for.
const (
	securityAdvisory   = "csaf_security_advisory"
	deprecatedAdvisory = "csaf_deprecated_security_advisory" // 2.1
	vexDocument        = "csaf_vex"
)

// speaks tells whether the profile of the document is about products and vulnerabilities.
func (t *tester) speaks() bool {
	return t.vex == securityAdvisory || t.vex == vexDocument || t.vex == deprecatedAdvisory && t.next
}

// documentProfile tests what a profile asks of the document (6.1.27.1 to 6.1.27.4, 6.1.27.11).
func (t *tester) documentProfile() {
	head := t.doc.Get("document")
	switch t.vex {
	case "csaf_informational_advisory", "csaf_security_incident_response":
		if !hasCategory(head.Get("notes"), "description", "details", "general", "summary") {
			t.fail("6.1.27.1", head, "no note says what the document is about")
		}
		if !hasCategory(head.Get("references"), "external") {
			t.fail("6.1.27.2", head, "no reference is external")
		}
	}
	if t.vex == "csaf_informational_advisory" && t.hasUses() {
		t.fail("6.1.27.3", t.doc.Get("vulnerabilities"), "an informational advisory has no vulnerabilities")
	}
	if !t.speaks() {
		return
	}
	if t.doc.Get("product_tree").Kind() == jsonpos.Absent {
		t.fail("6.1.27.4", t.doc, "the profile wants a product_tree")
	}
	if t.doc.Get("vulnerabilities").Kind() == jsonpos.Absent {
		t.fail("6.1.27.11", t.doc, "the profile wants vulnerabilities")
	}
}

func hasCategory(list jsonpos.Value, categories ...string) bool {
	for v := range list.Elements(nil) {
		if slices.Contains(categories, v.Get("category").Text(nil)) {
			return true
		}
	}
	return false
}

// vulnerabilityProfile tests what a profile asks of a vulnerability (6.1.27.5 to 6.1.27.10,
// 6.1.27.12, 6.1.27.13).
func (t *tester) vulnerabilityProfile(v jsonpos.Value, all map[string]*standing) {
	if !t.speaks() {
		return
	}
	status := v.Get("product_status")
	if v.Get("notes").Kind() == jsonpos.Absent {
		t.fail("6.1.27.5", v, "the profile wants notes")
	}
	if t.vex != vexDocument && status.Kind() == jsonpos.Absent {
		t.fail("6.1.27.6", v, "the profile wants a product_status")
	}
	if t.vex == vexDocument {
		t.vexProfile(v, status, all)
	}
	if t.vex != securityAdvisory || !t.next {
		return
	}
	if status.Get("known_affected").Kind() == jsonpos.Absent {
		t.fail("6.1.27.12", v, "the profile wants known_affected")
	}
	t.correspondingTest(status)
}

// vexProfile tests what VEX asks for.
func (t *tester) vexProfile(v, status jsonpos.Value, all map[string]*standing) {
	any := false
	for _, group := range [...]string{"fixed", "known_affected", "known_not_affected", "under_investigation"} {
		any = any || status.Get(group).Kind() != jsonpos.Absent
	}
	if !any {
		t.fail("6.1.27.7", v, "none of the groups that VEX asks for")
	}
	if v.Get("cve").Kind() == jsonpos.Absent && v.Get("ids").Kind() == jsonpos.Absent {
		t.fail("6.1.27.8", v, "neither cve nor ids")
	}
	for _, s := range inOrder(all) {
		if s.stated.Has(advisory.NotAffected) && !s.justified {
			t.fail("6.1.27.9", s.at, "neither a flag nor an impact says why %.80q is not affected", s.at.Text(nil))
		}
		if s.stated.Has(advisory.Affected) && len(s.remedies) == 0 {
			t.fail("6.1.27.10", s.at, "nothing says what to do about %.80q", s.at.Text(nil))
		}
	}
}

// correspondingTest is 6.1.27.13: for each fixed product another version of it is affected, on
// the same products. What is installed with others may be affected without them.
func (t *tester) correspondingTest(status jsonpos.Value) {
	affected := map[string]bool{}
	for _, group := range [...]string{"first_affected", "known_affected", "last_affected"} {
		for e := range status.Get(group).Elements(nil) {
			for _, key := range t.correspondences(e, false) {
				affected[key] = true
			}
		}
	}
	for _, group := range [...]string{"first_fixed", "fixed"} {
		for e := range status.Get(group).Elements(nil) {
			keys := t.correspondences(e, true)
			if len(keys) > 0 && !slices.ContainsFunc(keys, func(key string) bool { return affected[key] }) {
				t.fail("6.1.27.13", e, "no other version of %.80q is affected", e.Text(nil))
			}
		}
	}
}

// correspondences returns what tells a product apart from others, its version left out; with
// shorter also for the beginnings of a path in front of installed_with.
func (t *tester) correspondences(e jsonpos.Value, shorter bool) []string {
	known := t.ids[e.Text(nil)]
	if known == nil {
		return nil
	}
	var keys []string
	for i := range known.defs {
		d := &known.defs[i]
		var b strings.Builder
		b.WriteString(strconv.Itoa(t.leaves[d.leaf].aspects[0].product))
		for j := range d.parts {
			if shorter && len(d.parts[j].relations) == 1 && d.parts[j].relations[0] == advisory.OnHost {
				keys = append(keys, b.String())
			}
			for _, relation := range d.parts[j].relations {
				b.WriteString(" " + relation.String())
			}
			b.WriteString(" " + strconv.Quote(d.parts[j].id))
		}
		keys = append(keys, b.String())
	}
	return keys
}
