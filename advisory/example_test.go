package advisory_test

import (
	"fmt"

	"github.com/affected-go/affected/advisory"
)

func ExampleResolve() {
	s := &advisory.Statement{
		Products: []int{0}, Default: advisory.DefaultNotAffected,
		Spans: []advisory.Span{
			{From: "8.0", Before: "8.0 U2d", Bounded: true, Status: advisory.Affected},
			{From: "8.0", Before: "8.0 U1e", Bounded: true, Status: advisory.Affected},
		},
	}
	t := advisory.Resolve(s, &advisory.Product{Vendor: "Example", Name: "Appliance"}, advisory.ResolveOptions{})
	for i := range t.Segments {
		fmt.Println(t.Segments[i].String())
	}
	// Output:
	// (-, 8.0) not_affected
	// [8.0, 8.0 U1e) affected
	// [8.0 U1e, the next branch) fixed
	// [the next branch, 8.0 U2d) affected
	// [8.0 U2d, -) fixed
}

func ExampleSetOf() {
	set := advisory.SetOf(advisory.Affected, advisory.Fixed)
	fmt.Println(set, set.Has(advisory.Affected), set.Has(advisory.NotAffected))
	// Output: fixed|affected true false
}
