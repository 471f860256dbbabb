package osv_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/internal/jsontest"
	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/advisory/osv"
)

const full = `{"schema_version":"1.7.3","id":"GHSA-aaaa-bbbb-cccc","modified":"2099-01-01T00:00:00Z","published":"2099-01-01T00:00:00Z",
	"aliases":["CVE-2099-1"],"related":["CVE-2099-2"],"upstream":["CVE-2099-3"],"summary":"x","details":"x",
	"severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N"}],"references":[{"type":"WEB","url":"https://acme.example"}],
	"affected":[{"package":{"ecosystem":"npm","name":"gate","purl":"pkg:npm/gate"},
	"ranges":[{"type":"GIT","repo":"https://acme.example/gate","events":[{"introduced":"0"},{"fixed":"a111111111111111111111111111111111111111"}]},
	{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"0.5.0"},{"introduced":"1.0.0"},{"fixed":"2.0.0"}],"database_specific":{"x":"y"}},
	{"type":"ECOSYSTEM","events":[{"introduced":"4.0.0"},{"last_affected":"4.1.0"}]}],
	"versions":["3.0.0"],"ecosystem_specific":{"x":"y"},"database_specific":{"x":"y"},"severity":[{"type":"CVSS_V4","score":"x"}]}],
	"credits":[{"name":"x"}],"database_specific":{"x":"y"}}`

// TestAnyWrongType replaces every value of a document, one at a time, by values of other
// types. A version that the document calls affected must never come out clear.
func TestAnyWrongType(t *testing.T) {
	for _, version := range []string{"0.1.0", "1.5.0", "3.0.0", "4.1.0"} {
		require.Equal(t, advisory.Affected, statusOf(t, full, version), version)
		n := 0
		require.NoError(t, jsontest.Mutants([]byte(full), func(m jsontest.Mutant) {
			n++
			status := statusOf(t, string(m.Text), version)
			assert.Contains(t, []advisory.Status{advisory.Affected, advisory.Unknown}, status, "%s for %s in %s", version, m.Pointer, m.Text)
		}))
		assert.Greater(t, n, 200)
	}
	for version, want := range map[string]advisory.Status{
		"0.5.0": advisory.Fixed, "2.0.0": advisory.Fixed, "3.0.1": advisory.NotAffected, "5.0.0": advisory.Fixed,
	} {
		assert.Equal(t, want, statusOf(t, full, version), version)
	}
}

// TestOrderOfEvents: the events of a range are a set, and say the same in any order.
func TestOrderOfEvents(t *testing.T) {
	events := []string{`{"introduced":"0"}`, `{"fixed":"0.5.0"}`, `{"introduced":"1.0.0"}`, `{"fixed":"2.0.0"}`}
	versions := []string{"0.1.0", "0.5.0", "0.9.0", "1.0.0", "1.5.0", "2.0.0", "3.0.0"}
	text := func() string {
		return document(`[` + entry(`"ranges":[{"type":"SEMVER","events":[`+strings.Join(events, ",")+`]}]`) + `]`)
	}
	want := map[string]advisory.Status{}
	for _, v := range versions {
		want[v] = statusOf(t, text(), v)
	}
	permute(events, func() {
		for _, v := range versions {
			assert.Equal(t, want[v], statusOf(t, text(), v), "%s in %s", v, events)
		}
	})
}

// permute calls visit with the list in every order.
func permute(list []string, visit func()) {
	var rest func(n int)
	rest = func(n int) {
		if n == len(list) {
			visit()
			return
		}
		for i := n; i < len(list); i++ {
			list[n], list[i] = list[i], list[n]
			rest(n + 1)
			list[n], list[i] = list[i], list[n]
		}
	}
	rest(0)
}

