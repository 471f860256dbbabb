package match_test

import (
	"bytes"
	"context"
	"fmt"
	"iter"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// acmeGateway is an advisory about a product on two branches.
func acmeGateway() *advisory.Advisory {
	return &advisory.Advisory{
		ID: "ACME-2026-1", Publisher: advisory.Publisher{Name: "Acme", Rank: advisory.RankVendor},
		Products:        []advisory.Product{{Vendor: "Acme", Name: "Gateway"}},
		Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2026-0001"}},
		Statements: []advisory.Statement{{Products: []int{0}, Default: advisory.DefaultNotAffected, Spans: []advisory.Span{
			{From: "4.0", Before: "4.2.1", Bounded: true, Status: advisory.Affected},
			{From: "5.0", Before: "5.1", Bounded: true, Status: advisory.Affected},
		}}},
	}
}

func ExampleCompile() {
	m, err := match.Compile(acmeGateway())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, version := range []string{"3.9", "4.1.7", "4.2.1", "5"} {
		in := &match.Installation{Vendor: "Acme", Product: "Gateway", Version: version}
		fmt.Println(version, m.Check(in, "CVE-2026-0001"))
	}
	// Output:
	// 3.9 not_affected
	// 4.1.7 affected
	// 4.2.1 fixed
	// 5 affected
}

// A matcher is written once and opened in no time, from a file, mapped memory or go:embed.
func ExampleLoad() {
	m, err := match.Compile(acmeGateway())
	if err != nil {
		fmt.Println(err)
		return
	}
	var file bytes.Buffer
	if _, err := m.WriteTo(&file); err != nil {
		fmt.Println(err)
		return
	}
	loaded, err := match.Load(file.Bytes(), match.Options{})
	if err != nil { // ErrFile, ErrVersion or ErrStale: build it anew
		fmt.Println(err)
		return
	}
	fmt.Println(loaded.Verify(), loaded.Stats().Documents)
	fmt.Println(loaded.Check(&match.Installation{Vendor: "Acme", Product: "Gateway", Version: "4.1.7"}, "CVE-2026-0001"))
	// Output:
	// <nil> 1
	// affected
}

// Findings yields what may be affected; clear answers come when they are asked for.
func ExampleMatcher_Findings() {
	m, err := match.Compile(acmeGateway())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, version := range []string{"4.1.7", "4.2.1"} {
		in := &match.Installation{Vendor: "Acme", Product: "Gateway", Version: version}
		for f := range m.Findings(in) {
			fmt.Println(version, f.Vulnerability, f.Verdict, "fix", f.Fix)
		}
	}
	// Output:
	// 4.1.7 CVE-2026-0001 affected fix 4.2.1
}

// The shortest question is the safe one: what is unknown is not clear.
func ExampleVerdict_Clear() {
	m, err := match.Compile(acmeGateway())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, version := range []string{"4.2.1", "4.1.7", ""} {
		v := m.Check(&match.Installation{Vendor: "Acme", Product: "Gateway", Version: version}, "CVE-2026-0001")
		fmt.Printf("%-5s %-20s clear %t, may be affected %t\n", version, v, v.Clear(), v.MayBeAffected())
	}
	// Output:
	// 4.2.1 fixed                clear true, may be affected false
	// 4.1.7 affected             clear false, may be affected true
	//       unknown (no_version) clear false, may be affected true
}

// ScanInstallations asks about installations without hosts, in a stream.
func ExampleMatcher_ScanInstallations() {
	m, err := match.Compile(acmeGateway())
	if err != nil {
		fmt.Println(err)
		return
	}
	var list iter.Seq2[*match.Installation, error] = func(yield func(*match.Installation, error) bool) {
		for _, version := range []string{"4.1.7", "4.2.1", "5.0.3"} {
			if !yield(&match.Installation{Vendor: "Acme", Product: "Gateway", Version: version}, nil) {
				return
			}
		}
	}
	for r, err := range m.ScanInstallations(context.Background(), list, match.ScanOptions{Workers: 1}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(r.Installation.Version, len(r.Findings))
	}
	// Output:
	// 4.1.7 1
	// 4.2.1 0
	// 5.0.3 1
}

// Triage ranks what is not known by how many answers it keeps open.
func ExampleMatcher_Triage() {
	m, err := match.Compile(acmeGateway())
	if err != nil {
		fmt.Println(err)
		return
	}
	var results []match.Result
	for range 3 {
		in := &match.Installation{Vendor: "Acme", Product: "Gateway"}
		r := match.Result{Installation: in, Coverage: m.Coverage(in)}
		for f := range m.Findings(in) {
			r.Findings = append(r.Findings, f)
		}
		results = append(results, r)
	}
	for _, gap := range m.Triage(results) {
		fmt.Println(gap.What, gap.Reason, gap.Findings)
	}
	// Output:
	// version of acme/gateway no_version 3
}
