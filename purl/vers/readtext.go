package vers

import (
	"fmt"
	"strings"
)

// A ReadLevel tells how far a text was from the strict form of a range. The zero value
// says that nothing was read.
type ReadLevel uint8

// The levels, from strict to tolerant.
const (
	NotRead      ReadLevel = iota
	ReadStrict             // one version and nothing else, or a VERS text
	ReadVLS                // comparators and versions with | between (CSAF 2.0, 3.1.2.3.2)
	ReadTolerant           // words, blanks, commas: what people write
)

// String returns "", "strict", "vls" or "tolerant".
func (l ReadLevel) String() string {
	switch l {
	case ReadStrict:
		return "strict"
	case ReadVLS:
		return "vls"
	case ReadTolerant:
		return "tolerant"
	default:
		return ""
	}
}

// A Reading tells how [Schemes.ReadText] understood a text. The zero value says nothing.
// It is a plain value; copies share Branches, which nobody modifies.
type Reading struct {
	Level ReadLevel

	// Condition is the part of the text that restricts the range to circumstances: "with
	// Ethernet interface", "serial number 179**** and prior". The versions of the range
	// are meant only where it holds; who cannot tell has to answer that it is not known.
	Condition string

	// Dropped is what stood in front of the versions and was passed over: the name of the
	// product ("AcmeOS"), a model, or firmware. What is no name of the product, as an
	// edition or a channel, restricts the range like a condition; only a caller who knows
	// the names can tell.
	Dropped string

	// Branches holds the versions of a text that names several in one way: upper bounds
	// ("< 11.1.0.6, < 12.1.1"), versions under one comparator ("before 9.1.1, 8.2.3"), or
	// versions alone ("10.1.2, 10.2.9"). A list of bounds, and a list of versions that
	// are fixes, is meant branch by branch, each bound on its own; the plain union that
	// the range holds is wider.
	Branches []string
}

// ReadText reads the versions that a text is about, as vendors write it in advisories:
//
//	7.1.2-4001 and earlier versions     All versions < V12 SP1 Update 4
//	>= 6.3.0 | <= 6.4.5                 9.1 - 9.1.14, 10 - 10.0.3
//	8.6.x.x: 8.6.0.9 and below          6.2 all versions
//	AP9 <= 5.7.1                        < 6.11 except 6.8.9 and 6.10.4
//	vers:all/>=V3|<V4                   All versions with serial interface
//
// The rules:
//
//   - A text that the scheme reads as one version is that version, unless its parts stand
//     for themselves ("3.0, 4.1", "2.1.0 - 2.1.7", "2.1.0-2.1.7").
//   - A lower bound followed by an upper one is an interval, whatever stands between (CISA
//     writes a bar); other bounds next to each other are a list.
//   - A hyphen glued to both sides is an interval when both sides have the same count of
//     numbers or the right one continues the left one; where it could be part of a version
//     as well, the text is an error.
//   - Up to, until, to and through include the version that follows.
//   - A branch (5.1.x, 7.4 all versions, all versions of 4.0) holds all that begins with
//     it. A version that the scheme calls imprecise stands for its branch: < 2019 ends
//     where it begins, <= 2019 where it ends. Before an x nobody knows which is meant, so
//     the branch is Unknown, and so is all of V3 in "< V3.X.17"; before a star it is inside
//     (CVE JSON 5.x, versions.md).
//   - A release holds its builds ([Releaser]), so "7.2.6 and earlier" holds the build 1575
//     of 7.2.6.
//   - Where a list can be read in two ways ("< 1.99 | 2.20"), what only one of them holds
//     is Unknown. Versions behind a word ("before 9.1.1, 8.2.3") and versions that are glued
//     together ("<V33.017_V34.014") are all under the comparator.
//   - "with" behind a bound belongs to the bound, so other builds of its release are in the
//     range, too: under a condition that means that they may be affected.
//   - Every word has to be accounted for: part of a version, a known word, a condition
//     behind it, or a name in front of it, the same in front of each version. All else is
//     a [ParseError] and never a guess. So is a placeholder (see [IsPlaceholder]).
//
// The range is valid whenever the error is nil. Its Text is the text that was read.
func (s *Schemes) ReadText(scheme Scheme, text string) (Range, Reading, error) {
	if scheme == nil {
		return Range{}, Reading{}, fmt.Errorf("%w: nil", ErrUnknownScheme)
	}
	if len(text) > s.maxLength {
		return Range{}, Reading{}, parseError("text", text, s.maxLength, "", ErrTooLong)
	}
	if IsPlaceholder(text) {
		return Range{}, Reading{}, syntaxError("text", text, 0, "a placeholder, which names no version")
	}
	t := &textReader{set: s, scheme: scheme, input: text, text: cleanText(text)}
	r, err := t.read()
	if err != nil {
		return Range{}, Reading{}, err
	}
	r.text = text
	return r, t.reading, nil
}

