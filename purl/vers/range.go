package vers

import (
	"iter"
	"slices"
	"strings"
)

// A Range is a set of versions under one scheme: for each line that it names a function of
// the key that says yes, no or unknown, and one answer for the lines that it does not
// name. The zero Range is invalid and contains nothing. Ranges are immutable, compared
// with Equal, and safe for concurrent use.
type Range struct {
	set    *Schemes
	scheme Scheme
	text   string
	lines  []line // sorted by part
	rest   Truth  // the answer on lines that are not named
}

// A line holds the steps of one line, sorted; the first one is at "".
type line struct {
	part  string // as Encoder.Line writes it
	steps []step
}

// A step gives the answer from a key on. Keys are without the line part. after tells that
// at is the key behind that of text, so that text itself has the answer before.
type step struct {
	at    string
	in    Truth
	after bool
	text  string // the version that the step stands at, as it was written
}

// A Comparator is the relation of a constraint to its version.
type Comparator uint8

// The comparators of VERS. Equal is the zero value.
const (
	Equal Comparator = iota
	NotEqual
	Less
	LessOrEqual
	Greater
	GreaterOrEqual
)

// String returns the comparator as VERS writes it: "" for Equal.
func (c Comparator) String() string {
	return [...]string{"", "!=", "<", "<=", ">", ">="}[c]
}

// A Constraint is one comparison with a version.
type Constraint struct {
	Comparator Comparator
	Version    string
}

// NewRange returns all versions that meet the constraint.
func (s *Schemes) NewRange(scheme string, c Constraint) (Range, error) {
	sch, err := s.lookup(scheme)
	if err != nil {
		return Range{}, err
	}
	return s.newRange(sch, c)
}

func (s *Schemes) newRange(scheme Scheme, c Constraint) (Range, error) {
	var room [64]byte
	full, n, err := s.AppendKey(room[:0], scheme, c.Version)
	if err != nil {
		return Range{}, err
	}
	key := string(full[n:])
	at := step{at: key, text: c.Version}
	behind := step{at: key + "\x00", after: true, text: c.Version}
	answer := func(first, on, then Truth) []step {
		at.in, behind.in = on, then
		return normalize([]step{{in: first}, at, behind})
	}
	l := line{part: string(full[:n])}
	rest := Unknown
	switch c.Comparator {
	case Equal:
		l.steps, rest = answer(No, Yes, No), No
	case NotEqual:
		l.steps, rest = answer(Yes, No, Yes), Yes
	case Less:
		l.steps = answer(Yes, No, No)
	case LessOrEqual:
		l.steps = answer(Yes, Yes, No)
	case Greater:
		l.steps = answer(No, No, Yes)
	case GreaterOrEqual:
		l.steps = answer(No, Yes, Yes)
	}
	return Range{set: s, scheme: scheme, lines: []line{l}, rest: rest}, nil
}

// Branch returns the range of all versions that begin with the components of text.
func (s *Schemes) Branch(scheme, text string) (Range, error) {
	sch, err := s.lookup(scheme)
	if err != nil {
		return Range{}, err
	}
	if len(text) > s.maxLength {
		return Range{}, parseError(scheme, text, s.maxLength, "", ErrTooLong)
	}
	lo, hi, n, err := sch.AppendBranch(nil, nil, text, 0)
	if err != nil {
		return Range{}, err
	}
	l := line{part: string(lo[:n]), steps: normalize([]step{
		{in: No}, {at: string(lo[n:]), in: Yes, text: text}, {at: string(hi[n:]), in: No, text: text, after: true},
	})}
	return Range{set: s, scheme: sch, lines: []line{l}, rest: No}, nil
}

// AllVersions returns the range of all versions of the scheme.
func (s *Schemes) AllVersions(scheme string) (Range, error) {
	sch, err := s.lookup(scheme)
	return Range{set: s, scheme: sch, rest: Yes}, err
}

// IsValid tells whether r is a range; the zero Range is none.
func (r Range) IsValid() bool { return r.scheme != nil }

// Scheme returns the scheme of r, nil for the zero Range.
func (r Range) Scheme() Scheme { return r.scheme }

// Text returns the text that r was read from, "" when it was computed.
func (r Range) Text() string { return r.text }

// Contains tells whether version is in r. It is Unknown on a line that r does not name and
// for a version that names a branch which is partly in r.
func (r Range) Contains(version string) (Truth, error) {
	if !r.IsValid() {
		return Unknown, ErrInvalidRange
	}
	var room [96]byte
	key, n, err := r.set.AppendKey(room[:0], r.scheme, version)
	if err != nil {
		return Unknown, err
	}
	return r.ContainsKey(key, n), nil
}

