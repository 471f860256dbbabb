package report

import (
	"cmp"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/affected-go/affected/advisory"
)

// CSAF writes a document of CSAF 2.0 in the profile VEX (section 4.5): the products under
// vendor, name and version, and for each vulnerability their statuses, with what to do
// about the affected ones and why the others are not. What could not be read is a note of the document.
// Options.Time is needed; Author and Namespace are the publisher, ID the tracking id.
func CSAF(w io.Writer, entries iter.Seq2[Entry, error], opt Options) error {
	v, err := readVEX(entries, opt)
	if err != nil {
		return err
	}
	if len(v.statements) == 0 {
		return cmp.Or(v.trouble.err(), ErrNothing)
	}
	version := strconv.Itoa(opt.version())
	doc := csafFile{Document: csafDocument{
		Category: "csaf_vex", Version: "2.0", Title: cmp.Or(opt.Title, "Findings"),
		Publisher: csafPublisher{"other", opt.author(), opt.namespace()},
		Tracking: csafTracking{
			ID: cmp.Or(opt.ID, uuid(v.text())), Status: "final", Version: version, Initial: v.time(), Current: v.time(),
			Generator: csafGenerator{csafEngine{toolName}}, History: []csafRevision{{v.time(), version, "What was found at this time."}},
		},
	}}
	for _, text := range v.trouble.texts {
		doc.Document.Notes = append(doc.Document.Notes, csafNote{"other", "Not read", text})
	}
	ids := map[*vexProduct]string{}
	for i, p := range v.products {
		ids[p] = "P" + strconv.Itoa(i+1)
		doc.Tree.add(p, ids[p])
	}
	for _, s := range v.statements {
		doc.add(s, ids[s.product])
	}
	if err := writeJSON(w, doc); err != nil {
		return err
	}
	return v.trouble.err()
}

// add puts a product under its vendor and name.
func (t *csafTree) add(p *vexProduct, id string) {
	leaf := csafName{Name: cmp.Or(strings.TrimSpace(p.vendor+" "+p.name+" "+p.version), p.id), ID: id}
	if p.purl != "" || p.cpe != "" {
		leaf.Helper = &csafHelper{PURL: p.purl, CPE: p.cpe}
	}
	level := &t.Branches
	path := [...][2]string{{"vendor", p.vendor}, {"product_name", cmp.Or(p.name, p.id)}, {"product_version", p.version}}
	last := len(path) - 1
	for last > 0 && path[last][1] == "" {
		last--
	}
	for i, step := range path[:last+1] {
		switch at := len(*level) - 1; {
		case step[1] == "":
			continue
		case i == last:
			*level = append(*level, &csafBranch{Category: step[0], Name: step[1], Product: &leaf})
			return
		case at < 0 || (*level)[at].Name != step[1] || (*level)[at].Product != nil:
			*level = append(*level, &csafBranch{Category: step[0], Name: step[1]})
		}
		level = &(*level)[len(*level)-1].Branches
	}
}

// add adds a statement to the vulnerability that it is about, which is the last one or a new
// one: statements are sorted.
func (d *csafFile) add(s *vexStatement, product string) {
	var v *csafVulnerability
	if n := len(d.Vulnerabilities); n > 0 && d.Vulnerabilities[n-1].key == s.Finding.Vulnerability {
		v = d.Vulnerabilities[n-1]
	} else {
		v = s.csaf()
		d.Vulnerabilities = append(d.Vulnerabilities, v)
	}
	switch s.status {
	case advisory.Affected:
		v.Status.Affected = append(v.Status.Affected, product)
		category, text := s.remedy()
		v.advise(category, text, product)
	case advisory.Fixed:
		v.Status.Fixed = append(v.Status.Fixed, product)
	case advisory.NotAffected:
		v.Status.NotAffected = append(v.Status.NotAffected, product)
		v.threat(s.notes, product)
		v.flag(s.justification(), product)
	default:
		v.Status.Investigated = append(v.Status.Investigated, product)
		v.note(s.notes)
		v.advise("none_available", "Not known yet.", product) // section 6.2.2 wants something here too
	}
}

// csaf returns a vulnerability without products.
func (s *vexStatement) csaf() *csafVulnerability {
	id := s.Finding.Vulnerability
	v := &csafVulnerability{key: id}
	text := "See the advisory of " + id + "."
	if said := s.vulnerability(); said != nil {
		v.Title = said.Title
		text = cmp.Or(said.Description, said.Title, text)
	}
	v.Notes = []csafNote{{"description", "", text}}
	if isCVE(id) {
		v.CVE = id
	}
	for _, other := range append([]string{id}, s.aliases()...) {
		if !isCVE(other) { // another CVE id is another vulnerability
			v.IDs = append(v.IDs, csafID{"id of the advisory", other})
		}
	}
	return v
}

// isCVE tells whether an id has the form of CVE (CSAF 2.0, section 3.2.3.2).
func isCVE(id string) bool {
	rest, ok := strings.CutPrefix(id, "CVE-")
	year, number, ok2 := strings.Cut(rest, "-")
	digits := func(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }
	return ok && ok2 && len(year) == 4 && digits(year) && len(number) >= 4 && digits(number)
}

