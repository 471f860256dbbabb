package vers_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

var cpanGrammar = grammar{
	heads:    []string{"", "", "", "v", "v", ".", " "},
	between:  []string{".", ".", "", "0"},
	parts:    []string{"000", "020", "0001", "5", "36", "123456"},
	tails:    []string{"", "", "", ".0", "_01", "_5", "0", "."},
	alphabet: "._v0123456789",
}

func ExampleSchemes_Parse_cpan() {
	decimal, _ := vers.Builtin().Parse("cpan", "5.036")
	dotted, _ := vers.Builtin().Parse("cpan", "v5.36.0")
	c, _ := decimal.Compare(dotted)
	fmt.Println(c)
	// Output: 0
}
