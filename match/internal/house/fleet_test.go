package house_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl/product"
)

// A fleetAnswer is a finding about an installation that no finding before it was like.
type fleetAnswer struct {
	group   string
	in      *match.Installation
	finding match.Finding
}

// key tells answers apart: by what is installed and on what.
func (a *fleetAnswer) key() string {
	in := a.in
	parts := []string{in.Vendor, in.Product, in.Version, in.PURL.String(), in.Model, a.finding.Vulnerability, a.finding.Verdict.String()}
	if platform, ok := in.Fact("platform"); ok && in.Product != platform {
		parts = append(parts, platform)
	}
	return strings.Join(parts, "|")
}

// fleetProduct names what is installed without its version.
func fleetProduct(in *match.Installation) string {
	if in.PURL.IsValid() {
		return in.PURL.Base().String()
	}
	return in.Vendor + " | " + in.Product
}

// TestFleet asks the matcher of all corpora about a thousand hosts and keeps the counts of the
// answers, and of which products the matcher does not know, in testdata/fleet.golden. The usual
// question has the same answers as the one about every status.
func TestFleet(t *testing.T) {
	usual := loadCorpora(t)
	m, err := usual.With(match.AskOptions{Want: advisory.SetOf(advisory.Affected, advisory.UnderInvestigation, advisory.Unknown,
		advisory.NotAffected, advisory.Fixed)})
	require.NoError(t, err)
	hosts, groups := drawFleet(t)
	group := map[*match.Host]string{}
	for i, h := range hosts {
		group[h] = groups[i]
	}
	counts := map[string]map[string]int{} // by line, then by group
	count := func(line, group string) {
		if counts[line] == nil {
			counts[line] = map[string]int{}
		}
		counts[line][group]++
	}
	covered := map[match.CoverageKind]map[string]bool{}
	seen := map[string]bool{}
	var answers []fleetAnswer
	var open []match.Finding
	for r, err := range m.Scan(context.Background(), all(hosts), match.ScanOptions{}) {
		require.NoError(t, err)
		g := group[r.Installation.Host]
		count("installations", g)
		count("coverage "+r.Coverage.Kind.String(), g)
		if covered[r.Coverage.Kind] == nil {
			covered[r.Coverage.Kind] = map[string]bool{}
		}
		covered[r.Coverage.Kind][fleetProduct(r.Installation)] = true
		open = usual.Append(open[:0], r.Installation) // takes short cuts
		n := 0
		for _, f := range r.Findings {
			v := f.Verdict
			if !v.Clear() {
				if n == len(open) || open[n].Vulnerability != f.Vulnerability || open[n].Verdict != v || open[n].Fix != f.Fix {
					require.Fail(t, "the usual question differs", "%s %s: %+v, and then %+v", fleetProduct(r.Installation), r.Installation.Version, f, open[n:])
				}
				n++
			}
			count("verdict "+v.String(), g)
			if v.Status == advisory.Unknown && (v.Reason == advisory.NoReason || v.Reason.Class() == advisory.ClassNone) {
				assert.Fail(t, "an unknown without a reason", "%s of %s", f.Vulnerability, fleetProduct(r.Installation))
			}
			a := fleetAnswer{g, r.Installation, f}
			if key := a.key(); !seen[key] {
				seen[key] = true
				count("distinct "+v.String(), g)
				answers = append(answers, a)
			}
		}
		require.Len(t, open, n, "the usual question about %s %s", fleetProduct(r.Installation), r.Installation.Version)
	}
	fleetGolden(t, counts, covered)
	checkClear(t, m, answers)
	listFleet(t, m, answers)
}

func all(hosts []*match.Host) func(func(*match.Host, error) bool) {
	return func(yield func(*match.Host, error) bool) {
		for _, h := range hosts {
			if !yield(h, nil) {
				return
			}
		}
	}
}

