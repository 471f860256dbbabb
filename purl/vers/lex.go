package vers

// The small lexical helpers that all schemes share. None of them allocates, and all are
// linear in their input.

import "strings"

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isAlnum(c byte) bool  { return isDigit(c) || isLetter(c) }

// digits returns the count of leading ASCII digits.
func digits(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// letters returns the count of leading ASCII letters.
func letters(s string) int {
	n := 0
	for n < len(s) && isLetter(s[n]) {
		n++
	}
	return n
}

// isZero tells whether a run of digits has the value zero.
func isZero(number string) bool {
	for i := 0; i < len(number); i++ {
		if number[i] != '0' {
			return false
		}
	}
	return true
}

// trimV drops one leading v or V that stands before a digit.
func trimV(s string) string {
	if len(s) > 1 && s[0]|0x20 == 'v' && isDigit(s[1]) {
		return s[1:]
	}
	return s
}

// zeros returns a text of n zeros; n is bounded by the length of the input.
func zeros(n int) string {
	const some = "0000000000000000"
	if n <= len(some) {
		return some[:n]
	}
	return strings.Repeat("0", n)
}
