package vers

// gentoo is the order of ebuilds: Package Manager Specification 8, section 3.3, as portage
// and pkgcore implement it.
//
//		number{.number}[letter]{_suffix[number]}[-r<number>]
//
//	  - The first number compares as a number, a later one too unless it or the other has a
//	    leading zero: then both compare as texts without zeros at the end (1.02 < 1.1 and
//	    1.010 = 1.01).
//	  - More numbers are greater, then a letter is greater than none, then the suffixes
//	    count: alpha < beta < pre < rc < none < p, each followed by its number, 0 when there
//	    is none.
//	  - A missing revision is -r0. All numbers have any size.
//	  - Deviation: the prefix cvs., which no ebuild has any more, is an error.
//
// A branch counts every element as a component, the revision too.
type gentoo struct{}

// The elements after the first number in their order.
const (
	gentooBefore = 0x10 // plus the index of a suffix in gentooSuffixes
	gentooEnd    = 0x20
	gentooAfter  = 0x21
	gentooLetter = 0x22
	gentooZero   = 0x23 // a number with a leading zero
	gentooNumber = 0x24
	gentooFirst  = tagNumber // the first number, which has no element in front of it
)

// gentooSuffixes in their order; all but the last come before the release.
var gentooSuffixes = [...]string{"alpha", "beta", "pre", "rc", "p"}

func (gentoo) Name() string { return "gentoo" }

func (g gentoo) AppendKey(dst []byte, version string) ([]byte, int, error) {
	e, _, rest := g.appendElements(Encoder(dst).Line(""), version, len(version))
	if err := g.revision(version, rest); err != nil {
		return dst, 0, err
	}
	e = append(e, gentooEnd)
	if rest != "" && !isZero(rest[2:]) {
		e = e.Number(rest[2:])
	}
	return e, 1, nil
}

func (g gentoo) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	start := len(lo)
	e, n, rest := g.appendElements(Encoder(lo).Line(""), text, len(text))
	if err := g.revision(text, rest); err != nil {
		return lo, hi, 0, err
	}
	switch {
	case depth > 0 && depth < n:
		e, _, _ = g.appendElements(e[:start].Line(""), text, depth)
	case rest == "" || depth > 0 && depth == n:
	case isZero(rest[2:]):
		e = append(e, gentooEnd)
		return e, append(append(hi, e[start:]...), 0), 1, nil
	default:
		e = append(e, gentooEnd).Number(rest[2:])
	}
	return e, Encoder(append(hi, e[start:]...)).Top(), 1, nil
}

// revision checks that what stands behind the elements is nothing or a revision.
func (gentoo) revision(version, rest string) error {
	at := len(version) - len(rest)
	switch {
	case at == 0:
		return syntaxError("gentoo", version, at, "number wanted")
	case rest != "" && (len(rest) < 3 || rest[:2] != "-r" || digits(rest[2:]) < len(rest)-2):
		return syntaxError("gentoo", version, at, "number, letter, suffix or revision wanted")
	}
	return nil
}

// appendElements writes the first elements in front of the revision, most of them at most,
// and returns their count and what is left.
func (gentoo) appendElements(e Encoder, s string, most int) (Encoder, int, string) {
	c := gentooCursor{rest: s}
	for n := range most {
		switch tag, text := c.next(); tag {
		case gentooEnd:
			return e, n, c.rest
		case gentooFirst:
			e = e.Number(text)
		case gentooZero:
			e = append(append(append(e, tag), text...), 0)
		case gentooLetter:
			e = append(append(e, tag), text...)
		default:
			e = append(e, tag).Number(text)
		}
	}
	return e, most, c.rest
}

// A gentooCursor walks over the elements of a version.
type gentooCursor struct {
	rest  string
	state gentooState
}

// A gentooState says which elements may follow.
type gentooState uint8

const (
	gentooAtStart gentooState = iota
	gentooInNumbers
	gentooBehind // letter or suffix
)

// next returns the next element with its text. It is gentooEnd, with the number of the
// revision when there is one, in front of what is no element; that is left.
func (c *gentooCursor) next() (tag byte, text string) {
	s := c.rest
	switch {
	case s == "":
		return gentooEnd, ""
	case c.state == gentooAtStart:
		if isDigit(s[0]) {
			text, c.rest = cutNumber(s)
			c.state = gentooInNumbers
			return gentooFirst, text
		}
	case s[0] == '.' && c.state == gentooInNumbers && len(s) > 1 && isDigit(s[1]):
		text, c.rest = cutNumber(s[1:])
		if text[0] != '0' {
			return gentooNumber, text
		}
		for text != "" && text[len(text)-1] == '0' {
			text = text[:len(text)-1]
		}
		return gentooZero, text
	case 'a' <= s[0] && s[0] <= 'z' && c.state == gentooInNumbers:
		c.state, c.rest = gentooBehind, s[1:]
		return gentooLetter, s[:1]
	case s[0] == '_':
		w := 1 + letters(s[1:])
		if tag = gentooSuffixTag(s[1:w]); tag != 0 {
			c.state = gentooBehind
			text, c.rest = cutNumber(s[w:])
			return tag, text
		}
	}
	if len(s) > 2 {
		text = s[2:]
	}
	return gentooEnd, text
}

// skip walks over all elements and returns what is left.
func (c *gentooCursor) skip() string {
	for {
		if tag, _ := c.next(); tag == gentooEnd {
			return c.rest
		}
	}
}

// gentooSuffixTag returns the element of a suffix, 0 when there is no such suffix.
func gentooSuffixTag(word string) byte {
	for i, suffix := range gentooSuffixes {
		if word != suffix {
			continue
		}
		if suffix == "p" {
			return gentooAfter
		}
		return gentooBefore + byte(i)
	}
	return 0
}
