package vers

import "cmp"

// alpm is the order of Arch Linux packages, [epoch:]version[-release]: alpm_pkg_vercmp of
// libalpm, measured against 13.0.
//
//   - Digits in front of a colon are the epoch, the last hyphen begins the release; a
//     missing epoch is zero.
//   - Version and release are segments of digits or of letters with separators between.
//     Which separators do not count, but how many: 1..0 is above 1.0.
//   - At one place digits come after letters, and letters without a separator (1.0rc) come
//     before the end, with one (1.0.rc) after it. So 1.0alpha < 1.0 < 1.0~rc1: the tilde
//     is a separator like any other.
//   - Blanks, control characters and bytes above ASCII are errors.
//
// The tool's order is not total, so that no key can hold it, and [Version.Compare] asks
// the tool's rule instead of the keys. Two things make cycles:
//
//   - A release counts only when both have one: 1.0-1 = 1.0 = 1.0-2. In keys a version
//     without a release comes before all releases of it; AppendRelease gives the interval
//     of them all.
//   - Separators at the end (1.0.) are above the end and above all letters, but below
//     digits, however many separators stand in front of these: 1. < 1.1 < 1..a < 1. is a
//     cycle. In keys they come between 1.a and 1.1.
//
// A branch counts segments as components and holds the epoch that the text has.
type alpm struct{}

// The first byte of a segment or end: count of separators, then kind, as the tool orders
// them. From two separators on their count follows.
const (
	alpmLetters      = 0x10
	alpmEnd          = 0x11
	alpmDigits       = 0x12
	alpmDotLetters   = 0x13
	alpmDotEnd       = 0x14
	alpmDotDigits    = 0x15
	alpmManyDots     = 0x16
	alpmNoRelease    = 0x00
	alpmRelease      = 0x01
	alpmAfterRelease = 0x02
)

func (alpm) Name() string { return "alpm" }

func (a alpm) AppendKey(dst []byte, version string) ([]byte, int, error) {
	t, err := parseEVR("alpm", version, false)
	if err != nil {
		return dst, 0, err
	}
	e := a.appendVersion(Encoder(dst).Line(""), t)
	if !t.released {
		return append(e, alpmNoRelease), 1, nil
	}
	e, _ = a.appendPart(append(e, alpmRelease), t.release, 0)
	return e, 1, nil
}

func (a alpm) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	t, err := parseEVR("alpm", text, false)
	if err != nil {
		return lo, hi, 0, err
	}
	start := len(lo)
	e := Encoder(lo).Line("").Number(t.epoch)
	if depth <= 0 {
		depth = len(text)
	}
	e, n := a.appendPart(e, t.version, depth)
	if t.released && n < depth {
		e, _ = a.appendPart(append(a.appendEnd(e, t.version), alpmRelease), t.release, depth-n)
	}
	return e, Encoder(append(hi, e[start:]...)).Top(), 1, nil
}

// AppendRelease gives a version with all its releases, or one release when the text has
// one.
func (a alpm) AppendRelease(lo, hi []byte, text string) ([]byte, []byte, int, error) {
	t, err := parseEVR("alpm", text, false)
	if err != nil {
		return lo, hi, 0, err
	}
	start := len(lo)
	e := a.appendVersion(Encoder(lo).Line(""), t)
	hi = append(hi, e[start:]...)
	if !t.released {
		return append(e, alpmNoRelease), append(hi, alpmAfterRelease), 1, nil
	}
	e, _ = a.appendPart(append(e, alpmRelease), t.release, 0)
	high, _ := a.appendPart(append(hi, alpmRelease), t.release, 0)
	return e, append(high, 0), 1, nil
}

func (a alpm) appendVersion(e Encoder, t evr) Encoder {
	e, _ = a.appendPart(e.Number(t.epoch), t.version, 0)
	return e
}

