package vers_test

import (
	"fmt"
	"strings"
	"testing"

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

// TestPrintable tries each byte at each place of texts around the eight bytes that are looked
// at together.
func TestPrintable(t *testing.T) {
	generic, _ := vers.Builtin().Lookup("generic")
	for length := range 20 {
		for at := range length {
			for c := range 256 {
				text := []byte(strings.Repeat("~ ", 10)[:length])
				text[at] = byte(c)
				_, _, err := generic.AppendKey(nil, string(text))
				if want := c >= ' ' && c <= '~'; want != (err == nil) {
					t.Errorf("byte %#x at %d of %d: %v", c, at, length, err)
				}
			}
		}
	}
}
