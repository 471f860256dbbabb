package match

import (
	"cmp"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/affected-go/affected/purl/vers"
)

// A cell is what is found for all versions that have the same places in the layers of a merged
// timeline, or for one version where the places do not tell all. It is made when somebody asks.
type cell struct {
	at       places
	version  string      // that it is for, "" for all that have the places
	findings []Finding   // in the order of the ids
	open     []openGroup // the same
	partly   bool        // the cell of a version has fewer that are open
	// Where one of these bounds counts versions in another way than the installed one, the cell is
	// not for it.
	counted []counted
}

// A counted is a bound of a layer.
type counted struct {
	layer int8
	bound uint32
}

// An openGroup is a vulnerability about which more decides than a cell is for.
type openGroup struct {
	group  int32
	before int32 // how many findings of the cell come before it
}

// versionSlots bounds for how many versions a merged timeline keeps cells, and versionTries how many
// places each may have.
const (
	versionSlots = 128
	versionTries = 4
)

// A versionTable holds the cells of versions by the hash of their text.
type versionTable [versionSlots]atomic.Pointer[cell]

// maxKept bounds how many findings the cells of one merged timeline keep.
const maxKept = 1 << 14

// makeCells makes room for cells: where there is one layer, one for each place.
func (g *merged) makeCells() {
	n := 1
	for i := range g.layers {
		n += g.layers[i].bounds.len()
	}
	g.cells = make([]atomic.Pointer[cell], n)
	g.room.Store(maxKept)
}

// slot returns where the cell of places is, if it is kept: where there is one layer, each has its own.
func (at *places) slot(n int) int {
	sum := uint32(0)
	for i := len(at.of) - 1; i >= 0; i-- {
		sum = sum*31 + at.of[i]
	}
	return int(sum % uint32(n))
}

// cellOf returns the cell for an installed version by its places, or its own where they do not tell
// all. It stands in the scratch where the merged timeline does not keep it for others. It is not ok
// when the question was canceled.
func (m *Matcher) cellOf(g *merged, at *places, version string, s *scratch, in *Installation, done <-chan struct{}) (c *cell, ok bool) {
	if g.isNamed(version, s) {
		return m.versionCell(g, at, version, s, in, done)
	}
	slot := &g.cells[at.slot(len(g.cells))]
	c = slot.Load()
	if c == nil || c.at != *at {
		free := c == nil
		if c, ok = m.fill(g, at, "", s, in, done); !ok {
			return nil, false
		}
		if free && g.mayKeep(c) {
			slot.CompareAndSwap(nil, c.clone())
		}
	}
	if c.partly || slices.ContainsFunc(c.counted, func(b counted) bool { return g.isOther(b, s) }) {
		return m.versionCell(g, at, version, s, in, done)
	}
	return c, true
}

// versionCell returns the cell of one version.
func (m *Matcher) versionCell(g *merged, at *places, version string, s *scratch, in *Installation, done <-chan struct{}) (*cell, bool) {
	table := g.versions.Load()
	if table == nil {
		g.versions.CompareAndSwap(nil, new(versionTable))
		table = g.versions.Load()
	}
	var free *atomic.Pointer[cell]
	for i := range uint32(versionTries) {
		slot := &table[(hashOf(version)+i)%versionSlots]
		c := slot.Load()
		if c == nil {
			free = slot
			break
		}
		if c.at == *at && c.version == version {
			return c, true
		}
	}
	c, ok := m.fill(g, at, version, s, in, done)
	if ok && free != nil && g.mayKeep(c) {
		free.CompareAndSwap(nil, c.clone())
	}
	return c, ok
}

// mayKeep tells whether there is room for a cell.
func (g *merged) mayKeep(c *cell) bool {
	return g.room.Add(-int32(1+len(c.findings)+len(c.open))) >= 0
}

// clone returns a copy that needs no more memory than it holds.
func (c *cell) clone() *cell {
	kept := *c
	kept.version = strings.Clone(c.version)
	kept.findings, kept.open, kept.counted = slices.Clip(slices.Clone(c.findings)), slices.Clip(slices.Clone(c.open)), slices.Clip(slices.Clone(c.counted))
	return &kept
}

// isNamed tells whether a statement names a version by its text: then its place says nothing.
func (g *merged) isNamed(version string, s *scratch) (named bool) {
	if g.texts != nil {
		_, named = g.texts.Text(version, s.id[:0])
	}
	return named
}

// fill makes the cell of places, or of a version.
func (m *Matcher) fill(g *merged, at *places, version string, s *scratch, in *Installation, done <-chan struct{}) (c *cell, ok bool) {
	c = &s.cell
	c.at, c.version, c.partly = *at, version, false
	c.findings, c.open, c.counted = c.findings[:0], c.open[:0], c.counted[:0]
	named := version != "" && g.isNamed(version, s)
	for i := range int32(len(g.groups)) {
		select {
		case <-done:
			return nil, false
		default:
		}
		q, state := &g.groups[i], uint32(undecided)
		if !named && q.layer >= 0 && at.of[q.layer] != nowhere && q.needs&^at.met == 0 {
			piece, from := g.pieceAt(i, at.of[q.layer]), len(c.counted)
			if q.counts {
				c.counted = g.appendCounted(c.counted, i, piece)
			}
			if version == "" || !slices.ContainsFunc(c.counted[from:], func(b counted) bool { return g.isOther(b, s) }) {
				state = m.stateOf(g, i, piece, in)
			}
		}
		switch {
		case state == unwanted:
		case state >= decided:
			c.findings = append(c.findings, g.kept()[state-decided])
		case version == "" || !q.alone || q.needs&^at.met != 0:
			c.partly = c.partly || q.alone && q.needs&^at.met == 0
			c.open = append(c.open, openGroup{group: i, before: int32(len(c.findings))})
		default:
			c.findings = m.nobody.appendDecided(c.findings, g, i, s, in)
		}
	}
	slices.SortFunc(c.counted, func(a, b counted) int { return cmp.Or(cmp.Compare(a.layer, b.layer), cmp.Compare(a.bound, b.bound)) })
	c.counted = slices.Compact(c.counted)
	if version != "" {
		c.counted, c.partly = c.counted[:0], false
	}
	return c, true
}

// appendDecided decides on a group, and appends what is reported.
func (m *Matcher) appendDecided(dst []Finding, g *merged, i int32, s *scratch, in *Installation) []Finding {
	hits := g.hitsOf(i)
	if d := m.decide(s, in, hits[0].about, hits); m.reports(&d) {
		dst = append(dst, m.finding(&d))
	}
	return dst
}

// appendCounted appends the bounds that a piece of a group lies between, or all of the group where the
// statements of several hits have bounds of their own.
func (g *merged) appendCounted(dst []counted, i, piece int32) []counted {
	from, to := piece, min(piece+2, g.endOf(i))
	if !g.groups[i].one {
		from, to = g.groups[i].pieces, g.endOf(i)
	}
	for ; from < to; from++ {
		if at := g.pieces[from].from; at > 0 {
			dst = append(dst, counted{g.groups[i].layer, at - 1})
		}
	}
	return dst
}

// isOther tells whether the installed version seems to count in another way than a bound.
func (g *merged) isOther(b counted, s *scratch) bool {
	return vers.OtherCount(s.keys[b.layer], g.layers[b.layer].bounds.key(int(b.bound)))
}
