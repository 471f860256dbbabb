package match_test

import (
	"bytes"
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
	"github.com/affected-go/affected/purl/vers"
)

// A packager makes random documents about two packages, of the kinds that merged timelines
// take in and of those that they leave out.
type packager struct {
	questioner
	scheme    string // purl type
	versioned bool   // products are versions of a package as well
}

func (r packager) number() string { return fmt.Sprintf("%d.%d.%d", r.IntN(3), r.IntN(4), r.IntN(3)) }

// wild is an installed version: mostly one between or on the bounds, now and then another one.
func (r packager) wild() string {
	return pick(r.questioner, r.number(), r.number(), r.number(), r.number()+"-rc.1", r.number()+"+build", "1.2", "main", "2.x", "1!"+r.number(), "2024.1.3", "1.2024.1", "231.9161.38")
}

func (r packager) span() advisory.Span {
	s := advisory.Span{Status: advisory.Affected}
	if r.in(6) {
		s.Status = pick(r.questioner, advisory.NotAffected, advisory.Fixed, advisory.UnderInvestigation, advisory.Unknown)
	}
	from := r.number()
	if r.in(8) {
		from = fmt.Sprintf("202%d.%d.0", 3+r.IntN(3), r.IntN(3))
	}
	switch r.IntN(8) {
	case 0:
		s.Version = pick(r.questioner, from, from, "1.*", "main", "from a long time ago", from+" to 2.1.0 (with port 80 open)", from+" to 2.1.0 (for servers)")
	case 1:
		s.Bounded = true // all versions
	case 2:
		s.From = from
	case 3:
		s.From, s.Through = from, from[:strings.Index(from, ".")]+".3.9"
	case 4:
		s.Before = from
	default:
		s.From, s.Before = from[:strings.Index(from, ".")]+".0.0", pick(r.questioner, from[:strings.Index(from, ".")]+".2.1", from, "2.3.0")
	}
	if r.in(20) {
		s.Before = pick(r.questioner, "the patch of may", "2.0.0 (for Linux)")
	}
	return s
}

