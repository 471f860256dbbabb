package jsonpos_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory/jsonpos"
)

// facts yields the lines of a file in testdata with their numbers, each cut at its tabs. A first column after = is a Go
// string.
func facts(tb testing.TB, file string) iter.Seq2[int, []string] {
	tb.Helper()
	data, err := os.ReadFile("testdata/" + file)
	require.NoError(tb, err)
	return func(yield func(int, []string) bool) {
		lines := bufio.NewScanner(strings.NewReader(string(data)))
		for n := 1; lines.Scan(); n++ {
			if lines.Text() == "" || lines.Text()[0] == '#' {
				continue
			}
			columns := strings.Split(lines.Text(), "\t")
			if quoted, ok := strings.CutPrefix(columns[0], "="); ok {
				text, err := strconv.Unquote(quoted)
				require.NoError(tb, err, "%s:%d", file, n)
				columns[0] = text
			}
			if !yield(n, columns) {
				return
			}
		}
		require.NoError(tb, lines.Err())
	}
}

// outcome describes an error of this package in the words of testdata.
func outcome(err error) string {
	if err == nil {
		return "ok"
	}
	var e *jsonpos.Error
	if !errors.As(err, &e) {
		return "not an Error: " + err.Error()
	}
	return fmt.Sprintf("%s %d:%d %d %s: %s", kindName(e), e.Line, e.Column, e.Offset, orDot(e.Pointer), e.Msg)
}

func kindName(err error) string {
	for name, kind := range map[string]error{
		"syntax": jsonpos.ErrSyntax, "truncated": jsonpos.ErrTruncated, "limit": jsonpos.ErrLimit,
		"type": jsonpos.ErrType, "duplicate": jsonpos.ErrDuplicate, "surrogate": jsonpos.ErrSurrogate,
	} {
		if errors.Is(err, kind) {
			return name
		}
	}
	return "other"
}

func orDot(pointer string) string {
	if pointer == "" {
		return "."
	}
	return pointer
}

func TestGrammar(t *testing.T) {
	count := 0
	for line, f := range facts(t, "grammar.txt") {
		count++
		require.Len(t, f, 2, "line %d", line)
		v, err := jsonpos.Parse([]byte(f[0]), jsonpos.Limits{})
		assert.Equal(t, f[1], outcome(err), "line %d: %s", line, f[0])
		assert.Equal(t, err == nil, v.Kind() != jsonpos.Absent, "line %d", line)
		text := strings.TrimPrefix(f[0], "\ufeff")
		assert.Equal(t, err == nil, json.Valid([]byte(text)) && utf8.ValidString(text), "line %d: encoding/json differs", line)
	}
	assert.Greater(t, count, 80)
}

// Each document of the grammar, cut off anywhere, is truncated there and nowhere else.
func TestTruncated(t *testing.T) {
	for line, f := range facts(t, "grammar.txt") {
		if f[1] != "ok" || !strings.ContainsAny(f[0], `[{"`) {
			continue
		}
		text := strings.TrimSpace(f[0])
		for i := range len(text) - 1 {
			_, err := jsonpos.Parse([]byte(text[:i]), jsonpos.Limits{})
			if !utf8.ValidString(text[:i]) && errors.Is(err, jsonpos.ErrSyntax) {
				continue // half of a byte order mark
			}
			var e *jsonpos.Error
			require.ErrorAs(t, err, &e, "line %d: %q", line, text[:i])
			assert.ErrorIs(t, e, jsonpos.ErrTruncated, "line %d: %q", line, text[:i])
			assert.EqualValues(t, i, e.Offset, "line %d: %q", line, text[:i])
		}
	}
}

func TestLimits(t *testing.T) {
	nested := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	for _, c := range []struct {
		name, text string
		lim        jsonpos.Limits
		want       string
	}{
		{"as deep as allowed", nested(1000), jsonpos.Limits{}, "ok"},
		{"too deep", nested(1001), jsonpos.Limits{}, "limit 1:1001 1000 " + strings.Repeat("/0", 1000) + ": more than 1000 levels"},
		{"far too deep", strings.Repeat("[", 100_000), jsonpos.Limits{}, "limit 1:1001 1000 " + strings.Repeat("/0", 1000) + ": more than 1000 levels"},
		{"deep on demand", nested(100_000), jsonpos.Limits{Depth: 100_000}, "ok"},
		{"long pointers are left out", `{"a":` + nested(3000), jsonpos.Limits{Depth: 3000}, "limit 1:3005 3004 .: more than 3000 levels"},
		{"as many as allowed", `[1,{"a":2}]`, jsonpos.Limits{Values: 4}, "ok"},
		{"too many scalars", `[1,{"a":2},3]`, jsonpos.Limits{Values: 4}, "limit 1:12 11 /2: more than 4 values"},
		{"too many containers", `[1,{"a":[]}]`, jsonpos.Limits{Values: 3}, "limit 1:9 8 /1/a: more than 3 values"},
		{"as long as allowed", `[1,2]`, jsonpos.Limits{Document: 5}, "ok"},
		{"too long", `[1,2] `, jsonpos.Limits{Document: 5}, "limit 1:1 0 .: document of more than 5 bytes"},
		{"name as long as allowed", `{"` + strings.Repeat("n", 1<<24-1) + `":1}`, jsonpos.Limits{}, "ok"},
		{"name too long", `{"` + strings.Repeat("n", 1<<24) + `":1}`, jsonpos.Limits{}, "limit 1:2 1 .: name of more than 16777215 bytes"},
		{"negative means the default", `[[1]]`, jsonpos.Limits{Document: -1, Depth: -1, Values: -1}, "ok"},
	} {
		_, err := jsonpos.Parse([]byte(c.text), c.lim)
		assert.Equal(t, c.want, outcome(err), c.name)
	}
}

func TestParseKeepsNothing(t *testing.T) {
	data := []byte(`{"name":"shellfish"}`)
	v, err := jsonpos.Parse(data, jsonpos.Limits{})
	require.NoError(t, err)
	clear(data)
	assert.Equal(t, "shellfish", v.Get("name").Text(nil))
}

// An object with very many members must cost about as much for each as a small one, names that are equal but for an
// escape included.
func TestManyMembers(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"first":0`)
	for i := range 200_000 {
		fmt.Fprintf(&b, `,"m%d":%d`, i, i)
	}
	b.WriteString(`,"\u006d77":"again","first":"again"}`)
	v, err := jsonpos.Parse([]byte(b.String()), jsonpos.Limits{})
	require.NoError(t, err)
	assert.Equal(t, 200_003, v.Len())
	var errs jsonpos.Errors
	v.Problems(&errs)
	require.Len(t, errs.List(), 2)
	assert.Equal(t, "/m77", errs.List()[0].Pointer)
	assert.Equal(t, "/first", errs.List()[1].Pointer)
	assert.Equal(t, "again", v.Get("m77").Text(nil))
	assert.EqualValues(t, 78, v.Get("m78").Int(nil))
}
