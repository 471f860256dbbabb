package match_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/vers"
)

// saying makes a document about the gateway and a vulnerability by its number. Versions are "*", or
// bounds: "< 2.0", "<= 2.0", "1.0 <= 2.0".
func saying(n int, status advisory.Status, versions ...string) *advisory.Advisory {
	a := doc(fmt.Sprint("D-", n, versions), "v", advisory.RankVendor, 3, status, "")
	a.Vulnerabilities[0].ID = fmt.Sprint("CVE-2099-", n)
	a.Statements[0].Spans = nil
	for _, text := range versions {
		s := advisory.Span{Version: text, Status: status}
		if from, to, ok := strings.Cut(text, "<= "); ok {
			s = advisory.Span{From: strings.TrimSpace(from), Through: to, Status: status}
		} else if from, to, ok := strings.Cut(text, "< "); ok {
			s = advisory.Span{From: strings.TrimSpace(from), Before: to, Status: status}
		}
		a.Statements[0].Spans = append(a.Statements[0].Spans, s)
	}
	return a
}

func hinted(a *advisory.Advisory, hint string) *advisory.Advisory {
	for i := range a.Statements[0].Spans {
		a.Statements[0].Spans[i].Hint = hint
	}
	return a
}

func gatewayAt(version string) *match.Installation {
	return &match.Installation{Vendor: "Example", Product: "Gateway", Version: version}
}

// formOf asks about versions of the gateway, and returns the one merged timeline that comes of it.
func formOf(t *testing.T, docs []*advisory.Advisory, versions ...string) match.MergedForm {
	t.Helper()
	m := compile(t, docs...)
	var ids []string
	for id := range m.Vulnerabilities() {
		ids = append(ids, id)
	}
	for _, version := range versions {
		assertMerged(t, m, gatewayAt(version), ids...)
	}
	list := match.MergedForms(m, gatewayAt(versions[0]))
	require.Len(t, list, 1)
	return list[0]
}

// TestMergedLayers: statements share a layer when they read a version in one way: with one scheme, and
// with as many of its numbers. One that leaves fewer may join those of a vulnerability that are mixed anyway.
func TestMergedLayers(t *testing.T) {
	const a = advisory.Affected
	few, more, all := "<= 2.3.4", "<= 2.3.4.5", "<= 2.3.4.5.6"
	for name, c := range map[string]struct {
		docs    []*advisory.Advisory
		layers  []int
		numbers []int
		mixed   []bool
	}{
		"one way":          {[]*advisory.Advisory{saying(1, a, "< 2.0"), saying(2, a, "< 3.0"), saying(3, a, "< 2.0", "3.0 <= 3.2")}, []int{0, 0, 0}, []int{0}, []bool{false}},
		"other numbers":    {[]*advisory.Advisory{saying(1, a, few), saying(2, a, more), saying(3, a, few)}, []int{0, 1, 0}, []int{3, 4}, []bool{false, false}},
		"two documents":    {[]*advisory.Advisory{saying(1, a, few), saying(1, a, "<= 2.3.6")}, []int{0}, []int{3}, []bool{false}},
		"mixed":            {[]*advisory.Advisory{saying(1, a, few), saying(1, a, more), saying(2, a, few)}, []int{0, 1}, []int{3, 3}, []bool{true, false}},
		"mixed with fewer": {[]*advisory.Advisory{saying(1, a, more), saying(1, a, all), saying(2, a, all), saying(2, a, few)}, []int{0, 0}, []int{3}, []bool{true}},
		"mixed with more":  {[]*advisory.Advisory{saying(1, a, few), saying(1, a, all), saying(2, a, all), saying(2, a, more)}, []int{0, 0}, []int{3}, []bool{true}},
		"other schemes":    {[]*advisory.Advisory{saying(1, a, few), hinted(saying(2, a, few), "rpm"), hinted(saying(3, a, few), "rpm")}, []int{0, 1, 1}, []int{3, 0}, []bool{false, false}},
		"two schemes":      {[]*advisory.Advisory{saying(1, a, few), hinted(saying(1, a, few), "rpm")}, []int{-1}, nil, nil},
		"all, and some":    {[]*advisory.Advisory{saying(1, a, "*"), saying(1, a, few)}, []int{0}, []int{3}, []bool{true}},
		"no more than six": {seven(), []int{0, 1, 2, 3, 4, 5, -1}, []int{3, 4, 5, 6, 7, 8}, make([]bool, 6)},
	} {
		form := formOf(t, c.docs, "2.3.4", "2.3.4.6", "2.3.4.5.7", "2.3.5", "2.2")
		assert.Equal(t, c.layers, form.Layers, name)
		assert.Equal(t, c.numbers, form.Numbers, name)
		assert.Equal(t, c.mixed, form.Mixed, name)
	}
}

