package house_test

import (
	"compress/gzip"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/cve"
)

// TestNamedAffectedCVE asks every statement of the corpus about the versions that it names as
// affected: the versions alone, and the included ends of ranges. None may be cleared, but for
// a few ranges that end below their own beginning: "2.3.0 to before 2.3.0b4" says the start of
// the branch with 2.3.0.
func TestNamedAffectedCVE(t *testing.T) {
	f, err := os.Open(corpusFile(t, "cve-2024.jsonl.gz"))
	require.NoError(t, err)
	defer f.Close()
	corpus, err := gzip.NewReader(f)
	require.NoError(t, err)
	asked, cleared := 0, 0
	for a, err := range advisory.Decode(corpus, advisory.DecodeOptions{File: "cve-2024.jsonl.gz"}, cve.Decoder{}) {
		require.NoError(t, err)
		for i := range a.Statements {
			s := &a.Statements[i]
			tl := advisory.Resolve(s, &a.Products[s.Products[0]], advisory.ResolveOptions{})
			if tl.Scheme == nil || !tl.Speaks() {
				continue
			}
			for version := range namedAffected(s) {
				canonical, anything := tl.Entry.Version(version)
				key, line, err := tl.Scheme.AppendKey(nil, canonical)
				if err != nil || anything {
					continue
				}
				asked++
				if out, _ := tl.At(key, line); out.Status != advisory.Affected && out.Status != advisory.Unknown {
					cleared++
					t.Logf("%s %s: %q is %s: %s", a.ID, a.Products[s.Products[0]].Name, version, out.Status, out.Rule)
				}
			}
		}
	}
	fmt.Printf("law cve-2024: named as affected %d cleared %d\n", asked, cleared)
	assert.Greater(t, asked, 90000)
	assert.LessOrEqual(t, cleared, 20)
}

// namedAffected yields the versions that a statement names as affected.
func namedAffected(s *advisory.Statement) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for i := range s.Spans {
			span := &s.Spans[i]
			if span.Status != advisory.Affected || len(span.Changes) > 0 {
				continue
			}
			texts := []string{span.Through}
			switch {
			case !span.IsRange() && !strings.ContainsAny(span.Version, "<>=,"):
				texts = append(texts, span.Version)
			case span.From != span.Before && span.From != "0" && strings.Trim(span.From, "0123456789.") == "":
				texts = append(texts, span.From)
			}
			for _, text := range texts {
				if text = strings.TrimSpace(text); text != "" && !yield(text) {
					return
				}
			}
		}
	}
}
