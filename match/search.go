package match

import (
	"bytes"
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
)

// maxPoints bounds how many versions are tried on one branch.
const maxPoints = 1000

// lowest returns the lowest version of a way that is clear of all the troubles, or why
// there is none.
func (m *Matcher) lowest(s *scratch, in *Installation, list []trouble, w *way) Fix {
	at := *w
	for range maxPoints {
		seg, t := m.nextPoint(s, list, &at)
		if seg == nil {
			return m.whyNone(s, in, list, w)
		}
		if m.clears(s, in, list, seg, t) && (!w.begins(seg) || m.stays(s, in, list, w, seg.Low)) {
			return fixAt(seg, w)
		}
		s.step = append(s.step[:0], seg.Low...)
		at.from, at.closed = s.step, false
	}
	return Fix{}
}

// begins tells whether a segment begins where the branch does and names no version of its
// own. The fix is then the branch itself, and only when all of it is clear.
func (w *way) begins(seg *advisory.Segment) bool {
	return w.closed && seg.Low == string(w.from) && (seg.LowOpen || strings.HasSuffix(seg.LowText, "*") || seg.LowText == w.name)
}

// fixAt makes a fix of the beginning of a segment.
func fixAt(seg *advisory.Segment, w *way) Fix {
	text, _ := seg.Written()
	switch {
	case w.begins(seg):
		return Fix{Kind: FixVersion, Version: w.name}
	case seg.LowOpen:
		return Fix{Kind: FixAfter, Version: text}
	}
	return Fix{Kind: FixVersion, Version: text}
}

// mayEnd tells whether a fix may begin where a stretch with the status does. Where its own
// statement does not tell, others may.
func mayEnd(s Status) bool { return s != advisory.Affected }

// nextPoint returns the lowest segment of a way at which a fix may begin, and that begins
// with a version that the publisher named, nil when there is none. Of two that begin
// together the one with a version of its own counts before the name of a branch.
func (m *Matcher) nextPoint(s *scratch, list []trouble, w *way) (*advisory.Segment, *advisory.Timeline) {
	var best *advisory.Segment
	var of *advisory.Timeline
	for i := range list {
		for _, h := range list[i].hits {
			t := m.onWay(s, h, w)
			if t == nil {
				continue
			}
			segments := t.After(w.from, w.line)
			for j := range segments {
				seg := &segments[j]
				if low, _ := seg.Written(); low == "" || !mayEnd(seg.Status) || !w.holds(seg) {
					continue
				}
				if best == nil || seg.Low < best.Low || seg.Low == best.Low && saysMore(seg, best) {
					best, of = seg, t
				}
				break
			}
		}
	}
	return best, of
}

// saysMore tells which of two names of one key is the better one: a version before what only
// comes after one, and before the name of a branch.
func saysMore(a, b *advisory.Segment) bool {
	rank := func(seg *advisory.Segment) int {
		switch {
		case seg.LowOpen:
			return 0
		case strings.HasSuffix(seg.LowText, "*"):
			return 1
		}
		return 2 + len(seg.LowText)
	}
	return rank(a) > rank(b)
}

// clears tells whether the version at which a segment begins is clear of all the troubles.
func (m *Matcher) clears(s *scratch, in *Installation, list []trouble, seg *advisory.Segment, t *advisory.Timeline) bool {
	if len(list) == 1 && len(list[0].hits) == 1 && list[0].now.verdict.Status == advisory.Affected && len(m.ask.corrections) == 0 {
		// One statement alone speaks, and its conditions hold: its timeline is the answer.
		s.step = append(s.step[:0], seg.Low...)
		if out, _ := t.At(s.step, bytes.IndexByte(s.step, 0)+1); isClear(out.Status) && out.If == "" {
			return true
		}
	}
	for i := range list {
		if !m.clearOf(s, in, &list[i], seg, t) {
			return false
		}
	}
	return true
}

func (m *Matcher) clearOf(s *scratch, in *Installation, v *trouble, seg *advisory.Segment, t *advisory.Timeline) bool {
	d := m.judgeAt(s, in, v, nil, seg, t)
	switch d.verdict.Status {
	case advisory.Unknown:
		p := d.verdict.Possible
		return p != 0 && !p.Has(advisory.Affected) && !p.Has(advisory.UnderInvestigation)
	case advisory.NoStatement:
		return !v.now.verdict.MayBeAffected() // nobody speaks, and nobody did before
	}
	return d.verdict.Clear()
}

