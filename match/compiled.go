package match

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
)

// The compiled form of a matcher, which [Matcher.WriteTo] writes and [Load] opens.
//
// It is flat and little endian: a header, then sections one behind the other. Those for
// matching come first and have a checksum of their own; that with the documents, which only
// evidence asks for, is last. Records have any length and are found through tables of
// offsets; texts stand once in one section and are named by place and length. Nothing is
// decoded when a file is opened: a record is when it is first asked for, and stays.
//
//	section     holds
//	meta        what the file was built with: digests of the catalog and of the documents,
//	            entries, schemes with probes, and the texts of these, see checkMeta
//	texts       all texts of the records
//	outcomes    answers of timelines, each once
//	readings    what a statement says about versions, each once, see readReading
//	conditions  conditions, each once
//	products    what a product is identified by, each once
//	sources     what decisions need of documents
//	claims      one record for each claim
//	keys        the keys of the index in their order, an identifier with its kind in front, each
//	            with its postings: claims with their level, or vulnerabilities, each as the
//	            distance to the last
//	slots       a hash table: the number of a key plus one with some bits of its hash above, and 0
//	            for none
//	ids         for each vulnerability the number of the key that is its id
//	patches     which patch replaces which, one record
//	other...    the claims and index of the matcher that holds the products of conditions
//	documents   the documents in the library's own JSON form, compressed one by one
const (
	fileMagic   = "AFFECTED"
	fileVersion = 3
)

// The sections, in their order. Records are followed by the ends of each.
const (
	secMeta = iota
	secTexts
	secOutcomes
	secOutcomeAt
	secReadings
	secReadingAt
	secConditions
	secConditionAt
	secProducts
	secProductAt
	secSources
	secSourceAt
	secIDs
	secPatches
	secClaims // the first of a body
	secClaimAt
	secKeys
	secKeyAt
	secSlots
	secOther      // the same of the other body
	secDocuments  = secOther + secIndexEnd - secClaims
	secDocumentAt = secDocuments + 1
	sectionCount  = secDocumentAt + 1
	secIndexEnd   = secSlots + 1
)

// headerSize is the length of the header: magic, version, checksums of the header, of the
// sections for matching and of the documents, length of the file, and the ends of the
// sections.
const headerSize = 8 + 4 + 4 + 4 + 4 + 8 + 8*sectionCount

