package advisory

import (
	"cmp"
	"slices"
	"strings"
)

// openRanges reads ranges without an upper bound that say opposite things as points from
// which a status holds: ">= 8.0.0 affected, >= 8.3.3 unaffected, >= 8.4.0 affected" of
// CVE-2023-22515. Read to the letter the second would never speak. A point that is not
// affected closes its own sub-branch when the next one says the same (fix lists).
func (r *resolver) openRanges() {
	isOpen := func(p piece) bool { return p.noHigh && !p.noLow && p.out.If == "" && p.out.Status != Unknown }
	var points []piece
	for _, p := range r.pieces {
		if isOpen(p) {
			points = append(points, p)
		}
	}
	slices.SortStableFunc(points, func(a, b piece) int {
		return cmp.Or(strings.Compare(a.line, b.line), strings.Compare(a.low, b.low))
	})
	mixed := false
	for i := 1; i < len(points); i++ {
		mixed = mixed || points[i].line == points[i-1].line && points[i].out.Status != points[i-1].out.Status &&
			points[i].low != points[i-1].low
	}
	if !mixed {
		return
	}
	r.pieces = slices.DeleteFunc(r.pieces, isOpen)
	var base *piece // the affected range that speaks again behind a closed sub-branch
	for i := range points {
		p := points[i]
		if i == 0 || points[i-1].line != p.line {
			base = nil
		}
		if p.out.Status == Affected {
			base = &points[i]
		} else if base != nil {
			p.out.Status = Fixed
		}
		if i+1 < len(points) && points[i+1].line == p.line {
			next := &points[i+1]
			p.high, p.highText, p.noHigh = next.low, next.lowText, false
			if base != nil && p.out.Status == Fixed && next.out.Status != Affected {
				if end, ok := r.subBranch(p.lowText, next.low); ok && end < next.low {
					again := *base
					again.low, again.lowText = end, nextBranch
					again.high, again.highText, again.noHigh = next.low, next.lowText, false
					r.pieces = append(r.pieces, again)
					p.high, p.highText = end, nextBranch
				}
			}
		}
		if p.low < p.high {
			r.pieces = append(r.pieces, p)
		}
	}
}

// joinHalves joins a range whose two bounds stand in two spans, one behind the other:
// "8.6.0 to unspecified" and "unspecified to 8.13.11" of CVE-2021-41310, as the conversion
// from the older record format left them.
func joinHalves(spans []Span) []Span {
	joined := spans
	for i := 0; i+1 < len(joined); i++ {
		a, b := &joined[i], &joined[i+1]
		if a.Status != b.Status || !isUnspecified(a.Before) || !hasDigit(a.From) || isZero(clean(a.From)) ||
			!isUnspecified(b.From) || !hasDigit(b.Before+b.Through) || len(a.Changes)+len(b.Changes) > 0 {
			continue
		}
		if &joined[0] == &spans[0] {
			joined = slices.Clone(spans)
			a, b = &joined[i], &joined[i+1]
		}
		a.Before, a.Through = b.Before, b.Through
		joined[i+1] = Span{Status: a.Status, Bounded: true, Pos: b.Pos, Hint: joinedHint}
	}
	return joined
}

// joinedHint marks a span whose bounds were joined to the one before.
const joinedHint = "\x00joined"

func isUnspecified(text string) bool { return strings.EqualFold(clean(text), "unspecified") }
