package vers

import (
	"errors"
	"strings"
)

// ParseVERS reads a range in VERS notation (package-url/vers-spec, specification of
// 2026-08, schema 0.2): vers:type/constraint|constraint... It takes the canonical form
// only and repairs nothing:
//
//   - "vers" and the type are in lower case; the type names a scheme of the set.
//   - No white space, no control or non-ASCII character, no empty constraint.
//   - A star stands alone. A comparator is one of < <= > >= != or none for equal.
//   - In a version > < = ! * | and % are percent-encoded with upper-case digits, and
//     nothing else is.
//   - Constraints are sorted in the order of the type, and no version stands twice.
//   - Without the !=: "=" is followed by "=", ">" or ">=" only and does not follow ">" or
//     ">="; without the "=", too, "<" or "<=" and ">" or ">=" take turns.
//
// Constraints of != only mean everything else, which the specification leaves open; beside
// "=" alone a != adds nothing. The types all and none have the star only.
//
// What is wrong comes back as a [ParseError] with the offset and the rule; it wraps
// [ErrUnknownScheme] for a type that the set does not hold.
func (s *Schemes) ParseVERS(text string) (Range, error) {
	p := versReader{set: s, text: text}
	return p.read()
}

// Normalize reads what was meant for VERS notation and makes it canonical. Beyond what
// [Schemes.ParseVERS] takes it forgives, in the words of the specification: blanks, upper
// case in "vers:type", superfluous slashes and pipes, "=" written out, needless or
// lower-case percent-encoding, a plain ! in a version, any order, repetition, and
// constraints that another one makes redundant. What could be meant in two ways (one
// version with two comparators) is an error still.
func (s *Schemes) Normalize(text string) (Range, error) {
	p := versReader{set: s, text: text, forgive: true}
	return p.read()
}

// maxRangeLength is how many times longer than a version a range may be.
const maxRangeLength = 64

// A versReader reads one VERS text.
type versReader struct {
	set     *Schemes
	scheme  Scheme
	text    string
	forgive bool
	list    []keyed
	buffer  []byte // for one key after the other
}

// A keyed constraint has the key of its version, line part included, the same with the
// byte behind it that makes the next key, and its place in the text.
type keyed struct {
	Constraint
	key    string
	next   string
	line   int
	offset int
}

func (p *versReader) error(offset int, rule string) error {
	return syntaxError("vers", p.text, offset, rule)
}

func (p *versReader) read() (Range, error) {
	if limit := maxRangeLength * p.set.maxLength; len(p.text) > limit {
		return Range{}, parseError("vers", p.text, limit, "", ErrTooLong)
	}
	if err := p.characters(); err != nil {
		return Range{}, err
	}
	at, err := p.header()
	if err != nil {
		return Range{}, err
	}
	star, err := p.split(at)
	if err != nil {
		return Range{}, err
	}
	if star {
		r := Range{set: p.set, scheme: p.scheme, text: p.text, rest: Yes}
		if p.scheme.Name() == "none" {
			r.rest = No
		}
		return r, nil
	}
	if name := p.scheme.Name(); name == "all" || name == "none" {
		return Range{}, p.error(at, "the type "+name+" has the star only")
	}
	if p.forgive {
		err = p.simplify()
	}
	if err == nil {
		err = p.check()
	}
	if err != nil {
		return Range{}, err
	}
	return p.build()
}

// characters refuses what stands nowhere in a VERS text.
func (p *versReader) characters() error {
	for i := 0; i < len(p.text); i++ {
		switch c := p.text[i]; {
		case isBlank(c):
			if !p.forgive {
				return p.error(i, "white space")
			}
		case c < ' ' || c == 0x7F:
			return p.error(i, "control character")
		case c > 0x7F:
			return p.error(i, "non-ASCII character")
		}
	}
	return nil
}

// header reads "vers:type/" and returns the offset behind it.
func (p *versReader) header() (int, error) {
	text := p.text
	if p.forgive {
		text = strings.ToLower(text)
	}
	at := 0
	for p.forgive && at < len(text) && isBlank(text[at]) {
		at++
	}
	const mark = "vers:"
	if !strings.HasPrefix(text[at:], mark) {
		if len(text) >= len(mark) && strings.EqualFold(text[:len(mark)], mark) {
			return 0, p.error(0, `"vers" has to be in lower case`)
		}
		return 0, p.error(at, `"vers:" wanted`)
	}
	at += len(mark)
	for p.forgive && at < len(text) && (isBlank(text[at]) || text[at] == '/') {
		at++
	}
	end := at
	for end < len(text) && text[end] != '/' {
		c := text[end]
		if 'A' <= c && c <= 'Z' {
			return 0, p.error(end, "the type has to be in lower case")
		}
		if !(isAlnum(c) || end > at && (c == '.' || c == '-')) || end == at && isDigit(c) {
			return 0, p.error(end, "type of letters, digits, dots and hyphens wanted, a letter first")
		}
		end++
	}
	switch {
	case end == at:
		return 0, p.error(at, "type wanted")
	case end == len(text):
		return 0, p.error(end, "slash wanted after the type")
	}
	var ok bool
	if p.scheme, ok = p.set.Lookup(text[at:end]); !ok {
		return 0, parseError("vers", p.text, at, "type without a scheme", ErrUnknownScheme)
	}
	return end + 1, nil
}

