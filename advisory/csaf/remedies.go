package csaf

import (
	"fmt"
	"slices"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// remedies adds remediations to the statements about their products, each for the spans of
// these products.
func (r *reader) remedies(v jsonpos.Value, made map[place]int) {
	for e := range v.Get("remediations").Elements(&r.notes) {
		remedy := advisory.Remediation{
			Category: e.Get("category").Text(&r.notes), Text: e.Get("details").Text(&r.notes), URL: e.Get("url").Text(&r.notes),
			Date: r.opt.Time(e.Get("date"), &r.notes), Restart: e.At("/restart_required/category").Text(&r.notes), Pos: r.opt.Pos(e),
		}
		r.statementsOf(e, func(s *advisory.Statement, span int) {
			n := len(s.Remediations)
			if n == 0 || s.Remediations[n-1].Pos != remedy.Pos {
				if !r.room() {
					return
				}
				s.Remediations = append(s.Remediations, remedy)
				n++
			}
			spans := append(s.Remediations[n-1].Spans, span)
			if len(spans) > 2*len(s.Spans) { // groups name products again and again
				spans = distinct(spans)
			}
			s.Remediations[n-1].Spans = spans
		})
	}
	for _, n := range made {
		s := &r.a.Statements[n]
		for i := range s.Remediations {
			remedy := &s.Remediations[i]
			if remedy.Spans = distinct(remedy.Spans); len(remedy.Spans) == len(s.Spans) {
				remedy.Spans = nil
			}
		}
	}
	r.recommendations(v.At("/product_status/recommended"), made)
}

// distinct returns the spans in order, each once.
func distinct(spans []int) []int {
	slices.Sort(spans)
	return slices.Compact(spans)
}

// recommendations keeps which releases the publisher recommends, beside their status.
func (r *reader) recommendations(list jsonpos.Value, made map[place]int) {
	for v := range list.Elements(&r.notes) {
		p := r.ids[v.Text(&r.notes)]
		if p == nil {
			continue
		}
		for i := range p.defs {
			l := &r.leaves[p.defs[i].leaf]
			n, known := made[place{l.aspects[0].product, p.defs[i].key}]
			if !known || l.version == "" || !r.room() {
				continue
			}
			s := &r.a.Statements[n]
			if s.Spans[len(s.Spans)-1].Word == recommended.word {
				continue // the span says it
			}
			s.Remediations = append(s.Remediations, advisory.Remediation{Category: "recommended", Text: l.version, Pos: r.opt.Pos(v)})
		}
	}
}

// justifications adds why products are not affected: the flag, or else the text of the impact.
func (r *reader) justifications(v jsonpos.Value) {
	justify := func(e jsonpos.Value, word string) {
		r.statementsOf(e, func(s *advisory.Statement, span int) {
			if s.Justification != "" || word == "" {
				return
			}
			if s.Spans[span].Status == advisory.NotAffected {
				s.Justification = word
			}
		})
	}
	for e := range v.Get("flags").Elements(&r.notes) {
		justify(e, e.Get("label").Text(&r.notes))
	}
	for e := range v.Get("threats").Elements(&r.notes) {
		if e.Get("category").Text(&r.notes) == "impact" {
			justify(e, e.Get("details").Text(&r.notes))
		}
	}
}

// maxVisits bounds how often remediations, flags and threats name a product, so that groups
// cannot multiply them. A document of 3,841 releases with 20 remediations does it 76,820 times.
const maxVisits = 1 << 23

// statementsOf calls visit with the spans about the products that an element names, by
// their ids and by groups of ids.
func (r *reader) statementsOf(e jsonpos.Value, visit func(s *advisory.Statement, span int)) {
	name := func(id string) {
		if r.visits++; r.visits > maxVisits && r.err == nil {
			r.err = fmt.Errorf("%w of %d products named by remediations, flags and threats", advisory.ErrLimit, maxVisits)
		}
		p := r.ids[id]
		if p == nil || p.stamp != r.stamp || r.err != nil {
			return
		}
		for _, said := range p.statements {
			visit(&r.a.Statements[said.statement], said.span)
		}
	}
	for id := range e.Get("product_ids").Elements(&r.notes) {
		name(id.Text(&r.notes))
	}
	for id := range e.Get("group_ids").Elements(&r.notes) {
		for _, member := range r.groups[id.Text(&r.notes)] {
			if name(member); r.err != nil {
				return
			}
		}
	}
}
