package nvd_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/internal/jsontest"
	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/advisory/nvd"
)

var update = flag.Bool("update", false, "write the facts of testdata anew")

// item wraps the text of configurations into an item.
func item(configurations string) string {
	return `{"id":"CVE-2099-1","sourceIdentifier":"x","vulnStatus":"Analyzed","configurations":` + configurations + `}`
}

// node wraps the text of matches into the configurations of an item.
func node(matches string) string {
	return item(`[{"nodes":[{"operator":"OR","negate":false,"cpeMatch":[` + matches + `]}]}]`)
}

// gate is the text of a match of Gate with the given rest of it.
func gate(rest string) string {
	return `{"vulnerable":true,"criteria":"cpe:2.3:a:acme:gate:*:*:*:*:*:*:*:*"` + rest + `}`
}

// TestDocuments compares all that comes of the documents of testdata with the facts beside
// them. After a wanted change: go test ./advisory/nvd -update
func TestDocuments(t *testing.T) { jsontest.Golden(t, nvd.Decoder{}, *update) }

// FuzzDecode reads anything.
func FuzzDecode(f *testing.F) {
	jsontest.Fuzz(f, nvd.Decoder{}, full, node(`{"criteria":"cpe:2.3:a:\\:x:y::z:*:*:*:*:*:*:*:*"},{"criteria":"cpe:2.3:a:b"},{"criteria":"cpe:/a:b:c"}`))
}

const full = `{"resultsPerPage":1,"format":"NVD_CVE","vulnerabilities":[{"cve":{"id":"CVE-2099-1","sourceIdentifier":"x","published":"2099-01-01T00:00:00.000",
	"lastModified":"2099-01-01T00:00:00.000","vulnStatus":"Analyzed","cisaExploitAdd":"2099-01-01","descriptions":[{"lang":"en","value":"x"}],
	"metrics":{"cvssMetricV31":[{"source":"x","cvssData":{"version":"3.1","vectorString":"x","baseScore":1}}]},"references":[{"url":"x","tags":["x"]}],
	"configurations":[{"operator":"AND","negate":false,"nodes":[{"operator":"OR","negate":false,"cpeMatch":[
	{"vulnerable":true,"criteria":"cpe:2.3:a:acme:gate:*:*:*:*:*:*:*:*","versionStartIncluding":"1.0","versionEndExcluding":"2.0","matchCriteriaId":"x"},
	{"vulnerable":true,"criteria":"cpe:2.3:a:acme:gate:*:*:*:*:*:*:*:*","versionStartExcluding":"1.0","versionEndIncluding":"1.9"}]},
	{"operator":"OR","negate":false,"cpeMatch":[{"vulnerable":false,"criteria":"cpe:2.3:o:acme:os:1:*:*:*:*:*:*:*"}]}]}]}}]}`

// TestAnyWrongType replaces every value of a page, one at a time, by values of other types. A
// version that it calls affected must never come out clear.
func TestAnyWrongType(t *testing.T) {
	old := `{"CVE_Items":[{"cve":{"data_type":"CVE","CVE_data_meta":{"ID":"CVE-2099-1","ASSIGNER":"x"},"description":{"description_data":[{"lang":"en","value":"x"}]},
	"references":{"reference_data":[{"url":"x"}]}},"configurations":{"nodes":[{"operator":"AND","children":[{"operator":"OR","children":[],"cpe_match":[
	{"vulnerable":true,"cpe23Uri":"cpe:2.3:a:acme:gate:*:*:*:*:*:*:*:*","versionEndExcluding":"2.0","cpe_name":[]}]}],"cpe_match":[]}]},
	"impact":{"baseMetricV3":{"cvssV3":{"version":"3.1","baseScore":1}}},"publishedDate":"2099-01-01T00:00Z","lastModifiedDate":"2099-01-01T00:00Z"}]}`
	for _, text := range []string{full, old} {
		require.Equal(t, advisory.Affected, jsontest.StatusOf(t, nvd.Decoder{}, text, "1.5"), text)
		n := 0
		require.NoError(t, jsontest.Mutants([]byte(text), func(m jsontest.Mutant) {
			n++
			status := jsontest.StatusOf(t, nvd.Decoder{}, string(m.Text), "1.5")
			assert.Contains(t, []advisory.Status{advisory.Affected, advisory.Unknown}, status, "%s was replaced in %s", m.Pointer, m.Text)
		}))
		assert.Greater(t, n, 80)
	}
}

