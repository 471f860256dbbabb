package advisory_test

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// noteDecoder reads {"note": id}; an id that is empty is an error of the given kind.
type noteDecoder struct{ err error }

func (noteDecoder) Format() string { return "note" }

func (noteDecoder) Sniff(doc jsonpos.Value) bool { return doc.Get("note").Kind() != jsonpos.Absent }

func (d noteDecoder) Decode(doc jsonpos.Value, opt advisory.DecodeOptions) (*advisory.Advisory, error) {
	if id := doc.Get("note").Text(nil); id != "" {
		return &advisory.Advisory{Format: "note", ID: id, Pos: opt.Pos(doc)}, nil
	}
	if d.err == nil {
		return nil, doc.Get("note").Fault(jsonpos.ErrType, "the note is empty")
	}
	return nil, d.err
}

const native = `{"affected":"advisory/1","id":"INT-1"}`

// outline writes what a stream yields: ids, and the kinds of errors.
func outline(seq func(func(*advisory.Advisory, error) bool)) string {
	var all []string
	for a, err := range seq {
		var place *advisory.DecodeError
		switch {
		case err == nil:
			all = append(all, a.ID)
		case a != nil:
			all = append(all, "an advisory beside an error")
		case !errors.As(err, &place):
			all = append(all, err.Error())
		case errors.Is(err, advisory.ErrFormat):
			all = append(all, "format")
		case errors.Is(err, advisory.ErrSyntax):
			all = append(all, "syntax")
		case errors.Is(err, advisory.ErrLimit):
			all = append(all, "limit")
		default:
			all = append(all, "other")
		}
	}
	return strings.Join(all, " ")
}

// TestDecodeStreams reads one document and many, whatever stands between them.
func TestDecodeStreams(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{``, ``},
		{" \n", ``},
		{native, `INT-1`},
		{`{"note":"N-1"}`, `N-1`},
		{`[` + native + `,{"note":"N-1"}]`, `INT-1 N-1`},
		{`[]`, ``},
		{native + "\n" + `{"note":"N-1"}` + "\n", `INT-1 N-1`},
		{native + native, `INT-1 INT-1`},
		{"\ufeff" + native, `INT-1`},
		{`{"id":"INT-1","x":[1,2],"affected":"advisory/1"}`, `INT-1`},
		{`{"unknown":1}` + native, `format INT-1`},
		{`7 "text" null [] ` + native, `format format format INT-1`},
		{`{"note":""} {"note":"N-2"}`, `format N-2`},
		{"{\"note\":}\n{\"note\":\"N-2\"}", `syntax N-2`},
		{`[{"note":"N-1"},{"note":nil},{"note":"N-3"}]`, `N-1 syntax N-3`},
		{`{"note":"N-1"} {"note":`, `N-1 syntax`},
		{`{"note":"\xff"}`, `syntax`},
		{strings.Repeat("[", 5000), `limit syntax`}, // too deep, and cut off
		{`{"affected":"advisory/7"} {"note":"N-1"}`, `format N-1`},
		{`{"affected":[],"note":"N-1"}`, `N-1`},
	} {
		got := outline(advisory.Decode(strings.NewReader(c.text), advisory.DecodeOptions{}, noteDecoder{}))
		assert.Equal(t, c.want, got, "%.80s", c.text)
		got = outline(advisory.Decode(iotest.OneByteReader(strings.NewReader(c.text)), advisory.DecodeOptions{}, noteDecoder{}))
		assert.Equal(t, c.want, got, "byte by byte: %.80s", c.text)
	}
}

// TestDecodeFirst lets the first decoder that takes a document read it, the library's own
// form before all.
func TestDecodeFirst(t *testing.T) {
	broken := noteDecoder{err: io.ErrUnexpectedEOF}
	for want, decoders := range map[string][]advisory.Decoder{
		"N-1 INT-1 INT-1":    {noteDecoder{}, broken},
		"format INT-1 INT-1": {},
	} {
		text := `{"note":"N-1"}` + native + `{"affected":"advisory/1","id":"INT-1","note":"N-2"}`
		assert.Equal(t, want, outline(advisory.Decode(strings.NewReader(text), advisory.DecodeOptions{}, decoders...)))
	}
	for a, err := range advisory.Decode(strings.NewReader(`{"note":""}`), advisory.DecodeOptions{File: "n.json"}, broken, noteDecoder{}) {
		assert.Nil(t, a)
		assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
		assert.EqualError(t, err, "n.json: unexpected EOF")
	}
}

