package match_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/vers"
)

// TestWaysKept: evidence says the same whatever was asked before, though the ways out are kept.
func TestWaysKept(t *testing.T) {
	rounds := 300
	if testing.Short() {
		rounds = 60
	}
	fixes, branches, several := 0, 0, 0
	for seed := range rounds {
		r := packager{questioner{rand.New(rand.NewPCG(uint64(seed), 26))}, []string{"npm", "pypi", "deb", "generic", "composer"}[seed%5], seed%7 == 0}
		var docs []*advisory.Advisory
		for i := range 1 + r.IntN(4) {
			docs = append(docs, r.document(i))
		}
		asked := compile(t, docs...)
		for range 40 {
			u, _, err := purl.ParseLenient("pkg:" + r.scheme + "/left" + pick(r.questioner, "", "", "?distro=one"))
			require.NoError(t, err)
			in := &match.Installation{PURL: u, Version: r.wild()}
			switch r.IntN(5) {
			case 0, 1:
				in = &match.Installation{Vendor: "Acme", Product: "left", Version: r.wild()}
			case 2, 3:
				in = &match.Installation{Vendor: "Fortinet", Product: "FortiOS", Version: r.wild()}
			case 4:
				in.CPE = cpeOf("acme:left:" + r.number())
			}
			if r.in(3) {
				r.host(in)
			}
			if in.Host != nil && r.in(2) {
				in.Host.Patches, in.Host.PatchList = pick(r.questioner, []string{"HF1"}, nil), match.CompletePatches
			}
			opt := pick(r.questioner, match.AskOptions{}, match.AskOptions{}, match.AskOptions{At: day(10)},
				match.AskOptions{Ranks: map[string]advisory.Rank{"publisher 1": advisory.RankOperator}},
				match.AskOptions{Corrections: []match.Correction{{Scope: match.Scope{Vulnerability: "CVE-2024-0001"}, Status: advisory.Affected, Author: "a", Source: "s"}}},
				match.AskOptions{Deny: []match.Denial{{Key: "fortinet/fortios", Vendor: "Fortinet", Name: "FortiOS"}}})
			fresh := ask(t, compile(t, docs...), opt)
			for id := range asked.Vulnerabilities() {
				want, got := fresh.Explain(in, id), ask(t, asked, opt).Explain(in, id)
				require.Equal(t, want, got, "seed %d, %+v, %s", seed, *in, id)
				if got.Fix != "" && got.Fix != "-" {
					fixes++
				}
				if len(got.Branches) > 1 {
					branches++
				}
				if len(got.Claims) > 1 {
					several++
				}
			}
		}
	}
	require.Greater(t, min(fixes, branches, several), rounds, "too few of the questions show anything: %d %d %d", fixes, branches, several)
}

