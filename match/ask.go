package match

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// AskOptions belong to the asking, not to the index: the date, which findings are wanted,
// and the caller's own word. The zero value asks for what may be affected, without a date.
type AskOptions struct {
	// At is the date of the question. Without it nothing that has an end is used, because
	// the library has no clock.
	At time.Time
	// Want are the statuses that Append and Findings report. Empty means Affected,
	// UnderInvestigation and Unknown. NoStatement is answered by Check only.
	Want StatusSet
	// Uncertain asks Append for the findings that rest on a link which does not decide:
	// Unknown with ProductUncertain. Check and Explain always give them.
	Uncertain bool
	// Ranks replaces the ranks of publishers, by their name.
	Ranks map[string]advisory.Rank
	// Corrections replace what documents say.
	Corrections []Correction
	// Accepted are risks that somebody took; they change no verdict.
	Accepted []Acceptance
	// Deny are links that the caller knows to be wrong: pairs "vendor | product" or keys
	// that the catalog leads to the product, in the form "key: vendor | product".
	Deny []Denial
}

// A Scope says for which installations and vulnerability a word of the caller counts.
type Scope struct {
	Vulnerability string // "" for all
	Vendor        string
	Product       string
	Versions      string // a range as vendors write it; "" for all
	Scheme        string // of Versions; "" for that of the catalog entry
}

// A Correction changes the verdict, because a source says so. Without a Source it is not
// used, and the evidence says that.
type Correction struct {
	Scope
	Status Status
	Source string // the document or page that proves it
	Author string
	Note   string
	Until  time.Time // first day without it; zero: no end
}

// An Acceptance is a risk that somebody took. It stands beside the verdict.
type Acceptance struct {
	Scope
	Author string
	Note   string
	Until  time.Time // first day without it; zero: no end
}

// A Denial removes a link between names and a product.
type Denial struct {
	Key    string // of the catalog entry
	Vendor string
	Name   string
}

// ErrScope marks a correction or acceptance whose scope cannot be read.
var ErrScope = errors.New("scope")

// With returns a view of the matcher that answers under opt. The view shares everything
// with m and is as safe for concurrent use. A scope that cannot be read is an error: a
// decision of the caller must not be dropped silently.
func (m *Matcher) With(opt AskOptions) (*Matcher, error) {
	v := *m
	v.ask = ask{AskOptions: opt}
	if v.ask.Want == 0 {
		v.ask.Want = defaultWant
	}
	for i := range opt.Corrections {
		s, err := m.scope(&opt.Corrections[i].Scope)
		if err != nil {
			return nil, fmt.Errorf("correction %d: %w", i, err)
		}
		v.ask.corrections = append(v.ask.corrections, s)
	}
	for i := range opt.Accepted {
		s, err := m.scope(&opt.Accepted[i].Scope)
		if err != nil {
			return nil, fmt.Errorf("acceptance %d: %w", i, err)
		}
		v.ask.accepted = append(v.ask.accepted, s)
	}
	for _, d := range opt.Deny {
		v.ask.denied = append(v.ask.denied, denied{d.Key, product.Key(d.Vendor, d.Name)})
	}
	if m.others != nil {
		others := *m.others
		others.ask = ask{denied: v.ask.denied}
		v.others = &others
	}
	return &v, nil
}

const defaultWant = StatusSet(1<<advisory.Affected | 1<<advisory.UnderInvestigation | 1<<advisory.Unknown)

// An ask is AskOptions, read once.
type ask struct {
	AskOptions
	corrections []scope // as AskOptions.Corrections
	accepted    []scope // as AskOptions.Accepted
	denied      []denied
}

type denied struct{ key, folded string }

// A scope is a Scope with its names folded and its range read.
type scope struct {
	key   string // "" for every product
	entry *product.Entry
	rng   vers.Range
}

func (m *Matcher) scope(s *Scope) (scope, error) {
	var out scope
	if s.Vendor != "" || s.Product != "" {
		key, entry, level := m.catalog.Lookup(nil, s.Vendor, s.Product)
		if level == product.Possible {
			return out, fmt.Errorf("%w: product %q without a vendor", ErrScope, s.Product)
		}
		out.key, out.entry = string(key), entry
	}
	if s.Versions == "" {
		return out, nil
	}
	name := s.Scheme
	if name == "" && out.entry != nil {
		name = out.entry.Scheme
	}
	if name == "" {
		name = "vendor"
	}
	scheme, ok := m.schemes.Lookup(name)
	if !ok {
		return out, fmt.Errorf("%w: unknown version scheme %q", ErrScope, name)
	}
	rng, _, err := m.schemes.ReadText(scheme, s.Versions)
	if err != nil {
		return out, fmt.Errorf("%w: versions %q: %w", ErrScope, s.Versions, err)
	}
	out.rng = rng
	return out, nil
}

// holds tells whether a word of the caller is about this question. A version that cannot
// be placed in the range is outside: the caller's word has to fit surely.
func (s *scope) holds(vulnerability, asked string, key []byte, version string) bool {
	if vulnerability != "" && vulnerability != asked || s.key != "" && s.key != string(key) && s.key != string(withoutRelease(key)) {
		return false
	}
	if !s.rng.IsValid() {
		return true
	}
	canonical, anything := s.entry.Version(version)
	if anything {
		return s.rng.IsAll()
	}
	in, err := s.rng.Contains(canonical)
	return err == nil && in == vers.Yes
}

// inForce tells whether something that ends on the day until is used.
func (a *ask) inForce(until time.Time) bool {
	return until.IsZero() || !a.At.IsZero() && a.At.Before(until)
}

// correction returns the first correction that counts for the question, nil for none.
func (a *ask) correction(asked string, key []byte, version string) *Correction {
	for i := range a.corrections {
		c := &a.Corrections[i]
		if c.Source != "" && a.inForce(c.Until) && a.corrections[i].holds(c.Vulnerability, asked, key, version) {
			return c
		}
	}
	return nil
}

// acceptance is correction for accepted risks.
func (a *ask) acceptance(asked string, key []byte, version string) *Acceptance {
	for i := range a.accepted {
		c := &a.Accepted[i]
		if a.inForce(c.Until) && a.accepted[i].holds(c.Vulnerability, asked, key, version) {
			return c
		}
	}
	return nil
}

// denies tells whether the caller took the link from folded names to a key away.
func (a *ask) denies(key, folded []byte) bool {
	return slices.ContainsFunc(a.denied, func(d denied) bool {
		return d.key == string(key) && d.folded == string(folded)
	})
}

// rank returns the rank of the publisher of a claim as the caller sees it.
func (a *ask) rank(c *claim) advisory.Rank {
	if len(a.Ranks) > 0 {
		if r, ok := a.Ranks[c.from.publisher]; ok {
			return r
		}
	}
	return c.rank
}
