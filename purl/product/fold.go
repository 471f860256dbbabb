package product

import (
	"unicode"
	"unicode/utf8"
)

// AppendKey appends the folded form of a vendor and product name: "trendmicro/apexcentral".
// Two pairs of names with one key are one product at level Name. What does not count:
//
//   - letter case, blanks, punctuation and marks such as ® (but + and # do: C, C++, C#),
//   - legal forms and soft words behind the vendor (Inc., GmbH, Software, Foundation),
//   - what stands in parentheses behind the vendor's name,
//   - the vendor's name in front of the product ("Trend Micro Apex Central").
//
// A vendor that is no name (n/a, unknown, -) gives an empty vendor part; such a key equals
// only others without a vendor. Numbers count: "Exchange Server 2016" and "2019" are two
// products. It allocates only when dst has no room.
func AppendKey(dst []byte, vendor, product string) []byte {
	start := len(dst)
	dst = AppendVendor(dst, vendor)
	folded := len(dst)
	dst = append(dst, '/')
	begin := len(dst)
	var w words
	dst = w.fold(dst, product, false)
	// A vendor in front of the product falls away at the border of a word.
	if name := dst[start:folded]; len(name) > 0 {
		for i := 1; i < w.count; i++ {
			at := w.starts[i]
			if at-begin == len(name) && string(dst[begin:at]) == string(name) {
				return append(dst[:begin], dst[at:]...)
			}
		}
	}
	return dst
}

// AppendVendor appends the folded form of a vendor's name, nothing for one that is none.
func AppendVendor(dst []byte, vendor string) []byte {
	if IsPlaceholder(vendor) {
		return dst
	}
	var w words
	start := len(dst)
	dst = w.fold(dst, vendor, true)
	for w.count > 1 && softWord(string(dst[w.starts[w.count-1]:])) {
		w.count--
		dst = dst[:w.starts[w.count]]
	}
	if w.count == 0 {
		return dst[:start]
	}
	return dst
}

// Key returns AppendKey as a string.
func Key(vendor, product string) string {
	var room [96]byte
	return string(AppendKey(room[:0], vendor, product))
}

// IsPlaceholder tells whether a name says that there is none: n/a, unknown, various, -, *
// and the empty text, as 8,246 of 44,130 CVE records have it.
func IsPlaceholder(name string) bool {
	var room [16]byte
	if len(name) > 24 {
		return false
	}
	b := room[:0]
	for i := 0; i < len(name) && len(b) < cap(b); i++ {
		if c := name[i] | 0x20; 'a' <= c && c <= 'z' || c >= utf8.RuneSelf || '0' <= name[i] && name[i] <= '9' {
			b = append(b, c)
		}
	}
	switch string(b) {
	case "", "na", "unknown", "unspecified", "none", "various", "notapplicable", "multiple", "multiplevendors":
		return true
	}
	return false
}

// words remembers where the words of a folded name start.
type words struct {
	starts [24]int
	count  int
}

// fold appends the letters and digits of s in lower case and notes the starts of words.
func (w *words) fold(dst []byte, s string, dropParentheses bool) []byte {
	inWord, depth := false, 0
	for i := 0; i < len(s); {
		c := s[i]
		size := 1
		r := rune(c)
		if c >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		i += size
		switch {
		case dropParentheses && r == '(' && (depth > 0 || w.count > 0):
			depth++
			inWord = false
			continue
		case depth > 0:
			if r == ')' {
				depth--
			}
			continue
		case 'A' <= r && r <= 'Z':
			r |= 0x20
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '+', r == '#':
		case r == '.' || r == '\'':
			continue // "s.r.o." and "Node.js" are one word each
		case r < utf8.RuneSelf:
			inWord = false
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			r = unicode.ToLower(r)
		case r == '®' || r == '™' || r == '©' || unicode.Is(unicode.Cf, r):
			continue
		default:
			inWord = false
			continue
		}
		if !inWord {
			inWord = true
			if w.count < len(w.starts) {
				w.starts[w.count] = len(dst)
				w.count++
			}
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

// softWord tells whether a word at the end of a vendor's name tells nothing about who it
// is: legal forms, and what organisations call themselves.
func softWord(word string) bool {
	switch word {
	case "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited",
		"llc", "llp", "lp", "plc", "pte", "pty", "pvt", "private",
		"gmbh", "ag", "kg", "mbh", "se", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "ab", "as", "aps", "oy", "oyj",
		"sro", "ro", "s", "spol", "kk", "doo", "lda", "slu", "sl",
		"foundation", "project", "software", "group", "team", "the",
		"systems", "technologies", "technology", "networks", "solutions":
		return true
	}
	return false
}
