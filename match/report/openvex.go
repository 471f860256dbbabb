package report

import (
	"cmp"
	"io"
	"iter"

	"github.com/affected-go/affected/advisory"
)

// OpenVEX writes a document of OpenVEX 0.2.0: a statement for each vulnerability and product.
// A product without a purl gets one of type generic as its id. Options.Time is needed; the id
// is Options.ID, which has to be an IRI.
func OpenVEX(w io.Writer, entries iter.Seq2[Entry, error], opt Options) error {
	v, err := readVEX(entries, opt)
	if err != nil {
		return err
	}
	if len(v.statements) == 0 {
		return cmp.Or(v.trouble.err(), ErrNothing)
	}
	doc := openVEXDocument{
		Context: "https://openvex.dev/ns/v0.2.0", ID: cmp.Or(opt.ID, "urn:uuid:"+uuid(v.text())),
		Author: opt.author(), Timestamp: v.time(), Version: opt.version(), Tooling: toolName + " (" + toolURL + ")",
	}
	for _, s := range v.statements {
		doc.Statements = append(doc.Statements, s.openVEX())
	}
	if err := writeJSON(w, doc); err != nil {
		return err
	}
	return v.trouble.err()
}

func (s *vexStatement) openVEX() openVEXStatement {
	out := openVEXStatement{
		Vulnerability: openVEXVulnerability{Name: s.Finding.Vulnerability, Aliases: s.aliases()},
		Products:      []openVEXProduct{{ID: s.product.id}},
		Status:        s.status.String(), Notes: s.notes,
	}
	if s.product.purl != "" || s.product.cpe != "" {
		out.Products[0].Identifiers = &openVEXIdentifiers{s.product.purl, s.product.cpe}
	}
	switch s.status {
	case advisory.Affected:
		_, out.Action = s.remedy()
	case advisory.NotAffected:
		out.Justification, out.Impact = s.justification(), s.notes
	}
	return out
}

// The parts of a document that are written (OpenVEX specification 0.2.0).
type (
	openVEXDocument struct {
		Context    string             `json:"@context"`
		ID         string             `json:"@id"`
		Author     string             `json:"author"`
		Timestamp  string             `json:"timestamp"`
		Version    int                `json:"version"`
		Tooling    string             `json:"tooling"`
		Statements []openVEXStatement `json:"statements"`
	}
	openVEXStatement struct {
		Vulnerability openVEXVulnerability `json:"vulnerability"`
		Products      []openVEXProduct     `json:"products"`
		Status        string               `json:"status"`
		Notes         string               `json:"status_notes,omitempty"`
		Justification string               `json:"justification,omitempty"`
		Impact        string               `json:"impact_statement,omitempty"`
		Action        string               `json:"action_statement,omitempty"`
	}
	openVEXVulnerability struct {
		Name    string   `json:"name"`
		Aliases []string `json:"aliases,omitempty"`
	}
	openVEXProduct struct {
		ID          string              `json:"@id"`
		Identifiers *openVEXIdentifiers `json:"identifiers,omitempty"`
	}
	openVEXIdentifiers struct {
		PURL string `json:"purl,omitempty"`
		CPE  string `json:"cpe23,omitempty"`
	}
)
