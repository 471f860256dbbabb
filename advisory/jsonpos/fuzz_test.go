package jsonpos_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory/jsonpos"
)

// deep is the depth at which encoding/json gives up.
const deep = 10_000

// FuzzParse compares with encoding/json, which takes the same grammar except that it lets bytes pass that are not
// UTF-8, and knows no byte order mark.
func FuzzParse(f *testing.F) {
	for _, fact := range facts(f, "grammar.txt") {
		f.Add(fact[0])
	}
	for _, fact := range facts(f, "problems.txt") {
		f.Add(fact[0])
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := jsonpos.Parse([]byte(text), jsonpos.Limits{Depth: deep})
		bare := strings.TrimPrefix(text, "\ufeff")
		if want := json.Valid([]byte(bare)) && utf8.ValidString(bare); want != (err == nil) {
			t.Fatalf("%q: %v, want valid %v", text, err, want)
		}
		if err == nil {
			checkModel(t, text, text)
			checkPointers(t, v)
			return
		}
		var e *jsonpos.Error
		require.ErrorAs(t, err, &e)
		require.GreaterOrEqual(t, e.Offset, int64(0))
		require.LessOrEqual(t, e.Offset, int64(len(text)))
		require.Equal(t, errors.Is(e, jsonpos.ErrTruncated), e.Offset == int64(len(text)), "%q: %v", text, err)
		head := text[:e.Offset]
		require.Equal(t, strings.Count(head, "\n")+1, e.Line, "%q", text)
		require.Equal(t, len(head)-strings.LastIndex(head, "\n"), e.Column, "%q", text)
	})
}

// checkPointers follows pointers that do and do not lead somewhere.
func checkPointers(t *testing.T, v jsonpos.Value) {
	t.Helper()
	for _, pointer := range []string{"", "/", "/0", "/a", "/a/0", "//", "/~", "/~2", "x", "/-1"} {
		if got := v.At(pointer); got.Kind() != jsonpos.Absent && !strings.Contains(pointer, "~") {
			require.Equal(t, pointer, got.Pointer())
		}
	}
}

// FuzzDocuments checks that a stream does not depend on the pieces in which it arrives, that each document is valid
// and stands where it says, that offsets only grow, and that what encoding/json reads from a stream is read.
func FuzzDocuments(f *testing.F) {
	for _, fact := range facts(f, "streams.txt") {
		f.Add([]byte(fact[0]), uint16(20))
		f.Add([]byte(fact[0]), uint16(0))
	}
	f.Fuzz(func(t *testing.T, text []byte, limit uint16) {
		lim := jsonpos.Limits{Document: int64(limit), Depth: int(limit), Values: int(limit)}
		want := events(bytes.NewReader(text), lim)
		require.Equal(t, want, events(iotest.OneByteReader(bytes.NewReader(text)), lim), "%q", text)
		require.Equal(t, want, events(iotest.DataErrReader(iotest.HalfReader(bytes.NewReader(text))), lim), "%q", text)

		ordinal, end := 0, int64(0)
		for v, err := range jsonpos.Documents(bytes.NewReader(text), lim) {
			if err != nil {
				var e *jsonpos.Error
				require.ErrorAs(t, err, &e)
				require.Equal(t, ordinal, e.Document, "%q", text)
				require.LessOrEqual(t, e.Offset, int64(len(text)), "%q", text)
				ordinal++
				continue
			}
			require.Equal(t, ordinal, v.Document(), "%q", text)
			ordinal++
			require.GreaterOrEqual(t, v.Offset(), end, "%q", text)
			end = v.Offset() + int64(len(v.Raw()))
			require.Equal(t, string(text[v.Offset():end]), v.Raw(), "%q", text)
			_, err = jsonpos.Parse([]byte(v.Raw()), lim)
			require.NoError(t, err, "%q", text)
		}
		if limit == 0 {
			checkStream(t, text)
		}
	})
}

// checkStream compares with the values that encoding/json finds one after the other, if it finds nothing wrong and
// none of them is an array.
func checkStream(t *testing.T, text []byte) {
	t.Helper()
	if !utf8.Valid(text) || bytes.Contains(text, []byte("\ufeff")) {
		return
	}
	var want []string
	decoder := json.NewDecoder(bytes.NewReader(text))
	for {
		var raw json.RawMessage
		err := decoder.Decode(&raw)
		if err == io.EOF {
			break
		}
		if err != nil || raw[0] == '[' {
			return
		}
		want = append(want, string(raw))
	}
	var got []string
	for v, err := range jsonpos.Documents(bytes.NewReader(text), jsonpos.Limits{Depth: deep}) {
		require.NoError(t, err, "%q", text)
		got = append(got, v.Raw())
	}
	require.Equal(t, want, got, "%q", text)
}
