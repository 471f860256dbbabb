package match

import (
	"math"
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
)

// maxVariants bounds how many merged timelines there are under one key of the index.
const maxVariants = 16

// mergedOf returns the merged timeline of a simple installation, nil when there is none: because
// nothing is said about the product, or (not silent) because it has to be looked at in full.
func (m *Matcher) mergedOf(s *scratch, in *Installation) (_ *merged, silent bool) {
	n, level, found, sure := m.mergedKey(s, in)
	if !found {
		return nil, sure
	}
	first, variants := m.merged.made.get(n), 0
	g := first
	for ; g != nil && !g.releases && !g.is(s, in, level); g = g.next {
		variants++
	}
	if g == nil && variants < maxVariants {
		g = &merged{key: newIndexKey(s.probe), named: in.Product != "", name: newIndexKey(s.key), level: level, next: first}
		m.withNobody(func(nobody *Matcher, s *scratch) { nobody.merge(s, in, g) })
		m.merged.made.replace(n, first, g)
	}
	if g == nil || g.releases {
		return nil, false
	}
	return g, false
}

// withNobody asks in the view of nobody: all views share what it finds.
func (m *Matcher) withNobody(do func(nobody *Matcher, asking *scratch)) {
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	do(m.nobody, s)
}

// merge fills a merged timeline with the statements and their bounds.
func (m *Matcher) merge(s *scratch, in *Installation, g *merged) {
	bare := in.withoutVersion(g)
	m.identify(s, &bare, false)
	g.hits = slices.Clone(s.hits)
	g.spoken = slices.ContainsFunc(g.hits, func(h hit) bool { return h.level > product.Possible })
	if in.PURL.IsValid() {
		m.eachPosting(in.PURL.AppendKey([]byte{byPURL}), func(claim int32, _ product.Level) {
			if !m.claim(claim).plain {
				g.of, g.narrow = in.PURL.Unversioned(), true
			}
			g.releases = g.releases || m.claim(claim).release
		})
	}
	if g.releases {
		return
	}
	texts := map[string]advisory.Outcome{}
	first := 0
	for _, hits := range m.groups(g.hits) {
		q := group{hits: int32(first), layer: -1, alone: m.areAlone(hits), needs: m.needsOf(g, hits, in), one: len(hits) == 1}
		if q.alone {
			q.layer = m.layerOf(g, hits)
		}
		q.counts = q.layer >= 0 && q.layer < maxLayers && g.layers[q.layer].reader.IsVendors()
		g.groups = append(g.groups, q)
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
	bounds := m.collectBounds(g)
	g.makeCells()
	for i := range g.groups {
		g.groups[i].pieces = int32(len(g.pieces))
		if n := g.groups[i].layer; n >= 0 {
			g.pieces = append(g.pieces, piece{})
			for _, key := range bounds[i] {
				g.pieces = append(g.pieces, piece{from: g.layers[n].bounds.count([]byte(key))})
			}
		}
	}
}

// withoutVersion is an installation of the same product on the same kind of host, about which
// nothing else is known.
func (in *Installation) withoutVersion(g *merged) Installation {
	asked := Installation{Vendor: in.Vendor, Product: in.Product, PURL: in.PURL.Unversioned(), Facts: Facts{}}
	if bundle, ok := in.Facts["bundle"]; ok {
		asked.Facts["bundle"] = bundle // stands for a vendor
	}
	for _, f := range g.facts {
		if asked.FactsComplete = f.complete; f.known {
			asked.Facts[f.name] = f.value
		}
	}
	return asked
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

// hitsOf returns the hits of a group.
func (g *merged) hitsOf(i int32) []hit {
	from, to := g.groups[i].hits, int32(len(g.hits))
	if int(i)+1 < len(g.groups) {
		to = g.groups[i+1].hits
	}
	return g.hits[from:to:to]
}

// needsOf returns what the answers about a vulnerability need, and notes the facts that its
// conditions ask for.
func (m *Matcher) needsOf(g *merged, hits []hit, in *Installation) (n needs) {
	note := func(name string) {
		if !slices.ContainsFunc(g.facts, func(f factOf) bool { return f.name == name }) {
			value, known := in.Fact(name)
			g.facts = append(g.facts, factOf{name, value, known, in.FactsComplete})
		}
	}
	for _, h := range hits {
		c := m.claim(h.claim)
		for leaf := range c.where.Leaves() {
			switch leaf.Op {
			case advisory.OpFact:
				note(leaf.Fact)
				if leaf.Fact == factPlatform {
					note(factFamily)
				}
			case advisory.OpText:
				n |= needsNoWords
			default:
				n |= needsNoProducts
			}
		}
		if hasWords(c.timeline) {
			n |= needsNoWords
		}
	}
	return n
}

// hasWords tells whether words limit a range.
func hasWords(t *advisory.Timeline) bool {
	return t.Other.If != "" || slices.ContainsFunc(t.Segments, func(s advisory.Segment) bool { return s.If != "" })
}

// areAlone tells whether all of the claims of hits stand alone.
func (m *Matcher) areAlone(hits []hit) bool {
	return !slices.ContainsFunc(hits, func(h hit) bool { return !m.claim(h.claim).isAlone() })
}

// isAlone tells whether what a claim says hangs on no patches, which are of the host, and on no date.
func (c *claim) isAlone() bool {
	e := c.timeline.Entry
	return c.fixedBy == nil && (e == nil || e.Base == 0) && c.from.isTimeless()
}

// layerOf returns the layer of a vulnerability, -1 when what is said about it hangs on more than
// the key of the version, or its statements read it in different ways.
func (m *Matcher) layerOf(g *merged, hits []hit) int8 {
	var reader *advisory.Timeline
	var least, most int
	for _, h := range hits {
		t := m.claim(h.claim).timeline
		if !t.IsByKey() {
			return -1
		}
		if t.Scheme == nil {
			continue // the answer is one for all versions
		}
		n := numbersOf(t)
		switch {
		case reader == nil:
			reader, least, most = t, n, n
		case !sameScheme(reader.Scheme, t.Scheme) || reader.Entry != t.Entry:
			return -1
		case n < least:
			reader, least = t, n
		}
		most = max(most, n)
	}
	if reader == nil {
		return anyVersion
	}
	for i := range g.layers {
		l := &g.layers[i]
		if l.reader == nil {
			l.reader, l.mixed = reader, least != most
			return int8(i)
		}
		have := numbersOf(l.reader)
		if !sameScheme(l.reader.Scheme, reader.Scheme) || l.reader.Entry != reader.Entry || l.mixed != (least != most) || !l.mixed && have != least {
			continue
		}
		if least < have {
			l.reader = reader
		}
		return int8(i)
	}
	return -1
}

// numbersOf returns how many numbers of a version a timeline leaves.
func numbersOf(t *advisory.Timeline) int {
	if n := t.ReleaseNumbers(); n > 0 {
		return n
	}
	return math.MaxInt
}

// collectBounds makes the bounds of each layer, and returns those of each group.
func (m *Matcher) collectBounds(g *merged) (of [][]string) {
	var all [maxLayers][]string
	of = make([][]string, len(g.groups))
	for i := range g.groups {
		if n := g.groups[i].layer; n >= 0 && n < maxLayers {
			of[i] = m.boundsOf(g.hitsOf(int32(i)))
			all[n] = append(all[n], of[i]...)
		}
	}
	for n := range all {
		l := &g.layers[n]
		if l.reader == nil {
			break
		}
		slices.Sort(all[n])
		l.bounds = newBounds(slices.Compact(all[n]))
		l.scheme, l.entry, l.vendors = l.reader.Scheme, l.reader.Entry, l.reader.IsVendors()
	}
	return of
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

// hasBounds tells whether the statement of a hit has bounds.
func (m *Matcher) hasBounds(h hit) bool { return len(m.claim(h.claim).timeline.Segments) > 0 }

// answerPiece asks about a piece of a group, and keeps the answer.
func (m *Matcher) answerPiece(g *merged, i, n int32, in *Installation) (state uint32) {
	m.withNobody(func(m *Matcher, s *scratch) {
		hits, reader := g.hitsOf(i), m.claim(g.hits[g.groups[i].hits].claim).timeline
		key := ""
		if n, from := g.groups[i].layer, g.pieces[n].from; n < maxLayers {
			reader = g.layers[n].reader
			if from > 0 {
				key = g.layers[n].bounds.key(int(from - 1))
			}
		}
		s.bare = in.withoutVersion(g)
		in := &s.bare
		m.begin(s, in)
		v := trouble{vulnerability: hits[0].about, hits: hits}
		v.now = m.judgeAt(s, in, &v, []byte(key), nil, reader)
		state = unwanted
		if m.reports(&v.now) {
			var ok bool
			if v.now.fix, ok = m.fixOfPiece(s, in, &v, key); ok {
				state = g.keep(m.finding(&v.now))
			} else {
				state = undecided // on the fix
			}
		}
	})
	g.pieces[n].answer.Store(state)
	return state
}

// keep keeps an answer and returns its number for pieces.
func (g *merged) keep(a Finding) uint32 {
	g.mu.Lock()
	defer g.mu.Unlock()
	list := g.kept()
	if i := len(list) - 1; i >= 0 && list[i] == a {
		return decided + uint32(i)
	}
	list = append(list, a)
	g.answers.Store(&list)
	return decided + uint32(len(list)-1)
}

// kept returns the answers that are there.
func (g *merged) kept() []Finding {
	if list := g.answers.Load(); list != nil {
		return *list
	}
	return nil
}

// fixOfPiece is fix for all versions of a piece, which begins at a bound. It is not ok where the
// branch of the version decides.
func (m *Matcher) fixOfPiece(s *scratch, in *Installation, v *trouble, key string) (Fix, bool) {
	d := &v.now
	if d.claim < 0 || !d.verdict.MayBeAffected() || d.verdict.Status == advisory.UnderInvestigation {
		return m.fix(s, in, v.hits, d), true
	}
	t, list := m.claim(d.claim).timeline, [1]trouble{*v}
	if t.Scheme == nil {
		return Fix{}, true
	}
	s.from = append(s.from[:0], key...)
	w := way{scheme: t.Scheme, from: s.from, line: strings.IndexByte(key, 0) + 1}
	_, at := t.At(w.from, w.line)
	_, said := t.BranchNumbers("")
	n := m.fewestNumbers(list[:], t.Scheme)
	switch {
	case said, at < 0 && slices.ContainsFunc(v.hits, m.hasBounds): // or the line of the version is not that of the bound
		return Fix{}, false
	case n == 0: // all versions are one branch
		return m.lowest(s, in, list[:], &w), true
	case at < 0:
		return Fix{}, false
	}
	// The way of each version reaches to the end of the range at the least (see wayFrom), and to what
	// is above it as well, unless a branch ends there.
	end := &t.Segments[at]
	_, high := end.Written()
	low, above, _, ok := t.AppendBranch(nil, nil, high, n)
	if high == "" || end.Span < 0 || ok && (string(low) == end.High || string(above) == end.High) {
		return Fix{}, false
	}
	w.limit = append([]byte(end.High), 0)
	f := m.lowest(s, in, list[:], &w)
	return f, f.IsVersion()
}
