package vers_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

var condaGrammar = grammar{
	heads:    []string{"", "", "", "1!", "0!", " ", "v"},
	between:  []string{".", ".", ".", "_", "", "+", "-"},
	parts:    []string{"a", "rc", "dev", "post", "DEV", "beta1", "w", "*", "rc1", "0a", "0", "post1", "_", "g0b"},
	tails:    []string{"", "", ".0", "_", "rc1", ".dev1", "post2", "+cuda", "+cpu_1", "-"},
	alphabet: "._-+!*abcdeprv0123456789",
}

func ExampleSchemes_Parse_conda() {
	a, _ := vers.Builtin().Parse("conda", "1.0.1_")
	b, _ := vers.Builtin().Parse("conda", "1.0.1a")
	c, _ := a.Compare(b)
	fmt.Println(c)
	// Output: -1
}
