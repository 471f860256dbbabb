package product

import (
	"strings"
	"unicode/utf8"
)

// AppendVendor appends the folded form of a vendor's name, nothing for one that is none. What
// does not count: letter case, blanks, punctuation, what stands in parentheses, legal forms and
// soft words behind the name (Inc., GmbH, Software, Foundation), "The" in front of it, and the
// rest of a domain ("com.microsoft" and "microsoft.com" are Microsoft).
func AppendVendor(dst []byte, vendor string) []byte {
	if IsPlaceholder(vendor) {
		return dst
	}
	var w words
	from, to := w.vendor(vendor)
	start := len(dst)
	for i := from; i < to; i++ {
		dst = append(dst, w.word(i)...)
	}
	return dst[:start+len(withoutSoftEnd(dst[start:]))]
}

// withoutSoftEnd drops soft words from the end of a vendor's name that is written as one word, as
// CPE names do: paloaltonetworks. What remains must be long enough to be a name.
func withoutSoftEnd(name []byte) []byte {
	const least = 3
	for {
		end := len(name)
		for _, soft := range softEnds {
			if n := end - len(soft); n >= least && string(name[n:]) == soft {
				name = name[:n]
				break
			}
		}
		if len(name) == end {
			return name
		}
	}
}

// softEnds are the soft words that are long enough to be told from the end of another word.
var softEnds = [...]string{
	"software", "foundation", "project", "networks", "solutions", "systems", "technologies", "technology", "community",
	"organization", "corporation", "incorporated", "limited", "international", "consortium",
}

// vendor takes a vendor's name apart and returns which words are its own.
func (w *words) vendor(name string) (from, to int) {
	if i := strings.Index(name, "http"); i > 0 && strings.Contains(name[i:], "://") {
		name = name[:i] // the address of the vendor's page
	}
	w.split(ownLabel(name))
	for to = w.count; to > 0 && w.list[to-1].group > 0 && w.list[0].group == 0; {
		to--
	}
	kept := 0
	for i := range to { // a parenthesis in the middle falls away, too
		if w.list[i].group == 0 || w.list[0].group > 0 {
			w.list[kept] = w.list[i]
			kept++
		}
	}
	to = kept
	if to > 1 && w.is(0, "the") {
		from = 1
	}
	for to > from+1 && softVendorWord(string(w.word(to-1))) {
		to--
	}
	return from, to
}

// ownLabel returns the label of a domain name that is its owner's, and any other text unchanged.
func ownLabel(name string) string {
	name = strings.TrimSpace(name)
	if strings.IndexByte(name, '.') < 0 || strings.ContainsAny(name, " \t/,") {
		return name
	}
	first, rest, _ := strings.Cut(name, ".")
	if topDomain(first) && rest != "" {
		label, below, _ := strings.Cut(rest, ".")
		if below != "" && hostsOthers(label) {
			label, _, _ = strings.Cut(below, ".")
		}
		return label
	}
	if i := strings.LastIndexByte(name, '.'); i > 0 && topDomain(name[i+1:]) {
		name = name[:i]
		return name[strings.LastIndexByte(name, '.')+1:]
	}
	return name
}

// topDomain tells whether a label is one that vendors' domains end with. Labels that are words
// of products, too (js, app, sh), are not among them.
func topDomain(label string) bool {
	if len(label) > 3 {
		return false
	}
	switch strings.ToLower(label) {
	case "com", "org", "net", "io", "us", "de", "uk", "eu", "fr", "jp", "cn", "ch", "nl", "se", "it", "ru", "ai", "co":
		return true
	}
	return false
}

// hostsOthers tells whether what lies below a domain belongs to others: io.github.someone.
func hostsOthers(label string) bool {
	switch strings.ToLower(label) {
	case "github", "gitlab", "bitbucket", "sourceforge", "googlecode", "codeberg":
		return true
	}
	return false
}

// IsPlaceholder tells whether a name says that there is none: n/a, unknown, various, -, *
// and the empty text, as 8,246 of 44,130 CVE records have it.
func IsPlaceholder(name string) bool {
	var room [16]byte
	if len(name) > 24 {
		return false
	}
	b := room[:0]
	for i := 0; i < len(name) && len(b) < cap(b); i++ {
		if c := name[i] | 0x20; 'a' <= c && c <= 'z' || c >= utf8.RuneSelf || isDigit(name[i]) {
			b = append(b, c)
		}
	}
	switch string(b) {
	case "", "na", "unknown", "unspecified", "none", "various", "notapplicable", "multiple", "multiplevendors":
		return true
	}
	return false
}

// softVendorWord tells whether a word at the end of a vendor's name tells nothing about who it
// is: legal forms, and what organisations call themselves.
func softVendorWord(word string) bool {
	switch word {
	case "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited",
		"llc", "llp", "lp", "plc", "pte", "pty", "pvt", "private",
		"gmbh", "ag", "kg", "mbh", "se", "sa", "sas", "sarl", "srl", "spa", "bv", "nv", "ab", "as", "aps", "oy", "oyj",
		"sro", "ro", "s", "spol", "kk", "doo", "lda", "slu", "sl",
		"foundation", "project", "software", "group", "team", "the", "and",
		"systems", "technologies", "technology", "networks", "solutions",
		"community", "development", "developers", "authors", "contributors", "maintainers",
		"organization", "organisation", "association", "consortium", "international", "global", "worldwide", "developer",
		"or", "its", "affiliates":
		return true
	}
	return false
}
