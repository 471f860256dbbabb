package csaf

import (
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/product"
)

// helpers are what identifies a product beside its names (product_identification_helper). Any
// one of them means the product as a whole, its version included.
type helpers struct {
	purls                 []purl.PURL
	cpe                   cpe.Name
	models, serials, skus []string // as globs
	hashes                []advisory.Hash
	tags                  []string
}

// isBare tells whether nothing identifies the product.
func (h *helpers) isBare() bool {
	return len(h.purls)+len(h.models)+len(h.serials)+len(h.skus)+len(h.hashes)+len(h.tags) == 0 && !h.cpe.IsValid()
}

// key is a text that two helpers share when they say the same.
func (h *helpers) key() string {
	if h.isBare() {
		return ""
	}
	var b strings.Builder
	for _, u := range h.purls {
		b.WriteString(u.String() + "\x00")
	}
	for _, hash := range h.hashes {
		b.WriteString(hash.Algorithm + hash.Value + "\x00")
	}
	b.WriteString("\x01" + h.cpe.String() + "\x01" + h.numbers())
	return b.String()
}

// numbers is the part of the key that names pieces of hardware.
func (h *helpers) numbers() string {
	if len(h.models)+len(h.serials)+len(h.skus)+len(h.tags) == 0 {
		return ""
	}
	var b strings.Builder
	for _, list := range [...][]string{h.models, h.serials, h.skus, h.tags} {
		b.WriteString(strings.Join(list, "\x00") + "\x01")
	}
	return b.String()
}

// helpers reads a product_identification_helper.
func (r *reader) helpers(v jsonpos.Value) (h helpers) {
	if v.Kind() == jsonpos.Absent {
		return h
	}
	for member, value := range v.Object(&r.errs).Members(nil) {
		switch member {
		case "cpe":
			if text := r.text(value); text != "" {
				name, _, err := cpe.ParseLenient(text)
				if h.cpe = name; err != nil {
					r.notes.Add(value, errBadHelper, err.Error())
				}
			}
		case "purl": // 2.0
			h.purls = r.purl(h.purls, value)
		case "purls": // 2.1
			for e := range value.Elements(&r.errs) {
				h.purls = r.purl(h.purls, e)
			}
		case "model_numbers":
			h.models = r.numbers(value)
		case "serial_numbers":
			h.serials = r.numbers(value)
		case "skus":
			h.skus = r.numbers(value)
		case "hashes":
			for group := range value.Elements(&r.errs) {
				for e := range group.Object(&r.errs).Get("file_hashes").Elements(&r.errs) {
					h.hashes = append(h.hashes, advisory.Hash{Algorithm: hashName(e.Get("algorithm").Text(&r.errs)), Value: strings.ToLower(r.text(e.Get("value")))})
				}
			}
		case "x_generic_uris":
			for e := range value.Elements(&r.errs) {
				if uri := e.Get("uri").Text(&r.errs); uri != "" {
					h.tags = append(h.tags, uri)
				}
			}
		}
	}
	r.items += len(h.purls) + len(h.models) + len(h.serials) + len(h.skus) + len(h.hashes) + len(h.tags)
	return h
}

func (r *reader) purl(list []purl.PURL, v jsonpos.Value) []purl.PURL {
	text := r.text(v)
	if text == "" {
		return list
	}
	u, _, err := purl.ParseLenient(text)
	if err != nil {
		r.notes.Add(v, errBadHelper, err.Error())
		return list
	}
	return append(list, u)
}

// hashName folds the name of an algorithm: "SHA-256" and "sha256" are one.
func hashName(name string) string {
	return strings.Map(func(c rune) rune {
		if c == '-' || c == '_' || c == '/' || c == ' ' {
			return -1
		}
		return c
	}, strings.ToLower(name))
}

// numbers reads patterns of model numbers, serial numbers or stock keeping units. One that
// breaks its grammar means nothing.
func (r *reader) numbers(list jsonpos.Value) []string {
	syntax := product.CSAF20
	if r.next {
		syntax = product.CSAF21
	}
	var patterns []string
	for v := range list.Elements(&r.errs) {
		text := r.text(v)
		if text == "" {
			continue
		}
		pattern, err := product.ParsePattern(text, syntax)
		if err != nil {
			r.notes.Add(v, errBadHelper, err.Error())
			continue
		}
		patterns = append(patterns, pattern.Glob())
	}
	return patterns
}

// An aspect is one way to recognize a leaf, with the version that it is seen as: by names and
// numbers, or by a helper that tells a version of its own.
type aspect struct {
	product int // of the advisory
	version string
	exact   bool
	scheme  string // of an exact version, where it is known
}

// identify enters the products of the leaves into the advisory. Leaves that differ in their
// versions only are one product, so that one statement can speak about all of its versions.
func (r *reader) identify() {
	named := map[string]string{} // CPE without version -> the name of its product, "" for several
	for i := range r.leaves {
		if l := &r.leaves[i]; l.cpe.IsValid() {
			base, name := cpeBase(l.cpe), l.vendor+"\x00"+l.name
			if other, known := named[base]; known && other != name {
				name = ""
			}
			named[base] = name
		}
	}
	for i := range r.leaves {
		if !r.room() {
			return
		}
		r.aspects(&r.leaves[i], named)
	}
}