// seven is statements that read a version in seven ways.
func seven() (docs []*advisory.Advisory) {
	bound := "<= 2.3"
	for n := range 7 {
		bound += ".4"
		docs = append(docs, saying(n+1, advisory.Affected, bound))
	}
	return docs
}

// TestMergedUnordered: where nobody knows the order of the versions, what is said is one for all.
func TestMergedUnordered(t *testing.T) {
	b := match.NewBuilder(match.Options{Catalog: gatewayOfMine(t)}) // without the scheme
	require.NoError(t, b.Add(saying(1, advisory.Affected, "< 2.0")))
	require.NoError(t, b.Add(saying(2, advisory.Affected, "*")))
	m, err := b.Build()
	require.NoError(t, err)
	for _, version := range []string{"1.5", "2.5"} {
		assertMerged(t, m, gatewayAt(version), "CVE-2099-1", "CVE-2099-2")
	}
	list := match.MergedForms(m, gateway)
	require.Len(t, list, 1)
	assert.Equal(t, []int{match.AnyVersion, match.AnyVersion}, list[0].Layers)
	assert.Equal(t, 2, list[0].Answers)
}

// TestMergedAlone: where patches decide, or the date of the question, the version does not.
func TestMergedAlone(t *testing.T) {
	plain, replaced, newer := saying(1, advisory.Affected, "< 2.0"), saying(2, advisory.Affected, "< 2.0"), saying(3, advisory.Affected, "< 2.0")
	newer.Supersedes, newer.Expires = []string{replaced.ID}, day(20)
	ending, patched := saying(4, advisory.Affected, "< 2.0"), saying(5, advisory.Affected, "< 2.0")
	ending.Expires, patched.Statements[0].FixedBy = day(20), [][]string{{"HF1"}}
	form := formOf(t, []*advisory.Advisory{plain, replaced, newer, ending, patched}, "1.5", "2.5")
	assert.Equal(t, []bool{true, false, false, false, false}, form.Alone)
	assert.Equal(t, []int{0, -1, -1, -1, -1}, form.Layers)
}

// TestMergedWords: where the caller judges words, answers that hang on none are those of everybody.
func TestMergedWords(t *testing.T) {
	words := saying(2, advisory.Affected, "< 2.0")
	words.Statements[0].Where = advisory.Condition{Op: advisory.OpText, Text: "with port 80 open"}
	spans := saying(3, advisory.Affected)
	spans.Statements[0].Spans = []advisory.Span{{Before: "2.0 (for Linux)", Status: advisory.Affected}}
	m := compile(t, saying(1, advisory.Affected, "< 2.0"), words, spans)
	for range 2 {
		for _, met := range []map[string]vers.Truth{nil, {"with port 80 open": vers.No}, {"for Linux": vers.No}, {"for Linux": vers.Yes, "with port 80 open": vers.Yes}} {
			for _, version := range []string{"1.5", "2.5"} {
				in := gatewayAt(version)
				in.Met = met
				assertMerged(t, m, in, "CVE-2099-1", "CVE-2099-2", "CVE-2099-3")
			}
		}
	}
	form := match.MergedForms(m, gateway)
	require.Len(t, form, 1)
	assert.Equal(t, []bool{false, true}, form[0].NoWords[:2])
}

