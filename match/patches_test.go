package match_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// A patchFacts is a graph and statements, written one fact a line in testdata/patches.txt.
type patchFacts struct {
	t       *testing.T
	records *advisory.Advisory
	said    *advisory.Advisory
	m       *match.Matcher
}

func (f *patchFacts) products(a *advisory.Advisory, names string) (list []int) {
	for name := range strings.SplitSeq(names, ", ") {
		vendor, name, ok := strings.Cut(name, " | ")
		if !ok {
			vendor, name = "Example", vendor
		}
		i := slices.IndexFunc(a.Products, func(p advisory.Product) bool { return p.Vendor == vendor && p.Name == name })
		if i < 0 {
			i = len(a.Products)
			a.Products = append(a.Products, advisory.Product{Vendor: vendor, Name: name})
		}
		list = append(list, i)
	}
	return list
}

// fact reads one line.
func (f *patchFacts) fact(word, rest string) bool {
	switch word {
	case "graph":
		f.m = nil
		f.said = &advisory.Advisory{ID: "said", Publisher: advisory.Publisher{Name: "vendor"}, Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2099-1"}}}
		f.records = &advisory.Advisory{ID: "records", Publisher: advisory.Publisher{Name: "recorder"}, PatchesComplete: rest == "complete", Pos: advisory.Pos{File: "records.json"}}
	case "patch": // NAME [for PRODUCTS] [level VERSION]
		rest, level, _ := strings.Cut(rest, " level ")
		id, scope, limited := strings.Cut(rest, " for ")
		p := advisory.Patch{ID: id, Level: level}
		if limited {
			p.Products = f.products(f.records, scope)
		}
		f.records.Patches = append(f.records.Patches, p)
	case "by": // NAME [for PRODUCTS], which replaces the patch of the line above
		id, scope, limited := strings.Cut(rest, " for ")
		last := len(f.records.Patches) - 1
		e := advisory.Successor{ID: id, Pos: advisory.Pos{Pointer: fmt.Sprintf("/patches/%d/supersededBy/0", last)}}
		if limited {
			e.Products = f.products(f.records, scope)
		}
		f.records.Patches[last].SupersededBy = append(f.records.Patches[last].SupersededBy, e)
	case "affected": // PRODUCT: VERSIONS; fixed by A and B or C
		rest, patches, _ := strings.Cut(rest, "; fixed by ")
		name, versions, _ := strings.Cut(rest, ": ")
		s := advisory.Statement{Products: f.products(f.said, name), Default: advisory.DefaultUndeclared}
		for text := range strings.SplitSeq(versions, ", ") {
			span := advisory.Span{Version: text, Status: advisory.Affected}
			if from, before, ok := strings.Cut(text, " to "); ok {
				span = advisory.Span{From: from, Before: before, Bounded: true, Status: advisory.Affected}
			}
			s.Spans = append(s.Spans, span)
		}
		if patches != "" {
			for all := range strings.SplitSeq(patches, " or ") {
				s.FixedBy = append(s.FixedBy, strings.Split(all, " and "))
			}
		}
		f.said.Statements = append(f.said.Statements, s)
	default:
		return false
	}
	return true
}

// TestPatches asks what testdata/patches.txt says:
//
//	ask PRODUCT VERSION; LIST: PATCHES = verdict [by PATCH > PATCH]
func TestPatches(t *testing.T) {
	text, err := os.ReadFile("testdata/patches.txt")
	require.NoError(t, err)
	f := &patchFacts{t: t}
	for n, line := range strings.Split(string(text), "\n") {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		rest = strings.TrimSpace(rest)
		if word == "" || word == "#" || f.fact(word, rest) {
			continue
		}
		require.Equal(t, "ask", word, "line %d", n+1)
		if f.m == nil {
			f.m = compile(t, f.said, f.records)
		}
		question, want, ok := strings.Cut(rest, " = ")
		require.True(t, ok, "line %d", n+1)
		what, patches, _ := strings.Cut(question, "; ")
		list, names, _ := strings.Cut(patches, ": ")
		host := &match.Host{PatchList: map[string]match.PatchList{"none": 0, "partial": 1, "complete": 2}[strings.TrimSuffix(list, ":")]}
		for name := range strings.SplitSeq(names, ", ") {
			if name != "" {
				host.Patches = append(host.Patches, name)
			}
		}
		name, version, _ := strings.Cut(what, ": ")
		vendor, name, ok := strings.Cut(name, " | ")
		if !ok {
			vendor, name = "Example", vendor
		}
		in := &match.Installation{Vendor: vendor, Product: name, Version: version, Host: host}
		if list == "" {
			in.Host = nil
		}
		e := f.m.Explain(in, "CVE-2099-1")
		got := e.Verdict.String()
		for _, c := range e.Claims {
			if c.Decides && len(c.Path) > 0 {
				got += " by " + strings.Join(c.Path, " > ")
			}
		}
		assert.Equal(t, want, got, "line %d: %s", n+1, rest)
		assert.Equal(t, e.Verdict.String(), verdict(t, f.m, in, "CVE-2099-1"), "line %d: Check says the same", n+1)
	}
}

// The evidence names the document of each step of the way.
func TestPatchEvidence(t *testing.T) {
	f := &patchFacts{t: t}
	for _, line := range []string{"graph complete", "patch KB1", "by KB2", "patch KB2", "affected OS: *; fixed by KB1"} {
		word, rest, _ := strings.Cut(line, " ")
		f.fact(word, rest)
	}
	host := &match.Host{ID: "srv-1", Patches: []string{"kb2"}, PatchList: match.CompletePatches}
	e := compile(t, f.said, f.records).Explain(&match.Installation{Vendor: "Example", Product: "OS", Host: host}, "CVE-2099-1")
	assert.Equal(t, []string{"KB1 is replaced by KB2 (records, records.json#/patches/0/supersededBy/0)", "KB2 is installed"}, e.Claims[0].Patches)
	text := e.String()
	for _, part := range []string{"complete: kb2", "KB1 is replaced by KB2", "a patch that replaces the fixing one is installed"} {
		assert.Contains(t, text, part)
	}
	host.Patches = []string{"KB1"}
	e = compile(t, f.said, f.records).Explain(&match.Installation{Vendor: "Example", Product: "OS", Host: host}, "CVE-2099-1")
	assert.Equal(t, "a patch that fixes it is installed", e.Claims[0].Rule)
	host.PatchList, host.Patches = match.NoPatches, nil
	e = compile(t, f.said, f.records).Explain(&match.Installation{Vendor: "Example", Product: "OS", Host: host}, "CVE-2099-1")
	assert.Equal(t, []string{"all patches of the host"}, e.Missing)
	assert.Equal(t, "KB1", e.Fix)
}

// The second question about a host costs nothing, and neither does one about a product
// whose patches complete its version.
func TestPatchNoAllocs(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector makes a pool allocate")
	}
	f := &patchFacts{t: t}
	for _, line := range []string{"graph complete", "patch KB1", "by KB2", "by KB3", "patch KB2", "by KB3", "patch KB3", "by KB4", "patch KB4", "by KB3",
		"affected OS: *; fixed by KB1", "affected Check Point | Quantum Security Gateways: R81.20 to R81.20 Take 54"} {
		word, rest, _ := strings.Cut(line, " ")
		f.fact(word, rest)
	}
	m := compile(t, f.said, f.records)
	for _, patches := range [][]string{{"KB2"}, {"KB4"}, {"KB9", "Take 10"}, nil} {
		host := &match.Host{Patches: patches, PatchList: match.CompletePatches}
		for _, in := range []*match.Installation{
			{Vendor: "Example", Product: "OS", Host: host},
			{Vendor: "Check Point", Product: "Quantum Security Gateways", Version: "R81.20 Take 5", Host: host},
		} {
			findings := m.Append(nil, in)
			limit := 0.0
			if len(patches) == 2 && in.Version != "" {
				limit = 3 // the text of the version with the patch
			}
			assert.LessOrEqual(t, testing.AllocsPerRun(50, func() { findings = m.Append(findings[:0], in) }), limit, "%s %v", in.Product, patches)
		}
	}
}

