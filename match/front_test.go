package match_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// TestFront asks about versions of which the scheme reads the front only, as the routers of
// D-Link carry them (CVE-2023-45575). Such a version lies on the branch of its front; one that a
// distribution built does not.
func TestFront(t *testing.T) {
	a := &advisory.Advisory{ID: "EX-1", Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2099-1"}},
		Products: []advisory.Product{{Vendor: "Acme", Name: "Router"}},
		Statements: []advisory.Statement{{Products: []int{0}, Default: advisory.DefaultNotAffected,
			Spans: []advisory.Span{{From: "23.01", Through: "23.08.23d1", Bounded: true, Status: advisory.Affected}}}}}
	m := compile(t, a)
	for version, want := range map[string]string{
		"23.05.11d1":     "affected",
		"23.08.23d1":     "affected",
		"23.08.23d2":     "unknown (bad_range)",
		"23.08.24d1":     "fixed",
		"22.11.02d1":     "not_affected",
		"22.11.02 b7":    "not_affected",
		"23.05.11-1.el9": "unknown (bad_version)",
		"23d1":           "unknown (bad_version)",
	} {
		in := &match.Installation{Vendor: "Acme", Product: "Router", Version: version}
		assert.Equal(t, want, verdict(t, m, in, "CVE-2099-1"), version)
	}
	// Words in front count where the bounds have them as well ("MX-V4.7.2.18").
	a.Statements[0].Spans = []advisory.Span{{Before: "MX-V4.7.2.18", Bounded: true, Status: advisory.Affected}}
	for version, want := range map[string]string{"MX-V4.3.2.45": "affected", "MX-V4.8": "fixed", "RX-V4.3.2.45": "unknown (bad_version)"} {
		assert.Equal(t, want, verdict(t, compile(t, a), &match.Installation{Vendor: "Acme", Product: "Router", Version: version}, "CVE-2099-1"), version)
	}
	evidence := m.Explain(&match.Installation{Vendor: "Acme", Product: "Router", Version: "23.05.11d1"}, "CVE-2099-1")
	assert.Contains(t, evidence.String(), "23.05.11d1, read as far as 23.05.11: a branch")
	// A branch that is affected in part.
	in := &match.Installation{Vendor: "Acme", Product: "Router", Version: "23.01d4"}
	a.Statements[0].Spans = []advisory.Span{{From: "23.01.5", Before: "23.08", Bounded: true, Status: advisory.Affected}}
	assert.Equal(t, "unknown (imprecise)", verdict(t, compile(t, a), in, "CVE-2099-1"))
}
