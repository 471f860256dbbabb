package product

import (
	"slices"
	"strings"

	"github.com/affected-go/affected/purl/cpe"
)

// A Row is what an inventory or an advisory says about a product. Fields may be empty.
type Row struct {
	Vendor, Name string
	// Version is what the inventory prints beside the name. It tells nothing about the
	// product; a name that repeats it is read without it.
	Version string
	// Package is what the source calls the product apart from its name: the bundle
	// identifier of a macOS application ("com.google.Chrome"), the package of winget
	// ("Google.Chrome"). It names the vendor where the row has none.
	Package string
	// Source is the kind of list that the row stands in, in the words of osquery: programs,
	// apps, homebrew_packages, python_packages, chrome_extensions, and winget. "" and other
	// words tell nothing.
	Source string
	CPE    cpe.Name
}

// A Candidate is a product that a row may stand for.
type Candidate struct {
	// Key is the key of the entry, or the folded names where the catalog has none.
	Key string
	// Entry is nil for a product that the catalog does not hold.
	Entry *Entry
	Level Level
	// Release is what the name says about the version: "2019", "8.6". It belongs to the
	// version of the row and not to the product.
	Release string
	// Rule says in a few words what led here.
	Rule string

	base       string // Key without the release
	own        string // Release without a level of updates
	family     bool   // one of the releases of what was named without one
	system     platform
	portal     string // see AppendPortal
	vendorless string // see AppendVendorless
}

// Resolve returns the products that the row may stand for, the surest first. It is empty
// for a row without names. More than one key means that the identifiers of the row point
// to different products, or that a name is claimed by several; the latter are Possible.
func (c *Catalog) Resolve(row Row) []Candidate {
	var found []Candidate
	if row.CPE.IsValid() {
		found = c.resolveCPE(found, row.CPE)
	}
	found = c.resolveName(found, &row)
	slices.SortStableFunc(found, func(a, b Candidate) int { return int(b.Level) - int(a.Level) })
	kept := found[:0]
	for _, f := range found {
		if !slices.ContainsFunc(kept, func(k Candidate) bool { return k.Key == f.Key }) {
			kept = append(kept, f)
		}
	}
	return kept
}

func (c *Catalog) resolveCPE(found []Candidate, name cpe.Name) []Candidate {
	var room [96]byte
	key := string(name.AppendKey(room[:0]))
	links := c.cpes[key]
	for _, r := range links {
		level := r.level
		if len(links) > 1 {
			level = Possible
		}
		found = append(found, Candidate{Key: r.entry.Key, Entry: r.entry, Level: level, Rule: "catalog: cpe " + key, base: r.entry.Key})
	}
	if vendor, product := name.Value(cpe.Vendor), name.Value(cpe.Product); len(links) == 0 && isText(vendor) && isText(product) {
		for _, f := range c.resolveName(nil, &Row{Vendor: vendor.Text(), Name: product.Text()}) {
			f.Rule = "words of cpe " + key + ": " + f.Rule
			found = append(found, f)
		}
	}
	return found
}

// isText tells whether a value of a CPE is a text and not ANY, NA or a pattern.
func isText(v cpe.Value) bool { return !v.IsAny() && !v.IsNA() && !v.IsPattern() }

func (c *Catalog) resolveName(found []Candidate, row *Row) []Candidate {
	vendor, name, how := row.read()
	if name == "" || IsPlaceholder(name) {
		return found
	}
	var q question
	key := string(c.find(&q, nil, vendor, name, row.kind()))
	if how != "" {
		q.level = min(q.level, Alias)
	}
	candidate := Candidate{
		Key: key, Level: q.level, Release: string(q.reading.appendRelease(nil, true)), Rule: q.rule(how, key),
		own: string(q.reading.appendRelease(nil, false)), system: q.reading.system,
	}
	candidate.base, _, _ = strings.Cut(key, "@")
	candidate.portal = string(c.AppendPortal(nil, []byte(key)))
	candidate.vendorless = string(appendVendorless(nil, vendor, name))
	if len(q.links) == 0 {
		return append(found, candidate.of(q.entry))
	}
	for i := range q.links {
		if l := &q.links[i]; q.best == exactClass || q.reading.class(l) == q.best {
			one := candidate.of(l.entry)
			one.family = q.best == familyClass
			found = append(found, one)
		}
	}
	return found
}

