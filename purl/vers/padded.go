package vers

// padded builds keys for schemes that pad the shorter version with zeros although
// something can be below zero: 1.0.0 = 1.0, but 1.0.a < 1.0 and 1.0.0.1 > 1.0. A zero that
// is written then lies below the end of a version when what follows is below zero, and
// above it otherwise. So it is written as a mark that waits for the next item, and marks
// that nothing follows are dropped at the end.
//
// The bytes sort in this order:
//
//	items below zero < marks before such an item < End < marks before others < numbers
//
// Tags of items below zero are under markBelow(tagMark), those above End and under
// tagNumber are free for words that a scheme puts there.
type padded struct {
	key    Encoder
	start  int  // where the marks begin that nothing has followed yet
	mirror bool // marks before an item below zero sort in reverse
}

const (
	tagMark = 0x31      // the least mark
	tagZero = tagNumber // the greatest: a zero is Number of nothing
)

// mark adds something that is equal to nothing.
func (p *padded) mark(tag byte) { p.key = append(p.key, tag) }

// number adds a number.
func (p *padded) number(digits string) {
	if isZero(digits) {
		p.mark(tagZero)
		return
	}
	p.key = p.key.Number(digits)
	p.start = len(p.key)
}

// word adds a word with its tag; below tells that it is below zero. The text must not hold
// a NUL byte.
func (p *padded) word(tag byte, text string, below bool) {
	p.tag(tag, below)
	p.key = append(append(p.key, text...), 0)
	p.start = len(p.key)
}

// tag adds an item that is one byte.
func (p *padded) tag(tag byte, below bool) {
	if below {
		for i := p.start; i < len(p.key); i++ {
			p.key[i] = p.markBelow(p.key[i])
		}
	}
	p.key = append(p.key, tag)
	p.start = len(p.key)
}

// markBelow returns the mark as it is in front of an item below zero. What is no mark stays.
func (p *padded) markBelow(tag byte) byte {
	if tag < tagMark || tag > tagZero {
		return tag
	}
	if p.mirror {
		return tagZero + 0x10 - tag
	}
	return tag - 0x28
}

// dropMarks forgets the marks that nothing followed.
func (p *padded) dropMarks() { p.key = p.key[:p.start] }

// end returns the finished key.
func (p *padded) end() Encoder { return p.key[:p.start].End() }

// bounds returns the ends of the interval of all keys that begin with the items of p, the
// marks at its end included: from the lowest that can follow to the highest. What p wrote
// begins at from.
func (p *padded) bounds(hi Encoder, from int) (Encoder, Encoder) {
	hi = Encoder(append(hi, p.key[from:]...)).Top()
	for i := p.start; i < len(p.key); i++ {
		p.key[i] = p.markBelow(p.key[i])
	}
	return p.key, hi
}
