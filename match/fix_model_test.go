package match_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// A release is a version of three numbers, on the branch of its first two.
type release struct{ major, minor, patch int }

func (v release) String() string { return fmt.Sprintf("%d.%d.%d", v.major, v.minor, v.patch) }

func compareReleases(a, b release) int {
	return slices.Compare([]int{a.major, a.minor, a.patch}, []int{b.major, b.minor, b.patch})
}

// stated writes what documents state.
func stated(docs []*advisory.Advisory) (text string) {
	for _, d := range docs {
		for _, s := range d.Statements {
			text += fmt.Sprintf("\n%s default %s", d.ID, s.Default)
			for i := range s.Spans {
				text += "; " + s.Spans[i].String()
			}
		}
	}
	return text
}

// TestFixModel compares the search with the obvious one: ask about each version that is
// named, from the lowest on.
func TestFixModel(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 34))
	some := func() release { return release{7, 2 * r.IntN(3), r.IntN(12)} }
	kinds := map[match.FixKind]int{}
	for range 3000 {
		var docs []*advisory.Advisory
		var ids []string
		var named []release
		for n := range 1 + r.IntN(3) {
			id := fmt.Sprint("CVE-2099-", n+1)
			ids = append(ids, id)
			a := &advisory.Advisory{ID: id, Vulnerabilities: []advisory.Vulnerability{{ID: id}},
				Products: []advisory.Product{{Vendor: "Fortinet", Name: "FortiOS"}}}
			for range 1 + r.IntN(2) {
				s := advisory.Statement{Products: []int{0}, Default: []advisory.Default{advisory.DefaultNotAffected,
					advisory.DefaultUndeclared, advisory.DefaultSilent}[r.IntN(3)]}
				for range 1 + r.IntN(3) {
					from, before := some(), some()
					before.minor = from.minor
					if compareReleases(from, before) >= 0 {
						continue
					}
					named = append(named, before)
					span := advisory.Span{From: from.String(), Before: before.String(), Bounded: true, Status: advisory.Affected}
					if r.IntN(3) == 0 && before.patch > from.patch+1 {
						at := release{7, from.minor, from.patch + 1 + r.IntN(before.patch-from.patch-1)}
						named = append(named, at)
						span.Changes = []advisory.Change{{At: at.String(), Status: advisory.NotAffected}}
						if again := (release{7, from.minor, at.patch + 1}); again.patch < before.patch {
							span.Changes = append(span.Changes, advisory.Change{At: again.String(), Status: advisory.Affected})
						}
					}
					s.Spans = append(s.Spans, span)
				}
				a.Statements = append(a.Statements, s)
			}
			docs = append(docs, a)
		}
		m := compile(t, docs...)
		installed := some()
		in := &match.Installation{Vendor: "Fortinet", Product: "FortiOS", Version: installed.String()}
		clear := func(v release) bool {
			then := *in
			then.Version = v.String()
			return !slices.ContainsFunc(ids, func(id string) bool {
				now, verdict := m.Check(in, id), m.Check(&then, id)
				return !verdict.Clear() && (verdict.Status != advisory.NoStatement || now.MayBeAffected())
			})
		}
		affected := slices.ContainsFunc(ids, func(id string) bool { return m.Check(in, id).MayBeAffected() })
		slices.SortFunc(named, compareReleases)
		want := map[int]string{} // branch -> lowest clear version
		for _, v := range slices.Compact(named) {
			if _, done := want[v.minor]; !done && compareReleases(v, installed) > 0 && clear(v) {
				want[v.minor] = v.String()
			}
		}
		f := m.Fixes(in, ids...)
		kinds[f.Installed.Fix.Kind]++
		if !affected {
			require.NotEqual(t, match.FixVersion, f.Installed.Fix.Kind)
			continue
		}
		check := func(minor int, got match.Fix) {
			if version, ok := want[minor]; ok {
				require.Equal(t, match.Fix{Kind: match.FixVersion, Version: version}, got, "%s on 7.%d: %s", installed, minor, stated(docs))
			} else {
				require.False(t, got.IsVersion(), "%s on 7.%d: %s", installed, minor, got)
			}
			delete(want, minor)
		}
		check(installed.minor, f.Installed.Fix)
		for _, b := range f.Next {
			var minor int
			_, err := fmt.Sscanf(b.Branch, "7.%d", &minor)
			require.NoError(t, err)
			check(minor, b.Fix)
		}
		for minor := range want {
			require.Less(t, minor, installed.minor, "a branch with a fix is left out: %+v", f)
		}
	}
	assert.Len(t, kinds, 3, "%v", kinds)
}
