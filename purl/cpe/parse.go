package cpe

import (
	"bytes"
	"strings"
)

// MaxLength is how many bytes the text of a name may have: twice what the CVE record schema allows.
const MaxLength = 4096

// Parse reads a name in either binding, formatted string or URI, by the letter of NISTIR 7695.
// The error is a [*ParseError].
func Parse(s string) (Name, error) {
	p := parser{in: s}
	return p.parse(rulePrefix)
}

// ParseFormattedString is [Parse] for the formatted string binding alone ("cpe:2.3:a:...").
func ParseFormattedString(s string) (Name, error) {
	p := parser{in: s}
	return p.parse(ruleFormatted)
}

// ParseURI is [Parse] for the URI binding alone ("cpe:/a:..."), in which CPE 2.2 names are
// written. Letters come out in lower case, as NISTIR 7695 section 6.1.3 wants it.
func ParseURI(s string) (Name, error) {
	p := parser{in: s}
	return p.parse(ruleURI)
}

// ParseLenient reads a name in either binding and puts right what published names get wrong and
// what can only mean one thing: in a formatted string, punctuation without a backslash is quoted
// and a needless backslash is dropped; in both, a language that is no language tag is kept. Each
// of these is a warning. Everything else that [Parse] rejects is rejected here too.
func ParseLenient(s string) (Name, []Warning, error) {
	p := parser{in: s, lenient: true}
	n, err := p.parse(rulePrefix)
	if err != nil {
		return Name{}, nil, err
	}
	return n, p.warnings, nil
}

// MustParse is [Parse] for names written in a program. It panics when s is no name.
func MustParse(s string) Name {
	n, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return n
}

// A parser turns the text of one name into its canonical formatted string. Both bindings are cut
// into one span of input for each attribute; the spans are then read in the canonical order.
type parser struct {
	in       string
	uri      bool // which binding in has
	lenient  bool
	warnings []Warning
	spans    [attributes]span
	name     Name
}

// A span is the part of the input that holds one attribute.
type span struct{ begin, end int }

// parse reads the input. The rule is that of the prefix: it says which bindings are wanted.
func (p *parser) parse(rule string) (Name, error) {
	if len(p.in) > MaxLength {
		return Name{}, &ParseError{Input: p.in, Offset: MaxLength, Rule: ruleLength, Err: ErrTooLong}
	}
	var err error
	switch {
	case rule != ruleURI && hasPrefixFold(p.in, prefixFormatted):
		err = p.cutFormatted()
	case rule != ruleFormatted && hasPrefixFold(p.in, prefixURI):
		p.uri = true
		err = p.cutURI()
	default:
		err = &ParseError{Input: p.in, Rule: rule, Err: ErrPrefix}
	}
	if err != nil {
		return Name{}, err
	}
	// The canonical text is built on the stack, which is why it is handed on and not a field. Most
	// names are canonical already and keep their own string.
	var stack [256]byte
	text := append(stack[:0], prefixFormatted...)
	for a := Part; a <= Other; a++ {
		if a > Part {
			text = append(text, ':')
		}
		if text, err = p.appendAttribute(text, a); err != nil {
			return Name{}, err
		}
		p.name.ends[a] = uint16(len(text))
	}
	if len(text) > MaxLength { // quoting made it longer: it could not be read back
		return Name{}, &ParseError{Input: p.in, Offset: len(p.in), Rule: ruleLength, Err: ErrTooLong}
	}
	p.name.text = p.in
	if string(text) != p.in {
		p.name.text = string(text)
	}
	return p.name, nil
}

// cutFormatted finds the eleven components, which end at a colon that is not quoted.
func (p *parser) cutFormatted() error {
	in, a, begin := p.in, Part, len(prefixFormatted)
	for i := begin; i < len(in); i++ {
		switch in[i] {
		case '\\':
			i++ // the next character is quoted
		case ':':
			if a == Other {
				return p.fault(i, ruleTooMany)
			}
			p.spans[a] = span{begin, i}
			a, begin = a+1, i+1
		}
	}
	if a != Other {
		return p.fault(len(p.in), ruleTooFew)
	}
	p.spans[a] = span{begin, len(p.in)}
	return nil
}

