package schemas

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// root is the folder of the library.
const root = "../../../.."

// TestOwnForms: what the library writes in forms of its own fits their schemas, by a validator
// that knows all of JSON Schema, and so do the advisories that the repository shows to users.
func TestOwnForms(t *testing.T) {
	for schema, files := range map[string][]string{
		"finding":  {"match/report/testdata/report.jsonl"},
		"evidence": {"match/testdata/replay/evidence.json"},
		"advisory": {
			"match/testdata/replay/advisories.jsonl", "testdata/releases/*/advisories.jsonl", "examples/overlay/internal.json",
			"examples/check/testdata/advisories/gateway.json", "examples/check/testdata/advisories/withdrawn.json",
		},
	} {
		compiler := jsonschema.NewCompiler()
		compiler.AssertFormat()
		compiled, err := compiler.Compile(filepath.Join(root, "testdata", "schema", schema+".schema.json"))
		require.NoError(t, err, schema)
		for _, pattern := range files {
			names, err := filepath.Glob(filepath.Join(root, pattern))
			require.NoError(t, err)
			require.NotEmpty(t, names, pattern)
			for _, name := range names {
				for _, value := range values(t, name) {
					assert.NoError(t, compiled.Validate(value), name)
				}
			}
		}
	}
}

// values returns the values of a file: one, one a line, or the elements of an array.
func values(t *testing.T, name string) []any {
	t.Helper()
	text := read(t, name)
	if strings.HasSuffix(name, ".jsonl") {
		text = bytes.Join(bytes.Split(bytes.TrimSpace(text), []byte("\n")), []byte(","))
		text = append(append([]byte("["), text...), ']')
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err, name)
	if list, ok := value.([]any); ok {
		require.NotEmpty(t, list, name)
		return list
	}
	return []any{value}
}
