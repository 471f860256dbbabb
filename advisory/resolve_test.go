package advisory_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// says asks the timeline of a statement about a version, read under its scheme.
func says(t *testing.T, tl *advisory.Timeline, version string) advisory.Outcome {
	t.Helper()
	if out, ok := tl.Text(version, nil); ok {
		return out
	}
	key, line, err := tl.Scheme.AppendKey(nil, version)
	require.NoError(t, err, version)
	out, _ := tl.At(key, line)
	return out
}

func affected(from, before string) advisory.Span {
	return advisory.Span{From: from, Before: before, Bounded: true, Status: advisory.Affected}
}

func upTo(from, through string) advisory.Span {
	return advisory.Span{From: from, Through: through, Bounded: true, Status: advisory.Affected}
}

func exactly(version string) advisory.Span {
	return advisory.Span{Version: version, Status: advisory.Affected}
}

var (
	undeclared  = advisory.DefaultUndeclared
	notAffected = advisory.DefaultNotAffected
	byDefault   = advisory.DefaultAffected
	silent      = advisory.DefaultSilent
)

// A status change in front of its range tells that the range begins elsewhere, so that what it
// says may hold anywhere (CVE-2024-2048).
func TestChangeOutside(t *testing.T) {
	span := affected("1.15.5", "1.16.0")
	span.Changes = []advisory.Change{{At: "1.14.10", Status: advisory.NotAffected}}
	out := says(t, advisory.Resolve(&advisory.Statement{Spans: []advisory.Span{span}, Default: notAffected}, &advisory.Product{}, advisory.ResolveOptions{}), "1.14.3")
	assert.Equal(t, advisory.Unknown, out.Status)
	assert.True(t, out.Possible.Has(advisory.Affected))
}

