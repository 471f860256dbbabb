package jsonpos

import (
	"strconv"
)

// is reports whether v is of the kind k. Absent and null are not and need no report, since every format has members
// that may be left out and writers fill them with null. Any other kind is reported, and so is a value in doubt.
func (v Value) is(k Kind, errs *Errors) bool {
	if v.doc == nil {
		return false
	}
	bits := v.node().bits
	if bits&doubtful != 0 {
		v.doubt(bits, errs)
	}
	have := Kind(bits & kindMask)
	if have != k && have != Null {
		v.mismatch(k.String(), errs)
	}
	return have == k
}

// mismatch reports that v is not what was wanted.
func (v Value) mismatch(want string, errs *Errors) {
	if errs != nil {
		errs.Add(v, ErrType, "expected "+want+", found "+v.Kind().String())
	}
}

// doubt reports what the flags in bits say of v.
func (v Value) doubt(bits uint32, errs *Errors) {
	if errs == nil {
		return
	}
	if bits&duplicate != 0 {
		nodes, first := v.doc.nodes, v.i // the repeated member is v itself or the outermost marked container
		for nodes[nodes[first].up].bits&duplicate != 0 {
			first = nodes[first].up
		}
		errs.Add(Value{v.doc, first}, ErrDuplicate, "the last one counts")
	}
	if bits&nameLossy != 0 {
		errs.Add(v, ErrSurrogate, "replaced by U+FFFD in the name")
	}
	if bits&lossy != 0 {
		errs.Add(v, ErrSurrogate, "replaced by U+FFFD")
	}
}

// Problems adds to errs what the parser has put up with anywhere in the document of v: repeated names and unpaired
// surrogates. If there are none it costs nothing. What a decoder reads with errs it learns about anyway.
func (v Value) Problems(errs *Errors) {
	if v.doc == nil || v.doc.flags&doubtful == 0 {
		return
	}
	nodes := v.doc.nodes
	for i := range nodes {
		inherited := nodes[nodes[i].up].bits & duplicate
		if bits := nodes[i].bits &^ inherited; bits&doubtful != 0 {
			Value{v.doc, uint32(i)}.doubt(bits, errs)
		}
	}
}

// Fault returns an error at the place of v, for a decoder that gives the document up. It looks for the line, which takes
// time in a long document: what can occur often is better given to Errors. An Absent value has no place, so a missing
// member is reported at its object.
func (v Value) Fault(kind error, msg string) *Error {
	if v.doc == nil {
		return &Error{Kind: kind, Msg: msg, Offset: v.Offset(), Document: v.Document()}
	}
	at := v.doc.afterString(v.doc.src[:v.node().start])
	return at.fault(kind, msg, v.doc.pointer(v.i, maxErrorPointer))
}

// Text returns the text of a string, with escapes replaced. Anything else gives "" and is reported to errs, unless it
// is Absent or null. Without escapes the text is a part of the document and costs no allocation.
func (v Value) Text(errs *Errors) string {
	if !v.is(String, errs) {
		return ""
	}
	n := v.node()
	s := v.doc.src[n.start+1 : n.end-1]
	if n.bits&escaped != 0 {
		return unescape(s)
	}
	return s
}

// Object returns v, having reported it to errs when it is there and no object: null is none
// either, where something has to be said.
func (v Value) Object(errs *Errors) Value {
	if v.Kind() == Null {
		errs.Add(v, ErrType, "expected object, found null")
	}
	for range v.Members(errs) {
		break
	}
	return v
}

// Texts returns the texts of an array of strings. Elements of another kind are reported to errs and left out.
func (v Value) Texts(errs *Errors) []string {
	var list []string
	for e := range v.Elements(errs) {
		if list == nil {
			list = make([]string, 0, v.Len())
		}
		switch e.Kind() {
		case String:
			list = append(list, e.Text(errs))
		default:
			e.mismatch(String.String(), errs)
		}
	}
	return list
}

// Number returns the text of a number as it is written, of any size and precision. Anything else gives "" and is
// reported to errs, unless it is Absent or null.
func (v Value) Number(errs *Errors) string {
	if !v.is(Number, errs) {
		return ""
	}
	return v.Raw()
}

// Int returns a number that is written as an integer and fits. Anything else gives 0 and is reported to errs, unless it
// is Absent or null.
func (v Value) Int(errs *Errors) int64 {
	if !v.is(Number, errs) {
		return 0
	}
	n, err := strconv.ParseInt(v.Raw(), 10, 64)
	if err != nil {
		v.mismatch("integer of 64 bits", errs)
		return 0
	}
	return n
}

// Float returns the nearest float64 of a number. A number beyond its range and anything else gives 0 and is reported
// to errs, unless it is Absent or null.
func (v Value) Float(errs *Errors) float64 {
	if !v.is(Number, errs) {
		return 0
	}
	f, err := strconv.ParseFloat(v.Raw(), 64)
	if err != nil {
		v.mismatch("number in the range of float64", errs)
		return 0
	}
	return f
}

// Bool returns the value of true and false. Anything else gives false and is reported to errs, unless it is Absent or
// null.
func (v Value) Bool(errs *Errors) bool {
	return v.is(Bool, errs) && v.Raw() == "true"
}
