package osv

import (
	"fmt"
	"slices"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/vers"
)

const (
	// noVersion is the version of a part that could not be read. No scheme reads it, so that
	// the statement clears nothing.
	noVersion = "n/a"
	hintGit   = "git"
)

// hints are the version types of ranges by their types in the schema.
var hints = map[string]string{"SEMVER": "semver", "ECOSYSTEM": "ecosystem", "GIT": hintGit}

// affected turns what the document says about packages into statements.
func (r *reader) affected(doc jsonpos.Value) {
	list := doc.Get("affected")
	before := r.errs.Count()
	for v := range list.Elements(&r.errs) {
		if !r.room() {
			return
		}
		r.entry(v)
	}
	if len(r.a.Statements) > 0 {
		return
	}
	if r.errs.Count() > before { // not a list
		r.unread(r.opt.Pos(list))
		return
	}
	r.notes.Add(doc, errNoAffected, "the document names no package")
}

// unread adds a product of which nothing is known.
func (r *reader) unread(at advisory.Pos) {
	r.state(advisory.Product{Vendor: noVersion, Name: noVersion, Pos: at}, advisory.Statement{
		Default: advisory.DefaultUnknown, Pos: at, Spans: []advisory.Span{{Version: noVersion, Pos: at}},
	})
}

// state adds statements about a product. Each speaks for every alias, and counts as often.
func (r *reader) state(p advisory.Product, statements ...advisory.Statement) {
	for _, s := range statements {
		r.items += len(r.a.Vulnerabilities[0].Aliases)
		if !r.room() {
			return
		}
		s.Products = []int{len(r.a.Products)}
		r.a.Statements = append(r.a.Statements, s)
	}
	r.a.Products = append(r.a.Products, p)
}

// A content is what the ranges and versions of an entry say.
type content struct {
	parts   [][]advisory.Span // of the versions, each becomes a statement; one, as a rule
	free    map[string]int    // by lower bound, the first part from which on nothing begins there
	commits []advisory.Span
	repos   []string
	said    bool // a range or a list of versions is there
}

// entry reads one element of `affected`.
func (r *reader) entry(v jsonpos.Value) {
	at := r.opt.Pos(v)
	before := r.errs.Count()
	for range v.Members(&r.errs) {
		break
	}
	if v.Kind() != jsonpos.Object {
		if r.errs.Count() == before {
			r.errs.Add(v, jsonpos.ErrType, "expected object, found null")
		}
		r.unread(at)
		return
	}
	pkg := r.readPackage(v.Get("package"))
	if v.Get("package").Kind() != jsonpos.Absent && (pkg.name == "" || pkg.ecosystem == "") {
		r.errs.Add(v, errNoPackage, "the package has no name or ecosystem; the entry may be about any of the document")
		r.unread(at)
	}
	p := advisory.Product{Vendor: pkg.ecosystem, Name: pkg.name, PURLs: pkg.purls, Pos: at}
	var c content
	for rng := range v.Get("ranges").Elements(&r.errs) {
		if !r.room() {
			return
		}
		r.readRange(&c, rng, pkg.scheme)
	}
	r.versions(&c, v.Get("versions"))
	r.severities(&r.a.Vulnerabilities[0], v.Get("severity"))
	if r.errs.Count() > before {
		c.add(advisory.Span{Version: noVersion, Status: advisory.Affected, Pos: at})
	}
	r.entryStatements(p, &c, v)
}

// entryStatements adds what an entry says: one statement for each part, and one for commits.
func (r *reader) entryStatements(p advisory.Product, c *content, v jsonpos.Value) {
	at := r.opt.Pos(v)
	notes := r.specific(v)
	standard := advisory.DefaultNotAffected
	switch {
	case !c.said: // nothing is said about versions
		standard = advisory.DefaultUnknown
	case len(c.commits) > 0 && onlyListed(c.parts): // the list may be shorter than the range
		standard = advisory.DefaultUndeclared
	}
	if len(c.parts) == 0 && len(c.commits) == 0 {
		c.parts, standard = [][]advisory.Span{nil}, advisory.DefaultUnknown
	}
	var statements []advisory.Statement
	for i := range c.parts {
		statements = append(statements, advisory.Statement{Spans: c.parts[i], Default: standard, Remediations: notes, Pos: at})
	}
	if len(c.commits) == 0 {
		r.state(p, statements...)
		return
	}
	if len(statements) > 0 {
		r.state(p, statements...)
	}
	if p.Name == "" && len(c.repos) > 0 {
		p.Vendor, p.Name = "GIT", c.repos[0]
	}
	p.PURLs = append(p.PURLs[:len(p.PURLs):len(p.PURLs)], repoPURLs(c.repos)...)
	r.state(p, advisory.Statement{Spans: c.commits, Default: advisory.DefaultUndeclared, Remediations: notes, Pos: at})
}

