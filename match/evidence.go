package match

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// Evidence is everything that a verdict rests on, so that a person can check it by hand.
// It prints as text and marshals as JSON; times are in UTC. Its lists may be shared with other
// evidence and with the inventory, and must not be changed.
type Evidence struct {
	Vulnerability string    `json:"vulnerability"`
	At            time.Time `json:"at,omitzero"` // the date asked for
	Installation  Subject   `json:"installation"`
	Verdict       Verdict   `json:"-"`
	Status        Status    `json:"status"`
	Reason        Reason    `json:"reason,omitzero"`
	Possible      StatusSet `json:"possible,omitempty"`
	Missing       []string  `json:"missing,omitempty"` // facts that would decide
	Fix           string    `json:"fix,omitempty"`
	Branches      []string  `json:"branches,omitempty"`  // the fix on the installed branch and on the next ones
	Settled       string    `json:"settledBy,omitempty"` // the rule that left one status
	Coverage      string    `json:"coverage"`
	Candidates    []string  `json:"candidates,omitempty"`
	Claims        []Claim   `json:"statements,omitempty"`
	Steps         []string  `json:"steps,omitempty"` // how several statements became one answer
	Remediations  []string  `json:"remediations,omitempty"`
	Accepted      string    `json:"accepted,omitempty"`
	// Rejected are products of the vulnerability that are close to the installed one, and why
	// they are not meant; only where nothing names the installed one. Others is how many more
	// products the vulnerability has.
	Rejected []Rejection `json:"rejected,omitempty"`
	Others   int         `json:"otherProducts,omitempty"`
	// Library, Catalog and Matcher name the release of the library, what its catalog said and the
	// documents that were asked (see Matcher.Digest). They make the same evidence again, to the
	// byte, of the same installation under the same AskOptions.
	Library string `json:"library"`
	Catalog string `json:"catalog"`
	Matcher string `json:"matcher"`

	in *Installation
}

// A Rejection is a product that the installed one is not.
type Rejection struct {
	Product  string `json:"product"` // as the document names it
	Document string `json:"document"`
	Place    string `json:"place"` // file and JSON pointer of the product
	Why      string `json:"why"`
}

// A Subject is the installation, as the inventory states it.
type Subject struct {
	Host    string            `json:"host,omitempty"`
	Vendor  string            `json:"vendor,omitempty"`
	Product string            `json:"product,omitempty"`
	Version string            `json:"version,omitempty"`
	PURL    string            `json:"purl,omitempty"`
	CPE     string            `json:"cpe,omitempty"`
	Model   string            `json:"model,omitempty"`
	Serial  string            `json:"serial,omitempty"`
	SKU     string            `json:"sku,omitempty"`
	Hashes  []string          `json:"hashes,omitempty"` // "sha256:ab12..."
	Tags    []string          `json:"tags,omitempty"`
	Facts   map[string]string `json:"facts,omitempty"`
	// Patches are those of the host, PatchList how far the list goes.
	Patches   []string `json:"patches,omitempty"`
	PatchList string   `json:"patchList,omitempty"`
	Row       string   `json:"row,omitempty"` // of the inventory
}

