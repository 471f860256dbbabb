package inventory

import (
	"bufio"
	"errors"
	"io"
	"iter"
	"strings"

	"github.com/affected-go/affected/advisory/jsonpos"
)

// maxHead is how much of a text is looked at to recognize its format.
const maxHead = 64 << 10

// A Text is an inventory as formats see it: in UTF-8, whatever it was written in, with its
// beginning known. It is for one goroutine, and is read up once: as documents or as bytes.
type Text struct {
	r    *bufio.Reader
	head string
	err  error // of the reader, met in the head
	lim  Limits

	next    func() (jsonpos.Value, error, bool) // further documents, once the first is asked for
	stop    func()
	pending []document // those that were looked at before their turn
}

// A document is one value of a JSON text, or the part of it in front of an error.
type document struct {
	value jsonpos.Value
	err   error
}

func newText(r io.Reader, lim Limits) *Text {
	t := &Text{r: bufio.NewReaderSize(newDecoder(r), maxHead), lim: lim}
	head, err := t.r.Peek(maxHead)
	t.head = string(head)
	if err != nil && !errors.Is(err, io.EOF) {
		t.err = err
	}
	return t
}

// Head returns the beginning of the text, all of it when it is no longer than 64 KiB.
func (t *Text) Head() string { return t.head }

// Read reads the text as UTF-8. It implements io.Reader.
func (t *Text) Read(p []byte) (int, error) { return t.r.Read(p) }

// Document returns the first document of a JSON text of which anything can be read, an
// Absent value for other texts. It may be called again.
func (t *Text) Document() jsonpos.Value {
	if !t.isJSON() {
		return jsonpos.Value{}
	}
	for _, d := range t.pending {
		if d.value.Kind() != jsonpos.Absent {
			return d.value
		}
	}
	for len(t.pending) < maxBroken {
		d, ok := t.pull()
		if !ok {
			break
		}
		t.pending = append(t.pending, d)
		if d.value.Kind() != jsonpos.Absent {
			return d.value
		}
	}
	return jsonpos.Value{}
}

// maxBroken is how many documents may be broken before the first one that is not.
const maxBroken = 1000

// Documents yields the documents of a JSON text: one, the elements of a top-level array, or
// JSON lines. An error comes with what stands before it in its document, as
// [jsonpos.Salvage] has it.
func (t *Text) Documents() iter.Seq2[jsonpos.Value, error] {
	return func(yield func(jsonpos.Value, error) bool) {
		for {
			var d document
			ok := true
			if len(t.pending) > 0 {
				d, t.pending = t.pending[0], t.pending[1:]
			} else {
				d, ok = t.pull()
			}
			if !ok || !yield(d.value, d.err) {
				return
			}
		}
	}
}

// pull returns the next document.
func (t *Text) pull() (document, bool) {
	if t.next == nil {
		t.next, t.stop = iter.Pull2(jsonpos.Salvage(t.r, t.lim.JSON))
	}
	value, err, ok := t.next()
	return document{value, err}, ok
}

// close ends what Document began.
func (t *Text) close() {
	if t.stop != nil {
		t.stop()
	}
}

// isJSON tells whether the text can be JSON, by its first character.
func (t *Text) isJSON() bool {
	first := strings.TrimLeft(t.head, " \t\r\n")
	return first != "" && (first[0] == '{' || first[0] == '[')
}

func (t *Text) isBlank() bool { return strings.TrimSpace(t.head) == "" && len(t.head) < maxHead }

// isBinary tells whether there is a NUL in the beginning, which no text has.
func (t *Text) isBinary() bool { return strings.IndexByte(t.head, 0) >= 0 }

// others are forms of inventories that are not read, by how their text begins, and what to do
// instead.
var others = []struct{ begins, text string }{
	{"PK\x03\x04", "a ZIP file or an Excel workbook: save the sheet as CSV"},
	{"SQLite format 3", "an SQLite database: export what it holds (rpm -qa --queryformat, osqueryi --json)"},
	{"<", "XML is not read: export CycloneDX as JSON, and tables as CSV"},
	{"SPDXVersion:", "the tag-value form of SPDX is not read: SPDX 2.3 in JSON is"},
}

// foreign tells what to do about a text in a form that is not read, "" for others.
func (t *Text) foreign() string {
	for _, o := range others {
		if strings.HasPrefix(strings.TrimLeft(t.head, " \t\r\n"), o.begins) {
			return o.text
		}
	}
	return ""
}

// firstLine returns the first line of the text that is not blank.
func (t *Text) firstLine() string {
	for line := range strings.Lines(t.head) {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return ""
}

// lines reads a text line by line.
type lines struct {
	r     *bufio.Reader
	max   int
	text  string // of the line, without its end
	n     int    // its number, from 1
	whole bool   // it has an end
	err   error  // of the line or, after the last one, of the reader
	buf   []byte
}

func newLines(t *Text) *lines { return &lines{r: t.r, max: t.lim.line()} }

// next goes to the next line. A line that is too long is passed over with an error: text is
// what fits, and err is set.
func (l *lines) next() bool {
	l.buf, l.err, l.whole = l.buf[:0], nil, false
	long := false
	for {
		chunk, err := l.r.ReadSlice('\n')
		if room := l.max - len(l.buf); len(chunk) > room+1 {
			long = true
			chunk = chunk[:max(room, 0)]
		}
		l.buf = append(l.buf, chunk...)
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && !errors.Is(err, io.EOF) {
			l.err = err
			return false
		}
		l.whole = err == nil
		if err != nil && len(l.buf) == 0 {
			return false
		}
		break
	}
	l.n++
	text := strings.TrimSuffix(string(l.buf), "\n")
	l.text = strings.TrimSuffix(text, "\r")
	if long {
		l.err = because(ErrLimit, "a line of more than %d bytes", l.max)
	}
	return true
}
