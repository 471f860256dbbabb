package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRun(t *testing.T) {
	t.Chdir("../..")
	db := filepath.Join(t.TempDir(), "all.db")
	var built, messages strings.Builder
	require.NoError(t, run(t.Context(), []string{"-db", db, sampleAdvisories}, &built, &messages))
	assert.Contains(t, built.String(), "console-01\tApex Central\tCVE-2025-69258\taffected\tfix Build 7190\n")
	assert.Contains(t, messages.String(), "to find out next:")

	var loaded strings.Builder
	require.NoError(t, run(t.Context(), []string{"-db", db}, &loaded, &messages))
	assert.Equal(t, built.String(), loaded.String(), "the database says what the folders said")

	require.NoError(t, os.WriteFile(db, []byte("AFFECTED"), 0o600))
	assert.ErrorContains(t, run(t.Context(), []string{"-db", db}, &loaded, &messages), "no compiled matcher")
}

// TestMistakes: what reads nothing never looks like a scan that finds nothing.
func TestMistakes(t *testing.T) {
	t.Chdir("../..")
	empty := t.TempDir()
	letter := filepath.Join(empty, "letter.txt")
	require.NoError(t, os.WriteFile(letter, []byte("hello"), 0o600))
	for want, args := range map[string][]string{
		"no document could be read from " + empty:   {empty},
		"no document could be read from nowhere":    {"nowhere"},
		"-inventory: open nowhere.csv":              {"-inventory", "nowhere.csv"},
		"letter.txt: nothing in it could be read":   {"-inventory", letter},
		"name folders with advisories to write it":  {"-db", filepath.Join(empty, "none.db")},
		"flag provided but not defined: -inventary": {"-inventary", letter},
	} {
		var out, messages strings.Builder
		assert.ErrorContains(t, run(t.Context(), args, &out, &messages), want)
		assert.Empty(t, out.String())
	}
}

func TestCanceled(t *testing.T) {
	t.Chdir("../..")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, messages strings.Builder
	assert.ErrorIs(t, run(ctx, nil, &out, &messages), context.Canceled)
}
