package vers

// intdot is the VERS type of integers separated by dots (VERS types, "General VERS types";
// Siemens writes its advisories with it).
//
//   - Integers of any size compare one by one; leading zeros do not count.
//   - Reading stops at the first character that is neither digit nor dot, as the
//     definition says: 1.2b is 1.2. A dot in front of it, or at the end, does not count.
//   - Missing integers are zero: 3.1 = 3.1.0. The definition is silent about that; an
//     inclusive bound 3.1 has to hold the 3.1.0 that a device reports.
//   - Two dots in a row and a text without a digit in front are errors.
type intdot struct{}

func (intdot) Name() string { return "intdot" }

func (d intdot) AppendKey(dst []byte, version string) ([]byte, int, error) {
	e := Encoder(dst).Line("")
	keep := len(e) // end of the last integer that is not zero
	for i := 0; ; {
		number, next, err := d.next(version, i)
		if err != nil {
			return dst, 0, err
		}
		e = e.Number(number)
		if !isZero(number) {
			keep = len(e)
		}
		if i = next; i == len(version) {
			return e[:keep].End(), 1, nil
		}
	}
}

func (d intdot) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	var b branch
	for i := 0; i < len(text); {
		number, next, err := d.next(text, i)
		if err != nil {
			return lo, hi, 0, err
		}
		if depth <= 0 || b.count < depth {
			b.add(number)
		}
		i = next
	}
	if b.count == 0 {
		return lo, hi, 0, syntaxError("intdot", text, 0, "number wanted")
	}
	l, h := b.bounds(Encoder(lo).Line(""), Encoder(hi).Line(""))
	return l, h, 1, nil
}

// next returns the integer at i and where the next one begins: the length of the version
// when there is none.
func (intdot) next(version string, i int) (string, int, error) {
	n := digits(version[i:])
	if n == 0 {
		return "", 0, syntaxError("intdot", version, i, "number wanted")
	}
	number := version[i : i+n]
	i += n
	if i+1 < len(version) && version[i] == '.' && (isDigit(version[i+1]) || version[i+1] == '.') {
		return number, i + 1, nil
	}
	for ; i < len(version); i++ {
		if version[i] < ' ' || version[i] > '~' {
			return "", 0, syntaxError("intdot", version, i, "printable ASCII wanted")
		}
	}
	return number, i, nil
}
