package csaf

import (
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// metadata reads who says it, when, and whether it still holds.
func (r *reader) metadata(head jsonpos.Value) {
	a := r.a
	head.Object(&r.errs)
	version := head.Get("csaf_version").Text(&r.errs)
	switch version {
	case "2.0":
	default:
		r.next = version != ""
		if version != "2.1" {
			r.notes.Add(present(head.Get("csaf_version"), head, r.doc), errBadWord, "read as CSAF 2.0 or 2.1, which it does not say it is")
		}
	}
	a.Title = head.Get("title").Text(&r.notes)
	a.TLP = head.At("/distribution/tlp/label").Text(&r.notes)
	publisher := head.Get("publisher").Object(&r.errs)
	a.Publisher = advisory.Publisher{
		Name: strings.TrimSpace(publisher.Get("name").Text(&r.notes)),
		Rank: ranks[publisher.Get("category").Text(&r.notes)],
	}
	tracking := head.Get("tracking").Object(&r.errs)
	if a.ID = r.text(tracking.Get("id")); a.ID == "" {
		r.errs.Add(present(tracking, head, r.doc), errNoID, "the document has no id")
	}
	a.Revision = tracking.Get("version").Text(&r.notes)
	a.Published = r.opt.Time(tracking.Get("initial_release_date"), &r.notes)
	a.Modified = r.opt.Time(tracking.Get("current_release_date"), &r.notes)
	switch status := tracking.Get("status"); status.Text(&r.notes) {
	case "draft":
		a.State = advisory.Draft
	case "interim":
		a.State = advisory.Interim
	case "final", "":
	default:
		r.notes.Add(status, errBadWord, "the status of the document is not known")
	}
	switch head.Get("category").Text(&r.notes) {
	case "csaf_withdrawn", "csaf_superseded": // CSAF 2.1, profiles 6 and 7
		a.Withdrawn = a.Modified
	}
	r.references(&a.References, head.Get("references"))
	for _, alias := range tracking.Get("aliases").Texts(&r.notes) {
		a.References = append(a.References, advisory.Reference{URL: alias, Tags: []string{"alias"}})
	}
}

// ranks are the categories of publishers (CSAF 2.0 section 3.2.1.8.1, 2.1 adds multiplier).
var ranks = map[string]advisory.Rank{
	"vendor":      advisory.RankVendor,
	"coordinator": advisory.RankCoordinator,
	"multiplier":  advisory.RankAggregator,
	"translator":  advisory.RankAggregator,
	"discoverer":  advisory.RankThirdParty,
	"other":       advisory.RankThirdParty,
	"user":        advisory.RankThirdParty,
}

// references reads a list of links.
func (r *reader) references(dst *[]advisory.Reference, list jsonpos.Value) {
	for v := range list.Elements(&r.notes) {
		url := v.Get("url").Text(&r.notes)
		if url == "" {
			continue
		}
		ref := advisory.Reference{URL: url}
		if category := v.Get("category").Text(&r.notes); category != "" {
			ref.Tags = []string{category}
		}
		*dst = append(*dst, ref)
	}
}