// A Claim is one statement that may mean the product, and what it says about the
// installed version.
type Claim struct {
	*Citation // never nil in evidence

	Dropped       string   `json:"dropped,omitempty"`  // why the document does not count
	SpanPlace     string   `json:"span,omitempty"`     // where the range is that speaks, as Place
	SpanText      string   `json:"spanText,omitempty"` // the publisher's own words there
	Identified    string   `json:"identified"`         // the identifier that matched
	Line          string   `json:"line,omitempty"`
	Read          string   `json:"read,omitempty"`    // how the installed version was read
	Segment       string   `json:"segment,omitempty"` // the stretch of versions that was hit
	Path          []string `json:"path,omitempty"`    // from the patch that is named to the installed one
	Patches       []string `json:"patches,omitempty"` // what the installed patches tell
	Condition     string   `json:"condition,omitempty"`
	Facts         []string `json:"facts,omitempty"` // of each part of the condition, and what the inventory says
	If            string   `json:"if,omitempty"`    // words of the range that limit it
	Rule          string   `json:"rule"`
	Justification string   `json:"justification,omitempty"` // the publisher's word for not affected

	Rank     advisory.Rank `json:"rank"`
	Level    product.Level `json:"level"`
	Status   Status        `json:"status"`
	Reason   Reason        `json:"reason,omitzero"`
	Possible StatusSet     `json:"possible,omitempty"`
	Inferred bool          `json:"inferred,omitempty"` // by a rule, not by a word of the publisher
	Decides  bool          `json:"decides,omitempty"`

	claim int32
}

// Explain answers as Check does and returns what the answer rests on. It runs the code
// that decides, so the two never differ.
func (m *Matcher) Explain(in *Installation, vulnerability string) (e Evidence) {
	m.ExplainTo(&e, in, vulnerability)
	return e
}

// ExplainTo is Explain into evidence that is not needed any more: what e says is replaced, and the
// memory of its claims is used again, so that a program that tells one finding after the other
// makes less garbage. Copies of e share that memory.
func (m *Matcher) ExplainTo(e *Evidence, in *Installation, vulnerability string) {
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	*e = Evidence{Claims: e.Claims[:0]}
	e.At, e.in, e.Library, e.Catalog, e.Matcher = m.ask.At, in, release(), m.catalog.Digest(), m.Digest()
	s.subjectOf(&e.Installation, in)
	d := m.explain(s, in, vulnerability, e)
	m.whyNot(s, in, e)
	m.noteWays(s, in, &d, e)
	if len(m.ask.accepted) > 0 {
		m.noteAccepted(s, in, &d, e)
	}
	m.noteCoverage(s, in, e)
	m.unusedWords(e)
}

// explain decides and notes what was seen and what is missing.
func (m *Matcher) explain(s *scratch, in *Installation, vulnerability string, e *Evidence) decision {
	e.Vulnerability = vulnerability
	s.patches.explain = true
	d := m.check(s, in, vulnerability, e)
	s.patches.explain = false
	e.Verdict, e.Status, e.Reason, e.Possible = d.verdict, d.verdict.Status, d.verdict.Reason, d.verdict.Possible
	for i := range e.Claims {
		c := &e.Claims[i]
		c.Decides = e.Status != advisory.NoStatement && (c.Decides || d.claim >= 0 && c.claim == d.claim)
	}
	switch d.verdict.Reason {
	case advisory.NoVersion, advisory.Imprecise:
		e.missing("version")
	case advisory.NoPatchList, advisory.PartialPatchList:
		e.missing("all patches of the host")
	}
	return d
}

// noteAccepted notes what the caller accepted.
func (m *Matcher) noteAccepted(s *scratch, in *Installation, d *decision, e *Evidence) {
	f := m.finding(d)
	m.complement(s, in, &f, hit{}, false)
	a := f.Accepted
	if a == nil {
		return
	}
	e.Accepted = "accepted by " + a.Author + ": " + a.Note
	if !a.Until.IsZero() {
		e.Accepted += " (until " + a.Until.UTC().Format(time.DateOnly) + ")"
	}
}

// noteCoverage notes what the installation may be. It comes last: where the hits on the
// vulnerability do not tell that the product is spoken about, it looks for all.
func (m *Matcher) noteCoverage(s *scratch, in *Installation, e *Evidence) {
	if !spoken(s.hits) {
		m.identify(s, in, false)
	}
	coverage := m.coverage(s, in)
	e.Coverage = coverage.Kind.String()
	for _, c := range coverage.Candidates {
		e.Candidates = append(e.Candidates, s.texts.join(c.Key, " (", c.Level.String(), ": ", c.Rule, ")"))
	}
}

