package match_test

import (
	"bytes"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

func packed(t testing.TB, docs ...*advisory.Advisory) *match.Matcher {
	t.Helper()
	b := match.NewBuilder(match.Options{Pack: true})
	for _, a := range docs {
		require.NoError(t, b.Add(a))
	}
	m, err := b.Build()
	require.NoError(t, err)
	return m
}

// revised is documents that replace each other, with and without an end, and some that do not count.
func revised() []*advisory.Advisory {
	var docs []*advisory.Advisory
	for i, change := range []func(a *advisory.Advisory){
		func(a *advisory.Advisory) {},
		func(a *advisory.Advisory) { a.Revision = "2" },
		func(a *advisory.Advisory) { a.Revision, a.State = "3", advisory.Draft },
		func(a *advisory.Advisory) { a.ID, a.Supersedes = "B", []string{"C", "E"} },
		func(a *advisory.Advisory) { a.ID, a.Supersedes, a.Expires = "C", []string{"B", "D"}, day(9) },
		func(a *advisory.Advisory) { a.ID, a.Modified = "D", day(3) },
		func(a *advisory.Advisory) { a.ID, a.Published, a.Withdrawn = "E", day(2), day(4) },
		func(a *advisory.Advisory) { a.ID, a.State = "F", advisory.Rejected },
		func(a *advisory.Advisory) { a.ID, a.Publisher.Rank = "F", advisory.RankCoordinator },
		func(a *advisory.Advisory) { a.ID, a.Vulnerabilities[0].ID = "", "GHSA-2" },
		func(a *advisory.Advisory) { a.ID, a.Vulnerabilities[0].Aliases = "G", []string{"GHSA-2", "EUVD-1", ""} },
		func(a *advisory.Advisory) { a.Statements, a.Pos = nil, advisory.Pos{} },
	} {
		a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "< 2.0")
		a.Revision, a.Pos.File = "1", "a.json"
		if change(a); i%2 == 0 {
			a.Title = "another title"
		}
		docs = append(docs, a)
	}
	return docs
}

// TestPacked: packing changes no answer and no byte of the compiled form, in whatever order the
// documents come. Packed documents may be changed afterwards.
func TestPacked(t *testing.T) {
	for seed := range uint64(6) {
		docs := append(crowd(seed), revised()...)
		want, data := compiledForm(t, docs)
		random := rand.New(rand.NewPCG(seed, 27))
		random.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		docs = append(docs, docs[0], docs[len(docs)-1])
		m := packed(t, docs...)
		if seed == 0 {
			assert.Equal(t, everything(t, want), everything(t, m))
			view := match.AskOptions{At: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)}
			assert.Equal(t, everything(t, ask(t, want, view)), everything(t, ask(t, m, view)))
			for i := range docs {
				*docs[i] = advisory.Advisory{}
			}
		}
		assert.Equal(t, want.Digest(), m.Digest())
		assert.Equal(t, want.Stats(), m.Stats())
		require.True(t, bytes.Equal(data, written(t, m)), "seed %d", seed)
		again := match.NewBuilder(match.Options{Pack: random.IntN(2) == 0})
		require.NoError(t, again.AddAll(t.Context(), m.Advisories()))
		merged, err := again.Build()
		require.NoError(t, err)
		require.True(t, bytes.Equal(data, written(t, merged)), "seed %d", seed)
	}
}

// TestPackBroken: what cannot be written cannot be packed, and the others are.
func TestPackBroken(t *testing.T) {
	broken := belowFive()
	broken.Modified = time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC)
	b := match.NewBuilder(match.Options{Pack: true})
	require.ErrorIs(t, b.Add(broken), match.ErrAdvisory)
	require.ErrorIs(t, b.Add(nil), match.ErrAdvisory)
	require.NoError(t, b.Add(belowFive()))
	m, err := b.Build()
	require.NoError(t, err)
	assert.Equal(t, 1, m.Stats().Documents)
}

// brokenWriter fails after some bytes.
type brokenWriter struct{ left int }

func (w *brokenWriter) Write(p []byte) (int, error) {
	if n := min(len(p), w.left); n < len(p) {
		w.left = 0
		return n, bytes.ErrTooLarge
	}
	w.left -= len(p)
	return len(p), nil
}

// TestWriteToFails: an error of the writer comes back with the number of bytes that it took.
func TestWriteToFails(t *testing.T) {
	m, data := compiledForm(t, variety())
	for _, room := range []int{0, 1, 100, len(data) - 1} {
		n, err := m.WriteTo(&brokenWriter{room})
		require.ErrorIs(t, err, bytes.ErrTooLarge)
		assert.Equal(t, int64(room), n)
	}
}
