package product

import "strings"

// Members returns the products of a name that lists several of them, nothing for one that
// does not: "Quantum Appliances, Quantum Security Gateways", "iOS and iPadOS", "Mobility
// Conductor (formerly Mobility Master); Mobility Controllers". A parenthesis behind a
// member is not part of its name. The exact text of a member stands for the product.
func Members(name string) []string {
	if !strings.ContainsAny(name, ",;/&\n") && !strings.Contains(name, " and ") && !strings.Contains(name, " or ") {
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
		case c == ',', c == ';', c == '/', c == '&', c == '\n':
			cut(i, i+1)
		case c == ' ' && strings.HasPrefix(rest[i:], " and "):
			cut(i, i+len(" and "))
		case c == ' ' && strings.HasPrefix(rest[i:], " or "):
			cut(i, i+len(" or "))
		}
	}
	cut(len(rest), len(rest))
	if len(members) < 2 {
		return nil
	}
	return members
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
