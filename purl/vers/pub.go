package vers

import "math"

// pub is the order of Dart packages: the package pub_semver 2.1.
//
//   - Three numbers; leading zeros do not count.
//   - A pre-release comes before the release, build metadata after it: 1.2.3-a < 1.2.3 <
//     1.2.3+a. Both are lists of identifiers, compared one by one; the longer list of equal
//     beginning is greater.
//   - An identifier that Dart's int.tryParse reads as a 64-bit integer is a number and
//     below all words: 2, 007, -1, 0x1f. Digits beyond 64 bits are a word.
//   - Deviations: one leading v is accepted, numbers have any size, and another count of
//     them than three is read with missing ones zero; the package rejects all that.
func pub() Scheme {
	return &dialect{
		name: "pub", least: 1, prefix: true, zeros: true, many: true,
		identifiers: signedNumbers, metadata: true,
	}
}

// appendSigned writes a 64-bit integer with its sign, below all words.
func appendSigned(e Encoder, n int64) Encoder {
	bits := uint64(n) ^ 1<<63
	e = append(e, tagNumber)
	for shift := 56; shift >= 0; shift -= 8 {
		e = append(e, byte(bits>>shift))
	}
	return e
}

// dartInteger reads an identifier as int.tryParse of the Dart virtual machine does: an
// optional minus, then decimal digits within 64 bits, or 0x and hexadecimal digits, where
// the sign bit may be set.
func dartInteger(id string) (int64, bool) {
	s, negative := id, false
	if s != "" && s[0] == '-' {
		s, negative = s[1:], true
	}
	if len(s) > 2 && s[0] == '0' && s[1]|0x20 == 'x' {
		n, ok := hexadecimal(s[2:])
		if negative {
			n = -n
		}
		return int64(n), ok
	}
	if s == "" || digits(s) != len(s) {
		return 0, false
	}
	limit := uint64(math.MaxInt64)
	if negative {
		limit++
	}
	n := uint64(0)
	for i := 0; i < len(s); i++ {
		digit := uint64(s[i] - '0')
		if n > (limit-digit)/10 {
			return 0, false
		}
		n = n*10 + digit
	}
	if negative {
		n = -n
	}
	return int64(n), true
}

// hexadecimal reads up to 64 bits.
func hexadecimal(s string) (uint64, bool) {
	n := uint64(0)
	for i := 0; i < len(s); i++ {
		digit := uint64(0)
		switch c := s[i]; {
		case isDigit(c):
			digit = uint64(c - '0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			digit = uint64(c|0x20-'a') + 10
		default:
			return 0, false
		}
		if n>>60 != 0 {
			return 0, false
		}
		n = n<<4 | digit
	}
	return n, true
}
