package jsonpos

import (
	"io"
	"iter"
	"slices"
)

// Salvage is [Documents] for readers that rather have half of a document than nothing: where
// a document has begun, the error comes with a value that holds what stands before the place
// of the error. In it the open arrays and objects end there, and a member or element that was
// not finished is missing, so that no text or number is ever a piece of a longer one. Without
// such a part the value is Absent, as always with Documents.
//
// Raw of a value that was cut off is no JSON text.
func Salvage(r io.Reader, lim Limits) iter.Seq2[Value, error] {
	return documents(r, lim, true)
}

// part returns what was read of the document in data before the parser failed.
func (p *parser) part(data []byte, at place) Value {
	if len(p.nodes) == 0 || p.depth == 0 {
		return Value{}
	}
	q := *p // resync goes on from the state of p
	q.nodes = slices.Clone(p.nodes)
	if n := q.nodes[len(q.nodes)-1]; n.kind() == Number && int(n.end) == len(data) {
		q.nodes = q.nodes[:len(q.nodes)-1] // more of its digits may have followed
	}
	for q.depth > 0 {
		q.close(data, q.pos)
	}
	if q.flags&duplicate != 0 {
		inheritDuplicate(q.nodes)
	}
	return q.root(string(data[:q.pos]), q.nodes, at)
}
