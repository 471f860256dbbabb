package matchtest_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/advisory/osv"
	"github.com/affected-go/affected/match/matchtest"
	"github.com/affected-go/affected/purl/vers"
)

func TestRun(t *testing.T) {
	m := matchtest.Matcher(t,
		matchtest.Affected("CVE-2025-69258", "Trend Micro | Apex Central", "< Build 7190"),
		matchtest.Affected("CVE-2099-0001", "pkg:npm/left-pad", "< 2.0.0"),
		matchtest.Says("CVE-2099-0002", "cpe:2.3:a:acme:gate:*:*:*:*:*:*:*:*", "1.0", advisory.UnderInvestigation),
	)
	matchtest.Run(t, m, []matchtest.Case{
		{"before the fix", "Trend Micro | Apex Central | 8.0.6955", "CVE-2025-69258", "affected"},
		{"at the fix", "Trend Micro | Apex Central | 8.0.7190", "CVE-2025-69258", "fixed"},
		{"a release without its build", "Trend Micro | Apex Central | 2019", "CVE-2025-69258", "unknown (imprecise)"},
		{"any reason", "Trend Micro | Apex Central | 2019", "CVE-2025-69258", "unknown"},
		{"another product", "Trend Micro | Apex One | 2019", "CVE-2025-69258", "no_statement"},
		{"a package", "pkg:npm/left-pad@1.9.0", "CVE-2099-0001", "affected"},
		{"a CPE name", "cpe:2.3:a:acme:gate:1.0:*:*:*:*:*:*:*", "CVE-2099-0002", "under_investigation"},
		{"no purl", "pkg:?", "CVE-2099-0001", "no_statement (not_named)"},
	})
}

// A recorder notes what a failed expectation prints.
type recorder struct {
	testing.TB
	text string
}

func (r *recorder) Helper()                           {}
func (r *recorder) Errorf(format string, args ...any) { r.text += fmt.Sprintf(format, args...) }

func TestWantPrintsEvidence(t *testing.T) {
	m := matchtest.Matcher(t, matchtest.Affected("CVE-2025-69258", "Trend Micro | Apex Central", "< Build 7190"))
	r := &recorder{TB: t}
	assert.False(t, matchtest.Want(r, m, matchtest.Installed("Trend Micro | Apex Central | 8.0.6955"), "CVE-2025-69258", "fixed"))
	assert.Contains(t, r.text, "affected instead of fixed")
	assert.Contains(t, r.text, "Build 7190")
	assert.False(t, matchtest.Want(&recorder{TB: t}, m, matchtest.Installed("Trend Micro | Apex Central | 2019"), "CVE-2025-69258", "unknown (no_version)"))
}

func TestRead(t *testing.T) {
	m := matchtest.Read(t, `{"affected":"advisory/1","id":"INT-1","publisher":{"name":"us","rank":"operator"},
		"vulnerabilities":[{"id":"INT-1"}],"products":[{"vendor":"Acme","name":"Gateway"}],
		"statements":[{"versions":["< 4.2"],"status":"affected","default":"not_affected"}]}`)
	matchtest.Want(t, m, matchtest.Installed("Acme | Gateway | 4.1"), "INT-1", "affected")
}

// TestSchemes: the schemes of the library keep the contract, and schemes with mistakes are
// found out.
func TestSchemes(t *testing.T) {
	deb, _ := vers.Builtin().Lookup("deb")
	require.NoError(t, matchtest.TestScheme(deb, []string{"1.0~rc1", "1.0 0:1.0 1.0-0", "1.0-1", "1:0.1"}))
	err := matchtest.TestScheme(deb, []string{"1.1", "1.0", "1 2", "a b c/d"})
	require.Error(t, err)
	for _, want := range []string{"1.0 is not above 1.1", "2 does not equal 1", "c/d"} {
		assert.ErrorContains(t, err, want)
	}
	for _, name := range []string{"semver", "maven", "pypi", "vendor", "junos", "rpm", "set"} {
		s, ok := vers.Builtin().Lookup(name)
		require.True(t, ok, name)
		assert.NoError(t, matchtest.TestScheme(s, nil), name)
	}
	assert.Error(t, matchtest.TestScheme(broken{}, []string{"1", "2"}))
}

// broken is a scheme that breaks the contract in each method.
type broken struct{}

func (broken) Name() string { return "bro ken" }
func (broken) AppendKey(_ []byte, version string) ([]byte, int, error) {
	if strings.ContainsAny(version, ".-") {
		return nil, 0, errors.New("no")
	}
	return []byte("kept" + version), 0, nil
}
func (broken) AppendBranch(lo, hi []byte, _ string, _ int) ([]byte, []byte, int, error) {
	return lo, hi, 0, nil
}

const osvDoc = `{"id":"X-1","modified":"2099-01-01T00:00:00Z","aliases":["CVE-2099-0001"],"affected":[{"package":{"ecosystem":"npm","name":"gate"},
	"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.2.0"}]}]}]}`

func TestDecoders(t *testing.T) {
	require.NoError(t, matchtest.TestDecoder(osv.Decoder{}, []byte(osvDoc), "pkg:npm/gate@1.0.0"))
	assert.ErrorContains(t, matchtest.TestDecoder(osv.Decoder{}, []byte(osvDoc), "pkg:npm/gate@1.2.0"), "is not affected by the whole document")
	assert.Error(t, matchtest.TestDecoder(osv.Decoder{}, []byte(`{`)))
	assert.ErrorContains(t, matchtest.TestDecoder(trusting{}, []byte(`{"trusting":true,"below":"2"}`), "Acme | Gateway | 1"), "/below")
}

// trusting is a decoder that takes what it cannot read for nothing at all.
type trusting struct{}

func (trusting) Format() string               { return "trusting" }
func (trusting) Sniff(doc jsonpos.Value) bool { return doc.Get("trusting").Kind() != jsonpos.Absent }
func (trusting) Decode(doc jsonpos.Value, _ advisory.DecodeOptions) (*advisory.Advisory, error) {
	a := matchtest.Affected("CVE-2099-0001", "Acme | Gateway", "*")
	if below := doc.Get("below").Text(nil); below != "2" {
		a.Statements[0].Spans[0].Status = advisory.NotAffected
	}
	return a, nil
}
