package bench_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	depsdev "deps.dev/util/semver"
	gitpkgs "github.com/git-pkgs/vers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	xmod "golang.org/x/mod/semver"

	"github.com/affected-go/affected/purl/vers"
)

// stretches is how deps.dev writes a range of two stretches, where it has a notation for it.
var stretches = map[string]string{
	"semver": ">=%s,<%s || >=%s,<%s", "npm": ">=%s <%s || >=%s <%s", "maven": "[%s,%s),[%s,%s)",
}

// A pair is two versions of a scheme.
type pair struct{ a, b string }

// systems are the names that deps.dev has for our schemes.
var systems = map[string]depsdev.System{
	"semver": depsdev.DefaultSystem, "cargo": depsdev.Cargo, "golang": depsdev.Go, "maven": depsdev.Maven,
	"npm": depsdev.NPM, "nuget": depsdev.NuGet, "pypi": depsdev.PyPI, "gem": depsdev.RubyGems, "composer": depsdev.Composer,
}

// variants is how many pairs are made of each one of the file.
const variants = 2500

// variant writes a number in front of both versions.
func (p pair) variant(n int) pair {
	number := strconv.Itoa(n + 1)
	return pair{number + p.a, number + p.b}
}

// manyPairs returns all variants: an inventory does not ask about the same few texts again
// and again, so that a cache of strings inside of a library should not answer.
func manyPairs(pairs []pair) []pair {
	var many []pair
	for n := range variants {
		for _, p := range pairs {
			many = append(many, p.variant(n))
		}
	}
	return many
}

// readPairs returns the schemes in the order of the file, and their pairs.
func readPairs(t testing.TB) (schemes []string, pairs map[string][]pair) {
	t.Helper()
	file, err := os.Open("testdata/pairs.txt")
	require.NoError(t, err)
	defer file.Close()
	pairs = map[string][]pair{}
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		words := strings.Fields(lines.Text())
		require.Len(t, words, 3, lines.Text())
		if pairs[words[0]] == nil {
			schemes = append(schemes, words[0])
		}
		pairs[words[0]] = append(pairs[words[0]], pair{words[1], words[2]})
	}
	return schemes, pairs
}

// spelled returns a version as deps.dev and x/mod want it.
func spelled(scheme, version string) string {
	if scheme == "golang" {
		return "v" + version
	}
	return version
}

// fourBounds is a range of two stretches around versions in the middle of all variants.
func fourBounds(t testing.TB, scheme string, pairs []pair) string {
	t.Helper()
	set := vers.Builtin()
	var points []vers.Version
	for _, p := range pairs {
		p = p.variant(variants / 2)
		for _, text := range []string{p.a, p.b} {
			v, err := set.Parse(scheme, text)
			require.NoError(t, err)
			at := 0
			for at < len(points) && order(points[at], v) < 0 {
				at++
			}
			if at == len(points) || order(points[at], v) != 0 {
				points = append(points[:at], append([]vers.Version{v}, points[at:]...)...)
			}
		}
	}
	require.GreaterOrEqual(t, len(points), 4, scheme)
	n := len(points)
	return "vers:" + scheme + "/>=" + points[0].String() + "|<" + points[n/3].String() +
		"|>=" + points[n/2].String() + "|<" + points[n-1].String()
}

func order(a, b vers.Version) int {
	c, _ := a.Compare(b)
	return c
}

// TestPairs checks that every pair is read, that keys and strings agree, and that each range
// has four bounds.
func TestPairs(t *testing.T) {
	set := vers.Builtin()
	schemes, pairs := readPairs(t)
	require.Len(t, schemes, 19)
	for _, scheme := range schemes {
		r, err := set.ParseVERS(fourBounds(t, scheme, pairs[scheme]))
		require.NoError(t, err, scheme)
		inside := 0
		for _, p := range manyPairs(pairs[scheme]) {
			a, err := set.Parse(scheme, p.a)
			require.NoError(t, err, scheme)
			b, err := set.Parse(scheme, p.b)
			require.NoError(t, err, scheme)
			want, _ := a.Compare(b)
			got, comparable, err := set.CompareStrings(scheme, p.a, p.b)
			require.NoError(t, err, scheme)
			assert.True(t, comparable, scheme)
			assert.Equal(t, want, got, "%s: %s ? %s", scheme, p.a, p.b)
			in, err := r.Contains(p.a)
			require.NoError(t, err)
			if in == vers.Yes {
				inside++
			}
			if system, ok := systems[scheme]; ok {
				_, err := system.Parse(spelled(scheme, p.a))
				require.NoError(t, err, "deps.dev reads %s", p.a)
			}
		}
		assert.Positive(t, inside, scheme)
	}
}

