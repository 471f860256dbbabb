package match_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/match"
)

// TestBounds holds the search among bounds against a look at each, with keys that share beginnings of
// all lengths and hold zeros and the highest byte.
func TestBounds(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 14))
	key := func(most int) string {
		b := make([]byte, r.IntN(most+1))
		for i := range b {
			b[i] = "\x00\x00\x01a\xff"[r.IntN(5)]
		}
		return string(b)
	}
	for range 20_000 {
		common := key(12)
		keys := make([]string, r.IntN(9))
		for i := range keys {
			keys[i] = common + key(12)
		}
		slices.Sort(keys)
		keys = slices.Compact(keys)
		for range 5 {
			asked := key(20)
			switch r.IntN(3) {
			case 0:
				asked = common[:r.IntN(len(common)+1)] + key(12)
			case 1:
				if len(keys) > 0 {
					asked = keys[r.IntN(len(keys))]
				}
			}
			want := 0
			for _, k := range keys {
				if k <= asked {
					want++
				}
			}
			require.Equal(t, want, match.CountBounds(keys, asked), "%q among %q", asked, keys)
		}
	}
}
