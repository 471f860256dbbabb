package match

import (
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// maxVariants bounds how many merged timelines there are of one package, for purls with other
// qualifiers.
const maxVariants = 8

// mergedOf returns the merged timeline of a package by its number, for the qualifiers of the
// installed one; nil when there are too many.
func (m *Matcher) mergedOf(in *Installation, n int) *merged {
	first, variants := m.merged.made.get(n), 0
	for g := first; g != nil; g = g.next {
		if !g.of.IsValid() || g.of == in.PURL.Unversioned() {
			return g
		}
		variants++
	}
	if variants >= maxVariants {
		return nil
	}
	usual := *m // the view of nobody: all views share what it finds
	usual.ask = ask{AskOptions: AskOptions{Want: defaultWant}}
	asking := m.pool.Get().(*scratch)
	defer m.pool.Put(asking)
	g := usual.merge(asking, in.PURL.Unversioned())
	g.next = first
	m.merged.made.replace(n, first, g)
	return g
}

// merge makes the merged timeline of a package, by asking about each vulnerability on each
// stretch between bounds.
func (m *Matcher) merge(s *scratch, u purl.PURL) *merged {
	in := &Installation{PURL: u}
	m.identify(s, in, false)
	g := &merged{hits: slices.Clone(s.hits)}
	m.eachPosting(u.AppendKey([]byte{byPURL}), func(claim int32, _ product.Level) {
		if !m.claim(claim).plain {
			g.of = u
		}
	})
	for _, h := range g.hits {
		c := m.claim(h.claim)
		if g.scheme == nil {
			g.scheme = c.timeline.Scheme
		}
		if len(c.timeline.Data().Texts) > 0 && !slices.Contains(g.named, c.timeline) {
			g.named = append(g.named, c.timeline)
		}
	}
	groups := m.groups(g.hits)
	var bounds []string
	for _, hits := range groups {
		if m.isMergeable(hits, g.scheme) {
			bounds = append(bounds, m.boundsOf(hits)...)
		}
	}
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)
	for _, key := range bounds {
		g.bounds += key
		g.ends = append(g.ends, uint32(len(g.bounds)))
	}
	first := 0
	for _, hits := range groups {
		if m.isMergeable(hits, g.scheme) {
			m.mergeGroup(s, g, in, hits, first)
		} else {
			g.put(0, uint32(len(g.ends)+1), int32(^first))
		}
		first += len(hits)
	}
	return g
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

// isMergeable tells whether the answer about a vulnerability hangs on the key of the version
// under one scheme, and on nothing else.
func (m *Matcher) isMergeable(hits []hit, scheme vers.Scheme) bool {
	return scheme != nil && !slices.ContainsFunc(hits, func(h hit) bool {
		c := m.claim(h.claim)
		src, t := m.source(c.source), c.timeline
		return h.open || h.wide || !c.always || c.fixedBy != nil || !src.expires.IsZero() || len(src.replacedBy) > 0 ||
			t.Entry != nil || t.Scheme != nil && !sameScheme(t.Scheme, scheme) || !t.IsByKey()
	})
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

// mergeGroup enters what is said about one vulnerability. Its hits begin at a place in g.hits.
func (m *Matcher) mergeGroup(s *scratch, g *merged, in *Installation, hits []hit, first int) {
	v := trouble{vulnerability: hits[0].about, hits: hits}
	from, key := uint32(0), ""
	enter := func(to uint32) {
		if v.now = m.judgeAt(s, in, &v, []byte(key), nil, &advisory.Timeline{Scheme: g.scheme}); !m.ask.Want.Has(v.now.verdict.Status) || v.now.verdict.Status == advisory.NoStatement {
			return
		}
		fix, ok := m.fixAbove(s, in, &v, key)
		if v.now.fix = fix; !ok {
			g.put(from, to, int32(^first))
			return
		}
		f := m.finding(&v.now)
		last := len(g.answers) - 1
		if last < 0 || g.answers[last] != f || g.claims[last] != v.now.claim {
			g.answers, g.claims = append(g.answers, f), append(g.claims, v.now.claim)
			last++
		}
		g.put(from, to, int32(last))
	}
	for _, next := range m.boundsOf(hits) {
		to := g.count([]byte(next))
		enter(to)
		from, key = to, next
	}
	enter(uint32(len(g.ends) + 1))
}

// put enters a stretch; one that goes on with the answer of the last is one with it.
func (g *merged) put(from, to uint32, answer int32) {
	if last := len(g.stretches) - 1; last >= 0 && g.stretches[last].to == from && g.stretches[last].answer == answer {
		g.stretches[last].to = to
		return
	}
	g.stretches = append(g.stretches, stretch{from, to, answer})
}

// fixAbove is fix for all versions between a bound and the next one. It is not ok where it is
// not the same for all of them, because the branch of the version decides.
func (m *Matcher) fixAbove(s *scratch, in *Installation, v *trouble, key string) (Fix, bool) {
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
	_, i := t.At(w.from, w.line)
	if i < 0 && len(m.boundsOf(v.hits)) > 0 {
		return Fix{}, false
	}
	list := [1]trouble{*v}
	if w.numbers = m.fewestNumbers(list[:], t.Scheme); w.numbers == 0 {
		return m.lowest(s, in, list[:], &w), true // all versions are one branch
	}
	// The way of each of these versions reaches to the end of the range at the least, see
	// wayFrom; to what is above it as well, unless a branch ends there.
	end := &t.Segments[i]
	_, high := end.Written()
	if high == "" || end.Span < 0 {
		return Fix{}, false
	}
	if low, above, _, ok := t.AppendBranch(nil, nil, high, w.numbers); ok && (string(low) == end.High || string(above) == end.High) {
		return Fix{}, false
	}
	s.limit = append(append(s.limit[:0], end.High...), 0)
	w.limit = s.limit
	f := m.lowest(s, in, list[:], &w)
	return f, f.IsVersion()
}
