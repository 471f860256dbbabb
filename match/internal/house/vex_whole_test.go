package house_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/openvex"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
)

// TestVEXWholes: a statement about a product that names no subcomponent is about all that is
// inside the product; one that names some is about these. The statement on the part and that
// on the whole have one date or another.
func TestVEXWholes(t *testing.T) {
	const image, door, hinge = "pkg:oci/gate@sha256:ab", "pkg:npm/door@1.0.0", "pkg:npm/hinge@1.0.0"
	statement := func(day, status, product string) string {
		return `{"vulnerability":{"name":"CVE-2099-1"},"timestamp":"2099-01-` + day + `T00:00:00Z","products":[` + product + `],"status":"` + status + `"}`
	}
	whole := `{"@id":"pkg:oci/gate"}`
	parts := `{"@id":"pkg:oci/gate","subcomponents":[{"@id":"pkg:npm/door"}]}`
	single := `{"@id":"pkg:npm/door"}`
	for name, c := range map[string]struct {
		statements []string
		want       map[string]string // "part in whole"
		found      string            // by Append, about door in the image
	}{
		"whole": {[]string{statement("01", "affected", whole)}, map[string]string{
			door + " in " + image: "affected", hinge + " in " + image: "affected", image: "affected",
			door + " in pkg:oci/wall@sha256:ab": "no_statement", door: "no_statement",
		}, ""},
		"parts": {[]string{statement("01", "not_affected", parts)}, map[string]string{
			door + " in " + image: "not_affected", hinge + " in " + image: "no_statement", image: "not_affected",
			door + " in pkg:oci/wall@sha256:ab": "no_statement",
		}, "not_affected"},
		"later whole": {[]string{statement("01", "affected", single), statement("02", "not_affected", whole)}, map[string]string{
			door + " in " + image: "not_affected", door: "affected", hinge + " in " + image: "not_affected",
		}, "not_affected"},
		"earlier whole": {[]string{statement("02", "affected", single), statement("01", "not_affected", whole)}, map[string]string{
			door + " in " + image: "affected", door: "affected",
		}, "affected"},
	} {
		b := match.NewBuilder(match.Options{})
		text := `{"@context":"https://openvex.dev/ns/v0.2.0","@id":"x","author":"Acme","statements":[` + strings.Join(c.statements, ",") + `]}`
		for a, err := range advisory.Decode(strings.NewReader(text), advisory.DecodeOptions{}, openvex.Decoder{}) {
			require.NoError(t, err)
			require.NoError(t, b.Add(a))
		}
		m, err := b.Build()
		require.NoError(t, err)
		ask := func(question string) *match.Installation {
			part, in, inside := strings.Cut(question, " in ")
			i := &match.Installation{PURL: purl.MustParse(part), PartOfComplete: true}
			if inside {
				i.PartOf = []match.Installation{{PURL: purl.MustParse(in)}}
			}
			return i
		}
		for question, want := range c.want {
			e := m.Explain(ask(question), "CVE-2099-1")
			assert.Equal(t, want, e.Verdict.Status.String(), "%s: %s\n%s", name, question, e)
			assert.Equal(t, e.Verdict, m.Check(ask(question), "CVE-2099-1"))
		}
		all, err := m.With(match.AskOptions{Want: advisory.SetOf(advisory.Affected, advisory.NotAffected)})
		require.NoError(t, err)
		found := ""
		for f := range all.Findings(ask(door + " in " + image)) {
			found += f.Verdict.Status.String()
		}
		assert.Equal(t, c.found, found, name)
	}
}
