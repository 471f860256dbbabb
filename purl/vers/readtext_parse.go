package vers

import (
	"slices"
	"strings"
)

// A textReader reads one text. Its grammar, with what is dropped left out:
//
//	text      = [ "vers:" type "/" ] list [ except list ] [ condition ]
//	list      = term { separator term }         a separator may be missing where no doubt is
//	term      = all [ of version ] | scope limit | limit | version | version to version
//	limit     = comparator version | version comparator
//	scope     = version ":" | version series | version in front of a comparator
type textReader struct {
	set    *Schemes
	scheme Scheme
	input  string // as it came
	text   string // cleaned, of the same length

	tokens  []textToken
	pos     int
	begun   bool   // a version was read, so another name is an error
	branch  string // what the next bound may be relative to
	serial  bool   // the text has a word for serial numbers
	reading Reading

	closing       []int // where the parentheses around known phrases close
	tokenRoom     [16]textToken
	key, low, top [64]byte // scratch for keys
}

// A limit is one end of a term.
type limit struct {
	bound
	cmp   Comparator
	front bool // the comparator stood in front
	word  bool // and was a word
	wide  bool // a condition belongs to the bound, so its whole branch does
}

func (l *limit) isSet() bool { return l.text != "" }

// A term is one item of a list: a point, an interval with one or two ends, or all.
type term struct {
	low, high limit
	point     bound
	scope     bound  // the branch that it lies in
	except    bool   // !=
	joined    bool   // both ends were written as one interval
	closed    bool   // complete, the next term may follow without a separator
	allFront  bool   // "all versions" in front made it a branch
	allBehind bool   // or behind it, or "series"
	condition string // instead of versions
	separator byte   // in front of it; ' ' for none
	at        int
}

func (t *textReader) kind() textKind { return t.tokens[t.pos].kind }

func (t *textReader) fail(at int, rule string) error {
	return syntaxError("text", t.input, at, rule)
}

func (t *textReader) failHere(rule string) error { return t.fail(t.tokens[t.pos].start, rule) }

// read reads the whole text.
func (t *textReader) read() (Range, error) {
	if IsAll(t.text) {
		t.reading.Level = ReadTolerant
		if text := strings.TrimSpace(t.text); text == "*" || strings.HasPrefix(text, "vers:") {
			t.reading.Level = levelOf(text, false)
		}
		return Range{set: t.set, scheme: t.scheme, rest: Yes}, nil
	}
	start, err := t.prefix()
	if err != nil {
		return Range{}, err
	}
	if err := t.scan(start); err != nil {
		return Range{}, err
	}
	for _, token := range t.tokens {
		t.serial = t.serial || token.kind == tokSerial
	}
	if token := t.tokens[0]; token.kind == tokSeparator && token.separator == '&' && token.end-token.start > 1 {
		t.pos++ // the rest of a list that was cut into several texts
	}
	t.longName()
	terms, err := t.list()
	if err != nil {
		return Range{}, err
	}
	var outside []term
	if t.kind() == tokExcept {
		t.pos++
		if outside, err = t.list(); err != nil {
			return Range{}, err
		}
	}
	if err := t.condition(terms); err != nil {
		return Range{}, err
	}
	r, err := t.join(terms, true)
	if err == nil && len(outside) > 0 {
		r, err = t.without(r, outside)
	}
	t.reading.Level = t.level(terms)
	return r, err
}

// level tells how strict the form of the text was.
func (t *textReader) level(terms []term) ReadLevel {
	for _, token := range t.tokens {
		switch k := token.kind; {
		case k == tokText, k == tokSign, k == tokEnd:
		case k == tokSeparator && token.separator == '|':
		default:
			return ReadTolerant
		}
	}
	plus := slices.ContainsFunc(terms, func(m term) bool { return m.low.plus })
	if t.reading.Dropped != "" || plus {
		return ReadTolerant
	}
	text := strings.TrimSpace(t.text)
	return levelOf(text, len(terms) == 1 && terms[0].point.text == text)
}

// prefix skips "vers:all/" and its like. A type that names another scheme is an error:
// its versions are not those of this one.
func (t *textReader) prefix() (int, error) {
	blanks := len(t.text) - len(strings.TrimLeft(t.text, " "))
	rest, ok := strings.CutPrefix(t.text[blanks:], "vers:")
	if !ok {
		return 0, nil
	}
	kind, _, ok := strings.Cut(rest, "/")
	if !ok {
		return 0, t.fail(blanks, "vers: without a slash")
	}
	switch kind {
	case "all", "generic", "unknown", "intdot", t.scheme.Name():
	default:
		return 0, t.fail(blanks+len("vers:"), "the vers type of another scheme")
	}
	if i := strings.IndexByte(rest, '%'); i >= 0 {
		return 0, t.fail(blanks+len("vers:")+i, "percent encoding")
	}
	return blanks + len("vers:") + len(kind) + 1, nil
}