// TestDecodePlaces says where it went wrong: file, offset in the stream, and pointer.
func TestDecodePlaces(t *testing.T) {
	text := "{\"note\":\"N-1\"}\n{\"note\":\"\"}\n{\"note\":x}\n"
	var wrong []*advisory.DecodeError
	for _, err := range advisory.Decode(strings.NewReader(text), advisory.DecodeOptions{File: "n.jsonl"}, noteDecoder{}) {
		var e *advisory.DecodeError
		if errors.As(err, &e) {
			wrong = append(wrong, e)
		}
	}
	require.Len(t, wrong, 2)
	assert.Equal(t, advisory.Pos{File: "n.jsonl", Offset: 23, Pointer: "/note"}, wrong[0].Pos)
	assert.EqualError(t, wrong[0], "n.jsonl#/note: line 2, column 9: wrong type: the note is empty")
	assert.ErrorIs(t, wrong[0], jsonpos.ErrType)
	assert.Equal(t, "n.jsonl", wrong[1].Pos.File)
	assert.Equal(t, int64(35), wrong[1].Pos.Offset)
	assert.ErrorIs(t, wrong[1], advisory.ErrSyntax)
	assert.ErrorIs(t, wrong[1], jsonpos.ErrSyntax)
	var inner *jsonpos.Error
	require.ErrorAs(t, wrong[1], &inner)
	assert.Equal(t, 3, inner.Line)
}

// TestDecodeReader passes on what the reader says, as the last error.
func TestDecodeReader(t *testing.T) {
	cut := errors.New("the line went dead")
	r := io.MultiReader(strings.NewReader(native+"\n"+native[:10]), iotest.ErrReader(cut))
	var last error
	n := 0
	for _, err := range advisory.Decode(r, advisory.DecodeOptions{}) {
		last = err
		n++
	}
	assert.Equal(t, 2, n)
	assert.ErrorIs(t, last, cut)
	assert.NotErrorIs(t, last, advisory.ErrSyntax)
}

// TestDecodeStops reads no more than the caller wants.
func TestDecodeStops(t *testing.T) {
	n := 0
	for range advisory.Decode(strings.NewReader(strings.Repeat(native, 10)), advisory.DecodeOptions{}) {
		if n++; n == 3 {
			break
		}
	}
	assert.Equal(t, 3, n)
}

// TestDecodeItems bounds what becomes of a document.
func TestDecodeItems(t *testing.T) {
	statement := `{"status":"affected"},`
	text := `{"affected":"advisory/1","products":[{"name":"A"},{"name":"B"}],"statements":[` + strings.Repeat(statement, 30) + statement[:len(statement)-1] + `]}`
	assert.Equal(t, "", outline(advisory.Decode(strings.NewReader(text), advisory.DecodeOptions{})))
	assert.Equal(t, "limit", outline(advisory.Decode(strings.NewReader(text), advisory.DecodeOptions{Items: 50})))
	assert.NoError(t, advisory.DecodeOptions{}.Room(262_144))
	assert.ErrorIs(t, advisory.DecodeOptions{}.Room(262_145), advisory.ErrLimit)
	assert.ErrorIs(t, advisory.DecodeOptions{Items: 1}.Room(2), advisory.ErrLimit)
}

// TestDecodeTime reads the forms in which documents write times.
func TestDecodeTime(t *testing.T) {
	for text, want := range map[string]string{
		`"2024-01-02T03:04:05Z"`:      "2024-01-02T03:04:05Z",
		`"2024-01-02T03:04:05.678Z"`:  "2024-01-02T03:04:05.678Z",
		`"2024-01-02T03:04:05.678"`:   "2024-01-02T03:04:05.678Z",
		`"2024-01-02T03:04:05"`:       "2024-01-02T03:04:05Z",
		`"2024-01-02T03:04:05+02:00"`: "2024-01-02T01:04:05Z",
		`"2024-01-02"`:                "2024-01-02T00:00:00Z",
		`""`:                          "",
		`null`:                        "",
		`"yesterday"`:                 "wrong type",
		`"2024-13-02"`:                "wrong type",
		`20240102`:                    "wrong type",
	} {
		v, err := jsonpos.Parse([]byte(text), jsonpos.Limits{})
		require.NoError(t, err)
		var errs jsonpos.Errors
		got := advisory.DecodeOptions{}.Time(v, &errs)
		if want == "wrong type" {
			require.Len(t, errs.List(), 1, text)
			assert.ErrorIs(t, errs.List()[0], jsonpos.ErrType, text)
			want = ""
		} else {
			assert.Empty(t, errs.List(), text)
		}
		if want == "" {
			assert.True(t, got.IsZero(), text)
			continue
		}
		assert.Equal(t, want, got.Format("2006-01-02T15:04:05.999Z07:00"), text)
	}
}

