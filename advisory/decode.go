package advisory

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"strings"
	"time"

	"github.com/affected-go/affected/advisory/jsonpos"
)

// A Decoder turns the documents of one format into advisories. It is syntax only: it keeps
// bounds and texts as they are written, and where they stand. Decoders are values without
// state and safe for concurrent use.
type Decoder interface {
	// Format returns the short name of the format: "cve".
	Format() string
	// Sniff tells whether a document has the top-level members of the format, wherever
	// they stand. A decoder that sniffs a document is the only one to read it.
	Sniff(doc jsonpos.Value) bool
	// Decode reads one document. What does not fit into a part of it is a Problem of the
	// advisory and makes that part Unknown; an error means that nothing can be used.
	Decode(doc jsonpos.Value, opt DecodeOptions) (*Advisory, error)
}

// A PageDecoder is a decoder whose documents may hold many advisories: the page of an API, or
// a feed. [Decode] and [DecodeFS] then call DecodeEach and not Decode.
type PageDecoder interface {
	Decoder
	// DecodeEach yields the advisories of one document in their order. An error is about one
	// of them, and the sequence goes on.
	DecodeEach(doc jsonpos.Value, opt DecodeOptions) iter.Seq2[*Advisory, error]
}

// DecodeOptions say how documents are read. The zero value is right for documents from
// anywhere. Options are copied freely; decoders only read them.
type DecodeOptions struct {
	// File is the name of the file or stream in every Pos. DecodeFS puts it before the
	// names of the files, as the name of a folder.
	File string
	// Limits bound the text of a document.
	Limits jsonpos.Limits
	// Items bounds what a document may become: its products, vulnerabilities, statements
	// and spans together. 262,144 by default; the longest CVE record read had 2,434.
	Items int
	// Open, when it is set, is asked by DecodeFS for every file and returns what is to be
	// read: the file itself, something that unpacks it, or nil to pass it over. When it is
	// not set, files that end in .json or .jsonl are read as they are.
	Open func(name string, file fs.File) (io.Reader, error)
}

const defaultItems = 1 << 18

// Room returns an error that wraps ErrLimit when a document has become more than the
// options allow. Decoders ask it while they read.
func (o DecodeOptions) Room(items int) error {
	limit := o.Items
	if limit <= 0 {
		limit = defaultItems
	}
	if items > limit {
		return fmt.Errorf("%w of %d products, statements and spans", ErrLimit, limit)
	}
	return nil
}

// Pos returns the place of a value.
func (o DecodeOptions) Pos(v jsonpos.Value) Pos {
	return Pos{File: o.File, Offset: max(v.Offset(), 0), Pointer: v.Pointer()}
}

// Time returns the time that a text states: RFC 3339, without seconds or its zone (UTC, as older
// CVE records mean it), or a day alone. Another text is reported to errs, and the time is
// zero.
func (o DecodeOptions) Time(v jsonpos.Value, errs *jsonpos.Errors) time.Time {
	text := v.Text(errs)
	if text == "" {
		return time.Time{}
	}
	for _, layout := range [...]string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC()
		}
	}
	errs.Add(v, jsonpos.ErrType, fmt.Sprintf("%.40q is no time", text))
	return time.Time{}
}

// Problems turns what a decoder has collected into problems. The code of a problem is the
// text of the error's kind with dashes: "wrong-type", "duplicate-name", "no-affected".
func (o DecodeOptions) Problems(errs *jsonpos.Errors, warning bool) []Problem {
	var list []Problem
	for _, e := range errs.List() {
		p := Problem{Text: e.Msg, Warning: warning, Pos: Pos{File: o.File, Offset: max(e.Offset, 0), Pointer: e.Pointer}}
		if e.Kind != nil {
			p.Code = strings.ReplaceAll(e.Kind.Error(), " ", "-")
		}
		list = append(list, p)
	}
	return list
}

