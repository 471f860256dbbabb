package vers

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// A textKind is the part that a token plays in a text.
type textKind uint8

const (
	tokEnd       textKind = iota
	tokText               // may belong to a version or to a name
	tokAlias              // parentheses with another spelling of the version in front
	tokRemark             // parentheses with a condition
	tokSign               // < <= > >= = !=
	tokBefore             // a word for a comparator, in front of the version
	tokAfter              // a word for a comparator, behind the version
	tokEither             // in front (exclusive) or behind (inclusive)
	tokUpTo               // in front of an upper end, with or without a lower one before it
	tokTo                 // between the ends of an interval
	tokBetween            // in front of the ends of an interval
	tokSeparator          // in a list
	tokColon              // behind a branch or a name
	tokAll                // all versions
	tokNoun               // means nothing: version, release
	tokSeries             // behind a branch: 7.3 series
	tokOf                 // all versions of
	tokExcept             // what follows is outside
	tokWith               // begins a condition on what is combined with the bound
	tokIf                 // begins any other condition
	tokMark               // inclusive, exclusive
	tokSerial             // a condition on something else that is counted: the serial number
	tokLevel              // no token: a name does not end with such a word
	tokGeneric            // no token: may stand in front of a version in lower case
	tokStop               // no token: never part of a name, because it turns the meaning
)

// A textToken is a piece of a text. Of cmp and separator only the one of its kind is set.
type textToken struct {
	kind       textKind
	cmp        Comparator
	separator  byte // , | & (and) o (or)
	start, end int
}

// words are the words that the reader knows, those of one kind a line; the longest one that
// fits counts. They were collected from the texts of 44,130 CVE records and 2,383 CSAF
// documents; a word that is not here is never passed over in silence.
const words = `
before <    prior to, previous to, earlier than, lower than, older than, less than, smaller than
before <=   prior to and including, before and including, earlier than and including, less than or equal to, lower than or equal to, at most
upto <      up to but not including, up to but excluding, but not including, but excluding, but before, until but not including
upto <=     up to, up to and including, up to including, until, until and including, till
before >=   from, since, starting with, starting from, starting at, starting in, starting, beginning with, beginning from, as of, at least, greater than or equal to, newer than or equal to
before >    next of, newer than, later than, greater than, higher than, more recent than
before =    equal to
either <    before, below, under
either >    after, above
after <=    earlier, prior, older, lower, previous, preceding, the versions prior to it, versions prior to it, prior to it
after >=    later, newer, higher, upwards, upward, up, onwards, onward, greater, subsequent
to          to, through, thru, up through, through and including
between     between
list &      and, as well as
list o      or
all         all, any, every
noun        version, versions, ver, release, releases, v, the
series      series, branch, train
of          of, of the
except      except, except for, excluding, with the exception of, other than, apart from
with        with, without, including, in connection with, in conjunction with, in combination with, together with, along with, combined with
if          if, on, when, while, where, only, for, in, using, used, running, having, unless, installed, due to, that, which
mark <=     inclusive, included, inclusively
mark <      exclusive, excluded
serial      serial number, serial numbers, serial no, function state
level       alpha, beta, rc, cr, pre, preview, milestone, dev, snapshot, nightly, eap, candidate, ga, final, lts, ltsr, stable, sp, pack, tcu, update, upd, cu, ru, su, mr, fix, fixpack, fp, take, pl, pc, patch, es, et, hotfix, hf, build, builds, refresh, r, p, s, u, h, m, rev, revision, maintenance, rollup, hw, level
generic     firmware, software, fw, bios, app, plugin, agent, client, driver, kernel, library, package, product
stop        not, no, non, nor, neither, never, fix, fixed, fixes, patched, resolved, corrected, solved, unaffected, safe, secure, upgrade, upgraded, update, updated, commit, commits, hash, tag, removed, latest, last, first, current, at, by, than, minimum, maximum, min, max, introduced, serial, digit, digits, dated, date, built, released, published, see, http, https, cve, n, approximately, about, around, almost, vx, january, february, march, april, may, june, july, august, september, october, november, december, jan, feb, mar, apr, jun, jul, aug, sep, sept, oct, nov, dec, day, week, month, year, quarter, number, part, section, page, step, table, figure, note, chapter, approx
`

// A phrase is one entry of words without its first word.
type phrase struct {
	rest []string
	kind textKind
	cmp  Comparator
	list byte
}

