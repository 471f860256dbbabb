package vers_test

import (
	"cmp"
	"math/big"
	"regexp"
	"strings"
)

const composerModifier = `[._-]?(?:(stable|beta|b|rc|alpha|a|patch|pl|p)((?:[.-]?\d+)*)?)?([.-]?dev)?$`

var (
	composerClassic = regexp.MustCompile(`(?i)^v?(\d{1,5})(\.\d+)?(\.\d+)?(\.\d+)?` + composerModifier)
	composerDate    = regexp.MustCompile(`(?i)^v?(\d{4}(?:[.:-]?\d{2}){1,6}(?:[.:-]?\d{1,3})?)` + composerModifier)
	composerNumeric = regexp.MustCompile(`(?i)^v?(\d+)(\.(?:\d+|[x*]))?(\.(?:\d+|[x*]))?(\.(?:\d+|[x*]))?$`)
	composerDevTail = regexp.MustCompile(`(?i)^(.*?)[.-]?dev$`)
	composerBuild   = regexp.MustCompile(`^([^,\s+]+)\+\S+$`)
	composerAlias   = regexp.MustCompile(`^([^,\s]+) +as +([^,\s]+)$`)
	phpSpecial      = regexp.MustCompile(`[-_+]`)
	phpDigit        = regexp.MustCompile(`([^0-9.])([0-9])`)
	phpOther        = regexp.MustCompile(`([0-9])([^0-9.])`)
	phpDropped      = regexp.MustCompile(`\x00(.)|[^A-Za-z0-9.]`)
	phpDots         = regexp.MustCompile(`\.+`)
	composerFlag    = regexp.MustCompile(`(?i)@(?:stable|rc|beta|alpha|dev)$`)
)

// composerNormal returns the normal form of a version, and the text itself when Composer
// has none.
func composerNormal(version string) string {
	s := strings.TrimSpace(version)
	if m := composerAlias.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	s = composerFlag.ReplaceAllString(s, "")
	if s == "master" || s == "trunk" || s == "default" {
		return "dev-" + s
	}
	if strings.HasPrefix(strings.ToLower(s), "dev-") {
		return "dev-" + s[4:]
	}
	if m := composerBuild.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	tail := func(m []string) string {
		if m[0] == "stable" {
			return ""
		}
		word := map[string]string{"a": "alpha", "b": "beta", "p": "patch", "pl": "patch", "rc": "RC"}[strings.ToLower(m[0])]
		if word == "" {
			word = strings.ToLower(m[0])
		}
		if word != "" {
			word = "-" + word + strings.TrimLeft(m[1], ".-")
		}
		if m[2] != "" {
			word += "-dev"
		}
		return word
	}
	if m := composerClassic.FindStringSubmatch(s); m != nil {
		for i := 2; i < 5; i++ {
			if m[i] == "" {
				m[i] = ".0"
			}
		}
		return m[1] + m[2] + m[3] + m[4] + tail(m[5:])
	}
	if m := composerDate.FindStringSubmatch(s); m != nil {
		return strings.NewReplacer(":", ".", "-", ".").Replace(m[1]) + tail(m[2:])
	}
	if m := composerDevTail.FindStringSubmatch(s); m != nil {
		if m := composerNumeric.FindStringSubmatch(strings.TrimSpace(m[1])); m != nil {
			normal := m[1]
			for _, part := range m[2:] {
				if part == "" || strings.ContainsAny(part, "xX*") {
					part = ".9999999"
				}
				normal += part
			}
			return normal + "-dev"
		}
	}
	return s
}

// modelComposer is version_compare of the normal forms. Branches of a repository come
// first, by name.
func modelComposer(a, b string) (int, bool) {
	a, b = composerNormal(a), composerNormal(b)
	nameA, branchA := strings.CutPrefix(a, "dev-")
	nameB, branchB := strings.CutPrefix(b, "dev-")
	if branchA || branchB {
		return cmp.Or(-compareBools(branchA, branchB), cmp.Compare(nameA, nameB)), true
	}
	return compareLists(phpTokens(a), phpTokens(b), func(x, y string) int {
		if isNumber(x) && isNumber(y) {
			return phpNumber(x).Cmp(phpNumber(y))
		}
		return cmp.Compare(phpRank(x), phpRank(y))
	}), true
}

// phpTokens splits as version_compare does and puts an "end" behind, which is between the
// words in front of a release and numbers.
func phpTokens(s string) []string {
	s = phpSpecial.ReplaceAllString(s, ".")
	for range 2 {
		s = phpDigit.ReplaceAllString(s, "$1.$2")
		s = phpOther.ReplaceAllString(s, "$1.\x00$2")
	}
	s = phpDropped.ReplaceAllStringFunc(s, func(m string) string {
		if m[0] == 0 {
			return m[1:]
		}
		return "."
	})
	return append(strings.Split(phpDots.ReplaceAllString(s, "."), "."), "end")
}

func phpNumber(s string) *big.Int {
	n, limit := bigNumber(s), big.NewInt(1<<63-1)
	if n.Cmp(limit) > 0 {
		return limit
	}
	return n
}

func phpRank(token string) int {
	if isNumber(token) {
		return 7
	}
	for _, form := range []struct {
		word string
		rank int
	}{{"dev", 1}, {"a", 2}, {"b", 3}, {"rc", 4}, {"RC", 4}, {"end", 5}, {"#", 6}, {"p", 8}} {
		if strings.HasPrefix(token, form.word) {
			return form.rank
		}
	}
	if token == "" {
		return -1
	}
	return 0
}
