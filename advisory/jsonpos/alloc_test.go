package jsonpos_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory/jsonpos"
)

// TestNoAllocs guards what a decoder does for every value.
func TestNoAllocs(t *testing.T) {
	v := parse(t, `{"id":"XA-7","n":12,"f":9.8,"b":true,"list":["a","b",{"c":null}],"more":{"x":1,"y":"z"}}`)
	var errs jsonpos.Errors
	for name, f := range map[string]func(){
		"Get":    func() { v.Get("more").Get("y") },
		"At":     func() { v.At("/list/2/c") },
		"Text":   func() { v.Get("id").Text(&errs) },
		"Number": func() { v.Get("f").Number(&errs) },
		"Int":    func() { v.Get("n").Int(&errs) },
		"Float":  func() { v.Get("f").Float(&errs) },
		"Bool":   func() { v.Get("b").Bool(&errs) },
		"Len":    func() { v.Len() },
		"Raw":    func() { v.Raw() },
		"Offset": func() { v.Get("more").Offset() },
		"Elements": func() {
			for e := range v.Get("list").Elements(&errs) {
				e.Kind()
			}
		},
		"Members": func() {
			for name, m := range v.Members(&errs) {
				if name == "" {
					m.Kind()
				}
			}
		},
		"Problems": func() { v.Problems(&errs) },
		"mismatch": func() { v.Get("id").Int(nil) },
	} {
		t.Run(name, func(t *testing.T) {
			assert.Zero(t, testing.AllocsPerRun(100, f))
		})
	}
	assert.Zero(t, errs.Count())
}

// A text with escapes is one allocation, a pointer is one, a document three: its text, its nodes, and itself.
func TestFewAllocs(t *testing.T) {
	data := []byte(`{"id":"XA-7","rows":["a\n",{"x":[1,2,3,4,5,6,7,8,9]}]}`)
	v := parse(t, string(data))
	assert.EqualValues(t, 1, testing.AllocsPerRun(100, func() { v.At("/rows/0").Text(nil) }))
	assert.EqualValues(t, 1, testing.AllocsPerRun(100, func() { v.At("/rows/1/x/8").Pointer() }))

	const count = 1000
	lines := strings.Repeat(string(data)+"\n", count)
	perStream := testing.AllocsPerRun(10, func() {
		n := 0
		for _, err := range jsonpos.Documents(strings.NewReader(lines), jsonpos.Limits{}) {
			if err == nil {
				n++
			}
		}
		require.Equal(t, count, n)
	})
	assert.InDelta(t, 3*count, perStream, 50)
}
