package match

import (
	"bytes"
	"hash/maphash"
	"math"
)

// An interner holds each text once, numbered in the order in which they came. It takes little
// more room than the texts.
type interner struct {
	data   []byte // one behind the other
	ends   []uint32
	seed   maphash.Seed
	byHash map[uint64]int32 // the next hash where another text has it
	full   bool             // there was no room for a text: the numbers are of no use
}

func newInterner() interner { return interner{seed: maphash.MakeSeed(), byHash: map[uint64]int32{}} }

// len is how many texts there are.
func (t *interner) len() int32 { return int32(len(t.ends)) }

// text returns a text by its number.
func (t *interner) text(n int32) []byte {
	from := uint32(0)
	if n > 0 {
		from = t.ends[n-1]
	}
	return t.data[from:t.ends[n]]
}

// find returns the number of a text.
func (t *interner) find(text []byte) (n int32, ok bool) {
	n, _, ok = t.look(text)
	return n, ok
}

func (t *interner) look(text []byte) (n int32, hash uint64, ok bool) {
	for hash = maphash.Bytes(t.seed, text); ; hash++ {
		if n, ok = t.byHash[hash]; !ok || bytes.Equal(t.text(n), text) {
			return n, hash, ok
		}
	}
}

// add returns the number of a text, which it takes in when it is new.
func (t *interner) add(text []byte) int32 {
	n, hash, ok := t.look(text)
	switch {
	case ok:
		return n
	case len(t.data)+len(text) > math.MaxUint32 || len(t.ends) == math.MaxInt32:
		t.full = true
		return 0
	}
	n = int32(len(t.ends))
	t.byHash[hash] = n
	t.data = append(t.data, text...)
	t.ends = append(t.ends, uint32(len(t.data)))
	return n
}
