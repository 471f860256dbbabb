package cve

import (
	"bytes"
	"net/url"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/product"
)

// names reads what an entry calls its product, and returns what that limits it to.
func (r *reader) names(e *entry, v jsonpos.Value) []advisory.Condition {
	p := &e.product
	p.Vendor, p.Name = r.name(v.Get("vendor")), r.name(v.Get("product"))
	collection, name := r.text(v.Get("collectionURL")), r.text(v.Get("packageName"))
	e.packaged = fold(collection) + "\x00" + fold(name)
	p.CPEs = v.Get("cpes").Texts(&r.errs)
	if u := r.text(v.Get("packageURL")); u != "" {
		p.PURLs = append(p.PURLs, u)
		e.packaged += "\x00" + u
	}
	home := collectionOf(collection)
	if u := home.purl(name); u != "" {
		p.PURLs = append(p.PURLs, u)
	}
	if p.Name == "" && name == "" && len(p.CPEs)+len(p.PURLs) == 0 {
		r.errs.Add(v, errNoProduct, "the entry names no product; it may be about any of the record")
	}
	e.named = !product.IsPlaceholder(p.Name) || !product.IsPlaceholder(name) || len(p.CPEs)+len(p.PURLs) > 0
	if product.IsPlaceholder(p.Name) && !product.IsPlaceholder(name) {
		p.Name = name
	}
	if product.IsPlaceholder(name) || sameName(p.Name, name) || home.typ != "" {
		return nil
	}
	return []advisory.Condition{{
		Op: advisory.OpFact, Fact: "package", Values: []string{name},
		// Most publishers name one thing twice, by its selling name and that of its package. A
		// distribution has versions of its own, which are not those of its packages.
		Presumed: !home.whole && !isDistribution(p.Name),
		Pointer:  v.Get("packageName").Pointer(),
	}}
}

// name reads a name. One that is there and no text is n/a: not known is not the same as not
// given.
func (r *reader) name(v jsonpos.Value) string {
	before := r.errs.Count()
	if text := r.text(v); r.errs.Count() == before {
		return text
	}
	return noVersion
}

// sameName tells whether two names of products are the same after folding.
func sameName(a, b string) bool {
	var roomA, roomB [64]byte
	return bytes.Equal(product.AppendKey(roomA[:0], "", a), product.AppendKey(roomB[:0], "", b))
}

// A collection is a place that packages come from. The zero one is not known.
type collection struct {
	typ   string // type of its package URLs
	cut   string // what separates namespace and name in `packageName`, "/" by default
	whole bool   // its packages are parts of a product with versions of its own
}

// purl returns the package URL of a package of the collection, "" when it has none.
func (c collection) purl(name string) string {
	name = strings.TrimSpace(name)
	if c.typ == "" || name == "" {
		return ""
	}
	if c.cut != "" {
		name = strings.Replace(name, c.cut, "/", 1)
	}
	parts := strings.Split(name, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	u, _, err := purl.ParseLenient("pkg:" + c.typ + "/" + strings.ReplaceAll(strings.Join(parts, "/"), "@", "%40"))
	if err != nil {
		return ""
	}
	return u.String()
}

// collectionOf returns what is known about a collection by the host of its URL.
func collectionOf(text string) collection {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		return collection{}
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	return collections[host]
}

// collections are the registries of which a package URL type names the packages, and the
// distributions, by host. The types are those of the purl specification.
var collections = map[string]collection{
	"cpan.org":              {typ: "cpan"},
	"cran.r-project.org":    {typ: "cran"},
	"crates.io":             {typ: "cargo"},
	"hackage.haskell.org":   {typ: "hackage"},
	"hex.pm":                {typ: "hex"},
	"metacpan.org":          {typ: "cpan"},
	"mvnrepository.com":     {typ: "maven", cut: ":"},
	"npmjs.com":             {typ: "npm"},
	"nuget.org":             {typ: "nuget"},
	"packagist.org":         {typ: "composer"},
	"pkg.go.dev":            {typ: "golang"},
	"proxy.golang.org":      {typ: "golang"},
	"pub.dev":               {typ: "pub"},
	"pypi.org":              {typ: "pypi"},
	"pypi.python.org":       {typ: "pypi"},
	"registry.npmjs.org":    {typ: "npm"},
	"repo.maven.apache.org": {typ: "maven", cut: ":"},
	"repo1.maven.org":       {typ: "maven", cut: ":"},
	"rubygems.org":          {typ: "gem"},
	"search.maven.org":      {typ: "maven", cut: ":"},

	"access.redhat.com":          {whole: true},
	"bodhi.fedoraproject.org":    {whole: true},
	"catalog.redhat.com":         {whole: true},
	"download.opensuse.org":      {whole: true},
	"gitee.com":                  {whole: true}, // openEuler
	"launchpad.net":              {whole: true},
	"packages.debian.org":        {whole: true},
	"packages.fedoraproject.org": {whole: true},
	"packages.ubuntu.com":        {whole: true},
	"repos.fedorapeople.org":     {whole: true},
	"software.opensuse.org":      {whole: true},
}

// isDistribution tells a distribution by its name, where no collection is given.
func isDistribution(name string) bool {
	name = fold(name)
	for _, begin := range distributions {
		if strings.HasPrefix(name, begin) {
			return true
		}
	}
	return false
}

var distributions = []string{
	"anolis os", "fedora", "opencloudos", "openeuler", "opensuse", "red hat enterprise linux",
	"suse linux", "suse manager", "suse package hub",
}
