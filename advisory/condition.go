package advisory

import (
	"strings"

	"github.com/affected-go/affected/purl/vers"
)

// A Condition limits where a statement holds. It is a tree; the zero Condition always
// holds. Conditions are read-only once a decoder made them.
type Condition struct {
	Op      Op
	Of      []Condition // for All, Any (any count) and Not (one)
	Fact    string      // for OpFact: "platform", "architecture", "edition" ...
	Values  []string    // for OpFact: one of them
	Text    string      // for OpText: the publisher's words
	Pointer string
	// Presumed, for OpFact: a fact that is not known, or not well enough, counts as met. It is for limits that
	// publishers add to a product (platforms) and inventories leave out; taking them as met
	// never hides an affected version.
	Presumed bool
}

// An Op is the kind of a node of a condition.
type Op uint8

// The kinds of nodes.
const (
	OpAlways Op = iota // holds
	OpAll              // all of the children hold; none: holds
	OpAny              // one of the children holds; none: does not hold
	OpNot              // the child does not hold
	OpFact             // a fact of the installation has one of the values
	OpText             // words that only the caller can judge
)

var opNames = [...]string{"always", "all", "any", "not", "fact", "text"}

// String returns the word of the node.
func (o Op) String() string { return opNames[min(o, OpText)] }

// A FactSource answers what is known about an installation and where it runs.
type FactSource interface {
	// Fact returns the value of a fact, and false when it is not known.
	Fact(name string) (string, bool)
	// Holds tells whether a condition in words is met, as far as the caller said.
	Holds(text string) vers.Truth
}

// Eval evaluates the condition with three values: a fact that is not known makes what
// depends on it Unknown. It allocates nothing.
func (c *Condition) Eval(facts FactSource) vers.Truth {
	switch c.Op {
	case OpAll:
		t := vers.Yes
		for i := range c.Of {
			t = t.And(c.Of[i].Eval(facts))
		}
		return t
	case OpAny:
		t := vers.No
		for i := range c.Of {
			t = t.Or(c.Of[i].Eval(facts))
		}
		return t
	case OpNot:
		if len(c.Of) != 1 {
			return vers.Unknown
		}
		return c.Of[0].Eval(facts).Not()
	case OpFact:
		value, known := facts.Fact(c.Fact)
		if !known {
			if c.Presumed {
				return vers.Yes
			}
			return vers.Unknown
		}
		t := vers.No
		for _, want := range c.Values {
			t = t.Or(factMatches(value, want))
		}
		if t == vers.Unknown && c.Presumed {
			return vers.Yes
		}
		return t
	case OpText:
		return facts.Holds(c.Text)
	default:
		return vers.Yes
	}
}

// Missing appends the names of the facts and texts that are not known.
func (c *Condition) Missing(dst []string, facts FactSource) []string {
	switch c.Op {
	case OpFact:
		if c.Eval(facts) == vers.Unknown {
			dst = append(dst, c.Fact)
		}
	case OpText:
		if facts.Holds(c.Text) == vers.Unknown {
			dst = append(dst, c.Text)
		}
	default:
		for i := range c.Of {
			dst = c.Of[i].Missing(dst, facts)
		}
	}
	return dst
}

// String returns the condition for people.
func (c *Condition) String() string {
	switch c.Op {
	case OpAll, OpAny:
		parts := make([]string, len(c.Of))
		for i := range c.Of {
			parts[i] = c.Of[i].String()
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
		return "not " + c.Of[0].String()
	case OpFact:
		return c.Fact + " is " + strings.Join(c.Values, " or ")
	case OpText:
		return "“" + c.Text + "”"
	default:
		return "always"
	}
}

// factMatches compares a fact with a wanted value: without case and outer blanks. A fact
// that says more than the value meets it (Windows Server 2019, Windows); one that says
// less leaves it open.
func factMatches(have, want string) vers.Truth {
	have, want = strings.TrimSpace(have), strings.TrimSpace(want)
	n := min(len(have), len(want))
	switch {
	case n == 0 || !strings.EqualFold(have[:n], want[:n]):
		return vers.No
	case len(have) == len(want) || len(have) > n && have[n] == ' ':
		return vers.Yes
	case len(want) > n && want[n] == ' ':
		return vers.Unknown
	}
	return vers.No
}