// What a patch is for one product is not remembered for the next one that is asked about.
func TestPatchOfAnotherKey(t *testing.T) {
	records := &advisory.Advisory{ID: "records", PatchesComplete: true, Products: []advisory.Product{{Vendor: "Example", Name: "Desktop"}},
		Patches: []advisory.Patch{{ID: "EX1", Products: []int{0}}}}
	docs := []*advisory.Advisory{records, about("CVE-2099-1", records.Products[0]), about("CVE-2099-2", advisory.Product{CPEs: []string{cpeOf("example:desktop").String()}}),
		about("CVE-2099-3", records.Products[0])}
	for _, a := range docs[1:] {
		a.Statements[0].FixedBy = [][]string{{"EX1"}}
	}
	m := ask(t, compile(t, docs...), match.AskOptions{Want: everyStatus})
	in := &match.Installation{CPE: cpeOf("example:desktop:1.0"), Host: &match.Host{Patches: []string{"EX1"}, PatchList: match.CompletePatches}}
	var got []string
	for f := range m.Findings(in) {
		got = append(got, f.Vulnerability+" "+f.Verdict.String())
	}
	assert.Equal(t, []string{"CVE-2099-1 fixed", "CVE-2099-2 unknown (conflict)", "CVE-2099-3 fixed"}, got)
}

