package product

import (
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/affected-go/affected/purl/cpe"
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
	// Not are keys of close products that this one must not be taken for.
	Not []string
	// Alone are product names that mean this product where no vendor is named: OpenSSH, xz.
	// It is for names that nobody else uses; a word such as Agent is none.
	Alone []string
	// Deny are names and CPEs that are not this product, whoever says so.
	Deny []string
	// Source is the record or page that the entry was taken from, Date its date.
	Source, Date string
}

// A Catalog maps names to products. The zero Catalog is empty and useful; catalogs are
// immutable and safe for concurrent use.
type Catalog struct {
	entries map[string]*Entry
	vendors map[string]string // folded vendor -> folded key of the vendor
	owners  map[string]*Entry // folded key of the vendor -> entry
	names   map[string]ref    // folded pair -> entry
	cpes    map[string]ref
	denied  map[string]bool // key of the entry, NUL, folded name or CPE
}

// A ref is an entry and how the name leads to it.
type ref struct {
	entry *Entry
	level Level
}

// With returns a catalog that holds the entries too. An entry with a key that is there
// already replaces the old one. Two entries that claim one name are an error.
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
		entries: all, vendors: map[string]string{}, owners: map[string]*Entry{},
		names: map[string]ref{}, cpes: map[string]ref{}, denied: map[string]bool{},
	}
	var errs []error
	keys := slices.Sorted(maps.Keys(all))
	for _, key := range keys { // vendors first: their names take part in folding products
		if e := all[key]; !strings.Contains(key, "/") {
			errs = append(errs, n.addVendor(e))
		}
	}
	for _, key := range keys {
		if e := all[key]; strings.Contains(key, "/") {
			errs = append(errs, n.addProduct(e))
		}
	}
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
	return nil
}

func (c *Catalog) addProduct(e *Entry) error {
	for _, name := range e.Deny {
		c.denied[e.Key+"\x00"+c.foldName(name)] = true
	}
	vendor, name, _ := strings.Cut(e.Key, "/")
	own := c.key(vendor, name)
	if err := c.claim(c.names, own, ref{e, Name}); err != nil {
		return err
	}
	for _, pair := range e.Names {
		folded := c.foldName(pair)
		level := Alias
		if folded == own {
			level = Name
		}
		if err := c.claim(c.names, folded, ref{e, level}); err != nil {
			return err
		}
	}
	for _, name := range e.Alone {
		if err := c.claim(c.names, Key("", name), ref{e, Alias}); err != nil {
			return err
		}
	}
	for _, name := range e.CPEs {
		if err := c.claim(c.cpes, strings.ToLower(name), ref{e, Alias}); err != nil {
			return err
		}
		// Enrichers write the words of a CPE as if they were names.
		if vendor, name, ok := strings.Cut(name, ":"); ok {
			if err := c.claim(c.names, c.key(vendor, name), ref{e, Alias}); err != nil {
				return err
			}
		}
	}
	return nil
}

// claim enters a name unless the entry denies it; two owners are an error.
func (c *Catalog) claim(names map[string]ref, name string, r ref) error {
	if c.denied[r.entry.Key+"\x00"+name] {
		return nil
	}
	if other, taken := names[name]; taken && other.entry != r.entry {
		return fmt.Errorf("%w: %q belongs to %q and %q", ErrCatalog, name, other.entry.Key, r.entry.Key)
	}
	if _, taken := names[name]; !taken {
		names[name] = r
	}
	return nil
}

// foldName folds "Vendor | Product"; a CPE ("vendor:product") only loses its case.
func (c *Catalog) foldName(pair string) string {
	vendor, name, ok := strings.Cut(pair, "|")
	if !ok {
		return strings.ToLower(strings.TrimSpace(pair))
	}
	return c.key(strings.TrimSpace(vendor), strings.TrimSpace(name))
}

// key folds a pair with the catalog's vendor names.
func (c *Catalog) key(vendor, name string) string {
	return string(c.appendKey(nil, vendor, name))
}

// appendKey is AppendKey with the names of vendors as the catalog knows them: each of them
// leads to one vendor, and each may stand in front of the product ("Citrix NetScaler ADC" of
// Cloud Software Group, "HPE Aruba Networking ClearPass" of HPE).
func (c *Catalog) appendKey(dst []byte, vendor, name string) []byte {
	start := len(dst)
	dst = AppendVendor(dst, vendor)
	canonical, known := c.vendors[string(dst[start:])]
	if !known {
		return AppendKey(dst[:start], vendor, name)
	}
	dst = append(append(dst[:start], canonical...), '/')
	begin := len(dst)
	var w words
	dst = w.fold(dst, name, false)
	from := 0 // the first word that is the product's own
	for next := w.count - 1; next > from; next-- {
		if c.vendors[string(dst[w.starts[from]:w.starts[next]])] == canonical {
			from, next = next, w.count
		}
	}
	if from == 0 {
		return dst
	}
	return append(dst[:begin], dst[w.starts[from]:]...)
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

// A Candidate is a product that a row may stand for.
type Candidate struct {
	// Key is the key of the entry, or the folded names where the catalog has none.
	Key string
	// Entry is nil for a product that the catalog does not hold.
	Entry *Entry
	Level Level
	// Rule says in a few words what led here.
	Rule string
}

// A Row is what an inventory or an advisory says about a product. Fields may be empty.
type Row struct {
	Vendor, Name string
	CPE          cpe.Name
}

// Resolve returns the products that the row may stand for, the surest first. It is empty
// for a row without names. More than one key means that the identifiers of the row point
// to different products.
func (c *Catalog) Resolve(row Row) []Candidate {
	var found []Candidate
	var room [96]byte
	if row.CPE.IsValid() {
		key := row.CPE.AppendKey(room[:0])
		if r, ok := c.cpes[string(key)]; ok {
			found = append(found, Candidate{r.entry.Key, r.entry, r.level, "catalog: cpe " + string(key)})
		}
	}
	if row.Name != "" && !IsPlaceholder(row.Name) {
		key := c.appendKey(room[:0], row.Vendor, row.Name)
		if r, ok := c.names[string(key)]; ok {
			rule := "catalog: name " + string(key)
			if r.level == Name {
				rule = "name " + string(key)
			}
			found = append(found, Candidate{r.entry.Key, r.entry, r.level, rule})
		} else if key[0] != '/' {
			found = append(found, Candidate{string(key), nil, Name, "name " + string(key)})
		} else {
			found = append(found, Candidate{string(key), nil, Possible, "product name without a vendor"})
		}
	}
	slices.SortStableFunc(found, func(a, b Candidate) int { return int(b.Level) - int(a.Level) })
	return slices.CompactFunc(found, func(a, b Candidate) bool { return a.Key == b.Key })
}

// Lookup is Resolve for names only, without allocating: it appends the key of the product
// to dst and returns the entry, nil when the catalog has none.
func (c *Catalog) Lookup(dst []byte, vendor, name string) (key []byte, entry *Entry, level Level) {
	start := len(dst)
	dst = c.appendKey(dst, vendor, name)
	folded := dst[start:]
	if r, ok := c.names[string(folded)]; ok {
		return append(dst[:start], r.entry.Key...), r.entry, r.level
	}
	if len(folded) == 0 || folded[0] == '/' {
		return dst, nil, Possible
	}
	return dst, nil, Name
}

// LookupCPE returns the entry that a CPE name leads to.
func (c *Catalog) LookupCPE(name cpe.Name) (*Entry, bool) {
	var room [96]byte
	r, ok := c.cpes[string(name.AppendKey(room[:0]))]
	return r.entry, ok
}
