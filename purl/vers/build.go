package vers

import "strings"

// build is the scheme of products whose versions differ only in a build counter while
// everything in front of it is a label that changed over the years: Trend Micro Apex
// Central wrote 8.0.0.6570, then 8.0.7007, then "2019 (14.0) Build 7190" for one counter
// (CVE-2023-52325, CVE-2025-49219, CVE-2025-69258).
//
//   - A number after the word build counts, wherever it stands.
//   - Without the word, it is the last number of three or more with dots or hyphens
//     between, or a number that stands alone.
//   - Two numbers ("14.0") are a release without its build: ErrImprecise. So are labels
//     that carry no build at all. The catalog names releases that look like a build
//     ("2019").
//
// All builds are on one line. A branch without a build is all builds.
type build struct{}

func (build) Name() string { return "build" }

func (b build) AppendKey(dst []byte, version string) ([]byte, int, error) {
	number, err := b.number(version)
	if err != nil {
		return dst, 0, err
	}
	if number == "" {
		return dst, 0, parseError("build", version, 0, "release without its build", ErrImprecise)
	}
	return Encoder(dst).Line("").Number(number).End(), 1, nil
}

func (b build) AppendBranch(lo, hi []byte, text string, _ int) ([]byte, []byte, int, error) {
	number, err := b.number(text)
	if err != nil {
		return lo, hi, 0, err
	}
	var br branch
	if number != "" {
		br.add(number)
	}
	l, h := br.bounds(Encoder(lo).Line(""), Encoder(hi).Line(""))
	return l, h, 1, nil
}

// number returns the build, "" when the text names a release only.
func (build) number(text string) (string, error) {
	if i := strings.IndexAny(text, "<>=,;|"); i >= 0 {
		return "", syntaxError("build", text, i, "operator in a version")
	}
	if i := indexWord(text, "build"); i >= 0 {
		rest := text[i+len("build"):]
		j := 0
		for j < len(rest) && !isAlnum(rest[j]) && rest[j] != '(' {
			j++
		}
		n := digits(rest[j:])
		if n == 0 || j+n < len(rest) && isAlnum(rest[j+n]) {
			return "", syntaxError("build", text, i, "no number after the word build")
		}
		return rest[j : j+n], nil
	}
	s := trimV(strings.TrimSpace(text))
	count, last := 0, ""
	for i := 0; i < len(s); {
		if n := digits(s[i:]); n > 0 {
			last = s[i : i+n]
			count++
			i += n
			continue
		}
		if s[i] == ' ' || s[i] == '(' {
			break // what follows is another name of the release
		}
		if s[i] != '.' && s[i] != '-' {
			return "", syntaxError("build", text, len(text)-len(s)+i, "neither digit nor separator")
		}
		i++
	}
	switch count {
	case 0:
		return "", syntaxError("build", text, 0, "no number")
	case 2:
		return "", nil
	default:
		return last, nil
	}
}

// indexWord finds a word in lower case in a text of any case, not inside a longer word.
func indexWord(text, word string) int {
	for i := 0; i+len(word) <= len(text); i++ {
		if text[i]|0x20 != word[0] || !strings.EqualFold(text[i:i+len(word)], word) {
			continue
		}
		if i > 0 && isLetter(text[i-1]) {
			continue
		}
		if j := i + len(word); j < len(text) && isLetter(text[j]) {
			continue
		}
		return i
	}
	return -1
}
