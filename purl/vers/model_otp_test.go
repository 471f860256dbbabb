package vers_test

import (
	"cmp"
	"math/big"
	"strings"
)

// modelOTP has a release behind its candidates.
func modelOTP(a, b string) (int, bool) {
	split := func(s string) ([]*big.Int, *big.Int) {
		s, candidate, has := strings.Cut(strings.TrimPrefix(s, "OTP-"), "-rc")
		n := bigNumber(candidate)
		if !has {
			n = nil
		}
		return withoutZeros(numbersOf(s, ".")), n
	}
	na, ca := split(a)
	nb, cb := split(b)
	c := cmp.Or(compareLists(na, nb, compareBig), compareBools(ca == nil, cb == nil))
	if c == 0 && ca != nil {
		c = ca.Cmp(cb)
	}
	return c, true
}
