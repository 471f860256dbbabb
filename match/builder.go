package match

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// Options say with which words advisories are compiled. The zero value means the schemes
// and the catalog that ship.
type Options struct {
	Schemes *vers.Schemes
	Catalog *product.Catalog
	// Infer takes what is older than a fixed version, or than the last affected one, for
	// affected where a document says nothing about it (see [advisory.ResolveOptions]).
	Infer bool
}

// A Builder collects advisories. Make one with [NewBuilder]; it is for one goroutine.
type Builder struct {
	opt  Options
	docs []*advisory.Advisory
}

// NewBuilder returns an empty builder.
func NewBuilder(opt Options) *Builder {
	if opt.Schemes == nil {
		opt.Schemes = vers.Builtin()
	}
	if opt.Catalog == nil {
		opt.Catalog = product.Builtin()
	}
	return &Builder{opt: opt}
}

// ErrAdvisory marks an advisory that contradicts itself, such as a statement about a
// product that is not in it.
var ErrAdvisory = errors.New("advisory is broken")

// Add takes one advisory. The builder keeps it; it must not be changed afterwards.
func (b *Builder) Add(a *advisory.Advisory) error {
	if a == nil {
		return fmt.Errorf("%w: it is nil", ErrAdvisory)
	}
	for i := range a.Statements {
		s := &a.Statements[i]
		if s.Vulnerability < 0 || s.Vulnerability >= len(a.Vulnerabilities) {
			return fmt.Errorf("%w: %s: statement %d names vulnerability %d of %d", ErrAdvisory, a.ID, i, s.Vulnerability, len(a.Vulnerabilities))
		}
		for _, p := range s.Products {
			if p < 0 || p >= len(a.Products) {
				return fmt.Errorf("%w: %s: statement %d names product %d of %d", ErrAdvisory, a.ID, i, p, len(a.Products))
			}
		}
	}
	for i := range a.Patches {
		p := &a.Patches[i]
		scopes := [][]int{p.Products}
		for j := range p.SupersededBy {
			scopes = append(scopes, p.SupersededBy[j].Products)
		}
		for _, n := range slices.Concat(scopes...) {
			if n < 0 || n >= len(a.Products) {
				return fmt.Errorf("%w: %s: patch %d names product %d of %d", ErrAdvisory, a.ID, i, n, len(a.Products))
			}
		}
	}
	b.docs = append(b.docs, a)
	return nil
}

