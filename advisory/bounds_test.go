package advisory_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
)

// TestBounds reads the statements of bounds.txt, whose bounds are more or less than versions.
func TestBounds(t *testing.T) {
	file, err := os.Open("testdata/bounds.txt")
	require.NoError(t, err)
	defer file.Close()
	n := 0
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		statement, facts, ok := strings.Cut(lines.Text(), " => ")
		require.True(t, ok, lines.Text())
		n++
		a := readNative(t, `{"affected":"advisory/1","products":[{"vendor":"Acme","name":"Gateway"}],`+
			`"vulnerabilities":[{"id":"CVE-1"}],"statements":[`+statement+`]}`)
		tl := advisory.Resolve(&a.Statements[0], &a.Products[0], advisory.ResolveOptions{})
		for fact := range strings.SplitSeq(facts, "; ") {
			version, want, ok := strings.Cut(fact, ": ")
			require.True(t, ok, fact)
			out := says(t, tl, version)
			assert.Equal(t, want, strings.TrimSpace(out.Status.String()+" "+out.Reason.String()), "%s in %s: %v", version, statement, tl.Problems)
		}
	}
	require.NoError(t, lines.Err())
	assert.Greater(t, n, 30)
}

// TestWordsAreNoVersion: schemes that take any text for a version (maven, rpm, alpm, conan,
// build) do not take ranges for one, though the statement gives them where a version stands.
func TestWordsAreNoVersion(t *testing.T) {
	for _, c := range []struct {
		product advisory.Product
		text    string
		want    map[string]string
	}{
		{advisory.Product{PURLs: []string{"pkg:maven/com.acme/gate"}}, "< 2.0", map[string]string{"1.9": "affected", "2.0": "fixed"}},
		{advisory.Product{PURLs: []string{"pkg:maven/com.acme/gate"}}, "before 2.0", map[string]string{"1.9": "affected", "2.0": "fixed"}},
		{advisory.Product{PURLs: []string{"pkg:maven/com.acme/gate"}}, "1.0, 1.2", map[string]string{"1.0": "affected", "1.2": "affected", "1.1": "not_affected"}},
		{advisory.Product{PURLs: []string{"pkg:maven/com.acme/gate"}}, "1.0 and whatever came before the move", map[string]string{"0.9": "unknown bad_range", "3": "unknown bad_range"}},
		{advisory.Product{PURLs: []string{"pkg:rpm/redhat/gate"}}, "<2.0-1", map[string]string{"1.9-1": "affected", "2.0-1": "fixed"}},
		{advisory.Product{PURLs: []string{"pkg:conan/gate"}}, ">=1.2", map[string]string{"1.1": "not_affected", "1.3": "affected"}},
		{advisory.Product{Vendor: "Trend Micro", Name: "Apex Central"}, "< Build 7190", map[string]string{"8.0.7007": "affected", "8.0.7190": "fixed"}},
		{advisory.Product{Vendor: "Trend Micro", Name: "Apex Central"}, "before Build 7190", map[string]string{"8.0.7007": "affected", "8.0.7190": "fixed"}},
	} {
		s := &advisory.Statement{Spans: []advisory.Span{{Version: c.text, Status: advisory.Affected}}, Default: advisory.DefaultNotAffected}
		tl := advisory.Resolve(s, &c.product, advisory.ResolveOptions{})
		for version, want := range c.want {
			out := says(t, tl, version)
			assert.Equal(t, want, strings.TrimSpace(out.Status.String()+" "+out.Reason.String()), "%s in %s: %v", version, c.text, tl.Problems)
		}
	}
}

// TestEqualBounds: bounds with one key are an empty range in an ecosystem, where OSV has such
// pairs of events, and "before, in this branch" of a product (CVE-2024-6150).
func TestEqualBounds(t *testing.T) {
	for _, c := range []struct {
		product       advisory.Product
		from, before  string
		below, within string
	}{
		{advisory.Product{PURLs: []string{"pkg:gem/ember-source"}}, "1.12", "1.12.0", "not_affected", "not_affected"},
		{advisory.Product{Vendor: "Acme", Name: "Agent"}, "2402", "2402.0", "affected", "fixed"},
	} {
		s := &advisory.Statement{Spans: []advisory.Span{{From: c.from, Before: c.before, Bounded: true, Status: advisory.Affected}}, Default: advisory.DefaultNotAffected}
		tl := advisory.Resolve(s, &c.product, advisory.ResolveOptions{})
		assert.Equal(t, c.below, says(t, tl, "1.4").Status.String(), "%v", c)
		assert.Equal(t, c.within, says(t, tl, c.before).Status.String(), "%v", c)
	}
}

// TestLabelIsNoBound: "before 8.30" of a product that counts builds, or "before 2019" of one whose
// year holds every build, is no empty range.
func TestLabelIsNoBound(t *testing.T) {
	for _, p := range []advisory.Product{{Vendor: "ABB", Name: "ABB Ability™ zenon"}, {Vendor: "Trend Micro", Name: "Apex Central"}} {
		for _, span := range []advisory.Span{{Before: "2019"}, {From: "2018", Before: "2019"}, {From: "10", Before: "12"}} {
			span.Bounded, span.Status = true, advisory.Affected
			s := &advisory.Statement{Products: []int{0}, Default: advisory.DefaultNotAffected, Spans: []advisory.Span{span}}
			tl := advisory.Resolve(s, &p, advisory.ResolveOptions{})
			out := tl.Any(advisory.NoVersion, "")
			if out.Status == advisory.NotAffected {
				assert.Fail(t, "silently clear", "%s: %s: %v", p.Name, span, tl.Problems)
			}
		}
	}
}
