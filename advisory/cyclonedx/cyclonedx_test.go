package cyclonedx_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/cyclonedx"
	"github.com/affected-go/affected/advisory/internal/jsontest"
	"github.com/affected-go/affected/advisory/jsonpos"
)

var update = flag.Bool("update", false, "write the facts of testdata anew")

// document wraps the text of vulnerabilities into a document about Gate 1.0.0.
func document(vulnerabilities string) string {
	return `{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"timestamp":"2099-01-01T00:00:00Z","component":{"bom-ref":"gate","name":"Gate",` +
		`"version":"1.0.0"}},"components":[{"bom-ref":"door","name":"Door","version":"1.0.0"}],"vulnerabilities":` + vulnerabilities + `}`
}

// about is the text of a vulnerability.
func about(state, affects string) string {
	return `{"id":"CVE-2099-1","analysis":{"state":"` + state + `"},"affects":` + affects + `}`
}

// TestDocuments compares all that comes of the documents of testdata with the facts beside
// them. After a wanted change: go test ./advisory/cyclonedx -update
func TestDocuments(t *testing.T) { jsontest.Golden(t, cyclonedx.Decoder{}, *update) }

// FuzzDecode reads anything.
func FuzzDecode(f *testing.F) {
	jsontest.Fuzz(f, cyclonedx.Decoder{}, full, document(`[{"id":"\ud800","affects":[{"ref":"gate"},{"ref":"door","versions":[{"range":"vers:x/<"}]}]}]`))
}

const full = `{"$schema":"x","bomFormat":"CycloneDX","specVersion":"1.6","serialNumber":"urn:uuid:1","version":1,
	"metadata":{"timestamp":"2099-01-01T00:00:00Z","supplier":{"name":"Acme"},"component":{"bom-ref":"gate","type":"application","name":"Gate","version":"1.0.0",
	"purl":"pkg:npm/gate@1.0.0","cpe":"cpe:2.3:a:acme:gate:1.0.0:*:*:*:*:*:*:*","hashes":[{"alg":"SHA-256","content":"ab"}],"swid":{"tagId":"x"},"supplier":{"name":"Acme"},"group":"x"}},
	"components":[{"bom-ref":"door","name":"Door","components":[{"bom-ref":"hinge","name":"Hinge"}]}],"services":[{"bom-ref":"api","name":"API","services":[]}],
	"vulnerabilities":[{"bom-ref":"v","id":"CVE-2099-1","source":{"name":"x","url":"x"},"references":[{"id":"GHSA-1","source":{"name":"x"}}],
	"ratings":[{"score":1,"severity":"low","method":"CVSSv31","vector":"x","source":{"name":"x"}}],"cwes":[79],"description":"x","detail":"x","recommendation":"x",
	"workaround":"x","advisories":[{"title":"x","url":"x"}],"created":"2099-01-01T00:00:00Z","published":"2099-01-01T00:00:00Z","updated":"2099-01-01T00:00:00Z",
	"analysis":{"state":"exploitable","justification":"x","response":["update"],"detail":"x","firstIssued":"2099-01-01T00:00:00Z","lastUpdated":"2099-01-01T00:00:00Z"},
	"affects":[{"ref":"gate","versions":[{"version":"1.0.0","status":"affected"},{"range":"vers:semver/>=2.0.0|<3.0.0","status":"affected"}]}]}]}`

// TestAnyWrongType replaces every value of a document, one at a time, by values of other
// types. What the document calls affected must never come out clear.
func TestAnyWrongType(t *testing.T) {
	for _, version := range []string{"1.0.0", "2.5.0"} {
		require.Equal(t, advisory.Affected, jsontest.StatusOf(t, cyclonedx.Decoder{}, full, version))
		n := 0
		require.NoError(t, jsontest.Mutants([]byte(full), func(m jsontest.Mutant) {
			n++
			status := jsontest.StatusOf(t, cyclonedx.Decoder{}, string(m.Text), version)
			assert.Contains(t, []advisory.Status{advisory.Affected, advisory.Unknown, advisory.NoStatement}, status, "%s was replaced in %s", m.Pointer, m.Text)
			if status == advisory.NoStatement { // silence only where what names the version is another value
				assert.Contains(t, m.Pointer, "/affects/0/versions", "%s", m.Text)
			}
		}))
		assert.Greater(t, n, 200)
	}
}

