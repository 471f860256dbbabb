package match_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// TestDiffLaws: nothing has changed between a scan and itself, in whatever order, nor between
// those of a built and a loaded matcher or of one with another title; what is new one way is
// gone the other way, and what differs differs both ways.
func TestDiffLaws(t *testing.T) {
	r := questioner{rand.New(rand.NewPCG(61, 62))}
	changes := 0
	for range 40 {
		q := r.question(4, 2, true)
		var docs, retitled []*advisory.Advisory
		for _, d := range q.docs {
			docs = append(docs, d.advisory())
			a := d.advisory()
			a.Title = "other words"
			retitled = append(retitled, a)
		}
		asking := match.AskOptions{At: day(q.day)}
		m := ask(t, compile(t, docs...), asking)
		var hosts []*match.Host
		for i := range 3 {
			h := &match.Host{ID: string(rune('a' + i))}
			for range 3 {
				in := r.installation().installation()
				in.Host = nil
				h.Installations = append(h.Installations, *in)
			}
			hosts = append(hosts, h)
		}
		old := scanned(t, m, hosts...)
		shuffled := slices.Clone(old)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		require.Empty(t, match.Diff(old, shuffled))
		require.Empty(t, match.Diff(old, scanned(t, ask(t, reload(t, m), asking), hosts...)))
		require.Empty(t, match.Diff(old, scanned(t, ask(t, compile(t, retitled...), asking), hosts...)))

		fewer := scanned(t, ask(t, compile(t, docs[:len(docs)-1]...), asking), hosts[:2]...)
		forward, back := match.Diff(old, fewer), match.Diff(fewer, old)
		changes += len(forward)
		require.Len(t, back, len(forward))
		for _, c := range forward {
			other := back[slices.IndexFunc(back, func(o match.Change) bool {
				return o.Fingerprint == c.Fingerprint && o.Old == c.New && o.New == c.Old
			})]
			assert.Equal(t, map[match.ChangeKind]match.ChangeKind{match.ChangeNew: match.ChangeGone, match.ChangeGone: match.ChangeNew}[c.Kind] == other.Kind,
				c.Kind == match.ChangeNew || c.Kind == match.ChangeGone)
			assert.Equal(t, c.Kind&^(match.ChangeNew|match.ChangeGone), other.Kind&^(match.ChangeNew|match.ChangeGone))
		}
	}
	assert.Greater(t, changes, 20)
}

// TestFingerprintLaws: two installations of a random pair have one fingerprint only where they
// differ in nothing but what is left out.
func TestFingerprintLaws(t *testing.T) {
	r := questioner{rand.New(rand.NewPCG(63, 64))}
	seen := map[string]match.Installation{}
	for range 2000 {
		in := match.Installation{Vendor: pick(r, "", "V", "VP"), Product: pick(r, "", "P", "PV"), Model: pick(r, "", "M"), Serial: pick(r, "", "1", "M"),
			SKU: pick(r, "", "1"), Tags: pick(r, nil, []string{"t"}, []string{"t", "u"}, []string{"tu"})}
		if r.in(2) {
			in.Host = &match.Host{ID: pick(r, "", "a", "V")}
		}
		if r.in(3) {
			in.PartOf = []match.Installation{{Product: pick(r, "P", "Box")}}
		}
		key := in.Fingerprint(pick(r, "", "CVE-1"))
		if other, known := seen[key]; known {
			host := func(in match.Installation) string {
				if in.Host == nil {
					return "" // the host without an id is no other one
				}
				return in.Host.ID
			}
			require.Equal(t, host(other), host(in))
			here := in
			other.Host, here.Host = nil, nil
			require.Equal(t, other, here)
		}
		seen[key] = in
		later := in
		later.Version, later.Row, later.Facts = "2", "row", match.Facts{"a": "b"}
		require.Equal(t, in.Fingerprint("CVE-9"), later.Fingerprint("CVE-9"))
	}
}
