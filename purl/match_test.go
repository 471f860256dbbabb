package purl_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/vers"
)

// lenient reads what the tables of the matching tests hold.
func lenient(t *testing.T, text string) purl.PURL {
	t.Helper()
	p, _, err := purl.ParseLenient(text)
	require.NoError(t, err)
	return p
}

func TestAppendKey(t *testing.T) {
	for line, row := range facts(t, "same.txt", 3) {
		a, b := lenient(t, row[1]), lenient(t, row[2])
		require.Contains(t, []string{"same", "other"}, row[0], "line %d", line)
		assert.Equal(t, row[0] == "same", string(a.AppendKey(nil)) == string(b.AppendKey(nil)), "line %d", line)
		assert.Equal(t, row[0] == "same", a.Base().Covers(b), "line %d", line)
		assert.Equal(t, row[0] == "same", b.Base().Covers(a), "line %d", line)
	}
	p := purl.MustParse("pkg:npm/%40types/node@20")
	assert.Equal(t, "key npm\x00@types\x00node", string(p.AppendKey([]byte("key "))))
}

func TestCovers(t *testing.T) {
	for line, row := range facts(t, "covers.txt", 3) {
		pattern, p := lenient(t, row[1]), lenient(t, row[2])
		require.Contains(t, []string{"yes", "no"}, row[0], "line %d", line)
		assert.Equal(t, row[0] == "yes", pattern.Covers(p), "line %d: %s against %s", line, row[1], row[2])
		assert.True(t, pattern.Covers(pattern), "line %d", line)
		assert.True(t, p.Base().Covers(p), "line %d", line)
	}
}

// TestRelate: what is known to be meant, what is known not to be, and what is left out.
func TestRelate(t *testing.T) {
	words := map[string]vers.Truth{"yes": vers.Yes, "no": vers.No, "unknown": vers.Unknown}
	for line, row := range facts(t, "relate.txt", 3) {
		pattern, p := lenient(t, row[1]), lenient(t, row[2])
		want, ok := words[row[0]]
		require.True(t, ok, "line %d", line)
		assert.Equal(t, want, pattern.Relate(p), "line %d: %s against %s", line, row[1], row[2])
		assert.Equal(t, vers.Yes, pattern.Relate(pattern), "line %d", line)
		assert.Zero(t, testing.AllocsPerRun(10, func() { pattern.Base().Relate(p) }), "line %d", line)
	}
	for line, row := range facts(t, "covers.txt", 3) {
		pattern, p := lenient(t, row[1]), lenient(t, row[2])
		if row[0] == "yes" {
			assert.Equal(t, vers.Yes, pattern.Relate(p), "line %d: %s against %s", line, row[1], row[2])
		}
	}
	assert.Equal(t, vers.No, purl.PURL{}.Relate(purl.PURL{}))
	assert.Equal(t, vers.Unknown, purl.Distro{}.Relate(purl.Distro{ID: "debian"}))
}

func TestCoversFunc(t *testing.T) {
	p := purl.MustParse("pkg:rpm/redhat/x@2.0-1?epoch=1")
	pattern := purl.MustParse("pkg:rpm/redhat/x?vers=vers:rpm%2F%3C3")
	for _, answer := range []bool{true, false} {
		called := 0
		got := pattern.CoversFunc(p, func(vers, version string) bool {
			called++
			assert.Equal(t, "vers:rpm/<3", vers)
			assert.Equal(t, "1:2.0-1", version)
			return answer
		})
		assert.Equal(t, answer, got)
		assert.Equal(t, 1, called)
	}
	never := func(string, string) bool {
		assert.Fail(t, "no range is asked for")
		return true
	}
	assert.False(t, pattern.CoversFunc(p.Base(), never))
	assert.True(t, p.Base().CoversFunc(p, never))
	assert.False(t, p.CoversFunc(p.Base(), never))
}

func TestScheme(t *testing.T) {
	schemes := map[string]string{}
	for _, row := range facts(t, "schemes.txt", 2) {
		schemes[row[0]] = dash(row[1])
	}
	seen := map[string]bool{}
	for line, row := range facts(t, "canonical.txt", 1) {
		p := purl.MustParse(row[0])
		assert.Equal(t, schemes[p.Type()], p.Scheme(), "canonical.txt:%d", line)
		seen[p.Type()] = true
	}
	for typ := range schemes {
		assert.True(t, seen[typ] || typ == "no-such-type", "no package url of the type %s in canonical.txt", typ)
	}
	assert.Empty(t, lenient(t, "pkg:no-such-type/x@1").Scheme())
}

func TestFullVersion(t *testing.T) {
	for line, row := range facts(t, "versions.txt", 2) {
		assert.Equal(t, row[1], lenient(t, row[0]).FullVersion(), "line %d", line)
	}
}

func TestDistro(t *testing.T) {
	for line, row := range facts(t, "distros.txt", 4) {
		d, ok := purl.MustParse(row[0]).Distro()
		if row[1] == "none" {
			assert.False(t, ok, "line %d", line)
			continue
		}
		assert.True(t, ok, "line %d", line)
		assert.Equal(t, purl.Distro{ID: row[1], Release: dash(row[2]), Channel: dash(row[3])}, d, "line %d", line)
	}
}

func TestUpstream(t *testing.T) {
	for line, row := range facts(t, "upstream.txt", 2) {
		source, ok := purl.MustParse(row[0]).Upstream()
		assert.Equal(t, dash(row[1]), source.String(), "line %d", line)
		assert.Equal(t, row[1] != "-", ok, "line %d", line)
		if ok {
			assert.Equal(t, source, purl.MustParse(row[1]), "line %d", line)
			assert.Equal(t, source.Type() != "apk", source.IsSource(), "line %d", line)
		}
	}
}

func TestIsSource(t *testing.T) {
	assert.True(t, purl.MustParse("pkg:deb/debian/curl?arch=source").IsSource())
	assert.True(t, purl.MustParse("pkg:rpm/fedora/curl?arch=nosrc").IsSource())
	assert.False(t, purl.MustParse("pkg:rpm/fedora/curl?arch=source").IsSource())
	assert.False(t, purl.MustParse("pkg:deb/debian/curl?arch=amd64").IsSource())
	assert.False(t, purl.MustParse("pkg:npm/curl?arch=source").IsSource())
}
