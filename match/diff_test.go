package match_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
)

// scanned returns the results of a scan over hosts.
func scanned(t *testing.T, m *match.Matcher, hosts ...*match.Host) []match.Result {
	t.Helper()
	var list []match.Result
	for r, err := range m.Scan(t.Context(), func(yield func(*match.Host, error) bool) {
		for _, h := range hosts {
			if !yield(h, nil) {
				return
			}
		}
	}, match.ScanOptions{}) {
		require.NoError(t, err)
		list = append(list, r)
	}
	return list
}

// gateways returns a host with a Gateway of each version.
func gateways(id string, versions ...string) *match.Host {
	h := &match.Host{ID: id}
	for _, v := range versions {
		h.Installations = append(h.Installations, match.Installation{Vendor: "Example", Product: "Gateway", Version: v})
	}
	return h
}

// changesOf prints changes, one a line.
func changesOf(changes []match.Change) []string {
	var list []string
	for _, c := range changes {
		version := func(in *match.Installation) string {
			if in == nil {
				return "none"
			}
			return in.Host.ID + "/" + in.Version
		}
		list = append(list, fmt.Sprintf("%s: %s %s (%s) -> %s %s (%s)", c.Kind,
			version(c.From), c.Old.Verdict, c.Old.Fix, version(c.To), c.New.Verdict, c.New.Fix))
	}
	return list
}

func TestDiff(t *testing.T) {
	m := compile(t, belowFive())
	later := belowFive() // a revision that changes nothing for anybody
	later.Revision, later.Title, later.Modified = "2", "new words", day(20)
	other := belowFive() // another document that says the same
	other.ID, other.Publisher.Name = "B", "w"
	higher := belowFive()
	higher.Statements[0].Spans[0].Before = "7"
	withdrawn := belowFive()
	withdrawn.Withdrawn = day(9)
	advised := belowFive()
	advised.Statements[0].Remediations = []advisory.Remediation{{Category: "workaround", Text: "pull the plug"}, {Category: "vendor_fix", Text: "update"}}
	reordered := belowFive()
	reordered.Statements[0].Remediations = []advisory.Remediation{advised.Statements[0].Remediations[1], advised.Statements[0].Remediations[0]}
	for _, c := range []struct {
		name     string
		old, new *match.Matcher
		was, is  []*match.Host
		want     []string
	}{
		{"nothing", m, compile(t, later), []*match.Host{gateways("a", "3")}, []*match.Host{gateways("a", "3")}, nil},
		{"another document", m, compile(t, belowFive(), other), []*match.Host{gateways("a", "3")}, []*match.Host{gateways("a", "3")}, nil},
		{"another fix", m, compile(t, higher), []*match.Host{gateways("a", "3", "6")}, []*match.Host{gateways("a", "3", "6")},
			[]string{"fix: a/3 affected (5) -> a/3 affected (7)", "new: a/6 unknown (-) -> a/6 affected (7)"}},
		{"an upgrade", m, m, []*match.Host{gateways("a", "3")}, []*match.Host{gateways("a", "8")},
			[]string{"gone: a/3 affected (5) -> a/8 unknown (-)"}},
		{"a host that is gone", m, m, []*match.Host{gateways("a", "3")}, nil, []string{"gone: a/3 affected (5) -> none unknown (-)"}},
		{"a new host", m, m, nil, []*match.Host{gateways("a", "3")}, []string{"new: none unknown (-) -> a/3 affected (5)"}},
		{"withdrawn", m, compile(t, withdrawn), []*match.Host{gateways("a", "3")}, []*match.Host{gateways("a", "3")},
			[]string{"gone: a/3 affected (5) -> a/3 unknown (-)"}},
		{"the version is not known any more", m, m, []*match.Host{gateways("a", "3")}, []*match.Host{gateways("a", "")},
			[]string{"verdict+fix: a/3 affected (5) -> a/ unknown (no_version) (-)"}},
		{"two of one product", m, m, []*match.Host{gateways("a", "3", "4")}, []*match.Host{gateways("a", "4", "2", "1")},
			[]string{"new: a/3 unknown (-) -> a/1 affected (5)"}},
		{"remediations", m, compile(t, advised), []*match.Host{gateways("a", "3")}, []*match.Host{gateways("a", "3")},
			[]string{"remedies: a/3 affected (5) -> a/3 affected (5)"}},
		{"the order of remediations", compile(t, advised), compile(t, reordered), []*match.Host{gateways("a", "3")}, []*match.Host{gateways("a", "3")}, nil},
	} {
		got := match.Diff(scanned(t, c.old, c.was...), scanned(t, c.new, c.is...))
		assert.Equal(t, c.want, changesOf(got), c.name)
	}
}

