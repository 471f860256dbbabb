package csaf

import (
	"strings"

	"github.com/affected-go/affected/advisory"
)

// serialRange reads a product_version_range that counts serial numbers and no versions: "<= the
// first 5 digits of serial number 24031", as Mitsubishi Electric's advisories have it. All
// versions of such devices are meant.
func serialRange(text string) (advisory.Condition, bool) {
	if !strings.Contains(text, "igit") {
		return advisory.Condition{}, false
	}
	text = strings.ToLower(strings.NewReplacer("_", " ", "<=", " <= ", `"`, " ").Replace(text))
	said := map[string]bool{}
	var rest []string
	for word := range strings.FieldsSeq(text) {
		switch word {
		case "<=", "prior", "first", "digit", "digits", "serial":
			said[word] = true
		case "with", "the", "of", "and", "number", "numbers", "no.", "is", "are", "or", "earlier":
		default:
			rest = append(rest, word)
		}
	}
	if !said["serial"] || !said["<="] && !said["prior"] || len(rest) != 2 {
		return advisory.Condition{}, false
	}
	chars := map[string]int{"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}[rest[0]]
	bound := strings.ToUpper(rest[1])
	if chars != len(bound) || strings.Trim(bound, serialOrder) != "" {
		return advisory.Condition{}, false
	}
	return advisory.Condition{Op: advisory.OpFact, Fact: "serial", Serials: []advisory.SerialRange{{Chars: chars, Order: serialOrder, Through: bound}}}, true
}

// serialOrder are the characters of serial numbers that begin with year and month: the months 10
// to 12 are X, Y and Z (Mitsubishi Electric).
const serialOrder = "0123456789XYZ"
