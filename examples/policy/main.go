// Command policy decides whether hosts may go into production: a policy function of forty
// lines, and its unit tests, which read like the specification.
//
//	go run ./examples/policy
package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// internalAdvisory is what an organization states itself: it takes a few lines.
const internalAdvisory = `{
  "affected": "advisory/1",
  "id": "INT-2026-7",
  "publisher": {"name": "Platform Security", "rank": "operator"},
  "products": [{"vendor": "Acme", "name": "Gateway"}],
  "statements": [{"versions": ["< 4.2"], "status": "affected", "default": "not_affected"}]
}`

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "policy:", err)
		os.Exit(1)
	}
}

func run() error {
	b := match.NewBuilder(match.Options{})
	for a, err := range advisory.Decode(strings.NewReader(internalAdvisory), advisory.DecodeOptions{File: "INT-2026-7.json"}) {
		if err != nil {
			return err
		}
		if err := b.Add(a); err != nil {
			return err
		}
	}
	m, err := b.Build()
	if err != nil {
		return err
	}
	accepted := []match.Acceptance{{
		Scope:  match.Scope{Vendor: "Acme", Product: "Gateway", Versions: "4.1"},
		Author: "Ada", Note: "behind the old proxy until it is replaced", Until: time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC),
	}}
	// A date makes the answer one that can be repeated; a real program asks time.Now().
	today := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	for _, version := range []string{"4.0", "4.1", "4.2", "latest"} {
		host := &match.Host{ID: "gw-" + version, Installations: []match.Installation{{Vendor: "Acme", Product: "Gateway", Version: version}}}
		d, err := Decide(m, host, accepted, today, false)
		if err != nil {
			return err
		}
		word := "blocked"
		if d.Allowed {
			word = "allowed"
		}
		fmt.Println(host.ID, word, strings.Join(append(d.Blocked, d.Accepted...), "; "))
	}
	return nil
}
