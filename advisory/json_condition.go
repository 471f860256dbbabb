package advisory

import (
	"fmt"
	"strconv"

	"github.com/affected-go/affected/advisory/jsonpos"
)

// maxConditionDepth bounds conditions inside each other. Evaluating one takes a call for
// each level.
const maxConditionDepth = 64

// whereForm is the condition of a statement. One that cannot be read in full always holds:
// the statement becomes Unknown, and a part of it must not take it away.
func (s *Statement) whereForm(f *form, n *names) {
	const name = "where"
	visit := func(g *form) { s.Where.form(g, n, 1) }
	if f.in == nil {
		f.object(name, s.Where.Op == OpAlways, visit)
		return
	}
	before := f.in.errs.Count()
	f.object(name, false, visit)
	if f.in.errs.Count() > before {
		s.Where = Condition{}
	}
}

func (c *Condition) form(f *form, n *names, depth int) {
	f.strict = true
	if f.in == nil {
		c.write(f, n, depth)
	} else {
		c.read(f, n, depth)
	}
}

// write writes the member of the kind of the node, and its place when that is another than
// in this document.
func (c *Condition) write(f *form, n *names, depth int) {
	if depth > maxConditionDepth {
		f.out.fail(fmt.Errorf("%s: %w", f.path, errTooDeep))
		return
	}
	switch c.Op {
	case OpAlways:
	case OpAll, OpAny:
		if len(c.Of) == 0 {
			f.put(c.Op.String()).value([]string{})
		}
		list(f, c.Op.String(), &c.Of, func(g *form, of *Condition) { of.form(g, n, depth+1) })
	case OpNot:
		if len(c.Of) != 1 {
			f.out.fail(fmt.Errorf("%s: %q has %d conditions instead of one", f.path, "not", len(c.Of)))
			return
		}
		f.object("not", false, func(g *form) { c.Of[0].form(g, n, depth+1) })
	case OpFact:
		f.put("fact").value(c.Fact)
		c.factForm(f)
		c.writeVersions(f)
	case OpProduct:
		if c.Product < 0 || c.Product >= len(n.a.Products) {
			f.out.fail(fmt.Errorf("%s: there is no product %d", f.path, c.Product))
			return
		}
		f.put("product").value(nameOr(n.productIDs, n.a.Products[c.Product].ID, c.Product))
		word(f, "relation", &c.Relation, PartOf)
		c.writeVersions(f)
	case OpText:
		f.put("text").value(c.Text)
	default:
		f.out.fail(fmt.Errorf("%s: there is no condition of kind %d", f.path, c.Op))
	}
	if c.Pointer != "" && c.Pointer != f.path {
		f.put("pointer").value(c.Pointer)
	}
}

// read reads what stands in one object; of several kinds all have to hold.
func (c *Condition) read(f *form, n *names, depth int) {
	errs := &f.in.errs
	if depth > maxConditionDepth {
		errs.Add(f.v, errTooDeep, fmt.Sprintf("conditions may stand %d deep", maxConditionDepth))
		return
	}
	var parts []Condition
	for _, op := range [...]Op{OpAll, OpAny} {
		if f.v.Get(op.String()).Kind() == jsonpos.Absent {
			f.known = append(f.known, op.String())
			continue
		}
		part := Condition{Op: op}
		list(f, op.String(), &part.Of, func(g *form, of *Condition) { of.form(g, n, depth+1) })
		parts = append(parts, part)
	}
	f.object("not", false, func(g *form) {
		part := Condition{Op: OpNot, Of: make([]Condition, 1)}
		part.Of[0].form(g, n, depth+1)
		parts = append(parts, part)
	})
	parts = append(parts, readLeaf(f, n)...)
	words := Condition{Op: OpText}
	said := f.v.Get("text").Kind() == jsonpos.String
	if f.text("text", &words.Text); said { // words that are empty limit all the same
		parts = append(parts, words)
	}
	switch len(parts) {
	case 0:
	case 1:
		*c = parts[0]
	default:
		*c = Condition{Op: OpAll, Of: parts}
	}
	c.Pointer = f.v.Pointer()
	if v := f.take("pointer"); v.Kind() == jsonpos.String {
		c.Pointer = v.Text(errs)
	}
}

// readLeaf reads a fact with what is asked of it, or a product. Versions belong to either.
func readLeaf(f *form, n *names) []Condition {
	errs := &f.in.errs
	leaf := Condition{Op: OpFact}
	f.text("fact", &leaf.Fact)
	leaf.factForm(f)
	product := f.take("product")
	word(f, "relation", &leaf.Relation, PartOf)
	shared := Affected
	for v := range f.take("versions").Elements(errs) {
		if !f.in.room() {
			return nil
		}
		leaf.Spans = append(leaf.Spans, readSpan(f, v, &shared))
	}
	asked := len(leaf.Values)+len(leaf.Patterns)+len(leaf.Serials) > 0
	switch {
	case product.Kind() != jsonpos.Absent && leaf.Fact == "" && !asked && !leaf.Presumed:
		found := n.product(f.in, product)
		leaf.Op, leaf.Product = OpProduct, found[0]
		return []Condition{leaf}
	case product.Kind() != jsonpos.Absent:
		errs.Add(f.v, errNotListed, "a fact and a product are two conditions")
	case leaf.Fact != "" && (asked || len(leaf.Spans) > 0) && leaf.Relation == 0:
		return []Condition{leaf}
	case leaf.Fact != "" || asked || len(leaf.Spans) > 0 || leaf.Relation != 0:
		errs.Add(f.v, errNotListed, "a fact and its values belong together")
	}
	return nil
}

// factForm is what is asked of a fact, its versions apart.
func (c *Condition) factForm(f *form) {
	f.texts("values", &c.Values)
	f.texts("patterns", &c.Patterns)
	list(f, "serials", &c.Serials, func(g *form, r *SerialRange) { r.form(g) })
	f.flag("presumed", &c.Presumed)
}

func (r *SerialRange) form(f *form) {
	f.strict = true
	if f.in != nil {
		r.Chars = int(min(f.take("chars").Int(f.errs()), maxSerialChars))
	} else if r.Chars != 0 {
		f.put("chars").value(r.Chars)
	}
	f.text("order", &r.Order)
	f.text("from", &r.From)
	f.text("through", &r.Through)
}

// maxSerialChars is above the length of any serial number.
const maxSerialChars = 1 << 16

// writeVersions writes the spans of a leaf, which share the status that readLeaf gives them.
func (c *Condition) writeVersions(f *form) {
	if len(c.Spans) == 0 {
		return
	}
	shared := Affected
	f.put("versions").WriteByte('[')
	for i := range c.Spans {
		if i > 0 {
			f.out.WriteByte(',')
		}
		c.Spans[i].write(f, f.path+"/versions/"+strconv.Itoa(i), &shared)
	}
	f.out.WriteByte(']')
}
