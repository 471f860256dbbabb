package vers

import (
	"math"
	"strconv"
)

// npm is the order of node-semver (new SemVer, strict), measured against 7.8.
//
//   - Semantic Versioning; one leading v does not count, build metadata neither.
//   - The three numbers go up to 2^53-1, as in node-semver; a greater one is an error.
//   - Numbers among the identifiers of a pre-release compare as JavaScript numbers, 64-bit
//     floating point: 9007199254740992 and 9007199254740993 are equal.
//   - Deviation: two such numbers that are equal but not alike end the comparison in
//     node-semver, whatever follows (1.0.0-9007199254740992.1 = 1.0.0-9007199254740993.2,
//     a relation that is not transitive). Here the next identifiers decide.
//   - Whether a range admits pre-releases is not a matter of order and not decided here.
func npm() Scheme {
	return &dialect{name: "npm", least: 3, prefix: true, limit: "9007199254740991", identifiers: doubleNumbers}
}

// tagDouble marks a number of 2^53 and more, which sorts above all exact ones: these have
// at most 16 digits, and their tags end there.
const tagDouble = tagNumber + 0x11

// appendDouble writes a run of digits as the JavaScript number that it becomes.
func appendDouble(e Encoder, number string) Encoder {
	if !exceeds(number, "9007199254740991") {
		return e.Number(number)
	}
	value := math.Inf(1)
	if len(number) < 400 { // the greatest finite one has 309 digits, and zeros do not lead
		value, _ = strconv.ParseFloat(number, 64)
	}
	bits := math.Float64bits(value) // those of positive numbers sort as the numbers do
	e = append(e, tagDouble)
	for shift := 56; shift >= 0; shift -= 8 {
		e = append(e, byte(bits>>shift))
	}
	return e
}
