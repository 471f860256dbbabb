package jsonpos_test

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory/jsonpos"
)

// events describes what a stream yields: documents as ordinal@offset+length, errors as ordinal!error.
func events(r io.Reader, lim jsonpos.Limits) []string {
	var list []string
	for v, err := range jsonpos.Documents(r, lim) {
		var e *jsonpos.Error
		switch {
		case errors.As(err, &e):
			list = append(list, fmt.Sprintf("%d! %s", e.Document, outcome(err)))
		case err != nil:
			list = append(list, outcome(err))
		default:
			list = append(list, fmt.Sprintf("%d@%d+%d", v.Document(), v.Offset(), len(v.Raw())))
		}
	}
	return list
}

// split are readers that give the same text in other pieces.
func split(text string) map[string]io.Reader {
	return map[string]io.Reader{
		"at once":       strings.NewReader(text),
		"byte by byte":  iotest.OneByteReader(strings.NewReader(text)),
		"by halves":     iotest.HalfReader(strings.NewReader(text)),
		"error at once": iotest.DataErrReader(strings.NewReader(text)),
		"unknown":       io.MultiReader(strings.NewReader(text)),
		"none left":     measured{strings.NewReader(text), 0},
		"less than all": measured{strings.NewReader(text), 3},
		"too much":      measured{strings.NewReader(text), 1 << 40},
		"negative":      measured{strings.NewReader(text), -1},
	}
}

// A measured is a reader that says how much is left, and may be wrong.
type measured struct {
	io.Reader
	left int
}

func (m measured) Len() int { return m.left }

// TestShortDocuments: a document whose length is known takes no more room than it needs.
func TestShortDocuments(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	const times = 100
	for range times {
		for _, err := range jsonpos.Documents(strings.NewReader(`{"a": 1}`), jsonpos.Limits{}) {
			require.NoError(t, err)
		}
	}
	runtime.ReadMemStats(&after)
	assert.Less(t, int((after.TotalAlloc-before.TotalAlloc)/times), 10_000)
}

func TestStreams(t *testing.T) {
	for line, f := range facts(t, "streams.txt") {
		for how, r := range split(f[0]) {
			got := strings.Join(events(r, jsonpos.Limits{}), " | ")
			assert.Equal(t, f[1], got, "line %d, %s", line, how)
		}
	}
}

func TestStreamLimits(t *testing.T) {
	lim := jsonpos.Limits{Document: 20, Depth: 3, Values: 5}
	long := strings.Repeat("x", 30)
	for _, c := range []struct{ name, text, want string }{
		{"line too long", `{"a":"` + long + "\"}\n{\"b\":2}\n", "0! limit 1:1 0 .: document of more than 20 bytes | 1@39+7"},
		{"joined", `{"a":"` + long + `","b":["}"]}{"b":2}`, "0! limit 1:1 0 .: document of more than 20 bytes | 1@48+7"},
		{"element", `[{"a":"` + long + `\"]"},{"b":2}]`, "0! limit 1:2 1 .: document of more than 20 bytes | 1@43+7"},
		{"string", `"` + long + `"{"b":2}`, "0! limit 1:1 0 .: document of more than 20 bytes | 1@32+7"},
		{"number", strings.Repeat("1", 30) + ` {"b":2}`, "0! limit 1:1 0 .: document of more than 20 bytes | 1@31+7"},
		{"white space", `{"b":2` + strings.Repeat(" ", 30) + "}\n{}", "0! limit 1:1 0 .: document of more than 20 bytes | 1@38+2"},
		{"exactly", `{"a":"` + long[:12] + `"}` + "{}", "0@0+20 | 1@20+2"},
		{"cut off", `{"a":"` + long, "0! limit 1:1 0 .: document of more than 20 bytes"},
		{"element cut off", `[{"a":"` + long, "0! limit 1:2 1 .: document of more than 20 bytes | 1! truncated 1:38 37 .: expected ',' or ']'"},
		{"quote missing", `{"a":"` + long + "\n{\"b\":2}\n", "0! limit 1:1 0 .: document of more than 20 bytes | 1@37+7"},
		{"depth", "[[[[[1]]]],{}]", "0! limit 1:5 4 /0/0/0: more than 3 levels | 1@11+2"},
		{"depth of a line", "{\"a\":[[{\"b\":1}]]}{}\n{}", "0! limit 1:8 7 /a/0/0: more than 3 levels | 1@17+2 | 2@20+2"},
		{"values", "{\"a\":[1,2,3,4,5]}\n{}", "0! limit 1:13 12 /a/3: more than 5 values"},
	} {
		for how, r := range split(c.text) {
			got := strings.Join(events(r, lim), " | ")
			if c.name == "values" {
				got, _, _ = strings.Cut(got, " | ")
			}
			assert.Equal(t, c.want, got, "%s, %s", c.name, how)
		}
	}
}

