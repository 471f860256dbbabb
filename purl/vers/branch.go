package vers

// A branch collects the numbers that all versions of a branch begin with and writes the
// bounds of it, for schemes in which trailing zeros are equal. 6.0 is the interval from 6
// (its pre-releases included) to below 6.1: a prefix of the text, but not of the key.
type branch struct {
	numbers [16]string
	count   int
}

// add appends a number; what goes beyond the capacity is dropped, which only makes the
// branch wider.
func (b *branch) add(number string) {
	if b.count < len(b.numbers) {
		b.numbers[b.count] = number
		b.count++
	}
}

// bounds appends the two ends of the branch to encoders that hold the line part.
func (b *branch) bounds(lo, hi Encoder) (Encoder, Encoder) {
	if b.count == 0 {
		return lo, hi.Top()
	}
	last := b.count - 1
	for _, number := range b.numbers[:last] {
		hi = hi.Number(number)
	}
	hi = hi.nextNumber(b.numbers[last])
	end := b.count
	for end > 0 && isZero(b.numbers[end-1]) {
		end--
	}
	for _, number := range b.numbers[:end] {
		lo = lo.Number(number)
	}
	return lo, hi
}
