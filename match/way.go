package match

import (
	"bytes"
	"slices"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// A way is the stretch of versions on which a fix is looked for.
type way struct {
	scheme  vers.Scheme
	numbers int // that make a branch, where the catalog does not say it
	name    string
	from    []byte // key above which, or with closed from which on
	closed  bool
	limit   []byte // end of the branch, empty for that of the line
	line    int    // length of the line part
}

// holds tells whether a segment begins on the way.
func (w *way) holds(seg *advisory.Segment) bool {
	if len(w.limit) > 0 && seg.Low >= string(w.limit) {
		return false
	}
	return w.closed || seg.Low > string(w.from)
}

// wayFrom returns the installed branch above the installed version, by the claim that
// decides. It is not ok when the version is not known, or is not what the claim is about. Its
// keys live until the next call.
func (m *Matcher) wayFrom(s *scratch, in *Installation, list []trouble, d *decision) (way, bool) {
	if d.whole != 0 {
		return way{}, false // no version of a part mends what it is a part of
	}
	t := m.claim(d.claim).timeline
	m.version(&s.read, in, t)
	w := way{scheme: t.Scheme, line: s.read.line}
	switch r := &s.read; r.kind {
	case readExact, readBranch:
		s.from = append(s.from[:0], r.low...)
		n, said := t.BranchNumbers(r.canonical)
		if !said {
			w.numbers = m.fewestNumbers(list, t.Scheme)
			n = w.numbers
		}
		low, high, name, ok := t.AppendBranch(s.spare[:0], s.limit[:0], r.canonical, n)
		s.spare, s.limit = low, high
		if w.from = s.from; !ok {
			return w, true
		}
		w.name = name
		// Where nobody says what a branch is, the range that holds the version may go on.
		if _, i := t.At(r.low, r.line); i >= 0 && !said && t.Segments[i].Span >= 0 && t.Segments[i].High > string(s.limit) {
			if _, high := t.Segments[i].Written(); high != "" {
				s.limit = append(append(s.limit[:0], t.Segments[i].High...), 0)
			}
		}
		w.limit = s.limit
		return w, true
	case readAnything:
		s.from = append(s.from[:0], 0)
		w.from, w.line = s.from, 1
		return w, t.Scheme != nil
	}
	return w, false
}

// fewestNumbers returns how many numbers make a branch, as far as the ranges show.
func (m *Matcher) fewestNumbers(list []trouble, scheme vers.Scheme) int {
	least := 0
	for i := range list {
		for _, h := range list[i].hits {
			t := m.claim(h.claim).timeline
			if n, _ := t.BranchNumbers(""); n > 0 && (least == 0 || n < least) && sameScheme(t.Scheme, scheme) {
				least = n
			}
		}
	}
	return least
}

// nextWays returns the named branches above a way.
func (m *Matcher) nextWays(s *scratch, list []trouble, w *way) []way {
	if len(w.limit) == 0 {
		return nil
	}
	var next []way
	for i := range list {
		for _, h := range list[i].hits {
			t := m.onWay(s, h, w)
			if t == nil {
				continue
			}
			last := "" // text that was looked at
			for j := range t.Segments {
				seg := &t.Segments[j]
				low, text := seg.Written()
				if isClear(seg.Status) {
					text = low // the end is where something else begins
				} else if seg.Span < 0 {
					continue
				}
				if text == "" || text == last {
					continue
				}
				last = text
				n, said := t.BranchNumbers(text)
				if !said {
					n = w.numbers
				}
				lo, hi, name, ok := t.AppendBranch(s.spare[:0], s.step[:0], text, n)
				s.spare, s.step = lo, hi
				if !ok || string(lo) < string(w.limit) || !bytes.HasPrefix(lo, w.from[:w.line]) {
					continue
				}
				k, known := slices.BinarySearchFunc(next, lo, func(n way, lo []byte) int { return bytes.Compare(n.from, lo) })
				if !known {
					next = slices.Insert(next, k, way{w.scheme, n, name, bytes.Clone(lo), true, bytes.Clone(hi), w.line})
				} else if len(name) < len(next[k].name) {
					next[k].name = name
				}
			}
		}
	}
	return next
}

// onWay returns the timeline of a hit that takes part: its statement is about the
// installation, and its versions compare with those of the way.
func (m *Matcher) onWay(s *scratch, h hit, w *way) *advisory.Timeline {
	c := m.claim(h.claim)
	if h.whole != 0 || h.level <= product.Possible || m.dropped(c) != "" || !sameScheme(c.timeline.Scheme, w.scheme) {
		return nil
	}
	if m.holds(s, c) == vers.No {
		return nil
	}
	return c.timeline
}

func sameScheme(a, b vers.Scheme) bool {
	return a != nil && b != nil && (a == b || a.Name() == b.Name())
}

func isClear(s Status) bool { return s == advisory.Fixed || s == advisory.NotAffected }
