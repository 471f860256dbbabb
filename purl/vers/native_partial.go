package vers

import (
	"slices"
	"strings"
)

// leadingNumbers returns the numbers with dots between at the beginning of s and what
// follows them.
func leadingNumbers(s string) (numbers []string, rest string) {
	for n := digits(s); n > 0; n = digits(s) {
		numbers = append(numbers, s[:n])
		if s = s[n:]; len(s) < 2 || s[0] != '.' || !isDigit(s[1]) {
			break
		}
		s = s[1:]
	}
	return numbers, s
}

// zeroPadded writes numbers with dots, zeros for those that are missing up to width.
func zeroPadded(numbers []string, width int) string {
	var b strings.Builder
	for i := range max(width, len(numbers)) {
		if i > 0 {
			b.WriteByte('.')
		}
		if i < len(numbers) {
			b.WriteString(numbers[i])
		} else {
			b.WriteByte('0')
		}
	}
	return b.String()
}

// successor writes the lowest version above all that begin with numbers[:n]: the last of
// them increased by one.
func successor(numbers []string, n, width int) string {
	next := append(make([]string, 0, n), numbers[:n]...)
	next[n-1] = increment(next[n-1])
	return zeroPadded(next, width)
}

// increment adds one to a decimal number of any size.
func increment(number string) string {
	digits := []byte(withoutZeros(number))
	for i := len(digits) - 1; i >= 0; i-- {
		if digits[i]++; digits[i] <= '9' {
			return string(digits)
		}
		digits[i] = '0'
	}
	return "1" + string(digits)
}

// withoutZeros takes the leading zeros of a number away.
func withoutZeros(number string) string {
	short := strings.TrimLeft(number, "0")
	if short == "" && number != "" {
		return "0"
	}
	return short
}

// A partial is a semantic version of which the last numbers may be missing or wildcards,
// as npm and cargo read them: 1, 1.2, 1.x, 1.2.*, 1.2.3-rc.1+build.
type partial struct {
	numbers []string // those before the first wildcard
	written int      // count of parts, wildcards included
	gap     bool     // a number stands behind a wildcard
	pre     string   // with its hyphen; only behind three parts
	build   string   // with its plus
}

// readPartial reads a partial version; bad is the offset of what it does not understand,
// -1 for none.
func readPartial(s string) (p partial, bad int) {
	i := 0
	wild := false
	for p.written < 3 {
		n := digits(s[i:])
		switch {
		case n > 1 && s[i] == '0':
			return p, i
		case n > 0 && wild:
			p.gap = true
		case n > 0:
			p.numbers = append(p.numbers, s[i:i+n])
		case i < len(s) && (s[i]|0x20 == 'x' || s[i] == '*'):
			wild, n = true, 1
		default:
			return p, i
		}
		i += n
		if p.written++; p.written == 3 || i == len(s) || s[i] != '.' {
			break
		}
		i++
	}
	if i < len(s) && s[i] != '+' && p.written < 3 {
		return p, i
	}
	rest := s[i:]
	rest, p.build, _ = strings.Cut(rest, "+")
	if len(rest) < len(s)-i {
		p.build = "+" + p.build
		if at, rule := checkIdentifiers(p.build[1:], false); rule != "" {
			return p, i + len(rest) + 1 + at
		}
	}
	if rest != "" {
		if rest[0] != '-' {
			return p, i
		}
		if at, rule := checkIdentifiers(rest[1:], true); rule != "" {
			return p, i + 1 + at
		}
		p.pre = rest
	}
	return p, -1
}

// full tells whether all three numbers are there.
func (p partial) full() bool { return len(p.numbers) == 3 }

// text writes the version, zeros for what is missing.
func (p partial) text() string {
	if p.full() {
		return zeroPadded(p.numbers, 3) + p.pre
	}
	return zeroPadded(p.numbers, 3)
}

// significant returns how many numbers a caret keeps: those up to the first that is not
// zero.
func (p partial) significant() int {
	n := 1
	for n < len(p.numbers) && isZero(p.numbers[n-1]) {
		n++
	}
	return n
}

// next writes the version after all that begin with the first count numbers of p.
func (p partial) next(count int) string { return successor(p.numbers, count, 3) }

// askedPrerelease returns the version that Satisfies asks npm or cargo about when it is a
// pre-release and the policy of the tool counts.
func (n *nativeReader) askedPrerelease() (partial, bool) {
	if !n.policy {
		return partial{}, false
	}
	asked, bad := readPartial(trimV(n.asked))
	return asked, bad < 0 && asked.full() && asked.pre != ""
}

// admits tells whether a bound admits a pre-release: only one that has a pre-release of the
// same three numbers itself does.
func (p partial) admits(asked partial) bool {
	return p.pre != "" && p.full() && slices.Equal(p.numbers, asked.numbers)
}
