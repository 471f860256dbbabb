package cyclonedx

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// What can be wrong with a document, beside wrong types.
var (
	errAmbiguous = errors.New("ambiguous ref")
	errBadName   = errors.New("bad name")
	errBadWord   = errors.New("bad word")
	errDangling  = errors.New("dangling ref")
	errNoID      = errors.New("no id")
	errNoProduct = errors.New("no product")
	errNoVersion = errors.New("no version")
	errRejected  = errors.New("rejected vulnerability")
)

const (
	// noVersion is the version of a part that could not be read. No scheme reads it, so that
	// the statement clears nothing.
	noVersion    = "n/a"
	everyVersion = "*"
)

// A Decoder reads CycloneDX documents. The zero Decoder is ready to use, has no state, and is
// safe for concurrent use. The advisories that it returns share memory with the text of their
// document.
type Decoder struct{}

// Format returns "cyclonedx".
func (Decoder) Format() string { return "cyclonedx" }

// Sniff tells whether a document is CycloneDX and speaks about vulnerabilities.
func (Decoder) Sniff(doc jsonpos.Value) bool {
	return doc.Get("bomFormat").Text(nil) == "CycloneDX" && doc.Get("vulnerabilities").Kind() != jsonpos.Absent
}

// Decode reads one document.
func (Decoder) Decode(doc jsonpos.Value, opt advisory.DecodeOptions) (*advisory.Advisory, error) {
	r := &reader{opt: opt, a: &advisory.Advisory{Format: "cyclonedx", Pos: opt.Pos(doc)}, products: map[string]*subject{}}
	r.metadata(doc)
	r.index(doc)
	for v := range doc.Get("vulnerabilities").Elements(&r.errs) {
		if !r.room(1) {
			break
		}
		r.vulnerability(v)
	}
	if r.err != nil {
		return nil, r.err
	}
	r.a.Problems = append(opt.Problems(&r.errs, false), opt.Problems(&r.notes, true)...)
	return r.a, nil
}

// A reader is one document while it is read.
type reader struct {
	opt       advisory.DecodeOptions
	a         *advisory.Advisory
	timestamp time.Time
	link      string // begin of a BOM-Link to this document, "" when it has no serial number
	root      jsonpos.Value
	refs      map[string][]jsonpos.Value // components and services by their bom-ref
	lost      bool                       // a part of the components could not be read
	products  map[string]*subject        // by ref
	errs      jsonpos.Errors             // what may change an answer
	notes     jsonpos.Errors             // what does not
	items     int
	err       error // why nothing of the document can be used
}

// room counts more products, statements and spans, and tells whether there is room for them.
func (r *reader) room(n int) bool {
	r.items += n
	if r.err == nil {
		r.err = r.opt.Room(r.items)
	}
	return r.err == nil
}

// metadata reads who says it and when.
func (r *reader) metadata(doc jsonpos.Value) {
	a := r.a
	meta := doc.Get("metadata").Object(&r.errs)
	r.root = meta.Get("component").Object(&r.errs)
	a.ID = doc.Get("serialNumber").Text(&r.notes)
	if version := doc.Get("version"); version.Kind() == jsonpos.Number {
		a.Revision = version.Raw()
	}
	if a.ID == "" {
		r.notes.Add(doc, errNoID, "the document has no serial number")
	} else {
		r.link = "urn:cdx:" + strings.TrimPrefix(a.ID, "urn:uuid:") + "/" + cmp.Or(a.Revision, "1") + "#"
	}
	r.timestamp = r.opt.Time(meta.Get("timestamp"), &r.notes)
	a.Published, a.Modified = r.timestamp, r.timestamp
	name := func(pointer string) string { return meta.At(pointer).Text(&r.notes) }
	a.Publisher.Name = cmp.Or(name("/supplier/name"), name("/manufacture/name"))
	if a.Publisher.Name != "" {
		a.Publisher.Rank = advisory.RankVendor
		return
	}
	a.Publisher.Name = cmp.Or(name("/manufacturer/name"), name("/authors/0/name"), name("/component/supplier/name"), name("/component/publisher"))
}

// maxAliases bounds the names of one vulnerability, since a document speaks for each.
const maxAliases = 1024

// vulnerability reads one element of "vulnerabilities".
func (r *reader) vulnerability(v jsonpos.Value) {
	before := r.errs.Count()
	v.Object(&r.errs)
	said := advisory.Vulnerability{
		ID: strings.TrimSpace(v.Get("id").Text(&r.errs)), Description: v.Get("description").Text(&r.notes),
		Published: r.opt.Time(v.Get("published"), &r.notes), Pos: r.opt.Pos(v),
	}
	for ref := range v.Get("references").Elements(&r.errs) {
		if id := ref.Object(&r.errs).Get("id").Text(&r.errs); id != "" && id != said.ID {
			said.Aliases = append(said.Aliases, id)
		}
	}
	if len(said.Aliases) > maxAliases && r.err == nil {
		r.err = fmt.Errorf("%w of %d aliases", advisory.ErrLimit, maxAliases)
	}
	if said.ID == "" {
		r.notes.Add(v, errNoID, "the vulnerability has no id")
		said.ID = r.a.ID + "#" + v.Pointer()
	}
	r.ratings(&said, v)
	if v.Get("rejected").Text(&r.notes) != "" {
		r.notes.Add(v, errRejected, "the vulnerability was rejected where it comes from")
	}
	r.a.Vulnerabilities = append(r.a.Vulnerabilities, said)
	r.statements(v, before)
}

// ratings reads scores and links. Nothing of it changes an answer.
func (r *reader) ratings(said *advisory.Vulnerability, v jsonpos.Value) {
	for rating := range v.Get("ratings").Elements(&r.notes) {
		method := rating.Get("method").Text(&r.notes)
		s := advisory.Severity{
			Type: cmp.Or(methods[method], method), Vector: rating.Get("vector").Text(&r.notes), Score: rating.Get("score").Float(&r.notes),
			Source: rating.At("/source/name").Text(&r.notes),
		}
		if s.Vector != "" || s.Score != 0 {
			said.Severities = append(said.Severities, s)
		}
	}
	link := func(of jsonpos.Value, tag string) {
		if url := of.Get("url").Text(&r.notes); url != "" {
			said.References = append(said.References, advisory.Reference{URL: url, Tags: []string{tag}})
		}
	}
	link(v.Get("source"), "source")
	for of := range v.Get("advisories").Elements(&r.notes) {
		link(of, "advisory")
	}
}

// methods are the names of scores by those of the schema ("scoreMethod").
var methods = map[string]string{"CVSSv2": "CVSS:2.0", "CVSSv3": "CVSS:3.0", "CVSSv31": "CVSS:3.1", "CVSSv4": "CVSS:4.0"}
