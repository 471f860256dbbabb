package house_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/csaf"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
)

// csafDocument is a document with a product tree and the product_status of CVE-2099-1.
func csafDocument(version, tree, status string) string {
	return `{"document":{"csaf_version":"` + version + `","category":"csaf_base","title":"x","publisher":{"category":"vendor","name":"Acme","namespace":"https://acme.example"},
		"tracking":{"id":"A-1","version":"1","status":"final","initial_release_date":"2099-01-01T00:00:00Z","current_release_date":"2099-01-01T00:00:00Z"}},
		"product_tree":{` + tree + `},"vulnerabilities":[{"cve":"CVE-2099-1","product_status":{` + status + `}}]}`
}

// csafPart is a branch; below it stand a product with its helper, or others.
func csafPart(category, name, below string) string {
	if strings.HasPrefix(below, "{") {
		return `{"category":"` + category + `","name":"` + name + `","branches":[` + below + `]}`
	}
	id, helper, _ := strings.Cut(below, " ")
	if helper != "" {
		helper = `,"product_identification_helper":` + helper
	}
	return `{"category":"` + category + `","name":"` + name + `","product":{"product_id":"` + id + `","name":"` + name + `"` + helper + `}}`
}

func csafRelation(id, category, subject, other string) string {
	return `{"category":"` + category + `","product_reference":"` + subject + `","relates_to_product_reference":"` + other + `","full_product_name":{"product_id":"` + id + `","name":"x"}}`
}

