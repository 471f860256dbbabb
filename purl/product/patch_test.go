package product_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/product"
)

func TestPatchVersion(t *testing.T) {
	entries, err := product.Read(strings.NewReader(`
product a/b
  counts   patches
  base     4
  patch    Jumbo Hotfix Take {n} = + Take {n}
  patch    Hotfix-{a}.{b}-ENG = {a}.{b}-ENG
  patch    Final = 9.0
`))
	require.NoError(t, err)
	e := &entries[0]
	assert.Equal(t, product.CountsPatches, e.Counts)
	assert.Equal(t, 4, e.Base)
	for name, want := range map[string]string{
		" jumbo hotfix take 65 ":       "+Take 65",
		"Hotfix-17.1-ENG":              "17.1-ENG",
		"final":                        "9.0",
		"Take 65":                      "-",
		"":                             "-",
		"R81.20 Jumbo Hotfix Take 65":  "R81.20 Take 65",
		"R81.20  jumbo hotfix take 65": "R81.20 Take 65",
		"My Jumbo Hotfix Take 65":      "-",
		"R81 20 Jumbo Hotfix Take 65":  "-",
		"17.1 Hotfix-17.1-ENG":         "-",
	} {
		version, joins, ok := e.PatchVersion(name)
		if joins {
			version = "+" + version
		}
		if !ok {
			version = "-"
		}
		assert.Equal(t, want, version, "%q", name)
	}
	_, _, ok := (*product.Entry)(nil).PatchVersion("Take 65")
	assert.False(t, ok)
	for _, bad := range []string{"base 0", "base x", "base 9", "counts builds", "patch P1", "branch 1.x"} {
		_, err := product.Read(strings.NewReader("product a/b\n  " + bad + "\n"))
		assert.ErrorIs(t, err, product.ErrCatalog, bad)
	}
}
