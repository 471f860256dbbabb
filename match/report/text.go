package report

import (
	"fmt"
	"io"
	"iter"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// How wide the columns of Text may be.
const (
	maxCell = 48
	maxWhy  = 160
)

// statuses in the order of a summary: what needs somebody first.
var statuses = [...]match.Status{advisory.Affected, advisory.Unknown, advisory.UnderInvestigation, advisory.Fixed, advisory.NotAffected}

// A summary counts entries.
type summary struct {
	asked    int // installations, as far as entries follow each other
	findings int
	statuses [advisory.Affected + 1]int
	silent   [match.Recognized + 1]int
	hosts    map[string]bool
	last     *match.Installation
}

// count adds an entry.
func (s *summary) count(e *Entry) {
	if e.Installation != s.last {
		s.asked++
		s.last = e.Installation
		if s.hosts == nil {
			s.hosts = map[string]bool{}
		}
		s.hosts[hostID(e.Installation)] = true
	}
	if e.IsSilent() {
		s.silent[min(e.Coverage.Kind, match.Recognized)]++
		return
	}
	s.findings++
	s.statuses[e.Finding.Verdict.Status]++
}

// lines returns the summary in words.
func (s *summary) lines(t *trouble) []string {
	var found []string
	for _, status := range statuses {
		if n := s.statuses[status]; n > 0 {
			found = append(found, fmt.Sprintf("%d %s", n, status))
		}
	}
	if found == nil {
		found = []string{"none"}
	}
	lines := []string{fmt.Sprintf("%s on %s; findings: %s", plural(s.asked, "installation"), plural(len(s.hosts), "host"), strings.Join(found, ", "))}
	nothing, kinds := 0, []string(nil)
	for kind := len(s.silent) - 1; kind >= 0; kind-- {
		if n := s.silent[kind]; n > 0 {
			nothing += n
			kinds = append(kinds, fmt.Sprintf("%s: %d", silencePhrases[kind], n))
		}
	}
	if nothing > 0 {
		lines = append(lines, fmt.Sprintf("nothing reported about %s (%s)", plural(nothing, "installation"), strings.Join(kinds, ", ")))
	}
	if t.count > 0 {
		lines = append(lines, fmt.Sprintf("NOT COMPLETE: %s while reading", plural(t.count, "error")))
	}
	return lines
}

// Text writes an aligned table for a terminal, and a summary. It holds the table until its
// end. Errors of the stream stand below it.
func Text(w io.Writer, entries iter.Seq2[Entry, error], opt Options) error {
	var s summary
	var t trouble
	out := output{w: w}
	if opt.Title != "" {
		out.printf("%s\n\n", printable(opt.Title))
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	rows := output{w: table}
	rows.printf("HOST\tPRODUCT\tINSTALLED\tVULNERABILITY\tVERDICT\tFIX\tWHY\n")
	for e, err := range entries {
		if t.take(err) {
			continue
		}
		if s.count(&e); e.IsSilent() {
			continue
		}
		verdict := e.Finding.Verdict.Status.String()
		if e.Finding.Accepted != nil {
			verdict += " (accepted)"
		}
		rows.printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\n", cell(hostID(e.Installation), maxCell), cell(productName(e.Installation), maxCell),
			cell(installedVersion(e.Installation), maxCell), cell(e.Finding.Vulnerability, maxCell), verdict,
			cell(e.Finding.Fix.String(), maxCell), cell(e.Why(), maxWhy))
	}
	if rows.err == nil {
		rows.err = table.Flush()
	}
	out.err = rows.err
	out.printf("\n")
	for _, line := range s.lines(&t) {
		out.printf("%s\n", line)
	}
	for _, text := range t.texts {
		out.printf("not read: %s\n", shorten(text, 2*maxWhy))
	}
	if out.err != nil {
		return out.err
	}
	return t.err()
}

// cell is a text for a column, "-" for none.
func cell(text string, most int) string {
	text = shorten(printable(strings.TrimSpace(text)), most)
	if utf8.RuneCountInString(text) == 0 {
		return "-"
	}
	return text
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