// IsAll tells whether a text names all versions and says nothing else: "*", "All
// versions", "vers:all/*".
func IsAll(text string) bool {
	if hasDigit(text) {
		return false
	}
	fold := foldText(text)
	if typed, ok := strings.CutPrefix(fold, "vers:"); ok {
		_, constraints, _ := strings.Cut(typed, "/")
		return constraints == "*"
	}
	return isListed(allTexts, fold)
}

// IsPlaceholder tells whether a text stands where a version or a range is wanted and
// names none: "n/a", "unspecified", "see references", an address, nothing at all.
func IsPlaceholder(text string) bool {
	if hasDigit(text) {
		address := strings.TrimLeft(text, " \t\r\n")
		return hasPrefixFold(address, "http://") || hasPrefixFold(address, "https://")
	}
	fold := foldText(text)
	if strings.HasPrefix(fold, "http://") || strings.HasPrefix(fold, "https://") || strings.HasPrefix(fold, "see ") {
		return true
	}
	for i := 0; i < len(fold); i++ {
		if c := fold[i]; isAlnum(c) || c == '*' || c >= 0x80 {
			return isListed(placeholders, fold)
		}
	}
	return true
}

// allTexts and placeholders were met in 44,130 CVE records and 2,383 CSAF documents.
const (
	allTexts = `
*
all
any
every
all version
all versions
any version
any versions
every version
all releases
all revisions
all firmware versions
all software versions
all supported versions
all known versions
versions: all
version: all
`
	placeholders = `
n/a
na
none
null
nil
not applicable
not available
unspecified
not specified
undefined
unknown
tbd
tba
various
various versions
multiple
multiple versions
several
latest
latest version
the latest version
current
current version
main
master
prior
earlier
previous versions
publication
upgrade to the latest version
upgrade to latest version
no version
no versions
x
x.x
x.x.x
v
version
versions
`
)

func hasDigit(s string) bool {
	for i := 0; i < len(s); i++ {
		if isDigit(s[i]) {
			return true
		}
	}
	return false
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// isListed tells whether list holds a line of its own for word.
func isListed(list, word string) bool {
	if word == "" || strings.Contains(word, "\n") {
		return false
	}
	for i := 0; ; {
		n := strings.Index(list[i:], word)
		if n < 0 {
			return false
		}
		i += n
		if list[i-1] == '\n' && list[i+len(word)] == '\n' {
			return true
		}
		i++
	}
}

// foldText brings a text to lower case, with single blanks for blanks and underscores and
// without a full stop at its end.
func foldText(text string) string {
	fold := strings.ReplaceAll(strings.ToLower(text), "_", " ")
	fold = strings.Join(strings.Fields(fold), " ")
	return strings.TrimRight(fold, ". ")
}

// levelOf tells how strict the form of a text is; one says that it was read as one version.
func levelOf(text string, one bool) ReadLevel {
	typed, isVERS := strings.CutPrefix(text, "vers:")
	name, constraints := "", text
	if isVERS {
		name, constraints, _ = strings.Cut(typed, "/")
	}
	for c := range strings.SplitSeq(constraints, "|") {
		version := strings.TrimLeft(c, "<>!")
		if operator := len(c) - len(version); operator > 1 || c != version && version == "*" {
			return tolerantOr(one)
		} else if operator == 1 {
			version = strings.TrimPrefix(version, "=")
		}
		if version == "" || strings.ContainsAny(version, " \t\n<>=!,;") || version == "*" && constraints != "*" {
			return tolerantOr(one)
		}
	}
	switch {
	case one, isVERS && (name != "all" || constraints == "*"):
		return ReadStrict
	default:
		return ReadVLS
	}
}

func tolerantOr(one bool) ReadLevel {
	if one {
		return ReadStrict
	}
	return ReadTolerant
}