// onlyListed tells whether no range of versions is among the parts.
func onlyListed(parts [][]advisory.Span) bool {
	for _, spans := range parts {
		if slices.ContainsFunc(spans, func(s advisory.Span) bool { return s.IsRange() }) {
			return false
		}
	}
	return true
}

// readRange reads a range. Trouble with commits stays with the commits.
func (r *reader) readRange(c *content, rng jsonpos.Value, scheme vers.Scheme) {
	c.said = true
	before := r.errs.Count()
	word := rng.Get("type").Text(&r.errs)
	hint, ok := hints[word]
	if rng.Kind() == jsonpos.Null || !ok && r.errs.Count() == before {
		r.errs.Add(rng, errBadWord, fmt.Sprintf("%.40q is no type of a range", word))
	}
	for range rng.Members(&r.errs) {
		break
	}
	if hint == hintGit {
		repo := rng.Get("repo").Text(&r.notes)
		if repo != "" {
			c.repos = append(c.repos, repo)
		}
		c.commits = append(c.commits, r.commits(r.events(rng))...)
		if len(c.commits) == 0 {
			c.commits = []advisory.Span{{From: beginning, Bounded: true, Hint: hintGit, Status: advisory.Affected, Pos: r.opt.Pos(rng)}}
		}
		return
	}
	c.add(r.spans(rng, r.events(rng), scheme, hint)...)
}

// add puts the spans of one range into a part in which none of them begins where another
// one does: such ranges are joined by union, and Resolve would read them as branches.
func (c *content) add(spans ...advisory.Span) {
	if len(spans) == 0 {
		return
	}
	if c.free == nil {
		c.free = map[string]int{}
	}
	to := 0
	for i := range spans {
		if spans[i].IsRange() {
			to = max(to, c.free[low(&spans[i])])
		}
	}
	for i := range spans {
		if spans[i].IsRange() {
			c.free[low(&spans[i])] = to + 1
		}
	}
	if to == len(c.parts) {
		c.parts = append(c.parts, nil)
	}
	c.parts[to] = append(c.parts[to], spans...)
}

// low returns the lower bound of a span; zeros begin where everything begins.
func low(s *advisory.Span) string {
	for _, c := range s.From {
		if c != '0' && c != '.' {
			return s.From
		}
	}
	return beginning
}

// versions reads the list of versions, each of which names itself and no other.
func (r *reader) versions(c *content, list jsonpos.Value) {
	var spans []advisory.Span
	for v := range list.Elements(&r.errs) {
		if !r.room() {
			return
		}
		c.said = true
		text := v.Text(&r.errs)
		if v.Kind() == jsonpos.Null || v.Kind() == jsonpos.String && text == "" {
			r.errs.Add(v, errNoVersion, "an element of versions needs a version")
		}
		if text != "" {
			spans = append(spans, advisory.Span{Version: text, Hint: advisory.HintExact, Status: advisory.Affected, Pos: r.opt.Pos(v)})
		}
	}
	c.add(spans...)
}

// specific keeps what databases and ecosystems add to an entry and its ranges.
func (r *reader) specific(v jsonpos.Value) []advisory.Remediation {
	var list []advisory.Remediation
	keep := func(of jsonpos.Value, member string) {
		if extra := of.Get(member); extra.Kind() == jsonpos.Object && extra.Len() > 0 {
			list = append(list, advisory.Remediation{Category: member, Text: extra.Raw(), Pos: r.opt.Pos(extra)})
		}
	}
	keep(v, "ecosystem_specific")
	keep(v, "database_specific")
	for rng := range v.Get("ranges").Elements(nil) {
		keep(rng, "database_specific")
	}
	return list
}

// A pack is the package of an entry.
type pack struct {
	ecosystem, name string
	purls           []string
	scheme          vers.Scheme // nil when the type has none
}

// readPackage reads what an entry calls its package.
func (r *reader) readPackage(v jsonpos.Value) pack {
	for range v.Members(&r.errs) {
		break
	}
	p := pack{ecosystem: v.Get("ecosystem").Text(&r.errs), name: v.Get("name").Text(&r.errs)}
	home := homeOf(p.ecosystem)
	p.purls = home.purls(p.name)
	if text := v.Get("purl").Text(&r.errs); text != "" {
		u, _, err := purl.ParseLenient(text)
		if err != nil {
			r.notes.Add(v.Get("purl"), errBadPackage, err.Error())
		} else {
			p.purls = unique(append([]string{home.scope(u)}, p.purls...))
		}
	}
	if len(p.purls) == 0 {
		return p
	}
	if u, _, err := purl.ParseLenient(p.purls[0]); err == nil {
		p.scheme, _ = vers.Builtin().Lookup(u.Scheme())
	}
	return p
}

// unique drops what occurred before.
func unique(list []string) []string {
	if len(list) < 2 {
		return list
	}
	seen := make(map[string]bool, len(list))
	return slices.DeleteFunc(list, func(text string) bool {
		known := seen[text]
		seen[text] = true
		return known
	})
}
