package match_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/big"
	"math/bits"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/vers"
)

// many is documents that have nothing in common: each record of each section is one of them.
func many(n int) []*advisory.Advisory {
	var docs []*advisory.Advisory
	for i := range n {
		a := doc(fmt.Sprintf("A-%04d", i), "v", advisory.RankVendor, 3, advisory.Affected, fmt.Sprintf(">= 1.0, < %d.0", i+2))
		a.Vulnerabilities[0].ID = fmt.Sprintf("CVE-2099-%d", 10000+i)
		a.Products[0] = advisory.Product{Vendor: fmt.Sprintf("Vendor %d", i), Name: fmt.Sprintf("Product %d", i)}
		a.Statements[0].Where = advisory.Condition{Op: advisory.OpText, Text: fmt.Sprintf("condition %d", i)}
		a.Statements[0].Default = advisory.DefaultNotAffected
		docs = append(docs, a)
	}
	return docs
}

// manyAsked is a question about a document of many, with the version that is asked for.
func manyAsked(i, version int) *match.Installation {
	return &match.Installation{Vendor: fmt.Sprintf("Vendor %d", i), Product: fmt.Sprintf("Product %d", i), Version: fmt.Sprintf("%d.5", version),
		Met: map[string]vers.Truth{fmt.Sprintf("condition %d", i): vers.Yes}}
}

// TestLoadMany: whatever the number of records, each is found, by all who ask at once.
func TestLoadMany(t *testing.T) {
	for _, n := range []int{1, 3, 4, 5, 15, 16, 17, 255, 256, 257, 513} {
		_, data := compiledForm(t, many(n))
		m, err := match.Load(data, match.Options{})
		require.NoError(t, err)
		var all sync.WaitGroup
		for range 4 {
			all.Go(func() {
				for i := range n {
					id := fmt.Sprintf("CVE-2099-%d", 10000+i)
					for version, want := range map[int]string{0: "not_affected", i + 1: "affected", i + 2: "fixed"} {
						assert.Equal(t, want, m.Check(manyAsked(i, version), id).String(), "%d of %d, version %d.5", i, n, version)
					}
					f := m.Append(nil, manyAsked(i, 1))
					if assert.Len(t, f, 1, "%d of %d", i, n) {
						assert.Equal(t, id, f[0].Vulnerability)
						assert.Equal(t, fmt.Sprintf("A-%04d", i), m.Advisory(f[0]).ID)
						assert.Same(t, m.Advisory(f[0]), m.Advisory(f[0]), "a document is read once")
					}
				}
			})
		}
		all.Wait()
		ids := slices.Collect(m.Vulnerabilities())
		assert.Len(t, ids, n)
		assert.True(t, slices.IsSorted(ids))
		assert.Equal(t, "no_statement (not_named)", m.Check(manyAsked(n, 1), fmt.Sprintf("CVE-2099-%d", 10000+n)).String())
		assert.Equal(t, "no_statement (not_named)", m.Check(manyAsked(n, 1), "CVE-2099-10000").String())
	}
}

