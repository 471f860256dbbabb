package advisory

import (
	"strings"

	"github.com/affected-go/affected/purl/vers"
)

// versScheme returns the scheme that the ranges of the statement name themselves, "" when
// they name none or several. "generic" and "all" name none, nor does a type that nobody knows.
func (r *resolver) versScheme() string {
	name := ""
	for i := range r.spans {
		typed, ok := strings.CutPrefix(clean(r.spans[i].Version), "vers:")
		if !ok {
			continue
		}
		kind, _, _ := strings.Cut(typed, "/")
		scheme, known := r.schemes.Lookup(kind)
		switch {
		case !known || kind == "generic" || kind == "all" || kind == "none":
		case name != "" && name != scheme.Name():
			return ""
		default:
			name = scheme.Name()
		}
	}
	return name
}

// allBounds tells whether a statement names a version, and each is what is tells.
func (r *resolver) allBounds(is func(string) bool) bool {
	found := false
	for i := range r.spans {
		s := &r.spans[i]
		if s.isExact() {
			return false
		}
		for _, text := range [...]string{s.Version, s.From, s.Before, s.Through} {
			if text = clean(text); isOpen(text) || !hasDigit(text) || isZero(text) {
				continue
			}
			if found = true; !is(text) {
				return false
			}
		}
	}
	return found
}

// isModelCode tells whether a text is the firmware of one model: the BIOS of a notebook as Lenovo
// counts, letters and digits of the model that end in CN, ET or KT, two digits, and W or WW (JKCN34WW,
// N2WET48W (1.38)), or that of a printer of Lexmark (LW90.SB4.P205).
func isModelCode(text string) bool {
	text, _, _ = strings.Cut(strings.ToUpper(text), " (")
	if parts := strings.Split(text, "."); len(parts) == 3 {
		release, patch := strings.TrimRight(parts[0], "0123456789"), strings.TrimPrefix(parts[2], "P")
		return (release == "LW" || release == "LHS") && release != parts[0] && isAlnum(parts[1]) &&
			len(patch) == 3 && patch != parts[2] && digitsOf(patch) == patch
	}
	text, ok := strings.CutSuffix(text, "W")
	text = strings.TrimSuffix(text, "W")
	n := len(text) - 2
	if !ok || n < 4 || n > 5 || !isDigit(text[n]) || !isDigit(text[n+1]) || !isLetter(text[0]) || !isAlnum(text[:n]) {
		return false
	}
	family := text[n-2 : n]
	return family == "CN" || family == "ET" || family == "KT"
}

// isAlnum tells whether a text is letters and digits and nothing else.
func isAlnum(text string) bool {
	for i := 0; i < len(text); i++ {
		if !isLetter(text[i]) && !isDigit(text[i]) {
			return false
		}
	}
	return text != ""
}

// datesOnly tells whether all that a statement names is dates, and one of them has the name of a
// month: "< April/20/2023" (ICSA-23-115-01).
func (r *resolver) datesOnly(date vers.Scheme) bool {
	months := false
	for i := range r.spans {
		s := &r.spans[i]
		if s.isExact() {
			return false
		}
		for _, text := range [...]string{s.Version, s.From, s.Before, s.Through} {
			if _, text = operator(clean(text)); isOpen(text) || !hasDigit(text) || isZero(text) {
				continue
			}
			named := hasMonth(text)
			if months = months || named; !named && !strings.ContainsAny(text, "-/") || !r.reads(date, text) {
				return false
			}
		}
	}
	return months
}

// hasMonth tells whether a text holds the name of a month or its first three letters.
func hasMonth(text string) bool {
	for start := 0; start < len(text); start++ {
		if !isLetter(text[start]) || start > 0 && isLetter(text[start-1]) {
			continue
		}
		for _, month := range [...]string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"} {
			if len(text)-start >= 3 && strings.EqualFold(text[start:start+3], month) {
				return true
			}
		}
	}
	return false
}
