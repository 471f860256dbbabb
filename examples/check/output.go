package main

import (
	"context"
	"errors"
	"io"
	"iter"
	"time"

	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/report"
)

// printReport writes the answers in one of the formats of package report, with what could
// not be read.
func (c *check) printReport(ctx context.Context, out io.Writer, hosts []*match.Host, answers []answer) error {
	err := report.Lookup(c.output)(out, c.entries(ctx, hosts, answers), report.Options{Title: "Affected installations", Time: time.Now()})
	if errors.Is(err, report.ErrIncomplete) && ctx.Err() == nil {
		return nil // which was said before, and the exit status says it too
	}
	return err
}

// entries yields a finding for each answer that says something, and each installation that
// has none.
func (c *check) entries(ctx context.Context, hosts []*match.Host, answers []answer) iter.Seq2[report.Entry, error] {
	found := map[*match.Installation][]match.Finding{}
	for i := range answers {
		if a := &answers[i]; !isSilent(*a) {
			found[a.in] = append(found[a.in], a.finding)
		}
	}
	return func(yield func(report.Entry, error) bool) {
		for _, host := range hosts {
			for in := range everything(host.Installations) {
				if err := ctx.Err(); err != nil {
					yield(report.Entry{}, err)
					return
				}
				e := report.Entry{Installation: in, Coverage: c.matcher.Coverage(in)}
				if len(found[in]) == 0 && !yield(e, nil) {
					return
				}
				for _, f := range found[in] {
					e.Finding, e.Evidence, e.Advisory = f, c.matcher.Explain(in, f.Vulnerability), c.matcher.Advisory(f)
					if !yield(e, nil) {
						return
					}
				}
			}
		}
		for _, err := range c.messages.failures {
			if !yield(report.Entry{}, err) {
				return
			}
		}
	}
}
