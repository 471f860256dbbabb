package product

import "bytes"

// soft returns how many words in front of to tell nothing, for all vendors or for this one.
func (r *reading) soft(from, to int) int {
	if softWord(string(r.word(to - 1))) {
		return 1
	}
	for _, tail := range r.tails {
		begin := int(r.list[to-1].end) - len(tail)
		if begin <= int(r.list[from].start) || string(r.text()[begin:r.list[to-1].end]) != tail {
			continue
		}
		for i := to - 1; i > from; i-- {
			if int(r.list[i].start) == begin {
				return to - i
			}
		}
	}
	return 0
}

// cutDecoration returns how many words in front of to are no part of any name.
func (r *reading) cutDecoration(from, to int) (size int, applied rule) {
	last := to - 1
	if to == r.count && r.by > from {
		return to - r.by, ruleBy
	}
	if r.list[last].dot && r.is(last, "app") {
		return 1, ruleFile
	}
	if begin := r.groupBegin(last); begin > from && r.abbreviates(begin, last) {
		return to - begin, ruleAbbreviation
	}
	if size := r.remark(from, to); size > 0 {
		return size, ruleRemark
	}
	if size := r.platform(from, to); size > 0 {
		return size, rulePlatform
	}
	if size := r.architecture(from, to); size > 0 {
		return size, ruleArchitecture
	}
	if size := r.language(from, to); size > 0 {
		return size, ruleLanguage
	}
	return 0, 0
}

// architecture: "64-bit", "x64", "x86_64", "64-bit x64", "arm64".
func (r *reading) architecture(from, to int) int {
	last := to - 1
	if last-1 > from && r.is(last, "edition") && r.list[last].group > 0 { // (x64 edition)
		if size := r.architectureWords(last-1, from); size > 0 && r.list[last-size].group == r.list[last].group {
			return size + 1
		}
	}
	if size := r.architectureWords(last, from); size > 0 && r.list[to-size].apart {
		return size
	}
	return 0 // part of a model: VXR/x64
}

func (r *reading) architectureWords(last, from int) int {
	switch string(r.word(last)) {
	case "x64", "x86", "amd64", "arm64", "aarch64", "i386", "i686", "win32", "win64", "64bit", "32bit", "ia64":
		return 1
	case "bit":
		if last-1 > from && (r.is(last-1, "64") || r.is(last-1, "32")) {
			return 2
		}
	case "64":
		if last-1 > from && r.is(last-1, "x86") {
			return 2
		}
	}
	return 0
}

// language: "en-US", and a language alone in the parenthesis of the architecture, "(x86 de)".
func (r *reading) language(from, to int) int {
	last := to - 1
	l := r.list[last]
	if last-1 > from && !l.apart && !l.dot && len(r.word(last)) == 2 && isLanguage(r.word(last-1)) &&
		(l.group > 0 || r.list[last-1].dash || r.list[last-1].apart && r.architecture(from, last-1) > 0) {
		return 2
	}
	if l.group > 0 && isLanguage(r.word(last)) && last-1 > from && r.list[last-1].group == l.group && r.architecture(from, last) > 0 {
		return 1
	}
	if (l.group > 0 || l.dash) && languageName(string(r.word(last))) || r.is(last, "mui") { // Multilingual User Interface
		return 1
	}
	return 0
}

// platform: "for Windows", "(macOS)", "for x64-based Systems".
func (r *reading) platform(from, to int) int {
	last := to - 1
	system, known := systemOf(string(r.word(last)))
	if known {
		switch {
		case last-1 > from && (r.is(last-1, "for") || r.is(last-1, "on")):
			r.system = system
			return 2
		case r.list[last].group > 0 && (last == 0 || r.list[last-1].group != r.list[last].group):
			r.system = system
			return 1
		}
		return 0
	}
	if host := last - 1; host-1 > from && r.is(host, "rhel") && isDigit(r.word(last)[0]) && (r.is(host-1, "for") || r.is(host-1, "on")) {
		return 3 // "for RHEL 9": where it is installed
	}
	if r.is(last, "systems") && last-1 > from && r.is(last-1, "based") {
		if size := r.architecture(from, last-1); size > 0 && last-2-size >= from && r.is(last-1-size-1, "for") {
			return size + 3
		}
	}
	if r.is(last, "systems") {
		if size := r.architecture(from, last); size > 0 && last-size-1 > from && r.is(last-size-1, "for") {
			return size + 2
		}
	}
	return 0
}