// TestDecodeFS reads a tree in the order of names.
func TestDecodeFS(t *testing.T) {
	files := fstest.MapFS{
		"b.json":       {Data: []byte(`{"note":"B"}`)},
		"a/2.jsonl":    {Data: []byte("{\"note\":\"A2\"}\n{}\n{\"note\":\"A3\"}")},
		"a/1.json":     {Data: []byte(`[{"note":"A1"}]`)},
		"a/read.me":    {Data: []byte(`{"note":"not this"}`)},
		"a/empty.json": {Data: nil},
		"c.json.gz":    {Data: packed(t, `{"note":"C"}`)},
		"d.json":       {Data: []byte(`{"note":"pipe"}`), Mode: fs.ModeNamedPipe},
	}
	ctx := context.Background()
	opt := advisory.DecodeOptions{File: "feed"}
	assert.Equal(t, "A1 A2 format A3 B", outline(advisory.DecodeFS(ctx, files, opt, noteDecoder{})))
	for _, err := range advisory.DecodeFS(ctx, files, opt, noteDecoder{}) {
		var e *advisory.DecodeError
		if errors.As(err, &e) {
			assert.Equal(t, advisory.Pos{File: "feed/a/2.jsonl", Offset: 14}, e.Pos)
		}
	}

	opt.Open = func(name string, file fs.File) (io.Reader, error) {
		switch {
		case strings.HasSuffix(name, ".gz"):
			return gzip.NewReader(file)
		case name == "a/1.json":
			return nil, nil
		case name == "b.json":
			return nil, fs.ErrPermission
		case strings.HasSuffix(name, ".json"):
			return file, nil
		}
		return nil, nil
	}
	assert.Equal(t, "other C", outline(advisory.DecodeFS(ctx, files, opt, noteDecoder{})))
}

// TestDecodeFSErrors goes on behind what cannot be opened or walked.
func TestDecodeFSErrors(t *testing.T) {
	files := brokenFS{fstest.MapFS{
		"a/1.json":   {Data: []byte(`{"note":"A1"}`)},
		"bad.json":   {Data: []byte(`{"note":"bad"}`)},
		"bad/1.json": {Data: []byte(`{"note":"bad"}`)},
		"c.json":     {Data: []byte(`{"note":"C"}`)},
	}}
	ctx := context.Background()
	assert.Equal(t, "A1 other other C", outline(advisory.DecodeFS(ctx, files, advisory.DecodeOptions{}, noteDecoder{})))
	for _, err := range advisory.DecodeFS(ctx, files, advisory.DecodeOptions{}, noteDecoder{}) {
		if err != nil {
			assert.ErrorIs(t, err, fs.ErrPermission)
			assert.Contains(t, err.Error(), "bad")
		}
	}
	n := 0
	for range advisory.DecodeFS(ctx, files, advisory.DecodeOptions{}, noteDecoder{}) {
		if n++; n == 2 {
			break
		}
	}
	assert.Equal(t, 2, n)
}

// brokenFS does not let anybody see what is called bad.
type brokenFS struct{ fstest.MapFS }

func (f brokenFS) Open(name string) (fs.File, error) {
	if strings.HasPrefix(name, "bad") {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return f.MapFS.Open(name)
}

func (f brokenFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if strings.HasPrefix(name, "bad") {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrPermission}
	}
	return f.MapFS.ReadDir(name)
}

// TestDecodeFSCancel ends with the error of the context.
func TestDecodeFSCancel(t *testing.T) {
	files := fstest.MapFS{}
	for i := range 20 {
		files[fmt.Sprintf("%02d.jsonl", i)] = &fstest.MapFile{Data: []byte(`{"note":"a"}` + "\n" + `{"note":"b"}`)}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var last error
	n := 0
	for a, err := range advisory.DecodeFS(ctx, files, advisory.DecodeOptions{}, noteDecoder{}) {
		if n++; n == 3 {
			cancel()
		}
		last = err
		assert.Equal(t, err == nil, a != nil)
	}
	assert.Equal(t, 4, n)
	assert.ErrorIs(t, last, context.Canceled)
}

// TestDecodeFSCancelInside ends in the middle of a document that has no end.
func TestDecodeFSCancelInside(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var since time.Time
	reads := 0
	opt := advisory.DecodeOptions{Open: func(string, fs.File) (io.Reader, error) {
		return readerFunc(func(p []byte) (int, error) {
			if reads++; reads == 3 {
				since = time.Now()
				cancel()
			}
			if reads == 1 {
				return copy(p, `{"note":"`), nil
			}
			return copy(p, strings.Repeat("x", 1000)), nil
		}), nil
	}}
	var errs []error
	for _, err := range advisory.DecodeFS(ctx, fstest.MapFS{"a.json": &fstest.MapFile{}, "b.json": &fstest.MapFile{}}, opt, noteDecoder{}) {
		errs = append(errs, err)
	}
	require.Len(t, errs, 1)
	assert.ErrorIs(t, errs[0], context.Canceled)
	assert.Equal(t, 3, reads)
	assert.Less(t, time.Since(since), 100*time.Millisecond)
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func packed(t *testing.T, text string) []byte {
	t.Helper()
	var b strings.Builder
	w := gzip.NewWriter(&b)
	_, err := io.WriteString(w, text)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return []byte(b.String())
}

// TestDecodeSHA256: an advisory knows the digest of its document, of itself in the library's
// own form unless that names the document it was made of.
func TestDecodeSHA256(t *testing.T) {
	text := `{"affected":"advisory/1","id":"A"}`
	sum := sha256.Sum256([]byte(text))
	own := hex.EncodeToString(sum[:])
	var got []string
	for a, err := range advisory.Decode(strings.NewReader("["+text+",\n"+`{"affected":"advisory/1","sha256":"ab"} ]`), advisory.DecodeOptions{}) {
		require.NoError(t, err)
		got = append(got, a.SHA256)
	}
	assert.Equal(t, []string{own, "ab"}, got)
}
