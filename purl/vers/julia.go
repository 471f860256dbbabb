package vers

// julia is the scheme of Julia packages: VersionNumber of Julia 1
// (https://docs.julialang.org/en/v1/manual/strings/#man-version-number-literals).
//
//   - One to three numbers, missing ones are 0; a leading v does not count.
//   - A pre-release behind a hyphen, or without one when it begins with a letter, in front
//     of the release. A hyphen alone is the first of all pre-releases.
//   - A build behind a plus counts, and comes behind the same version without it. A plus
//     alone is the last of all builds.
//   - Identifiers compare one by one: numbers below words, words by their bytes; a longer
//     list of equal beginning is greater.
//
// Deviation: numbers may have any size; Julia takes 32 bits, and 64 in identifiers.
type julia struct{}

const (
	juliaBuild      = 1
	juliaLast       = 2 // a plus alone
	juliaNothing    = 3 // the identifier of a hyphen alone
	juliaPrerelease = -1
)

func (julia) Name() string { return "julia" }

func (j julia) AppendKey(dst []byte, version string) ([]byte, int, error) {
	s := trimV(version)
	offset := len(version) - len(s)
	e := Encoder(dst).Line("")
	i := 0
	for part := range 3 {
		n := 0
		switch {
		case part == 0:
			n = digits(s)
		case i+1 < len(s) && s[i] == '.' && isDigit(s[i+1]):
			i++
			n = digits(s[i:])
		}
		if part == 0 && n == 0 {
			return dst, 0, syntaxError("julia", version, offset, "number wanted")
		}
		e = e.Number(s[i : i+n])
		i += n
	}
	if i < len(s) && (s[i] == '-' || isLetter(s[i])) {
		if s[i] == '-' {
			i++
		}
		e = e.Token(juliaPrerelease)
		if i == len(s) {
			e = e.Token(juliaNothing)
		} else {
			n := 0
			if e, n = appendIdentifiers(e, s[i:]); n == 0 {
				return dst, 0, syntaxError("julia", version, offset+i, "identifiers wanted")
			}
			i += n
		}
	}
	e = e.End()
	switch {
	case i < len(s) && s[i] == '+' && i+1 == len(s):
		return e.Token(juliaLast), 1, nil
	case i < len(s) && s[i] == '+':
		i++
		n := 0
		if e, n = appendIdentifiers(e.Token(juliaBuild), s[i:]); n > 0 {
			i += n
		}
	}
	if i < len(s) {
		return dst, 0, syntaxError("julia", version, offset+i, "hyphen, plus or end wanted")
	}
	return e.End(), 1, nil
}

func (j julia) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	return dottedBranch(j, lo, hi, text, depth, false)
}
