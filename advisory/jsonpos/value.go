package jsonpos

import (
	"iter"
)

// A Kind is the type of a value as JSON sees it. The zero Kind is Absent.
type Kind uint8

// The kinds. Absent is what looking up a missing member gives.
const (
	Absent Kind = iota
	Null
	Bool
	Number
	String
	Array
	Object
)

// String returns the name that RFC 8259 uses for the kind.
func (k Kind) String() string {
	switch k {
	case Absent:
		return "nothing"
	case Null:
		return "null"
	case Bool:
		return "boolean"
	case Number:
		return "number"
	case String:
		return "string"
	case Array:
		return "array"
	case Object:
		return "object"
	}
	return "invalid kind"
}

// A node is one value of a document. Nodes stand in the order of the text, so that the members and elements of node i
// begin at i+1, and each is followed by the next at its own next. A walk needs no recursion and no child lists.
type node struct {
	start, end uint32 // the value's text in src
	next       uint32 // the first node after the value and all that is in it
	up         uint32 // the container; the root is its own
	label      uint32 // in an object where the member's name begins, in an array the index
	bits       uint32 // kind and flags in the low byte, above it the length of the name
}

// The low byte of bits. The kind takes three bits.
const (
	kindMask    = 0x07
	escaped     = 0x08 // the text has escapes
	lossy       = 0x10 // the text had an unpaired surrogate
	nameEscaped = 0x20
	nameLossy   = 0x40
	duplicate   = 0x80 // an earlier member has the same name, or so it is for a container of the value

	stringToName = 2 // the shift from a flag of the text to that of the name
	nameShift    = 8
	doubtful     = lossy | nameLossy | duplicate
)

// Sizes that the fields of a node can hold.
const (
	maxName     = 1<<(32-nameShift) - 1
	maxDocument = 1<<32 - 1
)

func (n *node) kind() Kind { return Kind(n.bits & kindMask) }

// rawName returns the name of a member as it stands in the text of the document.
func (n *node) rawName(data []byte) []byte { return data[n.label : n.label+n.bits>>nameShift] }

// name returns the name of a member. A finished document has a method for it that does not copy.
func (n *node) name(data []byte) string {
	s := string(n.rawName(data))
	if n.bits&nameEscaped != 0 {
		return unescape(s)
	}
	return s
}

// A document is one parsed text. It is not modified after parsing.
type document struct {
	place
	src   string
	nodes []node
	flags uint32 // all flags of all nodes
}

// A Value is one value of a document, or nothing. The zero Value is Absent, as is the value of a missing member; all
// methods can be called on it. Values are small, immutable, compared with == (the same place in the same document),
// and safe for concurrent use. A Value and the strings taken from it keep its whole document in memory: whoever keeps a
// few words of many large documents clones them.
type Value struct {
	doc *document
	i   uint32
}

func (v Value) node() *node { return &v.doc.nodes[v.i] }

// Kind returns the kind of v.
func (v Value) Kind() Kind {
	if v.doc == nil {
		return Absent
	}
	return v.node().kind()
}

// Raw returns the text of v as it stands in the document, quotes and escapes included, empty if v is Absent.
func (v Value) Raw() string {
	if v.doc == nil {
		return ""
	}
	n := v.node()
	return v.doc.src[n.start:n.end]
}

// Offset returns where v begins in the stream, in bytes, or -1 if v is Absent.
func (v Value) Offset() int64 {
	if v.doc == nil {
		return -1
	}
	return v.doc.offset + int64(v.node().start)
}

// Document returns the place of v's document in the stream, counted from 0, or -1 if v is Absent.
func (v Value) Document() int {
	if v.doc == nil {
		return -1
	}
	return v.doc.ordinal
}

// Get returns the member of the object v with the given name: the last one if there are several, an Absent value if
// there is none or v is not an object. It looks at the members one by one; a large map is better read with Members.
func (v Value) Get(name string) Value {
	if v.Kind() != Object {
		return Value{}
	}
	d := v.doc
	nodes := d.nodes
	var found Value
	for i, end := v.i+1, nodes[v.i].next; i < end; i = nodes[i].next {
		n := &nodes[i]
		if n.bits&nameEscaped == 0 {
			if n.bits>>nameShift != uint32(len(name)) || d.src[n.label:n.label+n.bits>>nameShift] != name {
				continue
			}
		} else if d.name(n) != name {
			continue
		}
		found = Value{d, i}
		if d.flags&duplicate == 0 {
			break
		}
	}
	return found
}

// Members returns the members of an object in the order of the text, those with a repeated name too. What is not an
// object has none and is reported to errs.
func (v Value) Members(errs *Errors) iter.Seq2[string, Value] {
	return func(yield func(string, Value) bool) {
		if !v.is(Object, errs) {
			return
		}
		nodes := v.doc.nodes
		for i, end := v.i+1, nodes[v.i].next; i < end; i = nodes[i].next {
			if !yield(v.doc.name(&nodes[i]), Value{v.doc, i}) {
				return
			}
		}
	}
}

// Elements returns the elements of an array in order. What is not an array has none and is reported to errs.
func (v Value) Elements(errs *Errors) iter.Seq[Value] {
	return func(yield func(Value) bool) {
		if !v.is(Array, errs) {
			return
		}
		nodes := v.doc.nodes
		for i, end := v.i+1, nodes[v.i].next; i < end; i = nodes[i].next {
			if !yield(Value{v.doc, i}) {
				return
			}
		}
	}
}

// Len returns the number of members or elements, 0 for any other kind. It counts them.
func (v Value) Len() int {
	if k := v.Kind(); k != Array && k != Object {
		return 0
	}
	nodes, n := v.doc.nodes, 0
	for i, end := v.i+1, nodes[v.i].next; i < end; i = nodes[i].next {
		n++
	}
	return n
}

// name returns the name of a member.
func (d *document) name(n *node) string {
	s := d.src[n.label : n.label+n.bits>>nameShift]
	if n.bits&nameEscaped != 0 {
		return unescape(s)
	}
	return s
}
