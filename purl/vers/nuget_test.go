package vers_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

var nugetGrammar = grammar{
	heads:    []string{"", "", "", " "},
	between:  []string{".", ".", ".", "-", "-rc.", "-beta", "+", "-a."},
	parts:    []string{"beta", "rc", "Preview", "alpha", "-1", "-5", "rc1", "x-y", "BETA", "-2147483648", "-2147483649"},
	tails:    []string{"", "", ".0", ".0.0", "-rc1", "-preview.7.1", "+abc", "-BETA", " "},
	alphabet: ".-+abrzA0123456789",
}

func ExampleSchemes_Parse_nuget() {
	a, _ := vers.Builtin().Parse("nuget", "8.0.0-Preview.7+build.5")
	b, _ := vers.Builtin().Parse("nuget", "8.0.0.0-preview.7")
	c, _ := a.Compare(b)
	fmt.Println(c)
	// Output: 0
}
