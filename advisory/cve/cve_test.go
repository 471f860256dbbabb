package cve_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/cve"
	"github.com/affected-go/affected/advisory/jsonpos"
)

var update = flag.Bool("update", false, "write the facts of testdata anew")

// decode reads a text that holds one record.
func decode(t testing.TB, text string) *advisory.Advisory {
	t.Helper()
	doc, err := jsonpos.Parse([]byte(text), jsonpos.Limits{})
	require.NoError(t, err)
	require.True(t, cve.Decoder{}.Sniff(doc))
	a, err := cve.Decoder{}.Decode(doc, advisory.DecodeOptions{File: "record.json"})
	require.NoError(t, err)
	return a
}

// record wraps the text of `affected` into a record.
func record(affected string) string {
	return `{"dataType":"CVE_RECORD","cveMetadata":{"cveId":"CVE-2099-1","assignerShortName":"acme","state":"PUBLISHED"},` +
		`"containers":{"cna":{"affected":` + affected + `}}}`
}

// TestRecords reads the records of testdata and compares all that came of them with the
// facts beside them, one a line. After a wanted change: go test ./advisory/cve -update
func TestRecords(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			got := facts(decode(t, string(text)))
			want := strings.TrimSuffix(file, ".json") + ".txt"
			if *update {
				require.NoError(t, os.WriteFile(want, []byte(got), 0o666))
			}
			facts, err := os.ReadFile(want)
			require.NoError(t, err)
			assert.Equal(t, string(facts), got)
		})
	}
}

// facts writes what an advisory says, one fact a line.
func facts(a *advisory.Advisory) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("%s %s %s, %s is %s", a.Format, a.ID, a.State, a.Publisher.Name, a.Publisher.Rank)
	for _, d := range []struct {
		name string
		text string
	}{
		{"published", a.Published.Format("2006-01-02 15:04:05.000")},
		{"modified", a.Modified.Format("2006-01-02 15:04:05.000")},
		{"withdrawn", a.Withdrawn.Format("2006-01-02 15:04:05.000")},
	} {
		if !strings.HasPrefix(d.text, "0001") {
			line("%s %s", d.name, d.text)
		}
	}
	for _, v := range a.Vulnerabilities {
		line("vulnerability %s title %q exploited %t at %s", v.ID, v.Title, v.Exploited, v.Pos.Pointer)
		line("  %q", v.Description)
		for _, s := range v.Severities {
			line("  severity %s %v %q from %q", s.Type, s.Score, s.Vector, s.Source)
		}
		for _, e := range v.Events {
			line("  event %s %q from %q", e.Time.Format("2006-01-02"), e.Text, e.Source)
		}
		for _, r := range v.References {
			line("  reference %s %q", r.URL, r.Tags)
		}
	}
	for i := range a.Statements {
		s := &a.Statements[i]
		for _, j := range s.Products {
			p := &a.Products[j]
			line("product %q %q at %s", p.Vendor, p.Name, p.Pos.Pointer)
			for _, name := range append(p.PURLs, p.CPEs...) {
				line("  %s", name)
			}
		}
		line("  default %s, where %s%s, at %s", s.Default, s.Where.String(), presumed(&s.Where), s.Pos.Pointer)
		for j := range s.Spans {
			span := &s.Spans[j]
			form := fmt.Sprintf("version %q", span.Version)
			switch {
			case span.Through != "":
				form = fmt.Sprintf("from %q through %q", span.From, span.Through)
			case span.IsRange():
				form = fmt.Sprintf("from %q before %q", span.From, span.Before)
			}
			line("  %s %s hint %q at %s", span.Status, form, span.Hint, span.Pos.Pointer)
			for _, c := range span.Changes {
				line("    %s at %q at %s", c.Status, c.At, c.Pos.Pointer)
			}
		}
		for _, r := range s.Remediations {
			line("  %s: %q at %s", r.Category, r.Text, r.Pos.Pointer)
		}
	}
	for _, p := range a.Problems {
		line("problem %s %q warning %t at %s", p.Code, p.Text, p.Warning, p.Pos.Pointer)
	}
	return b.String()
}

