package csaf

import (
	"fmt"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// A group is a member of product_status with what it says about its products (CSAF 2.0 section
// 3.2.3.9, 2.1 adds unknown).
type group struct {
	name   string
	status advisory.Status
	word   string // of its spans
}

// statusGroups are the groups in the order in which one of them gives a span its word.
var statusGroups = []group{
	{"first_affected", advisory.Affected, "first_affected"},
	{"last_affected", advisory.Affected, "last_affected"},
	{"known_affected", advisory.Affected, ""},
	{"first_fixed", advisory.Fixed, "first_fixed"},
	{"fixed", advisory.Fixed, ""},
	{"known_not_affected", advisory.NotAffected, ""},
	{"under_investigation", advisory.UnderInvestigation, ""},
	{"unknown", advisory.Unknown, ""},
}

// recommended names releases that "have a fix" and may be of any status beside. It is no
// status, except where a vulnerability has no other group (SUSE).
var recommended = group{"recommended", advisory.Fixed, "recommended"}

// A place is where statements of one vulnerability are collected.
type place struct {
	product int
	where   string
}

// status reads the product_status of a vulnerability.
func (r *reader) status(v jsonpos.Value, vulnerability int) (made map[place]int) {
	status := v.Get("product_status")
	if status.Kind() == jsonpos.Absent {
		return nil
	}
	before := r.errs.Count()
	status.Object(&r.errs)
	r.stamp++
	made = map[place]int{}
	others := 0
	for i := range statusGroups {
		if list := status.Get(statusGroups[i].name); list.Kind() != jsonpos.Absent {
			others++
			r.list(list, statusGroups[i], vulnerability, made)
		}
	}
	for name, list := range status.Members(nil) {
		switch {
		case name == recommended.name:
			if others == 0 {
				r.list(list, recommended, vulnerability, made)
			}
		case !isGroup(name) && !strings.HasPrefix(name, "x_"):
			r.errs.Add(list, errBadWord, fmt.Sprintf("%.40q is no group of products", name))
		}
	}
	if r.errs.Count() > before {
		r.unreadable(vulnerability, r.opt.Pos(status))
	}
	return made
}

func isGroup(name string) bool {
	for i := range statusGroups {
		if statusGroups[i].name == name {
			return true
		}
	}
	return false
}

// list adds what a group says about each of its products. An id that is not defined names no
// product; it changes an answer only where the tree could not be read.
func (r *reader) list(list jsonpos.Value, g group, vulnerability int, made map[place]int) {
	lost := false
	for v := range list.Elements(&r.errs) {
		if !r.room() {
			return
		}
		id := v.Text(&r.errs)
		p := r.ids[id]
		if p == nil || len(p.defs) == 0 {
			lost = lost || r.lost
			continue
		}
		if p.stamp != r.stamp {
			p.stamp, p.statements = r.stamp, nil
		}
		at := r.opt.Pos(v)
		for i := range p.defs {
			r.state(p, &p.defs[i], g, vulnerability, at, made)
		}
	}
	if lost {
		r.unreadable(vulnerability, r.opt.Pos(list))
	}
}

// state adds the spans of a product with the status of its group.
func (r *reader) state(p *entry, d *definition, g group, vulnerability int, at advisory.Pos, made map[place]int) {
	l := &r.leaves[d.leaf]
	for i := range l.aspects {
		if !r.room() {
			return
		}
		a := &l.aspects[i]
		key := place{a.product, d.key}
		n, known := made[key]
		if !known {
			n = len(r.a.Statements)
			made[key] = n
			r.a.Statements = append(r.a.Statements, advisory.Statement{
				Vulnerability: vulnerability, Products: []int{a.product}, Where: d.where, Pos: at,
			})
		}
		s := a.span()
		s.Status, s.Word, s.Pos = g.status, g.word, at
		if l.broken {
			s.Version, s.Hint = noVersion, ""
		}
		spans := &r.a.Statements[n].Spans
		m := len(*spans)
		if m > 0 { // the same in two groups of one status
			if last := &(*spans)[m-1]; last.Version == s.Version && last.Hint == s.Hint && last.Status == s.Status {
				p.statements = append(p.statements, spoken{n, m - 1})
				continue
			}
		}
		*spans = append(*spans, s)
		p.statements = append(p.statements, spoken{n, m})
	}
}

// unreadable adds a statement about a product of which nothing is known.
func (r *reader) unreadable(vulnerability int, at advisory.Pos) {
	if r.unread == 0 {
		r.a.Products = append(r.a.Products, advisory.Product{Vendor: noVersion, Name: noVersion, Pos: at})
		r.unread = len(r.a.Products)
	}
	r.a.Statements = append(r.a.Statements, advisory.Statement{
		Vulnerability: vulnerability, Products: []int{r.unread - 1}, Default: advisory.DefaultUnknown, Pos: at,
		Spans: []advisory.Span{{Version: noVersion, Pos: at}},
	})
}
