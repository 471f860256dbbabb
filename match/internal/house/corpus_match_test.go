package house_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/osv"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
)

// A packageCorpus is the corpus of OSV documents and package coordinates.
type packageCorpus struct {
	advisories []*advisory.Advisory
	texts      []string // purls
	installed  []match.Installation
}

func readPackages(t testing.TB) *packageCorpus {
	c := &packageCorpus{}
	docs := bytes.Join(osvCorpus(t, "osv.jsonl.gz"), []byte("\n"))
	for a, err := range advisory.Decode(bytes.NewReader(docs), advisory.DecodeOptions{}, osv.Decoder{}) {
		require.NoError(t, err)
		c.advisories = append(c.advisories, a)
	}
	for _, line := range osvCorpus(t, "inventory-100k.jsonl.gz") {
		var row struct{ PURL string }
		require.NoError(t, json.Unmarshal(line, &row))
		u, _, err := purl.ParseLenient(row.PURL)
		require.NoError(t, err)
		c.texts, c.installed = append(c.texts, row.PURL), append(c.installed, match.Installation{PURL: u})
	}
	return c
}

// TestCorpusPackages: the usual question, which takes short cuts, has the findings of the
// question about every status, and the loaded matcher those of the built one.
func TestCorpusPackages(t *testing.T) {
	c := readPackages(t)
	m, err := match.Compile(c.advisories...)
	require.NoError(t, err)
	var file bytes.Buffer
	_, err = m.WriteTo(&file)
	require.NoError(t, err)
	loaded, err := match.Load(file.Bytes(), match.Options{})
	require.NoError(t, err)
	every, err := m.With(match.AskOptions{Want: advisory.SetOf(advisory.Affected, advisory.UnderInvestigation, advisory.Unknown,
		advisory.NotAffected, advisory.Fixed)})
	require.NoError(t, err)
	var usual, all, again []match.Finding
	for i := range c.installed {
		in := &c.installed[i]
		usual, all, again = m.Append(usual[:0], in), every.Append(all[:0], in), loaded.Append(again[:0], in)
		n := 0
		for _, f := range all {
			if !f.Verdict.Clear() {
				require.Less(t, n, len(usual), c.texts[i])
				require.Equal(t, f, usual[n], c.texts[i])
				n++
			}
		}
		require.Len(t, usual, n, c.texts[i])
		require.Len(t, again, n, c.texts[i])
		for j := range usual {
			require.Equal(t, usual[j].Vulnerability, again[j].Vulnerability, c.texts[i])
			require.Equal(t, usual[j].Verdict, again[j].Verdict, c.texts[i])
			require.Equal(t, usual[j].Fix, again[j].Fix, c.texts[i])
		}
	}
}
