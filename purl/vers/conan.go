package vers

import "strings"

// conan is the scheme of Conan packages: the version model of Conan 2.0
// (https://docs.conan.io/2/tutorial/versioning/version_ranges.html).
//
//   - What follows the last plus is the build, what follows the last hyphen in front of it
//     the pre-release; both are versions of their own. Items stand between dots.
//   - An item that Python reads as a number is one (1_0 is 10, +1 is 1). Zeros at the end do
//     not count; else the longer list is greater.
//   - A pre-release is in front of the release, a build behind it.
//
// Conan compares a number with other text by their characters, which is no order: 9 < 10,
// 10 < 1a and 1a < 9. The key has text that begins with 0 directly behind the number 0,
// text that begins with what is less than a digit below all numbers, and other text above
// all numbers. Within text and within numbers it is Conan's order. [Version.Compare] follows
// Conan everywhere.
//
// The empty text is a version, directly behind 0 and its builds.
//
// Deviations: numbers below zero (1.-5-a) are text in keys; blanks, control characters and
// other scripts are errors. Later releases of Conan 2 split at the first hyphen.
type conan struct{}

const (
	conanLow      = 0x30 // text below all numbers
	conanZeroText = 0xD0 // behind the number 0: text that begins with 0
)

func (conan) Name() string { return "conan" }

func (c conan) AppendKey(dst []byte, version string) ([]byte, int, error) {
	if err := c.check(version); err != nil {
		return dst, 0, err
	}
	return c.write(Encoder(dst).Line(""), version), 1, nil
}

func (conan) check(version string) error {
	for i := 0; i < len(version); i++ {
		if version[i] <= ' ' || version[i] > '~' {
			return syntaxError("conan", version, i, "blank, control character or no ASCII")
		}
	}
	return nil
}

// write writes a version of which the pre-release and the build are versions, too. Neither
// holds the separator that it was split at, so it is never deeper than three.
func (c conan) write(e Encoder, s string) Encoder {
	p := conanSplit(s)
	e, keep, _ := c.items(e, p.items, 0)
	e = e[:keep]
	if p.hasPre {
		e = c.write(e.Token(-1), p.pre)
	}
	if p.hasBuild {
		return c.write(e.Token(1), p.build)
	}
	return e.End()
}

// items writes the first depth items, all with depth 0. It returns the length up to the last
// one that is not the number 0, and whether the last of all is.
func (c conan) items(e Encoder, s string, depth int) (all Encoder, keep int, zero bool) {
	keep = len(e)
	for count, more := 1, true; more; count++ {
		var item string
		item, s, more = strings.Cut(s, ".")
		if e, zero = c.item(e, item); !zero {
			keep = len(e)
		}
		if count == depth {
			break
		}
	}
	return e, keep, zero
}

// item writes an item and tells whether it is the number 0.
func (conan) item(e Encoder, item string) (Encoder, bool) {
	switch number, negative, ok := conanNumber(item); {
	case ok && !negative:
		if strings.IndexByte(number, '_') >= 0 {
			var room [32]byte
			number = string(appendPlain(room[:0], number))
		}
		return e.Number(number), isZero(number)
	case item == "" || item[0] < '0':
		e = append(e, conanLow)
	case item[0] == '0':
		e = append(e.Number(""), conanZeroText)
	default:
		e = append(e, tagText)
	}
	return append(append(e, item...), 0), false
}

// conanNumber returns the digits of what Python reads as a number, with single underscores
// between them. Zero is not below zero.
func conanNumber(item string) (number string, negative, ok bool) {
	number = item
	if item != "" && (item[0] == '+' || item[0] == '-') {
		number, negative = item[1:], item[0] == '-'
	}
	if number == "" || !isDigit(number[0]) {
		return "", false, false
	}
	zero := number[0] == '0'
	for i := 1; i < len(number); i++ {
		if !isDigit(number[i]) && (number[i] != '_' || i+1 == len(number) || !isDigit(number[i+1])) {
			return "", false, false
		}
		zero = zero && (number[i] == '0' || number[i] == '_')
	}
	return number, negative && !zero, true
}

// appendPlain appends digits without the underscores between them.
func appendPlain(dst []byte, number string) []byte {
	for i := range len(number) {
		if number[i] != '_' {
			dst = append(dst, number[i])
		}
	}
	return dst
}

func (c conan) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	text = trimWildcard(text)
	if err := c.check(text); err != nil {
		return lo, hi, 0, err
	}
	p := conanSplit(text)
	main := p.items
	if (p.hasPre || p.hasBuild) && (depth <= 0 || depth > strings.Count(main, ".")+1) {
		return prefixBranch(c, lo, hi, text)
	}
	l, keep, zero := c.items(Encoder(lo).Line(""), main, depth)
	h := Encoder(append(hi, l[len(lo):]...))
	if zero { // text that begins with 0 is no zero
		return l[:keep], append(h, conanZeroText), 1, nil
	}
	return l[:keep], h.Top(), 1, nil
}
