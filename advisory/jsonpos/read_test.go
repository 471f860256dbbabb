package jsonpos_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory/jsonpos"
)

// readers are the typed accessors by name, with what they return as text.
func readers() map[string]func(jsonpos.Value, *jsonpos.Errors) string {
	return map[string]func(jsonpos.Value, *jsonpos.Errors) string{
		"Text":   func(v jsonpos.Value, e *jsonpos.Errors) string { return fmt.Sprintf("%q", v.Text(e)) },
		"Texts":  func(v jsonpos.Value, e *jsonpos.Errors) string { return fmt.Sprintf("%q", v.Texts(e)) },
		"Number": func(v jsonpos.Value, e *jsonpos.Errors) string { return fmt.Sprintf("%q", v.Number(e)) },
		"Int":    func(v jsonpos.Value, e *jsonpos.Errors) string { return fmt.Sprint(v.Int(e)) },
		"Float":  func(v jsonpos.Value, e *jsonpos.Errors) string { return fmt.Sprint(v.Float(e)) },
		"Bool":   func(v jsonpos.Value, e *jsonpos.Errors) string { return fmt.Sprint(v.Bool(e)) },
		"Elements": func(v jsonpos.Value, e *jsonpos.Errors) string {
			return fmt.Sprint(len(slices.Collect(v.Elements(e))))
		},
		"Members": func(v jsonpos.Value, e *jsonpos.Errors) string {
			n := 0
			for range v.Members(e) {
				n++
			}
			return fmt.Sprint(n)
		},
	}
}

func TestReaders(t *testing.T) {
	all := readers()
	seen := map[string]bool{}
	for line, f := range facts(t, "readers.txt") {
		require.Len(t, f, 4, "line %d", line)
		read := all[f[1]]
		require.NotNil(t, read, "line %d", line)
		seen[f[1]] = true
		v := parse(t, f[0])
		var errs jsonpos.Errors
		assert.Equal(t, f[2], read(v.At("/v"), &errs), "line %d", line)
		assert.Equal(t, f[2], read(v.At("/v"), nil), "line %d: without errs", line)
		var got []string
		for _, e := range errs.List() {
			got = append(got, fmt.Sprintf("%s %s %s", kindName(e), e.Pointer, e.Msg))
		}
		if got == nil {
			got = []string{"-"}
		}
		assert.Equal(t, f[3], strings.Join(got, "; "), "line %d", line)
	}
	assert.Len(t, seen, len(all))
}

func TestErrorsKeepPlaces(t *testing.T) {
	v := parse(t, "{\n \"a\": 1,\n \"b\": [true,\n  \"x\"]\n}")
	var errs jsonpos.Errors
	v.Get("a").Text(&errs)
	v.At("/b/0").Int(&errs)
	v.At("/b/1").Elements(&errs)(func(jsonpos.Value) bool { return true })
	v.At("/b/0").Int(&errs) // known already
	require.Len(t, errs.List(), 3)
	assert.Equal(t, 4, errs.Count())
	assert.EqualError(t, errs.List()[0], "line 2, column 7 (offset 8): /a: wrong type: expected string, found number")
	assert.EqualError(t, errs.List()[1], "line 3, column 8 (offset 18): /b/0: wrong type: expected number, found boolean")
	assert.EqualError(t, errs.List()[2], "line 4, column 3 (offset 26): /b/1: wrong type: expected array, found string")
	for _, e := range errs.List() {
		assert.ErrorIs(t, e, jsonpos.ErrType)
	}
}

func TestErrorsOfDecoders(t *testing.T) {
	errID := errors.New("not an identifier")
	v := parse(t, `{"id":"?"}`)
	var errs jsonpos.Errors
	errs.Add(v.Get("id"), errID, "expected XA-n")
	errs.Add(v.Get("id"), errID, "expected XA-n")
	errs.Add(v.Get("id"), jsonpos.ErrType, "expected XA-n")
	errs.Add(v.Get("missing"), errID, "")
	errs.Add(v.Get("missing"), errID, "")
	assert.Equal(t, 5, errs.Count())
	require.Len(t, errs.List(), 3)
	assert.ErrorIs(t, errs.List()[0], errID)
	assert.EqualError(t, errs.List()[2], "not an identifier")
	var none *jsonpos.Errors
	none.Add(v, errID, "")
	assert.Zero(t, none.Count())
	assert.Empty(t, none.List())
}

func TestErrorsAreBounded(t *testing.T) {
	v := parse(t, "["+strings.Repeat("1,", 100_000)+"1]")
	var errs jsonpos.Errors
	for e := range v.Elements(&errs) {
		e.Text(&errs)
	}
	assert.Equal(t, 100_001, errs.Count())
	assert.Len(t, errs.List(), 100)
}

func TestLongPointersAreLeftOutOfErrors(t *testing.T) {
	v := parse(t, `{"`+strings.Repeat("n", 5000)+`":1}`)
	for _, m := range v.Members(nil) {
		assert.Len(t, m.Pointer(), 5001)
		e := m.Fault(jsonpos.ErrType, "")
		assert.Empty(t, e.Pointer)
		assert.EqualValues(t, 5004, e.Offset)
	}
}

func TestProblems(t *testing.T) {
	for line, f := range facts(t, "problems.txt") {
		v := parse(t, f[0])
		var errs jsonpos.Errors
		v.Problems(&errs)
		var got []string
		for _, e := range errs.List() {
			got = append(got, fmt.Sprintf("%s %d %s", kindName(e), e.Offset, e.Pointer))
		}
		if got == nil {
			got = []string{"-"}
		}
		assert.Equal(t, f[1], strings.Join(got, "; "), "line %d", line)

		// Reading everything finds the same, except for names of members that are not read.
		var read jsonpos.Errors
		walk(v, func(v jsonpos.Value) {
			switch v.Kind() {
			case jsonpos.Object:
				v.Members(&read)(func(string, jsonpos.Value) bool { return true })
			case jsonpos.Array:
				v.Elements(&read)(func(jsonpos.Value) bool { return true })
			case jsonpos.String:
				v.Text(&read)
			default:
				v.Number(&read)
			}
		})
		for _, e := range errs.List() {
			assert.Contains(t, read.List(), e, "line %d", line)
		}
	}
}

// All that stands in a repeated member is in doubt, and a decoder must learn it wherever it reads.
func TestDuplicateIsInherited(t *testing.T) {
	v := parse(t, `{"cna":{"status":"affected"},"cna":{"rows":[{"status":"unaffected"}]},"other":1}`)
	var errs jsonpos.Errors
	assert.Equal(t, "unaffected", v.At("/cna/rows/0/status").Text(&errs))
	require.Len(t, errs.List(), 1)
	assert.EqualError(t, errs.List()[0], "line 1, column 36 (offset 35): /cna: duplicate name: the last one counts")
	before := errs.Count()
	v.At("/other").Int(&errs)
	assert.Equal(t, before, errs.Count())
	v.At("/cna/rows").Texts(&errs)
	assert.Greater(t, errs.Count(), before)
}
