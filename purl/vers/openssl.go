package vers

// openssl is the order of OpenSSL releases: cmp_versions of the project's own scripts
// (util/perl/OpenSSL/Util.pm) for releases, the comment in opensslv.h of the 1.x releases
// and the versioning policy of 3.x for what surrounds them.
//
//		number.number.number[letters][-word[number][-dev]][+metadata]
//
//	  - Three numbers of any size. Up to 1.1.1 letters follow, compared by their bytes:
//	    1.0.2 < 1.0.2a < 1.0.2z < 1.0.2za < 1.0.2zb.
//	  - Before the release come dev, then alpha, beta, pre, rc, each with its number.
//	    1.0.2zc-dev is what will be 1.0.2zc, and -beta2-dev what will be -beta2; both come
//	    directly before it.
//	  - Behind the release and before the next letter comes -cvs, a snapshot of the branch
//	    that advisories of 2002 name.
//	  - Metadata (3.0.7+quic) does not count.
//	  - Fewer than three numbers name a branch: [ErrImprecise]. Any other word (-fips) is an
//	    error.
type openssl struct{}

// opensslWords are the words behind a hyphen with their weights.
var opensslWords = [...]levelWord{{word: "dev", weight: -9}, {word: "alpha", weight: -8}, {word: "beta", weight: -7}, {word: "pre", weight: -6}, {word: "rc", weight: -5}, {word: "cvs", weight: 1}}

// opensslTowards marks what will be a pre-release, in front of it.
const opensslTowards = -31

// opensslText is a version in its parts.
type opensslText struct {
	numbers [3]string
	count   int
	letters string
	weight  int // of the word, 0 when there is none
	number  string
	towards bool // -dev behind the word
}

func (openssl) Name() string { return "openssl" }

func (o openssl) AppendKey(dst []byte, version string) ([]byte, int, error) {
	var t opensslText
	if err := o.parse(version, &t); err != nil {
		return dst, 0, err
	}
	if t.count < len(t.numbers) {
		return dst, 0, parseError("openssl", version, len(version), "three numbers wanted", ErrImprecise)
	}
	e := t.append(Encoder(dst).Line(""), len(version))
	if t.towards {
		e = e.Token(opensslTowards)
	}
	return e.End(), 1, nil
}

// AppendBranch takes numbers, letters and word as components: 1.0.2 is all of 1.0.2,
// 1.0.2zh and 1.0.2-beta1.
func (o openssl) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	var t opensslText
	if err := o.parse(text, &t); err != nil {
		return lo, hi, 0, err
	}
	if depth <= 0 {
		depth = len(text)
	}
	start := len(lo)
	e := t.append(Encoder(lo).Line(""), depth)
	return e, Encoder(append(hi, e[start:]...)).Top(), 1, nil
}

// append writes the first most components.
func (t *opensslText) append(e Encoder, most int) Encoder {
	for _, number := range t.numbers[:min(t.count, most)] {
		e = e.Number(number)
	}
	if t.letters != "" && most > len(t.numbers) {
		e = e.Text(t.letters)
		most--
	}
	if t.weight != 0 && most > len(t.numbers) {
		e = e.Token(t.weight)
		if t.number != "" {
			e = e.Number(t.number)
		}
	}
	return e
}

func (o openssl) parse(version string, t *opensslText) error {
	i := 0
	for {
		n := digits(version[i:])
		if n == 0 {
			return syntaxError("openssl", version, i, "number wanted")
		}
		t.numbers[t.count] = version[i : i+n]
		t.count++
		i += n
		if t.count == len(t.numbers) {
			break
		}
		if i == len(version) {
			return nil
		}
		if version[i] != '.' {
			return syntaxError("openssl", version, i, "three numbers wanted")
		}
		i++
	}
	start := i
	for i < len(version) && 'a' <= version[i] && version[i] <= 'z' {
		i++
	}
	t.letters = version[start:i]
	if i < len(version) && version[i] == '-' {
		n := letters(version[i+1:])
		for _, w := range opensslWords {
			if w.word == version[i+1:i+1+n] {
				t.weight = int(w.weight)
			}
		}
		if t.weight == 0 {
			return syntaxError("openssl", version, i+1, "one of dev, alpha, beta, pre, rc, cvs wanted")
		}
		i += 1 + n
		n = digits(version[i:])
		t.number = version[i : i+n]
		i += n
		if n > 0 && len(version)-i >= 4 && version[i:i+4] == "-dev" {
			t.towards = true
			i += 4
		}
	}
	if i < len(version) && version[i] == '+' {
		if at, rule := checkIdentifiers(version[i+1:], false); rule != "" {
			return syntaxError("openssl", version, i+1+at, rule)
		}
		i = len(version)
	}
	if i < len(version) {
		return syntaxError("openssl", version, i, "end or a hyphen and a word wanted")
	}
	return nil
}
