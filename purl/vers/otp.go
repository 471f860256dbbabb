package vers

import "strings"

// otp is the scheme of Erlang/OTP and of its applications since OTP 17
// (https://www.erlang.org/doc/system/versions.html).
//
//   - Numbers with dots between; zeros at the end do not count (26.2 = 26.2.0).
//   - A suffix -rcN is a release candidate, in front of the release.
//   - The prefix OTP- of tags does not count.
//
// Versions of more than three numbers are branches, and those of different branches have no
// order in OTP: 26.2.5.1 does not include what 26.2.6 does. The key has them in the order
// of their numbers, which agrees with OTP wherever OTP has an order.
//
// A version with ** at its end is an installation that was patched by hand, which is
// ErrImprecise.
type otp struct{}

const otpCandidate = -1

func (otp) Name() string { return "otp" }

func (o otp) AppendKey(dst []byte, version string) ([]byte, int, error) {
	s, offset := version, 0
	if strings.HasPrefix(s, "OTP-") {
		s, offset = s[len("OTP-"):], len("OTP-")
	}
	if strings.HasSuffix(s, "**") {
		return dst, 0, parseError("otp", version, len(version)-2, "patched installation", ErrImprecise)
	}
	numbers, candidate, hasCandidate := strings.Cut(s, "-rc")
	e := Encoder(dst).Line("")
	keep := len(e)
	at, rule := eachNumber(numbers, ".", func(number string) {
		e = e.Number(number)
		if !isZero(number) {
			keep = len(e)
		}
	})
	if rule == "" && hasCandidate && (candidate == "" || digits(candidate) != len(candidate)) {
		at, rule = len(numbers)+3, "number of the release candidate wanted"
	}
	if rule != "" {
		return dst, 0, syntaxError("otp", version, offset+at, rule)
	}
	e = e[:keep]
	if hasCandidate {
		e = e.Token(otpCandidate).Number(candidate)
	}
	return e.End(), 1, nil
}

func (o otp) AppendBranch(lo, hi []byte, text string, depth int) ([]byte, []byte, int, error) {
	return dottedBranch(o, lo, hi, strings.TrimPrefix(text, "OTP-"), depth, true)
}
