package match_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/advisory"
)

// TestJoinedIDs: ids that stand for the same lead to one CVE id over any number of documents that
// count, and two CVE ids are never joined.
func TestJoinedIDs(t *testing.T) {
	named := func(id string, status advisory.Status, ids ...string) *advisory.Advisory {
		a := doc(id, id, advisory.RankVendor, 1, status, "*")
		a.Vulnerabilities = []advisory.Vulnerability{{ID: ids[0], Aliases: ids[1:]}}
		return a
	}
	affected := named("A", advisory.Affected, "EX-1")
	bridge := named("B", advisory.NoStatement, "EX-1", "GHSA-1")
	bridge.Statements = nil
	other := named("C", advisory.NoStatement, "GHSA-1", "CVE-2099-1")
	other.Statements = nil
	second := named("D", advisory.NoStatement, "GHSA-1", "CVE-2099-2")
	second.Statements = nil
	dropped := *bridge
	dropped.State = advisory.Draft
	withdrawn := named("F", advisory.Affected, "GHSA-2", "CVE-2099-1", "EX-2")
	withdrawn.Withdrawn = day(2)
	for _, c := range []struct {
		name string
		docs []*advisory.Advisory
		want map[string]string
	}{
		{"over a third document", []*advisory.Advisory{affected, bridge, other}, map[string]string{
			"CVE-2099-1": "affected", "EX-1": "affected", "GHSA-1": "affected"}},
		{"a draft joins nothing", []*advisory.Advisory{affected, &dropped, other}, map[string]string{
			"CVE-2099-1": "no_statement (not_named)", "EX-1": "affected"}},
		{"an id of a withdrawn document only leads nowhere", []*advisory.Advisory{named("E", advisory.Affected, "CVE-2099-1"), withdrawn}, map[string]string{
			"CVE-2099-1": "affected", "GHSA-2": "no_statement (dropped)", "EX-2": "no_statement (dropped)"}},
		{"an id of a withdrawn document and of another one", []*advisory.Advisory{named("E", advisory.Fixed, "CVE-2099-1", "EX-2"), withdrawn}, map[string]string{
			"CVE-2099-1": "fixed", "GHSA-2": "no_statement (dropped)", "EX-2": "fixed"}},
		{"two CVE ids through one other", []*advisory.Advisory{affected, bridge, other, second}, map[string]string{
			"CVE-2099-1": "affected", "CVE-2099-2": "affected", "GHSA-1": "affected"}},
		{"what is said of one CVE id", []*advisory.Advisory{named("E", advisory.Affected, "CVE-2099-1", "GHSA-1"), second}, map[string]string{
			"CVE-2099-1": "affected", "CVE-2099-2": "no_statement (not_named)"}},
		{"without a CVE id", []*advisory.Advisory{affected, bridge}, map[string]string{"EX-1": "affected", "GHSA-1": "affected"}},
	} {
		for range 2 {
			m := compile(t, c.docs...)
			for id, want := range c.want {
				assert.Equal(t, want, verdict(t, m, gateway, id), "%s: %s", c.name, id)
			}
			c.docs[0], c.docs[len(c.docs)-1] = c.docs[len(c.docs)-1], c.docs[0]
		}
	}
}
