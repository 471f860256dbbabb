package jsonpos

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Eight bytes at a time: the lowest byte and the highest bit of each byte of a word.
const (
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
)

// special marks, in the highest bit of each byte, the bytes of w that end the plain part of a string: quote, backslash
// and control characters. The lowest mark is right; a borrow can set false marks above it only.
func special(w uint64) uint64 {
	quote := w ^ lows*'"'
	slash := w ^ lows*'\\'
	return ((quote-lows)&^quote | (slash-lows)&^slash | (w-lows*' ')&^w) & highs
}

// isSpace reports whether c is white space between tokens (RFC 8259, section 2).
func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t'
}

// skipSpace returns the place of the first byte from i on that is not white space.
func skipSpace(data []byte, i int) int {
	for {
		for i+8 <= len(data) && binary.LittleEndian.Uint64(data[i:]) == lows*' ' {
			i += 8
		}
		if i >= len(data) || !isSpace(data[i]) {
			return i
		}
		i++
	}
}

// scanString reads the string whose quote stands at i. It returns the place after the closing quote and the flags of
// the text, or a status other than complete with p.fault set if it failed.
func (p *parser) scanString(data []byte, i int) (int, uint32, status) {
	begin := i + 1
	i = begin
	var flags uint32
	var high uint64 // has a bit in highs if there may be a byte beyond ASCII
	for {
		var mark uint64
		for i+8 <= len(data) {
			w := binary.LittleEndian.Uint64(data[i:])
			high |= w
			if mark = special(w); mark != 0 {
				i += bits.TrailingZeros64(mark) >> 3
				break
			}
			i += 8
		}
		if mark == 0 {
			for ; i < len(data); i++ {
				c := data[i]
				if c < ' ' || c == '"' || c == '\\' {
					break
				}
				high |= uint64(c)
			}
			if i == len(data) {
				return i, 0, starved
			}
		}
		switch data[i] {
		case '"':
			if high&highs != 0 && !utf8.Valid(data[begin:i]) {
				return i, 0, p.fail(begin+invalidUTF8(data[begin:i]), ErrSyntax, "text is not UTF-8")
			}
			return i + 1, flags, complete
		case '\\':
			n, flag := scanEscape(data[i:])
			if n == 0 {
				return i, 0, starved
			}
			if n < 0 {
				return i, 0, p.fail(i, ErrSyntax, "invalid escape")
			}
			i += n
			flags |= flag
		default:
			return i, 0, p.fail(i, ErrSyntax, "control character in a string")
		}
	}
}

// scanEscape reads the escape that s begins with and returns its length and flags. The length is 0 if s ends too early
// to tell and negative if there is no such escape.
func scanEscape(s []byte) (int, uint32) {
	if len(s) < 2 {
		return 0, 0
	}
	switch s[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2, escaped
	case 'u':
	default:
		return -1, 0
	}
	r, n := hex4(s)
	if n <= 0 || !utf16.IsSurrogate(r) {
		return n, escaped
	}
	// A second half that does not follow, or is of the wrong kind, is an escape of its own.
	low, m := hex4(s[6:])
	if m == 0 {
		return 0, 0
	}
	if m < 0 || utf16.DecodeRune(r, low) == utf8.RuneError {
		return 6, escaped | lossy
	}
	return 12, escaped
}

// hex4 reads the escape \uXXXX that s begins with. The length is 0 if s ends too early to tell and negative if there is
// no such escape.
func hex4[T []byte | string](s T) (rune, int) {
	const form = `\u0000`
	var r rune
	for i := range len(form) {
		if i >= len(s) {
			return 0, 0
		}
		switch c := s[i]; {
		case i < 2:
			if c != form[i] {
				return 0, -1
			}
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			r = r<<4 | rune(c|0x20-'a'+10)
		default:
			return 0, -1
		}
	}
	return r, len(form)
}

// invalidUTF8 returns the place of the first byte of s that is not UTF-8.
func invalidUTF8(s []byte) int {
	i := 0
	for i < len(s) {
		r, n := utf8.DecodeRune(s[i:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		i += n
	}
	return i
}

// unescape returns the text of a string that was scanned, given without its quotes.
func unescape(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:i])
		s = s[i:]
		if r, n := hex4(s); n > 0 {
			s = s[n:]
			if utf16.IsSurrogate(r) {
				low, m := hex4(s)
				if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
					s = s[m:]
				}
			}
			b.WriteRune(r)
			continue
		}
		b.WriteByte(escapes[s[1]])
		s = s[2:]
	}
}

// escapes maps the letter of a short escape to what it stands for.
var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// scanNumber reads the number that data has at i (RFC 8259, section 6) and returns the place after it. It fails with
// the place of the byte that does not fit; if that is the end of data, more may complete the number.
func scanNumber(data []byte, i int) (int, bool) {
	if i < len(data) && data[i] == '-' {
		i++
	}
	if i < len(data) && data[i] == '0' {
		i++
	} else {
		begin := i
		if i = skipDigits(data, i); i == begin {
			return i, false
		}
	}
	if i < len(data) && data[i] == '.' {
		begin := i + 1
		if i = skipDigits(data, begin); i == begin {
			return i, false
		}
	}
	if i < len(data) && data[i]|0x20 == 'e' {
		begin := i + 1
		if begin < len(data) && (data[begin] == '+' || data[begin] == '-') {
			begin++
		}
		if i = skipDigits(data, begin); i == begin {
			return i, false
		}
	}
	return i, true
}

// skipDigits returns the place of the first byte from i on that is no digit.
func skipDigits(data []byte, i int) int {
	for i < len(data) && '0' <= data[i] && data[i] <= '9' {
		i++
	}
	return i
}