func (r packager) document(i int) *advisory.Advisory {
	a := &advisory.Advisory{ID: fmt.Sprintf("DOC-%d", i), Modified: time.Date(2024, 1, 1+r.IntN(3), 0, 0, 0, 0, time.UTC),
		Publisher: advisory.Publisher{Name: fmt.Sprintf("publisher %d", r.IntN(3)), Rank: pick(r.questioner, modelRanks...)}}
	if r.in(15) {
		a.Expires = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if r.in(15) {
		a.State = advisory.Rejected
	}
	for range 1 + r.IntN(2) {
		a.Vulnerabilities = append(a.Vulnerabilities, advisory.Vulnerability{ID: fmt.Sprintf("CVE-2024-%04d", r.IntN(6))})
	}
	for range 1 + r.IntN(2) {
		text := "pkg:" + r.scheme + "/" + pick(r.questioner, "left", "left", "right")
		if r.versioned && r.in(3) {
			text += "@" + r.number()
		}
		if r.in(6) {
			text += pick(r.questioner, "?distro=one", "?distro=two")
		} else if r.versioned && r.in(3) {
			text += "?vers=vers:" + r.scheme + "/%3C2.0.0"
		}
		a.Products = append(a.Products, advisory.Product{Vendor: "Acme", Name: pick(r.questioner, "left", "left", "Left Pro", "FortiOS"), PURLs: []string{text}})
		if p := &a.Products[len(a.Products)-1]; p.Name == "FortiOS" {
			p.Vendor = "Fortinet" // which the catalog knows, with its scheme and branches
		}
	}
	for range 1 + r.IntN(3) {
		s := advisory.Statement{Vulnerability: r.IntN(len(a.Vulnerabilities)), Products: []int{r.IntN(len(a.Products))},
			Default: pick(r.questioner, advisory.DefaultSilent, advisory.DefaultNotAffected, advisory.DefaultNotAffected,
				advisory.DefaultUndeclared, advisory.DefaultAffected, advisory.DefaultUnknown, advisory.DefaultComplete)}
		for range r.IntN(4) {
			s.Spans = append(s.Spans, r.span())
		}
		switch {
		case r.in(6):
			s.Where = r.where(a)
		case r.in(20):
			s.FixedBy = [][]string{{"HF1"}}
		}
		if r.in(6) {
			s.Remediations = []advisory.Remediation{{Category: "no_fix_planned"}}
		}
		a.Statements = append(a.Statements, s)
	}
	return a
}

// where limits a statement to a platform, by words, or to hosts with another product.
func (r packager) where(a *advisory.Advisory) advisory.Condition {
	switch r.IntN(6) {
	case 0:
		return advisory.Condition{Op: advisory.OpText, Text: "with port 80 open"}
	case 1:
		a.Products = append(a.Products, advisory.Product{Vendor: "Acme", Name: "Shield"})
		return advisory.Condition{Op: advisory.OpProduct, Product: len(a.Products) - 1, Relation: advisory.OnHost}
	case 2:
		return advisory.Condition{Op: advisory.OpNot, Of: []advisory.Condition{{Op: advisory.OpFact, Fact: "edition", Values: []string{"Basic"}}}}
	}
	return advisory.Condition{Op: advisory.OpFact, Fact: "platform", Values: []string{pick(r.questioner, "Linux", "Windows", "x64-based Systems")}}
}

// host makes a host, or the facts of the installation alone.
func (r packager) host(in *match.Installation) {
	if r.in(3) {
		in.Facts = match.Facts{"platform": pick(r.questioner, "Linux", "Windows Server 2019", "2019")}
		in.FactsComplete = r.in(3)
	}
	if r.in(20) {
		in.Facts = match.Facts{"build": "rhel:8"}
	}
	if r.in(3) {
		in.Host = &match.Host{Facts: match.Facts{"edition": pick(r.questioner, "Basic", "FIPS"), "platform_family": "Windows"}}
	}
	if in.Host != nil && r.in(2) {
		in.Host.Installations = []match.Installation{{Vendor: "Acme", Product: pick(r.questioner, "Shield", "Other"), Version: "1.0"}}
		in.Host.InstallationsComplete = r.in(2)
	}
	if r.in(5) {
		in.Met = map[string]vers.Truth{"with port 80 open": pick(r.questioner, vers.Yes, vers.No), "for servers": pick(r.questioner, vers.Yes, vers.No)}
	}
}

// TestMerged: merged timelines, which answer the usual question about packages, give the findings
// of the question about every status, in which they have no part; so do those of a loaded
// matcher. TestModel holds that question against a model.
func TestMerged(t *testing.T) {
	rounds := 1500
	if testing.Short() {
		rounds = 150
	}
	found, fixes := 0, 0
	for seed := range rounds {
		r := packager{questioner{rand.New(rand.NewPCG(uint64(seed), 24))}, []string{"npm", "pypi", "deb", "generic", "composer"}[seed%5], seed%7 == 0}
		var docs []*advisory.Advisory
		for i := range 1 + r.IntN(5) {
			docs = append(docs, r.document(i))
		}
		built, err := match.Compile(docs...)
		require.NoError(t, err)
		var file bytes.Buffer
		_, err = built.WriteTo(&file)
		require.NoError(t, err)
		loaded, err := match.Load(file.Bytes(), match.Options{})
		require.NoError(t, err)
		every, err := built.With(match.AskOptions{Want: 1<<advisory.Affected | 1<<advisory.UnderInvestigation | 1<<advisory.Unknown |
			1<<advisory.NotAffected | 1<<advisory.Fixed})
		require.NoError(t, err)
		for range 50 {
			text := "pkg:" + r.scheme + "/" + pick(r.questioner, "left", "left", "left", "right", "other")
			version := r.wild()
			if r.in(4) {
				version = ""
				text += "@" + r.number()
			}
			if r.in(4) {
				text += pick(r.questioner, "?distro=one", "?distro=two", "?arch=x64", "?distro=one&arch=x64")
			}
			u, _, err := purl.ParseLenient(text)
			require.NoError(t, err)
			in := match.Installation{PURL: u, Version: version}
			switch r.IntN(6) {
			case 0, 1:
				in = match.Installation{Vendor: "ACME Inc.", Product: pick(r.questioner, "left", "Left", "left pro"), Version: r.wild()}
			case 2:
				in = match.Installation{Vendor: "Fortinet", Product: "FortiOS", Version: r.wild()}
			}
			if r.in(2) {
				r.host(&in)
			}
			var want []match.Finding
			for f := range every.Findings(&in) {
				require.Equal(t, f.Verdict, built.Check(&in, f.Vulnerability), "seed %d, %s %s %s, %s", seed, text, in.Product, in.Version, f.Vulnerability)
				if !f.Verdict.Clear() {
					want = append(want, f)
				}
			}
			for name, m := range map[string]*match.Matcher{"built": built, "loaded": loaded} {
				got := m.Append(nil, &in)
				require.Equal(t, len(want), len(got), "seed %d, %s, %s %s %s: %v, not %v", seed, name, text, in.Product, in.Version, got, want)
				for i := range got {
					require.Equal(t, want[i].Vulnerability, got[i].Vulnerability, "seed %d, %s %s %s, %s", seed, text, in.Product, in.Version, name)
					require.Equal(t, want[i].Verdict, got[i].Verdict, "seed %d, %s %s %s, %s %s", seed, text, in.Product, in.Version, name, got[i].Vulnerability)
					require.Equal(t, want[i].Fix, got[i].Fix, "seed %d, %s %s %s, %s %s", seed, text, in.Product, in.Version, name, got[i].Vulnerability)
					require.Equal(t, want[i].Product+want[i].Level.String(), got[i].Product+got[i].Level.String(), "seed %d", seed)
					require.Equal(t, want[i].Remedies, got[i].Remedies)
					found++
					if got[i].Fix.IsVersion() {
						fixes++
					}
				}
			}
		}
	}
	require.Greater(t, found, rounds*5, "the questions find too little to show anything")
	require.Greater(t, fixes, rounds, "too few of them have a fix")
}

// A package that is known by more than its purl is asked about in full, and so is one under the
// caller's word.
func TestPackageAndMore(t *testing.T) {
	docs := []*advisory.Advisory{about("CVE-2099-1", advisory.Product{PURLs: []string{"pkg:npm/gate"}})}
	for i, p := range []advisory.Product{
		{Vendor: "Example", Name: "Gate"},
		{CPEs: []string{cpeOf("example:gate_js").String()}},
		{Serials: []string{"S*"}},
		{Vendor: "Example", Models: []string{"M*"}},
		{Vendor: "Example", SKUs: []string{"K*"}},
		{Hashes: []advisory.Hash{{Algorithm: "md5", Value: "ab"}}},
		{Tags: []string{"tag:x"}},
	} {
		docs = append(docs, about(fmt.Sprint("CVE-2099-", i+2), p))
	}
	image := about("CVE-2099-1", advisory.Product{Vendor: "Example", Name: "Image"})
	image.Statements[0].Spans[0].Status, image.Statements[0].Parts = advisory.NotAffected, true
	docs = append(docs, image)
	m := compile(t, docs...)
	gate := purl.MustParse("pkg:npm/gate@1.0.0")
	for _, c := range []struct {
		in   match.Installation
		want string
	}{
		{match.Installation{PURL: gate}, "CVE-2099-1 affected"},
		{match.Installation{PURL: gate, Vendor: "Example", Product: "Gate"}, "CVE-2099-1 affected, CVE-2099-2 affected"},
		{match.Installation{PURL: gate, CPE: cpeOf("example:gate_js:1.0.0")}, "CVE-2099-1 affected, CVE-2099-3 affected"},
		{match.Installation{PURL: gate, Serial: "S1"}, "CVE-2099-1 affected, CVE-2099-4 affected"},
		{match.Installation{PURL: gate, Vendor: "Example", Model: "M1"}, "CVE-2099-1 affected, CVE-2099-5 affected"},
		{match.Installation{PURL: gate, Vendor: "Example", SKU: "K1"}, "CVE-2099-1 affected, CVE-2099-6 affected"},
		{match.Installation{PURL: gate, Hashes: docs[6].Products[0].Hashes}, "CVE-2099-1 affected, CVE-2099-7 affected"},
		{match.Installation{PURL: gate, Tags: []string{"tag:x"}}, "CVE-2099-1 affected, CVE-2099-8 affected"},
		{match.Installation{PURL: gate, PartOf: []match.Installation{{Vendor: "Example", Product: "Image", Version: "1"}}}, "CVE-2099-1 unknown (conflict)"},
	} {
		var got []string
		for _, f := range m.Append(nil, &c.in) {
			got = append(got, f.Vulnerability+" "+f.Verdict.String())
			require.Equal(t, f.Verdict, m.Check(&c.in, f.Vulnerability))
		}
		require.Equal(t, c.want, strings.Join(got, ", "))
	}
	in := &match.Installation{PURL: gate}
	scope := match.Scope{Vulnerability: "CVE-2099-1"}
	for name, c := range map[string]struct {
		opt  match.AskOptions
		want int
	}{
		"a correction":      {match.AskOptions{Corrections: []match.Correction{{Scope: scope, Status: advisory.NotAffected, Source: "s"}}}, 0},
		"another status":    {match.AskOptions{Want: advisory.SetOf(advisory.NotAffected)}, 0},
		"an accepted risk":  {match.AskOptions{Accepted: []match.Acceptance{{Scope: scope}}}, 1},
		"a denial":          {match.AskOptions{Deny: []match.Denial{{Key: "example/gate", Vendor: "Example", Name: "Gate"}}}, 1},
		"ranks":             {match.AskOptions{Ranks: map[string]advisory.Rank{"p": advisory.RankVendor}}, 1},
		"nothing but usual": {match.AskOptions{}, 1},
	} {
		found := ask(t, m, c.opt).Append(nil, in)
		require.Len(t, found, c.want, name)
		for _, f := range found {
			require.Equal(t, name == "an accepted risk", f.Accepted != nil, name)
		}
	}
	// The caller's rank decides between documents.
	a, b := about("CVE-2099-1", advisory.Product{PURLs: []string{"pkg:npm/gate"}}), about("CVE-2099-1", advisory.Product{PURLs: []string{"pkg:npm/gate"}})
	b.ID, b.Publisher, b.Statements[0].Spans[0].Status = "B", advisory.Publisher{Name: "q", Rank: advisory.RankThirdParty}, advisory.NotAffected
	m = compile(t, a, b)
	require.Len(t, m.Append(nil, in), 1)
	require.Empty(t, ask(t, m, match.AskOptions{Ranks: map[string]advisory.Rank{"q": advisory.RankOperator}}).Append(nil, in))
}

// TestMergedTogether: merged timelines that several ask for at once, and that get their answers
// meanwhile, give everybody the same findings. It is for the race detector.
func TestMergedTogether(t *testing.T) {
	for seed := range 20 {
		r := packager{questioner{rand.New(rand.NewPCG(uint64(seed), 25))}, "npm", false}
		var docs []*advisory.Advisory
		for i := range 8 {
			docs = append(docs, r.document(i))
		}
		m, err := match.Compile(docs...)
		require.NoError(t, err)
		var questions []match.Installation
		for range 60 {
			in := match.Installation{PURL: purl.MustParse("pkg:npm/" + pick(r.questioner, "left", "right") + pick(r.questioner, "", "?distro=one")), Version: r.wild()}
			if r.in(3) {
				in = match.Installation{Vendor: "Acme", Product: "left", Version: r.wild()}
			}
			r.host(&in)
			questions = append(questions, in)
		}
		alone, err := match.Compile(docs...)
		require.NoError(t, err)
		var group sync.WaitGroup
		for g := range 6 {
			group.Go(func() {
				for i := range questions {
					in := &questions[(i*7+g*13)%len(questions)]
					assert.Equal(t, alone.Append(nil, in), m.Append(nil, in), "seed %d, %v", seed, in)
				}
			})
		}
		group.Wait()
	}
}

// TestMergedNamed: a version that a statement names by its text is what that statement says, also
// where the text is a version between other bounds ("5.1-19.2", CVE-2020-2972).
func TestMergedNamed(t *testing.T) {
	named := doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "5.1-19.2")
	other := doc("B", "v", advisory.RankVendor, 3, advisory.Affected, "< 19.2")
	other.Vulnerabilities[0].ID = "CVE-2099-8"
	m := compile(t, named, other)
	for _, version := range []string{"5.1", "5.1-19.2", "5.2", "5.1-19.2", "19.2", "5.1-19.3"} {
		in := &match.Installation{Vendor: "Example", Product: "Gateway", Version: version}
		for _, id := range []string{"CVE-2099-7", "CVE-2099-8"} {
			want := "affected"
			switch {
			case id == "CVE-2099-7" && version != "5.1-19.2":
				want = "unknown (bad_range)"
			case id == "CVE-2099-8" && version == "19.2":
				want = "no_statement (version_not_named)"
			}
			assert.Equal(t, want, verdict(t, m, in, id), "%s %s", version, id)
		}
	}
}
