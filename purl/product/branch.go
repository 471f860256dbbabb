package product

import "strings"

// BranchNumbers returns how many numbers of a version make its branch, 0 when all versions
// of the product are one branch or the entry does not tell. A nil Entry tells nothing.
//
// The lines "branch" of an entry are patterns for the numbers that a version begins with,
// and the first that fits counts. A star is any number, and a number that a version leaves
// out is zero. A dot at the end asks for one more number, or a star:
//
//	branch  1.*.*     1.1.1w lies on 1.1.1
//	branch  *.*       3.0.14 lies on 3.0
//	branch  *.*.      2.426.3 lies on 2.426, and 2.441 on no branch of its own
func (e *Entry) BranchNumbers(version string) int {
	if e == nil {
		return 0
	}
	for _, pattern := range e.Branches {
		if n := fitsBranch(pattern, version); n > 0 {
			return n
		}
	}
	return 0
}

// fitsBranch returns the count of numbers in a pattern that a version fits, else 0.
func fitsBranch(pattern, version string) int {
	i := 0
	for i < len(version) && !isNumeral(version[i]) {
		i++
	}
	rest := version[i:]
	for n := 0; ; n++ {
		if pattern == "" { // the pattern ended in a dot
			if rest == "" {
				return 0
			}
			return n
		}
		want, more, dot := strings.Cut(pattern, ".")
		digits := 0
		for digits < len(rest) && isNumeral(rest[digits]) {
			digits++
		}
		have := strings.TrimLeft(rest[:digits], "0")
		if want != "*" && have != strings.TrimLeft(want, "0") {
			return 0
		}
		if rest = rest[digits:]; len(rest) > 1 && rest[0] == '.' && (isNumeral(rest[1]) || rest[1] == '*') {
			rest = rest[1:]
		} else {
			rest = ""
		}
		if pattern = more; !dot {
			return n + 1
		}
	}
}

// isBranchPattern tells whether a text is a pattern of BranchNumbers.
func isBranchPattern(pattern string) bool {
	parts := strings.Split(strings.TrimSuffix(pattern, "."), ".")
	for _, part := range parts {
		if part != "*" && (part == "" || strings.Trim(part, "0123456789") != "") {
			return false
		}
	}
	return len(parts) <= maxNumbers
}

func isNumeral(c byte) bool { return '0' <= c && c <= '9' }
