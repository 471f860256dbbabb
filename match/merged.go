package match

import (
	"sync/atomic"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// A merged is the timelines of all statements about one product in one: the bounds of all of
// them, sorted, and between which bounds which finding is reported. It is what remains of the
// decision when an installation is a package or a name with a version, and nothing more is known.
// It is made when somebody asks about the product (see merge.go), and read-only then.
type merged struct {
	of    purl.PURL     // whose qualifiers it is for, without version; the zero PURL: for all
	name  string        // or the key of a name,
	level product.Level // and how sure it is
	next  *merged       // for other qualifiers or names

	layers  [maxLayers]layer
	groups  []group            // one for each vulnerability
	pieces  []stretch          // of all groups
	answers []Finding          // of the stretches
	claims  []int32            // that decided them
	hits    []hit              // of all groups
	texts   *advisory.Timeline // that names the versions that statements name by their texts; nil for none

	size  int // how many hits there are, of one that is not made yet
	asks  atomic.Int32
	later atomic.Pointer[merged]
}

// maxLayers bounds in how many ways the statements of a merged timeline read a version.
const maxLayers = 4

// A layer is the bounds of the statements that read an installed version in one way.
type layer struct {
	reader *advisory.Timeline // one of them
	bounds string             // keys, one behind the other
	ends   []uint32
}

// A group is what is said about one vulnerability.
type group struct {
	hits, pieces int32 // where they begin
	layer        int8  // -1 where more than the key of the version decides
	bare         bool  // the answers count only where nothing is known but name and version
}

// A stretch is where one answer holds: for versions that have at least from and less than to of
// the bounds of the layer at or below them. Clear answers have none, because nobody asks for them
// here.
type stretch struct {
	from, to uint32
	answer   int32 // -1 where more than the key of the version decides
}

// A mergedTable holds the merged timelines of a matcher by the numbers of keys of the index.
type mergedTable struct {
	numbers map[string]int32 // where the matcher was built; a file has numbers of its own
	made    table[merged]
}

// numberProducts gives the keys of products their numbers, when all is entered.
func (m *Matcher) numberProducts() {
	m.merged.numbers = map[string]int32{}
	for key := range m.index {
		switch key[0] {
		case byPURL, byName, byWords:
			m.merged.numbers[key] = int32(len(m.merged.numbers))
		}
	}
	m.merged.made.resize(len(m.merged.numbers))
}

// productNumber returns the number of a key of the index.
func (m *Matcher) productNumber(key []byte) (n int, ok bool) {
	if m.flat != nil {
		return m.flat.index.number(key)
	}
	number, ok := m.merged.numbers[string(key)]
	return int(number), ok
}

// isUsual tells whether a view asks for what may be affected, and its caller's word changes no
// verdict.
func (a *ask) isUsual() bool {
	return a.Want&^defaultWant == 0 && !a.Uncertain && len(a.corrections) == 0 && len(a.denied) == 0 && len(a.Ranks) == 0
}

// isSimple tells whether an installation is identified by its purl or by its name, and by nothing
// else.
func (in *Installation) isSimple() bool {
	return (in.Product == "") == in.PURL.IsValid() && !in.CPE.IsValid() && in.Model == "" && in.Serial == "" && in.SKU == "" &&
		len(in.Hashes) == 0 && len(in.Tags) == 0 && len(in.PartOf) == 0
}

// isBare tells whether nothing is known beside that and the version.
func (in *Installation) isBare() bool {
	return in.Host == nil && len(in.Facts) == 0 && !in.FactsComplete && len(in.Met) == 0 && len(in.Parts) == 0 && !in.PartsComplete &&
		!in.PartOfComplete
}

// findMerged is find for a simple installation. It is not ok for one that has to be looked at in
// full.
func (m *Matcher) findMerged(s *scratch, dst []Finding, in *Installation, remedies bool, done <-chan struct{}) (_ []Finding, ok bool) {
	m.begin(s, in)
	text, _ := in.version()
	if text == "" || s.built {
		return dst, false
	}
	g, silent := m.mergedOf(s, in)
	if g == nil {
		return dst, silent
	}
	if g.texts != nil {
		if _, named := g.texts.Text(text, s.id[:0]); named {
			return dst, false
		}
	}
	s.hits = append(s.hits, g.hits[:min(len(g.hits), 1)]...) // somebody speaks of it
	at, bare := g.place(m.schemes, s, text), in.isBare()
	for i := range g.groups {
		var f Finding
		q, answer, claim := &g.groups[i], int32(-1), int32(-1)
		if q.layer >= 0 && at[q.layer] != nowhere && (bare || !q.bare) {
			if answer, ok = g.answerAt(i, at[q.layer]); !ok {
				continue
			}
		}
		if answer >= 0 {
			f, claim = g.answers[answer], g.claims[answer]
		} else {
			select {
			case <-done:
				return dst, false
			default:
			}
			hits := g.hits[q.hits:]
			d := m.decide(s, in, hits[0].about, hits[:m.group(hits, 0)], nil)
			f, claim = m.finding(&d), d.claim
		}
		if m.ask.Want.Has(f.Verdict.Status) && f.Verdict.Status != advisory.NoStatement {
			m.complement(s, in, &f, hit{claim: claim}, remedies)
			dst = append(dst, f)
		}
	}
	return dst, true
}

// answerAt returns the answer of a group for a version by its place; it is not ok when nothing is
// reported there.
func (g *merged) answerAt(i int, at uint32) (answer int32, ok bool) {
	end := int32(len(g.pieces))
	if i+1 < len(g.groups) {
		end = g.groups[i+1].pieces
	}
	pieces := g.pieces[g.groups[i].pieces:end]
	for j := range pieces {
		if p := &pieces[j]; p.from <= at && at < p.to {
			return p.answer, true
		}
	}
	return 0, false
}

// nowhere is the place of a version that the statements of a layer cannot read at once.
const nowhere = ^uint32(0)

// place returns for each layer how many bounds are at or below a version.
func (g *merged) place(schemes *vers.Schemes, s *scratch, text string) (at [maxLayers]uint32) {
	for i := range g.layers {
		l := &g.layers[i]
		if l.reader == nil {
			break
		}
		at[i] = nowhere
		canonical, anything := l.reader.Entry.Version(text)
		canonical = l.reader.Release(canonical)
		key, _, err := schemes.AppendKey(s.id[:0], l.reader.Scheme, canonical)
		if s.id = key; err == nil && !anything && !advisory.IsImprecise(l.reader.Entry, canonical) {
			at[i] = l.count(key)
		}
	}
	return at
}

// count returns how many bounds are at or below a key.
func (l *layer) count(key []byte) uint32 {
	low, high := 0, len(l.ends)
	for low < high {
		if middle := int(uint(low+high) / 2); l.bound(middle) <= string(key) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return uint32(low)
}

func (l *layer) bound(i int) string {
	if i == 0 {
		return l.bounds[:l.ends[0]]
	}
	return l.bounds[l.ends[i-1]:l.ends[i]]
}

// mergedKey finds the key of the index that a simple installation has its merged timelines at.
// Where there is none, nothing is said about it, unless it is about a product that it is a release
// of; then it is not sure.
func (m *Matcher) mergedKey(s *scratch, in *Installation) (n int, level product.Level, found, sure bool) {
	if in.Product == "" {
		s.probe = in.PURL.AppendKey(append(s.probe[:0], byPURL))
		n, found = m.productNumber(s.probe)
		return n, product.Exact, found, true
	}
	entry, level := m.resolveName(s, in)
	base := withoutRelease(s.key)
	for _, kind := range [...]byte{byName, byWords} {
		s.probe = append(append(s.probe[:0], kind), s.key...)
		if n, found = m.productNumber(s.probe); found {
			return n, level, true, true
		}
		if len(base) < len(s.key) {
			s.probe = append(append(s.probe[:0], kind), base...)
			if n, found = m.productNumber(s.probe); found {
				return n, level, true, true
			}
		}
	}
	_, whole := m.catalog.Whole(entry)
	s.plain = m.catalog.AppendPortal(s.plain[:0], s.key)
	return 0, level, false, !whole && len(s.plain) == 0
}

// is tells whether a merged timeline is for the name in s.key or the qualifiers of a purl.
func (g *merged) is(s *scratch, in *Installation, level product.Level) bool {
	if in.Product != "" {
		return g.level == level && g.name == string(s.key)
	}
	return !g.of.IsValid() || g.of == in.PURL.Unversioned()
}
