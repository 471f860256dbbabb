package product

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
)

// ErrCatalog marks catalog lines that contradict each other.
var ErrCatalog = errors.New("catalog")

// An Entry is one product, or one vendor when its key has no slash. Entries are values:
// a catalog keeps them as they were given.
type Entry struct {
	// Key names the product: "trendmicro/apex-central". A vendor: "trendmicro".
	Key string
	// Names are the pairs "Vendor | Product" under which it is known; for a vendor just
	// names. The key itself counts as a name.
	Names []string
	// CPEs are "vendor:product" of CPE names: "trendmicro:apex_central". Their words count as
	// a pair of names, too.
	CPEs []string
	// Scheme is the name of the version scheme, "" for the one of what the text shows. The
	// scheme of a vendor is for its products without an entry.
	Scheme string
	// Precise is the count of numbers from which an installed version names one version
	// and not a branch; 0: any.
	Precise int
	// Branches are patterns for the numbers that make a branch, see BranchNumbers.
	Branches []string
	// Counts tells whether the version shows the installed patches.
	Counts Counting
	// Base is how many numbers of the version make the base that patches complete, 0 when
	// they do not, or AllNumbers. Patches lead from names of patches to versions, see
	// PatchVersion.
	Base    int
	Patches []VersionAlias
	// Versions are names of versions.
	Versions []VersionAlias
	// Of is the key of the family of platforms that the product belongs to: Windows Server
	// 2019 is Windows. A condition on the family holds for it; a statement about the family
	// is none about it.
	Of string
	// Whole is the key of the product that this one is an edition of, where what is said about the
	// product is said about each edition: Bitbucket for Bitbucket Server. A release has its product
	// without it.
	Whole string
	// Not are keys of close products that this one must not be taken for.
	Not []string
	// Alone are product names that mean this product where no vendor is named: OpenSSH, xz.
	// It is for names that nobody else uses; a word such as Agent is none.
	Alone []string
	// Brands of a vendor may stand in front of its products or be left out: "Aterm WR8700N" of
	// NEC is the WR8700N.
	Brands []string
	// Tails of a vendor may stand behind its products or be left out: "Jenkins Git server Plugin"
	// is git_server of Jenkins.
	Tails []string
	// Was are former names: of a product "Vendor | Product", of a vendor its name. The
	// products of a former vendor are found under the new one, and the other way round.
	Was []Renaming
	// Deny are names and CPEs that are not this product, whoever says so.
	Deny []string
	// Kind is "" for software, else "extension" or "library": what is installed into another
	// product or built from a package, and has its own rows in an inventory. A vendor that
	// publishes what others wrote is a "portal", see AppendPortal.
	Kind string
	// Source is the record or page that the entry was taken from, Date its date.
	Source, Date string
}

// A Renaming is a former name and the date on which it ended, of the form 2006-01-02.
type Renaming struct{ Name, Date string }

// A Catalog maps names to products. The zero Catalog is empty and useful; catalogs are
// immutable and safe for concurrent use.
type Catalog struct {
	entries map[string]*Entry
	vendors map[string]string   // folded vendor -> folded key of the vendor
	owners  map[string]*Entry   // folded key of the vendor -> entry
	brands  map[string][]string // folded key of the vendor -> folded brands
	tails   map[string][]string // the same for what stands behind products
	former  map[string]former   // folded vendor -> who has its products now
	gained  map[string][]string
	names   map[string][]ref // folded pair -> entries
	cores   map[string][]ref // the same without what stands behind the name
	cpes    map[string][]ref
	wholes  map[*Entry]*Entry   // a release -> the product that it is one of
	denied  map[*Entry][]string // Entry.Deny, folded
	clashes []clash
	digest  func() string // see Digest
}

// A former is a vendor whose products went to another.
type former struct{ key, date string }

// A ref is an entry and how the name leads to it.
type ref struct {
	entry   *Entry
	level   Level
	soft    bool // a soft word was dropped to come here
	system  platform
	release string // of the name, "" where it has none
	full    string // the release with the level of updates
	since   string // the date of the renaming that the name comes from

	vendor, name string // as they are written
}

// A clash is a name that two entries claim: it leads to neither.
type clash struct{ key, other, name string }

