package product

import (
	"strconv"
	"strings"
)

// A VersionAlias gives another name of a version. To "*" is a release that only tells the
// branch of all versions: "2019" where builds are counted.
//
// One line may stand for a family: {y} in From is a number, which To repeats, with an offset
// where the two counters differ, and a star at the end of both is the same rest of the text.
//
//	{y}.0.{u}.{b} = {y}.{u}      2021.0.22.330451 is 2021.22
//	{y}.* = {y-2008}.*           2023.0.6 is 15.0.6
//	{a}.{b}.{c}150.0 = {a}.{b}.{c}   3.8.10150.0 is 3.8.10
type VersionAlias struct{ From, To string }

// Version returns the canonical text of a version of the product, and whether text only
// names a release that tells nothing about the version ("2019"). Names of versions compare
// without the case of letters, without outer blanks and those in front of a number, and without the names of the vendor
// and the product in front: "Exchange 2019 CU14" is "2019 CU14". A version that carries its
// other name in parentheses, "2023.0.6 (15.0.6)", is that version when the two agree. What
// no alias names is returned as it is. A nil Entry has no aliases. It allocates only where
// an alias of a family applies.
func (e *Entry) Version(text string) (canonical string, anything bool) {
	if e == nil || len(e.Versions) == 0 {
		return text, false
	}
	trimmed := e.withoutNames(strings.TrimSpace(text))
	outer, inner, ok := strings.Cut(trimmed, "(")
	if inner, closed := strings.CutSuffix(inner, ")"); ok && closed {
		outer, inner = strings.TrimSpace(outer), strings.TrimSpace(inner)
		if to, ok := e.alias(outer); ok && strings.EqualFold(to, inner) {
			return to, false
		}
		if to, ok := e.alias(inner); ok && strings.EqualFold(to, outer) {
			return to, false
		}
	}
	if to, ok := e.alias(trimmed); ok {
		return to, to == "*"
	}
	return text, false
}

// withoutNames drops the names of the vendor and of the product that stand in front, the
// longest that fit.
func (e *Entry) withoutNames(text string) string {
	vendor, _, _ := strings.Cut(e.Key, "/")
	text = withoutWord(text, vendor)
	rest := text
	for _, pair := range e.Names {
		vendor, name, _ := strings.Cut(pair, "|")
		vendor = strings.TrimSpace(vendor)
		name = withoutWord(strings.TrimSpace(name), vendor)
		if shorter := withoutWord(withoutWord(text, vendor), name); len(shorter) < len(rest) {
			rest = shorter
		}
	}
	return rest
}

// withoutWord drops a word and the blanks behind it, unless nothing would be left.
func withoutWord(text, word string) string {
	if len(word) == 0 || len(text) <= len(word) || text[len(word)] != ' ' || !strings.EqualFold(text[:len(word)], word) {
		return text
	}
	return strings.TrimLeft(text[len(word):], " ")
}

// alias returns what the first alias that fits leads to, in one step.
func (e *Entry) alias(text string) (string, bool) {
	for _, a := range e.Versions {
		if sameName(a.From, text) {
			return a.To, true
		}
		if a.isFamily() {
			if to, ok := a.apply(text); ok {
				return to, true
			}
		}
	}
	return "", false
}

// sameName compares two names of versions without the case of letters and without blanks between a
// letter and a digit: CU 22 is CU22.
func sameName(a, b string) bool {
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case lowerASCII(a[i]) == lowerASCII(b[j]):
			i, j = i+1, j+1
		case isGap(a, i):
			i++
		case isGap(b, j):
			j++
		default:
			return false
		}
	}
	return i == len(a) && j == len(b)
}

// isGap tells whether a blank stands between a letter and a digit.
func isGap(text string, i int) bool {
	return text[i] == ' ' && i > 0 && i+1 < len(text) && isDigit(text[i+1]) && 'a' <= text[i-1]|0x20 && text[i-1]|0x20 <= 'z'
}

// isFamily tells whether one line stands for many versions.
func (a VersionAlias) isFamily() bool {
	return strings.IndexByte(a.From, '{') >= 0 || a.To != "*" && strings.HasSuffix(a.From, "*") && strings.HasSuffix(a.To, "*")
}

// A family that binds more numbers than this applies to no version.
const maxNumbers = 8

// apply reads a text by the pattern From and writes it by the pattern To.
func (a VersionAlias) apply(text string) (string, bool) {
	var names, values [maxNumbers]string
	count, from := 0, a.From
	for from != "" && from != "*" {
		name, after, number := cutNumber(from)
		if !number {
			if text == "" || !strings.EqualFold(from[:1], text[:1]) {
				return "", false
			}
			from, text = from[1:], text[1:]
			continue
		}
		end := 0
		for end < len(text) && '0' <= text[end] && text[end] <= '9' {
			end++
		}
		end -= ending(text[:end], after)
		if end == 0 || count == maxNumbers {
			return "", false
		}
		names[count], values[count] = name, text[:end]
		count++
		from, text = after, text[end:]
	}
	if (from == "*") != (text != "") {
		return "", false
	}
	var out []byte
	to := a.To
	for to != "" && (to != "*" || from != "*") {
		expr, after, number := cutNumber(to)
		if !number {
			out, to = append(out, to[0]), to[1:]
			continue
		}
		name, offset := splitOffset(expr)
		i := 0
		for i < count && names[i] != name {
			i++
		}
		if i == count {
			return "", false
		}
		if offset == 0 {
			out = append(out, values[i]...)
		} else {
			n, err := strconv.Atoi(values[i])
			if err != nil || n+offset < 0 {
				return "", false
			}
			out = strconv.AppendInt(out, int64(n+offset), 10)
		}
		to = after
	}
	return string(append(out, text...)), true
}

// ending returns how many digits the pattern behind a number has at once, where a run of digits
// ends with them, else 0.
func ending(run, pattern string) int {
	n := 0
	for n < len(pattern) && '0' <= pattern[n] && pattern[n] <= '9' {
		n++
	}
	if !strings.HasSuffix(run, pattern[:n]) {
		return 0
	}
	return n
}

// cutNumber cuts "{name}" from the front of a pattern.
func cutNumber(pattern string) (name, after string, ok bool) {
	if !strings.HasPrefix(pattern, "{") {
		return "", pattern, false
	}
	name, after, ok = strings.Cut(pattern[1:], "}")
	return name, after, ok
}

// splitOffset splits "y-2008" into the name and what is added to its number.
func splitOffset(expr string) (name string, offset int) {
	if i := strings.IndexAny(expr, "+-"); i > 0 {
		if n, err := strconv.Atoi(expr[i:]); err == nil && -1e9 < n && n < 1e9 {
			return expr[:i], n
		}
	}
	return expr, 0
}
