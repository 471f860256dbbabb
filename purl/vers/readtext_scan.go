package vers

import "strings"

// What bounds the work on one text, however long the caller lets it be.
const (
	maxTokens = 2048
	maxDepth  = 4 // of parentheses around known phrases
)

// scan cuts the text from offset on into tokens. What is shown to a scheme later is t.text;
// line is a copy of it in which underscores between words are blanks.
func (t *textReader) scan(offset int) error {
	line := spaced(t.text)
	last := len(strings.TrimRight(line, ". "))
	t.tokens = t.tokenRoom[:0]
	for i := offset; i < len(line); {
		if len(t.tokens) == maxTokens {
			return t.fail(i, "too many words")
		}
		c := line[i]
		switch {
		case c == ' ', t.closesAt(i):
			i++
		case c == '.' && (i+1 == len(line) || line[i+1] == ' '):
			if i+1 < last {
				t.push(textToken{kind: tokSeparator, separator: ',', start: i, end: i + 1})
			}
			i++
		case c == ',' || c == ';':
			t.push(textToken{kind: tokSeparator, separator: ',', start: i, end: i + 1})
			i++
		case c == '|' || c == '&':
			t.push(textToken{kind: tokSeparator, separator: c, start: i, end: i + 1})
			i++
		case strings.IndexByte("<>=!", c) >= 0:
			n, err := t.sign(line, i)
			if err != nil {
				return err
			}
			i = n
		case c == '(':
			i = t.parentheses(line, i)
		case c == ':':
			t.push(textToken{kind: tokColon, start: i, end: i + 1})
			i++
		case c == '/':
			i = t.slash(line, i)
		case (c == '-' || c == '~') && (i+1 == len(line) || line[i+1] == ' ' || i == 0 || line[i-1] == ' '):
			if len(t.tokens) > 0 { // else it marks an item of a list
				t.push(textToken{kind: tokTo, start: i, end: i + 1})
			}
			i++
		default:
			i = t.word(line, i)
		}
	}
	t.push(textToken{kind: tokEnd, start: last, end: last})
	return nil
}

// closesAt tells whether the parenthesis of a known phrase closes at i.
func (t *textReader) closesAt(i int) bool {
	n := len(t.closing)
	if n == 0 || t.closing[n-1] != i {
		return false
	}
	t.closing = t.closing[:n-1]
	return true
}

func (t *textReader) push(token textToken) { t.tokens = append(t.tokens, token) }

// sign reads a comparator. Blanks inside are accepted ("< ="), and the same one twice, as
// it comes from a bound that repeats the comparator of its field.
func (t *textReader) sign(line string, start int) (int, error) {
	i := start
	var room [4]byte
	text := room[:0]
	for i < len(line) && (strings.IndexByte("<>=!", line[i]) >= 0 || line[i] == ' ') {
		if line[i] != ' ' && len(text) < len(room) {
			text = append(text, line[i])
		} else if line[i] != ' ' {
			return 0, t.fail(start, "unknown comparator")
		}
		i++
	}
	if half := len(text) / 2; len(text) > 1 && len(text)%2 == 0 && string(text[:half]) == string(text[half:]) {
		text = text[:half]
	}
	cmp, ok := signs[string(text)]
	if !ok {
		return 0, t.fail(start, "unknown comparator")
	}
	t.push(textToken{kind: tokSign, cmp: cmp, start: start, end: i})
	return i, nil
}

// slash separates a name from what follows (FortiOS/7.6) or the items of a list (7.03 /
// 7.04).
func (t *textReader) slash(line string, i int) int {
	token := textToken{kind: tokSeparator, separator: ',', start: i, end: i + 1}
	if i > 0 && isLetter(line[i-1]) {
		token = textToken{kind: tokColon, start: i, end: i + 1}
	}
	t.push(token)
	return i + 1
}

