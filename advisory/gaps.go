package advisory

import (
	"cmp"
	"slices"
	"strings"
)

// nextBranch stands where a bound is the end of a branch, which no publisher wrote.
const nextBranch = "the next branch"

// paint turns pieces that may overlap into disjoint segments: everywhere the piece of the
// smallest order counts (rule 3 of Resolve). It is a sweep over the ends of the pieces.
func (r *resolver) paint() {
	if r.everything != nil {
		for _, line := range r.lineParts() {
			r.pieces = append(r.pieces, piece{line: line, low: line, high: line + endOfLine, noLow: true, noHigh: true,
				order: r.everyOrder, out: *r.everything})
		}
	}
	starts := r.pieces
	slices.SortStableFunc(starts, func(a, b piece) int { return cmp.Compare(a.low, b.low) })
	ends := make([]string, 0, 2*len(starts))
	for i := range starts {
		ends = append(ends, starts[i].low, starts[i].high)
	}
	slices.Sort(ends)
	ends = slices.Compact(ends)
	var active heap
	for i := 0; i+1 < len(ends); i++ {
		for len(starts) > 0 && starts[0].low == ends[i] {
			active.push(&starts[0])
			starts = starts[1:]
		}
		for len(active) > 0 && active[0].high <= ends[i] {
			active.pop()
		}
		if len(active) > 0 {
			r.segment(active[0], ends[i], ends[i+1])
		}
	}
	r.nameBounds()
}

// segment adds the stretch [low, high) of a piece, joined with the one before when both
// are of the same piece.
func (r *resolver) segment(p *piece, low, high string) {
	if n := len(r.Segments); n > 0 {
		last := &r.Segments[n-1]
		if last.High == low && last.Span == p.out.Span && last.Outcome == p.out && last.HighText == "" {
			last.High = high
			if high == p.high && !p.noHigh {
				last.HighText, last.HighClosed = p.highText, p.highClose
			}
			return
		}
	}
	s := Segment{Low: low, High: high, Outcome: p.out}
	if low == p.low && !p.noLow {
		s.LowText, s.LowOpen = p.lowText, p.lowOpen
	}
	if high == p.high && !p.noHigh {
		s.HighText, s.HighClosed = p.highText, p.highClose
	}
	r.Segments = append(r.Segments, s)
}

// nameBounds names the bounds of segments that were cut by a neighbor.
func (r *resolver) nameBounds() {
	for i := 1; i < len(r.Segments); i++ {
		a, b := &r.Segments[i-1], &r.Segments[i]
		if a.High != b.Low {
			continue
		}
		if a.HighText == "" {
			a.HighText, a.HighClosed = b.LowText, b.LowOpen
		}
		if b.LowText == "" {
			b.LowText, b.LowOpen = a.HighText, a.HighClosed
		}
	}
}

// lineParts returns the lines that pieces name.
func (r *resolver) lineParts() []string {
	var lines []string
	for i := range r.pieces {
		lines = append(lines, r.pieces[i].line)
	}
	slices.Sort(lines)
	return slices.Compact(lines)
}

// fillGaps answers for the versions that no span names (rule 5 of Resolve).
func (r *resolver) fillGaps() {
	r.Other = r.defaultOutcome()
	if r.everything != nil {
		r.Other = *r.everything
	} else if r.oneModel && r.Other.Status == NotAffected {
		r.Other = Outcome{Status: Unknown, Reason: OtherLine, Possible: SetOf(Affected, NotAffected, Fixed), Span: -1,
			Rule: "the statement names the firmware of other models only"}
	} else if len(r.Segments) == 0 && len(r.spans) == 0 && r.statement.Default == DefaultUndeclared {
		r.Other = Outcome{Status: Unknown, Reason: NoData, Span: -1, Rule: "the statement names no version"}
	}
	if len(r.Segments) == 0 {
		return
	}
	var filled []Segment
	for i := range r.Segments {
		s := r.Segments[i]
		line := s.Low[:strings.IndexByte(s.Low, 0)+1]
		if i == 0 || !strings.HasPrefix(r.Segments[i-1].Low, line) { // first of its line
			if s.Low != line {
				filled = append(filled, r.below(line, &s))
			}
		}
		filled = append(filled, s)
		end, next := line+endOfLine, (*Segment)(nil)
		if i+1 < len(r.Segments) && strings.HasPrefix(r.Segments[i+1].Low, line) {
			next = &r.Segments[i+1]
			end = next.Low
		}
		if s.High < end {
			filled = r.above(filled, &s, next, end)
		}
	}
	r.Segments = filled
}

// below is the stretch in front of the first segment of a line.
func (r *resolver) below(line string, first *Segment) Segment {
	return Segment{Low: line, High: first.Low, HighText: first.LowText, HighClosed: first.LowOpen, Outcome: r.defaultOutcome()}
}

