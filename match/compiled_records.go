package match

import (
	"time"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/product"
)

func (f *flatFile) documentCount() int { return f.sources.len() }
func (b *flatBody) claimCount() int    { return b.claims.len() }

// maxProduct bounds the numbers of products and sayings.
const maxProduct = 1<<24 - 1

func (b *flatBody) makeClaim(i int32) *claim {
	u := b.unpacker(b.claims.record(int(i)))
	c := new(claim)
	c.vulnerability, c.source = int32(u.below(b.m.idCount())), int32(u.below(b.sources.len()))
	c.product, c.saying = int32(u.uint()&maxProduct), int32(u.uint()&maxProduct)
	reading, where, what := u.below(b.readings.len()), u.below(b.wheres.len()+1), u.below(b.products.len())
	c.modified = u.time()
	p, w := b.product(what), b.where(where)
	b.readReading(&u, c, reading)
	if u.bad || p == nil || w == nil || b.m.source(c.source).lost || b.main && c.timeline == nil {
		c.content = content{vulnerability: c.vulnerability, source: c.source, product: c.product, saying: c.saying, identity: &identity{plain: true},
			where: &advisory.Condition{}, timeline: damaged(), lost: true}
	} else {
		c.identity, c.where, c.leaves = p, &w.Condition, w.leaves
	}
	c.settle()
	return c
}

// readReading reads what a claim says about versions. What is wrong spoils the claim.
func (f *flatFile) readReading(claim *unpacker, c *claim, i int) {
	u := f.unpacker(f.readings.record(i))
	flags := u.byte()
	c.all, c.criteria, c.parts, c.doubt = flags&1 != 0, flags&2 != 0, flags&4 != 0, flags&8 != 0
	form := u.byte()
	c.versions, c.byDefault = int8(form>>4), advisory.Default(form&15)
	c.spans = make([]StatusSet, u.count())
	for j := range c.spans {
		c.spans[j] = StatusSet(u.byte())
	}
	for range u.count() {
		c.unplanned = append(c.unplanned, int32(u.int()))
	}
	for range u.count() {
		r := remedy{span: int(u.int()), text: u.text(), alternatives: make([][]int32, u.count())}
		for j := range r.alternatives {
			r.alternatives[j] = u.numbers(f.patchCount())
		}
		c.fixedBy = append(c.fixedBy, r)
	}
	if line := u.below(f.readings.len() + 1); line > 0 {
		c.timeline = f.timeline(line - 1)
		u.bad = u.bad || c.timeline == nil
	}
	claim.bad = claim.bad || u.bad
}

// product reads what a product is identified by, nil when it cannot.
func (f *flatFile) product(i int) *identity {
	if p := f.things.get(i); p != nil {
		return p
	}
	u := f.unpacker(f.products.record(i))
	c := &identity{}
	if n := int(u.uint()); n == 0 {
		c.key = u.text()
	} else if key, _, ok := f.m.index.entry(n - 1); ok && len(key) > 0 {
		c.key = string(key[1:])
	} else {
		u.fail()
	}
	c.vendor, c.name = u.text(), u.text()
	for range u.count() {
		name, err := cpe.Parse(u.text())
		u.bad = u.bad || err != nil
		c.cpes = append(c.cpes, name)
	}
	for range u.count() {
		p, _, err := purl.ParseLenient(u.text())
		u.bad = u.bad || err != nil
		c.purls = append(c.purls, p)
	}
	for range u.count() {
		kind := u.byte()
		pattern, err := product.ParsePattern(u.text(), product.Glob)
		u.bad = u.bad || err != nil
		c.numbers = append(c.numbers, number{kind, pattern})
	}
	c.hashes = u.list()
	if u.bad {
		return nil
	}
	c.settle()
	return f.things.put(i, c)
}

// anyAbout stands for the vulnerability of a claim, or of an id, of a damaged file that does not
// tell it: any.
const anyAbout = -1

func (b *flatBody) about(i int32) int32 {
	u := b.unpacker(b.claims.record(int(i)))
	if v := u.below(b.m.idCount()); !u.bad {
		return int32(v)
	}
	return anyAbout
}

// timeline returns a timeline, nil when it cannot be read.
func (f *flatFile) timeline(i int) *advisory.Timeline {
	if t := f.lines.get(i); t != nil {
		return t
	}
	return f.lines.put(i, f.readTimeline(i))
}

