package report_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/report"
)

// Entries carry what a report of one's own needs: the finding, why, and the document.
func ExampleEntries() {
	m, hosts := example()
	for e, err := range report.Entries(m, m.Scan(context.Background(), hosts, match.ScanOptions{})) {
		if err != nil {
			fmt.Println("not read:", err)
			continue
		}
		if e.IsSilent() || !e.Finding.Verdict.MayBeAffected() {
			continue
		}
		fmt.Println(e.Installation.Host.ID, e.Finding.Vulnerability, e.Finding.Verdict)
		fmt.Println(e.Why())
		fmt.Println(e.Advisory.ID)
	}
	// Output:
	// gw-1 CVE-2026-0001 affected
	// in [4.0, 4.2.1), Acme ACME-1
	// ACME-1
}

func ExampleCSV() {
	m, hosts := example()
	results := m.Scan(context.Background(), hosts, match.ScanOptions{})
	if err := report.CSV(os.Stdout, report.Entries(m, results), report.Options{}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// host,vendor,product,installed,purl,cpe,vulnerability,status,reason,possible,clear,mayBeAffected,fix,severity,why,document,publisher,place,coverage,accepted
	// gw-1,Acme,Gateway,4.1.7,,,CVE-2026-0001,affected,,,false,true,4.2.1,,"in [4.0, 4.2.1), Acme ACME-1",ACME-1,Acme,#/statements/0,recognized,
}

func ExampleMarkdown() {
	m, hosts := example()
	results := m.Scan(context.Background(), hosts, match.ScanOptions{})
	if err := report.Markdown(os.Stdout, report.Entries(m, results), report.Options{}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// # Findings
	//
	// - 1 installation on 1 host; findings: 1 affected
	//
	// ## Affected
	//
	// | Vulnerability | Severity | Product | Installed | Hosts | Fix | Why |
	// | --- | --- | --- | --- | --- | --- | --- |
	// | CVE-2026-0001 | - | Gateway | 4.1.7 | gw-1 | 4.2.1 | in \[4.0, 4.2.1), Acme ACME-1 |
}

// The writers of VEX need a time, since the library has no clock.
func ExampleOpenVEX() {
	m, hosts := example()
	results := m.Scan(context.Background(), hosts, match.ScanOptions{})
	opt := report.Options{Time: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), Author: "Example Ltd", ID: "https://example.com/vex/1"}
	if err := report.OpenVEX(os.Stdout, report.Entries(m, results), opt); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {
	//   "@context": "https://openvex.dev/ns/v0.2.0",
	//   "@id": "https://example.com/vex/1",
	//   "author": "Example Ltd",
	//   "timestamp": "2026-03-01T12:00:00Z",
	//   "version": 1,
	//   "tooling": "affected (https://github.com/affected-go/affected)",
	//   "statements": [
	//     {
	//       "vulnerability": {
	//         "name": "CVE-2026-0001"
	//       },
	//       "products": [
	//         {
	//           "@id": "pkg:generic/Acme/Gateway@4.1.7"
	//         }
	//       ],
	//       "status": "affected",
	//       "status_notes": "in [4.0, 4.2.1), Acme ACME-1",
	//       "action_statement": "Update to 4.2.1."
	//     }
	//   ]
	// }
}

func ExampleCycloneDX() {
	m, hosts := example()
	results := m.Scan(context.Background(), hosts, match.ScanOptions{})
	var b bytes.Buffer
	if err := report.CycloneDX(&b, report.Entries(m, results), report.Options{Time: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}); err != nil {
		fmt.Println(err)
	}
	var bom struct {
		Vulnerabilities []struct {
			ID, Recommendation string
			Analysis           struct{ State, Detail string }
		}
	}
	if err := json.Unmarshal(b.Bytes(), &bom); err != nil {
		fmt.Println(err)
	}
	fmt.Printf("%+v\n", bom.Vulnerabilities[0])
	// Output:
	// {ID:CVE-2026-0001 Recommendation:Update to 4.2.1. Analysis:{State:exploitable Detail:in [4.0, 4.2.1), Acme ACME-1}}
}

func ExampleCSAF() {
	m, hosts := example()
	results := m.Scan(context.Background(), hosts, match.ScanOptions{})
	opt := report.Options{Time: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), ID: "SITE-2026-1", Title: "Gateways of the site", Author: "Example Ltd", Namespace: "https://example.com"}
	var b bytes.Buffer
	if err := report.CSAF(&b, report.Entries(m, results), opt); err != nil {
		fmt.Println(err)
	}
	var doc struct {
		Document        struct{ Category, Title string }
		Vulnerabilities []struct {
			CVE    string
			Status map[string][]string `json:"product_status"`
		}
	}
	if err := json.Unmarshal(b.Bytes(), &doc); err != nil {
		fmt.Println(err)
	}
	fmt.Printf("%+v\n", doc)
	// Output:
	// {Document:{Category:csaf_vex Title:Gateways of the site} Vulnerabilities:[{CVE:CVE-2026-0001 Status:map[known_affected:[P1]]}]}
}

func ExamplePhrase() {
	text, missing := report.Phrase(advisory.Imprecise)
	fmt.Printf("%s; what is missing: %s\n", text, missing)
	// Output:
	// imprecise version; what is missing: the exact version or build
}
