// Command embed is a program that carries its advisories with it: a database that was
// compiled before and is opened in place by go:embed, without decoding anything.
//
//	go run ./examples/embed "Trend Micro | Apex Central | 8.0.7007"
//	go run ./examples/embed -build advisories.db record.json...   (see build.go)
package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/affected-go/affected/match"
)

//go:generate go run . -build advisories.db ../check/sample/CVE-2025-69258.json

//go:embed advisories.db
var database []byte

func main() {
	args := os.Args[1:]
	var err error
	if len(args) > 2 && args[0] == "-build" {
		err = build(args[1], args[2:])
	} else {
		err = ask(os.Stdout, database, args)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "embed:", err)
		os.Exit(1)
	}
}

// ask opens the database and answers for installations in the form vendor | product | version.
func ask(w io.Writer, database []byte, installed []string) error {
	m, err := match.Load(database, match.Options{})
	if errors.Is(err, match.ErrStale) {
		return fmt.Errorf("%w; go generate ./examples/embed builds the database anew", err)
	} else if err != nil {
		return err
	}
	if len(installed) == 0 {
		installed = []string{"Trend Micro | Apex Central | 8.0.7007"}
	}
	for _, text := range installed {
		parts := strings.Split(text, "|")
		if len(parts) != 3 {
			return fmt.Errorf("%q: wanted vendor | product | version", text)
		}
		in := &match.Installation{Vendor: strings.TrimSpace(parts[0]), Product: strings.TrimSpace(parts[1]), Version: strings.TrimSpace(parts[2])}
		if m.Coverage(in).Kind == match.Unrecognized {
			fmt.Fprintf(w, "%s: nothing is known about the product\n", text)
			continue
		}
		clear := true
		for f := range m.Findings(in) {
			clear = clear && !f.Verdict.MayBeAffected()
			fmt.Fprintf(w, "%s: %s %s, fix %s\n", text, f.Vulnerability, f.Verdict, f.Fix)
		}
		if clear {
			fmt.Fprintf(w, "%s: no finding\n", text)
		}
	}
	return nil
}
