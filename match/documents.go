package match

import (
	"bytes"
	"cmp"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
)

// A document is one that was added: as it came, or packed.
type document struct {
	doc    *advisory.Advisory // nil where it is packed
	packed []byte             // its front behind the length, then the record of the compiled form
}

// front returns the document, or what of a packed one tells whether it counts, and what its
// vulnerabilities are called.
func (d *document) front() *advisory.Advisory {
	if d.doc != nil {
		return d.doc
	}
	front, _ := cut(d.packed)
	return readFront(front)
}

// record returns the record of a packed document.
func (d *document) record() []byte {
	_, record := cut(d.packed)
	return record
}

// open returns the document. One that is packed is read each time.
func (d *document) open(r *documentReader) (*advisory.Advisory, error) {
	if d.doc != nil {
		return d.doc, nil
	}
	return r.document(d.record())
}

// text returns the document in the library's own form, with the file that it is from.
func (d *document) text(r *documentReader) (file string, text []byte, err error) {
	if d.doc == nil {
		return r.text(d.record())
	}
	text, err = d.doc.MarshalJSON()
	return fileOf(d.doc), text, err
}

// compare orders documents, to the last word where all else is the same, so that the order in
// which they came is of no effect.
func (d *document) compare(o *document) int {
	if d.doc != nil && d.doc == o.doc {
		return 0
	}
	x, y := d.front(), o.front()
	if c := cmp.Or(strings.Compare(x.Publisher.Name, y.Publisher.Name), strings.Compare(x.ID, y.ID), compareRevisions(x, y),
		lastChange(x).Compare(lastChange(y)), strings.Compare(fileOf(x), fileOf(y))); c != 0 {
		return c
	}
	_, a, _ := d.text(new(documentReader)) // what cannot be written stays in its order
	_, b, _ := o.text(new(documentReader))
	return bytes.Compare(a, b)
}

// documents are documents in their order.
type documents []document

// sorted returns the documents in order, each once.
func (l documents) sorted() documents {
	type place struct {
		publisher, id string
		document      *document
	}
	order := make([]place, len(l))
	for i, a := range l.fronts() {
		order[i] = place{a.Publisher.Name, a.ID, &l[i]}
		if i > 0 && order[i-1].publisher == a.Publisher.Name { // most often: one copy is enough
			order[i].publisher = order[i-1].publisher
		}
	}
	compare := func(x, y place) int {
		return cmp.Or(strings.Compare(x.publisher, y.publisher), strings.Compare(x.id, y.id))
	}
	slices.SortStableFunc(order, func(x, y place) int {
		if c := compare(x, y); c != 0 {
			return c
		}
		return x.document.compare(y.document)
	})
	order = slices.CompactFunc(order, func(x, y place) bool { return compare(x, y) == 0 && x.document.compare(y.document) == 0 })
	sorted := make(documents, len(order))
	for i := range order {
		sorted[i] = *order[i].document
	}
	return sorted
}

// fronts yields the documents, of packed ones their fronts.
func (l documents) fronts() iter.Seq2[int, *advisory.Advisory] {
	return func(yield func(int, *advisory.Advisory) bool) {
		for i := range l {
			if !yield(i, l[i].front()) {
				return
			}
		}
	}
}

// maxDocument bounds the text of one document, so that a few bytes do not fill the memory.
const maxDocument = 256 << 20

// A documentReader reads packed documents. Its room is reused.
type documentReader struct {
	inflate io.ReadCloser
	data    bytes.Reader
	buf     bytes.Buffer
}

// text returns the text of a document in the library's own form, and the file that it is from. It
// holds until the next one.
func (r *documentReader) text(record []byte) (file string, text []byte, err error) {
	name, data := cut(record)
	if name == nil {
		return "", nil, ErrFile
	}
	r.data.Reset(data)
	if r.inflate == nil {
		r.inflate = flate.NewReader(&r.data)
	} else if err := r.inflate.(flate.Resetter).Reset(&r.data, nil); err != nil {
		return "", nil, err
	}
	r.buf.Reset()
	if _, err = r.buf.ReadFrom(io.LimitReader(r.inflate, maxDocument)); err != nil {
		return "", nil, fmt.Errorf("%w: %w", ErrFile, err)
	}
	return string(name), r.buf.Bytes(), nil
}

