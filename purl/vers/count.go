package vers

import "bytes"

// OtherCount tells whether two keys that an [Encoder] made, with their line parts, seem to count
// versions in different ways, so that their order means nothing: where they first differ, one has
// a number of four digits or more and the other one of one or two (AutoCAD 24.3.61 and 2024,
// Python 3.8.10150 and 3.8.20), or the versions begin with a year and with a number of three
// (IntelliJ IDEA 231.9161 and 2023.1). Zero and a number that is not there fit both. Products that
// changed to years are among them: the keys cannot tell which it is.
func OtherCount(a []byte, b string) bool {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		if i++; a[i-1] == 0 {
			break
		}
	}
	if i == 0 || a[i-1] != 0 { // other lines, or no key
		return false
	}
	for first := true; i < len(a) && i < len(b); first = false {
		if !isShortNumber(a[i]) && !isShortNumber(b[i]) {
			if a[i] != b[i] || a[i] >= tagLong {
				return false
			}
			i++ // the same token
			continue
		}
		if !isShortNumber(a[i]) || !isShortNumber(b[i]) {
			return false
		}
		n, m := int(a[i]-tagNumber), int(b[i]-tagNumber)
		if n == m && i+n < len(a) && i+n < len(b) && string(a[i:i+n+1]) == b[i:i+n+1] {
			i += n + 1
			continue
		}
		low, high := min(n, m), max(n, m)
		if high >= 4 && low == 1 || high >= 4 && low == 2 {
			return true
		}
		year := string(a[min(i+1, len(a)):])
		if m > n {
			year = b[i+1:]
		}
		return first && high == 4 && low == 3 && len(year) >= 4 && (year[:2] == "19" || year[:2] == "20")
	}
	return false
}

// Longer tells whether a key that an [Encoder] made begins with the numbers of another one, one or
// two, and goes on with one more: 9.0.74 begins with 9, 8.0.36 with 8.0, and 9.0 SP1 goes on otherwise.
// Zeros at the end are none where the scheme drops them, so that 9.1 goes on behind 9.0, too.
func Longer(a []byte, b string) bool {
	n := len(a) - 1
	if n < 0 || a[n] != tagEnd || len(b) <= n || b[:n] != string(a[:n]) || !isShortNumber(b[n]) {
		return false
	}
	numbers, i := 0, bytes.IndexByte(a, 0)+1
	for ; 0 < i && i < n; numbers++ {
		if !isShortNumber(a[i]) {
			return false
		}
		i += 1 + int(a[i]-tagNumber)
	}
	return i == n && 0 < numbers && numbers <= 2
}

func isShortNumber(tag byte) bool { return tagNumber <= tag && tag <= tagNumber+maxShort }
