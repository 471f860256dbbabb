package jsontest

import (
	"fmt"
	"strings"
	"time"

	"github.com/affected-go/affected/advisory"
)

// Facts writes what an advisory says, one fact a line, for a person to read and compare.
func Facts(a *advisory.Advisory) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("%s %s %s, %q is %s, revision %q", a.Format, a.ID, a.State, a.Publisher.Name, a.Publisher.Rank, a.Revision)
	line("published %s, modified %s, withdrawn %s", date(a.Published), date(a.Modified), date(a.Withdrawn))
	for i := range a.Vulnerabilities {
		vulnerability(line, i, &a.Vulnerabilities[i])
	}
	for i := range a.Products {
		product(line, i, &a.Products[i])
	}
	for i := range a.Statements {
		statement(line, &a.Statements[i])
	}
	for i := range a.Patches {
		patch(line, &a.Patches[i])
	}
	for _, r := range a.References {
		line("reference %s %q", r.URL, r.Tags)
	}
	for _, p := range a.Problems {
		line("problem %s %q warning %t at %s", p.Code, p.Text, p.Warning, p.Pos.Pointer)
	}
	return b.String()
}

func date(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Format("2006-01-02T15:04:05.999")
}

func vulnerability(line func(string, ...any), i int, v *advisory.Vulnerability) {
	line("vulnerability %d %s %q title %q exploited %t at %s", i, v.ID, v.Aliases, v.Title, v.Exploited, v.Pos.Pointer)
	if v.Description != "" {
		line("  %q", v.Description)
	}
	for _, s := range v.Severities {
		line("  severity %s %v %q from %q", s.Type, s.Score, s.Vector, s.Source)
	}
	for _, e := range v.Events {
		line("  event %s %q from %q", date(e.Time), e.Text, e.Source)
	}
	for _, r := range v.References {
		line("  reference %s %q", r.URL, r.Tags)
	}
}

func product(line func(string, ...any), i int, p *advisory.Product) {
	line("product %d %q %q id %q at %s", i, p.Vendor, p.Name, p.ID, p.Pos.Pointer)
	for _, l := range []struct {
		kind  string
		names []string
	}{{"purl", p.PURLs}, {"cpe", p.CPEs}, {"tag", p.Tags}, {"model", p.Models}, {"serial", p.Serials}, {"sku", p.SKUs}} {
		for _, name := range l.names {
			line("  %s %s", l.kind, name)
		}
	}
	for _, h := range p.Hashes {
		line("  hash %s %s", h.Algorithm, h.Value)
	}
}

func statement(line func(string, ...any), s *advisory.Statement) {
	line("statement on vulnerability %d, products %v, default %s, modified %s at %s", s.Vulnerability, s.Products, s.Default, date(s.Modified), s.Pos.Pointer)
	if s.Where.Op != advisory.OpAlways {
		presumed := ""
		for leaf := range s.Where.Leaves() {
			if leaf.Presumed {
				presumed = " (presumed where it is not known)"
			}
		}
		line("  where %s%s", s.Where.String(), presumed)
	}
	if s.Justification != "" {
		line("  because %s", s.Justification)
	}
	for i := range s.Spans {
		span := &s.Spans[i]
		line("  %s at %s", span.String(), span.Pos.Pointer)
		for _, c := range span.Changes {
			line("    %s at %q at %s", c.Status, c.At, c.Pos.Pointer)
		}
	}
	for _, all := range s.FixedBy {
		line("  fixed by %q", all)
	}
	for _, r := range s.Remediations {
		line("  %s: %q %s at %s", r.Category, r.Text, r.URL, r.Pos.Pointer)
	}
}

func patch(line func(string, ...any), p *advisory.Patch) {
	line("patch %s level %q, products %v at %s", p.ID, p.Level, p.Products, p.Pos.Pointer)
	for _, next := range p.SupersededBy {
		line("  replaced by %s on %v at %s", next.ID, next.Products, next.Pos.Pointer)
	}
}
