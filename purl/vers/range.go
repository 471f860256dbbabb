package vers

import "slices"

// A Range is a set of versions under one scheme: for each line that it names a function of
// the key that says yes, no or unknown, and one answer for the lines that it does not
// name. The zero Range is invalid and contains nothing. Ranges are immutable, compared
// with Equal, and safe for concurrent use.
//
// Emptiness, equality and the like speak of keys: between any two versions of most schemes
// lie others, and whether somebody ever released one is not asked.
type Range struct {
	set         *Schemes
	scheme      Scheme
	text        string
	constraints []Constraint // as they were written; nil when the range was computed
	plainBounds bool         // all of them are plain, see plain
	lines       []line       // sorted by part
	rest        Truth        // the answer on lines that are not named
	computed    *combination // what r was computed of, where membership goes bound by bound
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
	next := string(append(full[n:], 0))
	at := step{at: next[:len(next)-1], text: c.Version}
	behind := step{at: next, after: true, text: c.Version}
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
	r := Range{set: s, scheme: scheme, lines: []line{l}, rest: rest}
	if _, ok := s.pairwise(scheme); ok {
		r.constraints = []Constraint{c}
		r.plainBounds = plainIn(scheme)(c.Version)
	}
	r.settle()
	return r, nil
}

// Branch returns the range of all versions that begin with the components of text.
func (s *Schemes) Branch(scheme, text string) (Range, error) {
	sch, err := s.lookup(scheme)
	if err != nil {
		return Range{}, err
	}
	return s.newBranch(sch, text)
}

func (s *Schemes) newBranch(scheme Scheme, text string) (Range, error) {
	if len(text) > s.maxLength {
		return Range{}, parseError(scheme.Name(), text, s.maxLength, "", ErrTooLong)
	}
	lo, hi, n, err := scheme.AppendBranch(nil, nil, s.policy.read(scheme, text), 0)
	if err != nil {
		return Range{}, err
	}
	l := line{part: string(lo[:n]), steps: normalize([]step{
		{in: No}, {at: string(lo[n:]), in: Yes, text: text}, {at: string(hi[n:]), in: No, text: text, after: true},
	})}
	r := Range{set: s, scheme: scheme, lines: []line{l}, rest: No}
	r.settle()
	return r, nil
}

// AllVersions returns the range of all versions of the scheme; its complement holds none.
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
//
// Where the tool of the scheme has an order that no key can hold (alpm, conan, luarocks,
// maven), the version is compared with the bounds one by one, as the tool does it and VERS
// defines membership. A [Policy] can ask for that, too. Everything else that a Range does,
// ContainsKey included, goes by keys.
func (r Range) Contains(version string) (Truth, error) {
	if !r.IsValid() {
		return Unknown, ErrInvalidRange
	}
	tool, pairwise := r.set.pairwise(r.scheme)
	pairwise = pairwise && !r.plain(version)
	if pairwise && r.constraints != nil && len(version) <= r.set.maxLength {
		version = r.set.policy.read(r.scheme, version)
		if _, err := tool.compare(version, version); err != nil {
			return Unknown, err
		}
		return r.walk(tool, version), nil
	}
	var room [96]byte
	key, n, err := r.set.AppendKey(room[:0], r.scheme, version)
	if err != nil {
		return Unknown, err
	}
	if pairwise {
		return r.holds(tool, r.set.policy.read(r.scheme, version), key, n), nil
	}
	return r.ContainsKey(key, n), nil
}

// contains is Contains for a version of which the key is known.
func (r Range) contains(version string, key []byte, n int) Truth {
	if tool, ok := r.set.pairwise(r.scheme); ok && !r.plain(version) {
		return r.holds(tool, r.set.policy.read(r.scheme, version), key, n)
	}
	return r.ContainsKey(key, n)
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
	c.remember(r, Range{}, func(in, _ Truth) Truth { return in.Not() })
	return c
}

// linear tells whether all versions of the scheme of r lie on one line.
func (r Range) linear() bool { return r.set.linear[r.scheme.Name()] }

// settle brings a range of a scheme with one line only into its one normal form: there
// are no other lines to speak about, so that what is the same everywhere on the line is
// the same everywhere.
func (r *Range) settle() {
	if len(r.lines) == 0 || !r.linear() {
		return
	}
	r.rest = Unknown
	if steps := r.lines[0].steps; len(steps) == 1 {
		r.lines, r.rest = nil, steps[0].in
	}
}

// Overlaps tells whether some version is in both. It is Unknown when only versions that
// may be in one of them could be.
func (r Range) Overlaps(o Range) (Truth, error) {
	both, err := r.Intersect(o)
	if err != nil {
		return Unknown, err
	}
	return both.inhabited(), nil
}

// SubsetOf tells whether every version that is in r is in o as well.
func (r Range) SubsetOf(o Range) (Truth, error) {
	only, err := r.Difference(o)
	if err != nil {
		return Unknown, err
	}
	return only.inhabited().Not(), nil
}

// IsEmpty tells whether nothing is in r.
func (r Range) IsEmpty() bool { return r.IsValid() && r.all(No) }

// IsAll tells whether every version of the scheme is in r.
func (r Range) IsAll() bool { return r.IsValid() && r.all(Yes) }

// all tells whether r gives one answer everywhere.
func (r Range) all(t Truth) bool {
	return (r.rest == t) && !r.any(func(in Truth) bool { return in != t })
}

// inhabited tells whether something is in r: Yes, perhaps, or No.
func (r Range) inhabited() Truth {
	switch {
	case r.rest == Yes || r.any(func(in Truth) bool { return in == Yes }):
		return Yes
	case r.all(No):
		return No
	default:
		return Unknown
	}
}

// any tells whether f holds for an answer that r gives on the lines that it names.
func (r Range) any(f func(Truth) bool) bool {
	return slices.ContainsFunc(r.lines, func(l line) bool {
		return slices.ContainsFunc(l.steps, func(s step) bool { return f(s.in) })
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
	m.remember(r, o, f)
	m.settle()
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