// document returns a document.
func (r *documentReader) document(record []byte) (*advisory.Advisory, error) {
	file, text, err := r.text(record)
	if err != nil {
		return nil, err
	}
	return readOwnForm(file, text)
}

// readDocument reads a packed document, one without a statement when it cannot.
func readDocument(record []byte) *advisory.Advisory {
	a, err := new(documentReader).document(record)
	if err != nil {
		return &advisory.Advisory{ID: "damaged document"}
	}
	return a
}

// readOwnForm reads a document in the library's own form.
func readOwnForm(file string, text []byte) (*advisory.Advisory, error) {
	for a, err := range advisory.Decode(bytes.NewReader(text), advisory.DecodeOptions{File: file}) {
		if err != nil {
			err = fmt.Errorf("%w: %w", ErrFile, err)
		}
		return a, err
	}
	return nil, ErrFile
}

// digestOfText is how a document that was never decoded is cited.
func digestOfText(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// A documentPacker packs documents. Its room is reused.
type documentPacker struct {
	deflate *flate.Writer
	record  bytes.Buffer
}

// pack returns the record of a document: its text, compressed, behind the name of its file.
// It holds until the next one.
func (p *documentPacker) pack(file string, text []byte) ([]byte, error) {
	if len(text) > maxDocument {
		return nil, fmt.Errorf("%d bytes: more than the %d of a document", len(text), maxDocument)
	}
	if p.deflate == nil {
		deflate, err := flate.NewWriter(io.Discard, flate.BestSpeed)
		if err != nil {
			return nil, err
		}
		p.deflate = deflate
	}
	p.record.Reset()
	p.record.Write(appendRecord(nil, file))
	p.deflate.Reset(&p.record)
	if _, err := p.deflate.Write(text); err != nil {
		return nil, err
	}
	err := p.deflate.Close()
	return p.record.Bytes(), err
}

// document returns a document that is packed.
func (p *documentPacker) document(a *advisory.Advisory) (document, error) {
	text, err := a.MarshalJSON()
	if err != nil {
		return document{}, err
	}
	record, err := p.pack(fileOf(a), text)
	if err != nil {
		return document{}, err
	}
	front := appendFront(nil, a)
	return document{packed: slices.Concat(appendRecord(nil, front), record)}, nil
}

// appendFront writes the front of a document.
func appendFront(dst []byte, a *advisory.Advisory) []byte {
	p := packer{buf: dst}
	counted := func(texts ...string) {
		for _, text := range texts {
			p.buf = appendRecord(p.buf, text)
		}
	}
	counted(a.Publisher.Name, a.ID, a.Revision, fileOf(a))
	p.byte(byte(a.Publisher.Rank))
	p.byte(byte(a.State))
	p.time(lastChange(a))
	p.time(a.Withdrawn)
	p.time(a.Expires)
	p.count(len(a.Supersedes))
	counted(a.Supersedes...)
	p.count(len(a.Vulnerabilities))
	for i := range a.Vulnerabilities {
		v := &a.Vulnerabilities[i]
		counted(v.ID)
		p.count(len(v.Aliases))
		counted(v.Aliases...)
	}
	return p.buf
}

// readFront reads what appendFront wrote.
func readFront(front []byte) *advisory.Advisory {
	u := unpacker{buf: front}
	a := &advisory.Advisory{}
	a.Publisher.Name, a.ID, a.Revision, a.Pos.File = u.counted(), u.counted(), u.counted(), u.counted()
	a.Publisher.Rank, a.State = advisory.Rank(u.byte()), advisory.State(u.byte())
	a.Modified, a.Withdrawn, a.Expires = u.time(), u.time(), u.time()
	a.Supersedes = u.countedList()
	a.Vulnerabilities = make([]advisory.Vulnerability, u.count())
	for i := range a.Vulnerabilities {
		a.Vulnerabilities[i] = advisory.Vulnerability{ID: u.counted(), Aliases: u.countedList()}
	}
	return a
}

// counted reads a text that stands behind its length.
func (u *unpacker) counted() string {
	text, rest := cut(u.buf)
	if text == nil {
		u.fail()
		return ""
	}
	u.buf = rest
	return string(text)
}

func (u *unpacker) countedList() []string {
	var l []string
	for range u.count() {
		l = append(l, u.counted())
	}
	return l
}
