package house_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/affected-go/affected/purl/product"
)

// TestConformancePatterns runs the labelled cases about the wildcards of model numbers, serial
// numbers and stock keeping units.
func TestConformancePatterns(t *testing.T) {
	c := tally{name: "csaf/identifier-patterns.jsonl"}
	for _, test := range readLines[patternCase](t, filepath.Join(conformanceDir(t), "csaf", "identifier-patterns.jsonl")) {
		c.count(t, test.run())
	}
	c.print()
}

// patternCase is a pattern and a number; no Match means that the pattern is none.
type patternCase struct {
	ID      int    `json:"id"`
	Spec    string `json:"spec"`
	Pattern string `json:"pattern"`
	Value   string `json:"value"`
	Match   *bool  `json:"match"`
}

// run returns what is wrong, "" when nothing is.
func (test patternCase) run() string {
	syntax, known := map[string]product.Syntax{"2.0": product.CSAF20, "2.1": product.CSAF21}[test.Spec]
	if !known {
		return fmt.Sprintf("%d: spec %q is not known", test.ID, test.Spec)
	}
	p, err := product.ParsePattern(test.Pattern, syntax)
	switch {
	case test.Match == nil && err == nil:
		return fmt.Sprintf("%d: %q is read as a pattern", test.ID, test.Pattern)
	case test.Match == nil:
		return ""
	case err != nil:
		return fmt.Sprintf("%d: %v", test.ID, err)
	case p.Match(test.Value) != *test.Match:
		return fmt.Sprintf("%d: %q on %q: want %t", test.ID, test.Pattern, test.Value, *test.Match)
	}
	return ""
}
