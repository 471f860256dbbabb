package vers_test

import (
	"cmp"
	"math/big"
	"regexp"
	"slices"
	"strings"
)

// The models of this file say the rules of the distributions' tools once more, slowly and
// as near to the words of their documentation as Go allows.

// number reads digits of any count, none as zero.
func number(digits string) *big.Int {
	n, _ := new(big.Int).SetString("0"+digits, 10)
	return n
}

func compareNumbers(a, b string) int { return number(a).Cmp(number(b)) }

var (
	debianText = regexp.MustCompile(`^(?:(\d+):)?(.*?)(?:-([^-]*))?$`)
	nonDigits  = regexp.MustCompile(`^[^0-9]*`)
	allDigits  = regexp.MustCompile(`^[0-9]*`)
)

// compareDebian is Debian Policy 5.6.12: epoch, upstream version, revision.
func compareDebian(a, b string) int {
	x, y := debianText.FindStringSubmatch(a), debianText.FindStringSubmatch(b)
	return cmp.Or(compareNumbers(x[1], y[1]), compareDebianParts(x[2], y[2]), compareDebianParts(x[3], y[3]))
}

// compareDebianParts compares the longest beginnings without digits, then the digits behind
// them, and so on until both are used up.
func compareDebianParts(a, b string) int {
	for a != "" || b != "" {
		x, y := nonDigits.FindString(a), nonDigits.FindString(b)
		if c := slices.Compare(debianWeights(x), debianWeights(y)); c != 0 {
			return c
		}
		a, b = a[len(x):], b[len(y):]
		x, y = allDigits.FindString(a), allDigits.FindString(b)
		if c := compareNumbers(x, y); c != 0 {
			return c
		}
		a, b = a[len(x):], b[len(y):]
	}
	return 0
}

// debianWeights gives every character its weight; the end has 0, between tilde and letters.
func debianWeights(s string) []int {
	var weights []int
	for _, c := range s {
		switch {
		case c == '~':
			weights = append(weights, -1)
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			weights = append(weights, int(c))
		default:
			weights = append(weights, int(c)+1000)
		}
	}
	return append(weights, 0)
}

var evrText = regexp.MustCompile(`(?s)^(?:(\d*):)?(.*?)(-[^-]*)?$`)

// compareRPM compares epoch, version and release; no release is below any.
func compareRPM(a, b string) int {
	x, y := evrText.FindStringSubmatch(a), evrText.FindStringSubmatch(b)
	if c := cmp.Or(compareNumbers(x[1], y[1]), compareSegments(x[2], y[2])); c != 0 {
		return c
	}
	if x[3] == "" || y[3] == "" {
		return cmp.Compare(len(x[3][:min(1, len(x[3]))]), len(y[3][:min(1, len(y[3]))]))
	}
	return compareSegments(x[3][1:], y[3][1:])
}

var segment = regexp.MustCompile(`~|\^|[0-9]+|[A-Za-z]+`)

