package enrich

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/affected-go/affected/advisory"
)

// A Table holds notes about vulnerabilities by their CVE id. It is immutable and safe for
// concurrent use. The zero Table knows nothing.
type Table struct {
	// Source is who keeps it: "CISA" or "FIRST".
	Source string
	// Version is the catalog version of KEV, or the version of the model of EPSS.
	Version string
	// Date is when the catalog was released, or the day of the scores; zero: not said.
	Date time.Time
	// Problems are the entries that could not be read in full, 100 at most.
	Problems []advisory.Problem

	kind  string // "KEV" or "EPSS"
	name  string // of the file
	known map[string]Note
	score map[string]score
}

// A Note is what a table says about one vulnerability. The zero Note says nothing.
type Note struct {
	CVE string
	// Of KEV.
	Exploited  bool
	Ransomware bool      // used in a campaign of ransomware, as far as CISA knows
	Added, Due time.Time // zero: not said
	Action     string    // that CISA requires
	// Of EPSS: the probability of exploitation in the next 30 days, and the share of
	// vulnerabilities that have a lower or the same one.
	Probability, Percentile float64

	Pos advisory.Pos
}

// A score is a row of EPSS, which has more than 250,000.
type score struct {
	probability, percentile float64
	offset                  int64
}

// Len returns the count of vulnerabilities in the table.
func (t *Table) Len() int { return len(t.known) + len(t.score) }

// Note returns what the table says about a CVE id; false when it says nothing.
func (t *Table) Note(cve string) (Note, bool) {
	if n, ok := t.known[cve]; ok {
		return n, true
	}
	s, ok := t.score[cve]
	if !ok {
		return Note{}, false
	}
	return Note{CVE: cve, Probability: s.probability, Percentile: s.percentile, Pos: advisory.Pos{File: t.name, Offset: s.offset}}, true
}

// Attach returns the advisory with the notes on its vulnerabilities. The advisory itself is
// not changed; where nothing is known it is returned as it is. What is there already is not
// attached twice.
func (t *Table) Attach(a *advisory.Advisory) *advisory.Advisory {
	out := a
	for i := range a.Vulnerabilities {
		v := a.Vulnerabilities[i]
		for _, id := range append([]string{v.ID}, v.Aliases...) {
			note, ok := t.Note(id)
			if !ok {
				continue
			}
			v.Exploited = v.Exploited || note.Exploited
			if s := t.severity(&note); !slices.Contains(v.Severities, s) {
				v.Severities = append(v.Severities[:len(v.Severities):len(v.Severities)], s)
			}
			if out == a {
				changed := *a
				changed.Vulnerabilities = slices.Clone(a.Vulnerabilities)
				out = &changed
			}
			out.Vulnerabilities[i] = v
		}
	}
	return out
}

// All attaches to every advisory of a stream; errors pass through.
func (t *Table) All(advisories iter.Seq2[*advisory.Advisory, error]) iter.Seq2[*advisory.Advisory, error] {
	return func(yield func(*advisory.Advisory, error) bool) {
		for a, err := range advisories {
			if a != nil {
				a = t.Attach(a)
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// severity puts a note into words.
func (t *Table) severity(n *Note) advisory.Severity {
	s := advisory.Severity{Type: t.kind, Source: t.Source, Score: n.Probability}
	if t.kind == kindEPSS {
		s.Vector = "percentile " + strconv.FormatFloat(n.Percentile, 'f', -1, 64)
		if !t.Date.IsZero() {
			s.Vector += ", " + t.Date.Format(time.DateOnly)
		}
		return s
	}
	var parts []string
	if !n.Added.IsZero() {
		parts = append(parts, "added "+n.Added.Format(time.DateOnly))
	}
	if !n.Due.IsZero() {
		parts = append(parts, "due "+n.Due.Format(time.DateOnly))
	}
	if n.Ransomware {
		parts = append(parts, "ransomware")
	}
	s.Vector = strings.Join(parts, ", ")
	return s
}
