package vers_test

import (
	"bufio"
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
)

// A law says how a scheme is checked: pieces of which random texts are made, a slow model
// that compares two texts by the rule as it is written down, and one version for the
// check of allocations.
type law struct {
	scheme string
	heads  []string // what a text begins with, most of the time; nil: any piece
	pieces []string
	// model compares two versions that the scheme has read. It returns false for pairs on
	// which the tool's own order is not one.
	model   func(a, b string) (c int, total bool)
	version string
}

// always makes a model out of a comparison that is an order.
func always(compare func(a, b string) int) func(a, b string) (int, bool) {
	return func(a, b string) (int, bool) { return compare(a, b), true }
}

var systemNumbers = []string{
	"0", "0", "1", "1", "2", "9", "10", "11", "00", "01", "007", "010", "20231123",
	"18446744073709551615", "18446744073709551616", "100000000000000000000000000000001",
}

func pieces(more ...string) []string {
	return slices.Concat(systemNumbers, []string{".", ".", ".", "."}, more)
}

var (
	semverHeads  = []string{"1.0.0", "1.0.0-", "1.0.0-", "1.2.3-", "1.2.3+", "v1.2.3-a", "10.0.1-", "1.0.", "1."}
	semverPieces = pieces("1.0.0", "1.2.3-", "v", "-", "+", "a", "rc", "rc.1", "alpha", "A", "9a", "0a", "--", "-1",
		"9007199254740991", "9007199254740992", "9007199254740993", "0x1f", "0X1F")
	timeHeads = []string{"2024-01-01T00:00:00", "2024-02-29T12:30:00", "2023-12-31T23:59:59", "0000-01-01T00:00:00",
		"9999-12-31T23:59:60", "2016-12-31T15:59:60"}
)

func systemLaws() []law {
	return []law{
		{"deb", nil, pieces("1.0", "1:", "0:", ":", "-", "-1", "-0", "~", "~rc1", "+", "+b1", "a", "A", "dfsg", "z"),
			always(compareDebian), "1:7.88.1-10+deb12u1"},
		{"rpm", nil, pieces("1.0", "1:", "0:", ":", "-", "-1", "-0", "~", "~rc1", "^", "^git1", "+", "_", "a", "A", "el9", "é"),
			always(compareRPM), "1:2.5.3-5.el9_4"},
		{"alpm", nil, pieces("1.0", "1:", "0:", ":", "-1", "-0", "~", "^", "+", "_", "a", "A", "rc1", ".rc1", "..", "@"),
			comparePacman, "1:1.19.2.r5.gabc12-2"},
		{"apk", nil, []string{"1", "1.0", "1.2.3", "1.01", "0.1", ".0", ".1", ".10", ".007", ".20231123", ".18446744073709551616", "a", "b",
			"_alpha", "_beta1", "_pre", "_rc", "_cvs", "_svn", "_git2", "_hg", "_p", "_p", "_p0", "_p10", "_foo", "0", "2",
			"-r0", "-r0", "-r1", "-r10", "-r", "-", "~ab12", "~ab", "~", "A", "_", "."}, always(compareAlpine), "1.2.13_git2023-r4"},
		{"gentoo", []string{"1", "1.0", "1.01", "01.1", "1.1a"}, []string{".0", ".1", ".01", ".010", ".10", ".9", ".18446744073709551616", "a", "b",
			"z", "_alpha", "_beta1", "_pre", "_rc0", "_p", "_p0", "_p1", "0", "-r0", "-r1", "-r01"},
			always(compareGentoo), "4.2.52a_p4_rc1-r2"},
		{"openssl", []string{"1.0.2", "1.0.2", "1.1.1", "3.0.1"}, pieces("a", "b", "z", "za", "-dev", "-dev", "-alpha1", "-beta", "-beta2", "-beta2",
			"-rc1", "-pre1", "-cvs", "+quic"), always(compareOpenSSL), "1.0.2zh-beta2-dev"},
		{"bitnami", nil, pieces("1.0", "2.3.1", "v", "-1", "-4", "-rc.1", "+a"), always(compareBitnami), "2.3.1-4"},
		{"intdot", nil, pieces("1.0", "x", "b2", "-1"), always(compareIntegers), "10.234.5.12"},
		{"datetime", timeHeads, []string{"Z", "Z", "Z", "+00:00", "-05:00", "-08:00", "+23:59", ".5", ".50", ".123", "0", "1", ".5Z", ".123Z"},
			compareTimes, "2024-01-01T12:00:00.25-05:00"},
		{"lexicographic", nil, []string{"a", "b", "aa", "Z", "é", "ä", "😀", "1", "~", " "}, always(strings.Compare), "bookworm"},
		{"nginx", semverHeads, semverPieces, always(compareSemver), "1.25.3"},
		{"semver", semverHeads, semverPieces, always(compareSemver), "1.20.300-rc.1+b2"},
		{"golang", semverHeads, semverPieces, always(compareSemver), "v1.4.0-rc.1+incompatible"},
		{"cargo", semverHeads, semverPieces, always(compareSemver), "1.20.300-rc.1"},
		{"hex", semverHeads, semverPieces, always(compareSemver), "1.20.300-rc.1"},
		{"swift", semverHeads, semverPieces, always(compareSemver), "1.20.300-rc.1"},
		{"npm", semverHeads, semverPieces, always(compareNode), "1.20.300-rc.1"},
		{"pub", semverHeads, semverPieces, always(compareDart), "1.20.300-rc.1+4"},
	}
}