// TestSet: ranges are a set, and what none of them holds is not affected.
func TestSet(t *testing.T) {
	text := node(gate(`,"versionEndExcluding":"1.2"`) + `,` + gate(`,"versionEndExcluding":"1.5"`) + `,` + gate(`,"versionStartIncluding":"2.0","versionEndIncluding":"2.3"`))
	for version, want := range map[string]advisory.Status{
		"1.1": advisory.Affected, "1.3": advisory.Affected, "1.5": advisory.NotAffected, "1.9": advisory.NotAffected,
		"2.3": advisory.Affected, "2.4": advisory.NotAffected,
	} {
		assert.Equal(t, want, jsontest.StatusOf(t, nvd.Decoder{}, text, version), version)
	}
}

// TestUnreadNeverClears is the safety law: whatever member of a configuration cannot be read,
// nothing is called clear because of it.
func TestUnreadNeverClears(t *testing.T) {
	good := node(gate(`,"versionEndExcluding":"2.0"`))
	require.Equal(t, advisory.NotAffected, jsontest.StatusOf(t, nvd.Decoder{}, good, "3.0"))
	for _, c := range []struct{ old, new string }{
		{`"2.0"`, `2`},
		{`"2.0"`, `""`},
		{`"2.0"`, `"2.0","versionEndIncluding":"2.0"`},
		{`"2.0"`, `"2.0","versionStartIncluding":{}`},
		{`"2.0"`, `"2.0","versionEndExcluding":"9.0"`},
		{`"cpe:2.3:a:acme:gate:*:*:*:*:*:*:*:*"`, `"cpe:2.3:a:acme:gate:*:*"`},
		{`"cpe:2.3:a:acme:gate:*:*:*:*:*:*:*:*"`, `"cpe:2.3:a:acme::gate:*:*:*:*:*:*:*:*"`},
		{`"cpe:2.3:a:acme:gate:*:*:*:*:*:*:*:*"`, `7`},
		{`"vulnerable":true`, `"vulnerable":"false"`},
		{`"vulnerable":true`, `"vulnerable":false,"vulnerable":true`},
		{`"negate":false`, `"negate":"false"`},
		{`"OR"`, `"XOR"`},
		{`"OR"`, `["OR"]`},
		{`"cpeMatch":[`, `"cpeMatch":[null,`},
		{`"cpeMatch":[`, `"cpeMatch":{},"cpeMatch":[`},
		{`"nodes":[`, `"nodes":[7,`},
		{`"configurations":[`, `"configurations":[{},`},
	} {
		bad := strings.Replace(good, c.old, c.new, 1)
		require.NotEqual(t, good, bad, c.old)
		assert.Equal(t, advisory.Unknown, jsontest.StatusOf(t, nvd.Decoder{}, bad, "3.0"), bad)
	}
}

// TestSniff takes pages, feeds and items in any order of members, and nothing else.
func TestSniff(t *testing.T) {
	for text, want := range map[string]bool{
		`{"vulnerabilities":[],"format":"NVD_CVE"}`:                            true,
		`{"vulnerabilities":[],"resultsPerPage":0}`:                            true,
		`{"CVE_Items":[],"CVE_data_type":"CVE"}`:                               true,
		`{"cve_items":[]}`:                                                     true,
		`{"cve":{"id":"CVE-2099-1","vulnStatus":"Analyzed"}}`:                  true,
		`{"vulnStatus":"Analyzed","id":"CVE-2099-1"}`:                          true,
		`{"cve":{"CVE_data_meta":{},"data_type":"CVE"}}`:                       true,
		`{"vulnerabilities":[],"bomFormat":"CycloneDX"}`:                       false,
		`{"id":"CVE-2099-1","modified":"2099-01-01T00:00:00Z"}`:                false,
		`{"id":"GHSA-1","vulnStatus":"Analyzed"}`:                              false,
		`{"data_type":"CVE","CVE_data_meta":{"ID":"CVE-2099-1"},"affects":{}}`: false,
		`{"cveMetadata":{},"containers":{}}`:                                   false,
		`[]`:                                                                   false,
	} {
		doc, err := jsonpos.Parse([]byte(text), jsonpos.Limits{})
		require.NoError(t, err)
		assert.Equal(t, want, nvd.Decoder{}.Sniff(doc), text)
	}
	assert.Equal(t, "nvd", nvd.Decoder{}.Format())
}

