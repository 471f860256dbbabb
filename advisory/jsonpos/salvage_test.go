package jsonpos_test

import (
	"fmt"
	"iter"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/advisory/jsonpos"
)

// outline writes a value without blanks, from its nodes and not from its text.
func outline(v jsonpos.Value) string {
	var parts []string
	switch v.Kind() {
	case jsonpos.Object:
		for name, m := range v.Members(nil) {
			parts = append(parts, name+":"+outline(m))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case jsonpos.Array:
		for e := range v.Elements(nil) {
			parts = append(parts, outline(e))
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	return v.Raw()
}

// TestSalvage: what stands before the place of the error is read, whole values only, and the
// stream goes on as it does without.
func TestSalvage(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`{"a":[{"b":1},{"c":"tr`, `{a:[{b:1},{}]}!`},
		{`{"a":[{"b":1},{"c":12`, `{a:[{b:1},{}]}!`},
		{`{"a":[{"b":1},{"c":`, `{a:[{b:1},{}]}!`},
		{`{"a":[{"b":1},{"c"`, `{a:[{b:1},{}]}!`},
		{`{"a":[{"b":1},`, `{a:[{b:1}]}!`},
		{`{"a":1`, `{}!`}, // more digits may have followed
		{`{"a":1,`, `{a:1}!`},
		{`{"a":1,"a":2,`, `{a:1,a:2}!`},
		{`{`, `{}!`},
		{`"tr`, `!`},
		{``, ``},
		{`[{"a":1},{"b":2},{"c":[3,`, `{a:1} {b:2} {c:[3]}!`},
		{`[{"a":1,x},{"b":2}]`, `{a:1}! {b:2}`},
		{"{\"a\":1,\"b\":[1,2\n{\"c\":3}\n", `{a:1,b:[1,2]}! {c:3}`},
		{`{"a":[1,2],"b":{"c":[1,2,3,4,5]}}`, `{a:[1,2],b:{c:[1]}}!`}, // eight values at most
	} {
		for how, r := range split(c.text) {
			var got []string
			for v, err := range jsonpos.Salvage(r, jsonpos.Limits{Values: 7}) {
				text := outline(v)
				if err != nil {
					text += "!"
				}
				got = append(got, text)
			}
			if c.text == `{"a":[1,2],"b":{"c":[1,2,3,4,5]}}` {
				got = got[:1]
			}
			assert.Equal(t, c.want, strings.Join(got, " "), "%s, %s", c.text, how)
		}
	}
}

// TestSalvageErrors: the errors are those of Documents.
func TestSalvageErrors(t *testing.T) {
	for line, f := range facts(t, "streams.txt") {
		var got []string
		for v, err := range jsonpos.Salvage(strings.NewReader(f[0]), jsonpos.Limits{}) {
			if err != nil {
				e := err.(*jsonpos.Error)
				got = append(got, fmt.Sprintf("%d! %s", e.Document, outcome(err)))
				continue
			}
			got = append(got, fmt.Sprintf("%d@%d+%d", v.Document(), v.Offset(), len(v.Raw())))
		}
		assert.Equal(t, f[1], strings.Join(got, " | "), "line %d", line)
	}
}

func ExampleSalvage() {
	half := `{"host":"web-1","packages":[{"name":"left","version":"1.0.0"},{"name":"right","vers`
	for v, err := range jsonpos.Salvage(strings.NewReader(half), jsonpos.Limits{}) {
		for p := range v.Get("packages").Elements(nil) {
			fmt.Printf("%s %q\n", p.Get("name").Text(nil), p.Get("version").Text(nil))
		}
		fmt.Println(err)
	}
	// Output:
	// left "1.0.0"
	// right ""
	// line 1, column 84 (offset 83): /packages/1: JSON ends early: expected more of the last token
}

// FuzzSalvage: the errors are those of Documents, whole documents are the same, and a part
// depends on the text alone and not on how it arrives.
func FuzzSalvage(f *testing.F) {
	for _, fact := range facts(f, "streams.txt") {
		f.Add(fact[0], uint16(20))
		f.Add(fact[0], uint16(0))
	}
	read := func(values iter.Seq2[jsonpos.Value, error]) (whole, parts []string) {
		for v, err := range values {
			if err != nil {
				whole, parts = append(whole, err.Error()), append(parts, outline(v))
				continue
			}
			whole = append(whole, outline(v))
		}
		return whole, parts
	}
	f.Fuzz(func(t *testing.T, text string, limit uint16) {
		lim := jsonpos.Limits{Document: int64(limit), Depth: int(limit), Values: int(limit)}
		want, _ := read(jsonpos.Documents(strings.NewReader(text), lim))
		got, parts := read(jsonpos.Salvage(strings.NewReader(text), lim))
		assert.Equal(t, want, got)
		got, pieces := read(jsonpos.Salvage(iotest.OneByteReader(strings.NewReader(text)), lim))
		assert.Equal(t, want, got)
		assert.Equal(t, parts, pieces)
	})
}