// What can be wrong with a file.
var (
	// ErrFile marks bytes that are no compiled matcher, or a damaged one.
	ErrFile = errors.New("no compiled matcher")
	// ErrVersion marks a file of another version of the form.
	ErrVersion = errors.New("compiled matcher of another version")
	// ErrStale marks a file that was built with other rules: a scheme orders versions in
	// another way, or a catalog entry that was used says something else.
	ErrStale = errors.New("compiled matcher is stale")
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// A packer writes one record.
type packer struct {
	buf   []byte
	texts *interner
}

func (p *packer) uint(v uint64) { p.buf = binary.AppendUvarint(p.buf, v) }
func (p *packer) int(v int64)   { p.buf = binary.AppendVarint(p.buf, v) }
func (p *packer) byte(v byte)   { p.buf = append(p.buf, v) }
func (p *packer) count(n int)   { p.uint(uint64(n)) }

// text writes the length of a text and, unless it is empty, where it stands.
func (p *packer) text(s string) {
	p.count(len(s))
	if s != "" {
		p.count(int(p.texts.from(p.texts.addString(s))))
	}
}

func (p *packer) list(l []string) {
	p.count(len(l))
	for _, s := range l {
		p.text(s)
	}
}

func (p *packer) flags(list ...bool) {
	var b byte
	for i, f := range list {
		if f {
			b |= 1 << i
		}
	}
	p.byte(b)
}

// An unpacker reads one record. What does not fit makes it bad, and all that follows zero. A claim
// that cannot be read, or leads to what cannot, is lost: it may be about all that its identifiers and
// the question ask for, and lets no answer through but that it may be affected (see decideOnce).
// The index is trusted: a key that is not there was never said.
type unpacker struct {
	buf   []byte
	texts []byte
	copy  string // of texts, "" where each text is copied by itself
	bad   bool
}

func (u *unpacker) uint() uint64 {
	v, n := binary.Uvarint(u.buf)
	if n <= 0 {
		u.fail()
		return 0
	}
	u.buf = u.buf[n:]
	return v
}

func (u *unpacker) int() int64 {
	v, n := binary.Varint(u.buf)
	if n <= 0 {
		u.fail()
		return 0
	}
	u.buf = u.buf[n:]
	return v
}

func (u *unpacker) byte() byte {
	if len(u.buf) == 0 {
		u.fail()
		return 0
	}
	b := u.buf[0]
	u.buf = u.buf[1:]
	return b
}

// text returns a copy, so that what was read outlives the bytes.
func (u *unpacker) text() string {
	n := u.uint()
	if n == 0 {
		return ""
	}
	at := u.uint()
	switch {
	case at > uint64(len(u.texts)) || n > uint64(len(u.texts))-at:
		u.fail()
		return ""
	case u.copy != "":
		return u.copy[at : at+n]
	}
	return string(u.texts[at : at+n])
}

// count reads how many items follow. Each takes a byte at least.
func (u *unpacker) count() int {
	n := u.uint()
	if n > uint64(len(u.buf)) {
		u.fail()
		return 0
	}
	return int(n)
}

func (u *unpacker) list() []string {
	var l []string
	for range u.count() {
		l = append(l, u.text())
	}
	return l
}

// below reads a number that has to be smaller than n.
func (u *unpacker) below(n int) int {
	v := u.uint()
	if v >= uint64(max(n, 0)) {
		u.fail()
		return 0
	}
	return int(v)
}

func (u *unpacker) fail() { u.bad, u.buf = true, nil }

// block is how many records lie between two places that a table of offsets knows.
const block = 16

// A records is a section of records, each with its length in front, and the table of where each
// block of them begins, behind their number.
type records struct{ data, at []byte }

func (r records) len() int {
	if len(r.at) < 4 {
		return 0
	}
	n := int(binary.LittleEndian.Uint32(r.at))
	if (n+block-1)/block != len(r.at)/4-1 {
		return 0
	}
	return n
}

// record returns one record, nil when it is not there.
func (r records) record(i int) []byte {
	if i < 0 || i >= r.len() {
		return nil
	}
	from := uint64(binary.LittleEndian.Uint32(r.at[4+4*(i/block):]))
	if from > uint64(len(r.data)) {
		return nil
	}
	rest, found := r.data[from:], []byte(nil)
	for range i%block + 1 {
		if found, rest = cut(rest); found == nil {
			return nil
		}
	}
	return found
}

// cut returns the bytes behind their length, and what follows; nil when there are less.
func cut(data []byte) (found, rest []byte) {
	size, n := binary.Uvarint(data)
	if n <= 0 || size > uint64(len(data)-n) {
		return nil, nil
	}
	end := n + int(size)
	return data[n:end:end], data[end:]
}

// appendRecord appends bytes behind their length, as cut takes them off.
func appendRecord[T string | []byte](dst []byte, record T) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(record))), record...)
}

// A recordsWriter collects records; equal ones are one where wanted.
type recordsWriter struct {
	data, at []byte
	known    *hashes // nil where each is one of its own
	n        int
}

// text returns a record by its number.
func (w *recordsWriter) text(n int32) []byte {
	rest, found := w.data[binary.LittleEndian.Uint32(w.at[4*(n/block):]):], []byte(nil)
	for range n%block + 1 {
		found, rest = cut(rest)
	}
	return found
}

func (w *recordsWriter) add(record []byte) int {
	if w.known != nil {
		i, hash, ok := w.known.look(w, record)
		if ok {
			return int(i)
		}
		w.known.numbers[hash] = int32(w.n)
	}
	if w.n%block == 0 {
		w.at = binary.LittleEndian.AppendUint32(w.at, uint32(len(w.data)))
	}
	w.data = appendRecord(w.data, record)
	w.n++
	return w.n - 1
}

// table returns the table of offsets.
func (w *recordsWriter) table() []byte {
	return append(binary.LittleEndian.AppendUint32(nil, uint32(w.n)), w.at...)
}
