package vers

import "strings"

// compare is the comparison of Conan 2.0: items one by one, then the pre-release, then the
// build.
func (c conan) compare(v, w string) (int, error) {
	if err := c.check(v); err != nil || v == w {
		return 0, err
	}
	if err := c.check(w); err != nil {
		return 0, err
	}
	return c.order(v, w), nil
}

// order compares versions, pre-releases or builds, which are versions as well.
func (c conan) order(v, w string) int {
	if v == w {
		return 0
	}
	x, y := conanSplit(v), conanSplit(w)
	order := 0
	if x.items != y.items {
		order = c.compareLists(x.items, y.items)
	}
	switch {
	case order != 0:
		return order
	case x.hasPre && y.hasPre:
		order = c.order(x.pre, y.pre)
	case x.hasPre != y.hasPre:
		order = compareFlags(y.hasPre, x.hasPre)
	}
	switch {
	case order != 0:
		return order
	case x.hasBuild && y.hasBuild:
		return c.order(x.build, y.build)
	default:
		return compareFlags(x.hasBuild, y.hasBuild)
	}
}

// A conanParts is a version in its parts.
type conanParts struct {
	items, pre, build string
	hasPre, hasBuild  bool
}

// conanSplit splits a version at the last plus and the last hyphen in front of it.
func conanSplit(version string) conanParts {
	hyphen, plus, before := -1, -1, -1 // before the plus
	for i := 0; i < len(version); i++ {
		switch version[i] {
		case '-':
			hyphen = i
		case '+':
			plus, before = i, hyphen
		}
	}
	p := conanParts{items: version}
	if plus >= 0 {
		p.items, p.build, p.hasBuild, hyphen = version[:plus], version[plus+1:], true, before
	}
	if hyphen >= 0 {
		p.items, p.pre, p.hasPre = p.items[:hyphen], p.items[hyphen+1:], true
	}
	return p
}

// compareLists compares the items that both lists have, then their lengths. Zeros at the
// end are not in a list.
func (c conan) compareLists(v, w string) int {
	v, moreV := conanTrim(v)
	w, moreW := conanTrim(w)
	for moreV && moreW {
		var x, y string
		x, v, moreV = cutItem(v)
		y, w, moreW = cutItem(w)
		if x == y {
			continue
		}
		if order := compareConan(x, y); order != 0 {
			return order
		}
	}
	switch {
	case moreV:
		return 1
	case moreW:
		return -1
	default:
		return 0
	}
}

// cutItem splits a list behind its first item.
func cutItem(list string) (item, rest string, more bool) {
	for i := 0; i < len(list); i++ {
		if list[i] == '.' {
			return list[:i], list[i+1:], true
		}
	}
	return list, "", false
}

// conanTrim drops the numbers 0 at the end of a list and tells whether an item is left.
func conanTrim(list string) (string, bool) {
	for list != "" && list[len(list)-1] == '0' {
		rest, last, more := cutLast(list, '.')
		if !more {
			rest, last = "", list
		}
		number, _, ok := conanNumber(last)
		for number != "" && (number[0] == '0' || number[0] == '_') {
			number = number[1:]
		}
		if !ok || number != "" {
			return list, true
		}
		if !more {
			return "", false
		}
		list = rest
	}
	return list, true
}

// compareConan compares two items: numbers by their values, and as soon as one is no
// number, both by the characters that Python writes them with.
func compareConan(x, y string) int {
	if x != "" && y != "" && digits(x) == len(x) && digits(y) == len(y) {
		return compareDigits(x, y)
	}
	m, belowX, numberX := conanNumber(x)
	n, belowY, numberY := conanNumber(y)
	var roomX, roomY [64]byte
	if numberX {
		x = conanText(roomX[:0], m)
	}
	if numberY {
		y = conanText(roomY[:0], n)
	}
	switch {
	case numberX && numberY && belowX != belowY:
		if belowX {
			return -1
		}
		return 1
	case numberX && numberY && belowX:
		return compareDigits(y, x)
	case numberX && numberY:
		return compareDigits(x, y)
	case belowX:
		return compareMinus(x, y)
	case belowY:
		return -compareMinus(y, x)
	default:
		return strings.Compare(x, y)
	}
}

// compareMinus compares the text of the number -digits with other text.
func compareMinus(digits, text string) int {
	switch {
	case text == "" || text[0] < '-':
		return 1
	case text[0] > '-':
		return -1
	default:
		return strings.Compare(digits, text[1:])
	}
}

// conanText returns the digits of a number as Python writes them. Only a number with
// underscores needs a new text.
func conanText(room []byte, number string) string {
	if strings.IndexByte(number, '_') >= 0 {
		number = string(appendPlain(room, number))
	}
	if number = trimZeros(number); number == "" {
		return "0"
	}
	return number
}

// cutLast cuts s at the last separator.
func cutLast(s string, separator byte) (before, after string, found bool) {
	if i := strings.LastIndexByte(s, separator); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

// plain tells whether every item of a version is digits or begins with a letter:
// characters order those as the key does.
func (conan) plain(version string) bool {
	begin, number := true, false
	for i := 0; i < len(version); i++ {
		switch c := version[i]; {
		case c == '.' || c == '-' || c == '+':
			if begin {
				return false
			}
			begin = true
		case begin:
			if number = isDigit(c); !number && !isLetter(c) {
				return false
			}
			begin = false
		case number && !isDigit(c):
			return false
		}
	}
	return !begin
}
