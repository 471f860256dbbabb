package advisory

import (
	"cmp"
	"errors"
	"slices"
	"strings"
)

// changes adds the status changes inside span i, whose piece is p (rule 4 of Resolve). A
// change runs to the next one when that says something else (a version that is affected
// again), and else to the end of its own sub-branch: 12.1.7-h8 inside "< 12.1.10-h2" says
// nothing about 12.1.8 (CVE-2025-0109). The last change runs to the end of the span.
func (r *resolver) changes(i int, p piece) {
	s := &r.spans[i]
	type point struct {
		bound
		status Status
	}
	var points []point
	for j := range s.Changes {
		c := &s.Changes[j]
		at, err := r.read(c.At)
		if err == nil && at.low == at.line { // as a bound it is none, see bounded
			err = errors.New("it is the label of all versions")
		}
		if err != nil || at.line != p.line {
			r.hide(c.Status)
			r.problem(c.Pos, "bound-unread", "the change at %q cannot be placed: %v", c.At, err)
			continue
		}
		if at.low < p.low { // the range begins above it (CVE-2024-7263)
			r.hide(c.Status)
			r.hide(s.Status) // the range begins elsewhere, then
			r.problem(c.Pos, "change-outside", "the change at %q lies below the range from %s", c.At, p.lowText)
			continue
		}
		if at.low < p.high || p.noHigh { // at the bound, the bound itself speaks
			points = append(points, point{at, c.Status})
		}
	}
	slices.SortStableFunc(points, func(a, b point) int { return strings.Compare(a.low, b.low) })
	if !p.noHigh {
		points = append(points, point{bound{text: p.highText, line: p.line, low: p.high}, NotAffected})
	}
	for k := range points {
		c := &points[k]
		if k == len(points)-1 && !p.noHigh {
			break // the bound
		}
		out := Outcome{Status: c.status, Span: i, Rule: "status change at " + c.text}
		if c.status == NotAffected && s.Status == Affected {
			out.Status = Fixed
		}
		q := piece{line: p.line, low: c.low, lowText: c.text, high: p.high, highText: p.highText, highClose: p.highClose,
			noHigh: p.noHigh, order: 2 * i, out: out}
		if k+1 < len(points) {
			next := &points[k+1]
			if p.highClose && !strings.HasSuffix(p.highText, "*") && k+1 == len(points)-1 && c.status != s.Status {
				// "through 2.22" and "fixed in 2.3" (CVE-2024-35673): only on another branch both hold.
				if end, ok := r.subBranch(c.text, next.low); ok && end < next.low {
					q.high, q.highText, q.highClose = end, nextBranch, false
				} else {
					q.out = Outcome{Status: Unknown, Reason: Conflict, Span: i, Possible: SetOf(s.Status, out.Status),
						Rule: "the range is said to go on above a status change"}
					r.problem(s.Pos, "change-outside", "the change at %s lies below the inclusive bound %s", c.text, p.highText)
				}
			} else if next.status != c.status {
				q.high, q.highText, q.highClose, q.noHigh = next.low, next.text, false, false
			} else if end, ok := r.subBranch(c.text, next.low); ok && end < next.low {
				q.high, q.highText, q.highClose, q.noHigh = end, nextBranch, false, false
			}
		}
		if q.low < q.high {
			r.pieces = append(r.pieces, q)
		}
	}
}

// changesOfAll adds the status changes of a span that names all versions, on the lines of
// the changes.
func (r *resolver) changesOfAll(i int, out Outcome) {
	s := &r.spans[i]
	lines := map[string]bool{}
	for j := range s.Changes {
		at, err := r.read(s.Changes[j].At)
		if err != nil {
			r.hide(s.Changes[j].Status)
			r.problem(s.Changes[j].Pos, "bound-unread", "the change at %q cannot be placed: %v", s.Changes[j].At, err)
			continue
		}
		lines[at.line] = true
	}
	if len(lines) == 1 {
		for line := range lines {
			r.changes(i, piece{line: line, low: line, high: line + endOfLine, noLow: true, noHigh: true, order: 2*i + 1, out: out})
		}
		return
	}
	for j := range s.Changes {
		r.hide(s.Changes[j].Status)
	}
	if len(lines) > 1 {
		r.problem(s.Pos, "bounds-mixed", "the changes lie on different lines")
	}
}

