package match

import (
	"cmp"
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/vers"
)

// A scopeOf is how narrow a statement is: the narrower of two speaks (DESIGN section 6,
// step 5). The zero scopeOf is that of a statement about the whole product.
type scopeOf struct {
	conditions int16 // how many limits on the product are met
	literals   int16 // characters of the pattern that is met
	versions   int8  // 0 all, 1 a range, 2 one version
}

// isNarrower compares the limits on the product, and where they are equal the form of the
// versions.
func (s scopeOf) isNarrower(o scopeOf) bool {
	return cmp.Or(cmp.Compare(s.conditions, o.conditions), cmp.Compare(s.literals, o.literals), cmp.Compare(s.versions, o.versions)) > 0
}

// scopeOf counts the limits of a claim that are met.
func (m *Matcher) scopeOf(s *scratch, c *claim, holds vers.Truth) scopeOf {
	out := scopeOf{versions: c.versions}
	if !c.always && holds == vers.Yes {
		s.judge.of = c
		out.conditions, out.literals = m.width(s, c.where)
	}
	return out
}

// width counts the leaves that are met: of all of them together, of any the most, of a
// negation those inside. Features are configuration: they make no product of their own.
func (m *Matcher) width(s *scratch, c *advisory.Condition) (n, literals int16) {
	switch c.Op {
	case advisory.OpAll, advisory.OpAny:
		for i := range c.Of {
			of := &c.Of[i]
			if met := of.Eval(&s.judge); c.Op == advisory.OpAny && met != vers.Yes {
				s.wide = s.wide || met == vers.Unknown
				continue
			}
			k, l := m.width(s, of)
			if c.Op == advisory.OpAll {
				n, literals = n+k, literals+l
			} else {
				n, literals = max(n, k), max(literals, l)
			}
		}
	case advisory.OpNot:
		for leaf := range c.Leaves() {
			if counts(leaf) {
				n++
			}
		}
	case advisory.OpFact, advisory.OpProduct:
		if !counts(c) || c.Presumed && s.judge.known(c) != vers.Yes {
			return 0, 0
		}
		n = 1
		if len(c.Spans) > 0 && c.Op == advisory.OpProduct && c.Relation == advisory.PartOf {
			n = 2 // the product that it is a part of, and the version of that
		}
		if l := s.judge.of.leaves[c]; l != nil {
			value, known := s.judge.in.Fact(c.Fact) // not known: it is taken for one that matches
			for i := range l.patterns {
				if !known || l.patterns[i].Match(value) {
					literals = max(literals, int16(min(l.patterns[i].Literals(), 1<<14)))
				}
			}
		}
	}
	return n, literals
}

// counts tells whether a leaf limits the product, and not how it is used.
func counts(c *advisory.Condition) bool {
	return c.Op == advisory.OpProduct || c.Op == advisory.OpFact && !strings.HasPrefix(c.Fact, featurePrefix)
}

// featurePrefix begins the facts that say how a product is used: "feature:webvpn" is
// "enabled".
const featurePrefix = "feature:"

// versionsOf tells which form the versions of a statement have.
func versionsOf(s *advisory.Statement) (form int8, all bool) {
	if len(s.Spans) == 0 {
		return 0, false
	}
	all = slices.ContainsFunc(s.Spans, func(p advisory.Span) bool { return p.IsAll() }) &&
		!slices.ContainsFunc(s.Spans, func(p advisory.Span) bool { return p.Status != s.Spans[0].Status })
	switch {
	case all:
		return 0, true
	case !slices.ContainsFunc(s.Spans, func(p advisory.Span) bool { return !p.IsOne() }):
		return 2, false
	default:
		return 1, false
	}
}
