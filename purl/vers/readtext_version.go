package vers

import (
	"errors"
	"strings"
)

// What a version in a text may have at most: 71 bytes is the longest one of 44,130 CVE
// records.
const (
	maxPhrase = 160 // bytes
	maxWords  = 24
	maxName   = 8 // words of a name in front of it
)

// A boundKind tells what a version in a text stands for.
type boundKind uint8

const (
	isOne    boundKind = iota // one version, with its builds
	isBranch                  // a branch: imprecise, or named as one
	isX                       // 5.1.x
	isStar                    // 5.1.*
	isOpen                    // * alone
	isInner                   // 5.x.17, of which only the branch 5 is told
)

// A bound is a version in a text. The zero bound is none.
type bound struct {
	text string // without the wildcard
	at   int
	kind boundKind

	name    string // letters glued to it
	named   bool   // a name stood directly in front
	high    *bound // the other end, where a hyphen made an interval of one word
	plus    bool   // 6.0+
	another bool   // a version of its own may follow without a separator
	base    string // what a level stands behind that was written as "with ...", the only branch it speaks of
}

// version reads the version at the current token. A name in front of it is dropped.
// alone tells that nothing was in front that needs one version: only then a hyphen may
// make an interval.
func (t *textReader) version(alone bool) (bound, error) {
	for t.kind() == tokNoun {
		t.pos++
	}
	first, end := t.pos, t.pos
	for k := t.tokens[end].kind; k == tokText || k == tokNoun || k == tokAlias || k == tokWith && t.isLevelHere(end); k = t.tokens[end].kind {
		end++
	}
	last := end
	for last > first && t.tokens[last-1].kind == tokNoun {
		last--
	}
	if first == last {
		return bound{}, t.fail(t.tokens[first].start, "version wanted")
	}
	var reason error
	for i := first; i < last && i < first+maxName; i++ {
		if t.tokens[i].kind != tokText {
			continue
		}
		b, next, err := t.span(i, last, alone)
		if err == nil {
			if i > first {
				b.named = true
				err = t.drop(first, i, beforeVersion(alone))
			}
			if err == nil && b.name != "" {
				err = t.dropText(b.name, t.tokens[i].start, t.branch != "")
			}
			if next == last {
				next = end
			}
			b.base = t.baseOf(i, next)
			t.pos = next
			t.addBuild(&b)
			return b, err
		}
		if joined, ok := t.acrossComma(i, end); ok {
			t.pos = end + 2
			return joined, nil
		}
		if reason == nil || t.startsNumber(i) {
			reason = err
		}
		if t.startsNumber(i) {
			break
		}
	}
	return bound{}, reason
}

// acrossComma reads a version with a comma in it, of which the part in front of the comma is
// none: April 20, 2031.
func (t *textReader) acrossComma(first, comma int) (bound, bool) {
	token := t.tokens[comma]
	if token.kind != tokSeparator || token.separator != ',' || t.tokens[comma+1].kind != tokText || !t.startsNumber(comma+1) {
		return bound{}, false
	}
	b, err := t.one(t.tokens[first].start, t.tokens[comma+1].end)
	return b, err == nil && (b.kind == isOne || b.kind == isBranch)
}

// isLevelHere tells whether the token begins a level of the scheme: "R82 with Jumbo Hotfix
// Take 44" of Check Point is one version.
func (t *textReader) isLevelHere(token int) bool {
	l, ok := t.scheme.(*levels)
	if !ok {
		return false
	}
	w, _ := l.find(t.text[t.tokens[token].start:], false)
	return w != nil && w.weight != 0
}

// baseOf returns what stands in front of such a level in a version.
func (t *textReader) baseOf(first, end int) string {
	for i := first; i < end; i++ {
		if t.tokens[i].kind == tokWith {
			return strings.TrimSpace(t.text[t.tokens[first].start:t.tokens[i].start])
		}
	}
	return ""
}

// addBuild takes a build behind a comma to the version: v512, build 2201.
func (t *textReader) addBuild(b *bound) {
	word, number := t.pos+1, t.pos+2
	if t.kind() != tokSeparator || t.tokens[t.pos].separator != ',' || t.tokens[word].kind != tokText ||
		!strings.EqualFold(t.text[t.tokens[word].start:t.tokens[word].end], "build") || t.tokens[number].kind != tokText {
		return
	}
	text := b.text + " " + t.text[t.tokens[word].start:t.tokens[number].end]
	if b.kind == isOne && t.reads(text) {
		b.text = text
		t.pos = number + 1
	}
}

