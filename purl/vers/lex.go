package vers

// The small lexical helpers that all schemes share. None of them allocates, and all are
// linear in their input.

import (
	"strconv"
	"strings"
	"sync"
)

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

// beginsWith tells whether s begins with an ASCII text; letters in any case are one.
func beginsWith(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := 0; i < len(prefix); i++ {
		if a, b := s[i], prefix[i]; a != b && (a^b != 0x20 || !isLetter(a)) {
			return false
		}
	}
	return true
}

// hundreds holds the numbers of three digits, one behind the other.
var hundreds = sync.OnceValue(func() string {
	b := make([]byte, 0, 3*900)
	for n := 100; n < 1000; n++ {
		b = strconv.AppendInt(b, int64(n), 10)
	}
	return string(b)
})

// decimal returns a number below 1000 as text, without allocating.
func decimal(n int) string {
	const pairs = "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"
	if n >= 100 {
		return hundreds()[3*(n-100) : 3*(n-99)]
	}
	if n < 10 {
		return pairs[2*n+1 : 2*n+2]
	}
	return pairs[2*n : 2*n+2]
}

// monthAt returns the month whose English name, or its first three letters, stands at the
// beginning of s, and the length of the name; 0 when there is none.
func monthAt(s string) (month, n int) {
	word := s[:letters(s)]
	if len(word) < 3 {
		return 0, 0
	}
	for i, name := range [...]string{
		"january", "february", "march", "april", "may", "june",
		"july", "august", "september", "october", "november", "december",
	} {
		if beginsWith(name, word) && (len(word) == 3 || len(word) == len(name) || word[3]|0x20 == 't' && len(word) == 4 && i == 8) {
			return i + 1, len(word)
		}
	}
	return 0, 0
}
