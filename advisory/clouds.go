package advisory

import "strings"

// A span whose lower bound was read and whose upper bound was not, "from 10.0 to publication",
// may say something about every version above the lower bound, and says nothing about those
// below it and on other lines. That stretch is a cloud: no answer on it is clear.

// A cloud is what may hold from a key on to the end of its line.
type cloud struct {
	from   string
	status StatusSet
}

// unreadableAbove notes that the upper bound of span i cannot be read.
func (r *resolver) unreadableAbove(i int, lower *bound, err error) {
	s := &r.spans[i]
	if lower == nil || lower.text == "" {
		r.unreadable(i, s.Pos, err)
		return
	}
	r.problem(s.Pos, "bound-unread", "%v", err)
	if r.clouds == nil {
		r.clouds = map[string]cloud{}
	}
	c, known := r.clouds[lower.line]
	if !known || lower.low < c.from {
		c.from = lower.low
	}
	c.status = c.status.Union(saidBy(s.Status))
	r.clouds[lower.line] = c
}

// saidBy returns what a span with a status may say; Unknown may be any.
func saidBy(s Status) StatusSet {
	if s == Unknown {
		return SetOf(Unknown, Affected, NotAffected, Fixed)
	}
	return SetOf(s)
}

// cover softens the answers below clouds, as Timeline.soften does for all of them.
func (r *resolver) cover() {
	if len(r.clouds) == 0 {
		return
	}
	covered := make([]Segment, 0, len(r.Segments)+2*len(r.clouds))
	for i := range r.Segments {
		s := r.Segments[i]
		c, clouded := r.clouds[s.Low[:strings.IndexByte(s.Low, 0)+1]]
		if !clouded || s.High <= c.from {
			covered = append(covered, s)
			continue
		}
		if s.Low < c.from {
			below := s
			below.High, below.HighText, below.HighClosed = c.from, "", false
			covered = append(covered, below)
			s.Low, s.LowText, s.LowOpen = c.from, "", false
		}
		s.Outcome = soften(s.Outcome, c.status)
		covered = append(covered, s)
	}
	r.Segments = covered
}

// openLines gives every line that only a cloud names a segment, so that the answer on the rest
// of it stays what the default says.
func (r *resolver) openLines() {
	for line, c := range r.clouds {
		named := false
		for i := range r.pieces {
			named = named || r.pieces[i].line == line
		}
		if !named {
			r.pieces = append(r.pieces, piece{line: line, low: c.from, high: line + endOfLine, noHigh: true, order: len(r.spans)*2 + 2,
				out: r.defaultOutcome()})
		}
	}
}
