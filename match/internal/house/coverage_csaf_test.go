package house_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/csaf"
	"github.com/affected-go/affected/match"
)

// TestCoverageCSAF decodes the corpus and counts how many of the entries of product_status are
// decided: their versions could be read. Those that hang on a condition in words, which whoever
// asks has to judge, are among them and counted apart.
func TestCoverageCSAF(t *testing.T) {
	f, err := os.Open(corpusFile(t, "cisa-csaf.jsonl.gz"))
	require.NoError(t, err)
	defer f.Close()
	corpus, err := gzip.NewReader(f)
	require.NoError(t, err)
	lines := bufio.NewScanner(corpus)
	lines.Buffer(nil, 64<<20)
	documents, entries, decided, worded, problems := 0, 0, 0, 0, 0
	codes, unread := map[string]int{}, map[string]bool{}
	for lines.Scan() {
		var line struct {
			Doc json.RawMessage `json:"doc"`
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &line))
		for a, err := range advisory.Decode(bytes.NewReader(line.Doc), advisory.DecodeOptions{}, csaf.Decoder{}) {
			require.NoError(t, err)
			documents++
			for _, p := range a.Problems {
				codes[p.Code]++
				if !p.Warning {
					problems++
				}
			}
			said := entriesOf(a, unread)
			var raw struct {
				Vulnerabilities []struct {
					Status map[string][]string `json:"product_status"`
				} `json:"vulnerabilities"`
			}
			require.NoError(t, json.Unmarshal(line.Doc, &raw))
			for i, v := range raw.Vulnerabilities {
				for group, ids := range v.Status {
					for j := range ids {
						entries++
						switch said[fmt.Sprintf("/vulnerabilities/%d/product_status/%s/%d", i, group, j)] {
						case entryDecided:
							decided++
						case entryWorded:
							decided++
							worded++
						}
					}
				}
			}
		}
	}
	require.NoError(t, lines.Err())
	fmt.Printf("coverage cisa-csaf: entries %d decided %d\n", entries, decided)
	fmt.Printf("figures cisa-csaf: documents %d, decided %.1f %%, without a condition in words %d (%.1f %%), problems %d, codes %v\n",
		documents, percent(decided, entries), decided-worded, percent(decided-worded, entries), problems, codes)
	assert.Equal(t, 2383, documents)
	assert.Equal(t, 43356, entries)
	assert.Zero(t, problems, "every document holds to the schema")
	assert.Greater(t, percent(decided, entries), 98.0)
	for text := range unread { // shown with -v
		t.Log(text)
	}
}

// What is known of an entry of product_status.
const (
	entryWorded  = 1
	entryDecided = 2
)

// entriesOf returns what is known of the entries of a document by their pointers, and adds the
// texts that could not be read.
func entriesOf(a *advisory.Advisory, unread map[string]bool) map[string]int {
	known := map[string]int{}
	for i := range a.Statements {
		s := &a.Statements[i]
		for _, r := range s.Remediations {
			if r.Category == "recommended" {
				known[r.Pos.Pointer] = entryDecided
			}
		}
		timeline := advisory.Resolve(s, &a.Products[s.Products[0]], advisory.ResolveOptions{})
		broken := map[string]bool{}
		for _, p := range timeline.Problems {
			broken[p.Pos.Pointer] = broken[p.Pos.Pointer] || !p.Warning
		}
		worded := map[int]bool{}
		for _, seg := range timeline.Segments {
			worded[seg.Span] = worded[seg.Span] || seg.If != ""
		}
		if timeline.Other.If != "" {
			worded[timeline.Other.Span] = true
		}
		for j := range s.Spans {
			span := &s.Spans[j]
			switch at := span.Pos.Pointer; {
			case broken[at]:
				unread[span.Version] = true
			case worded[j]:
				known[at] = entryWorded
				unread[span.Version] = true
			default:
				known[at] = entryDecided
			}
		}
	}
	return known
}

// TestCorpusCSAFAnswers asks each document of the corpus about the versions that it names one by
// one, and about some version where it means all: the answer is what the document says, or that
// the product cannot be told.
func TestCorpusCSAFAnswers(t *testing.T) {
	f, err := os.Open(corpusFile(t, "cisa-csaf.jsonl.gz"))
	require.NoError(t, err)
	defer f.Close()
	corpus, err := gzip.NewReader(f)
	require.NoError(t, err)
	lines := bufio.NewScanner(corpus)
	lines.Buffer(nil, 64<<20)
	asked, agreed, unknown := 0, 0, 0
	for lines.Scan() {
		var line struct {
			Doc json.RawMessage `json:"doc"`
		}
		require.NoError(t, json.Unmarshal(lines.Bytes(), &line))
		for a, err := range advisory.Decode(bytes.NewReader(line.Doc), advisory.DecodeOptions{}, csaf.Decoder{}) {
			require.NoError(t, err)
			m, err := match.Compile(a)
			require.NoError(t, err)
			for i := range a.Statements {
				s := &a.Statements[i]
				p := &a.Products[s.Products[0]]
				if p.Name == "" || s.Where.Op != advisory.OpAlways {
					continue
				}
				for j := range s.Spans {
					version := "1.2.3"
					if span := &s.Spans[j]; span.Hint == advisory.HintExact {
						version = span.Version
					} else if span.Version != "vers:all/*" && span.Version != "*" {
						continue
					}
					in := &match.Installation{Vendor: p.Vendor, Product: p.Name, Version: version}
					asked++
					switch got := m.Finding(in, a.Vulnerabilities[s.Vulnerability].ID).Verdict; {
					case got.Status == s.Spans[j].Status:
						agreed++
					case got.Reason == advisory.ProductUncertain:
						unknown++
					default:
						t.Errorf("%s: %s %s is %s, the document says %s", a.ID, p.Name, version, got, s.Spans[j].Status)
					}
				}
			}
		}
	}
	require.NoError(t, lines.Err())
	fmt.Printf("corpus cisa-csaf: asked %d agreed %d product uncertain %d\n", asked, agreed, unknown)
	assert.Greater(t, asked, 10_000)
}
