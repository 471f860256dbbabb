package nvd

import (
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// A form is an item with the places where its version of the format keeps things.
type form struct {
	item, cve               jsonpos.Value
	old                     bool // 1.1
	id                      jsonpos.Value
	published, modified     jsonpos.Value
	descriptions            jsonpos.Value
	references, metrics     jsonpos.Value
	configurations          jsonpos.Value
	matches, name, children string // members of a node and of a match
}

// formOf finds out which form an item has.
func formOf(v jsonpos.Value) form {
	cve := v.Get("cve")
	if cve.Kind() == jsonpos.Object && cve.Get("CVE_data_meta").Kind() != jsonpos.Absent {
		return form{
			item: v, cve: cve, old: true, id: cve.At("/CVE_data_meta/ID"),
			published: v.Get("publishedDate"), modified: v.Get("lastModifiedDate"),
			descriptions: cve.At("/description/description_data"), references: cve.At("/references/reference_data"),
			metrics: v.Get("impact"), configurations: v.Get("configurations"),
			matches: "cpe_match", name: "cpe23Uri", children: "children",
		}
	}
	if cve.Kind() != jsonpos.Object {
		cve = v
	}
	return form{
		item: v, cve: cve, id: cve.Get("id"), published: cve.Get("published"), modified: cve.Get("lastModified"),
		descriptions: cve.Get("descriptions"), references: cve.Get("references"), metrics: cve.Get("metrics"),
		configurations: cve.Get("configurations"), matches: "cpeMatch", name: "criteria", children: "children",
	}
}

// metadata reads what it is about, when it was said, and whether it still holds.
func (r *reader) metadata(f form) {
	a := r.a
	if a.ID = strings.TrimSpace(f.id.Text(&r.errs)); a.ID == "" {
		r.errs.Add(f.cve, errNoID, "the item has no id")
	}
	a.Published, a.Modified = r.opt.Time(f.published, &r.notes), r.opt.Time(f.modified, &r.notes)
	switch status := f.cve.Get("vulnStatus").Text(&r.notes); status {
	case "Rejected":
		a.State = advisory.Rejected
	case "", "Analyzed", "Modified", "Deferred", "Received", "Awaiting Analysis", "Undergoing Analysis", "Awaiting Enrichment":
	default:
		r.notes.Add(f.cve.Get("vulnStatus"), errBadWord, "the status of the item is not known")
	}
}

// rejectMark begins the description of a rejected item of 1.1.
const rejectMark = "** REJECT **"

// vulnerability reads what the item says about the vulnerability itself. Nothing of it changes
// an answer about a version, but the mark of rejection.
func (r *reader) vulnerability(f form) {
	v := advisory.Vulnerability{ID: r.a.ID, Published: r.a.Published, Pos: r.opt.Pos(f.cve)}
	if f.id.Kind() != jsonpos.Absent {
		v.Pos = r.opt.Pos(f.id)
	}
	for d := range f.descriptions.Elements(&r.notes) {
		text := d.Get("value").Text(&r.notes)
		if v.Description == "" || d.Get("lang").Text(&r.notes) == "en" && text != "" {
			v.Description = text
		}
		if d.Get("lang").Text(&r.notes) == "en" {
			break
		}
	}
	if f.old && strings.HasPrefix(v.Description, rejectMark) {
		r.a.State = advisory.Rejected
	}
	v.Title = f.cve.Get("cisaVulnerabilityName").Text(&r.notes)
	r.a.Title = v.Title
	v.Exploited = f.cve.Get("cisaExploitAdd").Text(&r.notes) != ""
	r.scores(&v, f.metrics)
	for ref := range f.references.Elements(&r.notes) {
		if url := ref.Get("url").Text(&r.notes); url != "" {
			v.References = append(v.References, advisory.Reference{URL: url, Tags: ref.Get("tags").Texts(&r.notes)})
		}
	}
	r.a.Vulnerabilities = []advisory.Vulnerability{v}
}

// scores reads the metrics: lists by version of CVSS, or one score each (1.1).
func (r *reader) scores(v *advisory.Vulnerability, metrics jsonpos.Value) {
	add := func(data jsonpos.Value, source string) {
		version := data.Get("version").Text(&r.notes)
		s := advisory.Severity{Type: "CVSS:" + version, Vector: data.Get("vectorString").Text(&r.notes), Score: data.Get("baseScore").Float(&r.notes), Source: source}
		if version != "" && (s.Vector != "" || s.Score != 0) {
			v.Severities = append(v.Severities, s)
		}
	}
	for _, member := range [...]string{"cvssMetricV40", "cvssMetricV31", "cvssMetricV30", "cvssMetricV2"} {
		for m := range metrics.Get(member).Elements(&r.notes) {
			add(m.Get("cvssData"), m.Get("source").Text(&r.notes))
		}
	}
	add(metrics.At("/baseMetricV3/cvssV3"), "")
	add(metrics.At("/baseMetricV2/cvssV2"), "")
}
