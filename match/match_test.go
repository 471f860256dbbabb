package match_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

const apexID = "CVE-2025-69258"

// apexCentral is the record CVE-2025-69258 as facts.
func apexCentral() *advisory.Advisory {
	return &advisory.Advisory{
		Format: "cve", ID: apexID, Publisher: advisory.Publisher{Name: "trendmicro", Rank: advisory.RankVendor},
		Published:       time.Date(2026, 1, 8, 0, 0, 0, 0, time.UTC),
		Vulnerabilities: []advisory.Vulnerability{{ID: apexID}},
		Products: []advisory.Product{{Vendor: "Trend Micro, Inc.", Name: "Trend Micro Apex Central",
			CPEs: []string{"cpe:2.3:a:trendmicro:apexcentral:2019:7190:-:*:-:windows:*:*"}}},
		Statements: []advisory.Statement{{Products: []int{0}, Default: advisory.DefaultUndeclared,
			Pos: advisory.Pos{Pointer: "/containers/cna/affected/0"},
			Spans: []advisory.Span{{From: "2019 (14.0)", Before: "Build 7190", Bounded: true, Hint: "semver", Status: advisory.Affected,
				Pos: advisory.Pos{Pointer: "/containers/cna/affected/0/versions/0"}}}}},
		Pos: advisory.Pos{File: "CVE-2025-69258.json"},
	}
}

func compile(t testing.TB, advisories ...*advisory.Advisory) *match.Matcher {
	t.Helper()
	m, err := match.Compile(advisories...)
	require.NoError(t, err)
	return m
}

func ask(t *testing.T, m *match.Matcher, opt match.AskOptions) *match.Matcher {
	t.Helper()
	v, err := m.With(opt)
	require.NoError(t, err)
	return v
}

func TestApexCentral(t *testing.T) {
	m := compile(t, apexCentral())
	for _, c := range []struct{ product, version, want, fix string }{
		{"Trend Micro Apex Central", "8.0.6955", "affected", "Build 7190"},
		{"Apex Central", "8.0.7007", "affected", "Build 7190"},
		{"Apex Central", "8.0.0.6570", "affected", "Build 7190"},
		{"Apex Central", "2019 Build 6016", "affected", "Build 7190"},
		{"Apex Central 2019", "Build 7189", "affected", "Build 7190"},
		{"Apex Central", "Build 7190", "fixed", "-"},
		{"Apex Central", "8.0.0.7200", "fixed", "-"},
		{"Apex Central", "14.0.0.7190", "fixed", "-"},
		{"Apex Central", "2019", "unknown (imprecise)", "Build 7190"},
		{"Apex Central", "14.0", "unknown (imprecise)", "Build 7190"},
		{"Apex Central", "", "unknown (no_version)", "-"},
		{"Apex Central", "the new one", "unknown (bad_version)", "-"},
		{"Apex Central as a Service", "8.0.7007", "no_statement (not_named)", "-"},
		{"Apex One", "14.0.0.12980", "no_statement (not_named)", "-"},
	} {
		in := &match.Installation{Vendor: "Trend Micro", Product: c.product, Version: c.version}
		f := m.Finding(in, apexID)
		assert.Equal(t, c.want, f.Verdict.String(), "%s %s", c.product, c.version)
		assert.Equal(t, c.fix, f.Fix.String(), "%s %s", c.product, c.version)
		assert.Equal(t, f.Verdict, m.Check(in, apexID), "Check says the same")
		assert.Equal(t, f.Verdict, m.Explain(in, apexID).Verdict, "Explain says the same")
	}
}

