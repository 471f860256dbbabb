package vers_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

var conanGrammar = grammar{
	heads:    []string{"", "", "", "cci.", "r", "system", "+"},
	between:  []string{".", ".", ".", "-", "_", "+", "a", ".-"},
	parts:    []string{"a", "rc1", "pre", "beta", "0rc", "1_0", "x", "+5", "-0", "*", "1__0", ""},
	tails:    []string{"", "", ".0", "-rc.1", "+b2", "-pre+b1", "-"},
	alphabet: ".-_+*^~abrz0123456789",
}

func ExampleSchemes_Parse_conan() {
	a, _ := vers.Builtin().Parse("conan", "1.2-rc.1")
	b, _ := vers.Builtin().Parse("conan", "1.2.0")
	c, _ := a.Compare(b)
	fmt.Println(c)
	// Output: -1
}