// TestCSAF asks documents that are written as vendors write them, each with its question.
func TestCSAF(t *testing.T) {
	platform := func(product, version, name string) []match.Installation {
		in := match.Installation{Vendor: "Acme", Product: product, Version: version}
		if name != "" {
			in.CPE = cpe.MustParse(name)
		}
		return []match.Installation{in}
	}
	type question struct {
		in   match.Installation
		want string
	}
	for _, c := range []struct {
		name, text string
		asked      []question
	}{
		{
			"a distribution that only recommends",
			csafDocument("2.0", `"branches":[`+csafPart("vendor", "Acme", csafPart("product_family", "Linux", csafPart("product_name", "Linux Server 15 SP6", `S {"cpe":"cpe:/o:acme:server:15:sp6"}`))+","+
				csafPart("architecture", "x86_64", csafPart("product_version", "xen-4.17.5_04-150600.3.9.1.x86_64", "xen-4.17.5_04-150600.3.9.1.x86_64")))+`],
				"relationships":[`+csafRelation("S:xen", "default_component_of", "xen-4.17.5_04-150600.3.9.1.x86_64", "S")+`]`,
				`"recommended":["S:xen"]`),
			[]question{
				{match.Installation{Product: "xen", Version: "4.17.5_04-150600.3.9.1", PartOf: platform("Linux Server 15 SP6", "", ""), PartOfComplete: true}, "fixed"},
				{match.Installation{Product: "xen", Version: "4.17.5_04-150600.3.9.1", PartOf: platform("Linux Server 15 SP5", "", ""), PartOfComplete: true}, "no_statement"},
				{match.Installation{Product: "xen", Version: "4.17.5_04-150600.3.9.1"}, "unknown"},
				{match.Installation{Product: "xen", Version: "4.17.4_02-150600.3.6.1", PartOf: platform("Linux Server 15 SP6", "", ""), PartOfComplete: true}, "no_statement"},
				{match.Installation{Product: "xen", Version: "4.17.5_04-150600.3.9.1", PartOf: platform("", "", "cpe:/o:acme:server:15:sp6"), PartOfComplete: true}, "fixed"},
				{match.Installation{Product: "xen", Version: "4.17.5_04-150600.3.9.1", PartOf: platform("", "", "cpe:/o:acme:server:15:sp5"), PartOfComplete: true}, "no_statement"},
				{match.Installation{Product: "xen-libs", Version: "4.17.5_04-150600.3.9.1", PartOf: platform("Linux Server 15 SP6", "", ""), PartOfComplete: true}, "no_statement"},
			},
		},
		{
			"releases as service packs",
			csafDocument("2.0", `"branches":[`+csafPart("vendor", "Acme", csafPart("product_name", "Router OS", csafPart("product_version", "7.0", csafPart("service_pack", "7.0.1S", "A")+","+csafPart("service_pack", "7.0.2S", "B"))+","+
				csafPart("product_version", "V13", csafPart("service_pack", "SP1", "C"))))+`]`, `"known_affected":["A","C"],"fixed":["B"]`),
			[]question{
				{match.Installation{Product: "Router OS", Version: "7.0.1S"}, "affected"},
				{match.Installation{Product: "Router OS", Version: "7.0.2S"}, "fixed"},
				{match.Installation{Product: "Router OS", Version: "7.0.3S"}, "no_statement"},
				{match.Installation{Product: "Router OS", Version: "V13 SP1"}, "affected"},
				{match.Installation{Product: "Router OS", Version: "V13"}, "no_statement"},
			},
		},
		{
			"a library in an application, by package URLs",
			csafDocument("2.0", `"branches":[`+csafPart("vendor", "Acme", csafPart("product_name", "App", csafPart("product_version", "2.9.3-2", `APP {"purl":"pkg:oci/app@2.9.3-2"}`))+","+
				csafPart("product_name", "lib", csafPart("product_version", "v0.24.2", `LIB {"purl":"pkg:golang/acme.example/lib@v0.24.2"}`)))+`],
				"relationships":[`+csafRelation("R", "default_component_of", "LIB", "APP")+`]`, `"known_not_affected":["R"]`),
			[]question{
				{match.Installation{PURL: purl.MustParse("pkg:golang/acme.example/lib@v0.24.2"), PartOfComplete: true, PartOf: []match.Installation{{PURL: purl.MustParse("pkg:oci/app@2.9.3-2")}}}, "not_affected"},
				{match.Installation{PURL: purl.MustParse("pkg:golang/acme.example/lib@v0.24.2"), PartOfComplete: true, PartOf: []match.Installation{{PURL: purl.MustParse("pkg:oci/app@3.0.0")}}}, "no_statement"},
				{match.Installation{PURL: purl.MustParse("pkg:golang/acme.example/lib@v0.24.2")}, "unknown"},
				{match.Installation{PURL: purl.MustParse("pkg:golang/acme.example/lib@v0.24.3"), PartOfComplete: true, PartOf: []match.Installation{{PURL: purl.MustParse("pkg:oci/app@2.9.3-2")}}}, "no_statement"},
			},
		},
		{
			"firmware on a device, beside another product (2.1)",
			csafDocument("2.1", `"branches":[`+csafPart("vendor", "Acme", csafPart("product_name", "Firmware", csafPart("product_version_range", "vers:intdot/<2.0", "A")+","+csafPart("product_version", "2.0", "B"))+","+
				csafPart("product_name", "Camera", "CAM")+","+csafPart("product_name", "Mount", csafPart("product_version", "7", "M")))+`],
				"product_paths":[{"beginning_product_reference":"A","full_product_name":{"product_id":"P","name":"x"},"subpaths":[{"category":"installed_on","next_product_reference":"CAM"},{"category":"installed_with","next_product_reference":"M"}]},
				{"beginning_product_reference":"B","full_product_name":{"product_id":"Q","name":"x"},"subpaths":[{"category":"installed_on","next_product_reference":"CAM"}]}]`,
				`"last_affected":["P"],"fixed":["Q"]`),
			[]question{
				{match.Installation{Product: "Firmware", Version: "1.9", Host: &match.Host{Platforms: platform("Camera", "", ""), Installations: platform("Mount", "7", "")}}, "affected"},
				{match.Installation{Product: "Firmware", Version: "1.9", Host: &match.Host{Platforms: platform("Camera", "", ""), Installations: platform("Mount", "8", ""), InstallationsComplete: true}}, "no_statement"},
				{match.Installation{Product: "Firmware", Version: "1.9", Host: &match.Host{Platforms: platform("Camera", "", "")}}, "unknown"},
				{match.Installation{Product: "Firmware", Version: "2.0", Host: &match.Host{Platforms: platform("Camera", "", "")}}, "fixed"},
				{match.Installation{Product: "Firmware", Version: "2.0", Host: &match.Host{Platforms: platform("Door", "", ""), PlatformsComplete: true}}, "no_statement"},
			},
		},
		{
			"a component and the product that it is a part of",
			csafDocument("2.0", `"branches":[`+csafPart("vendor", "Acme", csafPart("product_name", "Platform 4.14", "P")+","+csafPart("product_version", "console", `C {"purl":"pkg:rpm/acme/console"}`))+`],
				"relationships":[`+csafRelation("P:C", "default_component_of", "C", "P")+`]`, `"fixed":["P"],"known_affected":["P:C"]`),
			[]question{
				{match.Installation{Product: "console", Version: "1", PartOf: platform("Platform 4.14", "", ""), PartOfComplete: true}, "affected"},
				{match.Installation{Product: "Platform 4.14"}, "fixed"},
			},
		},
		{
			"numbers of devices",
			csafDocument("2.0", `"branches":[`+csafPart("vendor", "Acme", csafPart("product_name", "Drive (6RA80)", csafPart("product_version_range", "< V2", `D {"model_numbers":["6RA80??-6*"]}`))+","+
				csafPart("product_name", "PLC", csafPart("product_version_range", "<=the_first_5_digits_of_serial_number_24031", "S")))+`]`, `"known_affected":["D","S"]`),
			[]question{
				{match.Installation{Model: "6RA8013-6KV62", Version: "V1.9"}, "affected"},
				{match.Installation{Model: "6RA8013-6KV62", Version: "V2"}, "no_statement"},
				{match.Installation{Model: "6RA8013-6KV62"}, "unknown"},
				{match.Installation{Model: "6RA8113-6KV62", Version: "V1.9"}, "no_statement"},
				{match.Installation{Product: "Drive (6RA80)", Model: "6RA8113-6KV62", Version: "V1.9"}, "no_statement"},
				{match.Installation{Product: "PLC", Serial: "240310012345"}, "affected"},
				{match.Installation{Product: "PLC", Serial: "240320012345"}, "no_statement"},
				{match.Installation{Product: "PLC"}, "unknown"},
			},
		},
		{
			"a helper that contradicts the branches",
			csafDocument("2.0", `"branches":[`+csafPart("vendor", "Acme", csafPart("product_name", "Gateway", csafPart("product_version", "2.6.0", `G {"cpe":"cpe:2.3:a:acme:gw:3.0:*:*:*:*:*:*:*"}`)+","+
				csafPart("product_version_range", "< 2.0", `R {"cpe":"cpe:2.3:a:acme:gw:2.0:*:*:*:*:*:*:*"}`)))+`]`, `"known_affected":["R"],"fixed":["G"]`),
			[]question{
				{match.Installation{CPE: cpe.MustParse("cpe:2.3:a:acme:gw:3.0:*:*:*:*:*:*:*")}, "fixed"},
				{match.Installation{CPE: cpe.MustParse("cpe:2.3:a:acme:gw:1.0:*:*:*:*:*:*:*")}, "affected"},
				{match.Installation{CPE: cpe.MustParse("cpe:2.3:a:acme:gw:2.0:*:*:*:*:*:*:*")}, "no_statement"},
				{match.Installation{Product: "Gateway", Version: "2.6.0"}, "fixed"},
			},
		},
	} {
		var m *match.Matcher
		for a, err := range advisory.Decode(strings.NewReader(c.text), advisory.DecodeOptions{}, csaf.Decoder{}) {
			require.NoError(t, err, c.name)
			m, err = match.Compile(a)
			require.NoError(t, err, c.name)
		}
		require.NotNil(t, m, c.name)
		for i := range c.asked {
			in := &c.asked[i].in
			if in.Product != "" || in.Model != "" {
				in.Vendor = "Acme"
			}
			got := m.Finding(in, "CVE-2099-1").Verdict
			assert.Equal(t, c.asked[i].want, got.Status.String(), "%s, question %d: %s", c.name, i, m.Explain(in, "CVE-2099-1"))
		}
	}
}

