package match_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// variety is documents that use every part of the compiled form.
func variety() []*advisory.Advisory {
	apex := apexCentral()
	wide := doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "< 2.0")
	wide.Products = append(wide.Products,
		advisory.Product{Vendor: "Acme", Name: "OS"},
		advisory.Product{Vendor: "Siemens", Name: "S7", Models: []string{"6ES7 214-*"}, Serials: []string{"*0001"}, SKUs: []string{"sku?"},
			Hashes: []advisory.Hash{{Algorithm: "SHA-256", Value: "AB12"}}, Tags: []string{"https://example.com/tag"}},
		advisory.Product{CPEs: []string{"cpe:2.3:a:acme:gate:*:*:*:*:*:linux:*:*"}},
		advisory.Product{PURLs: []string{"pkg:deb/debian/curl?distro=debian-12"}})
	where := advisory.Condition{Op: advisory.OpAll, Of: []advisory.Condition{
		{Op: advisory.OpProduct, Product: 1, Relation: advisory.InstalledOn, Spans: []advisory.Span{{Version: "< 10", Status: advisory.Affected}}},
		{Op: advisory.OpNot, Of: []advisory.Condition{{Op: advisory.OpText, Text: "with port 80 closed"}}},
		{Op: advisory.OpAny, Of: []advisory.Condition{
			{Op: advisory.OpFact, Fact: "model", Patterns: []string{"FX5U-{32,64}*"}},
			{Op: advisory.OpFact, Fact: "serial", Serials: []advisory.SerialRange{{Chars: 3, Through: "179"}}},
			{Op: advisory.OpFact, Fact: "hardware_version", Spans: []advisory.Span{{Through: "4.0", Bounded: true, Status: advisory.Affected}}},
			{Op: advisory.OpFact, Fact: "platform", Values: []string{"Windows"}, Presumed: true},
		}},
	}}
	wide.Statements = append(wide.Statements,
		advisory.Statement{Products: []int{0}, Where: where, Spans: []advisory.Span{{Version: "*", Status: advisory.NotAffected}}, Justification: "vulnerable_code_not_present"},
		advisory.Statement{Products: []int{2, 3, 4}, Spans: []advisory.Span{
			{From: "1.0", Before: "2.0", Status: advisory.Affected, Changes: []advisory.Change{{At: "1.5", Status: advisory.Fixed}}},
			{Version: "nightly-build", Status: advisory.Affected, Hint: advisory.HintExact}}, Default: advisory.DefaultNotAffected,
			Remediations: []advisory.Remediation{{Category: "no_fix_planned", Text: "end of life"}}, FixedBy: [][]string{{"KB5000001"}, {"HF1", "HF2"}}})
	wide.Patches = []advisory.Patch{
		{ID: "KB5000001", SupersededBy: []advisory.Successor{{ID: "KB5000002", Products: []int{2}}}},
		{ID: "KB5000002", Products: []int{1, 2}, Level: "1.7"},
	}
	withdrawn := doc("W", "w", advisory.RankThirdParty, 1, advisory.Affected, "*")
	withdrawn.Withdrawn = time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	expiring := doc("E", "us", advisory.RankOperator, 1, advisory.NotAffected, "1.5")
	expiring.Expires = time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	expiring.Vulnerabilities[0].Aliases = []string{"GHSA-1"}
	docs := []*advisory.Advisory{apex, wide, withdrawn, expiring}
	for i, a := range docs { // what was decoded knows its places
		text, err := a.MarshalJSON()
		if err != nil {
			panic(err)
		}
		for a, err := range advisory.Decode(bytes.NewReader(text), advisory.DecodeOptions{File: a.ID + ".json"}) {
			if err != nil {
				panic(err)
			}
			docs[i] = a
		}
	}
	return docs
}

