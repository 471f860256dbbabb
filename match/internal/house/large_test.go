package house_test

import (
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// A counter counts what is written.
type counter int64

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }

// TestLarge builds 300,000 made-up advisories and prints the size of the file and the highest heap.
// It takes a minute and more, so that it runs only where AFFECTED_LARGE is set.
func TestLarge(t *testing.T) {
	if os.Getenv("AFFECTED_LARGE") == "" {
		t.Skip("set AFFECTED_LARGE to build 300,000 advisories")
	}
	const documents = 300_000
	b := match.NewBuilder(match.Options{})
	for i := range documents {
		require.NoError(t, b.Add(madeUp(i)))
	}
	highest, stop, done := uint64(0), make(chan bool), make(chan bool)
	go func() {
		defer close(done)
		for {
			var s runtime.MemStats
			runtime.ReadMemStats(&s)
			highest = max(highest, s.HeapAlloc)
			select {
			case <-stop:
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	}()
	var before runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	m, err := b.Build()
	require.NoError(t, err)
	var size counter
	_, err = m.WriteTo(&size)
	require.NoError(t, err)
	close(stop)
	<-done
	fmt.Printf("large: %d documents, heap with them %d MB, highest %d MB, file %d MB\n", documents, before.HeapAlloc>>20, highest>>20, size>>20)
	require.Less(t, int64(size), int64(250<<20))
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