// TestCSAFRemediations: what is advised for one version is not advised for others.
func TestCSAFRemediations(t *testing.T) {
	text := csafDocument("2.0", `"branches":[`+csafPart("vendor", "Acme", csafPart("product_name", "Gateway", csafPart("product_version_range", ">= 1.0 | < 2.0", "OLD")+","+
		csafPart("product_version_range", ">= 2.0 | < 2.5", "NEW")))+`]`, `"known_affected":["OLD","NEW"]`)
	text = strings.Replace(text, `"product_status"`, `"remediations":[{"category":"no_fix_planned","details":"end of life","product_ids":["OLD"]},
		{"category":"vendor_fix","details":"2.5","product_ids":["NEW"]},{"category":"mitigation","details":"close port 23","product_ids":["NEW","OLD"]}],"product_status"`, 1)
	for a, err := range advisory.Decode(strings.NewReader(text), advisory.DecodeOptions{}, csaf.Decoder{}) {
		require.NoError(t, err)
		m, err := match.Compile(a)
		require.NoError(t, err)
		for version, want := range map[string][]string{"1.5": {"no_fix_planned", "mitigation"}, "2.1": {"vendor_fix", "mitigation"}} {
			var got []string
			in := &match.Installation{Vendor: "Acme", Product: "Gateway", Version: version}
			assert.Equal(t, advisory.Affected, m.Finding(in, "CVE-2099-1").Verdict.Status)
			for _, r := range m.Fixes(in, "CVE-2099-1").Remediations {
				got = append(got, r.Category)
			}
			assert.Equal(t, want, got, version)
		}
	}
}
