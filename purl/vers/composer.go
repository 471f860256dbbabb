package vers

import "strings"

// composer is the scheme of PHP packages: what composer/semver 3.3 normalizes, in the order
// of PHP's version_compare (https://www.php.net/version_compare).
//
//   - One to four numbers, the first of up to five digits; missing ones are 0. Or a date:
//     four digits, then groups of two with . : - between or not.
//   - Then a stability with numbers of its own (alpha a beta b rc patch pl p, and stable,
//     which means nothing), then dev. Case does not count, nor do a leading v, what follows
//     a plus, "@stability" and "as alias".
//   - A branch 1.2.x-dev is 1.2.9999999.9999999-dev.
//   - dev < alpha < beta < rc < the release < a further number < patch.
//   - Numbers above 9223372036854775807 are that number, as in PHP.
//   - dev-NAME, master, trunk and default are branches of a repository. They are below all
//     versions and differ from each other; their order, by name, means nothing.
//
// What begins with a number and is none of these ("4.3-2beta5", from the time of PEAR) is
// compared by PHP as it stands: runs of digits and of letters, where a word counts by its
// first letters in small ones and an unknown word, like STABLE, comes before dev.
type composer struct{}

// The tags of the stabilities. Those below tagEnd are in front of the release; a patch is
// above numbers.
const (
	composerBroken = 0x01 // a separator at the end
	composerOther  = 0x02
	composerDev    = 0x03
	composerAlpha  = 0x04
	composerBeta   = 0x05
	composerRC     = 0x06
	composerHash   = 0x3F // stands for any number in PHP; here in front of all
	composerPatch  = 0xD0
)

const (
	composerWildcard = "9999999"
	phpMaxInt        = "9223372036854775807"
)

func (composer) Name() string { return "composer" }

func (c composer) AppendKey(dst []byte, version string) ([]byte, int, error) {
	s, offset := trimBlanks(version)
	if at := notPrintable(s); at >= 0 {
		return dst, 0, syntaxError("composer", version, offset+at, "control character or no ASCII")
	}
	s = composerCore(s)
	e := Encoder(dst).Line("")
	if name, ok := composerBranchName(s); ok {
		e = append(append(append(e, composerDev), name...), 0)
		return e.End(), 1, nil
	}
	start := 0
	if s != "" && s[0]|0x20 == 'v' {
		start = 1
	}
	if e, n := composerClassic(e, s[start:]); n > 0 {
		if e, ok := composerModifier(e, s[start+n:]); ok {
			return e.End(), 1, nil
		}
	}
	if e, n := composerDate(e, s[start:]); n > 0 {
		if e, ok := composerModifier(e, s[start+n:]); ok {
			return e.End(), 1, nil
		}
	}
	if e, ok := composerNumericBranch(e, s[start:]); ok {
		return append(e, composerDev).End(), 1, nil
	}
	if s == "" || !isDigit(s[0]) || strings.ContainsAny(s, " ,") {
		return dst, 0, syntaxError("composer", version, offset+start, "version or branch wanted")
	}
	return composerRaw(e, s).End(), 1, nil
}

func (c composer) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	s, _ := trimBlanks(text)
	for i := 0; i < len(s); i += max(1, digits(s[i:])) {
		if digits(s[i:]) >= len(phpMaxInt) {
			return prefixBranch(c, lo, hi, s)
		}
	}
	return dottedBranch(c, lo, hi, s, depth, false)
}

