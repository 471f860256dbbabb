package match

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// Options say with which words advisories are compiled. The zero value means the schemes
// and the catalog that ship.
type Options struct {
	Schemes *vers.Schemes
	Catalog *product.Catalog
	// Infer takes what is older than a fixed version, or than the last affected one, for
	// affected where a document says nothing about it (see [advisory.ResolveOptions]).
	Infer bool
}

// A Builder collects advisories. Make one with [NewBuilder]; it is for one goroutine.
type Builder struct {
	opt  Options
	docs []*advisory.Advisory
}

// NewBuilder returns an empty builder.
func NewBuilder(opt Options) *Builder {
	if opt.Schemes == nil {
		opt.Schemes = vers.Builtin()
	}
	if opt.Catalog == nil {
		opt.Catalog = product.Builtin()
	}
	return &Builder{opt: opt}
}

// ErrAdvisory marks an advisory that contradicts itself, such as a statement about a
// product that is not in it.
var ErrAdvisory = errors.New("advisory is broken")

// Add takes one advisory. The builder and the matchers that it builds keep it; it must not be
// changed afterwards.
func (b *Builder) Add(a *advisory.Advisory) error {
	if a == nil {
		return fmt.Errorf("%w: it is nil", ErrAdvisory)
	}
	for i := range a.Statements {
		s := &a.Statements[i]
		if s.Vulnerability < 0 || s.Vulnerability >= len(a.Vulnerabilities) {
			return fmt.Errorf("%w: %s: statement %d names vulnerability %d of %d", ErrAdvisory, a.ID, i, s.Vulnerability, len(a.Vulnerabilities))
		}
		for _, p := range s.Products {
			if p < 0 || p >= len(a.Products) {
				return fmt.Errorf("%w: %s: statement %d names product %d of %d", ErrAdvisory, a.ID, i, p, len(a.Products))
			}
		}
	}
	for i := range a.Patches {
		p := &a.Patches[i]
		scopes := [][]int{p.Products}
		for j := range p.SupersededBy {
			scopes = append(scopes, p.SupersededBy[j].Products)
		}
		for _, n := range slices.Concat(scopes...) {
			if n < 0 || n >= len(a.Products) {
				return fmt.Errorf("%w: %s: patch %d names product %d of %d", ErrAdvisory, a.ID, i, n, len(a.Products))
			}
		}
	}
	b.docs = append(b.docs, a)
	return nil
}

