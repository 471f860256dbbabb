package house_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/cyclonedx"
	"github.com/affected-go/affected/advisory/openvex"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
)

// A vexCase is one line of vex/cases.jsonl.
type vexCase struct {
	Doc         string
	Docs        []string
	CVE         string
	VulnIndex   *int   `json:"vuln_index"`
	ProductPURL string `json:"product_purl"`
	ProductID   string `json:"product_id"`
	PURL, Ref   string
	Name        string
	Version     string
	Expect      string
	Accept      []string
	Derived     string
	Why         string
}

// installation states what the case knows.
func (c *vexCase) installation(t *testing.T) *match.Installation {
	read := func(text string) purl.PURL {
		if text == "" {
			return purl.PURL{}
		}
		u, _, err := purl.ParseLenient(text)
		require.NoError(t, err)
		return u
	}
	in := &match.Installation{Product: c.Name, Version: c.Version, PURL: read(c.PURL), PartOfComplete: true}
	if c.Ref != "" {
		in.Tags = append(in.Tags, c.Ref)
	}
	whole := match.Installation{PURL: read(c.ProductPURL)}
	if c.ProductID != "" {
		whole.Tags = []string{c.ProductID}
	}
	switch {
	case c.ProductPURL == "" && c.ProductID == "":
	case c.PURL == "" && c.Ref == "" && c.Name == "":
		*in = whole
	default:
		in.PartOf = []match.Installation{whole}
	}
	return in
}

// TestConformanceVEX asks what each OpenVEX and CycloneDX document says about each
// installation, and again with inference where a case tells what that gives.
func TestConformanceVEX(t *testing.T) {
	dir := filepath.Join(conformanceDir(t), "vex")
	c := tally{name: "vex/cases.jsonl"}
	unsafe := 0
	for _, line := range readLines[vexCase](t, filepath.Join(dir, "cases.jsonl")) {
		docs := line.Docs
		if len(docs) == 0 {
			docs = []string{line.Doc}
		}
		wanted := map[bool]string{false: line.Expect}
		if line.Derived != "" {
			wanted[true] = line.Derived
		}
		for infer, expect := range wanted {
			m, id := line.compile(t, dir, docs, infer)
			e := m.Explain(line.installation(t), id)
			got := e.Verdict.Status.String()
			why := ""
			if got != expect && (infer || !slices.Contains(line.Accept, got)) {
				why = message("%s %s %+v: %s, not %s: %s\n%s", line.Doc, id, line.installation(t).PURL, e.Verdict, expect, line.Why, e)
			}
			if isUnsafe(expect, e.Verdict.Status) {
				unsafe++
			}
			c.count(t, why)
		}
	}
	c.printUnsafe(unsafe)
	assert.Zero(t, unsafe)
}

// compile reads the documents of a case and returns the id that it asks for.
func (c *vexCase) compile(t *testing.T, dir string, docs []string, infer bool) (*match.Matcher, string) {
	b := match.NewBuilder(match.Options{Infer: infer})
	id := c.CVE
	for _, name := range docs {
		file, err := os.Open(filepath.Join(dir, name))
		require.NoError(t, err)
		defer file.Close()
		for a, err := range advisory.Decode(file, advisory.DecodeOptions{File: name}, openvex.Decoder{}, cyclonedx.Decoder{}) {
			require.NoError(t, err, name)
			require.NoError(t, b.Add(a))
			if c.VulnIndex != nil && name == c.Doc {
				id = a.Vulnerabilities[*c.VulnIndex].ID
			}
		}
	}
	m, err := b.Build()
	require.NoError(t, err)
	m = reloaded(t, m, match.Options{})
	return m, id
}
