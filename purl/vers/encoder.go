package vers

// An Encoder builds a key. It is a plain byte slice: every method returns the extended
// slice, as append does, and allocates only when the slice has no room.
//
// The elements sort in this order, whatever follows them:
//
//	pre-release tokens < End < tokens after the release < numbers < text
//
// so that 1.0-rc1 < 1.0 < 1.0-p1 < 1.0.1, with End written once, at the end of the key.
// A scheme may append bytes of its own where its order is another one; it then has to
// keep the contract of [Scheme] by itself.
type Encoder []byte

// The first bytes of the elements.
const (
	tagEnd    = 0x20 // tokens are tagEnd+weight, -31..+31
	tagNumber = 0x40 // plus the count of digits, up to maxShort
	maxShort  = 0x5F
	tagLong   = 0xA0 // plus the count of bytes that hold the count of digits
	tagText   = 0xC0
	top       = 0xFF // above every element; bounds of branches end with it
)

// Line begins a key with the name of its line. The name must not hold a NUL byte; the
// usual line is the empty name.
func (e Encoder) Line(name string) Encoder {
	return append(append(e, name...), 0)
}

// Number appends a decimal number of any size. Leading zeros do not count; anything but
// ASCII digits in the argument breaks the order.
func (e Encoder) Number(digits string) Encoder {
	for len(digits) > 0 && digits[0] == '0' {
		digits = digits[1:]
	}
	n := len(digits)
	if n <= maxShort {
		return append(append(e, tagNumber+byte(n)), digits...)
	}
	width := 0
	for m := n; m > 0; m >>= 8 {
		width++
	}
	e = append(e, tagLong+byte(width))
	for i := width - 1; i >= 0; i-- {
		e = append(e, byte(n>>(8*i)))
	}
	return append(e, digits...)
}

// Token appends a mark that sorts before the end of a version (weight below zero, a
// pre-release) or after it (above zero, a patch level). Weights lie in -31..31 and zero
// is End; values outside are cut to that.
func (e Encoder) Token(weight int) Encoder {
	return append(e, byte(tagEnd+max(-31, min(31, weight))))
}

// Text appends a word that sorts above all numbers and by its bytes. NUL bytes in it
// break the order.
func (e Encoder) Text(word string) Encoder {
	e = append(e, tagText)
	return append(append(e, word...), 0)
}

// End closes a key. What follows in a longer version sorts above it, unless it is a
// pre-release token.
func (e Encoder) End() Encoder { return append(e, tagEnd) }

// Top appends the mark that sorts above every element: the upper bound of a branch.
func (e Encoder) Top() Encoder { return append(e, top) }

// nextNumber appends the number after digits: the upper bound of a branch whose last
// component is digits.
func (e Encoder) nextNumber(digits string) Encoder {
	for len(digits) > 0 && digits[0] == '0' {
		digits = digits[1:]
	}
	nines := len(digits)
	for nines > 0 && digits[nines-1] == '9' {
		nines--
	}
	if nines == 0 { // 99 -> 100, and nothing (zero) -> 1
		return e.Number("1" + zeros(len(digits)))
	}
	e = e.Number(digits)
	number := e[len(e)-len(digits):]
	number[nines-1]++
	for i := nines; i < len(number); i++ {
		number[i] = '0'
	}
	return e
}
