package vers

// bitnami is the order of Bitnami packages: numbers with dots and the revision of the
// package behind a hyphen (2.3.1-4).
//
//   - Numbers compare as numbers of any size; missing ones are zero: 2 = 2.0 = 2.0.0.
//   - The revision does not count: it is another build of the same upstream source, and
//     Bitnami's advisories name upstream versions, so a fix in 2.3.1 is in 2.3.1-1 and
//     what affects 2.3.1 affects 2.3.1-1. Metadata behind a plus does not count either.
//   - Deviation: github.com/bitnami/go-version orders the revisions above the release. It
//     compares packages with one another, not with advisories.
//   - One leading v is accepted.
type bitnami struct{}

func (bitnami) Name() string { return "bitnami" }

func (b bitnami) AppendKey(dst []byte, version string) ([]byte, int, error) {
	end, err := b.numbers(version)
	if err != nil {
		return dst, 0, err
	}
	e := Encoder(dst).Line("")
	keep := len(e) // end of the last number that is not zero
	for rest := trimV(version[:end]); rest != ""; {
		var number string
		number, rest = cutIdentifier(rest)
		e = e.Number(number)
		if !isZero(number) {
			keep = len(e)
		}
	}
	return e[:keep].End(), 1, nil
}

func (b bitnami) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	end, err := b.numbers(text)
	if err != nil {
		return lo, hi, 0, err
	}
	var br branch
	for rest := trimV(text[:end]); rest != "" && (depth <= 0 || br.count < depth); {
		var number string
		number, rest = cutIdentifier(rest)
		br.add(number)
	}
	l, h := br.bounds(Encoder(lo).Line(""), Encoder(hi).Line(""))
	return l, h, 1, nil
}

// numbers checks the version and returns where its numbers end.
func (b bitnami) numbers(version string) (int, error) {
	i := len(version) - len(trimV(version))
	for {
		n := digits(version[i:])
		if n == 0 {
			return 0, syntaxError("bitnami", version, i, "number wanted")
		}
		if i += n; i == len(version) || version[i] != '.' {
			break
		}
		i++
	}
	end := i
	for _, mark := range [...]byte{'-', '+'} {
		if i == len(version) || version[i] != mark {
			continue
		}
		stop := i + 1
		for stop < len(version) && (version[stop] != '+' || mark == '+') {
			stop++
		}
		if at, rule := checkIdentifiers(version[i+1:stop], false); rule != "" {
			return 0, syntaxError("bitnami", version, i+1+at, rule)
		}
		i = stop
	}
	if i < len(version) {
		return 0, syntaxError("bitnami", version, i, "end, hyphen or plus wanted")
	}
	return end, nil
}
