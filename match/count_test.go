package match_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// TestOtherCount: the versions that an inventory holds may count in another way than those of the
// publisher. They clear nothing then, but what the name of the product tells may.
func TestOtherCount(t *testing.T) {
	about := func(vendor, name string, def advisory.Default, spans ...advisory.Span) *match.Matcher {
		return compile(t, &advisory.Advisory{
			Format: "cve", ID: apexID, Vulnerabilities: []advisory.Vulnerability{{ID: apexID}},
			Products:   []advisory.Product{{Vendor: vendor, Name: name}},
			Statements: []advisory.Statement{{Products: []int{0}, Default: def, Spans: spans}},
		})
	}
	before := func(from, bound string) advisory.Span {
		return advisory.Span{From: from, Before: bound, Bounded: true, Status: advisory.Affected}
	}
	for _, c := range []struct {
		m                              *match.Matcher
		vendor, product, version, want string
	}{
		// The build of IntelliJ IDEA is 231, the version 2023.1.
		{about("JetBrains", "IntelliJ IDEA", advisory.DefaultNotAffected, before("2023.1", "2023.1.7")),
			"JetBrains s.r.o.", "IntelliJ IDEA 2023.1.3", "231.9161.38", "affected"},
		{about("JetBrains", "IntelliJ IDEA", advisory.DefaultNotAffected, before("2023.1", "2023.1.2")),
			"JetBrains s.r.o.", "IntelliJ IDEA 2023.1.3", "231.9161.38", "fixed"},
		{about("JetBrains", "IntelliJ IDEA", advisory.DefaultNotAffected, before("2023.1", "2023.1.7")),
			"JetBrains s.r.o.", "IntelliJ IDEA", "231.9161.38", "unknown (bad_version)"},
		// The release of AutoCAD is 2024, the version of its program 24.3.
		{about("Example", "Drawing", advisory.DefaultNotAffected, before("2024", "2024.1.4")),
			"Example", "Drawing", "24.3.61.0", "unknown (bad_version)"},
		{about("Example", "Drawing", advisory.DefaultNotAffected, before("2024", "2024.1.4")),
			"Example", "Drawing", "2024.1.4", "fixed"},
		{about("Example", "Drawing", advisory.DefaultSilent, before("2024", "2024.1.4")),
			"Example", "Drawing", "24.3.61.0", "unknown (bad_version)"},
		// The number of a module in the product.
		{about("Example", "Guard", advisory.DefaultNotAffected, before("1400", "1464")),
			"Example", "Guard", "10.0.2034.0", "unknown (bad_version)"},
		// An affected version stays so, however it is counted.
		{about("Example", "Drawing", advisory.DefaultUndeclared, before("", "2024.1.4")),
			"Example", "Drawing", "24.3.61.0", "affected"},
		// What the installer of Windows writes for Python 3.8.10.
		{about("Python Software Foundation", "CPython", advisory.DefaultNotAffected, before("3.8.0", "3.8.20")),
			"Python Software Foundation", "Python 3.8.10 (64-bit)", "3.8.10150.0", "affected"},
		{about("Python Software Foundation", "CPython", advisory.DefaultNotAffected, before("3.8.0", "3.8.10")),
			"Python Software Foundation", "Python 3.8.10 (64-bit)", "3.8.10150.0", "fixed"},
		// A row that says 9 means any of them.
		{about("Example", "Cat", advisory.DefaultNotAffected, before("9.0.74", "9.0.75")), "Example", "Cat", "9", "unknown (imprecise)"},
		{about("Example", "Cat", advisory.DefaultNotAffected, before("9.0.74", "9.0.75")), "Example", "Cat", "9.0.0", "not_affected"},
		{about("Example", "Cat", advisory.DefaultNotAffected, before("9.0.74", "9.0.75")), "Example", "Cat", "9.1", "fixed"},
		{about("Example", "Cat", advisory.DefaultNotAffected, before("8.5", "9.0.0")), "Example", "Cat", "9", "fixed"},
		// Components of SAP that are no release of the one that is named, and another way to write it.
		{about("SAP_SE", "SAP NetWeaver Application Server ABAP", advisory.DefaultNotAffected, advisory.Span{Version: "KERNEL 7.53", Status: advisory.Affected}),
			"SAP", "NetWeaver AS ABAP", "SAP_BASIS 755", "unknown (other_line)"},
		{about("SAP_SE", "SAP NetWeaver Application Server ABAP", advisory.DefaultNotAffected, advisory.Span{Version: "SAP_BASIS 754", Status: advisory.Affected}),
			"SAP", "NetWeaver AS ABAP", "SAP_BASIS 755", "not_affected"},
		{about("SAP_SE", "SAP BusinessObjects Business Intelligence Platform", advisory.DefaultNotAffected, advisory.Span{Version: "430", Status: advisory.Affected}),
			"SAP", "BusinessObjects Business Intelligence Platform", "4.3", "unknown (other_line)"},
	} {
		in := &match.Installation{Vendor: c.vendor, Product: c.product, Version: c.version}
		assert.Equal(t, c.want, c.m.Check(in, apexID).String(), "%s %s: %s", c.product, c.version, c.m.Explain(in, apexID))
	}
}

