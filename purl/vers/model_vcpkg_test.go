package vers_test

import (
	"cmp"
	"regexp"
	"strings"
)

var (
	vcpkgDate    = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})((?:\.(?:0|[1-9]\d*))*)$`)
	vcpkgNumbers = regexp.MustCompile(`^((?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))*)` +
		`(-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$`)
)

// modelVcpkg compares dates with dates, numbers with numbers, other text with itself.
func modelVcpkg(a, b string) (int, bool) {
	a, portA, _ := strings.Cut(a, "#")
	b, portB, _ := strings.Cut(b, "#")
	ports := bigNumber(portA).Cmp(bigNumber(portB))
	da, db := vcpkgDate.FindStringSubmatch(a), vcpkgDate.FindStringSubmatch(b)
	if da != nil && db != nil {
		return cmp.Or(cmp.Compare(da[1], db[1]), compareLists(numbersOf(da[2], "."), numbersOf(db[2], "."), compareBig), ports), true
	}
	na, nb := vcpkgNumbers.FindStringSubmatch(a), vcpkgNumbers.FindStringSubmatch(b)
	if da != nil || db != nil || na == nil || nb == nil {
		if a == b {
			return ports, true
		}
		return 0, false
	}
	idents := func(pre string) []string {
		if pre == "" {
			return nil
		}
		return strings.Split(pre[1:], ".")
	}
	return cmp.Or(
		compareLists(numbersOf(na[1], "."), numbersOf(nb[1], "."), compareBig),
		compareBools(na[2] == "", nb[2] == ""),
		compareLists(idents(na[2]), idents(nb[2]), compareIdents),
		ports,
	), true
}