// appendAttribute reads the span of a and appends its canonical text.
func (p *parser) appendAttribute(dst []byte, a Attribute) ([]byte, error) {
	s, begin := p.spans[a], len(dst)
	switch text := p.in[s.begin:s.end]; {
	case text == "" && p.uri, text == "*" && !p.uri:
		p.name.any |= bitOf(a)
		return append(dst, '*'), nil
	case text == "-":
		p.name.na |= bitOf(a)
		return append(dst, '-'), nil
	case text == "":
		return dst, p.fault(s.begin, ruleEmpty)
	}
	dst, pattern, err := p.appendString(dst, s)
	if err != nil {
		return dst, err
	}
	if pattern {
		p.name.wild |= bitOf(a)
	}
	value := dst[begin:]
	if string(value) == "*" || string(value) == "-" {
		return dst, p.fault(s.begin, ruleLogical)
	}
	switch a {
	case Part:
		lower(value)
		if v := string(value); v != "a" && v != "o" && v != "h" {
			return dst, p.fault(s.begin, rulePart)
		}
	case Language:
		if !isLanguage(value) {
			return dst, p.tolerate(s.begin, ruleLanguage)
		}
	}
	return dst, nil
}

// appendString appends the canonical text of a string and reports whether it holds wildcards.
func (p *parser) appendString(dst []byte, s span) (text []byte, pattern bool, err error) {
	at, last := atStart, 0 // last is the offset of the latest wildcard
	for i := s.begin; i < s.end; {
		if run := plainRun(p.in[i:s.end]); run != "" {
			if at = steps[at][literal]; at == nowhere {
				return dst, false, p.fault(last, ruleEmbedded)
			}
			begin := len(dst)
			dst = append(dst, run...)
			if p.uri {
				lower(dst[begin:])
			}
			i += len(run)
			continue
		}
		c, t, width, err := p.next(i, s.end)
		if err != nil {
			return dst, false, err
		}
		switch at = steps[at][t]; {
		case at == nowhere && t == literal:
			return dst, false, p.fault(last, ruleEmbedded)
		case at == nowhere:
			return dst, false, p.fault(i, ruleCombined)
		case t != literal:
			pattern, last = true, i
		case classes[c] != plain:
			dst = append(dst, '\\')
		}
		dst = append(dst, c)
		i += width
	}
	return dst, pattern, nil
}

// plainRun returns the plain characters at the beginning of text.
func plainRun(text string) string {
	for i := range len(text) {
		if classes[text[i]] != plain {
			return text[:i]
		}
	}
	return text
}

// next reads the character at i, which is not a plain one: what it is, whether it stands for
// itself, and how many bytes of the input it takes.
func (p *parser) next(i, end int) (c byte, t token, width int, err error) {
	if p.uri {
		return p.nextURI(i, end)
	}
	switch c = p.in[i]; classes[c] {
	case wildcard:
		return c, tokenOf(c), 1, nil
	case mark:
		return c, literal, 1, p.tolerate(i, ruleUnquoted)
	case quote:
		if i+1 == end {
			return 0, 0, 0, p.fault(i, ruleOpenQuote)
		}
		switch c = p.in[i+1]; {
		case classes[c] == foreign:
			return 0, 0, 0, p.fault(i+1, ruleForeign)
		case classes[c] == plain && !isSeparator(c):
			return c, literal, 2, p.tolerate(i, ruleQuoted)
		}
		return c, literal, 2, nil
	default:
		return 0, 0, 0, p.fault(i, ruleForeign)
	}
}

// fault returns the error for a rule that is broken at the offset.
func (p *parser) fault(offset int, rule string) error {
	return &ParseError{Input: p.in, Offset: offset, Rule: rule, Err: ErrSyntax}
}

// tolerate returns the error for a rule that is broken at the offset, or notes it where the
// reading is lenient.
func (p *parser) tolerate(offset int, rule string) error {
	if !p.lenient {
		return p.fault(offset, rule)
	}
	p.warnings = append(p.warnings, Warning{Offset: offset, Rule: rule})
	return nil
}

// isLanguage reports whether tag is two or three letters, with an optional region of two letters or
// three digits behind a hyphen: the LANGTAG of the grammar in NISTIR 7695 section 6.2.1.
func isLanguage(tag []byte) bool {
	language, region, regional := bytes.Cut(tag, []byte("-"))
	if len(language) < 2 || len(language) > 3 || !isAlphabetic(language) {
		return false
	}
	return !regional || len(region) == 2 && isAlphabetic(region) || len(region) == 3 && isNumeric(region)
}

// isAlphabetic reports whether text has letters only.
func isAlphabetic(text []byte) bool {
	for _, c := range text {
		if c |= 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// isNumeric reports whether text has digits only.
func isNumeric(text []byte) bool {
	for _, c := range text {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// hasPrefixFold reports whether s begins with prefix in any letter case.
func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