func TestIdentifiers(t *testing.T) {
	m := compile(t, apexCentral(), &advisory.Advisory{
		ID: "EX-1", Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2099-1", Aliases: []string{"GHSA-x"}}},
		Products: []advisory.Product{
			{PURLs: []string{"pkg:npm/%40example/gateway"}},
			{Vendor: "n/a", Name: "Gateway Console"},
			{CPEs: []string{"cpe:2.3:a:example:agent:-:*:*:*:*:windows:*:*"}},
		},
		Statements: []advisory.Statement{{Products: []int{0, 1, 2}, Default: advisory.DefaultNotAffected,
			Spans: []advisory.Span{{Before: "2.0.0", Bounded: true, Status: advisory.Affected}}}},
	})
	for _, c := range []struct {
		in   match.Installation
		id   string
		want string
	}{
		{match.Installation{CPE: cpe.MustParse("cpe:2.3:a:trendmicro:apexcentral:8.0.7007:*:*:*:*:*:*:*")}, apexID, "affected exact"},
		{match.Installation{CPE: cpe.MustParse("cpe:2.3:a:trendmicro:apex_central:8.0.7007:*:*:*:*:*:*:*")}, apexID, "affected alias"},
		{match.Installation{CPE: cpe.MustParse("cpe:2.3:a:trendmicro:apexcentral:8.0.7007:*:*:*:saas:*:*:*")}, apexID, "no_statement (not_named) none"},
		{match.Installation{PURL: purl.MustParse("pkg:npm/%40example/gateway@1.9.9")}, "CVE-2099-1", "affected exact"},
		{match.Installation{PURL: purl.MustParse("pkg:npm/%40example/gateway@1.9.9")}, "GHSA-x", "affected exact"},
		{match.Installation{PURL: purl.MustParse("pkg:npm/%40example/gateway@2.0.0")}, "CVE-2099-1", "fixed exact"},
		{match.Installation{PURL: purl.MustParse("pkg:npm/gateway@1.0.0")}, "CVE-2099-1", "no_statement (not_named) none"},
		{match.Installation{Vendor: "Example", Product: "Gateway Console", Version: "1.0"}, "CVE-2099-1", "unknown (product_uncertain) possible"},
		{match.Installation{Product: "Gateway Console", Version: "1.0"}, "CVE-2099-1", "unknown (product_uncertain) possible"},
		{match.Installation{CPE: cpe.MustParse("cpe:2.3:a:example:agent:1.0:*:*:*:*:windows:*:*")}, "CVE-2099-1", "affected exact"},
		{match.Installation{CPE: cpe.MustParse("cpe:2.3:a:example:agent:1.0:*:*:*:*:linux:*:*")}, "CVE-2099-1", "no_statement (not_named) none"},
		{match.Installation{}, "CVE-2099-1", "no_statement (not_named) none"},
		{match.Installation{Vendor: "Trend Micro", Product: "Apex Central", Version: "1.2.3"}, "CVE-1999-1", "no_statement (not_named) none"},
	} {
		f := m.Finding(&c.in, c.id)
		assert.Equal(t, c.want, f.Verdict.String()+" "+f.Level.String(), "%+v", c.in)
	}
	// A link that decides nothing is no finding, and silence is none either.
	uncertain := &match.Installation{Product: "Gateway Console", Version: "1.0"}
	assert.Empty(t, m.Append(nil, uncertain))
	assert.Len(t, ask(t, m, match.AskOptions{Uncertain: true}).Append(nil, uncertain), 1)
}

// doc is a made-up document about Example Gateway.
func doc(id, publisher string, rank advisory.Rank, day int, status advisory.Status, versions string) *advisory.Advisory {
	a := &advisory.Advisory{
		ID: id, Publisher: advisory.Publisher{Name: publisher, Rank: rank},
		Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2099-7"}},
		Products:        []advisory.Product{{Vendor: "Example", Name: "Gateway"}},
		Statements:      []advisory.Statement{{Products: []int{0}, Spans: []advisory.Span{{Version: versions, Status: status}}}},
	}
	if day > 0 {
		a.Published = time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC)
	}
	return a
}

var gateway = &match.Installation{Vendor: "Example", Product: "Gateway", Version: "1.5"}

