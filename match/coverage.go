package match

import (
	"slices"

	"github.com/affected-go/affected/purl/product"
)

// A CoverageKind tells apart the ways of not finding anything.
type CoverageKind uint8

// The kinds of coverage. The zero value is Unrecognized.
const (
	// Unrecognized: neither the catalog nor any advisory knows the product.
	Unrecognized CoverageKind = iota
	// NoSource: the product is known, but no loaded document speaks about its vendor.
	NoSource
	// Ambiguous: the identifiers lead to different products, or the name belongs to several.
	Ambiguous
	// Recognized: the product is known, and its vendor is spoken about.
	Recognized
)

// String returns the kind in lower case.
func (k CoverageKind) String() string {
	return [...]string{"unrecognized", "no_source", "ambiguous", "recognized"}[min(k, Recognized)]
}

// A Coverage says whether silence about an installation means anything.
type Coverage struct {
	Kind CoverageKind
	// Candidates are the products that the installation may be, the surest first.
	Candidates []product.Candidate
}

// Coverage tells whether the matcher knows the product of an installation at all.
func (m *Matcher) Coverage(in *Installation) Coverage {
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	m.identify(s, in, false)
	return m.coverage(s, in)
}

// coverage is Coverage for what identify has found.
func (m *Matcher) coverage(s *scratch, in *Installation) Coverage {
	c := Coverage{Candidates: m.catalog.Resolve(product.Row{Vendor: in.Vendor, Name: in.Product, Package: in.Facts["bundle"], CPE: in.CPE})}
	if len(m.ask.denied) > 0 {
		vendor, _ := in.maker()
		folded := product.AppendKey(nil, vendor, in.Product)
		c.Candidates = slices.DeleteFunc(c.Candidates, func(k product.Candidate) bool { return m.ask.denies([]byte(k.Key), folded) })
	}
	spoken := spoken(s.hits)
	known := spoken
	var found []*product.Entry // different products
	uncertain := 0
	for _, candidate := range c.Candidates {
		if candidate.Level <= product.Possible {
			if candidate.Entry != nil {
				uncertain++
			}
			continue
		}
		if candidate.Entry != nil && !slices.ContainsFunc(found, func(e *product.Entry) bool { return m.oneProduct(e, candidate.Entry) }) {
			found = append(found, candidate.Entry)
		}
		known = known || candidate.Entry != nil
		spoken = spoken || m.speaksAbout(vendorOf(candidate.Key))
	}
	switch {
	case len(found) > 1, len(found) == 0 && uncertain > 1 && !known:
		c.Kind = Ambiguous
	case known && spoken:
		c.Kind = Recognized
	case known:
		c.Kind = NoSource
	}
	return c
}

// spoken tells whether a statement is surely about the installation itself.
func spoken(hits []hit) bool {
	return slices.ContainsFunc(hits, func(h hit) bool { return h.level > product.Possible && h.whole == 0 })
}

// oneProduct tells whether two entries are one product, or one is a release of the other.
func (m *Matcher) oneProduct(a, b *product.Entry) bool {
	return a == b || m.catalog.InFamily(a.Key, b.Key) || m.catalog.InFamily(b.Key, a.Key)
}

// vendorOf returns the part of a product key in front of the slash.
func vendorOf(key string) string {
	for i := range len(key) {
		if key[i] == '/' {
			return key[:i]
		}
	}
	return key
}