// word reads a known phrase or else all up to the next separator.
func (t *textReader) word(line string, start int) int {
	if p, n := lookPhrase(line[start:]); n > 0 {
		end := start + n
		switch {
		case p.kind >= tokLevel:
			// only asked for where a name is dropped
		case p.kind == tokNoun, p.kind == tokSerial: // Ver.2.10, serial No. 26041
			if strings.HasPrefix(line[end:], "(s)") {
				end += 3
			}
			if end < len(line) && line[end] == '.' {
				end++
			}
			t.push(textToken{kind: p.kind, start: start, end: end})
			return end
		default:
			t.push(textToken{kind: p.kind, cmp: p.cmp, separator: p.list, start: start, end: end})
			if p.kind == tokUpTo && end < len(line) && line[end] == ',' { // up to, and including, 5.1
				end++
			}
			return end
		}
	}
	i, closing := start, len(line)
	if n := len(t.closing); n > 0 {
		closing = t.closing[n-1]
	}
	for i < closing {
		c := line[i]
		next := byte(' ')
		if i+1 < len(line) {
			next = line[i+1]
		}
		switch {
		case strings.IndexByte(" ,;|&<>=!", c) >= 0,
			c == '.' && next == ' ',
			(c == '-' || c == '~') && next == ' ',
			c == ':' && !(i > start && isDigit(line[i-1]) && isDigit(next)),
			c == '/' && i > start && (next == ' ' || isLetter(line[i-1]) && !isLetter(next) && !endsInMonth(line[start:i]) || alike(line[start:i], line[i+1:])):
			t.push(textToken{kind: tokText, start: start, end: i})
			return i
		case c == '(' && i > start:
			if n := strings.IndexByte(line[i:min(len(line), i+maxPhrase)], ')'); n > 0 {
				i += n
			}
		}
		i++
	}
	t.push(textToken{kind: tokText, start: start, end: i})
	return i
}

// endsInMonth tells whether a word ends in the name of a month: 12/Sep, April.
func endsInMonth(word string) bool {
	n := len(word)
	for n > 0 && isLetter(word[n-1]) {
		n--
	}
	_, length := monthAt(word[n:])
	return length > 0 && n+length == len(word)
}

// alike tells whether both sides of a slash begin with the same name and a number, which
// makes them items of a list: Android11/Android12.
func alike(left, right string) bool {
	n := 0
	for n < len(left) && isLetter(left[n]) {
		n++
	}
	return n > 1 && n < len(left) && isDigit(left[n]) && n < len(right) && isDigit(right[n]) && strings.EqualFold(left[:n], right[:n])
}

// parentheses reads what stands in parentheses behind a blank: a known phrase that might as
// well stand without them, another spelling of the version, or a condition.
func (t *textReader) parentheses(line string, start int) int {
	depth, end := 0, start
loop:
	for ; end < len(line); end++ {
		switch line[end] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				break loop
			}
		}
	}
	if end == len(line) || len(t.closing) == maxDepth {
		t.push(textToken{kind: tokStop, start: start, end: len(line)})
		return len(line)
	}
	inside := strings.TrimSpace(line[start+1 : end])
	token := textToken{kind: tokRemark, start: start, end: end + 1}
	p, n := lookPhrase(inside)
	switch {
	case n == len(inside) && (p.kind == tokMark || p.kind == tokExcept || p.kind == tokWith):
		token.kind, token.cmp = tokMark, p.cmp
		if p.kind == tokExcept {
			token.cmp = Less
		} else if p.kind == tokWith {
			token.cmp = LessOrEqual
		}
	case inside != "" && strings.IndexByte("<>=", inside[0]) >= 0,
		len(t.tokens) > 0 && t.tokens[len(t.tokens)-1].kind == tokSign,
		n > 0 && (p.kind <= tokAll && p.kind != tokEnd || p.kind == tokExcept):
		t.closing = append(t.closing, end)
		return start + 1
	case isAlias(inside):
		token.kind = tokAlias
	case hasVersion(inside) && p.kind != tokIf && (p.kind != tokWith || strings.EqualFold(inside[:n], "including")):
		token.kind = tokStop // it says more about versions than can be passed over
	}
	t.push(token)
	return end + 1
}

// isAlias tells whether parentheses hold numbers and level words only: "(14.0.6)", "(Build
// 9342)", "(MR4)", "(2023/12/15)".
func isAlias(inside string) bool {
	number := false
	for field := range strings.FieldsSeq(inside) {
		bare := trimV(field)
		n := letters(bare)
		if n == 0 && bare != "" && isDigit(bare[0]) {
			if strings.HasSuffix(strings.ToLower(field), "bit") {
				return false
			}
			number = true
			continue
		}
		p, m := lookPhrase(bare[:n])
		if n == 0 || m == 0 || p.kind != tokLevel && p.kind != tokNoun || n < len(bare) && !isDigit(bare[n]) {
			return false
		}
		number = number || n < len(bare)
	}
	return number
}

// hasVersion tells whether s holds a number with a dot.
func hasVersion(s string) bool {
	for i := 1; i+1 < len(s); i++ {
		if s[i] == '.' && isDigit(s[i-1]) && (isDigit(s[i+1]) || s[i+1]|0x20 == 'x' || s[i+1] == '*') {
			return true
		}
	}
	return false
}
