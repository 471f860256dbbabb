package vers_test

import (
	"cmp"
	"math/big"
	"regexp"
	"slices"
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
		if plain == item {
			plain = strings.TrimPrefix(item, "-")
		}
		if joined := strings.ReplaceAll(plain, "_", ""); isNumber(joined) && !strings.Contains(plain, "__") &&
			plain[0] != '_' && plain[len(plain)-1] != '_' &&
			(item[0] != '-' || bigNumber(joined).Sign() == 0) { // the key has numbers below zero as text
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

// conanTool is the comparison of Conan itself: numbers as numbers, else the characters that
// Python writes for both items.
func conanTool(a, b string) int { return conanParse(a).compareTool(conanParse(b)) }

func (v *conanVersion) compareTool(w *conanVersion) int {
	if v == nil || w == nil {
		return compareBools(v != nil, w != nil)
	}
	if c := compareLists(v.tool(), w.tool(), compareConanTool); c != 0 {
		return c
	}
	if v.pre == nil || w.pre == nil {
		if c := compareBools(v.pre == nil, w.pre == nil); c != 0 {
			return c
		}
	} else if c := v.pre.compareTool(w.pre); c != 0 {
		return c
	}
	return v.build.compareTool(w.build)
}

// conanInteger is what int() of Python reads.
var conanInteger = regexp.MustCompile(`^[+-]?[0-9]+(_[0-9]+)*$`)

// tool returns the items as Python writes them.
func (v *conanVersion) tool() []string {
	items := slices.Clone(v.items)
	for i, item := range items {
		if conanInteger.MatchString(item) {
			n, _ := new(big.Int).SetString(strings.ReplaceAll(item, "_", ""), 10)
			items[i] = n.String()
		}
	}
	return items
}

func compareConanTool(x, y string) int {
	if conanInteger.MatchString(x) && conanInteger.MatchString(y) {
		m, _ := new(big.Int).SetString(x, 10)
		n, _ := new(big.Int).SetString(y, 10)
		return m.Cmp(n)
	}
	return cmp.Compare(x, y)
}
