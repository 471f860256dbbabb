package advisory_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
)

// TestElsewhere reads the statements of elsewhere.txt, which name several products.
func TestElsewhere(t *testing.T) {
	file, err := os.ReadFile("testdata/elsewhere.txt")
	require.NoError(t, err)
	for line := range strings.Lines(string(file)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		statement, facts, ok := strings.Cut(strings.TrimSpace(line), " => ")
		parts := strings.SplitN(statement, " | ", 3)
		require.True(t, ok && len(parts) == 3, line)
		about, err := json.Marshal(map[string]string{"vendor": parts[0], "name": parts[1]})
		require.NoError(t, err)
		a := readNative(t, `{"affected":"advisory/1","products":[`+string(about)+`],`+
			`"vulnerabilities":[{"id":"CVE-1"}],"statements":[`+parts[2]+`]}`)
		tl := advisory.Resolve(&a.Statements[0], &a.Products[0], advisory.ResolveOptions{})
		for fact := range strings.SplitSeq(facts, "; ") {
			version, want, ok := strings.Cut(fact, ": ")
			require.True(t, ok, fact)
			out := says(t, tl, version)
			assert.Equal(t, want, strings.TrimSpace(out.Status.String()+" "+out.Reason.String()), "%s in %s: %v", version, statement, tl.Problems)
		}
	}
}