// TestReleaseKeepsFromClear: what a document says about a release of the product keeps what it
// says about the product from being clear, where the inventory does not tell the release
// (CVE-2024-7318).
func TestReleaseKeepsFromClear(t *testing.T) {
	m := compile(t, &advisory.Advisory{
		Format: "cve", ID: apexID, Vulnerabilities: []advisory.Vulnerability{{ID: apexID}},
		Products: []advisory.Product{{Vendor: "Example", Name: "Login"}, {Vendor: "Example", Name: "Login 24"}},
		Statements: []advisory.Statement{
			{Products: []int{0}, Default: advisory.DefaultNotAffected},
			{Products: []int{1}, Default: advisory.DefaultUndeclared, Spans: []advisory.Span{{Before: "24.0.7", Bounded: true, Status: advisory.Affected}}},
		},
	})
	for _, c := range []struct{ product, version, want string }{
		{"Login", "22.0.8", "unknown (product_uncertain)"},
		{"Login", "24.0.7", "not_affected"},
		{"Login 24", "24.0.6", "affected"},
		{"Login 22", "22.0.8", "not_affected"},
	} {
		in := &match.Installation{Vendor: "Example", Product: c.product, Version: c.version}
		assert.Equal(t, c.want, m.Check(in, apexID).String(), "%s %s: %s", c.product, c.version, m.Explain(in, apexID))
		every := ask(t, m, match.AskOptions{Uncertain: true, Want: advisory.SetOf(advisory.Affected, advisory.Unknown, advisory.NotAffected, advisory.Fixed)})
		found := every.Append(nil, in)
		if assert.Len(t, found, 1, c.product) {
			assert.Equal(t, c.want, found[0].Verdict.String(), c.product)
		}
	}
}

// A release that a source of a lower rank calls affected keeps nothing from being clear, however
// many other sources speak of it.
func TestReleaseOfLowerRank(t *testing.T) {
	said := func(id, name string, rank advisory.Rank, status advisory.Status) *advisory.Advisory {
		a := doc(id, id, rank, 1, status, "*")
		a.Products[0].Name = name
		return a
	}
	wide := said("W", "Login", advisory.RankVendor, advisory.NotAffected)
	lower := said("A", "Login 24", advisory.RankThirdParty, advisory.Affected)
	same := said("B", "Login 24", advisory.RankVendor, advisory.Affected)
	later := said("C", "Login 24", advisory.RankAggregator, advisory.Affected)
	clear := said("B", "Login 24", advisory.RankVendor, advisory.NotAffected)
	in := &match.Installation{Vendor: "Example", Product: "Login", Version: "1.5"}
	for _, c := range []struct {
		docs []*advisory.Advisory
		want string
	}{
		{[]*advisory.Advisory{wide, lower}, "not_affected"},
		{[]*advisory.Advisory{wide, same}, "unknown (product_uncertain)"},
		{[]*advisory.Advisory{wide, lower, same, later}, "unknown (product_uncertain)"},
		{[]*advisory.Advisory{wide, lower, later}, "not_affected"},
		{[]*advisory.Advisory{wide, clear}, "not_affected"},
	} {
		m := compile(t, c.docs...)
		f := m.Finding(in, "CVE-2099-7")
		assert.Equal(t, c.want, f.Verdict.String(), "%d documents", len(c.docs))
		if f.Verdict.Status == advisory.Unknown {
			assert.Equal(t, "B", m.Advisory(f).ID)
		}
		assert.Equal(t, c.want, verdict(t, m, in, "CVE-2099-7"))
	}
}
