package product

import "bytes"

// A name as inventories and advisories print it holds more than the name: the vendor in front,
// and behind it the release, the architecture, the language, the platform. A reading tells these
// apart by rules that hold for all names; the catalog says what remains.

// A rule is one step that led from a name to its core.
type rule uint16

const (
	ruleVendor       rule = 1 << iota // the vendor's name in front
	ruleArchitecture                  // (64-bit), x64
	ruleLanguage                      // en-US
	rulePlatform                      // for Windows
	ruleFile                          // .app
	ruleVersion                       // a release or version behind the name
	ruleSoft                          // Software, App, firmware behind the name
	ruleAbbreviation                  // (ASA)
	ruleRemark                        // (formerly Mobility Master)
	ruleAnd                           // and, &
	ruleBy                            // by and the vendor's name behind
)

// softRules are those that drop words which may tell products apart.
const softRules = ruleSoft | ruleAbbreviation

// ruleNames are what a Candidate says about the rules, in the order of their bits.
var ruleNames = [...]string{
	"vendor in front dropped", "architecture dropped", "language dropped", "platform split off",
	"file ending dropped", "release split off", "soft word dropped", "abbreviation dropped", "remark dropped", "and dropped",
	"vendor behind dropped",
}

// A reading is a name that was read.
type reading struct {
	words
	core    [maxWords]uint8 // the words of the core
	size    int
	tail    [maxWords]uint8 // the words of the release, from left to right
	length  int
	own     int // so many of them name the release; what follows is a version of it
	system  platform
	since   string // the date of a renaming of the vendor
	by      int    // the word by in front of the vendor's name at the end, 0 for none
	tails   []string
	applied rule
}

// read finds out what the words are that split left; those in front of from are the vendor's.
func (r *reading) read(from int) {
	r.size, r.length, r.own, r.system, r.applied = 0, 0, 0, 0, 0
	if from > 0 {
		r.applied = ruleVendor
	}
	if from > 0 && r.isBehind(from) {
		from, r.applied = 0, 0
	}
	to := r.cutTail(from, r.count)
	inside := r.length == 0
	for i := from; i < to; i++ {
		switch {
		case r.is(i, "and") && i > from && i < to-1:
			r.applied |= ruleAnd
		case r.isAbbreviation(i):
			r.applied |= ruleAbbreviation
		case i > from && inside && r.list[i].group == 0 && r.isDotted(i): // Enterprise Linux 9.2 Extended Update Support
			r.tail[r.length] = uint8(i)
			r.length++
			r.own = r.length
			r.applied |= ruleVersion
		default:
			r.core[r.size] = uint8(i)
			r.size++
		}
	}
}

// again returns where the product begins when the vendor's name stands in front of it twice, as in the
// repository of an owner: "omeka/omeka-s". It returns from, the end of the first one, where it does not.
func (r *reading) again(from int) int {
	n := int(r.list[from].start)
	if text := r.text(); from == 0 || !bytes.HasPrefix(text[n:], text[:n]) {
		return from
	}
	for i := from + 1; i < r.count; i++ {
		if int(r.list[i].start) == 2*n && !r.isBehind(i) {
			return i
		}
	}
	return from
}

// behindBy returns the last word by that has a name behind it, and where that begins.
func (r *reading) behindBy(from int) (by int, name []byte) {
	for i := r.count - 2; i > from; i-- {
		if r.is(i, "by") {
			return i, r.text()[r.list[i+1].start:]
		}
	}
	return 0, nil
}

// isBehind tells whether a word in front of which the vendor's name stands is none of the product's
// but of what follows it, so that the vendor's name is the product's, too: "WinRAR 6.22" of WinRAR,
// "Slack (Machine)" of Slack.
func (r *reading) isBehind(i int) bool {
	return r.list[i].group > 0 || r.startsRelease(i) || versionWord(string(r.word(i))) || r.architectureWords(i, i) > 0 ||
		softWord(string(r.word(i))) && i+1 == r.count
}

// cutTail drops what stands behind the core, in whatever order, and returns its end.
func (r *reading) cutTail(from, to int) int {
	released := false
	for to > from+1 {
		size, applied := r.cutDecoration(from, to)
		if size == 0 && !released {
			if size = r.release(from, to); size > 0 {
				applied, released = ruleVersion, true
			}
		}
		if size == 0 {
			size, applied = r.soft(from, to), ruleSoft
		}
		if size == 0 || to-size <= from {
			break
		}
		to -= size
		r.applied |= applied
	}
	return to
}

