package vers

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// levelAliases are the spellings of one level word, so that "ladder(SP,HF)" reads
// "Service Pack 2 Hotfix 1".
var levelAliases = [][]string{
	{"sp", "service pack"},
	{"update", "upd", "u"},
	{"cu", "cumulative update"},
	{"hf", "hotfix", "hot fix", "h"},
	{"p", "patch"},
	{"fp", "fix pack", "fixpack"},
	{"rc", "cr", "release candidate"},
	{"take", "jumbo hotfix take", "with jumbo hotfix take", "jhf take"},
}

// newLadder makes a scheme of the engine levels for one product. Its parameters are the
// words of the vendor and, in between, what is special about the numbers:
//
//	SP            a level; the weightier words first: ladder(SP,Update,HF)
//	<RC           a pre-release, the earliest first: ladder(<M,<RC)
//	-GA           means nothing: 19.5 GA is 19.5
//	!Rel          means nothing, and neither does what stands behind it: 1.3.0 Rel.70591
//	!*            so does any other word that stands apart: 5.10 AFBT50F
//	!#            so does the code of a build: 9.97 CDI3B4B (see isCode)
//	~R            means nothing in front of the first number: R511.5 is 511.5
//	~*            so do any letters there
//	@CE           the version lies on the line CE: 7.9-CE
//	CU@LTSR       a level that only the line LTSR has: 2402 CU3
//	MR=3          no level, but the third number: 20.0 MR3 is 20.0.3
//	month         an update named by its month is a level: 2024 September Security Update
//	2020=20       a first number that is a year goes on as 20, 21, ...: 2020 U3 < 23.3;
//	              2020=220 likewise
//	numbers=2     a release has two numbers, and missing ones are zero: the branch R81 is
//	              R81.0 with its levels and does not hold R81.20, but R81.* does
//	line=3        the third number is the line: 10.0.19045.4291
//	line=3:4000   the third number tells it: a line up to 3999, another one from 4000 on
//	line=count    how many numbers there are tells it: 2.442 and 2.426.3
//	~n            1.2~118 is so many commits before 1.2, as git describe --contains says it;
//	              two such commits of one version are not told apart
//	zz            letters go on after z with za: 1.0.2z < 1.0.2za
//
// A colon may follow a word, and a comma may stand in front of one: "Application: 16.14,
// Platform: 16.0". The case of words does not count, and the spellings of levelAliases are one word. A blank
// in a word stands for an underscore, a hyphen or a dot, too. The word build is the last level
// wherever it stands, and may be left out unless a level is a number.
func newLadder(name, parameters string) (Scheme, error) {
	l := &levels{name: name}
	list := strings.Split(parameters, ",")
	if len(list) > 24 {
		return nil, fmt.Errorf("%s: more than 24 parameters", name)
	}
	rank := ladderRank{before: -30, after: dashWeight - 1}
	for _, text := range list {
		if err := l.parameter(text, &rank); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if l.place == 0 && !slices.ContainsFunc(l.words, func(w levelWord) bool { return w.word == "build" }) {
		l.words = append(l.words, levelWord{word: "build", weight: buildWeight})
	}
	l.sortWords()
	for i := 1; i < len(l.words); i++ {
		if l.words[i].word == l.words[i-1].word {
			return nil, fmt.Errorf("%s: the word %q stands twice", name, l.words[i].word)
		}
	}
	return l, nil
}

// A ladderRank holds the weights that are given out next.
type ladderRank struct{ before, after int8 }

// parameter enters one parameter.
func (l *levels) parameter(text string, rank *ladderRank) error {
	switch text {
	case "month":
		l.month = rank.after
		rank.after--
		return nil
	case "zz":
		l.doubled = true
		return nil
	case "!*":
		l.anyRest = true
		return nil
	case "!#":
		l.codes = true
		return nil
	case "~*":
		l.anyPrefix = true
		return nil
	case "~n":
		l.commits = true
		return nil
	case "line=count":
		l.lineCount = true
		return nil
	}
	if rule, ok := strings.CutPrefix(text, "line="); ok {
		return l.lineRule(rule)
	}
	if count, ok := strings.CutPrefix(text, "numbers="); ok {
		n, err := strconv.Atoi(count)
		if err != nil || n < 1 || n > 9 {
			return fmt.Errorf("count from 1 to 9 wanted, found %q", text)
		}
		l.numbers = n
		return nil
	}
	if from, to, ok := strings.Cut(text, "="); ok && from != "" && isDigit(from[0]) {
		return l.yearRule(from, to)
	}
	w := levelWord{word: strings.ToLower(text)}
	switch {
	case strings.HasPrefix(text, "<"):
		w.word, w.weight = w.word[1:], rank.before
		rank.before++
	case strings.HasPrefix(text, "-"):
		w.word = w.word[1:]
	case strings.HasPrefix(text, "!"):
		w.word, w.skip = w.word[1:], true
	case strings.HasPrefix(text, "@"):
		w.word = w.word[1:]
		w.line = w.word
	case strings.HasPrefix(text, "~"):
		if !isPrefixWord(w.word[1:]) {
			return fmt.Errorf("prefix wanted, found %q", text)
		}
		l.prefixes = append(l.prefixes, w.word[1:])
		slices.SortFunc(l.prefixes, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
		return nil
	default:
		if word, place, ok := strings.Cut(w.word, "="); ok {
			n, err := strconv.Atoi(place)
			if err != nil || n < 2 || n > 9 {
				return fmt.Errorf("place from 2 to 9 wanted, found %q", text)
			}
			w.word, w.place, l.place = word, int8(n), max(l.place, int8(n))
			break
		}
		w.weight = rank.after
		rank.after--
		if word, line, ok := strings.Cut(w.word, "@"); ok {
			if w.word, w.line = word, line; !isLevelWord(line) {
				return fmt.Errorf("line wanted, found %q", text)
			}
		}
		if w.word == "build" {
			w.weight = buildWeight
		}
	}
	if !isLevelWord(w.word) {
		return fmt.Errorf("word wanted, found %q", text)
	}
	for _, spelling := range spellings(w.word) {
		w.word = spelling
		l.words = append(l.words, w)
	}
	return nil
}

// lineRule reads what stands behind line=.
func (l *levels) lineRule(rule string) error {
	at, rest, more := strings.Cut(rule, ":")
	n, err := strconv.Atoi(at)
	if err != nil || n < 1 || n > 9 {
		return fmt.Errorf("place from 1 to 9 wanted, found %q", rule)
	}
	l.lineAt = n
	for more {
		var from string
		from, rest, more = strings.Cut(rest, ":")
		if from == "" || digits(from) != len(from) || from[0] == '0' ||
			len(l.lineFrom) > 0 && compareDigits(l.lineFrom[len(l.lineFrom)-1], from) >= 0 {
			return fmt.Errorf("ascending numbers wanted, found %q", rule)
		}
		l.lineFrom = append(l.lineFrom, from)
	}
	return nil
}

// yearRule reads "2020=20".
func (l *levels) yearRule(from, to string) error {
	year, err := strconv.Atoi(from)
	short, err2 := strconv.Atoi(to)
	if err != nil || err2 != nil || year < 1900 || year > 2099 || short < 1 || short > 999 {
		return fmt.Errorf("year and number below 1000 wanted, found %q", from+"="+to)
	}
	l.years = year - short
	return nil
}

// isPrefixWord tells whether a parameter is what may stand in front of a number: level words,
// of which those behind the first may begin with a digit (release 3DEXPERIENCE R).
func isPrefixWord(word string) bool {
	first, rest, more := strings.Cut(word, " ")
	for more && isLevelWord(first) {
		first, rest, more = strings.Cut(rest, " ")
		first = first[digits(first):]
	}
	return isLevelWord(first) && !more
}

// isLevelWord tells whether a parameter is a word: letters, with single blanks, hyphens or
// underscores between.
func isLevelWord(word string) bool {
	for i := 0; i < len(word); i++ {
		between := i > 0 && i+1 < len(word) && isLetter(word[i-1]) && isLetter(word[i+1])
		if !isLetter(word[i]) && !(between && (word[i] == ' ' || word[i] == '-' || word[i] == '_')) {
			return false
		}
	}
	return word != ""
}

// sortWords orders the words by their first letter and puts longer ones first, so that
// "jumbo hotfix take" is found before "jumbo".
func (l *levels) sortWords() {
	slices.SortFunc(l.words, func(a, b levelWord) int {
		return cmp.Or(cmp.Compare(a.word[0], b.word[0]), cmp.Compare(len(b.word), len(a.word)), strings.Compare(a.word, b.word))
	})
	for i := range l.first {
		l.first[i] = uint8(sort.Search(len(l.words), func(j int) bool { return l.words[j].word[0] >= 'a'+byte(i) }))
	}
}

// spellings returns the word and its other spellings.
func spellings(word string) []string {
	for _, list := range levelAliases {
		if slices.Contains(list, word) {
			return list
		}
	}
	return []string{word}
}
