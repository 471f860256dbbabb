package csaf

import (
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/product"
)

// A trail is the categories on the way to a branch.
type trail []string

// maxBranches is the depth of branches that test 6.1.34 allows.
const maxBranches = 30

// branchTests tests branches and the products below them.
func (t *tester) branchTests(list jsonpos.Value, above trail, depth int) {
	for v := range list.Elements(nil) {
		category, name := v.Get("category").Text(nil), v.Get("name").Text(nil)
		switch category {
		case "product_version":
			if saysOperator(name) {
				t.fail("6.1.31", v.Get("name"), "%.80q is a range and no version", name)
			}
		case "product_version_range":
			t.rangeTests(v.Get("name"), name)
		}
		if t.next {
			t.trailTests(v, category, above, depth)
		}
		if product := v.Get("product"); product.Kind() == jsonpos.Object {
			t.productTests(product)
		}
		if depth <= maxBranches+1 {
			t.branchTests(v.Get("branches"), append(above[:len(above):len(above)], category), depth+1)
		}
	}
}

// trailTests tests where a branch stands (6.1.34, 6.1.57, 6.1.58).
func (t *tester) trailTests(v jsonpos.Value, category string, above trail, depth int) {
	if depth == maxBranches+1 {
		t.fail("6.1.34", v, "more than %d levels of branches", maxBranches)
	}
	if category != "product_family" && slices.Contains(above, category) {
		t.fail("6.1.57", v, "the category %s stands twice on the path", category)
	}
	if category == "product_version" && slices.Contains(above, "product_version_range") ||
		category == "product_version_range" && slices.Contains(above, "product_version") {
		t.fail("6.1.58", v, "product_version and product_version_range stand on one path")
	}
}

// saysOperator tells whether a product_version contains what test 6.1.31 forbids.
func saysOperator(name string) bool {
	if strings.ContainsAny(name, "<>") {
		return true
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(name), isBetweenWords) {
		switch word {
		case "after", "all", "before", "earlier", "later", "prior", "versions":
			return true
		}
	}
	return false
}

// rangeTests tests the text of a product_version_range (6.1.50, 6.1.59, 6.2.18).
func (t *tester) rangeTests(at jsonpos.Value, text string) {
	constraints, isVERS := text, false
	typ := ""
	if rest, ok := strings.CutPrefix(text, "vers:"); ok {
		typ, constraints, isVERS = cutLast(rest)
	}
	single := !strings.ContainsAny(constraints, "|<>!*")
	if t.next {
		switch {
		case strings.HasPrefix(text, "vers:") && (!isVERS || !isType(typ) || !isConstraints(constraints, typ == "all")),
			!strings.HasPrefix(text, "vers:") && !isConstraints(text, false):
			t.fail("6.1.50", at, "%.80q is neither vers nor vls", text)
		case single:
			t.fail("6.1.59", at, "%.80q names one version and no range", text)
		}
	}
	if !strings.HasPrefix(text, "vers:") {
		t.fail("6.2.18", at, "%.80q is no vers", text)
	}
}

// cutLast splits type and constraints of a vers.
func cutLast(text string) (typ, constraints string, ok bool) {
	typ, constraints, ok = strings.Cut(text, "/")
	return typ, constraints, ok
}

// isType tells whether a text can be the type of a vers.
func isType(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case 'a' <= c && c <= 'z':
		case i > 0 && ('0' <= c && c <= '9' || c == '.' || c == '-' || c == '+'):
		default:
			return false
		}
	}
	return text != ""
}

// isConstraints tells whether a text is versions with comparators and a bar between them; with
// star it is all of them and nothing else.
func isConstraints(text string, star bool) bool {
	if star {
		return text == "*"
	}
	for part := range strings.SplitSeq(text, "|") {
		for _, op := range [...]string{"<=", ">=", "!=", "<", ">", "="} {
			if rest, ok := strings.CutPrefix(part, op); ok {
				part = rest
				break
			}
		}
		if part == "" || strings.ContainsAny(part, "<>=!* \t") {
			return false
		}
	}
	return true
}

