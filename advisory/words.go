package advisory

import (
	"strings"

	"github.com/affected-go/affected/purl/product"
)

// clean drops what publishers leave around a text: blanks of all kinds, a leading equals
// sign, quotation marks.
func clean(text string) string {
	text = strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(text, "\t", " "), "\u00a0", " "))
	if len(text) > 1 && text[0] == '=' && text[1] != '<' && text[1] != '>' {
		text = strings.TrimSpace(text[1:])
	}
	return text
}

// isOpen tells whether a bound says that there is none. A word such as "unspecified" says
// so of a lower bound only: an upper bound that nobody named is not known.
func isOpen(text string) bool { return text == "" || isAll(text) }

// isAll tells whether a text names all versions.
func isAll(text string) bool {
	switch strings.ToLower(strings.TrimRight(text, ".")) {
	case "*", "all", "any", "all versions", "all version", "any version", "vers:all/*":
		return true
	}
	return false
}

// isNone tells whether a text names no version at all.
func isNone(text string) bool {
	switch strings.ToLower(text) {
	case "-", "n/a", "na", "none", "unspecified", "unknown", "various", "?", "see references", "not applicable", "tbd":
		return true
	}
	return !hasDigit(text) && !isAll(text)
}

// isName tells whether a text can be the name of one version and nothing else: it has a
// digit, and no operator or word that speaks about others ("1.07b01", "EQCN39WW", but not
// "before 2.0").
func isName(text string) bool {
	if !hasDigit(text) || len(text) > 128 || strings.ContainsAny(text, "<>=≤≥&;,:|*") {
		return false
	}
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		switch word {
		case "before", "prior", "earlier", "later", "through", "thru", "until", "till", "up", "below", "above", "under",
			"older", "newer", "and", "or", "to", "from", "upgrade", "update", "all", "any", "except", "since", "after",
			"than", "higher", "lower", "between", "sold", "versions", "version", "with", "without", "for", "in", "on", "other", "not", "-", "–":
			return false
		}
	}
	return true
}

// saysRange tells whether a text speaks about more than one version, so that no scheme may
// take it for one.
func saysRange(text string) bool {
	if strings.ContainsAny(text, "<>≤≥") || isInterval(text) {
		return true
	}
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		switch word {
		case "before", "prior", "earlier", "later", "through", "thru", "until", "till", "below", "above", "under", "older",
			"newer", "up", "since", "after", "except", "than", "higher", "lower", "||", "|":
			return true
		}
	}
	return false
}

// isInterval tells whether a text has numbers on both sides of a dash between blanks:
// "4.1.0 - 4.1.7", "6120 – 6125".
func isInterval(text string) bool {
	for _, dash := range [...]string{" - ", " – ", " — "} {
		low, high, ok := strings.Cut(text, dash)
		if low, high = strings.TrimSpace(low), strings.TrimSpace(high); !ok || low == "" || high == "" {
			continue
		}
		if high[0]|0x20 == 'v' {
			high = high[1:]
		}
		if isDigit(low[len(low)-1]) && high != "" && isDigit(high[0]) {
			return true
		}
	}
	return false
}

// mayList tells whether a text may be a list or an interval. A scheme that has a place for
// such words (Samsung's "SMR Jun-2024 Release 1 in Android 12, 13") reads it as one version.
func mayList(text string) bool {
	for _, between := range [...]string{", ", " and ", " or ", " to ", " - "} {
		if strings.Contains(text, between) {
			return true
		}
	}
	return false
}

// isRelease tells whether a text begins with a dotted number, perhaps behind a v.
func isRelease(text string) bool {
	if len(text) > 1 && text[0]|0x20 == 'v' {
		text = text[1:]
	}
	major, minor, ok := strings.Cut(text, ".")
	return ok && major != "" && strings.Trim(major, "0123456789") == "" && minor != "" && isDigit(minor[0])
}

// isPlain tells whether a text is numbers with dots and nothing else, perhaps behind a v.
func isPlain(text string) bool {
	text = strings.TrimPrefix(strings.ToLower(text), "v")
	return text != "" && strings.Trim(text, "0123456789.") == ""
}

// maybeInterval tells whether a text has two dotted numbers with a hyphen between, which a
// scheme that takes hyphens for separators would read as one version: "12.1.1-12.1.3".
func maybeInterval(text string) bool {
	low, high, ok := strings.Cut(text, "-")
	return ok && hasDot(low) && hasDot(high) && hasDigit(low) && high != "" && isDigit(high[0])
}

// isZero tells whether a text is the number zero, which stands for "no lower bound".
func isZero(text string) bool {
	return text != "" && strings.Trim(text, "0.") == "" && strings.Contains(text, "0") && len(text) <= 7
}

// digitsOf returns the digits of a text, one behind the other.
func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

func hasDigit(text string) bool { return strings.ContainsAny(text, "0123456789") }
func hasDot(text string) bool   { return strings.Contains(text, ".") }

func sameText(a, b string) bool { return strings.EqualFold(a, b) }

// operator splits an operator off the beginning of a text; doubled ones count once.
func operator(text string) (op, rest string) {
	for {
		found := ""
		for _, o := range [...]string{"<=", ">=", "=<", "=>", "<", ">", "≤", "≥", "="} {
			if strings.HasPrefix(text, o) {
				found = o
				break
			}
		}
		if found == "" {
			return op, text
		}
		text = strings.TrimSpace(text[len(found):])
		switch found {
		case "=<", "≤":
			found = "<="
		case "=>", "≥":
			found = ">="
		}
		op = found
	}
}

// wildcard tells whether a text ends in * or x and so names a branch; stem is the rest.
func wildcard(text string) (stem string, ok bool) {
	stem = text
	for {
		switch {
		case strings.HasSuffix(stem, ".*"), strings.HasSuffix(stem, ".x"), strings.HasSuffix(stem, ".X"), strings.HasSuffix(stem, "-*"):
			stem, ok = stem[:len(stem)-2], true
		case strings.HasSuffix(stem, "*") && len(stem) > 1:
			stem, ok = stem[:len(stem)-1], true
		default:
			return stem, ok && hasDigit(stem)
		}
	}
}

// list splits a bound that names several versions ("6.6.1097, 6.7.1107") when every part
// is a version; else the text is one bound.
func (r *resolver) list(text string) []string {
	if !strings.ContainsAny(text, ",;") && !strings.Contains(text, " and ") {
		return []string{text}
	}
	if _, err := r.read(text); err == nil {
		return []string{text}
	}
	var parts []string
	for part := range strings.FieldsFuncSeq(strings.ReplaceAll(text, " and ", ","), func(c rune) bool { return c == ',' || c == ';' }) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		_, err := r.read(part)
		if _, front := frontOf(part); err != nil && !front || len(parts) == 64 {
			return []string{text}
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		return []string{text}
	}
	return parts
}

// IsImprecise tells whether an installed version has fewer numbers than make it one
// version of the product, so that it names a branch.
func IsImprecise(e *product.Entry, version string) bool {
	if e == nil || e.Precise == 0 {
		return false
	}
	return countNumbers(version) < e.Precise
}

// countNumbers counts the runs of digits in a text.
func countNumbers(text string) int {
	n := 0
	for i := 0; i < len(text); i++ {
		if isDigit(text[i]) && (i == 0 || !isDigit(text[i-1])) {
			n++
		}
	}
	return n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
