package vers

import "strings"

// nuget is the scheme of NuGet packages: NuGetVersion.Parse and VersionComparer.Default of
// NuGet.Versioning 6 (https://learn.microsoft.com/nuget/concepts/package-versioning).
//
//   - One to four numbers, missing ones are 0, and so is what is left out between dots.
//   - After a hyphen labels of a pre-release, which comes before the release. Labels that
//     are 32-bit integers, with a sign too, compare as such and are below the others; those
//     compare by their bytes without case. A longer list of equal beginning is greater.
//     Leading zeros in a label of digits are an error.
//   - Metadata behind a plus does not count.
//
// Deviation: the four numbers may have any size; NuGet lets them overflow.
type nuget struct{}

func (nuget) Name() string { return "nuget" }

func (n nuget) AppendKey(dst []byte, version string) ([]byte, int, error) {
	s, offset := trimBlanks(version)
	fail := func(at int, rule string) ([]byte, int, error) {
		return dst, 0, syntaxError("nuget", version, offset+at, rule)
	}
	e, keep, i := n.numbers(Encoder(dst).Line(""), s, 0)
	if i == 0 || i < len(s) && s[i] != '-' && s[i] != '+' {
		return fail(i, "one to four numbers wanted")
	}
	if i == len(s)-1 {
		return fail(i, "label or metadata wanted")
	}
	e = e[:keep]
	if i < len(s) && s[i] == '-' {
		e = e.Token(-1)
		for more := true; more; {
			i++
			start := i
			for i < len(s) && (isAlnum(s[i]) || s[i] == '-') {
				i++
			}
			label := s[start:i]
			if label == "" || len(label) > 1 && label[0] == '0' && digits(label) == len(label) {
				return fail(start, "label without leading zeros wanted")
			}
			e = n.label(e, label)
			more = i < len(s) && s[i] == '.'
		}
	}
	if i < len(s) && s[i] == '+' {
		if at, rule := checkIdentifiers(s[i+1:], false); rule != "" {
			return fail(i+1+at, rule)
		}
		i = len(s)
	}
	if i < len(s) {
		return fail(i, "letter, digit or hyphen wanted")
	}
	return e.End(), 1, nil
}

// numbers writes the first depth numbers, four with depth 0. It returns the length up to the
// last one that is not 0, and the offset of what follows all of them.
func (nuget) numbers(e Encoder, s string, depth int) (all Encoder, keep, i int) {
	keep = len(e)
	for part := 1; part <= 4 && i < len(s) && (isDigit(s[i]) || s[i] == '.'); part++ {
		n := digits(s[i:])
		if depth <= 0 || part <= depth {
			if e = e.Number(s[i : i+n]); !isZero(s[i : i+n]) {
				keep = len(e)
			}
		}
		if i += n; i < len(s) && s[i] == '.' && part < 4 {
			i++
		}
	}
	return e, keep, i
}

func (n nuget) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	text, _ = trimBlanks(text)
	text = trimWildcard(text)
	if _, _, err := n.AppendKey(nil, text); err != nil {
		return lo, hi, 0, err
	}
	l, h, _, ok := numericBranch(Encoder(lo).Line(""), Encoder(hi).Line(""), text, depth, true)
	if ok {
		return l, h, 1, nil
	}
	e, keep, i := n.numbers(Encoder(lo).Line(""), text, depth)
	switch {
	case i == len(text) || depth > 0 && depth <= strings.Count(text[:i], ".")+1:
		return e[:keep], Encoder(append(hi, e[len(lo):]...)).Top(), 1, nil
	case text[i] == '-':
		return prefixBranch(n, lo, hi, text)
	default:
		return pointBranch(n, lo, hi, text)
	}
}

// label writes a label: one that .NET reads as a 32-bit integer in four bytes that sort as
// it does, others as text.
func (nuget) label(e Encoder, label string) Encoder {
	number, sign := label, int64(1)
	if number[0] == '-' {
		number, sign = number[1:], -1
	}
	if number != "" && digits(number) == len(number) {
		v := int64(0)
		for i := 0; i < len(number) && v <= 1<<31; i++ {
			v = v*10 + int64(number[i]-'0')
		}
		if v *= sign; v == int64(int32(v)) {
			u := uint32(v) ^ 1<<31
			return append(e, tagNumber, byte(u>>24), byte(u>>16), byte(u>>8), byte(u))
		}
	}
	return append(appendLowerASCII(append(e, tagText), label), 0)
}
