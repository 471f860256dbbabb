package match_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl/vers"
)

// Files that no writer of this library wrote, with checksums that fit.

// contested is documents of which each is contradicted, outranked or withdrawn: whatever is lost
// of one of them, the others alone would say something else.
func contested() []*advisory.Advisory {
	docs := variety()
	for i, status := range []advisory.Status{advisory.NotAffected, advisory.Fixed} {
		for _, a := range variety() {
			a.ID, a.Publisher.Name, a.Publisher.Rank = fmt.Sprintf("%s-%d", a.ID, i), "other", advisory.Rank(i)*advisory.RankOperator
			for j := range a.Statements {
				for k := range a.Statements[j].Spans {
					a.Statements[j].Spans[k].Status = status
				}
			}
			docs = append(docs, a)
		}
	}
	return docs
}

// answers are those of a matcher about each installation and each id that is asked for, by Check and
// by Append.
func answers(m *match.Matcher) []match.Verdict {
	var list []match.Verdict
	for _, in := range installed() {
		found := map[string]match.Verdict{}
		for f := range m.Findings(in) {
			found[f.Vulnerability] = f.Verdict
		}
		for _, id := range asked[:2] {
			v, ok := found[id]
			if lost, some := found[""]; some && (!ok || !v.MayBeAffected()) { // about any id
				v = lost
			}
			list = append(list, m.Check(in, id), v)
		}
	}
	return list
}

// assertCautious: a damaged file gives the answers of the whole one, or such as hide nothing.
func assertCautious(t *testing.T, sections [][]byte, want []match.Verdict, what string, args ...any) {
	t.Helper()
	m, err := match.Load(match.PutTogether(sections), match.Options{})
	require.NoError(t, err, what, args)
	for i, v := range answers(m) {
		same := v.Status == want[i].Status && v.Reason == want[i].Reason
		assert.True(t, same || v.MayBeAffected(), "%s: question %d: %s instead of %s", fmt.Sprintf(what, args...), i, v, want[i])
	}
}

// recordSections are those whose records are read one by one.
var recordSections = []string{"outcomes", "readings", "conditions", "products", "sources", "claims", "other claims"}

// TestLostRecords: records that end before their time, are not there, or are somewhere else, never
// make an answer clear, another clear one, or silence.
func TestLostRecords(t *testing.T) {
	lost := func(name string, docs []*advisory.Advisory, some func(i int) bool) {
		_, data := compiledForm(t, docs)
		require.Equal(t, data, match.PutTogether(match.TakeApart(data)))
		whole, err := match.Load(data, match.Options{})
		require.NoError(t, err)
		want, tries := answers(whole), 0
		try := func(what string, n int, change func(parts [][]byte)) {
			if tries++; some(tries) {
				parts := match.TakeApart(data)
				change(parts)
				assertCautious(t, parts, want, "%s: %d %s", name, n, what)
			}
		}
		for _, section := range recordSections {
			at := match.Sections[section]
			list := match.ReadRecords(match.TakeApart(data), at)
			for i, record := range list {
				for n := range record {
					try("bytes of a record of "+section, n, func(parts [][]byte) {
						match.WriteRecords(parts, at, slices.Concat(list[:i], [][]byte{record[:n]}, list[i+1:]))
					})
				}
				try(section, i, func(parts [][]byte) { match.WriteRecords(parts, at, list[:i]) })
			}
		}
		for n := range len(match.TakeApart(data)[match.Sections["ids"]]) / 4 {
			try("ids", n, func(parts [][]byte) { cut(parts, "ids", 4*n) })
		}
		for n := range match.TakeApart(data)[match.Sections["patches"]] {
			try("bytes of the patches", n, func(parts [][]byte) { cut(parts, "patches", n) })
		}
	}
	lost("variety", variety(), func(int) bool { return true })
	lost("contested", contested(), func(i int) bool { return !testing.Short() || i%17 == 0 })
}

// cut leaves the first bytes of a section.
func cut(parts [][]byte, section string, n int) {
	at := match.Sections[section]
	parts[at] = parts[at][:n]
}

