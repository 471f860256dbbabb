package vers

import "strings"

// readNginx reads the lists of nginx's security advisories (nginx.org/en/security_advisories):
//
//	0.6.18-1.20.0        from the first to the second
//	1.21.0+, 1.20.1+     from there on; a stable branch (an even second number) ends with
//	                     the branch, because its fixes do not come from elsewhere
//	1.5.3, 1.5.4         versions
//	all, none
func readNginx(n *nativeReader) (Range, error) {
	switch strings.ToLower(strings.Trim(n.text, blanks)) {
	case "all":
		return n.all(), nil
	case "none":
		return n.none(), nil
	}
	return n.commaList(func(text string, at int) (Range, error) {
		if from, to, ok := strings.Cut(text, "-"); ok {
			low, err := n.compare(GreaterOrEqual, strings.TrimRight(from, blanks), at)
			if err != nil {
				return Range{}, err
			}
			end := strings.TrimLeft(to, blanks)
			high, err := n.compare(LessOrEqual, end, at+len(text)-len(end))
			if err != nil {
				return Range{}, err
			}
			return low.Intersect(high)
		}
		from, open := strings.CutSuffix(text, "+")
		if !open {
			return n.compare(Equal, text, at)
		}
		numbers, _ := leadingNumbers(from)
		if len(numbers) < 2 || (numbers[1][len(numbers[1])-1]-'0')%2 == 1 {
			return n.compare(GreaterOrEqual, from, at)
		}
		return n.between(from, successor(numbers, 2, 3), at)
	})
}

// readOpenSSL reads the lists of versions in OpenSSL's vulnerability pages.
func readOpenSSL(n *nativeReader) (Range, error) {
	return n.commaList(func(text string, at int) (Range, error) { return n.compare(Equal, text, at) })
}

// commaList unites what read makes of the parts of a list.
func (n *nativeReader) commaList(read func(text string, at int) (Range, error)) (Range, error) {
	var list []Range
	for at, text := range split(n.text, ",", 0) {
		if text == "" {
			return Range{}, n.error(at, "version wanted")
		}
		r, err := read(text, at)
		if err != nil {
			return Range{}, err
		}
		list = append(list, r)
	}
	return n.union(list)
}
