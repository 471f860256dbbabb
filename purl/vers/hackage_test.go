package vers_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

var hackageGrammar = grammar{between: []string{"."}, parts: []string{"1", "0"}, alphabet: ".019"}

func ExampleSchemes_Parse_hackage() {
	a, _ := vers.Builtin().Parse("hackage", "1.10")
	b, _ := vers.Builtin().Parse("hackage", "1.9.1")
	c, _ := a.Compare(b)
	fmt.Println(c)
	// Output: 1
}