// With returns a catalog that holds the entries too. An entry with a key that is there
// already replaces the old one. A name that two entries claim leads to neither of them:
// Resolve returns both, and Problems says so. Two vendors with one name are an error.
func (c *Catalog) With(entries ...Entry) (*Catalog, error) {
	all := map[string]*Entry{}
	maps.Copy(all, c.entries)
	for _, e := range entries {
		if err := e.check(); err != nil {
			return nil, fmt.Errorf("%w: entry %q: %w", ErrCatalog, e.Key, err)
		}
		all[e.Key] = &e
	}
	n := &Catalog{
		entries: all, vendors: map[string]string{}, owners: map[string]*Entry{}, brands: map[string][]string{}, tails: map[string][]string{}, former: map[string]former{}, gained: map[string][]string{},
		names: map[string][]ref{}, cores: map[string][]ref{}, cpes: map[string][]ref{},
		denied: map[*Entry][]string{}, wholes: map[*Entry]*Entry{},
	}
	var errs []error
	keys := slices.Sorted(maps.Keys(all))
	for _, key := range keys { // vendors first: their names take part in folding products
		if e := all[key]; !strings.Contains(key, "/") {
			errs = append(errs, n.addVendor(e))
		}
	}
	for _, key := range keys {
		if vendor, _, ok := strings.Cut(key, "/"); ok {
			if folded := string(AppendVendor(nil, vendor)); n.vendors[folded] == "" {
				n.vendors[folded] = folded
			}
		}
	}
	for _, key := range keys {
		if e := all[key]; strings.Contains(key, "/") {
			n.addProduct(e)
		}
	}
	n.findWholes()
	n.digest = sync.OnceValue(n.makeDigest)
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return n, nil
}

func (c *Catalog) addVendor(e *Entry) error {
	key := string(AppendVendor(nil, e.Key))
	if other, taken := c.owners[key]; taken {
		return fmt.Errorf("%w: %q and %q are one vendor", ErrCatalog, other.Key, e.Key)
	}
	c.owners[key] = e
	for _, name := range append([]string{e.Key}, e.Names...) {
		folded := string(AppendVendor(nil, name))
		if folded == "" {
			return fmt.Errorf("%w: %q of %q names no vendor", ErrCatalog, name, e.Key)
		}
		if other, taken := c.vendors[folded]; taken && other != key {
			return fmt.Errorf("%w: vendor name %q belongs to %q and %q", ErrCatalog, name, other, key)
		}
		c.vendors[folded] = key
	}
	for _, brand := range e.Brands {
		var w words
		w.split(brand)
		c.brands[key] = append(c.brands[key], string(w.text()))
	}
	for _, tail := range e.Tails {
		var w words
		w.split(tail)
		c.tails[key] = append(c.tails[key], string(w.text()))
	}
	for _, was := range e.Was {
		folded := string(AppendVendor(nil, was.Name))
		if other, taken := c.former[folded]; folded == "" || taken && other.key != key {
			return fmt.Errorf("%w: former vendor %q of %q", ErrCatalog, was.Name, e.Key)
		}
		c.former[folded] = former{key, was.Date}
		c.gained[key] = append(c.gained[key], folded)
	}
	return nil
}

// addProduct enters the names of a product: its key, its names, the words of its CPEs, which
// enrichers write as if they were names, and the names that stand alone.
func (c *Catalog) addProduct(e *Entry) {
	for _, d := range e.Deny {
		c.denied[e] = append(c.denied[e], c.foldName(d))
	}
	own := c.claim(e, e.keyVendor(), e.keyName(), Name, "")
	for _, pair := range e.Names {
		vendor, name := cutPair(pair)
		level := Alias
		if own == c.fold(vendor, name) {
			level = Name
		}
		c.claim(e, vendor, name, level, "")
	}
	for _, was := range e.Was {
		vendor, name := cutPair(was.Name)
		c.claim(e, vendor, name, Alias, was.Date)
	}
	for _, name := range e.Alone {
		c.claim(e, "", name, Alias, "")
	}
	for _, name := range e.CPEs {
		name = strings.ToLower(name)
		if slices.Contains(c.denied[e], name) {
			continue
		}
		c.cpes[name] = c.enter(c.cpes[name], ref{entry: e, level: Alias}, name)
		if vendor, name, ok := strings.Cut(name, ":"); ok {
			c.claim(e, vendor, name, Alias, "")
		}
	}
}

// findWholes notes which entries are an edition of another one, by Entry.Whole, or a release of it, by
// their keys: sql-server-2019 is one of sql-server, windows-10-1809 of windows-10. Windows Server 2012
// R2 is none of 2012.
func (c *Catalog) findWholes() {
	var r, other reading
	for key, e := range c.entries {
		if !strings.Contains(key, "/") {
			continue
		}
		if whole, ok := c.entries[e.Whole]; ok {
			c.wholes[e] = whole
			continue
		}
		whole, begin := c.read(&r, nil, e.keyVendor(), e.keyName())
		if r.length == 0 {
			continue
		}
		core := string(r.appendCore(whole[:begin]))
		full, longest := string(r.appendRelease(nil, true)), -1
		for _, l := range c.cores[core] {
			o := l.entry
			key, begin := c.read(&other, nil, o.keyVendor(), o.keyName())
			numbered := string(key) == core // STEP 7 for STEP 7 V16
			if same := string(other.appendCore(key[:begin])) == core; !same && !numbered && (l.full != "" || other.length > 0) {
				continue // the link is one of its releases
			}
			part := ""
			if !numbered {
				part = string(other.appendRelease(nil, true))
			}
			rest, ok := strings.CutPrefix(full, part)
			if part != "" {
				rest, ok = strings.CutPrefix(rest, " ")
			}
			if o != e && ok && rest != "" && (part == "" || isDigit(rest[0])) && len(part) > longest {
				c.wholes[e], longest = o, len(part)
			}
		}
	}
}

