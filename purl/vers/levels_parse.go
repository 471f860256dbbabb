package vers

import "strings"

// A levelReader walks over a text. It is one pass: every step takes at least a byte. What
// it read lies in it by value, so that none of it has to live on the heap.
type levelReader struct {
	l    *levels
	p    parsed
	text string
	i    int

	pending bool // a level waits for its number
	place   int8 // a word waits for the number at this place
	least   int8 // weight of the last level: weights have to fall, but for pre-releases
	dashed  bool // a hyphen made a level already
	glued   bool // the last byte belonged to a number
	aside   bool // the last byte was a blank
	dash    bool // the last byte was a hyphen behind a number
	plus    bool // something follows a plus
}

// parse reads a text.
func (r *levelReader) parse(l *levels, text string) error {
	r.l, r.text, r.least = l, text, 1<<6
	r.prefix()
	for r.i < len(text) {
		var err error
		switch c := text[r.i]; {
		case isDigit(c):
			err = r.number()
		case isLetter(c):
			err = r.word()
		case c == '(' && (r.aside || r.named()):
			err = r.parenthesis()
		case c == '+' && r.p.count > 0:
			err = r.metadata()
		case c == '~' && r.l.commits && r.p.count > 0:
			err = r.commits()
		case c == '-' && r.aside && r.i+1 < len(text) && text[r.i+1] == ' ':
			err = r.fail("hyphen between blanks, which stands between two versions")
		case c == ',' && r.listed():
			r.i++ // "Application: 16.14.27266, Platform: 16.0.27253"
			r.glued, r.aside, r.dash = false, false, false
		case isSeparator(c):
			r.aside, r.dash, r.glued = c == ' ', c == '-' && r.glued, false
			r.i++
		default:
			err = r.fail("neither digit, letter nor separator")
		}
		if err != nil {
			return err
		}
	}
	return r.end()
}

func (r *levelReader) fail(rule string) error {
	return syntaxError(r.l.name, r.text, r.i, rule)
}

// moved takes n bytes, after which no separator is pending.
func (r *levelReader) moved(n int) {
	r.i += n
	r.glued, r.aside, r.dash = false, false, false
}

func (r *levelReader) add(weight int8, number string) error {
	if !r.p.add(weight, number) {
		return r.fail("more than 16 components")
	}
	return nil
}

// prefix reads what stands in front of the first number: nothing, v, a word that means
// nothing, or letters that name the line.
func (r *levelReader) prefix() {
	l, text, i := r.l, r.text, 0
	for i < len(text) && text[i] == ' ' {
		i++
	}
	if i < len(text) && isDigit(text[i]) {
		r.i = i
		return
	}
	for n := l.prefixAt(text[i:]); n > 0; n = l.prefixAt(text[i:]) {
		i += n
	}
	for _, word := range [...]string{"version", "versions", "release", "firmware", "ver", "rev", "v"} {
		n := i + len(word)
		if n < len(text) && beginsWith(text[i:], word) && !isLetter(text[n]) {
			for n < len(text) && (text[n] == ' ' || text[n] == '.') {
				n++
			}
			r.i = n
			return
		}
	}
	if n := letters(text[i:]); n > 0 && i+n < len(text) && isDigit(text[i+n]) {
		r.p.addLine(text[i : i+n])
		i += n
	}
	r.i = i
}

// prefixAt returns the length of a declared prefix with the separators behind it.
func (l *levels) prefixAt(s string) int {
	n := 0
	if l.anyPrefix {
		for n < len(s) && (isLetter(s[n]) || isSeparator(s[n]) || s[n] == '/') {
			n++
		}
		if n < len(s) && isDigit(s[n]) && letters(s) > 0 {
			return n
		}
		return 0
	}
	for _, prefix := range l.prefixes {
		n = len(prefix)
		if !beginsWith(s, prefix) || n < len(s) && isLetter(s[n]) {
			continue
		}
		for n < len(s) && (isSeparator(s[n]) || s[n] == ':') {
			n++
		}
		return n
	}
	return 0
}

// listed tells whether a word of the ladder stands behind the comma that comes next.
func (r *levelReader) listed() bool {
	w, _ := r.l.find(strings.TrimLeft(r.text[r.i+1:], " "), false)
	return w != nil
}