// fixPoints closes sub-branches (rule 4 of Resolve). Affected pieces with one lower bound
// are one branch each, named by their upper bounds: of "< 8.0 U1e" and "< 8.0 U2d" the
// first closes U1, the second everything above. Where the publisher gave no default, and so
// has to be read by the sense, a piece that lies wholly inside another one is a branch too:
// it would say nothing if its upper bound were not a fix (CVE-2021-34453).
func (r *resolver) fixPoints() {
	var group, fixes []piece
	for _, p := range r.pieces {
		if p.out.Status == Affected && p.highText != "" && !p.noHigh && p.low != p.high && !isPoint(&p) {
			group = append(group, p)
		}
	}
	slices.SortStableFunc(group, func(a, b piece) int {
		return cmp.Or(strings.Compare(a.line, b.line), strings.Compare(a.high, b.high))
	})
	lows := slices.Clone(group)
	slices.SortStableFunc(lows, func(a, b piece) int {
		return cmp.Or(strings.Compare(a.line, b.line), strings.Compare(a.low, b.low))
	})
	for k := range group {
		p := &group[k]
		next := wider(p, group[k+1:], r.statement.Default == DefaultUndeclared)
		if next == nil {
			continue
		}
		fix := piece{line: p.line, low: p.high, lowText: p.highText, lowOpen: p.highClose, order: -1,
			out: Outcome{Status: Fixed, Span: p.out.Span, Rule: "fix of its own branch"}}
		if end, ok := r.subBranch(p.highText, next.high); ok {
			fix.high, fix.highText = min(end, next.high), nextBranch
		} else if p.highClose || p.low != next.low {
			continue // the wider range holds what lies between: "up to" names no fix
		} else {
			fix.high, fix.highText, fix.highClose = next.high, next.highText, next.highClose
			fix.out = Outcome{Status: Unknown, Reason: AmbiguousBranch, Span: p.out.Span,
				Possible: SetOf(Affected, Fixed), Rule: "two bounds on one branch"}
		}
		// A range that starts inside is affected again, whatever the fix closes.
		again, _ := slices.BinarySearchFunc(lows, fix.low, func(g piece, low string) int {
			return cmp.Or(strings.Compare(g.line, fix.line), strings.Compare(g.low, low))
		})
		if again < len(lows) && lows[again].line == fix.line && lows[again].low < fix.high {
			fix.high, fix.highText, fix.highClose = lows[again].low, lows[again].lowText, false
		}
		if fix.low < fix.high {
			fixes = append(fixes, fix)
		}
	}
	r.aboveFixes(fixes)
	r.pieces = append(r.pieces, fixes...)
}

// aboveFixes lets a version that is named on its own speak above the fix of its branch: "2.1.0.0"
// beside "up to 2.0.0.3" and "up to 22.10" (CVE-2024-3951).
func (r *resolver) aboveFixes(fixes []piece) {
	if len(fixes) == 0 {
		return
	}
	starts := make([]string, len(fixes))
	for i := range fixes {
		starts[i] = fixes[i].low
	}
	slices.Sort(starts)
	ends := make(map[string]string, len(fixes)) // the farthest end of the fixes up to a start
	for i := range fixes {
		ends[fixes[i].low] = max(ends[fixes[i].low], fixes[i].high)
	}
	for i := 1; i < len(starts); i++ {
		ends[starts[i]] = max(ends[starts[i]], ends[starts[i-1]])
	}
	first := 2*len(r.spans) + 2 // more than any order
	for i := range r.pieces {
		p := &r.pieces[i]
		if p.out.Status != Affected && p.out.Status != Unknown || !isPoint(p) || strings.HasSuffix(p.lowText, "*") {
			continue
		}
		at, exact := slices.BinarySearch(starts, p.low)
		if !exact {
			at--
		}
		if at >= 0 && p.low < ends[starts[at]] {
			p.order -= first
		}
	}
}

// wider returns the first of the pieces that begins where p does, or with inside also
// below it, and goes on above it. Only a few are looked at, so that the cost stays linear.
func wider(p *piece, above []piece, inside bool) *piece {
	for i := range above[:min(len(above), 64)] {
		q := &above[i]
		if q.line != p.line {
			return nil
		}
		if q.high > p.high && (q.low == p.low || inside && q.low < p.low && !p.highClose) {
			return q
		}
	}
	return nil
}

// subBranch returns the end of the smallest branch of point that still is wider than the
// version itself, and does not hold the key other. There is none when the two differ only
// in the last component of point.
func (r *resolver) subBranch(point, other string) (end string, ok bool) {
	canonical, _ := r.Entry.Version(clean(point))
	whole, err := r.branch(canonical, 0)
	if err != nil {
		return "", false
	}
	for depth := 1; depth <= 20; depth++ {
		b, err := r.branch(canonical, depth)
		if err != nil || b == whole {
			return "", false
		}
		if other < b.low || other >= b.high {
			return b.high, true
		}
	}
	return "", false
}

// parentBranch returns the end of the branch that a version lies on: all of its components
// but the last.
func (r *resolver) parentBranch(point string) (end string, ok bool) {
	canonical, _ := r.Entry.Version(clean(point))
	whole, err := r.branch(canonical, 0)
	for depth := 1; err == nil && depth <= 20; depth++ {
		var b bound
		if b, err = r.branch(canonical, depth); b == whole {
			return end, end != ""
		}
		end = b.high
	}
	return "", false
}

// isPoint tells whether a piece is one version.
func isPoint(p *piece) bool { return p.lowText != "" && p.lowText == p.highText && p.highClose }
