package schemas

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// output returns the file in which package report keeps the expected output of a writer.
func output(end string) string { return filepath.Join("..", "..", "testdata", "report."+end) }

// validate checks an output against the schema at an address. resources are the texts of the
// schemas by their addresses.
func validate(t *testing.T, end, at string, resources map[string][]byte) {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	for address, text := range resources {
		schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		require.NoError(t, err, address)
		require.NoError(t, compiler.AddResource(address, schema))
	}
	schema, err := compiler.Compile(at)
	require.NoError(t, err)
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(read(t, output(end))))
	require.NoError(t, err)
	assert.NoError(t, schema.Validate(value), end)
}

func read(t *testing.T, name ...string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(name...))
	require.NoError(t, err)
	return text
}

// module returns the folder of a module that this one requires.
func module(t *testing.T, path string) string {
	t.Helper()
	dir, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", path).Output()
	require.NoError(t, err)
	return string(bytes.TrimSpace(dir))
}

// TestCycloneDX: the schema of signatures, which are not written, is another file there.
func TestCycloneDX(t *testing.T) {
	dir, base := filepath.Join(module(t, "github.com/CycloneDX/cyclonedx-go"), "schema"), "http://cyclonedx.org/schema/"
	validate(t, "cdx.json", base+"bom-1.6.schema.json", map[string][]byte{
		base + "bom-1.6.schema.json":  read(t, dir, "bom-1.6.schema.json"),
		base + "spdx.schema.json":     read(t, dir, "spdx.schema.json"),
		base + "jsf-0.82.schema.json": []byte(`{"definitions": {"signature": false}}`),
	})
}

func TestCSAF(t *testing.T) {
	dir, base := filepath.Join(module(t, "github.com/gocsaf/csaf/v3"), "csaf", "schema"), "https://docs.oasis-open.org/csaf/csaf/v2.0/"
	validate(t, "csaf.json", base+"csaf_json_schema.json", map[string][]byte{
		base + "csaf_json_schema.json":              read(t, dir, "csaf_json_schema.json"),
		"https://www.first.org/cvss/cvss-v2.0.json": read(t, dir, "cvss-v2.0.json"),
		"https://www.first.org/cvss/cvss-v3.0.json": read(t, dir, "cvss-v3.0.json"),
		"https://www.first.org/cvss/cvss-v3.1.json": read(t, dir, "cvss-v3.1.json"),
	})
}

// TestSARIF: the module has its schema as a constant of a Go file.
func TestSARIF(t *testing.T) {
	const at = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	name := filepath.Join(module(t, "github.com/owenrumney/go-sarif/v3"), "pkg", "report", "v210", "sarif", "schema.go")
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	require.NoError(t, err)
	var schema string
	ast.Inspect(file, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING && len(literal.Value) > len(schema) {
			schema, err = strconv.Unquote(literal.Value)
			require.NoError(t, err)
		}
		return true
	})
	validate(t, "sarif", at, map[string][]byte{at: []byte(schema)})
}

func TestOpenVEX(t *testing.T) {
	dir := os.Getenv("AFFECTED_SCHEMAS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "..", "shared", "schemas")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no schema of OpenVEX: %v", err)
	}
	const at = "https://github.com/openvex/spec/openvex_json_schema_0.2.0.json"
	validate(t, "openvex.json", at, map[string][]byte{at: read(t, dir, "openvex.json")})
}
