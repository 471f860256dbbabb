package house_test

import (
	"cmp"
	"compress/gzip"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/cve"
)

// TestCoverageCVE resolves every statement of the corpus and counts the records of which
// all versions could be read, a part, or none.
func TestCoverageCVE(t *testing.T) {
	f, err := os.Open(corpusFile(t, "cve-2024.jsonl.gz"))
	require.NoError(t, err)
	defer f.Close()
	corpus, err := gzip.NewReader(f)
	require.NoError(t, err)
	var records, whole, part, none int
	why := map[string]int{}
	for a, err := range advisory.Decode(corpus, advisory.DecodeOptions{File: "cve-2024.jsonl.gz"}, cve.Decoder{}) {
		require.NoError(t, err)
		if a.State == advisory.Rejected {
			continue
		}
		records++
		read, unread, commits := 0, 0, 0
		for i := range a.Statements {
			s := &a.Statements[i]
			for _, p := range s.Products {
				r, u, code := readSpans(s, &a.Products[p])
				if code == commitsOnly { // counts when nothing else speaks
					commits++
					continue
				}
				read, unread = read+r, unread+u
				if u > 0 {
					why[code]++
				}
			}
		}
		switch {
		case unread == 0 && read > 0 || commits > 0 && read+unread == 0:
			whole++
		case read > 0:
			part++
		default:
			none++
		}
	}
	fmt.Printf("coverage cve-2024: records %d whole %d part %d none %d\n", records, whole, part, none)
	fmt.Printf("figures cve-2024: whole %.1f %%, whole or in part %.1f %%\n", percent(whole, records), percent(whole+part, records))
	codes := slices.SortedFunc(func(yield func(string) bool) {
		for c := range why {
			if !yield(c) {
				return
			}
		}
	}, func(a, b string) int { return cmp.Or(why[b]-why[a], strings.Compare(a, b)) })
	for _, c := range codes[:min(len(codes), 12)] {
		fmt.Printf("figures cve-2024: unread because of %s: %d statements\n", c, why[c])
	}
	assert.Greater(t, percent(whole, records), 87.0)
	assert.Greater(t, percent(whole+part, records), 90.0)
}

// commitsOnly marks a statement that names commits, which equality decides.
const commitsOnly = "commits-only"

// readSpans counts the spans of a statement that could be read and those that could not,
// with the code of the first problem.
func readSpans(s *advisory.Statement, p *advisory.Product) (read, unread int, code string) {
	tl := advisory.Resolve(s, p, advisory.ResolveOptions{})
	if !tl.Speaks() {
		return 0, 0, commitsOnly
	}
	if tl.Scheme == nil {
		return 0, len(s.Spans), "no-scheme"
	}
	if len(s.Spans) == 0 && s.Default > advisory.DefaultUnknown {
		return 1, 0, ""
	}
	read = len(s.Spans)
	for _, problem := range tl.Problems {
		if problem.Warning {
			continue
		}
		unread++
		if problem.Code != "bound-imprecise" { // of which a part is read
			read--
		}
		code = cmp.Or(code, problem.Code)
	}
	return max(0, read), unread, code
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(max(1, of)) }