// text makes a random text: a head and up to four pieces.
func (l law) text(r *rand.Rand) string {
	var b strings.Builder
	if l.heads != nil && r.IntN(8) > 0 {
		b.WriteString(l.heads[r.IntN(len(l.heads))])
	}
	for range r.IntN(5) {
		b.WriteString(l.pieces[r.IntN(len(l.pieces))])
	}
	return b.String()
}

// pair makes two texts; mostly the second one is the first one with a small change.
func (l law) pair(r *rand.Rand) (string, string) {
	a := l.text(r)
	if r.IntN(4) == 0 {
		return a, l.text(r)
	}
	at := r.IntN(len(a) + 1)
	end := at
	if r.IntN(2) == 0 {
		end = min(len(a), at+1+r.IntN(2))
	}
	piece := ""
	if r.IntN(3) > 0 {
		piece = l.pieces[r.IntN(len(l.pieces))]
	}
	return a, a[:at] + piece + a[end:]
}

// versionPairs calls f with random pairs of texts that are versions of the scheme.
func (l law) versionPairs(t *testing.T, n int, f func(a, b vers.Version)) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	for tries := 0; n > 0; tries++ {
		require.Less(t, tries, 100_000_000, "the generator of %s makes too few versions", l.scheme)
		s, u := l.pair(r)
		a, err := vers.Builtin().Parse(l.scheme, s)
		if err != nil {
			continue
		}
		b, err := vers.Builtin().Parse(l.scheme, u)
		if err != nil {
			continue
		}
		n--
		f(a, b)
	}
}

// TestSystemOrder compares the order of keys with the models.
func TestSystemOrder(t *testing.T) {
	for _, l := range systemLaws() {
		t.Run(l.scheme, func(t *testing.T) {
			wrong, equal := 0, 0
			l.versionPairs(t, 5_000, func(a, b vers.Version) {
				want, total := l.model(a.String(), b.String())
				got, comparable := a.Compare(b)
				back, _ := b.Compare(a)
				ka, _ := a.Key()
				kb, _ := b.Key()
				if want == 0 {
					equal++
				}
				if !comparable || got != want || back != -want || total && strings.Compare(ka, kb) != want {
					if wrong++; wrong <= 10 {
						t.Errorf("%q ? %q: model %d, compare %d and %d, keys %q %q", a, b, want, got, back, ka, kb)
					}
				}
			})
			assert.Zero(t, wrong)
			assert.Greater(t, equal, 50, "too few equal pairs to mean anything")
		})
	}
}

