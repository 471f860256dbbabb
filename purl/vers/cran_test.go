package vers_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

var cranGrammar = grammar{between: []string{".", "-"}, parts: []string{"1", "0"}, alphabet: ".-019"}

func ExampleSchemes_Parse_cran() {
	a, _ := vers.Builtin().Parse("cran", "7.3-60")
	b, _ := vers.Builtin().Parse("cran", "7.3.60.1")
	c, _ := a.Compare(b)
	fmt.Println(c)
	// Output: -1
}