// presumed marks conditions that count as met when the fact is not known.
func presumed(c *advisory.Condition) string {
	if c.Presumed {
		return " (presumed)"
	}
	return ""
}

// TestPositions checks that each pointer leads to where the text stands.
func TestPositions(t *testing.T) {
	text, err := os.ReadFile("testdata/versions.json")
	require.NoError(t, err)
	a := decode(t, string(text))
	require.Len(t, a.Statements, 4)
	span := a.Statements[0].Spans[0]
	assert.Equal(t, "record.json#/containers/cna/affected/0/versions/0", span.Pos.String())
	assert.True(t, bytes.HasPrefix(text[span.Pos.Offset:], []byte(`{"version": "10.2.0"`)))
	change := span.Changes[1]
	assert.True(t, bytes.HasPrefix(text[change.Pos.Offset:], []byte(`{"at": "10.2.7-h8"`)))
}

// TestSniff takes records in any order of members, and nothing else.
func TestSniff(t *testing.T) {
	for text, want := range map[string]bool{
		`{"containers":{},"cveMetadata":{},"dataType":"CVE_RECORD"}`: true,
		`{"cveMetadata":{}}`:                                      true,
		`{"dataType":"CVE_RECORD"}`:                               true,
		`{"data_type":"CVE","CVE_data_meta":{"ID":"CVE-2019-1"}}`: false,
		`{"id":"GHSA-1","affected":[]}`:                           false,
		`{"dataType":7}`:                                          false,
		`[]`:                                                      false,
		`"cveMetadata"`:                                           false,
	} {
		doc, err := jsonpos.Parse([]byte(text), jsonpos.Limits{})
		require.NoError(t, err)
		assert.Equal(t, want, cve.Decoder{}.Sniff(doc), text)
	}
	assert.Equal(t, "cve", cve.Decoder{}.Format())
}

// TestUnreadNeverClears is the safety law: whatever member of an entry cannot be read,
// nothing is called fixed or not affected because of it.
func TestUnreadNeverClears(t *testing.T) {
	const good = `[{"vendor":"Acme","product":"Gateway","platforms":["Windows"],"defaultStatus":"unaffected",` +
		`"versions":[{"version":"1.0","status":"affected","lessThan":"2.0","versionType":"custom"}]}]`
	resolve := func(text string) advisory.Outcome {
		a := decode(t, record(text))
		require.NotEmpty(t, a.Statements, text)
		timeline := advisory.Resolve(&a.Statements[0], &a.Products[0], advisory.ResolveOptions{})
		key, n, err := timeline.Scheme.AppendKey(nil, "3.0")
		require.NoError(t, err)
		out, _ := timeline.At(key, n)
		return out
	}
	require.Equal(t, advisory.Fixed, resolve(good).Status)
	for _, c := range []struct{ old, new string }{
		{`"Acme"`, `{}`},
		{`"Gateway"`, `[]`},
		{`["Windows"]`, `"Windows"`},
		{`["Windows"]`, `["Windows",true]`},
		{`"unaffected"`, `"fine"`},
		{`"unaffected"`, `false`},
		{`"1.0"`, `{}`},
		{`"1.0"`, `""`},
		{`"2.0"`, `[]`},
		{`"2.0"`, `""`},
		{`"2.0"`, `"2.0","lessThan":"9"`},
		{`"2.0"`, `"2.0","lessThanOrEqual":"2.0"`},
		{`"custom"`, `["custom"]`},
		{`"versions":[`, `"versions":[null,`},
		{`"versions":[`, `"versions":["2.0 to 4.0",`},
		{`"versions":[`, `"versions":[],"versions":[`},
		{`"lessThan"`, `"changes":{},"lessThan"`},
		{`"lessThan"`, `"changes":[{"at":["1.5"],"status":"affected"}],"lessThan"`},
		{`"vendor"`, `"cpes":["cpe:2.3:a:acme:gateway:*:*:*:*:*:*:*:*",5],"vendor"`},
	} {
		bad := strings.Replace(good, c.old, c.new, 1)
		require.NotEqual(t, good, bad, c.old)
		assert.Equal(t, advisory.Unknown, resolve(bad).Status, bad)
	}
}