// TestLostTexts: a text that lies beyond the end of the texts is lost, whole or in part.
func TestLostTexts(t *testing.T) {
	_, data := compiledForm(t, variety())
	whole, err := match.Load(data, match.Options{})
	require.NoError(t, err)
	want := answers(whole)
	for n := range match.TakeApart(data)[match.Sections["texts"]] {
		parts := match.TakeApart(data)
		parts[match.Sections["meta"]] = []byte{5, 0, 0, 0, 0, 0} // no digests, patterns, entries and schemes
		cut(parts, "texts", n)
		assertCautious(t, parts, want, "%d bytes of texts", n)
	}
}

// remedied is a document whose answer is clear, so that the loss of it shows.
func remedied() *advisory.Advisory {
	a := doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "1.0 to 2.0")
	a.Statements[0].Spans = append(a.Statements[0].Spans, advisory.Span{Version: "3.0 to 4.0", Status: advisory.Affected})
	a.Statements[0].Default = advisory.DefaultNotAffected
	return a
}

// TestLostEnd: the last byte of a section is part of its last record, and the first one of the
// section behind it is not.
func TestLostEnd(t *testing.T) {
	_, data := compiledForm(t, []*advisory.Advisory{remedied()})
	whole, err := match.Load(data, match.Options{})
	require.NoError(t, err)
	in := &match.Installation{Vendor: "Example", Product: "Gateway", Version: "2.5"}
	require.Equal(t, advisory.Fixed, whole.Check(in, "CVE-2099-7").Status)
	for _, section := range recordSections {
		parts := match.TakeApart(data)
		n := len(parts[match.Sections[section]])
		if n == 0 {
			continue
		}
		cut(parts, section, n-1)
		m, err := match.Load(match.PutTogether(parts), match.Options{})
		require.NoError(t, err)
		v := m.Check(in, "CVE-2099-7")
		assert.Equal(t, advisory.Unknown, v.Status, section)
		assert.Equal(t, advisory.BadRange, v.Reason, section)
		e := m.Explain(in, "CVE-2099-7")
		assert.Equal(t, v, e.Verdict, section)
		assert.Contains(t, e.String(), "the compiled form is damaged", section)
		require.Len(t, e.Claims, 1)
		assert.Empty(t, e.Claims[0].SpanText, "%s: no range says it", section)
	}
}

// TestNumbersOutOfRange: a number of a claim that is no longer one of its section, or of the file,
// or too long, is lost; it stands for no other record.
func TestNumbersOutOfRange(t *testing.T) {
	const lost = "unknown (bad_range)"
	other := remedied()
	other.Statements[0].Where = advisory.Condition{Op: advisory.OpProduct, Product: 1, Relation: advisory.InstalledOn,
		Spans: []advisory.Span{{Version: "< 10", Status: advisory.Affected}}}
	other.Statements[0].Default = advisory.DefaultUndeclared
	other.Statements[0].Spans = []advisory.Span{{Version: "*", Status: advisory.NotAffected}}
	other.Products = append(other.Products, advisory.Product{Vendor: "Acme", Name: "OS"})
	_, data := compiledForm(t, []*advisory.Advisory{other})
	host := &match.Host{Platforms: []match.Installation{{Vendor: "Acme", Product: "OS", Version: "9"}}, PlatformsComplete: true}
	in := &match.Installation{Vendor: "Example", Product: "Gateway", Version: "2.5", Host: host}
	whole, err := match.Load(data, match.Options{})
	require.NoError(t, err)
	require.Equal(t, "not_affected", whole.Check(in, "CVE-2099-7").String())
	parts := match.TakeApart(data)
	claim := match.ReadRecords(parts, match.Sections["claims"])[0]
	names := []string{"vulnerability", "source", "", "", "reading", "condition", "product"} // that of the product and of what is said are evidence
	counts := []int{len(parts[match.Sections["ids"]]) / 4, 1, 0, 0, len(match.ReadRecords(parts, match.Sections["readings"])),
		len(match.ReadRecords(parts, match.Sections["conditions"])) + 1, len(match.ReadRecords(parts, match.Sections["products"]))}
	for i, name := range names {
		if name == "" {
			continue
		}
		for _, n := range []uint64{uint64(counts[i]), uint64(counts[i]) + 1, 1<<31 - 1, 1 << 31, 1 << 32, 1<<63 - 1, 1 << 63, 1<<64 - 1} {
			require.Less(t, claim[i], byte(0x80))
			record := slices.Concat(claim[:i], binary.AppendUvarint(nil, n), claim[i+1:])
			parts := match.TakeApart(data)
			match.WriteRecords(parts, match.Sections["claims"], [][]byte{record})
			m, err := match.Load(match.PutTogether(parts), match.Options{})
			require.NoError(t, err)
			assert.Equal(t, lost, m.Check(in, "CVE-2099-7").String(), "%s %d", name, n)
		}
		parts := match.TakeApart(data)
		long := slices.Concat(claim[:i], bytes.Repeat([]byte{0x80}, 10), []byte{0}, claim[i:])
		match.WriteRecords(parts, match.Sections["claims"], [][]byte{long})
		m, err := match.Load(match.PutTogether(parts), match.Options{})
		require.NoError(t, err)
		assert.Equal(t, lost, m.Check(in, "CVE-2099-7").String(), "%s of eleven bytes", name)
	}
	for i := range 2 { // of the document and of what it says: evidence
		for _, n := range []uint64{1, 2, 3, 1<<24 - 1, 1 << 31, 1<<64 - 1} {
			parts := match.TakeApart(data)
			match.WriteRecords(parts, match.Sections["claims"], [][]byte{slices.Concat(claim[:2+i], binary.AppendUvarint(nil, n), claim[3+i:])})
			m, err := match.Load(match.PutTogether(parts), match.Options{})
			require.NoError(t, err)
			e := m.Explain(in, "CVE-2099-7")
			assert.Equal(t, "not_affected", e.Verdict.String())
			assert.NotEmpty(t, e.String())
			assert.NotNil(t, m.Advisory(m.Finding(in, "CVE-2099-7")))
		}
	}
	for n, want := range map[uint64]string{0: "unknown (missing_condition)", 2: lost, 1 << 31: lost, 1 << 32: lost, 1<<63 - 1: lost, 1 << 63: lost, 1<<64 - 1: lost} { // the product of the condition
		parts := match.TakeApart(data)
		where := match.ReadRecords(parts, match.Sections["conditions"])[0]
		require.Equal(t, byte(1), where[len(where)-1])
		match.WriteRecords(parts, match.Sections["conditions"], [][]byte{binary.AppendUvarint(where[:len(where)-1:len(where)-1], n)})
		m, err := match.Load(match.PutTogether(parts), match.Options{})
		require.NoError(t, err)
		assert.Equal(t, want, m.Check(in, "CVE-2099-7").String(), "product of a condition %d", n)
	}
}

