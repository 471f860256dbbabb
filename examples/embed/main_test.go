package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/match"
)

// TestAsk fails with ErrStale when the catalog says something else about the product than it
// did when the database was built: go generate ./examples/embed.
func TestAsk(t *testing.T) {
	var out strings.Builder
	require.NoError(t, ask(&out, database, []string{
		"Trend Micro | Apex Central | 8.0.7007", "Trend Micro | Apex Central | 8.0.7190",
		"Trend Micro | Apex Central | 2019", "Nobody | Thing | 1",
	}))
	assert.Equal(t, `Trend Micro | Apex Central | 8.0.7007: CVE-2025-69258 affected, fix Build 7190
Trend Micro | Apex Central | 8.0.7190: no finding
Trend Micro | Apex Central | 2019: CVE-2025-69258 unknown (imprecise), fix Build 7190
Nobody | Thing | 1: nothing is known about the product
`, out.String())
	assert.ErrorIs(t, ask(&out, database[:100], nil), match.ErrFile)
	assert.ErrorContains(t, ask(&out, database, []string{"Apex Central"}), "wanted vendor | product | version")
}

func TestBuild(t *testing.T) {
	to := filepath.Join(t.TempDir(), "advisories.db")
	require.NoError(t, build(to, []string{"../check/sample/CVE-2025-69258.json"}))
	assert.FileExists(t, to)
	assert.Error(t, build(to, []string{"no such file"}))
}
