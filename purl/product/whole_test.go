package product_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/product"
)

const wholeText = `
product example/tracker
  cpe      example:tracker
  source   EX 2026-01-31
product example/tracker-server
  name     Example | Tracker Server
  cpe      example:tracker_server
  whole    example/tracker
  not      example/tracker-cloud
  source   EX 2026-01-31
product example/tracker-cloud
  name     Example | Tracker Cloud
  whole    example/tracker
  not      example/tracker-server
  source   EX 2026-01-31
product example/step-7
  name     Example | STEP 7
  cpe      example:step_7
  source   EX 2026-01-31
product example/step-7-v5
  name     Example | STEP 7 V5
  source   EX 2026-01-31
`

// An edition is its product and no other edition of it.
func TestWhole(t *testing.T) {
	entries, err := product.Read(strings.NewReader(wholeText))
	require.NoError(t, err)
	catalog, err := new(product.Catalog).With(entries...)
	require.NoError(t, err)
	assert.Empty(t, catalog.Problems())
	row := func(name string) product.Row { return product.Row{Vendor: "Example", Name: name} }
	whole := product.Row{CPE: cpe.MustParse("cpe:2.3:a:example:tracker:1.0:*:*:*:*:*:*:*")}
	assert.Equal(t, product.Alias, catalog.Same(row("Tracker Server"), whole))
	assert.Equal(t, product.Alias, catalog.Same(whole, row("Tracker Cloud")))
	assert.Equal(t, product.None, catalog.Same(row("Tracker Server"), row("Tracker Cloud")))

	// A number of the name and a version behind it.
	step := product.Row{CPE: cpe.MustParse("cpe:2.3:a:example:step_7:*:*:*:*:*:*:*:*")}
	assert.Equal(t, product.Alias, catalog.Same(row("STEP 7 V16"), step))
	assert.Equal(t, product.Alias, catalog.Same(row("STEP 7 V5"), step))
	assert.Equal(t, product.None, catalog.Same(row("STEP 7 V16"), row("STEP 7 V17")))
	assert.Equal(t, product.None, catalog.Same(row("STEP 7 V16"), row("STEP 5 V16")))

	for _, text := range []string{"product a/b\n whole a/c\n source EX 2026-01-31", "product a/b\n whole a/b\n source EX 2026-01-31"} {
		entries, err := product.Read(strings.NewReader(text))
		require.NoError(t, err)
		catalog, err := new(product.Catalog).With(entries...)
		require.NoError(t, err)
		require.Len(t, catalog.Problems(), 1, text)
		assert.Equal(t, "whole-missing", catalog.Problems()[0].Code)
	}
}
