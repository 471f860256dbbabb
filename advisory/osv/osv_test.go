package osv_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/internal/jsontest"
	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/advisory/osv"
)

var update = flag.Bool("update", false, "write the facts of testdata anew")

// decode reads a text that holds one document.
func decode(t testing.TB, text string) *advisory.Advisory {
	t.Helper()
	doc, err := jsonpos.Parse([]byte(text), jsonpos.Limits{})
	require.NoError(t, err)
	require.True(t, osv.Decoder{}.Sniff(doc))
	a, err := osv.Decoder{}.Decode(doc, advisory.DecodeOptions{File: "doc.json"})
	require.NoError(t, err)
	return a
}

// document wraps the text of `affected` into a document.
func document(affected string) string {
	return `{"id":"GHSA-aaaa-bbbb-cccc","modified":"2099-01-01T00:00:00Z","affected":` + affected + `}`
}

// entry is the text of an entry about an npm package.
func entry(rest string) string {
	return `{"package":{"ecosystem":"npm","name":"gate"},` + rest + `}`
}

// rows returns the cells of a table of testdata.
func rows(t *testing.T, name string) [][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	require.NoError(t, err)
	var list [][]string
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "# ") {
			continue
		}
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		list = append(list, cells)
	}
	require.NotEmpty(t, list)
	return list
}

// TestDocuments compares all that comes of the documents of testdata with the facts beside
// them. After a wanted change: go test ./advisory/osv -update
func TestDocuments(t *testing.T) { jsontest.Golden(t, osv.Decoder{}, *update) }

// TestEcosystems: which package URLs stand for a package of an ecosystem.
func TestEcosystems(t *testing.T) {
	for _, row := range rows(t, "ecosystems.txt") {
		a := decode(t, document(`[{"package":{"ecosystem":"`+row[0]+`","name":"`+row[1]+`"},"versions":["1"]}]`))
		require.Len(t, a.Products, 1)
		assert.Equal(t, row[2:], append([]string{}, a.Products[0].PURLs...), row[0])
		assert.Equal(t, row[0], a.Products[0].Vendor)
		assert.Equal(t, row[1], a.Products[0].Name)
	}
}

// TestScope: the package URL of the document, limited to what the ecosystem says.
func TestScope(t *testing.T) {
	for _, c := range []struct{ ecosystem, purl, want string }{
		{"Debian:12", "pkg:deb/debian/gate@1.0?arch=source", "pkg:deb/debian/gate?distro=debian-12"},
		{"Debian:12", "pkg:deb/debian/gate?arch=source&distro=sid", "pkg:deb/debian/gate?distro=debian-12"},
		{"Debian", "pkg:deb/debian/gate?distro=sid", "pkg:deb/debian/gate?distro=sid"},
		{"openSUSE:Leap 15.5", "pkg:rpm/opensuse/gate&distro=Leap%2015.5", "pkg:rpm/opensuse/gate?distro=opensuse-leap-15.5"},
		{"Julia", "pkg:julia/gate?uuid=1", "pkg:julia/gate?uuid=1"},
		{"Go", "pkg:golang/acme.example/gate#door", "pkg:golang/acme.example/gate"},
		{"npm", "gate", "pkg:npm/gate"},
	} {
		a := decode(t, document(`[{"package":{"ecosystem":"`+c.ecosystem+`","name":"gate","purl":"`+c.purl+`"},"versions":["1"]}]`))
		require.NotEmpty(t, a.Products[0].PURLs, c.purl)
		assert.Equal(t, c.want, a.Products[0].PURLs[0], c.purl)
	}
}

// TestPublishers: who speaks, by the id.
func TestPublishers(t *testing.T) {
	for _, row := range rows(t, "publishers.txt") {
		a := decode(t, `{"id":"`+row[0]+`","modified":"2099-01-01T00:00:00Z"}`)
		assert.Equal(t, row[1], a.Publisher.Name, row[0])
		assert.Equal(t, row[2], a.Publisher.Rank.String(), row[0])
	}
}

// TestPositions checks that pointers and offsets lead to where the text stands.
func TestPositions(t *testing.T) {
	text, err := os.ReadFile("testdata/versions.json")
	require.NoError(t, err)
	a := decode(t, string(text))
	span := a.Statements[0].Spans[1]
	assert.Equal(t, "doc.json#/affected/0/ranges/0/events/2", span.Pos.String())
	assert.True(t, bytes.HasPrefix(text[span.Pos.Offset:], []byte(`{"introduced": "2.0.0-rc.1"}`)))
}

// TestSniff takes documents in any order of members, and nothing else.
func TestSniff(t *testing.T) {
	for text, want := range map[string]bool{
		`{"modified":"2099-01-01T00:00:00Z","id":"X-1"}`:                true,
		`{"schema_version":"1.7","id":"X-1"}`:                           true,
		`{"affected":[],"id":"X-1"}`:                                    true,
		`{"affected":[],"modified":"2099"}`:                             true,
		`{"id":"X-1"}`:                                                  false,
		`{"affected":"advisory/1","id":"X-1","modified":"2099"}`:        false,
		`{"dataType":"CVE_RECORD","cveMetadata":{},"id":1}`:             false,
		`{"id":"x","@context":"https://openvex.dev/ns","modified":"x"}`: false,
		`{"document":{},"id":"x","modified":"x"}`:                       false,
		`[]`:   false,
		`"id"`: false,
	} {
		doc, err := jsonpos.Parse([]byte(text), jsonpos.Limits{})
		require.NoError(t, err, text)
		assert.Equal(t, want, osv.Decoder{}.Sniff(doc), text)
	}
	assert.Equal(t, "osv", osv.Decoder{}.Format())
}

