package vers

// gem is the scheme of Ruby gems, as Gem::Version of RubyGems 3.3 has it
// (https://docs.ruby-lang.org/en/3.3/Gem/Version.html).
//
//   - Segments are runs of digits and runs of letters, wherever the dots stand: a10 is a.10.
//     The first one is a number. A hyphen stands for ".pre.".
//   - A segment that is missing is 0. Words are below numbers, so every version with a
//     letter is a pre-release; words compare by their bytes.
//   - Zeros in front of the first word do not count: 1.0.a = 1.a. Zeros behind it do:
//     1.a.b < 1.a.0.b < 1.a.
//   - Blanks around do not count, and nothing but blanks is 0.
type gem struct{}

const gemWord = 0x01

func (gem) Name() string { return "gem" }

func (g gem) AppendKey(dst []byte, version string) ([]byte, int, error) {
	p := padded{key: Encoder(dst).Line(""), start: len(dst) + 1}
	if err := g.write(&p, version, 0); err != nil {
		return dst, 0, err
	}
	return p.end(), 1, nil
}

func (g gem) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	text, _ = trimBlanks(text)
	text = trimWildcard(text)
	p := padded{key: Encoder(lo).Line(""), start: len(lo) + 1}
	if err := g.write(&p, text, depth); err != nil {
		return lo, hi, 0, err
	}
	l, h, _, ok := numericBranch(Encoder(lo).Line(""), Encoder(hi).Line(""), text, depth, true)
	if ok {
		return l, h, 1, nil
	}
	l, h = p.bounds(Encoder(hi).Line(""), len(lo)+1)
	return l, h, 1, nil
}

// write writes the first depth segments of version, all with depth 0.
func (g gem) write(p *padded, version string, depth int) error {
	s, _, err := g.check(version)
	if err != nil {
		return err
	}
	c, words := gemCursor{rest: s}, false
	for count := 1; depth <= 0 || count <= depth; count++ {
		switch segment := c.next(); {
		case segment == "":
			return nil
		case isDigit(segment[0]):
			p.number(segment)
		default:
			if !words {
				p.dropMarks()
				words = true
			}
			p.word(gemWord, segment, true)
		}
	}
	return nil
}

// check returns the version without the blanks around it and how many stood in front.
func (gem) check(version string) (s string, offset int, err error) {
	s, offset = trimBlanks(version)
	if s == "" {
		return s, offset, nil
	}
	if n := digits(s); n == 0 || n < len(s) && s[n] != '.' && s[n] != '-' {
		return s, offset, syntaxError("gem", version, offset+n, "number wanted in front of the first dot")
	}
	hyphen, part := false, 0 // behind the first hyphen, hyphens are part of what stands between dots
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isAlnum(c), c == '-' && hyphen:
			continue
		case (c == '-' || c == '.') && i > part:
			hyphen, part = hyphen || c == '-', i+1
		default:
			return s, offset, syntaxError("gem", version, offset+i, "letter or digit wanted")
		}
	}
	if part == len(s) {
		return s, offset, syntaxError("gem", version, offset+part, "letter or digit wanted at the end")
	}
	return s, offset, nil
}

// A gemCursor walks over the segments of a version.
type gemCursor struct{ rest string }

// next returns the next segment, "" at the end.
func (c *gemCursor) next() string {
	s := c.rest
	if s != "" && s[0] == '.' {
		s = s[1:]
	}
	if s == "" {
		c.rest = s
		return s
	}
	n := digits(s)
	if n == 0 {
		n = letters(s)
	}
	if n == 0 { // a hyphen
		c.rest = s[1:]
		return "pre"
	}
	c.rest = s[n:]
	return s[:n]
}