// TestSystemBranches checks that a version lies in its branches of every depth, that they
// get narrower with the depth, and that two branches of one depth are equal, nested or
// have nothing in common.
func TestSystemBranches(t *testing.T) {
	for _, l := range systemLaws() {
		t.Run(l.scheme, func(t *testing.T) {
			scheme, _ := vers.Builtin().Lookup(l.scheme)
			wrong := 0
			l.versionPairs(t, 1_000, func(a, b vers.Version) {
				key, _ := a.Key()
				low, high := "", "\xFF"
				for _, depth := range []int{1, 2, 3, 4, 5, 6, 7, 8, 0} {
					lo, hi, line, err := scheme.AppendBranch(nil, nil, a.String(), depth)
					if err != nil {
						if l.scheme == "apk" { // a text outside of the grammar has no branch
							return
						}
						t.Fatalf("%q at depth %d: %v", a, depth, err)
					}
					ok := line == 1 && low <= string(lo) && string(lo) <= key && key < string(hi) && string(hi) <= high
					low, high = string(lo), string(hi)
					lo, hi, _, err = scheme.AppendBranch(nil, nil, b.String(), depth)
					if err == nil {
						apart := string(hi) <= low || high <= string(lo)
						nested := low <= string(lo) && string(hi) <= high || string(lo) <= low && high <= string(hi)
						ok = ok && (apart || nested)
					}
					if !ok {
						if wrong++; wrong <= 10 {
							t.Errorf("%q (and %q) at depth %d: key %q, branch %q %q, other %q %q", a, b, depth, key, low, high, lo, hi)
						}
					}
				}
			})
			assert.Zero(t, wrong)
		})
	}
}

// TestSystemBranchFacts reads testdata/system_branches.txt.
func TestSystemBranchFacts(t *testing.T) {
	text, err := os.ReadFile("testdata/system_branches.txt")
	require.NoError(t, err)
	for line := range strings.Lines(string(text)) {
		if line[0] == '#' {
			continue
		}
		head, versions, _ := strings.Cut(line, ": ")
		words := strings.Fields(head)
		require.Len(t, words, 3, line)
		scheme, ok := vers.Builtin().Lookup(words[0])
		require.True(t, ok, line)
		depth, err := strconv.Atoi(words[2])
		require.NoError(t, err, line)
		lo, hi, n, err := scheme.AppendBranch([]byte("a"), []byte("bc"), words[1], depth)
		require.NoError(t, err, line)
		assert.Equal(t, 1, n, line)
		low, high := string(lo[1:]), string(hi[2:])
		inside, outside, _ := strings.Cut(versions, "|")
		for i, list := range []string{inside, outside} {
			for _, version := range strings.Fields(list) {
				key, _, err := scheme.AppendKey(nil, version)
				require.NoError(t, err, line)
				assert.Equal(t, i == 0, low <= string(key) && string(key) < high, "%s in %s", version, head)
			}
		}
	}
}

// TestPacmanRelease checks the interval of a version with all its releases.
func TestPacmanRelease(t *testing.T) {
	scheme, _ := vers.Builtin().Lookup("alpm")
	releaser, ok := scheme.(vers.Releaser)
	require.True(t, ok)
	for _, c := range []struct {
		text            string
		inside, outside []string
	}{
		{"6.1", []string{"6.1", "6.1-1", "6.1-99", "6.1-z"}, []string{"6.0-9", "6.1rc-1", "6.1.0-1", "6.1.", "1:6.1"}},
		{"6.1-2", []string{"6.1-2", "6.1-02"}, []string{"6.1", "6.1-1", "6.1-2.1", "6.1-3", "6.1.0-2"}},
	} {
		lo, hi, n, err := releaser.AppendRelease(nil, nil, c.text)
		require.NoError(t, err)
		assert.Equal(t, 1, n)
		for i, list := range [][]string{c.inside, c.outside} {
			for _, version := range list {
				key, _, err := scheme.AppendKey(nil, version)
				require.NoError(t, err)
				in := bytes.Compare(lo, key) <= 0 && bytes.Compare(key, hi) < 0
				assert.Equal(t, i == 0, in, "%s as a release of %s", version, c.text)
			}
		}
	}
	_, _, _, err := releaser.AppendRelease(nil, nil, "")
	assert.ErrorIs(t, err, vers.ErrSyntax)
}

