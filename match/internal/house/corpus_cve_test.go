package house_test

import (
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/cve"
)

// corpusFile returns a file of the corpus: below what AFFECTED_CORPUS names, else below
// shared/corpus beside the folder of the module. The test is skipped when it is absent.
func corpusFile(t testing.TB, name string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("a corpus takes long")
	}
	dir := os.Getenv("AFFECTED_CORPUS")
	if dir == "" {
		dir = filepath.Join(moduleDir(t), "..", "shared", "corpus")
	}
	file := filepath.Join(dir, name)
	if _, err := os.Stat(file); err != nil {
		t.Skipf("no corpus: %v", err)
	}
	return file
}

// liveHeap returns the bytes that are still referred to.
func liveHeap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// TestCorpusCVE reads a snapshot of CVE records. Whoever reads them one by one does not need
// memory for all of them.
func TestCorpusCVE(t *testing.T) {
	const (
		records = 44130    // as the README of the corpus counts them
		growth  = 64 << 20 // bytes
		every   = 1 << 13  // records between two looks at the heap
	)
	f, err := os.Open(corpusFile(t, "cve-2024.jsonl.gz"))
	require.NoError(t, err)
	defer f.Close()
	unpacked, err := gzip.NewReader(f)
	require.NoError(t, err)

	var count, rejected, statements, spans, problems int
	codes := map[string]int{}
	start := liveHeap()
	for a, err := range advisory.Decode(unpacked, advisory.DecodeOptions{File: "cve-2024.jsonl"}, cve.Decoder{}) {
		require.NoError(t, err)
		count++
		if a.State == advisory.Rejected {
			rejected++
			assert.Empty(t, a.Statements, a.ID)
		} else {
			assert.NotEmpty(t, a.Statements, a.ID)
		}
		statements += len(a.Statements)
		problems += len(a.Problems)
		for i := range a.Statements {
			spans += len(a.Statements[i].Spans)
		}
		for _, p := range a.Problems {
			codes[p.Code]++
		}
		if count%every == 0 {
			assert.Less(t, liveHeap(), start+growth, "after %d records", count)
		}
	}
	assert.Equal(t, records, count)
	assert.Equal(t, 104, rejected)
	assert.Empty(t, codes, "every record of the snapshot holds to the schema")
	fmt.Printf("corpus cve-2024: records %d statements %d spans %d problems %d\n", count, statements, spans, problems)
}
