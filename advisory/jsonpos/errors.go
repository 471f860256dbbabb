package jsonpos

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// The kinds of trouble that an [Error] wraps.
var (
	ErrSyntax    = errors.New("invalid JSON")       // the text breaks the grammar or is not UTF-8
	ErrTruncated = errors.New("JSON ends early")    // the text ends inside a document
	ErrLimit     = errors.New("limit exceeded")     // one of Limits was reached
	ErrType      = errors.New("wrong type")         // a value is not of the kind that was asked for
	ErrDuplicate = errors.New("duplicate name")     // an object has two members of one name
	ErrSurrogate = errors.New("unpaired surrogate") // a text holds half of a surrogate pair
)

// maxErrors is the number of errors that one Errors keeps. A document with more of them is not read better by a longer
// list, and hostile input shall not buy memory with it.
const maxErrors = 100

// maxErrorPointer bounds the pointer that an error carries, because names can be as long as the input makes them.
const maxErrorPointer = 4096

// An Error is one thing that is wrong with a document, and where. The zero Error says nothing; it is never returned.
// Errors are not modified after they were returned, hold no memory of the document, and are safe for concurrent use.
type Error struct {
	Kind     error  // one of the sentinels of this package, the error of the reader, or a sentinel of a decoder
	Msg      string // what was expected and found; may be empty
	Pointer  string // JSON pointer in the document; empty at its root and when longer than 4096 bytes
	Offset   int64  // in the stream, in bytes from 0; -1 if there is no place
	Line     int    // in the stream, from 1
	Column   int    // in the line, in bytes from 1
	Document int    // place of the document in the stream, from 0
}

// Error returns place, kind and message in one line.
func (e *Error) Error() string {
	parts := make([]string, 0, 4)
	if e.Offset >= 0 {
		parts = append(parts, fmt.Sprintf("line %d, column %d (offset %d)", e.Line, e.Column, e.Offset))
	}
	if e.Pointer != "" {
		parts = append(parts, e.Pointer)
	}
	if e.Kind != nil {
		parts = append(parts, e.Kind.Error())
	}
	if e.Msg != "" {
		parts = append(parts, e.Msg)
	}
	return strings.Join(parts, ": ")
}

// Unwrap returns the kind, so that errors.Is finds the sentinels.
func (e *Error) Unwrap() error { return e.Kind }

// Errors collects what a decoder finds wrong while it goes on reading. The zero value is empty and ready to use; a nil
// *Errors takes everything and keeps nothing. It must not be copied after first use, and is not safe for concurrent
// use. There should be one for each document.
type Errors struct {
	list  []*Error
	count int
}

// Add records that v is unfit, with one of the sentinels of this package or of the decoder as the kind. The same is kept
// once however often it is found, and no more than 100 errors are kept; beyond them a call costs next to nothing.
func (e *Errors) Add(v Value, kind error, msg string) {
	if e == nil {
		return
	}
	e.count++
	if len(e.list) >= maxErrors {
		return
	}
	known := slices.ContainsFunc(e.list, func(o *Error) bool {
		return o.Offset == v.Offset() && o.Document == v.Document() && o.Msg == msg && errors.Is(o.Kind, kind)
	})
	if !known {
		e.list = append(e.list, v.Fault(kind, msg))
	}
}

// Count returns how often something was added, known or not, kept or not. A decoder compares the counts before and after
// a part to learn whether it could read all of that part.
func (e *Errors) Count() int {
	if e == nil {
		return 0
	}
	return e.count
}

// List returns the errors that were kept, in the order of their discovery. The slice belongs to e.
func (e *Errors) List() []*Error {
	if e == nil {
		return nil
	}
	return e.list
}
