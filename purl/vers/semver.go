package vers

import "strings"

// semver is Semantic Versioning 2.0.0 (https://semver.org), clause 11 for the order:
//
//   - Three numbers without leading zeros, compared as numbers of any size.
//   - A pre-release comes before the release; its identifiers compare one by one,
//     numbers below words, numbers as numbers, words by their bytes; a longer list of
//     equal beginning is greater.
//   - Build metadata does not count.
//   - Deviation: one leading v is accepted and does not count.
type semver struct{}

func (semver) Name() string { return "semver" }

func (semver) AppendKey(dst []byte, version string) ([]byte, int, error) {
	core, pre, err := semverParts("semver", version)
	if err != nil {
		return dst, 0, err
	}
	e := Encoder(dst).Line("")
	for _, number := range core {
		e = e.Number(number)
	}
	if pre == "" {
		return e.End(), 1, nil
	}
	e = e.Token(-1)
	for pre != "" {
		var id string
		id, pre, _ = strings.Cut(pre, ".")
		if digits(id) == len(id) {
			e = e.Number(id)
		} else {
			e = e.Text(id)
		}
	}
	return e.End(), 1, nil
}

func (semver) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	var b branch
	s := trimV(text)
	for i := 0; ; {
		n := digits(s[i:])
		if n == 0 {
			return lo, hi, 0, syntaxError("semver", text, len(text)-len(s)+i, "number wanted")
		}
		if depth <= 0 || b.count < depth {
			b.add(s[i : i+n])
		}
		if i += n; i == len(s) || s[i] != '.' || b.count == 3 {
			break
		}
		i++
	}
	l, h := b.numbersBounds(Encoder(lo).Line(""), Encoder(hi).Line(""))
	return l, h, 1, nil
}

// semverParts splits a version into its three numbers and the pre-release, and checks
// the grammar of all parts, metadata included.
func semverParts(scheme, version string) (core [3]string, pre string, err error) {
	s := trimV(version)
	offset := len(version) - len(s)
	i := 0
	for part := range core {
		n := digits(s[i:])
		switch {
		case n == 0:
			return core, "", syntaxError(scheme, version, offset+i, "number wanted")
		case n > 1 && s[i] == '0':
			return core, "", syntaxError(scheme, version, offset+i, "number with a leading zero")
		}
		core[part] = s[i : i+n]
		i += n
		if part < 2 {
			if i == len(s) || s[i] != '.' {
				return core, "", syntaxError(scheme, version, offset+i, "three numbers wanted")
			}
			i++
		}
	}
	if i < len(s) && s[i] == '-' {
		end := i + 1
		for end < len(s) && s[end] != '+' {
			end++
		}
		pre = s[i+1 : end]
		if at, rule := semverIdentifiers(pre, true); rule != "" {
			return core, "", syntaxError(scheme, version, offset+i+1+at, rule)
		}
		i = end
	}
	if i < len(s) && s[i] == '+' {
		if at, rule := semverIdentifiers(s[i+1:], false); rule != "" {
			return core, "", syntaxError(scheme, version, offset+i+1+at, rule)
		}
		i = len(s)
	}
	if i < len(s) {
		return core, "", syntaxError(scheme, version, offset+i, "end, hyphen or plus wanted")
	}
	return core, pre, nil
}

// semverIdentifiers checks a list of identifiers and returns the offset and the rule that
// is broken, "" when none is.
func semverIdentifiers(list string, noLeadingZero bool) (int, string) {
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
