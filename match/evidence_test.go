package match_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
)

// TestEvidenceFacts: what the evidence says beside the decision, one fact each.
func TestEvidenceFacts(t *testing.T) {
	// The product is named as the document names it: by its names, else by an identifier.
	for want, p := range map[string]advisory.Product{
		"Example | Gateway":   {Vendor: "Example", Name: "Gateway", ID: "P1", Tags: []string{"tag:x"}},
		" | Gateway":          {Name: "Gateway", Tags: []string{"tag:x"}},
		"Example | ":          {Vendor: "Example", Tags: []string{"tag:x"}},
		"pkg:npm/gate":        {PURLs: []string{"pkg:npm/gate"}, CPEs: []string{cpeOf("example:gate").String()}, Tags: []string{"tag:x"}},
		cpeOf("a:b").String(): {CPEs: []string{cpeOf("a:b").String()}, ID: "P1", Tags: []string{"tag:x"}},
		"P1":                  {ID: "P1", Tags: []string{"tag:x"}},
	} {
		e := compile(t, about("CVE-2099-1", p)).Explain(&match.Installation{Version: "1.0", Tags: []string{"tag:x"}}, "CVE-2099-1")
		if assert.Len(t, e.Claims, 1, want) {
			assert.Equal(t, want, e.Claims[0].Product)
		}
	}

	// The list of patches is told where the inventory has one.
	m := compile(t, doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*"))
	for want, host := range map[string]*match.Host{
		"":         {ID: "a"},
		"none":     {Patches: []string{"EX1"}},
		"partial":  {PatchList: match.SomePatches},
		"complete": {PatchList: match.CompletePatches, Patches: []string{"EX1"}},
	} {
		in := *gateway
		in.Host = host
		assert.Equal(t, want, m.Explain(&in, "CVE-2099-7").Installation.PatchList)
	}

	// A word of the caller that is not used is told with the reason, where it is about the question.
	for _, c := range []struct {
		word match.Correction
		want string
	}{
		{match.Correction{Author: "x", Status: advisory.Fixed}, "cites no source"},
		{match.Correction{Author: "x", Status: advisory.Fixed, Scope: match.Scope{Vulnerability: "CVE-2099-7"}}, "cites no source"},
		{match.Correction{Author: "x", Status: advisory.Fixed, Scope: match.Scope{Vulnerability: "CVE-2099-8"}}, ""},
		{match.Correction{Author: "x", Status: advisory.Fixed, Source: "s", Until: day(9)}, "no date was asked for"},
	} {
		text := ask(t, m, match.AskOptions{Corrections: []match.Correction{c.word}}).Explain(gateway, "CVE-2099-7").String()
		if c.want == "" {
			assert.NotContains(t, text, "not used")
		} else {
			assert.Contains(t, text, c.want)
		}
	}
	ended := ask(t, m, match.AskOptions{At: day(9), Corrections: []match.Correction{{Author: "x", Status: advisory.Fixed, Source: "s", Until: day(9)}}})
	assert.Contains(t, ended.Explain(gateway, "CVE-2099-7").String(), "it ended on 2026-01-09")
}

// TestEvidenceText: lines of the text that are there only where they say something.
func TestEvidenceText(t *testing.T) {
	a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*")
	b := doc("B", "w", advisory.RankThirdParty, 1, advisory.NotAffected, "*")
	b.Revision = "1.2"
	withdrawn := *b
	withdrawn.ID, withdrawn.Withdrawn = "C", day(3)
	for _, c := range []struct {
		docs  []*advisory.Advisory
		in    match.Installation
		has   []string
		lacks []string
	}{
		{[]*advisory.Advisory{a}, *gateway, []string{"says         affected\n", "document     A, published by v (vendor), 2026-01-01\n"}, []string{"settled by", "revision", "may be", "dropped", " (0)"}},
		{[]*advisory.Advisory{a, b}, *gateway, []string{"settled by   rank\n", "revision 1.2, 2026-01-01"}, []string{"may be"}},
		{[]*advisory.Advisory{a, &withdrawn}, *gateway, []string{"dropped      withdrawn\n", "settled by   dropped\n"}, []string{"says         not_affected"}},
		{[]*advisory.Advisory{a, a}, *gateway, nil, []string{"settled by"}},
		{[]*advisory.Advisory{doc("D", "v", advisory.RankVendor, 1, advisory.Affected, "see page 7")}, *gateway,
			[]string{"may be       no_statement or affected\n", "says         unknown (bad_range), may be no_statement or affected\n"}, nil},
		{[]*advisory.Advisory{a}, match.Installation{Vendor: "Nobody", Product: "x"}, []string{"product      unrecognized: nobody/x ("}, nil},
		{[]*advisory.Advisory{a}, match.Installation{Serial: "1"}, []string{"product      unrecognized\n", "no loaded statement names the product"}, nil},
	} {
		text := compile(t, c.docs...).Explain(&c.in, "CVE-2099-7").String()
		for _, want := range c.has {
			assert.Contains(t, text, want)
		}
		for _, not := range c.lacks {
			assert.NotContains(t, text, not)
		}
	}
}

// TestEvidenceCitation: what is cited stands once for all evidence, and evidence that was written as
// JSON reads back with it.
func TestEvidenceCitation(t *testing.T) {
	m := compile(t, doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "< 2"))
	e, other := m.Explain(gateway, "CVE-2099-7"), m.Explain(&match.Installation{Vendor: gateway.Vendor, Product: gateway.Product, Version: "7"}, "CVE-2099-7")
	require.Len(t, e.Claims, 1)
	assert.Same(t, e.Claims[0].Citation, other.Claims[0].Citation)
	assert.Equal(t, "A", e.Claims[0].Document)

	text, err := json.Marshal(e)
	require.NoError(t, err)
	var back match.Evidence
	require.NoError(t, json.Unmarshal(text, &back))
	back.Verdict = e.Verdict // which is in its parts
	assert.Equal(t, e.String(), back.String())
	again, err := json.Marshal(back)
	require.NoError(t, err)
	assert.JSONEq(t, string(text), string(again))
	assert.NotPanics(t, func() { _ = match.Evidence{Claims: make([]match.Claim, 1)}.String() })
}

