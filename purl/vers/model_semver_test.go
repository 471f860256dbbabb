package vers_test

import (
	"cmp"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// semverModel is a version of Semantic Versioning split at plus, hyphen and dots.
type semverModel struct {
	numbers    []string
	pre, build []string
}

func newSemverModel(s string) semverModel {
	s = strings.TrimPrefix(s, "v")
	var m semverModel
	s, build, built := strings.Cut(s, "+")
	core, pre, early := strings.Cut(s, "-")
	m.numbers = strings.Split(core, ".")
	for len(m.numbers) < 3 {
		m.numbers = append(m.numbers, "0")
	}
	for len(m.numbers) > 3 && number(m.numbers[len(m.numbers)-1]).Sign() == 0 {
		m.numbers = m.numbers[:len(m.numbers)-1]
	}
	if early {
		m.pre = strings.Split(pre, ".")
	}
	if built {
		m.build = strings.Split(build, ".")
	}
	return m
}

// compare is clause 11 with a given rule for two identifiers.
func (m semverModel) compare(o semverModel, identifiers func(a, b string) int) int {
	if c := slices.CompareFunc(m.numbers, o.numbers, compareNumbers); c != 0 {
		return c
	}
	switch {
	case m.pre == nil && o.pre == nil:
		return 0
	case m.pre == nil:
		return 1
	case o.pre == nil:
		return -1
	default:
		return slices.CompareFunc(m.pre, o.pre, identifiers)
	}
}

func isNumeric(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func compareSemver(a, b string) int {
	return newSemverModel(a).compare(newSemverModel(b), func(x, y string) int {
		switch {
		case isNumeric(x) && isNumeric(y):
			return compareNumbers(x, y)
		case isNumeric(x):
			return -1
		case isNumeric(y):
			return 1
		default:
			return cmp.Compare(x, y)
		}
	})
}

// compareNode reads numbers of identifiers as JavaScript does.
func compareNode(a, b string) int {
	return newSemverModel(a).compare(newSemverModel(b), func(x, y string) int {
		switch {
		case isNumeric(x) && isNumeric(y):
			n, _ := strconv.ParseFloat(x, 64)
			m, _ := strconv.ParseFloat(y, 64)
			return cmp.Compare(n, m)
		case isNumeric(x):
			return -1
		case isNumeric(y):
			return 1
		default:
			return cmp.Compare(x, y)
		}
	})
}

// compareDart reads identifiers as int.tryParse does and lets build metadata count.
func compareDart(a, b string) int {
	identifiers := func(x, y string) int {
		n, isN := tryParse(x)
		m, isM := tryParse(y)
		switch {
		case isN && isM:
			return n.Cmp(m)
		case isN:
			return -1
		case isM:
			return 1
		default:
			return cmp.Compare(x, y)
		}
	}
	m, o := newSemverModel(a), newSemverModel(b)
	return cmp.Or(m.compare(o, identifiers), slices.CompareFunc(m.build, o.build, identifiers))
}

// tryParse reads decimal or 0x digits with a sign within 64 bits. Hexadecimal digits may
// set the sign bit.
func tryParse(s string) (*big.Int, bool) {
	body := strings.TrimPrefix(s, "-")
	if strings.HasPrefix(body, "0x") || strings.HasPrefix(body, "0X") {
		n, err := strconv.ParseUint(body[2:], 16, 64)
		if err != nil {
			return nil, false
		}
		if body != s {
			n = -n
		}
		return big.NewInt(int64(n)), true
	}
	if !isNumeric(body) {
		return nil, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return big.NewInt(n), err == nil
}

// compareBitnami drops the revision and pads the numbers with zeros.
func compareBitnami(a, b string) int {
	cut := func(s string) string {
		s, _, _ = strings.Cut(strings.TrimLeft(s, "vV"), "-")
		s, _, _ = strings.Cut(s, "+")
		return s
	}
	return comparePadded(strings.Split(cut(a), "."), strings.Split(cut(b), "."))
}

// compareIntegers stops at the first character that is neither digit nor dot.
func compareIntegers(a, b string) int {
	cut := func(s string) []string {
		if i := strings.IndexFunc(s, func(r rune) bool { return r != '.' && (r < '0' || r > '9') }); i >= 0 {
			s = s[:i]
		}
		return strings.Split(s, ".")
	}
	return comparePadded(cut(a), cut(b))
}

func comparePadded(a, b []string) int {
	for len(a) < len(b) {
		a = append(a, "")
	}
	for len(b) < len(a) {
		b = append(b, "")
	}
	return slices.CompareFunc(a, b, compareNumbers)
}

var timestamp = regexp.MustCompile(`^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$`)

// compareTimes asks package time for the minute, which no leap second and no offset
// divides, and compares seconds and fractions as texts.
func compareTimes(a, b string) (int, bool) {
	x, y := timestamp.FindStringSubmatch(a), timestamp.FindStringSubmatch(b)
	at, err := time.Parse("2006-01-02T15:04Z07:00", x[1]+x[4])
	bt, err2 := time.Parse("2006-01-02T15:04Z07:00", y[1]+y[4])
	if err != nil || err2 != nil {
		return 2, true // no comparison has this result
	}
	return cmp.Or(at.Compare(bt), cmp.Compare(x[2], y[2]),
		cmp.Compare(strings.TrimRight(x[3], "0"), strings.TrimRight(y[3], "0"))), true
}

// compareOpenSSL compares numbers, letters, and then what the word means: its weight and
// number, and whether it is on its way there.
func compareOpenSSL(a, b string) int {
	type version struct {
		numbers []string
		letters string
		weight  int
		number  string
		towards int
	}
	read := func(s string) version {
		var v version
		s, _, _ = strings.Cut(s, "+")
		core, word, _ := strings.Cut(s, "-")
		v.letters = strings.TrimLeft(core, "0123456789.")
		v.numbers = strings.Split(core[:len(core)-len(v.letters)], ".")
		if w := strings.TrimSuffix(word, "-dev"); w != word {
			v.towards, word = -1, w
		}
		name := strings.TrimRight(word, "0123456789")
		v.number = word[len(name):]
		v.weight = slices.Index([]string{"dev", "alpha", "beta", "pre", "rc", "", "cvs"}, name)
		return v
	}
	v, w := read(a), read(b)
	none := func(s string) int { return min(1, len(s)) }
	return cmp.Or(
		slices.CompareFunc(v.numbers, w.numbers, compareNumbers),
		cmp.Compare(v.letters, w.letters),
		cmp.Compare(v.weight, w.weight),
		cmp.Compare(none(v.number), none(w.number)),
		compareNumbers(v.number, w.number),
		cmp.Compare(v.towards, w.towards),
	)
}