// TestDeepCondition: conditions of a file may stand in each other as deep as those of a document,
// and not much deeper.
func TestDeepCondition(t *testing.T) {
	a := remedied()
	a.Statements[0].Where = advisory.Condition{Op: advisory.OpText, Text: "x"}
	_, data := compiledForm(t, []*advisory.Advisory{a})
	in := &match.Installation{Vendor: "Example", Product: "Gateway", Version: "2.5", Met: map[string]vers.Truth{"x": vers.Yes}}
	leaf := match.ReadRecords(match.TakeApart(data), match.Sections["conditions"])[0]
	for depth, want := range map[int]string{0: "fixed", 64: "fixed", 100: "fixed", 102: "unknown (bad_range)", 200_000: "unknown (bad_range)"} {
		parts := match.TakeApart(data)
		match.WriteRecords(parts, match.Sections["conditions"], [][]byte{append(bytes.Repeat([]byte{byte(advisory.OpNot), 1}, depth), leaf...)})
		m, err := match.Load(match.PutTogether(parts), match.Options{})
		require.NoError(t, err)
		assert.Equal(t, want, m.Check(in, "CVE-2099-7").String(), "%d deep", depth)
	}
}

// TestLostKeys: nobody is asked about a key of the index that is empty or not there, and no number
// of one leads anywhere else.
func TestLostKeys(t *testing.T) {
	_, data := compiledForm(t, variety())
	whole, err := match.Load(data, match.Options{})
	require.NoError(t, err)
	empty := func(parts [][]byte, kind byte) { // those of a kind
		var keys, places []byte
		for i, rest := 0, parts[match.Sections["keys"]]; len(rest) > 0; i++ {
			if i%4 == 0 {
				places = binary.LittleEndian.AppendUint32(places, uint32(len(keys)))
			}
			var fields [2][]byte
			for i := range fields {
				size, n := binary.Uvarint(rest)
				fields[i], rest = rest[:n+int(size)], rest[n+int(size):]
			}
			if fields[0][1] == kind {
				fields[0] = []byte{0}
			}
			keys = append(append(keys, fields[0]...), fields[1]...)
		}
		parts[match.Sections["keys"]], parts[match.Sections["key places"]] = keys, places
	}
	for what, change := range map[string]func(parts [][]byte){
		"empty names":    func(parts [][]byte) { empty(parts, 'n') },
		"empty ids":      func(parts [][]byte) { empty(parts, 'i') },
		"no keys":        func(parts [][]byte) { cut(parts, "keys", 0) },
		"no places":      func(parts [][]byte) { cut(parts, "key places", 0) },
		"no slots":       func(parts [][]byte) { cut(parts, "slots", 0) },
		"no ids":         func(parts [][]byte) { cut(parts, "ids", 0) },
		"full slots":     func(parts [][]byte) { changeSlots(parts, func(n, _ uint32) uint32 { return max(n, 1) }) },
		"numbers beyond": func(parts [][]byte) { changeSlots(parts, func(n, most uint32) uint32 { return n | (most+1)/2 }) },
		"largest number": func(parts [][]byte) { changeSlots(parts, func(n, most uint32) uint32 { return n | most }) },
	} {
		parts := match.TakeApart(data)
		change(parts)
		m, err := match.Load(match.PutTogether(parts), match.Options{})
		require.NoError(t, err)
		for _, in := range installed() {
			for _, id := range append(asked, "CVE-0") {
				v := m.Check(in, id)
				assert.True(t, !v.Clear() || v == whole.Check(in, id), "%s: %s %s", what, id, v)
			}
			for range m.Findings(in) {
			}
		}
		for range m.Vulnerabilities() {
		}
	}
}

