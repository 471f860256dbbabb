package vers

import "strings"

// readNPM reads the ranges of npm as node-semver 7.8 does with its default options (README
// "Ranges", classes/range.js):
//
//	range      = clause { "||" clause }
//	clause     = hyphen | { comparator }          blanks between mean and; empty means any
//	hyphen     = partial " - " partial
//	comparator = [ "<" | "<=" | ">" | ">=" | "=" | "^" | "~" | "~>" ] partial
//
// A bound that node-semver makes up (">=1.2.0 <2.0.0-0" for ^1.2) puts the pre-releases of
// its version outside; in pure order it is <2.0.0. The policy of Satisfies: a pre-release
// is taken only by a clause that names a pre-release of the same three numbers.
func readNPM(n *nativeReader) (Range, error) {
	var (
		clauses []Range
		star    bool
	)
	for at, text := range split(n.text, "||", 0) {
		c := npmClause{n: n}
		r, err := c.read(text, at)
		if err != nil {
			return Range{}, err
		}
		clauses = append(clauses, r)
		star = star || c.star()
	}
	if _, pre := n.askedPrerelease(); pre && star {
		// A clause that is only a star makes the whole range a star, whatever else
		// would have admitted the pre-release.
		return n.none(), nil
	}
	return n.union(clauses)
}

// An npmClause is one alternative of a range.
type npmClause struct {
	n      *nativeReader
	ranges []Range
	bounds []partial // as written, for the policy
	never  bool      // holds what is "<0.0.0-0" for node-semver: nothing
}

// star tells whether nothing in the clause restricts anything.
func (c *npmClause) star() bool { return len(c.ranges) == 0 && !c.never }

func (c *npmClause) read(text string, at int) (Range, error) {
	from, to, hyphen := cutHyphen(text)
	var err error
	if hyphen {
		err = c.hyphen(from, to, at, at+len(text)-len(to))
	} else {
		err = c.comparators(text, at)
	}
	if err != nil {
		return Range{}, err
	}
	if c.never {
		return c.n.none(), nil
	}
	if pre, is := c.n.askedPrerelease(); is {
		admitted := false
		for _, bound := range c.bounds {
			admitted = admitted || bound.admits(pre)
		}
		if !admitted {
			return c.n.none(), nil
		}
	}
	return c.n.intersect(c.ranges)
}

// cutHyphen cuts "a - b".
func cutHyphen(text string) (from, to string, ok bool) {
	for i := 1; i+1 < len(text); i++ {
		if text[i] == '-' && strings.IndexByte(blanks, text[i-1]) >= 0 && strings.IndexByte(blanks, text[i+1]) >= 0 {
			return strings.TrimRight(text[:i], blanks), strings.TrimLeft(text[i+1:], blanks), true
		}
	}
	return "", "", false
}

// hyphen reads from - to: a partial upper bound takes all versions that begin with it.
func (c *npmClause) hyphen(from, to string, fromAt, toAt int) error {
	low, err := c.partial(from, fromAt, false)
	if err != nil {
		return err
	}
	high, err := c.partial(to, toAt, false)
	if err != nil {
		return err
	}
	if len(low.numbers) > 0 {
		if err := c.bound(GreaterOrEqual, low, fromAt); err != nil {
			return err
		}
	}
	switch count := len(high.numbers); {
	case count == 3:
		return c.bound(LessOrEqual, high, toAt)
	case count > 0:
		return c.add(c.n.edge(Less, high.next(count), toAt))
	}
	return nil
}

// comparators reads words; an operator may stand apart from its version.
func (c *npmClause) comparators(text string, at int) error {
	for i := skipBlanks(text, 0); i < len(text); i = skipBlanks(text, i) {
		op := npmOperator(text[i:])
		start := i + len(op)
		if op != "" {
			start = skipBlanks(text, start)
		}
		end := start
		for end < len(text) && strings.IndexByte(blanks, text[end]) < 0 {
			end++
		}
		version := text[start:end]
		if start > i+len(op) && strings.HasPrefix(version, "=") && (op == "<" || op == ">") {
			op, start, version = op+"=", start+1, version[1:] // "> =1.2" is read as >=1.2
		}
		if err := c.comparator(op, version, at+start); err != nil {
			return err
		}
		i = end
	}
	return nil
}

// npmOperator returns the operator at the beginning of s.
func npmOperator(s string) string {
	for _, op := range [...]string{"<=", ">=", "~>", "<", ">", "=", "~", "^"} {
		if strings.HasPrefix(s, op) {
			return op
		}
	}
	return ""
}

// comparator adds one comparator, see the replace functions of classes/range.js.
func (c *npmClause) comparator(op, version string, at int) error {
	derived := op == "~" || op == "~>" || op == "^"
	p, err := c.partial(version, at, derived)
	if err != nil {
		return err
	}
	count := len(p.numbers)
	switch {
	case op == "^":
		return c.upTo(p, min(p.significant(), count), at)
	case derived:
		return c.upTo(p, min(2, count), at)
	case p.gap:
		return c.n.error(at, "number behind a wildcard")
	case p.full():
		comparator, _ := comparator(op)
		return c.bound(comparator, p, at)
	case op == "" || op == "=":
		return c.upTo(p, count, at)
	case count == 0:
		c.never = c.never || op == "<" || op == ">"
		return nil
	case op == ">":
		return c.add(c.n.compare(GreaterOrEqual, p.next(count), at))
	case op == ">=":
		return c.bound(GreaterOrEqual, p, at)
	case op == "<":
		return c.add(c.n.edge(Less, p.text(), at))
	default: // <=
		return c.add(c.n.edge(Less, p.next(count), at))
	}
}

// upTo adds the versions from p to before the next one of its first count numbers.
func (c *npmClause) upTo(p partial, count int, at int) error {
	if count == 0 {
		return nil
	}
	c.bounds = append(c.bounds, p)
	return c.add(c.n.between(p.text(), p.next(count), at))
}

// bound adds a comparison with p.
func (c *npmClause) bound(op Comparator, p partial, at int) error {
	switch text := p.text(); {
	case op == GreaterOrEqual && text == "0.0.0" && c.n.policy:
		return nil // node-semver reads it as a star
	case op == Less && text == "0.0.0-0":
		c.never = true
		return nil
	default:
		c.bounds = append(c.bounds, p)
		return c.add(c.n.compare(op, text, at))
	}
}

func (c *npmClause) add(r Range, err error) error {
	c.ranges = append(c.ranges, r)
	return err
}

// partial reads a version with v and = in front of it. A bound that node-semver derives
// from it does not care about them; one that it takes over may have one v.
func (c *npmClause) partial(s string, at int, derived bool) (partial, error) {
	core := strings.TrimLeft(s, "v=")
	prefix := s[:len(s)-len(core)]
	p, bad := readPartial(core)
	switch {
	case bad >= 0:
		return p, c.n.error(at+len(prefix)+bad, "version, partial version or x wanted")
	case p.full() && !derived && prefix != "" && prefix != "v":
		return p, c.n.error(at, "version wanted after at most one v")
	}
	return p, nil
}
