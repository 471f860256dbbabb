package advisory

import "strings"

// A commit has no order of its own: equality with one that is named decides, and all else
// needs the ancestry. Publishers write commits as versions of the type "git", and as words
// under any other: "< 8f9b9803f231" (CVE-2023-41054), "before commit 146967f" (CVE-2024-25975).

// IsCommit tells whether a text is the name of a commit, whole or short: 7 to 64 hex
// digits, not all of them decimal.
func IsCommit(text string) bool {
	text = strings.TrimSpace(text)
	letters := false
	for i := 0; i < len(text); i++ {
		switch c := text[i] | 0x20; {
		case 'a' <= c && c <= 'f':
			letters = true
		case !isDigit(text[i]):
			return false
		}
	}
	return letters && 7 <= len(text) && len(text) <= 64
}

// isHash tells whether a text can be nothing but a commit or another hash, whatever type it
// claims: 1234567a may be a date with a letter.
func isHash(text string) bool {
	letters := 0
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) {
			letters++
		}
	}
	return letters > 1 && len(text)-letters > 1 && IsCommit(text)
}

// IsCommits tells whether the span names commits of a repository. The type "git" alone does
// not make it so: "3.5" under that type is a release (CVE-2023-5139), unless a commit stands
// beside it. Under other types all that is named has to be a hash.
func (s *Span) IsCommits() bool {
	git := strings.EqualFold(s.Hint, "git")
	if !git && !strings.EqualFold(s.Hint, "original_commit_for_fix") {
		return s.namesHashes()
	}
	dotted := false
	for _, text := range [...]string{s.Version, s.From, s.Before, s.Through} {
		if git && IsCommit(clean(text)) {
			return true
		}
		dotted = dotted || isRelease(clean(text)) || !git && hasDot(text)
	}
	return !dotted
}

// namesHashes tells whether all that a span names is hashes.
func (s *Span) namesHashes() bool {
	if s.isExact() || len(s.Changes) > 0 {
		return false
	}
	if !s.IsRange() {
		_, ok := hashRange(s.Version)
		return ok
	}
	found := false
	for _, text := range [...]string{s.From, s.Before, s.Through} {
		text = clean(text)
		if hasDigit(text) && !isZero(text) {
			if !isHash(text) {
				return false
			}
			found = true
		}
	}
	return found
}

// hashRange reads a text about commits and nothing else: one, or bounds with operators or
// words. One of them is a hash, or the word commit tells what they are.
func hashRange(text string) (s Span, ok bool) {
	to := &s.Version
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(" \t,;|", r) }) {
		op, word := operator(strings.ToLower(word))
		switch op {
		case "<":
			to = &s.Before
		case "<=":
			to = &s.Through
		case ">=":
			to = &s.From
		case ">":
			return Span{}, false // the commit itself is outside
		}
		switch word = strings.TrimPrefix(word, "sha-"); word {
		case "commit", "commits":
			ok = true
			continue
		case "", "hash", "version", "versions", "all", "to":
			continue
		case "before", "prior":
			to = &s.Before
			continue
		}
		if !IsCommit(word) || *to != "" {
			return Span{}, false
		}
		*to = word
		ok = ok || isHash(word)
	}
	return s, ok && s.Version+s.From+s.Before+s.Through != ""
}

// commit notes a span of commits. Without their ancestry only the commits that it names
// are known: the one that brought the status, and the one that ends it.
func (r *resolver) commit(i int) {
	r.commitSpans++
	s := r.spans[i]
	if !s.IsRange() {
		if named, ok := hashRange(s.Version); ok {
			s.Version, s.From, s.Before, s.Through = named.Version, named.From, named.Before, named.Through
		}
	}
	for _, text := range [...]string{s.Version, s.From, s.Through} {
		if IsCommit(text) {
			r.name(i, text, s.Status)
		}
	}
	if s.Status == Affected && IsCommit(s.Before) && !sameText(s.From, s.Before) {
		r.name(i, s.Before, Fixed)
	}
}
