package vers_test

import (
	"cmp"
	"strings"
)

// A conanVersion is a version of which the pre-release and the build are versions, too.
type conanVersion struct {
	items      []string
	pre, build *conanVersion
}

func conanParse(s string) *conanVersion {
	v := &conanVersion{}
	if i := strings.LastIndex(s, "+"); i >= 0 {
		s, v.build = s[:i], conanParse(s[i+1:])
	}
	if i := strings.LastIndex(s, "-"); i >= 0 {
		s, v.pre = s[:i], conanParse(s[i+1:])
	}
	for _, item := range strings.Split(s, ".") {
		plain := strings.TrimPrefix(item, "+")
		if zero := strings.TrimPrefix(item, "-"); isNumber(zero) && bigNumber(zero).Sign() == 0 {
			plain = zero
		}
		if joined := strings.ReplaceAll(plain, "_", ""); isNumber(joined) && !strings.Contains(plain, "__") &&
			plain[0] != '_' && plain[len(plain)-1] != '_' {
			item = bigNumber(joined).String()
		}
		v.items = append(v.items, item)
	}
	for len(v.items) > 0 && v.items[len(v.items)-1] == "0" {
		v.items = v.items[:len(v.items)-1]
	}
	return v
}

func (v *conanVersion) compare(w *conanVersion) int {
	if v == nil || w == nil {
		return compareBools(v != nil, w != nil)
	}
	if c := compareLists(v.items, w.items, compareConanItems); c != 0 {
		return c
	}
	if v.pre == nil || w.pre == nil {
		if c := compareBools(v.pre == nil, w.pre == nil); c != 0 {
			return c
		}
	} else if c := v.pre.compare(w.pre); c != 0 {
		return c
	}
	return v.build.compare(w.build)
}

// compareConanItems has text below digits, then 0, text that begins with 0, the other
// numbers, other text.
func compareConanItems(x, y string) int {
	class := func(s string) int {
		switch {
		case s == "" || s[0] < '0':
			return 0
		case s == "0":
			return 1
		case s[0] == '0':
			return 2
		case isNumber(s):
			return 3
		default:
			return 4
		}
	}
	if c := cmp.Compare(class(x), class(y)); c != 0 || class(x) != 3 {
		return cmp.Or(c, cmp.Compare(x, y))
	}
	return bigNumber(x).Cmp(bigNumber(y))
}

func modelConan(a, b string) (int, bool) { return conanParse(a).compare(conanParse(b)), true }
