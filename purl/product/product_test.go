package product_test

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/product"
)

func TestKey(t *testing.T) {
	f, err := os.Open("testdata/names.txt")
	require.NoError(t, err)
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		text := lines.Text()
		if text == "" || text[0] == '#' {
			continue
		}
		a, b, same := strings.Cut(text, " = ")
		if !same {
			var ok bool
			a, b, ok = strings.Cut(text, " ! ")
			require.True(t, ok, "line %d", n)
		}
		va, pa, _ := strings.Cut(a, " | ")
		vb, pb, _ := strings.Cut(b, " | ")
		ka, kb := product.Key(va, pa), product.Key(vb, pb)
		if same {
			assert.Equal(t, ka, kb, "line %d: %s", n, text)
		} else {
			assert.NotEqual(t, ka, kb, "line %d: %s", n, text)
		}
	}
}

func TestMembers(t *testing.T) {
	for name, want := range map[string][]string{
		"Quantum Appliances, Quantum Security Gateways": {"Quantum Appliances", "Quantum Security Gateways"},
		"iOS and iPadOS": {"iOS", "iPadOS"},
		"Mobility Conductor (formerly A, B); Mobility Controllers": {"Mobility Conductor", "Mobility Controllers"},
		"X1, X2, and X3":                   {"X1", "X2", "X3"},
		"Apex Central":                     nil,
		"Hub (2nd gen) w/ Tracking":        nil,
		"Windows Server, version 1903":     nil,
		"ET200ecoPN, 8DI DC24V":            nil,
		"omeka/omeka-s":                    nil,
		"golang.org/x/crypto/acme":         nil,
		"https://example.com/a/b":          nil,
		"IPC-1.0/IPC-2.0":                  {"IPC-1.0", "IPC-2.0"},
		".NET Framework 3.5 AND .NET Core": {".NET Framework 3.5", ".NET Core"},
		"Gateway (Windows, Linux)":         nil,
		"Gateway 1,000":                    nil,
		",;/":                              nil,
		"":                                 nil,
	} {
		assert.Equal(t, want, product.Members(name), name)
	}
}

func TestIsPlaceholder(t *testing.T) {
	for _, name := range []string{"", "n/a", "N/A", "-", "*", "unknown", "None", "  ", "Various"} {
		assert.True(t, product.IsPlaceholder(name), name)
	}
	for _, name := range []string{"NA Corp", "7-Zip", "金山", "Unknown Worlds", "a"} {
		assert.False(t, product.IsPlaceholder(name), name)
	}
}

func TestReadErrors(t *testing.T) {
	for text, want := range map[string]string{
		"name a | b":                       "line 1: name before the first",
		"product x":                        "line 1: key",
		"vendor a/b":                       "line 1: key",
		"product a/b\n  color red":         `line 2: unknown field "color"`,
		"product a/b\n  precise many":      "line 2: precise wants",
		"product a/b\n  version 1":         "line 2: version has the form",
		"product a/b\n  version 1 =":       "line 2: version has the form",
		"product a/b\n\n# c\n  name plain": "line 4: name of a product",
		"product a/b\n  scheme":            "line 2: scheme without a value",
	} {
		_, err := product.Read(strings.NewReader(text))
		require.ErrorIs(t, err, product.ErrCatalog, text)
		assert.Contains(t, err.Error(), want)
	}
}

func TestWith(t *testing.T) {
	c, err := new(product.Catalog).With(
		product.Entry{Key: "hpe", Names: []string{"Hewlett Packard Enterprise", "Aruba"}},
		product.Entry{Key: "hpe/aos", Names: []string{"Aruba | ArubaOS"}, CPEs: []string{"arubanetworks:arubaos"}, Scheme: "dotted"},
	)
	require.NoError(t, err)
	for _, pair := range [][2]string{{"HPE", "AOS"}, {"Aruba", "ArubaOS"}, {"Hewlett Packard Enterprise (HPE)", "ArubaOS"}} {
		key, entry, level := c.Lookup(nil, pair[0], pair[1])
		assert.Equal(t, "hpe/aos", string(key), "%v", pair)
		require.NotNil(t, entry)
		assert.GreaterOrEqual(t, level, product.Alias)
	}
	_, entry, _ := c.Lookup(nil, "Cisco", "ArubaOS")
	assert.Nil(t, entry, "the vendor has to match")

	two, err := c.With(product.Entry{Key: "x/y", Names: []string{"Aruba | ArubaOS"}})
	require.NoError(t, err)
	_, entry, level := two.Lookup(nil, "Aruba", "ArubaOS")
	assert.Nil(t, entry, "two products with one name")
	assert.Equal(t, product.Possible, level)
	assert.Len(t, two.Resolve(product.Row{Vendor: "Aruba", Name: "ArubaOS"}), 2)
	_, err = c.With(product.Entry{})
	assert.ErrorIs(t, err, product.ErrCatalog)

	// An entry with the key of another replaces it, and a denial removes a link.
	c, err = c.With(product.Entry{Key: "hpe/aos", Names: []string{"Aruba | ArubaOS", "HPE | Switch"}, Deny: []string{"HPE | Switch"}})
	require.NoError(t, err)
	key, entry, _ := c.Lookup(nil, "HPE", "Switch")
	assert.Nil(t, entry)
	assert.Equal(t, "hpe/switch", string(key))
	entry, ok := c.Entry("hpe/aos")
	require.True(t, ok)
	assert.Empty(t, entry.Scheme)
}

