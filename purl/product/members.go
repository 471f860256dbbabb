package product

import "strings"

// Members returns the products of a name that lists several of them, nothing for one that
// does not: "Quantum Appliances, Quantum Security Gateways", "iOS and iPadOS", "Mobility
// Conductor (formerly Mobility Master); Mobility Controllers". A parenthesis behind a
// member is not part of its name. The exact text of a member stands for the product.
func Members(name string) []string {
	if !strings.ContainsAny(name, ",;/&\n") && !hasWord(name, " and ") && !hasWord(name, " or ") {
		return nil
	}
	var members []string
	rest, depth, start := name, 0, 0
	cut := func(end, next int) {
		if m := member(rest[start:end]); m != "" && len(members) < 256 {
			members = append(members, m)
		}
		start = next
	}
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth > 0:
		case c == '/' && strings.HasSuffix(rest[:i], " w"): // with
		case c == ',', c == ';', c == '/', c == '&', c == '\n':
			cut(i, i+1)
		case c == ' ' && hasPrefixFold(rest[i:], " and "):
			cut(i, i+len(" and "))
		case c == ' ' && hasPrefixFold(rest[i:], " or "):
			cut(i, i+len(" or "))
		}
	}
	cut(len(rest), len(rest))
	if len(members) < 2 || isOne(name, members) {
		return nil
	}
	return members
}

// isOne tells whether what looks like a list goes on with the first member: a version ("Windows
// Server, version 1903"), a variant of what begins with a letter ("ET200ecoPN, 8DI"), the
// repository of an owner ("omeka/omeka-s"), or a path ("golang.org/x/crypto/acme").
func isOne(name string, members []string) bool {
	for _, m := range members[1:] {
		first, _, _ := strings.Cut(m, " ")
		if versionWord(strings.ToLower(first)) || isDigit(m[0]) && !isDigit(members[0][0]) {
			return true
		}
	}
	if host, _, ok := strings.Cut(name, "/"); ok && !strings.ContainsAny(name, " ,;") {
		if i := strings.LastIndexAny(host, ".:"); i >= 0 && strings.Trim(host[i+1:], "abcdefghijklmnopqrstuvwxyz") == "" {
			return true
		}
	}
	return len(members) == 2 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz-_.") == "/"
}

// hasWord tells whether a text holds a word between blanks, in any case.
func hasWord(text, word string) bool {
	for i := strings.IndexByte(text, ' '); i >= 0 && i < len(text); i++ {
		if hasPrefixFold(text[i:], word) {
			return true
		}
	}
	return false
}

func hasPrefixFold(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}

// member cleans one member of a list.
func member(text string) string {
	if i := strings.IndexByte(text, '('); i > 0 {
		text = text[:i]
	}
	text = strings.TrimSpace(text)
	text = strings.TrimPrefix(strings.TrimPrefix(text, "and "), "or ")
	if !strings.ContainsFunc(text, func(r rune) bool { return r > '9' }) {
		return "" // a number is no product
	}
	return strings.TrimSpace(text)
}
