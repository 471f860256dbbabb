package vers

// opam is the scheme of OCaml packages: OpamVersionCompare of opam 2.1
// (https://opam.ocaml.org/doc/Manual.html#Version-ordering), which is that of Debian
// without epochs.
//
//   - Runs of other characters and runs of digits in turn, numbers as numbers. A missing
//     number is 0.
//   - Of other characters, ~ is in front of the end, letters are behind it, and the rest is
//     behind letters.
//   - What follows the last hyphen counts when all in front of it is equal; missing, it is
//     nothing.
type opam struct{}

const (
	opamTilde = 0x10 // below tagEnd
	opamOther = 0x80 // added to what is no letter
)

func (opam) Name() string { return "opam" }

func (o opam) AppendKey(dst []byte, version string) ([]byte, int, error) {
	hyphen, err := o.check(version)
	if err != nil {
		return dst, 0, err
	}
	e, rest := Encoder(dst).Line(""), ""
	if hyphen >= 0 {
		version, rest = version[:hyphen], version[hyphen+1:]
	}
	return o.write(o.write(e, version).End(), rest).End(), 1, nil
}

func (o opam) AppendBranch(lo, hi []byte, text string, _ int) ([]byte, []byte, int, error) {
	text = trimWildcard(text)
	hyphen, err := o.check(text)
	if err != nil {
		return lo, hi, 0, err
	}
	last := text[len(text)-1]
	l, rest := Encoder(lo).Line(""), ""
	if hyphen >= 0 {
		text, rest = text[:hyphen], text[hyphen+1:]
	}
	if l = o.write(l, text); rest != "" {
		l = o.write(l.End(), rest)
	}
	if !isDigit(last) && last != '-' {
		l = l[:len(l)-1] // any number may follow
	}
	return l, Encoder(append(hi, l[len(lo):]...)).Top(), 1, nil
}

// check returns the offset of the last hyphen, -1 when there is none.
func (opam) check(version string) (hyphen int, err error) {
	hyphen = -1
	for i := 0; i < len(version); i++ {
		switch c := version[i]; {
		case c == '-':
			hyphen = i
		case !isAlnum(c) && c != '.' && c != '_' && c != '+' && c != '~':
			return 0, syntaxError("opam", version, i, "letter, digit or one of . _ + ~ - wanted")
		}
	}
	if version == "" {
		return 0, syntaxError("opam", version, 0, "empty")
	}
	return hyphen, nil
}

// write writes one side of the last hyphen: other characters, an end and a number in turn.
func (opam) write(e Encoder, s string) Encoder {
	for i := 0; ; {
		for i < len(s) && !isDigit(s[i]) {
			switch c := s[i]; {
			case c == '~':
				e = append(e, opamTilde)
			case isLetter(c):
				e = append(e, c)
			default:
				e = append(e, c|opamOther)
			}
			i++
		}
		n := digits(s[i:])
		e = e.End().Number(s[i : i+n])
		if i += n; i == len(s) {
			return e
		}
	}
}
