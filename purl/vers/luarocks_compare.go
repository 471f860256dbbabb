package vers

import "strconv"

// compare is version_mt of LuaRocks: the numbers, then the revisions when both have one.
func (l luarocks) compare(v, w string) (int, error) {
	if err := l.check(v); err != nil || v == w {
		return 0, err
	}
	if err := l.check(w); err != nil {
		return 0, err
	}
	return l.order(v, w), nil
}

// check walks over a version.
func (luarocks) check(version string) error {
	c, _, err := luaCut(version)
	for more := err == nil; more; {
		_, more, err = c.next()
	}
	return err
}

func (luarocks) order(v, w string) int {
	a, m, _ := luaCut(v)
	b, n, _ := luaCut(w)
	for moreA, moreB := true, true; moreA || moreB; {
		var x, y luaNumber
		x, moreA, _ = a.next()
		y, moreB, _ = b.next()
		if c := x.compare(y); c != 0 {
			return c
		}
	}
	if m == "" || n == "" {
		return 0
	}
	return compareDigits(m, n)
}

func (n luaNumber) compare(m luaNumber) int {
	if !n.word && !m.word {
		return compareDigits(n.digits, m.digits)
	}
	var roomN, roomM [64]byte
	x, belowX := n.append(roomN[:0])
	y, belowY := m.append(roomM[:0])
	switch {
	case belowX && belowY:
		return compareDigits(string(y), string(x))
	case belowX:
		return -1
	case belowY:
		return 1
	default:
		return compareDigits(string(x), string(y))
	}
}

// append appends the digits of a number times luaScale; below tells that it is below zero.
func (n luaNumber) append(dst []byte) (digits []byte, below bool) {
	const exact = 18
	number := trimZeros(n.digits)
	switch {
	case !n.word:
		return append(append(dst, number...), "00000"...), false
	case len(number) > exact:
		return append(dst, number...), false
	}
	value := int64(0)
	for i := range len(number) {
		value = 10*value + int64(number[i]-'0')
	}
	if value += n.value; value < 0 {
		return strconv.AppendInt(dst, -value, 10), true
	}
	return strconv.AppendInt(dst, value, 10), false
}
