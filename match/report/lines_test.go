package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/match/report"
)

// TestSchema: each line has only what the schema knows, of its type, and all that it requires.
func TestSchema(t *testing.T) {
	var schema struct {
		OneOf      []struct{ Required []string }
		Properties map[string]struct {
			Type string
			Enum []string
		}
	}
	text, err := os.ReadFile("../../testdata/schema/finding.schema.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &schema))
	var b bytes.Buffer
	require.ErrorIs(t, report.JSONLines(&b, entries(t), options), report.ErrIncomplete)
	met := map[string]bool{}
	for line := range strings.Lines(b.String()) {
		var members map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &members))
		for name, value := range members {
			met[name] = true
			rule, known := schema.Properties[name]
			require.True(t, known, "%s is not in the schema", name)
			if rule.Enum != nil {
				assert.Contains(t, rule.Enum, value, name)
			}
			switch value.(type) {
			case string:
				assert.Contains(t, []string{"string", ""}, rule.Type, name)
			case bool:
				assert.Equal(t, "boolean", rule.Type, name)
			case float64:
				assert.Equal(t, "number", rule.Type, name)
			default:
				assert.Equal(t, "array", rule.Type, name)
			}
		}
		fits := 0
		for _, alternative := range schema.OneOf {
			if !slices.ContainsFunc(alternative.Required, func(name string) bool { _, ok := members[name]; return !ok }) {
				fits++
			}
		}
		assert.Equal(t, 1, fits, line)
	}
	for name := range schema.Properties {
		assert.True(t, met[name], "no line of the test has %s", name)
	}
}

// TestCSV: the columns are the members of the lines, and no cell runs in a spreadsheet.
func TestCSV(t *testing.T) {
	var b bytes.Buffer
	require.ErrorIs(t, report.CSV(&b, entries(t), options), report.ErrIncomplete)
	rows, err := csv.NewReader(&b).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 1+12+1)
	for _, row := range rows {
		for _, cell := range row {
			assert.False(t, cell != "" && strings.ContainsRune("=+-@", rune(cell[0])), cell)
		}
	}
}
