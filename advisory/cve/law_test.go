package cve_test

import (
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

// TestAnyWrongType replaces every value of a record, one at a time, by values of other
// types. A version that the record calls affected must never come out clear.
func TestAnyWrongType(t *testing.T) {
	const head = `{"dataType":"CVE_RECORD","cveMetadata":{"cveId":"CVE-2099-1","assignerShortName":"acme","state":"PUBLISHED","datePublished":"2099-01-01T00:00:00Z"},`
	for name, text := range map[string]string{
		"affected": head + `"containers":{"cna":{"providerMetadata":{"shortName":"acme"},"title":"x","descriptions":[{"lang":"en","value":"x"}],
			"references":[{"url":"https://acme.example","tags":["x"]}],"metrics":[{"cvssV3_1":{"vectorString":"x","baseScore":1}}],
			"affected":[{"vendor":"Acme","product":"Gateway","platforms":["Windows"],"modules":["m"],"defaultStatus":"unaffected","cpes":["cpe:2.3:a:acme:gateway:*:*:*:*:*:*:*:*"],
			"versions":[{"version":"1.0","status":"affected","lessThan":"2.0","versionType":"custom","changes":[{"at":"1.9","status":"unaffected"}]},{"version":"3.0","status":"unaffected"}]}]},
			"adp":[{"providerMetadata":{"shortName":"CISA-ADP"},"metrics":[{"other":{"type":"ssvc","content":{"options":[{"Exploitation":"none"}]}}}]}]}}`,
		"adp": head + `"containers":{"cna":{"affected":[{"vendor":"n/a","product":"n/a","versions":[{"version":"n/a","status":"affected"}]}]},
			"adp":[{"affected":[{"vendor":"acme","product":"gateway","defaultStatus":"unaffected","versions":[{"version":"1.0","status":"affected","lessThanOrEqual":"2.0","versionType":"custom"}]}]}]}}`,
		"applicability": head + `"containers":{"cna":{"affected":[{"vendor":"n/a","product":"n/a","versions":[{"version":"n/a","status":"affected"}]}],
			"cpeApplicability":[{"operator":"OR","negate":false,"nodes":[{"operator":"OR","negate":false,"cpeMatch":[
			{"vulnerable":true,"criteria":"cpe:2.3:a:acme:gateway:*:*:*:*:*:*:*:*","versionStartIncluding":"1.0","versionEndExcluding":"2.0"}]}]}]}}}`,
	} {
		require.Equal(t, advisory.Affected, statusOf(t, text, "1.5"), name)
		n := 0
		require.NoError(t, jsontest.Mutants([]byte(text), func(m jsontest.Mutant) {
			n++
			status := statusOf(t, string(m.Text), "1.5")
			assert.Contains(t, []advisory.Status{advisory.Affected, advisory.Unknown}, status, "%s was replaced in %s", m.Pointer, m.Text)
		}))
		assert.Greater(t, n, 80, name)
	}
}

// statusOf returns what the statements of a record say about a version, the strongest one.
// A record that is refused, or that nobody takes for one, says Unknown: the caller has an
// error in hand.
func statusOf(t *testing.T, text, version string) advisory.Status {
	t.Helper()
	doc, err := jsonpos.Parse([]byte(text), jsonpos.Limits{})
	require.NoError(t, err)
	if !(cve.Decoder{}).Sniff(doc) {
		return advisory.Unknown
	}
	a, err := cve.Decoder{}.Decode(doc, advisory.DecodeOptions{})
	if err != nil {
		return advisory.Unknown
	}
	require.NotEmpty(t, a.Statements, text)
	strongest := advisory.NoStatement
	for i := range a.Statements {
		s := &a.Statements[i]
		timeline := advisory.Resolve(s, &a.Products[s.Products[0]], advisory.ResolveOptions{})
		key, n, err := timeline.Scheme.AppendKey(nil, version)
		require.NoError(t, err)
		out, _ := timeline.At(key, n)
		if out.Status == advisory.Unknown {
			return out.Status
		}
		strongest = max(strongest, out.Status)
	}
	return strongest
}

// TestAllocations guards what reading a record costs: looking at it costs nothing, and each
// span no more than its pointer.
func TestAllocations(t *testing.T) {
	text, err := os.ReadFile("testdata/CVE-2025-69258.json")
	require.NoError(t, err)
	doc, err := jsonpos.Parse(text, jsonpos.Limits{})
	require.NoError(t, err)
	assert.Zero(t, testing.AllocsPerRun(100, func() { _ = cve.Decoder{}.Sniff(doc) }))

	allocs := func(versions int) float64 {
		list := strings.TrimSuffix(strings.Repeat(`{"version":"1.0","status":"affected","lessThan":"2.0","versionType":"custom"},`, versions), ",")
		doc, err := jsonpos.Parse([]byte(record(`[{"vendor":"Acme","product":"Gateway","versions":[`+list+`]}]`)), jsonpos.Limits{})
		require.NoError(t, err)
		return testing.AllocsPerRun(20, func() {
			if _, err := (cve.Decoder{}).Decode(doc, advisory.DecodeOptions{}); err != nil {
				t.Error(err)
			}
		})
	}
	few, many := allocs(10), allocs(1010)
	assert.LessOrEqual(t, (many-few)/1000, 4.0, "for each span")
	assert.LessOrEqual(t, few, 45.0)
}

func BenchmarkDecode(b *testing.B) {
	for _, name := range []string{"CVE-2025-69258", "versions", "applicability"} {
		text, err := os.ReadFile("testdata/" + name + ".json")
		require.NoError(b, err)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				for _, err := range advisory.Decode(strings.NewReader(string(text)), advisory.DecodeOptions{}, cve.Decoder{}) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