// fleetGolden compares the counts with testdata/fleet.golden.
func fleetGolden(t *testing.T, counts map[string]map[string]int, covered map[match.CoverageKind]map[string]bool) {
	var b strings.Builder
	names := []string{"windows", "cmdb", "network", "linux", "packages"}
	fmt.Fprintf(&b, "%-42s", "")
	for _, name := range append(names, "all") {
		fmt.Fprintf(&b, "%9s", name)
	}
	b.WriteByte('\n')
	for _, line := range slices.Sorted(maps.Keys(counts)) {
		fmt.Fprintf(&b, "%-42s", line)
		sum := 0
		for _, name := range names {
			fmt.Fprintf(&b, "%9d", counts[line][name])
			sum += counts[line][name]
		}
		fmt.Fprintf(&b, "%9d\n", sum)
	}
	fmt.Print("fleet ", strings.ReplaceAll(strings.TrimSuffix(b.String(), "\n"), "\n", "\nfleet "), "\n")
	for _, kind := range [...]match.CoverageKind{match.Ambiguous, match.NoSource, match.Unrecognized} {
		fmt.Fprintf(&b, "\n%s\n", kind)
		for _, name := range slices.Sorted(maps.Keys(covered[kind])) {
			b.WriteString("  " + name + "\n")
		}
	}
	name := filepath.Join("testdata", "fleet.golden")
	if updating() {
		require.NoError(t, os.WriteFile(name, []byte(b.String()), 0o644))
	}
	golden, err := os.ReadFile(name)
	require.NoError(t, err, "run with -update")
	assert.Equal(t, string(golden), b.String(), "run with -update if the change is wanted")
}

func updating() bool {
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true"
}

// checkClear explains a thousand of the answers that are clear: none of them may rest on a document
// in which something about the product was not read.
func checkClear(t *testing.T, m *match.Matcher, answers []fleetAnswer) {
	var clear []fleetAnswer
	for _, a := range answers {
		if a.finding.Verdict.Clear() {
			clear = append(clear, a)
		}
	}
	r := rand.New(rand.NewPCG(1, 0))
	for range 1000 {
		a := clear[r.IntN(len(clear))]
		e := m.Explain(a.in, a.finding.Vulnerability)
		require.Equal(t, a.finding.Verdict, e.Verdict)
		for _, c := range e.Claims {
			// The first two leave open what they are about and nothing else, the others change nothing.
			unread := slices.DeleteFunc(slices.Clone(c.Problems), func(p string) bool {
				code, _, _ := strings.Cut(p, ": ")
				return slices.Contains([]string{"change-outside", "bound-imprecise", "other-product", "remark"}, code)
			})
			if c.Dropped == "" && c.Level != product.Possible {
				assert.Empty(t, unread, "clear, though a part is unread:\n%s", e)
			}
		}
	}
}

// listFleet writes samples of the answers to the folder that AFFECTED_FLEET names, to be read by
// hand. Each product comes once before any comes again.
func listFleet(t *testing.T, m *match.Matcher, answers []fleetAnswer) {
	dir := os.Getenv("AFFECTED_FLEET")
	if dir == "" {
		return
	}
	var list strings.Builder
	r := rand.New(rand.NewPCG(7, 0))
	turns := map[string]int{} // how often a product had an answer of a status
	samples := map[string][][]fleetAnswer{}
	for _, i := range r.Perm(len(answers)) {
		a := answers[i]
		v, name := a.finding.Verdict, fleetProduct(a.in)
		fmt.Fprintf(&list, "%s\t%s\t%s\t%s\t%s\t%s\n", v, a.group, name, a.in.Version, a.in.PURL.FullVersion(), a.finding.Vulnerability)
		status := v.Status.String()
		turn := turns[status+name]
		turns[status+name]++
		if turn == len(samples[status]) {
			samples[status] = append(samples[status], nil)
		}
		samples[status][turn] = append(samples[status][turn], a)
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "answers.tsv"), []byte(list.String()), 0o644))
	for status, turns := range samples {
		var b strings.Builder
		sample := slices.Concat(turns...)
		for _, a := range sample[:min(600, len(sample))] {
			fmt.Fprintf(&b, "%s\n", m.Explain(a.in, a.finding.Vulnerability))
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, status+".txt"), []byte(b.String()), 0o644))
	}
}
