package report

import (
	"cmp"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// CycloneDX writes a VEX of CycloneDX 1.6: the products as components, and for each
// vulnerability and status what it affects. Affected is "exploitable", what cannot be told
// "in_triage", fixed "resolved". When something could not be read a composition says that
// the list of components is incomplete. Options.Time is needed; Options.ID, where set, is the
// serial number and has to be a UUID as a URN.
func CycloneDX(w io.Writer, entries iter.Seq2[Entry, error], opt Options) error {
	v, err := readVEX(entries, opt)
	if err != nil {
		return err
	}
	doc := cdxDocument{
		Format: "CycloneDX", Spec: "1.6", Serial: cmp.Or(opt.ID, "urn:uuid:"+uuid(v.text())), Version: opt.version(),
		Metadata: cdxMetadata{Timestamp: v.time(), Tools: cdxTools{[]cdxComponent{{Type: "application", Name: toolName}}}},
	}
	if opt.Author != "" {
		doc.Metadata.Authors = []cdxAuthor{{opt.Author}}
	}
	refs := map[*vexProduct]string{}
	for i, p := range v.products {
		refs[p] = "product-" + strconv.Itoa(i+1)
		doc.Components = append(doc.Components, cdxComponent{
			Type: "application", Ref: refs[p], Publisher: p.vendor, Name: cmp.Or(p.name, "unnamed"), Version: p.version, PURL: p.purl, CPE: p.cpe,
		})
	}
	doc.Vulnerabilities = v.cdxVulnerabilities(refs)
	if v.trouble.count > 0 {
		doc.Compositions = []cdxComposition{{"incomplete"}}
		for _, text := range v.trouble.texts {
			doc.Properties = append(doc.Properties, cdxProperty{toolName + ":not-read", text})
		}
	}
	if err := writeJSON(w, doc); err != nil {
		return err
	}
	return v.trouble.err()
}

// cdxStates are the states of an analysis.
var cdxStates = map[match.Status]string{
	advisory.Affected: "exploitable", advisory.UnderInvestigation: "in_triage", advisory.Fixed: "resolved", advisory.NotAffected: "not_affected",
}

// cdxVulnerabilities returns a vulnerability for each analysis: statements with the same
// vulnerability, status and notes are one.
func (v *vex) cdxVulnerabilities(refs map[*vexProduct]string) []*cdxVulnerability {
	var list []*cdxVulnerability
	known := map[[3]string]*cdxVulnerability{}
	for _, s := range v.statements {
		key := [3]string{s.Finding.Vulnerability, s.status.String(), s.notes}
		c := known[key]
		if c == nil {
			c = s.cdx()
			c.Ref = "vulnerability-" + strconv.Itoa(len(list)+1)
			known[key] = c
			list = append(list, c)
		}
		affects := cdxAffects{Ref: refs[s.product]}
		if s.product.version != "" {
			status := map[match.Status]string{advisory.Affected: "affected", advisory.UnderInvestigation: "unknown"}[s.status]
			affects.Versions = []cdxVersion{{s.product.version, cmp.Or(status, "unaffected")}}
		}
		c.Affects = append(c.Affects, affects)
	}
	return list
}

// cdx returns a vulnerability without what it affects.
func (s *vexStatement) cdx() *cdxVulnerability {
	c := &cdxVulnerability{ID: s.Finding.Vulnerability, Analysis: cdxAnalysis{State: cdxStates[s.status], Detail: s.notes}}
	if v := s.vulnerability(); v != nil {
		c.Description = cmp.Or(v.Title, v.Description)
		for _, severity := range v.Severities {
			c.Ratings = append(c.Ratings, cdxRating{severity.Score, cdxMethod(severity.Type), severity.Vector})
		}
	}
	for _, id := range s.aliases() {
		c.References = append(c.References, cdxReference{id, cdxSource{"alias"}})
	}
	switch s.status {
	case advisory.Affected:
		_, c.Recommendation = s.remedy()
		if s.Finding.Fix.IsVersion() {
			c.Analysis.Response = []string{"update"}
		} else if s.Finding.Fix.Kind == match.FixNotPlanned {
			c.Analysis.Response = []string{"will_not_fix"}
		}
	case advisory.NotAffected:
		c.Analysis.Justification = justifications[s.justification()]
	}
	return c
}

// cdxMethod returns the name of a method of scoring.
func cdxMethod(typ string) string {
	name, version, _ := strings.Cut(typ, ":")
	switch {
	case name == "SSVC":
		return name
	case name != "CVSS":
		return "other"
	case strings.HasPrefix(version, "2"):
		return "CVSSv2"
	case version == "3.0":
		return "CVSSv3"
	case strings.HasPrefix(version, "3"):
		return "CVSSv31"
	case strings.HasPrefix(version, "4"):
		return "CVSSv4"
	}
	return "other"
}

// The parts of a document that are written (ECMA-424, CycloneDX 1.6).
type (
	cdxDocument struct {
		Format          string              `json:"bomFormat"`
		Spec            string              `json:"specVersion"`
		Serial          string              `json:"serialNumber"`
		Version         int                 `json:"version"`
		Metadata        cdxMetadata         `json:"metadata"`
		Components      []cdxComponent      `json:"components,omitempty"`
		Compositions    []cdxComposition    `json:"compositions,omitempty"`
		Vulnerabilities []*cdxVulnerability `json:"vulnerabilities,omitempty"`
		Properties      []cdxProperty       `json:"properties,omitempty"`
	}
	cdxMetadata struct {
		Timestamp string      `json:"timestamp"`
		Tools     cdxTools    `json:"tools"`
		Authors   []cdxAuthor `json:"authors,omitempty"`
	}
	cdxAuthor struct {
		Name string `json:"name"`
	}
	cdxTools struct {
		Components []cdxComponent `json:"components"`
	}
	cdxComponent struct {
		Type      string `json:"type"`
		Ref       string `json:"bom-ref,omitempty"`
		Publisher string `json:"publisher,omitempty"`
		Name      string `json:"name"`
		Version   string `json:"version,omitempty"`
		CPE       string `json:"cpe,omitempty"`
		PURL      string `json:"purl,omitempty"`
	}
	cdxComposition struct {
		Aggregate string `json:"aggregate"`
	}
	cdxProperty struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	cdxVulnerability struct {
		Ref            string         `json:"bom-ref"`
		ID             string         `json:"id"`
		References     []cdxReference `json:"references,omitempty"`
		Ratings        []cdxRating    `json:"ratings,omitempty"`
		Description    string         `json:"description,omitempty"`
		Recommendation string         `json:"recommendation,omitempty"`
		Analysis       cdxAnalysis    `json:"analysis"`
		Affects        []cdxAffects   `json:"affects"`
	}
	cdxReference struct {
		ID     string    `json:"id"`
		Source cdxSource `json:"source"`
	}
	cdxSource struct {
		Name string `json:"name"`
	}
	cdxRating struct {
		Score  float64 `json:"score,omitempty"`
		Method string  `json:"method"`
		Vector string  `json:"vector,omitempty"`
	}
	cdxAnalysis struct {
		State         string   `json:"state"`
		Justification string   `json:"justification,omitempty"`
		Response      []string `json:"response,omitempty"`
		Detail        string   `json:"detail,omitempty"`
	}
	cdxAffects struct {
		Ref      string       `json:"ref"`
		Versions []cdxVersion `json:"versions,omitempty"`
	}
	cdxVersion struct {
		Version string `json:"version"`
		Status  string `json:"status"`
	}
)