// A record about a product that is not in the document is refused.
func TestPatchScopeBroken(t *testing.T) {
	for _, p := range []advisory.Patch{
		{ID: "KB1", Products: []int{1}},
		{ID: "KB1", SupersededBy: []advisory.Successor{{ID: "KB2", Products: []int{-1}}}},
	} {
		_, err := match.Compile(&advisory.Advisory{ID: "EX-1", Products: []advisory.Product{{Name: "A"}}, Patches: []advisory.Patch{p}})
		assert.ErrorIs(t, err, match.ErrAdvisory)
	}
}

func ExampleHost_patches() {
	m, _ := match.Compile(&advisory.Advisory{
		ID: "EX-1", Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2099-1"}},
		Products: []advisory.Product{{Vendor: "Example", Name: "Desktop"}},
		Statements: []advisory.Statement{{Products: []int{0}, FixedBy: [][]string{{"KB1"}},
			Spans: []advisory.Span{{Version: "*", Status: advisory.Affected}}}},
		Patches: []advisory.Patch{
			{ID: "KB1", SupersededBy: []advisory.Successor{{ID: "KB2"}}},
			{ID: "KB2", SupersededBy: []advisory.Successor{{ID: "KB3"}}},
			{ID: "KB3"},
		},
		PatchesComplete: true,
	})
	for _, host := range []match.Host{
		{Patches: []string{"KB3"}, PatchList: match.CompletePatches},
		{Patches: []string{"KB0"}, PatchList: match.CompletePatches},
		{Patches: []string{"KB0"}, PatchList: match.SomePatches},
	} {
		e := m.Explain(&match.Installation{Vendor: "Example", Product: "Desktop", Host: &host}, "CVE-2099-1")
		fmt.Println(e.Verdict, e.Claims[0].Path)
	}
	// Output:
	// fixed [KB1 KB2 KB3]
	// affected []
	// unknown (partial_patch_list) []
}

// A patchModel is a graph of at most a few patches, decided in the slow and obvious way.
type patchModel struct {
	complete  bool
	recorded  [6]bool
	record    [6][2]bool    // for which of two products a record is
	edge      [6][6][2]bool // for which of them an edge is
	installed [6]bool
	product   int
}

func (g *patchModel) counts(from, to int) bool {
	return from != to && g.edge[from][to][g.product] && (!g.recorded[to] || g.record[to][g.product])
}

// leads tells whether edges lead from one patch to another; with sure none that lies on a
// circle.
func (g *patchModel) leads(from, to int, sure bool, seen [6]bool) bool {
	if from == to {
		return true
	}
	seen[from] = true
	for next := range 6 {
		if !seen[next] && g.counts(from, next) && (!sure || !g.leads(next, from, false, [6]bool{})) && g.leads(next, to, sure, seen) {
			return true
		}
	}
	return false
}

// verdict decides for a statement that patch 0 fixes, and a complete list.
func (g *patchModel) verdict() string {
	own := !g.recorded[0] || g.record[0][g.product]
	if g.installed[0] && own {
		return "fixed"
	}
	any, unrecorded, hole, circle := false, false, false, false
	for n := range 6 {
		any = any || g.installed[n]
		unrecorded = unrecorded || g.installed[n] && !g.recorded[n]
		sure := g.leads(0, n, true, [6]bool{})
		hole = hole || sure && !g.recorded[n]
		circle = circle || n > 0 && g.installed[n] && g.leads(0, n, false, [6]bool{})
		if n > 0 && g.installed[n] && sure {
			return "fixed"
		}
	}
	switch {
	case circle:
		return "unknown (graph_cycle)"
	case hole && any, unrecorded && !g.complete:
		return "unknown (graph_hole)"
	case g.installed[0]:
		return "unknown (conflict)"
	}
	return "affected"
}

