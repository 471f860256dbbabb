package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/match"
)

func TestRun(t *testing.T) {
	var out strings.Builder
	require.NoError(t, run(&out, 20))
	assert.Equal(t, "20 databases, 20 unmapped, 0 wrong answers\n", out.String())
}

// TestReplace spoils the bytes as soon as they are released, which the race detector sees when
// anybody still reads them, and the answers show.
func TestReplace(t *testing.T) {
	name := filepath.Join(t.TempDir(), "db")
	var db current
	assert.False(t, db.ask(func(*match.Matcher) {}), "there is none yet")
	var released atomic.Int64
	load := func(revision int) []byte {
		require.NoError(t, write(name, revision))
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		require.NoError(t, db.replace(data, func() { clear(data); released.Add(1) }))
		return data
	}
	load(1)
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			good := true
			for good && db.ask(func(m *match.Matcher) { good = consistent(m) }) {
			}
			assert.True(t, good, "an answer that is of no revision")
		})
	}
	for revision := 2; revision <= 30; revision++ {
		load(revision)
	}
	db.close()
	readers.Wait()
	assert.Equal(t, int64(30), released.Load())

	data := load(31)
	db.ask(func(m *match.Matcher) {
		load(32)
		assert.True(t, consistent(m), "the one that was replaced is there as long as it is asked")
		assert.Equal(t, int64(30), released.Load())
		assert.NotZero(t, data[0])
	})
	assert.Equal(t, int64(31), released.Load())
	assert.Zero(t, data[0])

	broken := bytes.Repeat([]byte{1}, 100)
	assert.ErrorIs(t, db.replace(broken, func() { clear(broken) }), match.ErrFile)
	assert.Zero(t, broken[0], "what is no database is released at once")
	assert.True(t, db.ask(func(m *match.Matcher) { assert.True(t, consistent(m)) }), "and the one before it stays")
	db.close()
	db.close()
	assert.Equal(t, int64(32), released.Load())
}
