package advisory

import (
	"strings"

	"github.com/affected-go/affected/purl/vers"
)

// A Condition limits where a statement holds. It is a tree; the zero Condition always
// holds. Conditions are read-only once a decoder made them.
type Condition struct {
	Op      Op          `json:"op"`
	Of      []Condition `json:"of,omitempty"`     // for All, Any (any count) and Not (one)
	Fact    string      `json:"fact,omitempty"`   // for OpFact: "platform", "architecture", "edition" ...
	Values  []string    `json:"values,omitempty"` // for OpFact: one of them
	Text    string      `json:"text,omitempty"`   // for OpText: the publisher's words
	Pointer string      `json:"pointer,omitempty"`
	// Presumed, for OpFact: a fact that is not known counts as met. It is for limits that
	// publishers add to a product (platforms) and inventories leave out; taking them as met
	// never hides an affected version.
	Presumed bool `json:"presumed,omitempty"`
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
		for _, want := range c.Values {
			if factMatches(value, want) {
				return vers.Yes
			}
		}
		return vers.No
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
		if _, known := facts.Fact(c.Fact); !known && !c.Presumed {
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

// factMatches compares a fact with a wanted value: without case, blanks folded, and a
// value that is the beginning of the fact up to a blank holds it (Windows, Windows Server
// 2019).
func factMatches(have, want string) bool {
	have, want = strings.TrimSpace(have), strings.TrimSpace(want)
	if len(have) > len(want) && have[len(want)] == ' ' {
		have = have[:len(want)]
	}
	return want != "" && strings.EqualFold(have, want)
}
