package advisory_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing/fstest"

	"github.com/affected-go/affected/advisory"
)

func ExampleDecode() {
	// Two documents of a stream; the second one is cut off.
	stream := strings.NewReader(`
{"affected": "advisory/1", "id": "INT-1", "products": [{"name": "Gateway"}],
 "statements": [{"versions": ["< 4.2"], "status": "affected"}]}
{"affected": "advisory/1", "id": `)
	for a, err := range advisory.Decode(stream, advisory.DecodeOptions{File: "stdin"}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(a.ID, a.Products[0].Name, a.Statements[0].Spans[0].Version)
	}
	// Output:
	// INT-1 Gateway < 4.2
	// stdin#/id: line 4, column 34: JSON ends early: expected a value
}

func ExampleDecodeFS() {
	folder := fstest.MapFS{
		"2099/INT-2.json": {Data: []byte(`{"affected": "advisory/1", "id": "INT-2"}`)},
		"2099/INT-1.json": {Data: []byte(`{"affected": "advisory/1", "id": "INT-1"}`)},
		"2099/notes.txt":  {Data: []byte(`call Bob`)},
	}
	for a, err := range advisory.DecodeFS(context.Background(), folder, advisory.DecodeOptions{}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(a.ID, "from", a.Pos)
	}
	// Output:
	// INT-1 from 2099/INT-1.json
	// INT-2 from 2099/INT-2.json
}

func ExampleAdvisory_MarshalJSON() {
	a := &advisory.Advisory{
		Format:          "affected",
		ID:              "INT-1",
		Publisher:       advisory.Publisher{Name: "Acme Security", Rank: advisory.RankOperator},
		Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2099-0001"}},
		Products:        []advisory.Product{{Vendor: "Acme", Name: "Gateway"}},
		Statements: []advisory.Statement{{
			Products: []int{0},
			Spans:    []advisory.Span{{From: "4.0", Before: "4.2", Bounded: true, Status: advisory.Affected}},
			Default:  advisory.DefaultNotAffected,
		}},
	}
	e := json.NewEncoder(os.Stdout)
	e.SetEscapeHTML(false)
	if err := e.Encode(a); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {"affected":"advisory/1","id":"INT-1","publisher":{"name":"Acme Security","rank":"operator"},"products":[{"vendor":"Acme","name":"Gateway"}],"vulnerabilities":[{"id":"CVE-2099-0001"}],"statements":[{"default":"not_affected","status":"affected","versions":[{"from":"4.0","before":"4.2"}]}]}
}

func ExampleAdvisory_UnmarshalJSON() {
	var a advisory.Advisory
	err := json.Unmarshal([]byte(`{
		"affected": "advisory/1",
		"id": "INT-1",
		"products": [{"vendor": "Acme", "name": "Gateway"}],
		"statements": [{"vulnerability": "CVE-2099-0001", "versions": ["< 4.2", "5.0"], "status": "affected"}]
	}`), &a)
	if err != nil {
		fmt.Println(err)
		return
	}
	s := a.Statements[0]
	fmt.Println(a.Vulnerabilities[s.Vulnerability].ID, s.Spans[0].Version, s.Spans[1].Version)
	// Output: CVE-2099-0001 < 4.2 5.0
}

func ExampleCheck() {
	var a advisory.Advisory
	err := json.Unmarshal([]byte(`{
		"affected": "advisory/1",
		"products": [{"vendor": "Acme", "name": "Gateway"}],
		"statements": [{"status": "affected", "versions": [{"from": "5.0", "before": "4.2"}, {"from": "6.0", "befor": "6.1"}]}]
	}`), &a)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range advisory.Check(&a, advisory.ResolveOptions{}) {
		fmt.Println(p)
	}
	// Output:
	// unknown-member: "befor" means nothing here (#/statements/0/versions/1/befor)
	// bounds-swapped: the lower bound 5.0 is above the upper bound 4.2 (#/statements/0/versions/0)
	// no-version: "n/a" names no version (#/statements/0/versions/1)
}
