package schemas

import (
	"bytes"
	"encoding/csv"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/CycloneDX/cyclonedx-go"
	"github.com/gocsaf/csaf/v3/csaf"
	"github.com/openvex/go-vex/pkg/vex"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Each reader returns what it finds in the output of a writer as lines "vulnerability product
// version status", with the words of OpenVEX.

// written are the lines that the writers of VEX were to write, by the table of findings. What
// has no version and is unknown cannot be written.
func written(t *testing.T) []string {
	rows, err := csv.NewReader(bytes.NewReader(read(t, output("csv")))).ReadAll()
	require.NoError(t, err)
	column := func(row []string, name string) string { return row[slices.Index(rows[0], name)] }
	var lines []string
	for _, row := range rows[1:] {
		id, version, status := column(row, "vulnerability"), column(row, "installed"), column(row, "status")
		if id == "" || status == "unknown" && version == "" {
			continue
		}
		lines = append(lines, line(id, column(row, "product"), version, status))
	}
	return sorted(lines)
}

func line(parts ...string) string { return strings.ToLower(strings.Join(parts, " ")) }

func sorted(lines []string) []string {
	slices.Sort(lines)
	return slices.Compact(lines)
}

// TestReaders: independent readers find in each VEX the findings that were written.
func TestReaders(t *testing.T) {
	want := written(t)
	require.NotEmpty(t, want)
	assert.Equal(t, want, openVEX(t), "go-vex")
	assert.Equal(t, want, cycloneDX(t), "cyclonedx-go")
	assert.Equal(t, want, csafVEX(t), "gocsaf")
}

func openVEX(t *testing.T) (lines []string) {
	doc, err := vex.Open(output("openvex.json"))
	require.NoError(t, err)
	for _, s := range doc.Statements {
		require.NoError(t, s.Validate())
		for _, p := range s.Products {
			path, version, _ := strings.Cut(p.ID, "@")
			name, err := url.PathUnescape(path[strings.LastIndex(path, "/")+1:])
			require.NoError(t, err)
			if p.Identifiers[vex.CPE23] != "" { // the name is made of the CPE name
				vendor := strings.Split(p.Identifiers[vex.CPE23], ":")[3]
				if !strings.HasPrefix(name, vendor) {
					name = vendor + " " + name
				}
			}
			lines = append(lines, line(string(s.Vulnerability.Name), name, version, string(s.Status)))
		}
	}
	return sorted(lines)
}

func cycloneDX(t *testing.T) (lines []string) {
	file, err := os.Open(output("cdx.json"))
	require.NoError(t, err)
	defer file.Close()
	var doc cyclonedx.BOM
	require.NoError(t, cyclonedx.NewBOMDecoder(file, cyclonedx.BOMFileFormatJSON).Decode(&doc))
	components := map[string]cyclonedx.Component{}
	for _, c := range *doc.Components {
		components[c.BOMRef] = c
	}
	words := map[cyclonedx.ImpactAnalysisState]string{
		cyclonedx.IASExploitable: "affected", cyclonedx.IASInTriage: "under_investigation", cyclonedx.IASResolved: "fixed", cyclonedx.IASNotAffected: "not_affected",
	}
	for _, v := range *doc.Vulnerabilities {
		for _, a := range *v.Affects {
			c := components[a.Ref]
			lines = append(lines, line(v.ID, c.Name, c.Version, words[v.Analysis.State]))
		}
	}
	return sorted(lines)
}

func csafVEX(t *testing.T) (lines []string) {
	doc, err := csaf.LoadAdvisory(output("csaf.json"))
	require.NoError(t, err)
	names := map[csaf.ProductID]string{}
	var walk func(b *csaf.Branch, name, version string)
	walk = func(b *csaf.Branch, name, version string) {
		switch *b.Category {
		case csaf.CSAFBranchCategoryProductName:
			name = *b.Name
		case csaf.CSAFBranchCategoryProductVersion:
			version = *b.Name
		}
		if b.Product != nil {
			names[*b.Product.ProductID] = name + " " + version
		}
		for _, below := range b.Branches {
			walk(below, name, version)
		}
	}
	for _, b := range doc.ProductTree.Branches {
		walk(b, "", "")
	}
	for _, v := range doc.Vulnerabilities {
		var id string
		if v.CVE != nil {
			id = string(*v.CVE)
		} else {
			id = *v.IDs[0].Text
		}
		for status, list := range map[string]*csaf.Products{
			"affected": v.ProductStatus.KnownAffected, "fixed": v.ProductStatus.Fixed,
			"not_affected": v.ProductStatus.KnownNotAffected, "under_investigation": v.ProductStatus.UnderInvestigation,
		} {
			if list == nil {
				continue
			}
			for _, p := range *list {
				lines = append(lines, line(id, names[*p], status))
			}
		}
	}
	return sorted(lines)
}

// TestSARIFReader: each finding is a result of a rule.
func TestSARIFReader(t *testing.T) {
	log, err := sarif.Open(output("sarif"), sarif.WithStrictValidation())
	require.NoError(t, err)
	require.Len(t, log.Runs, 1)
	rows, err := csv.NewReader(bytes.NewReader(read(t, output("csv")))).ReadAll()
	require.NoError(t, err)
	var want, have []string
	for _, row := range rows[1:] {
		if id := row[slices.Index(rows[0], "vulnerability")]; id != "" {
			want = append(want, id+" "+row[slices.Index(rows[0], "status")])
		}
	}
	for _, r := range log.Runs[0].Results {
		verdict, _ := r.Properties.Properties["verdict"].(string)
		have = append(have, *r.RuleID+" "+verdict)
	}
	assert.ElementsMatch(t, want, have)
}