// AddAll takes a stream of advisories. Documents that could not be read are counted and
// returned, joined, after the rest was taken; a canceled context ends it at once.
func (b *Builder) AddAll(ctx context.Context, advisories iter.Seq2[*advisory.Advisory, error]) error {
	var errs []error
	for a, err := range advisories {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil {
			err = b.Add(a)
		}
		if err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// Compile is NewBuilder, Add for each advisory, and Build.
func Compile(advisories ...*advisory.Advisory) (*Matcher, error) {
	b := NewBuilder(Options{})
	for _, a := range advisories {
		if err := b.Add(a); err != nil {
			return nil, err
		}
	}
	return b.Build()
}

// Build compiles what was added. The order of the additions changes no answer, and what was
// added twice counts once.
func (b *Builder) Build() (*Matcher, error) {
	m := b.empty()
	docs := slices.Clone(b.docs)
	slices.SortStableFunc(docs, compareDocuments)
	docs = slices.CompactFunc(docs, func(x, y *advisory.Advisory) bool { return compareDocuments(x, y) == 0 })
	dropped, replaced := dropReasons(docs)
	meant := meantIDs(docs, dropped)
	names := map[string]int32{}
	for i, a := range docs {
		m.add(a, dropped[i], meant[i], names)
		m.sources[i].replacedBy = replaced[i]
	}
	m.otherClaims = nil
	m.finishPatches()
	m.joinAliases(docs, dropped, meant, names)
	m.numberProducts()
	m.purls, m.others.purls = nil, nil
	m.digest = sync.OnceValue(m.makeDigest)
	m.own.resize(len(m.sources))
	m.citations.resize(len(m.claims))
	return m, nil
}

// joinAliases enters the aliases. What a document that does not count calls by an id counts
// only where no other document knows the id.
func (m *Matcher) joinAliases(docs []*advisory.Advisory, dropped []string, meant [][][]string, names map[string]int32) {
	for i, a := range docs {
		if dropped[i] == "" {
			m.addAliases(a, meant[i], names, func(string) bool { return false })
		}
	}
	known := map[string]bool{}
	for alias := range m.ids {
		known[alias] = true
	}
	for i, a := range docs {
		if dropped[i] != "" {
			m.addAliases(a, meant[i], names, func(alias string) bool { return known[alias] })
		}
	}
}

// empty returns a matcher that knows nothing.
func (b *Builder) empty() *Matcher {
	m := &Matcher{
		schemes: b.opt.Schemes, catalog: b.opt.Catalog, infer: b.opt.Infer,
		index: map[string][]posting{}, ids: map[string][]int32{}, vendors: map[string]bool{},
		pool: &sync.Pool{New: func() any { return new(scratch) }},
		ask:  ask{AskOptions: AskOptions{Want: defaultWant}}, merged: &mergedTable{},
	}
	m.otherClaims = map[string]int32{}
	m.purls = map[string][]purl.PURL{}
	m.others = &Matcher{purls: m.purls, schemes: m.schemes, catalog: m.catalog, index: map[string][]posting{}, vendors: map[string]bool{}}
	return m
}

// dropReasons returns for each document why it does not count, "" when it does: drafts,
// rejected and withdrawn documents, older revisions, documents that another one replaces
// (DESIGN section 6, step 5). Edges that lie on a cycle are no evidence. What documents with
// an end replace hangs on the date of the question: replaced returns those by document.
func dropReasons(docs []*advisory.Advisory) (why []string, replaced [][]int32) {
	why, replaced = make([]string, len(docs)), make([][]int32, len(docs))
	type identity struct{ publisher, id string }
	newest := map[identity]int{}
	replacedBy := map[string][]string{}
	lasting := map[string][]string{}
	ending := map[string][]int32{} // documents with an end, by the ids that they replace
	for i, a := range docs {
		if a.State == advisory.Draft {
			why[i] = "draft"
			continue
		}
		key := identity{a.Publisher.Name, a.ID}
		if j, ok := newest[key]; !ok || compareRevisions(a, docs[j]) > 0 {
			newest[key] = i
		}
	}
	for i, a := range docs {
		if a.State != advisory.Draft && a.ID != "" && compareRevisions(a, docs[newest[identity{a.Publisher.Name, a.ID}]]) < 0 {
			why[i] = "older revision"
		}
	}
	for i, a := range docs {
		switch {
		case why[i] != "":
		case a.State == advisory.Rejected:
			why[i] = "rejected"
		case !a.Withdrawn.IsZero():
			why[i] = "withdrawn"
		default:
			for _, id := range a.Supersedes {
				replacedBy[id] = append(replacedBy[id], a.ID)
				if !a.Expires.IsZero() {
					ending[id] = append(ending[id], int32(i))
				} else {
					lasting[id] = append(lasting[id], a.ID)
				}
			}
		}
	}
	for i, a := range docs {
		replaces := func(by string) bool { return by != a.ID && !reaches(replacedBy, by, a.ID) }
		switch {
		case why[i] != "":
		case slices.ContainsFunc(lasting[a.ID], replaces):
			why[i] = "superseded"
		default:
			for _, by := range ending[a.ID] {
				if replaces(docs[by].ID) {
					replaced[i] = append(replaced[i], by)
				}
			}
		}
	}
	return why, replaced
}

// reaches tells whether the edges lead from one document to another.
func reaches(edges map[string][]string, from, to string) bool {
	seen := map[string]bool{from: true}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		for _, next := range edges[queue[0]] {
			if next == to {
				return true
			}
			if !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	return false
}

// compareDocuments orders documents, to the last word where all else is the same, so that the
// order in which they came is of no effect.
func compareDocuments(x, y *advisory.Advisory) int {
	if c := cmp.Or(strings.Compare(x.Publisher.Name, y.Publisher.Name), strings.Compare(x.ID, y.ID), compareRevisions(x, y),
		lastChange(x).Compare(lastChange(y)), strings.Compare(fileOf(x), fileOf(y))); c != 0 || x == y {
		return c
	}
	a, _ := x.MarshalJSON() // what cannot be written stays in its order
	b, _ := y.MarshalJSON()
	return bytes.Compare(a, b)
}

// compareRevisions compares number by number, and by date where there is no number: two
// documents that claim one number are both there, and dates decide what they say.
func compareRevisions(a, b *advisory.Advisory) int {
	if a.Revision == "" && b.Revision == "" {
		return lastChange(a).Compare(lastChange(b))
	}
	x, y := strings.Split(a.Revision, "."), strings.Split(b.Revision, ".")
	for i := 0; i < max(len(x), len(y)); i++ {
		var m, n int
		if i < len(x) {
			m, _ = strconv.Atoi(x[i])
		}
		if i < len(y) {
			n, _ = strconv.Atoi(y[i])
		}
		if m != n {
			return m - n
		}
	}
	return 0
}

func lastChange(a *advisory.Advisory) time.Time {
	if a.Modified.After(a.Published) {
		return a.Modified
	}
	return a.Published
}

// add enters one document. meant are the ids under which its vulnerabilities are reported.
func (m *Matcher) add(a *advisory.Advisory, dropped string, meant [][]string, names map[string]int32) {
	n := m.enterSource(a, dropped)
	if dropped == "" {
		m.addPatches(n, a)
	}
	all, doubt := m.sayings(a), doubts(a)
	for i := range all {
		said := &all[i]
		t := m.resolve(a, said)
		one := claim{source: n, saying: int32(i), said: said, timeline: t, where: &said.Where, leaves: m.leavesOf(n, a, &said.Where),
			byDefault: said.Default, modified: said.Modified, spans: saidBySpans(said.Spans), unplanned: said.unplanned(), fixedBy: m.remediesOf(said)}
		one.criteria, one.parts = said.Default == advisory.DefaultComplete, said.Parts
		one.doubt = doubt[said.Vulnerability]
		one.versions, one.all = versionsOf(said.Statement)
		for _, id := range meant[said.Vulnerability] {
			v, known := names[id]
			if !known {
				v = int32(len(m.vulnerabilities))
				names[id] = v
				m.vulnerabilities = append(m.vulnerabilities, id)
				m.ids[id] = append(m.ids[id], v)
			}
			for _, p := range said.products {
				c := one
				c.vulnerability, c.product = v, int32(p)
				m.enter(&c, a, &a.Products[p])
			}
		}
	}
}

// addAliases leads from the other ids of the vulnerabilities of a document to those under
// which they are reported. Those that are taken keep what they have.
func (m *Matcher) addAliases(a *advisory.Advisory, meant [][]string, names map[string]int32, taken func(alias string) bool) {
	for i := range a.Vulnerabilities {
		for _, id := range meant[i] {
			n, ok := names[id]
			if !ok {
				continue
			}
			for alias := range idsOf(&a.Vulnerabilities[i]) {
				if !isCVE(alias) && !taken(alias) && !slices.Contains(m.ids[alias], n) {
					m.ids[alias] = append(m.ids[alias], n)
				}
			}
		}
	}
}

// enterSource enters what decisions need of a document.
func (m *Matcher) enterSource(a *advisory.Advisory, dropped string) int32 {
	m.sources = append(m.sources, source{doc: a, publisher: a.Publisher.Name, rank: a.Publisher.Rank,
		changed: lastChange(a), expires: a.Expires, dropped: dropped})
	return int32(len(m.sources) - 1)
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

// otherKey tells the products of conditions apart, with their versions. A platform is named by
// very many documents, and asked once.
func otherKey(p *advisory.Product, spans []advisory.Span) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q%q%q%q%q%q%q%q%q", p.Vendor, p.Name, p.PURLs, p.CPEs, p.Models, p.Serials, p.SKUs, p.Hashes, p.Tags)
	for i := range spans {
		s := &spans[i]
		fmt.Fprintf(&b, "%q%q%q%q%t%q%d", s.Version, s.From, s.Before, s.Through, s.Bounded, s.Hint, s.Status)
		for _, c := range s.Changes {
			fmt.Fprintf(&b, "%q%d", c.At, c.Status)
		}
	}
	return b.String()
}

// leavesOf compiles what the leaves of a condition need, nil where words are enough.
func (m *Matcher) leavesOf(source int32, a *advisory.Advisory, where *advisory.Condition) map[*advisory.Condition]*leaf {
	opt := advisory.ResolveOptions{Schemes: m.schemes, Catalog: m.catalog}
	var leaves map[*advisory.Condition]*leaf
	for c := range where.Leaves() {
		var l leaf
		switch {
		case c.Op == advisory.OpProduct && c.Product >= 0 && c.Product < len(a.Products):
			maker := a.Identified(c.Product, m.catalog)
			key := otherKey(&maker, c.Spans)
			known := false
			if l.claim, known = m.otherClaims[key]; known {
				break
			}
			n := &claim{source: source, product: int32(c.Product), criteria: true}
			if len(c.Spans) > 0 {
				n.timeline = advisory.Resolve(&advisory.Statement{Spans: c.Spans, Products: []int{c.Product}}, &maker, opt)
			}
			l.claim = int32(len(m.others.claims))
			m.otherClaims[key] = l.claim
			m.others.enter(n, a, &a.Products[c.Product])
		case c.Op == advisory.OpFact && len(c.Patterns)+len(c.Spans) > 0:
			if len(c.Spans) > 0 {
				l.timeline = advisory.Resolve(&advisory.Statement{Spans: c.Spans}, &advisory.Product{}, opt)
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

func (l *leaf) readPatterns(texts []string) {
	for _, text := range texts {
		p, err := product.ParsePattern(text, product.Glob)
		l.broken = l.broken || err != nil
		l.patterns = append(l.patterns, p)
	}
}

func isCVE(id string) bool { return strings.HasPrefix(id, "CVE-") }

// purlsOf reads purls; equal ones are read once.
func (m *Matcher) purlsOf(texts []string) []purl.PURL {
	if len(texts) == 0 {
		return nil
	}
	key := strings.Join(texts, "\x00")
	list, known := m.purls[key]
	if !known {
		for _, text := range texts {
			if u, _, err := purl.ParseLenient(text); err == nil {
				list = append(list, u)
			}
		}
		m.purls[key] = list
	}
	return list
}

// isReleaseOf tells whether an entry is a release of another one, at any depth.
func (m *Matcher) isReleaseOf(release, of *product.Entry) bool {
	for range maxWholes {
		whole, ok := m.catalog.Whole(release)
		if !ok {
			return false
		}
		if release = whole; release == of {
			return true
		}
	}
	return false
}

// enter puts a claim into the index under every identifier of the product.
func (m *Matcher) enter(c *claim, a *advisory.Advisory, p *advisory.Product) {
	for _, text := range p.CPEs {
		if name, _, err := cpe.ParseLenient(text); err == nil {
			c.cpes = append(c.cpes, name)
		}
	}
	c.purls = m.purlsOf(p.PURLs)
	c.name = p.Name
	var named *product.Entry
	n := int32(len(m.claims))
	post := func(kind byte, key []byte, level product.Level) {
		k := string(kind) + string(key)
		if list := m.index[k]; len(list) > 0 && list[len(list)-1].claim == n {
			list[len(list)-1].level = max(level, list[len(list)-1].level)
			return
		}
		m.index[k] = append(m.index[k], posting{claim: n, level: level})
	}
	if p.Name != "" && !product.IsPlaceholder(p.Name) {
		vendor := a.Identified(int(c.product), m.catalog).Vendor
		if product.IsPlaceholder(p.Vendor) {
			post(byName, withoutRelease(product.AppendKey(nil, "", p.Name)), product.Possible)
		}
		key, entry, level := m.catalog.Lookup(nil, vendor, p.Name)
		c.key, named = string(key), entry
		m.postName(post, key, named, level)
		for _, member := range product.Members(p.Name) {
			key, entry, level := m.catalog.Lookup(nil, vendor, member)
			if named != nil && entry != nil && slices.Contains(named.Not, entry.Key) {
				continue // "Windows Server 2022, 23H2 Edition" is one product
			}
			m.postName(post, key, entry, level)
		}
		m.noteVendor(key)
	}
	for _, name := range c.cpes {
		key := name.AppendKey(nil)
		if v := name.Value(cpe.Product); v.IsAny() || v.IsPattern() { // found by its vendor
			key, m.patterns = key[:bytes.IndexByte(key, ':')+1], true
		}
		post(byCPE, key, product.Exact)
		if entry, ok := m.catalog.LookupCPE(name); ok {
			switch {
			case m.isReleaseOf(named, entry): // its names say which release
				post(byName, append([]byte(entry.Key), anyRelease), product.Alias)
			case !strings.HasPrefix(c.key, entry.Key+string(anyRelease)):
				post(byName, []byte(entry.Key), product.Alias)
			}
			m.noteVendor([]byte(entry.Key))
		} else {
			m.postWords(post, name)
		}
	}
	for _, u := range c.purls {
		post(byPURL, u.AppendKey(nil), product.Exact)
	}
	m.enterNumbers(c, p, post)
	if vendor := a.Identified(int(c.product), m.catalog).Vendor; !product.IsPlaceholder(vendor) {
		key, _, _ := m.catalog.Lookup(nil, vendor, "x")
		c.vendor, _, _ = strings.Cut(string(key), "/")
	}
	c.settle()
	m.claims = append(m.claims, *c)
}

// noteVendor remembers that a source speaks about the vendor of a key.
func (m *Matcher) noteVendor(key []byte) {
	if vendor, _, ok := strings.Cut(string(key), "/"); ok && vendor != "" {
		m.vendors[vendor] = true
	}
}