// TestUnion: ranges that overlap or begin at one version are joined, and none closes another.
func TestUnion(t *testing.T) {
	text := document(`[` + entry(`"ranges":[
		{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.2.0"}]},
		{"type":"SEMVER","events":[{"introduced":"0.0.0"},{"fixed":"2.3.0"}]},
		{"type":"SEMVER","events":[{"introduced":"2.0.0"},{"fixed":"2.5.0"}]}]`) + `]`)
	for version, want := range map[string]advisory.Status{
		"1.0.0": advisory.Affected, "1.2.5": advisory.Affected, "2.2.9": advisory.Affected, "2.4.0": advisory.Affected, "2.5.0": advisory.Fixed,
	} {
		assert.Equal(t, want, statusOf(t, text, version), version)
	}
}

// statusOf returns what the statements of a document say about a version, by the rules of a
// document: affected in one is affected, what is not known blocks the rest, and commits are
// beside the point. A document that is refused, or that nobody takes for one, says Unknown:
// the caller has an error in hand.
func statusOf(t *testing.T, text, version string) advisory.Status {
	t.Helper()
	doc, err := jsonpos.Parse([]byte(text), jsonpos.Limits{})
	require.NoError(t, err)
	if !(osv.Decoder{}).Sniff(doc) {
		return advisory.Unknown
	}
	a, err := osv.Decoder{}.Decode(doc, advisory.DecodeOptions{})
	if err != nil {
		return advisory.Unknown
	}
	require.NotEmpty(t, a.Statements, text)
	strongest, unknown := advisory.NoStatement, false
	for i := range a.Statements {
		s := &a.Statements[i]
		timeline := advisory.Resolve(s, &a.Products[s.Products[0]], advisory.ResolveOptions{})
		key, n, err := timeline.Scheme.AppendKey(nil, version)
		require.NoError(t, err)
		out, _ := timeline.At(key, n)
		unknown = unknown || out.Status == advisory.Unknown && (timeline.Speaks() || len(a.Statements) == 1)
		strongest = max(strongest, out.Status)
	}
	if unknown && strongest != advisory.Affected {
		return advisory.Unknown
	}
	return strongest
}

// TestAllocations guards what reading a document costs: looking at it costs nothing, and
// each span no more than its pointer.
func TestAllocations(t *testing.T) {
	doc, err := jsonpos.Parse([]byte(full), jsonpos.Limits{})
	require.NoError(t, err)
	assert.Zero(t, testing.AllocsPerRun(100, func() { _ = osv.Decoder{}.Sniff(doc) }))

	allocs := func(versions int) float64 {
		list := strings.TrimSuffix(strings.Repeat(`"1.0.0",`, versions), ",")
		doc, err := jsonpos.Parse([]byte(document(`[`+entry(`"versions":[`+list+`]`)+`]`)), jsonpos.Limits{})
		require.NoError(t, err)
		return testing.AllocsPerRun(20, func() {
			if _, err := (osv.Decoder{}).Decode(doc, advisory.DecodeOptions{}); err != nil {
				t.Error(err)
			}
		})
	}
	few, many := allocs(10), allocs(1010)
	assert.LessOrEqual(t, (many-few)/1000, 4.0, "for each version")
	assert.LessOrEqual(t, few, 60.0)
}

// A partial is what a program that wants the ranges only would read with encoding/json.
type partial struct {
	ID       string
	Aliases  []string
	Affected []struct {
		Package struct{ Ecosystem, Name, PURL string }
		Ranges  []struct {
			Type, Repo string
			Events     []map[string]string
		}
		Versions []string
	}
}

// BenchmarkDecode reads the documents of testdata, once with the decoder and once with
// encoding/json into a part of them.
func BenchmarkDecode(b *testing.B) {
	for _, name := range []string{"versions", "git", "distributions"} {
		text, err := os.ReadFile("testdata/" + name + ".json")
		require.NoError(b, err)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				for _, err := range advisory.Decode(bytes.NewReader(text), advisory.DecodeOptions{}, osv.Decoder{}) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
		b.Run(name+"/encoding-json", func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				var p partial
				if err := json.Unmarshal(text, &p); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
