package vers

import "strconv"

// luarocks is the scheme of Lua rocks: LuaRocks 3.8
// (https://github.com/luarocks/luarocks/wiki/Rockspec-format), whose versions are lists of
// numbers.
//
//   - A run of digits is a number. A run of letters is one as well, together with the digits
//     behind it: dev 120000000, scm 110000000, cvs 100000000, rc -1000, pre -10000,
//     beta -100000, alpha -1000000, any other its first byte divided by 1000; plus the
//     digits divided by 100000. Of two words in a row the second counts.
//   - Dots, hyphens and underscores separate. What is missing is 0.
//   - The digits behind the last hyphen are the revision of the rockspec.
//
// LuaRocks ignores the revision when one of two versions has none, which is no order
// (1.0-1 = 1.0 = 1.0-2). The key has a version without revision in front of its revisions;
// AppendRelease gives all of them. [Version.Compare] follows LuaRocks.
//
// Deviations: numbers are exact, where Lua rounds; behind a word with more than 18 digits
// the word does not count.
type luarocks struct{}

const (
	luaScale    = 100000 // keys hold the numbers times this
	luaNegative = 0x01
	luaRevision = 1
)

// luaWords are the words that LuaRocks knows.
var luaWords = [...]struct {
	word  string
	value int64
}{
	{"dev", 120000000}, {"scm", 110000000}, {"cvs", 100000000},
	{"rc", -1000}, {"pre", -10000}, {"beta", -100000}, {"alpha", -1000000},
}

func (luarocks) Name() string { return "luarocks" }

func (l luarocks) AppendKey(dst []byte, version string) ([]byte, int, error) {
	p := padded{key: Encoder(dst).Line(""), start: len(dst) + 1}
	revision, err := l.write(&p, version, 0)
	if err != nil {
		return dst, 0, err
	}
	e := p.end()
	if revision != "" {
		e = e.Token(luaRevision).Number(revision)
	}
	return e, 1, nil
}

func (l luarocks) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	text = trimWildcard(text)
	p := padded{key: Encoder(lo).Line(""), start: len(lo) + 1}
	revision, err := l.write(&p, text, depth)
	switch {
	case err != nil:
		return lo, hi, 0, err
	case revision != "" && depth <= 0:
		return l.AppendRelease(lo, hi, text)
	}
	low, high := p.bounds(Encoder(hi).Line(""), len(lo)+1)
	return low, high, 1, nil
}

// AppendRelease gives the version with all its revisions, or the one that text names.
func (l luarocks) AppendRelease(lo, hi []byte, text string) ([]byte, []byte, int, error) {
	p := padded{key: Encoder(lo).Line(""), start: len(lo) + 1}
	revision, err := l.write(&p, text, 0)
	if err != nil {
		return lo, hi, 0, err
	}
	low := p.end()
	if revision != "" {
		low = low.Token(luaRevision).Number(revision)
		return low, append(append(hi, low[len(lo):]...), 0), 1, nil
	}
	return low, Encoder(append(hi, low[len(lo):]...)).Top(), 1, nil
}

// write writes the first depth numbers of version, all with depth 0, and returns the
// revision.
func (l luarocks) write(p *padded, version string, depth int) (revision string, err error) {
	c, revision, err := luaCut(version)
	if err != nil {
		return "", err
	}
	for count := 1; ; count++ {
		n, more, err := c.next()
		if err != nil {
			return "", err
		}
		if !more {
			return revision, nil
		}
		if depth <= 0 || count <= depth {
			l.number(p, n.digits, n.word, n.value)
		}
	}
}

// A luaCursor walks over the numbers of a version.
type luaCursor struct {
	version string // for errors
	offset  int    // of rest in it
	rest    string
}

// A luaNumber is a run of digits, with the value of the word in front of it when there is
// one.
type luaNumber struct {
	digits string
	word   bool
	value  int64 // times luaScale
}

// luaCut splits off the revision.
func luaCut(version string) (c luaCursor, revision string, err error) {
	s, offset := trimBlanks(version)
	end := len(s)
	for end > 0 && isDigit(s[end-1]) {
		end--
	}
	if end > 0 && end < len(s) && s[end-1] == '-' {
		s, revision = s[:end-1], s[end:]
	}
	if s == "" {
		return luaCursor{}, "", syntaxError("luarocks", version, offset, "empty")
	}
	return luaCursor{version, offset, s}, revision, nil
}

// next returns the next number; more is false at the end.
func (c *luaCursor) next() (n luaNumber, more bool, err error) {
	for c.rest != "" {
		s := c.rest
		i := digits(s)
		number := i > 0
		if number {
			n.digits = s[:i]
		} else if i = letters(s); i > 0 {
			n.word, n.value = true, luaWord(s[:i])
		} else {
			return n, false, syntaxError("luarocks", c.version, c.offset, "letter or digit wanted")
		}
		for i < len(s) && (s[i] == '.' || s[i] == '-' || s[i] == '_') {
			i++
		}
		c.rest, c.offset = s[i:], c.offset+i
		if number {
			return n, true, nil
		}
	}
	return n, n.word, nil
}

// luaWord returns the value of a word times luaScale.
func luaWord(word string) int64 {
	for _, w := range luaWords {
		if w.word == word {
			return w.value * luaScale
		}
	}
	return int64(word[0]) * (luaScale / 1000)
}

// number writes a number, or the sum of a word and the number behind it.
func (luarocks) number(p *padded, number string, word bool, value int64) {
	const exact = 18
	var room [32]byte
	for len(number) > 0 && number[0] == '0' {
		number = number[1:]
	}
	switch {
	case !word && number == "":
		p.mark(tagZero)
		return
	case !word:
		p.number(string(append(append(room[:0], number...), "00000"...)))
		return
	case len(number) > exact:
		p.number(number)
		return
	}
	n := int64(0)
	for i := range len(number) {
		n = 10*n + int64(number[i]-'0')
	}
	switch value += n; {
	case value < 0:
		p.tag(luaNegative, true)
		for shift := 56; shift >= 0; shift -= 8 {
			p.key = append(p.key, byte(value>>shift))
		}
		p.start = len(p.key)
	default:
		p.number(string(strconv.AppendInt(room[:0], value, 10)))
	}
}
