package vers

import (
	"errors"
	"strconv"
)

// Kinds of trouble, to be tested with errors.Is.
var (
	// ErrSyntax marks text that the scheme or the reader does not know.
	ErrSyntax = errors.New("not understood")
	// ErrImprecise marks text that names a branch where one version is wanted: a
	// release without its build, "5.1.x".
	ErrImprecise = errors.New("names a branch, not one version")
	// ErrTooLong marks input over the limit of length.
	ErrTooLong = errors.New("too long")
	// ErrUnknownScheme marks the name of a scheme that the set does not hold.
	ErrUnknownScheme = errors.New("unknown version scheme")
	// ErrIncomparable marks an operation on ranges of different schemes or versions of
	// different lines.
	ErrIncomparable = errors.New("not comparable")
	// ErrInvalidRange marks the zero Range where a real one is wanted.
	ErrInvalidRange = errors.New("invalid range")
)

// A ParseError says where a version or a range could not be read and why. It wraps one
// of the error kinds of this package.
type ParseError struct {
	Scheme string // name of the scheme or reader
	Input  string // the text, cut to 64 bytes
	Offset int    // byte offset in the text
	Rule   string // what was wanted there
	Err    error  // the kind
}

// Error returns a line such as: deb: "1.0:x" at 3: epoch is no number.
func (e *ParseError) Error() string {
	s := e.Scheme + ": " + strconv.Quote(e.Input) + " at " + strconv.Itoa(e.Offset)
	if e.Rule != "" {
		return s + ": " + e.Rule
	}
	return s + ": " + e.Err.Error()
}

// Unwrap returns the kind of the error.
func (e *ParseError) Unwrap() error { return e.Err }

// syntaxError makes the usual ParseError.
func syntaxError(scheme, input string, offset int, rule string) error {
	return parseError(scheme, input, offset, rule, ErrSyntax)
}

func parseError(scheme, input string, offset int, rule string, kind error) error {
	const shown = 64
	if len(input) > shown {
		input = input[:shown]
	}
	return &ParseError{Scheme: scheme, Input: input, Offset: offset, Rule: rule, Err: kind}
}
