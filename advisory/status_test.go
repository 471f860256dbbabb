package advisory_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
)

// The words of statuses and reasons are part of every output; they never change.
func TestWords(t *testing.T) {
	words := []string{"unknown", "no_statement", "under_investigation", "not_affected", "fixed", "affected"}
	for i, want := range words {
		text, err := advisory.Status(i).MarshalText()
		require.NoError(t, err)
		assert.Equal(t, want, string(text))
		var s advisory.Status
		require.NoError(t, s.UnmarshalText(text))
		assert.Equal(t, advisory.Status(i), s)
	}
	_, err := advisory.Status(99).MarshalText()
	assert.Error(t, err)
	assert.Error(t, new(advisory.Status).UnmarshalText([]byte("vulnerable")))

	seen := map[string]bool{}
	for r := advisory.NoReason; r.String() != "invalid"; r++ {
		assert.False(t, seen[r.String()], "the word %q stands twice", r)
		seen[r.String()] = true
		text, err := r.MarshalText()
		require.NoError(t, err)
		var back advisory.Reason
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, r, back)
	}
	assert.Error(t, new(advisory.Reason).UnmarshalText([]byte("because")))

	for i, want := range []string{"third_party", "aggregator", "coordinator", "distributor", "vendor", "operator"} {
		text, err := advisory.Rank(i).MarshalText()
		require.NoError(t, err)
		assert.Equal(t, want, string(text))
		var back advisory.Rank
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, advisory.Rank(i), back)
	}
	_, err = (advisory.RankOperator + 1).MarshalText()
	assert.Error(t, err)
	assert.Error(t, new(advisory.Rank).UnmarshalText([]byte("king")))

	assert.Equal(t, advisory.ClassInventory, advisory.Imprecise.Class())
	assert.Equal(t, advisory.ClassAdvisory, advisory.BadRange.Class())
	assert.Equal(t, advisory.ClassCatalog, advisory.ProductUncertain.Class())
	assert.Equal(t, advisory.ClassConflict, advisory.Conflict.Class())
	assert.Equal(t, advisory.ClassNone, advisory.NotNamed.Class())
}

func TestStatusSet(t *testing.T) {
	set := advisory.SetOf(advisory.Affected, advisory.Fixed)
	assert.True(t, set.Has(advisory.Affected))
	assert.False(t, set.Has(advisory.Unknown))
	assert.Equal(t, 2, set.Len())
	assert.Equal(t, "fixed|affected", set.String())
	assert.Equal(t, set, advisory.SetOf(advisory.Fixed).With(advisory.Affected))
	assert.Equal(t, set, advisory.SetOf(advisory.Fixed).Union(advisory.SetOf(advisory.Affected)))

	for want, set := range map[string]advisory.StatusSet{`["fixed","affected"]`: set, `["unknown"]`: advisory.SetOf(advisory.Unknown), `[]`: 0} {
		text, err := json.Marshal(set)
		require.NoError(t, err)
		assert.Equal(t, want, string(text))
		back := advisory.SetOf(advisory.NotAffected)
		require.NoError(t, json.Unmarshal(text, &back))
		assert.Equal(t, set, back)
	}
	assert.Error(t, json.Unmarshal([]byte(`["fixed","mended"]`), new(advisory.StatusSet)))
	assert.Error(t, json.Unmarshal([]byte(`"fixed"`), new(advisory.StatusSet)))
}
