package cpe

import (
	"math/bits"
	"strconv"
	"strings"
)

// A Relation is the relation of two sets of products, the source and the target, as NISTIR 7696
// section 6 defines it. The zero Relation is Undefined.
type Relation uint8

// The relations of a source to a target.
const (
	// Undefined says that none of the others can be stated: the target holds a wildcard, the
	// source is wider in one attribute and narrower in another, or one of the names is invalid.
	Undefined Relation = iota
	// Disjoint says that no product is in both.
	Disjoint
	// Subset says that the source is a proper subset of the target.
	Subset
	// Superset says that the source is a superset of the target.
	Superset
	// Equal says that both are the same set.
	Equal
)

var relationNames = [...]string{
	Undefined: "undefined",
	Disjoint:  "disjoint",
	Subset:    "subset",
	Superset:  "superset",
	Equal:     "equal",
}

// String returns the name of the relation in lower case.
func (r Relation) String() string {
	if int(r) >= len(relationNames) {
		return "relation(" + strconv.Itoa(int(r)) + ")"
	}
	return relationNames[r]
}

// Relate returns the relation of source to target over all attributes (NISTIR 7696 section 6):
//
//   - Disjoint if one attribute is disjoint, whatever the others say;
//   - else Undefined if one attribute is undefined, or one is a superset and another a subset;
//   - else Superset or Subset if one attribute is; else Equal.
//
// Letter case is ignored. Relate takes linear time and allocates nothing, save for values of more
// than 128 characters that are compared with a pattern.
func Relate(source, target Name) Relation { return relate(&source, &target, all) }

// RelateAttribute returns the relation of one attribute (NISTIR 7696 table 6-2):
//
//	source \ target   ANY      NA         string              pattern
//	ANY               equal    superset   superset            undefined
//	NA                subset   equal      disjoint            undefined
//	string            subset   disjoint   equal or disjoint   undefined
//	pattern           subset   disjoint   superset or disj.   undefined
//
// A number that is no attribute gives Undefined.
func RelateAttribute(source, target Name, a Attribute) Relation {
	return relate(&source, &target, bitOf(a))
}

// relate applies the table to the attributes asked for, all at once where the kinds of the values
// decide, and one by one where their texts do.
func relate(source, target *Name, asked set) Relation {
	if !source.IsValid() || !target.IsValid() || asked == 0 {
		return Undefined
	}
	var (
		sources   = asked &^ (source.any | source.na)               // strings and patterns
		targets   = asked &^ (target.any | target.na | target.wild) // strings
		undefined = asked & target.wild
		superset  = asked & source.any &^ (target.any | target.wild)
		subset    = asked & target.any &^ source.any
	)
	if source.na&targets|target.na&sources != 0 {
		return Disjoint
	}
	for left := sources & targets; left != 0; left &= left - 1 {
		a := Attribute(bits.TrailingZeros16(uint16(left)))
		switch s, t := source.slice(a), target.slice(a); {
		case source.wild&bitOf(a) == 0:
			if !equalFold(s, t) {
				return Disjoint
			}
		case covers(s, t):
			superset |= bitOf(a)
		default:
			return Disjoint
		}
	}
	switch {
	case undefined != 0, subset != 0 && superset != 0:
		return Undefined
	case subset != 0:
		return Subset
	case superset != 0:
		return Superset
	}
	return Equal
}

// equalFold reports whether two canonical texts are equal but for letter case.
func equalFold(s, t string) bool {
	return len(s) == len(t) && (s == t || strings.EqualFold(s, t))
}
