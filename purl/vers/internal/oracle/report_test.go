package oracle_test

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers/internal/oracle"
)

// TestReport checks that the report in the repository covers all tools, with enough pairs
// and without a difference that nothing explains.
func TestReport(t *testing.T) {
	text, err := os.ReadFile("testdata/report.txt")
	require.NoError(t, err)
	rows := map[string][]int{} // the numbers behind scheme and tool
	for line := range strings.Lines(string(text)) {
		for _, tool := range oracle.Tools() {
			rest, ok := strings.CutPrefix(line, tool.Scheme+" ")
			rest, named := strings.CutPrefix(strings.TrimSpace(rest), tool.Name+" ")
			if !ok || !named {
				continue
			}
			fields := strings.Fields(rest)
			require.Greater(t, len(fields), 8, line)
			for _, field := range fields[len(fields)-8:] {
				number, err := strconv.Atoi(field)
				require.NoError(t, err, line)
				rows[tool.Scheme] = append(rows[tool.Scheme], number)
			}
		}
	}
	for _, tool := range oracle.Tools() {
		row := rows[tool.Scheme]
		require.Len(t, row, 8, "the line of %s", tool.Scheme)
		pairs, differ, unexplained := row[0], row[2], row[3]
		assert.GreaterOrEqual(t, pairs, 100_000, tool.Scheme)
		assert.LessOrEqual(t, differ*1000, pairs, tool.Scheme)
		assert.Zero(t, unexplained, tool.Scheme)
	}
}

// TestWriteReport checks what a report says about each kind of difference.
func TestWriteReport(t *testing.T) {
	entries := []oracle.Entry{
		{Tool: oracle.Tool{Name: "one", Scheme: "gem"}, Version: "3.1", Result: oracle.Result{
			Compared: 100, Equal: 7, Refused: 5, Differences: []oracle.Difference{
				{Pair: oracle.Pair{A: "1", B: "2"}, Kind: oracle.Order, Ours: -1, Tool: 1},
				{Pair: oracle.Pair{A: "x", B: "x"}, Kind: oracle.ToolRefuses, Tool: oracle.Refused},
			}}},
		{Tool: oracle.Tool{Name: "two", Scheme: "deb"}},
	}
	var b bytes.Buffer
	require.NoError(t, oracle.WriteReport(&b, time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC), entries))
	assert.Contains(t, b.String(), "2024-02-29")
	assert.Regexp(t, `(?m)^gem +one +3\.1 +100 +7 +1 +2 +0 +5 +1 +0$`, b.String())
	assert.Contains(t, b.String(), `gem, 2 without explanation: "1" and "2": the tool says 1, we -1`)
	assert.Contains(t, b.String(), "deb: two was not there.")
}
