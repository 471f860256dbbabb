package cpe

// The characters of a value, by what they need in a formatted string (NISTIR 7695 section 6.2.1).
const (
	foreign  class = iota // control characters, space and everything beyond ASCII: never allowed
	plain                 // letters, digits, underscore, hyphen and full stop: stand as they are
	mark                  // other punctuation: stands behind a backslash
	wildcard              // a question mark or an asterisk: behind a backslash, or else a wildcard
	quote                 // the backslash
)

// A class tells how a character is written.
type class uint8

// classes gives the class of each byte; what is not listed is foreign.
var classes = [256]class{
	'0': plain, '1': plain, '2': plain, '3': plain, '4': plain,
	'5': plain, '6': plain, '7': plain, '8': plain, '9': plain,
	'A': plain, 'B': plain, 'C': plain, 'D': plain, 'E': plain, 'F': plain, 'G': plain,
	'H': plain, 'I': plain, 'J': plain, 'K': plain, 'L': plain, 'M': plain, 'N': plain,
	'O': plain, 'P': plain, 'Q': plain, 'R': plain, 'S': plain, 'T': plain, 'U': plain,
	'V': plain, 'W': plain, 'X': plain, 'Y': plain, 'Z': plain,
	'a': plain, 'b': plain, 'c': plain, 'd': plain, 'e': plain, 'f': plain, 'g': plain,
	'h': plain, 'i': plain, 'j': plain, 'k': plain, 'l': plain, 'm': plain, 'n': plain,
	'o': plain, 'p': plain, 'q': plain, 'r': plain, 's': plain, 't': plain, 'u': plain,
	'v': plain, 'w': plain, 'x': plain, 'y': plain, 'z': plain,
	'_': plain, '-': plain, '.': plain,
	'!': mark, '"': mark, '#': mark, '$': mark, '%': mark, '&': mark, '\'': mark, '(': mark,
	')': mark, '+': mark, ',': mark, '/': mark, ':': mark, ';': mark, '<': mark, '=': mark,
	'>': mark, '@': mark, '[': mark, ']': mark, '^': mark, '`': mark, '{': mark, '|': mark,
	'}': mark, '~': mark,
	'?': wildcard, '*': wildcard,
	'\\': quote,
}

// The kinds of a value.
const (
	kindNone    kind = iota // no value, as of the zero Name
	kindAny                 // the logical value ANY
	kindNA                  // the logical value NA
	kindString              // a string that means itself
	kindPattern             // a string with wildcards
)

// A kind tells the values apart whose texts could be confused.
type kind uint8

// A Value is what an attribute says: ANY, NA (not applicable) or a string, which may begin or end
// with wildcards. The zero Value says nothing; it is the value of an attribute of the zero Name.
// Values are immutable, may be copied and compared with == (which keeps letter case), and are safe
// for concurrent use.
type Value struct {
	text string // as in the canonical formatted string
	kind kind
}

// IsAny reports whether v is ANY: the name does not restrict the attribute.
func (v Value) IsAny() bool { return v.kind == kindAny }

// IsNA reports whether v is NA: the attribute has no meaning for the product.
func (v Value) IsNA() bool { return v.kind == kindNA }

// IsPattern reports whether v is a string that begins or ends with an unquoted wildcard.
func (v Value) IsPattern() bool { return v.kind == kindPattern }

// String returns v in the quoting of a well-formed name (NISTIR 7695 section 5.3.2), where every
// punctuation character but the underscore stands behind a backslash. ANY is "*" and NA is "-",
// neither of which is the quoted form of a string. The zero Value is "".
func (v Value) String() string {
	if v.kind == kindAny || v.kind == kindNA {
		return v.text
	}
	extra := 0
	for i := range len(v.text) {
		if isSeparator(v.text[i]) {
			extra++
		}
	}
	if extra == 0 {
		return v.text
	}
	quoted := make([]byte, 0, len(v.text)+extra)
	for i := range len(v.text) {
		if isSeparator(v.text[i]) {
			quoted = append(quoted, '\\')
		}
		quoted = append(quoted, v.text[i])
	}
	return string(quoted)
}

// Text returns the characters of v without quoting, for people and for version schemes: the value
// 1.0\+rc1 gives "1.0+rc1". It is empty for ANY and NA. In the text of a pattern a wildcard looks
// like the character itself.
func (v Value) Text() string {
	if v.kind == kindAny || v.kind == kindNA {
		return ""
	}
	for i := range len(v.text) {
		if v.text[i] == '\\' {
			return string(appendUnquoted(make([]byte, 0, len(v.text)), v.text))
		}
	}
	return v.text
}

// isSeparator reports whether c stands bare in a formatted string and quoted in a well-formed name.
func isSeparator(c byte) bool { return c == '-' || c == '.' }

// appendUnquoted appends text without the backslashes that quote.
func appendUnquoted(dst []byte, text string) []byte {
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' {
			i++ // in a canonical text a character follows
		}
		dst = append(dst, text[i])
	}
	return dst
}

// appendLower appends text with its ASCII letters in lower case.
func appendLower(dst []byte, text string) []byte {
	begin := len(dst)
	dst = append(dst, text...)
	lower(dst[begin:])
	return dst
}

// lower turns the ASCII letters of text into lower case, in place.
func lower(text []byte) {
	for i, c := range text {
		if 'A' <= c && c <= 'Z' {
			text[i] = c | 0x20
		}
	}
}
