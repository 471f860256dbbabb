package vers

import "strings"

// operators is a notation that writes an operator in front of each version:
//
//	>= 1.2, << 2.0
//	>=1.0 <1.4 || >=2.0 <2.1
//
// In both lists an operator stands before those that it begins with.
type operators struct {
	special []operator
	plain   []string // comparisons, see comparisons
	comma   bool     // a comma stands between comparisons that all have to hold
	blank   bool     // a blank does, too
	or      bool     // || stands between alternatives
	bare    bool     // a version without an operator means equal
	gaps    bool     // commas may have nothing beside them
	feed    bool     // versions are written as in advisory feeds, see completed
}

// An operator makes the range of one comparison that is not plain.
type operator struct {
	text string
	term func(n *nativeReader, version string, at int) (Range, error)
}

// comparisons are the plain operators of all notations.
var comparisons = map[string]Comparator{
	"": Equal, "=": Equal, "==": Equal, "!=": NotEqual,
	"<": Less, "<<": Less, "<=": LessOrEqual, "=<": LessOrEqual,
	">": Greater, ">>": Greater, ">=": GreaterOrEqual, "=>": GreaterOrEqual,
}

// deb: the relations of Debian Policy 7.1. "<" and ">" are left out: dpkg took them for <=
// and >=, feeds mean << and >> by them.
var debOperators = operators{comma: true, blank: true, plain: []string{"<<", "<=", ">>", ">=", "="}}

// rpm: the comparisons of a spec file (ReqComparisons in rpm's parseReqs.c).
var rpmOperators = operators{comma: true, blank: true,
	plain: []string{"<=", "=<", "<", ">=", "=>", ">", "==", "="}}

// alpm: the relations of PKGBUILD(5).
var alpmOperators = operators{comma: true, blank: true, plain: []string{"<=", "<", ">=", ">", "="}}

// apk: the relations of apk-package(5); ~ takes every version that begins with the one
// named.
var apkOperators = operators{comma: true, blank: true, plain: []string{"<=", "<", ">=", ">", "="},
	special: []operator{
		{"~=", (*nativeReader).branch}, {"=~", (*nativeReader).branch}, {"~", (*nativeReader).branch},
	}}

// golang: Go itself has no notation of ranges (go.mod knows minimal versions). This is
// what is common to the feeds.
var golangOperators = operators{comma: true, blank: true, or: true, bare: true,
	plain: []string{"<=", "<", ">=", ">", "==", "=", "!="}}

// github: the vulnerable version ranges of GitHub's advisory database, "= 0.2.0",
// ">= 4.3.0, < 4.3.5".
var gitHubOperators = operators{comma: true, feed: true, plain: []string{"<=", "<", ">=", ">", "=", "!="}}

// gitlab: the affected ranges of GitLab's advisory database in its operator form,
// ">=4.2.2 <4.3.6||=5.0" and ">=8.0,<8.4.7||=9.1". A bound is the version itself also where
// the ecosystem's tool would read a wildcard ("<=3.3" is not 3.3.9 for npm).
var gitLabOperators = operators{comma: true, blank: true, or: true, bare: true, feed: true,
	plain: []string{"<=", "<", ">=", ">", "==", "=", "!="}}

func readGitHub(n *nativeReader) (Range, error) { return gitHubOperators.read(n) }

// readGitLab reads bracket notation for maven and nuget, operators for all others.
func readGitLab(n *nativeReader) (Range, error) {
	if strings.ContainsAny(n.text, "[(") {
		switch n.scheme.Name() {
		case "maven":
			return readMaven(n)
		case "nuget":
			return readNuGet(n)
		}
	}
	return gitLabOperators.read(n)
}

// read reads the whole text.
func (o operators) read(n *nativeReader) (Range, error) {
	var alternatives, all []Range
	for i := 0; ; {
		i = skipBlanks(n.text, i)
		for o.gaps && i < len(n.text) && n.text[i] == ',' {
			i = skipBlanks(n.text, i+1)
		}
		if o.gaps && i == len(n.text) {
			return n.intersect(all)
		}
		r, end, err := o.comparison(n, i)
		if err != nil {
			return Range{}, err
		}
		all = append(all, r)
		i = skipBlanks(n.text, end)
		switch {
		case i < len(n.text) && n.text[i] == ',' && o.comma:
			i++
			continue
		case i < len(n.text) && strings.HasPrefix(n.text[i:], "||") && o.or:
			i += 2
		case i < len(n.text) && o.blank && n.text[i] != ',' && n.text[i] != '|':
			continue
		case i < len(n.text):
			return Range{}, n.error(i, "end of the range or a separator wanted")
		}
		both, err := n.intersect(all)
		if err != nil {
			return Range{}, err
		}
		alternatives, all = append(alternatives, both), all[:0]
		if i == len(n.text) && !strings.HasSuffix(n.text[:i], "||") {
			return n.union(alternatives)
		}
	}
}

// comparison reads an operator and its version at i and returns the offset behind it.
func (o operators) comparison(n *nativeReader, i int) (Range, int, error) {
	var special func(n *nativeReader, version string, at int) (Range, error)
	op := ""
	for _, known := range o.special {
		if special == nil && strings.HasPrefix(n.text[i:], known.text) {
			op, special = known.text, known.term
		}
	}
	for _, known := range o.plain {
		if op == "" && strings.HasPrefix(n.text[i:], known) {
			op = known
		}
	}
	if op == "" && !o.bare {
		return Range{}, 0, n.error(i, "operator wanted")
	}
	at := skipBlanks(n.text, i+len(op))
	end := at
	for end < len(n.text) && strings.IndexByte(blanks+",|<>=", n.text[end]) < 0 &&
		!strings.HasPrefix(n.text[end:], "!=") {
		end++
	}
	if end == at {
		return Range{}, 0, n.error(at, "version wanted")
	}
	version := n.text[at:end]
	if special != nil {
		r, err := special(n, version, at)
		return r, end, err
	}
	c := comparisons[op]
	if o.feed {
		var above bool
		if version, above = completed(n.scheme.Name(), version); above && c == Less {
			c = LessOrEqual
		}
	}
	r, err := n.compare(c, version, at)
	return r, end, err
}

func skipBlanks(text string, i int) int {
	for i < len(text) && strings.IndexByte(blanks, text[i]) >= 0 {
		i++
	}
	return i
}

// completed gives a bound of an ecosystem of three numbers the numbers that it lacks, and
// takes leading zeros and a leading v away: feeds write <1.4, <19.03.9 and <v2.5 there.
// Numbers behind the third become metadata, which has no part in the order; above tells
// that the bound lies above the three numbers because of them: versions of three numbers
// are below 1.2.3.4 when they are 1.2.3. Other text is left to the scheme to judge.
func completed(scheme, version string) (bound string, above bool) {
	switch scheme {
	case "cargo", "golang", "hex", "npm", "pub", "semver", "swift":
	default:
		return version, false
	}
	numbers, rest := leadingNumbers(trimV(version))
	if len(numbers) == 0 {
		return version, false
	}
	more := numbers[min(3, len(numbers)):]
	if numbers = numbers[:min(3, len(numbers))]; len(more) > 0 {
		rest = "+" + strings.Join(more, ".") + rest
	}
	for i, number := range numbers {
		numbers[i] = withoutZeros(number)
	}
	return zeroPadded(numbers, 3) + rest, !isZero(strings.Join(more, ""))
}
