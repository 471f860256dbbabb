package match_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// A part of a document about nobody knows what, that could not be read, may be about each of its
// products: nothing but affected gets through.
func TestDoubt(t *testing.T) {
	for _, c := range []struct {
		name   string
		nobody advisory.Product
		unread advisory.Span
		want   map[advisory.Status]string
	}{
		{"nobody knows what", advisory.Product{}, advisory.Span{Version: "n/a"}, map[advisory.Status]string{
			advisory.Affected: "affected", advisory.NotAffected: "unknown (bad_range)", advisory.Fixed: "unknown (bad_range)",
			advisory.UnderInvestigation: "under_investigation", advisory.Unknown: "unknown (no_data)"}},
		{"a placeholder", advisory.Product{Vendor: "n/a", Name: "n/a"}, advisory.Span{Version: "-"}, map[advisory.Status]string{advisory.Fixed: "unknown (bad_range)"}},
		{"a name", advisory.Product{Name: "Door"}, advisory.Span{Version: "n/a"}, map[advisory.Status]string{advisory.Fixed: "fixed"}},
		{"a purl", advisory.Product{PURLs: []string{"pkg:npm/door"}}, advisory.Span{Version: "n/a"}, map[advisory.Status]string{advisory.Fixed: "fixed"}},
		{"a CPE", advisory.Product{CPEs: []string{cpeOf("example:door").String()}}, advisory.Span{Version: "n/a"}, map[advisory.Status]string{advisory.Fixed: "fixed"}},
		{"a model", advisory.Product{Models: []string{"D1"}}, advisory.Span{Version: "n/a"}, map[advisory.Status]string{advisory.Fixed: "fixed"}},
		{"a serial number", advisory.Product{Serials: []string{"1"}}, advisory.Span{Version: "n/a"}, map[advisory.Status]string{advisory.Fixed: "fixed"}},
		{"a SKU", advisory.Product{SKUs: []string{"1"}}, advisory.Span{Version: "n/a"}, map[advisory.Status]string{advisory.Fixed: "fixed"}},
		{"a hash", advisory.Product{Hashes: []advisory.Hash{{Algorithm: "md5", Value: "ab"}}}, advisory.Span{Version: "n/a"}, map[advisory.Status]string{advisory.Fixed: "fixed"}},
		{"a tag", advisory.Product{Tags: []string{"tag:x"}}, advisory.Span{Version: "n/a"}, map[advisory.Status]string{advisory.Fixed: "fixed"}},
		{"a purl and a CPE", advisory.Product{PURLs: []string{"pkg:npm/door"}, CPEs: []string{cpeOf("example:door").String()}}, advisory.Span{Version: "n/a"}, map[advisory.Status]string{advisory.Fixed: "fixed"}},
		{"a CPE and a model", advisory.Product{CPEs: []string{cpeOf("example:door").String()}, Models: []string{"D1"}}, advisory.Span{Version: "n/a"}, map[advisory.Status]string{advisory.Fixed: "fixed"}},
		{"a model and a serial number", advisory.Product{Models: []string{"D1"}, Serials: []string{"1"}}, advisory.Span{Version: "n/a"}, map[advisory.Status]string{advisory.Fixed: "fixed"}},
		{"a serial number and a SKU", advisory.Product{Serials: []string{"1"}, SKUs: []string{"1"}}, advisory.Span{Version: "n/a"}, map[advisory.Status]string{advisory.Fixed: "fixed"}},
		{"a SKU and a hash", advisory.Product{SKUs: []string{"1"}, Hashes: []advisory.Hash{{Algorithm: "md5", Value: "ab"}}}, advisory.Span{Version: "n/a"}, map[advisory.Status]string{advisory.Fixed: "fixed"}},
		{"two identifiers", advisory.Product{Tags: []string{"tag:x"}, SKUs: []string{"1"}}, advisory.Span{Version: "n/a"}, map[advisory.Status]string{advisory.Fixed: "fixed"}},
		{"a version", advisory.Product{}, advisory.Span{Version: "7"}, map[advisory.Status]string{advisory.Fixed: "fixed"}},
		{"a range", advisory.Product{}, advisory.Span{Before: "7", Bounded: true}, map[advisory.Status]string{advisory.Fixed: "fixed"}},
		{"something that is said", advisory.Product{}, advisory.Span{Version: "n/a", Status: advisory.Affected}, map[advisory.Status]string{advisory.Fixed: "fixed"}},
	} {
		for status, want := range c.want {
			a := doc("A", "v", advisory.RankVendor, 1, status, "*")
			a.Statements[0].Spans = append(a.Statements[0].Spans, advisory.Span{Version: "99", Status: status})
			a.Products = append(a.Products, c.nobody)
			a.Statements = append(a.Statements, advisory.Statement{Products: []int{1}, Spans: []advisory.Span{c.unread}})
			m := compile(t, a)
			e := m.Explain(gateway, "CVE-2099-7")
			assert.Equal(t, e.Verdict.String(), verdict(t, m, gateway, "CVE-2099-7"))
			assert.Equal(t, want, e.Verdict.String(), "%s beside %s", c.name, status)
			if want == "unknown (bad_range)" {
				assert.Empty(t, e.Claims[0].SpanText, "no range says it")
				assert.Empty(t, e.Claims[0].Segment, "no range says it")
			}
		}
	}
	// The doubt is about one vulnerability.
	a := doc("A", "v", advisory.RankVendor, 1, advisory.Fixed, "*")
	a.Vulnerabilities = append(a.Vulnerabilities, advisory.Vulnerability{ID: "CVE-2099-8"})
	a.Products = append(a.Products, advisory.Product{})
	a.Statements = append(a.Statements,
		advisory.Statement{Vulnerability: 1, Products: []int{0}, Spans: []advisory.Span{{Version: "*", Status: advisory.Fixed}}},
		advisory.Statement{Vulnerability: 1, Products: []int{1}, Spans: []advisory.Span{{Version: "n/a"}}},
		advisory.Statement{Vulnerability: 1, Products: []int{1}, Spans: []advisory.Span{{Version: "n/a"}}})
	m := compile(t, a)
	assert.Equal(t, "fixed", verdict(t, m, gateway, "CVE-2099-7"))
	assert.Equal(t, "unknown (bad_range)", verdict(t, m, gateway, "CVE-2099-8"))
}

