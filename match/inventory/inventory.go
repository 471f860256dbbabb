package inventory

import (
	"cmp"
	"io"
	"iter"

	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/match"
)

// Read reads an inventory of any known format, which it recognizes by its content, and
// yields its hosts.
//
// An error is an *Error about a part of the text; the rest is read and the hosts still
// come. A host about which an error says that something is missing has none of its flags
// of completeness set. When the text is of no known format, that is the only thing yielded
// (ErrFormat); when the reader fails, its error comes before the hosts read until then.
//
// The sequence reads r up and can be run once. The hosts belong to the caller.
func Read(r io.Reader, opt Options) iter.Seq2[*match.Host, error] {
	return func(yield func(*match.Host, error) bool) {
		t := newText(r, opt.Limits)
		defer t.close()
		f, err := choose(t, opt)
		if err != nil {
			yield(nil, &Error{File: opt.File, Err: err})
			return
		}
		for h, err := range f.Read(t, opt) {
			if !yield(h, err) {
				return
			}
		}
	}
}

// choose returns the format of a text.
func choose(t *Text, opt Options) (Format, error) {
	formats := opt.Formats
	if formats == nil {
		formats = Formats()
	}
	switch {
	case t.isBlank():
		if t.err != nil {
			return nil, t.err
		}
		return nil, because(ErrEmpty, "empty: a line with the names of the columns is wanted first, or a document")
	case t.isBinary():
		return nil, because(ErrFormat, "%s", cmp.Or(t.foreign(), "this is no text: an inventory is CSV, JSON or the text of a package manager"))
	case len(formats) == 1:
		return formats[0], nil
	}
	foreign := t.foreign()
	for _, f := range formats {
		if _, any := f.(*table); any && foreign != "" {
			continue // a table would take it for one
		}
		if f.Sniff(t) {
			return f, nil
		}
	}
	if foreign != "" {
		return nil, because(ErrFormat, "%s", foreign)
	}
	if t.isJSON() {
		return nil, because(ErrFormat, "no known inventory format: JSON without the members of any")
	}
	return nil, ErrFormat
}

// A Format reads inventories of one kind. Formats are values without state, safe for
// concurrent use. Callers may write their own.
type Format interface {
	// Name returns a short name: "cyclonedx".
	Name() string
	// Sniff tells whether a text is of the format, by its beginning or its first document.
	Sniff(t *Text) bool
	// Read reads the whole text and yields what Read of this package does.
	Read(t *Text, opt Options) iter.Seq2[*match.Host, error]
}

// Formats returns the formats of this package in the order in which a text is offered to
// them. The last one, "table", takes every text that is not JSON.
func Formats() []Format {
	list := []Format{cycloneDX{}, spdx{}, osquery{}, fortiOS{}, napalm{}, dpkg{}, apk{}, rpm{}, uninstall{}}
	for _, f := range tables {
		list = append(list, f)
	}
	return list
}

// Lookup returns the format of a name, nil when there is none. With it a text can be read as
// a format whether it looks so or not: Options{Formats: []Format{Lookup("rpm")}}.
func Lookup(name string) Format {
	for _, f := range Formats() {
		if f.Name() == name {
			return f
		}
	}
	return nil
}

// Options say how an inventory is read. The zero value is right for one about which nothing
// else is known. Options are copied freely and only read.
type Options struct {
	// File is the name of the text in errors.
	File string
	// Host is the id of the host where the text names none: a list of packages, an SBOM.
	Host string
	// Distro is the distribution that lists of packages belong to, as ID and VERSION_ID of
	// its os-release joined by a dash: "debian-12". Without it the packages have to tell.
	Distro string
	// Columns names columns of a table that have other heads than this package knows: from
	// the head, as it is written in the file, to the usual head ("Gerätename" -> "host").
	Columns map[string]string
	// Complete says that the caller knows the inventory to list all that is installed on
	// each host and, where it says what a host runs on, all of that. It is what sets the flags
	// of completeness of the hosts of which everything could be read; no list of packages can
	// claim it by itself.
	Complete bool
	// PatchList says how far the patches go that the inventory lists, where the caller knows:
	// match.CompletePatches when no other is installed on any of the hosts. By itself a list
	// of patches is partial: Windows leaves out what MSI installed.
	PatchList match.PatchList
	// Grouped says that the rows of one host stand together in a table or log. Then each
	// host is yielded as soon as the next one begins, and memory is bounded by one host. A
	// host that comes again is another Host.
	Grouped bool
	// Limits bound what the text may cost.
	Limits Limits
	// Formats are those that the text may have, in the order of asking; nil means Formats.
	// A single one reads the text without being asked.
	Formats []Format
}

// Limits bound what an inventory may cost. Zero means the default.
type Limits struct {
	// JSON bounds one JSON document: 64 MiB, 4 Mi values, 1000 levels by default.
	JSON jsonpos.Limits
	// Line is how many bytes a line or a row may have, 4 MiB by default.
	Line int
	// Installations is how many installations may be held at once, 1 Mi (2^20) by default.
	Installations int
}

func (l Limits) line() int {
	if l.Line > 0 {
		return l.Line
	}
	return 4 << 20
}

func (l Limits) installations() int {
	if l.Installations > 0 {
		return l.Installations
	}
	return 1 << 20
}
