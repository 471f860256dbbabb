package oracle_test

import (
	"bytes"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers/internal/oracle"
)

// TestOracle compares each scheme with its real tool, where the machine has it: 2,000 pairs,
// or 120,000 with AFFECTED_ORACLE=full, which writes testdata/report.txt as well.
func TestOracle(t *testing.T) {
	full, pairs := os.Getenv("AFFECTED_ORACLE") == "full", 2_000
	if full {
		pairs = 120_000
	}
	grammars, err := oracle.Grammars()
	require.NoError(t, err)
	exceptions, err := oracle.Exceptions()
	require.NoError(t, err)

	entries := make([]oracle.Entry, len(oracle.Tools()))
	var mu sync.Mutex // guards entries
	t.Run("tools", func(t *testing.T) {
		for i, tool := range oracle.Tools() {
			entries[i].Tool = tool
			t.Run(tool.Scheme, func(t *testing.T) {
				t.Parallel()
				opened, err := tool.Open(t.Context(), t.TempDir())
				if err != nil {
					require.ErrorIs(t, err, oracle.ErrMissing)
					t.Skipf("%s: %v; it comes with %s", tool.Name, err, tool.Install)
				}
				result, err := oracle.Compare(t.Context(), tool.Scheme, opened, grammars[tool.Scheme], exceptions, pairs)
				require.NoError(t, err)
				check(t, result, pairs)
				t.Logf("%s %s: %d pairs, %d differences", tool.Name, opened.Version, result.Compared, len(result.Differences))
				mu.Lock()
				defer mu.Unlock()
				entries[i].Version, entries[i].Result = opened.Version, result
			})
		}
	})
	if full {
		checkUse(t, exceptions, entries)
		var report bytes.Buffer
		require.NoError(t, oracle.WriteReport(&report, time.Now().UTC(), entries))
		require.NoError(t, os.WriteFile("testdata/report.txt", report.Bytes(), 0o644))
	}
}

// check fails for each difference without explanation, and when too many have one.
func check(t *testing.T, result oracle.Result, pairs int) {
	t.Helper()
	assert.GreaterOrEqual(t, result.Compared, pairs, "pairs that both read")
	assert.Greater(t, result.Equal, pairs/200, "too few equal pairs to mean anything")
	shown := 0
	for _, d := range result.Differences {
		if d.Exception == nil {
			if shown++; shown <= 20 {
				t.Errorf("%s: %q and %q: the tool says %s, we %s", d.Kind, d.Pair.A, d.Pair.B, d.Tool, d.Ours)
			}
		}
	}
	assert.Zero(t, shown, "differences that no exception explains")
	differ, _ := result.Differ(oracle.Order)
	assert.LessOrEqual(t, differ, max(result.Compared/1000, 10), "too many exceptions to the order")
}

// checkUse fails for exceptions that explain nothing.
func checkUse(t *testing.T, exceptions []oracle.Exception, entries []oracle.Entry) {
	t.Helper()
	used := map[string]bool{}
	for _, e := range entries {
		for _, d := range e.Result.Differences {
			if d.Exception != nil {
				used[e.Tool.Scheme+" "+d.Exception.Rule] = true
			}
		}
	}
	for _, e := range entries {
		for _, x := range exceptions {
			if e.Version != "" && x.Scheme == e.Tool.Scheme {
				assert.True(t, used[x.Scheme+" "+x.Rule], "the exception %s %s explains nothing", x.Scheme, x.Rule)
			}
		}
	}
}
