package csaf_test

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
	"github.com/affected-go/affected/advisory/csaf"
	"github.com/affected-go/affected/advisory/jsonpos"
)

var update = flag.Bool("update", false, "write the facts of testdata anew")

// decode reads a text that holds one document.
func decode(t testing.TB, text string) *advisory.Advisory {
	t.Helper()
	doc, err := jsonpos.Parse([]byte(text), jsonpos.Limits{})
	require.NoError(t, err)
	require.True(t, csaf.Decoder{}.Sniff(doc))
	a, err := csaf.Decoder{}.Decode(doc, advisory.DecodeOptions{File: "doc.json"})
	require.NoError(t, err)
	return a
}

// document wraps the texts of a product tree and of product_status into a document of CSAF 2.0.
func document(tree, status string) string {
	return `{"document":{"csaf_version":"2.0","category":"csaf_base","title":"x","publisher":{"category":"vendor","name":"Acme","namespace":"https://acme.example"},
		"tracking":{"id":"A-1","version":"1","status":"final","initial_release_date":"2099-01-01T00:00:00Z","current_release_date":"2099-01-01T00:00:00Z"}},
		"product_tree":{` + tree + `},"vulnerabilities":[{"cve":"CVE-2099-1","product_status":{` + status + `}}]}`
}

// leaf is the text of a vendor branch with one product below a name.
func leaf(category, name, id string) string {
	return `{"category":"vendor","name":"Acme","branches":[{"category":"product_name","name":"Gateway","branches":[
		{"category":"` + category + `","name":"` + name + `","product":{"product_id":"` + id + `","name":"Gateway ` + name + `"}}]}]}`
}

// TestDocuments reads the documents of testdata and compares all that came of them with the
// facts beside them, one a line. After a wanted change: go test ./advisory/csaf -update
func TestDocuments(t *testing.T) {
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
	line("%s %s %q %s revision %s %s, %s is %s", a.Format, a.ID, a.Title, a.TLP, a.Revision, a.State, a.Publisher.Name, a.Publisher.Rank)
	line("published %s, modified %s, withdrawn %s", a.Published.Format("2006-01-02"), a.Modified.Format("2006-01-02 15:04:05"), a.Withdrawn.Format("2006-01-02"))
	references := func(list []advisory.Reference) {
		for _, r := range list {
			line("  reference %s %q", r.URL, r.Tags)
		}
	}
	references(a.References)
	for i, p := range a.Products {
		line("product %d %q %q at %s", i, p.Vendor, p.Name, p.Pos.Pointer)
		if len(p.PURLs)+len(p.CPEs) > 0 {
			line("  purls %q cpes %q", p.PURLs, p.CPEs)
		}
		if len(p.Models)+len(p.Serials)+len(p.SKUs)+len(p.Tags) > 0 {
			line("  models %q serials %q skus %q tags %q", p.Models, p.Serials, p.SKUs, p.Tags)
		}
		for _, h := range p.Hashes {
			line("  hash %s %s", h.Algorithm, h.Value)
		}
	}
	for _, v := range a.Vulnerabilities {
		line("vulnerability %s %q title %q published %s exploited %t at %s", v.ID, v.Aliases, v.Title, v.Published.Format("2006-01-02"), v.Exploited, v.Pos.Pointer)
		line("  %q", v.Description)
		for _, s := range v.Severities {
			line("  severity %s %q %v by %q", s.Type, s.Vector, s.Score, s.Source)
		}
		references(v.References)
	}
	for i := range a.Statements {
		s := &a.Statements[i]
		line("statement on %s about product %d, default %s, at %s", a.Vulnerabilities[s.Vulnerability].ID, s.Products, s.Default, s.Pos.Pointer)
		if s.Where.Op != advisory.OpAlways {
			line("  where %s", s.Where.String())
		}
		for j := range s.Spans {
			line("  %s at %s", s.Spans[j].String(), s.Spans[j].Pos.Pointer)
		}
		if s.Justification != "" {
			line("  because %q", s.Justification)
		}
		for _, r := range s.Remediations {
			line("  %s: %s %s%s for spans %v at %s", r.Category, r.Text, r.URL, strings.TrimSuffix(" "+r.Restart, " "), r.Spans, r.Pos.Pointer)
		}
	}
	for _, p := range a.Problems {
		line("problem %s %q warning %t at %s", p.Code, p.Text, p.Warning, p.Pos.Pointer)
	}
	return b.String()
}

// TestPositions checks that pointers and offsets lead to where the text stands.
func TestPositions(t *testing.T) {
	text, err := os.ReadFile("testdata/versions.json")
	require.NoError(t, err)
	a := decode(t, string(text))
	span := a.Statements[0].Spans[0]
	assert.Equal(t, "doc.json#/vulnerabilities/0/product_status/known_affected/0", span.Pos.String())
	assert.True(t, bytes.HasPrefix(text[span.Pos.Offset:], []byte(`"G1"`)))
}

// TestSniff takes documents in any order of members, and nothing else.
func TestSniff(t *testing.T) {
	for text, want := range map[string]bool{
		`{"vulnerabilities":[],"document":{"csaf_version":"2.0"}}`: true,
		`{"document":{"csaf_version":2}}`:                          true,
		`{"document":{"tracking":{"id":"x"}}}`:                     true,
		`{"document":{}}`:                                          false,
		`{"document":"x","vulnerabilities":[]}`:                    false,
		`{"id":"x","affected":[]}`:                                 false,
		`[]`:                                                       false,
	} {
		doc, err := jsonpos.Parse([]byte(text), jsonpos.Limits{})
		require.NoError(t, err, text)
		assert.Equal(t, want, csaf.Decoder{}.Sniff(doc), text)
	}
	assert.Equal(t, "csaf", csaf.Decoder{}.Format())
}

// TestNames: which product and version the branches of a path make.
func TestNames(t *testing.T) {
	text, err := os.ReadFile("testdata/names.txt")
	require.NoError(t, err)
	for row := range strings.Lines(string(text)) {
		if strings.HasPrefix(row, "#") {
			continue
		}
		cells := strings.Split(strings.TrimSpace(row), " | ")
		require.Len(t, cells, 3, row)
		var open, shut strings.Builder
		for branch := range strings.SplitSeq(cells[0], " / ") {
			category, name, _ := strings.Cut(branch, "=")
			if open.Len() > 0 {
				open.WriteString(`,"branches":[`)
				shut.WriteString(`]`)
			}
			fmt.Fprintf(&open, `{"category":%q,"name":%q`, category, name)
			shut.WriteString("}")
		}
		// The closing brackets are the opening ones in reverse, each } behind its ].
		n := strings.Count(cells[0], " / ")
		closing := "}" + strings.Repeat("]}", n)
		a := decode(t, document(`"branches":[`+open.String()+`,"product":{"product_id":"P","name":"full name"}`+closing+`]`, `"known_affected":["P"]`))
		require.Len(t, a.Statements, 1, row)
		p := a.Products[a.Statements[0].Products[0]]
		assert.Equal(t, cells[1], p.Vendor+": "+p.Name, row)
		span := a.Statements[0].Spans[0]
		got := span.Version
		if rest, ok := strings.CutPrefix(span.Hint, advisory.HintExact); ok {
			got = "=" + rest + " " + got
		}
		if where := a.Statements[0].Where; where.Op != advisory.OpAlways {
			got += " where " + where.String()
		}
		assert.Equal(t, cells[2], got, row)
	}
}
