package match_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// TestFound keeps what random questions have found (TestModel, TestModelLaws), one case each.
func TestFound(t *testing.T) {
	const (
		aff, not, inv = advisory.Affected, advisory.NotAffected, advisory.UnderInvestigation
		vendor        = advisory.RankVendor
	)
	fact := func(name string, values ...string) advisory.Condition {
		return advisory.Condition{Op: advisory.OpFact, Fact: name, Values: values}
	}
	// two is a document of two statements.
	two := func(first, second advisory.Statement) *advisory.Advisory {
		a := doc("A", "v", vendor, 1, aff, "*")
		first.Products, second.Products = []int{0}, []int{0}
		a.Statements = []advisory.Statement{first, second}
		return a
	}
	span := func(from, before string, status advisory.Status) []advisory.Span {
		return []advisory.Span{{From: from, Before: before, Bounded: true, Status: status}}
	}
	all := func(status advisory.Status) []advisory.Span { return []advisory.Span{{Version: "*", Status: status}} }

	ended := doc("B", "o", advisory.RankOperator, 1, not, "*")
	ended.Supersedes, ended.Expires = []string{"A"}, day(3)
	listed := doc("A", "v", vendor, 1, aff, "4")
	listed.Statements[0].Default = advisory.DefaultUndeclared
	silent := doc("B", "o", advisory.RankOperator, 1, not, "*")
	silent.Statements[0].Where = fact("edition", "FIPS")
	built := doc("A", "v", vendor, 1, aff, "< 5")
	built.Statements[0].Where, built.Statements[0].Default = fact(advisory.FactBuild, "rhel:9"), advisory.DefaultNotAffected
	draft, other := doc("A", "v", vendor, 1, aff, "*"), doc("B", "w", vendor, 1, aff, "*")
	draft.State, draft.Vulnerabilities[0].Aliases = advisory.Draft, []string{"EX-1"}
	alone := doc("C", "x", vendor, 1, not, "*")
	alone.Vulnerabilities[0].ID = "EX-1"
	wider := two(advisory.Statement{Spans: all(not)}, advisory.Statement{Spans: span("6", "", aff), Where: fact("edition", "FIPS")})
	kept := two(advisory.Statement{Spans: span("3", "7", aff)}, advisory.Statement{Spans: span("4", "7", inv)})
	vague := doc("A", "v", vendor, 1, aff, "4")
	vague.Statements[0].Where, vague.Statements[0].Default = fact("edition", "FIPS"), advisory.DefaultUnknown

	for _, c := range []struct {
		name string
		docs []*advisory.Advisory
		in   match.Installation
		id   string
		want string
	}{
		{"a document that has ended replaces nothing", []*advisory.Advisory{doc("A", "v", vendor, 1, aff, "*"), ended}, match.Installation{Version: "1"}, "CVE-2099-7", "affected"},
		{"silence removes no doubt", []*advisory.Advisory{listed, silent}, match.Installation{Version: "1", FactsComplete: true}, "CVE-2099-7", "unknown (not_listed)"},
		{"a default about builds is none elsewhere", []*advisory.Advisory{built}, match.Installation{Version: "9", FactsComplete: true}, "CVE-2099-7", "no_statement (other_platform)"},
		{"the alias of a draft is none", []*advisory.Advisory{draft, other, alone}, match.Installation{Version: "1"}, "EX-1", "not_affected"},
		{"a narrower range that may be met", []*advisory.Advisory{wider}, match.Installation{}, "CVE-2099-7", "unknown (missing_condition)"},
		{"two that cannot tell", []*advisory.Advisory{kept}, match.Installation{}, "CVE-2099-7", "unknown (no_version)"},
		{"an unknown default under a condition", []*advisory.Advisory{vague}, match.Installation{Version: "1"}, "CVE-2099-7", "unknown (missing_condition)"},
	} {
		in := c.in
		in.Vendor, in.Product = "Example", "Gateway"
		v := ask(t, compile(t, c.docs...), match.AskOptions{At: day(5)}).Check(&in, c.id)
		assert.Equal(t, c.want, v.String(), c.name)
		if v.Status == advisory.Unknown {
			assert.True(t, v.MayBeAffected(), c.name)
		}
	}
}
