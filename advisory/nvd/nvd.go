package nvd

import (
	"errors"
	"fmt"
	"iter"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// What can be wrong with an item, beside wrong types.
var (
	errBadName          = errors.New("bad name")
	errBadWord          = errors.New("bad word")
	errNested           = errors.New("nested too deep")
	errNoConfigurations = errors.New("no configurations")
	errNoID             = errors.New("no id")
	errNoNodes          = errors.New("no nodes")
	errTwoBounds        = errors.New("two bounds")
	errUpdate           = errors.New("update of a range")
)

// A Decoder reads NVD items. The zero Decoder is ready to use, has no state, and is safe for
// concurrent use. The advisories that it returns share memory with the text of their document.
//
// A page or feed is one document in memory: the feeds of a whole year are longer than the
// default of jsonpos.Limits.
type Decoder struct{}

var _ advisory.PageDecoder = Decoder{}

// Format returns "nvd".
func (Decoder) Format() string { return "nvd" }

// Sniff tells whether a document is a page, a feed, or an item.
func (Decoder) Sniff(doc jsonpos.Value) bool {
	if list, _ := items(doc); list.Kind() != jsonpos.Absent {
		return true
	}
	return isItem(doc)
}

// items returns the list of items of a page or feed, Absent when the document is none, and the
// member of an element that holds its item.
func items(doc jsonpos.Value) (list jsonpos.Value, member string) {
	if doc.Get("format").Text(nil) == "NVD_CVE" || doc.Get("resultsPerPage").Kind() == jsonpos.Number {
		return doc.Get("vulnerabilities"), "cve"
	}
	if feed := doc.Get("CVE_Items"); feed.Kind() != jsonpos.Absent {
		return feed, ""
	}
	return doc.Get("cve_items"), ""
}

// isItem tells whether a document is one item of 2.0, alone or under "cve", or of 1.1. The
// record of CVE JSON 4 that is a part of the latter is none by itself.
func isItem(doc jsonpos.Value) bool {
	if cve := doc.Get("cve"); cve.Kind() == jsonpos.Object {
		if cve.Get("CVE_data_meta").Kind() != jsonpos.Absent {
			return true
		}
		doc = cve
	}
	if doc.Get("affected").Kind() != jsonpos.Absent || doc.Get("modified").Kind() != jsonpos.Absent {
		return false // OSV
	}
	return strings.HasPrefix(doc.Get("id").Text(nil), "CVE-") &&
		(doc.Get("vulnStatus").Kind() != jsonpos.Absent || doc.Get("configurations").Kind() != jsonpos.Absent ||
			doc.Get("sourceIdentifier").Kind() != jsonpos.Absent)
}

// Decode reads a document that holds one item.
func (d Decoder) Decode(doc jsonpos.Value, opt advisory.DecodeOptions) (*advisory.Advisory, error) {
	if list, _ := items(doc); list.Kind() != jsonpos.Absent && list.Len() != 1 {
		return nil, fmt.Errorf("%w: a page of %d items where one is wanted", advisory.ErrFormat, list.Len())
	}
	for a, err := range d.DecodeEach(doc, opt) {
		return a, err
	}
	return nil, fmt.Errorf("%w: the page has no list of items", advisory.ErrFormat)
}

// DecodeEach implements [advisory.PageDecoder].
func (Decoder) DecodeEach(doc jsonpos.Value, opt advisory.DecodeOptions) iter.Seq2[*advisory.Advisory, error] {
	return func(yield func(*advisory.Advisory, error) bool) {
		list, member := items(doc)
		switch list.Kind() {
		case jsonpos.Absent:
			if member == "cve" && !isItem(doc) {
				yield(nil, fmt.Errorf("%w: the page has no list of items", advisory.ErrFormat))
				return
			}
			yield(item(doc, opt))
			return
		case jsonpos.Array:
		default:
			yield(nil, &advisory.DecodeError{Pos: opt.Pos(list), Err: fmt.Errorf("%w: %s instead of a list of items", advisory.ErrFormat, list.Kind())})
			return
		}
		for v := range list.Elements(nil) {
			a, err := item(v, opt)
			if err != nil {
				err = &advisory.DecodeError{Pos: opt.Pos(v), Err: err}
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

// item reads one item, of either form.
func item(v jsonpos.Value, opt advisory.DecodeOptions) (*advisory.Advisory, error) {
	if v.Kind() != jsonpos.Object {
		return nil, fmt.Errorf("%w: %s instead of an item", advisory.ErrFormat, v.Kind())
	}
	r := &reader{opt: opt, a: &advisory.Advisory{Format: "nvd", Pos: opt.Pos(v), Publisher: publisher}, products: map[string]int{}}
	f := formOf(v)
	r.metadata(f)
	r.vulnerability(f)
	if r.a.State != advisory.Rejected {
		r.configurations(f)
	}
	if r.err == nil && r.a.ID == "" && len(r.a.Statements) == 0 {
		r.err = fmt.Errorf("%w: an item without an id and without products", advisory.ErrFormat)
	}
	if r.err != nil {
		return nil, r.err
	}
	r.a.Problems = append(opt.Problems(&r.errs, false), opt.Problems(&r.notes, true)...)
	return r.a, nil
}

// publisher is who speaks in every item.
var publisher = advisory.Publisher{Name: "NVD", Rank: advisory.RankAggregator}

// A reader is one item while it is read.
type reader struct {
	opt      advisory.DecodeOptions
	a        *advisory.Advisory
	products map[string]int // those of conditions, by the text of their names
	errs     jsonpos.Errors // what may change an answer
	notes    jsonpos.Errors // what does not
	items    int
	err      error // why nothing of the item can be used
}

// room counts more products, statements and spans, and tells whether there is room for them.
func (r *reader) room(n int) bool {
	r.items += n
	if r.err == nil {
		r.err = r.opt.Room(r.items)
	}
	return r.err == nil
}
