package oracle_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
	"github.com/affected-go/affected/purl/vers/internal/oracle"
)

// TestGrammars checks that each scheme with a tool has a grammar, that it makes the same
// pairs each time, and that most of these are versions and none spoils the lines in which
// they are sent to a tool.
func TestGrammars(t *testing.T) {
	grammars, err := oracle.Grammars()
	require.NoError(t, err)
	for _, tool := range oracle.Tools() {
		t.Run(tool.Scheme, func(t *testing.T) {
			g, ok := grammars[tool.Scheme]
			require.True(t, ok)
			const pairs = 2_000
			first, second := rand.New(rand.NewPCG(1, 2)), rand.New(rand.NewPCG(1, 2))
			read, texts := 0, map[string]bool{}
			for range pairs {
				p := g.Pair(first)
				require.Equal(t, p, g.Pair(second))
				for _, text := range []string{p.A, p.B} {
					require.False(t, strings.ContainsAny(text, "\t\r\n\x00"), "%q", text)
					require.True(t, utf8.ValidString(text), "%q", text)
					require.LessOrEqual(t, len(text), vers.MaxLength)
					texts[text] = true
					if _, err := vers.Builtin().Parse(tool.Scheme, text); err == nil {
						read++
					}
				}
			}
			assert.Greater(t, read, pairs, "more than half of all texts are versions")
			assert.Greater(t, len(texts), pairs/2, "texts that are not alike")
		})
	}
}
