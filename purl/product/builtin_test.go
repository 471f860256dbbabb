package product_test

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// The catalog that ships is as big as it claims and says nothing wrong that can be told
// without its records; all its schemes exist.
func TestBuiltin(t *testing.T) {
	catalog := product.Builtin()
	vendors, products := map[string]bool{}, 0
	for e := range catalog.All() {
		if vendor, _, ok := strings.Cut(e.Key, "/"); ok {
			vendors[vendor] = true
			products++
		}
		if e.Scheme != "" {
			_, ok := vers.Builtin().Lookup(e.Scheme)
			assert.True(t, ok, "%s: no scheme %q", e.Key, e.Scheme)
		}
	}
	assert.GreaterOrEqual(t, products, 280)
	assert.GreaterOrEqual(t, len(vendors), 60)
	assert.Empty(t, catalog.Problems())
}

// A neighbor is another product by each of its names and CPEs, in whatever direction one
// asks.
func TestNeighbors(t *testing.T) {
	catalog, pairs := product.Builtin(), 0
	for e := range catalog.All() {
		for _, key := range e.Not {
			other, ok := catalog.Entry(key)
			require.True(t, ok, "%s: %s", e.Key, key)
			for _, pair := range other.Names {
				vendor, name, _ := strings.Cut(pair, " | ")
				got, _, _ := catalog.Lookup(nil, vendor, name)
				assert.NotEqual(t, e.Key, string(got), pair)
				pairs++
			}
		}
	}
	assert.Positive(t, pairs)
}

// Every name of an entry leads to it, and so do the words of its CPEs.
func TestNamesLead(t *testing.T) {
	catalog := product.Builtin()
	for e := range catalog.All() {
		if !strings.Contains(e.Key, "/") {
			for _, name := range e.Names {
				vendor, ok := catalog.Vendor(name)
				require.True(t, ok, name)
				assert.Equal(t, e.Key, vendor.Key, name)
			}
			continue
		}
		leads := slices.Clone(e.Names)
		for _, name := range e.CPEs {
			leads = append(leads, strings.Replace(name, ":", " | ", 1))
		}
		for _, pair := range leads {
			vendor, name, _ := strings.Cut(pair, " | ")
			got, entry, level := catalog.Lookup(nil, vendor, name)
			assert.Equal(t, e.Key, string(got), pair)
			assert.Same(t, e, entry, pair)
			assert.GreaterOrEqual(t, level, product.Alias, pair)
		}
	}
}

// testdata/catalog.txt holds names as records, enrichers and inventories write them, and
// which of them must meet in the catalog.
func TestMeet(t *testing.T) {
	f, err := os.Open("testdata/catalog.txt")
	require.NoError(t, err)
	defer f.Close()
	key := func(pair string) string {
		vendor, name, ok := strings.Cut(pair, " | ")
		require.True(t, ok, pair)
		key, _, level := product.Builtin().Lookup(nil, vendor, name)
		require.GreaterOrEqual(t, level, product.Alias, pair)
		return string(key)
	}
	lines, same, apart := bufio.NewScanner(f), 0, 0
	for n := 1; lines.Scan(); n++ {
		text := lines.Text()
		if text == "" || text[0] == '#' {
			continue
		}
		if a, b, ok := strings.Cut(text, " = "); ok {
			assert.Equal(t, key(a), key(b), "line %d: %s", n, text)
			same++
		} else {
			a, b, ok := strings.Cut(text, " ! ")
			require.True(t, ok, "line %d", n)
			assert.NotEqual(t, key(a), key(b), "line %d: %s", n, text)
			apart++
		}
	}
	require.NoError(t, lines.Err())
	assert.Greater(t, same, 50)
	assert.Greater(t, apart, 50)
}

func TestVendor(t *testing.T) {
	for name, want := range map[string]string{
		"Cloud Software Group, Inc.": "citrix", "arubanetworks": "hpe", "Zohocorp": "zoho",
		"Micro Focus": "opentext", "SAP_SE": "", "n/a": "", "": "", "Example": "",
	} {
		e, ok := product.Builtin().Vendor(name)
		assert.Equal(t, want != "", ok, name)
		if ok {
			assert.Equal(t, want, e.Key)
		}
	}
	e, ok := product.Builtin().Vendor("Zyxel Communications")
	require.True(t, ok)
	assert.Equal(t, "zyxel", e.Scheme)
	_, ok = new(product.Catalog).Vendor("x")
	assert.False(t, ok)
}

func TestLookupNoAllocs(t *testing.T) {
	catalog, buffer := product.Builtin(), make([]byte, 0, 256)
	name := cpe.MustParse("cpe:2.3:a:citrix:netscaler_application_delivery_controller:13.1:*:*:*:*:*:*:*")
	e, ok := catalog.Entry("trendmicro/apex-central")
	require.True(t, ok)
	for what, f := range map[string]func(){
		"alias":      func() { _, _, _ = catalog.Lookup(buffer, "Cloud Software Group, Inc.", "Citrix NetScaler ADC") },
		"two names":  func() { _, _, _ = catalog.Lookup(buffer, "HPE", "HPE Aruba Networking EdgeConnect SD-WAN") },
		"no entry":   func() { _, _, _ = catalog.Lookup(buffer, "Aruba Networks", "Aruba Example") },
		"no vendor":  func() { _, _, _ = catalog.Lookup(buffer, "n/a", "Example") },
		"cpe":        func() { _, _ = catalog.LookupCPE(name) },
		"vendor":     func() { _, _ = catalog.Vendor("Palo Alto Networks, Inc.") },
		"version":    func() { _, _ = e.Version("2019 (14.0)") },
		"no version": func() { _, _ = e.Version("Build 7190") },
	} {
		assert.Zero(t, testing.AllocsPerRun(100, f), what)
	}
}

func ExampleCatalog_Vendor() {
	vendor, _ := product.Builtin().Vendor("Cloud Software Group, Inc.")
	key, _, level := product.Builtin().Lookup(nil, "Cloud Software Group, Inc.", "Citrix NetScaler ADC")
	fmt.Println(vendor.Key, string(key), level)
	// Output: citrix citrix/netscaler-adc name
}