// Each case is a rule of Resolve with the record that it was met in.
func TestResolve(t *testing.T) {
	for _, c := range []struct {
		name     string
		spans    []advisory.Span
		def      advisory.Default
		versions map[string]string // version -> status, with the reason behind a blank
	}{
		{
			"an explicit upper bound ends the range when no default is given",
			[]advisory.Span{affected("14.0", "14.0.0.12980")}, undeclared,
			map[string]string{
				"14.0.0.12979": "affected", "14.0.0.12980": "fixed", "15.0": "fixed", "13.9": "unknown not_listed",
			},
		},
		{
			"a list without a default says nothing about other versions (CVE-2024-20304)",
			[]advisory.Span{exactly("7.8.1"), exactly("24.2.1")}, undeclared,
			map[string]string{"7.8.1": "affected", "24.2.1": "affected", "24.3.1": "unknown not_listed", "7.8": "unknown not_listed"},
		},
		{
			"a short version of a list may stand for its branch, which no default clears (CVE-2024-22354)",
			[]advisory.Span{exactly("8.5"), exactly("9.0.0.3")}, notAffected,
			map[string]string{
				"8.5": "affected", "8.5.0": "affected", "8.5.5.24": "unknown ambiguous_branch", "8.6": "not_affected", "8.4.9": "not_affected",
				"9.0.0.3": "affected", "9.0.0.4": "not_affected", "9.0.0.3.1": "not_affected", "9.0.0.2": "not_affected",
			},
		},
		{
			"a list that names others of the branch means one version",
			[]advisory.Span{exactly("8.5"), exactly("8.5.2")}, notAffected,
			map[string]string{"8.5": "affected", "8.5.1": "not_affected", "8.5.2": "affected", "8.5.3": "not_affected"},
		},
		{
			"branches with a default (CVE-2024-21762)",
			[]advisory.Span{upTo("7.4.0", "7.4.2"), upTo("7.2.0", "7.2.6")}, notAffected,
			map[string]string{"7.4.2": "affected", "7.4.3": "fixed", "7.2.7": "fixed", "7.3.0": "not_affected", "7.1.0": "not_affected", "7.6.0": "fixed"},
		},
		{
			"two ranges with one lower bound are two branches (CVE-2024-37080)",
			[]advisory.Span{affected("8.0", "8.0 U2d"), affected("8.0", "8.0 U1e")}, notAffected,
			map[string]string{"8.0": "affected", "8.0 U1d": "affected", "8.0 U1e": "fixed", "8.0 U2": "affected", "8.0 U2c": "affected", "8.0 U2d": "fixed", "8.0 U3": "fixed"},
		},
		{
			"several fixes in one bound (CVE-2024-46903)",
			[]advisory.Span{affected("5.8, 6.6, 6.7", "6.6.1097, 6.7.1107")}, undeclared,
			map[string]string{"6.6.1096": "affected", "6.6.1097": "fixed", "6.7.1106": "affected", "6.7.1107": "fixed", "5.8.1": "affected"},
		},
		{
			"a lower fix point closes its own sub-branch only (CVE-2025-0109)",
			[]advisory.Span{{From: "12.1.0", Before: "12.1.10-h2", Bounded: true, Status: advisory.Affected, Changes: []advisory.Change{
				{At: "12.1.7-h8", Status: advisory.NotAffected}, {At: "12.1.10-h2", Status: advisory.NotAffected}}}}, notAffected,
			map[string]string{"12.1.7-h7": "affected", "12.1.7-h8": "fixed", "12.1.7-h9": "fixed", "12.1.8": "affected", "12.1.10-h1": "affected", "12.1.10-h2": "fixed"},
		},
		{
			"a branch that is affected again (CVE-2023-4481)",
			[]advisory.Span{{From: "18.4", Before: "18.4 R3", Bounded: true, Status: advisory.Affected, Changes: []advisory.Change{
				{At: "18.4 R1-7", Status: advisory.NotAffected}, {At: "18.4 R2", Status: advisory.Affected}}}}, notAffected,
			map[string]string{"18.4 R1-6": "affected", "18.4 R1-7": "fixed", "18.4 R1-9": "fixed", "18.4 R2": "affected", "18.4 R3": "fixed"},
		},
		{
			"version equals lessThan is before it (CVE-2023-1213)",
			[]advisory.Span{affected("111.0.5563.64", "111.0.5563.64")}, undeclared,
			map[string]string{"111.0.5563.63": "affected", "110.0": "affected", "111.0.5563.64": "fixed"},
		},
		{
			"version equals lessThanOrEqual is that version (CVE-2024-2379)",
			[]advisory.Span{upTo("8.6.0", "8.6.0")}, notAffected,
			map[string]string{"8.5.0": "not_affected", "8.6.0": "affected"},
		},
		{
			"two bounds that differ in the last number only cannot be told apart (CVE-2023-52284)",
			[]advisory.Span{affected("9.2.0", "9.2.0-9289"), affected("9.2.0", "9.2.0-11289")}, notAffected,
			map[string]string{"9.2.0-9288": "affected", "9.2.0-10000": "unknown ambiguous_branch", "9.2.0-11289": "fixed"},
		},
		{
			"an upper bound that nobody can read leaves open all from the lower bound on",
			[]advisory.Span{affected("16.0.1", "https://example.com/releases"), affected("1.0", "2.0")}, notAffected,
			map[string]string{"1.5": "affected", "16.0.2": "unknown bad_range", "16.0.1": "unknown bad_range", "2.1": "fixed", "0.9": "not_affected"},
		},
		{
			"bounds that are swapped say nothing",
			[]advisory.Span{affected("22.0.0", "10.5.2")}, undeclared,
			map[string]string{"10.5.1": "unknown bad_range", "23.0": "unknown bad_range"},
		},
		{
			"a range from a release to its pre-release begins with the branch (CVE-2024-0638)",
			[]advisory.Span{upTo("2.3.0", "2.3.0-rc4")}, notAffected,
			map[string]string{"2.3.0-rc1": "affected", "2.3.0-rc4": "affected", "2.3.0": "fixed", "2.2.9": "not_affected"},
		},
		{
			"default affected with ranges that are not (CVE-2023-43494)",
			[]advisory.Span{{From: "2.414.2", Before: "2.414.*", Bounded: true, Status: advisory.NotAffected}, {From: "2.424", Before: "*", Bounded: true, Status: advisory.NotAffected}}, byDefault,
			map[string]string{"2.414.1": "affected", "2.414.2": "not_affected", "2.414.9": "not_affected", "2.415": "affected", "2.424": "not_affected", "3.0": "not_affected"},
		},
		{
			"default affected against an upper bound is a conflict on the branch, and affected elsewhere (CVE-2024-39411)",
			[]advisory.Span{upTo("0", "2.4.4-p9")}, byDefault,
			map[string]string{"2.4.4-p9": "affected", "2.4.4-p10": "unknown conflict", "2.4.7-p1": "affected"},
		},
		{
			"x is a branch",
			[]advisory.Span{exactly("5.1.x")}, notAffected,
			map[string]string{"5.1": "affected", "5.1.9": "affected", "5.10.0": "not_affected", "5.2": "not_affected"},
		},
		{
			"a star at the end of an upper bound is the end of the branch",
			[]advisory.Span{affected("1.0", "2.*")}, notAffected,
			map[string]string{"1.0": "affected", "2.9": "affected", "3.0": "fixed"},
		},
		{
			"all versions", []advisory.Span{exactly("All versions")}, notAffected,
			map[string]string{"1.0": "affected", "r1p0": "affected"},
		},
		{
			"the first span that matches counts",
			[]advisory.Span{{Version: "1.5", Status: advisory.NotAffected}, affected("1.0", "2.0")}, notAffected,
			map[string]string{"1.4": "affected", "1.5": "not_affected", "1.6": "affected", "2.0": "fixed"},
		},
		{
			"silence outside the spans of formats without a default",
			[]advisory.Span{affected("1.0", "2.0")}, silent,
			map[string]string{"1.5": "affected", "2.0": "no_statement version_not_named", "0.9": "no_statement version_not_named"},
		},
		{
			"no span and a default: the default", nil, byDefault,
			map[string]string{"1.0": "affected"},
		},
		{
			"no span and no default: unknown", nil, undeclared,
			map[string]string{"1.0": "unknown no_data"},
		},
		{
			"another line than the statement names",
			[]advisory.Span{affected("r41p0", "r49p0")}, undeclared,
			map[string]string{"r44p0": "affected", "44": "unknown other_line"},
		},
		{
			"an inclusive bound holds the builds of its release",
			[]advisory.Span{upTo("", "7.2.6")}, undeclared,
			map[string]string{"7.2.6": "affected", "7.2.6 build1575": "affected", "7.2.7": "fixed"},
		},
		{
			"a status that the publisher does not know",
			[]advisory.Span{{From: "0", Before: "1.3", Bounded: true, Status: advisory.Unknown}, affected("1.3", "1.4")}, notAffected,
			map[string]string{"1.2": "unknown no_data", "1.3": "affected", "1.4": "fixed"},
		},
		{
			"ranges without an end that say opposite things are points (CVE-2023-22515)",
			[]advisory.Span{exactly(">= 8.0.0"), exactly(">= 8.3.2"), {Version: ">= 8.3.3", Status: advisory.NotAffected}, exactly(">= 8.4.0"), {Version: ">= 8.4.3", Status: advisory.NotAffected}}, undeclared,
			map[string]string{"8.1": "affected", "8.3.2": "affected", "8.3.3": "fixed", "8.3.9": "fixed", "8.4.0": "affected", "8.4.3": "fixed", "9.0": "fixed", "7.9": "unknown not_listed"},
		},
		{
			"and a lower one closes its own branch (CVE-2023-22506)",
			[]advisory.Span{{Version: "< 8.0.0", Status: advisory.NotAffected}, exactly(">= 8.0.0"), {Version: ">= 9.2.3", Status: advisory.NotAffected}, {Version: ">= 9.3.1", Status: advisory.NotAffected}}, undeclared,
			map[string]string{"7.2": "not_affected", "9.2.2": "affected", "9.2.3": "fixed", "9.3.0": "affected", "9.3.1": "fixed"},
		},
		{
			"halves of a range in two spans (CVE-2021-41310)",
			[]advisory.Span{affected("unspecified", "8.5.19"), affected("8.6.0", "unspecified"), affected("unspecified", "8.13.11")}, undeclared,
			map[string]string{"8.5.18": "affected", "8.5.19": "fixed", "8.6.0": "affected", "8.13.10": "affected", "8.13.11": "fixed"},
		},
		{
			"above a listed version the upper bound of a range speaks (CVE-2024-23819)",
			[]advisory.Span{exactly("< 2.23.4"), exactly("= 2.24.0")}, undeclared,
			map[string]string{"2.23.3": "affected", "2.23.4": "fixed", "2.24.0": "affected", "2.24.1": "fixed"},
		},
		{
			"two inclusive bounds on one branch: the wider one (CVE-2023-39278)",
			[]advisory.Span{upTo("", "7.0.1-5119"), upTo("", "7.0.1-5129")}, undeclared,
			map[string]string{"7.0.1-5119": "affected", "7.0.1-5129": "affected", "7.0.1-5130": "fixed"},
		},
		{
			"a fixed version written as an empty range is that version (CVE-2023-35084)",
			[]advisory.Span{{From: "2022 SU3", Before: "2022 SU3", Bounded: true, Status: advisory.NotAffected}}, byDefault,
			map[string]string{"2022 SU2": "affected", "2022 SU3": "not_affected", "2022 SU4": "affected"},
		},
		{
			"two dotted numbers with a hyphen between are an interval (CVE-2020-2841)",
			[]advisory.Span{exactly("12.1.1-12.1.3"), exactly("13.0-14.0")}, undeclared,
			map[string]string{"12.1.1": "affected", "12.1.2": "affected", "12.1.3": "affected", "12.1.0": "unknown bad_range", "13.5": "unknown bad_range"},
		},
		{
			"a range inside another one is a branch when no default is given (CVE-2021-34453)",
			[]advisory.Span{affected("15.01.0", "15.01.2308.015"), affected("15.0.0", "15.01.2375.012")}, undeclared,
			map[string]string{"15.1.2308.14": "affected", "15.1.2308.15": "fixed", "15.1.2309.1": "affected", "15.1.2375.12": "fixed"},
		},
		{
			"and else the letter counts",
			[]advisory.Span{affected("15.01.0", "15.01.2308.015"), affected("15.0.0", "15.01.2375.012")}, notAffected,
			map[string]string{"15.1.2308.15": "affected", "15.1.2375.12": "fixed"},
		},
		{
			"an operator once more in the bound", []advisory.Span{upTo("", "<=9.3.3.0")}, notAffected,
			map[string]string{"9.3.3.0": "affected", "9.3.3.1": "fixed"},
		},
		{
			"a bound relative to its branch", []advisory.Span{affected("2203 LTSR", "CU5")}, notAffected,
			map[string]string{"2203 LTSR CU4": "affected", "2203 LTSR CU5": "fixed", "2203": "affected"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &advisory.Statement{Products: []int{0}, Spans: c.spans, Default: c.def}
			tl := advisory.Resolve(s, &advisory.Product{Vendor: "Example", Name: "Gateway"}, advisory.ResolveOptions{})
			for version, want := range c.versions {
				out := says(t, tl, version)
				got := out.Status.String()
				if out.Reason != advisory.NoReason {
					got += " " + out.Reason.String()
				}
				assert.Equal(t, want, got, "%s in %v", version, tl.Segments)
			}
		})
	}
}

