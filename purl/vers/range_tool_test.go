package vers_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
)

// TestToolOrderRanges asks ranges for the facts of testdata/tool_order.txt.
func TestToolOrderRanges(t *testing.T) {
	schemes := vers.Builtin()
	for n, line := range factLines(t, "testdata/tool_order.txt") {
		_, fact, ok := strings.Cut(line, ": ")
		require.True(t, ok, "line %d", n)
		version, text, inside := strings.Cut(fact, " in ")
		want := vers.Yes
		if without, ok := strings.CutSuffix(version, " not"); ok {
			version, want = without, vers.No
		}
		require.True(t, inside, "line %d", n)
		r, err := schemes.ParseVERS(text)
		require.NoError(t, err, "line %d", n)
		in, err := r.Contains(version)
		require.NoError(t, err, "line %d", n)
		assert.Equal(t, want, in, "line %d: %s", n, line)

		picked, err := r.Highest([]string{version})
		require.NoError(t, err)
		assert.Equal(t, want == vers.Yes, picked == version, "line %d: Highest", n)
		out, err := r.Complement().Contains(version)
		require.NoError(t, err)
		assert.Equal(t, want.Not(), out, "line %d: complement", n)
	}
}

// TestToolOrderAlgebra checks that computed ranges hold what their parts do by the order of
// the tool, for bounds and versions that lie on its cycles too.
func TestToolOrderAlgebra(t *testing.T) {
	r := rand.New(rand.NewSource(8))
	schemes := vers.Builtin()
	for scheme, texts := range map[string]string{
		"alpm":     "1.0 1.0-1 1.0-2 1. 1.1 1..a 1.a 2:1.0 1.0rc-1",
		"conan":    "9 10 1a 9a 0a 1.0 1 1-pre 1+b 1.-5 1.-7 a 1.a 1.0-rc1 9-rc.1 10-rc1 1+b.2 1-Pre 0.a 0+0.1",
		"luarocks": "1.0 1.0-1 1.0-2 scm scm-1 1.0rc1 2",
		"maven":    "1 1-alpha 1.x.1 1-1 1.0.rc.1 1.0 2 1-sp",
	} {
		points := strings.Fields(texts)
		meets := func(c vers.Constraint, version string) vers.Truth {
			order, _, err := schemes.CompareStrings(scheme, version, c.Version)
			require.NoError(t, err)
			holds := [...]bool{order == 0, order != 0, order < 0, order <= 0, order > 0, order >= 0}[c.Comparator]
			return map[bool]vers.Truth{true: vers.Yes, false: vers.No}[holds]
		}
		for range 100 {
			constraint := func() (vers.Constraint, vers.Range) {
				c := vers.Constraint{Comparator: vers.Comparator(r.Intn(6)), Version: points[r.Intn(len(points))]}
				one, err := schemes.NewRange(scheme, c)
				require.NoError(t, err)
				return c, one
			}
			a, ra := constraint()
			b, rb := constraint()
			union, err := ra.Union(rb)
			require.NoError(t, err)
			both, err := ra.Intersect(rb)
			require.NoError(t, err)
			only, err := ra.Difference(rb)
			require.NoError(t, err)
			for _, version := range points {
				for _, c := range []struct {
					r    vers.Range
					want vers.Truth
				}{
					{union, meets(a, version).Or(meets(b, version))},
					{both, meets(a, version).And(meets(b, version))},
					{only, meets(a, version).And(meets(b, version).Not())},
					{ra.Complement(), meets(a, version).Not()},
				} {
					in, err := c.r.Contains(version)
					require.NoError(t, err)
					require.Equal(t, c.want, in, "%s: %s, %v and %v", scheme, version, a, b)
				}
			}
		}
	}
}

// TestToolOrderLimit checks that ranges computed of very many others, and of themselves
// again and again, stay cheap.
func TestToolOrderLimit(t *testing.T) {
	schemes := vers.Builtin()
	r, err := schemes.NewRange("maven", vers.Constraint{Comparator: vers.Less, Version: "2.0"})
	require.NoError(t, err)
	for range 200 {
		r, err = r.Union(r.Complement())
		require.NoError(t, err)
	}
	in, err := r.Contains("3.0")
	require.NoError(t, err)
	assert.Equal(t, vers.Yes, in)
}

func ExampleRange_Contains_toolOrder() {
	// pacman takes a bound without a release for every release.
	r, _ := vers.Builtin().ParseVERS("vers:alpm/>=1.2|<=1.4")
	in, _ := r.Contains("1.4-3")
	fmt.Println(in)
	// Output: yes
}
