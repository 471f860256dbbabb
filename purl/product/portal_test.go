package product_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/product"
)

const portalText = `
vendor example-scripts
  kind     portal
  source   EX 2026-01-31
vendor other-scripts
  kind     portal
  source   EX 2026-01-31
vendor example
  tail     Plugin
  tail     Control Unit
  source   EX 2026-01-31
`

// The product of a portal may be what NVD names without a vendor. Products of two portals, of
// other vendors, and of other names are not.
func TestPortal(t *testing.T) {
	entries, err := product.Read(strings.NewReader(portalText))
	require.NoError(t, err)
	catalog, err := new(product.Catalog).With(entries...)
	require.NoError(t, err)
	cpeRow := func(vendor, name string) product.Row {
		return product.Row{CPE: cpe.MustParse("cpe:2.3:a:" + vendor + ":" + name + ":1.0:*:*:*:*:*:*:*")}
	}
	book := cpeRow("book_store_project", "book_store")
	for _, c := range []struct {
		vendor, name string
		with         product.Row
		want         product.Level
	}{
		{"Example Scripts", "Book Store", book, product.Alias},
		{"other-scripts", "Book Store 1.0", book, product.Alias},
		{"Example Scripts", "Book Store System", book, product.None},
		{"Third", "Book Store", book, product.None},
		{"Example Scripts", "Book Store", cpeRow("book_store", "book_store"), product.None},
		{"Example Scripts", "Book Store", cpeRow("store_project", "book_store"), product.None},
		{"Example Scripts", "Book Store", product.Row{Vendor: "Other Scripts", Name: "Book Store"}, product.None},
		{"Example Scripts", "Book Store", product.Row{Vendor: "Book Store Project", Name: "Book Store"}, product.None},
		{"Example Scripts", "Book Store", product.Row{Vendor: "book_store_project", Name: "book_store"}, product.Alias},
		{"Example Scripts", "Clinic's Store App", cpeRow(`clinic\'s_store_app_project`, `clinic\'s_store_app`), product.Alias},
		{"Example", "Git server Plugin", cpeRow("example", "git_server"), product.Alias},
		{"Example", "G130 V4.7 Control Unit", cpeRow("example", "g130"), product.Alias},
		{"Example", "Plugin", cpeRow("example", "plugin"), product.Name},
		{"Example", "Gateway Control", cpeRow("example", "gateway"), product.None},
		{"Third", "Git server Plugin", cpeRow("third", "git_server"), product.None},
	} {
		assert.Equal(t, c.want, catalog.Same(product.Row{Vendor: c.vendor, Name: c.name}, c.with), "%s %s", c.vendor, c.name)
		assert.Equal(t, c.want, catalog.Same(c.with, product.Row{Vendor: c.vendor, Name: c.name}), "%s %s", c.vendor, c.name)
	}
	assert.Empty(t, catalog.AppendPortal(nil, []byte("example/bookstore")))
	assert.Empty(t, product.AppendVendorless(nil, cpe.Name{}))

	for _, text := range []string{"vendor a\n kind library", "product a/b\n kind portal"} {
		entries, err := product.Read(strings.NewReader(text))
		require.NoError(t, err)
		_, err = new(product.Catalog).With(entries...)
		assert.ErrorIs(t, err, product.ErrCatalog, text)
	}
}
