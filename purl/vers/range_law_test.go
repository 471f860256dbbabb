package vers_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
)

// A pointRange is the slow and obvious model of a range: the answer for each of a few
// versions, from comparing them.
type pointRange []vers.Truth

// rangeWorlds are the versions of which ranges are made, and at which they are looked at.
// Those of the last two schemes lie on several lines.
var rangeWorlds = []struct{ scheme, versions string }{
	{"semver", "0.9.0 1.0.0-0 1.0.0-rc.1 1.0.0 1.0.0+x 1.0.1 1.10.0 2.0.0-rc.1 2.0.0 10.0.0"},
	{"deb", "0.9-1 1.0~rc1-1 1.0 1.0-1 0:1.0-1 1.0-1+deb12u1 1.0a-1 1.10-1 1:0.5-1"},
	{"pypi", "1.0.dev1 1.0a1 1.0rc1 1.0 1.0.0 1.0+local 1.0.post1 1.1 1!0.5"},
	{"dotted", "1 1.0 1.0.1 1.2 1.10 2 2.0.0.1"},
	{"vendor", "1.0 1.0SP1 1.0.0 2.0 FW1.0 FW1.1 FW2 R5 R6"},
	{"generic", "a b c 1.0"},
}

// randomRange makes a range and its model of the same constraints.
func randomRange(t *testing.T, r *rand.Rand, scheme string, points []vers.Version, depth int) (vers.Range, pointRange) {
	schemes := vers.Builtin()
	if depth == 0 || r.IntN(4) == 0 {
		bound := points[r.IntN(len(points))]
		c := vers.Constraint{Comparator: vers.Comparator(r.IntN(6)), Version: bound.String()}
		got, err := schemes.NewRange(scheme, c)
		require.NoError(t, err)
		model := make(pointRange, len(points))
		for i, v := range points {
			model[i] = meets(v, c.Comparator, bound)
		}
		return got, model
	}
	a, ma := randomRange(t, r, scheme, points, depth-1)
	b, mb := randomRange(t, r, scheme, points, depth-1)
	var err error
	model := make(pointRange, len(points))
	switch r.IntN(4) {
	case 0:
		a, err = a.Union(b)
		for i := range model {
			model[i] = ma[i].Or(mb[i])
		}
	case 1:
		a, err = a.Intersect(b)
		for i := range model {
			model[i] = ma[i].And(mb[i])
		}
	case 2:
		a, err = a.Difference(b)
		for i := range model {
			model[i] = ma[i].And(mb[i].Not())
		}
	default:
		a = a.Complement()
		for i := range model {
			model[i] = ma[i].Not()
		}
	}
	require.NoError(t, err)
	return a, model
}

// meets compares, as the definition of a constraint says.
func meets(v vers.Version, c vers.Comparator, bound vers.Version) vers.Truth {
	order, comparable := v.Compare(bound)
	holds := false
	switch c {
	case vers.Equal:
		holds = comparable && order == 0
	case vers.NotEqual:
		holds = !comparable || order != 0
	case vers.Less:
		holds = order < 0
	case vers.LessOrEqual:
		holds = order <= 0
	case vers.Greater:
		holds = order > 0
	case vers.GreaterOrEqual:
		holds = order >= 0
	}
	switch {
	case !comparable && c != vers.Equal && c != vers.NotEqual:
		return vers.Unknown
	case holds:
		return vers.Yes
	default:
		return vers.No
	}
}

func TestRangeLaws(t *testing.T) {
	schemes := vers.Builtin()
	for _, world := range rangeWorlds {
		t.Run(world.scheme, func(t *testing.T) {
			r := rand.New(rand.NewPCG(7, uint64(len(world.versions))))
			var points []vers.Version
			for text := range strings.FieldsSeq(world.versions) {
				v, err := schemes.Parse(world.scheme, text)
				require.NoError(t, err)
				points = append(points, v)
			}
			lines := world.scheme == "vendor" || world.scheme == "generic"
			for range 3000 {
				a, ma := randomRange(t, r, world.scheme, points, 4)
				b, mb := randomRange(t, r, world.scheme, points, 4)
				checkPoints(t, a, points, ma)
				checkAlgebra(t, a, b)
				checkText(t, a)
				if !lines {
					checkLinear(t, a, b)
				}
				checkRelations(t, a, b, ma, mb)
			}
		})
	}
}

// checkPoints compares the range with its model.
func checkPoints(t *testing.T, a vers.Range, points []vers.Version, model pointRange) {
	for i, v := range points {
		in, err := a.Contains(v.String())
		require.NoError(t, err)
		require.Equal(t, model[i], in, "%s in %s", v, a)
	}
}