// TestCompiledForm: what the comment on the form says about its bytes.
func TestCompiledForm(t *testing.T) {

	docs := many(100)
	for _, again := range many(100) { // the same, by others
		again.Publisher.Name = "other"
		docs = append(docs, again)
	}
	_, data := compiledForm(t, docs)
	parts := match.TakeApart(data)
	texts, slots := parts[match.Sections["texts"]], parts[match.Sections["slots"]]
	assert.Equal(t, 1, bytes.Count(texts, []byte("condition 77")), "a text stands once")
	scheme, _ := vers.Builtin().Lookup("vendor")
	key, _, err := scheme.AppendKey(nil, "78.0")
	require.NoError(t, err)
	assert.Contains(t, string(texts), "78.0")
	assert.NotContains(t, string(texts), string(key), "a bound that is the key of its text stands there by its text alone")

	for _, section := range []string{"outcomes", "readings", "conditions", "products"} {
		seen := map[string]bool{}
		for _, record := range match.ReadRecords(parts, match.Sections[section]) {
			assert.False(t, seen[string(record)], "%s stand once", section)
			seen[string(record)] = true
		}
		assert.NotEmpty(t, seen, section)
	}

	var keys []string
	for rest := parts[match.Sections["keys"]]; len(rest) > 0; {
		var fields [2][]byte
		for i := range fields {
			size, n := binary.Uvarint(rest)
			fields[i], rest = rest[n:n+int(size)], rest[n+int(size):]
		}
		keys = append(keys, string(fields[0]))
	}
	assert.True(t, slices.IsSorted(keys))
	count := len(slots) / 4
	low := bits.Len(uint(count))
	assert.Greater(t, count, len(keys), "a search ends at a free slot")
	assert.Less(t, count, 3*len(keys)/2)
	for i, key := range keys {
		hash := hashByHand([]byte(key))
		at, number := hash%uint32(count), 0
		for number != i+1 {
			slot := binary.LittleEndian.Uint32(slots[4*at:])
			require.NotZero(t, slot, "key %s stands in a slot that its hash leads to", key)
			number, at = int(slot&(1<<low-1)), (at+1)%uint32(count)
			if number == i+1 {
				assert.Equal(t, hash>>low, slot>>low, "with the rest of its hash")
			}
		}
	}
}

// hashByHand is the hash of a key in large numbers: words of eight bytes, the first byte being the
// lowest, are added to the length without carry, multiplied modulo 2^64 and folded; what is left
// over comes last, its first byte being the highest.
func hashByHand(key []byte) uint32 {
	golden, _ := new(big.Int).SetString("11400714819323198485", 10)
	modulus := new(big.Int).Lsh(big.NewInt(1), 64)
	h := big.NewInt(int64(len(key)))
	add := func(word []byte) {
		h.Xor(h, new(big.Int).SetBytes(word))
		h.Mod(h.Mul(h, golden), modulus)
	}
	for ; len(key) >= 8; key = key[8:] {
		word := slices.Clone(key[:8])
		slices.Reverse(word)
		add(word)
		h.Xor(h, new(big.Int).Rsh(h, 32))
	}
	add(key)
	return uint32(h.Rsh(h, 32).Uint64())
}

// TestLoadMoments: a moment is the same after it was written, before 1970 and to the nanosecond.
func TestLoadMoments(t *testing.T) {
	id := "CVE-2099-7"
	for _, c := range []struct{ first, second time.Time }{
		{time.Date(2026, 1, 1, 0, 0, 0, 999_999_999, time.UTC), time.Date(2026, 1, 1, 0, 0, 1, 0, time.UTC)},
		{time.Date(2026, 1, 1, 0, 0, 0, 1, time.UTC), time.Date(2026, 1, 1, 0, 0, 0, 2, time.UTC)},
		{time.Date(1969, 12, 31, 23, 59, 59, 999_999_999, time.UTC), time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)},
		{time.Date(1000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(1000, 1, 1, 0, 0, 0, 1, time.UTC)},
	} {
		for _, order := range [][2]string{{"A", "B"}, {"B", "A"}} {
			first, second := doc(order[0], "v", advisory.RankVendor, 0, advisory.Affected, "*"), doc(order[1], "v", advisory.RankVendor, 0, advisory.Fixed, "*")
			first.Published, second.Published = c.first, c.second
			m := compile(t, first, second)
			assert.Equal(t, "fixed", verdict(t, m, gateway, id), "%s is before %s", c.first, c.second)
		}
		ending := doc("A", "v", advisory.RankVendor, 0, advisory.Affected, "*")
		ending.Expires = c.second
		for _, m := range []*match.Matcher{compile(t, ending), reload(t, compile(t, ending))} {
			assert.Equal(t, "affected", ask(t, m, match.AskOptions{At: c.first}).Check(gateway, id).String())
			assert.Equal(t, "no_statement (dropped)", ask(t, m, match.AskOptions{At: c.second.Add(1)}).Check(gateway, id).String())
		}
	}
}

