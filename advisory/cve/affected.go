package cve

import (
	"fmt"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/purl/vers"
)

// noVersion is the version of a part that could not be read. No scheme reads it, so that
// the statement clears nothing.
const noVersion = "n/a"

// An entry is one element of `affected`, or a product of `cpeApplicability`, on its way to
// a product and a statement.
type entry struct {
	product   advisory.Product
	statement advisory.Statement
	named     bool   // it names a product
	commits   bool   // its versions are commits
	narrowed  string // the text of what narrows it: entries are joined only when it is the same
	packaged  string // collection and package
}

// statements chooses the containers that speak and turns what they say into statements: the
// ADP containers where the CNA names no product, and beside it where it names no version.
// What cannot be read at all stands at the given place.
func (r *reader) statements(sources []container, at advisory.Pos) {
	cna, adps := sources[0], sources[1:]
	entries := r.entries(cna)
	if named := anyNamed(entries); !named || !anyVersion(entries) {
		var others []entry
		for _, adp := range adps {
			others = append(others, r.entries(adp)...)
		}
		switch {
		case named && anyVersion(others): // what the CNA leaves open stays open, and clears nothing
			entries = append(entries, others...)
		case named:
		case anyNamed(others) || len(entries) == 0:
			entries = others
		}
	}
	if len(entries) == 0 {
		if r.errs.Count() > 0 {
			entries = append(entries, unread(at))
		}
		r.errs.Add(cna.Value, errNoAffected, "the record names no product")
	}
	entries = join(apart(entries))
	for i := range entries {
		more := inside(&entries[i])
		if more == nil {
			more = others(&entries[i])
		}
		entries = append(entries, more...)
	}
	for _, e := range entries {
		e.statement.Products = []int{len(r.a.Products)}
		e.statement.Remediations = r.remedies
		r.a.Products = append(r.a.Products, e.product)
		r.a.Statements = append(r.a.Statements, e.statement)
	}
}

// entries returns what a container says about products.
func (r *reader) entries(source container) []entry {
	affected := source.Get("affected")
	var list []entry
	for v := range affected.Elements(&r.errs) {
		if !r.room() {
			return nil
		}
		list = append(list, r.entry(v))
	}
	if k := affected.Kind(); k != jsonpos.Array && k != jsonpos.Absent && k != jsonpos.Null {
		list = append(list, unread(r.opt.Pos(affected)))
	}
	if !anyNamed(list) {
		if found := r.applicability(source.Get("cpeApplicability")); len(found) > 0 {
			return found
		}
	}
	return list
}

func anyNamed(list []entry) bool {
	for i := range list {
		if list[i].named {
			return true
		}
	}
	return false
}

// anyVersion tells whether an entry says of which versions it speaks: "See references" and
// "from 10.0.0 to publication" do not (CVE-2020-3259, CVE-2019-0714).
func anyVersion(list []entry) bool {
	for i := range list {
		spans := list[i].statement.Spans
		if len(spans) == 0 && list[i].statement.Default != advisory.DefaultUndeclared {
			return true
		}
		for j := range spans {
			s := &spans[j]
			for _, text := range [...]string{s.Version, s.Before, s.Through} {
				if strings.ContainsAny(text, "0123456789") && !vers.IsPlaceholder(text) || vers.IsAll(text) {
					return true
				}
			}
		}
	}
	return false
}

// unread is an entry of which nothing is known.
func unread(at advisory.Pos) entry {
	return entry{
		product: advisory.Product{Vendor: noVersion, Name: noVersion, Pos: at},
		statement: advisory.Statement{
			Default: advisory.DefaultUnknown, Pos: at,
			Spans: []advisory.Span{{Version: noVersion, Pos: at}},
		},
	}
}

// entry reads one element of `affected`.
func (r *reader) entry(v jsonpos.Value) entry {
	at := r.opt.Pos(v)
	before := r.errs.Count()
	if v.Object(&r.errs).Kind() != jsonpos.Object {
		return unread(at)
	}
	e := entry{product: advisory.Product{Pos: at}, statement: advisory.Statement{Pos: at}}
	where := r.names(&e, v)
	if platforms, limited := r.platforms(v.Get("platforms")); limited {
		where = append(where, platforms)
	}
	e.statement.Where = both(where)
	e.statement.Default = r.defaultStatus(v.Get("defaultStatus"))
	e.narrowed = v.Get("platforms").Raw() + v.Get("modules").Raw() + v.Get("programFiles").Raw() + v.Get("programRoutines").Raw()
	hint := r.text(v.Get("versionType")) // certcc writes it here
	versions := v.Get("versions")
	commits := 0
	for range versions.Elements(&r.errs) {
		break // whether it is a list at all concerns the entry
	}
	if r.errs.Count() > before {
		e.statement.Spans = append(e.statement.Spans, advisory.Span{Version: noVersion, Pos: at})
	}
	for version := range versions.Elements(nil) {
		if !r.room() {
			return e
		}
		span := r.span(version, hint)
		if span.IsCommits() {
			commits++
		}
		e.statement.Spans = append(e.statement.Spans, span)
	}
	e.commits = commits > 0 && commits == len(e.statement.Spans)
	return e
}

