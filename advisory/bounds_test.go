package advisory_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
)

// TestBounds reads the statements of bounds.txt, whose bounds are more or less than versions.
func TestBounds(t *testing.T) {
	file, err := os.Open("testdata/bounds.txt")
	require.NoError(t, err)
	defer file.Close()
	n := 0
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		statement, facts, ok := strings.Cut(lines.Text(), " => ")
		require.True(t, ok, lines.Text())
		n++
		a := readNative(t, `{"affected":"advisory/1","products":[{"vendor":"Acme","name":"Gateway"}],`+
			`"vulnerabilities":[{"id":"CVE-1"}],"statements":[`+statement+`]}`)
		tl := advisory.Resolve(&a.Statements[0], &a.Products[0], advisory.ResolveOptions{})
		for fact := range strings.SplitSeq(facts, "; ") {
			version, want, ok := strings.Cut(fact, ": ")
			require.True(t, ok, fact)
			out := says(t, tl, version)
			assert.Equal(t, want, strings.TrimSpace(out.Status.String()+" "+out.Reason.String()), "%s in %s: %v", version, statement, tl.Problems)
		}
	}
	require.NoError(t, lines.Err())
	assert.Greater(t, n, 30)
}