// Each case is a rule of DESIGN section 6, step 5.
func TestSeveralDocuments(t *testing.T) {
	const (
		aff, not, fixed, inv = advisory.Affected, advisory.NotAffected, advisory.Fixed, advisory.UnderInvestigation
		vendor, third        = advisory.RankVendor, advisory.RankThirdParty
	)
	withdrawn := doc("A", "v", vendor, 3, aff, "*")
	withdrawn.Withdrawn = time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	draft := doc("A", "v", vendor, 3, not, "*")
	draft.State = advisory.Draft
	rejected := doc("B", "v", vendor, 3, aff, "*")
	rejected.State = advisory.Rejected
	revision := func(r string, s advisory.Status) *advisory.Advisory {
		a := doc("A", "v", vendor, 3, s, "*")
		a.Revision = r
		return a
	}
	superseding := doc("B", "w", third, 5, not, "*")
	superseding.Supersedes = []string{"A"}
	cycleA, cycleB := doc("A", "v", vendor, 3, aff, "*"), doc("B", "w", third, 5, not, "*")
	cycleA.Supersedes, cycleB.Supersedes = []string{"B"}, []string{"A"}
	for _, c := range []struct {
		name string
		docs []*advisory.Advisory
		want string
	}{
		{"one", []*advisory.Advisory{doc("A", "v", vendor, 1, aff, "*")}, "affected"},
		{"the higher rank", []*advisory.Advisory{doc("A", "v", vendor, 1, not, "*"), doc("B", "w", third, 2, aff, "*")}, "not_affected"},
		{"the newer of one rank", []*advisory.Advisory{doc("A", "v", vendor, 1, aff, "*"), doc("B", "w", vendor, 2, not, "*")}, "not_affected"},
		{"one rank, one without a date", []*advisory.Advisory{doc("A", "v", vendor, 1, aff, "*"), doc("B", "w", vendor, 0, not, "*")}, "unknown (conflict)"},
		{"one rank and date", []*advisory.Advisory{doc("A", "v", vendor, 1, aff, "*"), doc("B", "w", vendor, 1, not, "*")}, "unknown (conflict)"},
		{"fixed and not affected agree", []*advisory.Advisory{doc("A", "v", vendor, 1, fixed, "*"), doc("B", "w", vendor, 1, not, "*")}, "fixed"},
		{"investigation never removes affected", []*advisory.Advisory{doc("A", "v", vendor, 9, inv, "*"), doc("B", "w", third, 1, aff, "*")}, "affected"},
		{"silence has no vote", []*advisory.Advisory{doc("A", "v", vendor, 9, not, "1.4"), doc("B", "w", third, 1, aff, "*")}, "affected"},
		{"unreadable blocks clear", []*advisory.Advisory{doc("A", "v", vendor, 1, aff, "see the vendor's page 7"), doc("B", "w", third, 2, not, "*")}, "unknown (bad_range)"},
		{"unreadable of a lower rank", []*advisory.Advisory{doc("A", "v", third, 1, aff, "see the vendor's page 7"), doc("B", "w", vendor, 2, not, "*")}, "not_affected"},
		{"unreadable lets affected through", []*advisory.Advisory{doc("A", "v", vendor, 1, not, "see the vendor's page 7"), doc("B", "w", third, 2, aff, "*")}, "affected"},
		{"withdrawn alone", []*advisory.Advisory{withdrawn}, "no_statement (dropped)"},
		{"withdrawn beside another", []*advisory.Advisory{withdrawn, doc("B", "w", third, 1, not, "*")}, "not_affected"},
		{"a draft neither speaks nor replaces", []*advisory.Advisory{draft, doc("A", "v", vendor, 1, aff, "*")}, "affected"},
		{"a rejected document leaves the others", []*advisory.Advisory{rejected, doc("A", "w", third, 1, aff, "*")}, "affected"},
		{"the newest revision, number by number", []*advisory.Advisory{revision("1.9", aff), revision("1.10", not)}, "not_affected"},
		{"superseded", []*advisory.Advisory{doc("A", "v", vendor, 1, aff, "*"), superseding}, "not_affected"},
		{"a cycle replaces nothing", []*advisory.Advisory{cycleA, cycleB}, "affected"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for range 2 { // whatever the order of the additions
				assert.Equal(t, c.want, compile(t, c.docs...).Check(gateway, "CVE-2099-7").String())
				c.docs[0], c.docs[len(c.docs)-1] = c.docs[len(c.docs)-1], c.docs[0]
			}
		})
	}
	m := compile(t, doc("A", "v", vendor, 1, not, "*"), doc("B", "w", third, 2, aff, "*"))
	v := ask(t, m, match.AskOptions{Ranks: map[string]advisory.Rank{"w": advisory.RankOperator}})
	assert.Equal(t, "affected", v.Check(gateway, "CVE-2099-7").String(), "the caller ranks")
	assert.Equal(t, "not_affected", m.Check(gateway, "CVE-2099-7").String(), "the view changes nothing")
}

