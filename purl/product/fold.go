package product

import "bytes"

// AppendKey appends the folded form of a vendor and product name: "trendmicro/apexcentral".
// Two pairs of names with one key are one product at level Name. What does not count:
//
//   - letter case, accents, blanks, punctuation and marks such as ® (but + and # do: C, C++, C#),
//   - the word "and", and & in its place,
//   - legal forms and soft words behind the vendor (Inc., GmbH, Software, Foundation), see
//     [AppendVendor],
//   - the vendor's name in front of the product ("Trend Micro Apex Central"),
//   - behind the product: an architecture ("(64-bit)"), a language ("en-US"), a platform ("for
//     Windows"), the ending of a file (".app"), the words software, firmware, app, application and
//     series, and the vendor's name again ("Elementor Addons by Livemesh"),
//   - a word in parentheses that only repeats first letters: "Adaptive Security Appliance (ASA)".
//
// A release behind the name is part of the key, after an @: "exchangeserver@2019"; a level of
// updates behind that (Service Pack 1) is not. A vendor that
// is no name (n/a, unknown, -) gives an empty vendor part; such a key equals only others without
// a vendor. It allocates only when dst has no room.
func AppendKey(dst []byte, vendor, product string) []byte {
	start := len(dst)
	dst = AppendVendor(dst, vendor)
	var r reading
	r.split(product)
	from := 0
	for i := 1; i < r.count && len(dst) > start; i++ {
		if bytes.Equal(r.front(i), dst[start:]) {
			from = i
		}
	}
	if by, name := r.behindBy(from); bytes.Equal(name, dst[start:]) {
		r.by = by
	}
	r.read(r.again(from))
	return r.appendKey(append(dst, '/'))
}

// appendKey appends the core and the release.
func (r *reading) appendKey(dst []byte) []byte {
	dst = r.appendCore(dst)
	if r.length > 0 {
		dst = r.appendRelease(append(dst, '@'), false)
	}
	return dst
}

// Key returns AppendKey as a string.
func Key(vendor, product string) string {
	var room [96]byte
	return string(AppendKey(room[:0], vendor, product))
}
