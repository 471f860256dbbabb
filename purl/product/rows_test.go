package product_test

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/product"
)

// testdata/rows.txt holds rows of inventories and what they stand for.
func TestRows(t *testing.T) {
	catalog := readCatalog(t, "testdata/rows-catalog.txt")
	f, err := os.Open("testdata/rows.txt")
	require.NoError(t, err)
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		text := lines.Text()
		if text == "" || text[0] == '#' {
			continue
		}
		given, want, ok := strings.Cut(text, "->")
		require.True(t, ok, "line %d", n)
		fields := strings.Split(given, ";")
		require.Len(t, fields, 5, "line %d", n)
		for i := range fields {
			fields[i] = strings.Trim(fields[i], " ")
		}
		row := product.Row{Source: fields[0], Vendor: fields[1], Name: fields[2], Version: fields[3], Package: fields[4]}
		var got []string
		for _, c := range catalog.Resolve(row) {
			if c.Entry != nil || c.Level == product.Possible {
				got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s %s", c.Key, c.Level, c.Release)))
				assert.NotEmpty(t, c.Rule)
			}
		}
		if got == nil {
			got = []string{"-"}
		}
		var wanted []string
		for _, w := range strings.Split(want, ";") {
			wanted = append(wanted, strings.TrimSpace(w))
		}
		assert.ElementsMatch(t, wanted, got, "line %d: %s: %v", n, text, catalog.Resolve(row))
	}
	require.NoError(t, lines.Err())
}

func readCatalog(t *testing.T, file string) *product.Catalog {
	t.Helper()
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	entries, err := product.Read(f)
	require.NoError(t, err)
	catalog, err := new(product.Catalog).With(entries...)
	require.NoError(t, err)
	return catalog
}

// Resolving never panics, and a name is the same as itself, at the level that it has alone.
func FuzzResolve(f *testing.F) {
	f.Add("Trend Micro", "Apex Central 2019 (x64 en-US)", "1.0", "com.trendmicro.x", "apps")
	f.Add("Broadcom", "VMware Workstation 17.5 for Windows", "17.5", "", "programs")
	f.Add("", "google-chrome@115", "", "Google.Chrome", "winget")
	f.Add("a.b.", "((", "((", "..", "homebrew_packages")
	f.Fuzz(func(t *testing.T, vendor, name, version, id, source string) {
		catalog := product.Builtin()
		row := product.Row{Vendor: vendor, Name: name, Version: version, Package: id, Source: source}
		best := product.None
		for _, c := range catalog.Resolve(row) {
			best = max(best, c.Level)
			require.NotEmpty(t, c.Key)
			require.NotEmpty(t, c.Rule)
		}
		require.Equal(t, best, catalog.Same(row, row))
		key, entry, level := catalog.Lookup(nil, vendor, name)
		require.True(t, entry == nil || level > product.None)
		require.Contains(t, string(key), "/")
	})
}
