package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRun(t *testing.T) {
	var out strings.Builder
	require.NoError(t, run(&out))
	lines := strings.Split(out.String(), "\n")
	assert.Equal(t, "3.1 build 871  affected             fix: build 904", lines[0])
	assert.Equal(t, "3.1 build 904  fixed                fix: -", lines[1])
	assert.Equal(t, "2026           unknown (imprecise)  fix: build 904", lines[2])
	assert.Contains(t, lines[3], "3.2-915        fixed")
	assert.Contains(t, out.String(), "acme/billing (wiki/billing-releases, 2026-02-01)")
	assert.NotContains(t, out.String(), "problem:")
}