// aspects finds out as which products a leaf is recognized.
func (r *reader) aspects(l *leaf, named map[string]string) {
	l.aspects = make([]aspect, 1, 2)
	var bases []string
	for _, u := range l.purls {
		base, version := purlBase(u), u.FullVersion()
		switch {
		case version == "", l.version != "" && (!l.exact || sameVersion(version, l.version)):
			bases = append(bases, base)
		default: // the helper outranks the names
			p := r.productOf("p\x00"+base, func() advisory.Product { return advisory.Product{PURLs: []string{base}, Pos: l.at} })
			l.aspects = append(l.aspects, aspect{p, version, true, ""})
		}
	}
	slices.Sort(bases)
	bases = slices.Compact(bases)
	cpes := r.cpeAspect(l, named)
	key := "n\x00" + l.vendor + "\x00" + l.name + "\x00" + l.numbers()
	if len(bases) > 0 {
		key += "\x02" + strings.Join(bases, "\x00")
	}
	p := r.productOf(key, func() advisory.Product {
		made := advisory.Product{Vendor: l.vendor, Name: l.name, PURLs: bases, Models: l.models, Serials: l.serials, SKUs: l.skus, Tags: l.tags, Pos: l.at}
		if l.name == "" && l.isBare() {
			made.Vendor, made.Name = noVersion, noVersion
		}
		return made
	})
	if known := &r.a.Products[p]; cpes != "" && !slices.Contains(known.CPEs, cpes) {
		known.CPEs = append(known.CPEs, cpes)
	}
	l.aspects[0] = aspect{p, l.version, l.exact, l.scheme}
	if len(l.hashes) > 0 {
		p := r.productOf("h\x00"+l.key(), func() advisory.Product { return advisory.Product{Hashes: l.hashes, Pos: l.at} })
		l.aspects = append(l.aspects, aspect{product: p})
	}
}

// cpeAspect returns the CPE name, without a version, under which the product of a leaf is
// known, or adds an aspect where the name tells a version that the branches do not. A name that
// products of different names share, such as that of the platform on every package (openEuler),
// identifies none of them; and on a range the version of a CPE is often that of the fix.
func (r *reader) cpeAspect(l *leaf, named map[string]string) string {
	if !l.cpe.IsValid() {
		return ""
	}
	base := cpeBase(l.cpe)
	version := cpeVersion(l.cpe)
	own := named[base] != ""
	agrees := version == "" || l.version != "" && (!l.exact || withinVersion(version, l.version))
	if agrees {
		if own {
			return base
		}
		return ""
	}
	if l.version != "" && !own {
		return ""
	}
	p := r.productOf("c\x00"+base, func() advisory.Product { return advisory.Product{CPEs: []string{base}, Pos: l.at} })
	a := aspect{p, version, true, ""}
	if strings.Trim(version, "0123456789.") == "" { // a stream: 9 of Red Hat Enterprise Linux
		a.version, a.exact = version+".*", false
	}
	l.aspects = append(l.aspects, a)
	return ""
}

// productOf returns the index of a product of the advisory.
func (r *reader) productOf(key string, create func() advisory.Product) int {
	i, known := r.identities[key]
	if !known {
		i = len(r.a.Products)
		r.identities[key] = i
		r.a.Products = append(r.a.Products, create())
	}
	return i
}

// purlBase returns the text of a package URL without its version. The epoch of an rpm is a
// part of it.
func purlBase(u purl.PURL) string {
	text := u.String()
	rest := ""
	if i := strings.IndexAny(text, "?#"); i >= 0 {
		text, rest = text[:i], text[i:]
	}
	text, _, _ = strings.Cut(text, "@")
	if _, has := u.Qualifier("epoch"); has {
		qualifiers, subpath, _ := strings.Cut(strings.TrimPrefix(rest, "?"), "#")
		kept := slices.DeleteFunc(strings.Split(qualifiers, "&"), func(q string) bool { return strings.HasPrefix(q, "epoch=") })
		rest = ""
		if len(kept) > 0 {
			rest = "?" + strings.Join(kept, "&")
		}
		if subpath != "" {
			rest += "#" + subpath
		}
	}
	return text + rest
}

// cpeBase returns the formatted string of a CPE name without version and update.
func cpeBase(n cpe.Name) string {
	text := n.String()
	field, begin := 0, 0
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case text[i] == ':':
			if field++; field == 5 { // cpe:2.3:part:vendor:product:
				begin = i + 1
			} else if field == 7 {
				return text[:begin] + "*:*" + text[i:]
			}
		}
	}
	return text
}

// cpeVersion returns the version that a CPE name tells, its update behind it.
func cpeVersion(n cpe.Name) string {
	say := func(v cpe.Value) string {
		if v.IsAny() || v.IsNA() || v.IsPattern() {
			return ""
		}
		return v.Text()
	}
	version := say(n.Value(cpe.Version))
	if update := say(n.Value(cpe.Update)); version != "" && update != "" {
		version += " " + strings.ReplaceAll(update, "_", " ") // as matching reads it
	}
	return version
}

// sameVersion compares two writings of one version.
func sameVersion(a, b string) bool { return foldVersion(a) == foldVersion(b) }

// withinVersion tells whether one version is a part of the other, as 8 of 8.4.0 and 24.03-LTS
// of openEuler-24.03-LTS are: one says less and does not contradict.
func withinVersion(a, b string) bool {
	a, b = foldVersion(a), foldVersion(b)
	return strings.Contains(a, b) || strings.Contains(b, a)
}

// foldVersion keeps the letters and digits of a version, without a v in front.
func foldVersion(text string) string {
	text = strings.Map(func(c rune) rune {
		if 'a' <= c && c <= 'z' || '0' <= c && c <= '9' {
			return c
		}
		return -1
	}, strings.ToLower(text))
	return strings.TrimPrefix(text, "v")
}