// Whole returns the entry of the product that an entry is a release or an edition of: SQL Server for
// SQL Server 2019. What is said about the product is said about each of them.
func (c *Catalog) Whole(e *Entry) (*Entry, bool) {
	whole, ok := c.wholes[e]
	return whole, ok
}

// InFamily tells whether a product is one of a family of platforms, by the keys of both: itself,
// a release of it, or what Entry.Of says of either.
func (c *Catalog) InFamily(family, key string) bool {
	for range maxFamilies {
		if key == family {
			return true
		}
		e, ok := c.entries[key]
		if !ok {
			return false
		}
		if key = e.Of; key == "" {
			whole, ok := c.wholes[e]
			if !ok {
				return false
			}
			key = whole.Key
		}
	}
	return false
}

// maxFamilies is how many families in families are looked at.
const maxFamilies = 8

func (e *Entry) keyVendor() string {
	vendor, _, _ := strings.Cut(e.Key, "/")
	return vendor
}

// keyName returns the name in the key, its words apart.
func (e *Entry) keyName() string {
	_, name, _ := strings.Cut(e.Key, "/")
	return strings.ReplaceAll(name, "-", " ")
}

// claim enters a name unless the entry denies it, and returns its folded form.
func (c *Catalog) claim(e *Entry, vendor, name string, level Level, since string) string {
	var r reading
	key, begin := c.read(&r, nil, vendor, name)
	whole := string(key)
	if slices.Contains(c.denied[e], whole) {
		return whole
	}
	link := ref{
		entry: e, level: level, since: since, vendor: vendor, name: name, system: r.system, soft: r.applied&softRules != 0,
		release: string(r.appendRelease(nil, false)), full: string(r.appendRelease(nil, true)),
	}
	c.names[whole] = c.enter(c.names[whole], link, whole)
	if begin > 1 { // a name that stands alone stands so as a whole
		core := string(r.appendCore(key[:begin]))
		c.cores[core] = append(c.cores[core], link)
		if link.release != "" && len(link.full) <= mostDigits { // a version may follow: STEP 7 V16
			link.release, link.full = "", ""
			c.cores[whole] = append(c.cores[whole], link)
		}
	}
	return whole
}

// enter adds a link unless the entry has it already.
func (c *Catalog) enter(links []ref, link ref, name string) []ref {
	for _, other := range links {
		if other.entry == link.entry {
			return links
		}
	}
	if len(links) > 0 {
		c.clashes = append(c.clashes, clash{link.entry.Key, links[0].entry.Key, name})
	}
	return append(links, link)
}

// fold returns the folded form of a pair of names with all that stands behind the product.
func (c *Catalog) fold(vendor, name string) string {
	var r reading
	key, _ := c.read(&r, nil, vendor, name)
	return string(key)
}

// cutPair splits "Vendor | Product".
func cutPair(pair string) (vendor, name string) {
	vendor, name, _ = strings.Cut(pair, "|")
	return strings.TrimSpace(vendor), strings.TrimSpace(name)
}

// foldName folds "Vendor | Product"; a CPE ("vendor:product") only loses its case.
func (c *Catalog) foldName(pair string) string {
	if !strings.Contains(pair, "|") {
		return strings.ToLower(strings.TrimSpace(pair))
	}
	return c.fold(cutPair(pair))
}

// All returns the entries in the order of their keys.
func (c *Catalog) All() iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		for _, key := range slices.Sorted(maps.Keys(c.entries)) {
			if !yield(c.entries[key]) {
				return
			}
		}
	}
}

// Entry returns the entry of a key.
func (c *Catalog) Entry(key string) (*Entry, bool) {
	e, ok := c.entries[key]
	return e, ok
}

// Vendor returns the entry of a vendor's name. Its scheme is the one of products that have no
// entry of their own.
func (c *Catalog) Vendor(name string) (*Entry, bool) {
	var room [96]byte
	e, ok := c.owners[c.vendors[string(AppendVendor(room[:0], name))]]
	return e, ok
}