var textKinds = map[string]textKind{
	"before": tokBefore, "either": tokEither, "after": tokAfter, "to": tokTo, "upto": tokUpTo, "between": tokBetween,
	"list": tokSeparator, "all": tokAll, "noun": tokNoun, "series": tokSeries, "of": tokOf,
	"except": tokExcept, "with": tokWith, "if": tokIf, "mark": tokMark, "serial": tokSerial,
	"level": tokLevel, "generic": tokGeneric, "stop": tokStop,
}

// lexicon is words by first word.
var lexicon = sync.OnceValue(func() map[string][]phrase {
	m := map[string][]phrase{}
	for line := range strings.Lines(words) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		head, list := line[:12], line[12:]
		kind, operator, _ := strings.Cut(strings.TrimSpace(head), " ")
		p := phrase{kind: textKinds[kind]}
		if p.kind == tokSeparator {
			p.list = operator[0]
		} else {
			p.cmp = signs[operator]
		}
		for entry := range strings.SplitSeq(list, ",") {
			f := strings.Fields(entry)
			q := p
			q.rest = f[1:]
			m[f[0]] = append(m[f[0]], q)
		}
	}
	return m
})

var signs = map[string]Comparator{
	"": Equal, "=": Equal, "==": Equal, "!=": NotEqual, "<": Less, "<=": LessOrEqual, "=<": LessOrEqual,
	">": Greater, ">=": GreaterOrEqual, "=>": GreaterOrEqual,
}

// lookPhrase finds the longest entry of the lexicon at the beginning of s and its length.
func lookPhrase(s string) (phrase, int) {
	var room [24]byte
	n := letters(s)
	if n == 0 || n > len(room) {
		return phrase{}, 0
	}
	first := room[:n]
	for i := range first {
		first[i] = s[i] | 0x20
	}
	var best phrase
	length := 0
	for _, p := range lexicon()[string(first)] {
		if end := p.end(s, n); end > length {
			best, length = p, end
		}
	}
	return best, length
}

// end returns where the phrase ends in s, whose first word has the length n; 0 when the
// phrase is not there.
func (p phrase) end(s string, n int) int {
	for _, word := range p.rest {
		i := n
		if i < len(s) && s[i] == ',' {
			i++
		}
		for i < len(s) && s[i] == ' ' {
			i++
		}
		if i == n || !hasPrefixFold(s[i:], word) {
			return 0
		}
		n = i + len(word)
	}
	if n == len(s) {
		return n
	}
	c, goesOn := s[n], n+1 < len(s) && isAlnum(s[n+1])
	switch {
	case p.kind == tokNoun && (c == '.' || n > 1 && isDigit(c)): // Ver.2.10, version7.3.8
		return n
	case isAlnum(c), c >= 0x80, goesOn && strings.IndexByte("-/.", c) >= 0:
		return 0
	}
	return n
}

// cleanText replaces what only looks different: other signs and dashes, quotes, other
// blanks. Every replacement has the length of what it replaces, so offsets stay true.
func cleanText(text string) string {
	plain := true
	for i := 0; i < len(text) && plain; i++ {
		c := text[i]
		plain = ' ' <= c && c < 0x7F && c != '"' && c != '\'' && c != '`'
	}
	if plain {
		return text
	}
	b := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		with := ""
		switch r {
		case '≤':
			with = "<="
		case '≥':
			with = ">="
		case '＜':
			with = "<"
		case '＞':
			with = ">"
		case '–', '—', '−', '～':
			with = " -"
		case '（':
			with = " ("
		case '）':
			with = ")"
		case '，', '、', '；':
			with = ","
		case '：':
			with = ":"
		case '"', '\'', '`', '“', '”', '‘', '’', '„', '«', '»', '®', '™', '©',
			'\t', '\n', '\r', '\v', '\f', 0xA0, 0x2007, 0x202F, 0x200B, 0x3000, 0xFEFF:
			with = " "
		default:
			with = text[i : i+n]
		}
		b = append(b, with...)
		for j := len(with); j < n; j++ {
			b = append(b, ' ')
		}
		i += n
	}
	return string(b)
}

// spaced returns text with blanks for the underscores beside letters: V8.0_Update_5 is
// several words, 1.8.0_391 is one.
func spaced(text string) string {
	if strings.IndexByte(text, '_') < 0 {
		return text
	}
	b := []byte(text)
	for i, c := range b {
		if c == '_' && (i > 0 && isLetter(text[i-1]) || i+1 < len(b) && isLetter(text[i+1]) ||
			i > 0 && text[i-1] == '_' || i+1 < len(b) && strings.IndexByte("_<>=", text[i+1]) >= 0) {
			b[i] = ' '
		}
	}
	return string(b)
}
