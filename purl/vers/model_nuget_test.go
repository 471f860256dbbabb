package vers_test

import (
	"cmp"
	"strconv"
	"strings"
)

// modelNuGet compares four numbers, then the labels in front of the metadata.
func modelNuGet(a, b string) (int, bool) {
	split := func(s string) (numbers, labels []string) {
		s, _, _ = strings.Cut(strings.TrimSpace(s), "+")
		s, pre, has := strings.Cut(s, "-")
		numbers = append(strings.Split(s, "."), "", "", "", "")[:4]
		if has {
			labels = strings.Split(pre, ".")
		}
		return numbers, labels
	}
	na, la := split(a)
	nb, lb := split(b)
	c := compareLists(na, nb, func(x, y string) int { return bigNumber(x).Cmp(bigNumber(y)) })
	if c == 0 && (la == nil || lb == nil) {
		c = compareBools(la == nil, lb == nil)
	}
	return cmp.Or(c, compareLists(la, lb, func(x, y string) int {
		i, errX := strconv.ParseInt(x, 10, 32)
		j, errY := strconv.ParseInt(y, 10, 32)
		if errX == nil && errY == nil {
			return cmp.Compare(i, j)
		}
		return cmp.Or(compareBools(errX != nil, errY != nil), cmp.Compare(strings.ToUpper(x), strings.ToUpper(y)))
	})), true
}
