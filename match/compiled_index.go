package match

import (
	"bytes"
	"encoding/binary"
	"iter"
	"maps"
	"math/bits"
	"slices"

	"github.com/affected-go/affected/purl/product"
)

// hashOf is the hash of a key (FNV-1a, 32 bits). The place of a key in the file hangs on it,
// so that it is fixed.
func hashOf[T string | []byte](key T) uint32 {
	h := uint32(2166136261)
	for i := range len(key) {
		h = (h ^ uint32(key[i])) * 16777619
	}
	return h
}

// A flatIndex finds the postings of a key in bytes.
type flatIndex struct{ keys, at, slots []byte }

// few is how many keys lie between two places that the table of their offsets knows: fewer than
// records, because each question looks for some.
const few = 4

// len returns how many keys there may be at most.
func (x *flatIndex) len() int { return len(x.at) / 4 * few }

// entry returns the text and the postings of a key by its number.
func (x *flatIndex) entry(i int) (key, postings []byte, ok bool) {
	if i < 0 || i >= x.len() {
		return nil, nil, false
	}
	from := uint64(binary.LittleEndian.Uint32(x.at[4*(i/few):]))
	if from > uint64(len(x.keys)) {
		return nil, nil, false
	}
	rest := x.keys[from:]
	for range i%few + 1 {
		if key, rest = cut(rest); key == nil {
			return nil, nil, false
		}
		if postings, rest = cut(rest); postings == nil {
			return nil, nil, false
		}
	}
	return key, postings, true
}

// find returns the postings of a key, and whether it is there. It allocates nothing.
func (x *flatIndex) find(key []byte) (postings []byte, ok bool) {
	n, ok := x.number(key)
	if !ok {
		return nil, false
	}
	_, postings, ok = x.entry(n)
	return postings, ok
}

// number returns the number of a key.
func (x *flatIndex) number(key []byte) (number int, ok bool) {
	for n := range x.numbers(hashOf(key)) {
		if x.has(n, key) {
			return n, true
		}
	}
	return 0, false
}

// has tells whether a number is that of a key.
func (x *flatIndex) has(n int, key []byte) bool {
	have, _, ok := x.entry(n)
	return ok && bytes.Equal(have, key)
}

// numbers yields the numbers of the keys that may have a hash.
func (x *flatIndex) numbers(hash uint32) iter.Seq[int] {
	return func(yield func(int) bool) {
		n := len(x.slots) / 4
		if n == 0 {
			return
		}
		low := numberBits(n)
		for i, tried := hash%uint32(n), 0; tried < n; i, tried = (i+1)%uint32(n), tried+1 {
			slot := binary.LittleEndian.Uint32(x.slots[4*i:])
			if slot == 0 || (slot^hash)>>low == 0 && !yield(int(slot&(1<<low-1))-1) {
				return
			}
		}
	}
}

// numberBits is how many low bits of a slot hold the number of a key plus one. Those above are the
// same bits of its hash, so that nearly all other keys are known without a look at them.
func numberBits(slots int) int { return bits.Len(uint(slots)) }

// packIndex writes an index: keys with the postings of claims, ids with their vulnerabilities,
// and vendors. It returns the numbers of the keys.
func packIndex(m *Matcher) (keys, starts, slots []byte, numbers map[string]int) {
	lists := map[string][]uint64{}
	for key, list := range m.index {
		for _, p := range list {
			lists[key] = append(lists[key], uint64(p.claim)<<levelBits|uint64(p.level))
		}
	}
	for id, list := range m.ids {
		for _, v := range list {
			lists[string(byID)+id] = append(lists[string(byID)+id], uint64(v))
		}
	}
	for vendor := range m.vendors {
		lists[string(byVendor)+vendor] = nil
	}
	size := len(lists)*5/4 + 1
	slots, numbers = make([]byte, 4*size), make(map[string]int, len(lists))
	var postings []byte
	for i, key := range slices.Sorted(maps.Keys(lists)) {
		numbers[key] = i
		if i%few == 0 {
			starts = binary.LittleEndian.AppendUint32(starts, uint32(len(keys)))
		}
		keys = append(binary.AppendUvarint(keys, uint64(len(key))), key...)
		last := uint64(0)
		postings = postings[:0]
		for _, p := range slices.Sorted(slices.Values(lists[key])) {
			postings = binary.AppendUvarint(postings, p-last)
			last = p
		}
		keys = append(binary.AppendUvarint(keys, uint64(len(postings))), postings...)
		hash := hashOf([]byte(key))
		at := hash % uint32(size)
		for binary.LittleEndian.Uint32(slots[4*at:]) != 0 {
			at = (at + 1) % uint32(size)
		}
		low := numberBits(size)
		binary.LittleEndian.PutUint32(slots[4*at:], hash>>low<<low|uint32(i+1))
	}
	return keys, starts, slots, numbers
}

// levelBits is how many bits of a posting hold its level.
const levelBits = 3

// eachPosting calls visit for the claims that a key of the index leads to.
func (m *Matcher) eachPosting(key []byte, visit func(claim int32, level product.Level)) {
	if m.flat == nil {
		for _, p := range m.index[string(key)] {
			visit(p.claim, p.level)
		}
		return
	}
	claims := uint64(m.flat.claims.len())
	list, _ := m.flat.index.find(key)
	for p, rest := nextPosting(0, list); rest != nil; p, rest = nextPosting(p, rest) {
		if c := p >> levelBits; c < claims {
			visit(int32(c), product.Level(p&(1<<levelBits-1)))
		}
	}
}

// nextPosting returns the posting behind the last one, and what follows; nil at the end.
func nextPosting(last uint64, list []byte) (posting uint64, rest []byte) {
	step, n := binary.Uvarint(list)
	if n <= 0 {
		return 0, nil
	}
	return last + step, list[n:]
}

// appendIDs appends the vulnerabilities that an id or alias stands for.
func (m *Matcher) appendIDs(dst []int32, s *scratch, id string) []int32 {
	if m.flat == nil {
		return append(dst, m.ids[id]...)
	}
	s.probe = append(append(s.probe[:0], byID), id...)
	list, _ := m.flat.index.find(s.probe)
	for v, rest := nextPosting(0, list); rest != nil; v, rest = nextPosting(v, rest) {
		if v < uint64(m.flat.idCount()) {
			dst = append(dst, int32(v))
		}
	}
	return dst
}

// speaksAbout tells whether a source speaks about a vendor.
func (m *Matcher) speaksAbout(vendor string) bool {
	if m.flat == nil {
		return m.vendors[vendor]
	}
	_, ok := m.flat.index.find(append([]byte{byVendor}, vendor...))
	return ok
}