// advise says what to do about a product.
func (v *csafVulnerability) advise(category, text, product string) {
	if i := slices.IndexFunc(v.Remediations, func(r csafRemediation) bool { return r.Category == category && r.Details == text }); i >= 0 {
		v.Remediations[i].Products = append(v.Remediations[i].Products, product)
		return
	}
	v.Remediations = append(v.Remediations, csafRemediation{category, text, []string{product}})
}

// threat says why a product is not affected.
func (v *csafVulnerability) threat(text, product string) {
	if i := slices.IndexFunc(v.Threats, func(t csafThreat) bool { return t.Details == text }); i >= 0 {
		v.Threats[i].Products = append(v.Threats[i].Products, product)
		return
	}
	v.Threats = append(v.Threats, csafThreat{"impact", text, []string{product}})
}

// flag gives the publisher's word for that.
func (v *csafVulnerability) flag(label, product string) {
	if label == "" {
		return
	}
	if i := slices.IndexFunc(v.Flags, func(f csafFlag) bool { return f.Label == label }); i >= 0 {
		v.Flags[i].Products = append(v.Flags[i].Products, product)
		return
	}
	v.Flags = append(v.Flags, csafFlag{label, []string{product}})
}

// note says what is missing, once.
func (v *csafVulnerability) note(text string) {
	n := csafNote{"details", "What is not known", text}
	if len(v.Notes) < maxErrors && !slices.Contains(v.Notes, n) {
		v.Notes = append(v.Notes, n)
	}
}

// The parts of a document that are written (CSAF 2.0, section 3).
type (
	csafFile struct {
		Document        csafDocument         `json:"document"`
		Tree            csafTree             `json:"product_tree"`
		Vulnerabilities []*csafVulnerability `json:"vulnerabilities"`
	}
	csafDocument struct {
		Category  string        `json:"category"`
		Version   string        `json:"csaf_version"`
		Notes     []csafNote    `json:"notes,omitempty"`
		Publisher csafPublisher `json:"publisher"`
		Title     string        `json:"title"`
		Tracking  csafTracking  `json:"tracking"`
	}
	csafPublisher struct {
		Category  string `json:"category"`
		Name      string `json:"name"`
		Namespace string `json:"namespace"`
	}
	csafTracking struct {
		Current   string         `json:"current_release_date"`
		Generator csafGenerator  `json:"generator"`
		ID        string         `json:"id"`
		Initial   string         `json:"initial_release_date"`
		History   []csafRevision `json:"revision_history"`
		Status    string         `json:"status"`
		Version   string         `json:"version"`
	}
	csafGenerator struct {
		Engine csafEngine `json:"engine"`
	}
	csafEngine struct {
		Name string `json:"name"`
	}
	csafRevision struct {
		Date    string `json:"date"`
		Number  string `json:"number"`
		Summary string `json:"summary"`
	}
	csafNote struct {
		Category string `json:"category"`
		Title    string `json:"title,omitempty"`
		Text     string `json:"text"`
	}
	csafTree struct {
		Branches []*csafBranch `json:"branches"`
	}
	csafBranch struct {
		Category string        `json:"category"`
		Name     string        `json:"name"`
		Product  *csafName     `json:"product,omitempty"`
		Branches []*csafBranch `json:"branches,omitempty"`
	}
	csafName struct {
		Name   string      `json:"name"`
		ID     string      `json:"product_id"`
		Helper *csafHelper `json:"product_identification_helper,omitempty"`
	}
	csafHelper struct {
		CPE  string `json:"cpe,omitempty"`
		PURL string `json:"purl,omitempty"`
	}
	csafVulnerability struct {
		key          string
		CVE          string            `json:"cve,omitempty"`
		IDs          []csafID          `json:"ids,omitempty"`
		Title        string            `json:"title,omitempty"`
		Notes        []csafNote        `json:"notes"`
		Status       csafStatus        `json:"product_status"`
		Flags        []csafFlag        `json:"flags,omitempty"`
		Remediations []csafRemediation `json:"remediations,omitempty"`
		Threats      []csafThreat      `json:"threats,omitempty"`
	}
	csafID struct {
		System string `json:"system_name"`
		Text   string `json:"text"`
	}
	csafStatus struct {
		Fixed        []string `json:"fixed,omitempty"`
		Affected     []string `json:"known_affected,omitempty"`
		NotAffected  []string `json:"known_not_affected,omitempty"`
		Investigated []string `json:"under_investigation,omitempty"`
	}
	csafFlag struct {
		Label    string   `json:"label"`
		Products []string `json:"product_ids"`
	}
	csafRemediation struct {
		Category string   `json:"category"`
		Details  string   `json:"details"`
		Products []string `json:"product_ids"`
	}
	csafThreat struct {
		Category string   `json:"category"`
		Details  string   `json:"details"`
		Products []string `json:"product_ids"`
	}
)
