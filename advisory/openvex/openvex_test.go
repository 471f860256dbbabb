package openvex_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/internal/jsontest"
	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/advisory/openvex"
)

var update = flag.Bool("update", false, "write the facts of testdata anew")

// document wraps the text of statements into a document.
func document(statements string) string {
	return `{"@context":"https://openvex.dev/ns/v0.2.0","@id":"x","author":"Acme","timestamp":"2099-01-01T00:00:00Z","version":1,"statements":` +
		statements + `}`
}

// about is the text of a statement about products.
func about(products, status string) string {
	return `{"vulnerability":{"name":"CVE-2099-1"},"products":` + products + `,"status":"` + status + `"}`
}

// TestDocuments compares all that comes of the documents of testdata with the facts beside
// them. After a wanted change: go test ./advisory/openvex -update
func TestDocuments(t *testing.T) { jsontest.Golden(t, openvex.Decoder{}, *update) }

// FuzzDecode reads anything.
func FuzzDecode(f *testing.F) {
	jsontest.Fuzz(f, openvex.Decoder{}, full, document(`[{"vulnerability":"\ud800","products":["cpe:/","pkg:"," "]}]`))
}

const full = `{"@context":"https://openvex.dev/ns/v0.2.0","@id":"x","author":"Acme","role":"x","timestamp":"2099-01-01T00:00:00Z",
	"last_updated":"2099-01-01T00:00:00Z","version":1,"supplier":"Acme","tooling":"x","statements":[
	{"@id":"x","version":1,"vulnerability":{"@id":"x","name":"CVE-2099-1","description":"x","aliases":["GHSA-1"]},
	"timestamp":"2099-01-01T00:00:00Z","last_updated":"2099-01-01T00:00:00Z","products":[
	{"@id":"pkg:npm/gate","identifiers":{"purl":"pkg:npm/gate","cpe22":"cpe:/a:acme:gate","cpe23":"cpe:2.3:a:acme:gate:*:*:*:*:*:*:*:*"},
	"hashes":{"sha-256":"ab"},"supplier":"Acme","subcomponents":[{"@id":"pkg:npm/door"}]}],
	"status":"affected","action_statement":"x","action_statement_timestamp":"2099-01-01T00:00:00Z","status_notes":"x","supplier":"x"}]}`

// TestAnyWrongType replaces every value of a document, one at a time, by values of other
// types. What the document calls affected must never come out clear.
func TestAnyWrongType(t *testing.T) {
	d := openvex.Decoder{}
	require.Equal(t, advisory.Affected, jsontest.StatusOf(t, d, full, "1.0.0"))
	n := 0
	require.NoError(t, jsontest.Mutants([]byte(full), func(m jsontest.Mutant) {
		n++
		status := jsontest.StatusOf(t, d, string(m.Text), "1.0.0")
		assert.Contains(t, []advisory.Status{advisory.Affected, advisory.Unknown}, status, "%s was replaced in %s", m.Pointer, m.Text)
	}))
	assert.Greater(t, n, 100)
	for word, want := range map[string]advisory.Status{
		"fixed": advisory.Fixed, "not_affected": advisory.NotAffected, "under_investigation": advisory.UnderInvestigation, "FIXED": advisory.Unknown,
	} {
		assert.Equal(t, want, jsontest.StatusOf(t, d, document(`[`+about(`[{"@id":"pkg:npm/gate"}]`, word)+`]`), "1.0.0"), word)
	}
}

// TestUnreadNeverClears is the safety law: whatever member of a statement cannot be read,
// nothing is called clear because of it.
func TestUnreadNeverClears(t *testing.T) {
	good := about(`[{"@id":"pkg:npm/gate"}]`, "fixed")
	require.Equal(t, advisory.Fixed, jsontest.StatusOf(t, openvex.Decoder{}, document(`[`+good+`]`), "1.0.0"))
	for _, c := range []struct{ old, new string }{
		{`"fixed"`, `"resolved"`},
		{`"fixed"`, `null`},
		{`"status"`, `"status":"affected","status"`},
		{`"pkg:npm/gate"`, `"pkg:npm"`},
		{`"pkg:npm/gate"`, `"cpe:acme"`},
		{`"pkg:npm/gate"`, `"pkg:npm/gate","subcomponents":[7]`},
		{`"pkg:npm/gate"`, `"pkg:npm/gate","subcomponents":{}`},
		{`"pkg:npm/gate"`, `"pkg:npm/gate","identifiers":["pkg:npm/gate"]`},
		{`"pkg:npm/gate"`, `"pkg:npm/gate","hashes":{"sha-256":7}`},
		{`[{"@id":"pkg:npm/gate"}]`, `[{"@id":"pkg:npm/gate"},null]`},
		{`[{"@id":"pkg:npm/gate"}]`, `{"@id":"pkg:npm/gate"}`},
		{`"status"`, `"timestamp":"soon","status"`},
		{`{"name":"CVE-2099-1"}`, `{"name":"CVE-2099-1","aliases":"GHSA-1"}`},
		{`{"name":"CVE-2099-1"}`, `null`},
	} {
		bad := strings.Replace(good, c.old, c.new, 1)
		require.NotEqual(t, good, bad, c.old)
		assert.Equal(t, advisory.Unknown, jsontest.StatusOf(t, openvex.Decoder{}, document(`[`+bad+`]`), "1.0.0"), bad)
	}
}

