package match

import (
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
)

// A saying is what a document says about one product: a statement, or several that the
// document makes about one catalog entry under different names, joined.
type saying struct {
	*advisory.Statement
	first    int   // index of the first statement
	products []int // of the document, all of them the same entry when joined
	parts    []part
}

// A part is a statement that was joined, and where its spans begin in the joined one.
type part struct {
	*advisory.Statement
	span int
}

// statements returns the statements that were joined, or the one.
func (s *saying) statements() []part {
	if s.parts == nil {
		return []part{{s.Statement, 0}}
	}
	return s.parts
}

// remedies returns what the publisher offers or advises where a span speaks: one of the
// joined statement, or -1 for the default.
func (s *saying) remedies(span int) []advisory.Remediation {
	said, first := s.Statement, 0
	for _, p := range s.parts {
		if p.span <= span {
			said, first = p.Statement, p.span
		}
	}
	list := said.Remediations
	if !slices.ContainsFunc(list, func(r advisory.Remediation) bool { return r.Spans != nil }) {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(r advisory.Remediation) bool { return !r.IsFor(max(span-first, -1)) })
}

func (m *Matcher) remedies(c *claim, span int) []advisory.Remediation {
	_, said := m.said(c)
	return said.remedies(span)
}

// unplanned returns the spans, -1 for the default, about which the publisher says that they
// will not be fixed.
func (s *saying) unplanned() []int32 {
	var list []int32
	for span := -1; span < len(s.Spans); span++ {
		if slices.ContainsFunc(s.remedies(span), func(r advisory.Remediation) bool { return r.Category == "no_fix_planned" }) {
			list = append(list, int32(span))
		}
	}
	return list
}

// sayings returns the statements of a document by product. Statements that only name
// affected ranges and agree in everything else are one when the catalog knows their
// products as one: the bounds of "Exchange Server 2019 Cumulative Update 13" and "14" are
// branches of one product, and the fix of the installed branch counts.
func (m *Matcher) sayings(a *advisory.Advisory) []saying {
	return sayingsOf(a, func(p int) *product.Entry {
		maker := a.Identified(p, m.catalog)
		return maker.Entry(m.catalog)
	})
}

// sayingsOf is sayings with what finds the catalog entry of a product.
func sayingsOf(a *advisory.Advisory, entryOf func(p int) *product.Entry) []saying {
	type identity struct {
		entry, where  string
		vulnerability int
		defaults      advisory.Default
	}
	list := make([]saying, 0, len(a.Statements))
	index := map[identity]int{}
	for i := range a.Statements {
		s := &a.Statements[i]
		for _, p := range s.Products {
			entry := entryOf(p)
			if entry == nil || s.Default == advisory.DefaultAffected || s.Default == advisory.DefaultComplete ||
				len(s.Spans) == 0 || slices.ContainsFunc(s.Spans, notAffected) {
				list = append(list, saying{Statement: s, first: i, products: []int{p}})
				continue
			}
			id := identity{entry.Key, s.Where.String(), s.Vulnerability, s.Default}
			n, known := index[id]
			if !known {
				index[id] = len(list)
				list = append(list, saying{Statement: s, first: i, products: []int{p}})
				continue
			}
			joined := &list[n]
			if joined.first != i && joined.holds(s) {
				continue
			}
			if !slices.Contains(joined.products, p) {
				joined.products = append(joined.products, p)
			}
			if joined.first != i {
				if joined.parts == nil {
					joined.parts = []part{{joined.Statement, 0}}
				}
				joined.parts = append(joined.parts, part{s, len(joined.Spans)})
				both := *joined.Statement
				both.Spans = slices.Concat(joined.Spans, s.Spans)
				joined.Statement = &both
			}
		}
	}
	return list
}

// holds tells whether a statement was taken out of one that is joined, whose versions name its
// product as well (JDK records of Oracle): it says nothing new.
func (s *saying) holds(other *advisory.Statement) bool {
	inside := func(whole *advisory.Statement) bool {
		return whole.Pos.Pointer != "" && strings.HasPrefix(other.Pos.Pointer, whole.Pos.Pointer+"/")
	}
	return inside(s.Statement) || slices.ContainsFunc(s.parts, func(p part) bool { return inside(p.Statement) })
}

func notAffected(s advisory.Span) bool { return s.Status != advisory.Affected }