func installed() []*match.Installation {
	host := &match.Host{Platforms: []match.Installation{{Vendor: "Acme", Product: "OS", Version: "9"}}, PlatformsComplete: true}
	list := []*match.Installation{
		{Vendor: "Trend Micro", Product: "Apex Central", Version: "8.0.7007"},
		{Vendor: "Trend Micro", Product: "Apex Central", Version: "2019"},
		{Vendor: "Trend Micro", Product: "Apex Central", Version: "14.0.0.7190"},
		{Vendor: "Example", Product: "Gateway", Version: "1.5"},
		{Vendor: "Example", Product: "Gateway", Version: "1.6", Host: host, Met: map[string]vers.Truth{"with port 80 closed": vers.No}},
		{Vendor: "Example", Product: "Gateway", Version: "1.6", Host: host, Model: "FX5U-32MT"},
		{Vendor: "Example", Product: "Gateway", Version: "1.6", Facts: match.Facts{"hardware_version": "5", "platform": "Linux", "serial": "1780"}},
		{Vendor: "Example", Product: "Gateway"},
		{Vendor: "Siemens", Model: "6ES7 214-1AG40", Version: "1.6"},
		{Serial: "920001", Version: "1.2"}, {Vendor: "Siemens", SKU: "SKU1", Version: "nightly-build"},
		{Hashes: []advisory.Hash{{Algorithm: "sha256", Value: "ab12"}}, Version: "3"},
		{Tags: []string{"https://example.com/tag"}, Version: "1.0"},
		{CPE: cpe.MustParse("cpe:2.3:a:acme:gate:1.1:*:*:*:*:linux:*:*")},
		{CPE: cpe.MustParse("cpe:2.3:a:acme:gate:1.1:*:*:*:*:windows:*:*")},
		{PURL: purl.MustParse("pkg:deb/debian/curl@1.1?distro=debian-12")}, {PURL: purl.MustParse("pkg:deb/debian/curl@1.1")},
		{Vendor: "Siemens", Product: "S7", Host: &match.Host{Patches: []string{"5000002"}, PatchList: match.SomePatches}},
		{Vendor: "Siemens", Product: "S7", Version: "1.2", Host: &match.Host{Patches: []string{"HF1", "HF2"}, PatchList: match.CompletePatches}},
		{Vendor: "Nobody", Product: "Nothing", Version: "1"}, {},
	}
	return list
}

var asked = []string{"CVE-2025-69258", "CVE-2099-7", "GHSA-1", "CVE-1"}

func compiledForm(t testing.TB, docs []*advisory.Advisory) (*match.Matcher, []byte) {
	t.Helper()
	m, err := match.Compile(docs...)
	require.NoError(t, err)
	var b bytes.Buffer
	n, err := m.WriteTo(&b)
	require.NoError(t, err)
	require.Equal(t, int64(b.Len()), n)
	return m, b.Bytes()
}

// verdict is the answer of a matcher in each way of asking, and of the one that is read from what
// it writes.
func verdict(t testing.TB, m *match.Matcher, in *match.Installation, id string) string {
	t.Helper()
	v := m.Check(in, id)
	assert.Equal(t, v, m.Explain(in, id).Verdict, "Explain says the same")
	loaded := reload(t, m)
	assert.Equal(t, v, loaded.Check(in, id), "a loaded matcher says the same")
	for _, m := range []*match.Matcher{m, loaded} {
		found := len(in.PartOf) > 0 || v.Reason == advisory.ProductUncertain || !strings.HasPrefix(id, "CVE-") // may be no finding
		for f := range m.Findings(in) {
			if f.Vulnerability == id {
				assert.Equal(t, v, f.Verdict, "Findings says the same about %+v", *in)
				found = true
			}
		}
		assert.True(t, found || v.Clear() || v.Status == advisory.NoStatement, "%s is no finding", v)
	}
	return v.String()
}

// reload writes a matcher and loads it again.
func reload(t testing.TB, m *match.Matcher) *match.Matcher {
	t.Helper()
	var b bytes.Buffer
	_, err := m.WriteTo(&b)
	require.NoError(t, err)
	loaded, err := match.Load(b.Bytes(), match.Options{})
	require.NoError(t, err)
	return loaded
}