// above adds what lies between a segment and the next one, or the end of the line. Behind
// the upper bound of an affected range the bound speaks as far as it reaches, and the
// default from there on.
func (r *resolver) above(filled []Segment, s, next *Segment, end string) []Segment {
	gap := Segment{Low: s.High, LowText: s.HighText, LowOpen: s.HighClosed, High: end, Outcome: r.defaultOutcome()}
	if next != nil {
		gap.HighText, gap.HighClosed = next.LowText, next.LowOpen
	}
	listed := s.LowText == s.HighText && s.HighClosed // one version, not a range
	bounded := s.Status == Affected || s.Reason == AmbiguousBranch || s.isDoubt()
	// Above all that is listed the last upper bound speaks too: "< 2.23.4" and "2.24.0"
	// (CVE-2024-23819).
	listed = listed && !(next == nil && r.boundedBelow(s)) && !s.isDoubt()
	if !bounded || s.HighText == "" || listed {
		if rest, ok := r.restOfBranch(s, next, gap); ok {
			filled = append(filled, rest)
			if gap.Low, gap.LowText, gap.LowOpen = rest.High, nextBranch, false; gap.Low >= gap.High {
				return filled
			}
		}
		return append(filled, gap)
	}
	after, reach := r.behind(s, next, end)
	switch {
	case reach <= gap.Low:
		return append(filled, gap)
	case reach >= end:
		gap.Outcome = after
		return append(filled, gap)
	}
	own := gap
	own.High, own.HighText, own.HighClosed, own.Outcome = reach, nextBranch, false, after
	gap.Low, gap.LowText, gap.LowOpen = reach, nextBranch, false
	if gap.Reason == NotListed {
		gap.Reason = OtherLine
	}
	return append(filled, own, gap)
}

// restOfBranch is what a listed version leaves of its branch, where the default clears it: "8.5"
// may be one version, as the schema has it, or all that begin with it, as IBM lists them
// (CVE-2024-22354). A list that names others of the branch as well means one version.
func (r *resolver) restOfBranch(s, next *Segment, gap Segment) (rest Segment, ok bool) {
	if s.Status != Affected || s.LowText != s.HighText || !s.HighClosed || gap.Status != NotAffected || !r.vendorScheme() {
		return rest, false
	}
	if n := countNumbers(s.LowText); n == 0 || n > maxBranchNumbers {
		return rest, false
	}
	b, err := r.branch(s.LowText, 0)
	if err != nil || b.low > s.Low || b.high <= s.High || next != nil && next.Low < b.high {
		return rest, false
	}
	rest = gap
	rest.High = min(b.high, gap.High)
	if rest.High < gap.High {
		rest.HighText, rest.HighClosed = nextBranch, false
	}
	rest.Outcome = Outcome{Status: Unknown, Reason: AmbiguousBranch, Possible: SetOf(Affected, NotAffected), Span: s.Span,
		Rule: "the version that is named may stand for its branch"}
	return rest, true
}

// maxBranchNumbers is how many numbers a listed version has at most that may stand for a branch.
const maxBranchNumbers = 2

// boundedBelow tells whether an affected range with an upper bound lies below a segment on
// its line.
func (r *resolver) boundedBelow(s *Segment) bool {
	line := s.Low[:strings.IndexByte(s.Low, 0)+1]
	for i := range r.Segments {
		b := &r.Segments[i]
		if strings.HasPrefix(b.Low, line) && b.High <= s.Low && b.Status == Affected && b.HighText != "" &&
			!(b.LowText == b.HighText && b.HighClosed) {
			return true
		}
	}
	return false
}

// behind returns what an upper bound says about the versions behind it, and the key up to
// which it does: to the end of the line, or of its own branch when other ranges follow.
func (r *resolver) behind(s, next *Segment, end string) (after Outcome, reach string) {
	after = Outcome{Status: Fixed, Span: s.Span, Rule: "behind the upper bound of an affected range"}
	reach = end
	if next != nil {
		reach, _ = r.subBranch(s.HighText, next.Low)
	}
	switch r.statement.Default {
	case DefaultUndeclared:
		after.Inferred = true
	case DefaultNotAffected:
	case DefaultAffected:
		after = Outcome{Status: Unknown, Reason: Conflict, Span: s.Span, Possible: SetOf(Affected, Fixed),
			Rule: "the upper bound says fixed, the default says affected"}
		reach, _ = r.parentBranch(s.HighText)
	default:
		reach = ""
	}
	return after, reach
}

// defaultOutcome is the answer of the default alone.
func (r *resolver) defaultOutcome() Outcome {
	out := Outcome{Span: -1}
	switch r.statement.Default {
	case DefaultAffected:
		out.Status, out.Rule = Affected, "default status affected"
	case DefaultNotAffected:
		out.Status, out.Rule = NotAffected, "default status not affected"
	case DefaultComplete:
		out.Status, out.Rule = NotAffected, "the document lists all that is affected, and not this version"
	case DefaultUnknown:
		out.Reason, out.Rule = NoData, "default status unknown"
	case DefaultUndeclared:
		out.Reason, out.Rule = NotListed, "no span names the version, and no default is given"
	default:
		out.Status, out.Reason, out.Rule = NoStatement, VersionNotNamed, "no span names the version"
	}
	return out
}

// A heap of pieces, the smallest order on top.
type heap []*piece

func (h *heap) push(p *piece) {
	*h = append(*h, p)
	s := *h
	for i := len(s) - 1; i > 0; {
		parent := (i - 1) / 2
		if s[parent].order <= s[i].order {
			return
		}
		s[parent], s[i] = s[i], s[parent]
		i = parent
	}
}

func (h *heap) pop() {
	s := *h
	last := len(s) - 1
	s[0] = s[last]
	s = s[:last]
	*h = s
	for i := 0; ; {
		child := 2*i + 1
		if child >= last {
			return
		}
		if child+1 < last && s[child+1].order < s[child].order {
			child++
		}
		if s[i].order <= s[child].order {
			return
		}
		s[i], s[child] = s[child], s[i]
		i = child
	}
}
