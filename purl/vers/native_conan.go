package vers

import "strings"

// readConan reads the version ranges of Conan 2 (conan/internal/model/version_range.py):
//
//	range     = clause { "||" clause } [ "," option ]
//	clause    = { condition }                         all of them; none means *
//	condition = "*" | [ "=" | ">" | ">=" | "<" | "<=" | "~" | "^" ] version [ "-" ]
//
// "~" keeps two numbers of a version that has as many, "^" all up to the first that is not
// zero. The upper bound of both ends with a hyphen, which Conan puts below the
// pre-releases of the version; in pure order it stands where the scheme puts it. The policy
// of Satisfies: pre-releases are taken only with the option include_prerelease, or by a
// clause in which a condition ends with a hyphen.
func readConan(n *nativeReader) (Range, error) {
	text, options, has := strings.Cut(n.text, ",")
	included := false
	if has {
		for at, option := range split(options, ",", len(text)+1) {
			name, value, _ := strings.Cut(option, "=")
			if name != "include_prerelease" {
				return Range{}, n.error(at, "option include_prerelease wanted")
			}
			included = included || !strings.EqualFold(value, "false")
		}
	}
	public, _, _ := strings.Cut(n.asked, "+")
	pre := n.policy && strings.Contains(public, "-")
	var clauses []Range
	for at, clause := range split(text, "||", 0) {
		var all []Range
		admitted := included
		for at, word := range split(clause, " ", at) {
			if word == "" && clause != "" {
				continue
			}
			condition, hyphen := strings.CutSuffix(word, "-")
			r, err := n.conanCondition(condition, at)
			if err != nil {
				return Range{}, err
			}
			admitted = admitted || hyphen
			all = append(all, r)
		}
		if pre && !admitted {
			continue
		}
		r, err := n.intersect(all)
		if err != nil {
			return Range{}, err
		}
		clauses = append(clauses, r)
	}
	return n.union(clauses)
}

// conanCondition reads one condition.
func (n *nativeReader) conanCondition(word string, at int) (Range, error) {
	if word == "" || word == "*" {
		return n.compare(GreaterOrEqual, "0.0.0", at)
	}
	op := ""
	for _, known := range [...]string{"<=", ">=", "<", ">", "=", "~", "^"} {
		if strings.HasPrefix(word, known) {
			op = known
			break
		}
	}
	version := word[len(op):]
	at += len(op)
	if version == "" {
		return Range{}, n.error(at, "version wanted")
	}
	c, _ := comparator(op)
	if op != "~" && op != "^" {
		return n.compare(c, version, at)
	}
	numbers, _ := leadingNumbers(version)
	keep := min(2, len(numbers))
	if op == "^" {
		keep = partial{numbers: numbers}.significant()
	}
	if len(numbers) == 0 {
		return Range{}, n.error(at, "number wanted")
	}
	low, err := n.compare(GreaterOrEqual, version, at)
	if err != nil {
		return Range{}, err
	}
	high, err := n.compare(Less, successor(numbers, keep, 0)+"-", at)
	if err != nil {
		return Range{}, err
	}
	return low.Intersect(high)
}
