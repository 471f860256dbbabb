package vers

// semver is Semantic Versioning 2.0.0 (https://semver.org), clause 11 for the order:
//
//   - Three numbers without leading zeros, compared as numbers of any size.
//   - A pre-release comes before the release; its identifiers compare one by one,
//     numbers below words, numbers as numbers, words by their bytes; a longer list of
//     equal beginning is greater.
//   - Build metadata does not count.
//   - Fewer than three numbers name a branch (1.2): [ErrImprecise].
//   - Deviation: one leading v is accepted and does not count.
func semver() Scheme { return &dialect{name: "semver", least: 3, prefix: true} }

// A dialect is the way in which one ecosystem reads Semantic Versioning. What they share
// stands here; the file of an ecosystem names what it does in another way.
type dialect struct {
	name        string
	least       int    // numbers that have to be written; missing ones are zero
	prefix      bool   // one leading v does not count
	zeros       bool   // numbers may have leading zeros
	many        bool   // more than three numbers may be written
	limit       string // the greatest number in front that the tool holds; "": any
	identifiers identifierRule
	metadata    bool // build metadata counts, as in pub
}

// An identifierRule says how a tool reads the numbers among the identifiers of a
// pre-release.
type identifierRule uint8

const (
	exactNumbers  identifierRule = iota // numbers of any size
	doubleNumbers                       // 64-bit floating point, as in node
	signedNumbers                       // 64-bit integers with a sign, as in Dart
)

// semverText is a version in its parts.
type semverText struct {
	core  [3]string
	count int    // numbers of the three that were written
	more  string // what follows them, ".4.5"
	pre   string // between hyphen and plus
	build string // after the plus
}

func (d *dialect) Name() string { return d.name }

func (d *dialect) AppendKey(dst []byte, version string) ([]byte, int, error) {
	var t semverText
	if err := d.whole(version, &t); err != nil {
		return dst, 0, err
	}
	e := Encoder(dst).Line("")
	for _, number := range t.core {
		e = e.Number(number)
	}
	if t.more != "" {
		e = appendMore(e, t.more)
	}
	if t.pre != "" {
		e = d.appendList(e.Token(-1), t.pre)
	}
	e = e.End()
	if d.metadata && t.build != "" {
		e = d.appendList(e, t.build).End()
	}
	return e, 1, nil
}

// AppendBranch takes the numbers as components, then the pre-release: 1.2 is all of
// 1.2.x, 1.2.3-rc all pre-releases of 1.2.3 whose first identifier is rc.
func (d *dialect) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	var t semverText
	if err := d.parse(text, &t); err != nil {
		return lo, hi, 0, err
	}
	if depth <= 0 {
		depth = len(text)
	}
	start := len(lo)
	e := Encoder(lo).Line("")
	for _, number := range t.core[:min(t.count, depth)] {
		e = e.Number(number)
	}
	if t.more != "" && depth > len(t.core) {
		e = appendMore(e, t.more)
	}
	if t.pre != "" && depth > len(t.core) {
		e = e.Token(-1)
		for rest := t.pre; rest != "" && depth > len(t.core); depth-- {
			var id string
			id, rest = cutIdentifier(rest)
			e = d.appendIdentifier(e, id)
		}
	}
	return e, Encoder(append(hi, e[start:]...)).Top(), 1, nil
}

// appendMore writes the numbers behind the third; zeros at their end do not count.
func appendMore(e Encoder, more string) Encoder {
	keep := len(e)
	for rest := more[1:]; rest != ""; {
		var number string
		number, rest = cutIdentifier(rest)
		if e = e.Number(number); !isZero(number) {
			keep = len(e)
		}
	}
	return e[:keep]
}

// appendList writes a list of identifiers.
func (d *dialect) appendList(e Encoder, list string) Encoder {
	for list != "" {
		var id string
		id, list = cutIdentifier(list)
		e = d.appendIdentifier(e, id)
	}
	return e
}

