package vers

// deb is the order of Debian packages, [epoch:]upstream[-revision]: Debian Policy 5.6.12
// and dpkg, measured against 1.21.
//
//   - The epoch is a number up to 2^31-1; a missing one is zero.
//   - The last hyphen begins the revision; a missing one equals 0.
//   - Upstream and revision compare alike: a run of other characters, then a run of
//     digits, and so on. In the former a tilde sorts before everything, the end of the run
//     included, letters sort before all other characters; the latter compare as numbers of
//     any size, and nothing is zero.
//   - Characters outside of letters, digits and .+-~: are errors, as is a colon in the
//     revision. That upstream should begin with a digit is a rule for packages (dpkg
//     warns and compares), so that it is not demanded here.
//
// A branch counts runs of digits as components: 1.2 is all of 1.2, 1.2.3, 1.2~rc1 and
// 1.2+dfsg-4, with the epoch that the text has.
type deb struct{}

// The characters of a run, and its end, in their order.
const (
	debTilde = 0x10
	debEnd   = 0x20
	debOther = 0x80 // plus the character, above all letters
)

// debText is a version in its parts.
type debText struct {
	epoch, upstream, revision string
	revised                   bool // a revision was written
}

func (deb) Name() string { return "deb" }

func (d deb) AppendKey(dst []byte, version string) ([]byte, int, error) {
	t, err := d.parse(version)
	if err != nil {
		return dst, 0, err
	}
	e := Encoder(dst).Line("").Number(t.epoch)
	e, _ = d.appendPart(e, t.upstream, 0)
	e = append(e, debEnd)
	e, _ = d.appendPart(e, t.revision, 0)
	return append(e, debEnd), 1, nil
}

func (d deb) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	t, err := d.parse(text)
	if err != nil {
		return lo, hi, 0, err
	}
	start := len(lo)
	e := Encoder(lo).Line("").Number(t.epoch)
	e, n := d.appendPart(e, t.upstream, max(0, depth))
	if t.revised && (depth <= 0 || n < depth) {
		e, _ = d.appendPart(append(e, debEnd), t.revision, max(0, depth-n))
	}
	return e, Encoder(append(hi, e[start:]...)).Top(), 1, nil
}

// appendPart writes the pairs of a part, all (most is 0) or the first most of them, and
// returns their count. The first pair is always written: its run of characters may be
// empty, that of later ones never is.
func (deb) appendPart(e Encoder, s string, most int) (Encoder, int) {
	for n := 1; ; n++ {
		i := 0
		for ; i < len(s) && !isDigit(s[i]); i++ {
			switch c := s[i]; {
			case c == '~':
				e = append(e, debTilde)
			case isLetter(c):
				e = append(e, c)
			default:
				e = append(e, debOther|c)
			}
		}
		s = s[i:]
		i = digits(s)
		e = append(e, debEnd).Number(s[:i])
		if s = s[i:]; s == "" || n == most {
			return e, n
		}
	}
}

// parse splits a version at the first colon and the last hyphen and checks its characters.
func (deb) parse(version string) (debText, error) {
	var t debText
	colon, lastColon, hyphen := -1, -1, -1
	for i := 0; i < len(version); i++ {
		switch c := version[i]; {
		case isAlnum(c), c == '.', c == '+', c == '~':
		case c == '-':
			hyphen = i
		case c == ':':
			if lastColon = i; colon < 0 {
				colon = i
			}
		default:
			return t, syntaxError("deb", version, i, "letter, digit or one of .+-~: wanted")
		}
	}
	if colon >= 0 {
		t.epoch = version[:colon]
		if colon == 0 || digits(t.epoch) < colon {
			return t, syntaxError("deb", version, 0, "epoch that is no number")
		}
		if exceeds(t.epoch, "2147483647") {
			return t, syntaxError("deb", version, 0, "epoch above 2147483647")
		}
	}
	t.upstream = version[colon+1:]
	if hyphen >= 0 {
		t.upstream, t.revision, t.revised = version[colon+1:hyphen], version[hyphen+1:], true
		if lastColon > hyphen {
			return t, syntaxError("deb", version, lastColon, "colon in the revision")
		}
		if t.revision == "" {
			return t, syntaxError("deb", version, len(version), "no revision behind the hyphen")
		}
	}
	if t.upstream == "" {
		return t, syntaxError("deb", version, colon+1, "no upstream version")
	}
	return t, nil
}
