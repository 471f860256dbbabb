package purl_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/package-url/packageurl-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl"
)

// seeds adds every text of testdata that is read.
func seeds(f *testing.F) {
	for name, columns := range map[string]int{
		"canonical.txt": 1, "accepted.txt": 2, "tolerated.txt": 5, "refused.txt": 4, "versions.txt": 2,
		"distros.txt": 4, "upstream.txt": 2,
	} {
		for _, row := range facts(f, name, columns) {
			f.Add(row[0])
		}
	}
	for _, row := range facts(f, "covers.txt", 3) {
		f.Add(row[1])
		f.Add(row[2])
	}
}

// FuzzParse checks the laws that hold for every text.
func FuzzParse(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		p, warnings, err := purl.ParseLenient(text)
		strict, strictErr := purl.Parse(text)
		require.Equal(t, err != nil || len(warnings) > 0, strictErr != nil, "Parse is ParseLenient without warnings")
		for _, w := range warnings {
			assert.GreaterOrEqual(t, w.Offset, 0)
			assert.LessOrEqual(t, w.Offset, len(text))
			assert.NotNil(t, w.Err)
		}
		if strictErr == nil {
			require.Equal(t, p, strict)
		}
		if err != nil {
			var parse *purl.ParseError
			require.ErrorAs(t, err, &parse)
			assert.GreaterOrEqual(t, parse.Offset, 0)
			assert.LessOrEqual(t, parse.Offset, len(text))
			require.Equal(t, purl.PURL{}, p)
			return
		}
		require.True(t, p.IsValid())

		canonical := p.String()
		again, _, err := purl.ParseLenient(canonical)
		require.NoError(t, err, canonical)
		require.Equal(t, p, again, canonical)
		require.Equal(t, canonical, again.String())
		require.False(t, strings.ContainsFunc(canonical, func(r rune) bool { return r <= ' ' || r >= 0x7f }), canonical)

		require.True(t, p.Covers(p), canonical)
		require.True(t, p.Base().Covers(p), canonical)
		require.Equal(t, string(p.AppendKey(nil)), string(p.Base().AppendKey(nil)))
		require.False(t, strings.ContainsFunc(p.Name()+p.Namespace()+p.Version()+p.Subpath(), unicode.IsControl))
		for key, value := range p.Qualifiers() {
			got, ok := p.Qualifier(key)
			require.True(t, ok)
			require.Equal(t, value, got)
			require.NotEmpty(t, value)
		}
		if source, ok := p.Upstream(); ok {
			back, _, err := purl.ParseLenient(source.String())
			require.NoError(t, err, source.String())
			require.Equal(t, source, back)
		}
		p.Distro()
		if strictErr == nil {
			built, err := purl.From(p.PackageURL())
			require.NoError(t, err, canonical)
			require.Equal(t, p, built)
		}
	})
}

// FuzzReference compares Parse with packageurl-go. Where both read a text, they agree on all
// parts, but for the differences that stand here with their reason; what Parse reads,
// packageurl-go reads too.
func FuzzReference(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := purl.Parse(text)
		if err != nil {
			return
		}
		path, _, _ := strings.Cut(text, "#")
		path, query, _ := strings.Cut(path, "?")
		u, err := packageurl.FromString(text)
		switch {
		case strings.Contains(path, "/@"), strings.HasSuffix(strings.TrimSpace(path), "/"):
			return // a slash behind the name: "How to parse" strips it, packageurl-go misses the name
		case strings.Contains(query, ";"):
			return // packageurl-go refuses a semicolon that is not encoded
		}
		require.NoError(t, err, text)
		want := p.PackageURL()
		if p.Type() == "git" {
			// packageurl-go takes the path on the host for the namespace.
			want.Name = want.Namespace + "/" + want.Name
			// An encoded slash in its name is one all the same, and empty segments do not count.
			u.Name = strings.Join(strings.FieldsFunc(u.Namespace+"/"+u.Name, func(r rune) bool { return r == '/' }), "/")
			want.Namespace, u.Namespace = "", ""
		}
		if p.Type() == "git" || p.Type() == "golang" {
			// This package lowers hosts and keeps the paths of Go.
			for _, s := range []*string{&want.Namespace, &want.Name, &u.Namespace, &u.Name} {
				*s = strings.ToLower(*s)
			}
		}
		// packageurl-go keeps empty segments inside the subpath, and subpaths of slashes only.
		u.Subpath = strings.Join(strings.FieldsFunc(u.Subpath, func(r rune) bool { return r == '/' }), "/")
		if len(u.Qualifiers) == 0 {
			u.Qualifiers = nil
		}
		require.Equal(t, u, want, text)
	})
}
