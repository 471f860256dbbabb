package csaf

import (
	"errors"
	"fmt"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// What can be wrong with a document, beside wrong types. The codes of problems with the tests
// of the specification are their numbers (tests.go).
var (
	errBadWord   = errors.New("bad word")
	errNoID      = errors.New("no id")
	errNoName    = errors.New("no name")
	errBadHelper = errors.New("bad identifier")
	errTooDeep   = errors.New("too deep")
	errCycle     = errors.New("cycle")
)

// noVersion is the version of a part that could not be read. No scheme reads it, so that the
// statement clears nothing.
const noVersion = "n/a"

// allVersions is the version of a product whose branches name none.
const allVersions = "*"

// A Decoder reads CSAF documents. The zero Decoder is ready to use, has no state, and is safe
// for concurrent use. The advisories that it returns share memory with the text of their
// document.
type Decoder struct{}

// Format returns "csaf".
func (Decoder) Format() string { return "csaf" }

// Sniff tells whether a document has the members of a CSAF document, in whatever order. The
// XML of CVRF and its JSON forms have others, and are not read.
func (Decoder) Sniff(doc jsonpos.Value) bool {
	head := doc.Get("document")
	return head.Get("csaf_version").Kind() != jsonpos.Absent ||
		head.Kind() == jsonpos.Object && head.Get("tracking").Kind() != jsonpos.Absent
}

// Decode reads one document.
func (Decoder) Decode(doc jsonpos.Value, opt advisory.DecodeOptions) (*advisory.Advisory, error) {
	r := &reader{opt: opt, doc: doc, a: &advisory.Advisory{Format: "csaf", Pos: opt.Pos(doc)}}
	r.metadata(doc.Get("document"))
	r.tree(doc.Get("product_tree"))
	r.vulnerabilities(doc.Get("vulnerabilities"))
	if r.err == nil && r.a.ID == "" && len(r.a.Statements) == 0 {
		r.err = fmt.Errorf("%w: a document without an id and without products", advisory.ErrFormat)
	}
	if r.err != nil {
		return nil, r.err
	}
	r.a.Problems = append(opt.Problems(&r.errs, false), opt.Problems(&r.notes, true)...)
	r.a.Problems = append(r.a.Problems, r.test()...)
	return r.a, nil
}

// A reader is one document while it is read.
type reader struct {
	opt   advisory.DecodeOptions
	doc   jsonpos.Value
	a     *advisory.Advisory
	errs  jsonpos.Errors // what may change an answer
	notes jsonpos.Errors // what does not
	items int
	err   error // why nothing of the document can be used

	next   bool // CSAF 2.1 or later
	leaves []leaf
	ids    map[string]*entry
	lost   bool // a part of the tree could not be read: an id that is not defined may stand there
	groups map[string][]string

	firsts, again []jsonpos.Value // product ids where they are defined, and defined once more
	circles       []jsonpos.Value // combinations that lead back to themselves
	groupsAgain   []jsonpos.Value // ids of groups where they are defined once more

	identities map[string]int // of the products of the advisory, by what identifies them
	unread     int            // index of the product that stands for all that could not be read, plus one
	stamp      int            // of the vulnerability that is being read
	visits     int            // of products by what is said about them
}

// room counts one more product, statement or span and tells whether there is room for it.
func (r *reader) room() bool {
	r.items++
	if r.err == nil {
		r.err = r.opt.Room(r.items)
	}
	return r.err == nil
}

// text returns the text of a string without outer blanks, which 330 names of CISA's documents
// have.
func (r *reader) text(v jsonpos.Value) string { return strings.TrimSpace(v.Text(&r.errs)) }

// present returns the first of the values that is there.
func present(values ...jsonpos.Value) jsonpos.Value {
	for _, v := range values {
		if v.Kind() != jsonpos.Absent {
			return v
		}
	}
	return jsonpos.Value{}
}
