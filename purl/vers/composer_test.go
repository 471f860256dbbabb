package vers_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

var composerGrammar = grammar{
	heads:   []string{"", "", "", "", "v", "V", "dev-", "2010-01-", "20100102", "2010.01.02."},
	between: []string{".", ".", ".", "-", "_", "", "-beta", "-rc.", "-p", "alpha"},
	parts: []string{"beta", "b", "RC", "rc1", "alpha", "a", "patch", "pl", "p1", "stable", "Stable", "dev", "x", "*",
		"x-dev", "post", "foo", "10", "02"},
	tails:    []string{"", "", "", "-dev", ".x-dev", "-stable", "-RC1", "+build", "@beta", "-beta2-dev", " as 1.0"},
	alphabet: ".-_+:xdevabprcs0123456789",
}

func ExampleSchemes_Parse_composer() {
	patch, _ := vers.Builtin().Parse("composer", "v1.2-pl1")
	plain, _ := vers.Builtin().Parse("composer", "1.2.0.0")
	c, _ := patch.Compare(plain)
	fmt.Println(c)
	// Output: 1
}
