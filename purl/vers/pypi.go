package vers

// pypi is the scheme of Python packages: the version specifiers of the Python packaging
// standard (PEP 440, appendix B for the grammar), in the order of packaging 24.1.
//
//   - [epoch!] numbers [a|b|rc N] [.postN] [.devN] [+local]; an epoch that is missing is 0,
//     missing numbers are 0 (1.0 = 1.0.0), and so is a missing N.
//   - Spellings that the standard takes for one are one: alpha = a, beta = b, c = pre =
//     preview = rc, rev = r = post, -1 = .post1; the separators . - _ before and behind a
//     word; case; one leading v; blanks around.
//   - 1.0.dev1 < 1.0a1.dev1 < 1.0a1 < 1.0a1.post1 < 1.0rc1 < 1.0 < 1.0+local < 1.0.post1.
//   - A local segment of digits is a number and above one with letters; a longer list of
//     equal beginning is greater.
//
// Other text (0.1-bulbasaur, which old tools took) is an error, as in packaging since 22.
type pypi struct{}

// The marks of a Python version in their order.
const (
	pypiDev   = -8
	pypiAlpha = -7
	pypiBeta  = -6
	pypiRC    = -5
	pypiLocal = 1
	pypiPost  = 2
	pypiText  = 3 // a segment of the local version that is no number
)

func (pypi) Name() string { return "pypi" }

func (p pypi) AppendKey(dst []byte, version string) ([]byte, int, error) {
	s, offset := trimBlanks(version)
	fail := func(at int, rule string) ([]byte, int, error) {
		return dst, 0, syntaxError("pypi", version, offset+at, rule)
	}
	i := 0
	if i < len(s) && s[i]|0x20 == 'v' {
		i++
	}
	e := Encoder(dst).Line("")
	n := digits(s[i:])
	if n == 0 {
		return fail(i, "number wanted")
	}
	if i+n < len(s) && s[i+n] == '!' {
		e = e.Number(s[i : i+n])
		i += n + 1
		if n = digits(s[i:]); n == 0 {
			return fail(i, "number wanted behind the epoch")
		}
	} else {
		e = e.Number("")
	}
	keep := len(e)
	for {
		number := s[i : i+n]
		e = e.Number(number)
		if !isZero(number) {
			keep = len(e)
		}
		if i += n; i+1 >= len(s) || s[i] != '.' || !isDigit(s[i+1]) {
			break
		}
		i++
		n = digits(s[i:])
	}
	e = e[:keep]

	if token, length := pypiPreWord(s, skipSeparator(s, i)); length > 0 {
		e = e.Token(token)
		e, i = p.count(e, s, skipSeparator(s, i)+length)
	}
	if i+1 < len(s) && s[i] == '-' && isDigit(s[i+1]) {
		n := digits(s[i+1:])
		e = e.Token(pypiPost).Number(s[i+1 : i+1+n])
		i += 1 + n
	} else if length := pypiPostWord(s, skipSeparator(s, i)); length > 0 {
		e = e.Token(pypiPost)
		e, i = p.count(e, s, skipSeparator(s, i)+length)
	}
	if j := skipSeparator(s, i); hasWord(s, j, "dev") {
		e = e.Token(pypiDev)
		e, i = p.count(e, s, j+len("dev"))
	}
	if i < len(s) && s[i] == '+' {
		e = e.Token(pypiLocal)
		for {
			i++
			start, letter := i, false
			for i < len(s) && isAlnum(s[i]) {
				letter = letter || isLetter(s[i])
				i++
			}
			switch {
			case i == start:
				return fail(i, "letter or digit wanted in the local version")
			case letter:
				e = append(appendLowerASCII(e.Token(pypiText), s[start:i]), 0)
			default:
				e = e.Number(s[start:i])
			}
			if skipSeparator(s, i) == i {
				break
			}
		}
	}
	if i < len(s) {
		return fail(i, "end of the version wanted")
	}
	return e.End(), 1, nil
}

// count reads the number behind a word, with its separator.
func (pypi) count(e Encoder, s string, i int) (Encoder, int) {
	i = skipSeparator(s, i)
	n := digits(s[i:])
	return e.Number(s[i : i+n]), i + n
}

func (p pypi) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	text, _ = trimBlanks(text)
	text = trimWildcard(text)
	s := trimV(text)
	l, h := Encoder(lo).Line(""), Encoder(hi).Line("")
	if n := digits(s); n > 0 && n < len(s) && s[n] == '!' {
		l, h = l.Number(s[:n]), h.Number(s[:n])
		s = s[n+1:]
	} else {
		l, h = l.Number(""), h.Number("")
	}
	l, h, rest, ok := numericBranch(l, h, s, depth, true)
	if !ok {
		return prefixBranch(p, lo, hi, text)
	}
	if rest != "" {
		if _, _, err := p.AppendKey(nil, text); err != nil {
			return lo, hi, 0, err
		}
	}
	return l, h, 1, nil
}

// pypiPreWord returns the token and the length of the pre-release word at i.
func pypiPreWord(s string, i int) (token, length int) {
	if i >= len(s) {
		return 0, 0
	}
	switch s[i] | 0x20 {
	case 'a':
		if hasWord(s, i, "alpha") {
			return pypiAlpha, 5
		}
		return pypiAlpha, 1
	case 'b':
		if hasWord(s, i, "beta") {
			return pypiBeta, 4
		}
		return pypiBeta, 1
	case 'c':
		return pypiRC, 1
	case 'r':
		if hasWord(s, i, "rc") {
			return pypiRC, 2
		}
	case 'p':
		if hasWord(s, i, "preview") {
			return pypiRC, 7
		}
		if hasWord(s, i, "pre") {
			return pypiRC, 3
		}
	}
	return 0, 0
}

// pypiPostWord returns the length of the word for a post-release at i.
func pypiPostWord(s string, i int) int {
	switch {
	case hasWord(s, i, "post"):
		return 4
	case hasWord(s, i, "rev"):
		return 3
	case hasWord(s, i, "r"):
		return 1
	default:
		return 0
	}
}

// hasWord tells whether s has the word, given in lower case, at i in any case.
func hasWord(s string, i int, word string) bool {
	if len(s)-i < len(word) {
		return false
	}
	for j := 0; j < len(word); j++ {
		if s[i+j]|0x20 != word[j] {
			return false
		}
	}
	return true
}

// skipSeparator returns i behind one separator.
func skipSeparator(s string, i int) int {
	if i < len(s) && (s[i] == '.' || s[i] == '-' || s[i] == '_') {
		i++
	}
	return i
}
