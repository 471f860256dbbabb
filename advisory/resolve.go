package advisory

import (
	"cmp"
	"errors"
	"strings"

	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// ResolveOptions say with which words texts are read. The zero value means the schemes and
// the catalog that ship.
type ResolveOptions struct {
	Schemes *vers.Schemes
	Catalog *product.Catalog
	// Infer asks for what follows from the fix points of a statement that is silent about
	// other versions (CSAF, VEX): what is older than a fixed version or than the last affected
	// one is Affected, marked as inferred. Without it such versions have no statement.
	Infer bool
}

func (o ResolveOptions) orDefault() ResolveOptions {
	if o.Schemes == nil {
		o.Schemes = vers.Builtin()
	}
	if o.Catalog == nil {
		o.Catalog = product.Builtin()
	}
	return o
}

// Resolve reads what a statement says about one of its products and returns the timeline.
// It never fails: what cannot be read is in Timeline.Problems and makes answers Unknown.
//
// The rules, in this order:
//
//  1. The product picks the scheme (catalog, purl type, then what the texts are); the
//     version type that the document claims is a hint.
//  2. What stands behind the name of another product is left out (elsewhere.go).
//     Every bound is read as the interval of what it names; a lower bound starts at its
//     beginning, an exclusive upper one ends there, an inclusive one at its end. A bound of
//     which only the front is a version leaves its branch open (front.go), words around one
//     are passed over (boundwords.go), an upper bound that nobody can read leaves all above
//     the lower one open (clouds.go), and a lower one everything.
//  3. Of spans that overlap the first one of the list counts (CVE 5.x, versions.md). In a
//     statement that is silent about other versions each span speaks for itself, so that
//     different statuses of one version are a Conflict (conflicts.go).
//  4. Affected spans with one lower bound are branches with a fix each: a lower fix closes
//     its own sub-branch, the highest one everything above (fixpoints.go). A statement that
//     is silent about other versions names no fix by a bound, nor does one whose spans are
//     all that is affected (DefaultComplete).
//  5. What no span names is answered by the default (gaps.go).
func Resolve(s *Statement, p *Product, opt ResolveOptions) *Timeline {
	opt = opt.orDefault()
	t := &Timeline{schemes: opt.Schemes, spans: joinHalves(s.Spans), Entry: p.Entry(opt.Catalog)}
	r := resolver{Timeline: t, statement: s, product: p}
	r.chooseScheme(p, opt.Catalog)
	if r.Scheme == nil {
		r.noScheme()
		return t
	}
	r.otherProducts(opt.Catalog)
	for i := range s.Spans {
		r.span(i)
	}
	if r.commitSpans > 0 && r.commitSpans == len(s.Spans) {
		t.commits = true
		return t
	}
	r.unplacedNames()
	if r.silent() {
		r.conflicts()
		if opt.Infer {
			r.infer()
		}
	} else if s.Default != DefaultComplete {
		r.openRanges()
		r.fixPoints()
	}
	r.openLines()
	r.paint()
	r.fillGaps()
	r.cover()
	t.depth = branchNumbers(t.spans)
	return t
}

// A resolver collects the pieces of one statement.
type resolver struct {
	*Timeline
	statement   *Statement
	pieces      []piece
	everything  *Outcome // a span that names all versions of all lines
	everyOrder  int
	alls        []Outcome // further spans of that kind
	commitSpans int
	names       []unplaced
	clouds      map[string]cloud // by line part
	product     *Product
	oneModel    bool // firmware of another model does not compare, whatever the default is
}

// An unplaced span holds versions that compare as text only.
type unplaced struct{ span, problem int }

// A piece is an interval of keys of one line with the answer of one span.
type piece struct {
	line      string // line part
	low, high string // keys with the line part
	lowText   string
	highText  string
	lowOpen   bool
	highClose bool // highText is included
	noLow     bool // no lower bound
	noHigh    bool // no upper bound
	order     int  // pieces of a smaller order win; a change comes just before its span
	out       Outcome
}

// A bound is what a text names: the half-open interval of its versions.
type bound struct {
	text      string
	line      string
	low, high string // keys with the line part
	wild      bool   // the text ends in a star
	doubt     bool   // only the front of the text was read, see front
}

// Entry returns the catalog entry of the product, by its names first and then its CPEs; nil
// when the catalog has none.
func (p *Product) Entry(c *product.Catalog) *product.Entry {
	var room [96]byte
	if _, entry, level := c.Lookup(room[:0], p.Vendor, p.Name); entry != nil && level >= product.Alias {
		return entry
	}
	for _, text := range p.CPEs {
		if name, _, err := cpe.ParseLenient(text); err == nil {
			if entry, ok := c.LookupCPE(name); ok {
				return entry
			}
		}
	}
	return nil
}

// Identified returns a product of the document with a vendor where the document names
// none: the one of the catalog when the name stands alone there (OpenSSH), else the
// publisher ("n/a | VMware ESXi" of a record by vmware).
func (a *Advisory) Identified(p int, c *product.Catalog) Product {
	identified := a.Products[p]
	if !product.IsPlaceholder(identified.Vendor) || product.IsPlaceholder(identified.Name) {
		return identified
	}
	var room [96]byte
	if _, entry, _ := c.Lookup(room[:0], "", identified.Name); entry != nil {
		identified.Vendor, _, _ = strings.Cut(entry.Key, "/")
		return identified
	}
	identified.Vendor = a.Publisher.Name
	return identified
}

// chooseScheme applies rule 1.
func (r *resolver) chooseScheme(p *Product, catalog *product.Catalog) {
	// A name that is not in the set leaves no scheme: another one would be a guess.
	use := func(name, rule string) {
		scheme, ok := r.schemes.Lookup(name)
		if !ok {
			r.problem(p.Pos, "scheme-unknown", "%s names the scheme %q, which is not there", rule, name)
		}
		r.Scheme, r.SchemeRule = scheme, rule
	}
	for c := range r.statement.Where.Leaves() {
		if c.Op != OpFact || c.Fact != FactBuild || len(c.Values) == 0 {
			continue
		}
		if d, ok := purl.ParseDistro(c.Values[0]); ok {
			r.Entry = nil // the catalog speaks about what the maker builds
			use(d.Scheme(), "packages of "+c.Values[0])
			return
		}
	}
	if r.Entry != nil && r.Entry.Scheme != "" {
		use(r.Entry.Scheme, "catalog entry "+r.Entry.Key)
		return
	}
	if name := r.versScheme(); name != "" {
		use(name, "the ranges are of this vers type")
		return
	}
	for _, text := range p.PURLs {
		if u, _, err := purl.ParseLenient(text); err == nil && u.Scheme() != "" {
			use(u.Scheme(), "purl type "+u.Type())
			return
		}
	}
	maker, makerReads := r.makerScheme(p, catalog)
	texts, packages := 0, ""
	semverHint, hyphenDigit, vendorReads, semverReads := true, false, true, true
	vendor, _ := r.schemes.Lookup("vendor")
	semver, _ := r.schemes.Lookup("semver")
	var room [64]byte
	for text, hint := range r.boundTexts() {
		if scheme, ok := hintSchemes[strings.TrimPrefix(strings.ToLower(hint), HintExact+" ")]; ok {
			use(scheme, "version type "+hint)
			return
		}
		texts++
		packages = cmp.Or(packages, packageScheme(text))
		semverHint = semverHint && strings.EqualFold(hint, "semver")
		if i := strings.IndexByte(text, '-'); i >= 0 && i+1 < len(text) && text[i+1] >= '0' && text[i+1] <= '9' {
			hyphenDigit = true
		}
		makerReads = makerReads && r.reads(maker, text)
		_, _, err := r.schemes.AppendKey(room[:0], vendor, text)
		vendorReads = vendorReads && (err == nil || errors.Is(err, vers.ErrImprecise))
		_, _, err = r.schemes.AppendKey(room[:0], semver, text)
		semverReads = semverReads && err == nil
	}
	switch {
	case makerReads && (texts > 0 || r.readsWords(maker)):
		r.Scheme, r.SchemeRule = maker, "catalog: how the vendor writes versions"
	case packages != "" && !vendorReads:
		use(packages, "the bounds are versions of distribution packages")
	case texts > 0 && semverReads && semverHint && hyphenDigit:
		use("semver", "version type semver, and every bound is one")
	case texts > 0 && semverReads && !vendorReads:
		use("semver", "every bound is a semantic version")
	case r.allBounds(isModelCode):
		use("bios", "every bound is the code of a model with a counter")
		r.oneModel = true
	default:
		use("vendor", "no catalog entry: what the texts show")
		if date, ok := r.schemes.Lookup("date"); ok && r.datesOnly(date) {
			r.Scheme, r.SchemeRule = date, "every bound is a date with the name of its month"
		}
	}
}

// makerScheme returns the scheme that the catalog names for a vendor, for products that
// have no entry of their own.
func (r *resolver) makerScheme(p *Product, catalog *product.Catalog) (vers.Scheme, bool) {
	vendor, ok := catalog.Vendor(p.Vendor)
	if !ok || vendor.Scheme == "" {
		return nil, false
	}
	return r.schemes.Lookup(vendor.Scheme)
}

// reads tells whether a scheme reads a text, as a version, a branch, or a range in words.
func (r *resolver) reads(scheme vers.Scheme, text string) bool {
	var room [64]byte
	_, _, err := r.schemes.AppendKey(room[:0], scheme, text)
	if err == nil || errors.Is(err, vers.ErrImprecise) {
		return true
	}
	_, _, err = r.schemes.ReadText(scheme, text)
	return err == nil
}

// readsWords tells whether a scheme reads all ranges in words that the statement holds, and
// that there is one.
func (r *resolver) readsWords(scheme vers.Scheme) bool {
	found := false
	for i := range r.spans {
		if text := clean(r.spans[i].Version); hasDigit(text) && strings.ContainsAny(text, "<>=,") {
			if found = true; !r.reads(scheme, text) {
				return false
			}
		}
	}
	return found
}

// packageScheme returns the scheme of the distribution whose mark a version carries:
// 2.12-1ubuntu5, 7.88.1-10+deb12u4, 0:8.7p1-38.el9_4.1.
func packageScheme(version string) string {
	for _, mark := range [...]struct{ text, scheme string }{
		{"ubuntu", "deb"}, {"+deb", "deb"}, {"~deb", "deb"}, {"dfsg", "deb"}, {"~bpo", "deb"},
		{".el7", "rpm"}, {".el8", "rpm"}, {".el9", "rpm"}, {".el10", "rpm"}, {".fc", "rpm"}, {".amzn", "rpm"}, {".oe1", "rpm"}, {".oe2", "rpm"},
	} {
		if strings.Contains(version, mark.text) {
			return mark.scheme
		}
	}
	return ""
}

// noScheme makes a timeline that only knows versions by their text.
func (r *resolver) noScheme() {
	possible := SetOf(Affected, NotAffected, Fixed)
	for i := range r.spans {
		possible = possible.With(r.spans[i].Status)
		if s := &r.spans[i]; !s.IsRange() && hasDigit(s.Version) {
			r.text(i)
		}
	}
	r.Other = Outcome{Status: Unknown, Reason: NoScheme, Possible: possible, Span: -1,
		Rule: "the version scheme of the product is not known"}
}

// hintSchemes are the version types that name one scheme in every record that was read.
// "semver" is not among them: of 13,317 bounds that claim it, 31 % are none.
var hintSchemes = map[string]string{
	"rpm": "rpm", "deb": "deb", "dpkg": "deb", "python": "pypi", "pypi": "pypi", "maven": "maven",
	"npm": "npm", "gem": "gem", "nuget": "nuget", "composer": "composer", "cargo": "cargo", "apk": "apk",
}

// boundTexts yields the texts of the statement that should be versions, with their hint.
func (r *resolver) boundTexts() func(yield func(string, string) bool) {
	return func(yield func(string, string) bool) {
		for i := range r.spans {
			s := &r.spans[i]
			if s.IsCommits() {
				continue
			}
			texts := [...]string{s.Version, s.From, s.Before, s.Through}
			for _, text := range texts {
				text = clean(text)
				if text == "" || !hasDigit(text) || isZero(text) || strings.ContainsAny(text, "<>=*,") {
					continue
				}
				if !yield(text, s.Hint) {
					return
				}
			}
		}
	}
}

func (r *resolver) problem(pos Pos, code, format string, args ...any) {
	r.Problems = append(r.Problems, problemf(pos, code, format, args...))
}

// hide notes that somewhere, nobody knows where, versions have a status.
func (r *resolver) hide(s Status) { r.unread = r.unread.Union(saidBy(s)) }

// unreadable notes that a span says something that nobody can read.
func (r *resolver) unreadable(i int, pos Pos, err error) {
	r.hide(r.spans[i].Status)
	r.problem(pos, "bound-unread", "%v", err)
}
