package jsonpos

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Limits bound what one document may cost. The zero value, or zero in a field, means the default.
type Limits struct {
	Document int64 // bytes; 64 MiB by default, 4 GiB at most
	Depth    int   // arrays and objects inside each other; 1000 by default
	Values   int   // values of all kinds, each takes 24 bytes of memory; 4 Mi (2^22) by default
}

// withDefaults returns the limits in effect.
func (l Limits) withDefaults() Limits {
	if l.Document <= 0 {
		l.Document = 64 << 20
	}
	if l.Depth <= 0 {
		l.Depth = 1000
	}
	if l.Values <= 0 {
		l.Values = 1 << 22
	}
	l.Document = min(l.Document, maxDocument, math.MaxInt-chunk)
	l.Values = min(l.Values, math.MaxInt32)
	return l
}

// byteOrderMark may stand before a document (RFC 8259, section 8.1, lets a parser ignore it).
const byteOrderMark = "\ufeff"

// bytesPerValue is about what a value takes in ordinary advisories, its name and punctuation included.
const bytesPerValue = 24

// Parse reads data as one document and returns its root. An error is of type *Error. The value does not refer to data.
func Parse(data []byte, lim Limits) (Value, error) {
	var at place
	if len(data) >= len(byteOrderMark) && string(data[:len(byteOrderMark)]) == byteOrderMark {
		at.offset, at.column = int64(len(byteOrderMark)), len(byteOrderMark)
		data = data[len(byteOrderMark):]
	}
	p := parser{lim: lim.withDefaults()}
	if int64(len(data)) > p.lim.Document {
		p.tooLong()
		return Value{}, p.error(data, at)
	}
	p.nodes = make([]node, 0, min(len(data)/bytesPerValue+1, p.lim.Values))
	if p.run(data, true) != complete {
		return Value{}, p.error(data, at)
	}
	if rest := skipSpace(data, p.pos); rest < len(data) {
		p.fail(rest, ErrSyntax, "expected the end, found "+found(data[rest]))
		return Value{}, p.error(data, at)
	}
	nodes := p.nodes
	if len(nodes) < cap(nodes)/2 {
		nodes = slices.Clone(nodes) // the document is all text, and shall not keep the room for values
	}
	return p.root(string(data), nodes, at), nil
}

// A status tells how a step of the parser ended.
type status uint8

const (
	complete status = iota
	starved         // data ends too early, more of it may follow
	failed          // p.fault says why
)

// An expectation is what the grammar wants next.
type expectation uint8

const (
	wantValue expectation = iota
	wantValueOrEnd
	wantName
	wantNameOrEnd
	wantColon
	wantCommaInArray
	wantCommaInObject
)

// String says it in the words of an error message.
func (e expectation) String() string {
	return [...]string{"a value", "a value or ']'", "a name", "a name or '}'", "':'", "',' or ']'", "',' or '}'"}[e]
}

// A parser builds the nodes of one document. It is a machine without recursion that handles one token after the other
// and keeps its state between calls of run, so that a document can be parsed while it arrives.
type parser struct {
	lim    Limits
	last   bool   // no more data will come
	nodes  []node // those of open containers are incomplete
	pos    int    // where the next token begins, all before it is done
	expect expectation
	comma  expectation // what to expect after a value
	depth  int         // number of open containers
	cur    uint32      // the innermost of them
	label  uint32      // of the next value, see node
	bits   uint32      // of the next value, as far as its name determines them
	flags  uint32      // all flags of all nodes
	fault  struct {
		at   int
		kind error
		msg  string
	}
}

// reset makes p ready for another document, for which it uses the memory of its nodes again.
func (p *parser) reset() { *p = parser{lim: p.lim, nodes: p.nodes[:0]} }

