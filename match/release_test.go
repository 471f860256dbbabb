package match_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl/product"
)

// TestReleaseOfCPE: where the name of a product tells its release, a CPE name that leaves it to the
// version does not make it a statement about every release (CVE-2020-1097).
func TestReleaseOfCPE(t *testing.T) {
	m := compile(t, &advisory.Advisory{
		Format: "cve", ID: apexID, Vulnerabilities: []advisory.Vulnerability{{ID: apexID}},
		Products: []advisory.Product{{Vendor: "Microsoft", Name: "Windows 10 Version 1709",
			CPEs: []string{"cpe:2.3:o:microsoft:windows_10:1709:*:*:*:*:*:*:*"}}},
		Statements: []advisory.Statement{{Products: []int{0}, Default: advisory.DefaultUndeclared,
			Spans: []advisory.Span{{From: "10.0.0", Before: "publication", Bounded: true, Status: advisory.Affected}}}},
	})
	for _, c := range []struct{ product, version, want string }{
		{"Windows 10 Version 1709", "10.0.16299.2166", "unknown (bad_range)"},
		{"Windows 10 Version 22H2", "10.0.19045.5011", "no_statement (not_named)"},
		{"Windows 10", "10.0.16299.2166", "unknown (bad_range)"},
	} {
		in := &match.Installation{Vendor: "Microsoft", Product: c.product, Version: c.version}
		assert.Equal(t, c.want, m.Check(in, apexID).String(), "%s: %s", c.product, m.Explain(in, apexID))
	}
}

// TestEditionOfCPE: a CPE name of the whole product beside the name of an edition says nothing about
// another edition; and a name with a comma is the product that the catalog has under it, not those that
// its halves may be.
func TestEditionOfCPE(t *testing.T) {
	entries, err := product.Read(strings.NewReader(`product example/tracker
  name     Example | Tracker
  cpe      example:tracker
  source   EX 2026-01-31
product example/tracker-server
  name     Example | Tracker Server
  name     Example | Tracker, Server Edition
  whole    example/tracker
  not      example/tracker-cloud
  not      example/tracker
  source   EX 2026-01-31
product example/tracker-cloud
  name     Example | Tracker Cloud
  whole    example/tracker
  not      example/tracker-server
  source   EX 2026-01-31
`))
	require.NoError(t, err)
	catalog, err := product.Builtin().With(entries...)
	require.NoError(t, err)
	for _, c := range []struct{ name, cpe, installed, want string }{
		{"Tracker Server", "cpe:2.3:a:example:tracker:*:*:*:*:*:*:*:*", "Tracker Server", "affected"},
		{"Tracker Server", "cpe:2.3:a:example:tracker:*:*:*:*:*:*:*:*", "Tracker Cloud", "no_statement (not_named)"},
		{"Tracker", "cpe:2.3:a:example:tracker:*:*:*:*:*:*:*:*", "Tracker Cloud", "affected"},
		{"Tracker, Server Edition", "", "Tracker Server", "affected"},
		{"Tracker, Server Edition", "", "Tracker Cloud", "no_statement (not_named)"},
	} {
		a := saying(1, advisory.Affected, "*")
		a.Products[0] = advisory.Product{Vendor: "Example", Name: c.name}
		if c.cpe != "" {
			a.Products[0].CPEs = []string{c.cpe}
		}
		b := match.NewBuilder(match.Options{Catalog: catalog})
		require.NoError(t, b.Add(a))
		m, err := b.Build()
		require.NoError(t, err)
		in := &match.Installation{Vendor: "Example", Product: c.installed, Version: "1.0"}
		assert.Equal(t, c.want, m.Check(in, "CVE-2099-1").String(), "%+v", c)
	}
}
