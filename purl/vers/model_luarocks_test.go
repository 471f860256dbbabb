package vers_test

import (
	"math/big"
	"regexp"
	"strings"
)

var (
	luaRevision = regexp.MustCompile(`^(.*)-([0-9]+)$`)
	luaToken    = regexp.MustCompile(`^([0-9]+|[A-Za-z]+)[._-]*`)
)

// luaList returns the list of numbers and the revision, nil when there is none.
func luaList(version string) (list []*big.Rat, revision *big.Int) {
	s := strings.TrimSpace(version)
	if m := luaRevision.FindStringSubmatch(s); m != nil {
		s, revision = m[1], bigNumber(m[2])
	}
	words := map[string]int64{
		"dev": 120000000, "scm": 110000000, "cvs": 100000000,
		"rc": -1000, "pre": -10000, "beta": -100000, "alpha": -1000000,
	}
	var word *big.Rat
	for s != "" {
		m := luaToken.FindStringSubmatch(s)
		s = s[len(m[0]):]
		switch value, known := words[m[1]]; {
		case known:
			word = big.NewRat(value, 1)
		case !isNumber(m[1]):
			word = big.NewRat(int64(m[1][0]), 1000)
		case word == nil:
			list = append(list, new(big.Rat).SetInt(bigNumber(m[1])))
		default:
			if len(bigNumber(m[1]).String()) > 18 {
				word = new(big.Rat)
			}
			list = append(list, word.Add(word, new(big.Rat).SetFrac(bigNumber(m[1]), big.NewInt(100000))))
			word = nil
		}
	}
	if word != nil {
		list = append(list, word)
	}
	return list, revision
}

// modelLuaRocks compares numbers, missing ones as 0, then the revision, where none comes
// first.
func modelLuaRocks(a, b string) (int, bool) {
	la, ra := luaList(a)
	lb, rb := luaList(b)
	for i := range max(len(la), len(lb)) {
		x, y := new(big.Rat), new(big.Rat)
		if i < len(la) {
			x = la[i]
		}
		if i < len(lb) {
			y = lb[i]
		}
		if c := x.Cmp(y); c != 0 {
			return c, true
		}
	}
	if ra == nil || rb == nil {
		return compareBools(ra != nil, rb != nil), true
	}
	return ra.Cmp(rb), true
}

// luaTool leaves the revision out when one of the versions has none, as LuaRocks does.
func luaTool(a, b string) int {
	_, ra := luaList(a)
	_, rb := luaList(b)
	if ra != nil && rb != nil {
		c, _ := modelLuaRocks(a, b)
		return c
	}
	trim := func(s string, revision *big.Int) string {
		if s = strings.TrimSpace(s); revision == nil {
			return s
		}
		return s[:strings.LastIndexByte(s, '-')]
	}
	c, _ := modelLuaRocks(trim(a, ra)+"-0", trim(b, rb)+"-0")
	return c
}
