package vers_test

import (
	"bytes"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
)

// vendorText writes a random version as vendors do, together with the values that order
// it: the model of the scheme "vendor" is the comparison of these lists.
func vendorText(r *rand.Rand) (text string, model []int) {
	n := 1 + r.IntN(4)
	for i := range n {
		v := r.IntN(12)
		if i > 0 {
			text += "."
		}
		text += strings.Repeat("0", r.IntN(2)) + itoa(v)
		model = append(model, v)
	}
	for len(model) < 4 {
		model = append(model, 0)
	}
	for _, level := range []string{" SP", " Update ", "-h"} {
		v := 0
		if r.IntN(2) == 0 {
			v = r.IntN(4)
			text += level + itoa(v)
		}
		model = append(model, v)
	}
	return text, model
}

func itoa(n int) string {
	if n >= 10 {
		return string(rune('0'+n/10)) + string(rune('0'+n%10))
	}
	return string(rune('0' + n))
}

// The keys of "vendor" order as the slow and obvious comparison of their numbers does.
func TestVendorModel(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	vendor, _ := vers.Builtin().Lookup("vendor")
	for range 20000 {
		a, ma := vendorText(r)
		b, mb := vendorText(r)
		ka, _, err := vendor.AppendKey(nil, a)
		require.NoError(t, err, a)
		kb, _, err := vendor.AppendKey(nil, b)
		require.NoError(t, err, b)
		want := 0
		for i := range ma {
			if ma[i] != mb[i] {
				want = map[bool]int{true: -1, false: 1}[ma[i] < mb[i]]
				break
			}
		}
		require.Equal(t, want, bytes.Compare(ka, kb), "%s ? %s", a, b)
	}
}

// A version lies in each of its branches, and the deeper branch in the wider one.
func TestBranchLaw(t *testing.T) {
	for _, name := range []string{"vendor", "dotted", "build", "hashicorp"} {
		scheme, ok := vers.Builtin().Lookup(name)
		require.True(t, ok)
		for _, f := range facts(t, filepath.Join("testdata", name+".txt")) {
			key, _, err := scheme.AppendKey(nil, f.a)
			if err != nil {
				continue
			}
			var low, high []byte
			for depth := 1; depth < 12; depth++ {
				lo, hi, _, err := scheme.AppendBranch(nil, nil, f.a, depth)
				require.NoError(t, err, "%s: %s", name, f.a)
				require.True(t, bytes.Compare(lo, key) <= 0 && bytes.Compare(key, hi) < 0, "%s: %s at depth %d", name, f.a, depth)
				if low != nil {
					require.True(t, bytes.Compare(low, lo) <= 0 && bytes.Compare(hi, high) <= 0, "%s: %s at depth %d", name, f.a, depth)
				}
				low, high = lo, hi
			}
		}
	}
}

func TestNoAllocs(t *testing.T) {
	key, low, high := make([]byte, 0, 128), make([]byte, 0, 128), make([]byte, 0, 128)
	for _, c := range []struct{ scheme, version string }{
		{"vendor", "V7.5 SP2 Update 18"}, {"dotted", "10.0.19045.3930"}, {"build", "2019 (14.0) Build 7190"}, {"semver", "1.2.3-rc.1+x"},
		{"ladder(<M,SP,HF)", "11.0.0-M5"},
	} {
		scheme, ok := vers.Builtin().Lookup(c.scheme)
		require.True(t, ok)
		require.Zero(t, testing.AllocsPerRun(100, func() {
			_, _, _ = scheme.AppendKey(key, c.version)
			_, _, _, _ = scheme.AppendBranch(low, high, c.version, 2)
		}), c.scheme)
	}
	r, err := vers.Builtin().NewRange("vendor", vers.Constraint{Comparator: vers.Less, Version: "8.0 U2d"})
	require.NoError(t, err)
	in, _ := vers.Builtin().Parse("vendor", "8.0 U1e")
	text, line := in.Key()
	installed := []byte(text)
	require.Zero(t, testing.AllocsPerRun(100, func() { _ = r.ContainsKey(installed, line) }), "ContainsKey")
	a, _ := vers.Builtin().Parse("vendor", "1.2.3")
	b, _ := vers.Builtin().Parse("vendor", "1.2.4")
	require.Zero(t, testing.AllocsPerRun(100, func() { _, _ = a.Compare(b) }), "Compare")
}

// No text makes a scheme panic, the key depends on the text alone, a refused text leaves
// the buffer as it was, and a key lies in its own branch.
func FuzzSchemes(f *testing.F) {
	for _, name := range []string{"vendor", "dotted", "build", "hashicorp"} {
		for _, fact := range facts(f, filepath.Join("testdata", name+".txt")) {
			f.Add(fact.a)
		}
	}
	f.Add("1" + strings.Repeat("(", 100))
	f.Add("v")
	f.Add("1.0 (")
	f.Add("٣.١")
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range []string{"vendor", "dotted", "semver", "build", "hashicorp", "ladder(<M,<RC,SP,HF)"} {
			scheme, _ := vers.Builtin().Lookup(name)
			prefix := []byte("prefix")
			key, line, err := scheme.AppendKey(prefix, text)
			if err != nil {
				require.Equal(t, "prefix", string(key), name)
				continue
			}
			again, _, err := scheme.AppendKey(nil, text)
			require.NoError(t, err)
			require.Equal(t, string(again), string(key[len(prefix):]), "%s: %q", name, text)
			require.True(t, line > 0 && line <= len(again), name)
			lo, hi, _, err := scheme.AppendBranch(nil, nil, text, 0)
			if err == nil {
				require.True(t, bytes.Compare(lo, again) <= 0 && bytes.Compare(again, hi) < 0, "%s: %q", name, text)
			}
		}
	})
}
