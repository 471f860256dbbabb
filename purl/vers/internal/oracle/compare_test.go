package oracle_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
	"github.com/affected-go/affected/purl/vers/internal/oracle"
)

// opened makes a tool out of a function.
func opened(compare func(p oracle.Pair) oracle.Answer) oracle.Opened {
	return oracle.Opened{Version: "1", Compare: func(_ context.Context, pairs []oracle.Pair) ([]oracle.Answer, error) {
		var answers []oracle.Answer
		for _, p := range pairs {
			answers = append(answers, compare(p))
		}
		return answers, nil
	}}
}

// echo answers as the library does.
func echo(scheme string) func(oracle.Pair) oracle.Answer {
	return func(p oracle.Pair) oracle.Answer {
		v, errA := vers.Builtin().Parse(scheme, p.A)
		w, errB := vers.Builtin().Parse(scheme, p.B)
		if errA != nil || errB != nil {
			return oracle.Refused
		}
		c, _ := v.Compare(w)
		return oracle.Answer(c)
	}
}

// TestCompareFinds checks that a tool with a fault is found out: the comparison itself must
// not be what makes all well.
func TestCompareFinds(t *testing.T) {
	hashicorp, maven := echo("hashicorp"), echo("maven")
	tools := []struct {
		name, scheme             string
		tool                     func(oracle.Pair) oracle.Answer
		order, refused, ours     bool // differences that there have to be
		explained, unexplainable bool
	}{
		{name: "echo", scheme: "maven", tool: maven},
		{name: "reversed", scheme: "maven", order: true, unexplainable: true, tool: func(p oracle.Pair) oracle.Answer {
			return -maven(p)
		}},
		{name: "all equal", scheme: "maven", order: true, unexplainable: true, tool: func(oracle.Pair) oracle.Answer { return 0 }},
		{name: "refuses words", scheme: "maven", refused: true, unexplainable: true, tool: func(p oracle.Pair) oracle.Answer {
			if strings.Contains(p.A+p.B, "rc") {
				return oracle.Refused
			}
			return maven(p)
		}},
		{name: "a relation that is no order", scheme: "hashicorp", order: true, explained: true, tool: func(p oracle.Pair) oracle.Answer {
			a, b := core(p.A), core(p.B)
			if answer := hashicorp(p); answer == oracle.Refused || strings.Count(a, ".") == strings.Count(b, ".") || hashicorp(oracle.Pair{A: a, B: b}) != 0 {
				return answer
			}
			return 0 // as the module does: no pre-release counts when the counts of numbers differ
		}},
		{name: "reads all", scheme: "deb", ours: true, unexplainable: true, tool: func(p oracle.Pair) oracle.Answer {
			if answer := echo("deb")(p); answer != oracle.Refused {
				return answer
			}
			return 0
		}},
	}
	grammars, err := oracle.Grammars()
	require.NoError(t, err)
	exceptions, err := oracle.Exceptions()
	require.NoError(t, err)
	for _, c := range tools {
		t.Run(c.name, func(t *testing.T) {
			result, err := oracle.Compare(t.Context(), c.scheme, opened(c.tool), grammars[c.scheme], exceptions, 3_000)
			require.NoError(t, err)
			assert.GreaterOrEqual(t, result.Compared, 2_000)
			found, explained := map[oracle.Kind]bool{}, map[bool]bool{}
			for _, d := range result.Differences {
				found[d.Kind] = true
				explained[d.Exception != nil] = true
			}
			assert.Equal(t, c.order, found[oracle.Order], "differences of order")
			assert.Equal(t, c.refused, found[oracle.ToolRefuses], "refused by the tool")
			assert.Equal(t, c.ours, found[oracle.LibraryRefuses], "refused by the library")
			assert.Equal(t, c.unexplainable, explained[false], "differences without explanation")
			if c.explained {
				assert.True(t, explained[true], "differences that an exception explains")
			}
		})
	}
}

// core returns what stands in front of the pre-release and the metadata.
func core(text string) string {
	if i := strings.IndexAny(text, "-+"); i >= 0 {
		return text[:i]
	}
	return text
}

// TestCompareFails checks that the trouble of a tool is no agreement.
func TestCompareFails(t *testing.T) {
	grammars, err := oracle.Grammars()
	require.NoError(t, err)
	trouble := errors.New("broken pipe")
	tool := oracle.Opened{Compare: func(context.Context, []oracle.Pair) ([]oracle.Answer, error) { return nil, trouble }}
	_, err = oracle.Compare(t.Context(), "gem", tool, grammars["gem"], nil, 10)
	require.ErrorIs(t, err, trouble)
}

// TestExceptions checks what the file of exceptions promises.
func TestExceptions(t *testing.T) {
	schemes := map[string]bool{}
	for _, tool := range oracle.Tools() {
		schemes[tool.Scheme] = true
	}
	exceptions, err := oracle.Exceptions()
	require.NoError(t, err)
	require.NotEmpty(t, exceptions)
	for _, e := range exceptions {
		assert.True(t, schemes[e.Scheme], "a tool for %s", e.Scheme)
		assert.True(t, strings.HasSuffix(e.Reason, "."), "the reason of %s %s is a sentence", e.Scheme, e.Rule)
		assert.False(t, e.Kind == oracle.Order && e.Matches("1.0\t1.1"), "%s %s explains what is plain", e.Scheme, e.Rule)
	}
}
