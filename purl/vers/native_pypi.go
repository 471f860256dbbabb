package vers

import "strings"

// pypi: the specifiers of PEP 440 as packaging 23 reads them, with commas between. The
// policy of Satisfies is that of SpecifierSet.contains with pre-releases admitted: local
// labels of the version do not count except in == with a label, "<1.0" leaves out the
// pre-releases of 1.0 and ">1.0" its post-releases and local versions; "===" compares the
// spelling.
var pypiOperators = operators{comma: true, gaps: true, special: []operator{
	{"===", (*nativeReader).pypiSpelling},
	{"==", (*nativeReader).pypiEqual},
	{"!=", (*nativeReader).pypiNotEqual},
	{"~=", (*nativeReader).pypiCompatible},
	{"<=", func(n *nativeReader, version string, at int) (Range, error) {
		return n.pypiCompare(LessOrEqual, version, at)
	}},
	{">=", func(n *nativeReader, version string, at int) (Range, error) {
		return n.pypiCompare(GreaterOrEqual, version, at)
	}},
	{"<", func(n *nativeReader, version string, at int) (Range, error) {
		return n.pypiCompare(Less, version, at)
	}},
	{">", func(n *nativeReader, version string, at int) (Range, error) {
		return n.pypiCompare(Greater, version, at)
	}},
}}

// pypiCompare is an inequality.
func (n *nativeReader) pypiCompare(c Comparator, version string, at int) (Range, error) {
	if i := strings.IndexByte(version, '+'); i >= 0 {
		return Range{}, n.error(at+i, "local label in a comparison")
	}
	r, err := n.compare(c, version, at)
	if err != nil || !n.policy {
		return r, err
	}
	public, _, local := strings.Cut(n.asked, "+")
	if c == LessOrEqual || c == GreaterOrEqual {
		return n.holding(r.Contains(public))
	}
	in, err := r.Contains(n.asked)
	if err != nil || in != Yes {
		return n.holding(in, err)
	}
	asked, bound := pypiPartsOf(public), pypiPartsOf(version)
	if c == Less && asked.pre && !bound.pre || c == Greater && (asked.post && !bound.post || local) {
		base, err := n.compare(Equal, bound.base, at)
		if err != nil {
			return Range{}, err
		}
		in, err = base.Contains(asked.base)
		return n.holding(in.Not(), err)
	}
	return n.all(), nil
}

// pypiNotEqual is "!=".
func (n *nativeReader) pypiNotEqual(version string, at int) (Range, error) {
	r, err := n.pypiEqual(version, at)
	if err != nil {
		return Range{}, err
	}
	return r.Complement(), nil
}

// holding returns everything or nothing: what a comparison with the version that is asked
// about has for an answer.
func (n *nativeReader) holding(in Truth, err error) (Range, error) {
	if err != nil || in != Yes {
		return n.none(), err
	}
	return n.all(), nil
}

// pypiEqual is "==", of a version or of all that begin with 1.4 in "==1.4.*".
func (n *nativeReader) pypiEqual(version string, at int) (Range, error) {
	public, _, _ := strings.Cut(n.asked, "+")
	if prefix, star := strings.CutSuffix(version, ".*"); star {
		if pypiPartsOf(prefix).rest != "" {
			return Range{}, n.error(at, "numbers wanted before .*")
		}
		if n.policy {
			r, err := n.branch(prefix, at)
			if err != nil {
				return Range{}, err
			}
			return n.holding(r.Contains(public))
		}
		low, err := n.compare(GreaterOrEqual, prefix+".dev0", at)
		if err != nil {
			return Range{}, err
		}
		high, err := n.compare(Less, pypiNext(prefix, 0)+".dev0", at)
		if err != nil {
			return Range{}, err
		}
		return low.Intersect(high)
	}
	r, err := n.compare(Equal, version, at)
	if err == nil && n.policy && !strings.Contains(version, "+") {
		return n.holding(r.Contains(public))
	}
	return r, err
}

