package report

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl/cpe"
)

// ErrIncomplete says that the stream of entries held errors, so that there may be more to
// report. The output is whole.
var ErrIncomplete = errors.New("the report is incomplete")

// An Entry is one finding with what it rests on, or an installation without any. Entries are
// only read.
type Entry struct {
	Installation *match.Installation
	Coverage     match.Coverage
	// Finding is the zero value when there is none.
	Finding  match.Finding
	Evidence match.Evidence
	// Advisory is the document that decided, nil for none.
	Advisory *advisory.Advisory
}

// IsSilent tells whether there is no finding about the installation. Coverage tells whether
// that means anything.
func (e *Entry) IsSilent() bool { return e.Finding.Vulnerability == "" }

// Entries turns the results of a scan into entries: one for each finding, with its evidence,
// and one for each installation that has none. Errors are passed on in their place.
func Entries(m *match.Matcher, results iter.Seq2[match.Result, error]) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for r, err := range results {
			if err != nil {
				if !yield(Entry{}, err) {
					return
				}
				continue
			}
			e := Entry{Installation: r.Installation, Coverage: r.Coverage}
			if len(r.Findings) == 0 && !yield(e, nil) {
				return
			}
			for _, f := range r.Findings {
				e.Finding, e.Evidence, e.Advisory = f, m.Explain(r.Installation, f.Vulnerability), m.Advisory(f)
				if !yield(e, nil) {
					return
				}
			}
		}
	}
}

// A Writer writes a report in one format. An error of w ends it; errors in the stream do
// not, and come back as ErrIncomplete with the first of them.
type Writer func(w io.Writer, entries iter.Seq2[Entry, error], opt Options) error

// Options say what a report is to say about itself. The zero value is right for the formats
// for people; VEX needs a time.
type Options struct {
	// Title is what the report is about.
	Title string
	// Time is when the question was asked. The library has no clock.
	Time time.Time
	// ID names the document: an IRI for OpenVEX, a word for CSAF. By default it is made from
	// what the document says.
	ID string
	// Author is who says it, Namespace a URL of theirs.
	Author, Namespace string
	// Version counts the revisions of the document, from 1.
	Version int
}

// formatScore writes a score as CVSS does: "9.8".
func formatScore(score float64) string { return strconv.FormatFloat(score, 'f', 1, 64) }

// Lookup returns the writer of a format by its name: text, jsonl, csv,
// markdown, html, sarif, openvex, cyclonedx, csaf. It is nil for another name.
func Lookup(format string) Writer {
	switch strings.ToLower(format) {
	case "text":
		return Text
	case "jsonl":
		return JSONLines
	case "csv":
		return CSV
	case "markdown":
		return Markdown
	case "sarif":
		return SARIF
	case "openvex":
		return OpenVEX
	case "cyclonedx":
		return CycloneDX
	case "csaf":
		return CSAF
	case "html":
		return HTML
	}
	return nil
}

// maxErrors is how many errors of a stream a report quotes.
const maxErrors = 100

// trouble keeps the errors of a stream.
type trouble struct {
	texts []string
	first error
	count int
}

// take notes an error and tells whether there was one.
func (t *trouble) take(err error) bool {
	if err == nil {
		return false
	}
	var w interface{ IsWarning() bool }
	if errors.As(err, &w) && w.IsWarning() {
		return true
	}
	if t.first == nil {
		t.first = err
	}
	if t.count++; len(t.texts) < maxErrors {
		t.texts = append(t.texts, printable(err.Error()))
	}
	return true
}

// err returns what the writer returns once all is written.
func (t *trouble) err() error {
	if t.count == 0 {
		return nil
	}
	return fmt.Errorf("%w: %d errors, the first: %w", ErrIncomplete, t.count, t.first)
}

// productName returns the name of the product of an installation for people.
func productName(in *match.Installation) string {
	switch {
	case in.Product != "":
		return in.Product
	case in.PURL.IsValid():
		return in.PURL.Base().String()
	case in.CPE.IsValid():
		return in.CPE.Value(cpe.Vendor).Text() + " " + in.CPE.Value(cpe.Product).Text()
	}
	return cmp.Or(in.Model, strings.Join(in.Tags, " "))
}

// installedVersion returns the version of an installation for people, as the matcher takes it.
func installedVersion(in *match.Installation) string {
	switch {
	case strings.TrimSpace(in.Version) != "":
		return strings.TrimSpace(in.Version)
	case in.PURL.Version() != "":
		return in.PURL.FullVersion()
	case in.CPE.IsValid():
		if v := in.CPE.Value(cpe.Version); !v.IsAny() && !v.IsNA() {
			return v.Text()
		}
	}
	return ""
}

func hostID(in *match.Installation) string {
	if in.Host == nil {
		return ""
	}
	return in.Host.ID
}

// claim returns the statement that decided, nil for none.
func (e *Entry) claim() *match.Claim {
	for i := range e.Evidence.Claims {
		if e.Evidence.Claims[i].Decides {
			return &e.Evidence.Claims[i]
		}
	}
	return nil
}

// vulnerability returns what the advisory that decided says about the vulnerability.
func (e *Entry) vulnerability() *advisory.Vulnerability {
	if e.Advisory == nil {
		return nil
	}
	for i := range e.Advisory.Vulnerabilities {
		v := &e.Advisory.Vulnerabilities[i]
		if v.ID == e.Finding.Vulnerability {
			return v
		}
		for _, alias := range v.Aliases {
			if alias == e.Finding.Vulnerability {
				return v
			}
		}
	}
	return nil
}

// severity returns the highest score that the advisory gives, with its type.
func (e *Entry) severity() (best advisory.Severity) {
	if v := e.vulnerability(); v != nil {
		for _, s := range v.Severities {
			if s.Score > best.Score {
				best = s
			}
		}
	}
	return best
}

// An output remembers the first error of a writer, so that it is asked for once.
type output struct {
	w   io.Writer
	err error
}

func (o *output) printf(format string, args ...any) {
	if o.err == nil {
		_, o.err = fmt.Fprintf(o.w, format, args...)
	}
}
