// Command swap asks a database from many goroutines while new ones take its place. The bytes are
// those of mapped files, and each file is unmapped after the last question that needs it;
// database.go is what a server would copy.
//
//	go run ./examples/swap
package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

func main() {
	if err := run(os.Stdout, 20); err != nil {
		fmt.Fprintln(os.Stderr, "swap:", err)
		os.Exit(1)
	}
}

// run replaces the database some times under load, and tells how that went.
func run(w io.Writer, times int) error {
	dir, err := os.MkdirTemp("", "swap")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	name := filepath.Join(dir, "advisories.db")

	var (
		db       current
		unmapped atomic.Int64
		questions,
		wrong atomic.Int64
	)
	load := func(revision int) error {
		if err := write(name, revision); err != nil {
			return err
		}
		data, unmap, err := mapFile(name)
		if err != nil {
			return err
		}
		return db.replace(data, func() { unmap(); unmapped.Add(1) })
	}
	if err := load(1); err != nil {
		return err
	}

	stop := make(chan struct{})
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				db.ask(func(m *match.Matcher) {
					questions.Add(1)
					if !consistent(m) {
						wrong.Add(1)
					}
				})
			}
		})
	}
	for revision := 2; revision <= times && err == nil; revision++ {
		err = load(revision)
	}
	close(stop)
	readers.Wait()
	db.close()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%d databases, %d unmapped, %d wrong answers\n", times, unmapped.Load(), wrong.Load())
	if questions.Load() == 0 {
		return fmt.Errorf("nobody asked")
	}
	return nil
}

// consistent asks, and tells whether all that a matcher says is of one revision of the database:
// each fixes the product in a version of its own.
func consistent(m *match.Matcher) bool {
	e := m.Explain(&match.Installation{Vendor: "Example", Product: "Gateway", Version: "1.0"}, "CVE-2099-1")
	return e.Fix == e.Claims[0].Revision+".5"
}

// write puts a database in the place of the one before it.
func write(name string, revision int) error {
	m, err := match.Compile(&advisory.Advisory{
		ID: "EX-1", Revision: fmt.Sprint(revision), Publisher: advisory.Publisher{Name: "example", Rank: advisory.RankVendor},
		Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2099-1"}},
		Products:        []advisory.Product{{Vendor: "Example", Name: "Gateway"}},
		Statements: []advisory.Statement{{Products: []int{0}, Default: advisory.DefaultNotAffected,
			Spans: []advisory.Span{{Before: fmt.Sprint(revision, ".5"), Bounded: true, Status: advisory.Affected}}}},
	})
	if err != nil {
		return err
	}
	f, err := os.Create(name + ".new")
	if err != nil {
		return err
	}
	if _, err := m.WriteTo(f); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(name+".new", name)
}