// A statement about others shows no range, because none of its ranges speaks.
func TestSilentRange(t *testing.T) {
	a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*")
	a.Statements[0].Spans = []advisory.Span{{From: "1.0", Before: "1.4", Bounded: true, Status: advisory.Affected}, {From: "1.5", Before: "2.0", Bounded: true, Status: advisory.Affected}}
	a.Statements[0].Where = advisory.Condition{Op: advisory.OpFact, Fact: "edition", Values: []string{"FIPS"}}
	in := *gateway
	in.Facts = match.Facts{"edition": "Basic"}
	e := compile(t, a).Explain(&in, "CVE-2099-7")
	assert.Equal(t, "no_statement (other_platform)", e.Verdict.String())
	assert.Empty(t, e.Claims[0].SpanText)
	in.Facts["edition"] = "FIPS"
	assert.Contains(t, compile(t, a).Explain(&in, "CVE-2099-7").Claims[0].SpanText, `"1.5"`)
	// A version that cannot be read lies in no stretch.
	for version, want := range map[string]string{"the new one": "unknown (bad_version)", "": "unknown (no_version)"} {
		in.Version = version
		e = compile(t, a).Explain(&in, "CVE-2099-7")
		assert.Equal(t, want, e.Verdict.String(), version)
		assert.Empty(t, e.Claims[0].Segment, version)
	}
}

// What is said about versions says nothing about a commit, and leaves it to others.
func TestInstalledCommit(t *testing.T) {
	const commit = "b7f2a1c8e5d94036a1b2c3d4e5f60718293a4b5c"
	in := *gateway
	in.Version = commit
	below := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "< 2.0")
	listed := doc("B", "w", advisory.RankVendor, 1, advisory.NotAffected, commit)
	assert.Equal(t, "unknown (bad_version)", verdict(t, compile(t, below), &in, "CVE-2099-7"))
	assert.Equal(t, "not_affected", verdict(t, compile(t, below, listed), &in, "CVE-2099-7"))
	in.Version = "the new one"
	listed.Statements[0].Spans[0].Version = in.Version
	assert.Equal(t, "unknown (bad_version)", verdict(t, compile(t, below, listed), &in, "CVE-2099-7"))
}

// One word in a condition and behind a range is one thing, and what it may be is told.
func TestMissingWords(t *testing.T) {
	a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "1.0 to 2.0 (with port 80 open)")
	e := compile(t, a).Explain(gateway, "CVE-2099-7")
	assert.Equal(t, []string{"with port 80 open"}, e.Missing)
	a.Statements[0].Where = advisory.Condition{Op: advisory.OpText, Text: "with port 80 open"}
	e = compile(t, a).Explain(gateway, "CVE-2099-7")
	assert.Equal(t, []string{"with port 80 open"}, e.Missing)
	assert.Equal(t, advisory.SetOf(advisory.Affected, advisory.NoStatement), e.Verdict.Possible)
	a.Statements[0].Where.Text = "behind a proxy"
	e = compile(t, a).Explain(gateway, "CVE-2099-7")
	assert.ElementsMatch(t, []string{"behind a proxy", "with port 80 open"}, e.Missing)
	// What a range is made for limits it only where it is clear.
	a.Statements[0].Spans[0].Version = "1.0 to 2.0 (for Gate OS 4 series)"
	e = compile(t, a).Explain(gateway, "CVE-2099-7")
	assert.Equal(t, []string{"behind a proxy"}, e.Missing)
	a.Statements[0].Spans[0].Status = advisory.NotAffected
	e = compile(t, a).Explain(gateway, "CVE-2099-7")
	assert.ElementsMatch(t, []string{"behind a proxy", "for Gate OS 4 series"}, e.Missing)
}