// A statement of commits knows the named commits, and nothing about versions.
func TestResolveCommits(t *testing.T) {
	s := &advisory.Statement{Products: []int{0}, Default: notAffected, Spans: []advisory.Span{
		{Version: "45bfb2e50471", Hint: "git", Status: advisory.Affected},
		{From: "0123456789ab", Before: "7882923f1cb8", Bounded: true, Hint: "git", Status: advisory.Affected}}}
	tl := advisory.Resolve(s, &advisory.Product{Vendor: "Linux", Name: "Linux"}, advisory.ResolveOptions{})
	assert.False(t, tl.Speaks())
	out, ok := tl.Text("45BFB2E50471", nil)
	require.True(t, ok)
	assert.Equal(t, advisory.Affected, out.Status)
	for commit, want := range map[string]advisory.Status{"0123456789ab": advisory.Affected, "7882923f1cb8": advisory.Fixed} {
		out, ok = tl.Text(commit, nil)
		require.True(t, ok, commit)
		assert.Equal(t, want, out.Status, commit)
	}
	_, ok = tl.Text("fedcba987654", nil)
	assert.False(t, ok, "a commit that is not named is not known")
	assert.Equal(t, advisory.Unknown, says(t, tl, "6.1").Status)
}

// The type "git" on releases is a slip of the publisher (CVE-2023-5139, CVE-2023-29458).
func TestResolveReleasesUnderGit(t *testing.T) {
	span := func(from, before, through string) advisory.Span {
		return advisory.Span{From: from, Before: before, Through: through, Bounded: true, Hint: "git", Status: advisory.Affected}
	}
	for _, c := range []struct {
		span    advisory.Span
		commits bool
	}{
		{span("*", "3.5", ""), false},
		{span("5,0,0", "", "5.0.34"), false},
		{span("0", "v2.1", ""), false},
		{advisory.Span{Version: "6.9", Hint: "git", Status: advisory.Affected}, false},
		{span("0", "8a41948e553c", ""), true},
		{span("3.5", "8a41948e553c", ""), true},
		{span("0", "", "main"), true},
	} {
		assert.Equal(t, c.commits, c.span.IsCommits(), "%s", c.span.String())
	}
	s := &advisory.Statement{Products: []int{0}, Default: notAffected, Spans: []advisory.Span{span("*", "3.5", "")}}
	tl := advisory.Resolve(s, &advisory.Product{Vendor: "Example", Name: "Gateway"}, advisory.ResolveOptions{})
	assert.True(t, tl.Speaks())
	assert.Equal(t, advisory.Affected, says(t, tl, "3.4.1").Status)
	assert.Equal(t, advisory.Fixed, says(t, tl, "3.5").Status)
}

