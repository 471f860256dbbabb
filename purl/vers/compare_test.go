package vers_test

import (
	"maps"
	"math/rand"
	randv2 "math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
)

// sameAsParsed checks that CompareStrings gives the answer and the error of Parse and
// Compare, both ways round.
func sameAsParsed(t testing.TB, schemes *vers.Schemes, scheme, a, b string) {
	t.Helper()
	v, errA := schemes.Parse(scheme, a)
	w, errB := schemes.Parse(scheme, b)
	c, comparable, err := schemes.CompareStrings(scheme, a, b)
	back, backComparable, backErr := schemes.CompareStrings(scheme, b, a)
	switch {
	case errA != nil:
		require.Equal(t, errA, err, "%s: %q ? %q", scheme, a, b)
	case errB != nil:
		require.Equal(t, errB, err, "%s: %q ? %q", scheme, a, b)
	default:
		require.NoError(t, err, "%s: %q ? %q", scheme, a, b)
		require.NoError(t, backErr, "%s: %q ? %q", scheme, b, a)
		want, wantComparable := v.Compare(w)
		require.Equal(t, wantComparable, comparable, "%s: %q ? %q", scheme, a, b)
		require.Equal(t, wantComparable, backComparable, "%s: %q ? %q", scheme, b, a)
		require.Equal(t, want, c, "%s: %q ? %q", scheme, a, b)
		require.Equal(t, -want, back, "%s: %q ? %q", scheme, b, a)
		return
	}
	require.Error(t, backErr, "%s: %q ? %q", scheme, b, a)
	require.False(t, comparable || backComparable)
}

// keysAgree checks CompareStrings against the keys, for schemes whose keys hold the order.
func keysAgree(t testing.TB, scheme, a, b string) {
	t.Helper()
	switch scheme {
	case "alpm", "conan", "luarocks", "maven":
		return
	}
	v, errA := vers.Builtin().Parse(scheme, a)
	w, errB := vers.Builtin().Parse(scheme, b)
	if errA != nil || errB != nil {
		return
	}
	keyV, n := v.Key()
	keyW, m := w.Key()
	c, comparable, err := vers.Builtin().CompareStrings(scheme, a, b)
	require.NoError(t, err)
	require.Equal(t, keyV[:n] == keyW[:m], comparable)
	if comparable {
		want := 0
		if keyV != keyW {
			want = map[bool]int{true: -1, false: 1}[keyV < keyW]
		}
		require.Equal(t, want, c, "%s: %q ? %q", scheme, a, b)
	}
}

// TestCompareStringsLaw compares CompareStrings with Parse and Compare, and with the keys,
// on random texts, versions or not.
func TestCompareStringsLaw(t *testing.T) {
	pairs := 3000
	if testing.Short() {
		pairs = 300
	}
	for _, c := range append(languageCases, languageCase{scheme: "maven", grammar: mavenGrammar}) {
		t.Run(c.scheme, func(t *testing.T) {
			r := rand.New(rand.NewSource(5))
			for range pairs {
				a, b := c.grammar.pair(r)
				sameAsParsed(t, vers.Builtin(), c.scheme, a, b)
				keysAgree(t, c.scheme, a, b)
			}
		})
	}
	for _, l := range systemLaws() {
		t.Run(l.scheme, func(t *testing.T) {
			r := randv2.New(randv2.NewPCG(5, 6))
			for range pairs {
				a, b := l.pair(r)
				sameAsParsed(t, vers.Builtin(), l.scheme, a, b)
				keysAgree(t, l.scheme, a, b)
			}
		})
	}
}

// TestToolOrderModels compares the schemes whose keys do not hold the order with the slow
// models of their tools.
func TestToolOrderModels(t *testing.T) {
	r := rand.New(rand.NewSource(6))
	for scheme, c := range map[string]struct {
		grammar grammar
		model   func(a, b string) int
	}{
		"conan":    {conanGrammar, conanTool},
		"luarocks": {luarocksGrammar, luaTool},
		"maven":    {mavenGrammar, modelMaven},
	} {
		t.Run(scheme, func(t *testing.T) {
			read, pairs := 0, 20000
			if testing.Short() {
				pairs = 4000
			}
			for range pairs {
				a, b := c.grammar.pair(r)
				got, comparable, err := vers.Builtin().CompareStrings(scheme, a, b)
				if err != nil {
					continue
				}
				read++
				require.True(t, comparable)
				require.Equal(t, c.model(a, b), got, "%q ? %q", a, b)
			}
			assert.Greater(t, read, pairs/10)
		})
	}
}