func TestConditions(t *testing.T) {
	platform := func(values ...string) advisory.Condition {
		return advisory.Condition{Op: advisory.OpFact, Fact: "platform", Values: values}
	}
	for _, c := range []struct {
		name  string
		where advisory.Condition
		def   advisory.Default
		facts match.Facts
		met   map[string]vers.Truth
		want  string
	}{
		{"met", platform("Windows"), advisory.DefaultSilent, match.Facts{"platform": "windows server 2019"}, nil, "affected"},
		{"a fact that says less than the value", platform("Windows Server 2019"), advisory.DefaultSilent, match.Facts{"platform": "Windows"}, nil, "unknown (missing_condition)"},
		{"not met", platform("Windows"), advisory.DefaultSilent, match.Facts{"platform": "Linux"}, nil, "no_statement (other_platform)"},
		{"not met under a default", platform("Windows"), advisory.DefaultNotAffected, match.Facts{"platform": "Linux"}, nil, "not_affected"},
		{"not known", platform("Windows"), advisory.DefaultSilent, nil, nil, "unknown (missing_condition)"},
		{"presumed", advisory.Condition{Op: advisory.OpFact, Fact: "platform", Values: []string{"Windows"}, Presumed: true}, advisory.DefaultSilent, nil, nil, "affected"},
		{"not", advisory.Condition{Op: advisory.OpNot, Of: []advisory.Condition{platform("Linux")}}, advisory.DefaultSilent, match.Facts{"platform": "Windows"}, nil, "affected"},
		{"any of one that is not known", advisory.Condition{Op: advisory.OpAny, Of: []advisory.Condition{platform("Windows"), {Op: advisory.OpText, Text: "x"}}}, advisory.DefaultSilent, match.Facts{"platform": "Windows"}, nil, "affected"},
		{"all of one that is not known", advisory.Condition{Op: advisory.OpAll, Of: []advisory.Condition{platform("Windows"), {Op: advisory.OpText, Text: "x"}}}, advisory.DefaultSilent, match.Facts{"platform": "Windows"}, nil, "unknown (missing_condition)"},
		{"words that the caller judged", advisory.Condition{Op: advisory.OpText, Text: "with port 80 open"}, advisory.DefaultSilent, nil, map[string]vers.Truth{"with port 80 open": vers.Yes}, "affected"},
		{"a broken not", advisory.Condition{Op: advisory.OpNot}, advisory.DefaultSilent, nil, nil, "unknown (missing_condition)"},
	} {
		a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*")
		a.Statements[0].Where, a.Statements[0].Default = c.where, c.def
		in := *gateway
		in.Facts, in.Met = nil, c.met
		in.Host = &match.Host{ID: "h", Facts: c.facts}
		m := compile(t, a)
		assert.Equal(t, c.want, m.Check(&in, "CVE-2099-7").String(), c.name)
		if strings.Contains(c.want, "missing_condition") && c.name != "a broken not" {
			assert.NotEmpty(t, m.Explain(&in, "CVE-2099-7").Missing, c.name)
		}
	}
}

// Words behind a range limit it, unless they only say what its versions are made for.
func TestWordsOfARange(t *testing.T) {
	for _, c := range []struct {
		text   string
		status advisory.Status
		met    map[string]vers.Truth
		want   string
	}{
		{"1.0 to 2.5 (with port 80 open)", advisory.Affected, nil, "unknown (missing_condition)"},
		{"1.0 to 2.5 (with port 80 open)", advisory.Affected, map[string]vers.Truth{"with port 80 open": vers.Yes}, "affected"},
		{"1.0 to 2.5 (for Gate OS 4 series)", advisory.Affected, nil, "affected"},
		{"1.0 to 2.5 (for Gate OS 4 series)", advisory.Affected, map[string]vers.Truth{"for Gate OS 4 series": vers.No}, "no_statement (version_not_named)"},
		{"1.0 to 2.5 (for Gate OS 4 series)", advisory.NotAffected, nil, "unknown (missing_condition)"},
		{"All versions with Ethernet interface", advisory.Affected, nil, "unknown (missing_condition)"},
		{"All versions with Ethernet interface", advisory.Affected, map[string]vers.Truth{"with Ethernet interface": vers.Yes}, "affected"},
		{"All versions with Ethernet interface", advisory.NotAffected, nil, "unknown (missing_condition)"},
		{"all firmware versions", advisory.Affected, nil, "affected"},
		{"various", advisory.Affected, nil, "unknown (bad_range)"},
	} {
		a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*")
		a.Statements[0].Spans = []advisory.Span{{Version: c.text, Status: c.status}}
		in := *gateway
		in.Version, in.Met = "2.0", c.met
		assert.Equal(t, c.want, compile(t, a).Check(&in, "CVE-2099-7").String(), "%s %v", c.text, c.status)
	}
}

