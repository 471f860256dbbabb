package vers

// conda is the scheme of Conda packages: VersionOrder of conda 24
// (https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/pkg-specs.html).
//
//   - [epoch!] version [+local]; components stand between dots and underscores, or hyphens
//     where there is no underscore. An underscore at the end belongs to the component.
//   - A component is cut into runs of digits, of stars and of other characters; one that
//     does not begin with a digit has a 0 in front. Case does not count.
//   - What is missing is 0: 1.1 = 1.1.0, 1.1.a1 = 1.1.0a1.
//   - * < dev < _ < other text by its bytes < numbers < post.
//   - The local version counts when all else is equal.
type conda struct{}

// The tags of text, of the mark for the end of a component and of the word post. Marks sort
// in reverse in front of what is below zero: 1.rc < 1.0.rc < 1.
const (
	condaText = 0x01
	condaEnd  = 0x3F // a mark
	condaPost = 0xD0
)

func (conda) Name() string { return "conda" }

func (c conda) AppendKey(dst []byte, version string) ([]byte, int, error) {
	p := padded{key: Encoder(dst).Line(""), start: len(dst) + 1, mirror: true}
	local, err := c.write(&p, version, 0)
	if err != nil {
		return dst, 0, err
	}
	p.key = p.end()
	p.start = len(p.key)
	if local != "" {
		c.components(&p, local, false, 0)
	}
	return p.end(), 1, nil
}

func (c conda) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	text, _ = trimBlanks(text)
	text = trimWildcard(text)
	p := padded{key: Encoder(lo).Line(""), start: len(lo) + 1, mirror: true}
	local, err := c.write(&p, text, depth)
	switch {
	case err != nil:
		return lo, hi, 0, err
	case local != "" && depth <= 0:
		return prefixBranch(c, lo, hi, text)
	}
	l, h := p.bounds(Encoder(hi).Line(""), len(lo)+1)
	return l, h, 1, nil
}

// write checks version and writes its epoch and its first depth components, all with depth
// 0. It returns the local version.
func (c conda) write(p *padded, version string, depth int) (local string, err error) {
	s, offset := trimBlanks(version)
	epoch, plus, hyphen, underscore := -1, -1, -1, -1
	for i := 0; i < len(s); i++ {
		switch ch := s[i]; {
		case isAlnum(ch) || ch == '.' || ch == '*':
		case ch == '_' && hyphen < 0:
			underscore = i
		case ch == '-' && underscore < 0:
			hyphen = i
		case ch == '!' && epoch < 0 && plus < 0 && i > 0 && digits(s[:i]) == i:
			epoch = i
		case ch == '+' && plus < 0 && i > epoch+1:
			plus = i
		default:
			return "", syntaxError("conda", version, offset+i, "letter, digit or separator wanted")
		}
	}
	if epoch >= 0 {
		p.number(s[:epoch])
		p.dropMarks()
	}
	body := s[epoch+1:]
	if plus >= 0 {
		body, local = s[epoch+1:plus], s[plus+1:]
		if at := emptyComponent(local, false); at >= 0 {
			return "", syntaxError("conda", version, offset+plus+1+at, "empty component")
		}
	}
	if at := emptyComponent(body, true); at >= 0 {
		return "", syntaxError("conda", version, offset+epoch+1+at, "empty component")
	}
	p.mark(condaEnd)
	c.components(p, body, true, depth)
	return local, nil
}

// condaSeparator tells whether the byte at i separates; at the end of a version it does
// not.
func condaSeparator(s string, i int, last bool) bool {
	return s[i] == '.' || (s[i] == '_' || s[i] == '-') && !(last && i == len(s)-1)
}

// emptyComponent returns the offset of a component without text, -1 when there is none.
func emptyComponent(s string, last bool) int {
	if s == "" {
		return 0
	}
	start := 0
	for i := 0; i < len(s); i++ {
		if condaSeparator(s, i, last) {
			if i == start {
				return i
			}
			start = i + 1
		}
	}
	if start == len(s) {
		return start
	}
	return -1
}

// components writes the first depth components of s.
func (c conda) components(p *padded, s string, last bool, depth int) {
	for count := 1; ; count++ {
		end := 0
		for end < len(s) && !condaSeparator(s, end, last) {
			end++
		}
		zeros := len(p.key) // where the zeros at the end of the component begin
		for part := s[:end]; part != ""; {
			n := digits(part)
			switch {
			case n > 0:
				p.number(part[:n])
			default:
				if len(part) == end {
					p.mark(tagZero)
				}
				n = condaRun(part)
				c.text(p, part[:n])
			}
			if p.start > zeros {
				zeros = p.start
			}
			part = part[n:]
		}
		if end == len(s) || count == depth {
			return
		}
		p.key = p.key[:zeros]
		p.mark(condaEnd)
		s = s[end+1:]
	}
}

// condaRun returns the length of the run of stars, or of what is neither star nor digit.
func condaRun(s string) int {
	star := s[0] == '*'
	n := 1
	for n < len(s) && (s[n] == '*') == star && !isDigit(s[n]) {
		n++
	}
	return n
}

func (conda) text(p *padded, text string) {
	switch {
	case len(text) == 4 && hasWord(text, 0, "post"):
		p.tag(condaPost, false)
	case len(text) == 3 && hasWord(text, 0, "dev"):
		p.word(condaText, "DEV", true) // sorts between stars and underscore
	default:
		from := len(p.key) + 1
		p.word(condaText, text, true)
		for i := from; i < len(p.key)-1; i++ {
			switch ch := p.key[i]; {
			case ch == '-':
				p.key[i] = '_'
			case 'A' <= ch && ch <= 'Z':
				p.key[i] |= 0x20
			}
		}
	}
}
