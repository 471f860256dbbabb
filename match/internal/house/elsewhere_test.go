package house_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/cve"
	"github.com/affected-go/affected/match"
)

// TestSeveralProducts asks about entries of CVE records that name several products in front of their
// versions. The facts are those of CVE-2017-10116, CVE-2024-21211, CVE-2022-22948 and CVE-2022-26122.
func TestSeveralProducts(t *testing.T) {
	java := []string{"Java SE: 6u151", "7u141", "8u131; Java SE Embedded: 8u121; JRockit: R28.3.14"}
	graal := []string{"Oracle Java SE:23", "Oracle GraalVM for JDK:17.0.12", "Oracle GraalVM Enterprise Edition:20.3.15"}
	center := []string{"VMware vCenter Server (7.0 prior to 7.0 U3d and 6.7 prior to 6.7 U3p) and VMware Cloud Foundation (4.x)"}
	engine := []string{"AV Engine version 6.2.168 and below and version 6.4.274 and below."}
	for _, c := range []struct {
		vendor, product string
		versions        []string
		want            string
	}{
		{"Oracle Corporation", "Java", java, "Oracle | Java SE | 8u131 = affected; Oracle | Java SE | 8u121 = unknown (not_listed); Oracle | Java SE | 7u141 = affected; " +
			"Oracle | Java SE Embedded | 8u121 = affected; Oracle | Java SE Embedded | 8u131 = unknown (not_listed); Oracle | JRockit | R28.3.14 = affected"},
		{"Oracle Corporation", "GraalVM", graal, "Oracle | Java SE | 23 = affected; Oracle | GraalVM for JDK | 17.0.12 = affected; " +
			"Oracle | GraalVM Enterprise Edition | 20.3.15 = affected; Oracle | GraalVM | 20.3.15 = unknown (not_listed)"},
		{"n/a", "VMware vCenter Server and VMware Cloud Foundation", center, "VMware | vCenter Server | 7.0 U3c = affected; VMware | vCenter Server | 7.0 U3d = fixed; " +
			"VMware | vCenter Server | 6.7 U3p = fixed; VMware | Cloud Foundation | 4.2 = affected"},
		{"Fortinet", "Fortinet AV Engine, FortiMail", engine, "Fortinet | AV Engine | 6.2.168 = affected; Fortinet | FortiMail | 6.0 = unknown (bad_range); Fortinet | FortiMail | 7.0 = unknown (bad_range)"},
	} {
		var versions []map[string]string
		for _, text := range c.versions {
			versions = append(versions, map[string]string{"status": "affected", "version": text})
		}
		affected, err := json.Marshal([]any{map[string]any{"vendor": c.vendor, "product": c.product, "versions": versions}})
		require.NoError(t, err)
		record := `{"dataType":"CVE_RECORD","dataVersion":"5.1","cveMetadata":{"cveId":"CVE-2099-1","state":"PUBLISHED","assignerShortName":"vmware"},` +
			`"containers":{"cna":{"affected":` + string(affected) + `}}}`
		b := match.NewBuilder(match.Options{})
		for a, err := range advisory.Decode(strings.NewReader(record), advisory.DecodeOptions{File: "record.json"}, cve.Decoder{}) {
			require.NoError(t, err)
			require.NoError(t, b.Add(a))
		}
		m, err := b.Build()
		require.NoError(t, err)
		m = reloaded(t, m, match.Options{})
		for fact := range strings.SplitSeq(c.want, "; ") {
			question, want, _ := strings.Cut(fact, " = ")
			names := strings.Split(question, " | ")
			in := &match.Installation{Vendor: names[0], Product: names[1], Version: names[2]}
			assert.Equal(t, want, m.Finding(in, "CVE-2099-1").Verdict.String(), "%s: %s", question, m.Explain(in, "CVE-2099-1"))
		}
	}
}