// run goes on with data, the document from its first byte as far as it is known. After starved it is called again with
// more of it; if last is set there is no more and it does not starve.
func (p *parser) run(data []byte, last bool) status {
	p.last = last
	st := p.tokens(data)
	if st == complete && p.flags&duplicate != 0 {
		inheritDuplicate(p.nodes)
	}
	if st == starved && last {
		if p.pos < len(data) {
			return p.fail(len(data), ErrTruncated, "expected more of the last token")
		}
		return p.fail(len(data), ErrTruncated, "expected "+p.expect.String())
	}
	return st
}

// tokens handles one token in each turn.
func (p *parser) tokens(data []byte) status {
	i := p.pos
	for {
		if i < len(data) && data[i] <= ' ' {
			i = skipSpace(data, i)
		}
		p.pos = i
		if i >= len(data) {
			return starved
		}
		c := data[i]
		var st status
		switch p.expect {
		case wantValue, wantValueOrEnd:
			switch {
			case c == '{' || c == '[':
				i, st = i+1, p.open(c)
			case c == ']' && p.expect == wantValueOrEnd:
				i++
				p.close(data, i)
			default:
				i, st = p.scalar(data, i)
			}
		case wantName, wantNameOrEnd:
			switch {
			case c == '"':
				i, st = p.name(data, i)
			case c == '}' && p.expect == wantNameOrEnd:
				i++
				p.close(data, i)
			default:
				return p.unexpected(data, i)
			}
		case wantColon:
			if c != ':' {
				return p.unexpected(data, i)
			}
			i++
			p.expect = wantValue
		case wantCommaInArray:
			switch c {
			case ',':
				i++
				p.label++
				p.expect = wantValue
			case ']':
				i++
				p.close(data, i)
			default:
				return p.unexpected(data, i)
			}
		case wantCommaInObject:
			switch c {
			case ',':
				i++
				p.expect = wantName
			case '}':
				i++
				p.close(data, i)
			default:
				return p.unexpected(data, i)
			}
		}
		if st != complete {
			return st
		}
		if p.depth == 0 {
			p.pos = i
			return complete
		}
	}
}

// name reads the name of a member, and the colon if it follows directly as it does nearly always.
func (p *parser) name(data []byte, i int) (int, status) {
	end, flags, st := p.scanString(data, i)
	if st != complete {
		return i, st
	}
	size := end - i - 2
	if size > maxName {
		return i, p.fail(i, ErrLimit, fmt.Sprintf("name of more than %d bytes", maxName))
	}
	p.label = uint32(i + 1)
	p.bits = flags<<stringToName | uint32(size)<<nameShift
	p.expect = wantColon
	if end < len(data) && data[end] == ':' {
		end++
		p.expect = wantValue
	}
	return end, complete
}

// scalar reads a value that is no container.
func (p *parser) scalar(data []byte, i int) (end int, st status) {
	var bits uint32
	switch c := data[i]; c {
	case '"':
		end, bits, st = p.scanString(data, i)
		bits |= uint32(String)
	case 't':
		end, st = p.literal(data, i, "true")
		bits = uint32(Bool)
	case 'f':
		end, st = p.literal(data, i, "false")
		bits = uint32(Bool)
	case 'n':
		end, st = p.literal(data, i, "null")
		bits = uint32(Null)
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		end, st = p.number(data, i)
		bits = uint32(Number)
	default:
		return i, p.unexpected(data, i)
	}
	if st != complete {
		return i, st
	}
	if len(p.nodes) >= p.lim.Values {
		return i, p.tooMany()
	}
	bits |= p.bits
	p.flags |= bits
	p.nodes = append(p.nodes, node{
		start: uint32(i), end: uint32(end), next: uint32(len(p.nodes) + 1),
		up: p.cur, label: p.label, bits: bits,
	})
	p.expect = p.comma
	return end, complete
}