// TestLimits refuses what would become too much, instead of taking a part for the whole.
func TestLimits(t *testing.T) {
	repeat := func(text string, n int) string { return strings.TrimSuffix(strings.Repeat(text+",", n), ",") }
	for name, affected := range map[string]string{
		"versions": `[` + entry(`"versions":[`+repeat(`"1"`, 98)+`]`) + `]`,
		"entries":  `[` + repeat(`{}`, 50) + `]`,
		"ranges":   `[` + entry(`"ranges":[`+repeat(`{"type":"SEMVER","events":[{"introduced":"1"}]}`, 33)+`,{}]`) + `]`,
		"events":   `[` + entry(`"ranges":[{"type":"SEMVER","events":[`+repeat(`{"introduced":"1"}`, 97)+`]}]`) + `]`,
	} {
		doc, err := jsonpos.Parse([]byte(document(affected)), jsonpos.Limits{})
		require.NoError(t, err)
		_, err = osv.Decoder{}.Decode(doc, advisory.DecodeOptions{Items: 101})
		assert.NoError(t, err, name)
		a, err := osv.Decoder{}.Decode(doc, advisory.DecodeOptions{Items: 99})
		assert.ErrorIs(t, err, advisory.ErrLimit, name)
		assert.Nil(t, a, name)
	}
}

// TestAliases bounds what aliases and statements become together.
func TestAliases(t *testing.T) {
	text := func(aliases, entries int) string {
		var ids strings.Builder
		for i := range aliases {
			fmt.Fprintf(&ids, `,"CVE-2099-%d"`, i)
		}
		list := strings.TrimSuffix(strings.Repeat(entry(`"versions":["1"]`)+",", entries), ",")
		return strings.Replace(document(`[`+list+`]`), `"modified"`, `"aliases":["CVE-2099-0"`+ids.String()+`],"modified"`, 1)
	}
	for _, c := range []struct {
		aliases, entries int
		err              error
	}{
		{1024, 1, nil}, {1025, 1, advisory.ErrLimit}, {1000, 200, nil}, {1000, 300, advisory.ErrLimit},
	} {
		doc, err := jsonpos.Parse([]byte(text(c.aliases, c.entries)), jsonpos.Limits{})
		require.NoError(t, err)
		a, err := osv.Decoder{}.Decode(doc, advisory.DecodeOptions{})
		require.ErrorIs(t, err, c.err, "%d aliases, %d entries", c.aliases, c.entries)
		if c.err == nil {
			assert.Len(t, a.Vulnerabilities[0].Aliases, c.aliases, "each once")
		}
	}
}

// manyRepos returns the text of n ranges of commits in different repositories.
func manyRepos(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"type":"GIT","repo":"https://github.com/acme/%d","events":[{"introduced":"0"}]},`, i)
	}
	return strings.TrimSuffix(b.String(), ",")
}

// TestHostile reads texts that were made to cost much.
func TestHostile(t *testing.T) {
	jsontest.CheckHostile(t, osv.Decoder{}, []jsontest.Hostile{
		{Name: "no JSON", Text: "GHSA-1: gate before 2.0", Err: advisory.ErrSyntax},
		{Name: "another format", Text: `{"document":{"category":"csaf_base"}}`, Err: advisory.ErrFormat},
		{Name: "nothing usable", Text: `{"id":"","modified":""}`, Err: advisory.ErrFormat},
		{Name: "truncated", Text: document(`[` + entry(`"versions":["1"]`) + `]`)[:100], Err: advisory.ErrSyntax},
		{Name: "deep", Text: document(strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)), Err: advisory.ErrLimit},
		{Name: "a long version", Text: document(`[` + entry(`"versions":["`+strings.Repeat("1.", 1<<19)+`"]`) + `]`)},
		{Name: "a long name", Text: document(`[{"package":{"ecosystem":"Go","name":"` + strings.Repeat("a/", 1<<19) + `"}}]`)},
		{Name: "a long ecosystem", Text: document(`[{"package":{"ecosystem":"` + strings.Repeat("Root:", 1<<18) + `","name":"x"}}]`)},
		{Name: "a suffix of many parts", Text: document(`[{"package":{"ecosystem":"Ubuntu` + strings.Repeat(":Pro", 1<<18) + `","name":"x"}}]`)},
		{Name: "ranges with one beginning", Text: document(`[` + entry(`"ranges":[`+strings.Repeat(`{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.0.0"}]},`, 2_000)+`{}]`) + `]`)},
		{Name: "repositories", Text: document(`[` + entry(`"ranges":[`+manyRepos(50_000)+`]`) + `]`)},
		{Name: "upstream", Text: strings.Replace(document(`[`+entry(`"versions":["1"]`)+`]`), `"modified"`, `"upstream":["`+strings.Repeat(`cccc","`, 100_000)+`"],"modified"`, 1)},
		{Name: "events backwards", Text: document(`[` + entry(`"ranges":[{"type":"SEMVER","events":[`+strings.Repeat(`{"fixed":"9.0.0"},{"introduced":"1.0.0"},`, 50_000)+`{"introduced":"0"}]}]`) + `]`)},
		{Name: "nothing but empty entries", Text: document(`[` + strings.Repeat(`{},`, 50_000) + `{}]`)},
		{Name: "nothing but wrong entries", Text: document(`[` + strings.Repeat(`5,`, 50_000) + `5]`)},
	})
}
