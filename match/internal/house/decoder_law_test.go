package house_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/cve"
	"github.com/affected-go/affected/advisory/cyclonedx"
	"github.com/affected-go/affected/advisory/msrc"
	"github.com/affected-go/affected/advisory/nvd"
	"github.com/affected-go/affected/advisory/openvex"
	"github.com/affected-go/affected/advisory/osv"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/matchtest"
)

// TestDecoderLaws asks the matcher about documents with a mistake: whatever value is of another
// type, what the whole document calls affected is never clear.
func TestDecoderLaws(t *testing.T) {
	for _, c := range []struct {
		decoder   advisory.Decoder
		text      string
		installed []string
	}{
		{nvd.Decoder{}, `{"format":"NVD_CVE","resultsPerPage":1,"vulnerabilities":[{"cve":{"id":"CVE-2099-1","vulnStatus":"Analyzed","configurations":[
			{"operator":"OR","nodes":[{"operator":"OR","negate":false,"cpeMatch":[
			{"vulnerable":true,"criteria":"cpe:2.3:a:acme:gate:*:*:*:*:*:*:*:*","versionStartIncluding":"1.0","versionEndExcluding":"1.5"},
			{"vulnerable":true,"criteria":"cpe:2.3:a:acme:gate:2.0:sp1:*:*:*:*:*:*"}]}]}]}}]}`,
			[]string{"Acme | Gate | 1.4", "cpe:2.3:a:acme:gate:2.0:sp1:*:*:*:*:*:*"}},
		{openvex.Decoder{}, `{"@context":"https://openvex.dev/ns/v0.2.0","@id":"x","author":"Acme","timestamp":"2099-01-01T00:00:00Z","statements":[
			{"vulnerability":{"name":"CVE-2099-1"},"products":[{"@id":"pkg:npm/gate@1.0.0","identifiers":{"cpe23":"cpe:2.3:a:acme:gate:1.0.0:*:*:*:*:*:*:*"}}],
			"status":"affected"},{"vulnerability":{"name":"CVE-2099-2"},"products":[{"@id":"pkg:npm/gate"}],"status":"affected","timestamp":"2099-01-02T00:00:00Z"}]}`,
			[]string{"pkg:npm/gate@1.0.0", "cpe:2.3:a:acme:gate:1.0.0:*:*:*:*:*:*:*"}},
		{cyclonedx.Decoder{}, `{"bomFormat":"CycloneDX","specVersion":"1.6","serialNumber":"urn:uuid:1","version":1,"metadata":{"timestamp":"2099-01-01T00:00:00Z",
			"component":{"bom-ref":"gate","name":"Gate","version":"1.0.0","purl":"pkg:npm/gate@1.0.0","supplier":{"name":"Acme"}}},"vulnerabilities":[
			{"id":"CVE-2099-1","analysis":{"state":"exploitable"},"affects":[{"ref":"gate"}]},
			{"id":"CVE-2099-2","affects":[{"ref":"gate","versions":[{"range":"vers:npm/>=1.0.0|<2.0.0","status":"affected"}]}]}]}`,
			[]string{"pkg:npm/gate@1.0.0", "Acme | Gate | 1.0.0"}},
		{msrc.Decoder{}, `{"DocumentTracking":{"Identification":{"ID":{"Value":"2099-Jan"}},"Version":"1"},"ProductTree":{"FullProductName":[
			{"ProductID":"1","Value":"Windows Server 2019"}]},"Vulnerability":[{"CVE":"CVE-2099-1","ProductStatuses":[{"ProductID":["1"],"Type":3}],
			"Remediations":[{"Description":{"Value":"5034127"},"Supercedence":"5033371","ProductID":["1"],"Type":2,"FixedBuild":"10.0.17763.5329"}]}]}`,
			[]string{"Microsoft | Windows Server 2019 | 10.0.17763.5328"}},
		// An entry without a package may be about that of another entry.
		{osv.Decoder{}, `{"id":"X-1","modified":"2099-01-01T00:00:00Z","affected":[
			{"package":{"ecosystem":"npm","name":"gate"},"ranges":[{"type":"SEMVER","events":[{"introduced":"1.0.0"},{"fixed":"1.2.0"}]}]},
			{"package":{"ecosystem":"npm","name":"gate"},"ranges":[{"type":"SEMVER","events":[{"introduced":"2.0.0"},{"fixed":"2.2.0"}]}]}]}`,
			[]string{"pkg:npm/gate@1.1.0"}},
	} {
		assert.NoError(t, matchtest.TestDecoder(c.decoder, []byte(c.text), c.installed...))
	}
}

// TestEntryWithoutProduct: an entry of a record that names no product may be about the one of
// another entry, which must not clear it.
func TestEntryWithoutProduct(t *testing.T) {
	const text = `{"dataType":"CVE_RECORD","dataVersion":"5.1","cveMetadata":{"cveId":"CVE-2099-1","state":"PUBLISHED"},"containers":{"cna":{
		"providerMetadata":{"shortName":"acme"},"affected":[
		{"vendor":"Acme","defaultStatus":"unaffected","versions":[{"version":"1.4","status":"affected","versionType":"custom"}]},
		{"vendor":"Acme","product":"Gate","defaultStatus":"unaffected","versions":[{"version":"2.0","status":"affected","versionType":"custom"}]}]}}}`
	b := match.NewBuilder(match.Options{})
	require.NoError(t, b.AddAll(t.Context(), advisory.Decode(strings.NewReader(text), advisory.DecodeOptions{}, cve.Decoder{})))
	m, err := b.Build()
	require.NoError(t, err)
	matchtest.Want(t, m, matchtest.Installed("Acme | Gate | 1.4"), "CVE-2099-1", "unknown (bad_range)")
	matchtest.Want(t, m, matchtest.Installed("Acme | Gate | 2.0"), "CVE-2099-1", "affected")
}
