package inventory

import (
	"errors"
	"fmt"
	"strings"

	"github.com/affected-go/affected/advisory/jsonpos"
)

// The kinds of trouble, to be tested with errors.Is. An error of the reader itself keeps its
// own kind.
var (
	ErrFormat    = errors.New("no known inventory format")
	ErrEmpty     = errors.New("empty inventory")
	ErrSyntax    = errors.New("breaks the rules of the format")
	ErrTruncated = errors.New("ends early")
	ErrLimit     = errors.New("limit exceeded")
	ErrValue     = errors.New("cannot be used") // a purl that is none, a package without a version
	ErrConflict  = errors.New("contradicts itself")
)

// An Error is one thing in an inventory that could not be read, and where. What it touches
// is incomplete, the rest is read. Errors are not changed after they were yielded and are
// safe for concurrent use.
type Error struct {
	File string
	// Host is the id of the host that the error is about, "" where that is not known.
	Host string
	// Line and Column count from 1, the column in bytes of the text as UTF-8; 0 is not
	// known, or the line as a whole.
	Line, Column int
	// Pointer is the place in a JSON document (RFC 6901).
	Pointer string
	// Warning says that nothing was lost, but that answers may lack something: columns
	// that are not used, a host that is listed twice.
	Warning bool
	// Err says what is wrong and wraps one of the kinds.
	Err error
}

// Error returns "file:line:column: #/pointer: reason", without what is not known.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	switch {
	case e.Line > 0 && e.File == "":
		fmt.Fprintf(&b, "line %d", e.Line)
		if e.Column > 0 {
			fmt.Fprintf(&b, ", column %d", e.Column)
		}
	case e.Line > 0:
		fmt.Fprintf(&b, ":%d", e.Line)
		if e.Column > 0 {
			fmt.Fprintf(&b, ":%d", e.Column)
		}
	}
	if b.Len() > 0 {
		b.WriteString(": ")
	}
	if e.Pointer != "" {
		b.WriteString("#" + e.Pointer + ": ")
	}
	if e.Err != nil {
		b.WriteString(e.Err.Error())
	}
	return b.String()
}

// IsWarning returns Warning, for packages that do not import this one.
func (e *Error) IsWarning() bool { return e.Warning }

// Unwrap returns what is wrong.
func (e *Error) Unwrap() error { return e.Err }

// A reason is a text of one of the kinds.
type reason struct {
	kind error
	text string
}

func (r *reason) Error() string { return r.text }
func (r *reason) Unwrap() error { return r.kind }

// because returns an error of a kind with a text of its own.
func because(kind error, format string, args ...any) error {
	return &reason{kind, fmt.Sprintf(format, args...)}
}

// kinds are what the kinds of the JSON reader are here.
var kinds = []struct{ json, here error }{
	{jsonpos.ErrLimit, ErrLimit},
	{jsonpos.ErrTruncated, ErrTruncated},
	{jsonpos.ErrSyntax, ErrSyntax},
	{jsonpos.ErrType, ErrValue},
	{jsonpos.ErrDuplicate, ErrConflict},
	{jsonpos.ErrSurrogate, ErrValue},
}

// fromJSON turns an error of the JSON reader into one of this package.
func fromJSON(err error) *Error {
	var e *jsonpos.Error
	if !errors.As(err, &e) {
		return &Error{Err: err}
	}
	out := &Error{Line: e.Line, Column: e.Column, Pointer: e.Pointer, Err: e.Kind}
	for _, k := range kinds {
		if !errors.Is(e.Kind, k.json) {
			continue
		}
		text := e.Kind.Error()
		if e.Msg != "" {
			text += ": " + e.Msg
		}
		out.Err = &reason{k.here, text}
		break
	}
	return out
}

// short cuts a text that stands in a message.
func short(text string) string {
	const most = 80
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "..."
}
