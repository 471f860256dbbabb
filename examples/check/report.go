package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// maxReports is how many messages about one subject are printed; the rest is counted.
const maxReports = 20

// maxErrors is how many errors a report is told of.
const maxErrors = 1000

// A reporter prints messages and progress for people.
type reporter struct {
	w        io.Writer
	terminal bool
	subjects []string
	counts   map[string]int
	failures []error   // the first of them, for reports
	due      time.Time // of the next line of progress
	shown    bool      // a line of progress stands on the screen
	what     string    // that is being done
	began    time.Time // with it
}

func newReporter(w io.Writer) *reporter {
	return &reporter{w: w, terminal: isTerminal(w), counts: map[string]int{}, due: time.Now().Add(firstProgress)}
}

// report prints an error about a subject: "check: advisories: file.json#/pointer: reason".
func (r *reporter) report(subject string, err error) {
	if r.counts[subject]++; r.counts[subject] == 1 {
		r.subjects = append(r.subjects, subject)
	}
	if len(r.failures) < maxErrors {
		r.failures = append(r.failures, err)
	}
	if r.counts[subject] > maxReports {
		return
	}
	text := err.Error()
	if subject != "" {
		text = subject + ": " + text
	}
	r.note(text)
}

// note prints a message.
func (r *reporter) note(text string) {
	r.clear()
	for line := range strings.Lines(text) {
		fmt.Fprintf(r.w, "check: %s\n", clean(line, maxLine))
	}
}

// done says how many messages were not printed.
func (r *reporter) done() {
	for _, subject := range r.subjects {
		if more := r.counts[subject] - maxReports; more > 0 {
			r.note(fmt.Sprintf("%s: %d more like these", subject, more))
		}
	}
}

// A summary counts what was read, asked and answered.
type summary struct {
	hosts, rows, unreadRows                      int
	documents, unreadDocuments, damagedDocuments int

	statuses [advisory.Affected + 1]int
	silent   [match.Recognized + 1]int // installations, by what is known about them
}

// whole tells whether all of the input could be read.
func (s *summary) whole() bool {
	return s.unreadRows+s.unreadDocuments+s.damagedDocuments == 0
}

// count adds answers that say something.
func (s *summary) count(answers []answer) {
	for i := range answers {
		s.statuses[answers[i].verdict.Status]++
	}
}

// silences returns about how many installations nothing is stated.
func (s *summary) silences() int {
	sum := 0
	for _, n := range s.silent {
		sum += n
	}
	return sum
}

// String returns the summary as lines.
func (s *summary) String() string {
	var found, silent []string
	for _, status := range wanted {
		if n := s.statuses[status]; n > 0 {
			found = append(found, fmt.Sprintf("%d %s", n, status))
		}
	}
	nothing := s.silences()
	for kind, n := range slices.Backward(s.silent[:]) {
		if n > 0 {
			silent = append(silent, fmt.Sprintf("%s: %d", silencePhrases[kind], n))
		}
	}
	if found == nil {
		found = []string{"none"}
	}
	text := fmt.Sprintf("%s on %s; findings: %s",
		plural(s.rows, "installation"), plural(s.hosts, "host"), strings.Join(found, ", "))
	if nothing > 0 {
		text += fmt.Sprintf("\nnothing is stated about %s (%s)", plural(nothing, "installation"), strings.Join(silent, ", "))
	}
	text += "\nadvisories: " + plural(s.documents, "document") + " read"
	if s.unreadDocuments > 0 {
		text += fmt.Sprintf(", %d NOT read", s.unreadDocuments)
	}
	if s.damagedDocuments > 0 {
		text += fmt.Sprintf(", %d NOT in full", s.damagedDocuments)
	}
	if s.unreadRows > 0 {
		text += fmt.Sprintf("\ninventory: %d of its rows or parts NOT read, or not in full", s.unreadRows)
	}
	return text
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