// split reads the constraints behind the header; star tells that the one star was there.
func (p *versReader) split(at int) (star bool, err error) {
	if p.text[at:] == "*" {
		return true, nil
	}
	if p.text[at:] == "" {
		return false, p.error(at, "constraint wanted")
	}
	p.list = make([]keyed, 0, strings.Count(p.text[at:], "|")+1)
	p.buffer = make([]byte, 0, 64)
	for at <= len(p.text) {
		end := len(p.text)
		if i := strings.IndexByte(p.text[at:], '|'); i >= 0 {
			end = at + i
		}
		part := p.text[at:end]
		if p.forgive {
			part = strings.Map(func(r rune) rune {
				if isBlank(byte(r)) {
					return -1
				}
				return r
			}, part)
		}
		switch {
		case part == "" && p.forgive:
		case part == "*" && p.forgive && len(p.list) == 0 && strings.Trim(p.text[end:], "| \t") == "":
			return true, nil
		case part == "":
			return false, p.error(at, "pipe without a constraint beside it")
		default:
			c, err := p.constraint(part, at)
			if err != nil {
				return false, err
			}
			p.list = append(p.list, c)
		}
		at = end + 1
	}
	if len(p.list) == 0 {
		return false, p.error(len(p.text), "constraint wanted")
	}
	return false, nil
}

// constraint reads one constraint that stands at an offset.
func (p *versReader) constraint(part string, offset int) (keyed, error) {
	c, n := comparator(part)
	if !p.forgive && n == 1 && c == Equal {
		return keyed{}, p.error(offset, "= is not written")
	}
	version, bad, rule := unquoteVERS(part[n:], p.forgive)
	if rule != "" {
		return keyed{}, p.error(min(offset+n+bad, len(p.text)), rule)
	}
	key, line, err := p.set.AppendKey(p.buffer[:0], p.scheme, version)
	if err != nil {
		return keyed{}, within(err, "vers", p.text, offset+n)
	}
	p.buffer = append(key, 0)
	next := string(p.buffer)
	return keyed{Constraint{c, version}, next[:len(key)], next, line, offset}, nil
}

// comparator reads the comparator at the beginning of s and returns its length.
func comparator(s string) (Comparator, int) {
	for _, c := range [...]Comparator{NotEqual, LessOrEqual, GreaterOrEqual, Less, Greater} {
		if text := c.String(); strings.HasPrefix(s, text) {
			return c, len(text)
		}
	}
	if strings.HasPrefix(s, "=") {
		return Equal, 1
	}
	return Equal, 0
}

// within gives an error about a version the place of the version in a longer text.
func within(err error, reader, text string, offset int) error {
	var parse *ParseError
	if !errors.As(err, &parse) { // from a scheme that somebody else wrote
		return parseError(reader, text, offset, err.Error(), err)
	}
	rule := parse.Rule
	if rule == "" {
		rule = parse.Err.Error()
	}
	return parseError(reader, text, min(offset+parse.Offset, len(text)), parse.Scheme+": "+rule, parse.Err)
}

// check finds what breaks the rules for the sequence of constraints.
func (p *versReader) check() error {
	var turn, before *keyed // the last inequality, the last constraint that is no !=
	for i := range p.list {
		c := &p.list[i]
		if i > 0 {
			last := &p.list[i-1]
			if c.key[:c.line] != last.key[:last.line] {
				return p.error(c.offset, "versions that do not compare with each other")
			}
			switch order := p.order(last, c); {
			case order == 0:
				return p.error(c.offset, "version that stands twice")
			case order > 0:
				return p.error(c.offset, "constraints that are not sorted")
			}
		}
		switch c.Comparator {
		case NotEqual:
			continue
		case Equal:
			if before != nil && before.up() {
				return p.error(c.offset, "= after "+before.Comparator.String()+" is redundant")
			}
		default:
			if before != nil && before.Comparator == Equal && !c.up() {
				return p.error(c.offset, c.Comparator.String()+" after = is redundant")
			}
			if turn != nil && turn.up() == c.up() {
				return p.error(c.offset, c.Comparator.String()+" after "+turn.Comparator.String()+" is redundant")
			}
			turn = c
		}
		before = c
	}
	return nil
}

// order compares as the tool does, which for some has an order that no key can hold.
func (p *versReader) order(a, b *keyed) int {
	if tool, ok := p.scheme.(toolOrder); ok {
		return tool.order(p.set.policy.read(p.scheme, a.Version), p.set.policy.read(p.scheme, b.Version))
	}
	return strings.Compare(a.key, b.key)
}

// up tells whether the constraint is one of > and >=.
func (c *keyed) up() bool { return c.Comparator == Greater || c.Comparator == GreaterOrEqual }
