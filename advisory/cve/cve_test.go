package cve_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/cve"
	"github.com/affected-go/affected/advisory/internal/jsontest"
	"github.com/affected-go/affected/advisory/jsonpos"
)

var update = flag.Bool("update", false, "write the facts of testdata anew")

// decode reads a text that holds one record.
func decode(t testing.TB, text string) *advisory.Advisory {
	t.Helper()
	doc, err := jsonpos.Parse([]byte(text), jsonpos.Limits{})
	require.NoError(t, err)
	require.True(t, cve.Decoder{}.Sniff(doc))
	a, err := cve.Decoder{}.Decode(doc, advisory.DecodeOptions{File: "record.json"})
	require.NoError(t, err)
	return a
}

// record wraps the text of `affected` into a record.
func record(affected string) string {
	return `{"dataType":"CVE_RECORD","cveMetadata":{"cveId":"CVE-2099-1","assignerShortName":"acme","state":"PUBLISHED"},` +
		`"containers":{"cna":{"affected":` + affected + `}}}`
}

// TestRecords compares all that comes of the records of testdata with the facts beside them.
// After a wanted change: go test ./advisory/cve -update
func TestRecords(t *testing.T) { jsontest.Golden(t, cve.Decoder{}, *update) }

// TestPositions checks that each pointer leads to where the text stands.
func TestPositions(t *testing.T) {
	text, err := os.ReadFile("testdata/versions.json")
	require.NoError(t, err)
	a := decode(t, string(text))
	require.Len(t, a.Statements, 4)
	span := a.Statements[0].Spans[0]
	assert.Equal(t, "record.json#/containers/cna/affected/0/versions/0", span.Pos.String())
	assert.True(t, bytes.HasPrefix(text[span.Pos.Offset:], []byte(`{"version": "10.2.0"`)))
	change := span.Changes[1]
	assert.True(t, bytes.HasPrefix(text[change.Pos.Offset:], []byte(`{"at": "10.2.7-h8"`)))
}

// TestSniff takes records in any order of members, and nothing else.
func TestSniff(t *testing.T) {
	for text, want := range map[string]bool{
		`{"containers":{},"cveMetadata":{},"dataType":"CVE_RECORD"}`: true,
		`{"cveMetadata":{}}`:                                      true,
		`{"dataType":"CVE_RECORD"}`:                               true,
		`{"data_type":"CVE","CVE_data_meta":{"ID":"CVE-2019-1"}}`: false,
		`{"id":"GHSA-1","affected":[]}`:                           false,
		`{"dataType":7}`:                                          false,
		`[]`:                                                      false,
		`"cveMetadata"`:                                           false,
	} {
		doc, err := jsonpos.Parse([]byte(text), jsonpos.Limits{})
		require.NoError(t, err)
		assert.Equal(t, want, cve.Decoder{}.Sniff(doc), text)
	}
	assert.Equal(t, "cve", cve.Decoder{}.Format())
}

// TestUnreadNeverClears is the safety law: whatever member of an entry cannot be read,
// nothing is called fixed or not affected because of it.
func TestUnreadNeverClears(t *testing.T) {
	const good = `[{"vendor":"Acme","product":"Gateway","platforms":["Windows"],"defaultStatus":"unaffected",` +
		`"versions":[{"version":"1.0","status":"affected","lessThan":"2.0","versionType":"custom"}]}]`
	resolve := func(text string) advisory.Outcome {
		a := decode(t, record(text))
		require.NotEmpty(t, a.Statements, text)
		timeline := advisory.Resolve(&a.Statements[0], &a.Products[0], advisory.ResolveOptions{})
		key, n, err := timeline.Scheme.AppendKey(nil, "3.0")
		require.NoError(t, err)
		out, _ := timeline.At(key, n)
		return out
	}
	require.Equal(t, advisory.Fixed, resolve(good).Status)
	for _, c := range []struct{ old, new string }{
		{`"Acme"`, `{}`},
		{`"Gateway"`, `[]`},
		{`["Windows"]`, `"Windows"`},
		{`["Windows"]`, `["Windows",true]`},
		{`"unaffected"`, `"fine"`},
		{`"unaffected"`, `false`},
		{`"1.0"`, `{}`},
		{`"1.0"`, `""`},
		{`"2.0"`, `[]`},
		{`"2.0"`, `""`},
		{`"2.0"`, `"2.0","lessThan":"9"`},
		{`"2.0"`, `"2.0","lessThanOrEqual":"2.0"`},
		{`"custom"`, `["custom"]`},
		{`"versions":[`, `"versions":[null,`},
		{`"versions":[`, `"versions":["2.0 to 4.0",`},
		{`"versions":[`, `"versions":[],"versions":[`},
		{`"lessThan"`, `"changes":{},"lessThan"`},
		{`"lessThan"`, `"changes":[{"at":["1.5"],"status":"affected"}],"lessThan"`},
		{`"vendor"`, `"cpes":["cpe:2.3:a:acme:gateway:*:*:*:*:*:*:*:*",5],"vendor"`},
	} {
		bad := strings.Replace(good, c.old, c.new, 1)
		require.NotEqual(t, good, bad, c.old)
		assert.Equal(t, advisory.Unknown, resolve(bad).Status, bad)
	}
}