// changeSlots changes the slots of the index, of which the low bits, at most most, are a number.
func changeSlots(parts [][]byte, change func(slot, most uint32) uint32) {
	slots := bytes.Clone(parts[match.Sections["slots"]])
	most := uint32(1)<<bits.Len(uint(len(slots)/4)) - 1
	for i := 0; i < len(slots); i += 4 {
		binary.LittleEndian.PutUint32(slots[i:], change(binary.LittleEndian.Uint32(slots[i:]), most))
	}
	parts[match.Sections["slots"]] = slots
}

// TestLostDocument: a document that cannot be read is one without statements.
func TestLostDocument(t *testing.T) {
	_, data := compiledForm(t, []*advisory.Advisory{remedied()})
	record := match.ReadRecords(match.TakeApart(data), match.Sections["documents"])[0]
	for n := range len(record) + 6 {
		lost := binary.AppendUvarint(nil, 5) // the name of its file, of which 4 bytes are there
		if lost = append(lost, "name"...); n < len(record) {
			lost = record[:n]
		} else if n > len(record) {
			lost = append([]byte{byte(n - len(record))}, "name"...)[:n-len(record)]
		}
		parts := match.TakeApart(data)
		match.WriteRecords(parts, match.Sections["documents"], [][]byte{lost})
		m, err := match.Load(match.PutTogether(parts), match.Options{})
		require.NoError(t, err)
		e := m.Explain(gateway, "CVE-2099-7")
		assert.Equal(t, advisory.Affected, e.Verdict.Status)
		assert.Contains(t, e.String(), "damaged document", "%d bytes", n)
		for _, err := range m.Advisories() {
			assert.ErrorIs(t, err, match.ErrFile, "%d bytes", n)
		}
	}
}

// TestLostOutranked: what is lost may be of anybody, whoever says something else.
func TestLostOutranked(t *testing.T) {
	for _, ranks := range [][2]advisory.Rank{{advisory.RankThirdParty, advisory.RankOperator}, {advisory.RankOperator, advisory.RankThirdParty}} {
		_, data := compiledForm(t, []*advisory.Advisory{doc("A", "v", ranks[0], 3, advisory.NotAffected, "*"), doc("B", "w", ranks[1], 3, advisory.Fixed, "*")})
		for i := range 2 {
			parts := match.TakeApart(data)
			list := match.ReadRecords(parts, match.Sections["claims"])
			list[i] = list[i][:len(list[i])-1]
			match.WriteRecords(parts, match.Sections["claims"], list)
			m, err := match.Load(match.PutTogether(parts), match.Options{})
			require.NoError(t, err)
			assert.Equal(t, "unknown (bad_range)", m.Check(gateway, "CVE-2099-7").String(), "claim %d", i)
			assert.Len(t, m.Append(nil, gateway), 1, "claim %d", i)
		}
	}
}