// TestPages: an item that cannot be read costs no other one, and Decode wants one item.
func TestPages(t *testing.T) {
	page := `{"format":"NVD_CVE","resultsPerPage":3,"vulnerabilities":[{"cve":` + item(`[]`) + `},5,{"cve":` + item(`[]`) + `}]}`
	var ids, errs []string
	for a, err := range advisory.Decode(strings.NewReader(page), advisory.DecodeOptions{File: "page.json"}, nvd.Decoder{}) {
		if err != nil {
			errs = append(errs, err.Error())
			continue
		}
		ids = append(ids, a.ID+" "+a.Vulnerabilities[0].Pos.Pointer)
	}
	assert.Equal(t, []string{"CVE-2099-1 /vulnerabilities/0/cve/id", "CVE-2099-1 /vulnerabilities/2/cve/id"}, ids)
	assert.Equal(t, []string{"page.json#/vulnerabilities/1: no known advisory format: number instead of an item"}, errs)

	for text, want := range map[string]error{
		page: advisory.ErrFormat, item(`[]`): nil, `{"cve":` + item(`[]`) + `}`: nil, `{"cve_items":[` + item(`[]`) + `]}`: nil,
		`{"format":"NVD_CVE"}`: advisory.ErrFormat, `{"cve_items":{}}`: advisory.ErrFormat,
	} {
		doc, err := jsonpos.Parse([]byte(text), jsonpos.Limits{})
		require.NoError(t, err)
		a, err := nvd.Decoder{}.Decode(doc, advisory.DecodeOptions{})
		require.ErrorIs(t, err, want, text)
		assert.Equal(t, want == nil, a != nil, text)
	}
	for range (nvd.Decoder{}).DecodeEach(mustParse(t, page), advisory.DecodeOptions{}) {
		break // a caller may stop
	}
}

func mustParse(t *testing.T, text string) jsonpos.Value {
	t.Helper()
	doc, err := jsonpos.Parse([]byte(text), jsonpos.Limits{})
	require.NoError(t, err)
	return doc
}

// TestLimits refuses what would become too much, instead of taking a part for the whole.
func TestLimits(t *testing.T) {
	repeat := func(text string, n int) string { return strings.TrimSuffix(strings.Repeat(text+",", n), ",") }
	for name, text := range map[string]string{
		"matches":        node(repeat(gate(`,"versionEndExcluding":"2.0"`), 100)),
		"nodes":          item(`[{"nodes":[` + repeat(`{"cpeMatch":[`+gate("")+`]}`, 50) + `]}]`),
		"configurations": item(`[` + repeat(`{"nodes":[{"cpeMatch":[`+gate("")+`]}]}`, 40) + `]`),
		"together":       item(`[{"operator":"AND","nodes":[` + repeat(`{"cpeMatch":[`+gate("")+`]}`, 10) + `]}]`),
	} {
		_, err := nvd.Decoder{}.Decode(mustParse(t, text), advisory.DecodeOptions{Items: 300})
		assert.NoError(t, err, name)
		a, err := nvd.Decoder{}.Decode(mustParse(t, text), advisory.DecodeOptions{Items: 99})
		assert.ErrorIs(t, err, advisory.ErrLimit, name)
		assert.Nil(t, a, name)
	}
}

