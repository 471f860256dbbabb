package advisory

import (
	"context"
	"io"
	"io/fs"
	"iter"
	"path"
	"strings"

	"github.com/affected-go/affected/advisory/jsonpos"
)

// DecodeFS reads the files of a tree in the order of their names, each as [Decode] does.
// Which ones, and whether they have to be unpacked, is up to DecodeOptions.Open; by default
// the files that end in .json or .jsonl are read.
//
// A file or folder that cannot be read is one *DecodeError, and the walk goes on. When ctx
// is done its error is the last one, and comes before more of a document is read.
func DecodeFS(ctx context.Context, fsys fs.FS, opt DecodeOptions, decoders ...Decoder) iter.Seq2[*Advisory, error] {
	return func(yield func(*Advisory, error) bool) {
		w := &walk{ctx: ctx, fsys: fsys, opt: opt, decoders: decoders, yield: yield}
		// The walk ends early for the reasons that visit knows; they were yielded there.
		_ = fs.WalkDir(fsys, ".", w.visit)
	}
}

// A walk is one run of DecodeFS.
type walk struct {
	ctx      context.Context
	fsys     fs.FS
	opt      DecodeOptions
	decoders []Decoder
	yield    func(*Advisory, error) bool
}

// visit reads a file. It returns fs.SkipAll when the caller has had enough.
func (w *walk) visit(name string, entry fs.DirEntry, err error) error {
	if cause := w.ctx.Err(); cause != nil {
		w.yield(nil, cause)
		return fs.SkipAll
	}
	if err != nil {
		return w.report(name, err)
	}
	if entry.IsDir() || !w.isFile(name, entry) {
		return nil
	}
	return w.read(name)
}

// isFile tells whether an entry is a file that is to be read, or a link to one. Pipes and
// devices are not opened, because that may wait for ever.
func (w *walk) isFile(name string, entry fs.DirEntry) bool {
	if w.opt.Open == nil && !strings.HasSuffix(name, ".json") && !strings.HasSuffix(name, ".jsonl") {
		return false
	}
	if entry.Type()&fs.ModeSymlink == 0 {
		return entry.Type().IsRegular()
	}
	info, err := fs.Stat(w.fsys, name)
	return err == nil && info.Mode().IsRegular()
}

// read decodes the documents of one file.
func (w *walk) read(name string) error {
	file, err := w.fsys.Open(name)
	if err != nil {
		return w.report(name, err)
	}
	defer file.Close() // nothing was written to it
	var r io.Reader = file
	if w.opt.Open != nil {
		if r, err = w.opt.Open(name, file); err != nil {
			return w.report(name, err)
		}
		if r == nil {
			return nil
		}
	}
	opt := w.opt
	opt.File = path.Join(opt.File, name)
	for a, err := range Decode(contextReader{w.ctx, r}, opt, w.decoders...) {
		if cause := w.ctx.Err(); cause != nil {
			w.yield(nil, cause)
			return fs.SkipAll
		}
		if !w.yield(a, err) {
			return fs.SkipAll
		}
	}
	return nil
}

// A contextReader ends when the context does, however long a document goes on.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader.
func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// report yields an error about a file or folder and goes on with the next one.
func (w *walk) report(name string, err error) error {
	opt := w.opt
	opt.File = path.Join(opt.File, name)
	if !w.yield(nil, opt.decodeError(jsonpos.Value{}, err)) {
		return fs.SkipAll
	}
	return nil
}