// TestPatchModel compares the walk over the graph with the model, on random graphs.
func TestPatchModel(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	seen := map[string]int{}
	count := 20_000
	if testing.Short() {
		count = 5000
	}
	for range count {
		g := patchModel{complete: r.IntN(2) == 0, product: r.IntN(2)}
		density := 1 + r.IntN(8)
		records := &advisory.Advisory{ID: "records", PatchesComplete: g.complete,
			Products: []advisory.Product{{Vendor: "Example", Name: "A"}, {Vendor: "Example", Name: "B"}}}
		scope := func(to *[2]bool) []int {
			switch r.IntN(4) {
			case 0:
				to[0] = true
				return []int{0}
			case 1:
				to[1] = true
				return []int{1}
			}
			*to = [2]bool{true, true}
			return nil
		}
		host := &match.Host{PatchList: match.CompletePatches}
		for n := range 6 {
			if g.installed[n] = r.IntN(4) == 0; g.installed[n] {
				host.Patches = append(host.Patches, fmt.Sprint("EX", n))
			}
			if g.recorded[n] = r.IntN(6) > 0; !g.recorded[n] {
				continue
			}
			p := advisory.Patch{ID: fmt.Sprint("ex", n), Products: scope(&g.record[n])}
			for to := range 6 {
				if r.IntN(density+1) == 0 {
					p.SupersededBy = append(p.SupersededBy, advisory.Successor{ID: fmt.Sprint("Ex", to), Products: scope(&g.edge[n][to])})
				}
			}
			records.Patches = append(records.Patches, p)
		}
		said := &advisory.Advisory{ID: "said", Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2099-1"}}, Products: records.Products,
			Statements: []advisory.Statement{{Products: []int{0, 1}, FixedBy: [][]string{{"EX0"}},
				Spans: []advisory.Span{{Version: "*", Status: advisory.Affected}}}}}
		in := &match.Installation{Vendor: "Example", Product: []string{"A", "B"}[g.product], Host: host}
		got := compile(t, said, records).Check(in, "CVE-2099-1").String()
		require.Equal(t, g.verdict(), got, "%+v", g)
		seen[got]++
	}
	assert.Len(t, seen, 5, "%v", seen)
}

// A document that lets every patch replace every other one costs no more than its size, and
// proves nothing; a long chain is followed to its end.
func TestPatchesHostile(t *testing.T) {
	said := &advisory.Advisory{ID: "said", Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2099-1"}},
		Products: []advisory.Product{{Vendor: "Example", Name: "OS"}},
		Statements: []advisory.Statement{{Products: []int{0}, FixedBy: [][]string{{"EX0"}, {}},
			Spans: []advisory.Span{{Version: "*", Status: advisory.Affected}}}}}
	records := func(n int, successors func(i int) []int) *advisory.Advisory {
		a := &advisory.Advisory{ID: "records", PatchesComplete: true}
		for i := range n {
			p := advisory.Patch{ID: fmt.Sprint("EX", i)}
			for _, j := range successors(i) {
				p.SupersededBy = append(p.SupersededBy, advisory.Successor{ID: fmt.Sprint("EX", j)})
			}
			a.Patches = append(a.Patches, p)
		}
		return a
	}
	host := &match.Host{Patches: []string{"EX299"}, PatchList: match.CompletePatches}
	in := &match.Installation{Vendor: "Example", Product: "OS", Host: host}
	all := make([]int, 300)
	for i := range all {
		all[i] = i
	}
	m := compile(t, said, records(300, func(int) []int { return all }))
	for range 100 {
		require.Equal(t, "unknown (graph_cycle)", m.Check(in, "CVE-2099-1").String())
	}

	const long = 100_000
	host.Patches = []string{fmt.Sprint("EX", long-1)}
	m = compile(t, said, records(long, func(i int) []int { return []int{min(i+1, long-1)} }))
	assert.Equal(t, "fixed", m.Check(in, "CVE-2099-1").String())
}
