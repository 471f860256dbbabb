package vers

import "strings"

// readComposer reads the constraints of Composer as VersionParser of composer/semver 3.3
// does:
//
//	constraint = group { ( "|" | "||" ) group }
//	group      = part { ( "," | blank ) part }
//	part       = hyphen | [ operator ] version [ "@" stability ] [ "as" alias ]
//	hyphen     = version " - " version
//	operator   = "=" | "==" | "!=" | "<>" | "<" | "<=" | ">" | ">=" | "^" | "~"
//
// and wildcards (1.2.*, 1.2.x, *). Composer puts "-dev" behind the bounds of < and >= and
// those that it makes up, so that the pre-releases of a version lie on the upper side of
// it; in pure order they lie where they are.
func readComposer(n *nativeReader) (Range, error) {
	var groups [][]composerBound
	text := strings.ReplaceAll(n.text, "||", " |") // two bytes as before
	for at, group := range split(text, "|", 0) {
		words, err := n.composerWords(group, at)
		if err != nil {
			return Range{}, err
		}
		var bounds []composerBound
		for i := 0; i < len(words); i++ {
			var part []composerBound
			if i+2 < len(words) && words[i+1].joins("-", words[i], words[i+2]) {
				part, err = n.composerHyphen(words[i], words[i+2])
				i += 2
			} else {
				part, err = n.composerPart(words[i].text, words[i].at)
			}
			if err != nil {
				return Range{}, err
			}
			if i+2 < len(words) && words[i+1].joins("as", words[i], words[i+2]) {
				i += 2 // the alias does not count
			}
			bounds = append(bounds, part...)
		}
		groups = append(groups, bounds)
	}
	if n.policy {
		groups = n.composerCollapse(groups)
	}
	var ranges []Range
	for _, bounds := range groups {
		var all []Range
		for _, b := range bounds {
			if !composerNormalizes(b.Version) {
				return Range{}, n.error(b.at, "version wanted")
			}
			r, err := n.compare(b.Comparator, b.Version, b.at)
			if err != nil {
				return Range{}, err
			}
			all = append(all, r)
		}
		r, err := n.intersect(all)
		if err != nil {
			return Range{}, err
		}
		ranges = append(ranges, r)
	}
	return n.union(ranges)
}

// A composerBound is one comparison, as Composer makes it of a part.
type composerBound struct {
	Constraint
	at int
}

// composerCollapse joins two groups in sequence of which one ends where the other begins,
// as MultiConstraint::optimizeConstraints does. That changes the answer when one of them
// is empty: ">=2 <1 | >=1 <3" is ">=2 <3" for Composer.
func (n *nativeReader) composerCollapse(groups [][]composerBound) [][]composerBound {
	between := func(b []composerBound) bool {
		return len(b) == 2 && b[0].Comparator == GreaterOrEqual && (b[1].Comparator == Less || b[1].Comparator == LessOrEqual)
	}
	var out [][]composerBound
	for _, group := range groups {
		if last := len(out) - 1; last >= 0 && between(out[last]) && between(group) &&
			out[last][1].Comparator == Less && n.same(out[last][1].Version, group[0].Version) {
			out[last] = []composerBound{out[last][0], group[1]}
			continue
		}
		out = append(out, group)
	}
	return out
}

// A composerWord is a word of a group, with its operator.
type composerWord struct {
	text  string
	at    int
	comma bool // a comma stands in front
}

// joins tells whether w is the word that joins two others, a single blank on each side of
// a hyphen.
func (w composerWord) joins(text string, before, behind composerWord) bool {
	return w.text == text && !w.comma && !behind.comma &&
		(text != "-" || w.at == before.at+len(before.text)+1 && behind.at == w.at+2)
}

// composerWords splits a group at blanks and single commas. Comparing operators may stand
// apart from their version, ~ and ^ may not.
func (n *nativeReader) composerWords(group string, at int) ([]composerWord, error) {
	var words []composerWord
	comma := false
	for i := 0; ; {
		start := skipBlanks(group, i)
		if start < len(group) && group[start] == ',' && len(words) > 0 && !comma {
			comma = true
			i = start + 1
			continue
		}
		if start == len(group) && len(words) > 0 && !comma {
			return words, nil
		}
		i = start
		if op := composerOperator(group[i:]); op != "" && op != "~" && op != "^" {
			i = skipBlanks(group, i+len(op))
		}
		for i < len(group) && group[i] != ',' && strings.IndexByte(blanks, group[i]) < 0 {
			i++
		}
		word := group[start:i]
		if word == "" || len(word) > 1 && word[len(word)-1] == '-' && i < len(group) {
			return nil, n.error(at+start, "constraint wanted")
		}
		words = append(words, composerWord{word, at + start, comma})
		comma = false
	}
}

