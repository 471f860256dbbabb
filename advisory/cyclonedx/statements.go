package cyclonedx

import (
	"cmp"
	"fmt"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// states are the words of analysis.state.
var states = map[string]advisory.Status{
	"exploitable":            advisory.Affected,
	"resolved":               advisory.Fixed,
	"resolved_with_pedigree": advisory.Fixed,
	"in_triage":              advisory.UnderInvestigation,
	"not_affected":           advisory.NotAffected,
	"false_positive":         advisory.NotAffected,
}

// versionWords are those of affects[].versions[].status; affected is the default.
var versionWords = map[string]advisory.Status{
	"":           advisory.Affected,
	"affected":   advisory.Affected,
	"unaffected": advisory.NotAffected,
	"unknown":    advisory.Unknown,
}

// statements adds what a vulnerability says about each product. What was wrong with it since
// the count before makes all of them unknown.
func (r *reader) statements(v jsonpos.Value, before int) {
	analysis := v.Get("analysis").Object(&r.errs)
	s := advisory.Statement{
		Vulnerability: len(r.a.Vulnerabilities) - 1, Pos: r.opt.Pos(v),
		Justification: analysis.Get("justification").Text(&r.notes), Remediations: r.texts(v, analysis),
	}
	issued, updated := r.opt.Time(analysis.Get("firstIssued"), &r.errs), r.opt.Time(analysis.Get("lastUpdated"), &r.errs)
	switch {
	case !updated.IsZero():
		s.Modified = updated
	case !issued.IsZero():
		s.Modified = issued
	default:
		s.Modified = r.timestamp
	}
	said := analysis.Get("state")
	word := said.Text(&r.errs)
	state, stated := states[word]
	if word != "" && !stated {
		r.errs.Add(said, errBadWord, fmt.Sprintf("%.40q is no state", word))
	}
	if word == "false_positive" {
		s.Justification = cmp.Or(s.Justification, word)
	}
	broken := r.errs.Count() > before
	affects := v.Get("affects")
	n := 0
	for e := range affects.Elements(&r.errs) {
		if n++; !r.room(1 + len(r.a.Vulnerabilities[s.Vulnerability].Aliases)) {
			return
		}
		r.affected(e, s, state, stated, broken)
	}
	switch k := affects.Kind(); {
	case k != jsonpos.Array && k != jsonpos.Absent && k != jsonpos.Null:
		r.unread(s, affects)
	case n == 0:
		r.errs.Add(v, errNoProduct, "the vulnerability affects nothing that is named")
	}
}

// unread adds a statement about something that could not be read.
func (r *reader) unread(s advisory.Statement, at jsonpos.Value) {
	pos := r.opt.Pos(at)
	s.Products = []int{len(r.a.Products)}
	s.Spans = []advisory.Span{{Version: noVersion, Pos: pos}}
	r.a.Products = append(r.a.Products, advisory.Product{Vendor: noVersion, Name: noVersion, Pos: pos})
	r.a.Statements = append(r.a.Statements, s)
}

// texts keeps what is said in words.
func (r *reader) texts(v, analysis jsonpos.Value) []advisory.Remediation {
	var list []advisory.Remediation
	for response := range analysis.Get("response").Elements(&r.notes) {
		list = append(list, advisory.Remediation{Category: response.Text(&r.notes), Pos: r.opt.Pos(response)})
	}
	for _, m := range [...]struct {
		in     jsonpos.Value
		member string
	}{{analysis, "detail"}, {v, "recommendation"}, {v, "workaround"}} {
		said := m.in.Get(m.member)
		if text := said.Text(&r.notes); text != "" {
			list = append(list, advisory.Remediation{Category: m.member, Text: text, Pos: r.opt.Pos(said)})
		}
	}
	return list
}

// affected reads one element of "affects".
func (r *reader) affected(v jsonpos.Value, s advisory.Statement, state advisory.Status, stated, broken bool) {
	before := r.errs.Count()
	ref := v.Object(&r.errs).Get("ref").Text(&r.errs)
	if ref == "" {
		if r.errs.Count() == before {
			r.errs.Add(v, errNoProduct, "the entry has no ref")
		}
		r.unread(s, v)
		return
	}
	list := v.Get("versions")
	for version := range list.Elements(&r.errs) {
		if !r.room(1) {
			return
		}
		s.Spans = append(s.Spans, r.span(version, state, stated))
	}
	p := r.product(ref, v, len(s.Spans) > 0)
	if list.Len() == 0 {
		if !stated {
			state = advisory.Affected
		}
		span := advisory.Span{Version: everyVersion, Status: state, Pos: r.opt.Pos(v)}
		if p.version != "" {
			span.Version, span.Hint, span.Pos = p.version, advisory.HintExact, p.pos
		}
		s.Spans = []advisory.Span{span}
	}
	if broken || p.broken || r.errs.Count() > before {
		s.Spans = []advisory.Span{{Version: noVersion, Pos: r.opt.Pos(v)}}
	}
	for _, said := range p.said {
		s.Products, s.Where = []int{said.product}, said.where
		r.a.Statements = append(r.a.Statements, s)
	}
}

// span reads a version or a range of versions.
func (r *reader) span(v jsonpos.Value, state advisory.Status, stated bool) advisory.Span {
	span := advisory.Span{Status: state, Pos: r.opt.Pos(v)}
	word := v.Object(&r.errs).Get("status").Text(&r.errs)
	status, known := versionWords[word]
	if !known {
		r.errs.Add(v, errBadWord, fmt.Sprintf("%.40q is no status", word))
	}
	if !stated {
		span.Status = status
	}
	version, text := v.Get("version").Text(&r.errs), v.Get("range").Text(&r.errs)
	switch {
	case (version == "") == (text == ""):
		r.errs.Add(v, errNoVersion, "an element of versions needs a version or a range")
	case version != "":
		span.Version, span.Hint = version, advisory.HintExact
	default:
		span.Version = text
	}
	return span
}