// Decode reads the documents of a stream: one document, a top-level array of them, JSON
// lines, or one behind the other. Each is read by the first decoder that takes it; the
// library's own form is always known. Formats may be mixed.
//
// An error is a *DecodeError about one document, and the stream goes on where the next one
// certainly begins; when there is no such place it is the last. The sequence reads r up and
// can be run once. Memory is bounded by one document, apart from what the caller keeps.
func Decode(r io.Reader, opt DecodeOptions, decoders ...Decoder) iter.Seq2[*Advisory, error] {
	return func(yield func(*Advisory, error) bool) {
		for doc, err := range jsonpos.Documents(r, opt.Limits) {
			if err != nil {
				if !yield(nil, opt.decodeError(doc, err)) {
					return
				}
				continue
			}
			hash := ""
			for a, err := range decodeDocument(doc, opt, decoders) {
				switch {
				case err != nil:
					a, err = nil, opt.decodeError(doc, err)
				case a.SHA256 == "":
					if hash == "" {
						sum := sha256.Sum256([]byte(doc.Raw()))
						hash = hex.EncodeToString(sum[:])
					}
					a.SHA256 = hash
				}
				if !yield(a, err) {
					return
				}
			}
		}
	}
}

// decodeDocument lets the decoder of the document read it.
func decodeDocument(doc jsonpos.Value, opt DecodeOptions, decoders []Decoder) iter.Seq2[*Advisory, error] {
	d, err := decoderOf(doc, decoders)
	if pages, ok := d.(PageDecoder); ok && err == nil {
		return pages.DecodeEach(doc, opt)
	}
	return func(yield func(*Advisory, error) bool) {
		var a *Advisory
		if err == nil {
			a, err = d.Decode(doc, opt)
		}
		yield(a, err)
	}
}

// decoderOf returns the decoder that takes a document.
func decoderOf(doc jsonpos.Value, decoders []Decoder) (Decoder, error) {
	if doc.Kind() != jsonpos.Object {
		return nil, fmt.Errorf("%w: %s instead of an object", ErrFormat, doc.Kind())
	}
	if native := (JSON{}); native.Sniff(doc) {
		return native, nil
	}
	for _, d := range decoders {
		if d.Sniff(doc) {
			return d, nil
		}
	}
	return nil, ErrFormat
}

// decodeError says of which document and place an error is.
func (o DecodeOptions) decodeError(doc jsonpos.Value, err error) error {
	var already *DecodeError
	if errors.As(err, &already) {
		return err
	}
	var e *jsonpos.Error
	if !errors.As(err, &e) {
		return &DecodeError{Pos: o.Pos(doc), Err: err}
	}
	return &DecodeError{
		Pos: Pos{File: o.File, Offset: max(e.Offset, 0), Pointer: e.Pointer},
		Err: &readError{kind: kindOf(e), err: e},
	}
}

// kindOf returns which of the kinds of this package an error of the reader is; nil for an
// error of the io.Reader itself.
func kindOf(e *jsonpos.Error) error {
	switch {
	case errors.Is(e, jsonpos.ErrLimit):
		return ErrLimit
	case errors.Is(e, jsonpos.ErrSyntax), errors.Is(e, jsonpos.ErrTruncated):
		return ErrSyntax
	case errors.Is(e, jsonpos.ErrType):
		return ErrFormat
	}
	return nil
}

// A readError is an error of the JSON reader that is also of a kind of this package.
type readError struct {
	kind error // may be nil
	err  *jsonpos.Error
}

// Error says it with line and column; the pointer stands in the DecodeError around it.
func (e *readError) Error() string {
	text := fmt.Sprintf("line %d, column %d", e.err.Line, e.err.Column)
	if e.err.Kind != nil {
		text += ": " + e.err.Kind.Error()
	}
	if e.err.Msg != "" {
		text += ": " + e.err.Msg
	}
	return text
}

// Unwrap returns both, so that errors.Is and errors.As find what they look for.
func (e *readError) Unwrap() []error {
	if e.kind == nil {
		return []error{e.err}
	}
	return []error{e.kind, e.err}
}
