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
// somebody asks about the product (see merge.go); the answers are when they are first asked for,
// and stay.
type merged struct {
	// What every question reads stands together at the front.
	groups  []group // one for each vulnerability
	pieces  []piece // of all groups
	answers atomic.Pointer[[]answer]
	texts   *advisory.Timeline // that names the versions that statements name by their texts; nil for none
	facts   []factOf           // those that conditions ask for, as they are for these answers
	of      purl.PURL          // whose qualifiers it is for, without version; the zero PURL: for all
	level   product.Level      // how sure the name is that it is for, where it is for one
	spoken  bool               // something is said about the product
	layers  [maxLayers]layer

	name string     // the key of that name
	next *merged    // for other qualifiers, names or facts
	hits []hit      // of all groups
	mu   sync.Mutex // of those who add answers
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
	reader *advisory.Timeline // the one of them that leaves the fewest numbers of a version
	mixed  bool               // others leave more
	bounds string             // keys, one behind the other
	ends   []uint32
}

// anyVersion is the layer of statements that say the same of all versions.
const anyVersion = maxLayers

// A group is what is said about one vulnerability.
type group struct {
	hits, pieces int32 // where they begin
	layer        int8  // -1 where more than the key of the version decides
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
	byBranch         // the branch of the version decides on the fix, and nobody has asked yet
	decided          // the first answer
)

// An answer is a finding with the claim that decided it.
type answer struct {
	Finding
	claim int32
	// Where the branch of the version decides on the fix, low and high are its bounds, and next is
	// the number of the answer for another branch, 0 for none. Else high is "".
	low, high string
	next      uint32
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
	if g.spoken {
		s.hits = append(s.hits, hit{level: g.level}) // for coverage
	}
	at, met := g.place(m.schemes, s, text), in.meets()
	for i := range g.groups {
		q, state := &g.groups[i], uint32(undecided)
		if q.layer >= 0 && at[q.layer] != nowhere && q.needs&^met == 0 {
			n := g.pieceAt(i, at[q.layer])
			if q.counts && g.otherCount(i, n, s.keys[q.layer]) {
				state = undecided
			} else if state = g.pieces[n].answer.Load(); state == notAsked {
				state = m.answerPiece(g, i, n, in)
			}
		}
		var f *answer
		if state >= decided {
			f = g.answerFor(state, s, q.layer)
		}
		switch {
		case state == unwanted:
			continue
		case f == nil:
			select {
			case <-done:
				return dst, false
			default:
			}
			hits := m.hitsIn(g, i)
			d := m.decide(s, in, hits[0].about, hits, nil)
			if !m.reports(&d) {
				continue
			}
			s.answer = answer{Finding: m.finding(&d), claim: d.claim}
			if f = &s.answer; state >= byBranch {
				m.keepBranch(g, i, s, in, &d)
			}
		}
		if m.ask.Want.Has(f.Verdict.Status) {
			dst = append(dst, f.Finding)
			m.complement(s, in, &dst[len(dst)-1], hit{claim: f.claim}, remedies)
		}
	}
	return dst, true
}

// answerFor returns an answer by its number, or that for the branch of the version; nil when nobody
// has asked on that branch yet.
func (g *merged) answerFor(state uint32, s *scratch, layer int8) *answer {
	list := *g.answers.Load()
	f := &list[state-decided]
	for f.high != "" {
		if key := string(s.keys[layer]); f.low <= key && key < f.high {
			return f
		}
		if f.next == 0 {
			return nil
		}
		f = &list[f.next-decided]
	}
	return f
}

// pieceAt returns the number of the piece of a group that holds a version by its place. The first
// one begins below all bounds.
func (g *merged) pieceAt(i int, at uint32) int32 {
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

// otherCount tells whether a version seems to count in another way than the bounds of a piece, or
// than any of the group where the statements of several hits have bounds of their own.
func (g *merged) otherCount(i int, n int32, key []byte) bool {
	from, to := n, n+1
	if !g.groups[i].one {
		from, to = g.groups[i].pieces, g.endOf(i)-1
	}
	l := &g.layers[g.groups[i].layer]
	for ; from <= to && from < g.endOf(i); from++ {
		if at := g.pieces[from].from; at > 0 && vers.OtherCount(key, l.bound(int(at-1))) {
			return true
		}
	}
	return false
}

// endOf returns where the pieces of a group end.
func (g *merged) endOf(i int) int32 {
	if i+1 < len(g.groups) {
		return g.groups[i+1].pieces
	}
	return int32(len(g.pieces))
}

// nowhere is the place of a version that the statements of a layer cannot read at once.
const nowhere = ^uint32(0)

// place returns for each layer how many bounds are at or below a version.
func (g *merged) place(schemes *vers.Schemes, s *scratch, text string) (at [anyVersion + 1]uint32) {
	for i := range g.layers {
		l := &g.layers[i]
		if l.reader == nil {
			break
		}
		at[i] = nowhere
		canonical, anything := l.reader.Entry.Version(text)
		release := l.reader.Release(canonical)
		if l.mixed && release != canonical {
			continue // others leave more of it
		}
		canonical = release
		key, _, err := schemes.AppendKey(s.keys[i][:0], l.reader.Scheme, canonical)
		if s.keys[i] = key; err == nil && !anything && !advisory.IsImprecise(l.reader.Entry, canonical) {
			if at[i] = l.count(key); l.mayBeBranch(at[i], canonical, key) {
				at[i] = nowhere
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
	for i := int(at); i < len(l.ends) && strings.HasPrefix(l.bound(i), string(key[:len(key)-1])); i++ {
		if vers.Longer(key, l.bound(i)) {
			return true
		}
	}
	return false
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
	if in.Product != "" && (g.level != level || g.name != string(s.key)) || g.of.IsValid() && g.of != in.PURL.Unversioned() {
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