// productTests tests a full product name with its helper.
func (t *tester) productTests(v jsonpos.Value) {
	helper := v.Get("product_identification_helper")
	if helper.Kind() != jsonpos.Object {
		return
	}
	id := v.Get("product_id").Text(nil)
	for member, value := range helper.Members(nil) {
		switch member {
		case "purl":
			t.purlTest(value)
			t.same(member, value.Text(nil), id)
		case "purls":
			t.purlsTest(value, id)
		case "cpe":
			t.same(member, value.Text(nil), id)
		case "model_numbers":
			t.patternTests("6.1.43", member, value, id)
		case "serial_numbers":
			t.patternTests("6.1.44", member, value, id)
		case "skus":
			t.patternTests("6.1.61", member, value, id)
		case "hashes":
			t.hashTests(value, id)
		}
	}
	if t.next {
		t.disjoint(helper, id)
	}
}

// purlTest is 6.1.13.
func (t *tester) purlTest(v jsonpos.Value) {
	text := v.Text(nil)
	if text == "" {
		return
	}
	u, warnings, err := purl.ParseLenient(text)
	switch {
	case err != nil:
		t.fail("6.1.13", v, "%v", err)
	case u.Type() == "oci" && u.Namespace() != "":
		t.fail("6.1.13", v, "a purl of the type oci has no namespace")
	case strings.HasPrefix(text, "pkg:/") && len(warnings) > 0:
		t.fail("6.1.13", v, "slashes behind the scheme")
	}
}

// purlsTest is 6.1.42: several purls of one product differ in their qualifiers only.
func (t *tester) purlsTest(list jsonpos.Value, id string) {
	first := ""
	for v := range list.Elements(nil) {
		t.purlTest(v)
		text, _, _ := strings.Cut(v.Text(nil), "?")
		t.same("purls", v.Text(nil), id)
		switch {
		case first == "":
			first = text
		case text != first && t.next:
			t.fail("6.1.42", v, "%.80q and %.80q differ in more than qualifiers", first, text)
		}
	}
}

// patternTests tests numbers with wildcards (6.1.43, 6.1.44, 6.1.61).
func (t *tester) patternTests(test, member string, list jsonpos.Value, id string) {
	for v := range list.Elements(nil) {
		text := v.Text(nil)
		t.same(member, text, id)
		if !t.next || strings.Count(text, "*") < 2 {
			continue
		}
		if _, err := product.ParsePattern(text, product.CSAF21); err != nil {
			t.fail(test, v, "%v", err)
		}
	}
}

// hashTests is 6.1.25: no algorithm twice for one file.
func (t *tester) hashTests(list jsonpos.Value, id string) {
	for file := range list.Elements(nil) {
		var seen []string
		for v := range file.Get("file_hashes").Elements(nil) {
			algorithm := v.Get("algorithm").Text(nil)
			if slices.Contains(seen, algorithm) {
				t.fail("6.1.25", v, "the algorithm %.40q stands twice", algorithm)
			}
			seen = append(seen, algorithm)
			t.same("hash "+hashName(algorithm), v.Get("value").Text(nil), id)
		}
	}
}

// same remembers which products a value of a helper stands for.
func (t *tester) same(member, value, id string) {
	if !t.next || value == "" {
		return
	}
	key := member + "\x00" + value
	if known := t.numbers[key]; len(known) < 2 && !slices.Contains(known, id) {
		t.numbers[key] = append(known, id)
	}
}

// disjoint is 6.2.32: what identifies one product identifies no other.
func (t *tester) disjoint(helper jsonpos.Value, id string) {
	report := func(member string, v jsonpos.Value) {
		if known := t.numbers[member+"\x00"+v.Text(nil)]; len(known) > 1 && known[1] == id {
			t.fail("6.2.32", v, "%.80q stands for the products %.80q and %.80q", v.Text(nil), known[0], known[1])
		}
	}
	for member, value := range helper.Members(nil) {
		if value.Kind() == jsonpos.String {
			report(member, value)
		}
		for v := range value.Elements(nil) {
			if v.Kind() == jsonpos.String {
				report(member, v)
			}
		}
	}
}
