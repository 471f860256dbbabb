package match_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

var update = flag.Bool("update", false, "write testdata/replay/evidence.* anew")

// replayMatchers compiles testdata/replay under a catalog of its own, so that no other change
// of data changes the digests, and loads what that writes.
func replayMatchers(t *testing.T) (built, loaded *match.Matcher) {
	t.Helper()
	text, err := os.ReadFile("testdata/replay/catalog.txt")
	require.NoError(t, err)
	entries, err := product.Read(bytes.NewReader(text))
	require.NoError(t, err)
	catalog, err := new(product.Catalog).With(entries...)
	require.NoError(t, err)
	b := match.NewBuilder(match.Options{Catalog: catalog})
	f, err := os.Open("testdata/replay/advisories.jsonl")
	require.NoError(t, err)
	defer f.Close()
	require.NoError(t, b.AddAll(t.Context(), advisory.Decode(f, advisory.DecodeOptions{File: "advisories.jsonl"})))
	built, err = b.Build()
	require.NoError(t, err)
	var data bytes.Buffer
	_, err = built.WriteTo(&data)
	require.NoError(t, err)
	loaded, err = match.Load(data.Bytes(), match.Options{Catalog: catalog})
	require.NoError(t, err)
	return built, loaded
}

// replayAsking is the date and the caller's word under which the evidence was made.
var replayAsking = match.AskOptions{
	At: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC),
	Accepted: []match.Acceptance{{Scope: match.Scope{Vulnerability: "CVE-2026-0001", Vendor: "Example", Product: "Gateway"},
		Author: "J. Doe", Note: "behind a proxy until the update", Until: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)}},
}

// replayed is the evidence of the questions of the golden files.
func replayed(m *match.Matcher) []match.Evidence {
	host := &match.Host{ID: "srv7", Platforms: []match.Installation{{Vendor: "Acme", Product: "OS", Version: "9.1"}}, PlatformsComplete: true,
		Patches: []string{"KB5000002"}, PatchList: match.CompletePatches}
	in := func(product, version string) *match.Installation {
		return &match.Installation{Host: host, Vendor: "Example", Product: product, Version: version, Row: "srv7;Example;" + product + ";" + version}
	}
	told := in("Gateway", "4.1")
	told.Met = map[string]vers.Truth{"with port 80 open": vers.Yes}
	return []match.Evidence{
		m.Explain(in("Gateway", "4.1"), "CVE-2026-0001"), // affected, with a risk that was taken
		m.Explain(in("Gateway", "5.1"), "CVE-2026-0001"), // fixed; a lower rank says otherwise
		m.Explain(in("Gateway", "4.1"), "CVE-2026-0002"), // a condition that is not known
		m.Explain(told, "GHSA-2222-2222-2222"),           // one that is met, asked by an alias
		m.Explain(in("Gateway", "4.0.5"), "CVE-2026-0002"),
		m.Explain(in("Agent", "1"), "CVE-2026-0003"),         // a patch that replaces the one that fixes it
		m.Explain(in("Gateway Cloud", "1"), "CVE-2026-0001"), // why not
	}
}

// TestReplayGolden: the same documents, catalog, installation and date give the bytes of
// evidence that they gave when the files were written, before and after the matcher was
// written and loaded. The release of the library is what may differ.
func TestReplayGolden(t *testing.T) {
	built, loaded := replayMatchers(t)
	for name, m := range map[string]*match.Matcher{"built": built, "loaded": loaded} {
		list := replayed(ask(t, m, replayAsking))
		var text strings.Builder
		for i := range list {
			require.NotEmpty(t, list[i].Library)
			list[i].Library = "the release"
			text.WriteString(list[i].String())
		}
		data, err := json.MarshalIndent(list, "", " ")
		require.NoError(t, err)
		for file, got := range map[string]string{"evidence.json": string(data) + "\n", "evidence.txt": text.String()} {
			file = "testdata/replay/" + file
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err, "run with -update")
			assert.Equal(t, string(want), got, "%s, %s: run with -update if the change is wanted", name, file)
		}
	}
}

// TestReplayReloaded: a matcher that was written and loaded again gives the same bytes of
// evidence as the built one, of documents that stand in no file too.
func TestReplayReloaded(t *testing.T) {
	r := questioner{rand.New(rand.NewPCG(41, 42))}
	for range 200 {
		q := r.question(4, 3, true)
		var docs []*advisory.Advisory
		for i, d := range q.docs {
			a := d.advisory()
			if i%2 == 0 {
				a.Pos = advisory.Pos{}
			}
			docs = append(docs, a)
		}
		built := ask(t, compile(t, docs...), match.AskOptions{At: day(q.day)})
		loaded := ask(t, reload(t, built), match.AskOptions{At: day(q.day)})
		in := q.in.installation()
		want, got := built.Explain(in, q.id), loaded.Explain(in, q.id)
		text, err := json.Marshal(want)
		require.NoError(t, err)
		again, err := json.Marshal(got)
		require.NoError(t, err)
		require.Equal(t, string(text), string(again))
		require.Equal(t, want.String(), got.String())
	}
}

// TestDigest: a matcher has one digest, in whatever order it was built, written or not, and
// another one as soon as anything that was compiled is another.
func TestDigest(t *testing.T) {
	m := compile(t, variety()...)
	want := m.Digest()
	assert.Regexp(t, "^sha256:[0-9a-f]{64}$", want)
	assert.Equal(t, want, reload(t, m).Digest())
	assert.Equal(t, want, ask(t, m, match.AskOptions{At: day(3)}).Digest(), "a view is no other matcher")
	docs := variety()
	docs[0], docs[2] = docs[2], docs[0]
	assert.Equal(t, want, compile(t, docs...).Digest())
	docs = variety()
	docs[1].Title = "other words"
	assert.NotEqual(t, want, compile(t, docs...).Digest())
	docs = variety()
	docs[3].Pos.File = "elsewhere.json"
	assert.NotEqual(t, want, compile(t, docs...).Digest(), "evidence names the file")
	assert.NotEqual(t, want, compile(t, variety()[1:]...).Digest())
	b := match.NewBuilder(match.Options{Infer: true})
	for _, a := range variety() {
		require.NoError(t, b.Add(a))
	}
	inferring, err := b.Build()
	require.NoError(t, err)
	assert.NotEqual(t, want, inferring.Digest())
	assert.Equal(t, inferring.Digest(), reload(t, inferring).Digest())
}