// ContainsKey is Contains for a key of the scheme of r, whose line part has the length n.
func (r Range) ContainsKey(key []byte, n int) Truth {
	for i := range r.lines {
		if r.lines[i].part == string(key[:n]) {
			return answerAt(r.lines[i].steps, key[n:])
		}
	}
	return r.rest
}

// answerAt finds the last step that is not above key.
func answerAt(steps []step, key []byte) Truth {
	lo, hi := 0, len(steps)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if steps[mid].at <= string(key) {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return Unknown
	}
	return steps[lo-1].in
}

// Union returns what is in r or in o.
func (r Range) Union(o Range) (Range, error) { return r.merge(o, Truth.Or) }

// Intersect returns what is in both.
func (r Range) Intersect(o Range) (Range, error) { return r.merge(o, Truth.And) }

// Difference returns what is in r and not in o.
func (r Range) Difference(o Range) (Range, error) { return r.merge(o.Complement(), Truth.And) }

// Complement returns what is not in r. What is unknown stays so.
func (r Range) Complement() Range {
	c := Range{set: r.set, scheme: r.scheme, rest: r.rest.Not()}
	for _, l := range r.lines {
		steps := slices.Clone(l.steps)
		for i := range steps {
			steps[i].in = steps[i].in.Not()
		}
		c.lines = append(c.lines, line{part: l.part, steps: steps})
	}
	return c
}

// IsEmpty tells whether nothing is in r.
func (r Range) IsEmpty() bool { return r.is(No) }

// IsAll tells whether every version of the scheme is in r.
func (r Range) IsAll() bool { return r.is(Yes) }

func (r Range) is(t Truth) bool {
	return r.IsValid() && r.rest == t && !slices.ContainsFunc(r.lines, func(l line) bool {
		return len(l.steps) != 1 || l.steps[0].in != t
	})
}

// Equal tells whether both hold the same versions under the same scheme. Spelling of
// bounds does not count.
func (r Range) Equal(o Range) bool {
	if !r.IsValid() || !o.IsValid() {
		return r.IsValid() == o.IsValid()
	}
	if r.scheme.Name() != o.scheme.Name() || r.rest != o.rest {
		return false
	}
	same := true
	r.eachLine(o, func(_ string, a, b []step) {
		same = same && slices.EqualFunc(a, b, func(x, y step) bool { return x.at == y.at && x.in == y.in })
	})
	return same
}

// merge combines two ranges point by point.
func (r Range) merge(o Range, f func(Truth, Truth) Truth) (Range, error) {
	if !r.IsValid() || !o.IsValid() {
		return Range{}, ErrInvalidRange
	}
	if r.scheme.Name() != o.scheme.Name() {
		return Range{}, ErrIncomparable
	}
	m := Range{set: r.set, scheme: r.scheme, rest: f(r.rest, o.rest)}
	r.eachLine(o, func(part string, a, b []step) {
		steps := mergeSteps(a, b, f)
		if len(steps) > 1 || steps[0].in != m.rest {
			m.lines = append(m.lines, line{part: part, steps: steps})
		}
	})
	return m, nil
}

// eachLine calls f with the steps of every line that either range names, in order.
func (r Range) eachLine(o Range, f func(part string, a, b []step)) {
	i, j := 0, 0
	restA, restB := []step{{in: r.rest}}, []step{{in: o.rest}}
	for i < len(r.lines) || j < len(o.lines) {
		switch {
		case j == len(o.lines) || i < len(r.lines) && r.lines[i].part < o.lines[j].part:
			f(r.lines[i].part, r.lines[i].steps, restB)
			i++
		case i == len(r.lines) || o.lines[j].part < r.lines[i].part:
			f(o.lines[j].part, restA, o.lines[j].steps)
			j++
		default:
			f(r.lines[i].part, r.lines[i].steps, o.lines[j].steps)
			i++
			j++
		}
	}
}

// mergeSteps walks two step functions and returns f of their values.
func mergeSteps(a, b []step, f func(Truth, Truth) Truth) []step {
	merged := make([]step, 0, len(a)+len(b))
	var inA, inB Truth
	for len(a) > 0 || len(b) > 0 {
		var s step
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].at < b[0].at:
			s, inA, a = a[0], a[0].in, a[1:]
		case len(a) == 0 || b[0].at < a[0].at:
			s, inB, b = b[0], b[0].in, b[1:]
		default:
			s, inA, inB, a, b = a[0], a[0].in, b[0].in, a[1:], b[1:]
		}
		s.in = f(inA, inB)
		merged = append(merged, s)
	}
	return normalize(merged)
}