// Lines that each seem to hold all that follows must not be read again and again.
func TestResyncReadsTwiceAtMost(t *testing.T) {
	text := strings.Repeat("{\"a\":[\n", 400) + strings.Repeat("1,", 1<<20)
	assert.Equal(t, []string{
		"0! truncated 401:2097153 2099952 " + strings.Repeat("/a/0", 399) + "/a/1048576: expected a value",
		"1! truncated 401:2097153 2099952 " + strings.Repeat("/a/0", 398) + "/a/1048576: expected a value",
	}, events(strings.NewReader(text), jsonpos.Limits{}))
}

// A token that arrives byte by byte must not be read from its beginning for each of them.
func TestSlowReader(t *testing.T) {
	text := `{"a":"` + strings.Repeat("x", 1<<21) + `"}`
	assert.Equal(t, []string{"0@0+2097160"}, events(iotest.OneByteReader(strings.NewReader(text)), jsonpos.Limits{}))
}

// pipe returns its pieces one by one and fails the test when it is read before the pieces so far were used.
type pipe struct {
	t      *testing.T
	pieces []string
	ready  bool
}

func (p *pipe) Read(b []byte) (int, error) {
	require.True(p.t, p.ready, "read ahead")
	p.ready = false
	if len(p.pieces) == 0 {
		return 0, io.EOF
	}
	n := copy(b, p.pieces[0])
	p.pieces = p.pieces[1:]
	return n, nil
}

func TestDocumentsDoNotWait(t *testing.T) {
	p := &pipe{t: t, pieces: []string{`{"a":1}`, "\n{\"b\":2}"}, ready: true}
	n := 0
	for v, err := range jsonpos.Documents(p, jsonpos.Limits{}) {
		require.NoError(t, err)
		assert.Equal(t, n, v.Document())
		n++
		p.ready = true
	}
	assert.Equal(t, 2, n)
}

func TestReaderErrors(t *testing.T) {
	errDisk := errors.New("disk on fire")
	for text, want := range map[string]string{
		"":                       "0! other 1:1 0 .: ",
		`{"a":1}`:                "0@0+7 | 1! other 1:8 7 .: ",
		`{"a":1}{"b"`:            "0@0+7 | 1! other 1:12 11 .: ",
		"{\"a\":[\n{\"b\":1}":    "0! other 2:8 14 /a: ",
		`[{"a":1},`:              "0@1+7 | 1! other 1:10 9 .: ",
		"oh\nno":                 "0! syntax 1:1 0 .: expected a value, found \"o\" | 1! other 2:3 5 .: ",
		"{\"a\":?}\n{\"b\":2}\n": "0! syntax 1:6 5 /a: expected a value, found \"?\" | 1@8+7 | 2! other 3:1 16 .: ",
	} {
		r := io.MultiReader(strings.NewReader(text), iotest.ErrReader(errDisk))
		assert.Equal(t, want, strings.Join(events(r, jsonpos.Limits{}), " | "), text)
		r = io.MultiReader(strings.NewReader(text), iotest.ErrReader(errDisk))
		var last error
		for _, err := range jsonpos.Documents(r, jsonpos.Limits{}) {
			last = err
		}
		assert.ErrorIs(t, last, errDisk, text)
		assert.NotErrorIs(t, last, jsonpos.ErrTruncated, text)
	}
	for _, err := range jsonpos.Documents(idle{}, jsonpos.Limits{}) {
		assert.ErrorIs(t, err, io.ErrNoProgress)
	}
}

