package match_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
)

// cpeOf makes a CPE name of an application of "vendor:product:version:update" and what follows.
func cpeOf(text string) cpe.Name {
	text += strings.Repeat(":*", 9-strings.Count(text, ":"))
	return cpe.MustParse("cpe:2.3:a:" + text)
}

// TestCPENames: which CPE names of a document mean an installed one, with the level.
func TestCPENames(t *testing.T) {
	for _, c := range []struct {
		names, installed string
		complete         bool // the names are all that is meant (NVD)
		want             string
	}{
		{"example:gate", "example:gate:1.0", false, "affected exact"},
		{"example:gate", "example:door:1.0", false, "no_statement (not_named) none"},
		{"example:gate_*", "example:gate_7:1.0", false, "affected exact"},
		{"example:gate_*", "example:door:1.0", false, "no_statement (not_named) none"},
		{"example:gate_*", "other:gate_7:1.0", false, "no_statement (not_named) none"},
		{"example:*", "example:anything:1.0", false, "affected exact"},
		{"example:gate:*:*:*:*:*:windows", "example:gate:1.0:*:*:*:*:windows", true, "affected exact"},
		{"example:gate:*:*:*:*:*:windows", "example:gate:1.0:*:*:*:*:linux", true, "no_statement (not_named) none"},
		{"example:gate:*:*:*:*:*:windows", "example:gate:1.0", true, "unknown (missing_condition) exact"},
		{"example:gate:*:*:*:*:*:windows", "example:gate:1.0", false, "affected exact"},
		{"example:gate:*:*:*:*:*:windows example:gate:*:*:*:*:*:linux", "example:gate:1.0:*:*:*:*:linux", true, "affected exact"},
		{"ex-ample:gate_os", "ex_ample:gate-os:1.0", false, "affected alias"},
		{"ex-ample:gate_os", "ex_ample:gate-os:1.0:*:*:*:lts", false, "affected alias"},
		{"ex-ample:gate_os:*:*:*:*:lts", "ex_ample:gate-os:1.0", false, "unknown (product_uncertain) possible"},
		{"ex-ample:gate_os:*:*:*:-", "ex_ample:gate-os:1.0", false, "affected alias"},
	} {
		a := about("CVE-2099-1", advisory.Product{})
		for name := range strings.FieldsSeq(c.names) {
			a.Products[0].CPEs = append(a.Products[0].CPEs, cpeOf(name).String())
		}
		if c.complete {
			a.Statements[0].Default = advisory.DefaultComplete
		}
		m := compile(t, a)
		in := &match.Installation{CPE: cpeOf(c.installed)}
		f := m.Finding(in, "CVE-2099-1")
		assert.Equal(t, f.Verdict.String(), verdict(t, m, in, "CVE-2099-1"))
		assert.Equal(t, c.want, f.Verdict.String()+" "+f.Level.String(), "%s, installed %s", c.names, c.installed)
	}
}

// A product that a document names is found by the CPE name that the catalog has for it, and the
// surest of several ways is told.
func TestSurestWay(t *testing.T) {
	named := about("CVE-2099-1", advisory.Product{Vendor: "Trend Micro", Name: "Apex Central"})
	both := about("CVE-2099-2", advisory.Product{Vendor: "Trend Micro", Name: "Apex Central", CPEs: []string{cpeOf("trendmicro:apex_central").String()}})
	m := compile(t, named, both)
	in := &match.Installation{CPE: cpeOf("trendmicro:apex_central:1.0")}
	assert.Equal(t, "alias", m.Finding(in, "CVE-2099-1").Level.String())
	assert.Equal(t, "exact", m.Finding(in, "CVE-2099-2").Level.String())
	in.Vendor, in.Product = "Trend Micro", "Apex Central"
	assert.Equal(t, "name", m.Finding(in, "CVE-2099-1").Level.String())
	assert.Equal(t, "exact", m.Finding(in, "CVE-2099-2").Level.String())
}

// What is said about the release comes before what the same document says about all of them.
func TestReleaseBeforeAll(t *testing.T) {
	say := func(id string, words ...string) *advisory.Advisory { // product, status, ...
		a := doc(id, "v", advisory.RankVendor, 1, advisory.Affected, "*")
		a.Products, a.Statements = nil, nil
		for i := 0; i < len(words); i += 2 {
			var status advisory.Status
			require.NoError(t, status.UnmarshalText([]byte(words[i+1])))
			a.Statements = append(a.Statements, advisory.Statement{Products: []int{len(a.Products)}, Spans: []advisory.Span{{Version: "*", Status: status}}})
			a.Products = append(a.Products, advisory.Product{Vendor: "Microsoft", Name: words[i]})
		}
		return a
	}
	const release, family = "Windows 10 Version 1809", "Windows 10"
	for _, c := range []struct {
		name string
		docs []*advisory.Advisory
		in   string
		want string
	}{
		{"the release", []*advisory.Advisory{say("A", release, "not_affected", family, "affected")}, release, "not_affected"},
		{"the release, said last", []*advisory.Advisory{say("A", family, "affected", release, "not_affected")}, release, "not_affected"},
		{"another release", []*advisory.Advisory{say("A", release, "not_affected", family, "affected")}, "Windows 10 Version 22H2", "affected"},
		{"all releases", []*advisory.Advisory{say("A", family, "affected")}, release, "affected"},
		{"all systems", []*advisory.Advisory{say("A", "Windows", "affected")}, release, "affected"},
		{"several about all", []*advisory.Advisory{say("A", "Windows", "affected", family, "affected", release, "not_affected")}, release, "not_affected"},
		{"two things about all", []*advisory.Advisory{say("A", release, "not_affected", family, "under_investigation", family, "affected")}, release, "not_affected"},
		{"another document", []*advisory.Advisory{say("A", release, "not_affected"), say("B", family, "affected")}, release, "unknown (conflict)"},
	} {
		m := compile(t, c.docs...)
		in := &match.Installation{Vendor: "Microsoft", Product: c.in, Version: "10.0.1"}
		assert.Equal(t, c.want, verdict(t, m, in, "CVE-2099-7"), c.name)
	}
}

