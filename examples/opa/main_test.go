package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/match/matchtest"
)

func TestDeny(t *testing.T) {
	m := matchtest.Matcher(t, matchtest.Affected("CVE-2025-69258", "Trend Micro | Apex Central", "< Build 7190"))
	for version, want := range map[string][]string{
		"8.0.6955": {"Apex Central 8.0.6955 is affected, fix: Build 7190"},
		"8.0.7190": nil,
		"2019":     {"Apex Central 2019 is unknown (imprecise), fix: Build 7190"},
	} {
		reasons, err := deny(t.Context(), m, map[string]any{"installations": []any{
			map[string]any{"vendor": "Trend Micro", "product": "Apex Central", "version": version},
		}})
		require.NoError(t, err)
		assert.Equal(t, want, reasons, version)
	}
}
