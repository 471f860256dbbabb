package cpe

import (
	"errors"
	"fmt"
)

// The kinds of error that reading a name can have. Each error is a [*ParseError] that wraps one.
var (
	// ErrPrefix says that the text is no CPE name of the binding asked for: it begins otherwise.
	ErrPrefix = errors.New("not a CPE name")
	// ErrTooLong says that the text is longer than [MaxLength].
	ErrTooLong = errors.New("CPE name too long")
	// ErrSyntax says that the text begins as a name and breaks a rule further on.
	ErrSyntax = errors.New("invalid CPE name")
)

// The rules of NISTIR 7695 that a name can break, in the words of the errors and warnings.
const (
	rulePrefix      = `a name begins with "cpe:2.3:" or "cpe:/"`
	ruleFormatted   = `a formatted string begins with "cpe:2.3:" (NISTIR 7695 section 6.2)`
	ruleURI         = `a URI begins with "cpe:/" (NISTIR 7695 section 6.1)`
	ruleLength      = "a name has at most 4096 bytes"
	ruleTooFew      = "fewer than 11 components (NISTIR 7695 section 6.2.1)"
	ruleTooMany     = "more than 11 components (NISTIR 7695 section 6.2.1)"
	ruleURITooMany  = "more than 7 components (NISTIR 7695 section 6.1.1)"
	rulePacked      = "a packed edition has 5 parts (NISTIR 7695 section 6.1.1)"
	ruleEmpty       = "empty component (NISTIR 7695 section 6.2.1)"
	rulePart        = "the part is a, o or h (NISTIR 7695 section 5.3.3)"
	ruleLanguage    = "the language is not a language code with an optional region (NISTIR 7695 section 6.2.1)"
	ruleForeign     = "character that no value can hold (NISTIR 7695 section 5.3.2)"
	ruleUnquoted    = "punctuation without a backslash (NISTIR 7695 section 6.2.1)"
	ruleQuoted      = "backslash before a character that is never quoted (NISTIR 7695 section 5.3.2)"
	ruleOpenQuote   = "backslash at the end of a component (NISTIR 7695 section 5.3.2)"
	ruleEmbedded    = "wildcard inside of a value (NISTIR 7695 section 5.3.2)"
	ruleCombined    = "asterisk beside another wildcard (NISTIR 7695 section 5.3.2)"
	ruleLogical     = "value that would be written like ANY or NA (NISTIR 7695 section 5.3.2)"
	ruleURIReserved = "character that a URI name encodes (NISTIR 7695 section 6.1.1)"
	rulePercent     = "percent encoding of no allowed character (NISTIR 7695 section 6.1.3)"
)

// A ParseError tells which rule a text breaks and where. It wraps [ErrPrefix], [ErrTooLong] or
// [ErrSyntax]. It is not changed after it was returned and is safe for concurrent use.
type ParseError struct {
	Input  string // the whole text
	Offset int    // of the byte in Input at which the rule is broken
	Rule   string // the rule in words
	Err    error  // ErrPrefix, ErrTooLong or ErrSyntax
}

// Error returns the kind, the beginning of the input, the offset and the rule.
func (e *ParseError) Error() string {
	const shown = 120
	input, more := e.Input, ""
	if len(input) > shown {
		input, more = input[:shown], "..."
	}
	return fmt.Sprintf("%v %q%s: offset %d: %s", e.Err, input, more, e.Offset, e.Rule)
}

// Unwrap returns the kind of the error.
func (e *ParseError) Unwrap() error { return e.Err }

// A Warning is a break of a rule that [ParseLenient] could put right without a guess. The zero
// Warning means nothing; warnings are plain values.
type Warning struct {
	Offset int    // of the byte in the input at which the rule is broken
	Rule   string // the rule in words
}

// String returns the offset and the rule.
func (w Warning) String() string { return fmt.Sprintf("offset %d: %s", w.Offset, w.Rule) }
