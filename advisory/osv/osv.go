package osv

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// What can be wrong with a document, beside wrong types.
var (
	errBadEvent   = errors.New("bad event")
	errBadPackage = errors.New("bad package")
	errBadWord    = errors.New("bad word")
	errDuplicate  = errors.New("duplicate events")
	errEmptyRange = errors.New("empty range")
	errNoAffected = errors.New("no affected")
	errNoID       = errors.New("no id")
	errNoPackage  = errors.New("no package")
	errNoVersion  = errors.New("no version")
	errUnsorted   = errors.New("unsorted events")
)

// A Decoder reads OSV documents. The zero Decoder is ready to use, has no state, and is safe
// for concurrent use. The advisories that it returns share memory with the text of their
// document.
type Decoder struct{}

// Format returns "osv".
func (Decoder) Format() string { return "osv" }

// Sniff tells whether a document has the members of an OSV document, in whatever order: an
// id with affected, schema_version or modified, and none of the marks of other formats.
func (Decoder) Sniff(doc jsonpos.Value) bool {
	affected := doc.Get("affected")
	if doc.Get("id").Kind() == jsonpos.Absent {
		return affected.Kind() == jsonpos.Array && doc.Get("modified").Kind() == jsonpos.String
	}
	if strings.HasPrefix(affected.Text(nil), "advisory/") {
		return false // the library's own form
	}
	for _, other := range [...]string{"dataType", "cveMetadata", "@context", "document", "bomFormat"} {
		if doc.Get(other).Kind() != jsonpos.Absent {
			return false
		}
	}
	return affected.Kind() != jsonpos.Absent || doc.Get("schema_version").Kind() != jsonpos.Absent ||
		doc.Get("modified").Kind() != jsonpos.Absent
}

// Decode reads one document.
func (Decoder) Decode(doc jsonpos.Value, opt advisory.DecodeOptions) (*advisory.Advisory, error) {
	r := &reader{opt: opt, a: &advisory.Advisory{Format: "osv", Pos: opt.Pos(doc)}}
	r.metadata(doc)
	r.vulnerability(doc)
	r.affected(doc)
	if r.err == nil && r.a.ID == "" && len(r.a.Statements) == 0 {
		r.err = fmt.Errorf("%w: a document without an id and without packages", advisory.ErrFormat)
	}
	if r.err != nil {
		return nil, r.err
	}
	r.a.Problems = append(opt.Problems(&r.errs, false), opt.Problems(&r.notes, true)...)
	return r.a, nil
}

// A reader is one document while it is read.
type reader struct {
	opt   advisory.DecodeOptions
	a     *advisory.Advisory
	errs  jsonpos.Errors // what may change an answer
	notes jsonpos.Errors // what does not
	items int
	err   error // why nothing of the document can be used
}

// room counts one more product, statement or span and tells whether there is room for it.
func (r *reader) room() bool {
	r.items++
	if r.err == nil {
		r.err = r.opt.Room(r.items)
	}
	return r.err == nil
}

// metadata reads who says it, when, and whether it still holds.
func (r *reader) metadata(doc jsonpos.Value) {
	a := r.a
	if a.ID = strings.TrimSpace(doc.Get("id").Text(&r.errs)); a.ID == "" {
		r.errs.Add(doc, errNoID, "the document has no id")
	}
	a.Title = doc.Get("summary").Text(&r.notes)
	a.Published = r.opt.Time(doc.Get("published"), &r.notes)
	a.Modified = r.opt.Time(doc.Get("modified"), &r.notes)
	a.Withdrawn = r.opt.Time(doc.Get("withdrawn"), &r.notes)
	a.Publisher = publisherOf(a.ID)
}

// vulnerability reads what the document says about the vulnerability itself. Nothing of it
// changes an answer about a version.
func (r *reader) vulnerability(doc jsonpos.Value) {
	v := advisory.Vulnerability{
		ID: r.a.ID, Title: r.a.Title, Description: doc.Get("details").Text(&r.notes),
		Published: r.a.Published, Pos: r.opt.Pos(doc),
	}
	if id := doc.Get("id"); id.Kind() != jsonpos.Absent {
		v.Pos = r.opt.Pos(id)
	}
	v.Aliases = doc.Get("aliases").Texts(&r.notes)
	for ref := range doc.Get("references").Elements(&r.notes) {
		if url := ref.Get("url").Text(&r.notes); url != "" {
			v.References = append(v.References, advisory.Reference{URL: url, Tags: tags(ref.Get("type").Text(&r.notes))})
		}
	}
	for _, member := range [...]string{"upstream", "related"} {
		for _, id := range doc.Get(member).Texts(&r.notes) {
			if member == "upstream" && strings.HasSuffix(r.a.ID, "-"+id) {
				v.Aliases = append(v.Aliases, id)
				continue
			}
			v.References = append(v.References, advisory.Reference{URL: id, Tags: tags(member)})
		}
	}
	if v.Aliases = unique(v.Aliases); len(v.Aliases) > maxAliases && r.err == nil {
		r.err = fmt.Errorf("%w of %d aliases", advisory.ErrLimit, maxAliases)
	}
	r.severities(&v, doc.Get("severity"))
	r.a.Vulnerabilities = []advisory.Vulnerability{v}
}

// maxAliases bounds the names of one vulnerability, since each of them can be a CVE id, and a
// document speaks for each. The longest list read has 16.
const maxAliases = 1024

func tags(word string) []string {
	if word == "" {
		return nil
	}
	return []string{strings.ToLower(word)}
}

// maxSeverities bounds what a document collects from its packages.
const maxSeverities = 32

// severities adds scores that are not there yet; packages repeat them.
func (r *reader) severities(v *advisory.Vulnerability, list jsonpos.Value) {
	for e := range list.Elements(&r.notes) {
		s := advisory.Severity{Type: e.Get("type").Text(&r.notes), Vector: e.Get("score").Text(&r.notes)}
		switch {
		case s.Type == "" && s.Vector == "":
			continue
		case s.Type == "CVSS_V2":
			s.Type = "CVSS:2.0"
		case s.Type == "CVSS_V3" && strings.HasPrefix(s.Vector, "CVSS:3."), s.Type == "CVSS_V4" && strings.HasPrefix(s.Vector, "CVSS:4."):
			s.Type, _, _ = strings.Cut(s.Vector, "/")
		}
		if len(v.Severities) < maxSeverities && !slices.Contains(v.Severities, s) {
			v.Severities = append(v.Severities, s)
		}
	}
}