// composerRaw writes a text as version_compare reads it. Dots separate, and so do hyphen,
// underscore and plus, each change between digits and other characters, and each other
// character that stands at neither.
func composerRaw(e Encoder, s string) Encoder {
	var room [2 * MaxLength]byte
	canonical := room[:0]
	last := byte('.') // of canonical; several dots are one
	for i := 0; i < len(s); i++ {
		c, before := s[i], byte('.')
		if i > 0 {
			before = s[i-1]
		}
		special := c == '-' || c == '_' || c == '+'
		change := isDigit(c) && !isDigit(before) && !strings.ContainsRune(".-_+", rune(before)) ||
			!isDigit(c) && c != '.' && isDigit(before)
		if (special || change || !isAlnum(c)) && last != '.' {
			canonical = append(canonical, '.')
		}
		if !special && (change || isAlnum(c)) {
			canonical = append(canonical, c)
		}
		if last = '.'; len(canonical) > 0 {
			last = canonical[len(canonical)-1]
		}
	}
	for start, i := 0, 0; i <= len(canonical); i++ {
		if i < len(canonical) && canonical[i] != '.' {
			continue
		}
		switch token := canonical[start:i]; {
		case len(token) == 0:
			e = append(e, composerBroken)
		case isDigit(token[0]):
			e = composerNumber(e, string(token))
		default:
			e = append(e, phpForm(string(token)))
		}
		start = i + 1
	}
	return e
}

// phpForm returns the tag of the word that PHP sees in a run of letters.
func phpForm(word string) byte {
	for _, form := range [...]struct {
		word string
		tag  byte
	}{
		{"dev", composerDev}, {"a", composerAlpha}, {"b", composerBeta}, {"RC", composerRC},
		{"rc", composerRC}, {"#", composerHash}, {"p", composerPatch},
	} {
		if strings.HasPrefix(word, form.word) {
			return form.tag
		}
	}
	return composerOther
}

// composerCore drops an alias, a stability flag and build metadata.
func composerCore(s string) string {
	if left, right, ok := strings.Cut(s, " "); ok {
		right = strings.TrimLeft(right, " ")
		if alias, ok := strings.CutPrefix(right, "as "); ok {
			alias = strings.TrimLeft(alias, " ")
			if left != "" && alias != "" && !strings.ContainsAny(left+alias, ", ") {
				s = left
			}
		}
	}
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		for _, flag := range [...]string{"stable", "rc", "beta", "alpha", "dev"} {
			if strings.EqualFold(s[i+1:], flag) {
				s = s[:i]
				break
			}
		}
	}
	if _, branch := composerBranchName(s); branch {
		return s
	}
	if i := strings.IndexByte(s, '+'); i > 0 && i+1 < len(s) &&
		!strings.ContainsAny(s[:i], ", ") && !strings.Contains(s[i+1:], " ") {
		s = s[:i]
	}
	return s
}

// composerBranchName returns the name of a branch of a repository.
func composerBranchName(s string) (string, bool) {
	switch {
	case s == "master", s == "trunk", s == "default":
		return s, true
	case len(s) >= 4 && hasWord(s, 0, "dev") && s[3] == '-':
		return s[4:], true
	default:
		return "", false
	}
}

// composerSpan returns the length of the digits and separators in front, which end with a
// digit.
func composerSpan(s string) int {
	end := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isDigit(c):
			end = i + 1
		case c != '.' && c != '-' && c != ':':
			return end
		}
	}
	return end
}

// composerClassic reads one to four numbers and returns their length.
func composerClassic(e Encoder, s string) (Encoder, int) {
	n := digits(s)
	if n == 0 || n > 5 {
		return e, 0
	}
	e = composerNumber(e, s[:n])
	i := n
	for range 3 {
		if i+1 < len(s) && s[i] == '.' && isDigit(s[i+1]) {
			n := digits(s[i+1:])
			e = composerNumber(e, s[i+1:i+1+n])
			i += 1 + n
		} else {
			e = e.Number("")
		}
	}
	return e, i
}

