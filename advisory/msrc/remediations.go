package msrc

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
)

// A fix is what the remediations of a vulnerability say about one product.
type fix struct {
	builds   []build
	patches  [][]string // articles, each an alternative
	remedies []advisory.Remediation
	of       []int // the remediations, by their place
	text     string
}

// A build is a fixed build, as it was written.
type build struct {
	text string
	pos  advisory.Pos
}

// maxFixes bounds the builds and articles of one product. The longest list read has four.
const maxFixes = 256

// key tells whether two products have the same remediations.
func (f *fix) key() string {
	if f.text == "" {
		f.text = fmt.Sprint(f.of)
	}
	return f.text
}

// spans returns what a status means under the fix: before each build, else for all versions.
func (f *fix) spans(status advisory.Status, at advisory.Pos) []advisory.Span {
	if len(f.builds) == 0 {
		return []advisory.Span{{Version: everyVersion, Status: status, Pos: at}}
	}
	var list []advisory.Span
	for _, b := range f.builds {
		list = append(list, advisory.Span{Before: b.text, Bounded: true, Status: status, Pos: b.pos})
	}
	return list
}

// remediations reads the remediations of a vulnerability, by product.
func (r *reader) remediations(v jsonpos.Value) map[int]*fix {
	fixes := map[int]*fix{}
	n := 0
	for m := range v.Get("Remediations").Elements(&r.errs) {
		kind := m.Object(&r.errs).Get("Type").Int(&r.errs)
		if kind < 0 || kind >= int64(len(categories)) {
			continue // release notes and known issues
		}
		said := advisory.Remediation{Category: categories[kind], Text: value(m.Get("Description"), &r.errs), URL: m.Get("URL").Text(&r.notes), Pos: r.opt.Pos(m)}
		fixed := strings.TrimSpace(m.Get("FixedBuild").Text(&r.errs))
		products, ok := r.productsOf(m)
		if !ok {
			return fixes
		}
		article := ""
		if said.Category == vendorFix {
			article = articleOf(said.Text)
			r.patch(article, fixed, products, m)
		}
		for _, p := range products {
			f := fixes[p]
			if f == nil {
				f = &fix{}
				fixes[p] = f
			}
			f.of = append(f.of, n)
			f.remedies = append(f.remedies, said)
			if said.Category != vendorFix {
				continue
			}
			if len(f.builds) == maxFixes || len(f.patches) == maxFixes {
				r.errs.Add(m, errTooMany, "the product has more fixes than are read")
				continue
			}
			if isVersion(fixed) && !slices.ContainsFunc(f.builds, func(b build) bool { return b.text == fixed }) {
				f.builds = append(f.builds, build{fixed, r.opt.Pos(m.Get("FixedBuild"))})
			}
			if article != "" && !slices.ContainsFunc(f.patches, func(all []string) bool { return all[0] == article }) {
				f.patches = append(f.patches, []string{article})
			}
		}
		n++
	}
	return fixes
}

// articleOf returns the article that a fix is named by: "5034127", "KB5034127", "MS16-106". Other
// words ("Release Notes", "Click to Run") name none.
func articleOf(text string) string {
	digits := strings.TrimPrefix(strings.ToUpper(text), "KB")
	isArticle := len(digits) >= 6 && len(digits) <= 7 && strings.Trim(digits, "0123456789") == ""
	isBulletin := len(text) == 8 && strings.HasPrefix(text, "MS") && text[4] == '-'
	if !isArticle && !isBulletin {
		return ""
	}
	return text
}

// isVersion tells whether a fixed build is one: some are links.
func isVersion(text string) bool {
	return text != "" && !strings.Contains(text, "/") && text[0] >= '0' && text[0] <= '9'
}

// productsOf returns the products of a remediation, each once. It is not ok when there is no
// room for more.
func (r *reader) productsOf(m jsonpos.Value) (products []int, ok bool) {
	seen := map[int]bool{}
	for id := range m.Get("ProductID").Elements(&r.errs) {
		if !r.room(1) {
			return nil, false
		}
		if p := r.product(id); !seen[p] {
			seen[p] = true
			products = append(products, p)
		}
	}
	return products, true
}

// patch records an article and what it replaces on its products.
func (r *reader) patch(article, level string, products []int, m jsonpos.Value) {
	if article == "" || len(products) == 0 {
		return // a scope that nobody knows must not become any product
	}
	if !isVersion(level) {
		level = ""
	}
	record, ok := r.record(article, level, r.opt.Pos(m))
	if !ok {
		return
	}
	record.scope.add(products)
	replaced := m.Get("Supercedence")
	for _, old := range strings.FieldsFunc(replaced.Text(&r.errs), func(c rune) bool { return c == ';' || c == ',' || c == ' ' }) {
		if old = articleOf(old); old == "" || old == article {
			continue
		}
		// Which products the older patch is for is not said: the edge has its own.
		from, ok := r.record(old, "", r.opt.Pos(replaced))
		if !ok {
			return
		}
		to := from.to[article]
		if to == nil {
			to = &scoped{at: r.opt.Pos(replaced), place: len(from.to)}
			from.to[article] = to
		}
		to.add(products)
	}
}

// A record is a patch on its way.
type record struct {
	id, level string
	scope     scoped
	to        map[string]*scoped // what replaces it
}

// A scoped is a set of products with its place in the document and in its list.
type scoped struct {
	products map[int]bool
	at       advisory.Pos
	place    int
}

func (s *scoped) add(products []int) {
	if s.products == nil {
		s.products = map[int]bool{}
	}
	for _, p := range products {
		s.products[p] = true
	}
}

// record returns the record of a patch. A level is that of one set of products, so that each
// level has a record of its own. It is not ok when there is no room for more.
func (r *reader) record(id, level string, at advisory.Pos) (*record, bool) {
	if !r.room(1) {
		return nil, false
	}
	key := [2]string{id, level}
	i, known := r.patches[key]
	if !known {
		i = len(r.records)
		r.patches[key] = i
		r.records = append(r.records, &record{id: id, level: level, scope: scoped{at: at}, to: map[string]*scoped{}})
	}
	return r.records[i], true
}

// patchRecords adds the records to the advisory.
func (r *reader) patchRecords() {
	for _, rec := range r.records {
		p := advisory.Patch{ID: rec.id, Level: rec.level, Products: slices.Sorted(maps.Keys(rec.scope.products)), Pos: rec.scope.at,
			SupersededBy: make([]advisory.Successor, len(rec.to))}
		for id, s := range rec.to {
			p.SupersededBy[s.place] = advisory.Successor{ID: id, Products: slices.Sorted(maps.Keys(s.products)), Pos: s.at}
		}
		r.a.Patches = append(r.a.Patches, p)
	}
}