func TestCallersWord(t *testing.T) {
	m := compile(t, apexCentral())
	in := &match.Installation{Vendor: "Trend Micro", Product: "Apex Central", Version: "8.0.7007"}
	scope := match.Scope{Vulnerability: apexID, Vendor: "Trend Micro", Product: "Apex Central"}
	day := func(d int) time.Time { return time.Date(2026, 3, d, 0, 0, 0, 0, time.UTC) }

	correct := match.Correction{Scope: scope, Status: advisory.NotAffected, Source: "EX-7", Author: "security", Note: "the component is removed"}
	assert.Equal(t, "not_affected", ask(t, m, match.AskOptions{Corrections: []match.Correction{correct}}).Check(in, apexID).String())
	// A correction speaks where no document does, and Explain says the same.
	silent := correct
	silent.Product, silent.Status = "Apex One", advisory.Affected
	v := ask(t, m, match.AskOptions{Corrections: []match.Correction{silent}})
	one := &match.Installation{Vendor: "Trend Micro", Product: "Apex One", Version: "1"}
	assert.Equal(t, "affected", v.Check(one, apexID).String())
	assert.Equal(t, v.Check(one, apexID), v.Explain(one, apexID).Verdict)
	noSource := correct
	noSource.Source = ""
	v = ask(t, m, match.AskOptions{Corrections: []match.Correction{noSource}})
	assert.Equal(t, "affected", v.Check(in, apexID).String(), "without a source nothing changes")
	assert.Contains(t, v.Explain(in, apexID).String(), "cites no source")
	ends := correct
	ends.Until = day(10)
	for d, want := range map[int]string{9: "not_affected", 10: "affected"} {
		assert.Equal(t, want, ask(t, m, match.AskOptions{At: day(d), Corrections: []match.Correction{ends}}).Check(in, apexID).String())
	}
	assert.Equal(t, "affected", ask(t, m, match.AskOptions{Corrections: []match.Correction{ends}}).Check(in, apexID).String(), "an end needs a date")
	other := correct
	other.Product = "Apex One"
	assert.Equal(t, "affected", ask(t, m, match.AskOptions{Corrections: []match.Correction{other}}).Check(in, apexID).String())
	_, err := m.With(match.AskOptions{Corrections: []match.Correction{{Scope: match.Scope{Product: "x"}}}})
	assert.ErrorIs(t, err, match.ErrScope)

	accepted := ask(t, m, match.AskOptions{Accepted: []match.Acceptance{{Scope: scope, Author: "owner", Note: "isolated", Until: day(10)}}, At: day(1)})
	f := accepted.Finding(in, apexID)
	assert.Equal(t, "affected", f.Verdict.String(), "accepting a risk changes no status")
	require.NotNil(t, f.Accepted)
	assert.Equal(t, "owner", f.Accepted.Author)
	assert.Contains(t, accepted.Explain(in, apexID).Accepted, "until 2026-03-10")

	in2 := &match.Installation{Vendor: "Trend Micro", Product: "Apex Central 2019", Version: "8.0.7007"}
	denied := ask(t, m, match.AskOptions{Deny: []match.Denial{{Key: "trendmicro/apex-central", Vendor: "Trend Micro", Name: "Apex Central 2019"}}})
	assert.Equal(t, "affected", m.Check(in2, apexID).String())
	assert.Equal(t, "no_statement (not_named)", denied.Check(in2, apexID).String(), "the caller denied the link")
}

