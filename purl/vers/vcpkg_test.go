package vers_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

var vcpkgGrammar = grammar{
	heads:    []string{"", "", "", "2023-01-0", "2023-01-02."},
	between:  []string{".", ".", ".", "-", "+", "-rc."},
	parts:    []string{"a", "rc1", "alpha", "x-y", "0a", "1", "2"},
	tails:    []string{"", "", ".0", "-rc1", "#1", "#2", "#0", "+b"},
	alphabet: ".-+#abrz0123456789",
}

func ExampleSchemes_Parse_vcpkg() {
	a, _ := vers.Builtin().Parse("vcpkg", "2023-08-02#1")
	b, _ := vers.Builtin().Parse("vcpkg", "2023-08-02.1")
	c, _ := a.Compare(b)
	fmt.Println(c)
	// Output: -1
}