// TestLoadBounds: below, between and above the ranges of a statement, and of a fact that a
// statement hangs on, a loaded matcher says what the built one says.
func TestLoadBounds(t *testing.T) {
	a := remedied()
	m := compile(t, a)
	for version, want := range map[string]string{"0.5": "not_affected", "1.5": "affected", "2.5": "fixed", "3.5": "affected", "4.5": "fixed", "": "unknown (no_version)"} {
		in := &match.Installation{Vendor: "Example", Product: "Gateway", Version: version}
		assert.Equal(t, want, verdict(t, m, in, "CVE-2099-7"), version)
	}
	silent := compile(t, doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "1.0 to 2.0"))
	for version, want := range map[string]string{"0.5": "no_statement (version_not_named)", "1.5": "affected", "2.5": "no_statement (version_not_named)"} {
		assert.Equal(t, want, verdict(t, silent, &match.Installation{Vendor: "Example", Product: "Gateway", Version: version}, "CVE-2099-7"), version)
	}
	branch := doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "")
	branch.Statements[0].Spans = []advisory.Span{{From: "4.2.1", Before: "4.2.7", Bounded: true, Status: advisory.Affected}, {From: "6.0.1", Before: "6.0.3", Bounded: true, Status: advisory.Affected}}
	of := compile(t, branch)
	for _, version := range []string{"3.9.1", "4.2.0", "4.2.1", "4.2.6", "4.2.7", "5.0.0", "6.0.0", "6.0.2", "6.0.3", "7.0"} {
		want := "no_statement (version_not_named)"
		if version == "4.2.1" || version == "4.2.6" || version == "6.0.2" {
			want = "affected"
		}
		assert.Equal(t, want, verdict(t, of, &match.Installation{Vendor: "Example", Product: "Gateway", Version: version}, "CVE-2099-7"), version)
	}
	hardware := doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "9")
	hardware.Statements[0].Where = advisory.Condition{Op: advisory.OpFact, Fact: "hardware_version", Spans: []advisory.Span{{From: "2.0", Through: "4.0", Status: advisory.Affected}}}
	m = compile(t, hardware)
	for hardware, want := range map[string]string{"1.0": "no_statement (other_platform)", "2.0": "affected", "4.0": "affected", "4.1": "no_statement (other_platform)"} {
		in := &match.Installation{Vendor: "Example", Product: "Gateway", Version: "9", Facts: match.Facts{"hardware_version": hardware}}
		assert.Equal(t, want, verdict(t, m, in, "CVE-2099-7"), hardware)
	}
}

// TestLoadPatternOfPlatform: the products of conditions may be patterns too.
func TestLoadPatternOfPlatform(t *testing.T) {
	for _, installed := range []string{"cpe:2.3:o:acme:os_9:*:*:*:*:*:*:*:*", "cpe:2.3:o:acme:kernel:*:*:*:*:*:*:*:*"} {
		a := doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "*")
		a.Products = append(a.Products, advisory.Product{CPEs: []string{"cpe:2.3:o:acme:os_*:*:*:*:*:*:*:*:*"}})
		a.Statements[0].Where = advisory.Condition{Op: advisory.OpProduct, Product: 1, Relation: advisory.InstalledOn}
		m := compile(t, a)
		host := &match.Host{Platforms: []match.Installation{{CPE: cpe.MustParse(installed), Version: "1"}}, PlatformsComplete: true}
		in := &match.Installation{Vendor: "Example", Product: "Gateway", Version: "1", Host: host}
		want := "affected"
		if installed == "cpe:2.3:o:acme:kernel:*:*:*:*:*:*:*:*" {
			want = "no_statement (other_platform)"
		}
		assert.Equal(t, want, verdict(t, m, in, "CVE-2099-7"), installed)
	}
}
