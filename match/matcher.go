package match

import (
	"encoding/binary"
	"iter"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// A Matcher holds compiled advisories and answers questions about installations. It is
// immutable and safe for concurrent use; its views (see [Matcher.With]) are too. The zero
// Matcher is not useful; make one with [Compile] or a [Builder].
//
// It keeps what questions have made: for each product that was asked about its bounds and answers,
// for each statement that was explained the texts of its evidence, about a kilobyte. So its memory
// grows with what was asked about and ends with what the documents hold.
type Matcher struct {
	schemes  *vers.Schemes
	catalog  *product.Catalog
	infer    bool
	body     body                     // what it was built from
	flat     *flatBody                // that of a matcher that was loaded
	made     table[claim]             // what was asked for
	sources  table[source]            // the same
	index    flatIndex                // identifiers, ids and vendors, with their kind in front
	ids      []byte                   // keys of the index, by vulnerability
	names    table[string]            // the same as texts
	patterns bool                     // some CPE names mean several products of a vendor
	others   *Matcher                 // holds the products of conditions, as claims
	pool     *sync.Pool               // of *scratch
	nobody   *Matcher                 // the view without a caller's word
	merged   *mergedTable             // see findMerged
	digest   func() string            // see Digest
	own      table[advisory.Advisory] // see cited, by source
	ask      ask
}

// A claim is one statement about one product and one vulnerability.
type claim struct {
	cited atomic.Pointer[citation] // nil until evidence cites it
	from  *source                  // its document, nil for a product of a condition
	// What most questions want of the document stands here as well, where they look anyway.
	rank  advisory.Rank
	stays bool // it counts at all times
	content
}

// A content is what a claim says. Those of one saying have much of it in common.
type content struct {
	// What nearly every question reads stands together at the front.
	source        int32
	vulnerability int32
	timeline      *advisory.Timeline
	byDefault     advisory.Default
	versions      int8 // form of the versions, see scopeOf
	all           bool // the statement is about all versions
	always        bool // it has no condition
	// criteria says that the names are all that is meant: an installed CPE name that leaves out
	// an edition or platform may be something else. Elsewhere they are names beside others.
	criteria bool
	parts    bool        // the statement is also about all that is inside the product
	doubt    bool        // another part of the document, about nobody knows what, could not be read
	lost     bool        // a damaged file does not tell what it says, see decideOnce
	spans    []StatusSet // what each span says
	fixedBy  []remedy    // nil when no patches are named

	product   int32   // of the document
	saying    int32   // of the document, see sayings
	said      *saying // nil until it is asked for, where it was loaded
	where     *advisory.Condition
	leaves    map[*advisory.Condition]*leaf // of where, as far as they need more than words
	modified  time.Time
	unplanned []int32 // spans that will not be fixed, -1 for the default
	*identity         // of the product
}

// settle notes what follows from the rest of a claim.
func (c *content) settle() {
	c.always = c.where == nil || c.where.Op == advisory.OpAlways
}

// claim returns a claim, which is made when it is first asked for.
func (m *Matcher) claim(i int32) *claim {
	if c := m.made.get(int(i)); c != nil {
		return c
	}
	c := m.body.makeClaim(i)
	if m.others != nil { // it is not one of those, which no document ranks
		c.from = m.source(c.source)
		c.rank, c.stays = c.from.rank, c.from.dropped == "" && c.from.isTimeless()
	}
	return m.made.put(int(i), c)
}

// about returns the vulnerability of a claim.
func (m *Matcher) about(i int32) int32 { return m.body.about(i) }

// source returns what decisions need of a document, which is made when it is first asked for.
func (m *Matcher) source(i int32) *source {
	if s := m.sources.get(int(i)); s != nil {
		return s
	}
	return m.sources.put(int(i), m.body.makeSource(i))
}

// doc returns the document of a source.
func (m *Matcher) doc(i int32) *advisory.Advisory { return m.body.doc(i) }

// idCount is how many vulnerabilities there are.
func (m *Matcher) idCount() int { return len(m.ids) / 4 }

// id returns the id of a vulnerability.
func (m *Matcher) id(v int32) string {
	if id := m.names.get(int(v)); id != nil {
		return *id
	}
	id := ""
	if v >= 0 && int(v) < m.idCount() {
		if key, _, ok := m.index.entry(int(binary.LittleEndian.Uint32(m.ids[4*v:]))); ok && len(key) > 0 {
			id = string(key[1:])
		}
	}
	return *m.names.put(int(v), &id)
}

// said returns the document of a claim and what it says there.
func (m *Matcher) said(c *claim) (*advisory.Advisory, *saying) {
	doc := m.doc(c.source)
	if c.said != nil {
		return doc, c.said
	}
	all := m.sayings(doc)
	if int(c.saying) >= len(all) || int(c.product) >= len(doc.Products) { // of a damaged file
		return &advisory.Advisory{ID: doc.ID, Products: []advisory.Product{{}}}, &saying{Statement: &advisory.Statement{}, products: []int{0}}
	}
	return doc, &all[c.saying]
}

// problems returns what could not be read of a claim. A compiled form does not hold it, so
// that it is found again.
func (m *Matcher) problems(c *claim, doc *advisory.Advisory, said *saying) []advisory.Problem {
	if said == c.said {
		return c.timeline.Problems
	}
	return m.resolve(doc, said).Problems
}

// resolve compiles what a document says about one product.
func (m *Matcher) resolve(a *advisory.Advisory, said *saying) *advisory.Timeline {
	maker := a.Identified(said.products[0], m.catalog)
	opt := m.resolving()
	opt.Infer = m.infer
	return advisory.Resolve(said.Statement, &maker, opt)
}

// resolving are the options for what is said about other things than the product itself.
func (m *Matcher) resolving() advisory.ResolveOptions {
	return advisory.ResolveOptions{Schemes: m.schemes, Catalog: m.catalog}
}

// holds evaluates the condition of a claim.
func (m *Matcher) holds(s *scratch, c *claim) vers.Truth {
	s.judge.of = c
	if c.always {
		return vers.Yes
	}
	return c.where.Eval(&s.judge)
}

// The kinds of identifiers, the first byte of a key of the index.
const (
	byName   = 'n'
	byWords  = 'w' // the words of a CPE, as if they were names
	byCPE    = 'c'
	byPURL   = 'p'
	byModel  = 'm'
	bySerial = 's'
	bySKU    = 'k'
	byHash   = 'h'
	byTag    = 't'
	byID     = 'i' // of a vulnerability
	byVendor = 'v'
)

// dropped tells why the document of a claim does not count, "" when it does.
func (m *Matcher) dropped(c *claim) string {
	switch {
	case c.stays:
		return ""
	case c.from.dropped != "":
		return c.from.dropped
	case !m.ask.inForce(c.from.expires):
		return "expired"
	}
	for _, by := range c.from.replacedBy {
		if m.ask.inForce(m.source(by).expires) {
			return "superseded"
		}
	}
	return ""
}

// Append appends the findings for an installation to dst, in the order of the ids, and
// returns the extended slice. It reports the statuses of AskOptions.Want, and allocates
// nothing when dst has room.
func (m *Matcher) Append(dst []Finding, in *Installation) []Finding {
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	dst, _ = m.find(s, dst, in, nil, false, nil)
	return dst
}

// Findings yields what Append appends.
func (m *Matcher) Findings(in *Installation) iter.Seq[Finding] {
	return func(yield func(Finding) bool) {
		for _, f := range m.Append(nil, in) {
			if !yield(f) {
				return
			}
		}
	}
}

// Check answers for one vulnerability, by its id or an alias. An id that stands for
// several vulnerabilities gives the worst of the answers. When nothing is stated the
// answer is NoStatement with the reason; it is Unknown with ProductUncertain when a
// statement may mean this product. What is said about a product that the installation is a
// part of, and about all that is inside, counts as well (advisory.Statement.Parts).
func (m *Matcher) Check(in *Installation, vulnerability string) Verdict {
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	return m.check(s, in, vulnerability, nil).verdict
}

// Finding is Check with the fix and what else a Finding tells.
func (m *Matcher) Finding(in *Installation, vulnerability string) Finding {
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	d := m.check(s, in, vulnerability, nil)
	if d.claim >= 0 {
		d.fix = m.fix(s, in, m.hitsOf(s.hits, d.vulnerability), &d)
	}
	f := m.finding(&d)
	m.complement(s, in, &f, d.by(), false)
	f.Vulnerability = vulnerability
	return f
}

// check decides for one vulnerability, without the fix; trace, where given, keeps what was seen.
func (m *Matcher) check(s *scratch, in *Installation, vulnerability string, trace *Evidence) decision {
	s.asked = m.appendIDs(s.asked[:0], s, vulnerability)
	s.only = append(s.sorted[:0], s.asked...)
	s.sorted = s.only
	slices.Sort(s.only)
	if !m.identifyPackage(s, in) {
		m.identify(s, in, true)
	}
	if len(in.PartOf) > 0 {
		m.lookWholes(s, in, true)
	}
	s.only = nil
	worst := decision{vulnerability: -1, claim: -1, verdict: Verdict{Status: advisory.NoStatement, Reason: advisory.NotNamed}}
	for _, v := range s.asked {
		hits := m.hitsOf(s.hits, v)
		d := m.answer(s, in, v, hits, trace)
		if severity(d.verdict) > severity(worst.verdict) || len(hits) > 0 && worst.vulnerability < 0 {
			worst = d
		}
	}
	return worst
}

// severity orders verdicts by what they ask of the reader.
func severity(v Verdict) int {
	switch v.Status {
	case advisory.Affected:
		return 5
	case advisory.Unknown:
		return 4
	case advisory.UnderInvestigation:
		return 3
	case advisory.Fixed:
		return 2
	case advisory.NotAffected:
		return 1
	default:
		return 0
	}
}

// finding makes a Finding of a decision.
func (m *Matcher) finding(d *decision) Finding {
	f := Finding{Verdict: d.verdict, source: -1, claim: d.claim, Level: d.level, Fix: d.fix}
	if d.vulnerability >= 0 {
		f.Vulnerability = m.id(d.vulnerability)
	}
	if d.claim >= 0 {
		f.source = m.claim(d.claim).source
		f.Product = m.productKey(d.claim)
	}
	return f
}

// complement adds to a finding what the caller accepted, and on request the remedies of the hit
// that decided.
func (m *Matcher) complement(s *scratch, in *Installation, f *Finding, by hit, remedies bool) {
	if len(m.ask.accepted) > 0 {
		version, _ := in.version()
		f.Accepted = m.ask.acceptance(f.Vulnerability, s.key, version)
	}
	if remedies && by.claim >= 0 {
		f.Remedies = digestOf(m.remediations(nil, s, in, by))
	}
}

// productKey returns the key of the product of a claim.
func (m *Matcher) productKey(c int32) string {
	if e := m.claim(c).timeline.Entry; e != nil {
		return e.Key
	}
	return m.claim(c).key
}

// Advisory returns the document that decided a finding, nil when none did. It is shared and
// must not be changed. A document that was not decoded is a copy, with the digest and places
// that it has in the library's own form.
func (m *Matcher) Advisory(f Finding) *advisory.Advisory {
	if f.source < 0 {
		return nil
	}
	return m.cited(f.source)
}

// Vulnerabilities yields the ids that the matcher knows, in the order of first mention.
func (m *Matcher) Vulnerabilities() iter.Seq[string] {
	return func(yield func(string) bool) {
		for v := range m.idCount() {
			id := m.id(int32(v))
			if !yield(id) {
				return
			}
		}
	}
}
