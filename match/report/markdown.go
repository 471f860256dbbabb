package report

import (
	"cmp"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// maxRows is how many findings of one status Markdown lists; the rest is counted.
const maxRows = 200

// Markdown writes a summary in GitHub Flavored Markdown: what was asked, what needs
// somebody, grouped by product and vulnerability, and what could not be read. It holds the
// findings that are not clear.
func Markdown(w io.Writer, entries iter.Seq2[Entry, error], opt Options) error {
	var s summary
	var t trouble
	groups := map[groupKey]*group{}
	for e, err := range entries {
		if t.take(err) {
			continue
		}
		s.count(&e)
		if !e.IsSilent() && !e.Finding.Verdict.Clear() {
			collect(groups, &e)
		}
	}
	out := output{w: w}
	out.printf("# %s\n\n", escapeMarkdown(cmp.Or(opt.Title, "Findings")))
	if !opt.Time.IsZero() {
		out.printf("%s\n\n", opt.Time.UTC().Format("2006-01-02 15:04 UTC"))
	}
	for _, line := range s.lines(&t) {
		out.printf("- %s\n", escapeMarkdown(line))
	}
	list := sorted(groups)
	for _, status := range statuses {
		writeGroups(&out, status, list)
	}
	if len(t.texts) > 0 {
		out.printf("\n## Not read\n\n")
		for _, text := range t.texts {
			out.printf("- %s\n", escapeMarkdown(shorten(text, 2*maxWhy)))
		}
		if more := t.count - len(t.texts); more > 0 {
			out.printf("- %d more\n", more)
		}
	}
	if out.err != nil {
		return out.err
	}
	return t.err()
}

// A groupKey is what findings of one row have in common.
type groupKey struct {
	status                                 match.Status
	product, installed, vulnerability, why string
}

// A group is one row: a finding on some hosts.
type group struct {
	groupKey
	fix      string
	severity float64
	accepted int
	hosts    []string
}

func collect(groups map[groupKey]*group, e *Entry) {
	key := groupKey{e.Finding.Verdict.Status, productName(e.Installation), installedVersion(e.Installation), e.Finding.Vulnerability, e.Why()}
	g := groups[key]
	if g == nil {
		g = &group{groupKey: key, fix: e.Finding.Fix.String(), severity: e.severity().Score}
		groups[key] = g
	}
	if e.Finding.Accepted != nil {
		g.accepted++
	}
	if id := hostID(e.Installation); !slices.Contains(g.hosts[max(0, len(g.hosts)-1):], id) {
		g.hosts = append(g.hosts, id)
	}
}

// sorted returns the groups, the most severe first.
func sorted(groups map[groupKey]*group) []*group {
	var list []*group
	for _, g := range groups {
		list = append(list, g)
	}
	slices.SortFunc(list, func(a, b *group) int {
		return cmp.Or(cmp.Compare(b.severity, a.severity), strings.Compare(a.vulnerability, b.vulnerability),
			strings.Compare(a.product, b.product), strings.Compare(a.installed, b.installed), strings.Compare(a.why, b.why))
	})
	return list
}

// headings say what a status asks for.
var headings = map[match.Status]string{
	advisory.Affected: "Affected", advisory.Unknown: "Unknown: something is missing", advisory.UnderInvestigation: "Under investigation",
}

func writeGroups(out *output, status match.Status, list []*group) {
	rows := 0
	for _, g := range list {
		if g.status != status {
			continue
		}
		if rows++; rows == 1 {
			out.printf("\n## %s\n\n| Vulnerability | Severity | Product | Installed | Hosts | Fix | Why |\n| --- | --- | --- | --- | --- | --- | --- |\n", headings[status])
		}
		if rows > maxRows {
			continue
		}
		severity := "-"
		if g.severity > 0 {
			severity = formatScore(g.severity)
		}
		why := g.why
		if g.accepted > 0 {
			why += " (accepted)"
		}
		out.printf("| %s | %s | %s | %s | %s | %s | %s |\n", escapeMarkdown(g.vulnerability), severity, escapeMarkdown(g.product),
			escapeMarkdown(cmp.Or(g.installed, "-")), escapeMarkdown(hostList(g.hosts)), escapeMarkdown(g.fix), escapeMarkdown(shorten(why, maxWhy)))
	}
	if rows > maxRows {
		out.printf("\n%d more.\n", rows-maxRows)
	}
}

// hostList names a few hosts and counts the others.
func hostList(hosts []string) string {
	const few = 3
	names := make([]string, 0, few)
	for _, h := range hosts[:min(few, len(hosts))] {
		names = append(names, cmp.Or(h, "-"))
	}
	text := strings.Join(names, ", ")
	if len(hosts) > few {
		text += " and " + plural(len(hosts)-few, "other")
	}
	return text
}

// escapeMarkdown returns a text that Markdown shows as it is, on one line. A space without
// width keeps addresses from becoming links and names from calling people.
func escapeMarkdown(text string) string {
	var b strings.Builder
	text = strings.NewReplacer("@", "@\u200b", "://", ":\u200b//").Replace(printable(text)) // no mentions, no links
	for _, r := range text {
		switch r {
		case '\\', '`', '*', '_', '[', ']', '|', '#', '~':
			b.WriteByte('\\')
			b.WriteRune(r)
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '&':
			b.WriteString("&amp;")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