// pypiCompatible is "~=": at least the version, and the same numbers up to the last but
// one.
func (n *nativeReader) pypiCompatible(version string, at int) (Range, error) {
	parts := pypiPartsOf(version)
	if len(parts.numbers) < 2 || strings.Contains(version, "+") {
		return Range{}, n.error(at, "two numbers and no local label wanted after ~=")
	}
	low, err := n.compare(GreaterOrEqual, version, at)
	if err != nil {
		return Range{}, err
	}
	if !n.policy {
		high, err := n.compare(Less, pypiNext(parts.base, 1), at)
		if err != nil {
			return Range{}, err
		}
		return low.Intersect(high)
	}
	public, _, _ := strings.Cut(n.asked, "+")
	if in, err := low.Contains(public); in != Yes {
		return n.holding(in, err)
	}
	prefix := parts.epoch + zeroPadded(parts.numbers[:len(parts.numbers)-1], 0)
	branch, err := n.branch(prefix, at)
	if err != nil {
		return Range{}, err
	}
	return n.holding(branch.Contains(public))
}

// pypiSpelling is "===". In pure order it is the version; for the tool the normal spelling
// of the version that is asked about has to be the text.
func (n *nativeReader) pypiSpelling(version string, at int) (Range, error) {
	if !n.policy {
		return n.compare(Equal, version, at)
	}
	if strings.EqualFold(pypiNormal(n.asked), version) {
		return n.all(), nil
	}
	return n.none(), nil
}

// pypiParts are the parts of a version that the scheme pypi has read.
type pypiParts struct {
	epoch     string // with its !
	numbers   []string
	base      string // epoch and numbers
	rest      string // what follows them
	pre, post bool
}

func pypiPartsOf(version string) (p pypiParts) {
	s := trimV(strings.TrimSpace(version))
	if n := digits(s); n > 0 && n < len(s) && s[n] == '!' {
		p.epoch, s = s[:n+1], s[n+1:]
	}
	p.numbers, p.rest = leadingNumbers(s)
	p.base = p.epoch + zeroPadded(p.numbers, 0)
	public, _, _ := strings.Cut(p.rest, "+")
	for i := 0; i < len(public); {
		n := letters(public[i:])
		switch strings.ToLower(public[i : i+n]) {
		case "":
			p.post = p.post || pypiImplicitPost(public, i)
			n = 1
		case "post", "rev", "r":
			p.post = true
		default:
			p.pre = true
		}
		i += n
	}
	return p
}

// pypiImplicitPost tells whether the hyphen at i begins a post-release without the word:
// 1.0-1 is 1.0.post1.
func pypiImplicitPost(s string, i int) bool {
	return s[i] == '-' && i+1 < len(s) && isDigit(s[i+1]) && (i == 0 || isDigit(s[i-1]))
}

// pypiNext returns the version after all that begin with the numbers of version, but for
// the last ones that are dropped.
func pypiNext(version string, dropped int) string {
	p := pypiPartsOf(version)
	return p.epoch + successor(p.numbers, len(p.numbers)-dropped, 0)
}

// pypiNormal returns the normal spelling of a version that the scheme has read: what
// str(Version) gives in packaging.
func pypiNormal(version string) string {
	p := pypiPartsOf(version)
	var b strings.Builder
	if p.epoch != "" && !isZero(p.epoch[:len(p.epoch)-1]) {
		b.WriteString(withoutZeros(p.epoch))
	}
	for i, number := range p.numbers {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(withoutZeros(number))
	}
	public, local, hasLocal := strings.Cut(strings.ToLower(p.rest), "+")
	for i := 0; i < len(public); {
		n := letters(public[i:])
		word := public[i : i+n]
		if n == 0 {
			if n = 1; !pypiImplicitPost(public, i) {
				i++
				continue
			}
			word = "post"
		}
		for i += n; i < len(public) && !isAlnum(public[i]); i++ {
			if pypiImplicitPost(public, i) {
				break
			}
		}
		d := digits(public[i:])
		b.WriteString(pypiWord(word))
		b.WriteString(withoutZeros("0" + public[i:i+d]))
		i += d
	}
	if hasLocal {
		separator := byte('+')
		for _, part := range strings.FieldsFunc(local, func(r rune) bool { return r == '.' || r == '-' || r == '_' }) {
			if digits(part) == len(part) {
				part = withoutZeros(part)
			}
			b.WriteByte(separator)
			b.WriteString(part)
			separator = '.'
		}
	}
	return b.String()
}

// pypiWord returns the normal spelling of a word in a version.
func pypiWord(word string) string {
	switch word {
	case "alpha", "a":
		return "a"
	case "beta", "b":
		return "b"
	case "c", "rc", "pre", "preview":
		return "rc"
	case "post", "rev", "r":
		return ".post"
	default:
		return "." + word
	}
}
