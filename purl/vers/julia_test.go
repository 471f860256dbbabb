package vers_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

var juliaGrammar = grammar{
	heads:    []string{"", "", "", "v"},
	between:  []string{".", ".", ".", "-", "+", "-rc.", "+b."},
	parts:    []string{"a", "rc1", "DEV", "alpha", "-", "x-y", "0a"},
	tails:    []string{"", "", ".0", "-rc1", "-", "+", "+1", "rc2", "-alpha.1+b", "-DEV+"},
	alphabet: ".-+abrzD0123456789",
}

func ExampleSchemes_Parse_julia() {
	a, _ := vers.Builtin().Parse("julia", "1.9")
	b, _ := vers.Builtin().Parse("julia", "1.9.0+1")
	c, _ := a.Compare(b)
	fmt.Println(c)
	// Output: -1
}