// TestEvidenceApart: who appends to a list of evidence, which all evidence shares, changes no other.
func TestEvidenceApart(t *testing.T) {
	a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "< 2")
	for _, text := range []string{"one", "two", "three"} {
		a.Statements[0].Remediations = append(a.Statements[0].Remediations, advisory.Remediation{Category: "workaround", Text: text})
	}
	m := compile(t, a)
	in := &match.Installation{Vendor: gateway.Vendor, Product: gateway.Product, Version: "1"}
	ours, theirs := m.Explain(in, "CVE-2099-7"), m.Explain(in, "CVE-2099-7")
	require.Len(t, ours.Remediations, 3)
	mine, other := append(ours.Remediations, "ours"), append(theirs.Remediations, "theirs")
	assert.Equal(t, "ours", mine[3])
	assert.Equal(t, "theirs", other[3])
}

// TestExplainTo: evidence that is used again says what new evidence says, whatever it said before.
func TestExplainTo(t *testing.T) {
	used, claims := match.Evidence{Claims: make([]match.Claim, 2, 9)}, 0
	for seed := range 60 {
		r := packager{questioner{rand.New(rand.NewPCG(uint64(seed), 27))}, []string{"npm", "pypi", "deb"}[seed%3], seed%7 == 0}
		m := compile(t, r.document(0), r.document(1), r.document(2))
		for range 10 {
			u, _, err := purl.ParseLenient("pkg:" + r.scheme + "/left")
			require.NoError(t, err)
			in := &match.Installation{PURL: u, Version: r.wild()}
			if r.in(2) {
				in = &match.Installation{Vendor: "Acme", Product: "left", Version: r.wild(), Tags: []string{"t"}}
			}
			if r.in(3) {
				r.host(in)
			}
			for id := range m.Vulnerabilities() {
				want := m.Explain(in, id)
				m.ExplainTo(&used, in, id)
				got := used
				if len(want.Claims) == 0 {
					got.Claims = nil
				}
				require.Equal(t, want, got, "seed %d, %+v, %s", seed, *in, id)
				claims = max(claims, len(want.Claims))
			}
		}
	}
	require.Greater(t, claims, 2)

	m := compile(t, doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "< 2"))
	in := &match.Installation{Vendor: gateway.Vendor, Product: gateway.Product, Version: "1"}
	m.ExplainTo(&used, in, "CVE-2099-7")
	first := &used.Claims[0]
	m.ExplainTo(&used, in, "CVE-2099-7")
	assert.Same(t, first, &used.Claims[0], "no new memory")
	if !raceEnabled {
		anew := testing.AllocsPerRun(100, func() { _ = m.Explain(in, "CVE-2099-7") })
		assert.Less(t, testing.AllocsPerRun(100, func() { m.ExplainTo(&used, in, "CVE-2099-7") }), anew)
	}
	assert.Equal(t, advisory.Affected, used.Status)
}