// TestSniff takes documents in any order of members, and nothing else.
func TestSniff(t *testing.T) {
	for text, want := range map[string]bool{
		`{"statements":[],"@context":"https://openvex.dev/ns/v0.2.0"}`: true,
		`{"@context":"https://openvex.dev/ns"}`:                        true,
		`{"@context":"https://spdx.org/rdf/3.0.1"}`:                    false,
		`{"@context":["https://openvex.dev/ns"]}`:                      false,
		`{"statements":[]}`:                                            false,
		`[]`:                                                           false,
	} {
		doc, err := jsonpos.Parse([]byte(text), jsonpos.Limits{})
		require.NoError(t, err)
		assert.Equal(t, want, openvex.Decoder{}.Sniff(doc), text)
	}
	assert.Equal(t, "openvex", openvex.Decoder{}.Format())
}

// TestLimits refuses what would become too much, instead of taking a part for the whole.
func TestLimits(t *testing.T) {
	repeat := func(text string, n int) string { return strings.TrimSuffix(strings.Repeat(text+",", n), ",") }
	for name, statements := range map[string]string{
		"statements":    `[` + repeat(about(`[{"@id":"pkg:npm/gate"}]`, "fixed"), 40) + `]`,
		"products":      `[` + about(`[`+repeat(`{"@id":"pkg:npm/gate"}`, 100)+`]`, "fixed") + `]`,
		"subcomponents": `[` + about(`[{"@id":"pkg:npm/gate","subcomponents":[`+repeat(`{"@id":"pkg:npm/gate"}`, 100)+`]}]`, "fixed") + `]`,
		"both":          `[` + strings.Replace(about(`[`+repeat(`"pkg:npm/a"`, 10)+`]`, "fixed"), `"status"`, `"subcomponents":[`+repeat(`"pkg:npm/b"`, 10)+`],"status"`, 1) + `]`,
		"aliases": `[` + strings.Replace(about(`[`+repeat(`"pkg:npm/a"`, 10)+`]`, "fixed"), `"CVE-2099-1"`, `"CVE-2099-1","aliases":[`+
			repeat(`"CVE-2099-2"`, 10)+`]`, 1) + `]`,
	} {
		doc, err := jsonpos.Parse([]byte(document(statements)), jsonpos.Limits{})
		require.NoError(t, err)
		_, err = openvex.Decoder{}.Decode(doc, advisory.DecodeOptions{Items: 400})
		assert.NoError(t, err, name)
		a, err := openvex.Decoder{}.Decode(doc, advisory.DecodeOptions{Items: 99})
		assert.ErrorIs(t, err, advisory.ErrLimit, name)
		assert.Nil(t, a, name)
	}
}

// TestHostile reads texts that were made to cost much.
func TestHostile(t *testing.T) {
	many := strings.Repeat(`"pkg:npm/gate",`, 1000) + `"pkg:npm/gate"`
	jsontest.CheckHostile(t, openvex.Decoder{}, []jsontest.Hostile{
		{Name: "no JSON", Text: "CVE-2099-1 is fixed", Err: advisory.ErrSyntax},
		{Name: "another format", Text: `{"document":{"category":"csaf_vex"}}`, Err: advisory.ErrFormat},
		{Name: "truncated", Text: document(`[]`)[:60], Err: advisory.ErrSyntax},
		{Name: "deep", Text: document(strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)), Err: advisory.ErrLimit},
		{Name: "not UTF-8", Text: document("[\"\xff\"]"), Err: advisory.ErrSyntax},
		{Name: "products times subcomponents", Text: document(`[{"vulnerability":"CVE-2099-1","status":"fixed","products":[` + many + `],"subcomponents":[` + many + `]}]`), Err: advisory.ErrLimit},
		{Name: "a byte order mark", Text: "\ufeff" + document(`[]`)},
		{Name: "no statements", Text: document(`[]`)},
		{Name: "wrong statements", Text: document(`[` + strings.Repeat(`5,`, 50_000) + `5]`)},
		{Name: "empty statements", Text: document(`[` + strings.Repeat(`{},`, 50_000) + `{}]`)},
		{Name: "a long name", Text: document(`[` + about(`["pkg:npm/`+strings.Repeat("a", 1<<20)+`"]`, "fixed") + `]`)},
	})
}

// TestPositions checks that pointers and offsets lead to where the text stands.
func TestPositions(t *testing.T) {
	text, err := os.ReadFile("testdata/products.json")
	require.NoError(t, err)
	for a, err := range advisory.Decode(bytes.NewReader(text), advisory.DecodeOptions{File: "doc.json"}, openvex.Decoder{}) {
		require.NoError(t, err)
		at := a.Statements[1].Spans[0].Pos
		assert.Equal(t, "doc.json#/statements/0/products/0/subcomponents/0", at.String())
		assert.True(t, bytes.HasPrefix(text[at.Offset:], []byte(`{"@id": "pkg:apk/alpine/libgate@3.0.8-r3"}`)))
	}
}

func BenchmarkDecode(b *testing.B) {
	text, err := os.ReadFile("testdata/products.json")
	require.NoError(b, err)
	jsontest.Benchmark(b, openvex.Decoder{}, text, func() any { return new(partial) })
}

// A partial is what a program that wants the statements only would read.
type partial struct {
	Author, Timestamp string
	Statements        []struct {
		Vulnerability struct {
			Name    string
			Aliases []string
		}
		Products []struct {
			ID            string `json:"@id"`
			Identifiers   map[string]string
			Subcomponents []struct {
				ID string `json:"@id"`
			}
		}
		Status, Justification, Timestamp string
	}
}
