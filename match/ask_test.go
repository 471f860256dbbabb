package match_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl/vers"
)

// The caller's word counts for a product that only its CPE name tells, and not outside of its
// versions.
func TestScopes(t *testing.T) {
	a := about("CVE-2099-1", advisory.Product{CPEs: []string{cpeOf("example:gate").String()}})
	b := about("CVE-2099-2", advisory.Product{Vendor: "Trend Micro", Name: "Apex Central"})
	m := compile(t, a, b)
	gate := &match.Installation{CPE: cpeOf("example:gate:1.0")}
	apex := &match.Installation{CPE: cpeOf("trendmicro:apex_central:8.0.7007")}
	renamed := &match.Installation{CPE: cpeOf("trendmicro:apex_central:8.0.7007"), Vendor: "Trend Micro", Product: "Apex Central", Version: "8.0.7007"}
	both := &match.Installation{CPE: cpeOf("example:gate:1.0"), Vendor: "Example", Product: "Door"}
	for _, c := range []struct {
		name  string
		in    *match.Installation
		scope match.Scope
		want  bool
	}{
		{"all", gate, match.Scope{}, true},
		{"the product", gate, match.Scope{Vendor: "Example", Product: "Gate"}, true},
		{"another product", gate, match.Scope{Vendor: "Example", Product: "Door"}, false},
		{"the product of the catalog", apex, match.Scope{Vendor: "Trend Micro", Product: "Apex Central"}, true},
		{"the name beside the CPE", renamed, match.Scope{Vendor: "Trend Micro", Product: "Apex Central"}, true},
		{"the name comes before the CPE", both, match.Scope{Vendor: "Example", Product: "Door"}, true},
		{"and is the only one", both, match.Scope{Vendor: "Example", Product: "Gate"}, false},
		{"the versions", gate, match.Scope{Versions: "< 2.0"}, true},
		{"other versions", gate, match.Scope{Versions: "< 1.0"}, false},
		{"versions of the catalog's scheme", apex, match.Scope{Vendor: "Trend Micro", Product: "Apex Central", Versions: "< Build 7190"}, true},
		{"versions of a scheme", gate, match.Scope{Versions: "< 1.0.1", Scheme: "dotted"}, true},
		{"a version that cannot be read is outside", gate, match.Scope{Versions: "< 99.0.0", Scheme: "build"}, false},
		{"the vulnerability", gate, match.Scope{Vulnerability: "CVE-2099-1"}, true},
		{"another vulnerability", gate, match.Scope{Vulnerability: "CVE-2099-2"}, false},
	} {
		id := "CVE-2099-1"
		if c.in == apex || c.in == renamed {
			id = "CVE-2099-2"
		}
		v := ask(t, m, match.AskOptions{Corrections: []match.Correction{{Scope: c.scope, Status: advisory.NotAffected, Source: "s"}}})
		assert.Equal(t, c.want, v.Check(c.in, id).Status == advisory.NotAffected, c.name)
		v = ask(t, m, match.AskOptions{Accepted: []match.Acceptance{{Scope: c.scope}}})
		assert.Equal(t, c.want, v.Finding(c.in, id).Accepted != nil, c.name)
	}
	for _, bad := range []match.Scope{{Product: "Gate"}, {Versions: "< 1", Scheme: "none such"}, {Versions: "when it is ready"}} {
		_, err := m.With(match.AskOptions{Corrections: []match.Correction{{Scope: bad}}})
		assert.ErrorIs(t, err, match.ErrScope)
		_, err = m.With(match.AskOptions{Accepted: []match.Acceptance{{Scope: bad}}})
		assert.ErrorIs(t, err, match.ErrScope)
	}
}

// A view asks about the components of conditions under its denials, and a matcher without
// conditions has views too.
func TestDeniedComponent(t *testing.T) {
	a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*")
	a.Products = append(a.Products, advisory.Product{Vendor: "Trend Micro", Name: "Apex Central"})
	a.Statements[0].Where = advisory.Condition{Op: advisory.OpProduct, Product: 1, Relation: advisory.Contains}
	in := *gateway
	in.Parts, in.PartsComplete = []match.Installation{{Vendor: "Trend Micro", Product: "Apex Central 2019"}}, true
	m := compile(t, a)
	assert.Equal(t, "affected", verdict(t, m, &in, "CVE-2099-7"))
	deny := match.AskOptions{Deny: []match.Denial{{Key: "trendmicro/apex-central", Vendor: "Trend Micro", Name: "Apex Central 2019"}}}
	assert.Equal(t, "no_statement (other_platform)", ask(t, m, deny).Check(&in, "CVE-2099-7").String())
	in.Met = map[string]vers.Truth{}
	assert.Equal(t, "affected", verdict(t, m, &in, "CVE-2099-7"))
}
