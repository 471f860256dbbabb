package cve

import (
	"fmt"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/purl/cpe"
)

// applicability reads `cpeApplicability` (schema 5.1.1), which has the form of the
// configurations of the NVD. Alternatives become entries of their own. A configuration
// that asks for something beside the product is kept as a condition in words, and one that
// is negated makes its products Unknown.
func (r *reader) applicability(list jsonpos.Value) []entry {
	var entries []entry
	for config := range list.Elements(&r.errs) {
		before := r.errs.Count()
		nodes := config.Get("nodes")
		all := r.operator(config.Object(&r.errs)) == "AND" && nodes.Len() > 1
		negated := config.Get("negate").Bool(&r.errs)
		if nodes.Kind() != jsonpos.Array {
			r.errs.Add(config, errCondition, "a configuration without nodes")
			entries = append(entries, unread(r.opt.Pos(config)))
		}
		for node := range nodes.Elements(&r.errs) {
			matches := node.Get("cpeMatch")
			together := r.operator(node.Object(&r.errs)) == "AND" && matches.Len() > 1 || all
			unknown := node.Get("negate").Bool(&r.errs) || negated || r.errs.Count() > before
			limit := advisory.Condition{}
			if matches.Kind() != jsonpos.Array {
				r.errs.Add(node, errCondition, "a node without names")
				entries = append(entries, unread(r.opt.Pos(node)))
			}
			switch {
			case unknown:
				r.errs.Add(node, errCondition, "what is negated or not readable leaves the products unknown")
			case together:
				r.errs.Add(config, errCondition, "the products are affected together with others only")
				limit = advisory.Condition{Op: advisory.OpText, Text: "the configuration holds: " + describe(config), Pointer: config.Pointer()}
			}
			entries = r.matches(entries, matches, limit, unknown)
			if !unknown {
				before = r.errs.Count() // what is wrong with a name concerns no other node
			}
		}
	}
	return entries
}

// matches adds the products of one node.
func (r *reader) matches(entries []entry, list jsonpos.Value, limit advisory.Condition, unknown bool) []entry {
	for v := range list.Elements(&r.errs) {
		if !r.room() {
			return nil
		}
		if e, ok := r.match(v, unknown); ok {
			e.statement.Where = limit
			e.narrowed += "\x00" + limit.Pointer
			entries = append(entries, e)
		}
	}
	return entries
}

// operator returns AND or OR, the default.
func (r *reader) operator(v jsonpos.Value) string {
	switch word := v.Get("operator").Text(&r.errs); word {
	case "", "OR":
		return "OR"
	case "AND":
		return word
	default:
		r.errs.Add(v.Get("operator"), errBadWord, fmt.Sprintf("%.40q is no operator", word))
		return "AND" // the narrower reading stays a condition, and so Unknown
	}
}

// describe names what a configuration asks for.
func describe(config jsonpos.Value) string {
	const most = 8
	var names []string
	for node := range config.Get("nodes").Elements(nil) {
		for match := range node.Get("cpeMatch").Elements(nil) {
			if len(names) == most {
				return strings.Join(names, ", ") + " ..."
			}
			names = append(names, match.Get("criteria").Text(nil))
		}
	}
	return strings.Join(names, ", ")
}

// match reads one name with its versions. It is not ok when the product only has to be
// there.
func (r *reader) match(v jsonpos.Value, unknown bool) (e entry, ok bool) {
	at := r.opt.Pos(v)
	before := r.errs.Count()
	vulnerable := v.Object(&r.errs).Get("vulnerable")
	if !vulnerable.Bool(&r.errs) && vulnerable.Kind() == jsonpos.Bool {
		return e, false
	}
	criteria := r.text(v.Get("criteria"))
	name, _, err := cpe.ParseLenient(criteria)
	if err != nil {
		r.errs.Add(v, errBadName, err.Error())
		return unread(at), true
	}
	e = entry{named: true}
	for a := cpe.Edition; a <= cpe.Other; a++ {
		e.narrowed += name.Value(a).String() + ":"
	}
	e.product = advisory.Product{Vendor: name.Text(cpe.Vendor), Name: name.Text(cpe.Product), CPEs: []string{criteria}, Pos: at}
	span := r.matchSpan(v, name)
	span.Pos, span.Status = at, advisory.Affected
	if unknown || r.errs.Count() > before {
		span = advisory.Span{Version: noVersion, Pos: at}
	}
	e.statement = advisory.Statement{Default: advisory.DefaultUndeclared, Spans: []advisory.Span{span}, Pos: at}
	return e, true
}

// matchSpan reads the versions of a name: its bounds, else the version in the name itself. A
// range that does not hold its lower bound has no form of its own, and is a text.
func (r *reader) matchSpan(v jsonpos.Value, name cpe.Name) advisory.Span {
	above := r.text(v.Get("versionStartExcluding"))
	s := advisory.Span{
		From:    r.text(v.Get("versionStartIncluding")),
		Before:  r.text(v.Get("versionEndExcluding")),
		Through: r.text(v.Get("versionEndIncluding")),
	}
	if s.Before != "" && s.Through != "" {
		r.errs.Add(v, errTwoBounds, "versionEndExcluding and versionEndIncluding exclude each other")
	}
	switch {
	case above != "":
		s = advisory.Span{Version: "> " + above + prefixed(", < ", s.Before) + prefixed(", <= ", s.Through)}
	case s.IsRange():
		s.Bounded = true
	case name.Value(cpe.Version).IsAny():
		s.Version = "*"
	case name.Value(cpe.Version).IsNA():
		s.Version = "-"
	default:
		s.Version = name.Text(cpe.Version)
		if update := name.Value(cpe.Update); !update.IsAny() && !update.IsNA() {
			s.Version += " " + update.Text()
		}
	}
	return s
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}
