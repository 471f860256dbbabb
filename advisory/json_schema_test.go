package advisory_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
)

// A schema checks values against the part of JSON Schema that advisory.schema.json uses. It
// notes which properties it met, as "product.name".
type schema struct {
	root map[string]any
	met  map[string]bool
}

func readSchema(t *testing.T) *schema {
	t.Helper()
	text, err := os.ReadFile("../testdata/schema/advisory.schema.json")
	require.NoError(t, err)
	s := &schema{met: map[string]bool{}}
	require.NoError(t, json.Unmarshal(text, &s.root))
	return s
}

// check returns what is wrong with a document, "" when nothing is.
func (s *schema) check(t *testing.T, text []byte) string {
	t.Helper()
	var v any
	require.NoError(t, json.Unmarshal(text, &v))
	return s.value(s.root, v, "advisory", "")
}

func (s *schema) value(rule map[string]any, v any, name, at string) string {
	if ref, ok := rule["$ref"].(string); ok {
		name = strings.TrimPrefix(ref, "#/$defs/")
		definition, ok := s.root["$defs"].(map[string]any)[name].(map[string]any)
		if !ok {
			return "no definition " + ref
		}
		rule = definition
	}
	if want, ok := rule["const"]; ok && want != v {
		return fmt.Sprintf("%s: %v instead of %v", at, v, want)
	}
	if enum, ok := rule["enum"].([]any); ok && !contains(enum, v) {
		return fmt.Sprintf("%s: %v is none of %v", at, v, enum)
	}
	if alternatives, ok := rule["anyOf"].([]any); ok {
		var wrong []string
		for _, a := range alternatives {
			w := s.value(a.(map[string]any), v, name, at)
			if w == "" {
				return ""
			}
			wrong = append(wrong, w)
		}
		return strings.Join(wrong, "; ")
	}
	if kind, ok := rule["type"].(string); ok && !isOfType(v, kind) {
		return fmt.Sprintf("%s: %v is no %s", at, v, kind)
	}
	if least, ok := rule["minimum"].(float64); ok && v.(float64) < least {
		return fmt.Sprintf("%s: %v is below %v", at, v, least)
	}
	if items, ok := rule["items"].(map[string]any); ok {
		for i, e := range v.([]any) {
			if wrong := s.value(items, e, name, fmt.Sprintf("%s/%d", at, i)); wrong != "" {
				return wrong
			}
		}
	}
	return s.object(rule, v, name, at)
}

func (s *schema) object(rule map[string]any, v any, name, at string) string {
	properties, ok := rule["properties"].(map[string]any)
	if !ok {
		return ""
	}
	members := v.(map[string]any)
	required, _ := rule["required"].([]any)
	for _, r := range required {
		if _, ok := members[r.(string)]; !ok {
			return fmt.Sprintf("%s: %v is missing", at, r)
		}
	}
	for member, e := range members {
		property, ok := properties[member].(map[string]any)
		if !ok {
			return fmt.Sprintf("%s: no property %s", at, member)
		}
		s.met[name+"."+member] = true
		if wrong := s.value(property, e, name+"."+member, at+"/"+member); wrong != "" {
			return wrong
		}
	}
	return ""
}

func contains(list []any, v any) bool {
	for _, e := range list {
		if e == v {
			return true
		}
	}
	return false
}

func isOfType(v any, kind string) bool {
	switch v := v.(type) {
	case string:
		return kind == "string"
	case bool:
		return kind == "boolean"
	case float64:
		return kind == "number" || kind == "integer" && v == float64(int64(v))
	case []any:
		return kind == "array"
	case map[string]any:
		return kind == "object"
	}
	return false
}

// TestSchema holds the schema against what the library writes, in both directions: nothing
// is written that the schema does not know, and it knows nothing that is not written.
func TestSchema(t *testing.T) {
	s := readSchema(t)
	g := generator{rand.New(rand.NewPCG(5, 6))}
	for range 500 {
		a := g.advisory()
		text, err := a.MarshalJSON()
		require.NoError(t, err)
		require.Empty(t, s.check(t, text), "%s", text)
	}
	known := func(name string, rule map[string]any) {
		properties, _ := rule["properties"].(map[string]any)
		for member := range properties {
			assert.True(t, s.met[name+"."+member], "%s.%s is never written", name, member)
		}
	}
	known("advisory", s.root)
	for name, rule := range s.root["$defs"].(map[string]any) {
		known(name, rule.(map[string]any))
	}
}

// TestSchemaFiles checks documents that people wrote, good ones and bad ones. What the schema
// calls good has no problem.
func TestSchemaFiles(t *testing.T) {
	s := readSchema(t)
	for file, good := range map[string]bool{"internal.json": true, "long.json": true, "mistakes.json": false} {
		text, err := os.ReadFile("testdata/" + file)
		require.NoError(t, err)
		assert.Equal(t, good, s.check(t, text) == "", "%s: %s", file, s.check(t, text))
		assert.Equal(t, good, len(readNative(t, string(text)).Problems) == 0, file)
	}
	for _, text := range []string{
		`{}`,
		`{"affected":"advisory/2"}`,
		`{"affected":"advisory/1","author":"x"}`,
		`{"affected":"advisory/1","state":"over"}`,
		`{"affected":"advisory/1","statements":[{"products":[-1]}]}`,
		`{"affected":"advisory/1","statements":[{"products":[1.5]}]}`,
		`{"affected":"advisory/1","statements":[{"versions":[{"changes":[{"at":"1"}]}]}]}`,
		`{"affected":"advisory/1","statements":[{"where":{"not":[]}}]}`,
	} {
		assert.NotEmpty(t, s.check(t, []byte(text)), text)
	}
}

// TestSchemaWords compares the words of the schema with those of the types.
func TestSchemaWords(t *testing.T) {
	s := readSchema(t)
	defs := s.root["$defs"].(map[string]any)
	enum := func(rule any) []any { return rule.(map[string]any)["enum"].([]any) }
	property := func(def, member string) any {
		return defs[def].(map[string]any)["properties"].(map[string]any)[member]
	}
	words := func(n int, word func(int) string) []any {
		var all []any
		for i := range n {
			all = append(all, word(i))
		}
		return all
	}
	assert.Equal(t, words(int(advisory.Affected)+1, func(i int) string { return advisory.Status(i).String() }), enum(defs["status"]))
	assert.Equal(t, words(int(advisory.RankOperator)+1, func(i int) string { return advisory.Rank(i).String() }), enum(property("publisher", "rank")))
	assert.Equal(t, words(int(advisory.DefaultComplete)+1, func(i int) string { return advisory.Default(i).String() }), enum(property("statement", "default")))
	state := s.root["properties"].(map[string]any)["state"]
	assert.Equal(t, words(int(advisory.Rejected)+1, func(i int) string { return advisory.State(i).String() }), enum(state))
}
