package vers_test

import (
	"cmp"
	"strings"
	"unicode"
)

// A mavenItem is a number, a word or a list.
type mavenItem struct {
	kind   byte // 'n', 'w' or 'l'
	text   string
	digits int // the count of digits of a number, which is 1 to 9, 10 to 18 or more
	list   []*mavenItem
}

// mavenParse builds the lists as the specification of the version order says.
func mavenParse(version string) *mavenItem {
	runes := []rune(strings.ToLower(version))
	root := &mavenItem{kind: 'l'}
	lists := []*mavenItem{root}
	top := func() *mavenItem { return lists[len(lists)-1] }
	open := func() {
		l := &mavenItem{kind: 'l'}
		top().list = append(top().list, l)
		lists = append(lists, l)
	}
	openFilled := func() {
		if len(top().list) > 0 {
			open()
		}
	}
	add := func(text []rune, digit, before bool) {
		top().list = append(top().list, mavenLeaf(string(text), digit, before))
	}
	start, digit := 0, false
	for i, c := range runes {
		switch {
		case c == '.' || c == '-':
			add(runes[start:i], digit || i == start, false)
			start = i + 1
			if c == '-' {
				open()
			}
		case unicode.IsDigit(c):
			if !digit && i > start {
				openFilled()
				add(runes[start:i], false, true)
				start = i
				open()
			}
			digit = true
		default:
			if digit && i > start {
				add(runes[start:i], true, false)
				start = i
				open()
			}
			digit = false
		}
	}
	if len(runes) > start {
		if !digit {
			openFilled()
		}
		add(runes[start:], digit, false)
	}
	for i := len(lists) - 1; i >= 0; i-- {
		l := lists[i]
		for j := len(l.list) - 1; j >= 0; j-- {
			if l.list[j].null() {
				l.list = append(l.list[:j], l.list[j+1:]...)
			} else if l.list[j].kind != 'l' {
				break
			}
		}
	}
	return root
}

func mavenLeaf(text string, digit, before bool) *mavenItem {
	if digit {
		n := bigNumber(text).String()
		if count := len(strings.TrimLeft(text, "0")); count > 0 {
			return &mavenItem{kind: 'n', text: n, digits: count}
		}
		return &mavenItem{kind: 'n', text: "0", digits: max(1, len(text))}
	}
	if before && len(text) == 1 {
		text = strings.NewReplacer("a", "alpha", "b", "beta", "m", "milestone").Replace(text)
	}
	switch text {
	case "ga", "final", "release":
		text = ""
	case "cr":
		text = "rc"
	}
	for i, word := range []string{"alpha", "beta", "milestone", "rc", "snapshot", "", "sp"} {
		if text == word {
			return &mavenItem{kind: 'w', text: string(rune('0' + i))}
		}
	}
	return &mavenItem{kind: 'w', text: "7-" + text}
}

func (x *mavenItem) null() bool {
	return x.kind == 'n' && x.text == "0" || x.kind == 'w' && x.text == "5" || x.kind == 'l' && len(x.list) == 0
}

// compare compares as ComparableVersion does; nil is what is missing.
func (x *mavenItem) compare(y *mavenItem) int {
	switch {
	case x == nil && y == nil:
		return 0
	case x == nil:
		return -y.compare(nil)
	case y == nil && x.kind == 'n':
		return bigNumber(x.text).Sign()
	case y == nil && x.kind == 'w':
		return cmp.Compare(x.text, "5")
	case y == nil:
		for _, item := range x.list {
			if c := item.compare(nil); c != 0 {
				return c
			}
		}
		return 0
	case x.kind != y.kind:
		return cmp.Compare(strings.IndexByte("wln", x.kind), strings.IndexByte("wln", y.kind))
	case x.kind == 'n':
		class := func(digits int) int { return (digits - 1) / 9 }
		return cmp.Or(cmp.Compare(min(2, class(x.digits)), min(2, class(y.digits))), bigNumber(x.text).Cmp(bigNumber(y.text)))
	case x.kind == 'w':
		return cmp.Compare(x.text, y.text)
	}
	for i := range max(len(x.list), len(y.list)) {
		var a, b *mavenItem
		if i < len(x.list) {
			a = x.list[i]
		}
		if i < len(y.list) {
			b = y.list[i]
		}
		if c := a.compare(b); c != 0 {
			return c
		}
	}
	return 0
}

func modelMaven(a, b string) int { return mavenParse(a).compare(mavenParse(b)) }
