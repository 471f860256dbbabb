package match

import (
	"strings"
	"sync"
	"sync/atomic"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// A merged is the timelines of all statements about one product in one: the bounds of all of
// them, sorted, and what is reported between which bounds. It is what remains of the decision when
// an installation is a package or a name with a version, on hosts of one kind. It is made when
// somebody asks about the product (see merge.go); what is found is when it is first asked for, and
// stays, within bounds (see cells.go).
type merged struct {
	// What every question reads stands together at the front.
	key    indexKey               // of the index
	cells  []atomic.Pointer[cell] // what is found at the places of versions, see cells.go
	next   *merged                // for other qualifiers, names or facts
	named  bool                   // it is for one name
	narrow bool                   // it is for the qualifiers of of
	level  product.Level          // how sure the name is that it is for
	spoken bool                   // something is said about the product
	texts  *advisory.Timeline     // that names the versions that statements name by their texts; nil for none
	facts  []factOf               // those that conditions ask for, as they are for these answers
	name   indexKey               // of the name that it is for
	layers [maxLayers]layer

	of      purl.PURL
	groups  []group // one for each vulnerability
	pieces  []piece // of all groups
	answers atomic.Pointer[[]Finding]
	// The cells of versions, nil when there are none.
	versions atomic.Pointer[versionTable]
	hits     []hit        // of all groups
	releases bool         // purls name versions of the package, so that the installed one tells what is meant; nothing else is here
	room     atomic.Int32 // for findings in cells
	mu       sync.Mutex   // of those who add answers
}

// An indexKey is a key of the index or of a name. One that is short, as nearly all are, stands here
// to be compared without another look into memory.
type indexKey struct {
	length uint8 // 0 for one that is not short
	short  [39]byte
	long   string
}

func newIndexKey(key []byte) (k indexKey) {
	if len(key) > len(k.short) {
		k.long = string(key)
	} else {
		k.length = uint8(copy(k.short[:], key))
	}
	return k
}

func (k *indexKey) is(key []byte) bool {
	if len(key) > len(k.short) {
		return k.long == string(key)
	}
	return string(k.short[:k.length]) == string(key)
}

// maxLayers bounds in how many ways the statements of a merged timeline read a version.
const maxLayers = 6

// A factOf is what is known of a fact.
type factOf struct {
	name, value     string
	known, complete bool // complete: what is not known is not so
}

// A layer is the bounds of the statements that read an installed version in one way.
type layer struct {
	bounds  bounds
	reader  *advisory.Timeline // the one of them that leaves the fewest numbers of a version
	scheme  vers.Scheme        // of the reader, nil where there is none
	entry   *product.Entry     // of the reader
	vendors bool               // the scheme is one of those for products that have no ecosystem
	mixed   bool               // others leave more
}

// anyVersion is the layer of statements that say the same of all versions.
const anyVersion = maxLayers

// A group is what is said about one vulnerability.
type group struct {
	hits, pieces int32 // where they begin
	layer        int8  // -1 where more than the key of the version decides
	alone        bool  // the text of the version, with the facts, decides
	needs        needs
	counts       bool // versions may count in another way than the bounds, see vers.OtherCount
	one          bool // there is one hit
}

// A needs says where the answers of a group hold.
type needs uint8

const (
	needsNoWords    needs = 1 << iota // where the caller does not judge words
	needsNoProducts                   // where no other product is listed
)

// meets returns the needs that an installation meets.
func (in *Installation) meets() (met needs) {
	if len(in.Met) == 0 {
		met |= needsNoWords
	}
	h := in.Host
	if len(in.Parts) == 0 && !in.PartsComplete && !in.PartOfComplete &&
		(h == nil || len(h.Platforms) == 0 && !h.PlatformsComplete && len(h.Installations) == 0 && !h.InstallationsComplete) {
		met |= needsNoProducts
	}
	return met
}

// A piece of a group is the stretch of versions that have as many bounds of the layer at or below
// them as it says, up to the next piece.
type piece struct {
	from   uint32
	answer atomic.Uint32 // the number of an answer plus those that follow
}

// What a piece has in place of an answer.
const (
	notAsked  = iota // nobody has asked yet
	unwanted         // nothing that is reported
	undecided        // more than the key of the version decides
	decided          // the first answer
)

// A mergedTable holds the merged timelines of a matcher by the numbers of keys of the index.
type mergedTable struct{ made table[merged] }

// productNumber returns the number of a key of the index.
func (m *Matcher) productNumber(key []byte) (n int, ok bool) {
	for n := range m.index.numbers(hashOf(key)) {
		// Its merged timelines hold the key, and are looked at anyway.
		if g := m.merged.made.get(n); g != nil {
			if g.key.is(key) {
				return n, true
			}
		} else if m.index.has(n, key) {
			return n, true
		}
	}
	return 0, false
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
	if g.spoken {
		s.hits = append(s.hits, hit{level: g.level}) // for coverage
	}
	from, next := len(dst), int32(0)
	at := g.place(m.schemes, s, text, in.meets())
	c, ok := m.cellOf(g, &at, text, s, in, done)
	if !ok {
		return dst, false
	}
	for _, o := range c.open {
		select {
		case <-done:
			return dst, false
		default:
		}
		dst = m.appendDecided(append(dst, c.findings[next:o.before]...), g, o.group, s, in)
		next = o.before
	}
	dst = append(dst, c.findings[next:]...)
	if remedies || m.ask.Want != defaultWant || len(m.ask.accepted) > 0 {
		dst = m.completed(dst, from, s, in, remedies)
	}
	return dst, true
}

// completed removes findings that the view does not ask for, and completes the others.
func (m *Matcher) completed(dst []Finding, from int, s *scratch, in *Installation, remedies bool) []Finding {
	kept := dst[:from]
	for i := from; i < len(dst); i++ {
		if f := &dst[i]; m.ask.Want.Has(f.Verdict.Status) {
			m.complement(s, in, f, hit{claim: f.claim}, remedies)
			kept = append(kept, *f)
		}
	}
	return kept
}

// stateOf returns the state of a piece, after it was asked about.
func (m *Matcher) stateOf(g *merged, group, piece int32, in *Installation) uint32 {
	if state := g.pieces[piece].answer.Load(); state != notAsked {
		return state
	}
	return m.answerPiece(g, group, piece, in)
}

// endOf returns where the pieces of a group end.
func (g *merged) endOf(i int32) int32 {
	if int(i)+1 < len(g.groups) {
		return g.groups[i+1].pieces
	}
	return int32(len(g.pieces))
}

// pieceAt returns the number of the piece of a group that holds a version by its place. The first
// one begins below all bounds.
func (g *merged) pieceAt(i int32, at uint32) int32 {
	low, high := g.groups[i].pieces, g.endOf(i)
	for low+1 < high {
		if middle := (low + high) / 2; g.pieces[middle].from <= at {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// A places says on what the findings for a version hang.
type places struct {
	of  [anyVersion + 1]uint32 // for each layer how many bounds are at or below the version
	met needs
}

// nowhere is the place of a version that the statements of a layer cannot read at once.
const nowhere = ^uint32(0)

// place returns the places of a version.
func (g *merged) place(schemes *vers.Schemes, s *scratch, text string, met needs) (at places) {
	at.met = met
	for i := range g.layers {
		l := &g.layers[i]
		if l.scheme == nil {
			break
		}
		at.of[i] = nowhere
		canonical, anything := l.entry.Version(text)
		if l.vendors {
			release := l.reader.Release(canonical)
			if l.mixed && release != canonical {
				continue // others leave more of it
			}
			canonical = release
		}
		key, _, err := schemes.AppendKey(s.keys[i][:0], l.scheme, canonical)
		if s.keys[i] = key; err == nil && !anything && !advisory.IsImprecise(l.entry, canonical) {
			if at.of[i] = l.bounds.count(key); l.vendors && l.mayBeBranch(at.of[i], canonical, key) {
				at.of[i] = nowhere
			}
		}
	}
	return at
}

// mayBeBranch tells whether a version, whose place is given, may name a branch in which a bound lies.
func (l *layer) mayBeBranch(at uint32, version string, key []byte) bool {
	if len(key) == 0 || !l.reader.IsShort(version) {
		return false
	}
	for i := int(at); i < l.bounds.len() && strings.HasPrefix(l.bounds.key(i), string(key[:len(key)-1])); i++ {
		if vers.Longer(key, l.bounds.key(i)) {
			return true
		}
	}
	return false
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
		// As lookReleases looks for it.
		s.probe = append(append(s.probe[:0], kind), s.key...)
		if n, found = m.productNumber(s.probe); found {
			return n, level, true, true
		}
		if len(base) < len(s.key) {
			s.probe = append(append(s.probe[:0], kind), base...)
		} else {
			s.probe = append(s.probe, anyRelease)
		}
		if n, found = m.productNumber(s.probe); found {
			return n, level, true, true
		}
	}
	_, whole := m.catalog.Whole(entry)
	s.plain = m.catalog.AppendPortal(s.plain[:0], s.key)
	return 0, level, false, !whole && len(s.plain) == 0
}

// is tells whether a merged timeline is for the name in s.key or the qualifiers of a purl, and for
// the facts of the installation.
func (g *merged) is(s *scratch, in *Installation, level product.Level) bool {
	if g.named && (g.level != level || !g.name.is(s.key)) || g.narrow && g.of != in.PURL.Unversioned() {
		return false
	}
	for i := range g.facts {
		f := &g.facts[i]
		if value, known := in.Fact(f.name); known != f.known || value != f.value || in.FactsComplete != f.complete {
			return false
		}
	}
	return true
}
