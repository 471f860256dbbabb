package vers

import "strings"

// readHex reads the requirements of Elixir's Version module (1.14), which Hex uses:
//
//	requirement = all { " or " all }
//	all         = comparison { " and " comparison }
//	comparison  = [ "==" | "!=" | ">" | ">=" | "<" | "<=" | "~>" ] version
//
// Versions have three numbers; "~>" takes two as well. The pre-releases of the bound that
// "~>" makes up are outside for the tool.
func readHex(n *nativeReader) (Range, error) {
	var alternatives, all []Range
	for i := 0; ; {
		r, end, err := n.hexComparison(i)
		if err != nil {
			return Range{}, err
		}
		all = append(all, r)
		i = end
		for i < len(n.text) && n.text[i] == ' ' {
			i++
		}
		join, _, found := strings.Cut(n.text[i:], " ")
		switch {
		case i == len(n.text) || join == "or" && found && i > end:
			both, err := n.intersect(all)
			if err != nil {
				return Range{}, err
			}
			alternatives, all = append(alternatives, both), all[:0]
			if i == len(n.text) {
				return n.union(alternatives)
			}
		case join != "and" || !found || i == end:
			return Range{}, n.error(i, `"and" or "or" wanted`)
		}
		i += len(join)
	}
}

// hexOperators are the operators, the longest first. A single ! is an old spelling.
var hexOperators = []string{">=", "<=", "~>", "==", "!=", ">", "<", "!"}

func hexOperator(s string) string {
	for _, op := range hexOperators {
		if strings.HasPrefix(s, op) {
			return op
		}
	}
	return ""
}

// hexComparison reads one comparison at i and returns the offset behind it.
func (n *nativeReader) hexComparison(i int) (Range, int, error) {
	skip := func() {
		for i < len(n.text) && n.text[i] == ' ' {
			i++
		}
	}
	skip()
	op := hexOperator(n.text[i:])
	i += len(op)
	skip()
	at := i
	for i < len(n.text) && n.text[i] != ' ' && hexOperator(n.text[i:]) == "" {
		i++
	}
	version := n.text[at:i]
	if version == "" {
		return Range{}, 0, n.error(at, "version wanted")
	}
	if op != "~>" {
		c, _ := comparator(strings.Replace(op, "==", "=", 1))
		if op == "!" {
			c = NotEqual
		}
		r, err := n.compare(c, version, at)
		return r, i, err
	}
	numbers, rest := leadingNumbers(version)
	if len(numbers) < 2 || len(numbers) > 3 {
		return Range{}, 0, n.error(at, "two or three numbers wanted after ~>")
	}
	r, err := n.between(zeroPadded(numbers, 3)+rest, successor(numbers, len(numbers)-1, 3), at)
	return r, i, err
}