// everything is all that a matcher says, as text.
func everything(t testing.TB, m *match.Matcher) string {
	t.Helper()
	return everythingAbout(t, m, installed()...)
}

func everythingAbout(t testing.TB, m *match.Matcher, list ...*match.Installation) string {
	t.Helper()
	var b strings.Builder
	for _, in := range list {
		for _, id := range asked {
			e := m.Explain(in, id)
			text, err := json.Marshal(e)
			require.NoError(t, err)
			fmt.Fprintf(&b, "%s %s\n%s\n", m.Check(in, id), text, e)
		}
		for f := range m.Findings(in) {
			fmt.Fprintf(&b, "%s %s %s %s %s\n", f.Vulnerability, f.Verdict, f.Product, f.Level, f.Fix)
			require.NotNil(t, m.Advisory(f))
		}
		fmt.Fprintf(&b, "%v %v\n", m.Coverage(in), m.Fixes(in))
	}
	for id := range m.Vulnerabilities() {
		b.WriteString(id + "\n")
	}
	return b.String()
}

// TestLoad: a matcher that was loaded says what the built one says, to the letter.
func TestLoad(t *testing.T) {
	m, data := compiledForm(t, variety())
	want := everything(t, m)
	require.Greater(t, strings.Count(want, `"status":"affected"`), 5)
	loaded, err := match.Load(data, match.Options{})
	require.NoError(t, err)
	require.NoError(t, loaded.Verify())
	assert.Equal(t, want, everything(t, loaded))
	view, err := loaded.With(match.AskOptions{At: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)})
	require.NoError(t, err)
	both, err := m.With(match.AskOptions{At: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)})
	require.NoError(t, err)
	assert.Equal(t, everything(t, both), everything(t, view))
	var again bytes.Buffer
	_, err = loaded.WriteTo(&again)
	require.NoError(t, err)
	assert.Equal(t, data, again.Bytes())
}

// TestWriteToIsDeterministic: the order of the additions changes no byte.
func TestWriteToIsDeterministic(t *testing.T) {
	_, want := compiledForm(t, variety())
	for seed := range uint64(5) {
		docs := variety()
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
		_, got := compiledForm(t, docs)
		assert.True(t, bytes.Equal(want, got), "seed %d", seed)
	}
}

func TestLoadAllocatesNothingOnTheHotPath(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	_, data := compiledForm(t, variety())
	m, err := match.Load(data, match.Options{})
	require.NoError(t, err)
	in := installed()[0]
	room := make([]match.Finding, 0, 8)
	assert.Zero(t, testing.AllocsPerRun(100, func() { room = m.Append(room[:0], in) }))
	assert.Zero(t, testing.AllocsPerRun(100, func() { m.Check(in, "CVE-2025-69258") }))
}

// TestLoadDamaged: whatever byte is another one, Load finds it out, or Verify where it
// stands in a document; and no answer is clear that was not.
func TestLoadDamaged(t *testing.T) {
	_, data := compiledForm(t, variety())
	for i := range data {
		broken := bytes.Clone(data)
		broken[i] ^= 1 << (i % 8)
		m, err := match.Load(broken, match.Options{})
		if err != nil {
			assert.True(t, errors.Is(err, match.ErrFile) || errors.Is(err, match.ErrVersion), "byte %d: %v", i, err)
			continue
		}
		assert.ErrorIs(t, m.Verify(), match.ErrFile, "byte %d", i)
		if i%50 == 0 {
			everything(t, m)
		}
	}
	for n := range len(data) {
		_, err := match.Load(data[:n], match.Options{})
		assert.ErrorIs(t, err, match.ErrFile, "%d bytes", n)
	}
	_, err := match.Load(append(bytes.Clone(data), 0), match.Options{})
	assert.ErrorIs(t, err, match.ErrFile)
	later := bytes.Clone(data)
	later[8]++
	_, err = match.Load(later, match.Options{})
	assert.ErrorIs(t, err, match.ErrVersion)
}

