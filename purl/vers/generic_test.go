package vers_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

var genericGrammar = grammar{between: []string{".", "-"}, parts: []string{"a", "0"}, alphabet: "a0"}

func ExampleSchemes_Parse_generic() {
	a, _ := vers.Builtin().Parse("generic", "final")
	b, _ := vers.Builtin().Parse("generic", "r2")
	_, comparable := a.Compare(b)
	fmt.Println(comparable)
	// Output: false
}