// TestMergedPieces: where no branch of the version decides on the fix, what is found between two
// bounds is found once, and equal answers of neighbors are one.
func TestMergedPieces(t *testing.T) {
	const a, ui = advisory.Affected, advisory.UnderInvestigation
	branch := saying(1, a, "10.2.0 < 10.2.9")
	beside := saying(1, a, "< 10.2.9")
	branch.Statements[0].Default, beside.Statements[0].Default = advisory.DefaultNotAffected, advisory.DefaultNotAffected
	for name, c := range map[string]struct {
		docs               []*advisory.Advisory
		versions           []string
		answers, undecided int
	}{
		"below a bound":    {[]*advisory.Advisory{saying(1, a, "< 2.0")}, []string{"1.5", "2.5", "1.6"}, 1, 0},
		"on a branch":      {[]*advisory.Advisory{branch}, []string{"10.2.3", "10.2.10", "10.2.4"}, 1, 0},
		"beside a branch":  {[]*advisory.Advisory{beside, branch}, []string{"10.1.3", "10.2.10"}, 1, 0},
		"all versions":     {[]*advisory.Advisory{saying(1, a, "*")}, []string{"1.5", "2.5"}, 1, 0},
		"a bound in words": {[]*advisory.Advisory{saying(1, a, "before the patch of may")}, []string{"1.5", "2.5"}, 1, 0},
		"two neighbors":    {[]*advisory.Advisory{saying(1, ui, "<= 1.0", "1.0 <= 2.0")}, []string{"0.5", "1.5", "2.5"}, 1, 0},
		"the third":        {[]*advisory.Advisory{saying(1, a, "< 1.0"), saying(2, a, "< 1.0"), saying(3, ui, "<= 1.0", "1.0 <= 2.0")}, []string{"0.5", "1.5"}, 3, 0},
	} {
		form := formOf(t, c.docs, c.versions...)
		assert.Equal(t, c.answers, form.Answers, name)
		assert.Equal(t, c.undecided, form.Undecided, name)
		assert.Zero(t, form.Open, name)
	}
}

// TestMergedCells: what is found for the versions between two bounds is kept, once for each place in
// the layers; and for a version where more than its place decides.
func TestMergedCells(t *testing.T) {
	var one, two []*advisory.Advisory
	var versions []string
	for n := range 8 {
		one = append(one, saying(n+1, advisory.Affected, fmt.Sprintf("< %d.0", n+2)))
		versions = append(versions, fmt.Sprintf("%d.5", n+1), fmt.Sprintf("%d.6", n+1))
	}
	form := formOf(t, one, versions...)
	assert.Equal(t, 8, form.Cells)
	assert.Zero(t, form.Versions)
	assert.Zero(t, form.Open)

	// Places in two layers.
	for n := range 4 {
		two = append(two, saying(n+1, advisory.Affected, fmt.Sprintf("< 2.%d.0", n+2)), saying(n+5, advisory.Affected, fmt.Sprintf("< 2.0.0.%d", n+2)))
	}
	form = formOf(t, two, "2.0.0.1", "2.0.0.2", "2.0.0.3", "2.0.0.4")
	assert.Equal(t, 4, form.Cells)

	// A version that counts in another way than a bound has a cell of its own, and so has one whose
	// branch decides on the fix.
	branches := saying(1, advisory.Affected)
	branches.Statements[0].Spans = []advisory.Span{{From: "10.1.0", Before: "10.1.5", Status: advisory.Affected}, {From: "10.2.0", Before: "10.3.0", Status: advisory.Affected}}
	for name, c := range map[string]struct {
		docs     []*advisory.Advisory
		versions []string
		kept     int
	}{
		"years":    {[]*advisory.Advisory{saying(1, advisory.Affected, "< 24.1")}, []string{"2024.1", "2023.3", "24.0.1", "23.2.1"}, 2},
		"branches": {[]*advisory.Advisory{branches}, []string{"10.2.3", "10.2.4", "10.1.2"}, 3},
	} {
		form := formOf(t, c.docs, c.versions...)
		assert.Equal(t, c.kept, form.Versions, name)
		assert.Zero(t, form.StillOpen, name)
	}
}

// TestMergedCounts: a version that counts in another way than the bounds is not cleared by its place.
func TestMergedCounts(t *testing.T) {
	for _, first := range []string{"2024.1", "24.0"} {
		below, above, both := saying(1, advisory.Affected, "< 24.1"), saying(2, advisory.Affected, "< 2024.1"), saying(3, advisory.Affected, "< 24.1", "2023.1 <= 2023.3")
		for _, a := range []*advisory.Advisory{below, above, both} {
			a.Statements[0].Default = advisory.DefaultNotAffected
		}
		also := saying(1, advisory.Affected, "< 23.1")
		m := compile(t, below, above, both, also, saying(4, advisory.Affected, "*"))
		for _, version := range []string{first, "2024.2", "24.2", "24.0", "2023.2", "2023.4", "22.9", "2025"} {
			assertMerged(t, m, gatewayAt(version), "CVE-2099-1", "CVE-2099-2", "CVE-2099-3", "CVE-2099-4")
		}
	}
	assert.Equal(t, "unknown (bad_version)", verdict(t, compile(t, saying(1, advisory.Affected, "< 24.1")), gatewayAt("2024.1"), "CVE-2099-1"))
}

