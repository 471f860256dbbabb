// Package jsontest breaks JSON documents on purpose, for the tests of decoders: whatever
// member of a document is of a wrong type, no decoder may call a version clear because of it.
package jsontest

import (
	"encoding/json"
	"fmt"
)

// A Mutant is a document with one value replaced by one of another type.
type Mutant struct {
	Text    []byte
	Pointer string // of what was replaced
}

// Mutants calls visit with each document that comes of replacing one value of text, the root
// too, by an object, a list, or true. An object is not replaced by an object, since that says
// something else and is no mistake; nor a list by a list. The order is not fixed.
func Mutants(text []byte, visit func(Mutant)) error {
	var root any
	if err := json.Unmarshal(text, &root); err != nil {
		return err
	}
	var failed error
	show := func(pointer string) {
		changed, err := json.Marshal(root)
		if err != nil {
			failed = err
			return
		}
		visit(Mutant{Text: changed, Pointer: pointer})
	}
	replaceAll(root, "", func(v any) { root = v }, show)
	return failed
}

// replaceAll replaces v and all that is in it, one at a time.
func replaceAll(v any, pointer string, set func(any), show func(string)) {
	for _, other := range [...]any{map[string]any{"no such member": "x"}, []any{"x"}, map[string]any{}, []any{}, true} {
		if fmt.Sprintf("%T", other) != fmt.Sprintf("%T", v) {
			set(other)
			show(pointer)
		}
	}
	set(v)
	switch v := v.(type) {
	case map[string]any:
		for name := range v {
			replaceAll(v[name], pointer+"/"+name, func(e any) { v[name] = e }, show)
		}
	case []any:
		for i := range v {
			replaceAll(v[i], fmt.Sprintf("%s/%d", pointer, i), func(e any) { v[i] = e }, show)
		}
	}
}
