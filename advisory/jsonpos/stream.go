package jsonpos

import (
	"bytes"
	"io"
	"iter"
	"slices"
)

// chunk is how much a stream reads at once if there is as much. It holds many ordinary documents, so that few of them
// are cut by the end of the buffer.
const chunk = 1 << 17

// maxEmptyReads is how often in a row a reader may return nothing and no error.
const maxEmptyReads = 100

// Documents reads a stream of documents: a single one, JSON lines, or several with or without white space between
// them. The elements of a top-level array are documents of their own, with pointers that begin at the element; the
// array itself is never held in memory. A stream without any document is no error.
//
// An error is of type *Error and comes with an Absent value. It costs its document, and the stream goes on where the
// next one certainly begins: in an array after the comma that follows the broken element, elsewhere on the next line
// that begins with '{'; documents before that, on the broken line, are lost with it. A document beyond the limits is
// passed over without being held. Where there is no going on, because the array has no such place, the text is cut off or
// the reader fails, the error is the last.
//
// Memory is bounded by one document, apart from what the caller keeps: a value stays valid as long as it is referred
// to. The loop may end at any time. The sequence reads r up and can be run once.
func Documents(r io.Reader, lim Limits) iter.Seq2[Value, error] { return documents(r, lim, false) }

// documents is Documents or, with parts, Salvage.
func documents(r io.Reader, lim Limits, parts bool) iter.Seq2[Value, error] {
	return func(yield func(Value, error) bool) {
		s := &stream{r: r, parts: parts, p: parser{lim: lim.withDefaults()}}
		for {
			v, err := s.next()
			if err == io.EOF || !yield(v, err) {
				return
			}
			if err == nil {
				continue
			}
			if err = s.resync(); err != nil {
				if err != io.EOF {
					yield(Value{}, err)
				}
				return
			}
		}
	}
}

// A stream cuts what it reads into documents.
type stream struct {
	r      io.Reader
	err    error  // of r, which is not read again after it
	buf    []byte // what was read
	pos    int    // what is before it in buf is done
	at     place  // of pos
	p      parser // of the document that begins at pos
	array  bool   // a top-level array is open
	expect expectation
	parsed int64 // offset up to which broken documents were read
	parts  bool  // broken documents are yielded as far as they were read
}

// next returns the next document or what is wrong with it. At the end the error is io.EOF.
func (s *stream) next() (Value, error) {
	for {
		if err := s.space(); err != nil {
			return Value{}, err
		}
		switch c := s.buf[s.pos]; {
		case !s.array && c == '[':
			s.array, s.expect = true, wantValueOrEnd
			s.advance(1)
		case s.array && c == ']' && s.expect != wantValue:
			s.array = false
			s.advance(1)
		case s.array && c == ',' && s.expect == wantCommaInArray:
			s.expect = wantValue
			s.advance(1)
		case s.array && s.expect == wantCommaInArray:
			return Value{}, s.fault(ErrSyntax, "expected ',' or ']' after a document, found "+found(s.buf[s.pos]))
		default:
			s.expect = wantCommaInArray
			return s.document()
		}
	}
}

// space moves to the next byte that means something. At the end of the stream it returns io.EOF, or an *Error if the
// stream must not end here.
func (s *stream) space() error {
	for {
		s.advance(skipSpace(s.buf, s.pos) - s.pos)
		rest := s.buf[s.pos:]
		if len(rest) > 0 && (s.array || rest[0] != byteOrderMark[0]) {
			return nil
		}
		if bytes.HasPrefix(rest, []byte(byteOrderMark)) { // files are often joined with their marks
			s.advance(len(byteOrderMark))
			continue
		}
		if len(rest) < len(byteOrderMark) && s.fill(1) {
			continue
		}
		switch {
		case len(rest) > 0:
			return nil
		case s.err == io.EOF && !s.array:
			return io.EOF
		}
		return s.fault(ErrTruncated, "expected "+s.expect.String())
	}
}

// document parses the document that begins at pos.
func (s *stream) document() (Value, error) {
	s.p.reset()
	for {
		data := s.buf[s.pos:]
		whole := int64(len(data)) <= s.p.lim.Document
		if !whole {
			data = data[:s.p.lim.Document]
		}
		switch st := s.p.run(data, whole && s.err != nil); {
		case st == complete:
			v := s.p.root(string(data[:s.p.pos]), slices.Clone(s.p.nodes), s.at)
			s.advance(s.p.pos)
			s.at.ordinal++
			return v, nil
		case st == failed:
			return s.part(data), s.broken()
		case !whole:
			s.p.tooLong()
			return s.part(data), s.at.fault(s.p.fault.kind, s.p.fault.msg, "")
		}
		// The last token will be read again from its beginning. To wait for as much as there is of it keeps this linear
		// however little a read returns, and delays no document that is complete.
		s.fill(len(data) - s.p.pos)
	}
}

// part returns what was read of a broken document, if that is wanted.
func (s *stream) part(data []byte) Value {
	if !s.parts {
		return Value{}
	}
	return s.p.part(data, s.at)
}

// fault returns an error at pos, where no document has begun.
func (s *stream) fault(kind error, msg string) error {
	s.p.reset()
	s.p.fail(0, kind, msg)
	return s.broken()
}

// broken returns the error for the fault of the parser. If data is missing because the reader failed, its error is the
// kind.
func (s *stream) broken() error {
	e := s.p.error(s.buf[s.pos:], s.at)
	if e.Kind == ErrTruncated && s.err != io.EOF {
		e.Kind, e.Msg = s.err, ""
	}
	return e
}

// advance marks the next n bytes of the buffer as done.
func (s *stream) advance(n int) {
	s.at = s.at.after(s.buf[s.pos : s.pos+n])
	s.pos += n
}

// room is how much is read at once. A reader of bytes or of a string knows how much is left, and a short document needs
// no more room than that.
func (s *stream) room() int {
	if r, ok := s.r.(interface{ Len() int }); ok {
		return min(max(r.Len(), 0)+1, chunk)
	}
	return chunk
}

// fill reads at least n more bytes, fewer only at the end of the stream, and reports whether there are any.
func (s *stream) fill(n int) bool {
	if s.pos > 0 { // else a long document would be moved onto itself with every piece that arrives
		s.buf = append(s.buf[:0], s.buf[s.pos:]...)
		s.pos = 0
	}
	before, empty := len(s.buf), 0
	for s.err == nil && len(s.buf) < before+max(n, 1) {
		s.buf = slices.Grow(s.buf, s.room())
		var m int
		m, s.err = s.r.Read(s.buf[len(s.buf):cap(s.buf)])
		s.buf = s.buf[:len(s.buf)+m]
		if empty++; m > 0 {
			empty = 0
		}
		if s.err == nil && empty == maxEmptyReads {
			s.err = io.ErrNoProgress
		}
	}
	return len(s.buf) > before
}
