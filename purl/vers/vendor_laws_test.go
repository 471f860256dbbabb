package vers_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
)

// samples returns a version that each scheme of a vendor reads, from its facts.
func samples(t testing.TB) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	take := func(name string, facts []fact) {
		for _, f := range facts {
			if f.op != "!" {
				all[name] = append(all[name], f.a, f.b)
			}
		}
	}
	for _, name := range vendorNames() {
		take(name, facts(t, filepath.Join("testdata", name+".txt")))
	}
	for name, facts := range ladderFacts(t) {
		take(name, facts)
	}
	return all
}

func TestVendorNoAllocs(t *testing.T) {
	key, low, high := make([]byte, 0, 256), make([]byte, 0, 256), make([]byte, 0, 256)
	for name, versions := range samples(t) {
		scheme, ok := vers.Builtin().Lookup(name)
		require.True(t, ok)
		for _, version := range versions {
			require.Zero(t, testing.AllocsPerRun(10, func() {
				_, _, _ = scheme.AppendKey(key, version)
				_, _, _, _ = scheme.AppendBranch(low, high, version, 2)
			}), "%s: %s", name, version)
		}
	}
}

// A version lies in each of its branches and in its own release, and the deeper branch in
// the wider one.
func TestVendorBranchLaw(t *testing.T) {
	for name, versions := range samples(t) {
		scheme, _ := vers.Builtin().Lookup(name)
		for _, version := range versions {
			key, _, err := scheme.AppendKey(nil, version)
			require.NoError(t, err, "%s: %s", name, version)
			if releaser, ok := scheme.(vers.Releaser); ok {
				lo, hi, _, err := releaser.AppendRelease(nil, nil, version)
				require.NoError(t, err, "%s: %s", name, version)
				require.True(t, bytes.Compare(lo, key) <= 0 && bytes.Compare(key, hi) < 0, "%s: release of %s", name, version)
			}
			low, high := []byte(nil), []byte{0xFF}
			for depth := 1; depth < 12; depth++ {
				lo, hi, _, err := scheme.AppendBranch(nil, nil, version, depth)
				require.NoError(t, err, "%s: %s", name, version)
				require.True(t, bytes.Compare(lo, key) <= 0 && bytes.Compare(key, hi) < 0, "%s: %s at depth %d", name, version, depth)
				require.True(t, bytes.Compare(low, lo) <= 0 && bytes.Compare(hi, high) <= 0, "%s: %s at depth %d", name, version, depth)
				low, high = lo, hi
			}
		}
	}
}

// Long texts cost what short ones do, byte by byte.
func TestVendorLinear(t *testing.T) {
	for name := range samples(t) {
		scheme, _ := vers.Builtin().Lookup(name)
		for _, unit := range []string{"1.", "1(", "(", "-", "a", "1 SP", "u1", " ", "x1", "9", "\x00", "R1-S", "ü"} {
			cost := func(n int) time.Duration {
				text := strings.Repeat(unit, n)
				best := time.Hour
				for range 3 {
					start := time.Now()
					_, _, _ = scheme.AppendKey(nil, text)
					_, _, _, _ = scheme.AppendBranch(nil, nil, text, 0)
					best = min(best, time.Since(start))
				}
				return best
			}
			short, long := cost(1<<12), cost(1<<16)
			assert.Less(t, long, 100*short+20*time.Millisecond, "%s: %q", name, unit)
		}
	}
}

// No text makes a scheme of a vendor panic, the key depends on the text alone, a refused
// text leaves the buffer as it was, and a version lies in its own branch.
func FuzzVendorSchemes(f *testing.F) {
	names := vendorNames()
	for name, facts := range ladderFacts(f) {
		names = append(names, name)
		for _, fact := range facts {
			f.Add(fact.a)
		}
	}
	for _, name := range vendorNames() {
		for _, fact := range facts(f, filepath.Join("testdata", name+".txt")) {
			f.Add(fact.a)
		}
	}
	for _, text := range []string{"", " ", "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17", "1.1(1(1(1", "1-1-1", "1 SP", "R", "22.4R1-", "9.9(9)A9(9.9.9.9.9.9.9.9.9.9.9.9.9)"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, name := range names {
			scheme, _ := vers.Builtin().Lookup(name)
			key, line, err := scheme.AppendKey([]byte("prefix"), text)
			if err != nil {
				require.Equal(t, "prefix", string(key), name)
				var parse *vers.ParseError
				require.ErrorAs(t, err, &parse, name)
				require.True(t, 0 <= parse.Offset && parse.Offset <= len(text), "%s: %q", name, text)
				continue
			}
			again, _, err := scheme.AppendKey(nil, text)
			require.NoError(t, err)
			require.Equal(t, string(again), string(key[len("prefix"):]), "%s: %q", name, text)
			require.True(t, line > 0 && line <= len(again) && again[line-1] == 0 && bytes.IndexByte(again[:line-1], 0) < 0, "%s: %q", name, text)
			for _, depth := range []int{0, 1, 3} {
				lo, hi, _, err := scheme.AppendBranch(nil, nil, text, depth)
				require.NoError(t, err, "%s: %q", name, text)
				require.True(t, bytes.Compare(lo, again) <= 0 && bytes.Compare(again, hi) < 0, "%s: %q at depth %d", name, text, depth)
			}
			if joiner, ok := scheme.(vers.Joiner); ok {
				joiner.Join(text, text)
				joiner.Join(text, "1")
			}
		}
	})
}
