package match_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// TestReleaseOfCPE: where the name of a product tells its release, a CPE name that leaves it to the
// version does not make it a statement about every release (CVE-2020-1097).
func TestReleaseOfCPE(t *testing.T) {
	m := compile(t, &advisory.Advisory{
		Format: "cve", ID: apexID, Vulnerabilities: []advisory.Vulnerability{{ID: apexID}},
		Products: []advisory.Product{{Vendor: "Microsoft", Name: "Windows 10 Version 1709",
			CPEs: []string{"cpe:2.3:o:microsoft:windows_10:1709:*:*:*:*:*:*:*"}}},
		Statements: []advisory.Statement{{Products: []int{0}, Default: advisory.DefaultUndeclared,
			Spans: []advisory.Span{{From: "10.0.0", Before: "publication", Bounded: true, Status: advisory.Affected}}}},
	})
	for _, c := range []struct{ product, version, want string }{
		{"Windows 10 Version 1709", "10.0.16299.2166", "unknown (bad_range)"},
		{"Windows 10 Version 22H2", "10.0.19045.5011", "no_statement (not_named)"},
		{"Windows 10", "10.0.16299.2166", "unknown (bad_range)"},
	} {
		in := &match.Installation{Vendor: "Microsoft", Product: c.product, Version: c.version}
		assert.Equal(t, c.want, m.Check(in, apexID).String(), "%s: %s", c.product, m.Explain(in, apexID))
	}
}
