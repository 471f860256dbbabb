package advisory_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
)

// TestExact: a span with the hint exact names its own version and no other, and one that the
// scheme cannot read leaves no doubt about the rest.
func TestExact(t *testing.T) {
	s := advisory.Statement{Default: notAffected, Spans: []advisory.Span{affected("1.0", "2.0")}}
	for _, version := range []string{"3.0", "4.*", "all", "before 9", "2004d-x", "n/a"} {
		s.Spans = append(s.Spans, advisory.Span{Version: version, Hint: advisory.HintExact, Status: advisory.Affected})
	}
	tl := advisory.Resolve(&s, &advisory.Product{PURLs: []string{"pkg:pypi/gate"}}, advisory.ResolveOptions{})
	for version, want := range map[string]advisory.Status{
		"1.5": advisory.Affected, "2.0": advisory.Fixed, "3.0": advisory.Affected, "3.0.0": advisory.Affected,
		"3.0.1": advisory.Fixed, "4.1": advisory.Fixed, "8.0": advisory.Fixed, "0.1": advisory.NotAffected,
		"4.*": advisory.Affected, "before 9": advisory.Affected, "2004D-X": advisory.Affected, "n/a": advisory.Affected,
	} {
		assert.Equal(t, want, says(t, tl, version).Status, version)
	}
	require.Len(t, tl.Problems, 5)
	for _, p := range tl.Problems {
		assert.Equal(t, "text-only", p.Code)
		assert.True(t, p.Warning)
	}
}

// TestExactBehindName: the name of the product may stand in front of the version, and the hint may
// name the scheme.
func TestExactBehindName(t *testing.T) {
	s := advisory.Statement{Spans: []advisory.Span{
		{Version: "azl3 ruby 3.3.5-2", Hint: advisory.HintExact, Status: advisory.Fixed},
		{Version: "ruby next", Hint: advisory.HintExact, Status: advisory.Fixed},
	}}
	tl := advisory.Resolve(&s, &advisory.Product{Vendor: "Acme", Name: "ruby"}, advisory.ResolveOptions{})
	for version, want := range map[string]advisory.Status{
		"3.3.5-2": advisory.Fixed, "azl3 ruby 3.3.5-2": advisory.Fixed, "3.3.5-3": advisory.NoStatement, "ruby next": advisory.Fixed,
	} {
		assert.Equal(t, want, says(t, tl, version).Status, version)
	}
	s.Spans = []advisory.Span{{Version: "4.17.5_04-150600.3.9.1", Hint: advisory.HintExact + " rpm", Status: advisory.Fixed}}
	tl = advisory.Resolve(&s, &advisory.Product{Vendor: "Acme", Name: "xen"}, advisory.ResolveOptions{})
	assert.Equal(t, "rpm", tl.Scheme.Name())
	assert.Equal(t, advisory.Fixed, says(t, tl, "4.17.5_04-150600.3.9.1").Status)
	assert.Equal(t, advisory.NoStatement, says(t, tl, "4.17.5_04-150600.3.9.2").Status)
}

// TestExactProblems: what compares as text only is a warning.
func TestExactProblems(t *testing.T) {
	s := advisory.Statement{Spans: []advisory.Span{{Version: "Corefix", Hint: advisory.HintExact, Status: advisory.Affected}}}
	tl := advisory.Resolve(&s, &advisory.Product{Vendor: "Acme", Name: "ruby"}, advisory.ResolveOptions{})
	require.Len(t, tl.Problems, 1)
	for _, p := range tl.Problems {
		assert.Equal(t, "text-only", p.Code)
		assert.True(t, p.Warning)
	}
}
