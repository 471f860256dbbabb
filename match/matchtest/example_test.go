package matchtest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/osv"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/matchtest"
	"github.com/affected-go/affected/purl/vers"
)

// mayRun is a policy: nothing may run that may be affected.
func mayRun(m *match.Matcher, in *match.Installation) bool {
	for f := range m.Findings(in) {
		if f.Verdict.MayBeAffected() {
			return false
		}
	}
	return true
}

// A test of a policy: documents, installations and what the policy says about them.
func Example() {
	test := func(t testing.TB) {
		m := matchtest.Matcher(t, matchtest.Affected("CVE-2025-69258", "Trend Micro | Apex Central", "< Build 7190"))
		for installed, want := range map[string]bool{
			"Trend Micro | Apex Central | 8.0.6955": false,
			"Trend Micro | Apex Central | 8.0.7190": true,
			"Trend Micro | Apex Central | 2019":     false, // unknown which build
			"Trend Micro | Apex One | 14.0.0.12980": true,
		} {
			if mayRun(m, matchtest.Installed(installed)) != want {
				t.Errorf("%s: the policy does not say %t", installed, want)
			}
		}
	}
	fmt.Println(passes(test))
	// Output: true
}

// Name is needed by matchtest.Read.
func (r *recorder) Name() string { return "example" }

// passes runs a test outside of go test, for these examples.
func passes(test func(testing.TB)) bool {
	r := &recorder{}
	test(r)
	return r.text == ""
}

// Run compares many cases, each with a name; what fails prints the evidence.
func ExampleRun() {
	test := func(t *testing.T) {
		m := matchtest.Matcher(t, matchtest.Affected("CVE-2025-69258", "Trend Micro | Apex Central", "< Build 7190"))
		matchtest.Run(t, m, []matchtest.Case{
			{"before the fix", "Trend Micro | Apex Central | 8.0.6955", "CVE-2025-69258", "affected"},
			{"at the fix", "Trend Micro | Apex Central | 8.0.7190", "CVE-2025-69258", "fixed"},
			{"a release without its build", "Trend Micro | Apex Central | 2019", "CVE-2025-69258", "unknown (imprecise)"},
			{"another product", "Trend Micro | Apex One | 2019", "CVE-2025-69258", "no_statement"},
		})
	}
	fmt.Println(testing.RunTests(func(string, string) (bool, error) { return true, nil }, []testing.InternalTest{{Name: "gate", F: test}}))
	// Output: true
}

// A failed expectation prints the evidence below its first line.
func ExampleWant() {
	t := &recorder{} // in a test: t *testing.T
	m := matchtest.Matcher(t, matchtest.Affected("CVE-2026-1", "Acme | Gateway", "4.0 to 4.2"))
	ok := matchtest.Want(t, m, matchtest.Installed("Acme | Gateway | 4.1"), "CVE-2026-1", "fixed")
	first, _, _ := strings.Cut(t.text, "\n")
	fmt.Println(ok, first)
	// Output:
	// false CVE-2026-1: affected instead of fixed
}

func ExampleAffected() {
	t := &recorder{} // in a test: t *testing.T
	a := matchtest.Affected("CVE-2026-1", "Acme | Gateway", "< 4.2")
	a.Statements[0].Remediations = []advisory.Remediation{{Category: "vendor_fix", Text: "Update to 4.2."}}
	m := matchtest.Matcher(t, a)
	fmt.Println(m.Check(matchtest.Installed("Acme | Gateway | 4.1"), "CVE-2026-1"))
	fmt.Println(m.Check(matchtest.Installed("Acme | Gateway | 4.2"), "CVE-2026-1"))
	// Output:
	// affected
	// fixed
}

// Says gives the named versions a status and is silent about all others.
func ExampleSays() {
	t := &recorder{} // in a test: t *testing.T
	m := matchtest.Matcher(t, matchtest.Says("CVE-2026-1", "pkg:npm/left-pad", "1.3.0", advisory.UnderInvestigation))
	fmt.Println(m.Check(matchtest.Installed("pkg:npm/left-pad@1.3.0"), "CVE-2026-1"))
	fmt.Println(m.Check(matchtest.Installed("pkg:npm/left-pad@1.2.0"), "CVE-2026-1"))
	// Output:
	// under_investigation
	// no_statement (version_not_named)
}

func ExampleInstalled() {
	for _, text := range []string{"Acme | Gateway | 4.1", "pkg:npm/left-pad@1.3.0", "cpe:2.3:a:acme:gateway:4.1:*:*:*:*:*:*:*"} {
		in := matchtest.Installed(text)
		fmt.Printf("%q, %q, %q, %s%s.\n", in.Vendor, in.Product, in.Version, in.PURL, in.CPE)
	}
	// Output:
	// "Acme", "Gateway", "4.1", .
	// "", "", "", pkg:npm/left-pad@1.3.0.
	// "", "", "", cpe:2.3:a:acme:gateway:4.1:*:*:*:*:*:*:*.
}

func ExampleMatcher() {
	t := &recorder{} // in a test: t *testing.T
	m := matchtest.Matcher(t,
		matchtest.Affected("CVE-2026-1", "Acme | Gateway", "< 4.2"),
		matchtest.Affected("CVE-2026-2", "Acme | Gateway", "4.0 to 4.1"))
	for f := range m.Findings(matchtest.Installed("Acme | Gateway | 4.1.7")) {
		fmt.Println(f.Vulnerability, f.Verdict)
	}
	// Output:
	// CVE-2026-1 affected
}

func ExampleRead() {
	t := &recorder{} // in a test: t *testing.T
	m := matchtest.Read(t, `{"affected": "advisory/1", "id": "INT-1", "publisher": {"name": "us", "rank": "operator"},
		"vulnerabilities": [{"id": "INT-1"}], "products": [{"vendor": "Acme", "name": "Gateway"}],
		"statements": [{"versions": ["< 4.2"], "status": "affected", "default": "not_affected"}]}`)
	fmt.Println(m.Check(matchtest.Installed("Acme | Gateway | 4.1"), "INT-1"))
	// Output:
	// affected
}

// A scheme is tested with groups of versions from low to high; those of one group are equal.
func ExampleTestScheme() {
	deb, _ := vers.Builtin().Lookup("deb")
	fmt.Println(matchtest.TestScheme(deb, []string{"1.0~rc1", "1.0 0:1.0 1.0-0", "1.0-1", "1:0.1"}))
	fmt.Println(matchtest.TestScheme(deb, []string{"1.1", "1.0"}))
	// Output:
	// <nil>
	// scheme deb: 1.0 is not above 1.1
	// scheme deb: 1.1 is above 1.0, which stands behind it
}

// A decoder is tested with a document and what is affected by it.
func ExampleTestDecoder() {
	doc := []byte(`{"schema_version": "1.7.0", "id": "GHSA-aaaa-bbbb-cccc", "modified": "2026-01-02T00:00:00Z", "affected": [{
		"package": {"ecosystem": "npm", "name": "left-pad"},
		"ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.3.1"}]}]}]}`)
	fmt.Println(matchtest.TestDecoder(osv.Decoder{}, doc, "pkg:npm/left-pad@1.3.0"))
	fmt.Println(matchtest.TestDecoder(osv.Decoder{}, doc, "pkg:npm/left-pad@1.3.1"))
	// Output:
	// <nil>
	// decoder osv: pkg:npm/left-pad@1.3.1 is not affected by the whole document
}
