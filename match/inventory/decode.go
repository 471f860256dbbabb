package inventory

import (
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// A decoder turns what programs save into UTF-8: UTF-8 with or without a byte order mark,
// UTF-16 with or without one (PowerShell, registry exports, "Unicode text" of
// spreadsheets), or an old code page. Bytes that are no UTF-8 are read as Windows-1252, which
// is what Western European Windows wrote, and ISO 8859-1 but for characters that no name has.
type decoder struct {
	r     io.Reader
	order order
	in    []byte // read and not decoded
	out   []byte // decoded and not taken
	store []byte // memory of out
	err   error
	begun bool
}

type order uint8

const (
	asUTF8 order = iota
	littleEndian
	bigEndian
)

const decodeChunk = 32 << 10

func newDecoder(r io.Reader) *decoder { return &decoder{r: r} }

// Read implements io.Reader.
func (d *decoder) Read(p []byte) (int, error) {
	for empty := 0; len(d.out) == 0 && d.err == nil; empty++ {
		if empty > 100 {
			return 0, io.ErrNoProgress
		}
		d.fill()
	}
	n := copy(p, d.out)
	if d.out = d.out[n:]; n == 0 && len(p) > 0 {
		return 0, d.err
	}
	return n, nil
}

// fill reads once and decodes what is complete.
func (d *decoder) fill() {
	buf := make([]byte, decodeChunk)
	n, err := d.r.Read(buf)
	d.in, d.err = append(d.in, buf[:n]...), err
	if !d.begun {
		if len(d.in) < 4 && err == nil {
			return
		}
		d.begin()
	}
	switch d.order {
	case littleEndian:
		d.wide(0)
	case bigEndian:
		d.wide(1)
	default:
		d.narrow()
	}
}

// begin tells the encoding from the first bytes. A text begins with an ASCII character.
func (d *decoder) begin() {
	d.begun = true
	in := d.in
	switch {
	case len(in) >= 2 && in[0] == 0xff && in[1] == 0xfe:
		d.order, d.in = littleEndian, in[2:]
	case len(in) >= 2 && in[0] == 0xfe && in[1] == 0xff:
		d.order, d.in = bigEndian, in[2:]
	case len(in) >= 3 && string(in[:3]) == "\xef\xbb\xbf":
		d.in = in[3:]
	case len(in) > 3 && in[0] != 0 && in[1] == 0 && in[2] != 0 && in[3] == 0:
		d.order = littleEndian
	case len(in) > 3 && in[0] == 0 && in[1] != 0 && in[2] == 0 && in[3] != 0:
		d.order = bigEndian
	}
}

// narrow decodes UTF-8 and, where it is none, Windows-1252.
func (d *decoder) narrow() {
	if utf8.Valid(d.in) {
		d.out, d.in = d.in, nil
		return
	}
	d.store = d.store[:0]
	rest := d.in
	for len(rest) > 0 {
		r, size := utf8.DecodeRune(rest)
		if r == utf8.RuneError && size == 1 {
			if !utf8.FullRune(rest) && d.err == nil {
				break // the rest of the character is still to come
			}
			r = windows1252(rest[0])
		}
		d.store, rest = utf8.AppendRune(d.store, r), rest[size:]
	}
	d.in, d.out = append([]byte(nil), rest...), d.store
}

// wide decodes UTF-16 in which the byte at low, 0 or 1, is the lower one of each pair.
func (d *decoder) wide(low int) {
	d.store = d.store[:0]
	rest := d.in
	unit := func(at int) rune { return rune(rest[at+low]) | rune(rest[at+1-low])<<8 }
	for len(rest) >= 2 {
		r, size := unit(0), 2
		if utf16.IsSurrogate(r) {
			if len(rest) < 4 && d.err == nil {
				break
			}
			pair := rune(utf8.RuneError)
			if len(rest) >= 4 {
				pair = utf16.DecodeRune(r, unit(2))
			}
			if r = pair; r != utf8.RuneError {
				size = 4
			}
		}
		d.store, rest = utf8.AppendRune(d.store, r), rest[size:]
	}
	if len(rest) == 1 && d.err != nil {
		d.store, rest = utf8.AppendRune(d.store, utf8.RuneError), nil
	}
	d.in, d.out = append([]byte(nil), rest...), d.store
}

// windows1252 returns the character of a byte. Five of them have none there and are control
// characters, as in ISO 8859-1.
func windows1252(b byte) rune {
	if b >= 0x80 && b < 0xa0 {
		return high1252[b-0x80]
	}
	return rune(b)
}

var high1252 = [32]rune{
	0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d, 0x017d, 0x8f,
	0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178,
}
