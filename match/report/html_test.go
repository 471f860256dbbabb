package report_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/report"
)

// htmlOf returns the page about some installations.
func htmlOf(t *testing.T, a *advisory.Advisory, opt match.AskOptions, list ...match.Installation) string {
	m, err := match.Compile(a)
	require.NoError(t, err)
	m, err = m.With(opt)
	require.NoError(t, err)
	var b bytes.Buffer
	h := &match.Host{ID: "h", Installations: list}
	require.NoError(t, report.HTML(&b, report.Entries(m, m.Scan(context.Background(), func(yield func(*match.Host, error) bool) { yield(h, nil) }, match.ScanOptions{})), report.Options{}))
	return b.String()
}

// branches is a vulnerability that is fixed on n branches.
func branches(n int) *advisory.Advisory {
	s := advisory.Statement{Products: []int{0}, Default: advisory.DefaultNotAffected, Pos: advisory.Pos{Pointer: "/s"}}
	for i := range n {
		s.Spans = append(s.Spans, advisory.Span{From: fmt.Sprintf("%d.0", i+1), Before: fmt.Sprintf("%d.4", i+1), Bounded: true, Status: advisory.Affected})
	}
	return &advisory.Advisory{ID: "ACME-1", Publisher: advisory.Publisher{Name: "Acme", Rank: advisory.RankVendor},
		Products: []advisory.Product{{Vendor: "Acme", Name: "Gateway"}}, Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2026-0001"}}, Statements: []advisory.Statement{s}}
}

// TestPicture: the picture shows the stretch that was hit, with the installed version in it
// and the fix at its end, in words too; of many stretches those around it.
func TestPicture(t *testing.T) {
	for _, n := range []int{1, 3, 40} {
		for _, branch := range []int{1, n/2 + 1, n} {
			version, fix := fmt.Sprintf("%d.2", branch), fmt.Sprintf("%d.4", branch)
			page := htmlOf(t, branches(n), match.AskOptions{}, match.Installation{Vendor: "Acme", Product: "Gateway", Version: version})
			_, svg, ok := strings.Cut(page, "<svg")
			require.True(t, ok, "%d of %d", branch, n)
			svg, _, _ = strings.Cut(svg, "</svg>")
			assert.Contains(t, svg, ">installed "+version+"</text>")
			assert.Contains(t, svg, ">fix "+fix+"</text>")
			assert.Contains(t, svg, fmt.Sprintf("[%d.0, %s) affected", branch, fix), "for those who do not see it")
			assert.LessOrEqual(t, strings.Count(svg, "<rect"), 9)
			mark := regexp.MustCompile(`class="mark installed" points="\d+,\d+ \d+,\d+ (\d+),`).FindStringSubmatch(svg)
			require.NotNil(t, mark)
			assert.Contains(t, svg, `<text class="affected" x="`+mark[1]+`"`, "the mark stands over the middle of the stretch")
		}
	}
}

// TestNoPicture: what has no stretch has no picture, and neither has a statement that cannot
// be found again.
func TestNoPicture(t *testing.T) {
	unknown := match.Installation{Vendor: "Acme", Product: "Gateway"}
	assert.NotContains(t, htmlOf(t, branches(1), match.AskOptions{}, unknown), "<svg")

	m, err := match.Compile(branches(1))
	require.NoError(t, err)
	in := &match.Installation{Vendor: "Acme", Product: "Gateway", Version: "1.2"}
	other := branches(1)
	other.Statements[0].Spans[0].Before = "1.5"
	e := report.Entry{Installation: in, Finding: m.Finding(in, "CVE-2026-0001"), Evidence: m.Explain(in, "CVE-2026-0001"), Advisory: other}
	page := func() string {
		var b bytes.Buffer
		require.NoError(t, report.HTML(&b, func(yield func(report.Entry, error) bool) { yield(e, nil) }, report.Options{}))
		return b.String()
	}
	assert.NotContains(t, page(), "<svg", "another timeline")
	e.Advisory = branches(1)
	assert.Contains(t, page(), "<svg")
	e.Advisory = nil
	assert.NotContains(t, page(), "<svg")
}

// TestSelfContained: the page loads nothing, and each id that is referred to is there once.
func TestSelfContained(t *testing.T) {
	var b bytes.Buffer
	require.ErrorIs(t, report.HTML(&b, entries(t), options), report.ErrIncomplete)
	page := b.String()
	assert.Contains(t, page, `content="default-src 'none'`)
	for _, word := range []string{" src=", "<link", "@import", "url("} {
		assert.NotContains(t, page, word)
	}
	for _, ref := range regexp.MustCompile(`(?:href="#|aria-labelledby="|for=")([^"]+)"`).FindAllStringSubmatch(page, -1) {
		assert.Equal(t, 1, strings.Count(page, ` id="`+ref[1]+`"`), ref[1])
	}
	for _, svg := range regexp.MustCompile(`(?s)<svg.*?</svg>`).FindAllString(page, -1) {
		decoder := xml.NewDecoder(strings.NewReader(svg))
		for {
			if _, err := decoder.Token(); err == io.EOF {
				break
			} else {
				require.NoError(t, err)
			}
		}
	}
}

func ExampleHTML() {
	m, hosts := example()
	results := m.Scan(context.Background(), hosts, match.ScanOptions{})
	var page bytes.Buffer
	if err := report.HTML(&page, report.Entries(m, results), report.Options{Title: "Gateways"}); err != nil {
		fmt.Println(err)
	}
	_, picture, _ := strings.Cut(page.String(), "<svg")
	_, picture, _ = strings.Cut(picture, `aria-label="`)
	picture, _, _ = strings.Cut(picture, `"`)
	fmt.Println(picture)
	// Output: Versions of Gateway and CVE-2026-0001. (-, 4.0) not_affected; [4.0, 4.2.1) affected; [4.2.1, -) fixed. Installed: 4.1.7. Fix: 4.2.1.
}

// TestDocsPicture keeps the picture of the README as the writer draws it.
func TestDocsPicture(t *testing.T) {
	page := htmlOf(t, branches(3), match.AskOptions{}, match.Installation{Vendor: "Acme", Product: "Gateway", Version: "2.2"})
	svg := regexp.MustCompile(`(?s)<svg.*?</svg>`).FindString(page)
	var style strings.Builder
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "svg") && !strings.HasPrefix(line, "svg {") {
			style.WriteString(line)
		}
	}
	svg = strings.Replace(svg, "<svg ", `<svg xmlns="http://www.w3.org/2000/svg" `, 1)
	svg = strings.Replace(svg, "</title>", "</title>\n<style>\n"+style.String()+"</style>\n<rect width=\"100%\" height=\"100%\" style=\"fill: #fff\"></rect>", 1) + "\n"
	const name = "../../testdata/report/version-line.svg"
	if *update {
		require.NoError(t, os.MkdirAll("../../docs", 0o755))
		require.NoError(t, os.WriteFile(name, []byte(svg), 0o644))
	}
	want, err := os.ReadFile(name)
	require.NoError(t, err, "run with -update")
	assert.Equal(t, string(want), svg, "run with -update if the change is wanted")
}
