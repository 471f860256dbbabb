package match

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"

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
	// Pack makes a Builder keep documents as the compiled form does: packed when they are added, and
	// read where they are asked for. It is for large sets: adding and building take longer, and the
	// memory is a fraction. The answers are the same, and so is every byte of the compiled form. What
	// no compiled form can hold is an error of Add.
	Pack bool
}

// A Builder collects advisories. Make one with [NewBuilder]; it is for one goroutine.
type Builder struct {
	opt    Options
	docs   documents
	packer documentPacker
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
// changed afterwards, unless the documents are packed (see Options.Pack).
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
	d := document{doc: a}
	if b.opt.Pack {
		var err error
		if d, err = b.packer.document(a); err != nil {
			return fmt.Errorf("%w: %s: %w", ErrAdvisory, a.ID, err)
		}
	}
	b.docs = append(b.docs, d)
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
	docs := b.docs.sorted()
	m := b.empty()
	body := &built{m: m, docs: docs, otherClaims: map[string]int32{}}
	body.dropped, body.replacedBy = dropReasons(docs)
	m.body, m.digest = body, sync.OnceValue(body.digest)
	n := newBuilding(body)
	for i := range docs {
		if err := n.add(int32(i)); err != nil {
			return nil, fmt.Errorf("document %s: %w", docs[i].front().ID, err)
		}
	}
	n.addAliases()
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
