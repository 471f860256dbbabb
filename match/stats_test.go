package match_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// TestStats counts what a matcher holds, made and loaded.
func TestStats(t *testing.T) {
	withdrawn := doc("B", "v", advisory.RankVendor, 1, advisory.Affected, "*")
	withdrawn.Withdrawn = time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	other := doc("C", "v", advisory.RankVendor, 1, advisory.Affected, "1.0")
	other.Vulnerabilities[0].ID = "CVE-2099-8"
	m := compile(t, doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*"), withdrawn, other)
	want := match.Stats{Documents: 3, Dropped: 1, Vulnerabilities: 2, Claims: 3}
	assert.Equal(t, want, m.Stats())
	var file bytes.Buffer
	_, err := m.WriteTo(&file)
	require.NoError(t, err)
	loaded, err := match.Load(file.Bytes(), match.Options{})
	require.NoError(t, err)
	s := loaded.Stats()
	assert.Positive(t, s.MatchingBytes)
	assert.Positive(t, s.DocumentBytes)
	assert.Equal(t, file.Len(), s.MatchingBytes+s.DocumentBytes)
	assert.Positive(t, s.Readings)
	want.Readings, want.MatchingBytes, want.DocumentBytes = s.Readings, s.MatchingBytes, s.DocumentBytes
	assert.Equal(t, want, s)
	assert.Equal(t, match.Stats{}, compile(t).Stats())
}
