package cyclonedx

import (
	"cmp"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
)

// A subject is what a ref means.
type subject struct {
	version string // of the component, "" when it has none
	pos     advisory.Pos
	said    []place
	broken  bool // a part of it could not be read
}

// A place is a product of the advisory, and the condition under which a statement about the
// subject is one about the product.
type place struct {
	product int
	where   advisory.Condition
}

// index notes the components and services of the document by their bom-ref.
func (r *reader) index(doc jsonpos.Value) {
	r.refs = map[string][]jsonpos.Value{}
	before := r.errs.Count()
	r.entry(r.root)
	for _, member := range [...]string{"components", "services"} {
		r.entries(doc.Get(member), member)
	}
	r.lost = r.errs.Count() > before
}

// entries indexes a list and what is nested in it. The depth is that of the document, which
// has a limit.
func (r *reader) entries(list jsonpos.Value, member string) {
	for v := range list.Elements(&r.errs) {
		r.entry(v.Object(&r.errs))
		if member == "services" {
			r.entries(v.Get(member), member)
		}
	}
}

func (r *reader) entry(v jsonpos.Value) {
	if ref := v.Get("bom-ref").Text(&r.errs); ref != "" {
		r.refs[ref] = append(r.refs[ref], v)
	}
	r.entries(v.Get("components"), "components")
}

// resolve returns the component that a ref leads to, Absent for none in this document.
func (r *reader) resolve(ref string, at jsonpos.Value) jsonpos.Value {
	local := ref
	if r.link != "" {
		local = strings.TrimPrefix(ref, r.link)
	}
	found := r.refs[local]
	switch {
	case len(found) > 1:
		r.errs.Add(at, errAmbiguous, "several components have this ref")
	case len(found) == 0 && r.lost:
		r.errs.Add(at, errDangling, "what could not be read may have this ref")
	case len(found) == 0 && !strings.HasPrefix(ref, "urn:"):
		r.notes.Add(at, errDangling, "nothing in the document has this ref; it is compared as text")
	case len(found) == 1:
		return found[0]
	}
	return jsonpos.Value{}
}

// product returns what a ref means. Where versions are named, those of the identifiers do not
// count.
func (r *reader) product(ref string, at jsonpos.Value, versions bool) *subject {
	key := ref
	if versions {
		key = "\x00" + ref
	}
	if p, ok := r.products[key]; ok {
		return p
	}
	before := r.errs.Count()
	p := &subject{pos: r.opt.Pos(at)}
	r.products[key] = p
	tags := advisory.Product{ID: ref, Tags: []string{ref}, Pos: p.pos}
	v := r.resolve(ref, at)
	if v.Kind() != jsonpos.Object {
		p.said = []place{{product: r.add(tags)}}
		p.broken = r.errs.Count() > before
		return p
	}
	p.pos = r.opt.Pos(v)
	if link := r.link + v.Get("bom-ref").Text(nil); r.link != "" && link != ref {
		tags.Tags = append(tags.Tags, link)
	}
	named := r.component(v, p, versions)
	switch {
	case v == r.root || r.root.Kind() != jsonpos.Object:
		named.ID, named.Tags = ref, append(tags.Tags, named.Tags...)
		p.said = []place{{product: r.add(named)}}
	default:
		whole := r.whole()
		leaf := advisory.Condition{Op: advisory.OpProduct, Relation: advisory.PartOf, Product: whole.said[0].product, Pointer: r.root.Pointer()}
		if whole.version != "" {
			leaf.Spans = []advisory.Span{{Version: whole.version, Hint: advisory.HintExact, Status: advisory.Affected, Pos: whole.pos}}
		}
		p.broken = whole.broken
		p.said = []place{{product: r.add(tags)}, {product: r.add(named), where: leaf}}
	}
	p.broken = p.broken || r.errs.Count() > before
	return p
}

// whole returns what the document describes.
func (r *reader) whole() *subject {
	if ref := r.root.Get("bom-ref").Text(nil); len(r.refs[ref]) == 1 {
		return r.product(ref, r.root, false)
	}
	const unnamed = "" // no ref is empty
	p, ok := r.products[unnamed]
	if !ok {
		before := r.errs.Count()
		p = &subject{pos: r.opt.Pos(r.root)}
		p.said = []place{{product: r.add(r.component(r.root, p, false))}}
		p.broken = r.errs.Count() > before
		r.products[unnamed] = p
	}
	return p
}

func (r *reader) add(p advisory.Product) int {
	r.a.Products = append(r.a.Products, p)
	return len(r.a.Products) - 1
}

// component reads the names and identifiers of a component or service.
func (r *reader) component(v jsonpos.Value, p *subject, versions bool) advisory.Product {
	text := func(pointer string) string { return strings.TrimSpace(v.At(pointer).Text(&r.errs)) }
	out := advisory.Product{
		Vendor: cmp.Or(text("/supplier/name"), text("/manufacturer/name"), text("/publisher"), text("/provider/name"), text("/group")),
		Name:   text("/name"), Pos: p.pos,
	}
	p.version = text("/version")
	if u := text("/purl"); u != "" {
		read, _, err := purl.ParseLenient(u)
		if err != nil {
			r.errs.Add(v, errBadName, err.Error())
		} else {
			p.version = cmp.Or(p.version, read.Version())
			if versions {
				u = read.Unversioned().String()
			}
			out.PURLs = []string{u}
		}
	}
	if c := text("/cpe"); c != "" {
		name, _, err := cpe.ParseLenient(c)
		if err != nil {
			r.errs.Add(v, errBadName, err.Error())
		} else {
			p.version = cmp.Or(p.version, name.Text(cpe.Version))
			out.CPEs = []string{c}
		}
	}
	if tag := text("/swid/tagId"); tag != "" {
		out.Tags = append(out.Tags, tag)
	}
	for _, member := range [...]string{"omniborId", "swhid"} {
		out.Tags = append(out.Tags, v.Get(member).Texts(&r.notes)...)
	}
	for h := range v.Get("hashes").Elements(&r.errs) {
		h.Object(&r.errs)
		algorithm, content := h.Get("alg").Text(&r.errs), h.Get("content").Text(&r.errs)
		if algorithm != "" && content != "" {
			plain := strings.ToLower(strings.ReplaceAll(algorithm, "-", ""))
			out.Hashes = append(out.Hashes, advisory.Hash{Algorithm: plain, Value: strings.ToLower(content)})
		}
	}
	return out
}