func (f *flatFile) readTimeline(i int) *advisory.Timeline {
	u := f.unpacker(f.readings.record(i))
	h := f.unpacker(f.readings.record(u.below(f.readings.len())))
	scheme, known := f.m.schemes.Lookup(h.text())
	if !known {
		scheme = nil
	}
	entry, _ := f.m.catalog.Entry(h.text())
	d := advisory.TimelineData{SchemeRule: h.text()}
	flags := h.byte()
	d.Commits, d.Names, d.OnlyCPEs = flags&1 != 0, flags&2 != 0, flags&4 != 0
	d.Unread = StatusSet(h.byte())
	d.Numbers, d.Depth, d.Name = int(h.uint()), int(h.uint()), h.text()
	d.Other = f.outcome(&h)
	for range u.count() {
		d.Releases = append(d.Releases, advisory.CPERelease{Span: int(u.int()), Status: u.status(), Version: u.text(), Update: u.text(), Key: u.text()})
	}
	d.Segments = make([]advisory.Segment, u.count())
	of := &advisory.Timeline{Scheme: scheme, Entry: entry}
	high, highText := "", ""
	for j := range d.Segments {
		s := &d.Segments[j]
		flags := u.byte()
		s.LowOpen, s.HighClosed = flags&4 != 0, flags&8 != 0
		if s.Low = high; flags&1 == 0 {
			s.Low = u.text()
		}
		if flags&32 == 0 {
			s.High = u.text()
		}
		if s.LowText = highText; flags&2 == 0 {
			s.LowText = u.text()
		}
		s.HighText = u.text()
		if flags&32 != 0 { // 16 is free
			s.High = f.m.boundOf(of, s.HighText, s.HighClosed)
		}
		s.Outcome = f.outcome(&u)
		high, highText = s.High, s.HighText
	}
	if n := u.count(); n > 0 {
		d.Texts = make(map[string]advisory.Outcome, n)
		for range n {
			text := u.text()
			d.Texts[text] = f.outcome(&u)
		}
	}
	if u.bad || h.bad {
		return nil
	}
	return advisory.NewTimeline(d, scheme, entry, f.m.schemes)
}

// boundOf returns the key at which a stretch of versions ends, as far as the text of the bound tells
// it, "" where it does not: most bounds are the key of their text, or what follows it. A stretch
// begins where the last one ends, but for few.
func (m *Matcher) boundOf(t *advisory.Timeline, text string, closed bool) string {
	if text == "" || t.Scheme == nil {
		return ""
	}
	canonical, _ := t.Entry.Version(text)
	key, _, err := m.schemes.AppendKey(nil, t.Scheme, canonical)
	if err != nil {
		return ""
	}
	if closed {
		key = append(key, 0)
	}
	return string(key)
}

// outcome reads the number of an answer, and the answer when it is the first time.
func (f *flatFile) outcome(of *unpacker) advisory.Outcome {
	i := of.below(f.outcomes.len())
	if o := f.answers.get(i); o != nil {
		return *o
	}
	u := f.unpacker(f.outcomes.record(i))
	o := &advisory.Outcome{Inferred: u.byte()&1 != 0, Status: u.status(), Reason: Reason(u.byte()), Possible: StatusSet(u.byte()),
		Span: int(u.int()), Rule: u.text(), If: u.text()}
	if u.bad {
		of.fail()
		return advisory.Outcome{}
	}
	return *f.answers.put(i, o)
}

func (u *unpacker) status() Status {
	s := Status(u.byte())
	if s > advisory.Affected {
		u.fail()
		return advisory.Unknown
	}
	return s
}

// where returns a condition by its number plus one, nil when it cannot be read.
func (f *flatFile) where(n int) *compiledWhere {
	if n == 0 {
		return &compiledWhere{}
	}
	if w := f.rules.get(n - 1); w != nil {
		return w
	}
	u := f.unpacker(f.wheres.record(n - 1))
	w := &compiledWhere{leaves: map[*advisory.Condition]*leaf{}}
	f.readNode(&u, &w.Condition, w, 0)
	if u.bad {
		return nil
	}
	return f.rules.put(n-1, w)
}

// maxNodes bounds the depth of a condition.
const maxNodes = 100

