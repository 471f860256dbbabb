package match_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/product"
)

// about is a document that says that all versions of a product are affected.
func about(id string, p advisory.Product) *advisory.Advisory {
	return &advisory.Advisory{
		ID: id, Publisher: advisory.Publisher{Name: "p", Rank: advisory.RankVendor},
		Vulnerabilities: []advisory.Vulnerability{{ID: id}}, Products: []advisory.Product{p},
		Statements: []advisory.Statement{{Products: []int{0}, Spans: []advisory.Span{{Hint: "dotted", Bounded: true, Status: advisory.Affected}}}},
	}
}

// What is said about one release is about no other, what is said about the product is about each
// release, and an installation without its release may be any.
func TestReleasesApart(t *testing.T) {
	docs := map[string]advisory.Product{
		"8":     {Vendor: "Example", Name: "Example Linux 8"},
		"9":     {Vendor: "Example", Name: "Example Linux 9"},
		"all":   {Vendor: "Example", Name: "Linux"},
		"rhel8": {Vendor: "Red Hat", Name: "Red Hat Enterprise Linux 8"},
		"rhel9": {Vendor: "Red Hat", Name: "Red Hat Enterprise Linux 9"},
		"sql":   {Vendor: "Microsoft", Name: "SQL Server"},
		"sql19": {Vendor: "Microsoft", Name: "SQL Server 2019"},
		"words": {CPEs: []string{"cpe:2.3:a:ex-ample:edge_router:*:*:*:*:*:*:*:*"}},
		"nix9":  {CPEs: []string{"cpe:2.3:o:acme:nix_9:*:*:*:*:*:*:*:*"}},
		"saas":  {CPEs: []string{"cpe:2.3:a:ex-ample:edge_router:*:*:*:*:saas:*:*:*"}},
	}
	var all []*advisory.Advisory
	for id, p := range docs {
		all = append(all, about(id, p))
	}
	m := compile(t, all...)
	for _, c := range []struct {
		vendor, name, cpe string
		want              string // ids of findings; in parentheses: uncertain
	}{
		{"Example GmbH", "Linux 8", "", "8 all"},
		{"Example", "Linux 9 (64-bit)", "", "9 all"},
		{"Example", "Linux 7", "", "all"},
		{"Example", "Linux", "", "all (8 9)"},
		{"Red Hat", "Red Hat Enterprise Linux 9", "", "rhel9"},
		{"Red Hat", "Red Hat Enterprise Linux", "", "(rhel8 rhel9)"},
		{"Microsoft", "SQL Server 2019", "", "sql sql19"},
		{"Microsoft", "SQL Server 2017", "", "sql"},
		{"Microsoft", "SQL Server", "", "sql (sql19)"},
		{"Ex Ample, Inc.", "Edge Router (x64)", "", "words (saas)"},
		{"Acme", "Nix 9", "", "nix9"},
		{"Acme", "Nix 8", "", ""},
		{"Acme", "Nix", "", "(nix9)"},
		{"Other", "Edge Router", "", ""},
		{"", "Linux 9.app", "", ""},
		{"", "", "cpe:2.3:a:ex_ample:edge-router:1.0:*:*:*:*:*:*:*", "words (saas)"},
		{"", "", "cpe:2.3:a:ex_ample:edge-router:1.0:*:*:*:onpremise:*:*:*", "words"},
		{"", "", "cpe:2.3:o:ex_ample:edge-router:1.0:*:*:*:*:*:*:*", ""},
	} {
		in := &match.Installation{Vendor: c.vendor, Product: c.name, Version: "1.0"}
		if c.cpe != "" {
			in.CPE = cpe.MustParse(c.cpe)
		}
		var sure, uncertain []string
		for _, f := range ask(t, m, match.AskOptions{Uncertain: true}).Append(nil, in) {
			if f.Verdict.Reason == advisory.ProductUncertain {
				uncertain = append(uncertain, f.Vulnerability)
			} else {
				sure = append(sure, f.Vulnerability)
			}
		}
		got := strings.Join(sure, " ")
		if uncertain != nil {
			got = strings.TrimSpace(fmt.Sprintf("%s (%s)", got, strings.Join(uncertain, " ")))
		}
		assert.ElementsMatch(t, strings.Fields(c.want), strings.Fields(got), "%+v: %s", c, got)
	}
}

// What NVD names without a vendor may be the product of any portal; those of two portals are two.
func TestPortals(t *testing.T) {
	m := compile(t,
		about("nvd", advisory.Product{CPEs: []string{"cpe:2.3:a:record_system_project:record_system:*:*:*:*:*:*:*:*"}}),
		about("source", advisory.Product{Vendor: "SourceCodester", Name: "Record System"}),
		about("camp", advisory.Product{Vendor: "Campcodes", Name: "Record System"}),
		about("other", advisory.Product{Vendor: "Example", Name: "Record System"}),
	)
	for _, c := range []struct{ vendor, name, cpe, want string }{
		{"SourceCodester", "Record System", "", "nvd source"},
		{"Campcodes", "Record System 1.0", "", "nvd camp"},
		{"Example", "Record System", "", "other"},
		{"SourceCodester", "Record", "", ""},
		{"", "", "cpe:2.3:a:record_system_project:record_system:1.0:*:*:*:*:*:*:*", "nvd source camp"},
		{"", "", "cpe:2.3:a:record_system:record_system:1.0:*:*:*:*:*:*:*", "nvd"},
		{"", "", "cpe:2.3:a:record_project:record_system:1.0:*:*:*:*:*:*:*", ""},
	} {
		in := &match.Installation{Vendor: c.vendor, Product: c.name, Version: "1.0"}
		if c.cpe != "" {
			in.CPE = cpe.MustParse(c.cpe)
		}
		var got []string
		for _, f := range m.Append(nil, in) {
			got = append(got, f.Vulnerability)
		}
		assert.ElementsMatch(t, strings.Fields(c.want), got, "%+v", c)
	}
}

