package match

import "math"

// A MergedForm is how a merged timeline holds what it knows, for tests of what is shared and kept.
type MergedForm struct {
	Layers    []int  // for each vulnerability that of its bounds, -1 where the key of the version does not tell
	Numbers   []int  // for each layer how many numbers of a version it reads, 0 for all
	Mixed     []bool // for each layer whether some of its statements read more
	Alone     []bool // for each vulnerability whether version and facts decide
	NoWords   []bool // the same: whether its answers hold only where the caller judges no words
	Answers   int    // that are kept for pieces
	Undecided int    // pieces that were asked about and have no answer of their own
	Cells     int    // that are kept for places
	Versions  int    // that are kept for versions
	Open      int    // vulnerabilities that the cells of places leave open
	StillOpen int    // that those of versions leave open
	Held      int    // what counts against MaxHeld
}

// The bounds of merged timelines.
const (
	MaxHeld     = maxKept
	MaxVariants = maxVariants
	AnyVersion  = anyVersion
)

// MergedForms returns the merged timelines that have been made under the key of an installation.
func MergedForms(m *Matcher, in *Installation) (list []MergedForm) {
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	m.begin(s, in)
	n, _, found, _ := m.mergedKey(s, in)
	if !found {
		return nil
	}
	for g := m.merged.made.get(n); g != nil; g = g.next {
		f := MergedForm{Answers: len(g.kept())}
		for i := range g.groups {
			q := &g.groups[i]
			f.Layers, f.Alone = append(f.Layers, int(q.layer)), append(f.Alone, q.alone)
			f.NoWords = append(f.NoWords, q.needs&needsNoWords != 0)
		}
		for i := range g.layers {
			if r := g.layers[i].reader; r != nil {
				f.Numbers, f.Mixed = append(f.Numbers, numbersOf(r)%math.MaxInt), append(f.Mixed, g.layers[i].mixed)
			}
		}
		for i := range g.pieces {
			if g.pieces[i].answer.Load() == undecided {
				f.Undecided++
			}
		}
		hold := func(c *cell, n, open *int) {
			if c != nil {
				*n++
				*open += len(c.open)
				f.Held += 1 + len(c.findings) + len(c.open)
			}
		}
		for i := range g.cells {
			hold(g.cells[i].Load(), &f.Cells, &f.Open)
		}
		if table := g.versions.Load(); table != nil {
			for i := range table {
				hold(table[i].Load(), &f.Versions, &f.StillOpen)
			}
		}
		list = append(list, f)
	}
	return list
}

// SameIndexKey tells whether a key of the index is found to be another one.
func SameIndexKey(a, b []byte) bool {
	k := newIndexKey(a)
	return k.is(b)
}
