package vers

import "strings"

// cpan is the scheme of Perl modules: version.pm 0.9929, as it reads versions in lax form
// (https://metacpan.org/pod/version).
//
//   - With a leading v or two dots it is a dotted version: v1.2 = 1.2.0.
//   - Else it is a decimal, whose fraction is cut into groups of three digits: 1.2 = v1.200,
//     1.02 = v1.20, 1.0203 = v1.20.300.
//   - An underscore in front of the last digits marks a trial release and does not count:
//     1.02_03 = 1.0203.
//   - Missing numbers are 0; blanks around do not count.
//   - A number above 2147483647 is 2147483647, and what follows it does not count. So is the
//     first number when it has more than ten digits, zeros in front included.
//
// Deviation: "undef", which is 0 for Perl, is an error.
type cpan struct{}

const perlMaxInt = "2147483647"

func (cpan) Name() string { return "cpan" }

func (c cpan) AppendKey(dst []byte, version string) ([]byte, int, error) {
	e, keep, err := c.write(Encoder(dst).Line(""), version, 0)
	if err != nil {
		return dst, 0, err
	}
	return e[:keep].End(), 1, nil
}

func (c cpan) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	e, keep, err := c.write(Encoder(lo).Line(""), trimWildcard(text), depth)
	if err != nil {
		return lo, hi, 0, err
	}
	return e[:keep], Encoder(append(hi, e[len(lo):]...)).Top(), 1, nil
}

// write writes the first depth numbers of the dotted form of version, all with depth 0. It
// returns the length up to the last one that is not 0, too.
func (c cpan) write(e Encoder, version string, depth int) (Encoder, int, error) {
	s, offset := trimBlanks(version)
	start := 0
	if s != "" && s[0] == 'v' {
		start = 1
	}
	dots, under := 0, -1
	for i := start; i < len(s); i++ {
		switch {
		case isDigit(s[i]):
		case s[i] == '.' && under < 0 && (dots == 0 || isDigit(s[i-1])):
			dots++
		case s[i] == '_' && under < 0 && dots > 0 && isDigit(s[i-1]):
			under = i
		default:
			return e, 0, syntaxError("cpan", version, offset+i, "digit, dot or one underscore wanted")
		}
	}
	dotted := start == 1 || dots > 1
	end := len(s) - 1
	switch {
	case end < start || start == 1 && !isDigit(s[1]):
		return e, 0, syntaxError("cpan", version, offset+start, "number wanted")
	case under == end && !dotted, s[end] == '.' && dots > 1:
		return e, 0, syntaxError("cpan", version, offset+len(s), "digit wanted at the end")
	}
	w := perlWriter{e: e, keep: len(e), depth: depth}
	whole, fraction, _ := strings.Cut(s[start:], ".")
	if !w.number(whole) {
		return w.e, w.keep, nil
	}
	if dotted {
		w.dotted(fraction)
	} else {
		w.decimal(fraction)
	}
	return w.e, w.keep, nil
}

// A perlWriter writes numbers up to a count.
type perlWriter struct {
	e            Encoder
	keep         int
	count, depth int
}

// number writes a number; false tells that what follows does not count.
func (w *perlWriter) number(number string) bool {
	if w.count++; w.depth > 0 && w.count > w.depth {
		return false
	}
	limited := w.count == 1 && len(number) > len(perlMaxInt)
	for len(number) > 0 && number[0] == '0' {
		number = number[1:]
	}
	limited = limited || len(number) > len(perlMaxInt) || len(number) == len(perlMaxInt) && number > perlMaxInt
	if limited {
		number = perlMaxInt
	}
	w.e = w.e.Number(number)
	if number != "" {
		w.keep = len(w.e)
	}
	return !limited
}

// dotted writes what stands behind the first dot of a dotted version.
func (w *perlWriter) dotted(fraction string) {
	for more := fraction != ""; more; {
		var number string
		number, fraction, more = strings.Cut(fraction, ".")
		if i := strings.IndexByte(number, '_'); i >= 0 {
			number = number[:i] + number[i+1:]
		}
		if !w.number(number) {
			return
		}
	}
}

// decimal writes the fraction of a decimal, three digits for a number.
func (w *perlWriter) decimal(fraction string) {
	group, n := [3]byte{'0', '0', '0'}, 0
	for i := 0; i < len(fraction); i++ {
		if fraction[i] == '_' {
			continue
		}
		group[n] = fraction[i]
		if n++; n == len(group) {
			w.number(string(group[:]))
			group, n = [3]byte{'0', '0', '0'}, 0
		}
	}
	if n > 0 {
		w.number(string(group[:]))
	}
}
