package advisory

import (
	"cmp"
	"slices"
	"strings"
)

// In a statement that is silent about other versions (CSAF, VEX) every span speaks for itself:
// the end of one says nothing about what follows, and none comes before another. Versions to
// which spans give different statuses are therefore a conflict, as when a build is fixed and
// lies inside an affected range (CSAF 2.1 tests 6.1.6 and 6.2.50).

// silent tells whether the spans of the statement speak for themselves.
func (r *resolver) silent() bool { return r.statement.Default == DefaultSilent }

// Orders of pieces beside those of spans, which are zero and more.
const (
	orderConflict = -1 << 30 // before all spans
	orderVague    = 1 << 28  // added to a span that limits itself: a plain one says it better
	orderInferred = 1 << 30  // behind all spans
)

// contradiction is the answer where spans give the statuses of a set.
func contradiction(span int, possible StatusSet) Outcome {
	if possible.Has(Unknown) {
		possible = possible&^(1<<Unknown) | SetOf(Affected, NotAffected, Fixed)
	}
	return Outcome{Status: Unknown, Reason: Conflict, Possible: possible, Span: span,
		Rule: "spans of one statement contradict each other"}
}

// conflicts adds a piece wherever spans of different status overlap, and lets plain spans come
// before those that a condition limits.
func (r *resolver) conflicts() {
	for i := range r.spans {
		if len(r.spans[i].Changes) > 0 {
			return // such spans have an order of their own
		}
	}
	for i := range r.pieces {
		if out := &r.pieces[i].out; out.If != "" || out.Status == Unknown {
			r.pieces[i].order += orderVague
		}
	}
	var unions [statusCount][]piece
	for s := range unions {
		unions[s] = r.union(Status(s))
	}
	for s := statusCount - 1; s > 0; s-- {
		for other := s - 1; other >= 0; other-- {
			r.overlap(unions[s], unions[other], SetOf(Status(s), Status(other)))
		}
	}
	if r.everything != nil {
		r.conflictsWithAll(unions[:])
	}
}

// union returns what the spans of a status name, as sorted and disjoint pieces.
func (r *resolver) union(s Status) []piece {
	var list []piece
	for i := range r.pieces {
		if r.spans[r.pieces[i].out.Span].Status == s {
			list = append(list, r.pieces[i])
		}
	}
	slices.SortStableFunc(list, func(a, b piece) int { return cmp.Compare(a.low, b.low) })
	merged := list[:0]
	for _, p := range list {
		if n := len(merged); n > 0 && p.low <= merged[n-1].high && p.line == merged[n-1].line {
			if last := &merged[n-1]; p.high > last.high {
				last.high, last.highText, last.highClose, last.noHigh = p.high, p.highText, p.highClose, p.noHigh
			}
			continue
		}
		merged = append(merged, p)
	}
	return merged
}

// overlap adds the versions that both lists hold.
func (r *resolver) overlap(a, b []piece, statuses StatusSet) {
	for len(a) > 0 && len(b) > 0 {
		p, q := &a[0], &b[0]
		both := *p
		if q.low > p.low {
			both.low, both.lowText, both.lowOpen, both.noLow = q.low, q.lowText, q.lowOpen, q.noLow
		}
		if q.high < p.high {
			both.high, both.highText, both.highClose, both.noHigh = q.high, q.highText, q.highClose, q.noHigh
		}
		if both.low < both.high {
			both.order, both.out = orderConflict, contradiction(p.out.Span, statuses)
			r.pieces = append(r.pieces, both)
		}
		if p.high < q.high {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
}

// conflictsWithAll does the same for spans that name all versions.
func (r *resolver) conflictsWithAll(unions [][]piece) {
	statuses := SetOf(r.spans[r.everything.Span].Status)
	for _, out := range r.alls {
		statuses = statuses.With(r.spans[out.Span].Status)
	}
	if statuses.Len() > 1 {
		*r.everything, r.everyOrder = contradiction(r.everything.Span, statuses), orderConflict
		r.texts = nil
		return
	}
	for s, list := range unions {
		if statuses.Has(Status(s)) {
			continue
		}
		for _, p := range list {
			p.order, p.out = orderConflict, contradiction(p.out.Span, statuses.With(Status(s)))
			r.pieces = append(r.pieces, p)
		}
	}
	for text, n := range r.texts {
		if !statuses.Has(n.status) && n.reason == NoReason {
			n.possible, n.status, n.reason = statuses.With(n.status), Unknown, Conflict
			r.texts[text] = n
		}
	}
}

// infer adds what follows from fix points when the caller asks for it: on its line, what is
// older than a fixed version, or than the last affected one, is affected. The end of the line
// of releases that a fix belongs to is not known (CSAF names no trains), so this is no
// statement of the publisher.
func (r *resolver) infer() {
	highest := map[string]piece{}
	for _, p := range r.pieces {
		if p.out.Span < 0 || p.noLow {
			continue
		}
		s := &r.spans[p.out.Span]
		if s.Status != Fixed && !strings.EqualFold(s.Word, lastAffected) {
			continue
		}
		if best, ok := highest[p.line]; !ok || p.low > best.low {
			highest[p.line] = p
		}
	}
	for line, p := range highest {
		out := Outcome{Status: Affected, Inferred: true, Span: p.out.Span, Rule: "older than a version that is fixed or the last affected one"}
		if p.low > line {
			r.pieces = append(r.pieces, piece{line: line, low: line, high: p.low, highText: p.lowText, highClose: p.lowOpen,
				noLow: true, order: orderInferred, out: out})
		}
	}
}

// lastAffected is the word of CSAF for the last affected version of a line of releases.
const lastAffected = "last_affected"
