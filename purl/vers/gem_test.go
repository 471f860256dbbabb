package vers_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

var gemGrammar = grammar{
	heads:    []string{"", "", "", " "},
	between:  []string{".", ".", ".", "-", ".a", ".rc", ".0."},
	parts:    []string{"a", "b", "rc", "pre", "beta", "a10", "x86", "A", "rc1", "0.0", "linux"},
	tails:    []string{"", "", ".0", ".0.0", ".rc1", "-x86", ".pre", "\n"},
	alphabet: ".-abrzA0123456789",
}

func ExampleSchemes_Parse_gem() {
	a, _ := vers.Builtin().Parse("gem", "1.0-1")
	b, _ := vers.Builtin().Parse("gem", "1.0.pre.1")
	c, _ := a.Compare(b)
	fmt.Println(c)
	// Output: 0
}
