package purl

import "strings"

// plainBytes are those that stand for themselves in every component of a canonical package URL:
// letters, digits, ".-_~" and the colon (ECMA-427, character encoding).
var plainBytes = func() (plain [256]bool) {
	for _, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_~:" {
		plain[c] = true
	}
	return plain
}()

func isPlain(c byte) bool { return plainBytes[c] }

// isLoose tells whether c is taken inside a component although the canonical form encodes it.
// These are the characters that RFC 3986 section 3.3 has for a segment, without the ampersand:
// like "?" and "#" it separates components, and in the wrong place it is a mistake.
func isLoose(c byte) bool { return isPlain(c) || strings.IndexByte("!$'()*+,;=@/", c) >= 0 }

// plain returns the length of the prefix of s that stands for itself.
func plain(s string) int {
	for i := 0; i < len(s); i++ {
		if !isPlain(s[i]) {
			return i
		}
	}
	return len(s)
}

const upperHex = "0123456789ABCDEF"

// appendEscaped writes s percent-encoded, slashes too.
func appendEscaped(b []byte, s string) []byte {
	for {
		n := plain(s)
		b = append(b, s[:n]...)
		if n == len(s) {
			return b
		}
		b = append(b, '%', upperHex[s[n]>>4], upperHex[s[n]&15])
		s = s[n+1:]
	}
}

// appendPath writes segments percent-encoded, with the slashes between them.
func appendPath(b []byte, path string) []byte {
	for {
		segment, rest, more := strings.Cut(path, "/")
		b = appendEscaped(b, segment)
		if !more {
			return b
		}
		b = append(b, '/')
		path = rest
	}
}

// hexPair returns the byte that the two digits after a percent sign at s[0] stand for.
func hexPair(s string) (byte, bool) {
	if len(s) < 3 {
		return 0, false
	}
	high, low := unhex(s[1]), unhex(s[2])
	return high<<4 | low&15, high < 16 && low < 16
}

func unhex(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	default:
		return 255
	}
}

// unescape decodes text that is known to be well encoded.
func unescape(s string) string {
	if strings.IndexByte(s, '%') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) - 2*strings.Count(s, "%"))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' {
			if decoded, ok := hexPair(s[i:]); ok {
				c = decoded
				i += 2
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

// encodedOffset returns where in s the byte begins that decodes to byte n.
func encodedOffset(s string, n int) int {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		if s[i] == '%' {
			i += 2
		}
		i++
	}
	return i
}
