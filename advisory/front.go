package advisory

import (
	"errors"
	"strings"
)

// A bound of which only the front is a version, "2.305b240719" or "4.0.6.RIS1", lies somewhere
// on the branch of the front: the versions below and above the branch are told apart, those on
// it are not.

// Rules of the outcome on such a branch.
const (
	frontRead  = "only the front of the upper bound can be read"
	frontNamed = "only the front of a version can be read"

	onlyComparator = "the upper bound is a comparator, which may be meant of this version as well"
)

// front reads the branch of the front of a text that failed to read because of err.
func (r *resolver) front(pos Pos, text string, err error) (bound, error) {
	front, ok := frontOf(text)
	if !ok || isZero(front) || !r.vendorScheme() {
		return bound{}, err
	}
	b, branchErr := r.branch(front, 0)
	if branchErr != nil {
		return bound{}, err
	}
	b.doubt = true
	r.problem(pos, "bound-imprecise", "%v; it is read as far as %s", err, front)
	return b, nil
}

// Front returns the dotted numbers in front of an installed version that the scheme cannot
// read ("23.08.24d1"), and false when there are none. The version lies somewhere on the branch
// of the front. A build of a distribution has none: what it holds is not told by its front.
func (t *Timeline) Front(version string) (string, bool) {
	front, ok := frontOf(clean(version))
	if !ok || isZero(front) || !t.vendorScheme() || packageScheme(version) != "" || strings.ContainsAny(version, "~+") {
		return "", false
	}
	return front, true
}

// comparatorOnly reads a span that has a comparator in place of its upper bound: version 5.1,
// lessThan "<" (CVE-2024-4555). It belongs to the version. Some records mean that one as well
// (CVE-2020-11843, "4.5 or before"), so that it is left open.
func (r *resolver) comparatorOnly(i int, from string, out Outcome) {
	s := &r.spans[i]
	op, _ := operator(clean(s.Before) + clean(s.Through))
	if op == "<=" && clean(s.Through) != "" && hasDigit(from) && !isZero(from) { // the field says so, too
		r.bounded(i, nil, from, true, out)
		return
	}
	b, err := r.read(from)
	if err != nil || isZero(from) || op != "<" && op != "<=" || out.Status != Affected || b.low == b.line || b.wild {
		r.unreadable(i, s.Pos, errors.New("the upper bound is a comparator and no version"))
		return
	}
	r.problem(s.Pos, "bound-imprecise", "the upper bound is a comparator; whether %s itself is meant is left open", from)
	r.doubt(i, b, out, onlyComparator)
	r.pieces = append(r.pieces, piece{line: b.line, low: b.line, high: b.low, highText: from, noLow: true, order: 2*i + 1, out: out})
}

// isDoubt tells whether a segment is where an upper bound is left open.
func (s *Segment) isDoubt() bool { return s.Rule == frontRead || s.Rule == onlyComparator }

// doubt adds the branch of a front, on which span i may say anything it says elsewhere.
func (r *resolver) doubt(i int, b bound, out Outcome, rule string) {
	out = Outcome{Status: Unknown, Reason: BadRange, Span: i, Rule: rule, If: out.If,
		Possible: SetOf(out.Status, NotAffected, Fixed)}
	r.pieces = append(r.pieces, piece{line: b.line, low: b.low, high: b.high, lowText: b.text, highText: b.text,
		highClose: true, order: 2*i + 1, out: out})
}

// frontOf returns the dotted numbers at the beginning of a version. What is behind them is
// one word of letters, digits and signs, glued to them or behind one blank; digits left open
// ("16.0.16827.2xxxxx") take their number with them.
func frontOf(text string) (front string, ok bool) {
	start := 0
	if len(text) > 1 && text[0]|0x20 == 'v' {
		start = 1
	}
	end, dots := start, 0
	for i := start; i < len(text); i++ {
		switch c := text[i]; {
		case isDigit(c):
			end = i + 1
			continue
		case c == '.' && i == end && i > start && i+1 < len(text) && isDigit(text[i+1]):
			dots++
			continue
		}
		break
	}
	tail := text[end:]
	if end == start || tail == "" || len(tail) > 32 {
		return "", false
	}
	if open := strings.TrimLeft(strings.ToLower(tail), "x"); len(open) < len(tail) && (open == "" || open[0] == '.') {
		end = strings.LastIndexByte(text[:end], '.')
		dots--
	}
	word, blank := strings.CutPrefix(tail, " ")
	if dots < 1 || blank && (word == "" || !isLetter(word[0]) || !hasDigit(word)) {
		return "", false
	}
	letters := false
	for i := 0; i < len(word); i++ {
		c := word[i]
		letters = letters || isLetter(c)
		if !isLetter(c) && !isDigit(c) && strings.IndexByte("._~+-", c) < 0 {
			return "", false
		}
	}
	return text[start:end], letters
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// mixed tells whether one of two bounds is a day and the other a version, which the schemes of
// vendors would compare as numbers: 5.1 and 2031-07-27.
func (r *resolver) mixed(a, b string) bool {
	if !r.vendorScheme() || isDay(a) == isDay(b) {
		return false
	}
	if isDay(a) {
		a, b = b, a
	}
	front, _, dotted := strings.Cut(strings.TrimPrefix(strings.ToLower(a), "v"), ".")
	return dotted && len(front) < 4 && strings.Trim(front, "0123456789") == ""
}

// isDay tells whether a text is a day of the calendar, the year first.
func isDay(text string) bool {
	if len(text) != len("2031-07-27") || text[4] != text[7] || strings.IndexByte("-/.", text[4]) < 0 {
		return false
	}
	year, month, day := text[:4], text[5:7], text[8:]
	return len(digitsOf(text)) == 8 && year >= "1980" && year < "2100" && "01" <= month && month <= "12" && "01" <= day && day <= "31"
}
