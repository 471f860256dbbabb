package match

import (
	"bytes"
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// A FixKind says what a Fix holds.
type FixKind uint8

// The kinds of fixes. The zero value is FixUnknown.
const (
	// FixUnknown: no statement tells.
	FixUnknown FixKind = iota
	// FixNone: the publisher names no version of the branch that is not affected.
	FixNone
	// FixVersion: this version is the lowest one on the branch that is clear.
	FixVersion
	// FixAfter: only the last affected version is named; the fix comes after it.
	FixAfter
	// FixNotNeeded: the installation is clear.
	FixNotNeeded
	// FixNotPlanned: all of the branch is affected, and the publisher will not fix it.
	FixNotPlanned
	// FixPatch: no version is named, but patches that fix it.
	FixPatch
)

// A Fix is a version to go to from an affected installation, or why there is none. Fixes
// are values and compare with ==.
type Fix struct {
	Kind FixKind
	// Version is as the publisher wrote it, for FixVersion and FixAfter. For FixPatch it is
	// the names of the patches.
	Version string
}

// IsVersion tells whether the fix is a version to go to: FixVersion or FixAfter.
func (f Fix) IsVersion() bool { return f.Kind == FixVersion || f.Kind == FixAfter }

// String returns "Build 7190", "after 7.2.4", "none", "not planned", "KB5034768" or "-".
func (f Fix) String() string {
	switch f.Kind {
	case FixVersion, FixPatch:
		return f.Version
	case FixAfter:
		return "after " + f.Version
	case FixNone:
		return "none"
	case FixNotPlanned:
		return "not planned"
	default:
		return "-"
	}
}

// A BranchFix is the fix on one branch of a product.
type BranchFix struct {
	// Branch is the name of the branch, "" where all versions of the product are one.
	Branch string
	// Fix is the lowest version of the branch, above the installed one, that is clear.
	Fix Fix
	// Closed is the version from which the branch stays clear. It can be higher than Fix:
	// a branch may be affected again, or a fix may count for its own release only.
	Closed Fix
}

// String returns "10.2: 10.2.8-h3, closed from 10.2.9-h1 on", or the fix alone where there
// are no branches and no second version to name.
func (b BranchFix) String() string {
	text := b.Fix.String()
	switch {
	case !b.Fix.IsVersion() || b.Closed == b.Fix:
	case b.Closed.IsVersion():
		text += ", closed from " + b.Closed.String() + " on"
	default:
		text += ", closed by no version"
	}
	if b.Branch != "" {
		text = b.Branch + ": " + text
	}
	return text
}

// Fixes are the ways out for an installation. The zero value knows none.
type Fixes struct {
	// Installed is the branch of the installed version.
	Installed BranchFix
	// Next are the higher branches that statements name, the lowest first.
	Next []BranchFix
	// Lowest is the fix on the installed branch, else the lowest one on the next ones; where
	// no branch has one, it says what Installed.Fix says.
	Lowest Fix
	// Remediations are what the publishers of the deciding statements offer or advise.
	Remediations []advisory.Remediation
	// Open are the vulnerabilities that no version clears, when all were asked for; the ways
	// are those out of the others.
	Open []string
}

// Fixes returns the versions that are clear of all the vulnerabilities given, each by its
// id or an alias; of all that the matcher knows for the product when none is given, apart
// from those that stay open in every version. Only versions that a statement names are
// considered, and each of them is asked about as if it were installed.
func (m *Matcher) Fixes(in *Installation, vulnerabilities ...string) Fixes {
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	m.identify(s, in, false)
	list := m.troubles(s, in, vulnerabilities)
	if len(vulnerabilities) > 0 {
		return m.fixes(s, in, list)
	}
	var open []string
	solvable := slices.DeleteFunc(slices.Clone(list), func(t trouble) bool {
		if !t.now.verdict.MayBeAffected() || m.fixes(s, in, []trouble{t}).Lowest.IsVersion() {
			return false
		}
		open = append(open, m.id(t.vulnerability))
		return true
	})
	if !slices.ContainsFunc(solvable, func(t trouble) bool { return t.now.verdict.MayBeAffected() }) {
		solvable = list // they tell why there is no way out
	}
	f := m.fixes(s, in, solvable)
	f.Remediations, f.Open = m.advised(s, in, list), open
	return f
}

// A trouble is a vulnerability that a way out must be clear of.
type trouble struct {
	vulnerability int32
	hits          []hit
	now           decision // about the installed version
}

// troubles asks about the vulnerabilities given, or all.
func (m *Matcher) troubles(s *scratch, in *Installation, vulnerabilities []string) []trouble {
	var list []trouble
	add := func(hits []hit) {
		if len(hits) > 0 {
			v := m.claim(hits[0].claim).vulnerability
			list = append(list, trouble{v, hits, m.answer(s, in, v, hits, nil)})
		}
	}
	for _, id := range vulnerabilities {
		for _, v := range m.appendIDs(nil, s, id) {
			add(m.hitsOf(s.hits, v))
		}
	}
	for from := 0; len(vulnerabilities) == 0 && from < len(s.hits); {
		to := m.group(s.hits, from)
		add(s.hits[from:to])
		from = to
	}
	return list
}

// fixes looks on all branches.
func (m *Matcher) fixes(s *scratch, in *Installation, list []trouble) Fixes {
	var f Fixes
	worst, clear := -1, false
	for i := range list {
		now := list[i].now.verdict
		clear = clear || now.Clear()
		if now.MayBeAffected() && list[i].now.claim >= 0 && (worst < 0 || severity(now) > severity(list[worst].now.verdict)) {
			worst = i
		}
	}
	if worst < 0 {
		if clear {
			f.Installed.Fix = Fix{Kind: FixNotNeeded}
			f.Lowest = f.Installed.Fix
		}
		return f
	}
	f.Remediations = m.advised(s, in, list)
	w, ok := m.wayFrom(s, in, list, &list[worst].now)
	if !ok {
		f.Installed.Fix = m.patchFix(list, Fix{})
		f.Lowest = f.Installed.Fix
		return f
	}
	f.Installed.Branch = w.name
	f.Installed.Fix = m.patchFix(list, m.lowest(s, in, list, &w))
	f.Installed.Closed = m.closed(s, in, list, &w, f.Installed.Fix)
	f.Lowest = f.Installed.Fix
	for _, next := range m.nextWays(s, list, &w) {
		b := BranchFix{Branch: next.name}
		b.Fix = m.lowest(s, in, list, &next)
		b.Closed = m.closed(s, in, list, &next, b.Fix)
		f.Next = append(f.Next, b)
		if !f.Lowest.IsVersion() && f.Lowest.Kind != FixPatch && b.Fix.IsVersion() {
			f.Lowest = b.Fix
		}
	}
	return f
}

// fix is Fixes for one vulnerability on the installed branch (DESIGN section 6, step 6).
func (m *Matcher) fix(s *scratch, in *Installation, hits []hit, d *decision) Fix {
	switch {
	case d.verdict.Clear():
		return Fix{Kind: FixNotNeeded}
	case !d.verdict.MayBeAffected() || d.verdict.Status == advisory.UnderInvestigation:
		return Fix{}
	}
	list := [1]trouble{{d.vulnerability, hits, *d}}
	w, ok := m.wayFrom(s, in, list[:], d)
	if !ok {
		return m.patchFix(list[:], Fix{})
	}
	return m.patchFix(list[:], m.lowest(s, in, list[:], &w))
}

// patchFix returns the patches that fix all the troubles, where no version does.
func (m *Matcher) patchFix(list []trouble, f Fix) Fix {
	if f.IsVersion() {
		return f
	}
	text := ""
	for i := range list {
		now := &list[i].now
		if !now.verdict.MayBeAffected() {
			continue
		}
		if now.claim < 0 || len(m.claim(now.claim).fixedBy) != 1 {
			return f
		}
		patches := m.claim(now.claim).fixedBy[0].text
		switch {
		case text == "":
			text = patches
		case text != patches:
			text += "; " + patches
		}
	}
	if text == "" {
		return f
	}
	return Fix{Kind: FixPatch, Version: text}
}

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
// decides. It is not ok when the version is not known. Its keys live until the next call.
func (m *Matcher) wayFrom(s *scratch, in *Installation, list []trouble, d *decision) (way, bool) {
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
			for j := range t.Segments {
				seg := &t.Segments[j]
				low, text := seg.Written()
				if isClear(seg.Status) {
					text = low // the end is where something else begins
				} else if seg.Span < 0 {
					continue
				}
				n, said := t.BranchNumbers(text)
				if !said {
					n = w.numbers
				}
				lo, hi, name, ok := t.AppendBranch(nil, nil, text, n)
				if text == "" || !ok || string(lo) < string(w.limit) || !bytes.HasPrefix(lo, w.from[:w.line]) {
					continue
				}
				k, known := slices.BinarySearchFunc(next, lo, func(n way, lo []byte) int { return bytes.Compare(n.from, lo) })
				if !known {
					next = slices.Insert(next, k, way{w.scheme, n, name, lo, true, hi, w.line})
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
	if h.level <= product.Possible || m.dropped(c.source) != "" || !sameScheme(c.timeline.Scheme, w.scheme) {
		return nil
	}
	if c.where.Op != advisory.OpAlways && m.holds(s, c) == vers.No {
		return nil
	}
	return c.timeline
}

func sameScheme(a, b vers.Scheme) bool {
	return a != nil && b != nil && (a == b || a.Name() == b.Name())
}

func isClear(s Status) bool { return s == advisory.Fixed || s == advisory.NotAffected }

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

// nextPoint returns the lowest segment of a way that is clear by its own statement and
// begins with a version that the publisher named, nil when there is none. Of two that begin
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
				if low, _ := seg.Written(); low == "" || !isClear(seg.Status) || !w.holds(seg) {
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
				if low == "" || !isClear(seg.Status) || !w.holds(seg) {
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

// advised returns the remediations for what may affect the installation.
func (m *Matcher) advised(s *scratch, in *Installation, list []trouble) []advisory.Remediation {
	var all []advisory.Remediation
	for i := range list {
		if now := &list[i].now; now.verdict.MayBeAffected() && now.claim >= 0 {
			all = m.remediations(all, s, in, now)
		}
	}
	return all
}

// remediations appends those of the statement that decided, each once.
func (m *Matcher) remediations(dst []advisory.Remediation, s *scratch, in *Installation, d *decision) []advisory.Remediation {
	t := m.claim(d.claim).timeline
	span := -1
	m.version(&s.read, in, t)
	if s.read.kind == readExact || s.read.kind == readBranch {
		out, _ := t.At(s.read.low, s.read.line)
		span = out.Span
	}
	for _, r := range m.remedies(m.claim(d.claim), span) {
		same := func(o advisory.Remediation) bool {
			return o.Category == r.Category && o.Text == r.Text && o.URL == r.URL
		}
		if !slices.ContainsFunc(dst, same) {
			dst = append(dst, r)
		}
	}
	return dst
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
