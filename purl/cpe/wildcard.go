package cpe

import (
	"bytes"
	"strings"
)

// The tokens of a value, as far as wildcards are concerned.
const (
	literal  token = iota // a character that means itself
	question              // the wildcard ?
	asterisk              // the wildcard *
	tokens
)

// A token is what one character of a value stands for.
type token uint8

// tokenOf returns the token of an unquoted wildcard character.
func tokenOf(c byte) token {
	if c == '?' {
		return question
	}
	return asterisk
}

// The places in a value that reading it can have come to.
const (
	atStart place = iota
	inLeadingQuestions
	behindLeadingAsterisk
	inBody
	inTrailingQuestions
	behindTrailingAsterisk
	nowhere // the value is not allowed
)

// A place is a state of the machine that steps describes.
type place uint8

// steps says which place each token leads to. Wildcards stand at the ends of a value only: on each
// end one asterisk or any number of question marks (NISTIR 7695 section 5.3.2).
var steps = [nowhere][tokens]place{
	atStart:                {inBody, inLeadingQuestions, behindLeadingAsterisk},
	inLeadingQuestions:     {inBody, inLeadingQuestions, nowhere},
	behindLeadingAsterisk:  {inBody, nowhere, nowhere},
	inBody:                 {inBody, inTrailingQuestions, behindTrailingAsterisk},
	inTrailingQuestions:    {nowhere, inTrailingQuestions, nowhere},
	behindTrailingAsterisk: {nowhere, nowhere, nowhere},
}

// covers reports whether the pattern covers the value, letter case ignored. Both are canonical
// texts; the pattern begins or ends with wildcards and the value has none. An asterisk stands for
// any number of characters, a question mark for one or none (NISTIR 7696 section 6).
//
// Only the ends of a pattern are wild, so the body begins somewhere in one stretch of the value: not
// before first, where the trailing wildcards reach no further, and not behind last, where the leading
// ones do not. One search finds it, without going back over the choices.
func covers(pattern, value string) bool {
	lead, body, trail := cutPattern(pattern)
	if spare := len(value) - len(body); strings.IndexByte(body, '\\') < 0 && strings.IndexByte(value, '\\') < 0 {
		if first, last := spare-reach(trail, spare), reach(lead, spare); spare < 0 || first >= last {
			return spare >= 0 && first == last && equalFold(body, value[first:first+len(body)])
		}
	}
	var bodyStack, valueStack [128]byte
	b, v := appendPlain(bodyStack[:0], body), appendPlain(valueStack[:0], value)
	spare := len(v) - len(b)
	if spare < 0 {
		return false
	}
	first, last := spare-reach(trail, spare), reach(lead, spare)
	return first <= last && bytes.Contains(v[first:last+len(b)], b)
}

// cutPattern splits a canonical text into its leading wildcards, its body and its trailing ones.
func cutPattern(pattern string) (lead, body, trail string) {
	begin := 0
	for begin < len(pattern) && classes[pattern[begin]] == wildcard {
		begin++
	}
	end := begin
	for end < len(pattern) && classes[pattern[end]] != wildcard {
		if pattern[end] == '\\' {
			end++
		}
		end++
	}
	return pattern[:begin], pattern[begin:end], pattern[end:]
}

// reach returns how many of the spare characters the wildcards of one end can stand for.
func reach(wildcards string, spare int) int {
	if wildcards == "*" {
		return spare
	}
	return min(len(wildcards), spare)
}

// appendPlain appends the characters of a canonical text in lower case and without quoting.
func appendPlain(dst []byte, text string) []byte {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '\\' {
			i++ // in a canonical text a character follows
			c = text[i]
		}
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		dst = append(dst, c)
	}
	return dst
}
