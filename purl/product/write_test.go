package product_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/product"
)

// reread writes a catalog and reads it again.
func reread(t *testing.T, c *product.Catalog) *product.Catalog {
	t.Helper()
	text, err := c.AppendText(nil)
	require.NoError(t, err)
	entries, err := product.Read(strings.NewReader(string(text)))
	require.NoError(t, err)
	again, err := new(product.Catalog).With(entries...)
	require.NoError(t, err)
	return again
}

func TestWriteRead(t *testing.T) {
	c := product.Builtin()
	again := reread(t, c)
	assert.Equal(t, slices.Collect(c.All()), slices.Collect(again.All()))
	assert.Equal(t, c.Digest(), again.Digest())
}

// The digest tells what the catalog says: not the order in which it was said, and every
// single field.
func TestDigest(t *testing.T) {
	a := product.Entry{Key: "a/b", Names: []string{"A | C"}, CPEs: []string{"a:b"}, Scheme: "dotted", Precise: 2, Branches: []string{"*.*"},
		Counts: product.CountsReleases, Base: product.AllNumbers, Patches: []product.VersionAlias{{From: "P{n}", To: "+ P{n}"}},
		Versions: []product.VersionAlias{{From: "x", To: "1"}}, Not: []string{"b/c"}, Deny: []string{"A | D"},
		Source: "EX-1", Date: "2026-01-31"}
	b := product.Entry{Key: "b/c"}
	one, err := new(product.Catalog).With(a, b)
	require.NoError(t, err)
	two, err := new(product.Catalog).With(b, a)
	require.NoError(t, err)
	assert.Equal(t, one.Digest(), two.Digest())
	assert.Regexp(t, "^sha256:[0-9a-f]{64}$", one.Digest())
	assert.Equal(t, one.Digest(), reread(t, one).Digest())

	seen := map[string]string{one.Digest(): "unchanged", new(product.Catalog).Digest(): "empty"}
	for what, change := range map[string]func(e *product.Entry){
		"names":    func(e *product.Entry) { e.Names = nil },
		"tails":    func(e *product.Entry) { e.Tails = []string{"Plugin"} },
		"whole":    func(e *product.Entry) { e.Whole = "b/c" },
		"cpes":     func(e *product.Entry) { e.CPEs = []string{"a:c"} },
		"scheme":   func(e *product.Entry) { e.Scheme = "" },
		"precise":  func(e *product.Entry) { e.Precise = 3 },
		"counts":   func(e *product.Entry) { e.Counts = product.CountsPatches },
		"base":     func(e *product.Entry) { e.Base = 4 },
		"patches":  func(e *product.Entry) { e.Patches = nil },
		"branches": func(e *product.Entry) { e.Branches = []string{"*"} },
		"versions": func(e *product.Entry) { e.Versions = []product.VersionAlias{{From: "x", To: "2"}} },
		"not":      func(e *product.Entry) { e.Not = nil },
		"deny":     func(e *product.Entry) { e.Deny = nil },
		"alone":    func(e *product.Entry) { e.Alone = []string{"Gateway"} },
		"source":   func(e *product.Entry) { e.Source = "EX-2" },
		"date":     func(e *product.Entry) { e.Date = "2026-02-01" },
	} {
		e := a
		change(&e)
		c, err := one.With(e)
		require.NoError(t, err)
		other, taken := seen[c.Digest()]
		assert.False(t, taken, "%s as %s", what, other)
		seen[c.Digest()] = what
	}
}

// What a line cannot hold never gets into a catalog.
func TestUnwritable(t *testing.T) {
	for what, e := range map[string]product.Entry{
		"no key":          {},
		"line break":      {Key: "a/b", Names: []string{"a | b\nscheme x"}},
		"outer blank":     {Key: "a/b", CPEs: []string{" a:b"}},
		"empty name":      {Key: "a/b", Deny: []string{""}},
		"equals sign":     {Key: "a/b", Versions: []product.VersionAlias{{From: "1 = 2", To: "3"}}},
		"version of none": {Key: "a/b", Versions: []product.VersionAlias{{From: "1"}}},
		"name of a word":  {Key: "a/b", Names: []string{"b"}},
		"branch of words": {Key: "a/b", Branches: []string{"1.x"}},
		"base of none":    {Key: "a/b", Base: 9},
		"patch of none":   {Key: "a/b", Patches: []product.VersionAlias{{From: "P1"}}},
		"negative":        {Key: "a/b", Precise: -1},
		"date alone":      {Key: "a/b", Date: "2026-01-31"},
		"two words":       {Key: "a/b", Source: "EX 1"},
		"vendor of none":  {Key: "unknown"},
	} {
		_, err := new(product.Catalog).With(e)
		assert.ErrorIs(t, err, product.ErrCatalog, what)
		if what == "vendor of none" {
			continue // a line can hold it; a catalog cannot
		}
		text, err := e.AppendText([]byte("before"))
		assert.ErrorIs(t, err, product.ErrCatalog, what)
		assert.Equal(t, "before", string(text), what)
	}
}