// of returns the candidate as one for an entry, nil for a product without one.
func (f Candidate) of(e *Entry) Candidate {
	if e != nil {
		f.Key, f.base, f.Entry = e.Key, e.Key, e
	}
	return f
}

// Same tells how sure it is that two rows name one product. A release counts where both have
// one: "Exchange Server 2016" and "Exchange Server 2019" are two, and each of them is "Exchange
// Server". So does a platform.
func (c *Catalog) Same(a, b Row) Level {
	best := None
	for _, f := range c.Resolve(a) {
		for _, g := range c.Resolve(b) {
			level := min(f.Level, g.Level)
			if f.family != g.family { // "SQL Server" and one of its releases
				level = min(max(f.Level, g.Level), Alias)
			}
			if level > best && f.goesWith(&g) {
				best = level
			}
			if f.portal != "" && f.portal == g.vendorless || g.portal != "" && g.portal == f.vendorless {
				best = max(best, min(level, Alias))
			}
			if c.isWhole(&f, &g) || c.isWhole(&g, &f) { // "SQL Server 2019" and "SQL Server"
				best = max(best, min(level, Alias))
			}
		}
	}
	return best
}

// isWhole tells whether a candidate is the product, named without a release, of which the other
// is a release.
func (c *Catalog) isWhole(whole, release *Candidate) bool {
	return whole.Entry != nil && release.Entry != nil && whole.own == "" && c.wholes[release.Entry] == whole.Entry
}

// goesWith tells whether two candidates are one product, and no two releases or builds of it.
func (f *Candidate) goesWith(g *Candidate) bool {
	if f.base != g.base || f.system != noPlatform && g.system != noPlatform && f.system != g.system {
		return false
	}
	return f.own == "" || g.own == "" || f.Release == g.Release ||
		f.own == g.own && (f.own == f.Release || g.own == g.Release)
}

// rule says what led from the names of a row to a product.
func (q *question) rule(how, key string) string {
	text := "name " + key
	switch {
	case len(q.links) > 0:
		text = "several products have the name " + key
	case q.reading.hidden:
		text = "name with characters that cannot be seen: " + key
	case q.level == Possible:
		text = "product name without a vendor"
	case q.entry != nil && q.level == Alias:
		text = "catalog: name " + key
	}
	if how != "" {
		text += "; " + how
	}
	if q.led {
		text += "; vendor read from the front of the name"
	}
	if q.since != "" {
		text += "; renamed " + q.since
	}
	for i, name := range ruleNames {
		if q.reading.applied&(1<<i) != 0 {
			text += "; " + name
		}
	}
	return text
}

// Lookup is Resolve for names only, without allocating: it appends the key of the product
// to dst and returns the entry, nil when the catalog has none or several claim the name. Where
// the name tells a release that the entry does not, the key ends in @ and the release:
// "redhat/enterprise-linux@9". Keys with different releases are two products, and a key
// without one may be any of them.
func (c *Catalog) Lookup(dst []byte, vendor, name string) (key []byte, entry *Entry, level Level) {
	var q question
	start := len(dst)
	dst = c.find(&q, dst, vendor, name, anyKind)
	if q.entry != nil {
		dst = append(dst[:start], q.entry.Key...)
		if q.best == releaseClass {
			dst = q.reading.appendRelease(append(dst, '@'), false)
		}
	}
	return dst, q.entry, q.level
}

// LookupCPE returns the entry that a CPE name leads to.
func (c *Catalog) LookupCPE(name cpe.Name) (*Entry, bool) {
	var room [96]byte
	links := c.cpes[string(name.AppendKey(room[:0]))]
	if len(links) != 1 {
		return nil, false
	}
	return links[0].entry, true
}
