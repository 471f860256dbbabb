package advisory

import (
	"sort"
	"strings"
)

// Written returns the bounds of the segment that the publisher wrote, "" where a bound is
// none or was derived.
func (s *Segment) Written() (low, high string) {
	low, high = s.LowText, s.HighText
	if low == nextBranch {
		low = ""
	}
	if high == nextBranch {
		high = ""
	}
	return low, high
}

// After returns the segments of one line that begin above a key, or at it. n is the length
// of the line part of the key.
func (t *Timeline) After(key []byte, n int) []Segment {
	line := string(key[:n])
	from := sort.Search(len(t.Segments), func(i int) bool { return t.Segments[i].Low >= string(key) })
	to := from
	for to < len(t.Segments) && strings.HasPrefix(t.Segments[to].Low, line) {
		to++
	}
	return t.Segments[from:to]
}

// BranchNumbers returns how many numbers of a version make its branch, 0 when all versions
// of a line are one branch, and whether the catalog says so. Where it does not, the ranges
// of the statement show it: 10.2.0 to 10.2.9-h1 is a range on 10.2. Of several ranges the
// fewest numbers count.
func (t *Timeline) BranchNumbers(version string) (n int, said bool) {
	if t.Entry != nil && len(t.Entry.Branches) > 0 {
		return t.Entry.BranchNumbers(clean(version)), true
	}
	return t.depth, false
}

// AppendBranch appends to lo and hi the bounds of the branch that a version lies on, which
// its first n numbers make, and returns the name of it: "10.2" of 10.2.8-h3. It is not ok
// when the version cannot be read, or n is zero.
func (t *Timeline) AppendBranch(lo, hi []byte, version string, n int) (l, h []byte, name string, ok bool) {
	if t.Scheme == nil || n <= 0 {
		return lo, hi, "", false
	}
	version = clean(version)
	end, count := leadingNumbers(version, n)
	name = version[:end]
	if count < n { // R82 Take 126 lies on R82.0
		version = name + strings.Repeat(".0", n-count) + version[end:]
	}
	l, h, _, err := t.Scheme.AppendBranch(lo, hi, version, n)
	if stem, wild := wildcard(version); err != nil && wild {
		l, h, _, err = t.Scheme.AppendBranch(lo, hi, stem, n)
	}
	if err != nil {
		return lo, hi, "", false
	}
	return l, h, name, true
}

// branchNumbers returns how many numbers make a branch, as far as spans show it: those that
// both bounds of a range have in common, or that stand in front of a star. 0 when no span
// shows it.
func branchNumbers(spans []Span) int {
	least := 0
	for i := range spans {
		s, n := &spans[i], 0
		low, high := clean(s.From), clean(s.Before+s.Through)
		if !s.IsRange() {
			low, high = clean(s.Version), clean(s.Version)
		}
		if stem, wild := wildcard(low); wild && low == high {
			_, n = leadingNumbers(stem, 8)
		} else if s.IsRange() {
			n = commonNumbers(low, high)
		}
		if n > 0 && (least == 0 || n < least) {
			least = n
		}
	}
	return least
}

// commonNumbers returns how many leading numbers two versions have in common; 0 when the
// first one is no lower bound or the two are the same version.
func commonNumbers(a, b string) int {
	if isZero(a) || !hasDigit(a) || sameText(a, b) {
		return 0
	}
	n := 0
	for n < 8 {
		i, have := leadingNumbers(a, n+1)
		j, have2 := leadingNumbers(b, n+1)
		if have <= n || have2 <= n || numberAt(a, i) != numberAt(b, j) {
			break
		}
		n++
	}
	return n
}

// numberAt returns the number that ends at i, without leading zeros.
func numberAt(text string, i int) string {
	start := i
	for start > 0 && isDigit(text[start-1]) {
		start--
	}
	return strings.TrimLeft(text[start:i], "0")
}

// leadingNumbers returns where the first n numbers of a version end, and how many there
// are; what stands in front of the first one is skipped, and dots are between them.
func leadingNumbers(version string, n int) (end, count int) {
	i := 0
	for i < len(version) && !isDigit(version[i]) {
		i++
	}
	for count < n && i < len(version) && isDigit(version[i]) {
		for i < len(version) && isDigit(version[i]) {
			i++
		}
		count, end = count+1, i
		if i >= len(version) || version[i] != '.' {
			break
		}
		i++
	}
	return end, count
}