func TestWant(t *testing.T) {
	m := compile(t, apexCentral())
	in := &match.Installation{Vendor: "Trend Micro", Product: "Apex Central", Version: "Build 7190"}
	assert.Empty(t, m.Append(nil, in), "fixed is reported only when asked for")
	all := ask(t, m, match.AskOptions{Want: advisory.SetOf(advisory.Fixed, advisory.NoStatement)})
	n := 0
	for f := range all.Findings(in) {
		n++
		assert.Equal(t, advisory.Fixed, f.Verdict.Status)
		assert.Equal(t, apexID, f.Vulnerability)
		assert.Equal(t, "trendmicro/apex-central", f.Product)
		assert.Equal(t, apexID, all.Advisory(f).ID)
	}
	assert.Equal(t, 1, n)
	assert.Nil(t, m.Advisory(m.Finding(in, "CVE-1999-1")))
}

func TestCoverage(t *testing.T) {
	m := compile(t, apexCentral())
	for _, c := range []struct {
		in   match.Installation
		want string
	}{
		{match.Installation{Vendor: "Trend Micro", Product: "Apex Central"}, "recognized"},
		{match.Installation{Vendor: "Trend Micro", Product: "Apex One"}, "recognized"},
		{match.Installation{Vendor: "Example", Product: "Gateway"}, "unrecognized"},
		{match.Installation{Product: "Apex Central"}, "unrecognized"},
		{match.Installation{Vendor: "Trend Micro", Product: "Apex One", CPE: cpe.MustParse("cpe:2.3:a:trendmicro:apex_central:1:*:*:*:*:*:*:*")}, "ambiguous"},
	} {
		assert.Equal(t, c.want, m.Coverage(&c.in).Kind.String(), "%+v", c.in)
	}
	assert.Equal(t, "no_source", compile(t).Coverage(&match.Installation{Vendor: "Trend Micro", Product: "Apex Central"}).Kind.String())
}

// The evidence names the document, the place in it, the words, the scheme and line, the
// level of the identifier and the segment that was hit; and it is JSON.
func TestExplain(t *testing.T) {
	m := compile(t, apexCentral())
	e := m.Explain(&match.Installation{Vendor: "Trend Micro", Product: "Apex Central", Version: "8.0.7007"}, apexID)
	text := e.String()
	for _, part := range []string{
		apexID, "CVE-2025-69258.json#/containers/cna/affected/0/versions/0", `less than "Build 7190"`, "build (catalog entry trendmicro/apex-central)",
		"the usual one", "level name", "[2019 (14.0), Build 7190) affected", "2026-01-08", "trendmicro (vendor)",
	} {
		assert.Contains(t, text, part)
	}
	data, err := json.Marshal(e)
	require.NoError(t, err)
	var back map[string]any
	require.NoError(t, json.Unmarshal(data, &back))
	assert.Equal(t, "affected", back["status"])
	forged := m.Explain(&match.Installation{Vendor: "Trend Micro", Product: "Apex Central", Version: "1\n  statement (decides)\u202e"}, apexID)
	assert.NotContains(t, forged.String(), "\n  statement (decides)\u202e")
	silent := m.Explain(&match.Installation{Vendor: "Trend Micro", Product: "Apex One", Version: "1"}, apexID)
	assert.Contains(t, silent.String(), "no loaded statement names the product")
}

func TestAddErrors(t *testing.T) {
	b := match.NewBuilder(match.Options{})
	assert.ErrorIs(t, b.Add(nil), match.ErrAdvisory)
	assert.ErrorIs(t, b.Add(&advisory.Advisory{Statements: []advisory.Statement{{}}}), match.ErrAdvisory)
	assert.ErrorIs(t, b.Add(&advisory.Advisory{Vulnerabilities: make([]advisory.Vulnerability, 1), Statements: []advisory.Statement{{Products: []int{0}}}}), match.ErrAdvisory)
}

func TestNoAllocs(t *testing.T) {
	m := compile(t, apexCentral())
	findings := make([]match.Finding, 0, 8)
	for _, in := range []*match.Installation{
		{Vendor: "Trend Micro", Product: "Apex Central", Version: "8.0.7007"},
		{Vendor: "Trend Micro", Product: "Apex Central", Version: "14.0"},
		{Vendor: "Example", Product: "Gateway", Version: "1"},
		{CPE: cpe.MustParse("cpe:2.3:a:trendmicro:apexcentral:8.0.7007:*:*:*:*:*:*:*")},
		{PURL: purl.MustParse("pkg:npm/gateway@1.0.0")},
	} {
		if raceEnabled {
			t.Skip("the race detector makes a pool allocate")
		}
		findings = m.Append(findings[:0], in)
		// The scheme makes an error value each time that it refuses a version; all else is free.
		limit := 0.0
		if in.Version == "14.0" {
			limit = 2
		}
		assert.LessOrEqual(t, testing.AllocsPerRun(200, func() { findings = m.Append(findings[:0], in) }), limit, "Append %+v", in)
		assert.LessOrEqual(t, testing.AllocsPerRun(200, func() { _ = m.Check(in, apexID) }), limit, "Check %+v", in)
	}
}

