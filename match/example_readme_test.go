package match_test

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/cve"
	"github.com/affected-go/affected/match"
)

// The body of this example stands in README.md too; a test in match/internal/house compares
// the two.
func Example_readme() {
	ctx, records := context.Background(), os.DirFS("../examples/check/sample") // your folder of CVE records
	b := match.NewBuilder(match.Options{})
	if err := b.AddAll(ctx, advisory.DecodeFS(ctx, records, advisory.DecodeOptions{}, cve.Decoder{})); err != nil {
		log.Print(err) // which documents could not be read, and where; the others count
	}
	m, err := b.Build()
	if err != nil {
		log.Fatal(err)
	}
	in := &match.Installation{Vendor: "Trend Micro", Product: "Apex Central", Version: "8.0.7007"}
	for f := range m.Findings(in) {
		fmt.Println(f.Vulnerability, f.Verdict, "fixed in", f.Fix)
		fmt.Println(m.Explain(in, f.Vulnerability).Claims[0].SpanText)
	}
	fmt.Println("clear:", m.Check(in, "CVE-2025-69258").Clear())
	// Output:
	// CVE-2025-69258 affected fixed in Build 7190
	// from "2019 (14.0)", less than "Build 7190", type "semver", affected
	// clear: false
}
