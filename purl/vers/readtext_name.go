package vers

import "strings"

// name drops a name in front of a comparator, a colon or "all versions". Where the words
// can be read as a version, they are one.
func (t *textReader) name() error {
	for {
		end := t.pos
		for k := t.tokens[end].kind; k == tokText || k == tokNoun; k = t.tokens[end].kind {
			end++
		}
		k := t.tokens[end].kind
		if end == t.pos || !k.compares() && k != tokColon && k != tokAll {
			return nil
		}
		back, reading, begun := t.pos, t.reading, t.begun
		_, err := t.version(true)
		if t.pos, t.reading, t.begun = back, reading, begun; err == nil && !t.isModel(back, end) {
			return nil
		}
		last := end
		for last > back && t.tokens[last-1].kind == tokNoun {
			last--
		}
		if last > back {
			where := anywhere
			if k == tokSign || k == tokColon {
				where = beforeSign
			}
			if dropErr := t.drop(back, last, where); dropErr != nil {
				if err != nil && t.startsNumber(last-1) {
					return err
				}
				return dropErr
			}
		}
		if t.pos = end; k != tokColon {
			return nil
		}
		t.pos++
	}
}

// longName drops a name at the beginning of the text that has "or", "and" or parentheses in
// it: InstantOS or ArubaOS (access points) 8.11.x.x. Each word has a capital letter and no
// digit, and a number follows.
func (t *textReader) longName() {
	long, end := false, 0
	for ; ; end++ {
		token := t.tokens[end]
		text := t.text[token.start:token.end]
		switch {
		case end > 0 && t.startsNumber(end):
			if long && t.tokens[end-1].kind != tokSeparator {
				t.reading.Dropped = strings.TrimSpace(t.text[t.tokens[0].start:t.tokens[end-1].end])
				t.pos = end
			}
			return
		case token.kind == tokText && mayDrop(text, anywhere, true):
		case end > 0 && token.kind == tokSeparator && t.tokens[end-1].kind == tokText &&
			(token.separator == 'o' || token.separator == '&') && token.end-token.start > 1,
			end > 0 && token.kind == tokRemark && !strings.ContainsAny(text, "0123456789<>="):
			long = true
		default:
			return
		}
	}
}

// isModel tells whether the one word in front of a comparator is a model (NMC2 <= 6.9.6) and
// no lower bound (A10 < A11): it has letters of its own, on which the next version cannot
// follow.
func (t *textReader) isModel(start, end int) bool {
	word := t.text[t.tokens[start].start:t.tokens[start].end]
	if end != start+1 || t.tokens[end].kind != tokSign || letters(word) < 2 {
		return false
	}
	next := t.tokens[end+1]
	return next.kind == tokText && !strings.EqualFold(word[:letters(word)], t.text[next.start:min(next.end, next.start+letters(word))])
}

// A place is where a name stands, which decides what it may look like.
type place uint8

const (
	anywhere   place = iota
	behindSign       // between a comparator and its version
	beforeSign       // in front of a comparator sign or a colon
)

func beforeVersion(alone bool) place {
	if alone {
		return anywhere
	}
	return behindSign
}

// drop passes over the words from first to last, which stand in front of a version.
func (t *textReader) drop(first, last int, where place) error {
	for last-1 > first && t.tokens[last-1].kind == tokNoun {
		last--
	}
	name := t.text[t.tokens[first].start:t.tokens[last-1].end]
	for i := first; i < last && !t.isSameName(name); i++ {
		token := t.tokens[i]
		if token.kind != tokText {
			continue
		}
		word := t.text[token.start:token.end]
		n := letters(word)
		model := i == last-1 && n > 1 && n+digits(word[n:]) == len(word) &&
			t.tokens[last].kind == tokText && t.text[t.tokens[last].start]|0x20 == 'v' || // CPCI85 V05
			n > 0 && n < len(word) && t.tokens[last].kind == tokNoun // JH-RVB1 Ver.1.2
		if !model && !mayDrop(word, where, i == last-1) {
			return t.fail(token.start, "unknown word in front of a version")
		}
	}
	return t.dropText(name, t.tokens[first].start, false)
}

// isSameName tells whether the name that was dropped is name or ends with it.
func (t *textReader) isSameName(name string) bool {
	before := t.reading.Dropped
	return before != "" && strings.HasSuffix(strings.ToLower(" "+before), strings.ToLower(" "+name))
}

// dropText records the name. Behind the first version only the same name may come again: in
// "<= V2.5 and Function State <= 8" the second bound is one of something else. more accepts
// another one all the same.
func (t *textReader) dropText(name string, at int, more bool) error {
	name = strings.TrimSpace(name)
	switch {
	case t.isSameName(name):
	case !t.begun, more:
		t.reading.Dropped = strings.TrimSpace(t.reading.Dropped + " " + name)
	default:
		return t.fail(at, "another name in front of a later version")
	}
	return nil
}

