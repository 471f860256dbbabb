package product

import (
	"unicode"
	"unicode/utf8"
)

// Names are read as words: runs of letters and digits in lower case. What stands between them
// tells words apart and otherwise does not count.

// maxWords is how many words of a name are told apart; what follows is part of the last one.
// maxName is how many bytes of a name are read.
const (
	maxWords = 32
	maxName  = 4096
)

// A word is a place in the text of words.
type word struct {
	start, end uint16
	apart      bool  // a blank, an underscore or a parenthesis stands in front, no hyphen or slash
	dash       bool  // a hyphen between blanks stands in front: "Office 2019 - en-us"
	dot        bool  // a full stop stands in front: ".app"
	group      uint8 // the parenthesis it stands in, counted from 1; 0: in none
}

// words is a name that was taken apart. The zero value has no words.
type words struct {
	room   [160]byte
	used   int    // of room
	long   []byte // in place of room for a long name
	list   [maxWords]word
	count  int
	hidden bool // there is what cannot be seen, or too much: the name may only look like another
}

// text returns the folded words without what stands between.
func (w *words) text() []byte {
	if w.long != nil {
		return w.long
	}
	return w.room[:w.used]
}

func (w *words) word(i int) []byte { return w.text()[w.list[i].start:w.list[i].end] }

// front returns what the words in front of a word are together.
func (w *words) front(i int) []byte { return w.text()[:w.list[i].start] }

func (w *words) is(i int, text string) bool { return string(w.word(i)) == text }

// between are the characters between two words.
type between struct {
	blank, hyphen, dot bool
	group, groups      uint8
}

// split takes a name apart: letters in lower case and without their accents, digits, + and #
// (C++, C#). Apostrophes and marks such as ® vanish, and so does a full stop inside of a word
// (Node.js, s.r.o.) unless it stands between digits (8.1). An ampersand is the word "and".
func (w *words) split(name string) {
	w.used, w.long, w.count, w.hidden = 0, nil, 0, len(name) > maxName
	name = name[:min(len(name), maxName)]
	var gap between
	inWord := false
	for i := 0; i < len(name); {
		if n := mark(name[i:]); n > 0 {
			i += n
			continue
		}
		r, size := rune(name[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(name[i:])
		}
		next := i + size
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '+' || r == '#':
		case 'A' <= r && r <= 'Z':
			r |= 0x20
		case r == '.':
			if inWord && isDigit(name[i-1]) && next < len(name) && (isDigit(name[next]) || isWildcard(name[next:])) {
				break // 8.1, 8.x
			}
			if !inWord {
				gap.dot = true
			} else if next+3 <= len(name) && lowerASCII(name[next]) == 'a' && (next+3 == len(name) || name[next+3] == ' ') {
				inWord, gap.dot = false, true // the ending of a file, .app
			}
			i = next
			continue
		case r == '\'' || r == '’' || r == '®' || r == '™' || r == '©':
			i = next
			continue
		case r == '&':
			if w.count > 0 {
				w.enter(&gap)
				w.push('a')
				w.push('n')
				w.push('d')
			}
			inWord = false
			gap.blank = true
			i = next
			continue
		case r < utf8.RuneSelf:
			inWord = false
			gap.see(r)
			w.hidden = w.hidden || r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f
			i = next
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			r = plain(unicode.ToLower(r))
		case unicode.IsMark(r): // an accent of its own
			i = next
			continue
		case unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || r == utf8.RuneError:
			w.hidden = true
			i = next
			continue
		default:
			inWord = false
			gap.see(r)
			i = next
			continue
		}
		if !inWord {
			w.enter(&gap)
			inWord = true
		}
		w.push(r)
		i = next
	}
}

// mark returns the length of a trademark sign in ASCII at the front of a text: (R), (TM), (C).
func mark(text string) int {
	if text[0] != '(' || len(text) < 3 {
		return 0
	}
	switch lowerASCII(text[1]) {
	case 'r', 'c':
		if text[2] == ')' {
			return 3
		}
	case 't':
		if len(text) > 3 && lowerASCII(text[2]) == 'm' && text[3] == ')' {
			return 4
		}
	}
	return 0
}

// enter begins a word.
func (w *words) enter(gap *between) {
	if w.count < maxWords {
		w.list[w.count] = word{
			start: uint16(len(w.text())), end: uint16(len(w.text())),
			apart: gap.blank || w.count == 0, dash: gap.hyphen && gap.blank, dot: gap.dot, group: gap.group,
		}
		w.count++
	}
	gap.blank, gap.hyphen, gap.dot = false, false, false
}

// push appends a character to the last word.
func (w *words) push(r rune) {
	switch {
	case w.long != nil:
		w.long = utf8.AppendRune(w.long, r)
	case w.used+utf8.UTFMax > len(w.room):
		w.long = utf8.AppendRune(append(make([]byte, 0, 4*len(w.room)), w.room[:w.used]...), r)
	case r < utf8.RuneSelf:
		w.room[w.used] = byte(r)
		w.used++
	default:
		w.used += utf8.EncodeRune(w.room[w.used:], r)
	}
	w.list[w.count-1].end = uint16(len(w.text()))
}

// see notes a character between words.
func (b *between) see(r rune) {
	switch {
	case r == '(' || r == '[':
		b.groups++
		b.group, b.blank = b.groups, true
	case r == ')' || r == ']':
		b.group, b.blank = 0, true
	case r == '-' || unicode.Is(unicode.Pd, r):
		b.hyphen = true
	case r == ' ' || r == '_' || r == ',' || unicode.IsSpace(r):
		b.blank = true
	}
}

// isWildcard tells whether a text begins with the x of a release that stands for many: 8.x
func isWildcard(text string) bool {
	return lowerASCII(text[0]) == 'x' && (len(text) == 1 || text[1] == ' ' || text[1] == ')' || text[1] == ',' || text[1] == '.')
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func lowerASCII(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c | 0x20
	}
	return c
}

// unaccented holds, from à on, what a letter is without its accent; a full stop where that is no
// ASCII letter.
const unaccented = "aaaaaa.ceeeeiiii.nooooo.ouuuuy.yaaaaaaccccccccdd.deeeeeeeeeegggggggghh.hiiiiiiii" +
	"ii..jjkk.llllll...lnnnnnn...oooooo..rrrrrrsssssssstttt.tuuuuuuuuuuuuwwyyyzzzzzz."

// plain returns a lower-case letter without its accent, as names in CPEs have it.
func plain(r rune) rune {
	if i := int(r) - 'à'; i >= 0 && i < len(unaccented) && unaccented[i] != '.' {
		return rune(unaccented[i])
	}
	return r
}
