package vers

// rpm is the order of RPM packages, [epoch:]version[-release]: rpmverParse and rpmverCmp
// of rpm, measured against 4.18.
//
//   - Digits in front of a colon are the epoch, a number; a missing one is zero.
//   - The last hyphen begins the release. A version without one comes before all with one,
//     an empty release included.
//   - Version and release are segments of digits or of letters; everything else separates
//     them, and which separator it is does not count (1_0 = 1.0).
//   - At one place: tilde (a pre-release) < the end < caret (a snapshot after the release)
//     < letters < digits. Digits compare as numbers of any size, letters by their bytes.
//   - Bytes above ASCII separate, as in rpm. Blanks and control characters, which no
//     package has, are errors.
//   - Tools that take a missing epoch or release for any one follow a policy of their own;
//     here it is the plain order. A bound without a release is read widely as the branch.
//
// A branch counts segments as components, tilde and caret not: 1.2 is all of 1.2, 1.2.3,
// 1.2~rc1 and 1.2-4.el9, with the epoch that the text has.
type rpm struct{}

// The elements of a version in their order; digits are written with Encoder.Number, which
// sorts above them.
const (
	rpmTilde   = 0x10
	rpmEnd     = 0x20
	rpmCaret   = 0x30
	rpmLetters = 0x38

	rpmNoRelease = 0x00
	rpmRelease   = 0x01
)

// evr is a version of rpm or pacman in its parts.
type evr struct {
	epoch, version, release string
	released                bool // a release was written, be it empty
}

func (rpm) Name() string { return "rpm" }

func (r rpm) AppendKey(dst []byte, version string) ([]byte, int, error) {
	t, err := parseEVR("rpm", version, true)
	if err != nil {
		return dst, 0, err
	}
	e := Encoder(dst).Line("").Number(t.epoch)
	e, _ = r.appendPart(e, t.version, 0)
	e = append(e, rpmEnd)
	if !t.released {
		return append(e, rpmNoRelease), 1, nil
	}
	e, _ = r.appendPart(append(e, rpmRelease), t.release, 0)
	return append(e, rpmEnd), 1, nil
}

func (r rpm) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	t, err := parseEVR("rpm", text, true)
	if err != nil {
		return lo, hi, 0, err
	}
	start := len(lo)
	e := Encoder(lo).Line("").Number(t.epoch)
	e, n := r.appendPart(e, t.version, max(0, depth))
	if t.released && (depth <= 0 || n < depth) {
		e, _ = r.appendPart(append(e, rpmEnd, rpmRelease), t.release, max(0, depth-n))
	}
	return e, Encoder(append(hi, e[start:]...)).Top(), 1, nil
}

// appendPart writes the segments of a part, all (most is 0) or the first most of them, and
// returns their count.
func (rpm) appendPart(e Encoder, s string, most int) (Encoder, int) {
	n := 0
	for i := 0; i < len(s) && (n == 0 || n != most); {
		switch c := s[i]; {
		case c == '~':
			e = append(e, rpmTilde)
			i++
		case c == '^':
			e = append(e, rpmCaret)
			i++
		case isDigit(c):
			d := digits(s[i:])
			e = e.Number(s[i : i+d])
			i += d
			n++
		case isLetter(c):
			d := letters(s[i:])
			e = append(append(append(e, rpmLetters), s[i:i+d]...), 0)
			i += d
			n++
		default:
			i++
		}
	}
	return e, n
}

// parseEVR is splitEVR for text that may be no version. wide lets bytes above ASCII pass.
func parseEVR(scheme, version string, wide bool) (evr, error) {
	if err := checkEVR(scheme, version, 0, wide); err != nil {
		return evr{}, err
	}
	return splitEVR(version), nil
}

// checkEVR checks the characters of a version from an offset on.
func checkEVR(scheme, version string, from int, wide bool) error {
	if version == "" {
		return syntaxError(scheme, version, 0, "no version")
	}
	for i := from; i < len(version); i++ {
		if c := version[i]; c-'!' > '~'-'!' && !(wide && c > 0x7F) {
			return syntaxError(scheme, version, i, "character that no version has")
		}
	}
	return nil
}

// splitEVR splits a version at the colon behind leading digits and at the last hyphen behind
// them.
func splitEVR(version string) (t evr) {
	if n := epochLength(version); n > 0 {
		t.epoch, version = version[:n-1], version[n:]
	}
	t.version = version
	for i := len(version) - 1; i >= 0; i-- {
		if version[i] == '-' {
			t.version, t.release, t.released = version[:i], version[i+1:], true
			break
		}
	}
	return t
}

// epochLength returns the length of the digits in front of a colon, with the colon; 0 when
// there is none.
func epochLength(version string) int {
	n := digits(version)
	if n < len(version) && version[n] == ':' {
		return n + 1
	}
	return 0
}
