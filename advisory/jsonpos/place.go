package jsonpos

import (
	"bytes"
	"strings"
)

// A place is a point of the stream.
type place struct {
	offset  int64 // bytes before it
	line    int   // line breaks before it
	column  int   // bytes before it on its line
	ordinal int   // documents before it
}

// after returns the place behind text, which begins at p.
func (p place) after(text []byte) place {
	breaks := bytes.Count(text, []byte{'\n'})
	if breaks == 0 { // as in most documents of a stream, and to look for the last one is slow
		return p.move(len(text), 0, 0)
	}
	return p.move(len(text), breaks, bytes.LastIndexByte(text, '\n'))
}

// afterString is after for a string.
func (p place) afterString(text string) place {
	return p.move(len(text), strings.Count(text, "\n"), strings.LastIndexByte(text, '\n'))
}

// move returns the place size bytes further on, if there are so many line breaks between and the last one is at last.
func (p place) move(size, breaks, last int) place {
	p.offset += int64(size)
	p.column += size
	if breaks > 0 {
		p.line += breaks
		p.column = size - last - 1
	}
	return p
}

// fault returns an error at p.
func (p place) fault(kind error, msg, pointer string) *Error {
	return &Error{
		Kind: kind, Msg: msg, Pointer: pointer,
		Offset: p.offset, Line: p.line + 1, Column: p.column + 1, Document: p.ordinal,
	}
}
