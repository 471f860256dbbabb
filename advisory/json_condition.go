package advisory

import (
	"fmt"

	"github.com/affected-go/affected/advisory/jsonpos"
)

// maxConditionDepth bounds conditions inside each other. Evaluating one takes a call for
// each level.
const maxConditionDepth = 64

// whereForm is the condition of a statement. One that cannot be read in full always holds:
// the statement becomes Unknown, and a part of it must not take it away.
func (s *Statement) whereForm(f *form) {
	const name = "where"
	visit := func(g *form) { s.Where.form(g, 1) }
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

func (c *Condition) form(f *form, depth int) {
	f.strict = true
	if f.in == nil {
		c.write(f, depth)
	} else {
		c.read(f, depth)
	}
}

// write writes the member of the kind of the node, and its place when that is another than
// in this document.
func (c *Condition) write(f *form, depth int) {
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
		list(f, c.Op.String(), &c.Of, func(g *form, of *Condition) { of.form(g, depth+1) })
	case OpNot:
		if len(c.Of) != 1 {
			f.out.fail(fmt.Errorf("%s: %q has %d conditions instead of one", f.path, "not", len(c.Of)))
			return
		}
		f.object("not", false, func(g *form) { c.Of[0].form(g, depth+1) })
	case OpFact:
		f.put("fact").value(c.Fact)
		f.texts("values", &c.Values)
		f.flag("presumed", &c.Presumed)
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
func (c *Condition) read(f *form, depth int) {
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
		list(f, op.String(), &part.Of, func(g *form, of *Condition) { of.form(g, depth+1) })
		parts = append(parts, part)
	}
	f.object("not", false, func(g *form) {
		part := Condition{Op: OpNot, Of: make([]Condition, 1)}
		part.Of[0].form(g, depth+1)
		parts = append(parts, part)
	})
	fact := Condition{Op: OpFact}
	f.text("fact", &fact.Fact)
	f.texts("values", &fact.Values)
	f.flag("presumed", &fact.Presumed)
	if fact.Fact != "" && len(fact.Values) > 0 {
		parts = append(parts, fact)
	} else if fact.Fact != "" || len(fact.Values) > 0 {
		errs.Add(f.v, errNotListed, "a fact and its values belong together")
	}
	words := Condition{Op: OpText}
	f.text("text", &words.Text)
	if words.Text != "" {
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