// TestLimits refuses what would become too much, instead of taking a part for the whole.
func TestLimits(t *testing.T) {
	version := `{"version":"1","status":"affected"}`
	entry := func(versions int) string {
		return `{"vendor":"A","product":"B","versions":[` + strings.TrimSuffix(strings.Repeat(version+",", versions), ",") + `]}`
	}
	for name, affected := range map[string]string{
		"spans":    `[` + entry(100) + `]`,
		"products": `[` + strings.Repeat(entry(1)+",", 49) + entry(1) + `]`,
		"changes":  `[{"vendor":"A","product":"B","versions":[{"version":"1","status":"affected","changes":[` + strings.TrimSuffix(strings.Repeat(`{"at":"2","status":"unaffected"},`, 98), ",") + `]}]}]`,
	} {
		doc, err := jsonpos.Parse([]byte(record(affected)), jsonpos.Limits{})
		require.NoError(t, err)
		_, err = cve.Decoder{}.Decode(doc, advisory.DecodeOptions{Items: 101})
		assert.NoError(t, err, name)
		a, err := cve.Decoder{}.Decode(doc, advisory.DecodeOptions{Items: 99})
		assert.ErrorIs(t, err, advisory.ErrLimit, name)
		assert.Nil(t, a, name)
	}
}

// TestHostile reads texts that were made to cost much.
func TestHostile(t *testing.T) {
	jsontest.CheckHostile(t, cve.Decoder{}, []jsontest.Hostile{
		{Name: "no JSON", Text: "CVE-2099-1: Gateway before 2.0", Err: advisory.ErrSyntax},
		{Name: "another format", Text: `{"document":{"category":"csaf_base"}}`, Err: advisory.ErrFormat},
		{Name: "truncated", Text: record(`[{"vendor":"Acme"}]`)[:150], Err: advisory.ErrSyntax},
		{Name: "deep", Text: record(strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)), Err: advisory.ErrLimit},
		{Name: "a long version", Text: record(`[{"vendor":"Acme","product":"Gateway","versions":[{"version":"` + strings.Repeat("1.", 1<<19) + `","status":"affected"}]}]`)},
		{Name: "many names of one kind", Text: record(`[{"vendor":"Acme","product":"Gateway","cpes":["` + strings.Repeat(`cpe:/a:x:y","`, 50_000) + `"]}]`)},
		{Name: "nothing but empty entries", Text: record(`[` + strings.Repeat(`{},`, 50_000) + `{}]`)},
		{Name: "nothing but wrong entries", Text: record(`[` + strings.Repeat(`5,`, 50_000) + `5]`)},
	})
}

// TestShared makes sure that decoders can be used at the same time.
func TestShared(t *testing.T) {
	text, err := os.ReadFile("testdata/join.json")
	require.NoError(t, err)
	want := jsontest.Facts(decode(t, string(text)))
	for range 4 {
		t.Run("one of them", func(t *testing.T) {
			t.Parallel()
			for range 50 {
				assert.Equal(t, want, jsontest.Facts(decode(t, string(text))))
			}
		})
	}
}
