package house_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/product"
)

// namedRecord is what a CVE record says about who is meant.
type namedRecord struct {
	Metadata struct {
		ID string `json:"cveId"`
	} `json:"cveMetadata"`
	Containers struct {
		CNA namedContainer   `json:"cna"`
		ADP []namedContainer `json:"adp"`
	} `json:"containers"`
}

type namedContainer struct {
	Affected []struct {
		Vendor  string   `json:"vendor"`
		Product string   `json:"product"`
		CPEs    []string `json:"cpes"`
	} `json:"affected"`
	Applicability []struct {
		Nodes []struct {
			Match []struct {
				Criteria string `json:"criteria"`
			} `json:"cpeMatch"`
		} `json:"nodes"`
	} `json:"cpeApplicability"`
}

// names appends the CPE names of a container.
func (c *namedContainer) names(dst []cpe.Name) []cpe.Name {
	add := func(text string) {
		if n, _, err := cpe.ParseLenient(text); err == nil {
			dst = append(dst, n)
		}
	}
	for _, a := range c.Affected {
		for _, text := range a.CPEs {
			add(text)
		}
	}
	for _, a := range c.Applicability {
		for _, n := range a.Nodes {
			for _, m := range n.Match {
				add(m.Criteria)
			}
		}
	}
	return dst
}

// TestCorpusNames counts the names of vendors and products in CVE records that reach the product
// of a CPE of their record. Those that do not are in good part products that the CPEs of the record
// leave out, or families of which they list the members, so that not all can; the share tells when
// folding gets worse.
func TestCorpusNames(t *testing.T) {
	f, err := os.Open(corpusFile(t, "cve-2024.jsonl.gz"))
	require.NoError(t, err)
	defer f.Close()
	unpacked, err := gzip.NewReader(f)
	require.NoError(t, err)
	listing, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	require.NoError(t, err)
	if file := os.Getenv("AFFECTED_PAIRS"); file != "" {
		listing, err = os.Create(file) // of all pairs, to be read by hand
		require.NoError(t, err)
	}
	defer listing.Close()

	catalog := product.Builtin()
	link := func(vendor, name string, names []cpe.Name) (level product.Level, by cpe.Name) {
		for _, n := range names {
			if l := catalog.Same(product.Row{Vendor: vendor, Name: name}, product.Row{CPE: n}); l > level {
				level, by = l, n
			}
		}
		return level, by
	}
	var pairs, reached, otherPairs, otherReached int
	lines := bufio.NewScanner(unpacked)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var record namedRecord
		require.NoError(t, json.Unmarshal(lines.Bytes(), &record))
		names := record.Containers.CNA.names(nil)
		for i := range record.Containers.ADP {
			names = record.Containers.ADP[i].names(names)
		}
		if len(names) == 0 {
			continue
		}
		names = distinctProducts(names)
		seen := map[string]bool{}
		for _, a := range record.Containers.CNA.Affected {
			if product.IsPlaceholder(a.Vendor) || product.IsPlaceholder(a.Product) || seen[a.Vendor+"|"+a.Product] {
				continue
			}
			seen[a.Vendor+"|"+a.Product] = true
			level, by := link(a.Vendor, a.Product, names)
			for _, member := range product.Members(a.Product) {
				if l, n := link(a.Vendor, member, names); l > level {
					level, by = l, n
				}
			}
			pairs++
			microsoft := strings.HasPrefix(strings.ToLower(a.Vendor), "microsoft")
			if !microsoft {
				otherPairs++
			}
			if level >= product.Alias {
				reached++
				if !microsoft {
					otherReached++
				}
			} else if by = names[0]; len(names) > 1 {
				by = names[len(names)-1]
			}
			fmt.Fprintf(listing, "%s\t%s\t%s\t%s\t%s\t%d\n", level, a.Vendor, a.Product, by, record.Metadata.ID, len(names))
		}
	}
	require.NoError(t, lines.Err())
	fmt.Printf("figures cve-2024: names and a CPE of the record reach one product: %.1f %% of %d pairs, %.1f %% of %d without Microsoft\n",
		percent(reached, pairs), pairs, percent(otherReached, otherPairs), otherPairs)
	assert.Greater(t, percent(reached, pairs), 90.0)
	assert.Greater(t, percent(otherReached, otherPairs), 81.5)
}

// distinctProducts keeps one name of each product.
func distinctProducts(names []cpe.Name) []cpe.Name {
	var distinct []cpe.Name
	seen := map[string]bool{}
	for _, n := range names {
		if key := string(n.AppendKey(nil)); !seen[key] {
			seen[key] = true
			distinct = append(distinct, n)
		}
	}
	return distinct
}
