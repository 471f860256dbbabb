package report

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/affected-go/affected/match"
)

// A record is a finding in flat form. The members of JSONLines and the columns of CSV are
// its fields; testdata/schema/finding.schema.json of the module describes them.
type record struct {
	Host          string          `json:"host"`
	Vendor        string          `json:"vendor"`
	Product       string          `json:"product"`
	Installed     string          `json:"installed"`
	PURL          string          `json:"purl,omitempty"`
	CPE           string          `json:"cpe,omitempty"`
	Vulnerability string          `json:"vulnerability,omitempty"`
	Status        string          `json:"status,omitempty"`
	Reason        match.Reason    `json:"reason"`
	Possible      match.StatusSet `json:"possible,omitempty"`
	Clear         bool            `json:"clear"`
	MayBeAffected bool            `json:"mayBeAffected"`
	Fix           string          `json:"fix"`
	Severity      float64         `json:"severity,omitempty"`
	Why           string          `json:"why"`
	Document      string          `json:"document,omitempty"`
	Publisher     string          `json:"publisher,omitempty"`
	Place         string          `json:"place,omitempty"`
	Coverage      string          `json:"coverage"`
	Accepted      string          `json:"accepted,omitempty"`
}

// record returns the entry in flat form. An installation without a finding has no status:
// which statuses are reported is up to the question.
func (e *Entry) record() record {
	in := e.Installation
	r := record{
		Host: hostID(in), Vendor: in.Vendor, Product: productName(in), Installed: installedVersion(in),
		PURL: in.PURL.String(), CPE: in.CPE.String(), Why: e.Why(), Coverage: e.Coverage.Kind.String(),
	}
	if e.IsSilent() {
		return r
	}
	v := e.Finding.Verdict
	r.Vulnerability, r.Status, r.Reason, r.Possible = e.Finding.Vulnerability, v.Status.String(), v.Reason, v.Possible
	r.Clear, r.MayBeAffected = v.Clear(), v.MayBeAffected()
	if fix := e.Finding.Fix.String(); fix != "-" {
		r.Fix = fix
	}
	r.Severity = e.severity().Score
	if c := e.claim(); c != nil {
		r.Document, r.Publisher, r.Place = c.Document, c.Publisher, c.Place
	}
	r.Accepted = e.Evidence.Accepted
	return r
}

// JSONLines writes one object a line: a finding, an installation without one, or
// {"error": "..."} for an error of the stream.
func JSONLines(w io.Writer, entries iter.Seq2[Entry, error], _ Options) error {
	var t trouble
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	for e, err := range entries {
		var line any
		if t.take(err) {
			line = struct {
				Error string `json:"error"`
			}{err.Error()}
		} else {
			line = e.record()
		}
		if err := lines.Encode(line); err != nil {
			return err
		}
	}
	return t.err()
}

// csvHead are the columns of CSV.
var csvHead = []string{
	"host", "vendor", "product", "installed", "purl", "cpe", "vulnerability", "status", "reason", "possible", "clear",
	"mayBeAffected", "fix", "severity", "why", "document", "publisher", "place", "coverage", "accepted",
}

// CSV writes a header and a row for each finding and each installation without one. An error
// of the stream is a row whose status is "error" and whose reason for it stands under why.
// Cells that a spreadsheet would take for a formula begin with an apostrophe.
func CSV(w io.Writer, entries iter.Seq2[Entry, error], _ Options) error {
	var t trouble
	rows := csv.NewWriter(w)
	if err := rows.Write(csvHead); err != nil {
		return err
	}
	for e, err := range entries {
		var row []string
		if t.take(err) {
			row = make([]string, len(csvHead))
			row[7], row[14] = "error", printable(err.Error())
		} else {
			row = e.record().row()
		}
		for i := range row {
			row[i] = harmless(row[i])
		}
		if err := rows.Write(row); err != nil {
			return err
		}
	}
	rows.Flush()
	if err := rows.Error(); err != nil {
		return err
	}
	return t.err()
}

// row returns the cells of a record.
func (r record) row() []string {
	severity := ""
	if r.Severity > 0 {
		severity = strconv.FormatFloat(r.Severity, 'f', -1, 64)
	}
	return []string{
		r.Host, r.Vendor, r.Product, r.Installed, r.PURL, r.CPE, r.Vulnerability, r.Status, r.Reason.String(),
		strings.ReplaceAll(r.Possible.String(), "|", " "), strconv.FormatBool(r.Clear), strconv.FormatBool(r.MayBeAffected), r.Fix, severity,
		r.Why, r.Document, r.Publisher, r.Place, r.Coverage, r.Accepted,
	}
}

// harmless keeps a spreadsheet from running what an inventory or advisory says (OWASP, CSV
// injection).
func harmless(text string) string {
	if text != "" && strings.IndexByte("=+-@\t\r", text[0]) >= 0 {
		return "'" + text
	}
	return text
}
