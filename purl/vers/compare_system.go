package vers

import (
	"bytes"
	"cmp"
	"strings"
)

// compare is the comparison of dpkg (lib/dpkg/version.c): epoch, upstream version, revision.
func (d deb) compare(v, w string) (int, error) {
	t, err := d.parse(v)
	if err != nil || v == w {
		return 0, err
	}
	u, err := d.parse(w)
	if err != nil {
		return 0, err
	}
	if c := compareDigits(t.epoch, u.epoch); c != 0 {
		return c, nil
	}
	if c := d.comparePart(t.upstream, u.upstream); c != 0 {
		return c, nil
	}
	return d.comparePart(t.revision, u.revision), nil
}

// comparePart walks over runs of other characters and runs of digits in turn.
func (d deb) comparePart(v, w string) int {
	i := commonRuns(v, w)
	for j := i; i < len(v) || j < len(w); {
		for i < len(v) && !isDigit(v[i]) || j < len(w) && !isDigit(w[j]) {
			if c := cmp.Compare(debPlace(v, i), debPlace(w, j)); c != 0 {
				return c
			}
			i, j = i+1, j+1
		}
		m, n := i, j
		for i < len(v) && isDigit(v[i]) {
			i++
		}
		for j < len(w) && isDigit(w[j]) {
			j++
		}
		if c := compareDigits(v[m:i], w[n:j]); c != 0 {
			return c
		}
	}
	return 0
}

// debPlace returns the place of a character in a run, as keys have it.
func debPlace(s string, i int) byte {
	switch {
	case i >= len(s) || isDigit(s[i]):
		return debEnd
	case s[i] == '~':
		return debTilde
	case isLetter(s[i]):
		return s[i]
	default:
		return debOther | s[i]
	}
}

// compare is rpmVersionCompare: epoch, version, release.
func (r rpm) compare(v, w string) (int, error) {
	if err := checkEVR("rpm", v, 0, true); err != nil || v == w {
		return 0, err
	}
	if err := checkEVR("rpm", w, commonLength(v, w), true); err != nil {
		return 0, err
	}
	t, u := splitEVR(v), splitEVR(w)
	if c := compareDigits(t.epoch, u.epoch); c != 0 {
		return c, nil
	}
	if c := r.comparePart(t.version, u.version); c != 0 {
		return c, nil
	}
	if t.released && u.released {
		return r.comparePart(t.release, u.release), nil
	}
	return compareFlags(t.released, u.released), nil
}

// comparePart is rpmvercmp: segment by segment, with what separates them skipped.
func (rpm) comparePart(v, w string) int {
	i := commonRuns(v, w)
	for j := i; ; {
		for i < len(v) && rpmPlace(v, i) == 0 {
			i++
		}
		for j < len(w) && rpmPlace(w, j) == 0 {
			j++
		}
		place := rpmPlace(v, i)
		if c := cmp.Compare(place, rpmPlace(w, j)); c != 0 {
			return c
		}
		var c int
		m, n := i, j
		switch place {
		case rpmEnd:
			return 0
		case tagNumber:
			i, j = i+digits(v[i:]), j+digits(w[j:])
			c = compareDigits(v[m:i], w[n:j])
		case rpmLetters:
			i, j = i+letters(v[i:]), j+letters(w[j:])
			c = strings.Compare(v[m:i], w[n:j])
		default:
			i, j = i+1, j+1
		}
		if c != 0 {
			return c
		}
	}
}

// rpmPlace returns the place of what stands at i, 0 for a separator.
func rpmPlace(s string, i int) byte {
	switch {
	case i >= len(s):
		return rpmEnd
	case isDigit(s[i]):
		return tagNumber
	case isLetter(s[i]):
		return rpmLetters
	case s[i] == '~':
		return rpmTilde
	case s[i] == '^':
		return rpmCaret
	default:
		return 0
	}
}

// commonRuns returns where to begin with comparing two texts that go on alike up to there:
// at the beginning of the run of digits, of letters or of other characters in which they
// differ, or that ends where they do.
func commonRuns(v, w string) int {
	i := commonLength(v, w)
	if i == 0 {
		return 0
	}
	switch c := v[i-1]; {
	case isDigit(c):
		for i > 0 && isDigit(v[i-1]) {
			i--
		}
	case isLetter(c):
		for i > 0 && isLetter(v[i-1]) {
			i--
		}
	default:
		for i > 0 && !isAlnum(v[i-1]) {
			i--
		}
	}
	return i
}

// compareFlags has false before true.
func compareFlags(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}

// compare walks over the elements of both versions side by side, from the first one in which
// they can differ.
func (a apk) compare(v, w string) (int, error) {
	if err := a.check(v, 0); err != nil || v == w {
		return 0, err
	}
	common := commonLength(v, w)
	if err := a.check(w, common); err != nil {
		return 0, err
	}
	s := apkCursor{rest: v}
	for {
		ahead := s
		if tag, _ := ahead.next(); tag == apkEnd || len(ahead.rest) == len(s.rest) || len(v)-len(ahead.rest) >= common {
			break
		}
		s = ahead
	}
	t := apkCursor{rest: w[len(v)-len(s.rest):], state: s.state}
	for {
		tag, text := s.next()
		other, with := t.next()
		if tag != other {
			return cmp.Compare(tag, other), nil
		}
		c := 0
		switch tag {
		case apkEnd:
			return 0, nil
		case apkMalformed:
			var roomV, roomW [2 * MaxLength]byte
			return bytes.Compare(a.appendMalformed(roomV[:0], text), a.appendMalformed(roomW[:0], with)), nil
		case apkFirst, apkNumber, apkSuffixNumber, apkRevision:
			c = compareDigits(text, with)
		default:
			c = strings.Compare(text, with)
		}
		if c != 0 {
			return c, nil
		}
	}
}

// compare walks over the elements of both versions side by side, as that of apk does, and
// over what follows the first difference for its errors.
func (g gentoo) compare(v, w string) (int, error) {
	s := gentooCursor{rest: v}
	for common := commonLength(v, w); ; {
		ahead := s
		if tag, _ := ahead.next(); tag == gentooEnd || len(v)-len(ahead.rest) >= common {
			break
		}
		s = ahead
	}
	t := gentooCursor{rest: w[len(v)-len(s.rest):], state: s.state}
	c := 0
	for ended := false; c == 0 && !ended; {
		tag, text := s.next()
		other, with := t.next()
		switch {
		case tag != other:
			c = cmp.Compare(tag, other)
		case tag == gentooLetter, tag == gentooZero:
			c = strings.Compare(text, with)
		default:
			c, ended = compareDigits(text, with), tag == gentooEnd
		}
	}
	if err := g.revision(v, s.skip()); err != nil {
		return 0, err
	}
	if err := g.revision(w, t.skip()); err != nil {
		return 0, err
	}
	return c, nil
}

// commonLength returns the length of the beginning that two texts share.
func commonLength(v, w string) int {
	i := 0
	for n := min(len(v), len(w)); i < n && v[i] == w[i]; {
		i++
	}
	return i
}
