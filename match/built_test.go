package match_test

import (
	"bytes"
	"io"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
)

// crowd is documents of the random model beside those that use every part of the compiled form.
func crowd(seed uint64) []*advisory.Advisory {
	docs, r := variety(), questioner{rand.New(rand.NewPCG(seed, 26))}
	for i := range 6 {
		docs = append(docs, r.doc(i, false, 2).advisory())
	}
	return docs
}

// TestBuiltTogether: claims of a matcher that was just built, which several ask for at once while
// others write it, are those that one alone gets. It is for the race detector.
func TestBuiltTogether(t *testing.T) {
	for seed := range uint64(2) {
		docs := crowd(seed)
		alone, data := compiledForm(t, docs)
		want := everything(t, alone)
		m := compile(t, docs...)
		if seed%2 == 1 {
			m = packed(t, docs...)
		}
		var group sync.WaitGroup
		for range 3 {
			group.Go(func() { assert.Equal(t, want, everything(t, m), "seed %d", seed) })
		}
		group.Go(func() {
			var b bytes.Buffer
			_, err := m.WriteTo(&b)
			assert.NoError(t, err)
			assert.True(t, bytes.Equal(data, b.Bytes()), "seed %d", seed)
		})
		group.Go(func() { assert.Equal(t, alone.Digest(), m.Digest()) })
		group.Wait()
	}
}

// TestWriteToKeepsNothing: what is asked before and after a matcher is written is the same, and
// what it writes is.
func TestWriteToKeepsNothing(t *testing.T) {
	m, data := compiledForm(t, crowd(9))
	want := everything(t, m)
	_, err := m.WriteTo(io.Discard)
	require.NoError(t, err)
	assert.Equal(t, want, everything(t, m))
	assert.True(t, bytes.Equal(data, written(t, m)))
}
