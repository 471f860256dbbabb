package vers

import (
	"iter"
	"slices"
	"strings"
)

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

// VERS returns the canonical VERS text of r. What [Schemes.ParseVERS] makes of it holds the
// same versions. It is false where none exists: several lines, unknown stretches, bounds
// that no version stands at (those of branches), names and versions that VERS cannot
// write. A range without any version is "vers:none/*".
func (r Range) VERS() (string, bool) {
	if !r.IsValid() {
		return "", false
	}
	if r.IsEmpty() {
		return "vers:none/*", true
	}
	name := r.scheme.Name()
	if !isType(name) {
		return "", false
	}
	text := append(append(make([]byte, 0, 64), "vers:"...), name...)
	text = append(text, '/')
	if r.IsAll() {
		return string(append(text, '*')), true
	}
	list := r.list()
	if list == nil {
		return "", false
	}
	for i, c := range list {
		if i > 0 {
			text = append(text, '|')
		}
		text = append(text, c.Comparator.String()...)
		var ok bool
		if text, ok = appendQuoted(text, c.Version); !ok {
			return "", false
		}
	}
	return string(text), true
}

// Constraints returns the constraints of r in the order of the versions, as VERS has them:
// those that r was read from, else the shortest list that says the same. There are none
// for the whole and the empty range, and none where constraints cannot say it (see VERS).
func (r Range) Constraints() iter.Seq[Constraint] { return slices.Values(r.list()) }

// list is Constraints as a list; nil when there are none.
func (r Range) list() []Constraint {
	switch {
	case r.constraints != nil:
		return r.constraints
	case len(r.lines) != 1 || !r.linear() && r.rest != r.writtenRest():
		return nil
	}
	l := r.lines[0]
	var list []Constraint
	for i := 0; i < len(l.steps); i++ {
		s := l.steps[i]
		if s.in == Unknown || i > 0 && !r.standsAt(l.part, s) {
			return nil
		}
		c := Less
		switch point := i+1 < len(l.steps) && l.steps[i+1].at == s.at+"\x00"; {
		case i == 0:
			continue
		case point && l.steps[i+1].in == Unknown:
			return nil
		case point:
			c = NotEqual
			if s.in == Yes {
				c = Equal
			}
			i++ // the step behind the point
		case s.in == Yes && s.after:
			c = Greater
		case s.in == Yes:
			c = GreaterOrEqual
		case s.after:
			c = LessOrEqual
		}
		list = append(list, Constraint{c, s.text})
	}
	if tool, ok := r.scheme.(toolOrder); ok {
		for i := 1; i < len(list); i++ {
			a, b := r.set.policy.read(r.scheme, list[i-1].Version), r.set.policy.read(r.scheme, list[i].Version)
			if tool.order(a, b) >= 0 {
				return nil // the order of the keys is not the one that ParseVERS wants
			}
		}
	}
	return list
}

// writtenRest is the answer on other lines that constraints of the steps of r would give:
// only those that are all = or all != speak about other lines.
func (r Range) writtenRest() Truth {
	steps := r.lines[0].steps
	for i := 1; i < len(steps); i += 2 {
		if i+1 == len(steps) || steps[i+1].at != steps[i].at+"\x00" {
			return Unknown
		}
	}
	return steps[0].in
}

// standsAt tells whether the text of a step is a version at which the step stands.
func (r Range) standsAt(part string, s step) bool {
	var room [64]byte
	key, n, err := r.set.AppendKey(room[:0], r.scheme, s.text)
	if err != nil || string(key[:n]) != part {
		return false
	}
	if s.after {
		key = append(key, 0)
	}
	return string(key[n:]) == s.at
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

// reserved are the characters that VERS encodes in a version.
const reserved = "><=!*|%"

// appendQuoted appends a version with what VERS reserves in percent-encoding. It is false
// for text that VERS cannot write at all.
func appendQuoted(dst []byte, version string) ([]byte, bool) {
	const hex = "0123456789ABCDEF"
	for i := 0; i < len(version); i++ {
		switch c := version[i]; {
		case c <= ' ' || c >= 0x7F:
			return dst, false
		case strings.IndexByte(reserved, c) >= 0:
			dst = append(dst, '%', hex[c>>4], hex[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return dst, version != ""
}

// unquoteVERS decodes a version of VERS notation, once. When rule is not "", it is broken
// at the offset bad.
func unquoteVERS(s string, forgive bool) (version string, bad int, rule string) {
	if s == "" {
		return "", 0, "version wanted"
	}
	if !strings.ContainsAny(s, reserved) {
		return s, 0, ""
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%':
			if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
				return "", i, "two hexadecimal digits wanted after %"
			}
			c = unhex(s[i+1])<<4 | unhex(s[i+2])
			if !forgive && strings.IndexByte(reserved, c) < 0 {
				return "", i, "percent-encoding of a character that is not reserved"
			}
			if c <= ' ' || c >= 0x7F {
				return "", i, "percent-encoding of a character that no version has"
			}
			if !forgive && (s[i+1] >= 'a' || s[i+2] >= 'a') {
				return "", i, "percent-encoding in lower case"
			}
			i += 2
		case c == '*' && i == 0:
			return "", i, "a star stands alone"
		case strings.IndexByte(reserved, c) >= 0 && !(forgive && c == '!' && i > 0):
			return "", i, "character that has to be percent-encoded in a version"
		}
		out = append(out, c)
	}
	return string(out), 0, ""
}

func unhex(c byte) byte {
	if isDigit(c) {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

// isType tells whether VERS can write the name of a scheme.
func isType(name string) bool {
	for i := 0; i < len(name); i++ {
		c := name[i]
		if !('a' <= c && c <= 'z' || i > 0 && (isDigit(c) || c == '.' || c == '-')) {
			return false
		}
	}
	return name != ""
}
