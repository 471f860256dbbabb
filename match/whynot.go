package match

import (
	"cmp"
	"slices"
	"strings"

	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// maxRejected bounds how many products the evidence tells not to be the installed one.
const maxRejected = 10

// whyNot says why no statement about the vulnerability means the installed product: which
// link the caller denied, and which products are close to it and are others.
func (m *Matcher) whyNot(s *scratch, in *Installation, e *Evidence) {
	if len(e.Claims) > 0 && len(m.ask.denied) == 0 {
		return
	}
	var key []byte
	if in.Product != "" {
		vendor, _ := in.maker()
		key, _, _ = m.catalog.Lookup(nil, vendor, in.Product)
		if folded := product.AppendKey(nil, vendor, in.Product); m.ask.denies(withoutRelease(key), folded) {
			e.step("the caller denies that " + string(folded) + " is " + string(key))
			key = folded
		}
	}
	if len(e.Claims) > 0 {
		return
	}
	wanted := m.vulnerabilitiesOf([]string{e.Vulnerability})
	seen := map[string]bool{}
	for i := range int32(m.body.claimCount()) {
		if _, ok := slices.BinarySearch(wanted, m.about(i)); !ok {
			continue
		}
		c := m.claim(i)
		doc := m.cited(c.source)
		p := productOf(doc, c)
		text := productText(p)
		if seen[text+doc.ID] {
			continue
		}
		seen[text+doc.ID] = true
		why := m.whyOther(in, c, string(key))
		if why == "" || len(e.Rejected) == maxRejected {
			e.Others++
			continue
		}
		e.Rejected = append(e.Rejected, Rejection{Product: text, Document: doc.ID, Place: at(doc, p.Pos), Why: why})
	}
}

// whyOther says why a product that is close to the installed one is another, "" for one that
// is not close.
func (m *Matcher) whyOther(in *Installation, c *claim, key string) string {
	vendor, name, _ := strings.Cut(key, "/")
	otherVendor, other, _ := strings.Cut(c.key, "/")
	for i := range c.cpes {
		if why := otherCPE(c.cpes[i], in.CPE); why != "" {
			return why
		}
	}
	for i := range c.purls {
		p := &c.purls[i]
		if p.Type() == in.PURL.Type() && p.Name() == in.PURL.Name() && p.Relate(in.PURL) == vers.No {
			return "purl " + p.String() + ": another namespace or qualifier"
		}
	}
	switch {
	case key == "" || c.key == "":
		return ""
	case key == c.key && c.contradicts(in):
		return "it lists numbers or hashes, and not those of the installation"
	case vendor == cmp.Or(otherVendor, c.vendor) && vendor != "":
		if m.tellsApart(key, c.key) || m.tellsApart(c.key, key) {
			return "another product of the vendor; the catalog tells " + key + " and " + c.key + " apart"
		}
		return "another product of the vendor, " + c.key + " and not " + key
	case name == other && name != "":
		return "a product of that name of another vendor, " + c.key + " and not " + key
	}
	return ""
}

// tellsApart tells whether the catalog entry of a product says that it is not another one.
func (m *Matcher) tellsApart(key, other string) bool {
	entry, ok := m.catalog.Entry(key)
	return ok && slices.Contains(entry.Not, other)
}

// otherCPE says which attribute of a name contradicts that of the installation.
func otherCPE(n, installed cpe.Name) string {
	if !installed.IsValid() || cpe.RelateAttribute(n, installed, cpe.Product) == cpe.Disjoint {
		return ""
	}
	for a := cpe.Part; a <= cpe.Other; a++ {
		if a != cpe.Version && a != cpe.Update && cpe.RelateAttribute(n, installed, a) == cpe.Disjoint {
			return n.String() + ": another " + a.String()
		}
	}
	return ""
}
