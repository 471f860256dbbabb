package match_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// A name with a comma may list products, or be one that the catalog keeps apart from its
// first half (CVE-2024-20653 has both).
func TestListedNeighbor(t *testing.T) {
	about := func(vendor, name, before string) *advisory.Advisory {
		return &advisory.Advisory{ID: "EX-1", Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2099-1"}},
			Products: []advisory.Product{{Vendor: vendor, Name: name}},
			Statements: []advisory.Statement{{Products: []int{0}, Default: advisory.DefaultNotAffected,
				Spans: []advisory.Span{{Before: before, Bounded: true, Status: advisory.Affected}}}}}
	}
	edition := about("Microsoft", "Windows Server 2022, 23H2 Edition (Server Core installation)", "10.0.25398.643")
	server := &match.Installation{Vendor: "Microsoft", Product: "Windows Server 2022", Version: "10.0.20348.2227"}
	assert.Equal(t, "no_statement (not_named)", compile(t, edition).Check(server, "CVE-2099-1").String())

	both := about("Example", "Gateway, Reader", "2.0")
	reader := &match.Installation{Vendor: "Example", Product: "Reader", Version: "1.0"}
	assert.Equal(t, "affected", compile(t, both).Check(reader, "CVE-2099-1").String())
}