// defaultStatus tells a default that is missing from one that says unknown.
func (r *reader) defaultStatus(v jsonpos.Value) advisory.Default {
	switch word := r.text(v); word {
	case "":
		return advisory.DefaultUndeclared
	case "affected":
		return advisory.DefaultAffected
	case "unaffected":
		return advisory.DefaultNotAffected
	case "unknown":
		return advisory.DefaultUnknown
	default:
		r.errs.Add(v, errBadWord, fmt.Sprintf("%.40q is no status", word))
		return advisory.DefaultUnknown
	}
}

// status reads the status of v. What is none is Unknown and a problem.
func (r *reader) status(v, said jsonpos.Value) advisory.Status {
	switch word := said.Text(&r.errs); word {
	case "affected":
		return advisory.Affected
	case "unaffected":
		return advisory.NotAffected
	case "unknown":
		return advisory.Unknown
	case "":
		r.errs.Add(v, errBadWord, "there is no status")
	default:
		r.errs.Add(said, errBadWord, fmt.Sprintf("%.40q is no status", word))
	}
	return advisory.Unknown
}

// span reads an element of `versions` as it is written. One that cannot be read in full
// names no version but keeps its status; one whose status cannot be read is Unknown on its
// bounds.
func (r *reader) span(v jsonpos.Value, hint string) advisory.Span {
	s := advisory.Span{Pos: r.opt.Pos(v)}
	before := r.errs.Count()
	if s.Status = r.status(v.Object(&r.errs), v.Get("status")); r.errs.Count() > before {
		s.Status, before = advisory.Unknown, r.errs.Count()
	}
	if s.Hint = r.text(v.Get("versionType")); s.Hint == "" {
		s.Hint = hint
	}
	version := r.text(v.Get("version"))
	if version == "" {
		r.errs.Add(v, errNoVersion, "an element of versions needs a version")
	}
	lessThan, lessOrEqual := v.Get("lessThan"), v.Get("lessThanOrEqual")
	s.Before, s.Through = r.bound(lessThan), r.bound(lessOrEqual)
	if s.Bounded = isThere(lessThan) || isThere(lessOrEqual); s.Bounded {
		s.From = version
	} else {
		s.Version = version
	}
	if isThere(lessThan) && isThere(lessOrEqual) {
		r.errs.Add(v, errTwoBounds, "lessThan and lessThanOrEqual exclude each other")
	}
	s.Changes = r.changes(v.Get("changes"))
	if r.errs.Count() > before {
		return advisory.Span{Version: noVersion, Status: s.Status, Hint: s.Hint, Pos: s.Pos}
	}
	return s
}

func isThere(v jsonpos.Value) bool {
	return v.Kind() != jsonpos.Absent && v.Kind() != jsonpos.Null
}

// bound reads an upper bound. An empty one would be none at all, and is reported.
func (r *reader) bound(v jsonpos.Value) string {
	text := r.text(v)
	if isThere(v) && strings.TrimSpace(text) == "" {
		r.errs.Add(v, errNoVersion, "the bound is empty")
	}
	return text
}

// changes reads the status changes inside a range.
func (r *reader) changes(list jsonpos.Value) []advisory.Change {
	var changes []advisory.Change
	for v := range list.Elements(&r.errs) {
		if !r.room() {
			return nil
		}
		c := advisory.Change{At: r.text(v.Object(&r.errs).Get("at")), Status: r.status(v, v.Get("status")), Pos: r.opt.Pos(v)}
		if strings.TrimSpace(c.At) == "" {
			r.errs.Add(v, errNoVersion, "a change needs a version")
		}
		changes = append(changes, c)
	}
	return changes
}

// A key tells which entries are about one thing.
type key struct {
	names, packaged, narrowed string
	standard                  advisory.Default
	commits                   bool
}

// join puts the entries of one product into one statement where that is sound: all of their
// versions are affected, so that no list can take away what the other says, and the default
// does not say affected, so that a fix closes no more than its own branch.
func join(entries []entry) []entry {
	joined := entries[:0:0]
	places := map[key]int{}
	for i := range entries {
		e := &entries[i]
		if !e.named || e.statement.Default == advisory.DefaultAffected || !onlyAffected(e.statement.Spans) {
			joined = append(joined, *e)
			continue
		}
		k := key{
			names:    fold(e.product.Vendor) + "\x00" + fold(e.product.Name),
			packaged: e.packaged, narrowed: e.narrowed, standard: e.statement.Default, commits: e.commits,
		}
		at, ok := places[k]
		if !ok {
			places[k] = len(joined)
			joined = append(joined, *e)
			continue
		}
		first := &joined[at]
		first.statement.Spans = append(first.statement.Spans, e.statement.Spans...)
		first.product.PURLs = append(first.product.PURLs, e.product.PURLs...)
		first.product.CPEs = append(first.product.CPEs, e.product.CPEs...)
	}
	for i := range joined {
		joined[i].product.PURLs = unique(joined[i].product.PURLs)
		joined[i].product.CPEs = unique(joined[i].product.CPEs)
	}
	return joined
}

func onlyAffected(spans []advisory.Span) bool {
	for i := range spans {
		if spans[i].Status != advisory.Affected {
			return false
		}
	}
	return len(spans) > 0
}

func fold(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// unique drops what occurred before.
func unique(list []string) []string {
	if len(list) < 2 {
		return list
	}
	seen := make(map[string]bool, len(list))
	kept := list[:0]
	for _, text := range list {
		if !seen[text] {
			seen[text] = true
			kept = append(kept, text)
		}
	}
	return kept
}
