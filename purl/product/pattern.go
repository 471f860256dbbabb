package product

import (
	"fmt"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Syntax is the grammar of a [Pattern]. The zero value is CSAF20.
type Syntax uint8

// The grammars of patterns. In each of them ? stands for one character and * for any number of
// them, none among these.
const (
	// CSAF20: a number may stop at any point, so that "6RA801" covers 6RA8013-6KV62. There is no
	// way to write a character that is a wildcard (CSAF 2.0 section 3.1.3.3.3).
	CSAF20 Syntax = iota
	// CSAF21: the pattern covers the whole number, has one asterisk at most, and a backslash
	// takes their meaning from ?, * and itself (CSAF 2.1, full product name type).
	CSAF21
	// Glob: the pattern covers the whole text, without the case of letters. A backslash takes the
	// meaning from any character, and {a,b} stands for one of its alternatives.
	Glob
)

// MaxPattern is the length in bytes of the longest pattern that is read.
const MaxPattern = 256

// A Pattern tells which model numbers, serial numbers or stock keeping units are meant. Make one
// with [ParsePattern]; the zero Pattern covers nothing. Patterns are immutable values and safe for
// concurrent use.
type Pattern struct {
	text   string
	syntax Syntax
	steps  []step // the last one is done
}

// A step is one state of the machine that a pattern is. It leads to the next one unless it says
// otherwise. None leads back, so that one pass over the states settles each character.
type step struct {
	op   op
	char rune   // of one, in lower case where case does not count
	to   uint16 // of choose: the next alternative, 0 when there is none; of leave: behind the last
}

type op uint8

const (
	one    op = iota // the character char
	single           // any one character
	many             // any number of characters
	choose           // here begins an alternative, the next one is at to
	leave            // an alternative ends
	done
)

// A PatternError tells which rule a pattern breaks and where. It is not changed after it was
// returned and is safe for concurrent use.
type PatternError struct {
	Pattern string
	Offset  int // of the byte at which the rule is broken
	Rule    string
}

// Error returns the beginning of the pattern, the offset and the rule.
func (e *PatternError) Error() string {
	text, more := e.Pattern, ""
	if len(text) > 80 {
		text, more = text[:80], "..."
	}
	return fmt.Sprintf("invalid pattern %q%s: offset %d: %s", text, more, e.Offset, e.Rule)
}

// ParsePattern reads a pattern. Blanks around it do not count. What breaks a rule of the grammar
// is a [*PatternError]: such a pattern means nothing that could be relied on.
func ParsePattern(text string, syntax Syntax) (Pattern, error) {
	r := patternReader{Pattern: Pattern{text: text, syntax: syntax}, alternative: -1}
	trimmed := strings.TrimSpace(text)
	switch {
	case syntax > Glob:
		return Pattern{}, r.fail(0, "unknown syntax")
	case trimmed == "":
		return Pattern{}, r.fail(0, "no character")
	case len(trimmed) > MaxPattern:
		return Pattern{}, r.fail(MaxPattern, "longer than 256 bytes")
	case !utf8.ValidString(trimmed):
		return Pattern{}, r.fail(0, "no UTF-8 text")
	}
	begin := strings.Index(text, trimmed)
	for i := 0; i < len(trimmed); {
		size, rule := r.read(trimmed[i:])
		if rule != "" {
			return Pattern{}, r.fail(begin+i, rule)
		}
		i += size
	}
	if r.alternative >= 0 {
		return Pattern{}, r.fail(len(text), "{ without }")
	}
	r.add(step{op: done})
	return r.Pattern, nil
}

// A patternReader builds the steps of a pattern.
type patternReader struct {
	Pattern
	asterisks   int
	alternative int // the choose of the alternative that is open, -1 outside of braces
	first       int // where the braces began
}

func (r *patternReader) fail(offset int, rule string) error {
	return &PatternError{Pattern: r.text, Offset: offset, Rule: rule}
}

func (r *patternReader) add(s step) { r.steps = append(r.steps, s) }

// read takes one token from the front of text and returns its length, or the rule it breaks.
func (r *patternReader) read(text string) (size int, broken string) {
	char, size := utf8.DecodeRuneInString(text)
	switch {
	case unicode.IsControl(char) || unicode.Is(unicode.Cf, char):
		return 0, "character that cannot be seen"
	case char == '?':
		r.add(step{op: single})
	case char == '*':
		return size, r.asterisk()
	case char == '\\' && r.syntax != CSAF20:
		next, width := utf8.DecodeRuneInString(text[size:])
		if width == 0 {
			return 0, "backslash at the end"
		}
		if r.syntax == CSAF21 && next != '?' && next != '*' && next != '\\' {
			return 0, "backslash before a character that has no other meaning"
		}
		size += width
		r.literal(next)
	case r.syntax == Glob && (char == '{' || char == '}' || char == ',' && r.alternative >= 0):
		return size, r.brace(char)
	default:
		r.literal(char)
	}
	return size, ""
}

func (r *patternReader) literal(char rune) {
	if r.syntax == Glob {
		char = unicode.ToLower(char)
	}
	r.add(step{op: one, char: char})
}

// asterisk enters *: two side by side are forbidden in CSAF 2.0, two at all in CSAF 2.1.
func (r *patternReader) asterisk() (broken string) {
	beside := len(r.steps) > 0 && r.steps[len(r.steps)-1].op == many
	r.asterisks++
	switch {
	case r.syntax == CSAF20 && beside:
		return "two asterisks side by side"
	case r.syntax == CSAF21 && r.asterisks > 1:
		return "more than one asterisk"
	case !beside:
		r.add(step{op: many})
	}
	return ""
}

// brace enters what stands around and between alternatives. They do not nest.
func (r *patternReader) brace(char rune) (broken string) {
	switch {
	case char == '{' && r.alternative >= 0:
		return "{ inside of braces"
	case char == '}' && r.alternative < 0:
		return "} without {"
	case char == '{':
		r.first = len(r.steps)
	default:
		r.add(step{op: leave})
	}
	end := len(r.steps)
	if char == '}' {
		for i := r.first; i < end; i++ {
			if r.steps[i].op == leave {
				r.steps[i].to = uint16(end)
			}
		}
		r.alternative = -1
		return ""
	}
	if char == ',' {
		r.steps[r.alternative].to = uint16(end)
	}
	r.alternative = end
	r.add(step{op: choose})
	return ""
}

// IsValid tells whether the pattern was read from a text.
func (p Pattern) IsValid() bool { return len(p.steps) > 0 }

// String returns the text that the pattern was read from.
func (p Pattern) String() string { return p.text }

// Syntax returns the grammar of the pattern.
func (p Pattern) Syntax() Syntax { return p.syntax }

// Literals returns how many characters are named in each text that the pattern covers: of two
// patterns that cover one text, the one with more of them says it more narrowly.
func (p Pattern) Literals() int {
	total, here, least := 0, 0, MaxPattern
	for i, s := range p.steps {
		switch {
		case s.op == one:
			here++
		case s.op == choose && least == MaxPattern: // the first alternative
			total, here = total+here, 0
		case s.op == leave:
			least, here = min(least, here), 0
			if int(s.to) == i+1 { // the last one
				total, least = total+least, MaxPattern
			}
		}
	}
	return total + here
}

// Glob returns the pattern in the syntax [Glob], so that patterns of different documents can be
// kept as texts of one kind. It covers what the pattern covers, without the case of letters. That
// of an invalid pattern is "".
func (p Pattern) Glob() string {
	if p.syntax == Glob || !p.IsValid() {
		return p.text
	}
	var b strings.Builder
	for _, s := range p.steps {
		switch s.op {
		case one:
			if strings.ContainsRune(`\*?{}`, s.char) {
				b.WriteByte('\\')
			}
			b.WriteRune(s.char)
		case single:
			b.WriteByte('?')
		case many:
			b.WriteByte('*')
		}
	}
	if text := b.String(); p.syntax == CSAF21 || strings.HasSuffix(text, "*") && !strings.HasSuffix(text, `\*`) {
		return text
	}
	return b.String() + "*"
}

// Literal returns the characters that each covered text begins with, cut to n bytes: what an
// index of patterns can look up.
func (p Pattern) Literal(n int) string {
	var b strings.Builder
	for _, s := range p.steps {
		if s.op != one || b.Len()+utf8.RuneLen(s.char) > n {
			break
		}
		b.WriteRune(s.char)
	}
	return b.String()
}

// What Match reads in place of a character.
const (
	noCharacter = -1 // a byte that is none: it equals no character of a pattern
	theEnd      = -2
)

// Match tells whether the pattern covers a number. Blanks around it do not count; an empty text is
// no number and never covered. It takes time in proportion to the length of the value and
// allocates nothing.
func (p Pattern) Match(value string) bool {
	value = strings.TrimSpace(value)
	if len(p.steps) == 0 || value == "" {
		return false
	}
	var room [2][2*MaxPattern/64 + 1]uint64 // each byte of a pattern makes two steps at most
	now, next := states(room[0][:len(p.steps)/64+1]), states(room[1][:len(p.steps)/64+1])
	now.add(0)
	for {
		char, size := rune(theEnd), 0
		if value != "" {
			char, size = utf8.DecodeRuneInString(value)
		}
		switch {
		case char == utf8.RuneError && size == 1:
			char = noCharacter
		case p.syntax == Glob:
			char = unicode.ToLower(char)
		}
		covered, alive := p.advance(now, next, char)
		if covered && (size == 0 || p.syntax == CSAF20) {
			return true
		}
		if size == 0 || !alive {
			return false
		}
		now, next, value = next, now, value[size:] // advance has emptied now
	}
}

// A states is a set of steps.
type states []uint64

func (s states) add(i int) { s[i/64] |= 1 << (i % 64) }

// advance moves the states that a character leads to from now to next. It tells whether all that
// the pattern asks for was there before the character, and whether anything was moved.
func (p Pattern) advance(now, next states, char rune) (covered, alive bool) {
	for w := range now {
		for now[w] != 0 { // steps that are added meanwhile lie further on
			i := w*64 + bits.TrailingZeros64(now[w])
			now[w] &= now[w] - 1
			switch s := &p.steps[i]; s.op {
			case one:
				if s.char == char {
					next.add(i + 1)
					alive = true
				}
			case single:
				next.add(i + 1)
				alive = true
			case many:
				next.add(i)
				now.add(i + 1)
				alive = true
			case choose:
				now.add(i + 1)
				if s.to > 0 {
					now.add(int(s.to))
				}
			case leave:
				now.add(int(s.to))
			case done:
				covered = true
			}
		}
	}
	return covered, alive
}