// number reads a number: of the base, or of the level that waits for one.
func (r *levelReader) number() error {
	n := digits(r.text[r.i:])
	number := r.text[r.i : r.i+n]
	switch {
	case r.place > 0:
		if err := r.numberAt(number); err != nil {
			return err
		}
	case r.pending:
		r.p.parts[r.p.count-1].number = number
	case r.dash && !r.dashed:
		r.dashed = true
		if err := r.add(dashWeight, number); err != nil {
			return err
		}
	case r.l.place > 0 && r.p.base == 0 && r.p.count >= int(r.l.place):
		return r.fail("more numbers than the product has")
	default:
		if r.p.count == 0 {
			number = r.l.shortYear(number)
		}
		if err := r.add(0, number); err != nil {
			return err
		}
	}
	r.pending, r.place = false, 0
	r.moved(n)
	r.glued = true
	return nil
}

// numberAt puts a number at the place that a word named: 20.0 MR3 is 20.0.3.
func (r *levelReader) numberAt(number string) error {
	at := int(r.place) - 1
	for r.p.count < at {
		if err := r.add(0, "0"); err != nil {
			return err
		}
	}
	if r.p.count == at {
		return r.add(0, number)
	}
	if there := &r.p.parts[at].number; isZero(*there) {
		*there = number
	} else if compareDigits(*there, number) != 0 {
		return r.fail("another number than the one in front")
	}
	return nil
}

// shortYear takes the years off a number that is one: 2020 where the vendor went on
// with 23, 2023 where 15 is another name of it.
func (l *levels) shortYear(number string) string {
	if l.years == 0 || len(number) != 4 || number[:2] != "19" && number[:2] != "20" {
		return number
	}
	year := int(number[0]-'0')*1000 + int(number[1]-'0')*100 + int(number[2]-'0')*10 + int(number[3]-'0')
	if year -= l.years; year < 1 || year > 999 {
		return number
	}
	return decimal(year)
}

// word reads letters: directly behind a number, or a word.
func (r *levelReader) word() error {
	l, rest := r.l, r.text[r.i:]
	n := letters(rest)
	w, length := l.find(rest, r.glued || r.i > 0 && r.text[r.i-1] == ')')
	alone := n == 1 && (n == len(rest) || !isDigit(rest[n])) && (w == nil || w.weight != 0)
	if r.glued && (alone || l.doubled && w == nil) {
		if r.p.plainLevel() {
			return r.fail("letter behind a level that is zero")
		}
		if err := r.add(letterWeight, rest[:n]); err != nil {
			return err
		}
		r.moved(n)
		return nil
	}
	switch {
	case r.p.count == 0:
		return r.fail("number wanted before the first word")
	case r.place > 0:
		return r.fail("number wanted")
	case w != nil:
		return r.known(w, length)
	}
	if l.month != 0 {
		if month, n := monthAt(rest); n > 0 {
			return r.monthLevel(month, n)
		}
	}
	if (l.anyRest || l.codes && isCode(rest)) && !r.glued {
		r.moved(len(rest))
		return nil
	}
	return r.fail("word without a place in the order")
}

// isCode tells whether a text is the code of a build as Lenovo's firmware has it: six to eight capital
// letters and digits, a letter behind a digit among them (CDI3B4B, TGBT50C), which no word for a
// level has.
func isCode(text string) bool {
	if len(text) < 6 || len(text) > 8 || isDigit(text[0]) {
		return false
	}
	behind := false
	for i := 0; i < len(text); i++ {
		if c := text[i]; !isDigit(c) && (c < 'A' || 'Z' < c) {
			return false
		}
		behind = behind || i > 0 && isDigit(text[i-1]) && !isDigit(text[i])
	}
	return behind
}

// known takes a word of the ladder.
func (r *levelReader) known(w *levelWord, length int) error {
	p := &r.p
	if w.line != "" && !p.onLine(w.line) && !p.addLine(w.line) {
		return r.fail("more than four marks of a line")
	}
	switch {
	case w.place > 0:
		if p.base > 0 {
			return r.fail("levels out of order")
		}
		r.place = w.place
	case w.weight != 0:
		if err := r.level(w.weight, ""); err != nil {
			return err
		}
		r.pending = true
	}
	r.moved(length)
	if r.i < len(r.text) && r.text[r.i] == ':' {
		r.i++
	}
	if w.skip {
		r.skip()
	}
	return nil
}