func TestConcurrent(t *testing.T) {
	docs := []*advisory.Advisory{apexCentral(), doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*")}
	alone := compile(t, docs...)
	for name, m := range map[string]*match.Matcher{"built": compile(t, docs...), "loaded": reload(t, compile(t, docs...))} {
		var group sync.WaitGroup
		for g := range 8 {
			group.Go(func() {
				for i := range 200 {
					in := &match.Installation{Vendor: "Trend Micro", Product: "Apex Central", Version: fmt.Sprintf("8.0.%d", 6900+i*g)}
					want := advisory.Affected
					if 6900+i*g >= 7190 {
						want = advisory.Fixed
					}
					assert.Equal(t, want, m.Check(in, apexID).Status, name)
					assert.Equal(t, alone.Explain(in, apexID).String(), m.Explain(in, apexID).String(), name)
					view, err := m.With(match.AskOptions{Want: advisory.SetOf(want)})
					assert.NoError(t, err)
					assert.Len(t, view.Append(nil, in), 1, name)
				}
			})
		}
		group.Wait()
	}
}

// Laws on random documents: the index answers as a scan over every document does, more
// documents about other products change nothing, and Explain says what Check says.
func TestLaws(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	statuses := []advisory.Status{advisory.Affected, advisory.NotAffected, advisory.Fixed, advisory.UnderInvestigation, advisory.Unknown}
	products := []string{"Gateway", "Agent", "Console"}
	for range 300 {
		var docs []*advisory.Advisory
		for i := range 1 + r.IntN(6) {
			d := doc(fmt.Sprint("D", i), fmt.Sprint("p", r.IntN(3)), advisory.Rank(r.IntN(5)), r.IntN(4), statuses[r.IntN(len(statuses))], "*")
			d.Products[0].Name = products[r.IntN(len(products))]
			d.Statements[0].Spans = []advisory.Span{{From: fmt.Sprint(r.IntN(3)), Before: fmt.Sprint(2 + r.IntN(4)), Bounded: true, Status: statuses[r.IntN(len(statuses))]}}
			d.Statements[0].Default = advisory.Default(r.IntN(5))
			docs = append(docs, d)
		}
		name := products[r.IntN(len(products))]
		in := &match.Installation{Vendor: "Example", Product: name, Version: fmt.Sprint(r.IntN(6))}
		var about []*advisory.Advisory // a scan: only the documents about the product
		for _, d := range docs {
			if product.Key("Example", d.Products[0].Name) == product.Key("Example", name) {
				about = append(about, d)
			}
		}
		m := compile(t, docs...)
		got := m.Check(in, "CVE-2099-7")
		require.Equal(t, compile(t, about...).Check(in, "CVE-2099-7"), got)
		require.Equal(t, got, m.Explain(in, "CVE-2099-7").Verdict)
		r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		require.Equal(t, got, compile(t, append(docs, apexCentral())...).Check(in, "CVE-2099-7"))
		if got.Clear() {
			require.False(t, got.MayBeAffected())
		}
	}
}

// TestNumbers recognises products by what stands on the device.
func TestNumbers(t *testing.T) {
	hash := advisory.Hash{Algorithm: "SHA-256", Value: "AB12"}
	a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*")
	a.Products = []advisory.Product{
		{Vendor: "Siemens", Name: "S7", Models: []string{"6ES7 214-*"}, SKUs: []string{"sku?1"}},
		{Vendor: "Siemens", Name: "S8", Serials: []string{"*0001"}},
		{Hashes: []advisory.Hash{{Algorithm: "sha256", Value: "ab12"}}, Tags: []string{"https://example.com/tag"}},
		{Vendor: "Siemens", Name: "S9", Models: []string{"{"}},
		{Vendor: "Siemens", Name: "S10", Hashes: []advisory.Hash{{Algorithm: "sha256", Value: "cd34"}}},
		{Vendor: "Siemens", Name: "S11", Models: []string{"äZA-*"}},
	}
	a.Statements[0].Products = []int{0, 1, 2, 3, 4, 5}
	m := compile(t, a)
	for _, c := range []struct {
		name string
		in   match.Installation
		want string
	}{
		{"model", match.Installation{Vendor: "Siemens", Model: "6es7 214-1AG40"}, "affected"},
		{"model beside another name", match.Installation{Vendor: "Siemens AG", Product: "CPU", Model: "6ES7 214-1"}, "affected"},
		{"model of another vendor", match.Installation{Vendor: "Acme", Model: "6ES7 214-1AG40"}, "unknown (product_uncertain)"},
		{"model without a vendor", match.Installation{Model: "6ES7 214-1AG40"}, "unknown (product_uncertain)"},
		{"another model", match.Installation{Vendor: "Siemens", Model: "6ES7 215-1AG40"}, "no_statement (not_named)"},
		{"the name beside another model", match.Installation{Vendor: "Siemens", Product: "S7", Model: "6ES7 215-1AG40"}, "no_statement (not_named)"},
		{"the name beside a model", match.Installation{Vendor: "Siemens", Product: "S7", Model: "6ES7 214-1AG40"}, "affected"},
		{"sku", match.Installation{Vendor: "Siemens", SKU: "SKUx1"}, "affected"},
		{"serial number", match.Installation{Serial: "920001"}, "affected"},
		{"the name beside another serial number", match.Installation{Vendor: "Siemens", Product: "S8", Serial: "77"}, "no_statement (not_named)"},
		{"the name beside a serial number", match.Installation{Vendor: "Siemens", Product: "S8", Serial: "70001"}, "affected"},
		{"the name beside another SKU", match.Installation{Vendor: "Siemens", Product: "S7", SKU: "other"}, "no_statement (not_named)"},
		{"the name beside another hash", match.Installation{Vendor: "Siemens", Product: "S10", Hashes: []advisory.Hash{{Algorithm: "sha256", Value: "ff"}}}, "no_statement (not_named)"},
		{"the name beside a hash of another algorithm", match.Installation{Vendor: "Siemens", Product: "S10", Hashes: []advisory.Hash{{Algorithm: "md5", Value: "ff"}}}, "affected"},
		{"the name beside one of two hashes", match.Installation{Vendor: "Siemens", Product: "S10", Hashes: []advisory.Hash{{Algorithm: "sha256", Value: "ff"}, {Algorithm: "sha-256", Value: "CD34"}}}, "affected"},
		{"the name of a product without hashes", match.Installation{Vendor: "Siemens", Product: "S9", Hashes: []advisory.Hash{{Algorithm: "sha256", Value: "ff"}}}, "affected"},
		{"a model of other letters", match.Installation{Vendor: "Siemens", Model: "ÄZa-1"}, "affected"},
		{"a model of other letters, folded", match.Installation{Vendor: "Siemens", Model: "äzA-1"}, "affected"},
		{"hash", match.Installation{Hashes: []advisory.Hash{hash}}, "affected"},
		{"hash of another algorithm", match.Installation{Hashes: []advisory.Hash{{Algorithm: "md5", Value: "ab12"}}}, "no_statement (not_named)"},
		{"tag", match.Installation{Tags: []string{"https://example.com/tag"}}, "affected"},
		{"a broken pattern means nothing", match.Installation{Vendor: "Siemens", Model: "{"}, "no_statement (not_named)"},
	} {
		assert.Equal(t, c.want, m.Check(&c.in, "CVE-2099-7").String(), c.name)
	}
}

// TestEmptyWords: a condition in empty words is one that nobody has judged.
func TestEmptyWords(t *testing.T) {
	a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*")
	a.Statements[0].Where = advisory.Condition{Op: advisory.OpText}
	m := compile(t, a)
	assert.Equal(t, "unknown (missing_condition)", m.Check(gateway, "CVE-2099-7").String())
	assert.Equal(t, m.Check(gateway, "CVE-2099-7"), m.Explain(gateway, "CVE-2099-7").Verdict)
	in := *gateway
	in.Met = map[string]vers.Truth{"": vers.Yes}
	assert.Equal(t, "affected", m.Check(&in, "CVE-2099-7").String())
}
