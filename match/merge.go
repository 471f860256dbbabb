package match

import (
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
)

// maxVariants bounds how many merged timelines there are under one key of the index.
const maxVariants = 16

// mergedAtOnce is for how many hits a merged timeline is made when it is first asked for. One for
// more of them is made when as many questions came as make it worth the while.
const mergedAtOnce = 64

// mergedOf returns the merged timeline of a simple installation, nil when there is none: because
// nothing is said about the product, or (not silent) because it has to be looked at in full.
func (m *Matcher) mergedOf(s *scratch, in *Installation) (_ *merged, silent bool) {
	n, level, found, sure := m.mergedKey(s, in)
	if !found {
		return nil, sure
	}
	first, variants := m.merged.made.get(n), 0
	for g := first; g != nil; g = g.next {
		if g.is(s, in, level) {
			return m.due(g, in), false
		}
		variants++
	}
	if variants >= maxVariants {
		return nil, false
	}
	g := &merged{name: string(s.key), level: level, next: first}
	m.withNobody(func(nobody *Matcher, asking *scratch) { nobody.merge(asking, in, g, mergedAtOnce) })
	m.merged.made.replace(n, first, g)
	if g.size > 0 {
		return nil, false
	}
	return g, false
}

// due returns a merged timeline, or nil while it is not worth the while to make it.
func (m *Matcher) due(g *merged, in *Installation) *merged {
	if g.size == 0 {
		return g
	}
	later := g.later.Load()
	if later == nil && int(g.asks.Add(1))*mergedAtOnce >= g.size {
		later = &merged{}
		m.withNobody(func(nobody *Matcher, asking *scratch) { nobody.merge(asking, in, later, g.size) })
		g.later.Store(later)
	}
	return later
}

// withNobody asks in the view of nobody: all views share what it finds.
func (m *Matcher) withNobody(do func(nobody *Matcher, asking *scratch)) {
	nobody := *m
	nobody.ask = ask{AskOptions: AskOptions{Want: defaultWant}}
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	do(&nobody, s)
}

// merge fills a merged timeline by asking about each vulnerability on each stretch between bounds.
// Where there are more hits than most, it only notes how many.
func (m *Matcher) merge(s *scratch, in *Installation, g *merged, most int) {
	in = &Installation{Vendor: in.Vendor, Product: in.Product, PURL: in.PURL.Unversioned()}
	m.identify(s, in, false)
	if in.PURL.IsValid() {
		m.eachPosting(in.PURL.AppendKey([]byte{byPURL}), func(claim int32, _ product.Level) {
			if !m.claim(claim).plain {
				g.of = in.PURL
			}
		})
	}
	if len(s.hits) > most {
		g.size = len(s.hits)
		return
	}
	g.hits = slices.Clone(s.hits)
	texts := map[string]advisory.Outcome{}
	first := 0
	for _, hits := range m.groups(g.hits) {
		g.groups = append(g.groups, group{hits: int32(first), layer: m.layerOf(g, hits), bare: m.hangs(hits)})
		first += len(hits)
		for _, h := range hits {
			for text := range m.claim(h.claim).timeline.Data().Texts {
				texts[text] = advisory.Outcome{}
			}
		}
	}
	if len(texts) > 0 {
		g.texts = advisory.NewTimeline(advisory.TimelineData{Texts: texts}, nil, nil, nil)
	}
	m.collectBounds(g)
	for i := range g.groups {
		g.groups[i].pieces = int32(len(g.pieces))
		if g.groups[i].layer >= 0 {
			m.mergeGroup(s, g, in, i)
		}
	}
}

// groups splits hits by vulnerability.
func (m *Matcher) groups(hits []hit) (groups [][]hit) {
	for from := 0; from < len(hits); {
		to := m.group(hits, from)
		groups = append(groups, hits[from:to])
		from = to
	}
	return groups
}

func (m *Matcher) hitsIn(g *merged, i int) []hit {
	hits := g.hits[g.groups[i].hits:]
	return hits[:m.group(hits, 0)]
}

// hangs tells whether facts decide on a vulnerability beside the version.
func (m *Matcher) hangs(hits []hit) bool {
	return slices.ContainsFunc(hits, func(h hit) bool { return h.open || !m.claim(h.claim).always })
}

// layerOf returns the layer of a vulnerability, -1 when what is said about it hangs on more than
// the key of the version, or its statements read it in different ways.
func (m *Matcher) layerOf(g *merged, hits []hit) int8 {
	var reader *advisory.Timeline
	for _, h := range hits {
		c := m.claim(h.claim)
		src, t := m.source(c.source), c.timeline
		if c.fixedBy != nil || !src.expires.IsZero() || len(src.replacedBy) > 0 || !t.IsByKey() {
			return -1
		}
		switch {
		case t.Scheme == nil: // the answer is one for all versions
		case reader == nil:
			reader = t
		case !reader.ReadsLike(t):
			return -1
		}
	}
	for i := range g.layers {
		switch l := &g.layers[i]; {
		case reader == nil && l.reader != nil, reader != nil && l.reader != nil && l.reader.ReadsLike(reader):
			return int8(i)
		case l.reader == nil && reader != nil:
			l.reader = reader
			return int8(i)
		}
	}
	return -1
}

