package vers

import "strings"

// levels is the engine of the schemes "vendor" and "ladder(...)": numbers, then the words
// that a vendor puts behind them, each with a number of its own.
//
//		8.0 U2d        numbers 8 0, level U 2, letter d
//		V7.5 SP2 HF1   numbers 7 5, level SP 2, level HF 1
//		11.0.0-M5      numbers 11 0 0, pre-release M 5
//
//	  - Numbers compare as numbers of any size; missing ones are zero.
//	  - A missing level is the plain release, which comes before every level and after
//	    every pre-release. A level with the number zero is the plain release too; one
//	    without a number comes directly after it.
//	  - Levels compare position by position in the order of the ladder, the weightier
//	    first; a text that names them in another order is an error.
//	  - A letter glued to a number comes after the number without it (12 < 12a < 13).
//	  - Letters in front of the first number are the line (r49p0, FW1020.60, h5.1), but for
//	    v and the words version, release and firmware, which mean nothing.
//	  - Parentheses glued to a number separate like a dot (9.16(4)18); behind a blank they
//	    hold another name of the release and are passed over, unless they hold a level.
//	  - What follows a plus does not count.
//	  - Any other word is an error: its place in the order is not known.
type levels struct {
	name  string
	words []levelWord // the longest first, where one begins with another
}

// A levelWord gives the weight of a word: below zero before the release, above zero after
// it, zero for words that mean nothing ("GA").
type levelWord struct {
	word   string
	weight int8
	apart  bool // not directly behind a number: -M5 is a milestone, 15.2(7)M is not
}

const (
	letterWeight = 31 // a letter directly behind a number
	dashWeight   = 30 // a number behind a hyphen
	buildWeight  = 1  // the build of a release, see AppendRelease
)

// A component is one number, level or letter of a version.
type component struct {
	weight int8   // 0: a number; else a level
	letter byte   // the letter in lower case, for letterWeight
	number string // "" for a level without one
}

// A parsed version: components in the order of the text, the first base of them numbers.
type parsed struct {
	line  string
	parts [20]component
	count int
	base  int
	plus  bool // something follows a plus
}

func (l *levels) Name() string { return l.name }

func (l *levels) AppendKey(dst []byte, version string) ([]byte, int, error) {
	var p parsed
	if err := l.parse(version, &p); err != nil {
		return dst, 0, err
	}
	if p.plus {
		return dst, 0, parseError(l.name, version, 0, "what follows the plus has no known order", ErrImprecise)
	}
	e, line := p.appendLine(Encoder(dst))
	return p.append(e, p.count).End(), line, nil
}

func (l *levels) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	var p parsed
	if err := l.parse(text, &p); err != nil {
		return lo, hi, 0, err
	}
	n := p.count
	if depth > 0 {
		n = min(n, depth)
	}
	if p.plus && n == p.count {
		return l.AppendRelease(lo, hi, text)
	}
	low, line := p.appendLine(Encoder(lo))
	high, _ := p.appendLine(Encoder(hi))
	if n <= p.base {
		var b branch
		for _, part := range p.parts[:n] {
			b.add(part.number)
		}
		low, high = b.bounds(low, high)
		return low, high, line, nil
	}
	last := p.parts[n-1]
	low, high = p.append(low, n), p.append(high, n-1)
	switch {
	case last.weight == letterWeight:
		high = append(high.Token(letterWeight), last.letter+1)
	case last.number == "":
		high = high.Token(int(last.weight)).Top()
	case last.weight != 0:
		high = high.Token(int(last.weight)).nextNumber(last.number)
	default:
		high = high.nextNumber(last.number)
	}
	return low, high, line, nil
}

// AppendRelease gives the release with all its builds: an inclusive bound "7.2.6" is meant
// for "v7.2.6 build1575" too.
func (l *levels) AppendRelease(lo, hi []byte, text string) ([]byte, []byte, int, error) {
	var p parsed
	if err := l.parse(text, &p); err != nil {
		return lo, hi, 0, err
	}
	low, line := p.appendLine(Encoder(lo))
	high, _ := p.appendLine(Encoder(hi))
	low, high = p.append(low, p.count), p.append(high, p.count)
	if p.count > 0 && p.parts[p.count-1].weight == buildWeight {
		return low.End(), append(high.End(), 0), line, nil
	}
	return low.End(), high.Token(buildWeight + 1), line, nil
}

// Join joins a bound that is only a level ("p4", "CU5") with its branch. A bound on the
// line of the branch is a version of its own (r49p0 under r41p0).
func (l *levels) Join(branch, bound string) (string, bool) {
	bound = strings.TrimSpace(bound)
	if weight, n := l.word(bound, false); n == 0 || weight == 0 || n == len(bound) {
		return "", false
	}
	var p, q parsed
	if l.parse(branch, &p) != nil || l.parse(bound, &q) == nil && strings.EqualFold(p.line, q.line) {
		return "", false
	}
	return branch + " " + bound, true
}

func (p *parsed) appendLine(e Encoder) (Encoder, int) {
	start := len(e)
	e = e.Line(p.line)
	for i := start; i < len(e)-1; i++ {
		if 'A' <= e[i] && e[i] <= 'Z' {
			e[i] |= 0x20
		}
	}
	return e, len(e) - start
}

// append writes the first n components without the end mark.
func (p *parsed) append(e Encoder, n int) Encoder {
	base := min(n, p.base)
	for base > 0 && isZero(p.parts[base-1].number) {
		base--
	}
	for _, part := range p.parts[:base] {
		e = e.Number(part.number)
	}
	for i := p.base; i < n; i++ {
		part := p.parts[i]
		switch {
		case part.weight == letterWeight:
			e = append(e.Token(letterWeight), part.letter)
		case part.weight == 0:
			e = e.Number(part.number)
		case part.weight > 0 && part.number != "" && isZero(part.number) &&
			(i+1 == p.count || p.parts[i+1].weight != 0):
			// SP0 is the plain release.
		default:
			e = e.Token(int(part.weight))
			if part.number != "" {
				e = e.Number(part.number)
			}
		}
	}
	return e
}

// word returns the weight and the length of the level word at the beginning of s; length
// 0 when there is none. A word ends before anything but a letter.
func (l *levels) word(s string, glued bool) (int8, int) {
	for i := range l.words {
		w := &l.words[i]
		n := len(w.word)
		if len(s) >= n && !(glued && w.apart) && (len(s) == n || !isLetter(s[n])) && strings.EqualFold(s[:n], w.word) {
			return w.weight, n
		}
	}
	return 0, 0
}