// unusedWords says which words of the caller were not used, and why.
func (m *Matcher) unusedWords(e *Evidence) {
	for i := range m.ask.Corrections {
		c := &m.ask.Corrections[i]
		if c.Vulnerability != "" && c.Vulnerability != e.Vulnerability {
			continue
		}
		switch {
		case c.Source == "":
			e.step("a correction by " + c.Author + " is not used: it cites no source")
		case !m.ask.inForce(c.Until) && m.ask.At.IsZero():
			e.step("a correction by " + c.Author + " is not used: it has an end, and no date was asked for")
		case !m.ask.inForce(c.Until):
			e.step("a correction by " + c.Author + " is not used: it ended on " + c.Until.UTC().Format(time.DateOnly))
		}
	}
}

// subjectOf writes an installation as the evidence has it.
func (s *scratch) subjectOf(out *Subject, in *Installation) {
	out.Vendor, out.Product, out.Version, out.CPE = in.Vendor, in.Product, in.Version, in.CPE.String()
	out.Model, out.Serial, out.SKU, out.Tags, out.Row = in.Model, in.Serial, in.SKU, in.Tags, in.Row
	for _, h := range in.Hashes {
		out.Hashes = append(out.Hashes, h.Algorithm+":"+h.Value)
	}
	if in.PURL.IsValid() {
		s.id, _ = in.PURL.AppendText(append(s.id[:0], purlWord...))
		s.purlText = s.texts.text(s.id)
		out.PURL = s.purlText[len(purlWord):]
	}
	if in.Host != nil {
		out.Host, out.Patches = in.Host.ID, in.Host.Patches
		if in.Host.PatchList != NoPatches || len(out.Patches) > 0 {
			out.PatchList = in.Host.PatchList.String()
		}
		if len(in.Host.Facts) > 0 {
			out.Facts = maps.Clone(map[string]string(in.Host.Facts))
		}
	}
	if len(in.Facts) > 0 {
		if out.Facts == nil {
			out.Facts = make(map[string]string, len(in.Facts))
		}
		maps.Copy(out.Facts, in.Facts)
	}
}

// purlWord stands in front of a purl that led to a claim.
const purlWord = "purl "

// settled notes which rule left one status, and the statements that are left.
func (e *Evidence) settled(rule string, votes []vote) {
	if e == nil {
		return
	}
	e.Settled = rule
	for i := range e.Claims {
		e.Claims[i].Decides = slices.ContainsFunc(votes, func(v vote) bool {
			return v.claim == e.Claims[i].claim && v.Status != advisory.NoStatement
		})
	}
}

// missing adds facts that would decide, each once.
func (e *Evidence) missing(names ...string) {
	for _, name := range names {
		if !slices.Contains(e.Missing, name) {
			e.Missing = append(e.Missing, name)
		}
	}
}

// step adds a step of the decision; a nil Evidence keeps none.
func (e *Evidence) step(text string) {
	if e != nil {
		e.Steps = append(e.Steps, text)
	}
}

// claim adds a claim with its vote, which is nil for a document that does not count.
func (e *Evidence) claim(m *Matcher, s *scratch, in *Installation, h hit, v *vote) {
	if e == nil {
		return
	}
	c, t := m.claim(h.claim), m.citation(h.claim)
	o, subject := s.subject(in, h)
	e.Claims = append(e.Claims, Claim{}) // decideOnce has made room
	out := &e.Claims[len(e.Claims)-1]
	out.claim, out.Citation = h.claim, &t.Citation
	out.Rank, out.Dropped, out.Level = m.ask.rank(c), m.dropped(c), h.level
	out.Identified = e.identifier(m, s, subject, h)
	if t.where != "" {
		out.Condition = s.texts.join(t.where, ": ", conditionWord(m.holds(s, c)))
		out.Facts = m.facts(s, in, c, t.leaves)
	}
	if v == nil {
		out.Rule = "the document does not count: " + out.Dropped
		return
	}
	out.Status, out.Reason, out.Rule, out.Inferred = v.Status, v.Reason, v.Rule, v.Inferred
	if v.Status == advisory.NotAffected {
		out.Justification = t.said.Justification
	}
	out.Possible = v.Possible
	out.Path, out.Patches = m.patchLines(s, in)
	m.version(&o.read, subject, c.timeline)
	out.Read, out.Line = o.read.describe(&s.texts)
	if v.segment >= 0 {
		out.If = c.timeline.Segments[v.segment].If
	}
	p := t.passage(c.timeline, v.segment, v.Span)
	out.Segment, out.SpanPlace, out.SpanText = p.segment, p.place, p.text
}

