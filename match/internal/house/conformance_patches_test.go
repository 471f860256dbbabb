package house_test

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// A patchCase is one line of patches/cases.jsonl.
type patchCase struct {
	ID, Class, Data, Advisory string
	Host                      struct {
		Vendor, Product, Version, Release string
		Patches                           []string
		Known                             string `json:"patches_known"`
	}
	Expect, Reason string
	Path, Accept   []string
}

// A patchData is a file of patches/data.
type patchData struct {
	Graph   string
	Patches []struct {
		ID, Level    string
		Products     []string
		SupersededBy []struct {
			ID       string
			Products []string
		} `json:"superseded_by"`
	}
	Advisories []struct {
		ID, Vulnerability string
		Entries           []patchEntry
	}
}

type patchEntry struct {
	Vendor, Product string
	Versions        []patchVersions
	FixedBy         [][]string `json:"fixed_by"`
	Kind            string     `json:"patch_kind"`
}

type patchVersions struct {
	From, LT, LE, Branch string
	All, Unaffected      bool
}

// records writes the graph as a document without statements.
func (d *patchData) records(vendor string) *advisory.Advisory {
	a := &advisory.Advisory{ID: "patches", Publisher: advisory.Publisher{Name: vendor, Rank: advisory.RankVendor},
		PatchesComplete: d.Graph == "complete"}
	scope := func(names []string) (list []int) {
		for _, name := range names {
			i := slices.IndexFunc(a.Products, func(p advisory.Product) bool { return p.Name == name })
			if i < 0 {
				i = len(a.Products)
				a.Products = append(a.Products, advisory.Product{Vendor: vendor, Name: name})
			}
			list = append(list, i)
		}
		return list
	}
	for _, p := range d.Patches {
		record := advisory.Patch{ID: p.ID, Products: scope(p.Products), Level: p.Level}
		for _, s := range p.SupersededBy {
			record.SupersededBy = append(record.SupersededBy, advisory.Successor{ID: s.ID, Products: scope(s.Products)})
		}
		a.Patches = append(a.Patches, record)
	}
	return a
}

// statements writes the entries of one advisory, each a product with a statement.
func (d *patchData) statements(id string) *advisory.Advisory {
	for _, from := range d.Advisories {
		if from.ID != id {
			continue
		}
		a := &advisory.Advisory{ID: from.ID, Vulnerabilities: []advisory.Vulnerability{{ID: from.Vulnerability}},
			Publisher: advisory.Publisher{Name: from.Entries[0].Vendor, Rank: advisory.RankVendor}}
		for i, e := range from.Entries {
			// Entries of one product are told apart by their versions; a release is one, too.
			a.Products = append(a.Products, advisory.Product{Vendor: e.Vendor, Name: e.Product})
			a.Statements = append(a.Statements, advisory.Statement{Products: []int{i}, Where: architecture(e.Product),
				Spans: e.spans(), FixedBy: e.FixedBy, Default: advisory.DefaultUndeclared})
		}
		return a
	}
	return nil
}

// architecture is the limit that Microsoft writes into names of products.
func architecture(product string) advisory.Condition {
	for _, name := range []string{"32-bit", "x64-based", "ARM64-based"} {
		if strings.Contains(product, " for "+name+" Systems") {
			return advisory.Condition{Op: advisory.OpFact, Fact: "architecture", Values: []string{name}}
		}
	}
	return advisory.Condition{}
}

// spans writes the versions: what is affected, and on a branch or in a family of builds that
// the rest is fixed.
func (e *patchEntry) spans() []advisory.Span {
	if len(e.Versions) == 0 {
		return []advisory.Span{{Version: "*", Status: advisory.Affected}}
	}
	var spans, rest []advisory.Span
	versions := slices.Clone(e.Versions)
	slices.SortStableFunc(versions, func(a, b patchVersions) int { return cmp.Compare(len(b.Branch), len(a.Branch)) })
	for _, v := range versions {
		if slices.ContainsFunc(versions, func(o patchVersions) bool { return strings.HasPrefix(o.Branch, v.Branch+".") }) {
			v.Branch += exactly
		}
		if e.Kind == "" && strings.Contains(e.Product, "Exchange") { // a bound counts in its family of builds
			v.Branch = strings.Join(strings.Split(v.LT, ".")[:3], ".")
		}
		whole := advisory.Span{From: v.Branch + ".*", Through: v.Branch + ".*", Status: advisory.Fixed}
		affected := advisory.Span{From: whole.From, Before: v.LT, Through: v.LE, Bounded: true, Status: advisory.Affected}
		switch v.Branch { // below its bound a branch is affected from its beginning on
		case "":
			affected.From = v.From
		case "*":
			affected.From, whole = "", advisory.Span{Version: "*", Status: advisory.Fixed}
		}
		if v.LE != "" && !strings.ContainsAny(v.LE[:1], "R0123456789") { // "Take 44" on its branch
			affected.Through = strings.TrimSuffix(v.Branch, exactly) + " " + v.LE
		}
		switch {
		case v.All:
			whole.Status = advisory.Affected
			spans = append(spans, whole)
		case v.Unaffected:
			whole.Status = advisory.NotAffected
			spans = append(spans, whole)
		case v.Branch == "": // beyond the bound the default speaks
			spans = append(spans, affected)
		default:
			spans, rest = append(spans, affected), append(rest, whole)
		}
	}
	return append(spans, rest...)
}

