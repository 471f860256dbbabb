package openvex

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// What can be wrong with a document, beside wrong types.
var (
	errBadName         = errors.New("bad name")
	errBadWord         = errors.New("bad word")
	errNoAction        = errors.New("no action")
	errNoID            = errors.New("no id")
	errNoJustification = errors.New("no justification")
	errNoProduct       = errors.New("no product")
	errNoStatements    = errors.New("no statements")
)

// namespace begins the JSON-LD context of every version.
const namespace = "https://openvex.dev/ns"

// noVersion is the version of a part that could not be read. No scheme reads it, so that the
// statement clears nothing.
const noVersion = "n/a"

// A Decoder reads OpenVEX documents. The zero Decoder is ready to use, has no state, and is
// safe for concurrent use. The advisories that it returns share memory with the text of their
// document.
type Decoder struct{}

// Format returns "openvex".
func (Decoder) Format() string { return "openvex" }

// Sniff tells whether the JSON-LD context is that of OpenVEX.
func (Decoder) Sniff(doc jsonpos.Value) bool {
	return strings.HasPrefix(doc.Get("@context").Text(nil), namespace)
}

// Decode reads one document.
func (Decoder) Decode(doc jsonpos.Value, opt advisory.DecodeOptions) (*advisory.Advisory, error) {
	r := &reader{opt: opt, a: &advisory.Advisory{Format: "openvex", Pos: opt.Pos(doc)}, known: map[string]int{}}
	r.metadata(doc)
	r.statements(doc)
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
	known     map[string]int // vulnerabilities by their names
	timestamp time.Time      // of the document
	supplier  string
	errs      jsonpos.Errors // what may change an answer
	notes     jsonpos.Errors // what does not
	items     int
	err       error // why nothing of the document can be used
}

// room counts more products, statements and names, and tells whether there is room for them.
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
	if a.ID = doc.Get("@id").Text(&r.notes); a.ID == "" {
		r.notes.Add(doc, errNoID, "the document has no id")
	}
	version := doc.Get("version")
	if a.Revision = version.Raw(); version.Kind() != jsonpos.Number { // a text in 0.0.1
		a.Revision = version.Text(&r.notes)
	}
	r.timestamp = r.opt.Time(doc.Get("timestamp"), &r.errs)
	a.Published, a.Modified = r.timestamp, r.opt.Time(doc.Get("last_updated"), &r.notes)
	if a.Modified.Before(a.Published) {
		a.Modified = a.Published
	}
	r.supplier = doc.Get("supplier").Text(&r.notes)
	a.Publisher.Name = doc.Get("author").Text(&r.notes)
	if a.Publisher.Name != "" && strings.EqualFold(a.Publisher.Name, r.supplier) {
		a.Publisher.Rank = advisory.RankVendor
	}
}

// statements reads what is said.
func (r *reader) statements(doc jsonpos.Value) {
	list := doc.Get("statements")
	before := r.errs.Count()
	for v := range list.Elements(&r.errs) {
		if !r.room(1) {
			return
		}
		r.statement(v)
	}
	switch {
	case list.Kind() != jsonpos.Array && r.errs.Count() == before:
		r.errs.Add(doc, errNoStatements, "the document has no statements")
	case list.Len() == 0:
		r.notes.Add(doc, errNoStatements, "the list of statements is empty")
	}
	if r.a.Modified.IsZero() { // older documents have times in their statements only
		for i := range r.a.Statements {
			if t := r.a.Statements[i].Modified; t.After(r.a.Modified) {
				r.a.Modified = t
			}
		}
	}
}

