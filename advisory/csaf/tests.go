package csaf

import (
	"fmt"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// maxProblems bounds the problems with tests of one document.
const maxProblems = 200

// A tester applies the tests of the specification (CSAF 2.0 and 2.1, section 6) that concern
// products and their status. What fails one is a problem with the number of the test as its
// code. It changes no answer by itself: what it means for an answer is decided where the
// product or status is read.
type tester struct {
	*reader
	list []advisory.Problem
	vex  string // category of the document

	used    map[string]bool     // product ids that something names
	numbers map[string][]string // of test 6.2.32: what helpers say -> ids
	pairs   int                 // of spans that were compared
}

// test returns what fails.
func (r *reader) test() []advisory.Problem {
	t := &tester{reader: r, vex: r.doc.At("/document/category").Text(nil), used: map[string]bool{}, numbers: map[string][]string{}}
	t.references(r.doc)
	t.definitions()
	tree := r.doc.Get("product_tree")
	t.branchTests(tree.Get("branches"), trail{}, 1)
	for v := range tree.Get("full_product_names").Elements(nil) {
		t.productTests(v)
	}
	for _, member := range [...]string{"relationships", "product_paths"} {
		for v := range tree.Get(member).Elements(nil) {
			t.productTests(v.Get("full_product_name"))
		}
	}
	t.documentProfile()
	n := 0
	cves := map[string]bool{}
	for v := range r.doc.Get("vulnerabilities").Elements(nil) {
		if cve := v.Get("cve").Text(nil); cve != "" {
			if cves[cve] {
				t.fail("6.1.23", v.Get("cve"), "%s stands in several items", cve)
			}
			cves[cve] = true
		}
		t.vulnerabilityTests(v, n)
		n++
	}
	t.overlaps()
	return t.list
}

// fail notes that a value fails a test.
func (t *tester) fail(test string, at jsonpos.Value, format string, args ...any) {
	if len(t.list) < maxProblems {
		t.list = append(t.list, advisory.Problem{Code: test, Text: fmt.Sprintf(format, args...), Warning: true, Pos: t.opt.Pos(at)})
	}
}

// defined tells whether an id is that of a product in the tree.
func (r *reader) defined(id string) bool {
	known := r.ids[id]
	return known != nil && known.defined > 0
}

// definitions reports ids with several definitions (6.1.2, 6.1.5), combinations of themselves (6.1.3),
// and those that nothing uses (6.2.1).
func (t *tester) definitions() {
	for _, v := range t.again {
		t.fail("6.1.2", v, "the product id %.80q is defined more than once", v.Text(nil))
	}
	for _, v := range t.groupsAgain {
		t.fail("6.1.5", v, "the group id %.80q is defined more than once", v.Text(nil))
	}
	for _, v := range t.circles {
		t.fail("6.1.3", v, "the combination leads back to itself")
	}
	if t.vex == "csaf_informational_advisory" || !t.hasUses() {
		return
	}
	for _, v := range t.firsts {
		if id := v.Text(nil); !t.used[id] {
			t.fail("6.2.1", v, "the product %.80q is not used", id)
		}
	}
}

// hasUses tells whether the document has vulnerabilities, which could use products.
func (t *tester) hasUses() bool { return t.doc.Get("vulnerabilities").Len() > 0 }

// references looks for ids of products and groups everywhere in a value (6.1.1, 6.1.4).
func (t *tester) references(v jsonpos.Value) {
	switch v.Kind() {
	case jsonpos.Array:
		for e := range v.Elements(nil) {
			t.references(e)
		}
	case jsonpos.Object:
		for member, value := range v.Members(nil) {
			switch member {
			case "product_ids", "products":
				t.productList(value)
			case "product_status":
				for _, group := range value.Members(nil) {
					t.productList(group)
				}
			case "product_reference", "relates_to_product_reference", "beginning_product_reference", "next_product_reference":
				t.productID(value)
			case "group_ids":
				for e := range value.Elements(nil) {
					if id := e.Text(nil); t.reader.groups[id] == nil {
						t.fail("6.1.4", e, "the group id %.80q is not defined", id)
					}
				}
			case "notes", "revision_history", "references", "acknowledgments", "x_extensions":
				if member == "notes" && t.next {
					t.references(value)
				}
			default:
				if k := value.Kind(); k == jsonpos.Array || k == jsonpos.Object {
					t.references(value)
				}
			}
		}
	}
}

func (t *tester) productList(list jsonpos.Value) {
	for e := range list.Elements(nil) {
		t.productID(e)
	}
}

func (t *tester) productID(v jsonpos.Value) {
	if v.Kind() != jsonpos.String {
		return
	}
	id := v.Text(nil)
	t.used[id] = true
	if !t.defined(id) {
		t.fail("6.1.1", v, "the product id %.80q is not defined", id)
	}
}
