package vers_test

import (
	"cmp"
	"math/big"
	"regexp"
	"strings"
)

// The pattern of the packaging standard, appendix B of PEP 440, with other names.
var pypiPattern = regexp.MustCompile(`(?i)^\s*v?(?:(?P<epoch>[0-9]+)!)?(?P<release>[0-9]+(?:\.[0-9]+)*)` +
	`(?:[-_.]?(?P<prel>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?P<pren>[0-9]+)?)?` +
	`(?P<post>-(?P<postn1>[0-9]+)|[-_.]?(?:post|rev|r)[-_.]?(?P<postn2>[0-9]+)?)?` +
	`(?P<dev>[-_.]?dev[-_.]?(?P<devn>[0-9]+)?)?(?:\+(?P<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?\s*$`)

// bigNumber reads digits of any count; nothing is 0.
func bigNumber(digits string) *big.Int {
	n, _ := new(big.Int).SetString("0"+digits, 10)
	return n
}

func compareBig(a, b *big.Int) int { return a.Cmp(b) }

// withoutZeros drops the zeros at the end.
func withoutZeros(list []*big.Int) []*big.Int {
	for len(list) > 0 && list[len(list)-1].Sign() == 0 {
		list = list[:len(list)-1]
	}
	return list
}

// numbersOf reads a list of numbers.
func numbersOf(s string, separators string) []*big.Int {
	var list []*big.Int
	for _, part := range strings.FieldsFunc(s, func(c rune) bool { return strings.ContainsRune(separators, c) }) {
		list = append(list, bigNumber(part))
	}
	return list
}

// modelPyPI compares the tuples that the standard names: epoch, release, pre, post, dev and
// local, where -1 and 9 stand for what is below and above all.
func modelPyPI(a, b string) (int, bool) {
	group := func(m []string, name string) string { return m[pypiPattern.SubexpIndex(name)] }
	ma, mb := pypiPattern.FindStringSubmatch(a), pypiPattern.FindStringSubmatch(b)
	pre := func(m []string) int {
		switch strings.ToLower(group(m, "prel")) {
		case "a", "alpha":
			return 1
		case "b", "beta":
			return 2
		case "c", "rc", "pre", "preview":
			return 3
		}
		if group(m, "post") == "" && group(m, "dev") != "" {
			return -1
		}
		return 9
	}
	there := func(s string, yes, no int) int {
		if s != "" {
			return yes
		}
		return no
	}
	local := func(m []string) []string {
		if group(m, "local") == "" {
			return nil
		}
		return regexp.MustCompile(`[-_.]`).Split(strings.ToLower(group(m, "local")), -1)
	}
	return cmp.Or(
		bigNumber(group(ma, "epoch")).Cmp(bigNumber(group(mb, "epoch"))),
		compareLists(withoutZeros(numbersOf(group(ma, "release"), ".")), withoutZeros(numbersOf(group(mb, "release"), ".")), compareBig),
		cmp.Compare(pre(ma), pre(mb)),
		bigNumber(group(ma, "pren")).Cmp(bigNumber(group(mb, "pren"))),
		cmp.Compare(there(group(ma, "post"), 1, -1), there(group(mb, "post"), 1, -1)),
		bigNumber(group(ma, "postn1")+group(ma, "postn2")).Cmp(bigNumber(group(mb, "postn1")+group(mb, "postn2"))),
		cmp.Compare(there(group(ma, "dev"), 1, 9), there(group(mb, "dev"), 1, 9)),
		bigNumber(group(ma, "devn")).Cmp(bigNumber(group(mb, "devn"))),
		compareLists(local(ma), local(mb), func(x, y string) int {
			nx, ny := isNumber(x), isNumber(y)
			if nx && ny {
				return bigNumber(x).Cmp(bigNumber(y))
			}
			return cmp.Or(compareBools(nx, ny), cmp.Compare(x, y))
		}),
	), true
}

func isNumber(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// compareBools has false in front of true.
func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	default:
		return -1
	}
}
