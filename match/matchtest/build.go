package matchtest

import (
	"strings"
	"testing"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
)

// Affected returns a document of the vendor that says: these versions of the product are
// affected, others are not. The product is "vendor | name", a purl, or a CPE name; the
// versions are as vendors write them ("< Build 7190", "10.2.0 to 10.2.8", "*"). The document
// may be changed before it is compiled: its rank, its dates, its conditions.
func Affected(id, product, versions string) *advisory.Advisory {
	a := Says(id, product, versions, advisory.Affected)
	a.Statements[0].Default = advisory.DefaultNotAffected
	return a
}

// Says returns a document of the vendor that gives these versions of the product a status, and
// is silent about others.
func Says(id, product, versions string, status match.Status) *advisory.Advisory {
	p := advisory.Product{}
	switch {
	case strings.HasPrefix(product, "pkg:"):
		p.PURLs = []string{product}
	case strings.HasPrefix(product, "cpe:"):
		p.CPEs = []string{product}
	default:
		p.Vendor, p.Name = cut(product)
	}
	return &advisory.Advisory{
		Format: "matchtest", ID: "matchtest-" + id + "-" + product + "-" + status.String(),
		Publisher:       advisory.Publisher{Name: "the vendor", Rank: advisory.RankVendor},
		Vulnerabilities: []advisory.Vulnerability{{ID: id}},
		Products:        []advisory.Product{p},
		Statements: []advisory.Statement{{
			Products: []int{0}, Spans: []advisory.Span{{Version: versions, Status: status}},
		}},
	}
}

// Installed returns an installation: "vendor | product | version", a purl with its version,
// or a CPE name with its version. A purl or CPE name that cannot be read gives an
// installation without any identifier, of which nothing is known.
func Installed(text string) *match.Installation {
	in := &match.Installation{}
	switch {
	case strings.HasPrefix(text, "pkg:"):
		in.PURL, _, _ = purl.ParseLenient(text)
	case strings.HasPrefix(text, "cpe:"):
		in.CPE, _, _ = cpe.ParseLenient(text)
	default:
		in.Vendor, in.Product = cut(text)
		in.Product, in.Version = cut(in.Product)
	}
	return in
}

// cut splits at the first bar.
func cut(text string) (before, after string) {
	before, after, _ = strings.Cut(text, "|")
	return strings.TrimSpace(before), strings.TrimSpace(after)
}

// Matcher compiles documents, and ends the test when they contradict themselves.
func Matcher(t testing.TB, docs ...*advisory.Advisory) *match.Matcher {
	t.Helper()
	m, err := match.Compile(docs...)
	if err != nil {
		t.Fatalf("matchtest: %v", err)
	}
	return m
}

// Read compiles documents in the library's own JSON form, and ends the test when a document
// has a problem: what a test reads has to be read in full.
func Read(t testing.TB, text string, decoders ...advisory.Decoder) *match.Matcher {
	t.Helper()
	b := match.NewBuilder(match.Options{})
	for a, err := range advisory.Decode(strings.NewReader(text), advisory.DecodeOptions{File: t.Name()}, decoders...) {
		if err == nil {
			err = b.Add(a)
		}
		if err != nil {
			t.Fatalf("matchtest: %v", err)
		}
		for _, p := range a.Problems {
			if !p.Warning {
				t.Fatalf("matchtest: %s", p)
			}
		}
	}
	m, err := b.Build()
	if err != nil {
		t.Fatalf("matchtest: %v", err)
	}
	return m
}