// A name that stands alone needs no vendor; with another vendor it means something else.
func TestAlone(t *testing.T) {
	for vendor, want := range map[string]string{"": "openbsd/openssh", "n/a": "openbsd/openssh", "OpenBSD": "openbsd/openssh", "Example": "example/openssh"} {
		key, _, level := product.Builtin().Lookup(nil, vendor, "OpenSSH")
		assert.Equal(t, want, string(key), vendor)
		assert.GreaterOrEqual(t, level, product.Alias, vendor)
	}
}

func TestResolve(t *testing.T) {
	name := cpe.MustParse("cpe:2.3:a:trendmicro:apexcentral:2019:7190:-:*:-:windows:*:*")
	for _, c := range []struct {
		row  product.Row
		want string
	}{
		{product.Row{Vendor: "Trend Micro", Name: "Apex Central"}, "[trendmicro/apex-central name]"},
		{product.Row{Vendor: "Trend Micro", Name: "Apex Central 2019"}, "[trendmicro/apex-central alias]"},
		{product.Row{CPE: name}, "[trendmicro/apex-central alias]"},
		{product.Row{Vendor: "Trend Micro", Name: "Apex One", CPE: name}, "[trendmicro/apex-one name] [trendmicro/apex-central alias]"},
		{product.Row{Vendor: "Example", Name: "Gateway"}, "[example/gateway name]"},
		{product.Row{Vendor: "n/a", Name: "Gateway"}, "[/gateway possible]"},
		{product.Row{}, ""},
	} {
		var got []string
		for _, candidate := range product.Builtin().Resolve(c.row) {
			got = append(got, fmt.Sprintf("[%s %s]", candidate.Key, candidate.Level))
			assert.NotEmpty(t, candidate.Rule)
		}
		assert.Equal(t, c.want, strings.Join(got, " "), "%+v", c.row)
	}
}

func TestNoAllocs(t *testing.T) {
	catalog, buffer := product.Builtin(), make([]byte, 0, 256)
	name := cpe.MustParse("cpe:2.3:a:trendmicro:apex_central:-:*:*:*:*:*:*:*")
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		_, _, _ = catalog.Lookup(buffer, "Trend Micro, Inc.", "Trend Micro Apex Central")
		_, _, _ = catalog.Lookup(buffer, "Example GmbH", "Gateway")
		_, _ = catalog.LookupCPE(name)
	}))
}

// Folding never panics, gives the same key again for its own parts, and does not depend on
// letter case.
func FuzzKey(f *testing.F) {
	f.Add("Trend Micro, Inc.", "Trend Micro Apex Central")
	f.Add("n/a", "x")
	f.Add("(a", "(((")
	f.Add("\u200bİ", "ẞ\xff")
	f.Add("s.r.o. s.r.o.", "")
	f.Fuzz(func(t *testing.T, vendor, name string) {
		key := product.Key(vendor, name)
		require.Contains(t, key, "/")
		require.Equal(t, key, product.Key(vendor, name))
		ascii := strings.IndexFunc(vendor+name, func(r rune) bool { return r > 126 }) < 0
		if ascii {
			require.Equal(t, key, product.Key(strings.ToUpper(vendor), strings.ToLower(name)))
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add(product.Text()[:2000])
	f.Add("product a/b\nname |\n")
	f.Fuzz(func(t *testing.T, text string) {
		entries, err := product.Read(strings.NewReader(text))
		if err != nil {
			require.ErrorIs(t, err, product.ErrCatalog)
			return
		}
		if c, err := new(product.Catalog).With(entries...); err == nil {
			_, _, _ = c.Lookup(nil, "a", "b")
		}
	})
}

func ExampleCatalog_Lookup() {
	key, entry, level := product.Builtin().Lookup(nil, "Trend Micro, Inc.", "Trend Micro Apex Central")
	fmt.Println(string(key), level, entry.Scheme)
	key, entry, level = product.Builtin().Lookup(nil, "Example GmbH", "Example Gateway")
	fmt.Println(string(key), level, entry == nil)
	// Output:
	// trendmicro/apex-central name build
	// example/gateway name true
}

func ExampleRead() {
	entries, _ := product.Read(strings.NewReader(`
product example/gateway
  name     Example | Edge Gateway
  scheme   ladder(SP,HF)
  source   EX-2026-1 2026-01-31
`))
	catalog, _ := product.Builtin().With(entries...)
	key, entry, level := catalog.Lookup(nil, "Example GmbH", "Edge Gateway")
	fmt.Println(string(key), level, entry.Scheme)
	// Output: example/gateway alias ladder(SP,HF)
}