// TestWaysApart: what is kept of one question is not taken for another one to which something else
// applies.
func TestWaysApart(t *testing.T) {
	spans := func(a *advisory.Advisory, list ...advisory.Span) *advisory.Advisory {
		a.Statements[0].Default, a.Statements[0].Spans = advisory.DefaultNotAffected, list
		return a
	}
	span := func(from, before string, status advisory.Status) advisory.Span {
		return advisory.Span{From: from, Before: before, Status: status}
	}
	vendors := func(list ...advisory.Span) *advisory.Advisory {
		return spans(doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "*"), list...)
	}
	operators := func(list ...advisory.Span) *advisory.Advisory {
		return spans(doc("B", "o", advisory.RankOperator, 3, advisory.Affected, "*"), list...)
	}
	version := func(text string) match.Installation {
		return match.Installation{Vendor: "Example", Product: "Gateway", Version: text}
	}
	deb := func(text string) match.Installation {
		return match.Installation{PURL: purl.MustParse("pkg:deb/debian/gateway"), Version: text}
	}
	epochs := vendors(span("1", "1:9", advisory.Affected))
	epochs.Products[0].PURLs = []string{"pkg:deb/debian/gateway"}
	ending := operators(span("1.8", "", advisory.Fixed))
	ending.Statements[0].Default, ending.Expires = advisory.DefaultSilent, day(20)
	image := vendors(span("", "2.0", advisory.Affected))
	image.Statements[0].Parts = true
	part := match.Installation{Vendor: "Example", Product: "Screen", Version: "1.0", PartOf: []match.Installation{version("1.5")}}
	words := vendors(span("", "2.0", advisory.Affected), advisory.Span{Version: "2.0 to 3.0 (for servers)", Status: advisory.Fixed})
	server, desk := version("1.5"), version("1.5")
	server.Met, desk.Met = map[string]vers.Truth{"for servers": vers.Yes}, map[string]vers.Truth{"for servers": vers.No}
	for name, c := range map[string]struct {
		docs []*advisory.Advisory
		in   []match.Installation
		at   []int
		want []string
	}{
		"another place in what the operator says": {
			docs: []*advisory.Advisory{vendors(span("1.0", "5.0", advisory.Affected)), operators(span("1.0", "2.0", advisory.Affected),
				span("2.0", "3.0", advisory.Fixed), span("3.0", "6.0", advisory.Affected), span("6.0", "", advisory.Fixed))},
			in: []match.Installation{version("1.5"), version("3.5")}, want: []string{"2.0", "6.0"},
		},
		"another branch of one name": {docs: []*advisory.Advisory{epochs}, in: []match.Installation{deb("1.5"), deb("1:1.5")}},
		"a part of the product":      {docs: []*advisory.Advisory{image}, in: []match.Installation{version("1.5"), part}, want: []string{"2.0", ""}},
		"the product and its part":   {docs: []*advisory.Advisory{image}, in: []match.Installation{part, version("1.5")}, want: []string{"", "2.0"}},
		"words that are not met":     {docs: []*advisory.Advisory{words}, in: []match.Installation{server, desk}, want: []string{"2.0", "after 3.0"}},
		"a document that has an end": {docs: []*advisory.Advisory{vendors(span("", "2.0", advisory.Affected)), ending}, in: []match.Installation{version("1.5"), version("1.6")}, at: []int{10, 25}, want: []string{"1.8", "2.0"}},
	} {
		asked := compile(t, c.docs...)
		for i := range c.in {
			opt := match.AskOptions{}
			if c.at != nil {
				opt.At = day(c.at[i])
			}
			e := ask(t, asked, opt).Explain(&c.in[i], "CVE-2099-7")
			assert.Equal(t, ask(t, compile(t, c.docs...), opt).Explain(&c.in[i], "CVE-2099-7"), e, name)
			if c.want != nil {
				assert.Equal(t, c.want[i], e.Fix, "%s: %s", name, e)
			}
		}
	}
}

// A CPE name with a version that the statement names tells nothing about the version of a fix.
func TestFixOfNamedRelease(t *testing.T) {
	var docs []*advisory.Advisory
	for _, id := range []string{"A", "B"} {
		a := doc(id, "v", advisory.RankVendor, 3, advisory.Affected, "*")
		a.Products[0].CPEs = []string{cpeOf("example:gateway").String()}
		a.Statements[0].Default = advisory.DefaultNotAffected
		a.Statements[0].Spans = []advisory.Span{{Version: "1.0", Hint: advisory.HintCPE, Status: advisory.Affected},
			{From: "1.5", Before: "2.0", Status: advisory.Affected}}
		docs = append(docs, a)
	}
	for _, n := range []int{1, 2} {
		f := compile(t, docs[:n]...).Finding(&match.Installation{CPE: cpeOf("example:gateway:1.0")}, "CVE-2099-7")
		assert.Equal(t, "affected 2.0", f.Verdict.String()+" "+f.Fix.String())
	}
}

// Where nobody knows about the installed branch, evidence tells the fixes on the next ones.
func TestNextBranchesOfEvidence(t *testing.T) {
	a := doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "*")
	a.Statements[0].Spans = []advisory.Span{{From: "1.0", Through: "1.5", Status: advisory.Affected}, {From: "2.0", Before: "2.3", Status: advisory.Affected},
		{From: "2.3", Before: "3.0", Status: advisory.Fixed}}
	m := compile(t, a)
	in := &match.Installation{Vendor: "Example", Product: "Gateway", Version: "1.2"}
	for range 2 { // the second time they are kept
		fixes, e := m.Fixes(in, "CVE-2099-7"), m.Explain(in, "CVE-2099-7")
		require.Equal(t, match.FixUnknown, fixes.Installed.Fix.Kind, "%v", fixes)
		require.NotEmpty(t, fixes.Next)
		assert.Empty(t, e.Fix)
		assert.Equal(t, len(fixes.Next)+1, len(e.Branches), "%v", e.Branches)
		assert.Contains(t, e.Branches[1], "2.3")
	}
}