// Releases that the publisher named by CPE names (advisory.HintCPE) are met by such names, and by
// others as far as these tell.
func TestNamedReleases(t *testing.T) {
	for _, c := range []struct {
		releases string // of the statement
		others   string // an affected range beside them
		cpe      string // version and update of the installed name
		version  string
		want     string
	}{
		{"2019 build_7", "", "2019:build_7", "", "affected"},
		{"2019 build_7", "", "2019:build_8", "", "not_affected"},
		{"2019 build_7", "", "2018:build_7", "", "not_affected"},
		{"2019 build_7", "", "2019", "", "unknown (imprecise)"},
		{"2019", "", "2019:build_7", "", "affected"},
		{"2019", "", "2019", "", "affected"},
		{"2019 -", "", "2019:-", "", "affected"},
		{"2019 -", "", "2019:sp1", "", "not_affected"},
		{"2019 build_7", "1.0", "2019", "", "unknown (imprecise)"},
		{"2019 build_7", "1.0", "1.0", "", "affected"},
		{"2019 build_7", "1.0", "2.0", "", "not_affected"},
		{"2019 build_7", "", "2019:build_7", "3.0", "affected"},
		{"2019", "", "*", "2019", "affected"},
		{"2019", "", "*", "2018", "not_affected"},
		{"2019", "", "", "2019", "affected"},
		{"2019", "", "", "2018", "not_affected"},
		{"2019 build_7", "", "", "2019", "unknown (not_listed)"},
		{"2019", "", "", "the new one", "unknown (not_listed)"},
	} {
		a := about("CVE-2099-1", advisory.Product{CPEs: []string{cpeOf("example:gate").String()}, Vendor: "Example", Name: "Gate"})
		a.Statements[0].Default, a.Statements[0].Spans = advisory.DefaultComplete, nil
		for text := range strings.SplitSeq(c.releases, ", ") {
			a.Statements[0].Spans = append(a.Statements[0].Spans, advisory.Span{Version: text, Hint: advisory.HintCPE, Status: advisory.Affected})
		}
		if c.others != "" {
			a.Statements[0].Spans = append(a.Statements[0].Spans, advisory.Span{From: c.others, Through: c.others, Bounded: true, Status: advisory.Affected})
		}
		in := &match.Installation{Vendor: "Example", Product: "Gate", Version: c.version}
		if c.cpe != "" {
			in.CPE = cpeOf("example:gate:" + c.cpe)
		}
		m := compile(t, a)
		e := m.Explain(in, "CVE-2099-1")
		assert.Equal(t, e.Verdict.String(), verdict(t, m, in, "CVE-2099-1"))
		assert.Equal(t, c.want, e.Verdict.String(), "%s, installed %s%s", c.releases, c.cpe, c.version)
		if !strings.Contains(c.others, "1") {
			require.Len(t, e.Claims, 1)
			assert.Empty(t, e.Claims[0].Segment, "%s, installed %s%s", c.releases, c.cpe, c.version)
		}
	}
}

// The word of an update that the scheme does not know does not hide the version.
func TestUnknownUpdate(t *testing.T) {
	a := about("CVE-2099-1", advisory.Product{CPEs: []string{cpeOf("example:gate").String()}})
	a.Statements[0].Spans = []advisory.Span{{Before: "2.0", Hint: "dotted", Bounded: true, Status: advisory.Affected}}
	a.Statements[0].Default = advisory.DefaultNotAffected
	m := compile(t, a)
	for text, want := range map[string]string{"1.0": "affected", "1.0:spring_edition": "affected", "3.0:spring_edition": "fixed", "-": "unknown (no_version)"} {
		assert.Equal(t, want, m.Check(&match.Installation{CPE: cpeOf("example:gate:" + text)}, "CVE-2099-1").String(), text)
	}
	in := &match.Installation{CPE: cpeOf("example:gate:1.0"), Version: "3.0"}
	assert.Equal(t, "fixed", verdict(t, m, in, "CVE-2099-1"), "the version of the inventory counts")
	in = &match.Installation{CPE: cpeOf("example:gate:1.0"), PURL: purl.MustParse("pkg:generic/gate@3.0")}
	assert.Equal(t, "fixed", verdict(t, m, in, "CVE-2099-1"), "then that of the purl")
	in = &match.Installation{CPE: cpeOf("example:gate:1.0"), Version: "  "}
	assert.Equal(t, "affected", verdict(t, m, in, "CVE-2099-1"), "blanks are no version")
}

// Of two ways to a statement the one that leaves nothing open counts.
func TestOpenWay(t *testing.T) {
	p := advisory.Product{Vendor: "Example", Name: "Gate", PURLs: []string{"pkg:deb/debian/gate?distro=debian-12"}}
	m := compile(t, about("CVE-2099-1", p))
	in := &match.Installation{PURL: purl.MustParse("pkg:deb/debian/gate@1.0")}
	assert.Equal(t, "unknown (missing_condition)", verdict(t, m, in, "CVE-2099-1"))
	in.Vendor, in.Product = "Example", "Gate"
	assert.Equal(t, "affected", verdict(t, m, in, "CVE-2099-1"))
	in.Tags = []string{"tag:x"}
	p.Tags = in.Tags
	in.Vendor, in.Product = "", ""
	assert.Equal(t, "affected", verdict(t, compile(t, about("CVE-2099-1", p)), in, "CVE-2099-1"))
}
