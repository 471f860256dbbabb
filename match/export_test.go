package match

import (
	"encoding/binary"
	"hash/crc32"
)

// Reseal makes the checksums of a file fit, so that a test sees what stands behind them.
func Reseal(data []byte) {
	if len(data) < headerSize {
		return
	}
	binary.LittleEndian.PutUint64(data[24:], uint64(len(data)))
	matching := min(max(binary.LittleEndian.Uint64(data[32+8*(secDocuments-1):]), headerSize), uint64(len(data)))
	binary.LittleEndian.PutUint32(data[16:], crc32.Checksum(data[headerSize:matching], castagnoli))
	binary.LittleEndian.PutUint32(data[20:], crc32.Checksum(data[matching:], castagnoli))
	binary.LittleEndian.PutUint32(data[12:], crc32.Checksum(data[16:headerSize], castagnoli))
}

// CountBounds returns how many keys, which are sorted and differ, are at or below one.
func CountBounds(keys []string, key string) int {
	b := newBounds(keys)
	return int(b.count([]byte(key)))
}
