package match

import (
	"bytes"
	"hash/maphash"
	"math"
)

// A hashes finds texts that somebody else holds, by their hashes. It takes much less room than a
// map of texts.
type hashes struct {
	seed    maphash.Seed
	numbers map[uint64]int32 // under the next hash where another text has it
}

func newHashes() *hashes { return &hashes{seed: maphash.MakeSeed(), numbers: map[uint64]int32{}} }

// look returns the number of a text among all, and the hash under which it is, or is to be.
func (h *hashes) look(all interface{ text(n int32) []byte }, text []byte) (n int32, hash uint64, ok bool) {
	for hash = maphash.Bytes(h.seed, text); ; hash++ {
		if n, ok = h.numbers[hash]; !ok || bytes.Equal(all.text(n), text) {
			return n, hash, ok
		}
	}
}

// An interner holds each text once, numbered in the order in which they came.
type interner struct {
	data  []byte // one behind the other
	ends  []uint32
	known *hashes
	full  bool // there was no room for a text: the numbers are of no use
	buf   []byte
}

func newInterner() interner { return interner{known: newHashes()} }

// from returns where a text begins.
func (t *interner) from(n int32) uint32 {
	if n == 0 {
		return 0
	}
	return t.ends[n-1]
}

// text returns a text by its number.
func (t *interner) text(n int32) []byte { return t.data[t.from(n):t.ends[n]] }

// find returns the number of a text.
func (t *interner) find(text []byte) (n int32, ok bool) {
	n, _, ok = t.known.look(t, text)
	return n, ok
}

// add returns the number of a text, which it takes in when it is new.
func (t *interner) add(text []byte) int32 {
	n, hash, ok := t.known.look(t, text)
	switch {
	case ok:
		return n
	case len(t.data)+len(text) > math.MaxUint32 || len(t.ends) == math.MaxInt32:
		t.full = true
		return 0
	}
	n = int32(len(t.ends))
	t.known.numbers[hash] = n
	t.data = append(t.data, text...)
	t.ends = append(t.ends, uint32(len(t.data)))
	return n
}

func (t *interner) addString(text string) int32 {
	t.buf = append(t.buf[:0], text...)
	return t.add(t.buf)
}