// idle returns nothing and no error.
type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

// endless repeats a piece of text for a number of bytes.
type endless struct {
	piece string
	left  int64
	at    int
}

func (e *endless) Read(b []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := 0
	for n < len(b) {
		m := copy(b[n:], e.piece[e.at:])
		n += m
		e.at = (e.at + m) % len(e.piece)
	}
	e.left -= int64(n)
	return n, nil
}

// heapGrowth runs f, which calls sample now and then, and returns by how much the heap in use grew at most.
func heapGrowth(f func(sample func())) uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	before, most := m.HeapAlloc, m.HeapAlloc
	f(func() {
		runtime.ReadMemStats(&m)
		most = max(most, m.HeapAlloc)
	})
	return most - before
}

func TestMemoryIsBoundedByOneDocument(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 200 MB")
	}
	record := `{"id":"XA-1","text":"` + strings.Repeat("word ", 400) + `","rows":[1,2,3,{"a":null}]}`
	for name, r := range map[string]io.Reader{
		"lines": &endless{piece: record + "\n", left: 100 << 20},
		"array": io.MultiReader(strings.NewReader("[{}"), &endless{piece: "," + record, left: 100 << 20}),
	} {
		n := 0
		grown := heapGrowth(func(sample func()) {
			for _, err := range jsonpos.Documents(r, jsonpos.Limits{}) {
				if n++; n%1000 == 0 {
					sample()
				}
				if err != nil { // the end of the array is missing
					assert.ErrorIs(t, err, jsonpos.ErrTruncated)
				}
			}
		})
		assert.Greater(t, n, 40_000, name)
		assert.Less(t, grown, uint64(16<<20), name)
	}
}

func TestLongDocumentsAreNotHeld(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 150 MB")
	}
	for name, piece := range map[string]string{"string": "long", "array": `[],`, "open": "["} {
		head := map[string]string{"string": `{"a":"`, "array": `{"a":[`, "open": ""}[name]
		r := io.MultiReader(strings.NewReader(head), &endless{piece: piece, left: 50 << 20})
		if name == "open" {
			r = io.MultiReader(strings.NewReader("[{\"a\":"), r)
		}
		var list []error
		grown := heapGrowth(func(sample func()) {
			for _, err := range jsonpos.Documents(r, jsonpos.Limits{Document: 1 << 20}) {
				list = append(list, err)
				sample()
			}
		})
		require.NotEmpty(t, list, name)
		assert.ErrorIs(t, list[0], jsonpos.ErrLimit, name)
		// A value of three bytes costs 24, and more while the list of them grows. The stream has 50 MiB.
		assert.Less(t, grown, uint64(32<<20), name)
	}
}

// Values outlive the stream and do not change while it goes on.
func TestValuesStayValid(t *testing.T) {
	var kept []jsonpos.Value
	for v, err := range jsonpos.Documents(strings.NewReader(`[{"n":0},{"n":1,"m":[2]},{"n":2}]`), jsonpos.Limits{}) {
		require.NoError(t, err)
		kept = append(kept, v)
	}
	require.Len(t, kept, 3)
	for i, v := range kept {
		assert.EqualValues(t, i, v.Get("n").Int(nil))
		assert.Equal(t, i, v.Get("n").Document())
		assert.Equal(t, "/n", v.Get("n").Pointer())
	}
	assert.Equal(t, 2, kept[1].Len())
}

func TestStreamStops(t *testing.T) {
	n := 0
	for range jsonpos.Documents(strings.NewReader("?\n{}\n?\n{}"), jsonpos.Limits{}) {
		if n++; n == 3 {
			break
		}
	}
	assert.Equal(t, 3, n)
}
