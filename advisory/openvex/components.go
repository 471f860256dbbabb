package openvex

import (
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
)

// A component is a product or subcomponent: one product of the advisory, or several when its
// identifiers limit it to versions.
type component struct {
	names  []named
	inside []component
	broken bool // a part of it could not be read
}

// A named is a product with what its identifiers say about the version.
type named struct {
	product       advisory.Product
	version, hint string
	index         int // in Advisory.Products
}

const everyVersion = "*"

// enter adds the products of components to the advisory.
func (r *reader) enter(list []component) {
	for i := range list {
		for j := range list[i].names {
			n := &list[i].names[j]
			n.index = len(r.a.Products)
			r.a.Products = append(r.a.Products, n.product)
		}
	}
}

// contains is the condition that something is a part of the component.
func (c *component) contains() advisory.Condition {
	var of []advisory.Condition
	for i := range c.names {
		n := &c.names[i]
		leaf := advisory.Condition{Op: advisory.OpProduct, Product: n.index, Relation: advisory.PartOf, Pointer: n.product.Pos.Pointer}
		if n.version != everyVersion {
			leaf.Spans = []advisory.Span{{Version: n.version, Hint: n.hint, Status: advisory.Affected, Pos: n.product.Pos}}
		}
		of = append(of, leaf)
	}
	if len(of) == 1 {
		return of[0]
	}
	return advisory.Condition{Op: advisory.OpAny, Of: of, Pointer: of[0].Pointer}
}

// unread marks a component of a statement that could not be read in full.
func (c *component) unread(errs *jsonpos.Errors, before int) {
	c.broken = c.broken || errs.Count() > before
}

// components reads a list of products or subcomponents.
func (r *reader) components(list jsonpos.Value) []component {
	var all []component
	before := r.errs.Count()
	for v := range list.Elements(&r.errs) {
		if !r.room(1) {
			return nil
		}
		all = append(all, r.component(v))
	}
	if r.errs.Count() > before && len(all) == 0 {
		all = append(all, component{broken: true, names: []named{{product: advisory.Product{Vendor: noVersion, Name: noVersion, Pos: r.opt.Pos(list)}}}})
	}
	return all
}

// component reads a product: an object, or a text (0.0.1).
func (r *reader) component(v jsonpos.Value) component {
	before := r.errs.Count()
	p := advisory.Product{Pos: r.opt.Pos(v)}
	var versioned []named
	if v.Kind() == jsonpos.String {
		r.identifier(&p, &versioned, v, "")
	} else {
		v.Object(&r.errs)
		r.identifier(&p, &versioned, v.Get("@id"), "")
		for key, id := range v.Get("identifiers").Members(&r.errs) {
			r.identifier(&p, &versioned, id, key)
		}
		for algorithm, value := range v.Get("hashes").Members(&r.errs) {
			if text := value.Text(&r.errs); text != "" {
				p.Hashes = append(p.Hashes, advisory.Hash{Algorithm: plain(algorithm), Value: strings.ToLower(text)})
			}
		}
		p.Vendor = v.Get("supplier").Text(&r.notes)
	}
	c := component{names: versioned}
	if len(p.PURLs)+len(p.CPEs)+len(p.Tags)+len(p.Hashes) > 0 {
		c.names = append([]named{{product: p, version: everyVersion}}, versioned...)
	}
	if len(c.names) == 0 {
		if r.errs.Count() == before {
			r.errs.Add(v, errNoProduct, "the product has no identifier")
		}
		c.names = []named{{product: advisory.Product{Vendor: noVersion, Name: noVersion, Pos: p.Pos}}}
	}
	c.broken = r.errs.Count() > before
	c.inside = r.components(v.Get("subcomponents"))
	return c
}

// plain drops punctuation and letter case: sha-256 is sha256.
func plain(algorithm string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			return r
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return -1
	}, algorithm)
}

// identifier adds one identifier of a product. The key is the one in "identifiers", "" for
// what tells its kind itself.
func (r *reader) identifier(p *advisory.Product, versioned *[]named, v jsonpos.Value, key string) {
	text := strings.TrimSpace(v.Text(&r.errs))
	switch {
	case text == "":
	case key == "purl" || strings.HasPrefix(text, "pkg:"):
		u, _, err := purl.ParseLenient(text)
		if err != nil {
			r.errs.Add(v, errBadName, err.Error())
			return
		}
		if u.Version() == "" || u.Scheme() == "" || u.Scheme() == "none" { // a digest is a part of the name
			p.PURLs = append(p.PURLs, text)
			return
		}
		*versioned = append(*versioned, named{version: u.FullVersion(), hint: advisory.HintExact,
			product: advisory.Product{PURLs: []string{u.Unversioned().String()}, Pos: p.Pos}})
	case key == "cpe22" || key == "cpe23" || strings.HasPrefix(text, "cpe:"):
		name, _, err := cpe.ParseLenient(text)
		if err != nil {
			r.errs.Add(v, errBadName, err.Error())
			return
		}
		version := advisory.CPEVersion(name)
		if version == "" {
			p.CPEs = append(p.CPEs, text)
			return
		}
		*versioned = append(*versioned, named{version: version, hint: advisory.HintCPE,
			product: advisory.Product{CPEs: []string{text}, Pos: p.Pos}})
	default:
		p.Tags = append(p.Tags, text)
	}
}
