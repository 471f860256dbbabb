package msrc

import (
	"errors"
	"fmt"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// What can be wrong with a document, beside wrong types.
var (
	errBadStatus  = errors.New("bad status")
	errDuplicate  = errors.New("duplicate product")
	errNoID       = errors.New("no id")
	errNoProduct  = errors.New("no product")
	errNotListed  = errors.New("product not listed")
	errNoStatuses = errors.New("no statuses")
	errTooMany    = errors.New("too many fixes")
)

// noVersion is the version of a part that could not be read. No scheme reads it, so that the
// statement clears nothing.
const (
	noVersion    = "n/a"
	everyVersion = "*"
	microsoft    = "Microsoft"
)

// A Decoder reads CVRF documents of MSRC in JSON. The zero Decoder is ready to use, has no
// state, and is safe for concurrent use. The advisories that it returns share memory with the
// text of their document.
type Decoder struct{}

// Format returns "msrc".
func (Decoder) Format() string { return "msrc" }

// Sniff tells whether a document has the members of the form.
func (Decoder) Sniff(doc jsonpos.Value) bool {
	return doc.Get("DocumentTracking").Kind() != jsonpos.Absent && doc.Get("Vulnerability").Kind() != jsonpos.Absent
}

// Decode reads one document.
func (Decoder) Decode(doc jsonpos.Value, opt advisory.DecodeOptions) (*advisory.Advisory, error) {
	r := &reader{opt: opt, products: map[string]int{}, patches: map[[2]string]int{}, a: &advisory.Advisory{
		Format: "msrc", Pos: opt.Pos(doc), Publisher: advisory.Publisher{Name: microsoft, Rank: advisory.RankVendor},
	}}
	r.metadata(doc)
	r.tree(doc.Get("ProductTree"))
	for v := range doc.Get("Vulnerability").Elements(&r.errs) {
		if !r.room(1) {
			break
		}
		r.vulnerability(v)
	}
	if r.err != nil {
		return nil, r.err
	}
	r.patchRecords()
	r.a.Problems = append(opt.Problems(&r.errs, false), opt.Problems(&r.notes, true)...)
	return r.a, nil
}

// A reader is one document while it is read.
type reader struct {
	opt      advisory.DecodeOptions
	a        *advisory.Advisory
	products map[string]int    // by ProductID
	patches  map[[2]string]int // by id and level
	records  []*record
	errs     jsonpos.Errors // what may change an answer
	notes    jsonpos.Errors // what does not
	items    int
	err      error // why nothing of the document can be used
}

// room counts more products, statements and patches, and tells whether there is room for them.
func (r *reader) room(n int) bool {
	r.items += n
	if r.err == nil {
		r.err = r.opt.Room(r.items)
	}
	return r.err == nil
}

// value returns the text of the member Value, as the form wraps texts.
func value(v jsonpos.Value, errs *jsonpos.Errors) string {
	for range v.Members(errs) {
		break
	}
	return strings.TrimSpace(v.Get("Value").Text(errs))
}

// metadata reads what document it is.
func (r *reader) metadata(doc jsonpos.Value) {
	tracking := doc.Get("DocumentTracking")
	r.a.ID = value(tracking.At("/Identification/ID"), &r.notes)
	if r.a.ID == "" {
		r.notes.Add(doc, errNoID, "the document has no id")
	}
	r.a.Title = value(doc.Get("DocumentTitle"), &r.notes)
	r.a.Revision = tracking.Get("Version").Text(&r.notes)
	r.a.Published = r.opt.Time(tracking.Get("InitialReleaseDate"), &r.notes)
	r.a.Modified = r.opt.Time(tracking.Get("CurrentReleaseDate"), &r.notes)
}

// tree reads the products.
func (r *reader) tree(v jsonpos.Value) {
	for p := range v.Object(&r.errs).Get("FullProductName").Elements(&r.errs) {
		if !r.room(1) {
			return
		}
		before := r.errs.Count()
		id, name := p.Object(&r.errs).Get("ProductID").Text(&r.errs), strings.TrimSpace(p.Get("Value").Text(&r.errs))
		out := advisory.Product{ID: id, Vendor: microsoft, Name: name, Pos: r.opt.Pos(p)}
		if cpe := strings.TrimSpace(p.Get("CPE").Text(&r.notes)); strings.HasPrefix(cpe, "cpe:") {
			out.CPEs = []string{cpe}
		}
		if id == "" || name == "" {
			r.errs.Add(p, errNoProduct, "a product needs an id and a name")
		}
		if _, twice := r.products[id]; twice {
			r.errs.Add(p, errDuplicate, "an id of two products means neither")
			out.Name = noVersion
		}
		if r.errs.Count() > before {
			out.Vendor = noVersion
		}
		if id != "" {
			r.products[id] = len(r.a.Products)
		}
		r.a.Products = append(r.a.Products, out)
	}
}

// product returns the index of a product. One that is not listed is added without a name.
func (r *reader) product(id jsonpos.Value) int {
	text := id.Text(&r.errs)
	if i, ok := r.products[text]; ok && text != "" {
		return i
	}
	r.errs.Add(id, errNotListed, fmt.Sprintf("there is no product %.40q", text))
	r.products[text] = len(r.a.Products)
	r.a.Products = append(r.a.Products, advisory.Product{ID: text, Vendor: noVersion, Name: noVersion, Pos: r.opt.Pos(id)})
	return r.products[text]
}
