package vers

import "strings"

// readCargo reads the requirements of cargo as VersionReq of the semver crate 1.0 does:
//
//	requirement = "*" | comparator { "," comparator }        32 at most
//	comparator  = [ "=" | ">" | ">=" | "<" | "<=" | "~" | "^" ] partial
//
// No operator means ^, or the wildcard when the partial version has one. The policy of
// Satisfies: a pre-release is taken only where a comparator names a pre-release of the same
// three numbers; "=1.2", "~1.2" and 1.2.* take releases only.
func readCargo(n *nativeReader) (Range, error) {
	if i := strings.IndexAny(n.text, "\t\r\n"); i >= 0 {
		return Range{}, n.error(i, "white space other than blanks")
	}
	pre, asked := n.askedPrerelease()
	if cargoWildcard(strings.Trim(n.text, " ")) {
		if asked {
			return n.none(), nil
		}
		return n.all(), nil
	}
	var list []Range
	admitted := false
	for at, text := range split(n.text, ",", 0) {
		if len(list) == 32 {
			return Range{}, n.error(at, "more than 32 comparators")
		}
		op := npmOperator(text)
		if op == "~>" {
			op = "~"
		}
		version := strings.TrimLeft(text[len(op):], " ")
		at += len(text) - len(version)
		if cargoWildcard(version) {
			return Range{}, n.error(at, "a star has to be the only comparator")
		}
		p, bad := readPartial(version)
		if bad >= 0 || len(p.numbers) == 0 || p.gap || !p.full() && p.pre+p.build != "" {
			return Range{}, n.error(at+max(0, bad), "version or partial version wanted")
		}
		if op == "" && p.written > len(p.numbers) {
			op = "="
		}
		r, err := n.cargoComparator(op, p, asked, at)
		if err != nil {
			return Range{}, err
		}
		admitted = admitted || p.admits(pre)
		list = append(list, r)
	}
	if asked && !admitted {
		return n.none(), nil
	}
	return n.intersect(list)
}

func cargoWildcard(s string) bool { return s == "*" || s == "x" || s == "X" }

// cargoComparator returns what one comparator takes, see the functions matches_... of
// eval.rs in the crate; asked tells that it is about a pre-release.
func (n *nativeReader) cargoComparator(op string, p partial, asked bool, at int) (Range, error) {
	count := len(p.numbers)
	last := p.next(count)
	switch {
	case p.full() && (op == "" || op == "^"):
		return n.between(p.text(), p.next(p.significant()), at)
	case p.full() && op == "~":
		return n.between(p.text(), p.next(2), at)
	case p.full():
		c, _ := comparator(op)
		return n.compare(c, p.text(), at)
	case op == "" || op == "^":
		low, err := n.edge(GreaterOrEqual, p.text(), at)
		if err != nil {
			return Range{}, err
		}
		high, err := n.edge(Less, p.next(p.significant()), at)
		if err != nil {
			return Range{}, err
		}
		return low.Intersect(high)
	case op == ">" || op == ">=" && asked:
		return n.edge(GreaterOrEqual, last, at)
	case op == ">=":
		return n.compare(GreaterOrEqual, p.text(), at)
	case op == "<" || op == "<=" && asked:
		return n.edge(Less, p.text(), at)
	case op == "<=":
		return n.edge(Less, last, at)
	case asked: // = and ~ of a partial version take releases only
		return n.none(), n.term(at)
	default:
		return n.between(p.text(), last, at)
	}
}
