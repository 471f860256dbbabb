package house_test

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/csaf"
	"github.com/affected-go/affected/advisory/cve"
	"github.com/affected-go/affected/advisory/osv"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
)

// TestCorpusReplay takes a fifth of the documents of each corpus: evidence is the same before
// and after the matcher was loaded, and the documents of two loaded halves compile to the whole, to
// the byte, though they are packed.
func TestCorpusReplay(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles 15,000 documents")
	}
	whole := match.NewBuilder(match.Options{})
	halves := [2]*match.Builder{match.NewBuilder(match.Options{}), match.NewBuilder(match.Options{})}
	var asked []question
	documents := 0
	for _, name := range []string{"osv.jsonl.gz", "cve-2024.jsonl.gz", "cisa-csaf.jsonl.gz"} {
		var text bytes.Buffer
		for i, line := range osvCorpus(t, name) {
			var wrapped struct{ Doc json.RawMessage } // as the corpus of CISA has them
			if i%5 != 0 {
				continue
			}
			if json.Unmarshal(line, &wrapped) == nil && wrapped.Doc != nil {
				line = wrapped.Doc
			}
			text.Write(line)
			text.WriteByte('\n')
		}
		for a, err := range advisory.Decode(&text, advisory.DecodeOptions{File: name}, cve.Decoder{}, osv.Decoder{}, csaf.Decoder{}) {
			if err != nil {
				continue // the tests of each corpus count these
			}
			require.NoError(t, whole.Add(a))
			require.NoError(t, halves[documents%2].Add(a))
			if documents++; documents%10 == 0 {
				asked = appendQuestion(asked, a)
			}
		}
	}
	built, err := whole.Build()
	require.NoError(t, err)
	start := time.Now()
	digest := built.Digest()
	took := time.Since(start)
	form := sha256.New()
	_, err = built.WriteTo(form)
	require.NoError(t, err)
	loaded := reloaded(t, built, match.Options{})
	require.Equal(t, digest, loaded.Digest())
	for _, q := range asked {
		before, err := json.Marshal(built.Explain(&q.in, q.id))
		require.NoError(t, err)
		after, err := json.Marshal(loaded.Explain(&q.in, q.id))
		require.NoError(t, err)
		require.Equal(t, string(before), string(after), "evidence before and after loading")
	}
	fmt.Printf("replay: %d documents, digest made in %s; the evidence of %d answers is the same before and after loading\n",
		documents, took.Round(time.Millisecond), len(asked))

	again := match.NewBuilder(match.Options{Pack: true})
	took = 0
	for _, half := range halves {
		m, err := half.Build()
		require.NoError(t, err)
		m = reloaded(t, m, match.Options{})
		start := time.Now()
		require.NoError(t, again.AddAll(t.Context(), m.Advisories()))
		took += time.Since(start)
	}
	start = time.Now()
	merged, err := again.Build()
	require.NoError(t, err)
	require.Equal(t, digest, merged.Digest(), "two loaded halves are the whole")
	mergedForm := sha256.New()
	_, err = merged.WriteTo(mergedForm)
	require.NoError(t, err)
	require.Equal(t, form.Sum(nil), mergedForm.Sum(nil))
	fmt.Printf("replay: two loaded halves merged, documents read in %s, built in %s\n", took.Round(time.Millisecond), time.Since(start).Round(time.Millisecond))
}

// A question is an installation and a vulnerability.
type question struct {
	in match.Installation
	id string
}

// appendQuestion asks about the first product of a document, in the first version that it names.
func appendQuestion(list []question, a *advisory.Advisory) []question {
	for i := range a.Statements {
		s := &a.Statements[i]
		for _, n := range s.Products {
			p := &a.Products[n]
			in := match.Installation{Vendor: p.Vendor, Product: p.Name}
			if len(p.PURLs) > 0 {
				in.PURL, _, _ = purl.ParseLenient(p.PURLs[0])
			}
			for _, span := range s.Spans {
				in.Version = cmp.Or(in.Version, span.From, span.Before, span.Through, span.Version)
			}
			return append(list, question{in, a.Vulnerabilities[s.Vulnerability].ID})
		}
	}
	return list
}
