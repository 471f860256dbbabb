package match_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// merged compiles the documents of several matchers.
func merged(t *testing.T, list ...*match.Matcher) *match.Matcher {
	t.Helper()
	b := match.NewBuilder(match.Options{})
	for _, m := range list {
		require.NoError(t, b.AddAll(t.Context(), m.Advisories()))
	}
	m, err := b.Build()
	require.NoError(t, err)
	return m
}

func written(t *testing.T, m *match.Matcher) []byte {
	t.Helper()
	var b bytes.Buffer
	_, err := m.WriteTo(&b)
	require.NoError(t, err)
	return b.Bytes()
}

// TestMerge: compiled sets that are merged are the compiled union to the byte, however the
// documents were parted, and whether the sets were written meanwhile. What is in two of them
// counts once.
func TestMerge(t *testing.T) {
	r := questioner{rand.New(rand.NewPCG(51, 52))}
	for n := range 50 {
		q := r.question(6, 3, true)
		var docs []*advisory.Advisory
		for i, d := range q.docs {
			a := d.advisory()
			if i%3 == 0 {
				a.Pos = advisory.Pos{}
			}
			docs = append(docs, a)
		}
		if n%2 == 0 {
			docs = append(docs, variety()...)
		}
		parts := make([][]*advisory.Advisory, 1+r.IntN(4))
		for _, a := range docs {
			i := r.IntN(len(parts))
			parts[i] = append(parts[i], a)
			if j := r.IntN(len(parts)); j != i && r.in(4) {
				parts[j] = append(parts[j], a)
			}
		}
		var sets []*match.Matcher
		for _, part := range parts {
			m := compile(t, part...)
			if r.in(2) {
				m = reload(t, m)
			}
			sets = append(sets, m)
		}
		want := compile(t, docs...)
		r.Shuffle(len(sets), func(i, j int) { sets[i], sets[j] = sets[j], sets[i] })
		got := merged(t, sets...)
		require.Equal(t, want.Digest(), got.Digest())
		require.True(t, bytes.Equal(written(t, want), written(t, got)))
		in := q.in.installation()
		wanted, e := ask(t, want, match.AskOptions{At: day(q.day)}).Explain(in, q.id), ask(t, got, match.AskOptions{At: day(q.day)}).Explain(in, q.id)
		require.Equal(t, wanted.String(), e.String())
	}
	assert.Equal(t, compile(t).Digest(), merged(t).Digest())
}

// TestEqualDocuments: the order of documents that differ in nothing by which they are sorted is
// of no effect, and those that are equal count once.
func TestEqualDocuments(t *testing.T) {
	one, other := belowFive(), belowFive()
	other.Statements[0].Spans[0].Before = "6"
	assert.Equal(t, written(t, compile(t, one, other)), written(t, compile(t, other, one, belowFive())))
	assert.Equal(t, 2, compile(t, one, other, belowFive(), one).Stats().Documents)
}

// TestAdvisoriesDamaged: a document that is damaged is an error, and the others come.
func TestAdvisoriesDamaged(t *testing.T) {
	_, data := compiledForm(t, variety())
	for i := len(data) - 200; i > len(data)-1000; i -= 7 {
		broken := bytes.Clone(data)
		broken[i] ^= 0x55
		match.Reseal(broken)
		m, err := match.Load(broken, match.Options{})
		require.NoError(t, err)
		n := 0
		for a, err := range m.Advisories() {
			n++
			if assert.Equal(t, err == nil, a != nil); err != nil {
				assert.ErrorIs(t, err, match.ErrFile)
			}
		}
		assert.Equal(t, 4, n)
	}
}

// A set of advisories is brought up to date with the new revisions of some, from its compiled form
// alone.
func ExampleMatcher_Advisories() {
	old, _ := match.Compile(belowFive(), apexCentral()) // or match.Load
	revised := belowFive()
	revised.Revision = "2"
	revised.Statements[0].Spans[0].Before = "4.1"

	b := match.NewBuilder(match.Options{})
	for a, err := range old.Advisories() {
		if err != nil {
			fmt.Println(err) // a document of a damaged file
		} else if a.ID != revised.ID { // the older revision is left out
			_ = b.Add(a)
		}
	}
	_ = b.Add(revised)
	m, _ := b.Build()
	fmt.Println(m.Stats().Documents, m.Check(&match.Installation{Vendor: "Example", Product: "Gateway", Version: "4.5"}, "CVE-2099-7"))
	// Output: 2 fixed
}
