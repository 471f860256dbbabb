package jsonpos

import (
	"math"
	"strconv"
	"strings"
)

// Pointer returns the JSON pointer of v in its document (RFC 6901), empty for the document itself. Where a name occurs
// twice both members have the same pointer, and only the offset tells them apart.
func (v Value) Pointer() string {
	if v.doc == nil {
		return ""
	}
	return v.doc.pointer(v.i, math.MaxInt)
}

func (d *document) pointer(i uint32, limit int) string {
	return pointer(d.nodes, i, limit, d.name)
}

// pointer returns the pointer of node i, or "" if it is longer than limit. The tokens are found from the value upwards
// and written from the end, at a cost that depends on the depth and not on the number of neighbors: decoders ask for
// the pointer of every statement.
func pointer(nodes []node, i uint32, limit int, name func(*node) string) string {
	token := func(n *node) string {
		if nodes[n.up].kind() == Array {
			return strconv.FormatUint(uint64(n.label), 10)
		}
		return escapeToken(name(n))
	}
	size := 0
	for j := i; j != 0; j = nodes[j].up {
		if size += len("/") + len(token(&nodes[j])); size > limit {
			return ""
		}
	}
	buf := make([]byte, size)
	for j := i; j != 0; j = nodes[j].up {
		t := token(&nodes[j])
		size -= len(t)
		copy(buf[size:], t)
		size--
		buf[size] = '/'
	}
	return string(buf)
}

// escapeToken writes a name as the token of a pointer (RFC 6901, section 3).
func escapeToken(name string) string {
	if strings.IndexByte(name, '~') >= 0 {
		name = strings.ReplaceAll(name, "~", "~0")
	}
	if strings.IndexByte(name, '/') >= 0 {
		name = strings.ReplaceAll(name, "/", "~1")
	}
	return name
}

// unescapeToken undoes escapeToken. The order matters: "~01" is the name "~1" (RFC 6901, section 4).
func unescapeToken(token string) string {
	if strings.IndexByte(token, '~') < 0 {
		return token
	}
	return strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
}

// At returns the value below v to which a JSON pointer leads, v itself for the empty pointer. It is Absent if there is
// no such value or the pointer is none.
func (v Value) At(pointer string) Value {
	for pointer != "" {
		if pointer[0] != '/' {
			return Value{}
		}
		pointer = pointer[1:]
		token := pointer
		if end := strings.IndexByte(pointer, '/'); end >= 0 {
			token = pointer[:end]
		}
		pointer = pointer[len(token):]
		if v.Kind() == Array {
			v = v.element(token)
		} else {
			v = v.Get(unescapeToken(token))
		}
	}
	return v
}

// element returns the element of an array whose index is written in token, without leading zeros.
func (v Value) element(token string) Value {
	want, err := strconv.ParseUint(token, 10, 32)
	if err != nil || (len(token) > 1 && token[0] == '0') {
		return Value{}
	}
	nodes := v.doc.nodes
	for i, end := v.i+1, nodes[v.i].next; i < end; i = nodes[i].next {
		if nodes[i].label == uint32(want) {
			return Value{v.doc, i}
		}
	}
	return Value{}
}
