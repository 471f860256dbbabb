package house_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/csaf"
)

// TestConformanceCSAFInvalid looks for the number of the named test among the problems of each
// document of the pack: there where the document fails it, and not where it passes.
func TestConformanceCSAFInvalid(t *testing.T) {
	dir := filepath.Join(conformanceDir(t), "csaf-invalid")
	type line struct {
		Doc, Test string
		Fails     bool
		Valid     bool
		AlsoFails []string `json:"also_fails"`
	}
	passed, scored, clean, valid := 0, 0, 0, 0
	for _, c := range readLines[line](t, filepath.Join(dir, "cases.jsonl")) {
		f, err := os.Open(filepath.Join(dir, c.Doc))
		require.NoError(t, err)
		var codes, mandatory []string
		for a, err := range advisory.Decode(f, advisory.DecodeOptions{File: c.Doc}, csaf.Decoder{}) {
			require.NoError(t, err, c.Doc)
			for _, p := range a.Problems {
				if !slices.Contains(codes, p.Code) {
					codes = append(codes, p.Code)
				}
				if strings.HasPrefix(p.Code, "6.1.") || !p.Warning {
					mandatory = append(mandatory, p.String())
				}
			}
		}
		require.NoError(t, f.Close())
		scored++
		if slices.Contains(codes, c.Test) == c.Fails {
			passed++
		} else {
			t.Logf("%s: test %s fails %t, found %v", c.Doc, c.Test, c.Fails, codes)
		}
		if c.Valid && len(c.AlsoFails) == 0 {
			valid++
			if len(mandatory) == 0 {
				clean++
			} else {
				t.Logf("%s is valid: %v", c.Doc, mandatory)
			}
		}
	}
	(&tally{name: "csaf-invalid/cases.jsonl", passed: passed, scored: scored}).print()
	fmt.Printf("figures csaf-invalid: valid documents without a mandatory problem %d of %d\n", clean, valid)
	assert.GreaterOrEqual(t, float64(passed), 0.98*float64(scored))
}
