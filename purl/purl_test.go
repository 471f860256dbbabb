package purl_test

import (
	"encoding"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/package-url/packageurl-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl"
)

var (
	_ encoding.TextAppender    = purl.PURL{}
	_ encoding.TextMarshaler   = purl.PURL{}
	_ encoding.TextUnmarshaler = (*purl.PURL)(nil)
)

func TestZero(t *testing.T) {
	var zero purl.PURL
	assert.False(t, zero.IsValid())
	assert.Empty(t, zero.String())
	assert.Empty(t, zero.Scheme())
	assert.Empty(t, zero.FullVersion())
	assert.Empty(t, zero.AppendKey(nil))
	assert.Empty(t, maps.Collect(zero.Qualifiers()))
	assert.False(t, zero.Covers(zero))
	assert.False(t, zero.Covers(purl.MustParse("pkg:npm/lodash")))
	assert.False(t, purl.MustParse("pkg:npm/lodash").Covers(zero))
	_, ok := zero.Distro()
	assert.False(t, ok)
	_, ok = zero.Upstream()
	assert.False(t, ok)
}

func TestParts(t *testing.T) {
	p := purl.MustParse("pkg:rpm/Red%20Hat/x/A%2Fb@1:2%25?b=1%262&a=%C3%A9#a%20b/c")
	assert.Equal(t, "rpm", p.Type())
	assert.Equal(t, "red hat/x", p.Namespace())
	assert.Equal(t, "A/b", p.Name())
	assert.Equal(t, "1:2%", p.Version())
	assert.Equal(t, "a b/c", p.Subpath())
	value, ok := p.Qualifier("b")
	assert.True(t, ok)
	assert.Equal(t, "1&2", value)
	_, ok = p.Qualifier("c")
	assert.False(t, ok)
	_, ok = p.Qualifier("")
	assert.False(t, ok)
	var keys, values []string
	for key, value := range p.Qualifiers() {
		keys, values = append(keys, key), append(values, value)
	}
	assert.Equal(t, []string{"a", "b"}, keys)
	assert.Equal(t, []string{"é", "1&2"}, values)
	for range p.Qualifiers() {
		break // the iterator takes a no
	}
	assert.Equal(t, "pkg:rpm/red%20hat/x/A%2Fb", p.Base().String())
}

func TestComparable(t *testing.T) {
	set := map[purl.PURL]int{}
	set[purl.MustParse("pkg:deb/debian/curl@1?b=2&a=1")]++
	set[purl.MustParse("pkg:DEB/Debian/Curl@1?a=1&b=2&c=")]++
	set[purl.MustParse("pkg:deb/debian/curl@1?a=1")]++
	assert.Len(t, set, 2)
}

func TestText(t *testing.T) {
	type component struct {
		PURL purl.PURL `json:"purl"`
	}
	for _, text := range []string{"pkg:npm/%40types/node@20", "pkg:rpm/centerim@4", "pkg:swid/Fedora", ""} {
		in := component{}
		if text != "" {
			p, _, err := purl.ParseLenient(text)
			require.NoError(t, err)
			in.PURL = p
		}
		data, err := json.Marshal(in)
		require.NoError(t, err)
		assert.Equal(t, `{"purl":"`+text+`"}`, string(data))
		out := component{PURL: purl.MustParse("pkg:npm/other")}
		require.NoError(t, json.Unmarshal(data, &out))
		assert.Equal(t, in, out)
	}

	p := purl.MustParse("pkg:npm/kept")
	assert.ErrorIs(t, p.UnmarshalText([]byte("npm/x")), purl.ErrSyntax)
	assert.Equal(t, "kept", p.Name())

	text, err := p.AppendText([]byte("purl="))
	require.NoError(t, err)
	assert.Equal(t, "purl=pkg:npm/kept", string(text))
}

func TestFrom(t *testing.T) {
	for _, file := range []string{"canonical.txt", "accepted.txt"} {
		columns := map[string]int{"canonical.txt": 1, "accepted.txt": 2}[file]
		for line, row := range facts(t, file, columns) {
			p := purl.MustParse(row[0])
			u := p.PackageURL()
			slices.Reverse(u.Qualifiers)
			before := slices.Clone(u.Qualifiers)
			q, err := purl.From(u)
			require.NoError(t, err, "%s:%d", file, line)
			assert.Equal(t, p, q, "%s:%d", file, line)
			assert.Equal(t, before, u.Qualifiers, "the argument is not sorted in place")
		}
	}

	p, err := purl.From(packageurl.PackageURL{
		Type: "Deb", Namespace: "/Debian/", Name: "Curl", Version: "1+b1", Subpath: "/a//b/",
		Qualifiers: packageurl.Qualifiers{{Key: "Distro", Value: "debian-12"}, {Key: "arch", Value: ""}},
	})
	require.NoError(t, err)
	assert.Equal(t, "pkg:deb/debian/curl@1%2Bb1?distro=debian-12#a/b", p.String())

	p, err = purl.From(packageurl.PackageURL{Type: "git", Namespace: "example.org/group", Name: "/sub/x.git/"})
	require.NoError(t, err)
	assert.Equal(t, "example.org", p.Namespace())
	assert.Equal(t, "group/sub/x.git", p.Name())
}

