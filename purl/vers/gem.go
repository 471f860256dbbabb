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
	words, count := false, 0
	return g.each(version, func(segment string) {
		count++
		switch {
		case depth > 0 && count > depth:
		case isDigit(segment[0]):
			p.number(segment)
		default:
			if !words {
				p.dropMarks()
				words = true
			}
			p.word(gemWord, segment, true)
		}
	})
}

// each calls f for every segment.
func (gem) each(version string, f func(segment string)) error {
	s, offset := trimBlanks(version)
	if s == "" {
		return nil
	}
	if n := digits(s); n == 0 || n < len(s) && s[n] != '.' && s[n] != '-' {
		return syntaxError("gem", version, offset+n, "number wanted in front of the first dot")
	}
	hyphen := false // behind the first one, hyphens are part of what stands between dots
	for i, part := 0, 0; i < len(s); {
		n := digits(s[i:])
		if n == 0 {
			n = letters(s[i:])
		}
		switch {
		case n > 0:
			f(s[i : i+n])
		case s[i] == '-':
			if !hyphen && i == part {
				return syntaxError("gem", version, offset+i, "letter or digit wanted")
			}
			f("pre")
			n = 1
			if !hyphen {
				hyphen, part = true, i+1
			}
		case s[i] == '.' && i > part:
			n, part = 1, i+1
		default:
			return syntaxError("gem", version, offset+i, "letter or digit wanted")
		}
		if i += n; i == len(s) && part == i {
			return syntaxError("gem", version, offset+i, "letter or digit wanted at the end")
		}
	}
	return nil
}