// remark: a parenthesis that tells another name of the same product or a number to order it by:
// "(formerly Mobility Master)", "(incl. SIPLUS variants)", "(1139012)".
func (r *reading) remark(from, to int) int {
	group, begin := r.list[to-1].group, to-1
	for group > 0 && begin > from && r.list[begin-1].group == group {
		begin--
	}
	if group == 0 || begin <= from {
		return 0
	}
	first := r.word(begin)
	switch string(first) {
	case "formerly", "former", "previously", "incl", "includes", "including", "aka", "incubating", "remove":
		return to - begin
	case "user", "machine": // for whom it is installed: "(User)", "(Machine - MSI)"
		if begin == to-1 || begin == to-2 && r.is(to-1, "msi") {
			return to - begin
		}
	}
	if begin == to-1 && len(first) >= 5 {
		for _, c := range first {
			if !isDigit(c) {
				return 0
			}
		}
		return 1
	}
	return 0
}

// groupBegin returns the first word of the parenthesis that a word stands in, 0 for none.
func (r *reading) groupBegin(i int) int {
	group := r.list[i].group
	if group == 0 {
		return 0
	}
	for i > 0 && r.list[i-1].group == group {
		i--
	}
	return i
}

// isAbbreviation tells whether a word stands alone in a parenthesis and repeats the words in front.
func (r *reading) isAbbreviation(i int) bool {
	return i > 0 && r.groupBegin(i) == i && (i+1 == r.count || r.list[i+1].group != r.list[i].group) && r.abbreviates(i, i)
}

// abbreviates tells whether a parenthesis only repeats the words in front of it by their first
// letters, and the last of them in full: "Adaptive Security Appliance (ASA)", "Alienware Command
// Center (AWCC)", "Totally Integrated Automation Portal (TIA Portal)".
func (r *reading) abbreviates(begin, last int) bool {
	at := begin - 1
	for k := last; k > begin; k, at = k-1, at-1 {
		if at < 0 || !bytes.Equal(r.word(k), r.word(at)) {
			return false
		}
	}
	return r.areFirst(r.word(begin), at)
}

// areFirst tells whether letters are those of at least two words that end with the word at: of each
// its first letter, and then such as follow in it. Links and what a hyphen adds may be left out.
func (r *reading) areFirst(letters []byte, at int) bool {
	const most = 8
	if len(letters) < 2 || len(letters) > most {
		return false
	}
	var left [most + 1]uint8 // by how many letters are left: the words that took the others, from 1
	left[len(letters)] = 1
	for alive := true; at >= 0 && alive; at-- {
		word := r.word(at)
		optional := isLink(string(word)) || !r.list[at].apart
		var next [most + 1]uint8
		alive = false
		for n := 1; n <= len(letters); n++ {
			if left[n] == 0 {
				continue
			}
			if optional {
				next[n], alive = max(next[n], left[n]), true
			}
			for k := range n {
				if letters[k] == word[0] && isInside(letters[k+1:n], word[1:]) {
					next[k], alive = max(next[k], left[n]+1), true
				}
			}
		}
		if left = next; left[0] > 2 {
			return true
		}
	}
	return false
}

// isInside tells whether letters occur in a word in their order.
func isInside(letters, word []byte) bool {
	for _, c := range letters {
		i := bytes.IndexByte(word, c)
		if i < 0 {
			return false
		}
		word = word[i+1:]
	}
	return true
}

// isLink tells whether a word between two others is left out of abbreviations.
func isLink(word string) bool {
	return word == "and" || word == "of" || word == "for" || word == "the"
}
