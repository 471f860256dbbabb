package advisory

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/affected-go/affected/purl/vers"
)

// A Condition limits where a statement holds. It is a tree; the zero Condition always
// holds. Conditions are read-only once a decoder made them.
type Condition struct {
	Op Op
	Of []Condition // for All, Any (any count) and Not (one)

	// Fact, for OpFact, is what is asked: "platform", "architecture", "model", "serial",
	// "feature:webvpn" ... It is met by one of Values (the same word, or one that begins
	// with it), of Patterns (see product.Pattern), by a version inside Spans, or in Serials.
	Fact     string
	Values   []string
	Patterns []string
	Serials  []SerialRange

	// Product, for OpProduct, is the index in Advisory.Products of another product, and
	// Relation how it has to stand to the installed one; Spans are its versions, none for
	// any. The status of these spans does not count.
	Product  int
	Relation Relation
	Spans    []Span

	Text    string // for OpText: the publisher's words
	Pointer string
	// Presumed, for OpFact: a fact that is not known, or not well enough, counts as met. It
	// is for limits that publishers add to a product (platforms) and inventories leave out;
	// taking them as met never hides an affected version.
	Presumed bool
}

// An Op is the kind of a node of a condition.
type Op uint8

// The kinds of nodes.
const (
	OpAlways  Op = iota // holds
	OpAll               // all of the children hold; none: holds
	OpAny               // one of the children holds; none: does not hold
	OpNot               // the child does not hold
	OpFact              // a fact of the installation has one of the values
	OpText              // words that only the caller can judge
	OpProduct           // another product is there
)

var opNames = [...]string{"always", "all", "any", "not", "fact", "text", "product"}

// String returns the word of the node.
func (o Op) String() string { return opNames[min(o, OpProduct)] }

// FactBuild is the fact that names the distributor and release that built a product:
// "rhel:9". What such a product counts are packages of the distributor; without the fact it
// is as its maker built it.
const FactBuild = "build"

// A Relation says how another product stands to the installed one.
type Relation uint8

// The relations. The zero value is OnHost.
const (
	OnHost      Relation = iota // anywhere on the same host
	InstalledOn                 // what it runs on: an operating system, a device
	Contains                    // a part of it
	PartOf                      // what it is a part of
)

var relationNames = [...]string{"on_host", "installed_on", "contains", "part_of"}

// String returns the word of the relation.
func (r Relation) String() string { return relationNames[min(r, PartOf)] }

// A SerialRange is a range of serial numbers, as vendors give it for series whose first
// characters count upwards. The zero SerialRange holds nothing.
type SerialRange struct {
	Chars   int    // how many of the first characters count
	Order   string // the characters in their order, "" for the digits
	From    string // "" for no lower bound
	Through string // "" for no upper bound; it is inside
}

// Contains tells whether a serial number is in the range, by its first characters. One that
// is too short, or has a character outside of the order, is Unknown.
func (r *SerialRange) Contains(serial string) vers.Truth {
	order := r.Order
	if order == "" {
		order = "0123456789"
	}
	if r.Chars <= 0 || len(serial) < r.Chars || r.From == "" && r.Through == "" {
		return vers.Unknown
	}
	low, ok := r.compare(serial, r.From, order)
	high, ok2 := r.compare(serial, r.Through, order)
	switch {
	case !ok || !ok2:
		return vers.Unknown
	case r.From != "" && low < 0, r.Through != "" && high > 0:
		return vers.No
	}
	return vers.Yes
}

// compare compares the first characters of a serial number with a bound.
func (r *SerialRange) compare(serial, bound, order string) (c int, ok bool) {
	if bound == "" {
		return 0, true
	}
	if len(bound) < r.Chars {
		return 0, false
	}
	for i := range r.Chars {
		x, y := strings.IndexByte(order, serial[i]), strings.IndexByte(order, bound[i])
		if x < 0 || y < 0 {
			return 0, false
		}
		if c == 0 {
			c = x - y
		}
	}
	return c, true
}

