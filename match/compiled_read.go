package match

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"strings"

	"github.com/affected-go/affected/advisory"
)

// Load opens a compiled matcher. The bytes are borrowed and never written: they may be those
// of go:embed or of a mapped file, and have to stay as long as the matcher is asked. What a
// finding holds are copies, which outlive them.
//
// Load checks the checksum of all that decisions need, and that the schemes and catalog
// entries that were used still say what they said (ErrStale). A catalog with further entries,
// names or denials may be given; the checksum of the documents is checked by
// [Matcher.Verify]. Bytes that are no compiled form, or damaged, are ErrFile; those of
// another version of the form ErrVersion.
func Load(data []byte, opt Options) (*Matcher, error) {
	b := NewBuilder(opt)
	f := &flatFile{data: data}
	if err := f.open(); err != nil {
		return nil, err
	}
	m := b.empty()
	f.m, f.others = m, m.others
	m.flat, m.ids = f.body(m, secClaims), f.sections[secIDs]
	m.names.resize(m.idCount())
	m.sources.resize(f.sources.len())
	m.merged.made.resize(m.index.len())
	m.others.flat = f.body(m.others, secOther)
	if err := f.checkMeta(); err != nil {
		return nil, err
	}
	return m, nil
}

// Verify checks the whole file that a matcher was loaded from, the documents included. It is
// nil for a matcher that was built.
func (m *Matcher) Verify() error {
	if m.flat == nil {
		return nil
	}
	data := m.flat.data
	from := binary.LittleEndian.Uint64(data[32+8*(secDocuments-1):])
	if crc32.Checksum(data[from:], castagnoli) != binary.LittleEndian.Uint32(data[20:]) {
		return fmt.Errorf("%w: checksum of the documents", ErrFile)
	}
	return (&flatFile{data: data}).open()
}

// A flatFile is a compiled form and what was read of it so far.
type flatFile struct {
	data      []byte
	sections  [sectionCount][]byte
	m, others *Matcher

	outcomes  records
	answers   table[advisory.Outcome]
	readings  records
	lines     table[advisory.Timeline]
	wheres    records
	rules     table[compiledWhere]
	products  records
	things    table[identity]
	sources   records
	documents records
	docs      table[advisory.Advisory]
	patches   table[patchGraph]
}

// A flatBody is the part of a file that one matcher answers from.
type flatBody struct {
	*flatFile
	claims records
	main   bool // of the installed products, not of those of conditions
}

// open checks the header and finds the sections.
func (f *flatFile) open() error {
	data := f.data
	switch {
	case len(data) < headerSize || string(data[:8]) != fileMagic:
		return fmt.Errorf("%w: no header", ErrFile)
	case binary.LittleEndian.Uint32(data[8:]) != fileVersion:
		return fmt.Errorf("%w: %d, this library reads %d", ErrVersion, binary.LittleEndian.Uint32(data[8:]), fileVersion)
	case crc32.Checksum(data[16:headerSize], castagnoli) != binary.LittleEndian.Uint32(data[12:]):
		return fmt.Errorf("%w: checksum of the header", ErrFile)
	case binary.LittleEndian.Uint64(data[24:]) != uint64(len(data)):
		return fmt.Errorf("%w: %d bytes instead of %d", ErrFile, len(data), binary.LittleEndian.Uint64(data[24:]))
	}
	from := uint64(headerSize)
	for i := range f.sections {
		to := binary.LittleEndian.Uint64(data[32+8*i:])
		if to < from || to > uint64(len(data)) {
			return fmt.Errorf("%w: section %d", ErrFile, i)
		}
		f.sections[i] = data[from:to:to]
		if i == secDocuments-1 && crc32.Checksum(data[headerSize:to], castagnoli) != binary.LittleEndian.Uint32(data[16:]) {
			return fmt.Errorf("%w: checksum", ErrFile)
		}
		from = to
	}
	at := func(i int) records { return records{f.sections[i], f.sections[i+1]} }
	f.outcomes, f.readings, f.wheres, f.products = at(secOutcomes), at(secReadings), at(secConditions), at(secProducts)
	f.sources, f.documents = at(secSources), at(secDocuments)
	f.answers.resize(f.outcomes.len())
	f.lines.resize(f.readings.len())
	f.rules.resize(f.wheres.len())
	f.things.resize(f.products.len())
	f.docs.resize(f.documents.len())
	f.patches.resize(1)
	return nil
}

// body makes a part of a file the body of a matcher.
func (f *flatFile) body(m *Matcher, first int) *flatBody {
	s := f.sections[first:]
	b := &flatBody{flatFile: f, claims: records{s[0], s[1]}, main: m == f.m}
	m.body, m.index = b, flatIndex{s[2], s[3], s[4]}
	m.made.resize(b.claims.len())
	return b
}

func (f *flatFile) unpacker(record []byte) unpacker {
	return unpacker{buf: record, texts: f.sections[secTexts], bad: record == nil}
}

// checkMeta compares what the file was built with to what is there.
func (f *flatFile) checkMeta() error {
	record, texts := cut(f.sections[secMeta])
	u := unpacker{buf: record, texts: texts, copy: string(texts), bad: record == nil}
	same := u.text() == f.m.catalog.Digest()
	digest := strings.Clone(u.text())
	f.m.digest = func() string { return digest }
	flags := u.byte()
	f.m.patterns, f.others.patterns = flags&1 != 0, flags&2 != 0
	for range u.count() {
		key, hash := u.text(), u.uint()
		if same {
			continue
		}
		if e, ok := f.m.catalog.Entry(key); !ok || entryHash(e) != hash {
			return fmt.Errorf("%w: catalog entry %s", ErrStale, key)
		}
	}
	var key []byte
	for range u.count() {
		name := u.text()
		scheme, ok := f.m.schemes.Lookup(name)
		if !ok {
			return fmt.Errorf("%w: there is no scheme %s", ErrStale, name)
		}
		for range u.count() {
			version, want := u.text(), u.text()
			var err error
			if key, _, err = f.m.schemes.AppendKey(key[:0], scheme, version); err != nil || string(key) != want {
				return fmt.Errorf("%w: scheme %s reads %s in another way", ErrStale, name, version)
			}
		}
	}
	if u.bad {
		return fmt.Errorf("%w: meta", ErrFile)
	}
	return nil
}

// A compiledWhere is a condition that was read, with what its leaves need.
type compiledWhere struct {
	advisory.Condition
	leaves map[*advisory.Condition]*leaf
}

// damaged is the timeline of a claim that a damaged file does not tell: nothing is cleared by it.
func damaged() *advisory.Timeline {
	const rule = "the compiled form is damaged"
	return advisory.NewTimeline(advisory.TimelineData{Other: advisory.Outcome{Status: advisory.Unknown, Reason: advisory.BadRange,
		Possible: advisory.SetOf(advisory.Affected, advisory.NotAffected, advisory.Fixed), Span: -1, Rule: rule}}, nil, nil, nil)
}
