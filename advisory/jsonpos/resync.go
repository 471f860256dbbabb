package jsonpos

import (
	"bytes"
	"io"
)

// resync moves behind the broken document to where another one certainly begins. If there is no such place it returns
// io.EOF, or an *Error if that is news.
//
// What stands inside a string must never be taken for a document: a description is often written by strangers.
// A line that begins with '{' is none, because a string cannot hold a line break; and between the quotes of a string
// that were mistaken for the opposite there can be no names, see skip.
func (s *stream) resync() error {
	s.at.ordinal++
	kind, fresh := s.p.fault.kind, s.at.offset >= s.parsed
	switch {
	case kind == ErrTruncated && (s.array || s.err != io.EOF):
		return io.EOF
	case s.array:
		if !s.skip() {
			return s.fault(ErrSyntax, "the next document cannot be found")
		}
		return nil
	case kind == ErrLimit:
		if s.skip() {
			return nil
		}
	case fresh:
		// A line that was cut off may have swallowed those that follow it, so the search begins at the beginning. Only
		// once for the same text, or input made for it would be read again for each of its lines.
		s.parsed = s.at.offset + int64(s.p.fault.at)
	default:
		s.advance(max(s.p.fault.at-1, 0))
	}
	return s.line()
}

// line moves to the next line that begins with '{'.
func (s *stream) line() error {
	for {
		rest := s.buf[s.pos:]
		if i := bytes.Index(rest, []byte("\n{")); i >= 0 {
			s.advance(i + 1)
			return nil
		}
		s.advance(max(len(rest)-1, 0)) // the last byte may be the line break
		if !s.fill(1) {
			s.advance(len(s.buf) - s.pos)
			break
		}
	}
	if s.err != io.EOF {
		return s.fault(ErrTruncated, "")
	}
	return io.EOF
}

// skip moves from the token at which the parser stopped to the end of the document, by nothing but brackets and
// quotes: before the comma or bracket that follows an element of the array, behind any other document. It reports false
// where that cannot be trusted. If a quote is missing, strings and what is between them change places, and sooner or
// later there is a line break inside a string, a backslash outside, or a bracket too many.
func (s *stream) skip() bool {
	s.advance(s.p.pos)
	depth, quoted, escape := s.p.depth, false, false
	for {
		for i, c := range s.buf[s.pos:] {
			end := false
			switch {
			case c == '\n' && quoted, c == '\\' && !quoted:
				s.advance(i)
				return false
			case escape:
				escape = false
			case c == '\\':
				escape = true
			case c == '"':
				quoted = !quoted
				end = !quoted && depth == 0
			case quoted:
			case c == '{' || c == '[':
				depth++
			case depth == 0 && (c == ',' || c == ']') && s.array:
				s.advance(i)
				return true
			case c == '}' || c == ']':
				depth--
				end = depth == 0
			default:
				end = depth == 0 && isSpace(c)
			}
			if depth < 0 {
				s.advance(i)
				return false
			}
			if end && !s.array {
				s.advance(i + 1)
				return true
			}
		}
		s.advance(len(s.buf) - s.pos)
		if !s.fill(1) {
			return s.array // which is open, so that the end is reported
		}
	}
}