// composerOperator returns the operator at the beginning of s.
func composerOperator(s string) string {
	for _, op := range [...]string{"<>", "!=", ">=", "<=", "==", ">", "<", "=", "^", "~"} {
		if strings.HasPrefix(s, op) {
			return op
		}
	}
	return ""
}

// composerBound makes a bound; dev tells that Composer puts -dev behind the version.
func (n *nativeReader) composerBound(c Comparator, version string, dev bool, at int) composerBound {
	if dev && n.policy {
		public, _, _ := strings.Cut(version, "+")
		version = public + "-dev"
	}
	return composerBound{Constraint{c, version}, at}
}

// composerBetween is the bounds from one version to before another one.
func (n *nativeReader) composerBetween(from string, dev bool, to string, at int) []composerBound {
	return []composerBound{
		n.composerBound(GreaterOrEqual, from, dev, at), n.composerBound(Less, to, true, at),
	}
}

// composerPart reads one part that is no hyphen range.
func (n *nativeReader) composerPart(part string, at int) ([]composerBound, error) {
	part, stability := cutStability(part)
	op := composerOperator(part)
	version := strings.TrimLeft(part[len(op):], blanks)
	if len(op)+len(version) < len(part) {
		stability = "" // Composer looks for it in constraints without a blank
	}
	at += len(part) - len(version)
	wild, numbers := composerWild(trimComposerV(version))
	switch count := len(numbers); {
	case op == "" && wild && count == 0:
		return nil, nil
	case op == "" && wild && isZero(strings.Join(numbers, "")):
		return []composerBound{n.composerBound(Less, successor(numbers, count, 3), true, at)}, nil
	case op == "" && wild:
		return n.composerBetween(zeroPadded(numbers, 0), true, successor(numbers, count, 3), at), nil
	case op == "~" && strings.HasPrefix(version, ">"):
		return nil, n.error(at, "~ wanted in place of ~>")
	case op == "~" || op == "^":
		v, ok := readComposerVersion(version)
		if !ok {
			return nil, n.error(at, "version wanted")
		}
		keep := max(1, v.count()-1)
		if op == "^" {
			keep = v.significant()
		}
		dev := !v.modified && !strings.Contains(version, "+") // which Composer takes for metadata here
		return n.composerBetween(version, dev, successor(v.padded(), keep, 3), at), nil
	}
	c := comparisons[op]
	if op == "<>" {
		c = NotEqual
	}
	lower := strings.ToLower(version)
	if c != Equal && n.policy && stability != "" {
		public, _, _ := strings.Cut(lower, "+")
		public = strings.TrimSuffix(public, "-stable")
		if v, ok := readComposerVersion(public); ok && !v.modified {
			return []composerBound{n.composerBound(c, public+"-"+stability, false, at)}, nil
		}
	}
	dev := (c == Less || c == GreaterOrEqual) && !strings.HasSuffix(lower, "dev") && !endsInModifier(lower)
	return []composerBound{n.composerBound(c, version, dev, at)}, nil
}

// composerHyphen reads from - to: an upper bound of one or two numbers takes all versions
// that begin with it.
func (n *nativeReader) composerHyphen(from, to composerWord) ([]composerBound, error) {
	low, ok := readComposerVersion(from.text)
	if !ok {
		return nil, n.error(from.at, "version wanted")
	}
	high, ok := readComposerVersion(to.text)
	if !ok {
		return nil, n.error(to.at, "version wanted")
	}
	upper := n.composerBound(LessOrEqual, to.text, false, to.at)
	if len(high.numbers) < 3 && !high.modified {
		upper = n.composerBound(Less, successor(high.numbers, len(high.numbers), 3), true, to.at)
	}
	return []composerBound{n.composerBound(GreaterOrEqual, from.text, !low.modified, from.at), upper}, nil
}

// cutStability cuts a stability flag off; alone it is a star. The flag stable is the same
// as none.
func cutStability(part string) (rest, stability string) {
	rest, flag, _ := strings.Cut(part, "@")
	switch flag = strings.ToLower(flag); flag {
	case "rc", "beta", "alpha", "dev", "stable":
		if rest == "" {
			rest = "*"
		}
		return rest, strings.TrimSuffix(flag, "stable")
	}
	return part, ""
}

