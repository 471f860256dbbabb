package match

import (
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/affected-go/affected/advisory"
)

// A Citation is what the evidence tells of a statement whatever the question is. All evidence of a
// matcher shares it; it must not be changed.
type Citation struct {
	Document  string    `json:"document"`
	Publisher string    `json:"publisher,omitempty"`
	Revision  string    `json:"revision,omitempty"`
	Changed   time.Time `json:"changed,omitzero"`
	SHA256    string    `json:"sha256,omitempty"` // of the document
	Place     string    `json:"place"`            // file and JSON pointer of the statement
	Product   string    `json:"product"`          // as the document names it
	Entry     string    `json:"entry,omitempty"`  // the catalog entry and its source
	Scheme    string    `json:"scheme,omitempty"` // and why it is this one
	Problems  []string  `json:"problems,omitempty"`
}

// A citation is what is kept of a claim for its evidence. It is made when the claim is first cited,
// and all views share it.
type citation struct {
	passages  []atomic.Pointer[passage]  // those that were hit, by segment plus one
	few       [4]atomic.Pointer[passage] // where they stand when there are few
	byVersion bool                       // nothing but the version decides what it says
	where     string                     // the condition, "" for none
	leaves    []string                   // the parts of the condition
	doc       *advisory.Advisory
	said      *saying
	Citation
}

// A passage is what a document says where a segment of the timeline comes from.
type passage struct {
	segment     string // "" for none
	span        int    // that speaks, -1 for the default
	place, text string // of the span
	remedies    []string
	ways        *waysOut // from the branch that was asked about last, nil for none
}

// citation returns what the evidence tells of a claim.
func (m *Matcher) citation(i int32) *citation {
	c := m.claim(i)
	if t := c.cited.Load(); t != nil {
		return t
	}
	c.cited.CompareAndSwap(nil, m.cite(c))
	return c.cited.Load()
}

// cite makes a citation.
func (m *Matcher) cite(c *claim) *citation {
	doc, said := m.saidThere(c)
	p, t := productOf(doc, c), c.timeline
	out := &citation{doc: doc, said: said, byVersion: c.always && c.from.isTimeless() && !hasWords(t),
		Citation: Citation{Document: doc.ID, Publisher: doc.Publisher.Name, Revision: doc.Revision, SHA256: doc.SHA256,
			Changed: lastChange(doc).UTC(), Place: at(doc, said.Pos), Product: productText(p)}}
	if out.passages = out.few[:]; len(t.Segments) >= len(out.few) {
		out.passages = make([]atomic.Pointer[passage], len(t.Segments)+1)
	}
	if entry := t.Entry; entry != nil {
		out.Entry = entry.Key + " (" + entry.Source + ", " + entry.Date + ")"
	}
	if t.Scheme != nil {
		out.Scheme = t.Scheme.Name() + " (" + t.SchemeRule + ")"
	}
	for _, problem := range m.problems(c, doc, said) {
		problem.Pos.Offset = 0
		out.Problems = append(out.Problems, problem.String())
	}
	out.Problems = slices.Clip(out.Problems) // who appends to what is shared gets memory of his own
	if said.Where.Op != advisory.OpAlways {
		out.where = doc.Describe(&said.Where)
		for leaf := range said.Where.Leaves() {
			out.leaves = append(out.leaves, doc.Describe(leaf))
		}
	}
	return out
}

// passage returns the passage of a segment, -1 for none, and the span that speaks there.
func (t *citation) passage(of *advisory.Timeline, segment, span int) *passage {
	slot := &t.passages[segment+1]
	p := slot.Load()
	if p == nil {
		slot.CompareAndSwap(nil, t.read(of, segment, span))
		p = slot.Load()
	}
	if p.span != span { // not the one that spoke there first
		return t.read(of, segment, span)
	}
	return p
}

func (t *citation) read(of *advisory.Timeline, segment, span int) *passage {
	p := &passage{span: span}
	if segment >= 0 {
		p.segment = of.Segments[segment].String()
	}
	if span >= 0 && span < len(t.said.Spans) {
		said := &t.said.Spans[span]
		p.place, p.text = at(t.doc, said.Pos), said.String()
	}
	for _, r := range appendNew(nil, t.said.remedies(span)) {
		p.remedies = append(p.remedies, joinNonEmpty(" ", r.Category, r.Text, r.URL))
	}
	p.remedies = slices.Clip(p.remedies)
	return p
}

// A writer makes the texts of answers, which stand together in memory.
type writer struct{ strings.Builder }

// room is how much memory texts share: those of a few answers.
const room = 1 << 10

// join returns the parts as one text.
func (w *writer) join(parts ...string) string {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	from := w.begin(n)
	for _, p := range parts {
		w.WriteString(p)
	}
	return w.String()[from:]
}

// text returns the bytes as a text.
func (w *writer) text(b []byte) string {
	from := w.begin(len(b))
	w.Write(b)
	return w.String()[from:]
}

// begin makes room for a text and returns where it begins. The texts so far stay where they are.
func (w *writer) begin(n int) int {
	if w.Cap()-w.Len() < n {
		w.Reset()
		w.Grow(max(n, room))
	}
	return w.Len()
}

// cited returns a document as evidence cites it. What was never decoded stands in no file: it is
// cited in the library's own form, with the digest and the places that it has there, which is
// how a compiled form holds it. So evidence is the same before and after a matcher was written.
func (m *Matcher) cited(source int32) *advisory.Advisory {
	doc := m.doc(source)
	if m.flat != nil || doc.SHA256 != "" {
		return doc
	}
	if own := m.own.get(int(source)); own != nil {
		return own
	}
	return m.own.put(int(source), inOwnForm(doc))
}

// saidThere returns the cited document of a claim and what it says there.
func (m *Matcher) saidThere(c *claim) (*advisory.Advisory, *saying) {
	doc, said := m.said(c)
	own := m.cited(c.source)
	if own == doc {
		return doc, said
	}
	if all := m.sayings(own); int(c.saying) < len(all) {
		return own, &all[c.saying]
	}
	return doc, said
}

// inOwnForm writes and reads a document; one that cannot be written stays what it is.
func inOwnForm(doc *advisory.Advisory) *advisory.Advisory {
	text, err := doc.MarshalJSON()
	if err != nil {
		return doc
	}
	own, err := readOwnForm(fileOf(doc), text)
	if err != nil {
		return doc
	}
	return own
}

// fileOf returns the file of a document, which those that are made by hand may name with their
// statements only.
func fileOf(doc *advisory.Advisory) string {
	if doc.Pos.File == "" && len(doc.Statements) > 0 {
		return doc.Statements[0].Pos.File
	}
	return doc.Pos.File
}
