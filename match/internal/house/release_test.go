package house_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/product"
)

// unreleased is the folder of the next release. Its compiled file and words are written by -update; when a
// release is made the folder is copied under the name of the release, and is never written again.
const unreleased = "unreleased"

// releaseWords returns the words of Status and Reason, which never change.
func releaseWords() string {
	var b strings.Builder
	for s := advisory.Unknown; s.String() != "invalid"; s++ {
		b.WriteString("status " + s.String() + "\n")
	}
	for r := advisory.NoReason + 1; r.String() != "invalid"; r++ {
		b.WriteString("reason " + r.String() + "\n")
	}
	return b.String()
}

// TestReleases: what a release wrote is read by this library, and says what it said: advisories
// in the library's own JSON, catalog lines, and a compiled file. Each folder of testdata/releases
// holds these and the verdicts, one a line. Each word that it had for a status or reason is there
// still.
func TestReleases(t *testing.T) {
	dir := filepath.Join(moduleRoot(t), "testdata", "releases")
	folders, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.NotEmpty(t, folders)
	for _, folder := range folders {
		t.Run(folder.Name(), func(t *testing.T) { testRelease(t, filepath.Join(dir, folder.Name())) })
	}
}

func testRelease(t *testing.T, dir string) {
	read := func(name string) []byte {
		text, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		return text
	}
	now := releaseWords()
	if *updateAPI && filepath.Base(dir) == unreleased {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "words.txt"), []byte(now), 0o644))
	}
	for word := range strings.Lines(string(read("words.txt"))) {
		assert.Contains(t, "\n"+now, "\n"+word, "a word that was released is gone")
	}
	entries, err := product.Read(bytes.NewReader(read("catalog.txt")))
	require.NoError(t, err)
	catalog, err := new(product.Catalog).With(entries...)
	require.NoError(t, err)
	opt := match.Options{Catalog: catalog}
	b := match.NewBuilder(opt)
	for a, err := range advisory.Decode(bytes.NewReader(read("advisories.jsonl")), advisory.DecodeOptions{File: "advisories.jsonl"}, advisory.JSON{}) {
		require.NoError(t, err)
		require.Empty(t, a.Problems)
		require.NoError(t, b.Add(a))
	}
	built, err := b.Build()
	require.NoError(t, err)
	sayTheSame(t, built, string(read("verdicts.txt")))

	compiled := filepath.Join(dir, "compiled.db")
	if *updateAPI && filepath.Base(dir) == unreleased {
		var data bytes.Buffer
		_, err := built.WriteTo(&data)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(compiled, data.Bytes(), 0o644))
	}
	loaded, err := match.Load(read("compiled.db"), opt)
	if errors.Is(err, match.ErrVersion) && filepath.Base(dir) == unreleased {
		t.Skipf("%v, which nobody has yet: go test ./match/internal/house -run TestReleases -update", err)
	}
	require.NoError(t, err)
	require.NoError(t, loaded.Verify())
	sayTheSame(t, loaded, string(read("verdicts.txt")))
}

// sayTheSame asks for the verdicts of a text.
func sayTheSame(t *testing.T, m *match.Matcher, verdicts string) {
	asked := 0
	for text := range strings.Lines(verdicts) {
		if strings.HasPrefix(text, "#") || strings.TrimSpace(text) == "" {
			continue
		}
		cells := strings.Split(text, "|")
		require.Len(t, cells, 6, text)
		for i := range cells {
			if cells[i] = strings.TrimSpace(cells[i]); cells[i] == "-" {
				cells[i] = ""
			}
		}
		in := &match.Installation{Vendor: cells[0], Product: cells[1], Version: cells[2]}
		if strings.HasPrefix(in.Product, "pkg:") {
			in.PURL, in.Product = purl.MustParse(in.Product), ""
		}
		f := m.Finding(in, cells[3])
		assert.Equal(t, cells[4], strings.TrimSpace(f.Verdict.Status.String()+" "+f.Verdict.Reason.String()), text)
		fix := f.Fix.String()
		if !f.Fix.IsVersion() {
			fix = ""
		}
		assert.Equal(t, cells[5], fix, text)
		asked++
	}
	require.NotZero(t, asked)
}
