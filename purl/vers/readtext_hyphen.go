package vers

import "strings"

// The answers of hyphenated.
const (
	single   = iota // the hyphen is part of one version
	interval        // it stands between two
	unclear
)

// hyphenated looks at one word with one hyphen between dotted numbers. Vendors write
// intervals (5.0.0-5.1.2) and builds (7.0.1-5145) in this way. It is an interval when the
// right side continues the left one (9.5-9.5.22) or has as many numbers and lies above it
// in the same neighbourhood; rpm releases and builds are far away (1.9.0-150400.10.6.1).
func hyphenated(word string) (low, high string, is int) {
	low, high, ok := strings.Cut(word, "-")
	if !ok {
		return "", "", single
	}
	var a, b [16]string
	lowBase, highBase := withoutLetter(low), withoutLetter(high)
	m, n := dottedNumbers(lowBase, &a), dottedNumbers(highBase, &b)
	if lettered := lowBase != low || highBase != high; lettered { // 1.0.2-1.0.2u, 1.0.2a-1.0.2u
		if m < 2 || lowBase != highBase || low[len(lowBase):] >= high[len(highBase):] {
			return "", "", single
		}
		return low, high, interval
	}
	if m < 2 || n < 2 {
		return "", "", single
	}
	same, less := 0, false
	for same < min(m, n) && compareNumbers(a[same], b[same]) == 0 {
		same++
	}
	if same < min(m, n) {
		less = compareNumbers(a[same], b[same]) < 0
	}
	near := len(strings.TrimLeft(b[0], "0")) <= len(strings.TrimLeft(a[0], "0"))+1
	switch {
	case same == m && n > m, m == n && less && (same > 0 || m > 2 && near):
		return low, high, interval
	case same > 0, m == n && less && near:
		return low, high, unclear
	}
	return "", "", single
}

// withoutLetter cuts the one letter off that some products put behind the last number.
func withoutLetter(s string) string {
	if n := len(s) - 1; n > 0 && isLetter(s[n]) && isDigit(s[n-1]) {
		return s[:n]
	}
	return s
}

// dottedNumbers cuts a dotted version into its numbers and returns their count, 0 when it is
// something else.
func dottedNumbers(s string, numbers *[16]string) int {
	s = trimV(s)
	for count := 0; count < len(numbers); {
		n := digits(s)
		if n == 0 {
			return 0
		}
		numbers[count] = s[:n]
		count++
		if n == len(s) {
			return count
		}
		if s[n] != '.' {
			return 0
		}
		s = s[n+1:]
	}
	return 0
}

// compareNumbers compares two runs of digits as numbers.
func compareNumbers(a, b string) int {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
