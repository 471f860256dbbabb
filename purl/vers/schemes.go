package vers

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
)

// MaxLength is the length in bytes up to which versions and ranges are read unless
// [Schemes.WithMaxLength] says otherwise. The longest version of 44,130 CVE records that
// is one has 71 bytes.
const MaxLength = 256

// Schemes is an immutable set of schemes with a limit on the length of what they read and a
// [Policy].
// The zero value is not useful; start from [Builtin]. It is safe for concurrent use.
type Schemes struct {
	byName    map[string]Scheme
	quick     *quickNames
	linear    map[string]bool // schemes of which all versions lie on one line
	families  map[string]family
	maxLength int
	policy    Policy
	buffers   pool // of *keyPair, for CompareStrings
}

// quickNames finds most schemes faster than a map does: a name stands at the place that its
// length and two of its letters give, unless another one was there first.
type quickNames [128]struct {
	name     string
	scheme   Scheme
	comparer comparer // the scheme again, when it is one
}

func (q *quickNames) place(name string) int {
	if name == "" {
		return 0
	}
	return (len(name) + 3*int(name[0]) + 14*int(name[len(name)-1])) % len(q)
}

// A family makes the schemes of one parameterised kind from what stands in parentheses.
type family func(name, parameters string) (Scheme, error)

// lined are the schemes that have more than one line; so have those of families and what
// With adds, for all that is known here.
var lined = []string{
	"aix", "all", "bios", "cisco", "cisco-ios", "cisco-iosxe", "cisco-nxos", "generic", "jdk", "junos",
	"junos(EVO)", "esxi", "netscaler", "none", "set", "vcpkg", "vendor", "zyxel",
}

var builtin = sync.OnceValue(func() *Schemes {
	s := &Schemes{
		byName:    map[string]Scheme{},
		quick:     new(quickNames),
		linear:    map[string]bool{},
		maxLength: MaxLength,
		families:  map[string]family{"ladder": newLadder},
		buffers:   newPool(),
	}
	for _, scheme := range slices.Concat(
		[]Scheme{build{}, dotted{}, hashicorp{}, vendorScheme()},
		specialSchemes(), languageSchemes(), systemSchemes(), vendorSchemes(),
	) {
		name := scheme.Name()
		s.byName[name], s.linear[name] = scheme, !slices.Contains(lined, name)
		if quick := &s.quick[s.quick.place(name)]; quick.scheme == nil {
			quick.name, quick.scheme = name, scheme
			quick.comparer, _ = scheme.(comparer)
		}
	}
	return s
})

// Builtin returns the schemes of this package.
func Builtin() *Schemes { return builtin() }

// With returns a set that holds the extra schemes too. A name that the set has already is
// an error: a verdict must not depend on who added what first.
func (s *Schemes) With(extra ...Scheme) (*Schemes, error) {
	c := *s
	c.byName = maps.Clone(s.byName)
	for _, scheme := range extra {
		name := scheme.Name()
		if _, taken := c.byName[name]; taken || name == "" {
			return nil, fmt.Errorf("scheme %q is in the set already or has no name", name)
		}
		c.byName[name] = scheme
	}
	return &c, nil
}

// WithMaxLength returns a set that reads texts of up to n bytes.
func (s *Schemes) WithMaxLength(n int) *Schemes {
	c := *s
	c.maxLength = max(1, n)
	return &c
}

// Lookup returns the scheme of a name. Parameterised schemes are made from their name:
// "ladder(SP,Update,HF)".
func (s *Schemes) Lookup(name string) (Scheme, bool) {
	if quick := &s.quick[s.quick.place(name)]; quick.name == name && quick.scheme != nil {
		return quick.scheme, true
	}
	if scheme, ok := s.byName[name]; ok {
		return scheme, true
	}
	kind, rest, ok := strings.Cut(name, "(")
	if !ok || !strings.HasSuffix(rest, ")") || len(name) > s.maxLength {
		return nil, false
	}
	make, ok := s.families[kind]
	if !ok {
		return nil, false
	}
	scheme, err := make(name, rest[:len(rest)-1])
	return scheme, err == nil
}

// All returns the schemes of the set in the order of their names; parameterised kinds are
// not among them.
func (s *Schemes) All() iter.Seq[Scheme] {
	return func(yield func(Scheme) bool) {
		for _, name := range slices.Sorted(maps.Keys(s.byName)) {
			if !yield(s.byName[name]) {
				return
			}
		}
	}
}

// AppendKey appends the key of version under scheme, after the limit of length was checked
// and the policy of the set was applied. It is what everything that reads foreign versions
// has to call.
func (s *Schemes) AppendKey(dst []byte, scheme Scheme, version string) (key []byte, line int, err error) {
	if len(version) > s.maxLength {
		return dst, 0, parseError(scheme.Name(), version, s.maxLength, "", ErrTooLong)
	}
	return scheme.AppendKey(dst, s.policy.read(scheme, version))
}

// lookup is Lookup with an error.
func (s *Schemes) lookup(name string) (Scheme, error) {
	if scheme, ok := s.Lookup(name); ok {
		return scheme, nil
	}
	return nil, fmt.Errorf("%w %q", ErrUnknownScheme, name)
}