func TestFromRefused(t *testing.T) {
	qualifiers := func(pairs ...string) packageurl.PackageURL {
		u := packageurl.PackageURL{Type: "npm", Name: "x"}
		for i := 0; i < len(pairs); i += 2 {
			u.Qualifiers = append(u.Qualifiers, packageurl.Qualifier{Key: pairs[i], Value: pairs[i+1]})
		}
		return u
	}
	for _, c := range []struct {
		u      packageurl.PackageURL
		part   string
		offset int
		kind   error
	}{
		{packageurl.PackageURL{Name: "x"}, "type", 0, purl.ErrSyntax},
		{packageurl.PackageURL{Type: "n pm", Name: "x"}, "type", 1, purl.ErrSyntax},
		{packageurl.PackageURL{Type: "npm"}, "name", 0, purl.ErrSyntax},
		{packageurl.PackageURL{Type: "git", Name: "//"}, "name", 0, purl.ErrSyntax},
		{packageurl.PackageURL{Type: "npm", Name: "ab\x00"}, "name", 2, purl.ErrCharacter},
		{packageurl.PackageURL{Type: "npm", Name: "a\xff"}, "name", 1, purl.ErrEncoding},
		{packageurl.PackageURL{Type: "npm", Name: "x", Version: "1\u200b"}, "version", 1, purl.ErrCharacter},
		{packageurl.PackageURL{Type: "npm", Name: "x", Namespace: "a\n"}, "namespace", 1, purl.ErrCharacter},
		{packageurl.PackageURL{Type: "npm", Name: "x", Subpath: "a/../b"}, "subpath", 0, purl.ErrSyntax},
		{packageurl.PackageURL{Type: "npm", Name: "x", Subpath: "a\x7f"}, "subpath", 1, purl.ErrCharacter},
		{packageurl.PackageURL{Type: "gem", Namespace: "a", Name: "x"}, "namespace", 0, purl.ErrDefinition},
		{packageurl.PackageURL{Type: "swift", Name: "x"}, "namespace", 0, purl.ErrDefinition},
		{packageurl.PackageURL{Type: "npm", Name: string(make([]byte, purl.MaxLength))}, "name", 0, purl.ErrTooLong},
		{qualifiers("in production", "true"), "qualifiers", 2, purl.ErrSyntax},
		{qualifiers("", "true"), "qualifiers", 0, purl.ErrSyntax},
		{qualifiers("a", "1", "A", "2"), "qualifiers", 0, purl.ErrSyntax},
		{qualifiers("a", "1\x1b"), "qualifiers", 1, purl.ErrCharacter},
	} {
		p, err := purl.From(c.u)
		var parse *purl.ParseError
		require.ErrorAs(t, err, &parse, "%+v", c.u)
		assert.Equal(t, purl.PURL{}, p)
		assert.Equal(t, c.part, parse.Part, "%+v", c.u)
		assert.Equal(t, c.offset, parse.Offset, "%+v", c.u)
		assert.ErrorIs(t, err, c.kind, "%+v", c.u)
	}
}

func TestNoAllocs(t *testing.T) {
	const text = "pkg:rpm/redhat/openssl-libs@3.0.7-27.el9?arch=x86_64&distro=rhel-9.4&epoch=1#a/b"
	p := purl.MustParse(text)
	golang := purl.MustParse("pkg:golang/github.com/Masterminds/semver@v1?goos=linux")
	folded := purl.MustParse("pkg:golang/github.com/masterminds/semver?goos=linux")
	buf := make([]byte, 0, 256)
	for _, c := range []struct {
		name string
		want float64
		run  func()
	}{
		{"Parse", 0, func() { _, _ = purl.Parse(text) }},
		{"Qualifier", 0, func() { _, _ = p.Qualifier("distro") }},
		{"Base", 0, func() { _ = p.Base() }},
		{"Scheme", 0, func() { _ = p.Scheme() }},
		{"AppendText", 0, func() { _, _ = p.AppendText(buf) }},
		{"AppendKey", 0, func() { _ = golang.AppendKey(buf) }},
		{"Covers", 0, func() { _ = folded.Covers(golang) }},
		{"String", 1, func() { _ = p.String() }},
		{"Parse scope", 1, func() { _, _ = purl.Parse("pkg:npm/%40types/node@20") }},
	} {
		assert.Equal(t, c.want, testing.AllocsPerRun(100, c.run), c.name)
	}
}
