package house_test

import (
	"bytes"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/match"
)

// reloaded returns a matcher in its compiled form, written and loaded again. The labelled
// cases are asked of it, so that they count for both.
func reloaded(t testing.TB, m *match.Matcher, opt match.Options) *match.Matcher {
	t.Helper()
	var b bytes.Buffer
	_, err := m.WriteTo(&b)
	require.NoError(t, err)
	loaded, err := match.Load(b.Bytes(), opt)
	require.NoError(t, err)
	require.NoError(t, loaded.Verify())
	return loaded
}

// measured is reloaded, and prints what the compiled form takes.
func measured(t testing.TB, name string, m *match.Matcher) *match.Matcher {
	t.Helper()
	var b bytes.Buffer
	start := time.Now()
	_, err := m.WriteTo(&b)
	require.NoError(t, err)
	wrote := time.Since(start)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start = time.Now()
	loaded, err := match.Load(b.Bytes(), match.Options{})
	took := time.Since(start)
	require.NoError(t, err)
	runtime.ReadMemStats(&after)
	require.NoError(t, loaded.Verify())
	stats := loaded.Stats()
	fmt.Printf("compiled %s: %d bytes, for matching %d, documents %d, claims %d, readings %d; written in %s, loaded in %s with %d allocations, heap %d KiB\n",
		name, b.Len(), stats.MatchingBytes, stats.DocumentBytes, stats.Claims, stats.Readings, wrote.Round(time.Millisecond),
		took.Round(100*time.Microsecond), after.Mallocs-before.Mallocs, (int64(after.HeapAlloc)-int64(before.HeapAlloc))/1024)
	return loaded
}
