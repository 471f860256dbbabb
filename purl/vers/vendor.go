package vers

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// vendorScheme is the scheme of products that no catalog line describes. Its words are the
// ones that mean the same wherever they were met in 44,130 CVE records and 2,383 CSAF
// documents; what differs between vendors is left out and so an error: a and b glued to a
// number (alpha, build, board?), M glued to a number, editions. Products that use such
// words need a line in the catalog with a "ladder(...)" of their own.
func vendorScheme() Scheme {
	l := &levels{name: "vendor", words: []levelWord{
		{"dev", -12}, {"snapshot", -12}, {"nightly", -12},
		{"alpha", -10}, {"beta", -9}, {"milestone", -8}, {"preview", -7}, {"pre", -7},
		{"eap", -6}, {"rc", -4}, {"cr", -4}, {"release candidate", -4},

		{"ga", 0}, {"final", 0}, {"lts", 0}, {"ltsr", 0}, {"release", 0}, {"stable", 0},
		{"jumbo hotfix", 0}, {"with", 0},

		{"r", 26}, {"refresh", 25},
		{"sp", 24}, {"service pack", 24},
		{"tcu", 22},
		{"cumulative update", 20}, {"cu", 20}, {"ru", 19}, {"su", 18}, {"mr", 17},
		{"update", 16}, {"upd", 16}, {"u", 16},
		{"fix pack", 14}, {"fixpack", 14}, {"fp", 14}, {"take", 13}, {"pl", 12}, {"pc", 11},
		{"patch", 10}, {"p", 10},
		{"s", 9}, {"es", 8}, {"et", 7},
		{"hotfix", 6}, {"hot fix", 6}, {"hf", 6}, {"h", 6},
		{"build", buildWeight},
	}}
	l.sortWords()
	return l
}

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
	{"take", "jumbo hotfix take", "with jumbo hotfix take"},
}

// newLadder makes a scheme from the level words of one vendor, the weightier first:
//
//	ladder(<M,<RC,SP,Update,HF,-GA)
//
// A word with < comes before the release, one with - means nothing. The word build is the
// last level without being named.
func newLadder(name, parameters string) (Scheme, error) {
	l := &levels{name: name, words: []levelWord{{"build", buildWeight}}}
	words := strings.Split(parameters, ",")
	if len(words) > 24 {
		return nil, fmt.Errorf("%s: more than 24 words", name)
	}
	before, after := -30, letterWeight-1
	for _, word := range words {
		kind := byte(0)
		if word != "" && (word[0] == '<' || word[0] == '-') {
			kind, word = word[0], word[1:]
		}
		word = strings.ToLower(word)
		if word == "" || strings.ContainsFunc(word, func(r rune) bool { return r != ' ' && (r < 'a' || r > 'z') }) {
			return nil, fmt.Errorf("%s: level word wanted, found %q", name, word)
		}
		weight := 0
		switch kind {
		case '<':
			weight = before
			before++
		case 0:
			weight = after
			after--
		}
		for _, spelling := range spellings(word) {
			l.words = append(l.words, levelWord{spelling, int8(weight)})
		}
	}
	l.sortWords()
	for i := 1; i < len(l.words); i++ {
		if l.words[i].word == l.words[i-1].word {
			return nil, fmt.Errorf("%s: the word %q stands twice", name, l.words[i].word)
		}
	}
	return l, nil
}

// sortWords puts longer words first, so that "jumbo hotfix take" is found before "jumbo".
func (l *levels) sortWords() {
	slices.SortFunc(l.words, func(a, b levelWord) int {
		return cmp.Or(cmp.Compare(len(b.word), len(a.word)), strings.Compare(a.word, b.word))
	})
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