// relative reads a bound that is only a level of the branch in front of it: R81.20 before
// take 14. It does not read alone, or on another line.
func (t *textReader) relative() (bound, bool) {
	joiner, ok := t.scheme.(Joiner)
	token := t.tokens[t.pos]
	if !ok || t.branch == "" || token.kind != tokText {
		return bound{}, false
	}
	word := t.text[token.start:token.end]
	n, end := letters(word), t.pos+1
	if !isLevel(word[:n]) {
		return bound{}, false
	}
	if next := t.tokens[end]; n == len(word) && next.kind == tokText && t.startsNumber(end) {
		end++
	}
	text := t.text[token.start:t.tokens[end-1].end]
	if line, ok := t.line(text); ok {
		if branch, ok := t.line(t.branch); !ok || branch == line {
			return bound{}, false
		}
	}
	full, ok := joiner.Join(t.branch, text)
	if !ok || !t.reads(full) {
		return bound{}, false
	}
	t.pos = end
	return bound{text: full, at: token.start, another: true}, true
}

// line returns the line part of the key of text.
func (t *textReader) line(text string) (string, bool) {
	lo, _, n, err := t.scheme.AppendBranch(t.low[:0], t.top[:0], text, 0)
	if err != nil {
		return "", false
	}
	return string(lo[:n]), true
}

// startsNumber tells whether the token begins with a digit, or v and a digit.
func (t *textReader) startsNumber(i int) bool {
	return t.tokens[i].kind == tokText && isDigit(trimV(t.text[t.tokens[i].start:t.tokens[i].end])[0])
}

// span reads the tokens from i to last as one version, or as the first of several that
// stand next to each other. It returns the token behind what it read.
func (t *textReader) span(i, last int, alone bool) (bound, int, error) {
	token := t.tokens[i]
	if last-i > maxWords || t.tokens[last-1].end-token.start > maxPhrase {
		return bound{}, 0, t.fail(token.start, "too long for a version")
	}
	if n := t.glued(i); n > 0 { // KA/RA.16.04.0026
		b, err := t.one(token.start+n, t.tokens[last-1].end)
		b.name = t.text[token.start : token.start+n-1]
		return b, last, err
	}
	word := t.text[token.start:token.end]
	if low, high, is := hyphenated(word); is != 0 && alone {
		if t.reads(low) && t.reads(high) {
			if is == unclear {
				return bound{}, 0, t.fail(token.start, "a hyphen that could be part of the version or stand between two")
			}
			at := token.start + len(low) + 1
			b := bound{text: low, at: token.start, high: &bound{text: high, at: at}, another: true}
			return b, i + 1, nil
		}
	}
	for next := i + 1; next < last; next++ {
		before, after := t.tokens[next-1], t.tokens[next]
		if before.kind != tokText || after.kind != tokText || !t.startsNumber(next) ||
			!strings.ContainsAny(t.text[before.start:before.end], "0123456789") {
			continue
		}
		if !t.reads(t.text[token.start:before.end]) {
			continue
		}
		if t.text[token.start]|0x20 == 'v' && t.text[after.start]|0x20 == 'v' && t.reads(t.text[after.start:after.end]) {
			b, err := t.one(token.start, before.end) // V33.017_V34.014
			b.another = true
			return b, next, err
		}
		if !t.reads(t.text[after.start:t.tokens[last-1].end]) {
			continue
		}
		return bound{}, 0, t.fail(after.start, "two versions without a separator, or one")
	}
	end := t.tokens[last-1].end
	if alias := t.tokens[last-1]; alias.kind == tokAlias && isOtherName(t.text[alias.start:alias.end]) {
		end = t.tokens[last-2].end // another spelling of the same version
	}
	b, err := t.one(token.start, end)
	return b, last, err
}

// glued returns the length of the letters that are glued to a dotted version with a dot or
// a hyphen and that the scheme does not read, 0 when there are none.
func (t *textReader) glued(i int) int {
	word := t.text[t.tokens[i].start:t.tokens[i].end]
	n := 0
	for n < len(word) && (isLetter(word[n]) || word[n] == '/') {
		n++
	}
	if n < 2 || n+1 >= len(word) || word[n] != '.' && word[n] != '-' || !isDigit(trimV(word[n+1:])[0]) ||
		!hasVersion(word) || t.reads(word) || !mayDrop(word[:n], anywhere, true) {
		return 0
	}
	return n + 1
}

