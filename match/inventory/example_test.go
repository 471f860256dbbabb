package inventory_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/inventory"
)

func ExampleRead() {
	sbom := `{"bomFormat": "CycloneDX", "specVersion": "1.6",
	 "metadata": {"component": {"type": "operating-system", "name": "AcmeOS", "version": "9"}},
	 "components": [
	  {"type": "application", "publisher": "Trend Micro, Inc.", "name": "Apex Central", "version": "8.0.7007"},
	  {"type": "library", "name": "left-pad", "version": "1.3.0", "purl": "pkg:npm/left-pad@1.3.0"},
	  {"type": "library", "name": "right-pad", "purl": "right-pad"}]}`
	for host, err := range inventory.Read(strings.NewReader(sbom), inventory.Options{File: "sbom.json"}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		for _, in := range host.Installations {
			fmt.Printf("%s: %s\n", host.ID, strings.TrimSpace(fmt.Sprintf("%q %q %q %s", in.Vendor, in.Product, in.Version, in.PURL)))
		}
	}
	// Output:
	// sbom.json:6:53: #/components/2/purl: purl "right-pad": scheme at 0: text begins with pkg:
	// AcmeOS: "" "AcmeOS" "9"
	// AcmeOS: "Trend Micro, Inc." "Apex Central" "8.0.7007"
	// AcmeOS: "" "left-pad" "" pkg:npm/left-pad@1.3.0
	// AcmeOS: "" "right-pad" ""
}

func ExampleRead_table() {
	rows := "Gerätename;Software;Hersteller;Version\ngw-1;Gateway;Acme GmbH;4.1\ngw-2;Gateway;Acme GmbH\n"
	opt := inventory.Options{Columns: map[string]string{"Gerätename": "host", "Hersteller": "vendor"}, Complete: true}
	for host, err := range inventory.Read(strings.NewReader(rows), opt) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(host.ID, host.Installations[0].Vendor, host.Installations[0].Version, "complete:", host.InstallationsComplete)
	}
	// Output:
	// line 3: 3 fields where the header has 4
	// gw-1 Acme GmbH 4.1 complete: false
}

func ExampleLookup() {
	list := "openssl-libs\t1\t3.0.7\t27.el9\tx86_64\tRed Hat, Inc.\topenssl-3.0.7-27.el9.src.rpm\n"
	opt := inventory.Options{Formats: []inventory.Format{inventory.Lookup("rpm")}, Distro: "rhel-9.4", Host: "db-1"}
	for host, err := range inventory.Read(strings.NewReader(list), opt) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(host.ID, host.Installations[0].PURL)
	}
	// Output: db-1 pkg:rpm/redhat/openssl-libs@3.0.7-27.el9?arch=x86_64&distro=rhel-9.4&epoch=1&upstream=openssl-3.0.7-27.el9.src.rpm
}

func ExampleFormats() {
	var names []string
	for _, f := range inventory.Formats() {
		names = append(names, f.Name())
	}
	fmt.Println(strings.Join(names, " "))
	// Output: cyclonedx spdx osquery fortios napalm dpkg apk rpm uninstall rvtools netbox wazuh intune sccm servicenow uninstall-rows table
}

func ExampleError() {
	for _, err := range inventory.Read(strings.NewReader("host,product\ngw-1,Gateway\n"), inventory.Options{File: "site.csv"}) {
		if e, ok := err.(*inventory.Error); ok {
			fmt.Println(e.Line, e.Warning, e)
		}
	}
	// Output:
	// 1 true site.csv:1: no version column (version, installed_version, display_version ...): what depends on the version will be unknown
	// 1 true site.csv:1: no vendor column: a product is only recognized when its name begins with its vendor
}

// The sequence of hosts is what a matcher scans.
func ExampleRead_scan() {
	m, err := match.Compile(&advisory.Advisory{
		ID: "ACME-1", Publisher: advisory.Publisher{Name: "Acme", Rank: advisory.RankVendor},
		Products:        []advisory.Product{{Vendor: "Acme", Name: "Gateway"}},
		Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2026-0001"}},
		Statements: []advisory.Statement{{Products: []int{0},
			Spans: []advisory.Span{{From: "4.0", Before: "4.2.1", Bounded: true, Status: advisory.Affected}}}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	sbom := `{"bomFormat": "CycloneDX", "metadata": {"component": {"type": "container", "name": "edge", "version": "1"}},
	 "components": [{"type": "application", "publisher": "Acme", "name": "Gateway", "version": "4.1.7"}]}`
	hosts := inventory.Read(strings.NewReader(sbom), inventory.Options{File: "sbom.json"})
	for result, err := range m.Scan(context.Background(), hosts, match.ScanOptions{}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		for _, f := range result.Findings {
			fmt.Println(result.Installation.Host.ID, result.Installation.Product, f.Vulnerability, f.Verdict)
		}
	}
	// Output: edge Gateway CVE-2026-0001 affected
}
