// Package matchtest helps to test code that decides by findings: policies, gates, reports.
//
// Advisories and installations take a line each, and a failed expectation prints the
// evidence, so that the test says why:
//
//	func TestGate(t *testing.T) {
//		m := matchtest.Matcher(t,
//			matchtest.Affected("CVE-2025-69258", "Trend Micro | Apex Central", "< Build 7190"))
//		matchtest.Run(t, m, []matchtest.Case{
//			{"before the fix", "Trend Micro | Apex Central | 8.0.6955", "CVE-2025-69258", "affected"},
//			{"a release without its build", "Trend Micro | Apex Central | 2019", "CVE-2025-69258", "unknown (imprecise)"},
//		})
//	}
//
// [TestScheme] and [TestDecoder] hold version schemes and decoders of others to the contracts
// that the matcher relies on. The package needs no other test library.
package matchtest
