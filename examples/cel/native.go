package main

import (
	"reflect"

	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"
)

// nativeOf returns the Go type that a result prints well in.
func nativeOf(v ref.Val) reflect.Type {
	if _, list := v.(traits.Lister); list {
		return reflect.TypeFor[[]string]()
	}
	return reflect.TypeOf(v.Value())
}
