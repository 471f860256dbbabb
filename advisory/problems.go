package advisory

import (
	"strings"

	"github.com/affected-go/affected/purl/cpe"
)

// Check returns what is wrong with an advisory: what its decoder met, what [Resolve] cannot
// read, and what a schema cannot see:
//
//	bound-unread     a bound or version that nobody can read: an address, "publication"
//	bound-imprecise  one that can be read in part: 16.0.16827.2xxxxx
//	bounds-mixed     a version and a day, or versions of two lines, for the ends of a range
//	no-version       a statement that should name versions and names none
//	blanks           blanks around a version, or tabs in it
//	hint-wrong       a version type that the bounds do not have ("semver" and Build 7190)
//	empty-range      a range that ends where it begins, read as "before" on its branch
//	bounds-swapped   a lower bound above the upper one
//	change-outside   a status change below its range, or below an inclusive upper bound
//	other-product    versions that stand behind the name of another product
//	cpe-outside      a CPE name of the product with a version that the statement clears
//	cpe-unread       a CPE name that is none
//	no-product       a statement about no product of the document
//	no-name          a product that nothing can recognize
//
// Warnings change no answer; the others make answers Unknown or lose them. Each problem is
// listed once, in the order of the document's statements.
func Check(a *Advisory, opt ResolveOptions) []Problem {
	c := &checker{opt: opt.orDefault(), seen: map[Problem]bool{}}
	c.add(a.Problems...)
	for i := range a.Products {
		if p := &a.Products[i]; !p.hasName() {
			c.add(problemf(p.Pos, "no-name", "the product has neither name nor number"))
		}
	}
	for i := range a.Statements {
		c.statement(a, &a.Statements[i])
	}
	return c.list
}

// A checker collects problems and drops those that it has already.
type checker struct {
	opt  ResolveOptions
	list []Problem
	seen map[Problem]bool
}

func (c *checker) add(problems ...Problem) {
	for _, p := range problems {
		if !c.seen[p] {
			c.seen[p] = true
			c.list = append(c.list, p)
		}
	}
}

func (c *checker) warn(pos Pos, code, format string, args ...any) {
	p := problemf(pos, code, format, args...)
	p.Warning = true
	c.add(p)
}

func (p *Product) hasName() bool {
	return p.Name != "" || len(p.PURLs)+len(p.CPEs)+len(p.Models)+len(p.Serials)+len(p.SKUs)+len(p.Hashes)+len(p.Tags) > 0
}

func (c *checker) statement(a *Advisory, s *Statement) {
	for i := range s.Spans {
		c.span(&s.Spans[i])
	}
	if len(s.Spans) == 0 && s.Default == DefaultUndeclared {
		c.add(problemf(s.Pos, "no-version", "there is neither a version nor a default status"))
	}
	about := 0
	for _, i := range s.Products {
		if i < 0 || i >= len(a.Products) {
			continue
		}
		about++
		p := a.Identified(i, c.opt.orDefault().Catalog)
		t := Resolve(s, &p, c.opt)
		c.add(t.Problems...)
		c.names(s, &a.Products[i], t)
	}
	if about == 0 {
		c.add(problemf(s.Pos, "no-product", "the statement is about no product"))
	}
}

// span checks what a span claims about itself.
func (c *checker) span(s *Span) {
	for _, text := range [...]string{s.Version, s.From, s.Before, s.Through} {
		if strings.TrimSpace(text) != text || strings.ContainsAny(text, "\t\r\n") {
			c.warn(s.Pos, "blanks", "there are blanks around %.80q or tabs in it", text)
			break
		}
	}
	if from, before := clean(s.From), clean(s.Before); from != "" && hasDigit(from) && sameText(from, before) {
		c.warn(s.Pos, "empty-range", "the range from %s to before %s is read as before %s", from, before, before)
	}
	scheme, ok := c.opt.Schemes.Lookup("semver")
	if !ok || !strings.EqualFold(s.Hint, "semver") {
		return
	}
	var room [64]byte
	for _, text := range [...]string{s.Version, s.From, s.Before, s.Through} {
		text = clean(text)
		if _, branch := wildcard(text); branch || isOpen(text) || isZero(text) {
			continue
		}
		if _, _, err := c.opt.Schemes.AppendKey(room[:0], scheme, text); err != nil {
			c.warn(s.Pos, "hint-wrong", "the version type says semver, and %.80q is none", text)
			return
		}
	}
}

// names looks for CPE names with a version that the statement says is not affected, though
// it says that others are.
func (c *checker) names(s *Statement, p *Product, t *Timeline) {
	if t.Scheme == nil || !s.says(Affected) {
		return
	}
	var room [64]byte
	for _, text := range p.CPEs {
		name, _, err := cpe.ParseLenient(text)
		if err != nil {
			c.add(problemf(p.Pos, "cpe-unread", "%v", err))
			continue
		}
		version := name.Value(cpe.Version)
		if version.IsAny() || version.IsNA() || version.IsPattern() {
			continue
		}
		canonical, anything := t.Entry.Version(version.Text())
		if anything || IsImprecise(t.Entry, canonical) {
			continue
		}
		key, n, err := c.opt.Schemes.AppendKey(room[:0], t.Scheme, canonical)
		if err != nil {
			continue // a label of the CPE dictionary and not a version of the product
		}
		if out, _ := t.At(key, n); out.Status == Fixed || out.Status == NotAffected {
			c.warn(p.Pos, "cpe-outside", "%s names version %s, which is %s: %s", name, version.Text(), out.Status, out.Rule)
		}
	}
}

// says tells whether a span has a status.
func (s *Statement) says(status Status) bool {
	for i := range s.Spans {
		if s.Spans[i].Status == status {
			return true
		}
	}
	return false
}