// level adds a level if it may stand here.
func (r *levelReader) level(weight int8, number string) error {
	if weight > 0 {
		if weight >= r.least {
			return r.fail("levels out of order")
		}
		r.least = weight
	}
	return r.add(weight, number)
}

// skip passes over what stands directly behind a word.
func (r *levelReader) skip() {
	text, i := r.text, r.i
	for i < len(text) && isSeparator(text[i]) && text[i] != ')' {
		i++
	}
	for i < len(text) && (isAlnum(text[i]) || text[i] == '.') {
		i++
	}
	r.i = i
}

// monthLevel adds an update that is named by its month, and perhaps the year.
func (r *levelReader) monthLevel(month, n int) error {
	rest, year := r.text[r.i+n:], "0"
	if len(rest) > 4 && (rest[0] == '-' || rest[0] == ' ') && digits(rest[1:]) == 4 {
		year = rest[1:5]
		n += 5
	}
	if err := r.level(r.l.month, year); err != nil {
		return err
	}
	if err := r.add(0, decimal(month)); err != nil {
		return err
	}
	r.pending = false
	r.moved(n)
	return nil
}

// named tells whether parentheses directly behind a level hold another name of the release:
// numbers with dots between.
func (r *levelReader) named() bool {
	if r.p.base == 0 {
		return false
	}
	inside, ok := r.inside()
	return ok && strings.IndexByte(inside, '.') > 0
}

// inside returns what the parentheses that begin here hold, unless that is parentheses.
func (r *levelReader) inside() (string, bool) {
	rest := r.text[r.i+1:]
	end := strings.IndexAny(rest, "()")
	if end < 0 || rest[end] == '(' {
		return "", false
	}
	return rest[:end], true
}

// parenthesis reads parentheses that hold a level ("(Build 9342)", "(MR4)") or another name
// of the release, which is passed over ("(14.0.6)", "(64-bit)"). A bare number could be
// either.
func (r *levelReader) parenthesis() error {
	inside, ok := r.inside()
	if !ok {
		return r.fail("parentheses that are not closed, or hold others")
	}
	if w, n := r.l.find(inside, false); n > 0 && !w.bare {
		r.moved(1)
		return nil
	}
	if digits(inside) == len(inside) {
		return r.fail("parentheses that hold a bare number")
	}
	r.moved(len(inside) + 2)
	return nil
}

// commits reads how many commits in front of the version a commit lies, which ends the text.
func (r *levelReader) commits() error {
	n := digits(r.text[r.i+1:])
	if n == 0 || r.i+1+n < len(r.text) {
		return r.fail("count of commits and the end wanted")
	}
	r.i = len(r.text)
	if !r.p.add(beforeWeight, "") {
		return r.fail("more components than a version has")
	}
	return nil
}

// metadata passes over what follows a plus.
func (r *levelReader) metadata() error {
	r.plus = true
	for ; r.i < len(r.text); r.i++ {
		if c := r.text[r.i]; c < ' ' || c > '~' {
			return r.fail("neither digit, letter nor separator")
		}
	}
	return nil
}

// end checks the whole and finds the line that numbers tell.
func (r *levelReader) end() error {
	l, p := r.l, &r.p
	switch {
	case p.count == 0:
		return syntaxError(l.name, r.text, 0, "no number")
	case r.place > 0:
		return r.fail("number wanted")
	}
	p.close()
	line := ""
	switch {
	case l.lineCount:
		line = decimal(p.base)
	case l.lineAt > 0:
		number := "0"
		if l.lineAt <= p.base {
			number = p.parts[l.lineAt-1].number
		}
		if len(l.lineFrom) == 0 && isZero(number) {
			return parseError(l.name, r.text, 0, "the number that tells the line is missing", ErrImprecise)
		}
		line = l.lineOf(number)
	}
	if line != "" && !p.addLine(line) {
		return r.fail("more than four marks of a line")
	}
	return nil
}
