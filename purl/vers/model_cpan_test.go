package vers_test

import (
	"math/big"
	"strings"
)

// cpanList returns the dotted form of a Perl version.
func cpanList(version string) []*big.Int {
	s := strings.ReplaceAll(strings.TrimSpace(version), "_", "")
	s, dotted := strings.CutPrefix(s, "v")
	parts := strings.Split(s, ".")
	if !dotted && len(parts) < 3 {
		fraction := ""
		if len(parts) > 1 {
			fraction = parts[1]
		}
		parts = parts[:1]
		for ; fraction != ""; fraction = fraction[3:] {
			for len(fraction)%3 != 0 {
				fraction += "0"
			}
			parts = append(parts, fraction[:3])
		}
	}
	limit := big.NewInt(1<<31 - 1)
	var list []*big.Int
	for i, part := range parts {
		if n := bigNumber(part); n.Cmp(limit) > 0 || i == 0 && len(part) > 10 {
			return append(list, limit)
		} else {
			list = append(list, n)
		}
	}
	return withoutZeros(list)
}

func modelCPAN(a, b string) (int, bool) {
	return compareLists(cpanList(a), cpanList(b), compareBig), true
}