// statement reads one statement, and adds one for each product and subcomponent.
func (r *reader) statement(v jsonpos.Value) {
	before := r.errs.Count()
	v.Object(&r.errs)
	s := advisory.Statement{
		Vulnerability: r.vulnerability(v), Pos: r.opt.Pos(v), Modified: r.opt.Time(v.Get("timestamp"), &r.errs),
		Justification: v.Get("justification").Text(&r.notes),
	}
	if s.Modified.IsZero() {
		s.Modified = r.timestamp
	}
	status := r.status(v, before)
	s.Remediations = r.texts(v, status, s.Justification)
	products := r.components(v.Get("products"))
	shared := r.components(v.Get("subcomponents")) // 0.0.1: of all products
	if r.errs.Count() > before {
		for i := range products {
			products[i].unread(&r.errs, before)
		}
	}
	if len(products) == 0 {
		r.errs.Add(v, errNoProduct, "the statement names no product")
	}
	say := func(c *component, where advisory.Condition, parts bool) {
		if !r.room(1 + len(r.a.Vulnerabilities[s.Vulnerability].Aliases)) {
			return
		}
		for j := range c.names {
			n := &c.names[j]
			said := s
			said.Products, said.Where, said.Parts = []int{n.index}, where, parts
			said.Spans = []advisory.Span{{Version: n.version, Hint: n.hint, Status: status, Pos: n.product.Pos}}
			if c.broken {
				said.Spans[0] = advisory.Span{Version: noVersion, Pos: n.product.Pos}
			}
			r.a.Statements = append(r.a.Statements, said)
		}
	}
	r.enter(shared)
	r.enter(products)
	for i := range products {
		p := &products[i]
		r.enter(p.inside)
		inside := append(p.inside[:len(p.inside):len(p.inside)], shared...)
		say(p, advisory.Condition{}, len(inside) == 0)
		for j := range inside {
			c := inside[j]
			c.broken = c.broken || p.broken
			say(&c, p.contains(), false)
		}
	}
}

// status reads the status of a statement; Unknown, with a problem, when it is none.
func (r *reader) status(v jsonpos.Value, before int) advisory.Status {
	said := v.Get("status")
	switch word := said.Text(&r.errs); word {
	case "affected":
		return advisory.Affected
	case "not_affected":
		return advisory.NotAffected
	case "fixed":
		return advisory.Fixed
	case "under_investigation":
		return advisory.UnderInvestigation
	default:
		if r.errs.Count() == before {
			r.errs.Add(v, errBadWord, fmt.Sprintf("%.40q is no status", word))
		}
	}
	return advisory.Unknown
}

// texts keeps what is said in words, and reports what the specification asks for and the
// statement leaves out ("Status Labels").
func (r *reader) texts(v jsonpos.Value, status advisory.Status, justification string) []advisory.Remediation {
	var list []advisory.Remediation
	said := map[string]bool{}
	for _, member := range [...]string{"impact_statement", "action_statement", "status_notes"} {
		m := v.Get(member)
		if text := m.Text(&r.notes); text != "" {
			said[member] = true
			list = append(list, advisory.Remediation{Category: member, Text: text, Pos: r.opt.Pos(m)})
		}
	}
	switch {
	case status == advisory.NotAffected && justification == "" && !said["impact_statement"]:
		r.notes.Add(v, errNoJustification, "not_affected needs a justification or an impact statement")
	case status == advisory.Affected && !said["action_statement"]:
		r.notes.Add(v, errNoAction, "affected needs an action statement")
	}
	return list
}

// maxAliases bounds the names of one vulnerability, since a document speaks for each.
const maxAliases = 1024

// vulnerability returns the index of what a statement is about: an object with names, or a
// text (0.0.1).
func (r *reader) vulnerability(statement jsonpos.Value) int {
	v := statement.Get("vulnerability")
	said := advisory.Vulnerability{Pos: r.opt.Pos(statement)}
	if v.Kind() != jsonpos.Absent {
		said.Pos = r.opt.Pos(v)
	}
	if v.Kind() == jsonpos.String {
		said.ID = v.Text(&r.errs)
	} else {
		v.Object(&r.errs)
		said.ID = v.Get("name").Text(&r.errs)
		iri := v.Get("@id").Text(&r.notes)
		if said.ID == "" {
			said.ID, iri = iri, ""
		}
		said.Description = v.Get("description").Text(&r.notes)
		for _, name := range append(v.Get("aliases").Texts(&r.errs), iri) {
			if name != "" && name != said.ID {
				said.Aliases = append(said.Aliases, name)
			}
		}
	}
	if said.ID = strings.TrimSpace(said.ID); said.ID == "" {
		r.errs.Add(statement, errNoID, "the statement names no vulnerability")
	}
	if len(said.Aliases) > maxAliases && r.err == nil {
		r.err = fmt.Errorf("%w of %d aliases", advisory.ErrLimit, maxAliases)
	}
	key := said.ID + "\x00" + strings.Join(said.Aliases, "\x00")
	i, ok := r.known[key]
	if !ok {
		i = len(r.a.Vulnerabilities)
		r.known[key] = i
		r.a.Vulnerabilities = append(r.a.Vulnerabilities, said)
	}
	return i
}
