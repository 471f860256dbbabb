package match

import (
	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
)

// doubts returns the vulnerabilities about which a document states something that could not
// be read, about a product that nobody knows. It may be about any product of the document.
func doubts(a *advisory.Advisory) map[int]bool {
	var list map[int]bool
	for i := range a.Statements {
		s := &a.Statements[i]
		if !isUnread(s.Spans) {
			continue
		}
		for _, p := range s.Products {
			if isNobody(&a.Products[p]) {
				if list == nil {
					list = map[int]bool{}
				}
				list[s.Vulnerability] = true
			}
		}
	}
	return list
}

// isUnread tells whether a statement has the mark of decoders for what they could not read: a
// version that is none, of which nothing is said.
func isUnread(spans []advisory.Span) bool {
	for i := range spans {
		if s := &spans[i]; s.Status == advisory.Unknown && product.IsPlaceholder(s.Version) && !s.IsRange() {
			return true
		}
	}
	return false
}

// isNobody tells whether a product has no name, and nothing else tells it.
func isNobody(p *advisory.Product) bool {
	return product.IsPlaceholder(p.Name) &&
		len(p.PURLs)+len(p.CPEs)+len(p.Models)+len(p.Serials)+len(p.SKUs)+len(p.Hashes)+len(p.Tags) == 0
}

// doubted applies the safety law to what a statement says beside such a part of its document:
// nothing but Affected gets through.
func (c *claim) doubted(v *vote) {
	if !c.doubt || v.Status == advisory.Affected || v.Status == advisory.Unknown && !v.weak || v.Status == advisory.UnderInvestigation {
		return
	}
	v.weak, v.derived, v.segment = false, false, -1
	v.Outcome = advisory.Outcome{Status: advisory.Unknown, Reason: advisory.BadRange, Span: -1,
		Possible: advisory.SetOf(advisory.Affected, advisory.NotAffected, advisory.Fixed),
		Rule:     "a part of the document that could not be read may be about this product"}
}