// TestSystemFacts reads testdata/<scheme>.txt: one fact a line, "a < b", "a = b", "! text"
// for what is no version ("!" alone: the empty one) and "? text" for what names a branch
// only.
func TestSystemFacts(t *testing.T) {
	for _, l := range systemLaws() {
		t.Run(l.scheme, func(t *testing.T) {
			file, err := os.Open("testdata/" + l.scheme + ".txt")
			require.NoError(t, err)
			defer file.Close()
			facts := 0
			lines := bufio.NewScanner(file)
			for n := 1; lines.Scan(); n++ {
				text := lines.Text()
				if text == "" || text[0] == '#' {
					continue
				}
				facts++
				if text[0] == '!' {
					rest := strings.TrimPrefix(text[1:], " ")
					_, err := vers.Builtin().Parse(l.scheme, rest)
					var parse *vers.ParseError
					if assert.ErrorAs(t, err, &parse, "line %d: %s", n, text) {
						assert.ErrorIs(t, err, vers.ErrSyntax, "line %d: %s", n, text)
						assert.LessOrEqual(t, parse.Offset, len(rest), "line %d: %s", n, text)
					}
					continue
				}
				if rest, ok := strings.CutPrefix(text, "? "); ok {
					_, err := vers.Builtin().Parse(l.scheme, rest)
					assert.ErrorIs(t, err, vers.ErrImprecise, "line %d: %s", n, text)
					_, err = vers.Builtin().Branch(l.scheme, rest)
					assert.NoError(t, err, "line %d: %s", n, text)
					continue
				}
				low, high, less := strings.Cut(text, " < ")
				want := -1
				if !less {
					var same bool
					low, high, same = strings.Cut(text, " = ")
					require.True(t, same, "line %d: %s", n, text)
					want = 0
				}
				a, err := vers.Builtin().Parse(l.scheme, low)
				require.NoError(t, err, "line %d: %s", n, text)
				b, err := vers.Builtin().Parse(l.scheme, high)
				require.NoError(t, err, "line %d: %s", n, text)
				got, comparable := a.Compare(b)
				assert.True(t, comparable, "line %d: %s", n, text)
				assert.Equal(t, want, got, "line %d: %s", n, text)
			}
			require.NoError(t, lines.Err())
			assert.GreaterOrEqual(t, facts, 10)
		})
	}
}

// TestSystemNoAllocs guards AppendKey and the comparison that does not go by keys.
func TestSystemNoAllocs(t *testing.T) {
	for _, l := range systemLaws() {
		scheme, ok := vers.Builtin().Lookup(l.scheme)
		require.True(t, ok)
		var room [128]byte
		assert.Zero(t, testing.AllocsPerRun(100, func() {
			if _, _, err := scheme.AppendKey(room[:0], l.version); err != nil {
				t.Fatal(err)
			}
		}), l.scheme)
		v, err := vers.Builtin().Parse(l.scheme, l.version)
		require.NoError(t, err)
		assert.Zero(t, testing.AllocsPerRun(100, func() { v.Compare(v) }), l.scheme)
	}
}

// FuzzSystemSchemes reads any text under all the schemes: no panic, one answer, errors
// that point into the text, and branches that hold what they name.
func FuzzSystemSchemes(f *testing.F) {
	laws := systemLaws()
	for i, l := range laws {
		f.Add(i, l.version)
		f.Add(i, l.pieces[0]+l.pieces[len(l.pieces)-1])
	}
	f.Fuzz(func(t *testing.T, which int, text string) {
		l := laws[uint(which)%uint(len(laws))]
		scheme, _ := vers.Builtin().Lookup(l.scheme)
		prefix := []byte("prefix")
		key, line, err := scheme.AppendKey(prefix, text)
		if err != nil {
			var parse *vers.ParseError
			require.ErrorAs(t, err, &parse)
			require.True(t, errors.Is(err, vers.ErrSyntax) || errors.Is(err, vers.ErrImprecise))
			require.True(t, 0 <= parse.Offset && parse.Offset <= len(text), "offset %d", parse.Offset)
			require.Equal(t, prefix, key)
			return
		}
		require.Equal(t, 1, line)
		require.True(t, bytes.HasPrefix(key, append(prefix, 0)))
		require.LessOrEqual(t, len(key), len(prefix)+16+6*len(text))
		again, _, err := scheme.AppendKey(nil, text)
		require.NoError(t, err)
		require.Equal(t, key[len(prefix):], again)
		for depth := range 4 {
			lo, hi, _, err := scheme.AppendBranch(nil, nil, text, depth)
			if err == nil {
				require.True(t, bytes.Compare(lo, again) <= 0 && bytes.Compare(again, hi) < 0, "depth %d: %q %q %q", depth, lo, again, hi)
			}
		}
		if len(text) <= vers.MaxLength { // the models take their time
			c, total := l.model(text, text)
			require.True(t, c == 0 || !total, "the model of %s: %d", l.scheme, c)
		}
	})
}