// collectBounds collects the bounds of each layer.
func (m *Matcher) collectBounds(g *merged) {
	var all [maxLayers][]string
	for i := range g.groups {
		if n := g.groups[i].layer; n >= 0 {
			all[n] = append(all[n], m.boundsOf(m.hitsIn(g, i))...)
		}
	}
	for n := range all {
		slices.Sort(all[n])
		var b strings.Builder
		for _, key := range slices.Compact(all[n]) {
			b.WriteString(key)
			g.layers[n].ends = append(g.layers[n].ends, uint32(b.Len()))
		}
		g.layers[n].bounds = b.String()
	}
}

// boundsOf returns the bounds of the statements about a vulnerability, sorted.
func (m *Matcher) boundsOf(hits []hit) (keys []string) {
	for _, h := range hits {
		segments := m.claim(h.claim).timeline.Segments
		for i := range segments {
			keys = append(keys, segments[i].Low, segments[i].High)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// mergeGroup enters what is said about one vulnerability.
func (m *Matcher) mergeGroup(s *scratch, g *merged, in *Installation, i int) {
	hits, l := m.hitsIn(g, i), &g.layers[g.groups[i].layer]
	v := trouble{vulnerability: hits[0].about, hits: hits}
	from, key := uint32(0), ""
	enter := func(to uint32, next string) {
		if from == to {
			return
		}
		v.now = m.judgeAt(s, in, &v, []byte(key), nil, l.reader)
		if !m.ask.Want.Has(v.now.verdict.Status) || v.now.verdict.Status == advisory.NoStatement {
			return
		}
		fix, ok := m.fixAbove(s, in, &v, key, next)
		v.now.fix = fix
		p := stretch{from, to, -1}
		if ok {
			f, last := m.finding(&v.now), len(g.answers)-1
			if last < 0 || g.answers[last] != f || g.claims[last] != v.now.claim {
				g.answers, g.claims = append(g.answers, f), append(g.claims, v.now.claim)
				last++
			}
			p.answer = int32(last)
		}
		g.pieces = append(g.pieces, p)
	}
	for _, next := range m.boundsOf(hits) {
		to := l.count([]byte(next))
		enter(to, next)
		from, key = to, next
	}
	enter(uint32(len(l.ends)+1), "")
}

// fixAbove is fix for all versions from a bound to the next one. It is not ok where it is not the
// same for all of them, because the branch of the version decides.
func (m *Matcher) fixAbove(s *scratch, in *Installation, v *trouble, key, next string) (Fix, bool) {
	d := &v.now
	if d.claim < 0 || !d.verdict.MayBeAffected() || d.verdict.Status == advisory.UnderInvestigation {
		return m.fix(s, in, v.hits, d), true
	}
	t := m.claim(d.claim).timeline
	if t.Scheme == nil {
		return Fix{}, true
	}
	s.from = append(s.from[:0], key...)
	w := way{scheme: t.Scheme, from: s.from, line: strings.IndexByte(key, 0) + 1}
	_, at := t.At(w.from, w.line)
	if at < 0 && len(m.boundsOf(v.hits)) > 0 {
		return Fix{}, false
	}
	list := [1]trouble{*v}
	n, said := t.BranchNumbers(m.writtenAt(v, key))
	if !said {
		w.numbers = m.fewestNumbers(list[:], t.Scheme)
		n = w.numbers
	}
	switch {
	case said && (n == 0 || !t.Entry.OneBranchForm()):
		return Fix{}, false
	case n == 0: // all versions are one branch
		return m.lowest(s, in, list[:], &w), true
	case at < 0:
		return Fix{}, false
	}
	end := &t.Segments[at]
	_, high := end.Written()
	branch, above, name, ok := t.AppendBranch(nil, nil, m.writtenAt(v, key), n)
	if within := ok && key != "" && string(branch) <= key && next != "" && next <= string(above); within {
		// All these versions lie on one branch.
		w.name, w.limit = name, above
		if !said && end.Span >= 0 && high != "" && end.High > string(above) {
			w.limit = append([]byte(end.High), 0)
		}
		return m.lowest(s, in, list[:], &w), true
	}
	// The way of each of them reaches to the end of the range at the least (see wayFrom), and to
	// what is above it as well, unless a branch ends there.
	if said || high == "" || end.Span < 0 {
		return Fix{}, false
	}
	if low, above, _, ok := t.AppendBranch(nil, nil, high, n); ok && (string(low) == end.High || string(above) == end.High) {
		return Fix{}, false
	}
	w.limit = append([]byte(end.High), 0)
	f := m.lowest(s, in, list[:], &w)
	return f, f.IsVersion()
}

// writtenAt returns the text of the version with a key, "" when no statement names it.
func (m *Matcher) writtenAt(v *trouble, key string) string {
	for _, h := range v.hits {
		t := m.claim(h.claim).timeline
		for i := range t.Segments {
			seg := &t.Segments[i]
			if low, _ := seg.Written(); seg.Low != key || seg.LowOpen || low == "" {
				continue
			}
			canonical, _ := t.Entry.Version(seg.LowText)
			if have, _, err := m.schemes.AppendKey(nil, t.Scheme, canonical); err == nil && string(have) == key {
				return canonical
			}
		}
	}
	return ""
}