// compareSegments compares two lists of segments with the end as a segment of its own.
func compareSegments(a, b string) int {
	x := append(segment.FindAllString(a, -1), "")
	y := append(segment.FindAllString(b, -1), "")
	for i := 0; i < len(x) && i < len(y); i++ {
		rank := func(s string) int { // tilde, end, caret, letters, digits
			switch {
			case s == "~":
				return 0
			case s == "":
				return 1
			case s == "^":
				return 2
			case s[0] > '9':
				return 3
			default:
				return 4
			}
		}
		c := cmp.Compare(rank(x[i]), rank(y[i]))
		if c == 0 && rank(x[i]) == 4 {
			c = compareNumbers(x[i], y[i])
		}
		if c == 0 && rank(x[i]) == 3 {
			c = cmp.Compare(x[i], y[i])
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

// comparePacman is the same with the rules of libalpm. It is no order when a release is
// there on one side only or a part ends with separators.
func comparePacman(a, b string) (int, bool) {
	x, y := evrText.FindStringSubmatch(a), evrText.FindStringSubmatch(b)
	loose := regexp.MustCompile(`[^0-9A-Za-z]$`)
	total := (x[3] == "") == (y[3] == "")
	for _, part := range []string{x[2], y[2], x[3], y[3]} {
		total = total && !loose.MatchString(part)
	}
	c := cmp.Or(compareNumbers(x[1], y[1]), comparePacmanParts(x[2], y[2]))
	if c == 0 && x[3] != "" && y[3] != "" {
		c = comparePacmanParts(x[3][1:], y[3][1:])
	}
	return c, total
}

var pacmanSegment = regexp.MustCompile(`^([^0-9A-Za-z]*)([0-9]+|[A-Za-z]+)`)

func comparePacmanParts(a, b string) int {
	for a != "" && b != "" {
		x, y := pacmanSegment.FindStringSubmatch(a), pacmanSegment.FindStringSubmatch(b)
		if x == nil && y == nil { // separators only
			return 0
		}
		if x == nil || y == nil { // one ends: digits are above that, letters below
			rest := x
			if x == nil {
				rest = y
			}
			above := 1
			if rest[2][0] > '9' {
				above = -1
			}
			if x == nil {
				return -above
			}
			return above
		}
		if c := cmp.Compare(len(x[1]), len(y[1])); c != 0 {
			return c
		}
		isNumber := func(s string) int { return len(allDigits.FindString(s[:1])) }
		c := cmp.Compare(isNumber(x[2]), isNumber(y[2]))
		if c == 0 && isNumber(x[2]) == 1 {
			c = compareNumbers(x[2], y[2])
		} else if c == 0 {
			c = cmp.Compare(x[2], y[2])
		}
		if c != 0 {
			return c
		}
		a, b = a[len(x[0]):], b[len(y[0]):]
	}
	switch {
	case a == "" && b == "":
		return 0
	case a == "" && b[0]|0x20 >= 'a' && b[0]|0x20 <= 'z':
		return 1
	case a == "":
		return -1
	default:
		return -comparePacmanParts(b, a)
	}
}

// compareAlpine walks the elements of both versions side by side, as apk-tools 3 does.
func compareAlpine(a, b string) int {
	x, restX := alpineElements(a)
	y, restY := alpineElements(b)
	for i := 0; i < len(x) && i < len(y); i++ {
		if c := x[i].compare(y[i]); c != 0 {
			return c
		}
	}
	return compareMalformed(restX, restY)
}

// An alpineElement has a rank in the order of what can stand at one place, and a value.
type alpineElement struct {
	rank  int
	value string
}

func (e alpineElement) compare(f alpineElement) int {
	switch {
	case e.rank != f.rank:
		return cmp.Compare(e.rank, f.rank)
	case e.rank == alpineHash || e.rank == alpineLetter:
		return cmp.Compare(e.value, f.value)
	case e.rank == alpineNumber && (e.value[0] == '0' || f.value[0] == '0'):
		return cmp.Compare(e.value, f.value)
	default:
		return compareNumbers(e.value, f.value)
	}
}

// Ranks; suffixes have 0..3 before the release and 10..14 after it.
const (
	alpineMalformed = 4 + iota
	alpineEnd
	alpineRevision
	alpineHash
	alpineSuffixNumber
	_
	alpineSuffix // 10
	alpineLetter = 20
	alpineNumber = 21
	alpineFirst  = 22
)

var alpineGrammar = regexp.MustCompile(`^(?:(\d+)((?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*)(~[0-9a-fA-F]+)?)?`)

func alpineElements(s string) ([]alpineElement, string) {
	var elements []alpineElement
	// A suffix is a whole word: _prefix is none. The longest beginning that ends at the
	// end of a word counts.
	m := alpineGrammar.FindStringSubmatch(s)
	for strings.Contains(m[4], "_") && m[5] == "" && len(m[0]) < len(s) && s[len(m[0])] >= 'a' && s[len(m[0])] <= 'z' &&
		s[len(m[0])-1] > '9' {
		m = alpineGrammar.FindStringSubmatch(s[:strings.LastIndex(m[0], "_")])
	}
	rest := s[len(m[0]):]
	if m[1] != "" {
		elements = append(elements, alpineElement{alpineFirst, m[1]})
	}
	for _, n := range strings.Split(m[2], ".")[1:] {
		elements = append(elements, alpineElement{alpineNumber, n})
	}
	if m[3] != "" {
		elements = append(elements, alpineElement{alpineLetter, m[3]})
	}
	for _, suffix := range strings.Split(m[4], "_")[1:] {
		word := strings.TrimRight(suffix, "0123456789")
		i := slices.Index([]string{"alpha", "beta", "pre", "rc", "", "", "", "", "", "", "cvs", "svn", "git", "hg", "p"}, word)
		elements = append(elements, alpineElement{i, ""})
		if n := suffix[len(word):]; n != "" {
			elements = append(elements, alpineElement{alpineSuffixNumber, n})
		}
	}
	if m[5] != "" {
		elements = append(elements, alpineElement{alpineHash, m[5]})
	}
	if m[1] != "" && strings.HasPrefix(rest, "-r") {
		n := allDigits.FindString(rest[2:])
		whole := n != "" && len(rest) == 2+len(n)
		if whole || number(n).Sign() > 0 {
			elements = append(elements, alpineElement{alpineRevision, n})
		}
		if whole {
			rest = ""
		}
	}
	if rest != "" {
		return append(elements, alpineElement{alpineMalformed, ""}), rest
	}
	return append(elements, alpineElement{alpineEnd, ""}), ""
}

// compareMalformed compares what stands outside of the grammar: punctuation, numbers,
// letters.
func compareMalformed(a, b string) int {
	split := regexp.MustCompile(`[0-9]+|[^0-9]`)
	if strings.HasPrefix(a, "-") {
		a = ""
	}
	if strings.HasPrefix(b, "-") {
		b = ""
	}
	return slices.CompareFunc(split.FindAllString(a, -1), split.FindAllString(b, -1), func(x, y string) int {
		rank := func(s string) int {
			switch c := s[0]; {
			case c >= '0' && c <= '9':
				return 10
			case c|0x20 >= 'a' && c|0x20 <= 'z':
				return 100 + int(c)
			default:
				return strings.Index("-._~", s)
			}
		}
		return cmp.Or(cmp.Compare(rank(x), rank(y)), compareNumbers(allDigits.FindString(x), allDigits.FindString(y)))
	})
}

var gentooText = regexp.MustCompile(`^(\d+)((?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|p)\d*)*)(?:-r(\d+))?$`)

// compareGentoo is the algorithm of the Package Manager Specification, section 3.3.
func compareGentoo(a, b string) int {
	x, y := gentooText.FindStringSubmatch(a), gentooText.FindStringSubmatch(b)
	if c := compareNumbers(x[1], y[1]); c != 0 {
		return c
	}
	n, m := strings.Split(x[2], ".")[1:], strings.Split(y[2], ".")[1:]
	for i := 0; i < len(n) && i < len(m); i++ {
		c := compareNumbers(n[i], m[i])
		if n[i][0] == '0' || m[i][0] == '0' {
			c = cmp.Compare(strings.TrimRight(n[i], "0"), strings.TrimRight(m[i], "0"))
		}
		if c != 0 {
			return c
		}
	}
	if c := cmp.Or(cmp.Compare(len(n), len(m)), cmp.Compare(x[3], y[3])); c != 0 {
		return c
	}
	rank := func(suffix string) int {
		return slices.Index([]string{"alpha", "beta", "pre", "rc", "", "p"}, strings.TrimRight(suffix, "0123456789"))
	}
	n, m = append(strings.Split(x[4], "_")[1:], ""), append(strings.Split(y[4], "_")[1:], "")
	for i := 0; i < len(n) && i < len(m); i++ {
		c := cmp.Compare(rank(n[i]), rank(m[i]))
		if c == 0 {
			c = compareNumbers(strings.TrimLeft(n[i], "abcdefghijklmnopqrstuvwxyz"), strings.TrimLeft(m[i], "abcdefghijklmnopqrstuvwxyz"))
		}
		if c != 0 {
			return c
		}
	}
	return compareNumbers(x[5], y[5])
}
