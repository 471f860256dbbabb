// Package cpe reads, writes and relates Common Platform Enumeration names, version 2.3: the naming
// rules of NISTIR 7695 and the name matching of NISTIR 7696.
//
// A [Name] is a small comparable value that may be a map key. It holds the canonical formatted
// string once and marks the eleven attributes in it, so that reading a canonical name and relating
// two names allocate nothing. The relation is a fact about sets of products; what follows from it
// for an installation is decided elsewhere.
package cpe

// prefixFormatted and prefixURI begin the two bindings. Both are read in any letter case, since
// RFC 5234 section 2.3 says so of the literals in the grammars of NISTIR 7695.
const (
	prefixFormatted = "cpe:2.3:"
	prefixURI       = "cpe:/"
)

// A Name is a well-formed CPE name. The zero Name is invalid: it has no attributes, relates to
// nothing and is written as the empty text. Names are immutable, may be copied, and are safe for
// concurrent use. Two names are equal under == when their canonical formatted strings are the same
// byte for byte; [Relate] ignores letter case.
//
// A Name read from a canonical formatted string shares the memory of that string.
type Name struct {
	text string
	// ends holds the offset in text behind each attribute. A name has at most MaxLength bytes
	// of input, and twice that is the longest canonical form, so 16 bits are enough.
	ends          [attributes]uint16
	any, na, wild set
}

// IsValid reports whether n is a name, that is, not the zero Name.
func (n Name) IsValid() bool { return n.text != "" }

// String returns the formatted string binding in canonical form: NISTIR 7695 section 6.2, with
// hyphen and full stop unquoted. Letter case is kept as it was read.
func (n Name) String() string { return n.text }

// Value returns the value of attribute a. It is the zero Value for the zero Name and for a number
// that is no attribute.
func (n Name) Value(a Attribute) Value {
	switch bit := bitOf(a); {
	case !n.IsValid() || bit == 0:
		return Value{}
	case n.any&bit != 0:
		return Value{text: n.slice(a), kind: kindAny}
	case n.na&bit != 0:
		return Value{text: n.slice(a), kind: kindNA}
	case n.wild&bit != 0:
		return Value{text: n.slice(a), kind: kindPattern}
	default:
		return Value{text: n.slice(a), kind: kindString}
	}
}

// Text returns the text of attribute a without quoting. It is short for n.Value(a).Text().
func (n Name) Text(a Attribute) string { return n.Value(a).Text() }

// AppendKey appends the vendor and the product in lower case, joined by a colon and quoted as in
// the formatted string, and returns the extended buffer. Names whose vendors and products are
// equal under [RelateAttribute] have equal keys and others have not, so the key fits an index.
// The part is left out: a name whose part is ANY is found as well. A vendor or product that is ANY
// or holds a wildcard names more than its own key; the caller has to look at [Name.Value] for that.
// The zero Name appends nothing.
func (n Name) AppendKey(dst []byte) []byte {
	if !n.IsValid() {
		return dst
	}
	return appendLower(dst, n.text[n.begin(Vendor):n.ends[Product]])
}

// AppendText appends the formatted string. It never fails and allocates only to grow dst. The zero
// Name appends nothing.
func (n Name) AppendText(dst []byte) ([]byte, error) { return append(dst, n.text...), nil }

// MarshalText returns the formatted string, or empty text for the zero Name.
func (n Name) MarshalText() ([]byte, error) { return n.AppendText(nil) }

// UnmarshalText reads a name of either binding by the rules of [Parse], and accepts a language that
// [ParseLenient] kept, so that each name that was marshalled comes back. Empty text gives the zero
// Name. On error n is left as it was.
func (n *Name) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*n = Name{}
		return nil
	}
	s := string(text)
	read, warnings, err := ParseLenient(s)
	if err != nil {
		return err
	}
	for _, w := range warnings {
		if w.Rule != ruleLanguage {
			return &ParseError{Input: s, Offset: w.Offset, Rule: w.Rule, Err: ErrSyntax}
		}
	}
	*n = read
	return nil
}

// slice returns the canonical text of attribute a of a valid name.
func (n *Name) slice(a Attribute) string { return n.text[n.begin(a):n.ends[a]] }

// begin returns the offset of attribute a in the text of a valid name.
func (n *Name) begin(a Attribute) int {
	if a == Part {
		return len(prefixFormatted)
	}
	return int(n.ends[a-1]) + len(":")
}