// TestState: analysis.state outranks the status of a version, whose default is affected.
func TestState(t *testing.T) {
	versions := `[{"ref":"gate","versions":[{"version":"1.0.0"},{"version":"1.1.0","status":"unaffected"},{"version":"1.2.0","status":"unknown"}]}]`
	for state, want := range map[string][3]advisory.Status{
		"exploitable":            {advisory.Affected, advisory.Affected, advisory.Affected},
		"resolved":               {advisory.Fixed, advisory.Fixed, advisory.Fixed},
		"resolved_with_pedigree": {advisory.Fixed, advisory.Fixed, advisory.Fixed},
		"in_triage":              {advisory.UnderInvestigation, advisory.UnderInvestigation, advisory.UnderInvestigation},
		"not_affected":           {advisory.NotAffected, advisory.NotAffected, advisory.NotAffected},
		"false_positive":         {advisory.NotAffected, advisory.NotAffected, advisory.NotAffected},
		"":                       {advisory.Affected, advisory.NotAffected, advisory.Unknown},
		"fixed":                  {},
	} {
		for i, version := range []string{"1.0.0", "1.1.0", "1.2.0"} {
			got := jsontest.StatusOf(t, cyclonedx.Decoder{}, document(`[`+about(state, versions)+`]`), version)
			assert.Equal(t, want[i], got, "%s in %q", version, state)
		}
	}
	// Without versions that of the component counts; one that has none means all.
	text := document(`[` + about("not_affected", `[{"ref":"gate"}]`) + `]`)
	assert.Equal(t, advisory.NotAffected, jsontest.StatusOf(t, cyclonedx.Decoder{}, text, "1.0.0"))
	assert.Equal(t, advisory.NoStatement, jsontest.StatusOf(t, cyclonedx.Decoder{}, text, "1.0.1"))
	text = strings.ReplaceAll(text, `,"version":"1.0.0"`, ``)
	assert.Equal(t, advisory.NotAffected, jsontest.StatusOf(t, cyclonedx.Decoder{}, text, "1.0.1"))
}

// TestUnreadNeverClears is the safety law: whatever member of an entry cannot be read,
// nothing is called clear because of it.
func TestUnreadNeverClears(t *testing.T) {
	good := document(`[` + about("not_affected", `[{"ref":"gate"}]`) + `]`)
	require.Equal(t, advisory.NotAffected, jsontest.StatusOf(t, cyclonedx.Decoder{}, good, "1.0.0"))
	for _, c := range []struct{ old, new string }{
		{`"not_affected"`, `"unaffected"`},
		{`"not_affected"`, `["not_affected"]`},
		{`{"state":"not_affected"}`, `null`},
		{`"state"`, `"state":"exploitable","state"`},
		{`"state"`, `"lastUpdated":"soon","state"`},
		{`[{"ref":"gate"}]`, `[{"ref":"gate"},{"ref":7}]`},
		{`[{"ref":"gate"}]`, `[{"ref":"gate"},null]`},
		{`[{"ref":"gate"}]`, `[{"ref":"gate","versions":{}}]`},
		{`[{"ref":"gate"}]`, `[{"ref":"gate","versions":[{}]}]`},
		{`[{"ref":"gate"}]`, `[{"ref":"gate","versions":["1.0.0"]}]`},
		{`[{"ref":"gate"}]`, `[{"ref":"gate","versions":[{"version":"1.0.0","status":"fine"}]}]`},
		{`"bom-ref":"door"`, `"bom-ref":"gate"`},
		{`"version":"1.0.0"`, `"version":1`},
		{`"version":"1.0.0"`, `"version":"1.0.0","purl":"pkg:"`},
		{`"version":"1.0.0"`, `"version":"1.0.0","cpe":"acme gate"`},
		{`"version":"1.0.0"`, `"version":"1.0.0","hashes":[5]`},
		{`"id":"CVE-2099-1"`, `"id":7`},
		{`"id":"CVE-2099-1"`, `"id":"CVE-2099-1","references":{}`},
	} {
		bad := strings.Replace(good, c.old, c.new, 1)
		require.NotEqual(t, good, bad, c.old)
		got := jsontest.StatusOf(t, cyclonedx.Decoder{}, bad, "1.0.0")
		if c.new == "null" { // as if it was not there: affected is the default
			assert.Contains(t, []advisory.Status{advisory.Affected, advisory.Unknown}, got)
			continue
		}
		assert.Equal(t, advisory.Unknown, got, bad)
	}
}

// TestSniff takes documents in any order of members, and nothing else.
func TestSniff(t *testing.T) {
	for text, want := range map[string]bool{
		`{"vulnerabilities":[],"specVersion":"1.4","bomFormat":"CycloneDX"}`: true,
		`{"bomFormat":"CycloneDX","vulnerabilities":null}`:                   true,
		`{"bomFormat":"CycloneDX","components":[]}`:                          false,
		`{"bomFormat":"SPDX","vulnerabilities":[]}`:                          false,
		`{"vulnerabilities":[]}`:                                             false,
		`[]`:                                                                 false,
	} {
		doc, err := jsonpos.Parse([]byte(text), jsonpos.Limits{})
		require.NoError(t, err)
		assert.Equal(t, want, cyclonedx.Decoder{}.Sniff(doc), text)
	}
	assert.Equal(t, "cyclonedx", cyclonedx.Decoder{}.Format())
}