// patchReasons leads from the words of the pack to ours.
var patchReasons = map[string][]advisory.Reason{
	"no-patch-list": {advisory.NoPatchList}, "partial-patch-list": {advisory.PartialPatchList},
	"graph-cycle": {advisory.GraphCycle}, "graph-hole": {advisory.GraphHole},
	"data-conflict": {advisory.Conflict}, "host-conflict": {advisory.HostConflict},
	"other-line": {advisory.OtherLine, advisory.NotListed}, "ambiguous-branch": {advisory.AmbiguousBranch},
	"imprecise": {advisory.Imprecise}, "no-version": {advisory.NoVersion}, "product": {advisory.NotNamed, advisory.OtherPlatform},
}

// TestConformancePatches asks what each advisory says about each host, why, and by which
// way of patches.
func TestConformancePatches(t *testing.T) {
	dir := filepath.Join(conformanceDir(t), "patches")
	passed, scored, unsafe, reasons := 0, 0, 0, 0
	for _, c := range readLines[patchCase](t, filepath.Join(dir, "cases.jsonl")) {
		d := readJSON[patchData](t, filepath.Join(dir, "data", c.Data+".json"))
		a := d.statements(c.Advisory)
		m, err := match.Compile(a, d.records(a.Publisher.Name))
		assert.NoError(t, err)
		m = reloaded(t, m, match.Options{})
		host := &match.Host{Patches: c.Host.Patches,
			PatchList: map[string]match.PatchList{"none": match.NoPatches, "partial": match.SomePatches, "complete": match.CompletePatches}[c.Host.Known]}
		in := &match.Installation{Host: host, Vendor: c.Host.Vendor, Product: c.Host.Product, Version: cmp.Or(c.Host.Version, c.Host.Release)}
		if w := architecture(in.Product); w.Op != advisory.OpAlways {
			in.Facts = match.Facts{"architecture": w.Values[0]}
		}
		e := m.Explain(in, a.Vulnerabilities[0].ID)
		got := e.Status.String()
		assert.Equal(t, e.Verdict, m.Check(in, a.Vulnerabilities[0].ID), "Check says what Explain says")
		scored++
		failure := ""
		switch path := decidingPath(&e); {
		case got != c.Expect && !slices.Contains(c.Accept, got):
			failure = fmt.Sprintf("want %s (%s), got %s", c.Expect, c.Reason, e.Verdict)
		case len(c.Path) > 0 && !slices.Equal(path, c.Path):
			failure = fmt.Sprintf("want the way %v, got %v", c.Path, path)
		}
		if failure == "" {
			passed++
			if want, ok := patchReasons[c.Reason]; !ok || slices.Contains(want, e.Reason) {
				reasons++
			} else {
				t.Logf("%s: reason %s wanted, got %s", c.ID, c.Reason, e.Verdict)
			}
		} else {
			t.Logf("%s %s: %s %q %v %s: %s", c.ID, c.Class, in.Product, in.Version, host.Patches, host.PatchList, failure)
		}
		if isUnsafe(c.Expect, e.Status) {
			unsafe++
			assert.Fail(t, "unsafe", "%s: %s", c.ID, e)
		}
	}
	(&tally{name: "patches/cases.jsonl", passed: passed, scored: scored}).printUnsafe(unsafe)
	fmt.Printf("figures patches: the reason is that of the case in %d of %d\n", reasons, passed)
	assert.Equal(t, scored, passed)
}

// decidingPath returns the way of patches of the statement that decides.
func decidingPath(e *match.Evidence) []string {
	for _, c := range e.Claims {
		if c.Decides {
			return c.Path
		}
	}
	return nil
}
