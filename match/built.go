package match

import (
	"sync/atomic"
	"time"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
)

// A body is what a matcher answers from: the documents that it was built from, or a file.
type body interface {
	documentCount() int
	claimCount() int
	makeClaim(i int32) *claim
	makeSource(i int32) *source
	about(claim int32) int32 // the vulnerability
	doc(i int32) *advisory.Advisory
	original(i int32) (*advisory.Advisory, error) // as it was added
	graph() *patchGraph
}

// A built is the body of a matcher that was built. It makes a claim when it is first asked for.
type built struct {
	m           *Matcher
	docs        documents
	opened      table[advisory.Advisory] // documents that were packed
	dropped     []string                 // why documents do not count, "" when they do
	replacedBy  map[int32][]int32        // see source
	origins     []origin                 // of the claims, by source
	identities  []*identity
	otherClaims map[string]int32 // products of conditions, by what they say -> claims of m.others
	patches     *patchGraph      // nil when no document speaks of patches
	told        table[told]      // by source
}

// An origin is where a claim comes from.
type origin struct {
	source        int32
	saying        int32 // of the document, see sayings
	product       int32 // of the document
	vulnerability int32
	identity      int32
}

// A told is what a document says.
type told struct {
	doc    *advisory.Advisory
	said   []saying
	doubt  map[int]bool
	claims []atomic.Pointer[claim] // the first of each saying, with which the others have much in common
}

func (b *built) documentCount() int      { return len(b.docs) }
func (b *built) claimCount() int         { return len(b.origins) }
func (b *built) about(claim int32) int32 { return b.origins[claim].vulnerability }
func (b *built) graph() *patchGraph      { return b.patches }

// doc returns a document; one that is packed is read when it is first asked for.
func (b *built) doc(i int32) *advisory.Advisory {
	d := &b.docs[i]
	if d.doc != nil {
		return d.doc
	}
	if a := b.opened.get(int(i)); a != nil {
		return a
	}
	return b.opened.put(int(i), readDocument(d.record()))
}

func (b *built) makeSource(i int32) *source {
	a := b.docs[i].front()
	return &source{publisher: a.Publisher.Name, rank: a.Publisher.Rank, changed: lastChange(a), expires: a.Expires,
		dropped: b.dropped[i], replacedBy: b.replacedBy[i]}
}

func (b *built) makeClaim(i int32) *claim {
	s := &b.origins[i]
	t := b.told.get(int(s.source))
	if t == nil {
		t = b.told.put(int(s.source), b.tell(b.doc(s.source)))
	}
	return b.claimOf(t, s)
}

// tell reads a document.
func (b *built) tell(doc *advisory.Advisory) *told {
	t := &told{doc: doc, said: b.m.sayings(doc), doubt: doubts(doc)}
	t.claims = make([]atomic.Pointer[claim], len(t.said))
	return t
}

// claimOf makes the claim of an origin. Those of one saying share their timeline.
func (b *built) claimOf(t *told, s *origin) *claim {
	first := &t.claims[s.saying]
	if first.Load() == nil {
		c := b.firstClaim(t, s)
		if first.CompareAndSwap(nil, c) {
			return c
		}
	}
	c := &claim{content: first.Load().content}
	c.vulnerability, c.product, c.identity = s.vulnerability, s.product, b.identities[s.identity]
	return c
}

func (b *built) firstClaim(t *told, s *origin) *claim {
	said := &t.said[s.saying]
	c := &claim{content: content{source: s.source, vulnerability: s.vulnerability, product: s.product, saying: s.saying, identity: b.identities[s.identity],
		said: said, timeline: b.m.resolve(t.doc, said), where: &said.Where, leaves: b.leavesOf(t.doc, &said.Where),
		byDefault: said.Default, modified: said.Modified, spans: saidBySpans(said.Spans), unplanned: said.unplanned(), fixedBy: b.remediesOf(said),
		criteria: said.Default == advisory.DefaultComplete, parts: said.Parts, doubt: t.doubt[said.Vulnerability]}}
	c.versions, c.all = versionsOf(said.Statement)
	c.settle()
	return c
}

// saidBySpans returns the statuses that each span gives to versions.
func saidBySpans(spans []advisory.Span) []StatusSet {
	list := make([]StatusSet, len(spans))
	for i := range spans {
		list[i] = advisory.SetOf(spans[i].Status)
		for _, c := range spans[i].Changes {
			list[i] = list[i].With(c.Status)
		}
	}
	return list
}

// leavesOf compiles what the leaves of a condition need, nil where words are enough.
func (b *built) leavesOf(a *advisory.Advisory, where *advisory.Condition) map[*advisory.Condition]*leaf {
	var leaves map[*advisory.Condition]*leaf
	for c := range where.Leaves() {
		var l leaf
		switch {
		case isProduct(c, a):
			maker := a.Identified(c.Product, b.m.catalog)
			l.claim = b.otherClaims[string(appendOther(nil, &maker, c.Spans))]
		case c.Op == advisory.OpFact && len(c.Patterns)+len(c.Spans) > 0:
			if len(c.Spans) > 0 {
				l.timeline = advisory.Resolve(&advisory.Statement{Spans: c.Spans}, &advisory.Product{}, b.m.resolving())
			}
			l.readPatterns(c.Patterns)
		default:
			continue
		}
		if leaves == nil {
			leaves = map[*advisory.Condition]*leaf{}
		}
		leaves[c] = &l
	}
	return leaves
}

// isProduct tells whether a leaf of a condition is about a product of the document.
func isProduct(c *advisory.Condition, a *advisory.Advisory) bool {
	return c.Op == advisory.OpProduct && c.Product >= 0 && c.Product < len(a.Products)
}

func (l *leaf) readPatterns(texts []string) {
	for _, text := range texts {
		p, err := product.ParsePattern(text, product.Glob)
		l.broken = l.broken || err != nil
		l.patterns = append(l.patterns, p)
	}
}

// A source is what decisions need of a document.
type source struct {
	publisher string
	rank      advisory.Rank
	changed   time.Time // last
	expires   time.Time
	dropped   string // why it does not count, "" when it does
	// replacedBy are sources with an end that replace it as long as they count.
	replacedBy []int32
	lost       bool // a damaged file does not tell what it is
}

// isTimeless tells whether no date decides whether it counts.
func (s *source) isTimeless() bool { return s.expires.IsZero() && len(s.replacedBy) == 0 }
