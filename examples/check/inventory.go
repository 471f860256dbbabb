package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/affected-go/affected/match"
)

// maxInventory is how long an inventory may be. It is held in memory.
const maxInventory = 256 << 20

// Errors that make an inventory unusable as a whole.
var (
	errEmpty  = errors.New("empty: a line with the names of the columns is wanted first")
	errNoRows = errors.New("no row below the header")
	errUnread = errors.New("none of its rows could be read")
)

// A rowError is what is wrong with one row. The others are read.
type rowError struct {
	File         string
	Line, Column int // in the text; Column counts bytes from 1, 0 is the row as a whole
	Err          error
}

// Error returns "file:line:column: reason".
func (e *rowError) Error() string {
	if e.Column == 0 {
		return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err)
	}
	return fmt.Sprintf("%s:%d:%d: %v", e.File, e.Line, e.Column, e.Err)
}

// Unwrap returns the reason.
func (e *rowError) Unwrap() error { return e.Err }

// An inventory reads CSV text (RFC 4180) into hosts. Rows that name one host need not stand
// together; a row without a host is one of its own.
type inventory struct {
	name   string
	report func(error) // takes what is wrong with single rows

	hosts  []*match.Host
	rows   int // installations
	unread int // rows of which something could not be read
	notes  []string

	byID map[string]*match.Host
}

// read reads the whole of r. Errors in rows are reported; the error returned is about the
// inventory as a whole.
func (inv *inventory) read(r io.Reader) error {
	data, err := io.ReadAll(&limited{r, maxInventory})
	if err != nil {
		return err
	}
	body, comma, err := csvText(data)
	if err != nil {
		return err
	}
	lines := csv.NewReader(strings.NewReader(body))
	lines.Comma = comma
	lines.FieldsPerRecord = -1 // rows that are too long or short are counted here
	lines.ReuseRecord = true
	heads, err := lines.Read()
	if errors.Is(err, io.EOF) {
		return errEmpty
	}
	if err != nil {
		return fmt.Errorf("the header: %w", err)
	}
	h, err := readHeader(heads)
	if err != nil {
		return err
	}
	inv.notes = h.notes()
	inv.byID = map[string]*match.Host{}
	for {
		fields, err := lines.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if !inv.row(lines, &h, fields, err) {
			inv.unread++
		}
	}
	inv.connect()
	switch {
	case inv.rows > 0:
		return nil
	case inv.unread > 0:
		return errUnread
	default:
		return errNoRows
	}
}

// connect tells each installation its host, now that the lists of them are whole.
func (inv *inventory) connect() {
	for _, host := range inv.hosts {
		for i := range host.Installations {
			host.Installations[i].Host = host
		}
	}
}

// row reads one row and tells whether all of it could be read. What can be used is used;
// what cannot is reported.
func (inv *inventory) row(lines *csv.Reader, h *header, fields []string, err error) (whole bool) {
	if wrong := (*csv.ParseError)(nil); errors.As(err, &wrong) {
		return inv.fail(wrong.StartLine, wrong.Column, syntaxReason(wrong))
	}
	if strings.TrimSpace(strings.Join(fields, "")) == "" {
		return true // spreadsheets leave such rows behind
	}
	line, _ := lines.FieldPos(0)
	if len(fields) != h.fields {
		return inv.fail(line, 0, fmt.Errorf("%s where the header has %d", plural(len(fields), "field"), h.fields))
	}
	var in match.Installation
	whole = true
	for c, i := range h.at {
		if i < 0 || columns[c].set == nil {
			continue
		}
		value := strings.TrimSpace(fields[i])
		if value == "" {
			continue
		}
		if err := columns[c].set(&in, value); err != nil {
			at, place := lines.FieldPos(i)
			whole = inv.fail(at, place, fmt.Errorf("%s: %w", columns[c].name, err))
		}
	}
	switch {
	case in.Product != "" || in.PURL.IsValid() || in.CPE.IsValid():
		inv.rows++
		host := inv.host(h, fields)
		host.Installations = append(host.Installations, in)
	case whole:
		whole = inv.fail(line, 0, errors.New("the row names no product, purl or CPE"))
	}
	return whole
}

// host returns the host that a row names.
func (inv *inventory) host(h *header, fields []string) *match.Host {
	id := ""
	if i := h.at[hostColumn]; i >= 0 {
		id = strings.TrimSpace(fields[i])
	}
	if host, known := inv.byID[id]; known && id != "" {
		return host
	}
	host := &match.Host{ID: id}
	inv.byID[host.ID] = host
	inv.hosts = append(inv.hosts, host)
	return host
}

// fail reports what is wrong with a row. It returns false, for row to return.
func (inv *inventory) fail(line, column int, err error) bool {
	inv.report(&rowError{File: inv.name, Line: line, Column: column, Err: err})
	return false
}

// syntaxReason says what is wrong with the quotation marks of a row.
func syntaxReason(e *csv.ParseError) error {
	switch {
	case errors.Is(e.Err, csv.ErrBareQuote):
		return errors.New(`a quotation mark inside a field: the field has to stand in quotation marks, with "" for each one in it`)
	case errors.Is(e.Err, csv.ErrQuote) && e.Line > e.StartLine:
		return fmt.Errorf("a field opens a quotation mark that does not end well before line %d: what stands between is not read", e.Line)
	case errors.Is(e.Err, csv.ErrQuote):
		return errors.New("a quoted field does not end at its closing quotation mark")
	}
	return e.Err
}