// normalize drops steps that change nothing; of several at one key the last one counts.
func normalize(steps []step) []step {
	out := steps[:0]
	for i, s := range steps {
		if i+1 < len(steps) && steps[i+1].at == s.at {
			continue
		}
		if len(out) > 0 && out[len(out)-1].in == s.in {
			continue
		}
		out = append(out, s)
	}
	return out
}

// An Interval is a stretch of one line with one answer. Low and High are keys with the
// line part, High is exclusive; "" means that there is no bound on that side. LowText and
// HighText are the versions behind them; LowOpen tells that the version LowText itself is
// outside, HighClosed that HighText is inside.
type Interval struct {
	Line              string
	Low, High         string
	LowText, HighText string
	LowOpen           bool
	HighClosed        bool
	In                Truth
}

// Intervals returns the stretches of r line by line in ascending order, those that are not
// in r too. Lines that r does not name are not among them, see [Range.Rest].
func (r Range) Intervals() iter.Seq[Interval] {
	return func(yield func(Interval) bool) {
		for _, l := range r.lines {
			for i, s := range l.steps {
				in := Interval{Line: LineName(l.part), In: s.in, LowText: s.text, LowOpen: s.after}
				if i > 0 {
					in.Low = l.part + s.at
				}
				if i+1 < len(l.steps) {
					next := l.steps[i+1]
					in.High, in.HighText, in.HighClosed = l.part+next.at, next.text, next.after
				}
				if !yield(in) {
					return
				}
			}
		}
	}
}

// Rest returns the answer on the lines that r does not name.
func (r Range) Rest() Truth { return r.rest }

// VERS returns the canonical VERS text of r, and false where none exists: several lines,
// unknown stretches, bounds that are branches.
func (r Range) VERS() (string, bool) {
	if !r.IsValid() || len(r.lines) > 1 {
		return "", false
	}
	name := "vers:" + r.scheme.Name() + "/"
	if len(r.lines) == 0 {
		switch r.rest {
		case Yes:
			return name + "*", true
		default:
			return "", false
		}
	}
	constraints, ok := constraintsOf(r.lines[0].steps)
	if !ok {
		return "", false
	}
	for i, c := range constraints {
		if i > 0 {
			name += "|"
		}
		name += c.Comparator.String() + quoteVERS(c.Version)
	}
	return name, true
}

// String returns the range for people: the VERS text where there is one, else the text it
// was read from.
func (r Range) String() string {
	if s, ok := r.VERS(); ok {
		return s
	}
	if r.text != "" {
		return r.text
	}
	if !r.IsValid() {
		return "invalid range"
	}
	var b strings.Builder
	for in := range r.Intervals() {
		if in.In == No {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(" or ")
		}
		if in.In == Unknown {
			b.WriteString("perhaps ")
		}
		b.WriteString(in.String())
	}
	if b.Len() == 0 {
		return "nothing"
	}
	return b.String()
}

// String returns the interval in the notation of mathematics: "[10.2.0, 10.2.9-h1)".
func (in Interval) String() string {
	open, low := "(", "-"
	if in.Low != "" {
		if low = in.LowText; !in.LowOpen {
			open = "["
		}
	}
	end, high := ")", "-"
	if in.High != "" {
		if high = in.HighText; in.HighClosed {
			end = "]"
		}
	}
	s := open + low + ", " + high + end
	if in.Line != "" {
		s = in.Line + " " + s
	}
	return s
}

// constraintsOf turns steps into constraints in the order of the versions.
func constraintsOf(steps []step) ([]Constraint, bool) {
	var out []Constraint
	for i, s := range steps {
		if s.in == Unknown {
			return nil, false
		}
		if i == 0 {
			continue
		}
		if s.text == "" {
			return nil, false
		}
		point := i+1 < len(steps) && !s.after && steps[i+1].after && steps[i+1].at == s.at+"\x00"
		switch {
		case s.after && steps[i-1].at+"\x00" == s.at && !steps[i-1].after && i > 1:
			// the second half of a point that was written already
		case point && s.in == Yes:
			out = append(out, Constraint{Equal, s.text})
		case point:
			out = append(out, Constraint{NotEqual, s.text})
		case s.in == Yes && s.after:
			out = append(out, Constraint{Greater, s.text})
		case s.in == Yes:
			out = append(out, Constraint{GreaterOrEqual, s.text})
		case s.after:
			out = append(out, Constraint{LessOrEqual, s.text})
		default:
			out = append(out, Constraint{Less, s.text})
		}
	}
	return out, true
}

// quoteVERS percent-encodes what VERS reserves in a version.
func quoteVERS(version string) string {
	const hex = "0123456789ABCDEF"
	if !strings.ContainsAny(version, "><=!*|%") {
		return version
	}
	var b strings.Builder
	for i := 0; i < len(version); i++ {
		if c := version[i]; strings.IndexByte("><=!*|%", c) >= 0 {
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
