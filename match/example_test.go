package match_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

func ExampleMatcher_Check() {
	m, _ := match.Compile(apexCentral())
	for _, version := range []string{"8.0.7007", "8.0.0.7200", "2019"} {
		in := &match.Installation{Vendor: "Trend Micro", Product: "Apex Central", Version: version}
		v := m.Check(in, "CVE-2025-69258")
		fmt.Printf("%-10s %-20s clear: %v\n", version, v, v.Clear())
	}
	// Output:
	// 8.0.7007   affected             clear: false
	// 8.0.0.7200 fixed                clear: true
	// 2019       unknown (imprecise)  clear: false
}

func ExampleMatcher_Append() {
	m, _ := match.Compile(apexCentral())
	host := match.Host{ID: "srv-7", Installations: []match.Installation{
		{Vendor: "Trend Micro", Product: "Apex Central", Version: "8.0.6955"},
		{Vendor: "Trend Micro", Product: "Apex One", Version: "14.0.0.12980"},
	}}
	var findings []match.Finding
	for i := range host.Installations {
		host.Installations[i].Host = &host
		findings = m.Append(findings[:0], &host.Installations[i])
		for _, f := range findings {
			fmt.Println(host.ID, f.Product, f.Vulnerability, f.Verdict, "fixed in", f.Fix)
		}
	}
	// Output: srv-7 trendmicro/apex-central CVE-2025-69258 affected fixed in Build 7190
}

func ExampleMatcher_Explain() {
	m, _ := match.Compile(apexCentral())
	in := &match.Installation{Vendor: "Trend Micro", Product: "Apex Central", Version: "8.0.7007"}
	e := m.Explain(in, "CVE-2025-69258")
	fmt.Println(e.Claims[0].SpanPlace)
	fmt.Println(e.Claims[0].SpanText)
	fmt.Println(e.Claims[0].Scheme)
	fmt.Println(e.Claims[0].Segment)
	// Output:
	// CVE-2025-69258.json#/containers/cna/affected/0/versions/0
	// from "2019 (14.0)", less than "Build 7190", type "semver", affected
	// build (catalog entry trendmicro/apex-central)
	// [2019 (14.0), Build 7190) affected
}

func ExampleMatcher_With() {
	m, _ := match.Compile(apexCentral())
	in := &match.Installation{Vendor: "Trend Micro", Product: "Apex Central", Version: "8.0.7007"}
	view, err := m.With(match.AskOptions{
		At: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
		Corrections: []match.Correction{{
			Scope:  match.Scope{Vulnerability: "CVE-2025-69258", Vendor: "Trend Micro", Product: "Apex Central"},
			Status: advisory.NotAffected, Source: "KB-1234", Author: "security team", Note: "service is removed",
			Until: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC),
		}},
	})
	fmt.Println(m.Check(in, "CVE-2025-69258"), view.Check(in, "CVE-2025-69258"), err)
	// Output: affected not_affected <nil>
}

func ExampleMatcher_Coverage() {
	m, _ := match.Compile(apexCentral())
	for _, in := range []match.Installation{
		{Vendor: "Trend Micro", Product: "Apex One"},
		{Vendor: "Example", Product: "Gateway"},
	} {
		fmt.Println(in.Product, m.Coverage(&in).Kind)
	}
	// Output:
	// Apex One recognized
	// Gateway unrecognized
}

func ExampleNewBuilder() {
	b := match.NewBuilder(match.Options{})
	if err := b.Add(apexCentral()); err != nil {
		fmt.Println(err)
		return
	}
	m, err := b.Build()
	fmt.Println(slices.Collect(m.Vulnerabilities()), err)
	// Output: [CVE-2025-69258] <nil>
}

func ExampleMatcher_Finding() {
	m, _ := match.Compile(apexCentral())
	in := &match.Installation{Vendor: "Trend Micro", Product: "Apex Central 2019", Version: "Build 6955"}
	f := m.Finding(in, "CVE-2025-69258")
	fmt.Println(f.Verdict, f.Product, f.Level, f.Fix)
	fmt.Println(m.Advisory(f).Publisher.Name)
	// Output:
	// affected trendmicro/apex-central alias Build 7190
	// trendmicro
}

func ExampleVerdict() {
	v := match.Verdict{Status: advisory.Unknown, Reason: advisory.Imprecise, Possible: advisory.SetOf(advisory.Affected, advisory.Fixed)}
	fmt.Println(v, v.Clear(), v.MayBeAffected())
	// Output: unknown (imprecise) false true
}
