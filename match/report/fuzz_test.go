package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/report"
)

// FuzzWriters: whatever inventories and advisories say, each writer writes its format, and
// equal entries give equal bytes.
func FuzzWriters(f *testing.F) {
	f.Add("gw-1", "Acme", "Gateway", "4.1.7", "4.2.1", "Bypass", "site.csv:7: 3 fields")
	f.Add("", "", "<script>alert(1)</script>", "]]>", "\x1b[31m", "|`*_", "\xff")
	f.Add("=1+1", "a/b@c?d#e", "%", "", "1.0", "@all ://", "\n")
	f.Fuzz(func(t *testing.T, host, vendor, name, version, bound, title, trouble string) {
		m, err := match.Compile(&advisory.Advisory{
			ID: title, Publisher: advisory.Publisher{Name: vendor, Rank: advisory.RankVendor},
			Products:        []advisory.Product{{Vendor: vendor, Name: name}},
			Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2026-0001", Title: title, References: []advisory.Reference{{URL: title}}}},
			Statements: []advisory.Statement{{Products: []int{0}, Default: advisory.DefaultNotAffected,
				Spans: []advisory.Span{{Before: bound, Bounded: true, Status: advisory.Affected}}}},
		})
		if err != nil {
			return
		}
		in := &match.Installation{Host: &match.Host{ID: host}, Vendor: vendor, Product: name, Version: version}
		entries := func(yield func(report.Entry, error) bool) {
			e := report.Entry{Installation: in, Coverage: m.Coverage(in)}
			if f := m.Finding(in, "CVE-2026-0001"); f.Verdict.Status != advisory.NoStatement {
				e.Finding, e.Evidence, e.Advisory = f, m.Explain(in, f.Vulnerability), m.Advisory(f)
			}
			_ = yield(e, nil) && yield(report.Entry{}, errors.New(trouble))
		}
		for format := range formats {
			var a, b bytes.Buffer
			err := report.Lookup(format)(&a, entries, options)
			require.True(t, errors.Is(err, report.ErrIncomplete), "%s: %v", format, err)
			_ = report.Lookup(format)(&b, entries, options)
			require.Equal(t, a.String(), b.String(), format)
			switch format {
			case "text", "markdown":
			case "jsonl":
				for line := range strings.Lines(a.String()) {
					require.True(t, json.Valid([]byte(line)), line)
				}
			case "csv":
				_, err := csv.NewReader(&a).ReadAll()
				require.NoError(t, err)
			case "html":
				require.Equal(t, 1, strings.Count(a.String(), "<script"), "one script, and it is ours")
			default:
				require.True(t, a.Len() == 0 || json.Valid(a.Bytes()), format)
			}
		}
	})
}
