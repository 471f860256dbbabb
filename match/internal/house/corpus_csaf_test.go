package house_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
)

// A csafBranch is a branch of the product tree of a CSAF document (section 3.1.2).
type csafBranch struct {
	Category string       `json:"category"`
	Name     string       `json:"name"`
	Branches []csafBranch `json:"branches"`
}

// ranges calls yield for every range of versions below b, with vendor and product.
func (b *csafBranch) ranges(vendor, name string, yield func(vendor, name, text string)) {
	switch b.Category {
	case "vendor":
		vendor = b.Name
	case "product_name":
		name = b.Name
	case "product_version_range":
		yield(vendor, name, b.Name)
	}
	for i := range b.Branches {
		b.Branches[i].ranges(vendor, name, yield)
	}
}

// TestCorpusCSAFRanges reads every range of versions that CSAF documents hold under the
// scheme of its product, with the one reader that all formats share.
func TestCorpusCSAFRanges(t *testing.T) {
	f, err := os.Open(corpusFile(t, "cisa-csaf.jsonl.gz"))
	require.NoError(t, err)
	defer f.Close()
	corpus, err := gzip.NewReader(f)
	require.NoError(t, err)
	lines := bufio.NewScanner(corpus)
	lines.Buffer(nil, 64<<20)
	texts, unread := map[string]bool{}, map[string]string{}
	branches, read := 0, 0
	for lines.Scan() {
		var doc struct {
			Doc struct {
				Tree struct {
					Branches []csafBranch `json:"branches"`
				} `json:"product_tree"`
			} `json:"doc"`
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &doc))
		for i := range doc.Doc.Tree.Branches {
			doc.Doc.Tree.Branches[i].ranges("", "", func(maker, name, text string) {
				branches++
				texts[text] = true
				p := advisory.Product{Vendor: maker, Name: name}
				said := advisory.Statement{Products: []int{0}, Spans: []advisory.Span{{Version: text, Status: advisory.Affected}}}
				for _, problem := range advisory.Resolve(&said, &p, advisory.ResolveOptions{}).Problems {
					if !problem.Warning {
						unread[text] = fmt.Sprintf("%s | %s: %v", maker, name, problem)
						return
					}
				}
				read++
			})
		}
	}
	require.NoError(t, lines.Err())
	fmt.Printf("coverage cisa-csaf: texts %d branches %d read %d\n", len(texts), branches, read)
	fmt.Printf("figures cisa-csaf: branches read %.1f %%, texts not read %d\n", percent(read, branches), len(unread))
	assert.Greater(t, percent(read, branches), 97.5)
	for text, why := range unread { // shown with -v
		t.Logf("%q: %s", text, why)
	}
}