// TestLimits refuses what would become too much, instead of taking a part for the whole.
func TestLimits(t *testing.T) {
	repeat := func(text string, n int) string { return strings.TrimSuffix(strings.Repeat(text+",", n), ",") }
	for name, list := range map[string]string{
		"vulnerabilities": repeat(about("resolved", `[]`), 100),
		"affects":         about("resolved", `[`+repeat(`{"ref":"gate"}`, 100)+`]`),
		"versions":        about("resolved", `[{"ref":"gate","versions":[`+repeat(`{"version":"1"}`, 100)+`]}]`),
		"aliases":         strings.Replace(about("resolved", `[`+repeat(`{"ref":"gate"}`, 10)+`]`), `"affects"`, `"references":[`+repeat(`{"id":"CVE-2099-2"}`, 10)+`],"affects"`, 1),
	} {
		doc, err := jsonpos.Parse([]byte(document(`[`+list+`]`)), jsonpos.Limits{})
		require.NoError(t, err)
		_, err = cyclonedx.Decoder{}.Decode(doc, advisory.DecodeOptions{Items: 300})
		assert.NoError(t, err, name)
		a, err := cyclonedx.Decoder{}.Decode(doc, advisory.DecodeOptions{Items: 99})
		assert.ErrorIs(t, err, advisory.ErrLimit, name)
		assert.Nil(t, a, name)
	}
}

// TestHostile reads texts that were made to cost much.
func TestHostile(t *testing.T) {
	jsontest.CheckHostile(t, cyclonedx.Decoder{}, []jsontest.Hostile{
		{Name: "no JSON", Text: "<bom/>", Err: advisory.ErrSyntax},
		{Name: "an inventory", Text: `{"bomFormat":"CycloneDX","components":[]}`, Err: advisory.ErrFormat},
		{Name: "truncated", Text: document(`[]`)[:60], Err: advisory.ErrSyntax},
		{Name: "deep", Text: document(strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)), Err: advisory.ErrLimit},
		{Name: "nested components", Text: strings.Replace(document(`[]`), `"components":[`, `"components":[`+
			strings.Repeat(`{"bom-ref":"x","components":[`, 400)+strings.Repeat(`]}`, 400)+`,`, 1)},
		{Name: "components of one ref", Text: strings.Replace(document(`[`+about("resolved", `[{"ref":"x"}]`)+`]`), `"components":[`, `"components":[`+
			strings.Repeat(`{"bom-ref":"x"},`, 50_000), 1)},
		{Name: "wrong entries", Text: document(`[` + strings.Repeat(`5,`, 50_000) + `5]`)},
		{Name: "empty entries", Text: document(`[` + strings.Repeat(`{},`, 50_000) + `{}]`)},
		{Name: "a byte order mark", Text: "\ufeff" + document(`[]`)},
		{Name: "not UTF-8", Text: document("[\"\xff\"]"), Err: advisory.ErrSyntax},
	})
}

// TestPositions checks that pointers and offsets lead to where the text stands.
func TestPositions(t *testing.T) {
	text, err := os.ReadFile("testdata/versions.json")
	require.NoError(t, err)
	for a, err := range advisory.Decode(bytes.NewReader(text), advisory.DecodeOptions{File: "doc.json"}, cyclonedx.Decoder{}) {
		require.NoError(t, err)
		at := a.Statements[1].Spans[1].Pos
		assert.Equal(t, "doc.json#/vulnerabilities/0/affects/1/versions/1", at.String())
		assert.True(t, bytes.HasPrefix(text[at.Offset:], []byte(`{"range": "vers:maven`)))
	}
}

func BenchmarkDecode(b *testing.B) {
	text, err := os.ReadFile("testdata/versions.json")
	require.NoError(b, err)
	jsontest.Benchmark(b, cyclonedx.Decoder{}, text, func() any { return new(partial) })
}

// A component is the part of one that such a program would read.
type component struct {
	Ref                             string `json:"bom-ref"`
	Group, Name, Version, PURL, CPE string
	Components                      []component
}

// A partial is what a program that wants the assessments only would read.
type partial struct {
	Metadata        struct{ Component component }
	Components      []component
	Vulnerabilities []struct {
		ID       string
		Analysis struct{ State, Justification string }
		Affects  []struct {
			Ref      string
			Versions []struct{ Version, Range, Status string }
		}
	}
}
