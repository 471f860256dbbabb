package match

import (
	"strings"
	"unicode/utf8"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
)

// A number is a pattern of model numbers, serial numbers or stock keeping units that mean
// the product of a claim.
type number struct {
	kind    byte
	pattern product.Pattern
}

// prefixBytes is how much of a pattern the index knows: a number is looked up by each of its
// first bytes, none included, and then compared with the patterns found there.
const prefixBytes = 4

// enterNumbers enters a product under its numbers, hashes and tags. A pattern that cannot be
// read means no product.
func enterNumbers(c *identity, p *advisory.Product, post poster) {
	for _, list := range [...]struct {
		kind  byte
		texts []string
	}{{byModel, p.Models}, {bySerial, p.Serials}, {bySKU, p.SKUs}} {
		for _, text := range list.texts {
			if pattern, err := product.ParsePattern(text, product.Glob); err == nil {
				c.numbers = append(c.numbers, number{list.kind, pattern})
				post(list.kind, []byte(pattern.Literal(prefixBytes)), product.Exact)
			}
		}
	}
	for _, h := range p.Hashes {
		c.hashes = append(c.hashes, hashKey(nil, h))
		post(byHash, []byte(hashKey(nil, h)), product.Exact)
	}
	for _, tag := range p.Tags {
		post(byTag, []byte(tag), product.Exact)
	}
}

// hashKey returns "sha256:..." in lower case without punctuation in the name.
func hashKey(dst []byte, h advisory.Hash) string {
	for i := 0; i < len(h.Algorithm); i++ {
		if c := h.Algorithm[i]; c != '-' && c != '_' {
			dst = append(dst, c)
		}
	}
	dst = append(append(dst, ':'), h.Value...)
	return strings.ToLower(string(dst))
}

// lookNumbers appends the claims that the numbers, hashes and tags of an installation lead
// to. A model number or SKU means a product only beside its vendor: each vendor counts its
// own.
func (m *Matcher) lookNumbers(s *scratch, in *Installation) {
	for _, n := range [...]struct {
		kind  byte
		value string
	}{{byModel, in.Model}, {bySerial, in.Serial}, {bySKU, in.SKU}} {
		if n.value = strings.TrimSpace(n.value); n.value == "" {
			continue
		}
		from := len(s.hits)
		s.id = s.id[:0]
		m.look(s, n.kind, s.id, product.Exact)
		for rest := n.value; rest != ""; {
			char, size := utf8.DecodeRuneInString(rest)
			s.id = utf8.AppendRune(s.id, lower(char))
			if len(s.id) > prefixBytes {
				break
			}
			m.look(s, n.kind, s.id, product.Exact)
			rest = rest[size:]
		}
		kept := s.hits[:from]
		for _, h := range s.hits[from:] {
			c := m.claim(h.claim)
			if !c.hasNumber(n.kind, n.value) {
				continue
			}
			if n.kind != bySerial && !m.sameVendor(s, in, c) {
				h.level = product.Possible
			}
			kept = append(kept, h)
		}
		s.hits = kept
	}
	for _, h := range in.Hashes {
		m.look(s, byHash, []byte(hashKey(nil, h)), product.Exact)
	}
	for _, tag := range in.Tags {
		s.id = append(s.id[:0], tag...)
		m.look(s, byTag, s.id, product.Exact)
	}
}

// lower is the fold of patterns in the syntax Glob.
func lower(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	if r < utf8.RuneSelf {
		return r
	}
	return []rune(strings.ToLower(string(r)))[0]
}

// hasNumber tells whether one of the patterns of a kind covers a value.
func (c *claim) hasNumber(kind byte, value string) bool {
	if c.lost {
		return true
	}
	for i := range c.numbers {
		if c.numbers[i].kind == kind && c.numbers[i].pattern.Match(value) {
			return true
		}
	}
	return false
}

// sameVendor tells whether the installation is of the vendor of a claim, as far as names
// tell.
func (m *Matcher) sameVendor(s *scratch, in *Installation, c *claim) bool {
	if c.vendor == "" {
		return false
	}
	vendor, _ := in.maker()
	key, _, _ := m.catalog.Lookup(s.plain[:0], vendor, "x")
	s.plain = key
	vendor, _, _ = strings.Cut(string(key), "/")
	return vendor == c.vendor
}

// contradicts tells whether the installation has a number or hash of a kind that the product
// of a claim lists, and none of those listed: numbers outrank names (CSAF 3.1.3.3).
func (c *claim) contradicts(in *Installation) bool {
	for _, n := range [...]struct {
		kind  byte
		value string
	}{{byModel, in.Model}, {bySerial, in.Serial}, {bySKU, in.SKU}} {
		if n.value != "" && c.lists(n.kind) && !c.hasNumber(n.kind, n.value) {
			return true
		}
	}
	if len(c.hashes) == 0 || len(in.Hashes) == 0 {
		return false
	}
	same := false
	for _, h := range in.Hashes {
		have := hashKey(nil, h)
		algorithm, _, _ := strings.Cut(have, ":")
		for _, want := range c.hashes {
			if want == have {
				return false
			}
			same = same || strings.HasPrefix(want, algorithm+":")
		}
	}
	return same
}

func (c *claim) lists(kind byte) bool {
	for i := range c.numbers {
		if c.numbers[i].kind == kind {
			return true
		}
	}
	return false
}