// AddAll takes a stream of advisories. Documents that could not be read are counted and
// returned, joined, after the rest was taken; a canceled context ends it at once.
func (b *Builder) AddAll(ctx context.Context, advisories iter.Seq2[*advisory.Advisory, error]) error {
	var errs []error
	for a, err := range advisories {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil {
			err = b.Add(a)
		}
		if err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// Compile is NewBuilder, Add for each advisory, and Build.
func Compile(advisories ...*advisory.Advisory) (*Matcher, error) {
	b := NewBuilder(Options{})
	for _, a := range advisories {
		if err := b.Add(a); err != nil {
			return nil, err
		}
	}
	return b.Build()
}

// Build compiles what was added. The order of the additions changes no answer, and what was
// added twice counts once. What a statement says about versions is compiled when somebody asks
// about its product.
func (b *Builder) Build() (*Matcher, error) {
	docs := slices.Clone(b.docs)
	slices.SortStableFunc(docs, compareDocuments)
	docs = slices.CompactFunc(docs, func(x, y *advisory.Advisory) bool { return compareDocuments(x, y) == 0 })
	dropped, replaced := dropReasons(docs)
	m := b.empty()
	m.digest = sync.OnceValue(m.makeDigest)
	n := newBuilding(m, joinIDs(slices.All(docs), dropped))
	for i, a := range docs {
		n.add(a, dropped[i], replaced[i])
	}
	n.addAliases(slices.All(docs), dropped)
	return m, n.finish()
}

// empty returns a matcher that knows nothing.
func (b *Builder) empty() *Matcher {
	m := &Matcher{
		schemes: b.opt.Schemes, catalog: b.opt.Catalog, infer: b.opt.Infer,
		pool: &sync.Pool{New: func() any { return new(scratch) }},
		ask:  ask{AskOptions: AskOptions{Want: defaultWant}}, merged: &mergedTable{},
	}
	m.nobody = m
	m.others = &Matcher{schemes: m.schemes, catalog: m.catalog}
	return m
}

// dropReasons returns for each document why it does not count, "" when it does: drafts,
// rejected and withdrawn documents, older revisions, documents that another one replaces
// (DESIGN section 6, step 5). Edges that lie on a cycle are no evidence. What documents with
// an end replace hangs on the date of the question: replaced returns those by document.
func dropReasons(docs []*advisory.Advisory) (why []string, replaced [][]int32) {
	why, replaced = make([]string, len(docs)), make([][]int32, len(docs))
	type identity struct{ publisher, id string }
	newest := map[identity]int{}
	replacedBy := map[string][]string{}
	lasting := map[string][]string{}
	ending := map[string][]int32{} // documents with an end, by the ids that they replace
	for i, a := range docs {
		if a.State == advisory.Draft {
			why[i] = "draft"
			continue
		}
		key := identity{a.Publisher.Name, a.ID}
		if j, ok := newest[key]; !ok || compareRevisions(a, docs[j]) > 0 {
			newest[key] = i
		}
	}
	for i, a := range docs {
		if a.State != advisory.Draft && a.ID != "" && compareRevisions(a, docs[newest[identity{a.Publisher.Name, a.ID}]]) < 0 {
			why[i] = "older revision"
		}
	}
	for i, a := range docs {
		switch {
		case why[i] != "":
		case a.State == advisory.Rejected:
			why[i] = "rejected"
		case !a.Withdrawn.IsZero():
			why[i] = "withdrawn"
		default:
			for _, id := range a.Supersedes {
				replacedBy[id] = append(replacedBy[id], a.ID)
				if !a.Expires.IsZero() {
					ending[id] = append(ending[id], int32(i))
				} else {
					lasting[id] = append(lasting[id], a.ID)
				}
			}
		}
	}
	for i, a := range docs {
		replaces := func(by string) bool { return by != a.ID && !reaches(replacedBy, by, a.ID) }
		switch {
		case why[i] != "":
		case slices.ContainsFunc(lasting[a.ID], replaces):
			why[i] = "superseded"
		default:
			for _, by := range ending[a.ID] {
				if replaces(docs[by].ID) {
					replaced[i] = append(replaced[i], by)
				}
			}
		}
	}
	return why, replaced
}

// reaches tells whether the edges lead from one document to another.
func reaches(edges map[string][]string, from, to string) bool {
	seen := map[string]bool{from: true}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		for _, next := range edges[queue[0]] {
			if next == to {
				return true
			}
			if !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	return false
}

// compareDocuments orders documents, to the last word where all else is the same, so that the
// order in which they came is of no effect.
func compareDocuments(x, y *advisory.Advisory) int {
	if c := cmp.Or(strings.Compare(x.Publisher.Name, y.Publisher.Name), strings.Compare(x.ID, y.ID), compareRevisions(x, y),
		lastChange(x).Compare(lastChange(y)), strings.Compare(fileOf(x), fileOf(y))); c != 0 || x == y {
		return c
	}
	a, _ := x.MarshalJSON() // what cannot be written stays in its order
	b, _ := y.MarshalJSON()
	return bytes.Compare(a, b)
}

// compareRevisions compares number by number, and by date where there is no number: two
// documents that claim one number are both there, and dates decide what they say.
func compareRevisions(a, b *advisory.Advisory) int {
	if a.Revision == "" && b.Revision == "" {
		return lastChange(a).Compare(lastChange(b))
	}
	x, y := strings.Split(a.Revision, "."), strings.Split(b.Revision, ".")
	for i := 0; i < max(len(x), len(y)); i++ {
		var m, n int
		if i < len(x) {
			m, _ = strconv.Atoi(x[i])
		}
		if i < len(y) {
			n, _ = strconv.Atoi(y[i])
		}
		if m != n {
			return m - n
		}
	}
	return 0
}

func lastChange(a *advisory.Advisory) time.Time {
	if a.Modified.After(a.Published) {
		return a.Modified
	}
	return a.Published
}