// composerDate reads a date and returns its length: four digits, one to six groups of two
// and a last one of up to three, each with a separator or not.
func composerDate(e Encoder, s string) (Encoder, int) {
	end := composerSpan(s)
	groups := 0
	for i, first := 0, true; i < end; first = false {
		if !first {
			i++
		}
		n := digits(s[i:end])
		if n == 0 {
			return e, 0
		}
		e = composerNumber(e, s[i:i+n])
		i += n
		if first {
			if n -= 4; n < 0 {
				return e, 0
			}
		}
		switch {
		case i < end && n%2 != 0:
			return e, 0
		case i < end:
			groups += n / 2
		default:
			// The last group takes none to three of these digits.
			least, most := max(0, (n-2)/2), n/2
			if max(least, 1-groups) > min(most, 6-groups) {
				return e, 0
			}
		}
	}
	return e, end
}

// composerModifier reads all that may follow the numbers.
func composerModifier(e Encoder, s string) (Encoder, bool) {
	if s == "" {
		return e, true
	}
	if tag, n := composerStability(s, skipSeparator(s, 0)); n > 0 {
		i := skipSeparator(s, 0) + n
		stable := s[i-n:i] == "stable"
		if !stable {
			if tag == 0 {
				tag = composerOther
			}
			e = append(e, tag)
		}
		for {
			j := i
			if j < len(s) && (s[j] == '.' || s[j] == '-') {
				j++
			}
			n := digits(s[j:])
			if n == 0 {
				break
			}
			if !stable {
				e = composerNumber(e, s[j:j+n])
			}
			i = j + n
		}
		switch {
		case i == len(s):
			return e, true
		case !composerIsDev(s[i:]):
			return e, false
		case stable:
			return e, true
		default:
			return append(e, composerDev), true
		}
	}
	if composerIsDev(s) || skipSeparator(s, 0) == 1 && composerIsDev(s[1:]) {
		return append(e, composerDev), true
	}
	return e, skipSeparator(s, 0) == len(s)
}

// composerStability returns the tag and the length of the stability at i; "stable" has the
// tag 0.
func composerStability(s string, i int) (tag byte, length int) {
	for _, w := range composerStabilities {
		if hasWord(s, i, w.word) {
			return w.tag, len(w.word)
		}
	}
	return 0, 0
}

// composerStabilities are the words of Composer, the longest first where one begins with
// another.
var composerStabilities = [...]struct {
	word string
	tag  byte
}{
	{"stable", 0}, {"beta", composerBeta}, {"b", composerBeta}, {"rc", composerRC},
	{"alpha", composerAlpha}, {"a", composerAlpha},
	{"patch", composerPatch}, {"pl", composerPatch}, {"p", composerPatch},
}

// composerIsDev tells whether s is dev with a dot or hyphen in front or not.
func composerIsDev(s string) bool {
	if len(s) == 4 && (s[0] == '.' || s[0] == '-') {
		s = s[1:]
	}
	return len(s) == 3 && hasWord(s, 0, "dev")
}

// composerNumericBranch reads 1.2.x-dev, where x is each number that is missing too.
func composerNumericBranch(e Encoder, s string) (Encoder, bool) {
	n := len(s) - len("dev")
	if n < 1 || !hasWord(s, n, "dev") {
		return e, false
	}
	if s[n-1] == '.' || s[n-1] == '-' {
		n--
	}
	s = strings.TrimSpace(s[:n])
	for i := range 4 {
		number := composerWildcard
		if i > 0 && s != "" {
			if s[0] != '.' || len(s) < 2 {
				return e, false
			}
			s = s[1:]
		}
		if n := digits(s); n > 0 {
			number, s = s[:n], s[n:]
		} else if s != "" && i > 0 && (s[0]|0x20 == 'x' || s[0] == '*') {
			s = s[1:]
		} else if s != "" || i == 0 {
			return e, false
		}
		e = composerNumber(e, number)
	}
	return e, s == ""
}

// composerNumber writes a number as PHP reads it.
func composerNumber(e Encoder, number string) Encoder {
	for len(number) > 0 && number[0] == '0' {
		number = number[1:]
	}
	if len(number) > len(phpMaxInt) || len(number) == len(phpMaxInt) && number > phpMaxInt {
		number = phpMaxInt
	}
	return e.Number(number)
}
