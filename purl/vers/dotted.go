package vers

// dotted is the scheme of plain numbers with separators: 7.2.1-69057-12, 9.16(4)18,
// 10.0.19045.3930. It is the rule of most products (Windows, Exchange, FortiOS, BIG-IP,
// Chrome, Oracle, Synology ...).
//
//   - Components are runs of digits and compare as numbers of any size.
//   - Missing components are zero: 6 = 6.0 = 6.0.0.
//   - The separators . - _ ( ) and blank are one; a leading v does not count. A hyphen beside
//     a blank stands between two versions, and is an error.
//   - Anything else is an error: a letter in such a version means something that only the
//     product's own scheme knows.
type dotted struct{}

func (dotted) Name() string { return "dotted" }

func (d dotted) AppendKey(dst []byte, version string) ([]byte, int, error) {
	e := Encoder(dst).Line("")
	keep := len(e) // end of the last component that is not zero
	n, err := d.each(version, func(number string) {
		e = e.Number(number)
		if !isZero(number) {
			keep = len(e)
		}
	})
	if err != nil {
		return dst, 0, err
	}
	if n == 0 {
		return dst, 0, syntaxError("dotted", version, 0, "no number")
	}
	return e[:keep].End(), 1, nil
}

func (d dotted) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	var b branch
	n, err := d.each(text, func(number string) {
		if depth <= 0 || b.count < depth {
			b.add(number)
		}
	})
	if err != nil {
		return lo, hi, 0, err
	}
	if n == 0 {
		return lo, hi, 0, syntaxError("dotted", text, 0, "no number")
	}
	l, h := b.bounds(Encoder(lo).Line(""), Encoder(hi).Line(""))
	return l, h, 1, nil
}

// each calls f for every component and returns their count.
func (dotted) each(version string, f func(number string)) (int, error) {
	s := trimV(version)
	offset := len(version) - len(s)
	n := 0
	for i := 0; i < len(s); {
		if d := digits(s[i:]); d > 0 {
			f(s[i : i+d])
			i += d
			n++
			continue
		}
		if !isSeparator(s[i]) {
			return 0, syntaxError("dotted", version, offset+i, "neither digit nor separator")
		}
		if s[i] == '-' && n > 0 && (s[i-1] == ' ' || i+1 < len(s) && s[i+1] == ' ') {
			return 0, syntaxError("dotted", version, offset+i, "hyphen beside a blank, which stands between two versions")
		}
		i++
	}
	return n, nil
}

func isSeparator(c byte) bool {
	switch c {
	case '.', '-', '_', '(', ')', ' ':
		return true
	}
	return false
}
