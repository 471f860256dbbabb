package vers

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The kinds of what a mavenCursor finds.
const (
	mavenEnd = iota
	mavenListOpen
	mavenNumber
	mavenQualifier
)

// A mavenItem is a number, a qualifier, the opening of a list or the end.
type mavenItem struct {
	kind   int
	text   string
	before bool // a digit follows
}

// A mavenCursor walks over the items of a version, as parseVersion of ComparableVersion
// makes them. A list is always the last item of the one around it, so that the lists are
// one sequence of items with openings between.
type mavenCursor struct {
	text   string
	at     int  // where the next item begins
	open   bool // a list opens before it
	filled bool // the list that is open has an item
}

// check refuses what no version of the scheme has.
func (maven) check(version string) error {
	for i := 0; i < len(version); i++ {
		if version[i]-' ' < 0x7F-' ' {
			continue
		}
		c, size := utf8.DecodeRuneInString(version[i:])
		if c < ' ' || c == 0x7F || c == utf8.RuneError && size == 1 || unicode.IsDigit(c) {
			return syntaxError("maven", version, i, "control character, broken UTF-8 or digit of another script")
		}
		i += size - 1
	}
	return nil
}

// next returns the next item. A word opens a list, unless a dot or hyphen follows it or it
// is the first in the list that is open.
func (c *mavenCursor) next() mavenItem {
	if c.open {
		c.open, c.filled = false, false
		return mavenItem{kind: mavenListOpen}
	}
	s, start := c.text, c.at
	if start >= len(s) {
		return mavenItem{}
	}
	digit, i := isDigit(s[start]), start
	for i < len(s) && s[i] != '.' && s[i] != '-' && isDigit(s[i]) == digit {
		i++
	}
	separated := i < len(s) && (s[i] == '.' || s[i] == '-')
	t := mavenItem{mavenQualifier, s[start:i], i < len(s) && !separated}
	if digit || t.text == "" {
		t.kind = mavenNumber
	} else if c.filled && !separated {
		c.filled = false
		return mavenItem{kind: mavenListOpen}
	}
	c.at, c.filled, c.open = i, true, i < len(s) && s[i] != '.'
	if separated {
		c.at++
	}
	return t
}

// class returns the type in which Maven keeps a number: int, long or a greater one. It
// compares types before values, and does not strip zeros of what is nothing but zeros.
func (t mavenItem) class() int {
	n := len(t.text)
	if n >= mavenLongZero && !isZero(t.text) {
		n = len(strings.TrimLeft(t.text, "0"))
	}
	switch {
	case n < mavenLongZero:
		return 0
	case n < mavenBigZero:
		return 1
	default:
		return 2
	}
}

// tag returns the place of a qualifier, as keys have it.
func (t mavenItem) tag() byte {
	if t.before && len(t.text) == 1 {
		switch t.text[0] | 0x20 {
		case 'a':
			return mavenAlpha
		case 'b':
			return mavenBeta
		case 'm':
			return mavenMilestone
		}
	}
	for _, q := range mavenQualifiers {
		if len(q.word) == len(t.text) && hasWord(t.text, 0, q.word) {
			return q.tag
		}
	}
	return mavenWord
}

// mavenQualifiers are the words that Maven knows.
var mavenQualifiers = [...]struct {
	word string
	tag  byte
}{
	{"alpha", mavenAlpha}, {"beta", mavenBeta}, {"milestone", mavenMilestone}, {"rc", mavenRC},
	{"cr", mavenRC}, {"snapshot", mavenSnapshot}, {"ga", mavenRelease}, {"final", mavenRelease},
	{"release", mavenRelease}, {"sp", mavenSP},
}

// null tells whether an item equals nothing.
func (t mavenItem) null() bool {
	return t.kind == mavenNumber && isZero(t.text) || t.kind == mavenQualifier && t.tag() == mavenRelease
}

// sign compares an item with what is missing.
func (t mavenItem) sign() int {
	switch {
	case t.kind == mavenNumber && !isZero(t.text):
		return 1
	case t.kind == mavenQualifier:
		return cmp.Compare(t.tag(), mavenRelease)
	default:
		return 0
	}
}

// A mavenTrimmed walks as a mavenCursor does over a version without the items that equal
// nothing at the end of a list, and without the lists that are empty then.
type mavenTrimmed struct {
	mavenCursor
	kept int // up to here such items are followed by others in their list
	live int // up to here lists have an item
}

func (c *mavenTrimmed) next() mavenItem {
	t := c.mavenCursor.next()
	if t.null() && c.at > c.kept {
		look := c.mavenCursor
		u := look.next()
		for u.null() {
			u = look.next()
		}
		if u.kind >= mavenNumber {
			c.kept = look.at
			return t
		}
		c.mavenCursor, t = look, u
	}
	if t.kind == mavenListOpen && c.at >= c.live {
		look := c.mavenCursor
		u := look.next()
		for u.kind == mavenListOpen || u.null() {
			u = look.next()
		}
		if u.kind == mavenEnd {
			c.mavenCursor, t = look, u
		}
		c.live = look.at
	}
	return t
}

// compare is ComparableVersion.compareTo.
func (m maven) compare(v, w string) (int, error) {
	if err := m.check(v); err != nil || v == w {
		return 0, err
	}
	if err := m.check(w); err != nil {
		return 0, err
	}
	return m.order(v, w), nil
}

func (maven) order(v, w string) int {
	a, b := mavenTrimmed{mavenCursor: mavenCursor{text: v}}, mavenTrimmed{mavenCursor: mavenCursor{text: w}}
	for {
		x, y := a.next(), b.next()
		if x.kind == mavenEnd && y.kind == mavenEnd {
			return 0
		}
		if c := x.compare(y); c != 0 {
			return c
		}
	}
}

// compare compares items at one place: what is missing with anything, a qualifier below a
// list below a number.
func (t mavenItem) compare(u mavenItem) int {
	switch {
	case u.kind == mavenEnd:
		return t.sign()
	case t.kind == mavenEnd:
		return -u.sign()
	case t.kind != u.kind:
		place := [...]int{mavenQualifier: 1, mavenListOpen: 2, mavenNumber: 3}
		return cmp.Compare(place[t.kind], place[u.kind])
	case t.kind == mavenNumber:
		return cmp.Or(cmp.Compare(t.class(), u.class()), compareDigits(t.text, u.text))
	case t.kind == mavenQualifier:
		c := cmp.Compare(t.tag(), u.tag())
		if c == 0 && t.tag() == mavenWord {
			c = compareLower(t.text, u.text)
		}
		return c
	default:
		return 0
	}
}

// compareLower compares two texts in lower case by their characters.
func compareLower(a, b string) int {
	for a != "" && b != "" {
		c, n := utf8.DecodeRuneInString(a)
		d, m := utf8.DecodeRuneInString(b)
		if c != d {
			if c, d = unicode.ToLower(c), unicode.ToLower(d); c != d {
				return cmp.Compare(c, d)
			}
		}
		a, b = a[n:], b[m:]
	}
	return cmp.Compare(len(a), len(b))
}