// appendIdentifier writes one identifier: numbers below words.
func (d *dialect) appendIdentifier(e Encoder, id string) Encoder {
	switch d.identifiers {
	case doubleNumbers:
		if digits(id) == len(id) {
			return appendDouble(e, id)
		}
	case signedNumbers:
		if n, ok := dartInteger(id); ok {
			return appendSigned(e, n)
		}
	default:
		if digits(id) == len(id) {
			return e.Number(id)
		}
	}
	return e.Text(id)
}

// whole is parse for one version, where a branch is an error.
func (d *dialect) whole(version string, t *semverText) error {
	if err := d.parse(version, t); err != nil {
		return err
	}
	if t.count < d.least {
		return parseError(d.name, version, len(version), "three numbers wanted", ErrImprecise)
	}
	return nil
}

// parse splits a version and checks the grammar of all parts, metadata included. Fewer
// than three numbers end the version; the caller decides whether that is one.
func (d *dialect) parse(version string, t *semverText) error {
	s := version
	if d.prefix && len(s) > 1 && s[0] == 'v' && isDigit(s[1]) {
		s = s[1:]
	}
	offset := len(version) - len(s)
	i := 0
	for {
		n := digits(s[i:])
		switch {
		case n == 0:
			return syntaxError(d.name, version, offset+i, "number wanted")
		case n > 1 && s[i] == '0' && !d.zeros:
			return syntaxError(d.name, version, offset+i, "number with a leading zero")
		case d.limit != "" && n >= len(d.limit) && exceeds(s[i:i+n], d.limit):
			return syntaxError(d.name, version, offset+i, "number above "+d.limit)
		}
		t.core[t.count] = s[i : i+n]
		t.count++
		i += n
		if t.count == len(t.core) {
			break
		}
		if i == len(s) {
			return nil
		}
		if s[i] != '.' {
			return syntaxError(d.name, version, offset+i, "three numbers wanted")
		}
		i++
	}
	start := i
	for d.many && i+1 < len(s) && s[i] == '.' && isDigit(s[i+1]) {
		i += 1 + digits(s[i+1:])
	}
	t.more = s[start:i]
	if i < len(s) && s[i] == '-' {
		end := i + 1
		for end < len(s) && s[end] != '+' {
			end++
		}
		t.pre = s[i+1 : end]
		if at, rule := checkIdentifiers(t.pre, !d.zeros); rule != "" {
			return syntaxError(d.name, version, offset+i+1+at, rule)
		}
		i = end
	}
	if i < len(s) && s[i] == '+' {
		t.build = s[i+1:]
		if at, rule := checkIdentifiers(t.build, false); rule != "" {
			return syntaxError(d.name, version, offset+i+1+at, rule)
		}
		i = len(s)
	}
	if i < len(s) {
		return syntaxError(d.name, version, offset+i, "end, hyphen or plus wanted")
	}
	return nil
}

// checkIdentifiers checks a list of identifiers and returns the offset and the rule that
// is broken, "" when none is.
func checkIdentifiers(list string, noLeadingZero bool) (int, string) {
	start := 0
	for i := 0; i <= len(list); i++ {
		if i < len(list) && list[i] != '.' {
			if !isAlnum(list[i]) && list[i] != '-' {
				return i, "letter, digit or hyphen wanted"
			}
			continue
		}
		id := list[start:i]
		if id == "" {
			return i, "empty identifier"
		}
		if noLeadingZero && len(id) > 1 && id[0] == '0' && digits(id) == len(id) {
			return start, "number with a leading zero"
		}
		start = i + 1
	}
	return 0, ""
}

// cutIdentifier splits a list behind its first identifier.
func cutIdentifier(list string) (id, rest string) {
	for i := 0; i < len(list); i++ {
		if list[i] == '.' {
			return list[:i], list[i+1:]
		}
	}
	return list, ""
}

// exceeds tells whether a run of digits is greater than limit, which has no leading zero.
func exceeds(number, limit string) bool {
	for len(number) > 0 && number[0] == '0' {
		number = number[1:]
	}
	return len(number) > len(limit) || len(number) == len(limit) && number > limit
}
