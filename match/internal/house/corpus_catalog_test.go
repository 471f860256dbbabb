package house_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/product"
)

// TestCorpusCatalog makes a catalog of all products that the CPEs of the corpus name and asks it for
// each of them in the dress of an inventory. A row may find its product, or none, or several that
// decide nothing; it must never find another one.
func TestCorpusCatalog(t *testing.T) {
	entries := cpeEntries(t)
	catalog, err := new(product.Catalog).With(entries...)
	require.NoError(t, err)
	var asked, found, ambiguous, wrong int
	for i := range entries {
		e := &entries[i]
		vendor, name, _ := strings.Cut(e.CPEs[0], ":")
		vendor, name = title(vendor), title(name)
		behind := name // in front of it an inventory may repeat the vendor
		if !strings.HasPrefix(strings.ToLower(name), strings.ToLower(vendor)) {
			behind = vendor + " " + name
		}
		for _, row := range []product.Row{
			{Vendor: vendor + ", Inc.", Name: name},
			{Vendor: vendor + " GmbH", Name: behind + " (64-bit)"},
			{Vendor: vendor + " Software Foundation", Name: name + " x64 en-US"},
			{Vendor: vendor, Name: name + " 4.7.1 for Windows", Version: "4.7.1"},
			{Vendor: vendor, Name: strings.ToUpper(name) + "®"},
		} {
			asked++
			level, keys := product.None, map[string]bool{}
			for _, c := range catalog.Resolve(row) {
				level = max(level, c.Level)
				if c.Level >= product.Alias && c.Entry != nil {
					keys[c.Entry.Key] = true
				}
			}
			switch {
			case len(keys) == 0:
				ambiguous++
			case same(keys, e.Key):
				found++
			default:
				wrong++
				t.Errorf("%+v of %s is %v", row, e.Key, slices.Collect(maps.Keys(keys)))
			}
		}
	}
	fmt.Printf("figures catalog of %d products: %d rows, found %.1f %%, uncertain %.1f %%, another product %d\n",
		len(entries), asked, percent(found, asked), percent(ambiguous, asked), wrong)
	assert.Greater(t, percent(found, asked), 92.0)
}

// same tells whether the one key found is that of the product, or of what enrichers spell in two
// ways: adguard_home of adguard, and adguardhome; grab of dell, and grab_for_windows.
func same(keys map[string]bool, key string) bool {
	fold := func(key string) string {
		vendor, name, _ := strings.Cut(key, "/")
		return product.Key(vendor, name)
	}
	for found := range keys {
		if len(keys) > 1 || found != key && fold(found) != fold(key) {
			return false
		}
	}
	return true
}

// title writes the words of a CPE as a name.
func title(text string) string {
	words := strings.FieldsFunc(strings.ReplaceAll(text, `\`, ""), func(r rune) bool { return r == '_' })
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}

// cpeEntries returns an entry for each vendor and product of the CPEs of the corpus.
func cpeEntries(t *testing.T) []product.Entry {
	f, err := os.Open(corpusFile(t, "cve-2024.jsonl.gz"))
	require.NoError(t, err)
	defer f.Close()
	unpacked, err := gzip.NewReader(f)
	require.NoError(t, err)
	keys := map[string]bool{}
	lines := bufio.NewScanner(unpacked)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var record namedRecord
		require.NoError(t, json.Unmarshal(lines.Bytes(), &record))
		names := record.Containers.CNA.names(nil)
		for i := range record.Containers.ADP {
			names = record.Containers.ADP[i].names(names)
		}
		for _, n := range names {
			vendor, name := n.Value(cpe.Vendor), n.Value(cpe.Product)
			if !vendor.IsAny() && !vendor.IsNA() && !name.IsAny() && !name.IsNA() && !strings.Contains(string(n.AppendKey(nil)), `\:`) {
				keys[string(n.AppendKey(nil))] = true
			}
		}
	}
	require.NoError(t, lines.Err())
	var entries []product.Entry
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		entries = append(entries, product.Entry{Key: strings.Replace(key, ":", "/", 1), CPEs: []string{key}})
	}
	return entries
}