// release finds the numbers behind a name, enters them and returns how many words they take. A
// release is a year, a number of one or two digits that stands apart, a number with full stops,
// or what follows the word version; all numbers behind it belong to it. Other numbers are part of
// a name: Dynamics 365, DIR-816.
func (r *reading) release(from, to int) int {
	if to-2 > from && r.is(to-2, "subscription") && r.is(to-1, "edition") { // in place of a year
		r.tail[0], r.tail[1], r.length, r.own = uint8(to-2), uint8(to-1), 2, 2
		return 2
	}
	begin := to
	for begin-1 > from && (r.isNumber(begin-1) || r.isLevel(begin-1, to)) {
		begin--
	}
	for ; begin < to; begin++ {
		if versionWord(string(r.word(begin))) || r.startsRelease(begin) {
			break
		}
	}
	if begin == to || begin == to-1 && versionWord(string(r.word(begin))) {
		return 0
	}
	begin = r.behindNumber(begin, to)
	r.length, r.own = 0, -1
	for i := begin; i < to; i++ {
		word := string(r.word(i))
		if versionWord(word) || levelWord(word) || shortLevel(word) {
			if r.own < 0 && r.length > 0 {
				r.own = r.length
			}
			if versionWord(word) {
				continue
			}
		}
		r.tail[r.length] = uint8(i)
		r.length++
	}
	if r.own < 0 {
		r.own = r.length
	}
	return to - begin
}

// behindNumber returns where a release begins whose version is marked by a letter while the number in
// front is one of the name: STEP 7 V16. It returns begin for others.
func (r *reading) behindNumber(begin, to int) int {
	for i := begin; i < to && len(r.word(i)) <= mostDigits && isDigit(r.word(i)[0]); i++ {
		if next := i + 1; next < to && r.word(next)[0] == 'v' && r.startsRelease(next) {
			if first, _, _ := bytes.Cut(r.word(next)[1:], point); len(first) <= mostDigits {
				return next
			}
		}
	}
	return begin
}

// mostDigits is how many digits such a number and such a version begin with: "10 v1809" is one release.
const mostDigits = 2

var point = []byte(".")

// startsRelease tells whether a word is a number that can name a release.
func (r *reading) startsRelease(i int) bool {
	w, l := r.word(i), r.list[i]
	if len(w) > 1 && (w[0] == 'v' || w[0] == 'r' && bytes.IndexByte(w, '.') > 0) && l.apart {
		w = w[1:]
	}
	w = bytes.TrimSuffix(w, final)
	digits, dots := 0, 0
	for _, c := range w {
		switch {
		case isDigit(c):
			digits++
		case c == '.':
			dots++
		case c == 'x' && dots > 0: // 2.2.x
		default:
			return false
		}
	}
	switch {
	case !l.apart || digits == 0:
		return false
	case dots > 0 || digits <= 2 || len(w) < len(r.word(i)):
		return true
	}
	return digits == 4 && (w[0] == '1' && w[1] == '9' || w[0] == '2' && w[1] == '0')
}

// final stands behind the numbers of a release of Java software: 3.2.11.Final.
var final = []byte("final")

// isDotted tells whether a word is a release by its form alone: 9.2.
func (r *reading) isDotted(i int) bool {
	return bytes.IndexByte(r.word(i), '.') >= 0 && r.startsRelease(i)
}

// isNumber tells whether a word begins with a digit, or with one of the short forms of a level and
// then a digit: 1809, 22h2, r2, sp1, v5.
func (r *reading) isNumber(i int) bool {
	w := r.word(i)
	if i > 0 && !r.list[i].apart && bytes.IndexByte(r.word(i-1), '.') > 0 && isDigit(r.word(i - 1)[0]) {
		return true // 2.6.5-I001
	}
	if isDigit(w[0]) {
		w = bytes.TrimSuffix(w, final)
		digits := 0
		for _, c := range w {
			if isDigit(c) || c == '.' {
				digits++
			}
		}
		return len(w)-digits <= 2
	}
	for k := 1; k < len(w) && k <= 3; k++ {
		if isDigit(w[k]) {
			switch string(w[:k]) {
			case "r", "v", "sp", "cu", "su", "u", "ru", "mr":
				for _, c := range w[k:] {
					if !isDigit(c) && c != '.' && c != 'x' {
						return false
					}
				}
				return true
			}
			return false
		}
	}
	return false
}

// isLevel tells whether a word is one of those that stand between the numbers of a release.
func (r *reading) isLevel(i, to int) bool {
	word := string(r.word(i))
	return i+1 < to && (versionWord(word) || levelWord(word))
}

// appendCore appends the words of the core.
func (r *reading) appendCore(dst []byte) []byte {
	for _, i := range r.core[:r.size] {
		dst = append(dst, r.word(int(i))...)
	}
	return dst
}

// appendWhole appends all words but the vendor in front.
func (r *reading) appendWhole(dst []byte) []byte {
	if r.size == 0 {
		return dst
	}
	return append(dst, r.text()[r.list[r.core[0]].start:]...)
}

// appendRelease appends the words that name the release, or all with what follows.
func (r *reading) appendRelease(dst []byte, all bool) []byte {
	size := r.own
	if all {
		size = r.length
	}
	for k, i := range r.tail[:size] {
		if k > 0 {
			dst = append(dst, ' ')
		}
		dst = append(dst, r.word(int(i))...)
	}
	return dst
}

// ownLength returns the length in bytes of the release without the level of updates.
func (r *reading) ownLength() int {
	n := max(0, r.own-1) // blanks
	for _, i := range r.tail[:r.own] {
		n += len(r.word(int(i)))
	}
	return n
}
