package report

import (
	"cmp"
	_ "embed" // of the page
	"html/template"
	"io"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/affected-go/affected/advisory"
)

// page is the page with its style and script.
//
//go:embed page.html
var page string

// pageTemplate is the page ready for use.
var pageTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.New("page").Parse(page)) })

// HTML writes one page that needs nothing else: a summary, a table of the findings, and for
// each of them the version line of the product as a picture, the words that the verdict rests
// on, and the hosts. Findings that are the same on several hosts are one. It can be read and
// printed without a script; with one the table can be filtered and sorted. It loads nothing,
// and says so in a content security policy.
func HTML(w io.Writer, entries iter.Seq2[Entry, error], opt Options) error {
	var s summary
	var t trouble
	groups := map[groupKey]*htmlGroup{}
	var list []*htmlGroup
	for e, err := range entries {
		if t.take(err) {
			continue
		}
		if s.count(&e); e.IsSilent() {
			continue
		}
		key := groupKey{e.Finding.Verdict.Status, productName(e.Installation), installedVersion(e.Installation), e.Finding.Vulnerability, e.Why()}
		g := groups[key]
		if g == nil {
			g = &htmlGroup{entry: e}
			groups[key] = g
			list = append(list, g)
		}
		if id := cmp.Or(hostID(e.Installation), "-"); !slices.Contains(g.hosts[max(0, len(g.hosts)-1):], id) {
			g.hosts = append(g.hosts, id)
		}
	}
	slices.SortStableFunc(list, func(a, b *htmlGroup) int {
		return cmp.Or(order[a.entry.Finding.Verdict.Status]-order[b.entry.Finding.Verdict.Status],
			cmp.Compare(b.entry.severity().Score, a.entry.severity().Score),
			strings.Compare(a.entry.Finding.Vulnerability, b.entry.Finding.Vulnerability),
			strings.Compare(productName(a.entry.Installation), productName(b.entry.Installation)))
	})
	data := htmlPage{Title: cmp.Or(opt.Title, "Findings"), Summary: s.lines(&t), Errors: t.texts, MoreErrors: t.count - len(t.texts)}
	if !opt.Time.IsZero() {
		data.Time = opt.Time.UTC().Format("2006-01-02 15:04 UTC")
	}
	var draw pictures
	for i, g := range list {
		data.Findings = append(data.Findings, g.finding(i+1, &draw))
	}
	if err := pageTemplate().Execute(w, data); err != nil {
		return err
	}
	return t.err()
}

// order is that of the findings on the page.
var order = map[advisory.Status]int{advisory.Affected: 0, advisory.Unknown: 1, advisory.UnderInvestigation: 2, advisory.Fixed: 3, advisory.NotAffected: 4}

// An htmlGroup is one finding on some hosts.
type htmlGroup struct {
	entry Entry
	hosts []string
}

// htmlPage and htmlFinding are what the page shows.
type htmlPage struct {
	Title, Time string
	Summary     []string
	Findings    []htmlFinding
	Errors      []string
	MoreErrors  int
}

type htmlFinding struct {
	N                              int
	Vulnerability, Title, Link     string
	Severity                       string
	Product, Installed, Fix        string
	Status, Verdict, Why, Accepted string
	Hosts                          []string
	HostCount                      int
	Picture                        *picture
	Evidence                       string
}

// maxHosts is how many hosts of one finding are named; the rest is counted.
const maxHosts = 500

// finding returns what the page shows of a group.
func (g *htmlGroup) finding(n int, draw *pictures) htmlFinding {
	e := &g.entry
	f := htmlFinding{
		N: n, Vulnerability: e.Finding.Vulnerability, Product: productName(e.Installation), Installed: cmp.Or(installedVersion(e.Installation), "-"),
		Fix: e.Finding.Fix.String(), Status: e.Finding.Verdict.Status.String(), Verdict: e.Finding.Verdict.String(), Why: e.Why(),
		Accepted: printable(e.Evidence.Accepted), HostCount: len(g.hosts), Hosts: g.hosts[:min(len(g.hosts), maxHosts)],
		Picture: draw.draw(e), Evidence: e.Evidence.String(),
	}
	if s := e.severity(); s.Score > 0 {
		f.Severity = formatScore(s.Score)
	}
	if v := e.vulnerability(); v != nil {
		f.Title = v.Title
		for _, ref := range v.References {
			if u, err := url.Parse(ref.URL); err == nil && (u.Scheme == "https" || u.Scheme == "http") && f.Link == "" {
				f.Link = u.String()
			}
		}
	}
	return f
}

// More returns how many hosts are not named.
func (f *htmlFinding) More() int { return f.HostCount - len(f.Hosts) }

// Anchor returns the id of the section of a finding.
func (f *htmlFinding) Anchor() string { return "finding-" + strconv.Itoa(f.N) }
