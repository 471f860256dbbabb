package advisory

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory/internal/labels"
	"github.com/affected-go/affected/purl/product"
)

// Some publishers write the versions of several products into the entry of one, each behind its
// name: "8u131; Java SE Embedded: 8u131; JRockit: R28.3.14" of Java (CVE-2017-10116). What stands
// behind the name of a product that this one must not be taken for, as the catalog says, is not about
// it. Any other name is left where it is: it could be one of a part of the product.

// elsewhereHint marks a span that is about other products only.
const elsewhereHint = "\x00elsewhere"

// otherProducts takes the parts about other products out of the versions. The name in front of a
// version goes on for those behind it, in the next spans as well; behind the name of another product
// a span without a name may be about either, and is not read.
func (r *resolver) otherProducts(catalog *product.Catalog) {
	if r.Entry == nil {
		return
	}
	var texts [][]labels.Part // of the spans
	other := func(name string) bool {
		e := r.entryOf(catalog, name)
		return e != nil && (slices.Contains(e.Not, r.Entry.Key) || slices.Contains(r.Entry.Not, e.Key))
	}
	known := func(name string) bool { return other(name) || r.entryOf(catalog, name) == r.Entry }
	others := false
	for i := range r.spans {
		s := &r.spans[i]
		if s.IsRange() || s.isExact() || s.Hint == HintCPE {
			return
		}
		parts := labels.Split(clean(s.Version), known)
		texts = append(texts, parts)
		others = others || slices.ContainsFunc(parts, func(p labels.Part) bool { return other(p.Name) })
	}
	if !others {
		return
	}
	r.spans = slices.Clone(r.spans)
	elsewhere, own := false, 0 // whose the last name is
	for i := range r.spans {
		s := &r.spans[i]
		parts := texts[i]
		if parts == nil {
			parts = []labels.Part{{Text: s.Version}}
		}
		if i > 0 && listOf(s.Pos) != listOf(r.spans[i-1].Pos) {
			elsewhere = false // of a statement that was joined
		}
		mine, left, unclear := "", false, false
		for _, p := range parts {
			if p.Name != "" {
				elsewhere = other(p.Name)
			}
			switch {
			case elsewhere && p.Name != "":
				left = true
			case elsewhere, mine != "": // or the product once more
				unclear = true
			default:
				mine = p.Text
			}
		}
		if left {
			r.problem(s.Pos, "other-product", "%q is read without other products", s.Version)
			r.Problems[len(r.Problems)-1].Warning = true
		}
		if unclear {
			r.unreadable(i, s.Pos, fmt.Errorf("%q does not say which product is meant", s.Version))
		}
		if mine == "" {
			s.Hint = elsewhereHint
			continue
		}
		s.Version = mine
		own++
	}
	if own == 0 {
		r.unreadable(0, r.spans[0].Pos, errors.New("only other products are named"))
	}
}

// entryOf returns the entry of a product of the same vendor, nil when the catalog has none.
func (r *resolver) entryOf(catalog *product.Catalog, name string) *product.Entry {
	var room [96]byte
	if _, entry, level := catalog.Lookup(room[:0], r.product.Vendor, name); level >= product.Alias {
		return entry
	}
	return nil
}

// listOf returns the pointer of the list that a span stands in.
func listOf(pos Pos) string { return pos.Pointer[:strings.LastIndexByte(pos.Pointer, '/')+1] }

// ownName returns the versions behind the whole name of the product at the beginning of a text: "VMware
// Aria Operations for Networks 6.x". A number without a dot may be part of a model: "Snapdragon 855".
func (r *resolver) ownName(text string) (rest string, ok bool) {
	own := product.Key(r.product.Vendor, r.product.Name)
	parts := labels.Split(text, func(name string) bool { return product.Key(r.product.Vendor, name) == own })
	if len(parts) != 1 || parts[0].Name == "" {
		return "", false
	}
	rest = parts[0].Text
	first, _, _ := strings.Cut(rest, " ")
	if !hasDot(first) && !strings.HasPrefix(strings.ToLower(first), "version") || !r.reads(r.Scheme, rest) {
		return "", false
	}
	return rest, true
}
