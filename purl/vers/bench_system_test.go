package vers_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
)

// BenchmarkSystemKey measures reading one version into a buffer.
func BenchmarkSystemKey(b *testing.B) {
	for _, l := range systemLaws() {
		b.Run(l.scheme, func(b *testing.B) {
			scheme, _ := vers.Builtin().Lookup(l.scheme)
			var room [128]byte
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := scheme.AppendKey(room[:0], l.version); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkSystemCompare measures comparing two keys of nearly equal versions.
func BenchmarkSystemCompare(b *testing.B) {
	for _, l := range systemLaws() {
		b.Run(l.scheme, func(b *testing.B) {
			scheme, _ := vers.Builtin().Lookup(l.scheme)
			v, _, err := scheme.AppendKey(nil, l.version)
			require.NoError(b, err)
			w := bytes.Clone(v)
			w[len(w)-1]++
			b.ReportAllocs()
			for b.Loop() {
				if bytes.Compare(v, w) >= 0 {
					b.Fatal("order")
				}
			}
		})
	}
}
