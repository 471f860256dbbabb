package vers

import "strings"

// numericBranch gives the branch of a text that begins with dotted numbers, after the bytes
// that lo and hi hold. It returns what follows the first depth numbers, and false when the
// text has less and is not at its end.
//
// padded tells that trailing zeros are equal in the scheme.
func numericBranch(lo, hi Encoder, text string, depth int, padded bool) (l, h Encoder, rest string, ok bool) {
	var b branch
	rest = text
	for seen := 1; ; seen++ {
		n := digits(rest)
		if n == 0 {
			return lo, hi, text, false
		}
		b.add(rest[:n])
		if rest = rest[n:]; rest == "" || seen == depth {
			break
		}
		if rest[0] != '.' {
			return lo, hi, text, false
		}
		rest = rest[1:]
	}
	if padded {
		lo, hi = b.bounds(lo, hi)
	} else {
		lo, hi = plainBounds(&b, lo, hi)
	}
	return lo, hi, rest, true
}

// plainBounds is bounds for schemes in which zeros at the end are not equal.
func plainBounds(b *branch, lo, hi Encoder) (Encoder, Encoder) {
	last := b.count - 1
	for _, number := range b.numbers[:last] {
		lo, hi = lo.Number(number), hi.Number(number)
	}
	return lo.Number(b.numbers[last]), hi.nextNumber(b.numbers[last])
}

// trimWildcard returns "1.4" for "1.4.x" and "1.4.*", which name the same branch. Behind
// anything but numbers these are text.
func trimWildcard(s string) string {
	n := len(s) - 2
	if n < 1 || !isDigit(s[n-1]) || s[n] != '.' || s[n+1]|0x20 != 'x' && s[n+1] != '*' {
		return s
	}
	for i := range n {
		if c := s[i]; !isDigit(c) && c != '.' && c != '!' && !(i == 0 && c|0x20 == 'v') {
			return s
		}
	}
	return s[:n]
}

// dottedBranch is AppendBranch for schemes whose versions begin with dotted numbers. The
// branch of a text that goes on behind them ("1.0-rc1") is all that its key, without the
// end, begins.
func dottedBranch(scheme Scheme, lo, hi []byte, text string, depth int, padded bool) ([]byte, []byte, int, error) {
	text = trimWildcard(strings.TrimSpace(text))
	l, h, rest, ok := numericBranch(Encoder(lo).Line(""), Encoder(hi).Line(""), trimV(text), depth, padded)
	if !ok {
		return prefixBranch(scheme, lo, hi, text)
	}
	if rest != "" {
		if _, _, err := scheme.AppendKey(nil, text); err != nil {
			return lo, hi, 0, err
		}
	}
	return l, h, 1, nil
}

// prefixBranch gives the versions whose keys begin as that of text does, up to the end that
// is its last byte.
func prefixBranch(scheme Scheme, lo, hi []byte, text string) ([]byte, []byte, int, error) {
	key, line, err := scheme.AppendKey(lo, text)
	if err != nil {
		return lo, hi, 0, err
	}
	key = key[:len(key)-1]
	return key, Encoder(append(hi, key[len(lo):]...)).Top(), line, nil
}

// pointBranch gives the version of text and nothing else.
func pointBranch(scheme Scheme, lo, hi []byte, text string) ([]byte, []byte, int, error) {
	key, line, err := scheme.AppendKey(lo, text)
	if err != nil {
		return lo, hi, 0, err
	}
	return key, append(append(hi, key[len(lo):]...), 0), line, nil
}

// numbersBranch is AppendBranch of schemes that are nothing but numbers and have no equal
// zeros.
func numbersBranch(scheme string, lo, hi []byte, text, separators string, depth int) ([]byte, []byte, int, error) {
	var b branch
	text = trimWildcard(text)
	at, rule := eachNumber(text, separators, func(number string) {
		if depth <= 0 || b.count < depth {
			b.add(number)
		}
	})
	if rule != "" {
		return lo, hi, 0, syntaxError(scheme, text, at, rule)
	}
	l, h := plainBounds(&b, Encoder(lo).Line(""), Encoder(hi).Line(""))
	return l, h, 1, nil
}
