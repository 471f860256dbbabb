package cve

import (
	"errors"
	"fmt"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// What can be wrong with a record, beside wrong types.
var (
	errBadWord    = errors.New("bad word")
	errNoAffected = errors.New("no affected")
	errBadName    = errors.New("bad name")
	errNoID       = errors.New("no id")
	errNoProduct  = errors.New("no product")
	errNoVersion  = errors.New("no version")
	errTwoBounds  = errors.New("two bounds")
	errCondition  = errors.New("condition")
)

// A Decoder reads CVE records. The zero Decoder is ready to use, has no state, and is safe
// for concurrent use. The advisories that it returns share memory with the text of their
// record.
type Decoder struct{}

// Format returns "cve".
func (Decoder) Format() string { return "cve" }

// Sniff tells whether a document has the members of a record, in whatever order. CVE JSON 4
// has others, and is not read.
func (Decoder) Sniff(doc jsonpos.Value) bool {
	return doc.Get("cveMetadata").Kind() != jsonpos.Absent || doc.Get("dataType").Text(nil) == "CVE_RECORD"
}

// Decode reads one record.
func (Decoder) Decode(doc jsonpos.Value, opt advisory.DecodeOptions) (*advisory.Advisory, error) {
	r := &reader{opt: opt, a: &advisory.Advisory{Format: "cve", Pos: opt.Pos(doc)}}
	containers := doc.Get("containers").Object(&r.errs)
	cna := containers.Get("cna").Object(&r.errs)
	r.metadata(doc.Get("cveMetadata").Object(&r.errs), cna)
	v := r.vulnerability(cna)
	v.ID, v.Pos = r.a.ID, opt.Pos(present(doc.At("/cveMetadata/cveId"), doc))
	sources := []container{{Value: cna}}
	for adp := range containers.Get("adp").Elements(&r.errs) {
		source := container{Value: adp.Object(&r.errs), name: r.text(adp.At("/providerMetadata/shortName"))}
		r.scores(&v, source)
		sources = append(sources, source)
	}
	v.Published = r.a.Published
	r.a.Vulnerabilities = []advisory.Vulnerability{v}
	r.a.Title = v.Title
	if r.a.State != advisory.Rejected {
		r.remedies = r.remediations(cna)
		r.statements(sources, opt.Pos(present(cna, doc)))
	}
	if r.err == nil && r.a.ID == "" && len(r.a.Statements) == 0 {
		r.err = fmt.Errorf("%w: a record without an id and without products", advisory.ErrFormat)
	}
	if r.err != nil {
		return nil, r.err
	}
	r.a.Problems = append(opt.Problems(&r.errs, false), opt.Problems(&r.notes, true)...)
	return r.a, nil
}

// present returns the first of the values that is there.
func present(values ...jsonpos.Value) jsonpos.Value {
	for _, v := range values {
		if v.Kind() != jsonpos.Absent {
			return v
		}
	}
	return jsonpos.Value{}
}

// A container is a CNA or ADP container with the name of who filled it, "" for the CNA.
type container struct {
	jsonpos.Value
	name string
}

// A reader is one record while it is read.
type reader struct {
	opt      advisory.DecodeOptions
	a        *advisory.Advisory
	remedies []advisory.Remediation
	errs     jsonpos.Errors // what may change an answer
	notes    jsonpos.Errors // what does not
	items    int
	err      error // why nothing of the record can be used
}

// room counts one more product, statement or span and tells whether there is room for it.
func (r *reader) room() bool {
	r.items++
	if r.err == nil {
		r.err = r.opt.Room(r.items)
	}
	return r.err == nil
}

// text returns the text of a string or number; anything else is reported.
func (r *reader) text(v jsonpos.Value) string {
	if v.Kind() == jsonpos.Number {
		r.notes.Add(v, jsonpos.ErrType, "a number in place of a text")
		return v.Number(&r.errs)
	}
	return v.Text(&r.errs)
}

// metadata reads who says it, when, and whether it still holds.
func (r *reader) metadata(meta, cna jsonpos.Value) {
	a := r.a
	if a.ID = strings.TrimSpace(r.text(meta.Get("cveId"))); a.ID == "" {
		r.errs.Add(meta, errNoID, "the record has no CVE id")
	}
	switch state := r.text(meta.Get("state")); state {
	case "PUBLISHED", "":
	case "REJECTED":
		a.State = advisory.Rejected
		a.Withdrawn = r.opt.Time(meta.Get("dateRejected"), &r.notes)
	case "RESERVED":
		a.State = advisory.Draft
	default:
		r.errs.Add(meta.Get("state"), errBadWord, "the state of the record is not known")
	}
	a.Published = r.opt.Time(meta.Get("datePublished"), &r.notes)
	a.Modified = r.opt.Time(meta.Get("dateUpdated"), &r.notes)
	name := r.text(meta.Get("assignerShortName"))
	if name == "" {
		name = r.text(cna.At("/providerMetadata/shortName"))
	}
	a.Publisher = advisory.Publisher{Name: name, Rank: rankOf(name)}
}