// A component that the inventory names without its maker may be the one of a condition.
func TestUncertainComponent(t *testing.T) {
	a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*")
	a.Products = append(a.Products, advisory.Product{Vendor: "n/a", Name: "Shield"})
	a.Statements[0].Where = advisory.Condition{Op: advisory.OpProduct, Product: 1, Relation: advisory.Contains}
	in := *gateway
	in.Parts, in.PartsComplete = []match.Installation{{Vendor: "Acme", Product: "Shield", Version: "1"}}, true
	assert.Equal(t, "unknown (missing_condition)", verdict(t, compile(t, a), &in, "CVE-2099-7"))
	in.Parts[0].Product = "Sword"
	assert.Equal(t, "no_statement (other_platform)", verdict(t, compile(t, a), &in, "CVE-2099-7"))
}

// Facts that stand in a field of the installation, and conditions that compare versions.
func TestFieldsAsFacts(t *testing.T) {
	in := *gateway
	in.Model, in.Serial, in.SKU = "M1", "S1", "K1"
	for fact, value := range map[string]string{"model": "M1", "serial": "S1", "sku": "K1"} {
		a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*")
		a.Statements[0].Where = advisory.Condition{Op: advisory.OpFact, Fact: fact, Values: []string{value}}
		m := compile(t, a)
		assert.Equal(t, "affected", verdict(t, m, &in, "CVE-2099-7"), fact)
		other := *gateway
		other.Facts = match.Facts{fact: value}
		assert.Equal(t, "affected", verdict(t, m, &other, "CVE-2099-7"), "a fact of the name %s", fact)
		assert.Equal(t, "unknown (missing_condition)", verdict(t, m, gateway, "CVE-2099-7"), "no %s", fact)
	}
}

// The name of a release that holds many versions lies in no stretch of versions, and as a bound it
// is none: "before 8.30" of a product that counts builds is not an empty range.
func TestReleaseOfManyVersions(t *testing.T) {
	say := func(spans ...advisory.Span) *match.Matcher {
		a := about("CVE-2099-1", advisory.Product{Vendor: "ABB", Name: "ABB Ability™ zenon"})
		a.Statements[0].Default, a.Statements[0].Spans = advisory.DefaultNotAffected, spans
		return compile(t, a)
	}
	in := &match.Installation{Vendor: "ABB", Product: "ABB Ability™ zenon", Version: "10"}
	builds := say(advisory.Span{From: "11 build 100", Before: "11 build 200", Bounded: true, Status: advisory.Affected},
		advisory.Span{From: "12 build 300", Before: "12 build 400", Bounded: true, Status: advisory.Affected})
	assert.Equal(t, "unknown (imprecise)", verdict(t, builds, in, "CVE-2099-1"))
	e := builds.Explain(in, "CVE-2099-1")
	assert.Empty(t, e.Claims[0].Segment)
	assert.Contains(t, e.Claims[0].Read, "a release that holds many versions")
	for _, span := range []advisory.Span{{From: "8.10", Before: "8.30"}, {Before: "8.30"}, {From: "10", Before: "12"}} {
		span.Bounded, span.Status = true, advisory.Affected
		for _, version := range []string{"10", "8.20", "8.15", "11 build 150"} {
			in.Version = version
			assert.Equal(t, "unknown (bad_range)", verdict(t, say(span), in, "CVE-2099-1"), "%s, installed %s", span, version)
		}
	}
	// Nor is it the place of a change: who cannot tell when it was fixed does not say that it is.
	changes := []advisory.Change{{At: "8.30", Status: advisory.NotAffected}}
	for _, span := range []advisory.Span{{Changes: changes}, {From: "8.10", Changes: changes}, {From: "8.10", Before: "12 build 900", Changes: changes}} {
		span.Bounded, span.Status = true, advisory.Affected
		for _, version := range []string{"10", "8.20", "8.15", "11 build 150"} {
			in.Version = version
			assert.True(t, say(span).Check(in, "CVE-2099-1").MayBeAffected(), "%s, installed %s: %s", span, version, verdict(t, say(span), in, "CVE-2099-1"))
		}
	}
}

// What is presumed makes no statement narrower, as long as nobody says that it is so.
func TestPresumedIsNotNarrower(t *testing.T) {
	wide := doc("A", "v", advisory.RankVendor, 1, advisory.NotAffected, "*")
	presumed := doc("B", "w", advisory.RankThirdParty, 1, advisory.Affected, "*")
	presumed.Statements[0].Where = advisory.Condition{Op: advisory.OpFact, Fact: "platform", Values: []string{"Windows"}, Presumed: true}
	m := compile(t, wide, presumed)
	in := *gateway
	assert.Equal(t, "not_affected", verdict(t, m, &in, "CVE-2099-7"))
	in.Facts = match.Facts{"platform": "Windows 11"}
	assert.Equal(t, "affected", verdict(t, m, &in, "CVE-2099-7"))
	in.Facts = match.Facts{"platform": "Linux"}
	assert.Equal(t, "not_affected", verdict(t, m, &in, "CVE-2099-7"))
}
