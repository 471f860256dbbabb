package match

import (
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// A patchGraph holds which patch replaces which, of all documents that count. It is built
// once and only read afterwards.
type patchGraph struct {
	names    map[string]int32 // folded name -> patch
	patches  []patch
	complete bool // whoever records patches has recorded all that replace others
}

// A patch is a name that a record, a statement or a successor gives.
type patch struct {
	name       string // as it was written first
	recorded   bool
	scope      patchScope // of its records
	successors []successor
	levels     []patchLevel
	ring       int32 // patches that replace each other in a circle have one number
}

// A successor is an edge, with the document that states it.
type successor struct {
	patch      int32
	scope      patchScope
	source     int32
	record, at int32 // which of its records, and which successor there
}

// A patchLevel is the version that a product has with a patch.
type patchLevel struct {
	version string
	scope   patchScope
}

// A patchScope is the products that an edge or a record is for, nil for any. A name is
// compared as it stands first, because a catalog entry may hold names that patches tell
// apart (Server Core, 32-bit Systems).
type patchScope []scopeProduct

type scopeProduct struct {
	key, plain string
	entry      bool // key is that of a catalog entry
}

// holds tells whether a product is in the scope. It is not known for another name of one
// catalog entry.
func (s patchScope) holds(key, plain []byte) vers.Truth {
	if s == nil {
		return vers.Yes
	}
	t := vers.No
	for i := range s {
		same := s[i].key == string(key)
		switch {
		case s[i].plain == string(plain), same && !s[i].entry:
			return vers.Yes
		case same:
			t = vers.Unknown
		}
	}
	return t
}

// appendPatch appends the name of a patch as it is compared: without case and outer blanks,
// and a number of six or seven digits as that of a Microsoft article.
func appendPatch(dst []byte, name string) []byte {
	name = strings.TrimSpace(name)
	if len(name) == 6 || len(name) == 7 {
		if strings.Trim(name, "0123456789") == "" {
			dst = append(dst, "kb"...)
		}
	}
	for _, c := range []byte(name) {
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		dst = append(dst, c)
	}
	return dst
}

// graph returns the patches, nil when no document speaks of any.
func (m *Matcher) graph() *patchGraph { return m.body.graph() }

// patchNamed returns the patch of a name, which is added when it is new.
func (b *built) patchNamed(name string) int32 {
	if b.patches == nil {
		b.patches = &patchGraph{names: map[string]int32{}}
	}
	g := b.patches
	folded := string(appendPatch(nil, name))
	n, known := g.names[folded]
	if !known {
		n = int32(len(g.patches))
		g.names[folded] = n
		g.patches = append(g.patches, patch{name: strings.Clone(strings.TrimSpace(name))})
	}
	return n
}

// addPatches enters the records of a document. Edges of a patch to itself say nothing.
func (b *built) addPatches(source int32, a *advisory.Advisory) {
	for i := range a.Patches {
		p := &a.Patches[i]
		n := b.patchNamed(p.ID)
		scope := b.patchScope(a, p.Products)
		record := &b.patches.patches[n]
		if record.recorded && (record.scope == nil || scope == nil) {
			record.scope = nil
		} else {
			record.scope = append(record.scope, scope...)
		}
		record.recorded = true
		if p.Level != "" {
			record.levels = append(record.levels, patchLevel{strings.Clone(p.Level), scope})
		}
		for j := range p.SupersededBy {
			s := &p.SupersededBy[j]
			if to := b.patchNamed(s.ID); to != n {
				record = &b.patches.patches[n]
				record.successors = append(record.successors, successor{to, b.patchScope(a, s.Products), source, int32(i), int32(j)})
			}
		}
	}
}

func (b *built) patchScope(a *advisory.Advisory, products []int) patchScope {
	var scope patchScope
	for _, i := range products {
		p := a.Identified(i, b.m.catalog)
		key, entry, _ := b.m.catalog.Lookup(nil, p.Vendor, p.Name)
		scope = append(scope, scopeProduct{string(key), string(product.AppendKey(nil, p.Vendor, p.Name)), entry != nil})
	}
	return scope
}

// finishPatches is called when all documents are in. The records are complete when each
// publisher of some says so of its own.
func (b *built) finishPatches(complete map[string]bool) {
	if b.patches == nil {
		return
	}
	b.patches.complete = len(complete) > 0
	for _, all := range complete {
		b.patches.complete = b.patches.complete && all
	}
	b.patches.findRings()
}

// findRings numbers the strongly connected components (Tarjan 1972, without recursion, for
// chains may be long). An edge can lie on a circle only inside of one.
func (g *patchGraph) findRings() {
	type frame struct{ patch, next int32 }
	index := make([]int32, len(g.patches)) // 0: not seen
	low := make([]int32, len(g.patches))
	open := make([]bool, len(g.patches))
	var stack []int32
	var frames []frame
	count, rings := int32(0), int32(0)
	for start := range g.patches {
		if index[start] != 0 {
			continue
		}
		frames = append(frames, frame{int32(start), 0})
		for len(frames) > 0 {
			f := &frames[len(frames)-1]
			n := f.patch
			if f.next == 0 {
				count++
				index[n], low[n], open[n] = count, count, true
				stack = append(stack, n)
			}
			if int(f.next) < len(g.patches[n].successors) {
				to := g.patches[n].successors[f.next].patch
				f.next++
				if index[to] == 0 {
					frames = append(frames, frame{to, 0})
				} else if open[to] {
					low[n] = min(low[n], index[to])
				}
				continue
			}
			frames = frames[:len(frames)-1]
			if len(frames) > 0 {
				low[frames[len(frames)-1].patch] = min(low[frames[len(frames)-1].patch], low[n])
			}
			if low[n] == index[n] {
				rings++
				for last := int32(-1); last != n; {
					last = stack[len(stack)-1]
					stack = stack[:len(stack)-1]
					open[last] = false
					g.patches[last].ring = rings
				}
			}
		}
	}
}

// A walk goes over the edges that hold for one product, from a patch to those that replace
// it. Its room is reused.
type walk struct {
	g          *patchGraph
	key, plain []byte // of the installed product
	seen       []uint32
	from       []int32 // the patch before, by patch
	queue      []int32
	round      uint32
	budget     int // edges that may still be followed to look for circles
}

// maxCircles bounds how many edges are followed to tell which lie on a circle. Beyond, those
// that may do count as if they did, which proves less.
const maxCircles = 1 << 16

// The edges that a walk takes.
type edges uint8

const (
	sureEdges   edges = iota // that hold and lie on no circle
	circleEdges              // and those on a circle
	anyEdges                 // and those that may be for another product
)

// start begins a new walk.
func (w *walk) start(g *patchGraph) {
	if len(w.seen) < len(g.patches) {
		w.seen, w.from, w.round = make([]uint32, len(g.patches)), make([]int32, len(g.patches)), 0
	}
	if w.round++; w.round == 0 { // the counter has wrapped
		clear(w.seen)
		w.round = 1
	}
	w.g, w.queue = g, w.queue[:0]
}

func (w *walk) visit(n, from int32) {
	if w.seen[n] != w.round {
		w.seen[n], w.from[n] = w.round, from
		w.queue = append(w.queue, n)
	}
}

// find returns the nearest patch of those wanted, or the one given, -1 for none. hole tells
// that a patch was met that nobody recorded.
func (w *walk) find(g *patchGraph, start int32, take edges, wanted []bool, one int32, circle *walk) (found int32, hole bool) {
	w.start(g)
	w.visit(start, -1)
	if circle != nil {
		circle.budget = maxCircles
	}
	for i := 0; i < len(w.queue); i++ {
		n := w.queue[i]
		if n != start && (n == one || one < 0 && wanted[n]) {
			return n, hole
		}
		p := &g.patches[n]
		hole = hole || !p.recorded
		for j := range p.successors {
			e := &p.successors[j]
			w.budget--
			t := e.scope.holds(w.key, w.plain).And(g.patches[e.patch].scope.holds(w.key, w.plain))
			if t == vers.No || t == vers.Unknown && take < anyEdges {
				continue
			}
			if take == sureEdges && p.ring == g.patches[e.patch].ring && circle.returns(w, e.patch, n) {
				continue
			}
			w.visit(e.patch, n)
		}
	}
	return -1, hole
}

// returns tells whether edges that hold for the product of w lead from one patch to another.
func (c *walk) returns(w *walk, from, to int32) bool {
	if c.budget <= 0 {
		return true
	}
	c.key, c.plain = w.key, w.plain
	found, _ := c.find(w.g, from, circleEdges, nil, to, nil)
	return found >= 0
}

// path returns the way that led to a patch, both ends included.
func (w *walk) path(dst []int32, to int32) []int32 {
	dst = dst[:0]
	for n := to; n >= 0; n = w.from[n] {
		dst = append(dst, n)
	}
	slices.Reverse(dst)
	return dst
}
