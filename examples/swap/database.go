package main

import (
	"sync/atomic"

	"github.com/affected-go/affected/match"
)

// A current is the database that is asked at the moment. It is replaced while it is asked: a
// question that has begun ends on the bytes on which it began, and these are released after the
// last one. Nobody waits. The zero current has no database; it must not be copied.
//
// Bytes of the heap need none of this: with them an atomic.Pointer[match.Matcher] is enough,
// because the garbage collector knows when the last question has ended. It knows nothing of
// bytes that are mapped, and unmapping them a moment too early ends the program.
type current struct{ database atomic.Pointer[database] }

// A database is a matcher and the bytes that it borrows.
type database struct {
	matcher *match.Matcher
	release func()       // gives the bytes back
	users   atomic.Int64 // the questions that have begun, and one for being current; 0 is the end
}

// replace makes data the current database. release is called once, when nobody needs data any
// more: at once where it is no database, which leaves the one before it in its place.
func (c *current) replace(data []byte, release func()) error {
	m, err := match.Load(data, match.Options{})
	if err != nil {
		release()
		return err
	}
	next := &database{matcher: m, release: release}
	next.users.Store(1)
	if old := c.database.Swap(next); old != nil {
		old.leave()
	}
	return nil
}

// ask calls f with the current matcher, and tells whether there is one. The matcher, its views
// and its iterators end with f; findings and evidence are copies and may be kept.
func (c *current) ask(f func(*match.Matcher)) bool {
	for {
		d := c.database.Load()
		switch {
		case d == nil:
			return false
		case d.enter():
			defer d.leave()
			f(d.matcher)
			return true
		} // it was replaced after it was loaded, and is gone; the next one is there
	}
}

// close takes the database away. It is released when the last question has ended.
func (c *current) close() {
	if old := c.database.Swap(nil); old != nil {
		old.leave()
	}
}

// enter counts a user, unless the last one has left: what was released once is not used again.
func (d *database) enter() bool {
	for n := d.users.Load(); n > 0; n = d.users.Load() {
		if d.users.CompareAndSwap(n, n+1) {
			return true
		}
	}
	return false
}

func (d *database) leave() {
	if d.users.Add(-1) == 0 {
		d.release()
	}
}
