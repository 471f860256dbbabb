//go:build unix

package house_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl/product"
)

// BenchmarkCorpora asks a matcher of the three corpora together: the packages of
// BenchmarkPackages, rows of vendor names and versions, and Windows hosts. An operation is one
// installation; cpu-ns/op is the processor time of the whole process.
func BenchmarkCorpora(b *testing.B) {
	packages := readPackages(b).installed
	m := loadCorpora(b)
	names := namesOf(b, m)
	rows, hosts := nameRows(names, 20_000), windowsHosts(names, 30)
	findings := make([]match.Finding, 0, 1<<16)
	run := func(name string, list []match.Installation, ask func(in *match.Installation) int) {
		b.Run(name, func(b *testing.B) {
			found, n := 0, 0
			for i := range list { // what is made once is not counted
				ask(&list[i])
			}
			runtime.GC() // what making it has left behind is not counted either
			b.ReportAllocs()
			start := cpuTime(b)
			for b.Loop() {
				found += ask(&list[n%len(list)])
				n++
			}
			b.ReportMetric(float64(cpuTime(b)-start)/float64(n), "cpu-ns/op")
			b.ReportMetric(float64(found)/float64(n), "findings/op")
		})
	}
	ask := func(in *match.Installation) int {
		findings = m.Append(findings[:0], in)
		return len(findings)
	}
	run("packages", packages, ask)
	run("names", rows, ask)
	catalog, key := product.Builtin(), make([]byte, 0, 256)
	run("names/resolve-only", rows, func(in *match.Installation) int {
		key, _, _ = catalog.Lookup(key[:0], in.Vendor, in.Product)
		return 0
	})
	run("windows", hosts, ask)
}

// windowsHosts are hosts with 300 installations and 200 patches each.
func windowsHosts(names []*name, n int) (all []match.Installation) {
	rows := nameRows(names, 300*n)
	r := rand.New(rand.NewPCG(8, 24))
	for i := range n {
		h := &match.Host{ID: fmt.Sprint(i), Facts: match.Facts{"platform": "Windows Server 2019", "architecture": "x64"},
			PatchList: match.SomePatches}
		for range 200 {
			h.Patches = append(h.Patches, fmt.Sprintf("KB50%05d", r.IntN(60000)))
		}
		for j := range 300 {
			in := rows[i*300+j]
			if j == 0 {
				in = match.Installation{Vendor: "Microsoft", Product: "Windows Server 2019", Version: fmt.Sprintf("10.0.17763.%d", 5000+r.IntN(2000))}
			}
			in.Host = h
			all = append(all, in)
		}
	}
	return all
}
