package vers

import "strings"

// levels is the engine of the schemes "vendor" and "ladder(...)": numbers, then the words
// that a vendor puts behind them, each with a number of its own.
//
//	8.0 U2d        numbers 8 0, level U 2, letter d
//	V7.5 SP2 HF1   numbers 7 5, level SP 2, level HF 1
//	11.0.0-M5      numbers 11 0 0, pre-release M 5
//
// The rules:
//
//   - Numbers compare as numbers of any size; missing ones are zero.
//   - A missing level is the plain release, which comes before every level and after
//     every pre-release. A level with the number zero is the plain release too; one
//     without a number comes directly after it.
//   - Levels compare position by position in the order of the ladder, the weightier
//     first; a text that names them in another order is an error.
//   - A letter glued to a number comes after the number without it (12 < 12a < 13).
//   - A number behind a hyphen is a level above all words (7.2.1-69057 < 7.2.2-1); a
//     second hyphen only separates (7.2.1-69057-12).
//   - Letters in front of the first number are the line (r49p0, FW1020.60, h5.1), but for
//     v and the words version, release and firmware, which mean nothing.
//   - Parentheses glued to a number separate like a dot (9.16(4)18); behind a blank or
//     a level they hold another name of the release and are passed over, unless they
//     hold a level.
//   - What follows a plus has no known order: such a version is imprecise.
//   - Any other word is an error: its place in the order is not known.
//
// What else a ladder can say is told at newLadder.
type levels struct {
	name  string
	words []levelWord // by first letter, the longest first
	first [27]uint8   // where the words of a letter begin

	prefixes  []string // what may stand in front of the first number and means nothing
	anyPrefix bool
	commits   bool // "~118" behind a version: so many commits before it
	anyRest   bool // an unknown word and what follows it mean nothing
	codes     bool // the code of a build behind a version means nothing
	doubled   bool // letters go on after z with two letters
	month     int8 // weight of an update that is named by its month; 0: there is none
	years     int  // what is taken off a first number that is a year; 0: nothing
	place     int8 // the last number there can be, 0: any; see levelWord
	numbers   int  // how many numbers a release has, missing ones are zero; 0: its branch holds longer ones

	lineAt    int      // the number that tells the line; 0: none does
	lineFrom  []string // the least values of its lines, ascending; none: each value is one
	lineCount bool     // the count of numbers tells the line
}

// A levelWord gives the meaning of a word.
type levelWord struct {
	word   string
	weight int8   // below zero before the release, above zero after it, zero: no level
	apart  bool   // not directly behind a number: -M5 is a milestone, 15.2(7)M is not
	bare   bool   // in parentheses it says nothing: 2.10.34 (revision 2) calls itself 2.10.34
	skip   bool   // what stands directly behind it does not count either
	place  int8   // its number is the number at this place: 20.0 MR3 is 20.0.3
	line   string // the line that it puts the version on
}

func (l *levels) Name() string { return l.name }

func (l *levels) AppendKey(dst []byte, version string) ([]byte, int, error) {
	var r levelReader
	if err := r.parse(l, version); err != nil {
		return dst, 0, err
	}
	if r.plus {
		return dst, 0, parseError(l.name, version, 0, "what follows the plus has no known order", ErrImprecise)
	}
	key, line := r.p.key(dst)
	return key, line, nil
}

func (l *levels) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	var r levelReader
	stem, star := text, false
	if l.lineCount || l.numbers > 0 { // 2.414.* holds versions of one number more
		stem, star = strings.CutSuffix(text, ".*")
	}
	if err := r.parse(l, stem); err != nil {
		return lo, hi, 0, err
	}
	if star && l.lineCount {
		r.p.lines[r.p.lineCount-1] = decimal(min(99, r.p.base+1))
	}
	if r.plus && (depth <= 0 || depth >= r.p.count) {
		low, high, line := r.p.release(lo, hi)
		return low, high, line, nil
	}
	if !star && r.p.base == r.p.count && (depth <= 0 || depth >= r.p.count) {
		for r.p.count < l.numbers { // R81 is a release of its own beside R81.20
			r.p.add(0, "0")
		}
		r.p.base = r.p.count
	}
	low, high, line := r.p.branch(lo, hi, depth)
	return low, high, line, nil
}