func TestResolveScheme(t *testing.T) {
	range1 := func(hint string, bounds ...string) *advisory.Statement {
		return &advisory.Statement{Products: []int{0}, Spans: []advisory.Span{{From: bounds[0], Before: bounds[1], Bounded: true, Hint: hint, Status: advisory.Affected}}}
	}
	plain := advisory.Product{Vendor: "Example", Name: "Gateway"}
	for _, c := range []struct {
		product   advisory.Product
		statement *advisory.Statement
		want      string
	}{
		{advisory.Product{Vendor: "Trend Micro", Name: "Apex Central"}, range1("semver", "2019 (14.0)", "Build 7190"), "build"},
		{advisory.Product{Name: "x", CPEs: []string{"cpe:2.3:a:trendmicro:apex_central:-:*:*:*:*:*:*:*"}}, range1("", "1", "2"), "build"},
		{plain, range1("semver", "1.0.0", "1.2.3"), "vendor"},
		{plain, range1("semver", "0.0.0", "0.0.0-20231003121714-be746957ee7c"), "semver"},
		{plain, range1("custom", "1.0.0-x.1", "1.2.3"), "semver"},
		{plain, range1("custom", "10.0", "10.0 SP2"), "vendor"},
		{plain, range1("", "0", "2.12-1ubuntu5"), "deb"},
		{plain, range1("rpm", "0:8.7p1-38.el9", "0:8.7p1-38.el9_4.1"), "rpm"},
	} {
		tl := advisory.Resolve(c.statement, &c.product, advisory.ResolveOptions{})
		assert.Equal(t, c.want, tl.Scheme.Name(), "%+v: %s", c.statement.Spans, tl.SchemeRule)
		assert.NotEmpty(t, tl.SchemeRule)
	}
	// A catalog entry with a scheme that does not exist is a problem, not a guess.
	catalog, err := new(product.Catalog).With(product.Entry{Key: "example/gateway", Scheme: "no-such"})
	require.NoError(t, err)
	tl := advisory.Resolve(range1("", "1", "2"), &plain, advisory.ResolveOptions{Catalog: catalog, Schemes: vers.Builtin()})
	require.Len(t, tl.Problems, 1)
	assert.Equal(t, "scheme-unknown", tl.Problems[0].Code)
}

