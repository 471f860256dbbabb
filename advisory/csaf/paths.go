package csaf

import (
	"cmp"
	"slices"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// A combination is a product that is there only together with others: a relationship of 2.0,
// or a product path of 2.1.
type combination struct {
	subject string // id of the product that the combination is about
	hops    []hop
	at      jsonpos.Value
}

// A hop leads to the next product of a combination.
type hop struct {
	category string
	id       string
}

// A part is another product of a combination and how it may stand to the subject.
type part struct {
	relations []advisory.Relation
	leaves    []int // one of them
	id        string
}

// maxParts bounds the products of one combination; real ones have up to four.
const maxParts = 32

// relationships reads the combinations of CSAF 2.0.
func (r *reader) relationships(list jsonpos.Value) {
	for v := range list.Elements(&r.errs) {
		if !r.room() {
			return
		}
		v.Object(&r.errs)
		r.combination(v, &combination{
			subject: v.Get("product_reference").Text(&r.errs),
			hops:    []hop{{v.Get("category").Text(&r.errs), v.Get("relates_to_product_reference").Text(&r.errs)}},
			at:      v,
		})
	}
}

// paths reads those of CSAF 2.1.
func (r *reader) paths(list jsonpos.Value) {
	for v := range list.Elements(&r.errs) {
		if !r.room() {
			return
		}
		v.Object(&r.errs)
		c := &combination{subject: v.Get("beginning_product_reference").Text(&r.errs), at: v}
		for e := range v.Get("subpaths").Elements(&r.errs) {
			if !r.room() {
				return
			}
			e.Object(&r.errs)
			c.hops = append(c.hops, hop{e.Get("category").Text(&r.errs), e.Get("next_product_reference").Text(&r.errs)})
		}
		r.combination(v, c)
	}
}

// combination enters a combination under its id.
func (r *reader) combination(v jsonpos.Value, c *combination) {
	name := v.Get("full_product_name").Object(&r.errs)
	at := name.Get("product_id")
	id := at.Text(&r.errs)
	if id == "" {
		r.errs.Add(v, errNoID, "a product needs an id")
		return
	}
	known := r.define(at, id)
	known.made = append(known.made, c)
}

// resolveAll turns the combinations into definitions.
func (r *reader) resolveAll() {
	for _, p := range r.inOrder() {
		r.resolve(p, 0)
	}
	for _, p := range r.ids {
		for i := range p.defs {
			r.condition(&p.defs[i])
		}
	}
}

// inOrder returns the products that are combinations, in the order of the document.
func (r *reader) inOrder() []*entry {
	var list []*entry
	for _, p := range r.ids {
		if len(p.made) > 0 {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b *entry) int { return int(a.made[0].at.Offset() - b.made[0].at.Offset()) })
	return list
}

// resolve turns the combinations of one id into definitions. A combination that leads back to
// itself has none (test 6.1.3), and one of too many levels is not known.
func (r *reader) resolve(p *entry, depth int) {
	if p.busy {
		r.errs.Add(p.at, errCycle, "a combination that leads back to itself")
		r.circles = append(r.circles, p.at)
	}
	if p.busy || len(p.made) == 0 {
		return
	}
	p.busy = true
	made := p.made
	p.at = made[0].at
	p.made = nil
	for _, c := range made {
		subject := r.ids[c.subject]
		if subject == nil {
			continue
		}
		if depth > maxParts {
			r.errs.Add(c.at, errTooDeep, "products of products of products")
			continue
		}
		r.resolve(subject, depth+1)
		for _, base := range subject.defs {
			if !r.room() {
				return
			}
			d := definition{leaf: base.leaf, parts: slices.Clip(base.parts)}
			var before []advisory.Relation
			for _, h := range c.hops {
				before = r.hop(&d, before, h, c.at, depth)
			}
			if len(d.parts) > maxParts {
				r.errs.Add(c.at, errTooDeep, "a combination of too many products")
				continue
			}
			p.defs = append(p.defs, d)
		}
	}
	p.busy = false
}

// hop adds the product that a hop leads to, with the products that it is combined with itself.
// It returns how that product may stand to the subject.
func (r *reader) hop(d *definition, before []advisory.Relation, h hop, at jsonpos.Value, depth int) []advisory.Relation {
	relations := compose(before, r.relation(h.category, at))
	next := part{relations: relations, id: h.id}
	var further []part
	if other := r.ids[h.id]; other != nil {
		r.resolve(other, depth+1)
		r.items += len(other.defs)
		for _, o := range other.defs {
			next.leaves = append(next.leaves, o.leaf)
		}
		if len(other.defs) == 1 {
			further = other.defs[0].parts
		}
	}
	d.parts = append(d.parts, next)
	for _, f := range further {
		if len(f.relations) > 0 {
			f.relations = compose(relations, f.relations[0])
		}
		d.parts = append(d.parts, f)
	}
	return relations
}

// relation returns the relation of a category (CSAF 2.0 section 3.2.2.4.1, 2.1 the same words).
// The categories of components are one for a matcher: the component is a part, and where it
// may be absent the installed one is there.
func (r *reader) relation(category string, at jsonpos.Value) advisory.Relation {
	switch category {
	case "installed_on":
		return advisory.InstalledOn
	case "installed_with":
		return advisory.OnHost
	case "default_component_of", "external_component_of", "optional_component_of":
		return advisory.PartOf
	}
	r.errs.Add(at, errBadWord, "no category of a relationship")
	return noRelation
}

// noRelation marks a relation that nobody knows.
const noRelation = advisory.Relation(255)

// compose returns how a product stands to the subject when it stands in a relation to one that
// stands to the subject in one of some others. Hosts pass on; what something is a part of is
// only known along parts.
func compose(before []advisory.Relation, last advisory.Relation) []advisory.Relation {
	if last == noRelation || slices.Contains(before, noRelation) {
		return []advisory.Relation{noRelation}
	}
	if last != advisory.PartOf || len(before) == 0 || len(before) == 1 && before[0] == advisory.PartOf {
		return []advisory.Relation{last}
	}
	return []advisory.Relation{advisory.PartOf, advisory.InstalledOn, advisory.OnHost}
}

// condition makes the condition of a definition: the facts of its leaf and each of its parts.
func (r *reader) condition(d *definition) {
	l := &r.leaves[d.leaf]
	var all []advisory.Condition
	all = append(all, l.facts...)
	for i := range d.parts {
		all = append(all, r.partCondition(&d.parts[i]))
	}
	switch len(all) {
	case 0:
		return
	case 1:
		d.where = all[0]
	default:
		d.where = advisory.Condition{Op: advisory.OpAll, Of: all}
	}
	d.key = d.where.String()
}

// partCondition is met when the other product is there. An id that is not defined leaves it
// open.
func (r *reader) partCondition(p *part) advisory.Condition {
	var any []advisory.Condition
	for _, i := range p.leaves {
		l := &r.leaves[i]
		for _, a := range l.aspects {
			for _, relation := range p.relations {
				if relation == noRelation || l.broken {
					return advisory.Condition{Op: advisory.OpText, Text: cmp.Or(p.id, "a part without an id")}
				}
				c := advisory.Condition{Op: advisory.OpProduct, Product: a.product, Relation: relation}
				if a.version != "" {
					s := a.span()
					s.Status, s.Pos = advisory.Affected, l.at
					c.Spans = []advisory.Span{s}
				}
				any = append(any, c)
			}
		}
	}
	switch len(any) {
	case 0:
		return advisory.Condition{Op: advisory.OpText, Text: cmp.Or(p.id, "a part without an id")}
	case 1:
		return any[0]
	}
	return advisory.Condition{Op: advisory.OpAny, Of: any}
}

// span is the span of the version that an aspect is seen as.
func (a *aspect) span() advisory.Span {
	s := advisory.Span{Version: a.version}
	switch {
	case a.version == "":
		s.Version = allVersions
	case a.exact:
		s.Hint = advisory.HintExact
		if a.scheme != "" {
			s.Hint += " " + a.scheme
		}
	}
	return s
}
