package purl

import (
	"slices"
	"strings"
)

// A pair is one qualifier with its decoded value.
type pair struct {
	key, value string
	offset     int
}

// qualifiers reads what begins with "?" at start, ECMA-427 clause 5.6.6.
func (r *reader) qualifiers(p *PURL, start, end int) bool {
	if start >= end {
		return true
	}
	if s := r.input[start+1 : end]; isPlainQualifiers(s) {
		p.qualifiers = s
		return true
	}
	var list []pair
	for i := start + 1; i < end; {
		stop := end
		if n := strings.IndexByte(r.input[i:end], '&'); n >= 0 {
			stop = i + n
		}
		if stop > i {
			q, ok := r.qualifier(i, stop)
			if !ok {
				return false
			}
			list = append(list, q)
		}
		i = stop + 1
	}
	return r.join(p, list)
}

// qualifier reads one pair.
func (r *reader) qualifier(start, end int) (q pair, ok bool) {
	key, _, hasValue := strings.Cut(r.input[start:end], "=")
	if i := invalidKey(key); i >= 0 {
		return q, r.fail("qualifiers", start+i,
			"a key is a lower-case letter, then letters, digits, period, dash and underscore", ErrSyntax)
	}
	if 'A' <= key[0] && key[0] <= 'Z' {
		// The tests of the standard want "?Arch=" refused and "?repositorY_url=" folded.
		// What holds both is the grammar for the first letter, and for the others the
		// rule that a parser lowers keys.
		r.warn("qualifiers", start, "a key begins with a lower-case letter", ErrSyntax)
	}
	q = pair{key: strings.ToLower(key), offset: start}
	if !hasValue {
		r.warn("qualifiers", end, "a key is followed by an equal sign and a value", ErrSyntax)
		return q, true
	}
	q.value, ok = r.component("qualifiers", start+len(key)+1, end)
	return q, ok
}

// join writes the canonical qualifiers: sorted, without empty values, each key once.
func (r *reader) join(p *PURL, list []pair) bool {
	list = slices.DeleteFunc(list, func(q pair) bool { return q.value == "" })
	slices.SortStableFunc(list, func(a, b pair) int { return strings.Compare(a.key, b.key) })
	var room [192]byte
	text := room[:0]
	for i, q := range list {
		if i > 0 {
			if q.key == list[i-1].key {
				return r.fail("qualifiers", q.offset, "a key stands once", ErrSyntax)
			}
			text = append(text, '&')
		}
		text = append(text, q.key...)
		text = append(text, '=')
		text = appendEscaped(text, q.value)
	}
	p.qualifiers = string(text)
	return true
}

// invalidKey returns the index of the first byte that cannot stand in a key of either case,
// 0 for an empty key, and -1 when there is none.
func invalidKey(key string) int {
	for i := 0; i < len(key); i++ {
		c := key[i]
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		case i > 0 && ('0' <= c && c <= '9' || c == '.' || c == '-' || c == '_'):
		default:
			return i
		}
	}
	if key == "" {
		return 0
	}
	return -1
}

// isPlainQualifiers tells whether s is canonical and needs no encoding: keys in lower case,
// in order, each once, and plain values that are not empty.
func isPlainQualifiers(s string) bool {
	last := ""
	for s != "" {
		n := strings.IndexByte(s, '=')
		if n < 1 {
			return false
		}
		key := s[:n]
		for i := 0; i < len(key); i++ {
			c := key[i]
			if !('a' <= c && c <= 'z' || i > 0 && ('0' <= c && c <= '9' || c == '.' || c == '-' || c == '_')) {
				return false
			}
		}
		if key <= last {
			return false
		}
		last = key
		s = s[n+1:]
		n = plain(s)
		if n == 0 || n < len(s) && s[n] != '&' {
			return false
		}
		if n == len(s) {
			return true
		}
		s = s[n+1:]
	}
	return false // ends with an ampersand, or is empty
}
