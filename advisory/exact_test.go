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