// A version that names a branch has the status of the branch, or is imprecise.
func TestWithin(t *testing.T) {
	s := &advisory.Statement{Products: []int{0}, Default: notAffected, Spans: []advisory.Span{affected("7.0", "7.2.5")}}
	tl := advisory.Resolve(s, &advisory.Product{Vendor: "Example", Name: "Gateway"}, advisory.ResolveOptions{})
	for branch, want := range map[string]string{"7.1": "affected", "7.2": "unknown", "7.3": "fixed", "6": "not_affected", "7": "unknown"} {
		lo, hi, line, err := tl.Scheme.AppendBranch(nil, nil, branch, 0)
		require.NoError(t, err)
		out, _ := tl.Within(lo, hi, line)
		assert.Equal(t, want, out.Status.String(), branch)
		if out.Status == advisory.Unknown {
			assert.Equal(t, advisory.Imprecise, out.Reason)
			assert.True(t, out.Possible.Has(advisory.Affected) && out.Possible.Has(advisory.Fixed), branch)
		}
	}
}

// Numbers behind those of the bounds are the build, in whatever way the range is written.
func TestRelease(t *testing.T) {
	inWords := advisory.Span{Version: ">= 23.1.0, <= 23.9.7", Status: advisory.Affected}
	for _, span := range []advisory.Span{upTo("0", "23.9.7"), inWords} {
		s := &advisory.Statement{Products: []int{0}, Spans: []advisory.Span{span}}
		tl := advisory.Resolve(s, &advisory.Product{Vendor: "Example", Name: "Gateway"}, advisory.ResolveOptions{})
		for version, want := range map[string]string{"23.9.7.8804": "23.9.7", "v23.9.7.1.2": "v23.9.7", "23.9": "23.9", "23.9.7 SP2": "23.9.7 SP2"} {
			assert.Equal(t, want, tl.Release(version))
		}
	}
}
