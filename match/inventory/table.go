package inventory

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode"

	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/match"
)

// A column is what a row can state.
type column uint8

// The columns. The names of columnNames are what callers use.
const (
	colHost column = iota
	colVendor
	colProduct
	colVersion
	colPURL
	colCPE
	colPlatform
	colArchitecture
	colEdition
	colModel
	colSerial
	colSKU
	colPatch
	colType
	colSource
	colRelease
	colEpoch
	colDistro
	colDistroRelease
	columns
)

var columnNames = [columns]string{
	"host", "vendor", "product", "version", "purl", "cpe", "platform", "architecture", "edition", "model", "serial", "sku",
	"patch", "type", "source", "release", "epoch", "distro", "distro release",
}

// A table is a format of rows: a CSV file with a header, or JSON objects. Which columns it
// has is data; what a row becomes is add.
type table struct {
	name string
	// marks are sets of heads, each as alternatives separated by a bar. A text that has
	// all of one set is of the format.
	marks []string
	// heads are those of each column, separated by blanks, the usual one first, all as
	// foldHead writes them. Heads in front win over those behind.
	heads [columns]string
	// one says that rows without a host belong to one host. Otherwise each is of its own.
	one bool
	add func(g *gather, r *record)
}

// Name returns the name of the format.
func (f *table) Name() string { return f.name }

// Sniff looks at the heads of the first row.
func (f *table) Sniff(t *Text) bool {
	if !t.isJSON() {
		return len(f.marks) == 0 || f.marked(heads(t))
	}
	for row := range jsonRows(t.Document()) {
		names := flatten(row, nil, nil).names
		if len(f.marks) > 0 {
			return f.marked(names)
		}
		at := f.columns(names)
		return at[colProduct] >= 0 || at[colPURL] >= 0 || at[colCPE] >= 0
	}
	return false
}

func (f *table) marked(names []string) bool {
	for _, set := range f.marks {
		all := true
		for mark := range strings.FieldsSeq(set) {
			all = all && slices.ContainsFunc(strings.Split(mark, "|"), func(m string) bool { return slices.Contains(names, m) })
		}
		if all {
			return true
		}
	}
	return false
}

// columns returns which of the names hold which column, -1 for none.
func (f *table) columns(names []string) (at [columns]int) {
	for c := range at {
		at[c] = -1
		for head := range strings.FieldsSeq(f.heads[c]) {
			if i := slices.Index(names, head); i >= 0 {
				at[c] = i
				break
			}
		}
	}
	return at
}

// Read reads the rows.
func (f *table) Read(t *Text, opt Options) iter.Seq2[*match.Host, error] {
	return func(yield func(*match.Host, error) bool) {
		g := newGather(opt, yield)
		g.one = f.one
		if t.isJSON() {
			f.readJSON(g, t)
		} else {
			f.readCSV(g, t)
		}
		g.flush()
	}
}

// readCSV reads the rows of a CSV text.
func (f *table) readCSV(g *gather, t *Text) {
	rows := newCSV(t)
	r := record{spot: func(i int) spot {
		if i < 0 {
			return spot{line: rows.line}
		}
		return spot{line: rows.ends[i], column: rows.at[i]}
	}}
	for first := true; !g.done(); {
		err := rows.next()
		if errors.Is(err, io.EOF) {
			if first {
				g.fail(&Error{Err: because(ErrEmpty, "no row below the header")})
			}
			return
		}
		if wrong := (*csvError)(nil); errors.As(err, &wrong) {
			g.fail(&Error{Line: wrong.line, Column: wrong.column, Err: wrong.err})
			first = first && r.names == nil
			if r.names == nil {
				return // without a header nothing is known about the rows
			}
			continue
		}
		if err != nil {
			g.fail(&Error{Line: rows.n, Err: err})
			return
		}
		if strings.TrimSpace(strings.Join(rows.fields, "")) == "" {
			continue // spreadsheets leave such rows behind
		}
		if r.names == nil {
			if !f.header(g, &r, rows) {
				return
			}
			continue
		}
		first = false
		if len(rows.fields) != len(r.names) {
			g.fail(&Error{Line: rows.line, Err: because(ErrSyntax, "%s where the header has %d", plural(len(rows.fields), "field"), len(r.names))})
			continue
		}
		r.values, g.row = rows.fields, rowText(rows.text())
		f.add(g, &r)
	}
}

// header maps the heads of a file.
func (f *table) header(g *gather, r *record, rows *csvReader) bool {
	for _, head := range rows.fields {
		if usual, ok := g.opt.Columns[strings.TrimSpace(head)]; ok {
			head = usual
		}
		r.names = append(r.names, foldHead(head))
	}
	r.at = f.columns(r.names)
	if len(f.marks) > 0 {
		return true // the format knows what its columns are
	}
	if r.at[colProduct] < 0 && r.at[colPURL] < 0 && r.at[colCPE] < 0 {
		return g.fail(&Error{Line: rows.line, Err: because(ErrFormat, "no column tells the product: one of %s is wanted in the first line, found %q",
			"product (or name, software, application ...), purl, cpe", short(strings.Join(rows.fields, ", ")))})
	}
	for _, note := range f.notes(r, rows.fields) {
		g.fail(&Error{Line: rows.line, Warning: true, Err: because(ErrValue, "%s", note)})
	}
	return true
}

// notes says what the answers will lack.
func (f *table) notes(r *record, heads []string) []string {
	var notes []string
	identified := r.at[colPURL] >= 0 || r.at[colCPE] >= 0
	if r.at[colVersion] < 0 && !identified {
		notes = append(notes, "no version column (version, installed_version, display_version ...): "+
			"what depends on the version will be unknown")
	}
	if r.at[colVendor] < 0 && !identified {
		notes = append(notes, "no vendor column: a product is only recognized when its name begins with its vendor")
	}
	var unused []string
	for i, head := range heads {
		if !slices.Contains(r.at[:], i) && strings.TrimSpace(head) != "" {
			unused = append(unused, short(strings.TrimSpace(head)))
		}
	}
	if len(unused) > 0 {
		var known []string
		for c, heads := range f.heads {
			if heads != "" {
				known = append(known, columnNames[c])
			}
		}
		notes = append(notes, "columns that are not used: "+strings.Join(unused[:min(len(unused), 50)], ", ")+
			" (known are "+strings.Join(known, ", ")+")")
	}
	return notes
}

// readJSON reads the rows of a JSON text.
func (f *table) readJSON(g *gather, t *Text) {
	any := false
	for doc, err := range t.Documents() {
		if err != nil {
			g.fail(fromJSON(err))
		}
		for row := range jsonRows(doc) {
			if g.done() {
				return
			}
			any = true
			var errs jsonpos.Errors
			r := flatten(row, g.opt.Columns, &errs)
			r.at = f.columns(r.names)
			g.failJSON(r.get(colHost), &errs)
			g.row = rowText(row.Raw())
			f.add(g, &r)
		}
	}
	if !any {
		g.fail(&Error{Err: because(ErrEmpty, "no row in it")})
	}
}

// foldHead drops what does not count in a head: case, blanks, punctuation.
func foldHead(head string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, head)
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
