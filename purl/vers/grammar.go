package vers

import "strings"

// A grammar is the scheme of a vendor whose versions a ladder does not describe: a function
// takes the text apart, and the key follows from the parts. The functions are fixed at
// build time; a grammar is immutable.
type grammar struct {
	name string
	read func(name, text string) (parsed, error)
	join func(branch, bound string) (string, bool) // nil: the vendor writes no relative bounds
}

func (g *grammar) Name() string { return g.name }

func (g *grammar) AppendKey(dst []byte, version string) ([]byte, int, error) {
	p, err := g.read(g.name, version)
	if err != nil {
		return dst, 0, err
	}
	if p.imprecise {
		return dst, 0, parseError(g.name, version, len(version), "release of which there are several versions", ErrImprecise)
	}
	key, line := p.key(dst)
	return key, line, nil
}

func (g *grammar) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	p, err := g.read(g.name, text)
	if err != nil {
		return lo, hi, 0, err
	}
	low, high, line := p.branch(lo, hi, depth)
	return low, high, line, nil
}

// AppendRelease gives the version with all its builds.
func (g *grammar) AppendRelease(lo, hi []byte, text string) ([]byte, []byte, int, error) {
	p, err := g.read(g.name, text)
	if err != nil {
		return lo, hi, 0, err
	}
	low, high, line := p.release(lo, hi)
	return low, high, line, nil
}

// Join joins a bound with the branch that it is relative to, where the vendor writes such
// bounds.
func (g *grammar) Join(branch, bound string) (string, bool) {
	if g.join == nil {
		return "", false
	}
	return g.join(strings.TrimSpace(branch), strings.TrimSpace(bound))
}

// A cursor walks over a text. It is a value: a function copies it to look ahead.
type cursor struct {
	scheme, text string
	i            int
}

// at begins a walk behind blanks.
func at(scheme, text string) cursor {
	c := cursor{scheme: scheme, text: text}
	c.blanks()
	return c
}

func (c *cursor) rest() string { return c.text[c.i:] }
func (c *cursor) done() bool   { return c.i == len(c.text) }

// peek returns the next byte, 0 at the end.
func (c *cursor) peek() byte {
	if c.i < len(c.text) {
		return c.text[c.i]
	}
	return 0
}

// blanks passes over blanks.
func (c *cursor) blanks() {
	for c.peek() == ' ' {
		c.i++
	}
}

// any takes one byte of a set.
func (c *cursor) any(set string) bool {
	if c.i == len(c.text) {
		return false
	}
	for i := 0; i < len(set); i++ {
		if set[i] == c.text[c.i] {
			c.i++
			return true
		}
	}
	return false
}

// open takes an opening parenthesis, which may be escaped as in CPE names.
func (c *cursor) open() bool { c.any(`\`); return c.any("(") }

// close takes a closing parenthesis.
func (c *cursor) close() bool { c.any(`\`); return c.any(")") }

// number takes digits, "" when there are none.
func (c *cursor) number() string {
	n := digits(c.rest())
	c.i += n
	return c.text[c.i-n : c.i]
}

// letters takes letters, "" when there are none.
func (c *cursor) letters() string {
	n := letters(c.rest())
	c.i += n
	return c.text[c.i-n : c.i]
}

// word takes a text in any case; letters must not go on behind a letter.
func (c *cursor) word(w string) bool {
	n := len(w)
	s := c.rest()
	if !beginsWith(s, w) || len(s) > n && isLetter(s[n]) && isLetter(s[n-1]) {
		return false
	}
	c.i += n
	return true
}

// spaced takes a word with blanks around it, or leaves all as it was.
func (c *cursor) spaced(w string) bool {
	d := *c
	d.blanks()
	if !d.word(w) {
		return false
	}
	d.blanks()
	*c = d
	return true
}

func (c *cursor) fail(rule string) error { return syntaxError(c.scheme, c.text, c.i, rule) }

// end is an error unless only blanks are left.
func (c *cursor) end() error {
	if c.blanks(); !c.done() {
		return c.fail("end wanted")
	}
	return nil
}

// stripZeros drops leading zeros, for numbers in the name of a line.
func stripZeros(number string) string {
	for len(number) > 1 && number[0] == '0' {
		number = number[1:]
	}
	return number
}