// typicalPairs are pairs that differ late, for the guards and benchmarks.
var typicalPairs = map[string][2]string{
	"alpm": {"1:1.19.2.r5.gabc12-2", "1:1.19.2.r5.gabc12-3"}, "apk": {"1.2.13_git2023-r4", "1.2.13_git2023-r5"},
	"bitnami": {"2.3.1-4", "2.3.2-1"}, "cargo": {"1.20.300-rc.1", "1.20.300-rc.2"},
	"composer": {"v10.48.12", "v10.48.13"}, "conan": {"1.0.0-rc.1+b3", "1.0.0-rc.1+b4"},
	"conda": {"1.21.0", "1.21.1"}, "cpan": {"v5.36.0", "v5.36.1"}, "cran": {"7.3-60.0.1", "7.3-60.0.2"},
	"datetime": {"2024-01-01T12:00:00.25-05:00", "2024-01-01T12:00:00.26-05:00"},
	"deb":      {"1:7.88.1-10+deb12u1", "1:7.88.1-10+deb12u2"}, "gem": {"1.13.0.rc1", "1.13.0.rc2"},
	"gentoo": {"4.2.52a_p4_rc1-r2", "4.2.52a_p4_rc1-r3"}, "golang": {"v1.4.0-rc.1+incompatible", "v1.4.0-rc.2+incompatible"},
	"hackage": {"4.17.2.1", "4.17.2.2"}, "hex": {"1.20.300-rc.1", "1.20.300-rc.2"}, "intdot": {"10.234.5.12", "10.234.5.13"},
	"julia": {"1.11.0-rc2", "1.11.0-rc3"}, "lexicographic": {"bookworm", "bullseye"}, "luarocks": {"1.8.0-1", "1.8.0-2"},
	"maven": {"2.0-alpha-1-SNAPSHOT", "2.0-alpha-2-SNAPSHOT"}, "nginx": {"1.25.3", "1.25.4"},
	"npm": {"1.20.300-rc.1", "1.20.300-rc.2"}, "nuget": {"8.0.0-preview.7.23375.6", "8.0.0-preview.7.23375.7"},
	"opam": {"5.0.0~beta1", "5.0.0~beta2"}, "openssl": {"1.0.2zh", "1.0.2zi"}, "otp": {"OTP-27.0-rc3", "OTP-27.0-rc4"},
	"pub": {"1.20.300-rc.1+4", "1.20.300-rc.1+5"}, "pypi": {"1!1.0.post3.dev2", "1!1.0.post3.dev3"},
	"rpm": {"1:2.5.3-5.el9_4", "1:2.5.3-5.el9_5"}, "semver": {"1.20.300-rc.1+b2", "1.20.300-rc.2+b2"},
	"swift": {"1.20.300-rc.1", "1.20.300-rc.2"}, "vcpkg": {"1.2.13#2", "1.2.13#3"},
	"dotted": {"10.0.19045.3930", "10.0.19045.3931"}, "vendor": {"V7.5 SP2 Update 18", "V7.5 SP2 Update 19"},
}

func TestCompareStringsNoAllocs(t *testing.T) {
	schemes := vers.Builtin()
	for scheme, pair := range typicalPairs {
		c, comparable, err := schemes.CompareStrings(scheme, pair[0], pair[1])
		require.NoError(t, err, scheme)
		assert.True(t, comparable && c == -1, "%s: %s ? %s", scheme, pair[0], pair[1])
		if raceEnabled {
			continue
		}
		assert.Zero(t, testing.AllocsPerRun(100, func() { _, _, _ = schemes.CompareStrings(scheme, pair[0], pair[1]) }), scheme)
	}
}

func TestCompareStringsErrors(t *testing.T) {
	_, _, err := vers.Builtin().CompareStrings("no-such", "1", "2")
	assert.ErrorIs(t, err, vers.ErrUnknownScheme)
	_, _, err = vers.Builtin().WithMaxLength(4).CompareStrings("deb", "1", "1.2.3")
	assert.ErrorIs(t, err, vers.ErrTooLong)
	_, _, err = vers.Builtin().CompareStrings("semver", "2.0.0", "1.0.0+")
	assert.ErrorIs(t, err, vers.ErrSyntax, "the end of a text is read even where the beginning decides")
	c, comparable, err := vers.Builtin().CompareStrings("ladder(SP,HF)", "8.0 SP1", "8.0 SP2")
	require.NoError(t, err)
	assert.True(t, comparable && c == -1)
	_, comparable, err = vers.Builtin().CompareStrings("vendor", "FW1.0", "R5")
	require.NoError(t, err)
	assert.False(t, comparable, "two lines")
}

func BenchmarkCompareStrings(b *testing.B) {
	schemes := vers.Builtin()
	for _, scheme := range slices.Sorted(maps.Keys(typicalPairs)) {
		pair := typicalPairs[scheme]
		b.Run(scheme, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _, _ = schemes.CompareStrings(scheme, pair[0], pair[1])
			}
		})
	}
}

func FuzzCompareStrings(f *testing.F) {
	for scheme, pair := range typicalPairs {
		f.Add(scheme, pair[0], pair[1])
	}
	f.Add("maven", "0.0.0-0.a.0.0", "1-..-x1-ga")
	f.Add("conan", "1_0.-0_0.0-+", "10.-5")
	f.Add("apk", "1.0-r1x", "1.0-r0x")
	f.Add("gem", "1.0.0.a.0.0", "1.a--b")
	f.Fuzz(func(t *testing.T, scheme, a, b string) {
		if _, ok := vers.Builtin().Lookup(scheme); !ok {
			return
		}
		sameAsParsed(t, vers.Builtin(), scheme, a, b)
		keysAgree(t, scheme, a, b)
	})
}

// TestCompareStringsLongInput compares texts of 100,000 bytes, for which work in proportion
// to the square of the length would take minutes.
func TestCompareStringsLongInput(t *testing.T) {
	if testing.Short() {
		t.Skip("long texts")
	}
	const length = 100_000
	schemes := vers.Builtin().WithMaxLength(length + 16)
	for _, piece := range []string{"0.", "0-", "-", ".", "1a", "0a.", "a0-", "0.0-0.a.", "_p", "_0", "~", "ga-", "-r0"} {
		text := "1." + strings.Repeat(piece, length/len(piece))
		for scheme := range schemes.All() {
			start := time.Now()
			for _, tail := range []string{"1", "0", "a"} {
				_, _, _ = schemes.CompareStrings(scheme.Name(), text+tail, text)
				_, _, _ = schemes.CompareStrings(scheme.Name(), text+tail, text+"2")
			}
			assert.Less(t, time.Since(start), 30*time.Second, "%s: %q", scheme.Name(), piece)
		}
	}
}
