package report_test

import (
	"context"
	"fmt"
	"os"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/report"
)

// example is a matcher that knows one vulnerability, and a host.
func example() (*match.Matcher, func(func(*match.Host, error) bool)) {
	m, err := match.Compile(&advisory.Advisory{
		ID: "ACME-1", Publisher: advisory.Publisher{Name: "Acme", Rank: advisory.RankVendor},
		Products:        []advisory.Product{{Vendor: "Acme", Name: "Gateway"}},
		Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2026-0001"}},
		Statements: []advisory.Statement{{Products: []int{0}, Default: advisory.DefaultNotAffected,
			Spans: []advisory.Span{{From: "4.0", Before: "4.2.1", Bounded: true, Status: advisory.Affected}}}},
	})
	if err != nil {
		panic(err)
	}
	return m, func(yield func(*match.Host, error) bool) {
		yield(&match.Host{ID: "gw-1", Installations: []match.Installation{{Vendor: "Acme", Product: "Gateway", Version: "4.1.7"}}}, nil)
	}
}

func ExampleText() {
	m, hosts := example()
	results := m.Scan(context.Background(), hosts, match.ScanOptions{})
	if err := report.Text(os.Stdout, report.Entries(m, results), report.Options{}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// HOST  PRODUCT  INSTALLED  VULNERABILITY  VERDICT   FIX    WHY
	// gw-1  Gateway  4.1.7      CVE-2026-0001  affected  4.2.1  in [4.0, 4.2.1), Acme ACME-1
	//
	// 1 installation on 1 host; findings: 1 affected
}

func ExampleJSONLines() {
	m, hosts := example()
	results := m.Scan(context.Background(), hosts, match.ScanOptions{})
	if err := report.JSONLines(os.Stdout, report.Entries(m, results), report.Options{}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {"host":"gw-1","vendor":"Acme","product":"Gateway","installed":"4.1.7","vulnerability":"CVE-2026-0001","status":"affected","reason":"","clear":false,"mayBeAffected":true,"fix":"4.2.1","why":"in [4.0, 4.2.1), Acme ACME-1","document":"ACME-1","publisher":"Acme","place":"#/statements/0","coverage":"recognized"}
}

func ExampleLookup() {
	m, hosts := example()
	write := report.Lookup("markdown")
	results := m.Scan(context.Background(), hosts, match.ScanOptions{})
	if err := write(os.Stdout, report.Entries(m, results), report.Options{Title: "Gateways"}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// # Gateways
	//
	// - 1 installation on 1 host; findings: 1 affected
	//
	// ## Affected
	//
	// | Vulnerability | Severity | Product | Installed | Hosts | Fix | Why |
	// | --- | --- | --- | --- | --- | --- | --- |
	// | CVE-2026-0001 | - | Gateway | 4.1.7 | gw-1 | 4.2.1 | in \[4.0, 4.2.1), Acme ACME-1 |
}
