package vers

import "cmp"

// compare compares part by part, as clause 11 of Semantic Versioning says and the ecosystem
// of the dialect reads it.
func (d *dialect) compare(v, w string) (int, error) {
	var t, u semverText
	if err := d.whole(v, &t); err != nil || v == w {
		return 0, err
	}
	if err := d.whole(w, &u); err != nil {
		return 0, err
	}
	for i := range t.core {
		if c := compareDigits(t.core[i], u.core[i]); c != 0 {
			return c, nil
		}
	}
	if c := compareMore(t.more, u.more); c != 0 {
		return c, nil
	}
	switch {
	case t.pre == u.pre:
	case t.pre == "":
		return 1, nil
	case u.pre == "":
		return -1, nil
	default:
		if c := d.compareList(t.pre, u.pre); c != 0 {
			return c, nil
		}
	}
	if d.metadata && t.build != u.build {
		return d.compareList(t.build, u.build), nil
	}
	return 0, nil
}

// compareMore compares the numbers behind the third; missing ones are zero.
func compareMore(v, w string) int {
	for v != "" || w != "" {
		var x, y string
		if v != "" {
			x, v = cutNumber(v[1:])
		}
		if w != "" {
			y, w = cutNumber(w[1:])
		}
		if c := compareDigits(x, y); c != 0 {
			return c
		}
	}
	return 0
}

// cutNumber splits off leading digits.
func cutNumber(s string) (number, rest string) {
	n := digits(s)
	return s[:n], s[n:]
}

// compareList compares identifiers one by one; of lists with equal beginning the longer one
// is greater.
func (d *dialect) compareList(v, w string) int {
	for v != "" && w != "" {
		var x, y string
		x, v = cutIdentifier(v)
		y, w = cutIdentifier(w)
		if x == y {
			continue
		}
		if c := d.compareIdentifier(x, y); c != 0 {
			return c
		}
	}
	return cmp.Compare(len(v), len(w))
}

// compareIdentifier has numbers below words.
func (d *dialect) compareIdentifier(x, y string) int {
	if d.identifiers == signedNumbers {
		m, numberX := dartInteger(x)
		n, numberY := dartInteger(y)
		switch {
		case numberX && numberY:
			return cmp.Compare(m, n)
		case numberX != numberY:
			return compareFlags(numberY, numberX)
		}
		return cmp.Compare(x, y)
	}
	numberX, numberY := digits(x) == len(x), digits(y) == len(y)
	switch {
	case numberX && numberY && d.identifiers == doubleNumbers && len(x) >= 16 && len(y) >= 16:
		var roomX, roomY [32]byte
		return cmp.Compare(string(appendDouble(roomX[:0], x)), string(appendDouble(roomY[:0], y)))
	case numberX && numberY:
		return compareDigits(x, y)
	case numberX != numberY:
		return compareFlags(numberY, numberX)
	default:
		return cmp.Compare(x, y)
	}
}
