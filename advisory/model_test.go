package advisory_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
)

// The model of a timeline is the algorithm of the CVE record format, read to the letter:
// the first span in list order that holds the version, else the default. It agrees with
// Resolve wherever no two affected ranges share a lower bound (those are branches) and the
// default is explicit. Fixed and NotAffected are both "not affected" for the letter.
func TestResolveModel(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	statuses := []advisory.Status{advisory.Affected, advisory.NotAffected, advisory.Unknown}
	for round := range 3000 {
		type span struct {
			from, to int // to is not included
			status   advisory.Status
		}
		var (
			model []span
			s     = advisory.Statement{Products: []int{0}, Default: notAffected}
			used  = map[int]bool{}
		)
		for range 1 + r.IntN(5) {
			m := span{from: 1 + r.IntN(40), status: statuses[r.IntN(len(statuses))]}
			if used[m.from] {
				continue
			}
			used[m.from] = true
			m.to = m.from + 1 + r.IntN(10)
			a := advisory.Span{From: fmt.Sprint(m.from), Bounded: true, Status: m.status}
			switch r.IntN(3) {
			case 0:
				a.Before = fmt.Sprint(m.to)
			case 1:
				a.Through = fmt.Sprint(m.to - 1)
				if m.to-1 == m.from { // one version
					a = advisory.Span{Version: a.From, Status: m.status}
				}
			default:
				a, m.to = advisory.Span{Version: a.From, Status: m.status}, m.from+1
			}
			if a.Before == a.From && a.From != "" {
				continue
			}
			model, s.Spans = append(model, m), append(s.Spans, a)
		}
		tl := advisory.Resolve(&s, &advisory.Product{Vendor: "Example", Name: "Gateway"}, advisory.ResolveOptions{})
		for v := range 55 {
			want := advisory.NotAffected
			for _, m := range model {
				if m.from <= v && v < m.to {
					want = m.status
					break
				}
			}
			got := says(t, tl, fmt.Sprint(v)).Status
			if got == advisory.Fixed {
				got = advisory.NotAffected
			}
			require.Equal(t, want, got, "round %d: version %d of %+v in %v", round, v, s.Spans, tl.Segments)
		}
		// Segments are sorted, disjoint and without holes on their line.
		for i := 1; i < len(tl.Segments); i++ {
			require.Equal(t, tl.Segments[i-1].High, tl.Segments[i].Low, "%v", tl.Segments)
			require.Less(t, tl.Segments[i].Low, tl.Segments[i].High)
		}
	}
}

// Whatever the texts are, Resolve returns, and a text that it could not read never leaves a
// clear answer.
func FuzzResolve(f *testing.F) {
	f.Add("1.0", "2.0", "", "", "semver", uint8(0))
	f.Add("2019 (14.0)", "Build 7190", "", "", "semver", uint8(1))
	f.Add("5.8, 6.6", "6.6.1097, 6.7.1107", "", "12.1.7-h8", "custom", uint8(4))
	f.Add("", "", "5.1.x", "", "", uint8(2))
	f.Add("22.0", "1.0", "<=<= 3", "x", "git", uint8(3))
	f.Fuzz(func(t *testing.T, from, before, version, at, hint string, def uint8) {
		s := &advisory.Statement{Products: []int{0}, Default: advisory.Default(def % 5), Spans: []advisory.Span{
			{From: from, Before: before, Bounded: true, Hint: hint, Status: advisory.Affected, Changes: []advisory.Change{{At: at, Status: advisory.NotAffected}}},
			{Version: version, Status: advisory.Affected},
		}}
		tl := advisory.Resolve(s, &advisory.Product{Vendor: "Example", Name: "Gateway"}, advisory.ResolveOptions{})
		for i := 1; i < len(tl.Segments); i++ {
			require.LessOrEqual(t, tl.Segments[i-1].High, tl.Segments[i].Low)
		}
		unread := false
		for _, p := range tl.Problems {
			unread = unread || p.Code == "bound-unread" || p.Code == "bounds-swapped" || p.Code == "bounds-mixed"
		}
		key, line, err := tl.Scheme.AppendKey(nil, "123.456")
		for _, seg := range tl.Segments { // what lies below the lower bound of a range without a readable end
			unread = unread && !(seg.Low > string(key) && seg.Reason == advisory.BadRange)
		}
		if err == nil && unread {
			out, _ := tl.At(key, line)
			require.True(t, out.Status == advisory.Affected || out.Status == advisory.Unknown, "%v: %+v", out, tl.Problems)
		}
	})
}

// The cost of a statement grows with its length: with the square of it this one would not
// end before the test times out.
func TestResolveHostile(t *testing.T) {
	const n = 20000
	s := &advisory.Statement{Products: []int{0}, Default: notAffected}
	long := advisory.Span{From: "0", Before: fmt.Sprint(n, ".0"), Bounded: true, Status: advisory.Affected}
	for i := range n {
		long.Changes = append(long.Changes, advisory.Change{At: fmt.Sprint(i, ".1"), Status: advisory.NotAffected})
		s.Spans = append(s.Spans,
			advisory.Span{Before: fmt.Sprint(i, ".5.1"), Bounded: true, Status: advisory.Affected},
			advisory.Span{Version: fmt.Sprint(i, ".7"), Status: advisory.Affected},
			advisory.Span{Version: fmt.Sprint(">= ", i, ".8"), Status: advisory.Status(3 + i%3)})
	}
	s.Spans = append(s.Spans, long)
	tl := advisory.Resolve(s, &advisory.Product{Vendor: "Example", Name: "Gateway"}, advisory.ResolveOptions{})
	require.NotEmpty(t, tl.Segments)
}
