package vers

// apk is the order of Alpine packages: src/version.c of apk-tools 3.
//
//		number{.number}[letter]{_suffix[number]}[~hash][-r<number>]
//
//	  - The first number compares as a number, a later one too unless it has a leading zero:
//	    such numbers compare by their bytes and come before those without (1.01 < 1.1).
//	  - Where one version ends or goes on otherwise than another, the order is: suffix
//	    alpha, beta, pre, rc < the end < -r < ~hash < number of a suffix < suffix cvs, svn,
//	    git, hg, p < letter < further number. A suffix without a number comes before the
//	    one with 0, no revision before -r0. Hashes compare by their bytes.
//	  - Numbers have any size; the tool's hold 64 bits.
//
// The tool's comparison rejects nothing, so that letters, digits and ._~- in any order are
// read here. From where a text leaves the grammar, it comes before the versions that end
// or go on there, but behind pre-releases; that is the tool's rule. Two texts that leave
// it at one place are equal for the tool. Here they go on to compare, so that the older
// forms keep the order that apk-tools 2 gave them (6.6.2p1 < 6.6.2p2): digits as numbers,
// anything else by its bytes. A revision that is none (-ruff, -r-1, -r0-1) is not compared
// beyond its number, and zero is no number there.
//
// A branch counts every element as a component, the revision too.
type apk struct{}

// The elements after the first number in their order.
const (
	apkBefore       = 0x10 // plus the index of a suffix in apkSuffixes
	apkMalformed    = 0x20
	apkEnd          = 0x21
	apkRevision     = 0x22
	apkHash         = 0x23
	apkSuffixNumber = 0x24
	apkAfter        = 0x25 // plus the index of a suffix in apkSuffixes
	apkLetter       = 0x30
	apkZero         = 0x31 // a number with a leading zero
	apkNumber       = 0x32
	apkFirst        = tagNumber // the first number, which has no element in front of it
)

// apkSuffixes in their order; the first four come before the release.
var apkSuffixes = [...]string{"alpha", "beta", "pre", "rc", "cvs", "svn", "git", "hg", "p"}

// apkState says which element came last, in the order of the grammar.
type apkState uint8

const (
	apkAtStart apkState = iota
	apkInNumbers
	apkInLetter
	apkInSuffix
	apkInSuffixNumber
	apkInHash
	apkInRevision
)

func (apk) Name() string { return "apk" }

func (a apk) AppendKey(dst []byte, version string) ([]byte, int, error) {
	if err := a.check(version, 0); err != nil {
		return dst, 0, err
	}
	e, rest := a.appendElements(Encoder(dst).Line(""), version, len(version))
	if rest == "" {
		return append(e, apkEnd), 1, nil
	}
	return a.appendMalformed(e, rest), 1, nil
}

func (a apk) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	if err := a.check(text, 0); err != nil {
		return lo, hi, 0, err
	}
	if depth <= 0 {
		depth = len(text)
	}
	start := len(lo)
	e, rest := a.appendElements(Encoder(lo).Line(""), text, depth)
	if rest != "" && depth == len(text) {
		return lo, hi, 0, syntaxError("apk", text, len(text)-len(rest), "element of a version wanted")
	}
	return e, Encoder(append(hi, e[start:]...)).Top(), 1, nil
}

// check lets pass what a version is made of. Up to an offset it is known to be that.
func (apk) check(version string, from int) error {
	alnum := false
	if from > 0 {
		if alnum = isAlnum(version[0]); !alnum {
			from = 0
		}
	}
	for i := from; i < len(version); i++ {
		switch c := version[i]; {
		case isAlnum(c):
			alnum = true
		case c != '.' && c != '_' && c != '-' && c != '~':
			return syntaxError("apk", version, i, "letter, digit or one of ._~- wanted")
		}
	}
	if !alnum {
		return syntaxError("apk", version, len(version), "neither digit nor letter")
	}
	return nil
}