// mayDrop tells whether a word can be part of a name. Beside a comparator any word can that
// does not turn the meaning; else a name is told by its capital letters. Digits are for
// names in front of a sign, and in front of more of the name. last is the word directly in
// front of the version, where SP or Build belongs to the version.
func mayDrop(word string, where place, last bool) bool {
	word = strings.TrimRight(word, ".,:-")
	if word != "" && isDigit(word[0]) && strings.IndexByte(word, '/') > 0 { // 24/Sep/2024
		return false
	}
	if p, n := lookPhrase(word); n == len(word) {
		switch {
		case p.kind == tokStop, p.kind == tokLevel && last && where != beforeSign:
			return false
		case p.kind == tokGeneric:
			return true
		}
	}
	if where == beforeSign {
		return word != ""
	}
	capital := where == behindSign
	for i := 0; i < len(word); i++ {
		if isDigit(word[i]) && (last || letters(word) < 2) {
			return false
		}
		capital = capital || 'A' <= word[i] && word[i] <= 'Z'
	}
	return capital && len(word) > 1
}

// isLevel tells whether a word is one for a step between two versions: SP, Update, RC.
func isLevel(word string) bool {
	p, _ := lookPhrase(word)
	return p.kind == tokLevel
}

// serialAhead tells whether the item at hand speaks of serial numbers.
func (t *textReader) serialAhead() bool {
	for _, token := range t.tokens[t.pos:t.itemEnd()] {
		if token.kind == tokSerial {
			return true
		}
	}
	return false
}

// itemEnd returns the token behind the item at hand: the next separator that does not stand
// in "and earlier".
func (t *textReader) itemEnd() int {
	for i := t.pos; ; i++ {
		switch token := t.tokens[i]; token.kind {
		case tokEnd, tokExcept:
			return i
		case tokSeparator:
			next := t.tokens[i+1].kind
			if token.separator != '&' && token.separator != 'o' || next != tokAfter && next != tokEither {
				return i
			}
		}
	}
}

// serialTerm reads an item that speaks of serial numbers: a condition, not a version.
func (t *textReader) serialTerm(m term) (term, error) {
	end := t.itemEnd()
	m.condition = t.textOf(t.pos, end)
	t.pos = end
	return m, nil
}

// textOf returns what stood from token first up to token end.
func (t *textReader) textOf(first, end int) string {
	return strings.Trim(t.input[t.tokens[first].start:t.tokens[end-1].end], " \t\r\n._")
}

// condition reads what is left of the text behind the last item: nothing, or a condition.
// terms are those it belongs to.
func (t *textReader) condition(terms []term) error {
	last := &terms[len(terms)-1]
	first := t.tokens[t.pos]
	with := first.kind == tokWith
	switch first.kind {
	case tokEnd:
		return nil
	case tokRemark:
		inside := strings.TrimSpace(t.text[first.start+1 : first.end-1])
		p, _ := lookPhrase(inside)
		with = p.kind == tokWith
		t.addCondition(strings.TrimSpace(t.input[first.start+1 : first.end-1]))
		if t.pos++; t.kind() != tokEnd {
			return t.failHere("not understood behind parentheses")
		}
	case tokWith, tokIf:
		end := len(t.tokens) - 1
		all := last.isAll() && len(terms) == 1
		if !all && !t.isCondition(with) {
			return t.failHere("a condition that could hold more versions")
		}
		text := t.textOf(t.pos, end)
		t.pos = end
		if strings.EqualFold(text, "only") {
			return nil
		}
		t.addCondition(text)
	default:
		return t.failHere("not understood")
	}
	for i := range terms {
		if m := &terms[i]; with { // "< V8.1 SP1 with WinCC V7.3": other builds of V8.1 SP1 may be affected too
			m.low.wide, m.high.wide = true, true
			m.point = m.point.asBranch()
		}
	}
	return nil
}

func (t *textReader) addCondition(text string) {
	if t.reading.Condition != "" {
		text = t.reading.Condition + "; " + text
	}
	t.reading.Condition = text
}

// isCondition tells whether the rest of the text holds nothing that could be a range of its
// own: "on Android 11, 12", but not "on Windows, < 5.3 on Linux".
func (t *textReader) isCondition(with bool) bool {
	listed, number := false, false
	for i, token := range t.tokens[t.pos : len(t.tokens)-1] {
		switch token.kind {
		case tokSeparator:
			listed = true
			if next := t.pos + i + 1; t.tokens[next].kind == tokEnd || !number && t.startsNumber(next) {
				return false
			}
		case tokSign:
			if listed || !with {
				return false
			}
		case tokText:
			text := t.text[token.start:token.end]
			if listed && hasVersion(text) {
				return false
			}
			if !with && isLevel(text[:letters(text)]) { // 2012 for x64 SP4
				return false
			}
			number = strings.ContainsAny(text, "0123456789")
		case tokIf, tokWith, tokAll:
			if listed {
				return false
			}
		case tokOf, tokNoun, tokSerial, tokRemark, tokAlias, tokColon:
		default:
			return false
		}
	}
	return true
}
