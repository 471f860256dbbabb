package vers_test

import (
	"cmp"
	"regexp"
	"strings"
)

var juliaPattern = regexp.MustCompile(`(?i)^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?` +
	`(?:(-)|([a-z][0-9a-z-]*(?:\.[0-9a-z-]+)*|-(?:[0-9a-z-]+\.)*[0-9a-z-]+)?(?:(\+)|(?:\+((?:[0-9a-z-]+\.)*[0-9a-z-]+))?))$`)

// modelJulia is isless of VersionNumber.
func modelJulia(a, b string) (int, bool) {
	ma, mb := juliaPattern.FindStringSubmatch(a), juliaPattern.FindStringSubmatch(b)
	idents := func(text, alone string) []string {
		switch {
		case text != "":
			return strings.Split(strings.TrimPrefix(text, "-"), ".")
		case alone != "":
			return []string{""}
		}
		return nil
	}
	preA, preB := idents(ma[5], ma[4]), idents(mb[5], mb[4])
	buildA, buildB := idents(strings.Replace(ma[7], "-", "\x01", 1), ma[6]), idents(strings.Replace(mb[7], "-", "\x01", 1), mb[6])
	last := func(build []string) bool { return len(build) == 1 && build[0] == "" }
	return cmp.Or(
		compareLists(ma[1:4], mb[1:4], func(x, y string) int { return bigNumber(x).Cmp(bigNumber(y)) }),
		compareBools(preA == nil, preB == nil),
		compareLists(preA, preB, compareIdents),
		compareBools(last(buildA), last(buildB)),
		compareLists(buildA, buildB, compareIdents),
	), true
}

// compareIdents has nothing below numbers below words.
func compareIdents(x, y string) int {
	x, y = strings.ReplaceAll(x, "\x01", "-"), strings.ReplaceAll(y, "\x01", "-")
	class := func(s string) int {
		switch {
		case s == "":
			return 0
		case isNumber(s):
			return 1
		default:
			return 2
		}
	}
	if c := cmp.Compare(class(x), class(y)); c != 0 || class(x) != 1 {
		return cmp.Or(c, cmp.Compare(x, y))
	}
	return bigNumber(x).Cmp(bigNumber(y))
}
