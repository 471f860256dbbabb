package match

import (
	"bytes"

	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// lookWords looks for the words of a CPE as if they were names: for what names the product and has
// no CPE, and for the other ways in which enrichers spell it (d-link, dlink).
func (m *Matcher) lookWords(s *scratch, in *Installation) {
	vendor, name := in.CPE.Text(cpe.Vendor), in.CPE.Text(cpe.Product)
	if v := in.CPE.Value(cpe.Product); v.IsAny() || v.IsNA() || v.IsPattern() {
		return
	}
	var entry *product.Entry
	var level product.Level
	kept := len(s.key)
	s.key, entry, level = m.catalog.Lookup(s.key, vendor, name)
	words := s.key[kept:]
	if level > product.Possible {
		from := len(s.hits)
		m.look(s, byName, words, product.Alias)
		if entry == nil {
			m.look(s, byWords, words, product.Alias)
		}
		if s.plain = product.AppendVendorless(s.plain[:0], in.CPE); len(s.plain) > 0 {
			m.look(s, byName, s.plain, product.Alias)
		}
		m.keepCPE(s, from, in)
		for i := range s.hits[from:] {
			s.hits[from+i].wide = true
		}
	}
	if in.Product != "" {
		s.key = s.key[:kept]
	}
}

// postWords enters a claim under the words of a CPE. Where the CPE tells an edition or a target,
// names do not say whether it is meant. It returns the key of the words.
func (m *Matcher) postWords(post poster, name cpe.Name) (key []byte) {
	if v := name.Value(cpe.Product); v.IsAny() || v.IsNA() || v.IsPattern() {
		return nil
	}
	key, _, level := m.catalog.Lookup(nil, name.Text(cpe.Vendor), name.Text(cpe.Product))
	for _, a := range [...]cpe.Attribute{cpe.Edition, cpe.SWEdition, cpe.TargetSW, cpe.TargetHW, cpe.Other} {
		if v := name.Value(a); !v.IsAny() && !v.IsNA() {
			level = product.Possible
		}
	}
	post(byWords, key, level)
	if key := product.AppendVendorless(nil, name); len(key) > 0 {
		post(byWords, key, min(level, product.Alias))
	}
	if base := withoutRelease(key); len(base) < len(key) {
		post(byWords, append(bytes.Clone(base), anyRelease), product.Possible)
	}
	return key
}

// keepCPE keeps the hits from a place on whose CPE names, where the claim has some, can mean
// the installed one. Attributes are those that count beside the editions.
func (m *Matcher) keepCPE(s *scratch, from int, in *Installation, attributes ...cpe.Attribute) {
	kept := s.hits[:from]
	for _, h := range s.hits[from:] {
		means := vers.Yes
		c := m.claim(h.claim)
		if len(c.cpes) > 0 {
			means = meansCPE(c.cpes, in.CPE, attributes)
		}
		if means != vers.No {
			h.open = means == vers.Unknown && c.criteria
			kept = append(kept, h)
		}
	}
	s.hits = kept
}

// editions are the attributes of CPE names that tell editions and platforms of a product
// apart. Version and update are no part of the identity: the timeline decides on them.
var editions = [...]cpe.Attribute{cpe.Part, cpe.Edition, cpe.SWEdition, cpe.TargetSW, cpe.TargetHW, cpe.Other}

// meansCPE tells whether one of the names of a product means the installed one. It is Unknown
// where the installed name leaves out what the other tells.
func meansCPE(names []cpe.Name, installed cpe.Name, attributes []cpe.Attribute) vers.Truth {
	t := vers.No
	for _, n := range names {
		means := vers.Yes
		for _, a := range editions {
			means = means.And(meansAttribute(n, installed, a))
		}
		for _, a := range attributes {
			means = means.And(meansAttribute(n, installed, a))
		}
		t = t.Or(means)
	}
	return t
}

// meansAttribute is meansCPE for one attribute.
func meansAttribute(n, installed cpe.Name, a cpe.Attribute) vers.Truth {
	switch cpe.RelateAttribute(n, installed, a) {
	case cpe.Disjoint:
		return vers.No
	case cpe.Subset, cpe.Undefined:
		return vers.Unknown
	default:
		return vers.Yes
	}
}
