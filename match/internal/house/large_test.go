package house_test

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// A counter counts what is written.
type counter int64

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }

// TestLarge packs 300,000 made-up advisories one after the other, builds and writes them, and prints
// the size of the file and the highest heap of it all, which is at most twice the file. It takes a
// minute and more, so that it runs only where AFFECTED_LARGE is set.
func TestLarge(t *testing.T) {
	if os.Getenv("AFFECTED_LARGE") == "" {
		t.Skip("set AFFECTED_LARGE to build 300,000 advisories")
	}
	// As it comes, the collector lets as much garbage lie as there is in use.
	defer debug.SetGCPercent(debug.SetGCPercent(10))
	const documents = 300_000
	highest, used := watchHeap()
	b := match.NewBuilder(match.Options{Pack: true})
	for i := range documents {
		require.NoError(t, b.Add(madeUp(i)))
	}
	packed := used()
	m, err := b.Build()
	require.NoError(t, err)
	built := used()
	var size counter
	_, err = m.WriteTo(&size)
	require.NoError(t, err)
	most := highest()
	fmt.Printf("large: %d documents, heap with them %d MB, with the matcher %d MB, highest %d MB, file %d MB\n",
		documents, packed>>20, built>>20, most>>20, size>>20)
	require.Less(t, int64(size), int64(250<<20))
	require.LessOrEqual(t, int64(most), 2*int64(size))
}

// watchHeap looks at the heap from now on: used collects garbage and tells what is left, highest
// ends the watch and tells the most that there was, garbage included.
func watchHeap() (highest, used func() uint64) {
	var most atomic.Uint64
	look := func() uint64 {
		var s runtime.MemStats
		runtime.ReadMemStats(&s)
		for {
			if old := most.Load(); s.HeapAlloc <= old || most.CompareAndSwap(old, s.HeapAlloc) {
				return s.HeapAlloc
			}
		}
	}
	stop, done := make(chan bool), make(chan bool)
	go func() {
		defer close(done)
		for {
			look()
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	highest = func() uint64 {
		close(stop)
		<-done
		return most.Load()
	}
	used = func() uint64 {
		look()
		runtime.GC()
		return look()
	}
	return highest, used
}

// madeUp makes an advisory about two of 20,000 packages, with texts and references as long as most.
func madeUp(i int) *advisory.Advisory {
	a := &advisory.Advisory{ID: fmt.Sprintf("MADE-UP-%d", i), Revision: "1", Publisher: advisory.Publisher{Name: "made up", Rank: advisory.RankVendor},
		Title:           fmt.Sprintf("Improper input validation in component %d allows a denial of service", i),
		Modified:        time.Unix(1_700_000_000+int64(i)*60, 0).UTC(),
		Vulnerabilities: []advisory.Vulnerability{{ID: fmt.Sprintf("CVE-2030-%06d", i), Aliases: []string{fmt.Sprintf("MADE-UP-%d", i)}}}}
	for j := range 2 {
		n := (i*7 + j*13) % 20_000
		a.Products = append(a.Products, advisory.Product{Name: fmt.Sprintf("package-%d", n), PURLs: []string{fmt.Sprintf("pkg:npm/package-%d", n)}})
		a.Statements = append(a.Statements, advisory.Statement{Products: []int{j}, Default: advisory.DefaultNotAffected,
			Spans: []advisory.Span{{From: "0", Before: fmt.Sprintf("%d.%d.%d", i%9, i%31, i%17), Status: advisory.Affected}}})
	}
	return a
}
