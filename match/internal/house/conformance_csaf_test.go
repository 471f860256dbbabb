package house_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/csaf"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
)

// A csafProduct is a product as a line of csaf/cases.jsonl states it.
type csafProduct struct {
	Vendor, Family, Product, Name, Version, Arch string
	Model, Serial, SKU, CPE, PURL                string
	Hash                                         *advisory.Hash
}

// A csafCase is one line of csaf/cases.jsonl.
type csafCase struct {
	csafProduct
	Doc, CVE      string
	VulnIndex     *int          `json:"vuln_index"`
	InstalledOn   []csafProduct `json:"installed_on"`
	InstalledWith []csafProduct `json:"installed_with"`
	ComponentOf   *csafProduct  `json:"component_of"`
	Expect        string
	Accept        []string
	Derived, Why  string
}

// onlyVendor returns the vendor of all products of a document, or else its publisher. It
// stands for the vendor of lines that name none: a number or the name of a product means
// nothing without who gave it.
func onlyVendor(a *advisory.Advisory) string {
	vendor := ""
	for i := range a.Products {
		switch v := a.Products[i].Vendor; {
		case v == "" || v == "n/a" || v == vendor:
		case vendor == "":
			vendor = v
		default:
			return a.Publisher.Name
		}
	}
	return cmp.Or(vendor, a.Publisher.Name)
}

// installation returns what an inventory would hand to the matcher.
func (p *csafProduct) installation(t *testing.T) match.Installation {
	in := match.Installation{Vendor: p.Vendor, Product: p.Product, Version: p.Version, Model: p.Model, Serial: p.Serial, SKU: p.SKU}
	for _, name := range []string{p.Name, p.Family} {
		if in.Product == "" {
			in.Product = name
		}
	}
	if p.Arch != "" {
		in.Facts = match.Facts{"architecture": p.Arch}
	}
	if p.CPE != "" {
		name, _, err := cpe.ParseLenient(p.CPE)
		require.NoError(t, err)
		in.CPE = name
	}
	if p.PURL != "" {
		u, _, err := purl.ParseLenient(p.PURL)
		require.NoError(t, err)
		in.PURL = u
	}
	if p.Hash != nil {
		in.Hashes = []advisory.Hash{*p.Hash}
	}
	return in
}

// ask returns what a line asks about.
func (c *csafCase) ask(t *testing.T) *match.Installation {
	in := c.installation(t)
	in.Host = &match.Host{PlatformsComplete: c.InstalledOn != nil, InstallationsComplete: c.InstalledWith != nil}
	for i := range c.InstalledOn {
		in.Host.Platforms = append(in.Host.Platforms, c.InstalledOn[i].installation(t))
	}
	for i := range c.InstalledWith {
		in.Host.Installations = append(in.Host.Installations, c.InstalledWith[i].installation(t))
	}
	if c.ComponentOf != nil {
		in.PartOf, in.PartOfComplete = []match.Installation{c.ComponentOf.installation(t)}, true
	}
	return &in
}

// A csafMatcher answers from one document, with and without inference.
type csafMatcher struct {
	doc             *advisory.Advisory
	plain, inferred *match.Matcher
}

func compileCSAF(t *testing.T, name string) csafMatcher {
	t.Helper()
	f, err := os.Open(name)
	require.NoError(t, err)
	defer f.Close()
	var m csafMatcher
	for a, err := range advisory.Decode(f, advisory.DecodeOptions{File: filepath.Base(name)}, csaf.Decoder{}) {
		require.NoError(t, err)
		m.doc = a
	}
	for _, infer := range []bool{false, true} {
		b := match.NewBuilder(match.Options{Infer: infer})
		require.NoError(t, b.Add(m.doc))
		built, err := b.Build()
		require.NoError(t, err)
		built = reloaded(t, built, match.Options{})
		if m.plain == nil {
			m.plain = built
		}
		m.inferred = built
	}
	return m
}

// TestConformanceCSAF asks what each document says about each installation of the pack.
func TestConformanceCSAF(t *testing.T) {
	dir := filepath.Join(conformanceDir(t), "csaf")
	matchers := map[string]csafMatcher{}
	passed, scored, unsafe, derived, derivedRight := 0, 0, 0, 0, 0
	for _, c := range readLines[csafCase](t, filepath.Join(dir, "cases.jsonl")) {
		m, ok := matchers[c.Doc]
		if !ok {
			m = compileCSAF(t, filepath.Join(dir, c.Doc))
			matchers[c.Doc] = m
		}
		id := c.CVE
		if c.VulnIndex != nil {
			id = m.doc.Vulnerabilities[*c.VulnIndex].ID
		}
		in := c.ask(t)
		if in.Vendor == "" && (in.Product != "" || in.Model != "" || in.SKU != "") {
			in.Vendor = onlyVendor(m.doc)
		}
		scored++
		got := m.plain.Finding(in, id).Verdict
		right := got.Status.String() == c.Expect || slices.Contains(c.Accept, got.Status.String())
		if right {
			passed++
		}
		assert.True(t, right, "%s: %s\nexpected %s: %s", c.Doc, m.plain.Explain(in, id), c.Expect, c.Why)
		if !right && isUnsafe(c.Expect, got.Status) {
			unsafe++
		}
		if c.Derived != "" {
			derived++
			got := m.inferred.Finding(in, id).Verdict
			if got.Status.String() == c.Derived {
				derivedRight++
			}
			assert.Equal(t, c.Derived, got.Status.String(), "%s derived: %s", c.Doc, c.Why)
		}
	}
	(&tally{name: "csaf/cases.jsonl", passed: passed, scored: scored}).printUnsafe(unsafe)
	fmt.Printf("figures csaf: inference on request %d of %d\n", derivedRight, derived)
}
