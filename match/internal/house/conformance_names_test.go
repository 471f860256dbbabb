package house_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/purl/product"
)

// TestConformanceNames runs the labelled pairs of names: none that is not one product may be taken
// for one at level Alias or better, and nine tenths of the others have to be.
func TestConformanceNames(t *testing.T) {
	type names struct {
		Vendor  string `json:"vendor"`
		Product string `json:"product"`
	}
	type pair struct {
		names
		ID   string `json:"id"`
		As   names  `json:"same_as"`
		Same bool   `json:"same"`
	}
	catalog := product.Builtin()
	var found, wrong, missed int
	pairs := readLines[pair](t, filepath.Join(conformanceDir(t), "identity", "names.jsonl"))
	for _, p := range pairs {
		a, b := product.Row{Vendor: p.Vendor, Name: p.Product}, product.Row{Vendor: p.As.Vendor, Name: p.As.Product}
		level := catalog.Same(a, b)
		switch same := level >= product.Alias; {
		case same && p.Same:
			found++
		case same:
			wrong++
			t.Errorf("identity/names.jsonl: %s: %v and %v are one product at level %s", p.ID, p.names, p.As, level)
		case p.Same:
			missed++
			if os.Getenv("AFFECTED_MISSED") != "" {
				fmt.Printf("missed %s: %v %v, %v %v\n", p.ID, p.names, catalog.Resolve(a), p.As, catalog.Resolve(b))
			}
		}
	}
	precision, recall := float64(found)/float64(max(1, found+wrong)), float64(found)/float64(max(1, found+missed))
	fmt.Printf("conformance identity/names.jsonl: precision %.3f recall %.3f\n", precision, recall)
	printed["identity/names.jsonl"] = tally{passed: len(pairs) - wrong - missed, scored: len(pairs)}
	assert.GreaterOrEqual(t, recall, 0.90)
}
