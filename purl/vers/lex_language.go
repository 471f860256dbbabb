package vers

// Lexical helpers of the schemes of programming languages.

// eachNumber calls f for the numbers of a text with one separator between each two. It
// returns the offset and the rule that is broken, "" when none is.
func eachNumber(s, separators string, f func(number string)) (int, string) {
	for i := 0; ; i++ {
		n := digits(s[i:])
		if n == 0 {
			return i, "number wanted"
		}
		f(s[i : i+n])
		if i += n; i == len(s) {
			return 0, ""
		}
		if s[i] != separators[0] && s[i] != separators[len(separators)-1] {
			return i, "separator or end wanted"
		}
	}
}

// appendIdentifiers writes a list of identifiers as in Semantic Versioning, without end,
// and returns its length, 0 when it is none.
func appendIdentifiers(e Encoder, s string) (Encoder, int) {
	i := 0
	for {
		start := i
		for i < len(s) && (isAlnum(s[i]) || s[i] == '-') {
			i++
		}
		switch id := s[start:i]; {
		case id == "":
			return e, 0
		case digits(id) == len(id):
			e = e.Number(id)
		default:
			e = e.Text(id)
		}
		if i == len(s) || s[i] != '.' {
			return e, i
		}
		i++
	}
}

// appendLowerASCII appends ASCII text in lower case.
func appendLowerASCII(dst []byte, text string) []byte {
	n := len(dst)
	dst = append(dst, text...)
	for i := n; i < len(dst); i++ {
		if 'A' <= dst[i] && dst[i] <= 'Z' {
			dst[i] |= 0x20
		}
	}
	return dst
}

// trimBlanks drops ASCII blanks on both sides and tells how many bytes were dropped in
// front.
func trimBlanks(s string) (trimmed string, offset int) {
	for offset < len(s) && isBlank(s[offset]) {
		offset++
	}
	s = s[offset:]
	for len(s) > 0 && isBlank(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s, offset
}

func isBlank(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

// notPrintable returns the offset of the first byte that is no printable ASCII, -1 when
// all are.
func notPrintable(s string) int {
	i := 0
	for ; i+8 <= len(s) && allPrintable(s[i:i+8]); i += 8 {
	}
	for ; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return i
		}
	}
	return -1
}

// allPrintable looks at eight bytes at once: a byte is printable ASCII when neither it, nor
// it and one, nor it less a space has the high bit. A borrow from a lower byte spoils only
// what is spoilt already.
func allPrintable(s string) bool {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	_ = s[7]
	w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	return (w|(w+ones)|(w-' '*ones))&highs == 0
}
