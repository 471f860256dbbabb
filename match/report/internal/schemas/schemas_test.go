package schemas

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSchemas validates the expected outputs of the writers.
func TestSchemas(t *testing.T) {
	dir := os.Getenv("AFFECTED_SCHEMAS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "..", "shared", "schemas")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no schemas: %v", err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	for at, name := range map[string]string{
		"http://cyclonedx.org/schema/bom-1.6.schema.json":                  "cyclonedx-1.6.json",
		"http://cyclonedx.org/schema/spdx.schema.json":                     "cyclonedx-spdx-licenses.json",
		"http://cyclonedx.org/schema/jsf-0.82.schema.json":                 "cyclonedx-jsf.json",
		"http://cyclonedx.org/schema/cryptography-defs.schema.json":        "cyclonedx-cryptography-defs.json",
		"https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json": "csaf-2.0.json",
		"https://github.com/openvex/spec/openvex_json_schema_0.2.0.json":   "openvex.json",
	} {
		require.NoError(t, compiler.AddResource(at, readJSON(t, filepath.Join(dir, name))), name)
	}
	for _, version := range []string{"2.0", "3.0", "3.1"} { // no scores are written
		require.NoError(t, compiler.AddResource("https://www.first.org/cvss/cvss-v"+version+".json", map[string]any{}))
	}
	for name, schema := range map[string]string{
		"report.cdx.json":     "http://cyclonedx.org/schema/bom-1.6.schema.json",
		"report.csaf.json":    "https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json",
		"report.openvex.json": "https://github.com/openvex/spec/openvex_json_schema_0.2.0.json",
	} {
		compiled, err := compiler.Compile(schema)
		require.NoError(t, err, name)
		assert.NoError(t, compiled.Validate(readJSON(t, filepath.Join("..", "..", "testdata", name))), name)
	}
}

func readJSON(t *testing.T, name string) any {
	t.Helper()
	file, err := os.Open(name)
	require.NoError(t, err)
	defer file.Close()
	value, err := jsonschema.UnmarshalJSON(file)
	require.NoError(t, err, name)
	return value
}