// composerWild reads numbers that end with .x or .*; a star alone has none.
func composerWild(version string) (wild bool, numbers []string) {
	numbers, rest := leadingNumbers(version)
	if len(numbers) == 0 {
		rest = "." + rest
	}
	if len(numbers) > 3 || rest == "" {
		return false, nil
	}
	for rest != "" {
		if len(rest) < 2 || rest[0] != '.' || rest[1] != 'x' && rest[1] != 'X' && rest[1] != '*' {
			return false, nil
		}
		rest = rest[2:]
	}
	return true, numbers
}

// trimComposerV drops one v; v* is a wildcard, too.
func trimComposerV(version string) string {
	if len(version) > 1 && version[0]|0x20 == 'v' {
		return version[1:]
	}
	return version
}

// A composerVersion is what ^, ~ and hyphen ranges need to know about a version.
type composerVersion struct {
	numbers  []string // one to four
	modified bool     // a stability or -dev follows
	branch   bool     // as 1.2.x-dev
}

// count is the position of the last number; an x counts.
func (v composerVersion) count() int {
	if v.branch {
		return len(v.numbers) + 1
	}
	return len(v.numbers)
}

// significant is the position up to the first number that is not zero, three at most.
func (v composerVersion) significant() int {
	n := 1
	for n < min(3, len(v.numbers)) && v.numbers[n-1] == "0" {
		n++
	}
	return n
}

// padded returns four numbers.
func (v composerVersion) padded() []string {
	numbers := append(make([]string, 0, 4), v.numbers...)
	for len(numbers) < 4 {
		numbers = append(numbers, "0")
	}
	return numbers
}

// readComposerVersion reads the grammar $versionRegex of VersionParser.
func readComposerVersion(s string) (v composerVersion, ok bool) {
	s = trimV(s)
	numbers, rest := leadingNumbers(s)
	if len(numbers) == 0 || len(numbers) > 4 {
		return v, false
	}
	v.numbers = numbers
	rest, build, plus := strings.Cut(rest, "+")
	if plus && build == "" {
		return v, false
	}
	if len(rest) > 1 && rest[0] == '.' && (rest[1]|0x20 == 'x' || rest[1] == '*') {
		v.branch, v.modified = true, true
		dev := strings.TrimLeft(rest[2:], ".-")
		return v, strings.EqualFold(dev, "dev") && len(rest)-2-len(dev) < 2
	}
	v.modified = rest != ""
	return v, modifier(rest)
}

// composerNormalizes tells whether Composer normalizes a version. The scheme reads more:
// versions of old packages that PHP compares as they stand.
func composerNormalizes(version string) bool {
	version = composerCore(version)
	if v, ok := readComposerVersion(version); ok && !v.branch && len(v.numbers[0]) <= 5 {
		return true
	}
	s := trimV(version)
	if _, n := composerDate(nil, s); n > 0 && modifier(s[n:]) {
		return true
	}
	_, numeric := composerNumericBranch(nil, s)
	_, named := composerBranchName(version)
	return numeric || named
}

// modifier tells whether all of s is what may follow the numbers of a version:
// $modifierRegex of VersionParser.
func modifier(s string) bool {
	s = strings.ToLower(s)
	if s != "" && strings.IndexByte("._-", s[0]) >= 0 {
		s = s[1:]
	}
	for _, word := range [...]string{"stable", "beta", "b", "rc", "alpha", "a", "patch", "pl", "p"} {
		rest, found := strings.CutPrefix(s, word)
		if !found {
			continue
		}
		for rest != "" {
			n := 0
			if rest[0] == '.' || rest[0] == '-' {
				n = 1
			}
			d := digits(rest[n:])
			if d == 0 {
				break
			}
			rest = rest[n+d:]
		}
		s = rest
		break
	}
	return s == "" || s == "dev" || s == ".dev" || s == "-dev"
}

// endsInModifier is the check of VersionParser whether the version of < or >= has a
// stability already. It wants a hyphen, and misses RC because it looks for it in capitals
// in a text in lower case.
func endsInModifier(version string) bool {
	for i := 0; i < len(version); i++ {
		if version[i] == '-' && modifier(version[i+1:]) && !strings.Contains(version[i:], "rc") {
			return true
		}
	}
	return false
}
