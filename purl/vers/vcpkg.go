package vers

import "strings"

// vcpkg is the scheme of vcpkg ports
// (https://learn.microsoft.com/vcpkg/users/versioning): a version, and behind a hash the
// version of the port, which counts when the versions are equal.
//
//   - Numbers with dots between and without leading zeros, then a pre-release and metadata
//     as in Semantic Versioning. A longer version of equal beginning is greater: 1.0 < 1.0.0.
//   - A date YYYY-MM-DD with numbers behind it, on a line "date" of its own.
//   - Any other text, which vcpkg compares with nothing but itself: it is its own line.
//
// Deviation: a date and a version in numbers, which vcpkg compares as if the date were a
// pre-release of its year, do not compare. Numbers may have any size; vcpkg takes 64 bits.
type vcpkg struct{}

func (vcpkg) Name() string { return "vcpkg" }

func (v vcpkg) AppendKey(dst []byte, version string) ([]byte, int, error) {
	s, port, hasPort := strings.Cut(version, "#")
	if at := notPrintable(version); at >= 0 || s == "" {
		return dst, 0, syntaxError("vcpkg", version, max(at, 0), "printable text wanted")
	}
	if hasPort && (port == "" || digits(port) != len(port)) {
		return dst, 0, syntaxError("vcpkg", version, len(s)+1, "number of the port version wanted")
	}
	e, line := v.write(Encoder(dst), s)
	return e.End().Number(port).End(), line, nil
}

// write writes a version without its end and returns the length of its line.
func (v vcpkg) write(e Encoder, s string) (Encoder, int) {
	const date = "date"
	if e, ok := v.date(e.Line(date), s); ok {
		return e, len(date) + 1
	}
	if e, ok := v.numbers(e.Line(""), s); ok {
		return e, 1
	}
	return e.Line(s), len(s) + 1
}

// AppendBranch takes the numbers for components. A date is one, and so is other text.
func (v vcpkg) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	text = trimWildcard(text)
	version, _, port := strings.Cut(text, "#")
	_, line, err := v.AppendKey(nil, text)
	switch {
	case err != nil:
		return lo, hi, 0, err
	case port && line > 1:
		return pointBranch(v, lo, hi, text)
	case line == 1:
		l, h, _, ok := numericBranch(Encoder(lo).Line(""), Encoder(hi).Line(""), version, depth, false)
		if ok {
			return l, h, 1, nil
		}
	}
	e, _ := v.write(lo, version)
	return e, Encoder(append(hi, e[len(lo):]...)).Top(), line, nil
}

// date writes a date and the numbers behind it.
func (vcpkg) date(e Encoder, s string) (Encoder, bool) {
	const form = "0000-00-00"
	if len(s) < len(form) {
		return e, false
	}
	for i := range len(form) {
		if isDigit(s[i]) != (form[i] == '0') || form[i] == '-' && s[i] != '-' {
			return e, false
		}
	}
	e = append(e, s[:len(form)]...)
	for s = s[len(form):]; s != ""; {
		n := digits(s[1:])
		if s[0] != '.' || n == 0 || n > 1 && s[1] == '0' {
			return e, false
		}
		e = e.Number(s[1 : 1+n])
		s = s[1+n:]
	}
	return e, true
}

// numbers writes a version in numbers with its pre-release.
func (vcpkg) numbers(e Encoder, s string) (Encoder, bool) {
	for {
		n := digits(s)
		if n == 0 || n > 1 && s[0] == '0' {
			return e, false
		}
		e = e.Number(s[:n])
		if s = s[n:]; s == "" || s[0] != '.' {
			break
		}
		s = s[1:]
	}
	s, metadata, hasMetadata := strings.Cut(s, "+")
	if hasMetadata {
		if _, rule := checkIdentifiers(metadata, false); rule != "" {
			return e, false
		}
	}
	if s == "" {
		return e, true
	}
	if _, rule := checkIdentifiers(s[1:], true); s[0] != '-' || rule != "" {
		return e, false
	}
	e, _ = appendIdentifiers(e.Token(-1), s[1:])
	return e, true
}
