// Command scanner compiles folders of advisories, of any format, into one matcher and streams
// an inventory through it: progress on standard error, Ctrl-C ends it with what was found so
// far, and a database file makes the next run start at once.
//
//	go run ./examples/scanner                                      the sample
//	go run ./examples/scanner -db all.db -inventory sbom.json osv/ csaf/ cve/
//	go run ./examples/scanner -db all.db -inventory fleet.csv      the database alone
package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/csaf"
	"github.com/affected-go/affected/advisory/cve"
	"github.com/affected-go/affected/advisory/cyclonedx"
	"github.com/affected-go/affected/advisory/nvd"
	"github.com/affected-go/affected/advisory/openvex"
	"github.com/affected-go/affected/advisory/osv"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/inventory"
)

const (
	sampleAdvisories = "examples/check/sample"
	sampleInventory  = "examples/check/sample/inventory.csv"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	switch {
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stderr, "scanner: interrupted; what stands above is a part")
		os.Exit(130)
	case err != nil && !errors.Is(err, flag.ErrHelp):
		fmt.Fprintln(os.Stderr, "scanner:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out, messages io.Writer) error {
	flags := flag.NewFlagSet("scanner", flag.ContinueOnError)
	flags.SetOutput(messages)
	database := flags.String("db", "", "database `file`: written when folders are given, else read")
	list := flags.String("inventory", sampleInventory, "inventory `file`, of any format that match/inventory reads")
	workers := flags.Int("workers", 0, "goroutines that decide; 0: as many as there are cores")
	if err := flags.Parse(args); err != nil {
		return err
	}
	folders := flags.Args()
	if len(folders) == 0 && *database == "" {
		folders = []string{sampleAdvisories}
	}
	f, err := os.Open(*list) // before the work: a name with a mistake is better told now
	if err != nil {
		return fmt.Errorf("-inventory: %w", err)
	}
	defer f.Close()
	m, err := open(ctx, *database, folders, messages)
	if err != nil {
		return err
	}
	s := m.Stats()
	fmt.Fprintf(messages, "%d documents, %d vulnerabilities, %d statements about products\n", s.Documents, s.Vulnerabilities, s.Claims)
	return scan(ctx, m, f, *workers, out, messages)
}

// open compiles the folders, or loads the database when there are none.
func open(ctx context.Context, database string, folders []string, messages io.Writer) (*match.Matcher, error) {
	if len(folders) == 0 {
		data, err := os.ReadFile(database)
		if err != nil {
			return nil, fmt.Errorf("-db: %w; name folders with advisories to write it", err)
		}
		m, err := match.Load(data, match.Options{})
		if err != nil {
			return nil, fmt.Errorf("-db %s: %w; name folders with advisories to write it anew", database, err)
		}
		return m, nil
	}
	b := match.NewBuilder(match.Options{})
	for _, folder := range folders {
		err := b.AddAll(ctx, advisory.DecodeFS(ctx, os.DirFS(folder), advisory.DecodeOptions{File: folder},
			cve.Decoder{}, csaf.Decoder{}, osv.Decoder{}, nvd.Decoder{}, openvex.Decoder{}, cyclonedx.Decoder{}))
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil { // a document that cannot be read stops nothing, and is not silent
			fmt.Fprintln(messages, err)
		}
	}
	m, err := b.Build()
	if err == nil && m.Stats().Documents == 0 { // which would look as if nothing were affected
		return nil, fmt.Errorf("no document could be read from %s: name folders with advisories in .json or .jsonl", strings.Join(folders, ", "))
	}
	if err != nil || database == "" {
		return m, err
	}
	var data bytes.Buffer
	if _, err := m.WriteTo(&data); err != nil {
		return nil, err
	}
	return m, os.WriteFile(database, data.Bytes(), 0o644)
}

// scan prints a line for each finding, and at the end what was found and what is missing.
func scan(ctx context.Context, m *match.Matcher, list *os.File, workers int, out, messages io.Writer) error {
	counts := map[match.Status]int{}
	var results []match.Result
	asked, unseen, last := 0, 0, time.Time{}
	opt := match.ScanOptions{Workers: workers, Progress: func(p match.Progress) {
		if now := time.Now(); now.Sub(last) > time.Second {
			last = now
			fmt.Fprintf(messages, "%d installations, %d findings\n", p.Installations, p.Findings)
		}
	}}
	for r, err := range m.Scan(ctx, inventory.Read(list, inventory.Options{File: list.Name()}), opt) {
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			fmt.Fprintln(messages, err) // a row that cannot be read; the others come
			continue
		}
		asked++
		if r.Coverage.Kind == match.Unrecognized {
			unseen++
		}
		for _, finding := range r.Findings {
			counts[finding.Verdict.Status]++
			if finding.Verdict.MayBeAffected() {
				in := r.Installation
				fmt.Fprintf(out, "%s\t%s\t%s\t%s\tfix %s\n", hostOf(in), cmp.Or(in.Product, in.PURL.String()), finding.Vulnerability, finding.Verdict, finding.Fix)
			}
		}
		if len(r.Findings) > 0 {
			results = append(results, r)
		}
	}
	if asked == 0 {
		return fmt.Errorf("-inventory %s: nothing in it could be read", list.Name())
	}
	for _, status := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(messages, "%d %s\n", counts[status], status)
	}
	fmt.Fprintf(messages, "%d installations of products that nobody knows\n", unseen)
	for i, gap := range m.Triage(results) {
		if i == 3 {
			break
		}
		fmt.Fprintf(messages, "to find out next: %s (%s; it keeps %d findings open)\n", gap.What, gap.Reason, gap.Findings)
	}
	return nil
}

func hostOf(in *match.Installation) string {
	if in.Host == nil {
		return "-"
	}
	return in.Host.ID
}
