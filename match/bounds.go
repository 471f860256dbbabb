package match

import (
	"encoding/binary"
	"strings"
)

// A bounds is a sorted list of keys in which places are found with as few looks into memory as
// possible: what all of them begin with, up to eight bytes, stands once, and the next eight bytes of
// each stand together as numbers, which nearly always decide. The zero bounds is empty.
type bounds struct {
	heads  []uint64
	prefix uint64 // what all begin with
	common uint8  // its bytes
	keys   string // one behind the other
	ends   []uint32
}

// newBounds takes keys that are sorted and differ.
func newBounds(keys []string) (b bounds) {
	if len(keys) == 0 {
		return b
	}
	for first, last := keys[0], keys[len(keys)-1]; b.common < 8 && int(b.common) < len(first) && int(b.common) < len(last) && first[b.common] == last[b.common]; {
		b.common++
	}
	b.prefix = headOf(keys[0][:b.common])
	b.heads, b.ends = make([]uint64, len(keys)), make([]uint32, len(keys))
	size := 0
	for i, key := range keys {
		size += len(key)
		b.heads[i], b.ends[i] = headOf(key[b.common:]), uint32(size)
	}
	b.keys = strings.Join(keys, "")
	return b
}

// headOf returns the first eight bytes of a key as a number that is in their order; what is not
// there is zero.
func headOf[T string | []byte](key T) uint64 {
	var head [8]byte
	copy(head[:], key)
	return binary.BigEndian.Uint64(head[:])
}

func (b *bounds) len() int { return len(b.heads) }

func (b *bounds) key(i int) string {
	if i == 0 {
		return b.keys[:b.ends[0]]
	}
	return b.keys[b.ends[i-1]:b.ends[i]]
}

// count returns how many of the keys are at or below one.
func (b *bounds) count(key []byte) uint32 {
	n := int(b.common)
	switch begins := headOf(key[:min(n, len(key))]); {
	case begins < b.prefix || begins == b.prefix && len(key) < n:
		return 0
	case begins > b.prefix:
		return uint32(len(b.heads))
	}
	head := headOf(key[n:])
	low, high := 0, len(b.heads)
	for low < high {
		middle := int(uint(low+high) / 2)
		if at := b.heads[middle]; at < head || at == head && b.key(middle) <= string(key) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return uint32(low)
}
