//go:build unix

package house_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl/product"
)

// BenchmarkCorpora asks a matcher of the three corpora together: the packages of
// BenchmarkPackages, rows of vendor names and versions, and Windows hosts. An operation is one
// installation; cpu-ns/op is the processor time of the whole process.
func BenchmarkCorpora(b *testing.B) {
	packages := readPackages(b).installed
	docs := readCorpora(b)
	built, err := match.Compile(docs...)
	require.NoError(b, err)
	var file bytes.Buffer
	_, err = built.WriteTo(&file)
	require.NoError(b, err)
	rows := nameRows(docs, 100_000)
	hosts := windowsHosts(docs, 300)
	built, docs = nil, nil
	m, err := match.Load(file.Bytes(), match.Options{})
	require.NoError(b, err)
	findings := make([]match.Finding, 0, 1<<16)
	run := func(name string, list []match.Installation, ask func(in *match.Installation) int) {
		b.Run(name, func(b *testing.B) {
			found, n := 0, 0
			for i := range list { // what is made once is not counted
				ask(&list[i])
			}
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

// nameRows are rows as an inventory without identifiers has them: names that CVE records use, with
// versions at and near their bounds.
func nameRows(docs []*advisory.Advisory, n int) []match.Installation {
	var all []match.Installation
	for _, a := range docs {
		for i := range a.Statements {
			for _, p := range a.Statements[i].Products {
				name := &a.Products[p]
				if product.IsPlaceholder(name.Vendor) || product.IsPlaceholder(name.Name) {
					continue
				}
				for _, s := range a.Statements[i].Spans {
					if v := s.Before + s.Through + s.Version; len(v) > 0 && len(v) < 24 {
						all = append(all, match.Installation{Vendor: name.Vendor, Product: name.Name, Version: v})
						break
					}
				}
			}
		}
	}
	r := rand.New(rand.NewPCG(7, 24))
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:min(n, len(all))]
}

// windowsHosts are hosts with 300 installations and 200 patches each.
func windowsHosts(docs []*advisory.Advisory, n int) []match.Installation {
	rows := nameRows(docs, 1<<20)
	r := rand.New(rand.NewPCG(8, 24))
	var all []match.Installation
	for i := range n {
		h := &match.Host{ID: fmt.Sprint(i), Facts: match.Facts{"platform": "Windows Server 2019", "architecture": "x64"},
			PatchList: match.SomePatches}
		for range 200 {
			h.Patches = append(h.Patches, fmt.Sprintf("KB50%05d", r.IntN(60000)))
		}
		for range 299 {
			in := rows[r.IntN(len(rows))]
			in.Host = h
			all = append(all, in)
		}
		all = append(all, match.Installation{Host: h, Vendor: "Microsoft", Product: "Windows Server 2019",
			Version: fmt.Sprintf("10.0.17763.%d", 5000+r.IntN(2000))})
	}
	return all
}
