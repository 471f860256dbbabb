package vers

import "strings"

// readMaven reads the version ranges of Maven as VersionRange.createFromVersionSpec 3.8.7
// does: [1,2), (,1.5], [1.2], and several of them with commas between, in ascending order.
// A version without brackets is a wish that Maven meets with any version: it is refused
// here, because no range can be meant by it.
func readMaven(n *nativeReader) (Range, error) {
	var list []Range
	last := "" // the upper bound so far
	for i := skipBlanks(n.text, 0); i < len(n.text) || len(list) == 0; {
		if i == len(n.text) || n.text[i] != '[' && n.text[i] != '(' {
			return Range{}, n.error(i, "range in brackets wanted")
		}
		end := strings.IndexAny(n.text[i:], "])")
		if end < 0 {
			return Range{}, n.error(len(n.text), "closing bracket wanted")
		}
		end += i
		b := n.brackets(i, end)
		if b.single && !(b.lowIn && b.highIn) {
			return Range{}, n.error(i, "a single version stands in [ and ]")
		}
		if strings.Contains(b.high, ",") {
			return Range{}, n.error(b.highAt, "more than two versions")
		}
		if b.single && b.low == "" {
			return Range{}, n.error(i+1, "version wanted")
		}
		if b.low != "" && b.high != "" {
			order, err := n.order(b.low, b.lowAt, b.high, b.highAt)
			if err != nil {
				return Range{}, err
			}
			if order > 0 || order == 0 && !(b.lowIn && b.highIn) {
				return Range{}, n.error(b.highAt, "nothing between the bounds")
			}
		}
		if last != "" {
			if b.low == "" {
				return Range{}, n.error(i, "ranges that overlap")
			}
			if order, err := n.order(last, i, b.low, b.lowAt); err != nil {
				return Range{}, err
			} else if order > 0 {
				return Range{}, n.error(b.lowAt, "ranges that overlap")
			}
		}
		last = b.high
		r, err := b.read(n)
		if err != nil {
			return Range{}, err
		}
		list = append(list, r)
		i = skipBlanks(n.text, end+1)
		if i < len(n.text) && n.text[i] == ',' {
			i = skipBlanks(n.text, i+1)
		}
	}
	return n.union(list)
}

// readNuGet reads the version ranges of NuGet (NuGet.Versioning, VersionRange.Parse): one
// pair of brackets, or a version that is the least one. In a floating version (1.2.*) the
// star says which one of several to install, not which ones fit: it is the least one, too.
func readNuGet(n *nativeReader) (Range, error) {
	start := skipBlanks(n.text, 0)
	text := strings.TrimRight(n.text[start:], blanks)
	if text == "" {
		return Range{}, n.error(start, "range wanted")
	}
	if text[0] != '[' && text[0] != '(' {
		b := brackets{low: nugetFloor(text), lowAt: start, lowIn: true}
		return b.read(n)
	}
	if end := strings.IndexAny(text, "])"); end != len(text)-1 {
		return Range{}, n.error(start+max(0, end), "closing bracket wanted at the end")
	}
	b := n.brackets(start, start+len(text)-1)
	switch {
	case strings.Count(text, ",") > 1:
		return Range{}, n.error(start, "more than two versions")
	case b.low == "" && b.high == "":
		return Range{}, n.error(start, "version wanted")
	case b.single && !(b.lowIn && b.highIn):
		return Range{}, n.error(start, "a single version stands in [ and ]")
	}
	if b.low = nugetFloor(b.low); b.single {
		b.high = b.low
	}
	return b.read(n)
}

// nugetFloor returns the least version of a floating one: 1.2.* is 1.2.0, * is 0.0.
func nugetFloor(version string) string {
	numbers, star := strings.CutSuffix(version, "*")
	if !star {
		return version
	}
	if numbers == "" || strings.HasSuffix(numbers, ".") || strings.HasSuffix(numbers, "-") {
		return numbers + "0"
	}
	return numbers
}

// brackets is one range in brackets: two bounds, each inside or not, "" for none.
type brackets struct {
	low, high     string
	lowAt, highAt int
	lowIn, highIn bool
	single        bool // one version without a comma
}

// brackets reads the range between the brackets at start and end.
func (n *nativeReader) brackets(start, end int) brackets {
	b := brackets{lowIn: n.text[start] == '[', highIn: n.text[end] == ']'}
	low, high, two := strings.Cut(n.text[start+1:end], ",")
	b.single = !two
	b.low, b.lowAt = strings.Trim(low, blanks), skipBlanks(n.text, start+1)
	b.high, b.highAt = strings.Trim(high, blanks), skipBlanks(n.text, start+1+len(low)+1)
	if b.single {
		b.high, b.highAt = b.low, b.lowAt
	}
	return b
}

// read makes the range.
func (b brackets) read(n *nativeReader) (Range, error) {
	var list []Range
	if b.single && b.low == b.high {
		return n.compare(Equal, b.low, b.lowAt)
	}
	if b.low != "" {
		c := Greater
		if b.lowIn {
			c = GreaterOrEqual
		}
		r, err := n.compare(c, b.low, b.lowAt)
		if err != nil {
			return Range{}, err
		}
		list = append(list, r)
	}
	if b.high != "" {
		c := Less
		if b.highIn {
			c = LessOrEqual
		}
		r, err := n.compare(c, b.high, b.highAt)
		if err != nil {
			return Range{}, err
		}
		list = append(list, r)
	}
	return n.intersect(list)
}