// The bundle identifier of an application names the vendor that the inventory does not.
func TestBundle(t *testing.T) {
	m := compile(t, about("CVE-2099-1", advisory.Product{Vendor: "Example", Name: "Example Reader"}))
	for bundle, want := range map[string]advisory.Status{"com.example.reader": advisory.Affected, "com.other.reader": advisory.NoStatement, "": advisory.NoStatement} {
		in := &match.Installation{Product: "Reader", Version: "1.0", Facts: match.Facts{"bundle": bundle}}
		assert.Equal(t, want, m.Check(in, "CVE-2099-1").Status, bundle)
		if want == advisory.Affected {
			f := m.Finding(in, "CVE-2099-1")
			assert.Equal(t, product.Alias, f.Level)
			assert.Contains(t, m.Coverage(in).Candidates[0].Rule, "vendor of bundle identifier com.example.reader")
		}
	}
}

// A link that the caller denies is gone at once, for the answers and for the coverage, and only
// for who asks so.
func TestDenyAtOnce(t *testing.T) {
	m := compile(t, about("CVE-2099-1", advisory.Product{Vendor: "Ivanti", Name: "Endpoint Manager Mobile"}))
	in := &match.Installation{Vendor: "MobileIron", Product: "MobileIron Core", Version: "11.0"}
	require.Equal(t, advisory.Affected, m.Check(in, "CVE-2099-1").Status)
	start := time.Now()
	denied := ask(t, m, match.AskOptions{Deny: []match.Denial{{Key: "ivanti/endpoint-manager-mobile", Vendor: "MobileIron", Name: "Core"}}})
	assert.Equal(t, advisory.NoStatement, denied.Check(in, "CVE-2099-1").Status)
	assert.Less(t, time.Since(start), time.Second)
	assert.Equal(t, match.Recognized, m.Coverage(in).Kind)
	assert.Equal(t, match.Unrecognized, denied.Coverage(in).Kind)
	other := &match.Installation{Vendor: "Ivanti", Product: "EPMM", Version: "11.0"}
	assert.Equal(t, advisory.Affected, denied.Check(other, "CVE-2099-1").Status)
}

// A release that only the name tells is the branch of the version; a year is no version.
func TestReleaseOfName(t *testing.T) {
	a := about("CVE-2099-1", advisory.Product{Vendor: "Example", Name: "Gateway"})
	a.Statements[0].Spans = []advisory.Span{{Before: "4.8", Hint: "dotted", Status: advisory.Affected}}
	a.Statements[0].Default = advisory.DefaultNotAffected
	m := compile(t, a)
	for name, want := range map[string]advisory.Status{
		"Gateway 4.7": advisory.Affected, "Gateway 4.9": advisory.Fixed, "Gateway 2019": advisory.Unknown, "Gateway": advisory.Unknown,
	} {
		v := m.Check(&match.Installation{Vendor: "Example", Product: name}, "CVE-2099-1")
		assert.Equal(t, want, v.Status, "%s: %s", name, v)
	}
}

// Silence is told apart: an unknown name, a vendor without a source, a name of several products.
func TestCoverageKinds(t *testing.T) {
	catalog, err := product.Builtin().With(
		product.Entry{Key: "twice/a", Names: []string{"Twice | Widget"}},
		product.Entry{Key: "twice/b", Names: []string{"Twice | Widget"}},
	)
	require.NoError(t, err)
	b := match.NewBuilder(match.Options{Catalog: catalog})
	require.NoError(t, b.Add(about("CVE-2099-1", advisory.Product{Vendor: "Trend Micro", Name: "Apex One"})))
	m, err := b.Build()
	require.NoError(t, err)
	for _, c := range []struct {
		in   match.Installation
		want match.CoverageKind
	}{
		{match.Installation{Vendor: "Trend Micro", Product: "Apex One"}, match.Recognized},
		{match.Installation{Vendor: "Trend Micro", Product: "Apex Central"}, match.Recognized},
		{match.Installation{Vendor: "Microsoft", Product: "SQL Server 2019"}, match.NoSource},
		{match.Installation{Vendor: "Microsoft", Product: "SQL Server 2019", CPE: cpe.MustParse("cpe:2.3:a:microsoft:sql_server:2019:*:*:*:*:*:*:*")}, match.NoSource},
		{match.Installation{Vendor: "Twice", Product: "Widget"}, match.Ambiguous},
		{match.Installation{Vendor: "Trend Micro", Product: "Apex One", CPE: cpe.MustParse("cpe:2.3:a:trendmicro:apex_central:2019:*:*:*:*:*:*:*")}, match.Ambiguous},
		{match.Installation{Vendor: "Nobody", Product: "Gateway"}, match.Unrecognized},
		{match.Installation{Product: "Gateway"}, match.Unrecognized},
		{match.Installation{}, match.Unrecognized},
	} {
		got := m.Coverage(&c.in)
		assert.Equal(t, c.want, got.Kind, "%+v: %+v", c.in, got)
	}
}