// TestHostile reads texts that were made to cost much.
func TestHostile(t *testing.T) {
	many := strings.TrimSuffix(strings.Repeat(`{"cpeMatch":[`+gate("")+`]},`, 2000), ",")
	jsontest.CheckHostile(t, nvd.Decoder{}, []jsontest.Hostile{
		{Name: "no JSON", Text: "CVE-2099-1", Err: advisory.ErrSyntax},
		{Name: "another format", Text: `{"document":{"category":"csaf_base"}}`, Err: advisory.ErrFormat},
		{Name: "truncated", Text: item(`[]`)[:40], Err: advisory.ErrSyntax},
		{Name: "deep", Text: item(strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)), Err: advisory.ErrLimit},
		{Name: "many nodes under AND", Text: item(`[{"operator":"AND","nodes":[` + many + `]}]`), Err: advisory.ErrLimit},
		{Name: "nested nodes", Text: `{"cve":{"data_type":"CVE","CVE_data_meta":{"ID":"CVE-2099-1"}},"configurations":{"nodes":[` +
			strings.Repeat(`{"operator":"AND","negate":true,"children":[`, 400) + strings.Repeat(`]}`, 400) + `]}}`},
		{Name: "a name of colons", Text: node(`{"criteria":"cpe:2.3:a` + strings.Repeat(":", 1<<20) + `"}`)},
		{Name: "a long version", Text: node(gate(`,"versionEndExcluding":"` + strings.Repeat("1.", 1<<19) + `"`))},
		{Name: "wrong matches", Text: node(strings.Repeat(`5,`, 50_000) + `5`)},
		{Name: "a byte order mark", Text: "\ufeff" + item(`[]`)},
		{Name: "not UTF-8", Text: item("[\"\xff\"]"), Err: advisory.ErrSyntax},
		{Name: "no list", Text: `{"format":"NVD_CVE","vulnerabilities":{}}`, Err: advisory.ErrFormat},
	})
}

// TestPositions checks that pointers and offsets lead to where the text stands.
func TestPositions(t *testing.T) {
	text, err := os.ReadFile("testdata/page.json")
	require.NoError(t, err)
	for a, err := range advisory.Decode(bytes.NewReader(text), advisory.DecodeOptions{File: "doc.json"}, nvd.Decoder{}) {
		require.NoError(t, err)
		at := a.Statements[0].Spans[1].Pos
		assert.Equal(t, "doc.json#/vulnerabilities/0/cve/configurations/0/nodes/0/cpeMatch/1", at.String())
		assert.True(t, bytes.HasPrefix(text[at.Offset:], []byte(`{"vulnerable": true`)))
		break
	}
}

func ExampleDecoder() {
	file, err := os.Open("testdata/page.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	for a, err := range advisory.Decode(file, advisory.DecodeOptions{File: file.Name()}, nvd.Decoder{}) {
		if err != nil {
			fmt.Println(err) // about one item of the page; the others are read
			continue
		}
		fmt.Println(a.ID, a.State, len(a.Statements), "statements")
		for _, s := range a.Statements[:min(1, len(a.Statements))] {
			fmt.Println(a.Products[s.Products[0]].CPEs[0], s.Spans[0].String())
			fmt.Println("where", s.Where.String())
		}
	}
	// Output:
	// CVE-2099-1 final 6 statements
	// cpe:2.3:a:acme:gate:*:*:*:*:*:*:*:* from "1.0", less than "1.5", affected
	// where ((product 0 on_host or product 0 installed_on or platform is Windows) or (product 1 (less than "6.0") on_host or product 1 (less than "6.0") installed_on))
	// CVE-2099-2 rejected 0 statements
	// CVE-2099-3 final 0 statements
}

func BenchmarkDecode(b *testing.B) {
	text, err := os.ReadFile("testdata/page.json")
	require.NoError(b, err)
	items := string(text[bytes.Index(text, []byte(`{
      "cve"`)):bytes.LastIndex(text, []byte("]"))])
	page := `{"resultsPerPage":600,"format":"NVD_CVE","vulnerabilities":[` + strings.Repeat(items+",", 199) + items + `]}`
	jsontest.Benchmark(b, nvd.Decoder{}, []byte(page), func() any { return new(partial) })
}

// A partial is what a program that wants the configurations only would read.
type partial struct {
	Vulnerabilities []struct {
		CVE struct {
			ID, VulnStatus, LastModified string
			Configurations               []struct {
				Operator string
				Nodes    []struct {
					Operator string
					Negate   bool
					CPEMatch []struct {
						Vulnerable                                             bool
						Criteria, VersionStartIncluding, VersionStartExcluding string
						VersionEndIncluding, VersionEndExcluding               string
					}
				}
			}
		}
	}
}