// A Judge tells whether a leaf of a condition is met: one with OpFact, OpText or OpProduct.
type Judge interface {
	// Judge returns Unknown for what is not known.
	Judge(leaf *Condition) vers.Truth
}

// Eval evaluates the condition with three values: what is not known makes what depends on it
// Unknown. It allocates nothing.
func (c *Condition) Eval(j Judge) vers.Truth {
	switch c.Op {
	case OpAll:
		t := vers.Yes
		for i := range c.Of {
			t = t.And(c.Of[i].Eval(j))
		}
		return t
	case OpAny:
		t := vers.No
		for i := range c.Of {
			t = t.Or(c.Of[i].Eval(j))
		}
		return t
	case OpNot:
		if len(c.Of) != 1 {
			return vers.Unknown
		}
		return c.Of[0].Eval(j).Not()
	case OpFact, OpText, OpProduct:
		return j.Judge(c)
	default:
		return vers.Yes
	}
}

// Leaves yields the leaves of the condition, from left to right.
func (c *Condition) Leaves() iter.Seq[*Condition] {
	return func(yield func(*Condition) bool) { c.leaves(yield) }
}

func (c *Condition) leaves(yield func(*Condition) bool) bool {
	switch c.Op {
	case OpAll, OpAny, OpNot:
		for i := range c.Of {
			if !c.Of[i].leaves(yield) {
				return false
			}
		}
		return true
	case OpFact, OpText, OpProduct:
		return yield(c)
	default:
		return true
	}
}

// Describe returns a condition of the advisory for people, with the names of its products.
func (a *Advisory) Describe(c *Condition) string { return c.describe(a.Products) }

// String returns the condition for people, with the indexes of its products.
func (c *Condition) String() string { return c.describe(nil) }

func (c *Condition) describe(products []Product) string {
	switch c.Op {
	case OpAll, OpAny:
		parts := make([]string, len(c.Of))
		for i := range c.Of {
			parts[i] = c.Of[i].describe(products)
		}
		joint := " and "
		if c.Op == OpAny {
			joint = " or "
		}
		return "(" + strings.Join(parts, joint) + ")"
	case OpNot:
		if len(c.Of) != 1 {
			return "not ?"
		}
		return "not " + c.Of[0].describe(products)
	case OpFact:
		return c.Fact + " is " + strings.Join(c.wanted(), " or ")
	case OpProduct:
		versions := ""
		if len(c.Spans) > 0 {
			versions = " (" + strings.Join(c.wanted(), " or ") + ")"
		}
		name := strconv.Itoa(c.Product)
		if c.Product >= 0 && c.Product < len(products) {
			name = strconv.Quote(products[c.Product].label())
		}
		return "product " + name + versions + " " + c.Relation.String()
	case OpText:
		return "“" + c.Text + "”"
	default:
		return "always"
	}
}

// label returns what a product is called: its names, or else what identifies it.
func (p *Product) label() string {
	if name := strings.TrimSpace(p.Vendor + " " + p.Name); name != "" {
		return name
	}
	for _, list := range [...][]string{p.CPEs, p.PURLs, p.Models, p.Serials, p.SKUs, p.Tags} {
		if len(list) > 0 {
			return list[0]
		}
	}
	for _, h := range p.Hashes {
		return h.Algorithm + ":" + h.Value
	}
	return p.ID
}

// wanted returns what a leaf asks for, for people.
func (c *Condition) wanted() []string {
	list := slices.Clone(c.Values)
	list = append(list, c.Patterns...)
	for i := range c.Serials {
		r := &c.Serials[i]
		list = append(list, fmt.Sprintf("in the first %d characters %q to %q", r.Chars, r.From, r.Through))
	}
	for i := range c.Spans {
		list = append(list, strings.TrimSuffix(c.Spans[i].String(), ", "+c.Spans[i].Status.String()))
	}
	return list
}
