package advisory

import (
	"fmt"

	"github.com/affected-go/affected/advisory/jsonpos"
)

// A Patch is what somebody records about a patch: for which products it is, and what replaces
// it. Names of patches compare without case and outer blanks, and a number of six or seven
// digits is that of a Microsoft article: 5034768 is KB5034768. The zero Patch says nothing.
type Patch struct {
	ID           string
	Products     []int  // indexes in Advisory.Products; none: any product
	Level        string // the version that a product has with it, "" for not said
	SupersededBy []Successor
	Pos          Pos
}

// A Successor is a patch that replaces another one, on some products.
type Successor struct {
	ID       string
	Products []int // indexes in Advisory.Products; none: any product
	Pos      Pos
}

// patchesForm describes the records of patches.
func (a *Advisory) patchesForm(f *form, n *names) {
	list(f, "patches", &a.Patches, func(g *form, p *Patch) {
		g.strict = true
		g.text("id", &p.ID)
		n.scopeForm(g, &p.Products)
		g.text("level", &p.Level)
		list(g, "supersededBy", &p.SupersededBy, func(h *form, s *Successor) {
			h.strict = true
			h.text("id", &s.ID)
			n.scopeForm(h, &s.Products)
			h.pos(&s.Pos)
		})
		g.pos(&p.Pos)
	})
	f.flag("patchesComplete", &a.PatchesComplete)
}

// scopeForm is a list of ids or indexes of products, any product when it is left out. What
// cannot be read leads to a product that nobody has, for a limit must not become none.
func (n *names) scopeForm(f *form, products *[]int) {
	const name = "products"
	if f.in == nil {
		if len(*products) == 0 {
			return
		}
		refs := make([]any, 0, len(*products))
		for _, i := range *products {
			if i < 0 || i >= n.products {
				f.out.fail(fmt.Errorf("%s: there is no product %d", f.path, i))
				return
			}
			refs = append(refs, nameOr(n.productIDs, n.a.Products[i].ID, i))
		}
		f.put(name).value(refs)
		return
	}
	v := f.take(name)
	if v.Kind() == jsonpos.Absent {
		return
	}
	for ref := range v.Elements(&f.in.errs) {
		if !f.in.room() {
			return
		}
		*products = append(*products, n.product(f.in, ref)...)
	}
	if len(*products) == 0 {
		*products = []int{n.unknown(f.in, "", v)}
	}
}

// fixedByForm is a list of lists of names. An alternative that cannot be read in full is
// left out: a name that is missing would make it easier to meet. An empty one is met by
// nothing.
func (s *Statement) fixedByForm(f *form) {
	const name = "fixedBy"
	if f.in == nil {
		if len(s.FixedBy) > 0 {
			f.put(name).WriteByte('[')
			for i, all := range s.FixedBy {
				if i > 0 {
					f.out.WriteByte(',')
				}
				f.out.value(append([]string{}, all...)) // a list, also when it is nil
			}
			f.out.WriteByte(']')
		}
		return
	}
	for v := range f.take(name).Elements(&f.in.errs) {
		if !f.in.room() {
			return
		}
		before := f.in.errs.Count()
		all := v.Texts(&f.in.errs) // nil for an empty list
		if f.in.errs.Count() == before {
			s.FixedBy = append(s.FixedBy, all)
		}
	}
}
