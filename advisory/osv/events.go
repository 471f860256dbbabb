package osv

import (
	"bytes"
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/purl/vers"
)

// An event is one member of an element of `events`.
type event struct {
	kind eventKind
	text string
	at   advisory.Pos
	key  []byte // empty for the beginning of all versions
}

type eventKind uint8

const (
	introduced eventKind = iota
	fixed
	lastAffected
	limit
)

// eventNames are the members of an event, in the order in which two of one object count.
var eventNames = []string{"introduced", "fixed", "last_affected", "limit"}

// beginning is the version of `introduced` that comes before every other (schema, events).
const beginning = "0"

// events reads the events of a range.
func (r *reader) events(rng jsonpos.Value) []event {
	var events []event
	begins := false
	for v := range rng.Get("events").Elements(&r.errs) {
		if !r.room() {
			return nil
		}
		members := 0
		for name, value := range v.Members(&r.errs) {
			kind := slices.Index(eventNames, name)
			if kind < 0 {
				continue
			}
			members++
			begins = begins || eventKind(kind) == introduced
			text := strings.TrimSpace(value.Text(&r.errs))
			if text == "" {
				r.errs.Add(value, errNoVersion, "an event needs a version")
				continue
			}
			if eventKind(kind) == limit && text == "*" {
				continue // the default: no limit
			}
			events = append(events, event{kind: eventKind(kind), text: text, at: r.opt.Pos(v)})
		}
		if members == 0 {
			r.errs.Add(v, errBadEvent, "none of introduced, fixed, last_affected and limit")
		}
	}
	if !begins {
		r.errs.Add(rng, errBadEvent, "a range in which nothing is introduced")
	}
	return events
}

// spans pairs the events of a range of versions: what is introduced, with what ends it. They
// are paired as they stand when they alternate and the scheme, where it is known, has the
// same order; else they are sorted first, as the schema wants it.
func (r *reader) spans(rng jsonpos.Value, events []event, scheme vers.Scheme, hint string) []advisory.Span {
	regular := alternate(events)
	if !regular || len(events) > 2 {
		switch {
		case appendKeys(events, scheme):
			if !slices.IsSortedFunc(events, byKey) {
				slices.SortStableFunc(events, byKey)
				r.notes.Add(rng, errUnsorted, "sorted by the versions")
			}
		case !regular:
			r.errs.Add(rng, errUnsorted, "they can be paired in order only, and no scheme reads them all")
			return nil
		}
	}
	lastLimit := len(events)
	for i := range events {
		if events[i].kind == limit {
			lastLimit = i
		}
	}
	var spans []advisory.Span
	open, ended := -1, false
	for i := range events[:min(lastLimit+1, len(events))] {
		e := &events[i]
		switch {
		case e.kind == limit && i < lastLimit: // before one of the limits is enough
		case e.kind == introduced && open < 0:
			open = i
		case e.kind == introduced, ended && open < 0 && e.kind != limit:
			r.notes.Add(rng, errDuplicate, "nothing changes at "+e.text)
		case open >= 0:
			spans = append(spans, r.span(rng, &events[open], e, hint))
			open, ended = -1, true
		case e.kind != limit:
			r.errs.Add(rng, errBadEvent, e.text+" ends what was not introduced below it")
		}
	}
	if open >= 0 {
		spans = append(spans, r.span(rng, &events[open], nil, hint))
	}
	return spans
}

// span is a stretch from where it was introduced to the event that ends it, nil for none. One
// that ends where it begins holds nothing by the letter; whoever wrote it meant that
// version somehow, so it is Unknown and its neighbors are not.
func (r *reader) span(rng jsonpos.Value, from, to *event, hint string) advisory.Span {
	s := advisory.Span{From: from.text, Bounded: true, Hint: hint, Status: advisory.Affected, Pos: from.at}
	switch {
	case to == nil:
	case to.kind == lastAffected:
		s.Through = to.text
	case to.text == from.text:
		r.notes.Add(rng, errEmptyRange, "introduced and ended at "+to.text)
		return advisory.Span{Version: to.text, Hint: advisory.HintExact, Status: advisory.Unknown, Pos: from.at}
	default:
		s.Before = to.text
	}
	return s
}

// alternate tells whether the events are pairs of what is introduced and what ends it.
func alternate(events []event) bool {
	for i := range events {
		if (events[i].kind == introduced) != (i%2 == 0) || events[i].kind == limit {
			return false
		}
	}
	return true
}

// appendKeys gives the events their keys. It is false when they cannot be compared: there is
// no scheme, it cannot read one of them, or they lie on several lines.
func appendKeys(events []event, scheme vers.Scheme) bool {
	if scheme == nil {
		return false
	}
	var line []byte
	for i := range events {
		e := &events[i]
		if e.kind == introduced && e.text == beginning {
			continue
		}
		key, n, err := vers.Builtin().AppendKey(nil, scheme, e.text)
		if err != nil || line != nil && !bytes.Equal(line, key[:n]) {
			return false
		}
		e.key, line = key, key[:n:n]
	}
	return true
}

func byKey(a, b event) int { return bytes.Compare(a.key, b.key) }

// commits returns the spans of a GIT range: the named commits, and the stretch between them as
// words, since commits have no order of their own. What is affected comes first, as the
// first word about a commit counts.
func (r *reader) commits(events []event) []advisory.Span {
	var spans []advisory.Span
	for _, affected := range [...]bool{true, false} {
		for i := range events {
			e := &events[i]
			if (e.kind == introduced || e.kind == lastAffected) != affected {
				continue
			}
			s := advisory.Span{Version: e.text, Hint: hintGit, Status: commitStatus[e.kind], Pos: e.at}
			if e.text == beginning {
				s = advisory.Span{From: beginning, Bounded: true, Hint: hintGit, Status: advisory.Affected, Pos: e.at}
			}
			spans = append(spans, s)
		}
	}
	return spans
}

// commitStatus is what an event says about its own commit. A limit is not affected by the
// range that it limits, and may be by another one.
var commitStatus = [...]advisory.Status{
	introduced: advisory.Affected, fixed: advisory.Fixed, lastAffected: advisory.Affected, limit: advisory.Unknown,
}
