package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Progress is shown when work takes longer than firstProgress, and then now and again.
const (
	firstProgress = 500 * time.Millisecond
	nextProgress  = 200 * time.Millisecond
)

// barWidth is how many characters a bar has between its brackets.
const barWidth = 24

// isTerminal tells whether somebody is likely to watch.
func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// progress shows how far the work is, on a terminal and when it is time: what is being done,
// how many of them there were, and a bar where the whole is known.
func (r *reporter) progress(what string, count int, done, total int64) {
	if !r.terminal {
		return
	}
	now := time.Now()
	if what != r.what {
		r.what, r.began = what, now
	}
	if !now.After(r.due) {
		return
	}
	r.due, r.shown = now.Add(nextProgress), true
	fmt.Fprintf(r.w, "\r\x1b[K%s%s %d%s", what, bar(done, total), count, left(done, total, now.Sub(r.began)))
}

// clear removes the line of progress.
func (r *reporter) clear() {
	if r.shown {
		fmt.Fprint(r.w, "\r\x1b[K")
		r.shown = false
	}
}

// bar returns a bar with its percentage, and nothing for a whole that is not known.
func bar(done, total int64) string {
	if total <= 0 {
		return ""
	}
	part := min(1, float64(done)/float64(total))
	full := int(part * barWidth)
	return fmt.Sprintf(" [%s%s] %3.0f%%", strings.Repeat("#", full), strings.Repeat("-", barWidth-full), 100*part)
}

// left says how long the rest takes at the same speed, once that means something.
func left(done, total int64, took time.Duration) string {
	if done >= total || done*20 < total || took < 2*time.Second {
		return ""
	}
	rest := time.Duration(float64(took) * float64(total-done) / float64(done))
	return ", " + rest.Round(time.Second).String() + " left"
}

// An interruptible is a writer that ends when the program is interrupted.
type interruptible struct {
	ctx   context.Context
	w     io.Writer
	wrote bool
}

func (i *interruptible) Write(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	i.wrote = true
	return i.w.Write(p)
}

// String tells what an interrupted program has printed.
func (i *interruptible) String() string {
	if i.wrote {
		return "interrupted: what is printed is a part"
	}
	return "interrupted: nothing is printed, because a part would look like the whole"
}

// A meter counts the bytes that are read from files of a known size, and ends the reading
// when the program is interrupted.
type meter struct {
	ctx         context.Context
	done, total int64
}

// add makes the size of a file, or of all documents below a folder, a part of the whole.
func (m *meter) add(path string) {
	_ = filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name != path && !isDocument(name) {
			return nil // what cannot be read is reported when it is
		}
		if info, err := os.Stat(name); err == nil {
			m.total += info.Size()
		}
		return m.ctx.Err()
	})
}

// count returns a reader that is counted.
func (m *meter) count(r io.Reader) io.Reader { return metered{m, r} }

type metered struct {
	*meter
	r io.Reader
}

func (m metered) Read(p []byte) (int, error) {
	if err := m.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.r.Read(p)
	m.done += int64(n)
	return n, err
}
