package house_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/msrc"
	"github.com/affected-go/affected/match"
)

// TestMSRCPatches follows the edges of two months: what was replaced in February counts for
// what January asks for, and only on the products that the edge is for.
func TestMSRCPatches(t *testing.T) {
	month := func(id, cve, article, replaces, build string) string {
		return `{"DocumentTracking":{"Identification":{"ID":{"Value":"` + id + `"}},"Version":"1"},"ProductTree":{"FullProductName":[
		{"ProductID":"1","Value":"Windows Server 2019"},{"ProductID":"2","Value":"Windows Server 2016"}]},"Vulnerability":[{"CVE":"` + cve + `",
		"ProductStatuses":[{"ProductID":["1"],"Type":3}],"Remediations":[{"Description":{"Value":"` + article + `"},"Supercedence":"` + replaces + `",
		"ProductID":["1"],"Type":2,"FixedBuild":"` + build + `"}]}]}`
	}
	b := match.NewBuilder(match.Options{})
	text := month("2099-Jan", "CVE-2099-1", "5034127", "5033371", "10.0.17763.5329") + month("2099-Feb", "CVE-2099-2", "5034768", "5034127", "10.0.17763.5458")
	for a, err := range advisory.Decode(strings.NewReader(text), advisory.DecodeOptions{}, msrc.Decoder{}) {
		require.NoError(t, err)
		require.Empty(t, a.Problems)
		require.NoError(t, b.Add(a))
	}
	m, err := b.Build()
	require.NoError(t, err)
	for _, c := range []struct{ version, patches, want string }{
		{"10.0.17763.5328", "", "affected"},
		{"10.0.17763.5329", "", "fixed"},
		{"", "KB5034127", "fixed"},
		{"", "KB5034768", "fixed"},
		{"", "KB5033371", "affected"},
		{"", "KB5099999", "unknown"}, // may replace it: nobody has recorded all
	} {
		host := &match.Host{PatchList: match.CompletePatches}
		if c.patches != "" {
			host.Patches = strings.Fields(c.patches)
		}
		in := &match.Installation{Host: host, Vendor: "Microsoft", Product: "Windows Server 2019", Version: c.version}
		e := m.Explain(in, "CVE-2099-1")
		assert.Equal(t, c.want, e.Verdict.Status.String(), "%+v\n%s", c, e)
	}
}