// checkAlgebra checks the laws that hold with three values, too.
func checkAlgebra(t *testing.T, a, b vers.Range) {
	or, and := must(t, a.Union, b), must(t, a.Intersect, b)
	equal := func(x, y vers.Range, law string) {
		require.True(t, x.Equal(y), "%s: %s and %s give %s and %s", law, a, b, x, y)
	}
	equal(a.Complement().Complement(), a, "double complement")
	equal(or.Complement(), must(t, a.Complement().Intersect, b.Complement()), "De Morgan")
	equal(and.Complement(), must(t, a.Complement().Union, b.Complement()), "De Morgan")
	equal(or, must(t, b.Union, a), "commutative")
	equal(and, must(t, b.Intersect, a), "commutative")
	equal(must(t, a.Union, a), a, "idempotent")
	equal(must(t, a.Intersect, a), a, "idempotent")
	equal(must(t, a.Union, and), a, "absorption")
	equal(must(t, a.Intersect, or), a, "absorption")
	equal(must(t, a.Difference, b), must(t, a.Intersect, b.Complement()), "difference")
	none := vers.Range{}
	require.False(t, none.Equal(a))
	require.True(t, none.Equal(none))
}

// checkLinear checks what holds where each version is in a range or not.
func checkLinear(t *testing.T, a, b vers.Range) {
	whole := must(t, a.Union, a.Complement())
	require.True(t, whole.IsAll(), "%s or its complement", a)
	require.True(t, whole.Complement().IsEmpty())
	parts := must(t, must(t, a.Intersect, b).Union, must(t, a.Difference, b))
	require.True(t, parts.Equal(a), "%s in parts", a)
	require.Equal(t, parts.String(), a.String(), "one normal form")
}

// checkText reads what was written.
func checkText(t *testing.T, a vers.Range) {
	text, ok := a.VERS()
	if !ok {
		return
	}
	again, err := vers.Builtin().ParseVERS(text)
	require.NoError(t, err)
	if a.IsEmpty() {
		require.True(t, again.IsEmpty())
		return
	}
	require.True(t, again.Equal(a), "%s read from %s", again, text)
	require.Equal(t, text, again.String())
}

// checkRelations checks overlap and subset against the points.
func checkRelations(t *testing.T, a, b vers.Range, ma, mb pointRange) {
	overlaps, err := a.Overlaps(b)
	require.NoError(t, err)
	back, err := b.Overlaps(a)
	require.NoError(t, err)
	require.Equal(t, overlaps, back)
	subset, err := a.SubsetOf(b)
	require.NoError(t, err)
	for i := range ma {
		if both := ma[i].And(mb[i]); both == vers.Yes {
			require.Equal(t, vers.Yes, overlaps, "%s and %s", a, b)
		} else if both == vers.Unknown {
			require.NotEqual(t, vers.No, overlaps, "%s and %s", a, b)
		}
		if only := ma[i].And(mb[i].Not()); only == vers.Yes {
			require.Equal(t, vers.No, subset, "%s in %s", a, b)
		} else if only == vers.Unknown {
			require.NotEqual(t, vers.Yes, subset, "%s in %s", a, b)
		}
	}
}

func must(t *testing.T, f func(vers.Range) (vers.Range, error), b vers.Range) vers.Range {
	r, err := f(b)
	require.NoError(t, err)
	return r
}

func TestRangeErrors(t *testing.T) {
	schemes := vers.Builtin()
	npm, err := schemes.ParseVERS("vers:npm/<1.0.0")
	require.NoError(t, err)
	deb, err := schemes.ParseVERS("vers:deb/<1.0")
	require.NoError(t, err)
	_, err = npm.Union(deb)
	require.ErrorIs(t, err, vers.ErrIncomparable)
	_, err = npm.Overlaps(deb)
	require.ErrorIs(t, err, vers.ErrIncomparable)
	_, err = npm.SubsetOf(vers.Range{})
	require.ErrorIs(t, err, vers.ErrInvalidRange)
	_, err = vers.Range{}.Contains("1.0.0")
	require.ErrorIs(t, err, vers.ErrInvalidRange)
	require.False(t, npm.Equal(deb))
	require.False(t, vers.Range{}.IsAll() || vers.Range{}.IsEmpty())
}

func TestPick(t *testing.T) {
	schemes := vers.Builtin()
	r, err := schemes.ParseVERS("vers:npm/>=1.0.0|<2.0.0")
	require.NoError(t, err)
	releases := []string{"2.1.0", "1.10.0", "0.9.0", "1.2.0", "1.10.0+build", "1.0.0-rc.1"}
	high, err := r.Highest(releases)
	require.NoError(t, err)
	require.Equal(t, "1.10.0", high)
	low, err := r.Lowest(releases)
	require.NoError(t, err)
	require.Equal(t, "1.2.0", low)

	high, err = r.Highest([]string{"3.0.0"})
	require.NoError(t, err)
	require.Empty(t, high)

	high, err = r.Highest([]string{"1.3.0", "nonsense", "1.4.0"})
	require.ErrorIs(t, err, vers.ErrSyntax)
	require.Equal(t, "1.4.0", high)

	all, err := schemes.AllVersions("vendor")
	require.NoError(t, err)
	_, err = all.Lowest([]string{"1.0", "FW1.0"})
	require.ErrorIs(t, err, vers.ErrIncomparable)
	_, err = vers.Range{}.Highest(nil)
	require.ErrorIs(t, err, vers.ErrInvalidRange)
}
