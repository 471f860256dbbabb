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
)

// assertMerged: Append says what Check says, of a view as well.
func assertMerged(t *testing.T, m *match.Matcher, in *match.Installation, ids ...string) {
	t.Helper()
	for range 2 { // the second time what is found is there
		found := map[string]match.Verdict{}
		for f := range m.Findings(in) {
			found[f.Vulnerability] = f.Verdict
		}
		for _, id := range ids {
			v := m.Check(in, id)
			if _, ok := found[id]; ok || v.MayBeAffected() {
				assert.Equal(t, v, found[id], "%s %+v", id, *in)
			}
		}
	}
}

// TestMergedNumbers: statements whose bounds have few numbers read less of a version than others,
// whatever is said about other vulnerabilities.
func TestMergedNumbers(t *testing.T) {
	bounds := []string{"<= 2.3.4", "<= 2.3.4.5", "<= 2.3.4.5.6"}
	ids := []string{"CVE-2099-1", "CVE-2099-2", "CVE-2099-3"}
	for n := range 27 {
		var docs []*advisory.Advisory
		for i, id := range ids {
			a := doc(fmt.Sprint("A", i), "v", advisory.RankVendor, 3, advisory.Affected, bounds[[]int{n % 3, n / 3 % 3, n / 9}[i]])
			a.Vulnerabilities[0].ID = id
			docs = append(docs, a)
		}
		both := doc("B", "w", advisory.RankVendor, 3, advisory.Affected, bounds[(n+1)%3]) // of the first, with more or less of them
		both.Vulnerabilities[0].ID = ids[0]
		fixed := doc("D", "w", advisory.RankVendor, 3, advisory.Fixed, []string{">= 2.3.4", ">= 2.3.4.6", ">= 2.3.4.5.7"}[n/3%3])
		fixed.Vulnerabilities[0].ID = ids[0]
		for _, a := range append(docs[:3:3], both, fixed) { // as decoders write bounds: those in words do not count numbers
			s := &a.Statements[0].Spans[0]
			if through, ok := strings.CutPrefix(s.Version, "<= "); ok {
				s.Version, s.Through = "", through
			} else if from, ok := strings.CutPrefix(s.Version, ">= "); ok {
				s.Version, s.From = "", from
			}
		}
		semver := doc("C", "w", advisory.RankVendor, 3, advisory.Affected, "")
		semver.Vulnerabilities[0].ID = ids[1]
		semver.Statements[0].Spans = []advisory.Span{{Through: "2.3.4", Hint: "semver", Status: advisory.Affected}}
		for _, list := range [][]*advisory.Advisory{docs, append(docs[:3:3], both), append(docs[:3:3], semver), append(docs[:3:3], both, semver), append(docs[:3:3], fixed), append(docs[:1:1], fixed)} {
			m := compile(t, list...)
			for _, version := range []string{"2.3.4", "2.3.4.5", "2.3.4.6", "2.3.4.5.6", "2.3.4.5.7", "2.3.5", "2.3"} {
				assertMerged(t, m, &match.Installation{Vendor: "Example", Product: "Gateway", Version: version}, ids...)
			}
		}
	}
}

// TestMergedConditions: what is found for an installation about which nothing else is known is not
// taken for one with parts, platforms or other products.
func TestMergedConditions(t *testing.T) {
	system := match.Installation{Vendor: "Acme", Product: "OS", Version: "9"}
	for _, relation := range []advisory.Relation{advisory.Contains, advisory.InstalledOn, advisory.OnHost} {
		a := doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "*")
		a.Products = append(a.Products, advisory.Product{Vendor: "Acme", Name: "OS"})
		a.Statements[0].Where = advisory.Condition{Op: advisory.OpProduct, Product: 1, Relation: relation}
		for _, in := range []*match.Installation{
			{Parts: []match.Installation{system}},
			{PartsComplete: true},
			{PartOfComplete: true},
			{Host: &match.Host{Platforms: []match.Installation{system}}},
			{Host: &match.Host{PlatformsComplete: true}},
			{Host: &match.Host{Installations: []match.Installation{system}}},
			{Host: &match.Host{InstallationsComplete: true}},
		} {
			in.Vendor, in.Product, in.Version = "Example", "Gateway", "1"
			m := compile(t, a)
			assertMerged(t, m, gateway, "CVE-2099-7")
			assertMerged(t, m, in, "CVE-2099-7")
			m = compile(t, a)
			assertMerged(t, m, in, "CVE-2099-7")
			assertMerged(t, m, gateway, "CVE-2099-7")
		}
	}
}

// TestMergedViews: views share what is found, and ask for different things.
func TestMergedViews(t *testing.T) {
	replaced, ending := doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "*"), doc("B", "v", advisory.RankVendor, 3, advisory.NotAffected, "*")
	ending.Supersedes, ending.Expires = []string{"A"}, day(20)
	unread := doc("C", "v", advisory.RankVendor, 3, advisory.Affected, "5.1-19.2")
	unread.Vulnerabilities[0].ID = "CVE-2099-8"
	m := compile(t, replaced, ending, unread)
	for range 2 {
		for at, want := range map[int]string{10: "not_affected", 25: "affected"} {
			view := ask(t, m, match.AskOptions{At: day(at)})
			assert.Equal(t, want, view.Check(gateway, "CVE-2099-7").String(), "day %d", at)
			assertMerged(t, view, gateway, "CVE-2099-7", "CVE-2099-8")
		}
	}
	sure := ask(t, m, match.AskOptions{At: day(25), Want: advisory.SetOf(advisory.Affected)})
	for f := range sure.Findings(gateway) {
		assert.Equal(t, advisory.Affected, f.Verdict.Status)
	}
	say, deny := doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "*"), doc("B", "w", advisory.RankThirdParty, 3, advisory.NotAffected, "*")
	m = compile(t, say, deny)
	assertMerged(t, m, gateway, "CVE-2099-7")
	turned := ask(t, m, match.AskOptions{Ranks: map[string]advisory.Rank{"v": advisory.RankThirdParty, "w": advisory.RankVendor}})
	require.Equal(t, "not_affected", turned.Check(gateway, "CVE-2099-7").String())
	assertMerged(t, turned, gateway, "CVE-2099-7")
	assert.Empty(t, slices.Collect(turned.Findings(gateway)))
}
