package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/match/matchtest"
)

func TestEvaluate(t *testing.T) {
	m := matchtest.Matcher(t, matchtest.Affected("CVE-2025-69258", "Trend Micro | Apex Central", "< Build 7190"))
	for text, want := range map[string]any{
		`clear("Trend Micro", "Apex Central", "8.0.7190", "CVE-2025-69258")`:                                    true,
		`clear("Trend Micro", "Apex Central", "2019", "CVE-2025-69258")`:                                        false,
		`mayBeAffected("Trend Micro", "Apex Central", "2019", "CVE-2025-69258")`:                                true,
		`mayBeAffected("Trend Micro", "Apex Central", "8.0.6955", "CVE-2025-69258")`:                            true,
		`verdict("Nobody", "Thing", "1", "CVE-2025-69258")`:                                                     "no_statement (not_named)",
		`["8.0.6955", "8.0.7190"].filter(v, mayBeAffected("Trend Micro", "Apex Central", v, "CVE-2025-69258"))`: []string{"8.0.6955"},
	} {
		got, err := evaluate(m, text)
		require.NoError(t, err, text)
		assert.Equal(t, want, got, text)
	}
	_, err := evaluate(m, `clear("Trend Micro")`)
	assert.Error(t, err)
}
