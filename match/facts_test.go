package match_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// TestFacts asks what testdata/facts.txt says.
func TestFacts(t *testing.T) {
	text, err := os.ReadFile("testdata/facts.txt")
	require.NoError(t, err)
	for n, line := range strings.Split(string(text), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		question, want, _ := strings.Cut(line, " = ")
		have, wanted, ok := strings.Cut(question, "; wanted ")
		require.True(t, ok, "line %d", n+1)
		name, have, _ := strings.Cut(have, ": ")
		have, family, ofFamily := strings.Cut(have, " of family ")
		a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*")
		a.Statements[0].Where = advisory.Condition{Op: advisory.OpFact, Fact: name, Values: strings.Split(wanted, ", ")}
		in := *gateway
		in.Facts = match.Facts{name: have}
		if have == "" && ofFamily { // the family is all that is known
			delete(in.Facts, name)
		}
		if ofFamily {
			in.Facts["platform_family"] = family
		}
		assert.Equal(t, want, verdict(t, compile(t, a), &in, "CVE-2099-7"), "line %d: %s", n+1, line)
	}
}
