package advisory

import "strings"

// withoutRemarks reads an affected range behind what vendors write around a bound without meaning
// another one: a second name of it in parentheses ("< 12.4 (firmware 1.46)"), an order number
// ("2404267 version 1.x"), a stray hyphen, a wildcard glued to its branch ("< 8.1x"). It is tried
// when nothing else reads the text. What is cleared is never read so: a remark may limit it.
func (r *resolver) withoutRemarks(i int, text string, out Outcome) bool {
	plain := plainer(text)
	if out.Status != Affected || plain == text {
		return false
	}
	rng, reading, err := r.schemes.ReadText(r.Scheme, plain)
	if err != nil {
		return false
	}
	out.If = reading.Condition
	r.fromRange(rng, i, out)
	r.problem(r.spans[i].Pos, "remark", "the range is read as %q", plain)
	r.Problems[len(r.Problems)-1].Warning = true
	return true
}

// plainer returns a text without the remarks that withoutRemarks knows.
func plainer(text string) string {
	text = withoutSecondNames(withSigns(withoutBranch(text)))
	if number, rest, ok := strings.Cut(text, " version "); ok {
		if name := strings.IndexByte(number, '('); name > 0 && strings.HasSuffix(strings.TrimSpace(number), ")") {
			number = number[:name] // and what is ordered
		}
		if isOrderNumber(number) {
			text = rest
		}
	}
	text = strings.NewReplacer(" -|", " |", " - |", " |", ". |", " |").Replace(text)
	var b strings.Builder
	for j := 0; j < len(text); j++ {
		c := text[j]
		if (c == 'x' || c == 'X') && j > 1 && isDigit(text[j-1]) && (j+1 == len(text) || text[j+1] == ' ' || text[j+1] == '|') &&
			hasDot(text[strings.LastIndexAny(text[:j], " <>=|")+1:j]) {
			b.WriteByte('.')
		}
		b.WriteByte(c)
	}
	return strings.TrimSpace(b.String())
}

// withoutBranch drops the branch in front of a range that lies on it: "Open Source Branch 9.16 9.16.14
// through versions before 9.16.33", "Open Source Branches 9.0 through 9.16 9.0.0 through ..." of BIND
// (CVE-2022-2795).
func withoutBranch(text string) string {
	words := strings.Fields(text)
	for i, word := range words {
		switch {
		case hasDigit(word) || !('A' <= word[0] && word[0] <= 'Z'):
			return text
		case word != "Branch" && word != "Branches":
			continue
		}
		first, rest := i+1, i+2
		if word == "Branches" && len(words) > i+3 && words[i+2] == "through" {
			rest = i + 4
		}
		if len(words) <= rest || !isVersionLike(words[first]) {
			return text
		}
		branch, _, _ := strings.Cut(words[first], "-") // 9.16-S is said of 9.16.14-S1
		if strings.HasPrefix(words[rest], branch+".") {
			return strings.Join(words[rest:], " ")
		}
		return text
	}
	return text
}

// withSigns writes a comparator for the words of bounds that say in parentheses whether they are meant
// themselves: "after V5.0 (including V5.0) and before V5.2 (not including V5.2)" (CVE-2024-29949).
func withSigns(text string) string {
	text = strings.NewReplacer("（", "(", "）", ")").Replace(text)
	for from := 0; ; {
		open := strings.IndexByte(text[from:], '(')
		if open < 0 {
			return text
		}
		open += from
		end := strings.IndexByte(text[open:], ')')
		if end < 0 {
			return text
		}
		from = open + 1
		front := strings.Fields(text[:open])
		if len(front) < 2 {
			continue
		}
		word, version := strings.ToLower(front[len(front)-2]), front[len(front)-1]
		inside, with := cutFoldPrefix(text[open+1:open+end], "including ")
		if !with {
			var without bool
			if inside, without = cutFoldPrefix(inside, "not including "); !without {
				continue
			}
		}
		sign := signs[word]
		if sign == "" || !sameText(inside, version) {
			continue
		}
		if with {
			sign += "="
		}
		front = append(front[:len(front)-2], sign, version)
		text = strings.Join(front, " ") + text[open+end+1:]
		from = 0
	}
}

// signs are the comparators of words in front of a bound.
var signs = map[string]string{"after": ">", "above": ">", "from": ">", "before": "<", "below": "<", "under": "<"}

// withoutSecondNames drops parentheses in which a bound is named once more.
func withoutSecondNames(text string) string {
	for {
		open := strings.IndexByte(text, '(')
		if open < 0 {
			return text
		}
		end := strings.IndexByte(text[open:], ')')
		if end < 0 || !isSecondName(text[open+1:open+end]) {
			return text
		}
		text = strings.TrimSpace(text[:open]) + " " + strings.TrimSpace(text[open+end+1:])
	}
}

// isSecondName tells whether a remark names a version once more: each word is a number or one of
// those that stand before a number.
func isSecondName(remark string) bool {
	for word := range strings.FieldsSeq(strings.ToLower(remark)) {
		switch strings.TrimSuffix(word, ".") {
		case "firmware", "software", "build", "version", "release", "rev", "revision", "nr", "no", "number", "or", "aka", "<=", "<":
		default:
			if !isDigit(word[0]) && !(word[0] == 'v' && len(word) > 1 && isDigit(word[1])) {
				return false
			}
		}
	}
	return strings.TrimSpace(remark) != ""
}

// isOrderNumber tells whether a text is a number that is too long for a version and has no dots.
func isOrderNumber(text string) bool {
	text = strings.TrimSpace(text)
	return len(text) >= 6 && strings.Trim(text, "0123456789") == ""
}
