package match

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"math"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
)

// WriteTo writes the compiled form, which [Load] opens: what was built, not the view of the
// asking. Equal advisories give equal bytes, in whatever order they were added. A matcher
// that was loaded writes the bytes it was loaded from.
func (m *Matcher) WriteTo(w io.Writer) (int64, error) {
	if m.flat != nil {
		n, err := w.Write(m.flat.data)
		return int64(n), err
	}
	f := &fileWriter{m: m, b: m.body.(*built), texts: newInterner(), known: map[*advisory.Timeline]int{}, numbers: map[*identity]int{},
		entries: map[string]*product.Entry{}, schemes: map[string][]probe{}}
	for _, w := range []*recordsWriter{&f.outcomes, &f.readings, &f.conditions, &f.products} {
		w.known = newHashes()
	}
	if err := f.collect(); err != nil {
		return 0, err
	}
	return f.write(w)
}

// A fileWriter collects the sections.
type fileWriter struct {
	m        *Matcher
	b        *built
	sections [secDocuments][]byte // those for matching
	places   []byte               // the last section: the places of the documents
	packed   [][]byte             // records of the documents, where the matcher does not hold them
	packing  documentPacker
	opening  documentReader
	texts    interner
	outcomes recordsWriter
	readings recordsWriter
	known    map[*advisory.Timeline]int // number of its record, of the document that is written

	conditions, products recordsWriter
	numbers              map[*identity]int // of its record
	entries              map[string]*product.Entry
	schemes              map[string][]probe
}

// collect makes the sections. Documents are opened one by one, and let go with the claims that
// are made of them.
func (f *fileWriter) collect() error {
	var claims, others, sources recordsWriter
	digest, origins := newDocumentsDigest(f.m), f.b.origins
	f.places = binary.LittleEndian.AppendUint32(f.places, uint32(len(f.b.docs)))
	at := 0
	for i := range f.b.docs {
		n := 0
		for n < len(origins) && origins[n].source == int32(i) {
			n++
		}
		err := f.document(i, digest, &claims, origins[:n])
		if err != nil {
			return fmt.Errorf("document %s: %w", f.b.docs[i].front().ID, err)
		}
		origins = origins[n:]
		if i%block == 0 {
			f.places = binary.LittleEndian.AppendUint32(f.places, uint32(at))
		}
		length, record := f.record(nil, i)
		at += len(length) + len(record)
	}
	for i := range f.m.others.body.claimCount() {
		others.add(f.claim(f.m.others.claim(int32(i)), false))
	}
	for i := range f.b.docs {
		sources.add(f.source(f.b.makeSource(int32(i))))
	}
	f.body(secClaims, f.m, &claims)
	f.body(secOther, f.m.others, &others)
	f.sections[secIDs] = f.m.ids
	f.sections[secPatches] = f.graph(f.b.patches)
	f.sections[secMeta] = f.meta(digest.String())
	f.sections[secTexts] = f.texts.data
	for at, w := range map[int]*recordsWriter{secOutcomes: &f.outcomes, secReadings: &f.readings, secConditions: &f.conditions,
		secProducts: &f.products, secSources: &sources} {
		f.sections[at], f.sections[at+1] = w.data, w.table()
	}
	if f.texts.full {
		return errFull
	}
	return nil
}

// document takes a document into the digest, packs it unless it is, and writes its claims.
func (f *fileWriter) document(i int, digest *documentsDigest, claims *recordsWriter, origins []origin) error {
	d := &f.b.docs[i]
	file, text, err := d.text(&f.opening)
	if err != nil {
		return err
	}
	digest.add(file, text)
	if d.doc != nil {
		record, err := f.packing.pack(file, text)
		if err != nil {
			return err
		}
		f.packed = append(f.packed, bytes.Clone(record))
	}
	if len(origins) == 0 {
		return nil
	}
	a := d.doc
	if a == nil {
		if a, err = readOwnForm(file, text); err != nil {
			return err
		}
	}
	t := f.b.tell(a)
	for j := range origins {
		claims.add(f.claim(f.b.claimOf(t, &origins[j]), true))
	}
	clear(f.known)
	return nil
}

// record returns the record of a document, and its length as it stands in front, in dst.
func (f *fileWriter) record(dst []byte, i int) (length, record []byte) {
	if record = f.b.docs[i].record(); f.b.docs[i].doc != nil {
		record = f.packed[i]
	}
	return binary.AppendUvarint(dst, uint64(len(record))), record
}

// body takes the claims of a matcher and its index.
func (f *fileWriter) body(first int, m *Matcher, claims *recordsWriter) {
	copy(f.sections[first:], [][]byte{claims.data, claims.table(), m.index.keys, m.index.at, m.index.slots})
}

// pieces calls visit for all that stands behind the header, piece by piece. The documents, which
// are most of it, are in one place in memory only.
func (f *fileWriter) pieces(visit func(section int, piece []byte)) {
	for i, section := range f.sections {
		visit(i, section)
	}
	var length, record []byte
	for i := range f.b.docs {
		length, record = f.record(length[:0], i)
		visit(secDocuments, length)
		visit(secDocuments, record)
	}
	visit(secDocumentAt, f.places)
}

// write writes the header, which holds lengths and checksums, and the sections behind it.
func (f *fileWriter) write(w io.Writer) (int64, error) {
	header := make([]byte, headerSize)
	copy(header, fileMagic)
	end, ends, sums := uint64(headerSize), [sectionCount]uint64{}, [2]uint32{}
	f.pieces(func(section int, piece []byte) {
		end += uint64(len(piece))
		ends[section] = end
		sum := &sums[0]
		if section >= secDocuments {
			sum = &sums[1]
		}
		*sum = crc32.Update(*sum, castagnoli, piece)
	})
	if end > math.MaxUint32 {
		return 0, fmt.Errorf("compiled form of %d bytes: %w", end, errFull)
	}
	if len(f.b.docs) == 0 {
		ends[secDocuments] = ends[secDocuments-1]
	}
	binary.LittleEndian.PutUint32(header[8:], fileVersion)
	binary.LittleEndian.PutUint32(header[16:], sums[0])
	binary.LittleEndian.PutUint32(header[20:], sums[1])
	binary.LittleEndian.PutUint64(header[24:], end)
	for i := range ends {
		binary.LittleEndian.PutUint64(header[32+8*i:], ends[i])
	}
	binary.LittleEndian.PutUint32(header[12:], crc32.Checksum(header[16:], castagnoli))
	counted := &countingWriter{w: w}
	out := bufio.NewWriterSize(counted, 1<<16)
	_, err := out.Write(header)
	f.pieces(func(_ int, piece []byte) {
		if err == nil {
			_, err = out.Write(piece)
		}
	})
	if err == nil {
		err = out.Flush()
	}
	return counted.n, err
}

// A countingWriter counts what was written.
type countingWriter struct {
	w io.Writer
	n int64
}

func (c *countingWriter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
