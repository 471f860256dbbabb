package house_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl/product"
)

// A name is one that statements use, with versions at and near their bounds.
type name struct {
	vendor, product string
	versions        []string
}

// namesOf returns the names that CVE records use.
func namesOf(t testing.TB, m *match.Matcher) (list []*name) {
	known := map[string]*name{}
	for a, err := range m.Advisories() {
		require.NoError(t, err)
		for i := range a.Statements {
			for _, p := range a.Statements[i].Products {
				vendor, text := a.Products[p].Vendor, a.Products[p].Name
				if product.IsPlaceholder(vendor) || product.IsPlaceholder(text) {
					continue
				}
				n, ok := known[vendor+"\x00"+text]
				if !ok {
					n = &name{vendor: vendor, product: text}
					known[vendor+"\x00"+text] = n
					list = append(list, n)
				}
				for _, s := range a.Statements[i].Spans {
					if v := s.Before + s.Through + s.Version; isInventoryVersion(v) && len(n.versions) < 50 {
						n.versions = append(n.versions, v)
					}
				}
			}
		}
	}
	return slices.DeleteFunc(list, func(n *name) bool { return len(n.versions) == 0 })
}

// isInventoryVersion tells whether an inventory may print a version: numbers, and no words about them.
func isInventoryVersion(v string) bool {
	return len(v) > 0 && len(v) < 24 && '0' <= v[0] && v[0] <= '9' && strings.Contains(v, ".") && !strings.ContainsAny(v, " ,<>=*/()")
}

// nameRows are rows as an inventory without identifiers has them.
func nameRows(names []*name, n int) (all []match.Installation) {
	r := rand.New(rand.NewPCG(7, 24))
	for range n {
		of := names[r.IntN(len(names))]
		all = append(all, match.Installation{Vendor: of.vendor, Product: of.product, Version: of.versions[r.IntN(len(of.versions))]})
	}
	return all
}