// productOf returns the product of a claim.
func productOf(doc *advisory.Advisory, c *claim) *advisory.Product {
	if int(c.product) < len(doc.Products) {
		return &doc.Products[c.product]
	}
	return &advisory.Product{} // of a damaged file
}

// at returns a place; a position without a file stands in the file of the document. Offsets
// are left out: a compiled form does not keep those of the file.
func at(doc *advisory.Advisory, p advisory.Pos) string {
	if p.File == "" {
		p.File = doc.Pos.File
	}
	p.Offset = 0
	return p.String()
}

func productText(p *advisory.Product) string {
	switch {
	case p.Vendor != "" || p.Name != "":
		return p.Vendor + " | " + p.Name
	case len(p.PURLs) > 0:
		return p.PURLs[0]
	case len(p.CPEs) > 0:
		return p.CPEs[0]
	default:
		return p.ID
	}
}

// identifier says which identifier of what a hit is about led to the claim.
func (e *Evidence) identifier(m *Matcher, s *scratch, in *Installation, h hit) string {
	switch h.by {
	case byCPE:
		return s.texts.join("cpe ", in.CPE.String())
	case byPURL:
		if h.whole != 0 {
			return s.texts.join(purlWord, in.PURL.String())
		}
		return s.purlText
	case byModel:
		return s.texts.join("model number ", in.Model)
	case bySerial:
		return s.texts.join("serial number ", in.Serial)
	case bySKU:
		return s.texts.join("stock keeping unit ", in.SKU)
	case byHash:
		return "hash"
	case byTag:
		return "tag " + strings.Join(in.Tags, ", ")
	default:
		if in.Product == "" {
			return s.texts.join("cpe ", in.CPE.String(), ", through the catalog")
		}
		key := s.key
		if h.whole != 0 {
			vendor, _ := in.maker()
			key, _, _ = m.catalog.Lookup(nil, vendor, in.Product)
		}
		return s.texts.join("name ", in.Vendor, " | ", in.Product, ", folded to ", string(key))
	}
}

func conditionWord(t vers.Truth) string {
	return [...]string{"not known", "not met", "met"}[t]
}

// describe tells how the installed version was read.
func (r *installed) describe(w *writer) (text, line string) {
	if len(r.low) > 0 && r.line <= len(r.low) {
		line = vers.LineName(string(r.low[:r.line]))
	}
	as, read := "", ""
	if r.canonical != r.text && r.canonical != "" {
		as, read = ", read as ", r.canonical
	}
	if r.front != "" {
		as, read = ", read as far as ", r.front
	}
	switch r.kind {
	case readNothing:
		return "no version", ""
	case readBad:
		if r.err != nil {
			return r.err.Error(), ""
		}
		return w.join(r.text, as, read, ": no scheme"), ""
	case readBranch:
		from := r.from
		if r.named {
			from = fromName
		}
		return w.join(r.text, as, read, ": a branch (from the ", from, ")"), line
	case readAnything:
		return w.join(r.text, ": a release that holds many versions (catalog)"), ""
	default:
		return w.join(r.text, as, read, ": one version (from the ", r.from, ")"), line
	}
}
