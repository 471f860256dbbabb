package house_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/csaf"
	"github.com/affected-go/affected/advisory/cve"
	"github.com/affected-go/affected/advisory/osv"
	"github.com/affected-go/affected/match"
)

// TestCompiledCorpora compiles the three corpora together and prints what that takes.
func TestCompiledCorpora(t *testing.T) {
	require.NotNil(t, loadCorpora(t))
}

// TestCompiledNames: the usual question about names, which takes short cuts, has the findings of the
// question about every status.
func TestCompiledNames(t *testing.T) {
	m := loadCorpora(t)
	every, err := m.With(match.AskOptions{Want: advisory.SetOf(advisory.Affected, advisory.UnderInvestigation, advisory.Unknown,
		advisory.NotAffected, advisory.Fixed)})
	require.NoError(t, err)
	rows, found := nameRows(namesOf(t, m), 2000), 0
	for i := range rows {
		in := &rows[i]
		var want []match.Finding
		for f := range every.Findings(in) {
			if !f.Verdict.Clear() {
				want = append(want, f)
			}
		}
		for range 3 { // what many statements are about is merged when it is asked for again
			require.Equal(t, want, m.Append(nil, in), "%s | %s, %s", in.Vendor, in.Product, in.Version)
		}
		found += len(want)
	}
	require.Greater(t, found, len(rows))
}

// corpora is the matcher of loadCorpora.
var corpora struct {
	once   sync.Once
	loaded *match.Matcher
}

// loadCorpora returns the matcher of the three corpora, compiled and loaded once for all tests.
func loadCorpora(t testing.TB) *match.Matcher {
	names := []string{"osv.jsonl.gz", "cve-2024.jsonl.gz", "cisa-csaf.jsonl.gz"}
	for _, name := range names {
		corpusFile(t, name)
	}
	corpora.once.Do(func() { corpora.loaded = compileCorpora(t, names) })
	require.NotNil(t, corpora.loaded, "the test that asked first has failed")
	return corpora.loaded
}

func compileCorpora(t testing.TB, names []string) *match.Matcher {
	b := match.NewBuilder(match.Options{})
	documents := 0
	var took time.Duration
	for _, name := range names {
		lines := osvCorpus(t, name)
		for i, line := range lines {
			var wrapped struct{ Doc json.RawMessage } // as the corpus of CISA has them
			if json.Unmarshal(line, &wrapped) == nil && wrapped.Doc != nil {
				lines[i] = wrapped.Doc
			}
		}
		text := bytes.NewReader(bytes.Join(lines, []byte{'\n'}))
		for a, err := range advisory.Decode(text, advisory.DecodeOptions{File: name}, cve.Decoder{}, osv.Decoder{}, csaf.Decoder{}) {
			if err != nil {
				continue // the tests of each corpus count these
			}
			start := time.Now()
			require.NoError(t, b.Add(a))
			took += time.Since(start)
			documents++
		}
	}
	start := time.Now()
	m, err := b.Build()
	require.NoError(t, err)
	took += time.Since(start)
	fmt.Printf("compiled: built from %d documents in %s, %.1f us a document\n", documents, took.Round(time.Millisecond),
		float64(took.Microseconds())/float64(documents))
	return measured(t, "all corpora", m)
}