// one reads text[start:end] as one version or branch.
func (t *textReader) one(start, end int) (bound, error) {
	text := strings.TrimSpace(t.text[start:end])
	b := bound{text: text, at: start}
	if text == "*" {
		b.kind = isOpen
		return b, nil
	}
	if base, kind := wildcard(text); kind != isOne {
		b.text, b.kind = base, kind
		if t.branchReads(base) {
			return b, nil
		}
		return bound{}, t.fail(start, "wildcard behind something that is no branch")
	}
	if base := innerX(text); base != "" && t.branchReads(base) {
		b.text, b.kind = base, isInner
		return b, nil
	}
	if n := len(text) - 1; n > 0 && text[n] == '+' {
		b.text, b.plus = text[:n], true
	}
	if i := strings.IndexByte(b.text, '+'); i >= 0 && strings.ContainsAny(b.text[i:], " /+") {
		return bound{}, t.fail(start+i, "words behind a plus") // to a scheme they mean nothing
	}
	if isCommit(b.text) {
		return bound{}, t.fail(start, "a commit, which has no order")
	}
	key, n, err := t.set.AppendKey(t.key[:0], t.scheme, b.text)
	switch {
	case err == nil && n > 2 && isLevel(string(key[:n-1])):
		return bound{}, t.fail(start, "a level without its version")
	case err == nil && t.scheme.Name() == "vendor" && gluedX(b.text):
		return bound{}, t.fail(start, "an x that is a letter or a wildcard")
	case err == nil:
		return b, nil
	case errors.Is(err, ErrImprecise) && t.branchReads(b.text):
		b.kind = isBranch
		return b, nil
	}
	if IsPlaceholder(text) {
		return bound{}, t.fail(start, "a placeholder where a version is wanted")
	}
	var e *ParseError
	if errors.As(err, &e) {
		return bound{}, t.fail(start+min(e.Offset, len(text)), t.scheme.Name()+": "+e.Rule)
	}
	return bound{}, t.fail(start, t.scheme.Name()+" does not read this")
}

// gluedX tells whether an x follows directly on the last number: 2.3x is a letter in some
// products and a wildcard in others, so the scheme of unknown products cannot tell.
func gluedX(text string) bool {
	n := len(text) - 1
	return n > 0 && text[n]|0x20 == 'x' && isDigit(text[n-1])
}

// reads tells whether the scheme takes text for a version or a branch.
func (t *textReader) reads(text string) bool {
	if base, kind := wildcard(text); kind != isOne {
		return t.branchReads(base)
	}
	_, _, err := t.set.AppendKey(t.key[:0], t.scheme, text)
	return err == nil || errors.Is(err, ErrImprecise)
}

func (t *textReader) branchReads(text string) bool {
	_, _, _, err := t.scheme.AppendBranch(t.low[:0], t.top[:0], text, 0)
	return err == nil
}

// wildcard cuts the x or the star from the end of a version: 5.1.x, 8.10.x.x, 16.04.xxxx,
// 5.1.*, 21.1*.
func wildcard(text string) (string, boundKind) {
	kind, n := isOne, len(text)
	for {
		m := n
		for m > 0 && (text[m-1]|0x20 == 'x' || text[m-1] == '*') {
			m--
		}
		glued := m == n-1 && text[n-1] == '*' && kind == isOne && m > 0 && isDigit(text[m-1]) &&
			strings.IndexByte(text[:m], '.') >= 0
		if m == n || m == 0 || !glued && text[m-1] != '.' {
			break
		}
		if kind != isStar {
			kind = isX
		}
		if strings.IndexByte(text[m:n], '*') >= 0 {
			kind = isStar
		}
		n = m
		if !glued {
			n--
		}
	}
	if kind == isOne || !strings.ContainsAny(text[:n], "0123456789") {
		return text, isOne
	}
	return text[:n], kind
}

// innerX returns what stands in front of a component that is an x with numbers behind it:
// V3.X.17 is the release 17 of every branch of V3.
func innerX(text string) string {
	for i := 1; i+2 < len(text); i++ {
		if text[i] == '.' && text[i+1]|0x20 == 'x' && text[i+2] == '.' {
			var numbers [16]string
			if base := text[:i]; dottedNumbers(base, &numbers) > 0 && dottedNumbers(text[i+3:], &numbers) > 0 {
				return base
			}
			return ""
		}
	}
	return ""
}

// isCommit tells whether text looks like the name of a git commit.
func isCommit(text string) bool {
	found, numbers := 0, 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case isDigit(c):
			numbers++
		case 'a' <= c && c <= 'f':
			found++
		default:
			return false
		}
	}
	return 7 <= len(text) && len(text) <= 40 && numbers > 0 && (found > 1 || found == 1 && !isDigit(text[0]))
}

// isOtherName tells whether parentheses hold another spelling of the whole version, which
// has a dot or slash and no level: "(14.0.6)". What only the scheme can place, as "(Build
// 9342)" or a number alone, is left to it.
func isOtherName(alias string) bool {
	for field := range strings.FieldsSeq(strings.Trim(alias, "()")) {
		if isLevel(field[:letters(field)]) {
			return false
		}
	}
	return strings.ContainsAny(alias, "./")
}
