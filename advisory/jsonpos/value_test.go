package jsonpos_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory/jsonpos"
)

func parse(tb testing.TB, text string) jsonpos.Value {
	tb.Helper()
	v, err := jsonpos.Parse([]byte(text), jsonpos.Limits{})
	require.NoError(tb, err)
	return v
}

// plain returns v as encoding/json would decode it with UseNumber. The tests take it as the model of what was read.
func plain(v jsonpos.Value) any {
	switch v.Kind() {
	case jsonpos.Bool:
		return v.Bool(nil)
	case jsonpos.Number:
		return json.Number(v.Number(nil))
	case jsonpos.String:
		return v.Text(nil)
	case jsonpos.Array:
		list := []any{}
		for e := range v.Elements(nil) {
			list = append(list, plain(e))
		}
		return list
	case jsonpos.Object:
		members := map[string]any{}
		for name, m := range v.Members(nil) {
			members[name] = plain(m)
		}
		return members
	}
	return nil
}

// walk calls visit for v and all that is in it.
func walk(v jsonpos.Value, visit func(jsonpos.Value)) {
	visit(v)
	for e := range v.Elements(nil) {
		walk(e, visit)
	}
	for _, m := range v.Members(nil) {
		walk(m, visit)
	}
}

func TestPointers(t *testing.T) {
	var v jsonpos.Value
	for line, f := range facts(t, "pointers.txt") {
		if f[0] == "document" {
			v = parse(t, f[1])
			continue
		}
		got := v.At(strings.TrimPrefix(f[0], "."))
		if f[1] == "absent" {
			assert.Equal(t, jsonpos.Value{}, got, "line %d", line)
			continue
		}
		assert.Equal(t, f[1], fmt.Sprintf("%d %v %s", got.Offset(), got.Kind(), got.Raw()), "line %d", line)
		assert.Equal(t, f[0], orDot(got.Pointer()), "line %d", line)
	}
}

func TestAbsent(t *testing.T) {
	var zero jsonpos.Value
	var errs jsonpos.Errors
	for _, v := range []jsonpos.Value{zero, zero.Get("a"), zero.At("/a"), parse(t, `{"a":1}`).Get("b"), parse(t, `[]`).Get("b"), parse(t, `3`).At("/0")} {
		assert.Equal(t, jsonpos.Absent, v.Kind())
		assert.EqualValues(t, -1, v.Offset())
		assert.Equal(t, -1, v.Document())
		assert.Empty(t, v.Pointer()+v.Raw()+v.Text(&errs)+v.Number(&errs))
		assert.Zero(t, v.Int(&errs))
		assert.Zero(t, v.Float(&errs))
		assert.False(t, v.Bool(&errs))
		assert.Zero(t, v.Len())
		assert.Empty(t, v.Texts(&errs))
		assert.Empty(t, slices.Collect(v.Elements(&errs)))
		for range v.Members(&errs) {
			t.Error("member of nothing")
		}
		v.Problems(&errs)
		assert.Equal(t, v, zero)
	}
	assert.Zero(t, errs.Count(), "what is absent is no error")
	assert.EqualError(t, zero.Fault(jsonpos.ErrType, "expected a title"), "wrong type: expected a title")
}

func TestKindNames(t *testing.T) {
	for text, want := range map[string]string{"null": "null", "true": "boolean", "1": "number", `""`: "string", "[]": "array", "{}": "object"} {
		assert.Equal(t, want, parse(t, text).Kind().String())
	}
	assert.Equal(t, "nothing", jsonpos.Absent.String())
	assert.Equal(t, "invalid kind", jsonpos.Kind(99).String())
}

func TestGetComparesDecodedNames(t *testing.T) {
	v := parse(t, `{"":0,"\u0061":1,"ab":2,"b\\":3,"é":4}`)
	for name, want := range map[string]int64{"": 0, "a": 1, "ab": 2, `b\`: 3, "é": 4} {
		got := v.Get(name)
		require.NotEqual(t, jsonpos.Absent, got.Kind(), name)
		assert.Equal(t, want, got.Int(nil), name)
	}
	assert.Equal(t, jsonpos.Absent, v.Get(`\u0061`).Kind())
}

func TestIterationStops(t *testing.T) {
	v := parse(t, `{"a":[1,2,3],"b":2}`)
	for name := range v.Members(nil) {
		assert.Equal(t, "a", name)
		break
	}
	for e := range v.Get("a").Elements(nil) {
		assert.EqualValues(t, 1, e.Int(nil))
		break
	}
	assert.Equal(t, 2, v.Len())
	assert.Equal(t, 3, v.Get("a").Len())
}

// What is read is what encoding/json reads, and each value is found again by its pointer and its offset.
func TestModel(t *testing.T) {
	for line, f := range facts(t, "grammar.txt") {
		if f[1] == "ok" {
			checkModel(t, f[0], fmt.Sprintf("line %d", line))
		}
	}
}

func checkModel(t *testing.T, text, context string) {
	t.Helper()
	v, err := jsonpos.Parse([]byte(text), jsonpos.Limits{Depth: 10_000})
	require.NoError(t, err, context)
	decoder := json.NewDecoder(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
	decoder.UseNumber()
	var want any
	require.NoError(t, decoder.Decode(&want), context)
	require.Equal(t, want, plain(v), context)
	var errs jsonpos.Errors
	v.Problems(&errs)
	walk(v, func(v jsonpos.Value) {
		at := int(v.Offset())
		require.Equal(t, v.Raw(), text[at:at+len(v.Raw())], context)
	})
	if errs.Count() > 0 || len(text) > 1000 {
		return // pointers may be ambiguous, or too many
	}
	root := v
	walk(v, func(v jsonpos.Value) {
		require.Equal(t, v, root.At(v.Pointer()), "%s: %s", context, v.Pointer())
	})
}

// TestObject reports what is there and no object, null too, and nothing about what is absent.
func TestObject(t *testing.T) {
	doc, err := jsonpos.Parse([]byte(`{"a":{},"b":null,"c":[]}`), jsonpos.Limits{})
	require.NoError(t, err)
	for name, want := range map[string]int{"a": 0, "b": 1, "c": 1, "d": 0} {
		var errs jsonpos.Errors
		assert.Equal(t, doc.Get(name).Kind(), doc.Get(name).Object(&errs).Kind(), name)
		assert.Equal(t, want, errs.Count(), name)
	}
}