func TestProblems(t *testing.T) {
	source := func(e product.Entry) product.Entry {
		e.Source, e.Date = "EX-1", "2026-01-31"
		return e
	}
	c, err := new(product.Catalog).With(
		product.Entry{Key: "a/none", Source: "EX-1", Date: "31.1.2026"},
		source(product.Entry{Key: "A/key"}),
		source(product.Entry{Key: "a/vendor", Names: []string{"n/a | Thing"}}),
		source(product.Entry{Key: "a/missing", Not: []string{"a/nowhere"}}),
		source(product.Entry{Key: "a/self", Not: []string{"a/self"}}),
		source(product.Entry{Key: "a/near", Names: []string{"A | Close"}, Deny: []string{"A | Close"}, Not: []string{"a/close"}}),
		source(product.Entry{Key: "a/close"}),
		source(product.Entry{Key: "a/cycle", Versions: []product.VersionAlias{{From: "x", To: "Y"}, {From: "y", To: "X"}}}),
		source(product.Entry{Key: "a/chain", Versions: []product.VersionAlias{{From: "x", To: "y"}, {From: "y", To: "1"}}}),
		source(product.Entry{Key: "a/twice", Versions: []product.VersionAlias{{From: "x", To: "1"}, {From: "X", To: "2"}}}),
		source(product.Entry{Key: "a/good", Names: []string{"A | Good"}, Versions: []product.VersionAlias{{From: "2019", To: "*"}}}),
	)
	require.NoError(t, err)
	var got []string
	for _, p := range c.Problems() {
		got = append(got, p.Key+" "+p.Code)
		assert.Contains(t, p.String(), p.Text)
	}
	assert.Equal(t, []string{
		"A/key key-form",
		"a/chain alias-chain",
		"a/cycle alias-cycle", "a/cycle alias-cycle",
		"a/missing neighbor-missing",
		"a/near neighbor-linked", "a/near name-denied",
		"a/none source-missing",
		"a/self neighbor-self",
		"a/twice alias-twice",
		"a/vendor vendor-none",
	}, got)
}

// Two vendors with one name are an error; two products with one name are told by Problems.
func TestCollisions(t *testing.T) {
	_, err := new(product.Catalog).With(product.Entry{Key: "v"}, product.Entry{Key: "V"})
	require.ErrorIs(t, err, product.ErrCatalog)
	assert.ErrorContains(t, err, `"v"`)
	c, err := new(product.Catalog).With(
		product.Entry{Key: "a/b", Names: []string{"A | Same", "A | Other"}, Source: "EX", Date: "2026-01-31"},
		product.Entry{Key: "a/c", Names: []string{"A | Same"}, Source: "EX", Date: "2026-01-31"},
		product.Entry{Key: "a/d", CPEs: []string{"a:other"}, Source: "EX", Date: "2026-01-31"},
	)
	require.NoError(t, err)
	var got []string
	for _, p := range c.Problems() {
		got = append(got, p.String())
	}
	assert.Equal(t, []string{
		`a/c: name-twice: "a/same" is claimed by a/b, too`,
		`a/d: name-twice: "a/other" is claimed by a/b, too`,
	}, got)
}

func FuzzWrite(f *testing.F) {
	f.Add("a/b", "A | B", "a:b", "ladder(SP)", "2019", "*", "EX 1", "2026-01-31", 3)
	f.Add("v", "Vendor", "", "", "", "", "", "", 0)
	f.Fuzz(func(t *testing.T, key, name, cpeName, scheme, from, to, source, date string, precise int) {
		e := product.Entry{Key: key, Scheme: scheme, Source: source, Date: date, Precise: precise}
		if name != "" {
			e.Names = []string{name}
		}
		if cpeName != "" {
			e.CPEs = []string{cpeName}
		}
		if from != "" {
			e.Versions = []product.VersionAlias{{From: from, To: to}}
		}
		c, err := new(product.Catalog).With(e)
		if err != nil {
			return
		}
		_ = c.Problems()
		again := reread(t, c)
		require.Equal(t, slices.Collect(c.All()), slices.Collect(again.All()))
		require.Equal(t, c.Digest(), again.Digest())
	})
}

func ExampleEntry_AppendText() {
	e := product.Entry{Key: "example/gateway", Names: []string{"Example | Edge Gateway"}, Scheme: "ladder(SP,HF)",
		Versions: []product.VersionAlias{{From: "2019", To: "*"}}, Source: "EX-2026-1", Date: "2026-01-31"}
	text, _ := e.AppendText(nil)
	fmt.Print(string(text))
	// Output:
	// product example/gateway
	//   name     Example | Edge Gateway
	//   scheme   ladder(SP,HF)
	//   version  2019 = *
	//   source   EX-2026-1 2026-01-31
}

func ExampleCatalog_Problems() {
	c, _ := new(product.Catalog).With(product.Entry{
		Key: "example/gateway", Not: []string{"example/gateway-cloud"}, Source: "EX-2026-1", Date: "2026-01-31",
	})
	for _, p := range c.Problems() {
		fmt.Println(p)
	}
	// Output: example/gateway: neighbor-missing: example/gateway-cloud
}