// appendElements writes the first elements, most of them at most, and returns what is left.
func (apk) appendElements(e Encoder, s string, most int) (Encoder, string) {
	c := apkCursor{rest: s}
	for range most {
		switch tag, text := c.next(); tag {
		case apkEnd, apkMalformed:
			return e, c.rest
		case apkFirst:
			e = e.Number(text)
		case apkNumber, apkSuffixNumber, apkRevision:
			e = append(e, tag).Number(text)
		case apkZero, apkHash:
			e = append(append(append(e, tag), text...), 0)
		default:
			e = append(append(e, tag), text...)
		}
	}
	return e, c.rest
}

// An apkCursor walks over the elements of a version.
type apkCursor struct {
	rest  string
	state apkState
}

// next returns the next element with its text: a number, a hash, a letter. It is apkEnd at
// the end, and apkMalformed with all that is left where the grammar is left.
func (c *apkCursor) next() (tag byte, text string) {
	s := c.rest
	if s == "" {
		return apkEnd, ""
	}
	switch b := s[0]; {
	case isDigit(b) && c.state == apkAtStart:
		text, c.rest = cutNumber(s)
		c.state = apkInNumbers
		return apkFirst, text
	case isDigit(b) && c.state == apkInSuffix:
		text, c.rest = cutNumber(s)
		c.state = apkInSuffixNumber
		return apkSuffixNumber, text
	case b == '.' && c.state == apkInNumbers && len(s) > 1 && isDigit(s[1]):
		text, c.rest = cutNumber(s[1:])
		if text[0] == '0' {
			return apkZero, text
		}
		return apkNumber, text
	case 'a' <= b && b <= 'z' && c.state == apkInNumbers:
		c.state, c.rest = apkInLetter, s[1:]
		return apkLetter, s[:1]
	case b == '_' && c.state >= apkInNumbers && c.state <= apkInSuffixNumber:
		d := 1
		for d < len(s) && 'a' <= s[d] && s[d] <= 'z' {
			d++
		}
		if tag := apkSuffixTag(s[1:d]); tag != 0 {
			c.state, c.rest = apkInSuffix, s[d:]
			return tag, ""
		}
	case b == '~' && c.state >= apkInNumbers && c.state < apkInHash:
		d := 1
		for d < len(s) && isHex(s[d]) {
			d++
		}
		if d > 1 {
			c.state, c.rest = apkInHash, s[d:]
			return apkHash, s[1:d]
		}
	case b == '-' && c.state >= apkInNumbers && c.state < apkInRevision && len(s) > 1 && s[1] == 'r':
		d := 2 + digits(s[2:])
		if d > 2 && d == len(s) {
			c.rest = ""
			return apkRevision, s[2:]
		}
		if d > 2 && !isZero(s[2:d]) { // malformed: the number counts, the rest does not
			c.state = apkInRevision
			return apkRevision, s[2:d]
		}
	}
	return apkMalformed, s
}

// appendMalformed writes what is left when the grammar is.
func (apk) appendMalformed(e Encoder, s string) Encoder {
	e = append(e, apkMalformed)
	if s[0] == '-' {
		return e.End()
	}
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case isDigit(c):
			d := digits(s[i:])
			e = e.Number(s[i : i+d])
			i += d
			continue
		case isLetter(c):
			e = append(e, 0x80|c) // above all numbers
		case c == '-':
			e = append(e, 0x2C) // the others between the end and all numbers
		case c == '.':
			e = append(e, 0x2D)
		case c == '_':
			e = append(e, 0x2E)
		default:
			e = append(e, 0x2F)
		}
		i++
	}
	return e.End()
}

// apkSuffixTag returns the element of a suffix, 0 when there is no such suffix.
func apkSuffixTag(word string) byte {
	for i, suffix := range apkSuffixes {
		if word != suffix {
			continue
		}
		if i < 4 {
			return apkBefore + byte(i)
		}
		return apkAfter + byte(i)
	}
	return 0
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }
