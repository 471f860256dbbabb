package purl

import (
	"errors"
	"strconv"
)

// Kinds of trouble, to be tested with errors.Is.
var (
	// ErrSyntax marks text that does not have the form of a package URL.
	ErrSyntax = errors.New("not the form of a package url")
	// ErrEncoding marks percent-encoding that does not stand for UTF-8.
	ErrEncoding = errors.New("bad percent-encoding")
	// ErrCharacter marks characters that have to be encoded, cannot be seen, or imitate
	// others.
	ErrCharacter = errors.New("character not permitted")
	// ErrDefinition marks what the definition of the type rules out.
	ErrDefinition = errors.New("against the definition of the type")
	// ErrTooLong marks input over MaxLength.
	ErrTooLong = errors.New("too long")
)

// A Warning is something wrong with a package URL that can still be read. The zero Warning
// says nothing. Warnings are plain values.
type Warning struct {
	Part   string // "scheme", "type", "namespace", "name", "version", "qualifiers" or "subpath"
	Offset int    // byte offset in the text; for From, in the part
	Rule   string // what is wanted there
	Err    error  // the kind: one of the errors of this package
}

// String returns a line such as: namespace at 8: type gem has none.
func (w Warning) String() string {
	return w.Part + " at " + strconv.Itoa(w.Offset) + ": " + w.Rule
}

// A ParseError says where and why a package URL was refused. It wraps one of the error kinds
// of this package. ParseErrors are not changed after they were made.
type ParseError struct {
	Input   string // the text, cut to 64 bytes; empty for From
	Warning        // the place, the rule and the kind
}

// Error returns a line such as: purl "pkg:npm/": name at 8: missing.
func (e *ParseError) Error() string {
	if e.Input == "" {
		return "purl: " + e.Warning.String()
	}
	return "purl " + strconv.Quote(e.Input) + ": " + e.Warning.String()
}

// Unwrap returns the kind of the error.
func (e *ParseError) Unwrap() error { return e.Err }

func parseError(input string, w Warning) error {
	const shown = 64
	if len(input) > shown {
		input = input[:shown]
	}
	return &ParseError{Input: input, Warning: w}
}