// list reads terms up to the end, an exception or a condition.
func (t *textReader) list() ([]term, error) {
	var terms []term
	separator := byte(' ')
	for {
		m, err := t.term(len(terms) > 0 && !terms[len(terms)-1].closed && separator == ' ')
		if err != nil {
			return nil, err
		}
		m.separator = separator
		if terms = append(terms, m); len(terms) > 1 {
			if err := t.neighbors(terms[len(terms)-2], m); err != nil {
				return nil, err
			}
		}
		semicolon := t.kind() == tokSeparator && t.text[t.tokens[t.pos].start] == ';'
		if separator = t.separator(); separator != ' ' && !(semicolon && t.kind() == tokEnd) {
			continue
		}
		switch k := t.kind(); {
		case k == tokEnd, k == tokExcept, k == tokWith, k == tokIf, k == tokRemark:
			return terms, nil
		case m.closed, m.open() && (k.compares() || k == tokTo):
		default:
			return nil, t.failHere("not understood behind a version")
		}
	}
}

// neighbors checks that an item does not depend on the one before: a version alone behind
// complete words, and one beside "all versions" of another, could be either.
func (t *textReader) neighbors(before, m term) error {
	another := before.point.another || before.low.another || before.high.another
	switch {
	case m.point.text != "" && m.separator == ' ' && !another:
		return t.fail(m.at, "a version without a separator")
	case m.point.text != "" && before.allFront, m.allBehind && before.point.text != "" &&
		strings.Count(m.scope.text, ".") == strings.Count(before.point.text, "."):
		return t.fail(m.at, "all versions of one or of both")
	}
	return nil
}

// compares tells whether the token stands for a comparator in front of a version.
func (k textKind) compares() bool {
	return k == tokSign || k == tokBefore || k == tokEither || k == tokUpTo
}

// open tells whether another bound may follow without a separator: >= a < b.
func (m term) open() bool { return m.low.isSet() != m.high.isSet() }

// separator reads what stands between two items, ' ' when nothing does. A comma and a
// word behind it are one.
func (t *textReader) separator() byte {
	if t.kind() != tokSeparator {
		return ' '
	}
	s := t.tokens[t.pos].separator
	t.pos++
	if t.kind() == tokSeparator && s != '&' && s != 'o' && t.tokens[t.pos].separator != s {
		if next := t.tokens[t.pos].separator; next == 'o' || next == '&' {
			t.pos++
			if next == 'o' {
				return next
			}
		}
	}
	return s
}

// term reads one item. bare tells that it follows another one without a separator.
func (t *textReader) term(bare bool) (term, error) {
	m := term{at: t.tokens[t.pos].start}
	if t.serial && t.serialAhead() {
		return t.serialTerm(m)
	}
	nouns := t.nouns()
	if nouns && t.kind() == tokColon {
		t.pos++
	}
	all := t.kind() == tokAll
	if all {
		t.pos++
		if err := t.allOf(&m); err != nil || m.scope.text != "" {
			return m, err
		}
	}
	if err := t.name(); err != nil {
		return m, err
	}
	t.nouns()
	if t.kind() == tokAll && !all {
		all = true
		t.pos++
		t.nouns()
	}
	switch k := t.kind(); {
	case k == tokTo && (bare || t.pos == 0 && t.tokens[0].end-t.tokens[0].start > len("to")): // from 5.0 to 5.3, through 5.3
		err := t.interval(&m, limit{})
		m.joined, m.high.front = false, true
		return m, err
	case k.compares():
		return m, t.front(&m)
	case k == tokBetween:
		return m, t.between(&m)
	case k == tokText, k == tokAlias:
		return m, t.versioned(&m, all)
	case all, nouns && (k == tokWith || k == tokIf):
		m.closed = true
		return m, nil
	}
	return m, t.failHere("version wanted")
}

// nouns skips words that mean nothing and tells whether there were any.
func (t *textReader) nouns() bool {
	start := t.pos
	for t.kind() == tokNoun {
		t.pos++
	}
	return t.pos > start
}