// appendPart writes the segments of a part. With most 0 it writes all of them and the end;
// else at most so many and no end. It returns the count.
func (a alpm) appendPart(e Encoder, s string, most int) (Encoder, int) {
	for n, i := 0, 0; ; n++ {
		start := i
		for i < len(s) && !isAlnum(s[i]) {
			i++
		}
		if i == len(s) {
			if most == 0 {
				e = a.appendEnd(e, s)
			}
			return e, n
		}
		if most > 0 && n == most {
			return e, n
		}
		kind := byte(alpmLetters)
		end := i + letters(s[i:])
		if isDigit(s[i]) {
			kind, end = alpmDigits, i+digits(s[i:])
		}
		switch dots := uint32(i - start); dots {
		case 0:
			e = append(e, kind)
		case 1:
			e = append(e, kind+alpmDotLetters-alpmLetters)
		default:
			e = append(e, alpmManyDots, byte(dots>>24), byte(dots>>16), byte(dots>>8), byte(dots), kind)
		}
		if kind == alpmDigits {
			e = e.Number(s[i:end])
		} else {
			e = append(append(e, s[i:end]...), 0)
		}
		i = end
	}
}

// appendEnd writes the end of a part, with or without separators in front of it.
func (alpm) appendEnd(e Encoder, s string) Encoder {
	if s != "" && !isAlnum(s[len(s)-1]) {
		return append(e, alpmDotEnd)
	}
	return append(e, alpmEnd)
}

// compare is the rule of the tool.
func (a alpm) compare(v, w string) (int, error) {
	if err := checkEVR("alpm", v, 0, false); err != nil || v == w {
		return 0, err
	}
	if err := checkEVR("alpm", w, commonLength(v, w), false); err != nil {
		return 0, err
	}
	return a.order(v, w), nil
}

func (a alpm) order(v, w string) int {
	t, u := splitEVR(v), splitEVR(w)
	if c := compareDigits(t.epoch, u.epoch); c != 0 {
		return c
	}
	if c := a.comparePart(t.version, u.version); c != 0 || !t.released || !u.released {
		return c
	}
	return a.comparePart(t.release, u.release)
}

// comparePart is rpmvercmp of libalpm: two cursors, segment by segment.
func (alpm) comparePart(v, w string) int {
	i := commonRuns(v, w)
	j := i
	for i < len(v) && j < len(w) {
		m, n := separators(v[i:]), separators(w[j:])
		i, j = i+m, j+n
		if i == len(v) || j == len(w) {
			break
		}
		if m != n {
			return cmp.Compare(m, n)
		}
		if isDigit(v[i]) != isDigit(w[j]) {
			if isDigit(v[i]) {
				return 1
			}
			return -1
		}
		var c int
		if isDigit(v[i]) {
			m, n = digits(v[i:]), digits(w[j:])
			c = compareDigits(v[i:i+m], w[j:j+n])
		} else {
			m, n = letters(v[i:]), letters(w[j:])
			c = cmp.Compare(v[i:i+m], w[j:j+n])
		}
		if c != 0 {
			return c
		}
		i, j = i+m, j+n
	}
	switch {
	case i == len(v) && j == len(w):
		return 0
	case i < len(v) && isLetter(v[i]), i == len(v) && !isLetter(w[j]):
		return -1
	default:
		return 1
	}
}

// separators returns the count of leading bytes that are neither letters nor digits.
func separators(s string) int {
	n := 0
	for n < len(s) && !isAlnum(s[n]) {
		n++
	}
	return n
}

// compareDigits compares two runs of digits as numbers.
func compareDigits(a, b string) int {
	if len(a) == 0 || len(b) == 0 || a[0] == '0' || b[0] == '0' {
		a, b = trimZeros(a), trimZeros(b)
	}
	if len(a) != len(b) {
		return cmp.Compare(len(a), len(b))
	}
	for i := range len(a) { // short most of the time
		if a[i] != b[i] {
			return cmp.Compare(a[i], b[i])
		}
	}
	return 0
}

// trimZeros drops leading zeros.
func trimZeros(number string) string {
	for len(number) > 0 && number[0] == '0' {
		number = number[1:]
	}
	return number
}
