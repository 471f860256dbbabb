package vers_test

import (
	"cmp"
	"strings"
)

// modelOpam compares what is in front of the last hyphen, then what follows it.
func modelOpam(a, b string) (int, bool) {
	split := func(s string) (string, string) {
		if i := strings.LastIndex(s, "-"); i >= 0 {
			return s[:i], s[i+1:]
		}
		return s, ""
	}
	a1, a2 := split(a)
	b1, b2 := split(b)
	return cmp.Or(compareOpam(a1, b1), compareOpam(a2, b2)), true
}

// compareOpam takes runs of other characters and runs of digits in turn, as Debian's policy
// says it.
func compareOpam(a, b string) int {
	cut := func(s string, digit bool) (string, string) {
		i := 0
		for i < len(s) && strings.ContainsRune("0123456789", rune(s[i])) == digit {
			i++
		}
		return s[:i], s[i:]
	}
	weight := func(s string, i int) int {
		switch {
		case i >= len(s):
			return 0
		case s[i] == '~':
			return -1
		case 'a' <= s[i]|0x20 && s[i]|0x20 <= 'z':
			return int(s[i])
		default:
			return int(s[i]) + 256
		}
	}
	for a != "" || b != "" {
		var x, y string
		x, a = cut(a, false)
		y, b = cut(b, false)
		for i := range max(len(x), len(y)) {
			if c := cmp.Compare(weight(x, i), weight(y, i)); c != 0 {
				return c
			}
		}
		x, a = cut(a, true)
		y, b = cut(b, true)
		if c := bigNumber(x).Cmp(bigNumber(y)); c != 0 {
			return c
		}
	}
	return 0
}