func BenchmarkCompare(b *testing.B) {
	set := vers.Builtin()
	schemes, all := readPairs(b)
	for _, scheme := range schemes {
		pairs := manyPairs(all[scheme])
		sch, ok := set.Lookup(scheme)
		require.True(b, ok)
		keys := make([][2][]byte, len(pairs))
		for i, p := range pairs {
			keys[i][0], _, _ = sch.AppendKey(nil, p.a)
			keys[i][1], _, _ = sch.AppendKey(nil, p.b)
		}
		run(b, scheme+"/keys", len(pairs), func(i int) { _ = bytes.Compare(keys[i][0], keys[i][1]) })
		run(b, scheme+"/CompareStrings", len(pairs), func(i int) { _, _, _ = set.CompareStrings(scheme, pairs[i].a, pairs[i].b) })
		run(b, scheme+"/git-pkgs-strings", len(pairs), func(i int) { _ = gitpkgs.CompareWithScheme(pairs[i].a, pairs[i].b, scheme) })
		if system, ok := systems[scheme]; ok {
			parsed := make([][2]*depsdev.Version, len(pairs))
			for i, p := range pairs {
				parsed[i][0], _ = system.Parse(spelled(scheme, p.a))
				parsed[i][1], _ = system.Parse(spelled(scheme, p.b))
			}
			run(b, scheme+"/deps.dev-parsed", len(pairs), func(i int) { _ = parsed[i][0].Compare(parsed[i][1]) })
			run(b, scheme+"/deps.dev-strings", len(pairs), func(i int) {
				_ = system.Compare(spelled(scheme, pairs[i].a), spelled(scheme, pairs[i].b))
			})
		}
		if scheme == "golang" {
			run(b, scheme+"/x-mod-strings", len(pairs), func(i int) { _ = xmod.Compare("v"+pairs[i].a, "v"+pairs[i].b) })
		}
	}
}

func BenchmarkParse(b *testing.B) {
	set := vers.Builtin()
	schemes, all := readPairs(b)
	for _, scheme := range schemes {
		pairs := manyPairs(all[scheme])
		sch, ok := set.Lookup(scheme)
		require.True(b, ok)
		buffer := make([]byte, 0, 256)
		run(b, scheme+"/AppendKey", len(pairs), func(i int) { _, _, _ = sch.AppendKey(buffer, pairs[i].a) })
		run(b, scheme+"/parse+compare", len(pairs), func(i int) {
			v, _ := set.Parse(scheme, pairs[i].a)
			w, _ := set.Parse(scheme, pairs[i].b)
			_, _ = v.Compare(w)
		})
		if system, ok := systems[scheme]; ok {
			run(b, scheme+"/deps.dev", len(pairs), func(i int) {
				v, _ := system.Parse(spelled(scheme, pairs[i].a))
				w, _ := system.Parse(spelled(scheme, pairs[i].b))
				_ = v.Compare(w)
			})
		}
		run(b, scheme+"/git-pkgs", len(pairs), func(i int) {
			v, _ := gitpkgs.ParseVersion(pairs[i].a)
			w, _ := gitpkgs.ParseVersion(pairs[i].b)
			_ = v.Compare(w)
		})
	}
}

func BenchmarkContains(b *testing.B) {
	set := vers.Builtin()
	schemes, all := readPairs(b)
	for _, scheme := range schemes {
		text, pairs := fourBounds(b, scheme, all[scheme]), manyPairs(all[scheme])
		ours, err := set.ParseVERS(text)
		require.NoError(b, err)
		keys := make([][]byte, len(pairs))
		for i, p := range pairs {
			keys[i], _, _ = ours.Scheme().AppendKey(nil, p.a)
		}
		run(b, scheme+"/key", len(pairs), func(i int) { _ = ours.ContainsKey(keys[i], 1) })
		run(b, scheme+"/text", len(pairs), func(i int) { _, _ = ours.Contains(pairs[i].a) })
		if theirs, err := gitpkgs.Parse(text); err == nil {
			run(b, scheme+"/git-pkgs", len(pairs), func(i int) { _ = theirs.Contains(pairs[i].a) })
		}
		if form := stretches[scheme]; form != "" {
			var bounds []any
			for bound := range strings.SplitSeq(text[strings.IndexByte(text, '/')+1:], "|") {
				bounds = append(bounds, strings.TrimLeft(bound, "<>="))
			}
			c, err := systems[scheme].ParseConstraint(fmt.Sprintf(form, bounds...))
			require.NoError(b, err, scheme)
			run(b, scheme+"/deps.dev", len(pairs), func(i int) { _ = c.Match(pairs[i].a) })
		}
	}
}

// run measures f over the pairs in turn.
func run(b *testing.B, name string, n int, f func(i int)) {
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			f(i)
			if i++; i == n {
				i = 0
			}
		}
	})
}