// TestMergedRoom: there are bounds to what is kept, and no answer hangs on them.
func TestMergedRoom(t *testing.T) {
	for _, open := range []int{0, 150} {
		var docs []*advisory.Advisory
		for n := range 150 {
			docs = append(docs, saying(n+1, advisory.Affected, fmt.Sprintf("< %d.0", n+2)))
		}
		for n := range open {
			patched := saying(n+151, advisory.Affected, "*")
			patched.Statements[0].FixedBy = [][]string{{"HF1"}}
			docs = append(docs, patched)
		}
		docs = append(docs, saying(301, advisory.Affected, "*"))
		for n := range 150 - open { // findings that are the same for all
			docs = append(docs, saying(302+n, advisory.Affected, "*"))
		}
		m := compile(t, docs...)
		for range 2 {
			for n := range 151 {
				require.Len(t, m.Append(nil, gatewayAt(fmt.Sprintf("%d.5", n+1))), 150-n+151)
			}
		}
		form := match.MergedForms(m, gateway)
		require.Len(t, form, 1)
		assert.LessOrEqual(t, form[0].Held, match.MaxHeld)
		assert.Greater(t, form[0].Held, match.MaxHeld-400)
		assert.Equal(t, form[0].Cells*open, form[0].Open)
	}
}

// TestMergedVersions: more versions of a product than are kept are answered as the others.
func TestMergedVersions(t *testing.T) {
	m := compile(t, saying(1, advisory.Affected, "< 24.1"), saying(2, advisory.Affected, "< 2.0"))
	for range 2 {
		for n := range 300 {
			assertMerged(t, m, gatewayAt(fmt.Sprint("2024.", n)), "CVE-2099-1", "CVE-2099-2")
		}
	}
	assert.LessOrEqual(t, match.MergedForms(m, gateway)[0].Versions, 128)
	assert.Greater(t, match.MergedForms(m, gateway)[0].Versions, 64)
}

// TestMergedVariants: there is one merged timeline for what is known of the facts that statements ask for,
// for each name, and for the qualifiers of a purl where they count, up to a bound; beyond it the answers
// are the same.
func TestMergedVariants(t *testing.T) {
	on := saying(1, advisory.Affected, "< 2.0")
	on.Statements[0].Where = advisory.Condition{Op: advisory.OpFact, Fact: "platform", Values: []string{"System 7"}}
	m := compile(t, on)
	for range 2 {
		for n := range match.MaxVariants + 4 {
			in := gatewayAt("1.5")
			in.Facts = match.Facts{"platform": fmt.Sprint("System ", n)}
			assertMerged(t, m, in, "CVE-2099-1")
		}
	}
	assert.Len(t, match.MergedForms(m, gateway), match.MaxVariants)

	m = compile(t, on)
	for range 3 {
		for _, facts := range []match.Facts{nil, {"platform": "System 7"}, {"platform": "System 7", "edition": "Basic"}} {
			in := gatewayAt("1.5")
			in.Facts = facts
			assertMerged(t, m, in, "CVE-2099-1")
		}
	}
	assert.Len(t, match.MergedForms(m, gateway), 2)

	name, pack := saying(1, advisory.Affected, "< 2.0"), saying(2, advisory.Affected, "< 2.0")
	pack.Products[0] = advisory.Product{PURLs: []string{"pkg:npm/gate"}}
	m = compile(t, name, pack)
	gate := &match.Installation{PURL: purl.MustParse("pkg:npm/gate@1.0.0")}
	for range 2 {
		for _, in := range []*match.Installation{gate, gateway, {Vendor: "Example", Product: "Other", Version: "1"}, {PURL: purl.MustParse("pkg:npm/gate@1.0.0?arch=x64")}} {
			assertMerged(t, m, in, "CVE-2099-1", "CVE-2099-2")
		}
	}
	for _, in := range []*match.Installation{gate, gateway} {
		list := match.MergedForms(m, in)
		require.Len(t, list, 1)
		assert.Equal(t, []int{0}, list[0].Layers)
	}
}

