//go:build unix

package house_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/match"
)

// BenchmarkBuild builds a matcher from the decoded documents of the OSV corpus. An operation is one
// document; cpu-ns/op is the processor time of the whole process.
func BenchmarkBuild(b *testing.B) {
	docs := readPackages(b).advisories
	n := 0
	start := cpuTime(b)
	for b.Loop() {
		if n++; n%len(docs) == 1 {
			_, err := match.Compile(docs...)
			require.NoError(b, err)
		}
	}
	builds := (n + len(docs) - 1) / len(docs)
	b.ReportMetric(float64(cpuTime(b)-start)/float64(builds*len(docs)), "cpu-ns/document")
}
