package advisory

import (
	"errors"
	"fmt"
)

// Kinds of trouble with whole documents, to be tested with errors.Is.
var (
	// ErrFormat marks a document that no decoder takes.
	ErrFormat = errors.New("no known advisory format")
	// ErrSyntax marks text that is no JSON document.
	ErrSyntax = errors.New("not a JSON document")
	// ErrLimit marks a document over one of the limits.
	ErrLimit = errors.New("over the limit")
)

// A DecodeError says which document could not be read and where. It wraps one of the
// kinds above or what the reader said.
type DecodeError struct {
	Pos Pos
	Err error
}

// Error returns "file#/pointer: reason".
func (e *DecodeError) Error() string {
	if p := e.Pos.String(); p != "" {
		return p + ": " + e.Err.Error()
	}
	return e.Err.Error()
}

// Unwrap returns what went wrong.
func (e *DecodeError) Unwrap() error { return e.Err }

// A Problem is something in a document that a schema check does not see, or a part of it
// that could not be used. It is a value, not an error: the rest of the document counts.
type Problem struct {
	Code    string // stable: "bound-unread", "bounds-swapped", "wrong-type" ...
	Text    string
	Warning bool // it changes no answer
	Pos     Pos
}

// String returns "code: text (place)".
func (p Problem) String() string {
	s := p.Code + ": " + p.Text
	if pos := p.Pos.String(); pos != "" {
		s += " (" + pos + ")"
	}
	return s
}

func problemf(pos Pos, code, format string, args ...any) Problem {
	return Problem{Code: code, Text: fmt.Sprintf(format, args...), Pos: pos}
}
