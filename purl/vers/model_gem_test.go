package vers_test

import (
	"cmp"
	"regexp"
	"strings"
)

var gemSegments = regexp.MustCompile(`[0-9]+|[a-zA-Z]+`)

// gemList returns the canonical segments: the numbers in front of the first word and what
// follows, both without the zeros at their end.
func gemList(version string) []string {
	segments := gemSegments.FindAllString(strings.ReplaceAll(version, "-", ".pre."), -1)
	first := 0
	for first < len(segments) && isNumber(segments[first]) {
		first++
	}
	trim := func(list []string) []string {
		for len(list) > 0 && isNumber(list[len(list)-1]) && bigNumber(list[len(list)-1]).Sign() == 0 {
			list = list[:len(list)-1]
		}
		return list
	}
	words := trim(segments[first:])
	return append(append([]string(nil), trim(segments[:first])...), words...)
}

// modelGem compares segment by segment; what is missing is 0.
func modelGem(a, b string) (int, bool) {
	sa, sb := gemList(a), gemList(b)
	for i := range max(len(sa), len(sb)) {
		x, y := "0", "0"
		if i < len(sa) {
			x = sa[i]
		}
		if i < len(sb) {
			y = sb[i]
		}
		c := compareBools(isNumber(x), isNumber(y))
		if c == 0 && isNumber(x) {
			c = bigNumber(x).Cmp(bigNumber(y))
		} else if c == 0 {
			c = cmp.Compare(x, y)
		}
		if c != 0 {
			return c, true
		}
	}
	return 0, true
}