// open begins a container.
func (p *parser) open(c byte) status {
	if p.depth >= p.lim.Depth {
		return p.fail(p.pos, ErrLimit, fmt.Sprintf("more than %d levels", p.lim.Depth))
	}
	if len(p.nodes) >= p.lim.Values {
		return p.tooMany()
	}
	bits := p.bits
	if c == '{' {
		bits |= uint32(Object)
		p.expect, p.comma = wantNameOrEnd, wantCommaInObject
	} else {
		bits |= uint32(Array)
		p.expect, p.comma = wantValueOrEnd, wantCommaInArray
	}
	p.flags |= bits
	outer := p.cur
	p.cur = uint32(len(p.nodes))
	p.nodes = append(p.nodes, node{start: uint32(p.pos), up: outer, label: p.label, bits: bits})
	p.depth++
	p.label, p.bits = 0, 0
	return complete
}

// close ends the innermost container before i.
func (p *parser) close(data []byte, i int) {
	n := &p.nodes[p.cur]
	n.end, n.next = uint32(i), uint32(len(p.nodes))
	if n.kind() == Object && markDuplicates(data, p.nodes[p.cur:]) {
		p.flags |= duplicate
	}
	p.label, p.bits = n.label, 0 // an array goes on counting, an object has a name next
	p.cur = n.up
	p.depth--
	p.comma = wantCommaInArray
	if p.nodes[p.cur].kind() == Object {
		p.comma = wantCommaInObject
	}
	p.expect = p.comma
}

// literal reads the word that data should have at i.
func (p *parser) literal(data []byte, i int, word string) (int, status) {
	have := data[i:min(i+len(word), len(data))]
	switch {
	case string(have) == word:
		return i + len(word), complete
	case strings.HasPrefix(word, string(have)):
		return i, starved
	}
	return i, p.fail(i, ErrSyntax, "expected the word "+word)
}

// number reads the number that data has at i. At the end of data only the last call knows that it has no more digits.
func (p *parser) number(data []byte, i int) (int, status) {
	end, ok := scanNumber(data, i)
	switch {
	case end == len(data) && !(ok && p.last):
		return i, starved
	case !ok:
		return i, p.fail(end, ErrSyntax, "expected a digit, found "+found(data[end]))
	}
	return end, complete
}

// fail records what is wrong and where.
func (p *parser) fail(at int, kind error, msg string) status {
	p.fault.at, p.fault.kind, p.fault.msg = at, kind, msg
	return failed
}

func (p *parser) unexpected(data []byte, i int) status {
	return p.fail(i, ErrSyntax, "expected "+p.expect.String()+", found "+found(data[i]))
}

func (p *parser) tooMany() status {
	return p.fail(p.pos, ErrLimit, fmt.Sprintf("more than %d values", p.lim.Values))
}

func (p *parser) tooLong() status {
	return p.fail(p.pos, ErrLimit, fmt.Sprintf("document of more than %d bytes", p.lim.Document))
}

// found quotes the byte that was found. More of the text may not have arrived yet, and a message must not depend on
// how it arrives.
func found(c byte) string { return strconv.QuoteToASCII(string([]byte{c})) }

// root returns the parsed document, of which src is the text.
func (p *parser) root(src string, nodes []node, at place) Value {
	return Value{&document{src: src, nodes: nodes, place: at, flags: p.flags}, 0}
}

// error returns the fault in the document that data begins, as seen from outside.
func (p *parser) error(data []byte, at place) *Error {
	at = at.after(data[:p.fault.at])
	if p.depth == 0 {
		return at.fault(p.fault.kind, p.fault.msg, "")
	}
	nodes, where := p.nodes, p.cur
	if p.expect == wantValue || p.expect == wantValueOrEnd {
		// The value that is being read has no node yet, but already a name or index.
		where = uint32(len(nodes))
		nodes = append(slices.Clip(nodes), node{up: p.cur, label: p.label, bits: p.bits})
	}
	name := func(n *node) string { return n.name(data) }
	return at.fault(p.fault.kind, p.fault.msg, pointer(nodes, where, maxErrorPointer, name))
}
