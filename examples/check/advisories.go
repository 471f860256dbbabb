package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/csaf"
	"github.com/affected-go/affected/advisory/cve"
	"github.com/affected-go/affected/advisory/cyclonedx"
	"github.com/affected-go/affected/advisory/msrc"
	"github.com/affected-go/affected/advisory/nvd"
	"github.com/affected-go/affected/advisory/openvex"
	"github.com/affected-go/affected/advisory/osv"
	"github.com/affected-go/affected/match"
)

// decoders are the formats that the program reads besides the library's own.
var decoders = []advisory.Decoder{
	cve.Decoder{}, csaf.Decoder{}, osv.Decoder{}, nvd.Decoder{}, openvex.Decoder{}, cyclonedx.Decoder{},
	msrc.Decoder{},
}

// maxFile is how much text one advisory file may hold, unpacked.
const maxFile = 16 << 30

// A library collects documents for a matcher and counts what cannot be read. One unread
// document must not look like one that says nothing.
type library struct {
	builder  *match.Builder
	meter    meter
	messages *reporter
	read     int
	unread   int
	damaged  int             // documents of which a part could not be read
	ids      map[string]bool // every id and alias that a document is about

	file  string // that is being read
	found bool   // something in it, or a message about it
}

// readAdvisories compiles the documents that were asked for. It is an error when there is
// none that could be read.
func (c *check) readAdvisories(ctx context.Context) error {
	lib := library{builder: match.NewBuilder(match.Options{}), meter: meter{ctx: ctx}, messages: c.messages, ids: map[string]bool{}}
	if c.messages.terminal {
		for _, path := range c.advisories {
			lib.meter.add(path)
		}
	}
	for _, path := range c.advisories {
		lib.path(path, c.stdin)
	}
	if len(c.advisories) == 0 {
		lib.folder("", sample)
		if !c.demo() {
			c.messages.note("only the sample record is asked; -advisories PATH... asks yours")
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	c.summary.documents, c.summary.unreadDocuments, c.summary.damagedDocuments = lib.read, lib.unread, lib.damaged
	if lib.read == 0 {
		return fmt.Errorf("advisories: no document could be read from %s", c.advisories.String())
	}
	for _, id := range c.ids {
		if !lib.ids[id] {
			return fmt.Errorf("-cve %s: nothing that was read (%s) is about it", id, plural(lib.read, "document"))
		}
	}
	matcher, err := lib.builder.Build()
	if err != nil {
		return err
	}
	// Without this the matcher would report what may be affected only.
	c.matcher, err = matcher.With(match.AskOptions{Want: advisory.SetOf(wanted...)})
	return err
}

// path reads a file, a folder, or standard input.
func (l *library) path(path string, stdin io.Reader) {
	if path == "-" {
		l.stream("standard input", stdin)
		return
	}
	info, err := os.Stat(path)
	if err != nil {
		l.fail(err)
		return
	}
	if info.IsDir() {
		l.folder(path, os.DirFS(path))
		return
	}
	file, err := os.Open(path)
	if err != nil {
		l.fail(err)
		return
	}
	defer file.Close() // nothing was written to it
	l.stream(path, file)
}

// stream reads the documents of one file.
func (l *library) stream(name string, r io.Reader) {
	l.begin(name)
	defer l.begin("")
	text, err := unpack(l.meter.count(r))
	if err != nil {
		l.fail(&advisory.DecodeError{Pos: advisory.Pos{File: name}, Err: err})
		return
	}
	l.add(advisory.Decode(text, advisory.DecodeOptions{File: name}, decoders...))
}

// folder reads the documents below a folder.
func (l *library) folder(name string, fsys fs.FS) {
	defer l.begin("")
	files := 0
	open := func(below string, file fs.File) (io.Reader, error) {
		if !isDocument(below) {
			return nil, nil
		}
		files++
		l.begin(strings.TrimPrefix(name+"/"+below, "/"))
		return unpack(l.meter.count(file))
	}
	l.add(advisory.DecodeFS(l.meter.ctx, fsys, advisory.DecodeOptions{File: name, Open: open}, decoders...))
	if files == 0 {
		l.fail(fmt.Errorf("%s: no file below it ends in .json, .jsonl, .ndjson or .gz", name))
	}
}

// begin notes that a file is being read. The one before must have held something.
func (l *library) begin(name string) {
	if l.file != "" && !l.found {
		l.fail(fmt.Errorf("%s: no document in it", l.file))
	}
	l.file, l.found = name, false
}

// add takes a stream of documents. An error costs its document only.
func (l *library) add(documents iter.Seq2[*advisory.Advisory, error]) {
	for a, err := range documents {
		if l.meter.ctx.Err() != nil {
			return
		}
		if err == nil {
			err = l.builder.Add(a)
		}
		if err != nil {
			l.fail(err)
			continue
		}
		l.found = true
		l.read++
		l.messages.progress("reading advisories", l.read, l.meter.done, l.meter.total)
		l.damages(a)
		l.ids[a.ID] = true
		for i := range a.Vulnerabilities {
			l.ids[a.Vulnerabilities[i].ID] = true
			for _, alias := range a.Vulnerabilities[i].Aliases {
				l.ids[alias] = true
			}
		}
	}
}

// damages reports the parts of a document that its decoder could not use.
func (l *library) damages(a *advisory.Advisory) {
	damaged := false
	for _, p := range a.Problems {
		if !p.Warning {
			damaged = true
			l.messages.report("advisories", errors.New(p.String()))
		}
	}
	if damaged {
		l.damaged++
	}
}

// fail reports what could not be read at all.
func (l *library) fail(err error) {
	if l.meter.ctx.Err() != nil {
		return // the file is not to blame
	}
	l.found = true
	l.unread++
	if errors.Is(err, advisory.ErrFormat) {
		err = fmt.Errorf("%w (known are CVE JSON 5.x records, CSAF 2.x, OSV, NVD, MSRC, OpenVEX and CycloneDX VEX documents and the library's own form)", err)
	}
	l.messages.report("advisories", err)
}

// isDocument tells by its name whether a file in a folder is read. A file that is named on
// the command line always is.
func isDocument(name string) bool {
	name = strings.ToLower(name)
	name, packed := strings.CutSuffix(name, ".gz")
	for _, end := range [...]string{".json", ".jsonl", ".ndjson"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return packed && !strings.HasSuffix(name, ".tar")
}

// unpack returns the text of a file that may be packed with gzip, by its first bytes
// (RFC 1952, section 2.3.1).
func unpack(r io.Reader) (io.Reader, error) {
	text := bufio.NewReader(r)
	if magic, _ := text.Peek(2); string(magic) != "\x1f\x8b" {
		return &limited{text, maxFile}, nil
	}
	unpacked, err := gzip.NewReader(text)
	if err != nil {
		return nil, err
	}
	return &limited{unpacked, maxFile}, nil
}

var errTooLong = errors.New("the file is too long")

// limited is a reader that fails where io.LimitedReader would end, so that a cut text is
// never taken for a whole one.
type limited struct {
	r    io.Reader
	left int64
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	l.left -= int64(n)
	if l.left < 0 {
		return 0, errTooLong
	}
	return n, err
}