// otherWay is a scheme of a known name that orders in another way.
type otherWay struct{ vers.Scheme }

func (o otherWay) AppendKey(dst []byte, version string) ([]byte, int, error) {
	key, n, err := o.Scheme.AppendKey(dst, version)
	if err == nil {
		key = append(key, 'x')
	}
	return key, n, err
}

// mine is a scheme that is not in the set of the library.
type mine struct{ vers.Scheme }

func (mine) Name() string { return "mine" }

// TestLoadStale: a file never answers with other rules than it was built with.
func TestLoadStale(t *testing.T) {
	dotted, _ := vers.Builtin().Lookup("dotted")
	catalog := func(scheme, names string) *product.Catalog {
		entries, err := product.Read(strings.NewReader("product example/gateway\n  name Example | Gateway\n" + names + "  scheme " + scheme + "\n  source test 2026-01-01\n"))
		require.NoError(t, err)
		c, err := product.Builtin().With(entries...)
		require.NoError(t, err)
		return c
	}
	schemes, err := vers.Builtin().With(mine{dotted})
	require.NoError(t, err)
	b := match.NewBuilder(match.Options{Schemes: schemes, Catalog: catalog("mine", "")})
	require.NoError(t, b.Add(doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "1.0 to 2.0")))
	m, err := b.Build()
	require.NoError(t, err)
	var data bytes.Buffer
	_, err = m.WriteTo(&data)
	require.NoError(t, err)
	in := &match.Installation{Vendor: "Example", Product: "Gateway", Version: "1.5"}

	loaded, err := match.Load(data.Bytes(), match.Options{Schemes: schemes, Catalog: catalog("mine", "")})
	require.NoError(t, err)
	assert.Equal(t, "affected", loaded.Check(in, "CVE-2099-7").String())

	_, err = match.Load(data.Bytes(), match.Options{Catalog: catalog("mine", "")})
	assert.ErrorIs(t, err, match.ErrStale, "the scheme is not there")
	_, err = match.Load(data.Bytes(), match.Options{Schemes: schemes, Catalog: catalog("dotted", "")})
	assert.ErrorIs(t, err, match.ErrStale, "the entry names another scheme")
	others, err := vers.Builtin().With(otherWay{mine{dotted}})
	require.NoError(t, err)
	_, err = match.Load(data.Bytes(), match.Options{Schemes: others, Catalog: catalog("mine", "")})
	assert.ErrorIs(t, err, match.ErrStale, "the scheme orders in another way")
}

// FuzzLoad asks a file with any bytes in its sections, whose checksums are made to fit.
func FuzzLoad(f *testing.F) {
	_, data := compiledForm(f, variety())
	f.Add(data, uint32(0), byte(0))
	places := uint32(200)
	if testing.Short() {
		places = 60
	}
	for i := range places {
		f.Add(data, i*uint32(len(data))/places, byte(i))
	}
	for _, other := range [][]byte{nil, []byte("AFFECTED"), data[:len(data)/2], []byte("{}"), bytes.Repeat([]byte{0xff}, 1000), data[1:]} {
		f.Add(other, uint32(0), byte(0))
	}
	f.Fuzz(func(t *testing.T, data []byte, at uint32, value byte) {
		data = bytes.Clone(data)
		if len(data) > 0 {
			data[int(at)%len(data)] ^= value
		}
		match.Reseal(data)
		m, err := match.Load(data, match.Options{})
		if err != nil {
			return
		}
		_ = m.Verify()
		_ = m.Digest()
		_ = m.Stats()
		for range m.Advisories() {
		}
		list := installed() // a part of the questions, for many more files
		from := int(at) % len(list)
		everythingAbout(t, m, list[from:min(from+3, len(list))]...)
	})
}