// A fingerprint stays through upgrades, and tells apart what is not the same.
func TestFingerprint(t *testing.T) {
	host := &match.Host{ID: "a", Facts: match.Facts{"x": "y"}}
	for _, same := range [][2]match.Installation{
		{{Vendor: "V", Product: "P", Version: "1"}, {Vendor: "V", Product: "P", Version: "2"}},
		{{PURL: purl.MustParse("pkg:rpm/rocky/gate@1?arch=x86_64&epoch=1&distro=rocky-8")}, {PURL: purl.MustParse("pkg:rpm/rocky/gate@2?arch=x86_64&distro=rocky-9")}},
		{{CPE: cpe.MustParse("cpe:2.3:a:v:p:1:u1:*:*:*:*:*:*")}, {CPE: cpe.MustParse("cpe:2.3:a:v:p:2:*:*:*:*:*:*:*")}},
		{{Host: host, Product: "P"}, {Host: &match.Host{ID: "a"}, Product: "P"}},
	} {
		assert.Equal(t, same[0].Fingerprint("CVE-1"), same[1].Fingerprint("CVE-1"), "%v", same)
	}
	seen := map[string]int{}
	for i, in := range []match.Installation{
		{}, {Vendor: "V", Product: "P"}, {Vendor: "VP"}, {Product: "VP"}, {Host: host}, {Host: host, Product: "VP"}, {Serial: "1"},
		{PURL: purl.MustParse("pkg:npm/a")}, {PURL: purl.MustParse("pkg:npm/%40a/b")}, {PURL: purl.MustParse("pkg:rpm/rocky/gate@2?arch=x86_64")},
		{PURL: purl.MustParse("pkg:rpm/rocky/gate@2?arch=aarch64")}, {Product: "P", PartOf: []match.Installation{{Product: "Q"}}},
		{CPE: cpe.MustParse("cpe:2.3:a:v:p:1:*:*:*:*:*:*:other")},
		{CPE: cpe.MustParse("cpe:2.3:a:v:p:1:*:*:*:*:*:*:*")}, {CPE: cpe.MustParse("cpe:2.3:a:v:p:1:*:*:*:lts:*:*:*")},
	} {
		for _, id := range []string{"", "CVE-1", "CVE-2"} {
			key := in.Fingerprint(id)
			assert.Len(t, key, 32)
			assert.NotContains(t, seen, key, "%d %v %s", i, in, id)
			seen[key] = i
		}
	}
	in := match.Installation{Vendor: "Example", Product: "Gateway", Version: "1"}
	assert.Equal(t, "f77a36970c87cb7231f3465f21ae4cfb", in.Fingerprint("CVE-2099-7"), "it never changes")
}

func TestTriage(t *testing.T) {
	a := belowFive()
	a.Statements[0].Where = advisory.Condition{Op: advisory.OpFact, Fact: "platform", Values: []string{"Linux"}}
	b := belowFive()
	b.ID, b.Vulnerabilities[0].ID = "B", "CVE-2099-8"
	unread := belowFive()
	unread.ID, unread.Vulnerabilities[0].ID = "C", "CVE-2099-9"
	unread.Statements[0].Spans[0] = advisory.Span{Version: "see the page of the vendor, 7", Status: advisory.Affected}
	m := compile(t, a, b, unread)
	known := gateways("c", "3")
	known.Facts = match.Facts{"platform": "Linux"}
	var got []string
	for _, g := range m.Triage(scanned(t, m, gateways("a", "3", ""), gateways("b", "3", "4"), known)) {
		got = append(got, fmt.Sprintf("%s/%s: %s: %d findings, %d alone, %d installations, %s", g.Class, g.Reason, g.What, g.Findings, g.Alone, g.Installations, g.Vulnerability))
	}
	assert.Equal(t, []string{
		"advisory/bad_range: document C of v: 4 findings, 4 alone, 4 installations, CVE-2099-9",
		"inventory/missing_condition: platform: 4 findings, 3 alone, 4 installations, CVE-2099-7",
		"inventory/no_version: version of example/gateway: 2 findings, 2 alone, 1 installations, CVE-2099-8",
		"inventory/missing_condition: version of example/gateway: 1 findings, 0 alone, 1 installations, CVE-2099-7",
	}, got)
	assert.Empty(t, m.Triage(nil))

	w := doc("B", "w", advisory.RankVendor, 1, advisory.NotAffected, "*")
	wide := doc("C", "u", advisory.RankThirdParty, 1, advisory.Affected, "*")
	wide.Vulnerabilities[0].ID, wide.Products[0].Vendor = "CVE-2099-8", "n/a"
	m = ask(t, compile(t, doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*"), w, wide), match.AskOptions{Uncertain: true})
	itself := doc("E", "v", advisory.RankVendor, 1, advisory.NotAffected, "*")
	alone := compile(t, doc("D", "v", advisory.RankVendor, 1, advisory.Affected, "*"), itself)
	assert.Equal(t, "which is right of D and E of v", alone.Triage(scanned(t, alone, gateways("a", "3")))[0].What)
	gaps := m.Triage(scanned(t, m, gateways("a", "3"), gateways("b", "4")))
	require.Len(t, gaps, 2)
	assert.Equal(t, "whether Example Gateway is u/gateway", gaps[0].What)
	assert.Equal(t, "ranks of v and w", gaps[1].What)
	assert.Equal(t, advisory.ClassConflict, gaps[1].Class)
	assert.Equal(t, 2, gaps[1].Alone)
	assert.Equal(t, "a", gaps[1].Example.Host.ID)
}

func ExampleDiff() {
	scan := func(a *advisory.Advisory) (list []match.Result) {
		m, _ := match.Compile(a)
		for r, err := range m.Scan(context.Background(), func(yield func(*match.Host, error) bool) {
			yield(gateways("srv7", "4"), nil)
		}, match.ScanOptions{}) {
			if err == nil {
				list = append(list, r)
			}
		}
		return list
	}
	later := belowFive()
	later.Revision = "2"
	later.Statements[0].Spans[0].Before = "4"
	for _, c := range match.Diff(scan(belowFive()), scan(later)) {
		fmt.Println(c.Kind, c.To.Host.ID, c.Old.Vulnerability)
	}
	// Output:
	// gone srv7 CVE-2099-7
}
