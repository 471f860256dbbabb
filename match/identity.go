package match

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/product"
)

// An identity is what a product is recognized by. Claims about one product share it.
type identity struct {
	key     string // by its names
	name    string
	vendor  string // part of the key
	plain   bool   // its purls name packages and nothing else
	release bool   // a purl names versions of a package
	cpes    []cpe.Name
	purls   []purl.PURL
	numbers []number
	hashes  []string
}

// settle notes what follows from the rest.
func (i *identity) settle() {
	i.plain = !slices.ContainsFunc(i.purls, func(p purl.PURL) bool { return p != p.Base() })
	i.release = slices.ContainsFunc(i.purls, func(p purl.PURL) bool {
		_, some := p.Qualifier("vers")
		return some || p.Version() != ""
	})
}

// An indexer finds out by which identifiers the products of documents are recognized, once for
// each product, and enters claims under them.
type indexer struct {
	m          *Matcher
	index      indexWriter
	known      map[string]int32 // identities, by what their products say
	identities []*identity
	entries    []*product.Entry // of the identities, see [advisory.Product.Entry]
	posts      [][]post         // of each identity: keys of the index with levels
	key        []byte
}

func newIndexer(m *Matcher) *indexer {
	return &indexer{m: m, index: indexWriter{texts: newInterner()}, known: map[string]int32{}}
}

// appendProduct appends all that a product is recognized by.
func appendProduct(dst []byte, p *advisory.Product) []byte {
	dst = appendRecord(appendRecord(dst, p.Vendor), p.Name)
	for _, list := range [...][]string{p.PURLs, p.CPEs, p.Models, p.Serials, p.SKUs, p.Tags} {
		dst = binary.AppendUvarint(dst, uint64(len(list)))
		for _, text := range list {
			dst = appendRecord(dst, text)
		}
	}
	dst = binary.AppendUvarint(dst, uint64(len(p.Hashes)))
	for _, h := range p.Hashes {
		dst = appendRecord(appendRecord(dst, h.Algorithm), h.Value)
	}
	return dst
}

// identity returns the number of the identity of a product.
func (x *indexer) identity(a *advisory.Advisory, n int) int32 {
	p := &a.Products[n]
	publisher := ""
	if product.IsPlaceholder(p.Vendor) { // the publisher may be the vendor
		publisher = a.Publisher.Name
	}
	x.key = appendProduct(appendRecord(x.key[:0], publisher), p)
	i, ok := x.known[string(x.key)]
	if !ok {
		i = int32(len(x.identities))
		x.known[string(x.key)] = i
		x.identify(a, n)
	}
	return i
}

// enter enters a claim under the identifiers of its product.
func (x *indexer) enter(claim, identity int32) {
	for _, p := range x.posts[identity] {
		x.index.post(p.key, uint32(claim)<<levelBits|p.value)
	}
}

// identify finds out what a product is recognized by.
func (x *indexer) identify(a *advisory.Advisory, n int) {
	c, catalog, p, maker := &identity{}, x.m.catalog, detached(&a.Products[n]), a.Identified(n, x.m.catalog)
	var posts []post
	post := func(kind byte, key []byte, level product.Level) { posts = x.addKey(posts, kind, key, level) }
	c.name = p.Name
	for _, text := range p.CPEs {
		if name, _, err := cpe.ParseLenient(text); err == nil {
			c.cpes = append(c.cpes, name)
		}
	}
	for _, text := range p.PURLs {
		if u, _, err := purl.ParseLenient(text); err == nil {
			c.purls = append(c.purls, u)
		}
	}
	var named *product.Entry
	if p.Name != "" && !product.IsPlaceholder(p.Name) {
		if product.IsPlaceholder(p.Vendor) {
			post(byName, withoutRelease(product.AppendKey(nil, "", p.Name)), product.Possible)
		}
		key, entry, level := catalog.Lookup(nil, maker.Vendor, p.Name)
		c.key, named = string(key), entry
		x.m.postName(post, key, named, level)
		for _, member := range product.Members(p.Name) {
			key, entry, level := catalog.Lookup(nil, maker.Vendor, member)
			if named != nil && entry != nil && slices.Contains(named.Not, entry.Key) {
				continue // "Windows Server 2022, 23H2 Edition" is one product
			}
			x.m.postName(post, key, entry, level)
		}
		x.noteVendor(key)
	}
	for _, name := range c.cpes {
		x.identifyCPE(c, named, name, post)
	}
	for _, u := range c.purls {
		post(byPURL, u.AppendKey(nil), product.Exact)
	}
	enterNumbers(c, p, post)
	if !product.IsPlaceholder(maker.Vendor) {
		key, _, _ := catalog.Lookup(nil, maker.Vendor, "x")
		c.vendor, _, _ = strings.Cut(string(key), "/")
	}
	c.settle()
	x.identities, x.posts, x.entries = append(x.identities, c), append(x.posts, posts), append(x.entries, maker.Entry(catalog))
}

// detached returns a copy of what a product is recognized by, whose texts keep no document.
func detached(p *advisory.Product) *advisory.Product {
	c := *p
	c.Name = strings.Clone(p.Name)
	for _, list := range [...]*[]string{&c.PURLs, &c.CPEs, &c.Models, &c.Serials, &c.SKUs, &c.Tags} {
		*list = slices.Clone(*list)
		for i, text := range *list {
			(*list)[i] = strings.Clone(text)
		}
	}
	return &c
}

// identifyCPE is identify for one CPE name.
func (x *indexer) identifyCPE(c *identity, named *product.Entry, name cpe.Name, post poster) {
	key := name.AppendKey(nil)
	if v := name.Value(cpe.Product); v.IsAny() || v.IsPattern() { // found by its vendor
		key, x.m.patterns = key[:bytes.IndexByte(key, ':')+1], true
	}
	post(byCPE, key, product.Exact)
	entry, ok := x.m.catalog.LookupCPE(name)
	if !ok {
		x.noteVendor(x.m.postWords(post, name))
		return
	}
	switch {
	case x.m.isReleaseOf(named, entry): // its names say which release
		post(byName, append([]byte(entry.Key), anyRelease), product.Alias)
	case !strings.HasPrefix(c.key, entry.Key+string(anyRelease)):
		post(byName, []byte(entry.Key), product.Alias)
	}
	x.noteVendor([]byte(entry.Key))
}

// A poster enters a product under an identifier.
type poster = func(kind byte, key []byte, level product.Level)

// addKey adds an identifier to those of a product. One that is there counts by its surest level.
func (x *indexer) addKey(posts []post, kind byte, text []byte, level product.Level) []post {
	key := x.index.key(kind, text)
	for i := range posts {
		if posts[i].key == key {
			posts[i].value = max(posts[i].value, uint32(level))
			return posts
		}
	}
	return append(posts, post{key, uint32(level)})
}

// noteVendor remembers that a source speaks about the vendor of a key.
func (x *indexer) noteVendor(key []byte) {
	if vendor, _, ok := bytes.Cut(key, []byte("/")); ok && len(vendor) > 0 {
		x.index.key(byVendor, vendor)
	}
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
