package vers_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

var luarocksGrammar = grammar{
	heads:    []string{"", "", "", "scm", "dev", "v", " "},
	between:  []string{".", ".", ".", "-", "_", "", "rc", "beta"},
	parts:    []string{"a", "rc", "alpha", "beta", "pre", "dev", "cvs", "scm", "b", "rc1", "0", "Z"},
	tails:    []string{"", "", ".0", "rc1", "-1", "-2", "-0", "alpha", ".rc"},
	alphabet: "._-abcrz0123456789",
}

func ExampleSchemes_Parse_luarocks() {
	a, _ := vers.Builtin().Parse("luarocks", "2.0rc1-3")
	b, _ := vers.Builtin().Parse("luarocks", "2.0-1")
	c, _ := a.Compare(b)
	fmt.Println(c)
	// Output: -1
}
