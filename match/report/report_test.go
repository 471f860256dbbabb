package report_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"iter"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/report"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
)

var update = flag.Bool("update", false, "write testdata/report.* anew")

// at is when the reports of these tests are written.
var at = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

// advisories are two documents: of a vendor, about a gateway and a printer, and of somebody
// about a package.
func advisories() []*advisory.Advisory {
	gateway := advisory.Product{Vendor: "Acme GmbH", Name: "Gateway", CPEs: []string{"cpe:2.3:a:acme:gateway:*:*:*:*:*:*:*:*"}}
	return []*advisory.Advisory{
		{
			Format: "csaf", ID: "ACME-2026-1", Title: "Gateway | Update", Publisher: advisory.Publisher{Name: "Acme Security", Rank: advisory.RankVendor},
			Modified: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC),
			Products: []advisory.Product{gateway, {Vendor: "Acme GmbH", Name: "Printer"}},
			Vulnerabilities: []advisory.Vulnerability{
				{ID: "CVE-2026-1001", Title: "Bypass of the <login>", Description: "Anybody can log in.", Severities: []advisory.Severity{{Type: "CVSS:3.1", Vector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", Score: 9.8}},
					References: []advisory.Reference{{URL: "https://acme.example/ACME-2026-1"}}},
				{ID: "CVE-2026-1002", Severities: []advisory.Severity{{Type: "CVSS:4.0", Vector: "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:L/VA:N/SC:N/SI:N/SA:N", Score: 6.9}}},
				{ID: "ACME-2026-1c", Aliases: []string{"GW-77"}},
			},
			Statements: []advisory.Statement{
				{Vulnerability: 0, Products: []int{0}, Spans: []advisory.Span{{From: "4.0", Before: "4.2.1", Bounded: true, Status: advisory.Affected}}, Default: advisory.DefaultNotAffected,
					Remediations: []advisory.Remediation{{Category: "vendor_fix", Text: "Update to 4.2.1.", URL: "https://acme.example/download"}}, Pos: advisory.Pos{File: "acme.json", Pointer: "/vulnerabilities/0"}},
				{Vulnerability: 1, Products: []int{0}, Spans: []advisory.Span{{Version: "*", Status: advisory.UnderInvestigation}}, Pos: advisory.Pos{File: "acme.json", Pointer: "/vulnerabilities/1"}},
				{Vulnerability: 2, Products: []int{1}, Spans: []advisory.Span{{From: "7.0", Before: "7.1", Bounded: true, Status: advisory.Affected}}, Default: advisory.DefaultNotAffected, Justification: "component_not_present", Pos: advisory.Pos{File: "acme.json", Pointer: "/vulnerabilities/2"}},
			},
		},
		{
			Format: "osv", ID: "GHSA-aaaa-bbbb-cccc", Publisher: advisory.Publisher{Name: "Somebody", Rank: advisory.RankAggregator},
			Products:        []advisory.Product{{Name: "left-pad", PURLs: []string{"pkg:npm/left-pad"}}},
			Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2026-2001"}},
			Statements:      []advisory.Statement{{Products: []int{0}, Spans: []advisory.Span{{From: "1.0.0", Before: "1.3.1", Bounded: true, Status: advisory.Affected}}, Default: advisory.DefaultNotAffected, Pos: advisory.Pos{File: "osv.json", Pointer: ""}}},
		},
	}
}

// hosts yields four hosts, and what could not be read between them.
func hosts(yield func(*match.Host, error) bool) {
	host := func(id string, list ...match.Installation) *match.Host {
		h := &match.Host{ID: id, Installations: list}
		for i := range h.Installations {
			h.Installations[i].Host = h
		}
		return h
	}
	gateway := func(version string) match.Installation {
		return match.Installation{Vendor: "Acme GmbH", Product: "Gateway", Version: version}
	}
	for _, h := range []*match.Host{
		host("gw-1", gateway("4.1.7"), match.Installation{Vendor: "Acme GmbH", Product: "Printer", Version: "7.0.3"}),
		host("gw-2", gateway("4.2.1"), gateway("4.1.7"), match.Installation{Product: "left-pad", PURL: purl.MustParse("pkg:npm/left-pad@1.3.0")}),
		host("=cmd|'/c calc'!A1", match.Installation{CPE: cpe.MustParse("cpe:2.3:a:acme:gateway:*:*:*:*:*:*:*:*")}),
		host("pr-1", match.Installation{Vendor: "Acme GmbH", Product: "Printer", Version: "6.0"}, match.Installation{Vendor: "Other <b>Ltd</b>", Product: "Editor | @all", Version: "2.0"}),
	} {
		if !yield(h, nil) {
			return
		}
	}
	yield(nil, errors.New("site.csv:7: 3 fields where the header has 4"))
}

// entries are all findings, the clear ones too.
func entries(t testing.TB) iter.Seq2[report.Entry, error] {
	m, err := match.Compile(advisories()...)
	require.NoError(t, err)
	m, err = m.With(match.AskOptions{At: at, Want: advisory.SetOf(advisory.Affected, advisory.Unknown, advisory.UnderInvestigation, advisory.Fixed, advisory.NotAffected),
		Accepted: []match.Acceptance{{Scope: match.Scope{Vulnerability: "CVE-2026-2001"}, Author: "J. Doe", Note: "not reachable", Until: at.AddDate(0, 1, 0)}}})
	require.NoError(t, err)
	return report.Entries(m, m.Scan(context.Background(), hosts, match.ScanOptions{}))
}

var options = report.Options{Title: "Acme *site*", Time: at, Author: "Example Ltd", Namespace: "https://example.com"}

// formats are the writers and the ends of their files.
var formats = map[string]string{"text": "txt", "jsonl": "jsonl", "csv": "csv", "markdown": "md", "sarif": "sarif", "openvex": "openvex.json", "cyclonedx": "cdx.json", "csaf": "csaf.json", "html": "html"}

var evidence = regexp.MustCompile(`(?s)<pre>.*?</pre>`)

// TestGolden compares what each writer writes with a file of testdata. The stream holds an
// error, which every writer tells.
func TestGolden(t *testing.T) {
	for name, end := range formats {
		var b bytes.Buffer
		err := report.Lookup(name)(&b, entries(t), options)
		require.ErrorIs(t, err, report.ErrIncomplete, name)
		// The evidence is printed by package match, which has tests of its own.
		text := evidence.ReplaceAllString(b.String(), "<pre>evidence</pre>")
		golden := filepath.Join("testdata", "report."+end)
		if *update {
			require.NoError(t, os.WriteFile(golden, []byte(text), 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err, "run with -update")
		assert.Equal(t, string(want), text, "%s: run with -update if the change is wanted", name)
		if name != "openvex" { // which has no place for it
			assert.Contains(t, b.String(), "3 fields where the header has 4", "%s hides that something was not read", name)
		}
	}
	assert.Nil(t, report.Lookup("pdf"))
}

// TestNoFindings: a report about nothing says so.
func TestNoFindings(t *testing.T) {
	none := func(func(report.Entry, error) bool) {}
	for name := range formats {
		var b bytes.Buffer
		err := report.Lookup(name)(&b, none, report.Options{Time: at})
		if name == "openvex" || name == "csaf" {
			assert.ErrorIs(t, err, report.ErrNothing, name)
			continue
		}
		require.NoError(t, err, name)
		if name != "jsonl" {
			assert.NotEmpty(t, b.String(), name)
		}
	}
}

// note is an error that loses nothing.
type note struct{ error }

func (note) IsWarning() bool { return true }

// TestWarnings: what loses nothing does not make a report incomplete.
func TestWarnings(t *testing.T) {
	for name := range formats {
		var b bytes.Buffer
		err := report.Lookup(name)(&b, func(yield func(report.Entry, error) bool) {
			yield(report.Entry{}, note{errors.New("columns that are not used: Owner")})
		}, options)
		assert.NotErrorIs(t, err, report.ErrIncomplete, name)
	}
}

// full is a writer that takes some bytes and then fails.
type full struct{ left int }

var errFull = errors.New("no space left")

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// TestWriterFails: an error of the writer comes back.
func TestWriterFails(t *testing.T) {
	for name := range formats {
		var b bytes.Buffer
		_ = report.Lookup(name)(&b, entries(t), options)
		for left := 0; left < b.Len(); left += 1 + b.Len()/17 {
			err := report.Lookup(name)(io.Writer(&full{left}), entries(t), options)
			assert.ErrorIs(t, err, errFull, "%s after %d bytes", name, left)
		}
	}
}

// TestHostile: what inventories and advisories say stays text.
func TestHostile(t *testing.T) {
	text := func(name string) string {
		var b strings.Builder
		_ = report.Lookup(name)(&b, entries(t), options)
		return b.String()
	}
	assert.Contains(t, text("csv"), `'=cmd|`)
	assert.NotContains(t, text("markdown"), "<b>")
	assert.NotContains(t, text("markdown"), "@all")
	assert.NotContains(t, text("html"), "<b>Ltd")
	assert.NotContains(t, text("html"), "<login>")
	for _, r := range text("text") {
		assert.True(t, r >= ' ' || r == '\n', "%q", r)
	}
}

// TestPhrase: every reason has a phrase, and says what would settle the answer where somebody can act.
func TestPhrase(t *testing.T) {
	for r := advisory.NoReason + 1; r.String() != "invalid"; r++ {
		text, missing := report.Phrase(r)
		assert.NotEmpty(t, text, r)
		assert.Equal(t, r.Class() != advisory.ClassNone, missing != "", r)
	}
	text, missing := report.Phrase(advisory.NoReason)
	assert.Empty(t, text+missing)
}
