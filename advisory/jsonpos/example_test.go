package jsonpos_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/affected-go/affected/advisory/jsonpos"
)

func ExampleParse() {
	v, err := jsonpos.Parse([]byte(`{"title":"Overflow","products":["Gateway","Router"]}`), jsonpos.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(v.Get("title").Text(nil))
	for p := range v.Get("products").Elements(nil) {
		fmt.Println(p.Pointer(), "at", p.Offset(), p.Text(nil))
	}
	// Output:
	// Overflow
	// /products/0 at 32 Gateway
	// /products/1 at 42 Router
}

func ExampleParse_error() {
	_, err := jsonpos.Parse([]byte("{\n  \"products\": [{\"name\": 'x'}]\n}"), jsonpos.Limits{})
	fmt.Println(err)
	fmt.Println(errors.Is(err, jsonpos.ErrSyntax))
	var e *jsonpos.Error
	if errors.As(err, &e) {
		fmt.Println(e.Line, e.Column, e.Pointer)
	}
	// Output:
	// line 2, column 25 (offset 26): /products/0/name: invalid JSON: expected a value, found "'"
	// true
	// 2 25 /products/0/name
}

func ExampleDocuments() {
	stream := `{"id":"XA-1"}
{"id":"XA-2"
{"id":"XA-3"}
`
	for v, err := range jsonpos.Documents(strings.NewReader(stream), jsonpos.Limits{}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(v.Document(), v.Get("id").Text(nil))
	}
	// Output:
	// 0 XA-1
	// line 3, column 1 (offset 27): invalid JSON: expected ',' or '}', found "{"
	// 2 XA-3
}

func ExampleDocuments_array() {
	stream := `[{"id":"XA-1"}, {"id":tru}, {"id":"XA-3"}]`
	for v, err := range jsonpos.Documents(strings.NewReader(stream), jsonpos.Limits{}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(v.Document(), v.Get("id").Text(nil))
	}
	// Output:
	// 0 XA-1
	// line 1, column 23 (offset 22): /id: invalid JSON: expected the word true
	// 2 XA-3
}

func ExampleErrors() {
	v, err := jsonpos.Parse([]byte(`{"title":7,"score":"high","aliases":["a",null],"vendor":"X","vendor":"Y"}`), jsonpos.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	var errs jsonpos.Errors
	fmt.Printf("%q\n", v.Get("title").Text(&errs))
	fmt.Println(v.Get("score").Float(&errs))
	fmt.Printf("%q\n", v.Get("aliases").Texts(&errs))
	fmt.Printf("%q\n", v.Get("vendor").Text(&errs))
	fmt.Printf("%q\n", v.Get("summary").Text(&errs)) // not there, which is no error
	for _, e := range errs.List() {
		fmt.Println(e)
	}
	// Output:
	// ""
	// 0
	// ["a"]
	// "Y"
	// ""
	// line 1, column 10 (offset 9): /title: wrong type: expected string, found number
	// line 1, column 20 (offset 19): /score: wrong type: expected number, found string
	// line 1, column 42 (offset 41): /aliases/1: wrong type: expected string, found null
	// line 1, column 70 (offset 69): /vendor: duplicate name: the last one counts
}

func ExampleErrors_Count() {
	v, err := jsonpos.Parse([]byte(`[{"status":"fixed"},{"status":3}]`), jsonpos.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	var errs jsonpos.Errors
	for s := range v.Elements(&errs) {
		before := errs.Count()
		status := s.Get("status").Text(&errs)
		fmt.Printf("%q readable: %v\n", status, errs.Count() == before)
	}
	// Output:
	// "fixed" readable: true
	// "" readable: false
}

func ExampleValue_At() {
	v, err := jsonpos.Parse([]byte(`{"a/b":[{"c":1},{"c":2}]}`), jsonpos.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(v.At("/a~1b/1/c").Int(nil), v.At("/a~1b/2").Kind() == jsonpos.Absent)
	// Output: 2 true
}

func ExampleValue_Members() {
	v, err := jsonpos.Parse([]byte(`{"XA-1":"fixed","XA-2":"affected"}`), jsonpos.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for id, status := range v.Members(nil) {
		fmt.Println(id, status.Text(nil))
	}
	// Output:
	// XA-1 fixed
	// XA-2 affected
}

func ExampleValue_Fault() {
	errID := errors.New("unknown kind of identifier")
	v, err := jsonpos.Parse([]byte(`{"tracking":{"id":"?"}}`), jsonpos.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	err = v.At("/tracking/id").Fault(errID, "expected XA-n")
	fmt.Println(err)
	fmt.Println(errors.Is(err, errID))
	// Output:
	// line 1, column 19 (offset 18): /tracking/id: unknown kind of identifier: expected XA-n
	// true
}

func ExampleKind() {
	v, err := jsonpos.Parse([]byte(`{"a":null,"b":[1]}`), jsonpos.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(v.Kind(), v.Get("a").Kind(), v.Get("b").Kind(), v.Get("c").Kind())
	// Output: object null array nothing
}

func ExampleLimits() {
	_, err := jsonpos.Parse([]byte(`[[[[]]]]`), jsonpos.Limits{Depth: 3})
	fmt.Println(err)
	// Output: line 1, column 4 (offset 3): /0/0/0: limit exceeded: more than 3 levels
}
