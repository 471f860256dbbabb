package vers_test

import (
	"fmt"

	"github.com/affected-go/affected/purl/vers"
)

var pypiGrammar = grammar{
	heads:   []string{"", "", "", "v", " ", "1!", "0!", "2!"},
	between: []string{".", ".", ".", "-", "_", "", "+", "a", "b", "rc"},
	parts: []string{"a", "b", "rc", "c", "alpha", "beta", "pre", "preview", "post", "rev", "r", "dev", "DEV",
		"Alpha", ".dev", ".post", "rc1", "a1.dev", "+local", "+ubuntu.1"},
	tails:    []string{"", "", "", ".dev1", ".post1", "rc1", "a", "+1", "+abc", "+abc.5", " "},
	alphabet: ".-_+!abcdeprv0123456789",
}

func ExampleSchemes_Parse_pypi() {
	rc, _ := vers.Builtin().Parse("pypi", "2.0RC-1")
	final, _ := vers.Builtin().Parse("pypi", "2.0.0")
	c, _ := rc.Compare(final)
	fmt.Println(c)
	// Output: -1
}