// judgeAt judges another version than the installed one: the key at which seg begins, or the
// key given. Where the key is that of the text at which seg begins, the text is asked about:
// other statements may read it in their own way.
func (m *Matcher) judgeAt(s *scratch, in *Installation, v *trouble, key []byte, seg *advisory.Segment, t *advisory.Timeline) decision {
	s.read, s.point = s.point, s.read
	r := &s.read
	*r = installed{low: r.low[:0], high: append(r.high[:0], key...), scheme: t.Scheme, done: true, asked: askedKey}
	if seg != nil {
		r.high = append(r.high, seg.Low...)
		if seg.LowOpen {
			r.text = seg.LowText
		} else {
			canonical, _ := t.Entry.Version(seg.LowText)
			var err error
			r.low, _, err = m.schemes.AppendKey(r.low, t.Scheme, canonical)
			if err == nil && string(r.low) == seg.Low {
				r.asked, r.text, r.from, r.done = askedText, seg.LowText, "bound", false
			}
		}
	}
	d := m.answer(s, in, v.vulnerability, v.hits, nil)
	s.read, s.point = s.point, s.read
	return d
}

// whyNone tells why a branch has no fix: one of the vulnerabilities affects all of it, or
// is not known on it.
func (m *Matcher) whyNone(s *scratch, in *Installation, list []trouble, w *way) Fix {
	unknown, whole := false, false
	for i := range list {
		d, all, u := m.wholeBranch(s, in, &list[i], w)
		if all && m.notPlanned(&d, w) {
			return Fix{Kind: FixNotPlanned}
		}
		unknown, whole = unknown || u, whole || all
	}
	if unknown && !whole {
		return Fix{}
	}
	return Fix{Kind: FixNone}
}

// wholeBranch tells whether a vulnerability affects a way everywhere, or is not known
// somewhere on it; d is what is said at its beginning.
func (m *Matcher) wholeBranch(s *scratch, in *Installation, v *trouble, w *way) (d decision, all, unknown bool) {
	asked := false
	note := func(verdict Verdict) {
		all = verdict.Status == advisory.Affected && (all || !asked)
		unknown = unknown || verdict.Status == advisory.Unknown || verdict.Status == advisory.NoStatement
		asked = true
	}
	for _, h := range v.hits {
		t := m.onWay(s, h, w)
		if t == nil {
			continue
		}
		if !asked {
			d = m.judgeAt(s, in, v, w.from, nil, t)
			note(d.verdict)
		}
		segments := t.After(w.from, w.line)
		for j := range segments[:min(len(segments), maxPoints)] {
			if seg := &segments[j]; w.holds(seg) {
				note(m.judgeAt(s, in, v, nil, seg, t).verdict)
			}
		}
	}
	return d, all, unknown || !asked
}

// closed returns the version from which on the branch stays clear: the highest one that is
// named on it, when nothing above is affected.
func (m *Matcher) closed(s *scratch, in *Installation, list []trouble, w *way, lowest Fix) Fix {
	if !lowest.IsVersion() {
		return Fix{}
	}
	var last *advisory.Segment
	var of *advisory.Timeline
	for i := range list {
		for _, h := range list[i].hits {
			t := m.onWay(s, h, w)
			if t == nil {
				continue
			}
			segments := t.After(w.from, w.line)
			for j := range segments {
				seg := &segments[j]
				low, _ := seg.Written()
				if low == "" || !mayEnd(seg.Status) || !w.holds(seg) {
					continue
				}
				if last == nil || seg.Low > last.Low || seg.Low == last.Low && saysMore(seg, last) {
					last, of = seg, t
				}
			}
		}
	}
	if last == nil || !m.clears(s, in, list, last, of) {
		return Fix{Kind: FixNone}
	}
	if !m.stays(s, in, list, w, last.Low) {
		return Fix{Kind: FixNone}
	}
	return fixAt(last, w)
}

// stays tells whether all versions of a way above a key are clear of all the troubles.
func (m *Matcher) stays(s *scratch, in *Installation, list []trouble, w *way, key string) bool {
	s.step = append(s.step[:0], key...)
	for i := range list {
		for _, h := range list[i].hits {
			t := m.onWay(s, h, w)
			if t == nil {
				continue
			}
			segments := t.After(s.step, w.line)
			for j := range segments {
				if seg := &segments[j]; seg.Low > key && w.holds(seg) && !m.clearOf(s, in, &list[i], seg, t) {
					return false
				}
			}
		}
	}
	return true
}

// notPlanned tells whether the statement that affects a whole branch says that it will not
// be fixed.
func (m *Matcher) notPlanned(d *decision, w *way) bool {
	if d.claim < 0 {
		return false
	}
	c := m.claim(d.claim)
	if !sameScheme(c.timeline.Scheme, w.scheme) {
		return false
	}
	out, _ := c.timeline.At(w.from, w.line)
	return slices.Contains(c.unplanned, int32(out.Span))
}