// TestMergedDenied: what a view denies is not found in it, and is in the others.
func TestMergedDenied(t *testing.T) {
	m := compile(t, saying(1, advisory.Affected, "< 2.0"))
	assertMerged(t, m, gateway, "CVE-2099-1")
	for _, opt := range []match.AskOptions{
		{Deny: []match.Denial{{Key: "example/gateway", Vendor: "Example", Name: "Gateway"}}},
		{Deny: []match.Denial{{Key: "example/other", Vendor: "Example", Name: "Other"}}},
		{Uncertain: true},
		{Accepted: []match.Acceptance{{Scope: match.Scope{Vulnerability: "CVE-2099-1"}}}},
	} {
		view := ask(t, m, opt)
		assertMerged(t, view, gateway, "CVE-2099-1")
		for f := range view.Findings(gateway) {
			assert.Equal(t, len(opt.Accepted) > 0, f.Accepted != nil)
		}
	}
}

// TestMergedReleases: what is said about a product without its release is found for each of them, and
// what is said about a release for who names none, whatever is asked first.
func TestMergedReleases(t *testing.T) {
	const whole, old, recent = "Windows 10", "Windows 10 Version 1709", "Windows 10 Version 22H2"
	about := func(n int, name string) *advisory.Advisory {
		a := saying(n, advisory.Affected, "*")
		a.Products[0] = advisory.Product{Vendor: "Microsoft", Name: name}
		return a
	}
	tool := func(vendor, name string) *advisory.Advisory {
		a := about(1, name)
		a.Products[0].Vendor = vendor
		return a
	}
	named := about(1, old)
	named.Products[0].CPEs = []string{"cpe:2.3:o:microsoft:windows_10:1709:*:*:*:*:*:*:*"}
	for _, docs := range [][]*advisory.Advisory{{about(1, whole)}, {about(1, old)}, {named}, {named, about(2, whole)}, {about(1, old), about(2, whole)}, {about(1, old), about(2, recent)},
		{tool("Example", "Tool")}, {tool("Example", "Tool 2019")}, {tool("Example", "Tool Version 2")}} {
		m := compile(t, docs...)
		for range 2 {
			for _, name := range []string{whole, old, recent, "Tool", "Tool 2019", "Tool Version 2", "Tool 2022"} {
				in := &match.Installation{Vendor: "Microsoft", Product: name, Version: "10.0.16299.2166"}
				if strings.HasPrefix(name, "Tool") {
					in.Vendor = "Example"
				}
				found := map[string]string{}
				for f := range m.Findings(in) {
					found[f.Vulnerability] = fmt.Sprint(f.Verdict, f.Product, f.Level)
				}
				every := map[string]string{}
				for f := range ask(t, m, match.AskOptions{Want: everyStatus}).Findings(in) { // without merged timelines
					if f.Verdict.MayBeAffected() {
						every[f.Vulnerability] = fmt.Sprint(f.Verdict, f.Product, f.Level)
					}
				}
				assert.Equal(t, every, found, "%s, of %s", name, docs[0].Products[0].Name)
			}
		}
	}
}

// TestMergedPortals: what NVD says without a vendor is found for the product of a portal.
func TestMergedPortals(t *testing.T) {
	nvd := saying(1, advisory.Affected, "*")
	nvd.Products[0] = advisory.Product{CPEs: []string{"cpe:2.3:a:record_system_project:record_system:*:*:*:*:*:*:*:*"}}
	m := compile(t, nvd)
	assertMerged(t, m, &match.Installation{Vendor: "SourceCodester", Product: "Record System", Version: "1.0"}, "CVE-2099-1")
	assert.Len(t, m.Append(nil, &match.Installation{Vendor: "SourceCodester", Product: "Record System", Version: "1.0"}), 1)
}

// TestIndexKey: keys are told apart by each of their bytes and by their length, be they short or long.
func TestIndexKey(t *testing.T) {
	for n := 1; n < 90; n++ { // none is empty: its kind stands in front
		key := make([]byte, n) // of zeros, as unused bytes are
		for m := 1; m < 90; m++ {
			assert.Equal(t, n == m, match.SameIndexKey(key, make([]byte, m)), "%d and %d bytes", n, m)
		}
		for i := range key {
			other := slices.Clone(key)
			other[i]++
			assert.False(t, match.SameIndexKey(key, other), "byte %d of %d", i, n)
			assert.False(t, match.SameIndexKey(other, key), "byte %d of %d", i, n)
		}
	}
}