func (f *flatFile) readNode(u *unpacker, c *advisory.Condition, w *compiledWhere, depth int) {
	if c.Op = advisory.Op(u.byte()); depth > maxNodes {
		u.fail()
	}
	switch c.Op {
	case advisory.OpAlways:
	case advisory.OpAll, advisory.OpAny, advisory.OpNot:
		c.Of = make([]advisory.Condition, u.count())
		for i := range c.Of {
			f.readNode(u, &c.Of[i], w, depth+1)
		}
	case advisory.OpText:
		c.Text = u.text()
	case advisory.OpFact:
		flags := u.byte()
		c.Presumed, c.Spans = flags&1 != 0, someSpans(flags&2 != 0)
		c.Fact, c.Values, c.Patterns = u.text(), u.list(), u.list()
		for range u.count() {
			c.Serials = append(c.Serials, advisory.SerialRange{Chars: int(u.uint() & 0xFFFF), Order: u.text(), From: u.text(), Through: u.text()})
		}
		line := u.below(f.readings.len() + 1)
		if len(c.Patterns)+len(c.Spans) > 0 {
			l := &leaf{}
			l.readPatterns(c.Patterns)
			if line > 0 {
				if l.timeline = f.timeline(line - 1); l.timeline == nil {
					u.fail()
				}
			}
			w.leaves[c] = l
		}
	case advisory.OpProduct:
		c.Relation = advisory.Relation(u.byte())
		c.Spans = someSpans(u.byte()&1 != 0)
		if n := u.below(f.others.flat.claims.len() + 1); n > 0 {
			w.leaves[c] = &leaf{claim: int32(n - 1)}
		}
	default:
		u.fail()
	}
}

// someSpans stands for the spans of a leaf, which its timeline holds.
func someSpans(some bool) []advisory.Span {
	if some {
		return []advisory.Span{{}}
	}
	return nil
}

func (f *flatFile) makeSource(i int32) *source {
	u := f.unpacker(f.sources.record(int(i)))
	s := &source{publisher: u.text(), rank: advisory.Rank(u.byte()), changed: u.time(), expires: u.time(), dropped: u.text(), replacedBy: u.numbers(f.sources.len())}
	if u.bad {
		s = &source{lost: true}
	}
	return s
}

// doc returns a document, which is read when it is first asked for.
func (f *flatFile) doc(i int32) *advisory.Advisory {
	if a := f.docs.get(int(i)); a != nil {
		return a
	}
	return f.docs.put(int(i), readDocument(f.documents.record(int(i))))
}

// graph returns the patches, nil when there are none.
func (f *flatFile) graph() *patchGraph {
	if len(f.sections[secPatches]) == 0 {
		return nil
	}
	if g := f.patches.get(0); g != nil {
		return g
	}
	return f.patches.put(0, f.readGraph())
}

func (f *flatFile) patchCount() int {
	if g := f.graph(); g != nil {
		return len(g.patches)
	}
	return 0
}

// readGraph reads the patches. A damaged record is an incomplete graph without edges.
func (f *flatFile) readGraph() *patchGraph {
	u := f.unpacker(f.sections[secPatches])
	g := &patchGraph{names: map[string]int32{}, complete: u.byte()&1 != 0}
	g.patches = make([]patch, u.count())
	for i := range g.patches {
		p := &g.patches[i]
		p.name, p.recorded, p.scope, p.ring = u.text(), u.byte()&1 != 0, u.scope(), int32(u.int())
		for range u.count() {
			p.successors = append(p.successors, successor{patch: int32(u.below(len(g.patches))), source: int32(u.below(f.sources.len())),
				record: int32(u.uint() & maxProduct), at: int32(u.uint() & maxProduct), scope: u.scope()})
		}
		for range u.count() {
			p.levels = append(p.levels, patchLevel{version: u.text(), scope: u.scope()})
		}
	}
	for range u.count() {
		name := u.text()
		g.names[name] = int32(u.below(len(g.patches)))
	}
	if u.bad {
		return &patchGraph{names: map[string]int32{}}
	}
	return g
}

func (u *unpacker) scope() patchScope {
	some, n := u.byte()&1 != 0, u.count()
	if !some {
		return nil
	}
	s := make(patchScope, n)
	for i := range s {
		s[i] = scopeProduct{key: u.text(), plain: u.text(), entry: u.byte()&1 != 0}
	}
	return s
}

// numbers reads numbers that have to be smaller than n.
func (u *unpacker) numbers(n int) []int32 {
	var list []int32
	for range u.count() {
		list = append(list, int32(u.below(n)))
	}
	return list
}

// time writes a moment, to the nanosecond; the zero time is 0.
func (p *packer) time(t time.Time) {
	if t.IsZero() {
		p.byte(0)
		return
	}
	p.byte(1)
	p.int(t.Unix())
	p.uint(uint64(t.Nanosecond()))
}

func (u *unpacker) time() time.Time {
	if u.byte() == 0 {
		return time.Time{}
	}
	sec, nsec := u.int(), u.uint()
	return time.Unix(sec, int64(nsec%1e9)).UTC()
}
