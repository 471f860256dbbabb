package csaf

import (
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// An entry is what a product id stands for.
type entry struct {
	defs []definition // one, unless the id is defined more than once
	made []*combination
	busy bool // its combinations are being resolved

	defined int // how often the tree defines the id
	at      jsonpos.Value

	stamp      int      // of the vulnerability that statements are of
	statements []spoken // what they say about it
}

// A spoken is a span of a statement.
type spoken struct{ statement, span int }

// A definition is one product of the tree: a leaf, perhaps together with other products.
type definition struct {
	leaf  int
	parts []part
	where advisory.Condition
	key   string // of where
}

// A leaf is a product as branches or a full product name say it.
type leaf struct {
	vendor, name string
	version      string // "" for all versions
	exact        bool   // version is one version and no words
	scheme       string // of the version, "" when it is not known
	facts        []advisory.Condition
	broken       bool // a part of it could not be read
	helpers
	at advisory.Pos

	aspects []aspect // made by identify
}

// A path holds what the branches say on the way to a leaf, by category.
type path struct {
	vendor, product, family, version, rng       string
	servicePack, patchLevel                     string
	architecture, language, host, specification string
	legacy, platform                            string
	at                                          jsonpos.Value // of rng
	broken                                      bool
}

// tree reads the products.
func (r *reader) tree(tree jsonpos.Value) {
	r.ids = map[string]*entry{}
	r.identities = map[string]int{}
	before := r.errs.Count()
	tree.Object(&r.errs)
	r.branches(tree.Get("branches"), path{})
	for v := range tree.Get("full_product_names").Elements(&r.errs) {
		if !r.room() {
			return
		}
		r.leaf(path{}, v)
	}
	r.lost = r.errs.Count() > before
	r.identify()
	before = r.errs.Count()
	r.relationships(tree.Get("relationships"))
	r.paths(tree.Get("product_paths"))
	r.resolveAll()
	r.lost = r.lost || r.errs.Count() > before
	r.productGroups(tree.Get("product_groups"))
}

// branches walks a list of branches.
func (r *reader) branches(list jsonpos.Value, above path) {
	for v := range list.Elements(&r.errs) {
		if !r.room() {
			return
		}
		var category, name, inner, product jsonpos.Value
		for member, value := range v.Object(&r.errs).Members(nil) {
			switch member {
			case "category":
				category = value
			case "name":
				name = value
			case "branches":
				inner = value
			case "product":
				product = value
			}
		}
		p := above
		r.step(&p, category, name, v)
		if product.Kind() != jsonpos.Absent {
			r.leaf(p, product)
		}
		if inner.Kind() != jsonpos.Absent {
			r.branches(inner, p)
		}
	}
}

// step adds what one branch says to a path.
func (r *reader) step(p *path, category, name, branch jsonpos.Value) {
	before := r.errs.Count()
	word, text := category.Text(&r.errs), r.text(name)
	if text == "" && r.errs.Count() == before {
		r.errs.Add(branch, errNoName, "a branch needs a name")
	}
	switch word {
	case "vendor":
		join(&p.vendor, text)
	case "product_name":
		join(&p.product, text)
	case "product_family":
		join(&p.family, text)
	case "product_version":
		p.rng = ""
		join(&p.version, text)
	case "product_version_range":
		if p.version != "" { // the outer version belongs to the name
			join(&p.product, p.version)
			p.version = ""
		}
		p.rng, p.at = text, name
	case "service_pack":
		join(&p.servicePack, text)
	case "patch_level":
		join(&p.patchLevel, text)
	case "architecture":
		p.architecture = text
	case "language":
		p.language = text
	case "host_name":
		p.host = text
	case "specification":
		join(&p.specification, text)
	case "legacy":
		join(&p.legacy, text)
	case "platform":
		p.platform = text
	default:
		if r.errs.Count() == before {
			r.notes.Add(present(category, branch), errBadWord, "no category of a branch; taken for a name of the product")
		}
		join(&p.product, text)
	}
	p.broken = p.broken || r.errs.Count() > before
}

func join(dst *string, text string) {
	if *dst != "" && text != "" {
		*dst += " "
	}
	*dst += text
}

// leaf reads a full product name with what the branches above it say.
func (r *reader) leaf(p path, v jsonpos.Value) {
	before := r.errs.Count()
	v.Object(&r.errs)
	l := leaf{vendor: p.vendor, at: r.opt.Pos(v)}
	full := strings.TrimSpace(v.Get("name").Text(&r.notes))
	l.helpers = r.helpers(v.Get("product_identification_helper"))
	l.nameIt(&p, full)
	l.facts = p.facts(l.name)
	if serials, ok := serialRange(p.rng); ok {
		serials.Pointer = r.opt.Pos(p.at).Pointer
		l.version, l.facts = "", append(l.facts, serials)
	}
	id := v.Get("product_id")
	text := id.Text(&r.errs)
	if text == "" && r.errs.Count() == before {
		r.errs.Add(v, errNoID, "a product needs an id")
	}
	l.broken = p.broken || r.errs.Count() > before
	if l.name == "" && l.isBare() && !l.broken {
		r.errs.Add(v, errNoName, "nothing tells which product this is")
		l.broken = true
	}
	known := r.define(id, text)
	for _, d := range known.defs[max(0, len(known.defs)-8):] {
		if r.leaves[d.leaf].isSame(&l) {
			return
		}
	}
	known.defs = append(known.defs, definition{leaf: len(r.leaves)})
	r.leaves = append(r.leaves, l)
}

// product returns what an id stands for, having entered it when it is new.
func (r *reader) product(id string) *entry {
	known := r.ids[id]
	if known == nil {
		known = &entry{}
		r.ids[id] = known
	}
	return known
}

// define returns what an id stands for, and counts its definitions.
func (r *reader) define(at jsonpos.Value, id string) *entry {
	known := r.product(id)
	if known.defined++; known.defined == 1 {
		r.firsts = append(r.firsts, at)
	} else {
		r.again = append(r.again, at)
	}
	return known
}

// isSame tells whether two leaves say the same.
func (l *leaf) isSame(o *leaf) bool {
	return l.vendor == o.vendor && l.name == o.name && l.version == o.version && l.exact == o.exact &&
		len(l.facts) == 0 && len(o.facts) == 0 && l.helpers.key() == o.helpers.key()
}

// facts are the conditions that branches make beside names and versions. What inventories
// leave out is presumed (advisory.Condition).
func (p *path) facts(name string) []advisory.Condition {
	var list []advisory.Condition
	fact := func(word, value string, presumed bool) {
		if value != "" {
			list = append(list, advisory.Condition{Op: advisory.OpFact, Fact: word, Values: []string{value}, Presumed: presumed})
		}
	}
	switch strings.ToLower(p.architecture) {
	case "src", "noarch", "nosrc", "all", "any": // of packages, not of what runs them
	default:
		fact("architecture", p.architecture, true)
	}
	fact("platform", p.platform, true)
	fact("language", p.language, true)
	fact("host_name", p.host, false)
	for _, text := range [...]string{p.specification, p.legacy} {
		if text != "" && text != name {
			list = append(list, advisory.Condition{Op: advisory.OpText, Text: text})
		}
	}
	return list
}

// productGroups reads the lists of ids that have an id of their own.
func (r *reader) productGroups(list jsonpos.Value) {
	for v := range list.Elements(&r.notes) {
		if !r.room() {
			return
		}
		if r.groups == nil {
			r.groups = map[string][]string{}
		}
		at := v.Get("group_id")
		id := at.Text(&r.notes)
		if r.groups[id] != nil {
			r.groupsAgain = append(r.groupsAgain, at)
		}
		members := v.Get("product_ids").Texts(&r.notes)
		r.items += len(members)
		r.groups[id] = append(r.groups[id], members...)
	}
}
