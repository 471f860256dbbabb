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

// Sections are the places of the sections in what TakeApart returns.
var Sections = map[string]int{
	"meta": secMeta, "texts": secTexts, "outcomes": secOutcomes, "readings": secReadings, "conditions": secConditions,
	"products": secProducts, "sources": secSources, "ids": secIDs, "patches": secPatches, "claims": secClaims, "keys": secKeys,
	"key places": secKeyAt, "slots": secSlots, "other claims": secOther, "other keys": secOther + secKeys - secClaims, "documents": secDocuments,
}

// TakeApart returns the sections of a file.
func TakeApart(data []byte) [][]byte {
	var list [][]byte
	from := uint64(headerSize)
	for i := range sectionCount {
		to := binary.LittleEndian.Uint64(data[32+8*i:])
		list = append(list, data[from:to:to])
		from = to
	}
	return list
}

// PutTogether returns a file of sections, with the checksums of it.
func PutTogether(sections [][]byte) []byte {
	data := make([]byte, headerSize)
	copy(data, fileMagic)
	binary.LittleEndian.PutUint32(data[8:], fileVersion)
	for i, s := range sections {
		data = append(data, s...)
		binary.LittleEndian.PutUint64(data[32+8*i:], uint64(len(data)))
	}
	Reseal(data)
	return data
}

// ReadRecords returns the records of a section, whose table is the section behind it.
func ReadRecords(sections [][]byte, section int) [][]byte {
	var list [][]byte
	r := records{sections[section], sections[section+1]}
	for i := range r.len() {
		list = append(list, r.record(i))
	}
	return list
}

// WriteRecords puts records in the place of those of a section.
func WriteRecords(sections [][]byte, section int, list [][]byte) {
	var w recordsWriter
	for _, r := range list {
		w.add(r)
	}
	sections[section], sections[section+1] = w.data, w.table()
}

// ReleaseIn names this library as a program was built with it.
var ReleaseIn = releaseIn
