package match_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// An answer that hangs on facts has the fix of the worst that it may be.
func TestFixOfWorst(t *testing.T) {
	a := doc("A", "v", advisory.RankVendor, 1, advisory.NotAffected, "*")
	b := doc("B", "v", advisory.RankVendor, 1, advisory.Affected, "*")
	b.Statements[0].Spans = []advisory.Span{{Before: "5", Bounded: true, Status: advisory.Affected}}
	b.Statements[0].Where = advisory.Condition{Op: advisory.OpFact, Fact: "edition", Values: []string{"FIPS"}}
	for _, docs := range [][]*advisory.Advisory{{a, b}, {b, a}} {
		m := compile(t, docs...)
		f := m.Finding(gateway, "CVE-2099-7")
		assert.Equal(t, "unknown (missing_condition)", f.Verdict.String())
		assert.Equal(t, "5", f.Fix.String())
		assert.Equal(t, "B", m.Advisory(f).ID)
	}
}

// The patches and remediations of several vulnerabilities are told once each.
func TestFixesTogether(t *testing.T) {
	about := func(id, patch string, r advisory.Remediation) *advisory.Advisory {
		a := doc(id, "v", advisory.RankVendor, 1, advisory.Affected, "*")
		a.Vulnerabilities[0].ID, a.Statements[0].FixedBy, a.Statements[0].Remediations = id, [][]string{{patch}}, []advisory.Remediation{r}
		return a
	}
	update := advisory.Remediation{Category: "vendor_fix", Text: "update", URL: "https://example.com/1"}
	url, text, category := update, update, update
	url.URL, text.Text, category.Category = "https://example.com/2", "update now", "mitigation"
	other := doc("CVE-2099-9", "v", advisory.RankVendor, 1, advisory.Affected, "*")
	other.Vulnerabilities[0].ID, other.Products[0].Name = "CVE-2099-9", "Door"
	m := compile(t, about("CVE-2099-1", "EX1", update), about("CVE-2099-2", "EX1", update), about("CVE-2099-3", "EX2", url),
		about("CVE-2099-4", "EX2", text), about("CVE-2099-5", "EX2", category), other)
	for ids, want := range map[string]struct {
		fix      string
		remedies int
	}{
		"CVE-2099-1":                       {"EX1", 1},
		"CVE-2099-1 CVE-2099-2":            {"EX1", 1},
		"CVE-2099-1 CVE-2099-3":            {"EX1; EX2", 2},
		"CVE-2099-1 CVE-2099-4":            {"EX1; EX2", 2},
		"CVE-2099-1 CVE-2099-5":            {"EX1; EX2", 2},
		"CVE-2099-1 CVE-2099-2 CVE-2099-9": {"EX1", 1},
		"CVE-2099-9":                       {"-", 0},
	} {
		f := m.Fixes(gateway, strings.Fields(ids)...)
		assert.Equal(t, want.fix, f.Lowest.String(), ids)
		assert.Equal(t, want.fix, f.Installed.Fix.String(), ids)
		assert.Len(t, f.Remediations, want.remedies, ids)
	}
}

// Remediations are those for the range that holds the version.
func TestRemediesOfRange(t *testing.T) {
	a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*")
	a.Statements[0].Default = advisory.DefaultAffected
	a.Statements[0].Spans = []advisory.Span{{From: "1.0", Before: "1.9", Bounded: true, Status: advisory.Affected}, {From: "2.0", Before: "2.9", Bounded: true, Status: advisory.Affected}}
	a.Statements[0].Remediations = []advisory.Remediation{{Text: "first", Spans: []int{0}}, {Text: "second", Spans: []int{1}}, {Text: "others", Spans: []int{-1}}, {Text: "all"}}
	without := *a
	without.Statements = []advisory.Statement{a.Statements[0]}
	without.Statements[0].Remediations = a.Statements[0].Remediations[:3]
	in := *gateway
	in.Version = "2.5"
	if f := compile(t, &without).Fixes(&in, "CVE-2099-7"); assert.Len(t, f.Remediations, 1) {
		assert.Equal(t, "second", f.Remediations[0].Text)
	}
	m := compile(t, a)
	for version, want := range map[string]string{"1.5": "first all", "2.5": "second all", "3.5": "others all", "": "others all", "the new one": "others all"} {
		in := *gateway
		in.Version = version
		var got []string
		for _, r := range m.Fixes(&in, "CVE-2099-7").Remediations {
			got = append(got, r.Text)
		}
		assert.Equal(t, want, strings.Join(got, " "), version)
	}
}

// A statement that was joined has the remedies of its own.
func TestRemediesOfJoined(t *testing.T) {
	cu := func(number, build, text string) *advisory.Advisory {
		a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*")
		a.Products[0] = advisory.Product{Vendor: "Microsoft", Name: "Microsoft Exchange Server 2019 Cumulative Update " + number}
		a.Statements[0].Default = advisory.DefaultUndeclared
		a.Statements[0].Spans = []advisory.Span{{From: "15.2." + build + ".0", Before: "15.2." + build + ".30", Bounded: true, Status: advisory.Affected}}
		a.Statements[0].Remediations = []advisory.Remediation{{Category: "vendor_fix", Text: text, Spans: []int{0}}}
		return a
	}
	a, b := cu("13", "1258", "thirteen"), cu("14", "1544", "fourteen")
	a.Products = append(a.Products, b.Products[0])
	b.Statements[0].Products = []int{1}
	a.Statements = append(a.Statements, b.Statements[0])
	m := compile(t, a)
	for version, want := range map[string]string{"15.2.1258.7": "thirteen", "15.2.1544.7": "fourteen"} {
		in := &match.Installation{Vendor: "Microsoft", Product: "Exchange Server 2019", Version: version}
		f := m.Fixes(in, "CVE-2099-7")
		require.Len(t, f.Remediations, 1, version)
		assert.Equal(t, want, f.Remediations[0].Text)
	}
}

// A statement about another edition takes no part in the ways out.
func TestFixOfOtherEdition(t *testing.T) {
	a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*")
	a.Statements[0].Default = advisory.DefaultNotAffected
	a.Statements[0].Spans = []advisory.Span{{Before: "1.8", Bounded: true, Status: advisory.Affected}}
	other := a.Statements[0]
	other.Where = advisory.Condition{Op: advisory.OpFact, Fact: "edition", Values: []string{"FIPS"}}
	other.Spans = []advisory.Span{{Before: "1.9", Bounded: true, Status: advisory.Affected}}
	a.Statements = append(a.Statements, other)
	m := compile(t, a)
	for edition, want := range map[string]string{"Basic": "1.8", "FIPS": "1.9"} {
		in := *gateway
		in.Facts = match.Facts{"edition": edition}
		f := m.Fixes(&in, "CVE-2099-7")
		assert.Equal(t, want, f.Lowest.String(), edition)
		assert.Equal(t, f.Installed.Fix, f.Installed.Closed, edition)
	}
}
