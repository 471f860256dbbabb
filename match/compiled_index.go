package match

import (
	"bytes"
	"encoding/binary"
	"iter"
	"math/bits"
	"slices"

	"github.com/affected-go/affected/purl/product"
)

// hashOf is the hash of a key. It multiplies (Knuth, The Art of Computer Programming 6.4: by 2^64
// over the golden ratio) and takes eight bytes at a time, because every question hashes a key or
// two. The place of a key in the file hangs on it, so that it is fixed.
func hashOf[T string | []byte](key T) uint32 {
	const golden = 0x9e3779b97f4a7c15
	h := uint64(len(key))
	for ; len(key) >= 8; key = key[8:] {
		h = (h ^ word(key)) * golden
		h ^= h >> 32 // the high bits, which hang on all others, reach the low ones
	}
	rest := uint64(0)
	for i := range len(key) {
		rest = rest<<8 | uint64(key[i])
	}
	return uint32((h ^ rest) * golden >> 32)
}

// word is the number in the first eight bytes of a key, which the compiler reads at once.
func word[T string | []byte](key T) uint64 {
	return uint64(key[0]) | uint64(key[1])<<8 | uint64(key[2])<<16 | uint64(key[3])<<24 |
		uint64(key[4])<<32 | uint64(key[5])<<40 | uint64(key[6])<<48 | uint64(key[7])<<56
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
	_, postings, ok = x.search(key)
	return postings, ok
}

// search returns the number of a key and its postings.
func (x *flatIndex) search(key []byte) (number int, postings []byte, ok bool) {
	for n := range x.numbers(hashOf(key)) {
		if have, postings, ok := x.entry(n); ok && bytes.Equal(have, key) {
			return n, postings, true
		}
	}
	return 0, nil, false
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

// A post is a claim with its level, or a vulnerability, that a key of an index leads to.
type post struct {
	key   int32
	value uint32
}

// An indexWriter collects the keys of an index and what they lead to.
type indexWriter struct {
	texts interner
	posts [][]post // in runs, so that none is copied when there are more
	buf   []byte
}

// maxRun is how many posts a run has room for, but for the first ones.
const maxRun = 1 << 14

// key returns the number of a key for now.
func (w *indexWriter) key(kind byte, text []byte) int32 {
	w.buf = append(append(w.buf[:0], kind), text...)
	return w.texts.add(w.buf)
}

func (w *indexWriter) post(key int32, value uint32) {
	n := len(w.posts)
	if n == 0 || len(w.posts[n-1]) == cap(w.posts[n-1]) {
		w.posts = append(w.posts, make([]post, 0, min(maxRun, 64<<min(n, 8))))
		n++
	}
	w.posts[n-1] = append(w.posts[n-1], post{key, value})
}

// lists sorts what the keys lead to: values[starts[k]:starts[k+1]] is for key k. The writer
// does not hold it any more.
func (w *indexWriter) lists() (values, starts []uint32) {
	n := 0
	starts = make([]uint32, len(w.texts.ends)+2) // one place further, while they are filled
	for _, run := range w.posts {
		n += len(run)
		for _, p := range run {
			starts[p.key+2]++
		}
	}
	for k := 2; k < len(starts); k++ {
		starts[k] += starts[k-1]
	}
	values = make([]uint32, n)
	for _, run := range w.posts {
		for _, p := range run {
			values[starts[p.key+1]] = p.value
			starts[p.key+1]++
		}
	}
	w.posts, starts = nil, starts[:len(w.texts.ends)+1]
	for k := range w.texts.ends {
		slices.Sort(values[starts[k]:starts[k+1]])
	}
	return values, starts
}

// appendPostings appends what a key leads to, each once.
func appendPostings(dst []byte, list []uint32) []byte {
	last := uint32(0)
	for i, p := range list {
		if i == 0 || p != last {
			dst = binary.AppendUvarint(dst, uint64(p-last))
			last = p
		}
	}
	return dst
}

// finish makes the index: keys with the postings of claims, ids with their vulnerabilities, and
// vendors. numbers leads from the numbers of the keys for now to those that they have. The
// writer is of no use afterwards.
func (w *indexWriter) finish() (x flatIndex, numbers []int32) {
	w.texts.known = nil
	values, starts := w.lists()
	order := make([]int32, len(w.texts.ends))
	numbers = make([]int32, len(order))
	var key, postings []byte
	length := 0
	for i := range order {
		order[i] = int32(i)
		postings = appendPostings(postings[:0], values[starts[i]:starts[i+1]])
		key = appendRecord(appendRecord(key[:0], w.texts.text(int32(i))), postings)
		length += len(key)
	}
	slices.SortFunc(order, func(a, b int32) int { return bytes.Compare(w.texts.text(a), w.texts.text(b)) })
	size := len(order)*5/4 + 1
	x = flatIndex{keys: make([]byte, 0, length), at: make([]byte, 0, (len(order)+few-1)/few*4), slots: make([]byte, 4*size)}
	low := numberBits(size)
	for i, k := range order {
		numbers[k] = int32(i)
		if i%few == 0 {
			x.at = binary.LittleEndian.AppendUint32(x.at, uint32(len(x.keys)))
		}
		key, postings = w.texts.text(k), appendPostings(postings[:0], values[starts[k]:starts[k+1]])
		x.keys = appendRecord(appendRecord(x.keys, key), postings)
		hash := hashOf(key)
		at := hash % uint32(size)
		for binary.LittleEndian.Uint32(x.slots[4*at:]) != 0 {
			at = (at + 1) % uint32(size)
		}
		binary.LittleEndian.PutUint32(x.slots[4*at:], hash>>low<<low|uint32(i+1))
	}
	return x, numbers
}

// levelBits is how many bits of a posting hold its level.
const levelBits = 3

// eachPosting calls visit for the claims that a key of the index leads to.
func (m *Matcher) eachPosting(key []byte, visit func(claim int32, level product.Level)) {
	claims := uint64(m.body.claimCount())
	list, _ := m.index.find(key)
	for p, rest := nextPosting(0, list); rest != nil; p, rest = nextPosting(p, rest) {
		visit(int32(min(p>>levelBits, claims)), product.Level(p&(1<<levelBits-1))) // behind the last is one that cannot be read
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
	s.probe = append(append(s.probe[:0], byID), id...)
	list, _ := m.index.find(s.probe)
	for v, rest := nextPosting(0, list); rest != nil; v, rest = nextPosting(v, rest) {
		if v < uint64(m.idCount()) {
			dst = append(dst, int32(v))
		} else {
			dst = append(dst, anyAbout)
		}
	}
	return dst
}

// speaksAbout tells whether a source speaks about a vendor.
func (m *Matcher) speaksAbout(vendor string) bool {
	_, ok := m.index.find(append([]byte{byVendor}, vendor...))
	return ok
}
