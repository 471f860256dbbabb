// Package labels cuts texts in which names of products stand in front of versions, several in
// one text: "FortiOS 6.0.0 to 6.0.4, FortiProxy 2.0.0", "8u131; Java SE Embedded: 8u131".
package labels

import "strings"

// maxLength is four times what the schema of CVE records allows a version.
const maxLength = 4096

// A Part is what a text says behind a name. Name is empty in front of the first one.
type Part struct{ Name, Text string }

// Split cuts a text at the names that known takes for names of products. A name stands at the
// beginning, or behind a separator that is in no parentheses, and a version, a colon, a parenthesis
// or words follow on it. Its words have no digits; the last one, and some other, has a capital
// letter, so that "versions prior to" is not asked for. A name without a text of its own has that of
// the next one: "FortiOS and FortiProxy 7.0". There are no parts when there is no name, nor when the
// last one has no text, nor in a text that is longer than any that was met.
func Split(text string, known func(name string) bool) []Part {
	if len(text) > maxLength {
		return nil
	}
	var parts []Part
	name, begin := "", 0
	for at := range begins(text) {
		next, end := nameAt(text[at:])
		if next == "" || at < begin || !known(next) {
			continue
		}
		if own := trim(text[begin:at]); own != "" || name != "" {
			parts = append(parts, Part{name, own})
		}
		name, begin = next, at+end
	}
	last := trim(text[begin:])
	if name == "" || last == "" {
		return nil
	}
	parts = append(parts, Part{name, last})
	for i := len(parts) - 2; i >= 0; i-- {
		if parts[i].Text == "" {
			parts[i].Text = parts[i+1].Text
		}
	}
	return parts
}

// begins yields the places where a name may begin.
func begins(text string) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		depth := 0
		for i, from := 0, true; i < len(text); i++ {
			if c := text[i]; c != ' ' && from && depth == 0 {
				if !yield(i) {
					return
				}
				from = false
			}
			switch c := text[i]; {
			case c == '(':
				depth++
			case c == ')' && depth > 0:
				depth--
			case c == ',', c == ';', c == '/', c == '|', c == '\n', c == '&', c == '.' && strings.HasPrefix(text[i+1:], " "):
				from = true
			case c == ' ' && (strings.HasPrefix(text[i:], " and ") || strings.HasPrefix(text[i:], " or ")):
				i += strings.IndexByte(text[i+1:], ' ')
				from = true
			}
		}
	}
}

// nameAt returns the name that a text begins with, and where it ends.
func nameAt(text string) (name string, end int) {
	const most = 8 // words
	for i, n := 0, 0; i < len(text) && n < most; n++ {
		j := i
		for j < len(text) && isWordByte(text[j]) {
			j++
		}
		word := text[i:j]
		if word == "" || word == "and" || word == "or" || !isLetter(word[0]) || j < len(text) && isDigit(text[j]) {
			break
		}
		if hasCapital(word) {
			end = j
		}
		if j == len(text) || text[j] != ' ' {
			break
		}
		for i = j; i < len(text) && text[i] == ' '; i++ {
		}
	}
	name = strings.TrimSpace(text[:end])
	if end < len(text) && text[end] == ':' {
		end++
	}
	return name, end
}

// trim drops the separators around a part, and the parentheses around all of it.
func trim(text string) string {
	for {
		before := text
		text = strings.TrimRight(strings.Trim(text, " ,;/|&\n"), ".")
		text = strings.TrimSuffix(strings.TrimSuffix(text, " and"), " or")
		if text == "and" || text == "or" {
			return ""
		}
		if text == before {
			break
		}
	}
	if end := strings.IndexByte(text, ')'); end > 0 && end == len(text)-1 && text[0] == '(' {
		text = strings.TrimSpace(text[1:end])
	}
	return text
}

func isWordByte(c byte) bool {
	return isLetter(c) || c == '-' || c == '_' || c == '\'' || c == '+' || c == '.' || c >= 0x80
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }

func hasCapital(word string) bool {
	for i := 0; i < len(word); i++ {
		if 'A' <= word[i] && word[i] <= 'Z' {
			return true
		}
	}
	return false
}
