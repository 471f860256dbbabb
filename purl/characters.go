package purl

import (
	"unicode"
	"unicode/utf8"
)

// A flaw is a character that should not be where it is.
type flaw struct {
	index int
	rule  string
	kind  error
	fatal bool // no reader should take it
}

// inspect looks for the first fatal flaw in decoded text, else the first other one.
//
// The standard permits every Unicode character. Names of packages are compared as bytes, so
// none of these can match by accident; but a person who reads the name is deceived (Unicode
// Technical Report 36), and an escape or a line break in it harms whoever prints it.
func inspect(s string) (flaw, bool) {
	var first flaw
	found, latin := false, false
	note := func(i int, rule string) {
		if !found {
			first, found = flaw{index: i, rule: rule, kind: ErrCharacter}, true
		}
	}
	foreign := -1 // where a letter of a similar script stands in this word
	for i, r := range s {
		switch {
		case r < utf8.RuneSelf:
			if r < ' ' || r == 0x7f {
				return flaw{i, "control character", ErrCharacter, true}, true
			}
		case r == utf8.RuneError:
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return flaw{i, "not UTF-8", ErrEncoding, true}, true
			}
		case unicode.IsControl(r):
			return flaw{i, "control character", ErrCharacter, true}, true
		case isInvisible(r):
			note(i, "character that cannot be seen")
		case isImitation(r):
			note(i, "character that imitates an ASCII one")
		}
		if !unicode.IsLetter(r) {
			latin, foreign = false, -1
			continue
		}
		latin = latin || r < utf8.RuneSelf
		if foreign < 0 && r >= utf8.RuneSelf && unicode.In(r, unicode.Cyrillic, unicode.Greek,
			unicode.Armenian, unicode.Cherokee, unicode.Coptic, unicode.Lisu) {
			foreign = i
		}
		if latin && foreign >= 0 {
			note(foreign, "letter of another script inside a Latin word")
		}
	}
	return first, found
}

// isInvisible holds for what shows nothing: bidirectional controls, zero-width characters,
// fillers, variation selectors, tags, spaces other than the usual one, and code points
// without an agreed shape.
func isInvisible(r rune) bool {
	return !unicode.IsGraphic(r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point,
		unicode.Variation_Selector, unicode.Zs)
}

// isImitation holds for compatibility forms of ASCII characters: fullwidth forms, mathematical
// letters, the Kelvin sign and the long s.
func isImitation(r rune) bool {
	return 0xFF01 <= r && r <= 0xFF5E || 0x1D400 <= r && r <= 0x1D7FF || r == 0x212A || r == 0x017F
}
