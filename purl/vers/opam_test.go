package vers_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

var opamGrammar = grammar{
	heads:    []string{"", "", "", "v", "base", "~"},
	between:  []string{".", ".", ".", "-", "~", "+", "_", ""},
	parts:    []string{"a", "rc", "alpha", "beta1", "~~", "A", "dev", "+git", "0", "."},
	tails:    []string{"", "", ".0", "~rc1", "-1", "-0", "~", "+1", "."},
	alphabet: "._-+~abzA0123456789",
}

func ExampleSchemes_Parse_opam() {
	a, _ := vers.Builtin().Parse("opam", "5.0.0~beta1")
	b, _ := vers.Builtin().Parse("opam", "5.0.0")
	c, _ := a.Compare(b)
	fmt.Println(c)
	// Output: -1
}
