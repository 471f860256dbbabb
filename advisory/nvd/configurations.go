package nvd

import (
	"fmt"
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// An expression is a configuration, a node or a CPE name, on its way to statements.
type expression struct {
	all, negated bool
	of           []expression
	name         *criterion // for a leaf
	at           jsonpos.Value
	broken       bool // its logic could not be read
}

// maxDepth bounds nodes in each other. The API has two levels, the older form had three.
const maxDepth = 16

// configurations turns what the item says about products into statements.
func (r *reader) configurations(f form) {
	v := f.configurations
	if f.old {
		v = v.Object(&r.errs).Get("nodes") // each is a configuration
	}
	n, before := 0, r.errs.Count()
	for config := range v.Elements(&r.errs) {
		n++
		if !r.room(1) {
			return
		}
		r.configuration(r.expression(config, f, 1))
	}
	switch {
	case n == 0 && r.errs.Count() > before:
		r.unread(f.configurations)
	case n == 0:
		r.notes.Add(f.cve, errNoConfigurations, "the item says nothing about products")
	}
}

// unread adds a product of which nothing is known.
func (r *reader) unread(at jsonpos.Value) {
	pos := r.opt.Pos(at)
	r.a.Statements = append(r.a.Statements, advisory.Statement{
		Products: []int{len(r.a.Products)}, Pos: pos, Default: advisory.DefaultUnknown,
		Spans: []advisory.Span{{Version: noVersion, Pos: pos}},
	})
	r.a.Products = append(r.a.Products, advisory.Product{Vendor: noVersion, Name: noVersion, Pos: pos})
}

// expression reads a configuration or node, whose members are nodes, names or both.
func (r *reader) expression(v jsonpos.Value, f form, depth int) expression {
	before := r.errs.Count()
	e := expression{at: v, all: r.operator(v.Object(&r.errs)) == "AND", negated: v.Get("negate").Bool(&r.errs)}
	if depth > maxDepth {
		r.errs.Add(v, errNested, "the node is not read")
		e.broken = true
		return e
	}
	var lists [3]jsonpos.Value
	for i, member := range [...]string{"nodes", f.children, f.matches} {
		lists[i] = v.Get(member)
		for range lists[i].Elements(&r.errs) {
			break
		}
	}
	e.broken = r.errs.Count() > before
	for _, nodes := range lists[:2] {
		for node := range nodes.Elements(nil) {
			if !r.room(1) {
				return e
			}
			e.of = append(e.of, r.expression(node, f, depth+1))
		}
	}
	for match := range lists[2].Elements(nil) {
		if !r.room(1) {
			return e
		}
		e.of = append(e.of, expression{name: r.criterion(match, f.name), at: match})
	}
	if len(e.of) == 0 && !e.broken {
		r.errs.Add(v, errNoNodes, "the node has no members")
		e.broken = true
	}
	return e
}

// operator returns AND or OR, the default.
func (r *reader) operator(v jsonpos.Value) string {
	switch word := v.Get("operator").Text(&r.errs); word {
	case "", "OR", "AND":
		return word
	default:
		r.errs.Add(v.Get("operator"), errBadWord, fmt.Sprintf("%.40q is no operator", word))
		return ""
	}
}

// configuration adds the statements of one configuration. One whose logic could not be read
// makes its products unknown.
func (r *reader) configuration(e expression) {
	if !e.isBroken() {
		r.statements(&e, nil)
		return
	}
	found := false
	for c := range e.criteria() {
		if !c.vulnerable {
			continue
		}
		if !r.room(1) {
			return
		}
		found = true
		r.state(c.product, nil, []advisory.Span{{Version: noVersion, Pos: c.product.Pos}}, e.at)
	}
	if !found {
		r.unread(e.at)
	}
}

func (e *expression) isBroken() bool {
	for i := range e.of {
		if e.of[i].isBroken() {
			return true
		}
	}
	return e.broken
}

// criteria yields the names in an expression.
func (e *expression) criteria() func(yield func(*criterion) bool) {
	return func(yield func(*criterion) bool) { e.each(yield) }
}

func (e *expression) each(yield func(*criterion) bool) bool {
	if e.name != nil {
		return yield(e.name)
	}
	for i := range e.of {
		if !e.of[i].each(yield) {
			return false
		}
	}
	return true
}

// statements adds a statement for what is vulnerable in an expression, on condition that the
// rest holds.
func (r *reader) statements(e *expression, rest []advisory.Condition) {
	if e.negated {
		r.negated(e, rest)
		return
	}
	if !e.all || len(e.of) == 1 {
		r.alternatives(e, rest)
		return
	}
	speaks := make([]bool, len(e.of)) // about something vulnerable
	several := 0
	for i := range e.of {
		for c := range e.of[i].criteria() {
			speaks[i] = speaks[i] || c.vulnerable
		}
		if speaks[i] {
			several++
		}
	}
	conditions := make([]advisory.Condition, len(e.of))
	for i := range e.of {
		if speaks[i] && several == 1 {
			continue // nobody asks
		}
		if conditions[i] = r.condition(&e.of[i]); !r.room(len(e.of)) {
			return
		}
	}
	for i := range e.of {
		if !speaks[i] {
			continue
		}
		others := append(rest[:len(rest):len(rest)], conditions[:i]...)
		others = append(others, conditions[i+1:]...)
		one := expression{of: e.of[i : i+1], at: e.of[i].at}
		r.statements(&one, others)
	}
}

// alternatives adds the statements of members of which each is enough. Names of one product
// are one statement.
func (r *reader) alternatives(e *expression, rest []advisory.Condition) {
	var order []string
	groups := map[string]*criterion{}
	for i := range e.of {
		kid := &e.of[i]
		c := kid.name
		switch {
		case c == nil:
			r.statements(kid, rest)
		case !c.vulnerable:
		case groups[c.identity] == nil:
			order = append(order, c.identity)
			first := *c
			first.spans = slices.Clone(c.spans)
			groups[c.identity] = &first
		default:
			group := groups[c.identity]
			group.spans = append(group.spans, c.spans...)
		}
		if !r.room(0) {
			return
		}
	}
	for _, identity := range order {
		c := groups[identity]
		at := e.at
		if c.alone() {
			at = c.at
		}
		if !r.room(1) {
			return
		}
		r.state(c.product, rest, c.spans, at)
	}
}

// negated adds the statements of a negated expression: all versions of what it names are
// affected where it does not hold.
func (r *reader) negated(e *expression, rest []advisory.Condition) {
	where := append(rest[:len(rest):len(rest)], r.condition(e))
	seen := map[string]bool{}
	for c := range e.criteria() {
		p := c.product
		p.CPEs = c.whole()
		key := strings.Join(p.CPEs, " ")
		if !c.vulnerable || seen[key] {
			continue
		}
		seen[key] = true
		if !r.room(1) {
			return
		}
		r.state(p, where, []advisory.Span{{Version: everyVersion, Status: advisory.Affected, Pos: r.opt.Pos(e.at)}}, e.at)
	}
}

// state adds a statement about a product.
func (r *reader) state(p advisory.Product, where []advisory.Condition, spans []advisory.Span, at jsonpos.Value) {
	s := advisory.Statement{Products: []int{len(r.a.Products)}, Spans: spans, Default: advisory.DefaultComplete, Pos: r.opt.Pos(at)}
	switch len(where) {
	case 0:
	case 1:
		s.Where = where[0]
	default:
		s.Where = advisory.Condition{Op: advisory.OpAll, Of: where, Pointer: at.Pointer()}
	}
	r.a.Products = append(r.a.Products, p)
	r.a.Statements = append(r.a.Statements, s)
}

// condition returns what an expression asks of a host.
func (r *reader) condition(e *expression) advisory.Condition {
	c := advisory.Condition{Op: advisory.OpAny, Pointer: e.at.Pointer()}
	switch {
	case e.name != nil:
		return r.present(e.name)
	case e.all:
		c.Op = advisory.OpAll
	}
	for i := range e.of {
		if !r.room(1) {
			return c
		}
		c.Of = append(c.Of, r.condition(&e.of[i]))
	}
	if len(c.Of) == 1 {
		c = c.Of[0]
	}
	if e.negated {
		c = advisory.Condition{Op: advisory.OpNot, Of: []advisory.Condition{c}, Pointer: e.at.Pointer()}
	}
	return c
}

// present is the condition that a product is on the host, or what the host runs on; an
// operating system may be known as a fact, too.
func (r *reader) present(c *criterion) advisory.Condition {
	if c.text != "" {
		return advisory.Condition{Op: advisory.OpText, Text: c.text, Pointer: c.at.Pointer()}
	}
	names := c.platforms()
	key := names[len(names)-1]
	i, known := r.products[key]
	if !known {
		i = len(r.a.Products)
		r.products[key] = i
		p := c.product
		p.CPEs = names
		r.a.Products = append(r.a.Products, p)
	}
	var spans []advisory.Span
	if !c.anyVersion {
		spans = c.spans
	}
	leaf := advisory.Condition{Op: advisory.OpProduct, Product: i, Spans: spans, Pointer: c.at.Pointer()}
	runs := leaf
	runs.Relation = advisory.InstalledOn
	of := []advisory.Condition{leaf, runs}
	if f, ok := c.familyOf(); ok {
		of = append(of, advisory.Condition{Op: advisory.OpFact, Fact: "platform", Values: f.words, Pointer: leaf.Pointer})
	}
	return advisory.Condition{Op: advisory.OpAny, Of: of, Pointer: leaf.Pointer}
}
