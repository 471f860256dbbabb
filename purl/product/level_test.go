package product_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/product"
)

// TestLevelWords: the words of levels are part of every output; they never change.
func TestLevelWords(t *testing.T) {
	for i, want := range []string{"none", "possible", "alias", "name", "exact"} {
		text, err := product.Level(i).MarshalText()
		require.NoError(t, err)
		assert.Equal(t, want, string(text))
		var back product.Level
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, product.Level(i), back)
	}
	_, err := (product.Exact + 1).MarshalText()
	assert.Error(t, err)
	assert.Error(t, new(product.Level).UnmarshalText([]byte("sure")))
}