// AppendRelease gives the release with all its builds.
func (l *levels) AppendRelease(lo, hi []byte, text string) ([]byte, []byte, int, error) {
	var r levelReader
	if err := r.parse(l, text); err != nil {
		return lo, hi, 0, err
	}
	low, high, line := r.p.release(lo, hi)
	return low, high, line, nil
}

// Join joins a bound that is only a level ("p4", "CU5") with its branch. A bound on the
// line of the branch is a version of its own (r49p0 under r41p0). Where a number tells the
// line, a bound that stops before it ("10.0.0") begins the line of the branch.
func (l *levels) Join(branch, bound string) (string, bool) {
	bound = strings.TrimSpace(bound)
	if l.lineAt > 0 {
		return l.joinLine(branch, bound)
	}
	if w, n := l.find(bound, false); n == 0 || w.weight == 0 || n == len(bound) {
		return "", false
	}
	var r, own levelReader
	if r.parse(l, branch) != nil || own.parse(l, bound) == nil && strings.EqualFold(r.p.lines[0], own.p.lines[0]) {
		return "", false
	}
	return branch + " " + bound, true
}

// joinLine is Join for schemes whose line is told by a number.
func (l *levels) joinLine(branch, bound string) (string, bool) {
	var r, own levelReader
	if r.parse(l, branch) != nil {
		return "", false
	}
	plain := *l
	plain.lineAt = 0
	p, q := &r.p, &own.p
	if own.parse(&plain, bound) != nil || q.base != q.count || p.base < l.lineAt {
		return "", false
	}
	n := q.base
	for n > 0 && isZero(q.parts[n-1].number) {
		n--
	}
	if n >= l.lineAt {
		return "", false
	}
	joined := ""
	for i := range p.parts[:l.lineAt-1] {
		if i < n && compareDigits(p.parts[i].number, q.parts[i].number) != 0 {
			return "", false
		}
		joined += p.parts[i].number + "."
	}
	if len(l.lineFrom) == 0 {
		return joined + p.parts[l.lineAt-1].number, true
	}
	if from := l.lineOf(p.parts[l.lineAt-1].number); from != "" {
		return joined + from, true
	}
	return joined + "0", true
}

// lineOf returns the line that a number tells, "" for the usual one.
func (l *levels) lineOf(number string) string {
	if len(l.lineFrom) == 0 {
		for len(number) > 1 && number[0] == '0' {
			number = number[1:]
		}
		return number
	}
	line := ""
	for _, from := range l.lineFrom {
		if compareDigits(number, from) < 0 {
			break
		}
		line = from
	}
	return line
}

// find returns the level word at the beginning of s and its length; 0 when there is none.
// A word ends before anything but a letter.
func (l *levels) find(s string, glued bool) (*levelWord, int) {
	if s == "" || !isLetter(s[0]) {
		return nil, 0
	}
	letter := s[0] | 0x20 - 'a'
	words := l.words[l.first[letter]:l.first[letter+1]]
	for i := range words {
		w := &words[i]
		n := len(w.word)
		if spelledAs(s, w.word) && !(glued && w.apart) && (len(s) == n || !isLetter(s[n])) {
			return w, n
		}
	}
	return nil, 0
}

// spelledAs is beginsWith where a blank of the word stands for an underscore, a hyphen or a
// dot, too.
func spelledAs(s, word string) bool {
	if len(s) < len(word) {
		return false
	}
	for i := 0; i < len(word); i++ {
		if a, b := s[i], word[i]; a != b && !(isLetter(a) && a^b == 0x20) && !(b == ' ' && (a == '_' || a == '-' || a == '.')) {
			return false
		}
	}
	return true
}
