// Command overlay answers for a product that no feed and no catalog knows: an internal
// advisory, written by hand, and four lines of catalog text that say how the product counts
// its versions.
//
//	go run ./examples/overlay
package main

import (
	_ "embed"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl/product"
)

//go:embed internal.json
var internalAdvisory string

//go:embed catalog.txt
var catalogText string

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "overlay:", err)
		os.Exit(1)
	}
}

func run(w io.Writer) error {
	entries, err := product.Read(strings.NewReader(catalogText))
	if err != nil {
		return fmt.Errorf("catalog.txt: %w", err)
	}
	catalog, err := product.Builtin().With(entries...)
	if err != nil {
		return err
	}
	b := match.NewBuilder(match.Options{Catalog: catalog})
	for a, err := range advisory.Decode(strings.NewReader(internalAdvisory), advisory.DecodeOptions{File: "internal.json"}) {
		if err != nil {
			return err
		}
		for _, p := range advisory.Check(a, advisory.ResolveOptions{Catalog: catalog}) {
			fmt.Fprintln(w, "problem:", p)
		}
		if err := b.Add(a); err != nil {
			return err
		}
	}
	m, err := b.Build()
	if err != nil {
		return err
	}
	// The billing service counts builds; 2026 is the name of a release that holds many.
	for _, installed := range []string{"3.1 build 871", "3.1 build 904", "2026", "3.2-915"} {
		in := &match.Installation{Vendor: "Acme", Product: "Billing Server", Version: installed}
		f := m.Finding(in, "INT-2026-12")
		fmt.Fprintf(w, "%-14s %-20s fix: %s\n", installed, f.Verdict, f.Fix)
	}
	fmt.Fprintln(w, m.Explain(&match.Installation{Vendor: "ACME Inc.", Product: "Acme Billing", Version: "3.1 build 871"}, "INT-2026-12"))
	return nil
}
