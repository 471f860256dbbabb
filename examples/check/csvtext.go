package main

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

var errBinary = errors.New("this is no text: a CSV file is wanted")

// csvText returns the text of a CSV file and what separates its fields. Spreadsheets save
// as UTF-8 with or without a byte order mark, as UTF-16 ("Unicode text"), or in an old code
// page; the last is read as Latin-1, which is right for most of its letters. They may put a
// line "sep=;" in front.
func csvText(data []byte) (text string, comma rune, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), len(data) > 3 && data[0] != 0 && data[1] == 0:
		text = decode16(data, 0)
	case bytes.HasPrefix(data, []byte("\xfe\xff")), len(data) > 3 && data[0] == 0 && data[1] != 0:
		text = decode16(data, 1)
	case utf8.Valid(data):
		text = string(data)
	default:
		text = latin1(data)
	}
	text = strings.TrimPrefix(text, "\ufeff")
	if strings.IndexByte(text, 0) >= 0 {
		return "", 0, errBinary
	}
	if rest, ok := strings.CutPrefix(text, "sep="); ok && rest != "" {
		line, below, _ := strings.Cut(rest, "\n")
		if line = strings.TrimSuffix(line, "\r"); len(line) == 1 && strings.Contains(separators, line) {
			return "\n" + below, rune(line[0]), nil // so that lines keep their numbers
		}
	}
	return text, separator(text), nil
}

// separators are what may stand between fields, the usual one first.
const separators = ",;\t|"

// separator returns what separates the fields of the first line: what occurs most often in
// it outside of quotation marks.
func separator(text string) rune {
	var counts [len(separators)]int
	quoted, blank := false, true
	for i := range len(text) {
		c := text[i]
		if c == '\n' && !quoted && !blank {
			break
		}
		if c == '"' {
			quoted = !quoted
		}
		blank = blank && (c == '\n' || c == '\r')
		if at := strings.IndexByte(separators, c); at >= 0 && !quoted {
			counts[at]++
		}
	}
	best := 0
	for i, n := range counts {
		if n > counts[best] {
			best = i
		}
	}
	return rune(separators[best])
}

// decode16 reads UTF-16 in which the byte at low, 0 or 1, is the lower one of each pair.
func decode16(data []byte, low int) string {
	units := make([]uint16, 0, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		units = append(units, uint16(data[i+low])|uint16(data[i+1-low])<<8)
	}
	text := string(utf16.Decode(units))
	if len(data)%2 != 0 {
		text += string(utf8.RuneError)
	}
	return text
}

// latin1 reads ISO 8859-1, in which each byte is the character of its number.
func latin1(data []byte) string {
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for _, c := range data {
		b.WriteRune(rune(c))
	}
	return b.String()
}