// TestLimits refuses what would become too much, instead of taking a part for the whole.
func TestLimits(t *testing.T) {
	version := `{"version":"1","status":"affected"}`
	entry := func(versions int) string {
		return `{"vendor":"A","product":"B","versions":[` + strings.TrimSuffix(strings.Repeat(version+",", versions), ",") + `]}`
	}
	for name, affected := range map[string]string{
		"spans":    `[` + entry(100) + `]`,
		"products": `[` + strings.Repeat(entry(1)+",", 49) + entry(1) + `]`,
		"changes":  `[{"vendor":"A","product":"B","versions":[{"version":"1","status":"affected","changes":[` + strings.TrimSuffix(strings.Repeat(`{"at":"2","status":"unaffected"},`, 98), ",") + `]}]}]`,
	} {
		doc, err := jsonpos.Parse([]byte(record(affected)), jsonpos.Limits{})
		require.NoError(t, err)
		_, err = cve.Decoder{}.Decode(doc, advisory.DecodeOptions{Items: 101})
		assert.NoError(t, err, name)
		a, err := cve.Decoder{}.Decode(doc, advisory.DecodeOptions{Items: 99})
		assert.ErrorIs(t, err, advisory.ErrLimit, name)
		assert.Nil(t, a, name)
	}
}

// TestHostile reads texts that were made to cost much.
func TestHostile(t *testing.T) {
	for _, c := range []struct {
		name, text string
		err        error
	}{
		{"no JSON", "CVE-2099-1: Gateway before 2.0", advisory.ErrSyntax},
		{"another format", `{"document":{"category":"csaf_base"}}`, advisory.ErrFormat},
		{"truncated", record(`[{"vendor":"Acme"}]`)[:150], advisory.ErrSyntax},
		{"deep", record(strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)), advisory.ErrLimit},
		{"a long version", record(`[{"vendor":"Acme","product":"Gateway","versions":[{"version":"` + strings.Repeat("1.", 1<<19) + `","status":"affected"}]}]`), nil},
		{"many names of one kind", record(`[{"vendor":"Acme","product":"Gateway","cpes":["` + strings.Repeat(`cpe:/a:x:y","`, 50_000) + `"]}]`), nil},
		{"nothing but empty entries", record(`[` + strings.Repeat(`{},`, 50_000) + `{}]`), nil},
		{"nothing but wrong entries", record(`[` + strings.Repeat(`5,`, 50_000) + `5]`), nil},
	} {
		var count int
		for a, err := range advisory.Decode(strings.NewReader(c.text), advisory.DecodeOptions{}, cve.Decoder{}) {
			count++
			if c.err != nil {
				assert.ErrorIs(t, err, c.err, c.name)
				var place *advisory.DecodeError
				assert.True(t, errors.As(err, &place), c.name)
				assert.Nil(t, a, c.name)
				break
			}
			require.NoError(t, err, c.name)
			assert.LessOrEqual(t, len(a.Problems), 200, c.name)
			assert.NotEmpty(t, a.Statements, c.name)
		}
		assert.Equal(t, 1, count, c.name)
	}
}

// TestMarshal writes the records of testdata in the library's own form and reads them again.
func TestMarshal(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	require.NoError(t, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		a := decode(t, string(text))
		written, err := a.MarshalJSON()
		require.NoError(t, err, file)
		var again advisory.Advisory
		require.NoError(t, again.UnmarshalJSON(written), file)
		assert.Equal(t, facts(a), facts(&again), file)
	}
}

// TestShared makes sure that decoders can be used at the same time.
func TestShared(t *testing.T) {
	text, err := os.ReadFile("testdata/join.json")
	require.NoError(t, err)
	want := facts(decode(t, string(text)))
	for range 4 {
		t.Run("one of them", func(t *testing.T) {
			t.Parallel()
			for range 50 {
				assert.Equal(t, want, facts(decode(t, string(text))))
			}
		})
	}
}
