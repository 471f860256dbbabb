package inventory

import (
	"io"
	"slices"
	"strings"
)

// A csvReader reads rows (RFC 4180). It differs from encoding/csv where the text is broken:
// a row is bounded, and after a quotation mark that nothing closes it goes on with the next
// line, so that one bad line costs one line.
type csvReader struct {
	lines   *lines
	comma   byte
	pending []string // lines that were read ahead and are to be read again
	n       int      // number of the last line
	err     error    // of the reader, or io.EOF

	line   int      // of the row, from 1
	first  string   // its first line
	more   []string // its lines behind the first
	fields []string // of the row
	at     []int    // columns of the fields, from 1
	ends   []int    // their lines
}

// A csvError is what is wrong with a row, and where.
type csvError struct {
	line, column int
	err          error
}

func (e *csvError) Error() string { return e.err.Error() }
func (e *csvError) Unwrap() error { return e.err }

// next reads a row. Empty lines are none. At the end the error is io.EOF. After an error in
// a row its first line alone is lost.
func (c *csvReader) next() error {
	for {
		line, err := c.take()
		if err != nil {
			return err
		}
		if line == "" {
			continue
		}
		c.line, c.first, c.more = c.n, line, c.more[:0]
		err = c.row(line)
		if err != nil && len(c.more) > 0 {
			c.pending = append(slices.Clone(c.more), c.pending...)
			c.n = c.line
		}
		return err
	}
}

// take returns the next line.
func (c *csvReader) take() (string, error) {
	if len(c.pending) > 0 {
		line := c.pending[0]
		c.pending = c.pending[1:]
		c.n++
		return line, nil
	}
	if c.err == nil && !c.lines.next() {
		if c.err = c.lines.err; c.err == nil {
			c.err = io.EOF
		}
	}
	if c.err != nil {
		return "", c.err
	}
	c.n++
	if c.lines.err != nil {
		return "", &csvError{c.n, 0, c.lines.err}
	}
	return c.lines.text, nil
}

// text returns the row as it stands there.
func (c *csvReader) text() string {
	if len(c.more) == 0 {
		return c.first
	}
	return c.first + "\n" + strings.Join(c.more, "\n")
}

// row takes a row apart. text is its first line; a quoted field takes in more of them.
func (c *csvReader) row(text string) error {
	c.fields, c.at, c.ends = c.fields[:0], c.at[:0], c.ends[:0]
	column := 1 // of text[0]
	for {
		if !strings.HasPrefix(text, `"`) {
			field, rest, more := strings.Cut(text, string(c.comma))
			if quote := strings.IndexByte(field, '"'); quote >= 0 {
				return &csvError{c.n, column + quote, because(ErrSyntax,
					`a quotation mark inside a field: the field has to stand in quotation marks, with "" for each one in it`)}
			}
			c.keep(field, c.n, column)
			if !more {
				return nil
			}
			column += len(field) + 1
			text = rest
			continue
		}
		line, at := c.n, column
		value, rest, end, err := c.quoted(text[1:], column+1)
		switch {
		case err != nil:
			return err
		case rest != "" && rest[0] != c.comma && c.n > line:
			return &csvError{line, at, because(ErrSyntax, "a field opens a quotation mark that does not end well before line %d: the line is not read", c.n)}
		case rest != "" && rest[0] != c.comma:
			return &csvError{line, end - 1, because(ErrSyntax, "a quoted field does not end at its closing quotation mark")}
		}
		c.keep(value, line, at)
		if rest == "" {
			return nil
		}
		text, column = rest[1:], end+1
	}
}

func (c *csvReader) keep(field string, line, column int) {
	c.fields, c.at, c.ends = append(c.fields, field), append(c.at, column), append(c.ends, line)
}

// quoted reads a field behind its opening quotation mark; column is that of text[0]. end is
// the column of rest, which is what follows the closing mark in its line.
func (c *csvReader) quoted(text string, column int) (value, rest string, end int, err error) {
	var b strings.Builder
	line, at := c.n, column-1
	size := len(text)
	for {
		i := strings.IndexByte(text, '"')
		switch {
		case i >= 0 && strings.HasPrefix(text[i+1:], `"`):
			b.WriteString(text[:i+1])
			text, column = text[i+2:], column+i+2
			continue
		case i >= 0:
			b.WriteString(text[:i])
			return b.String(), text[i+1:], column + i + 1, nil
		}
		b.WriteString(text)
		b.WriteByte('\n')
		more, err := c.take()
		if err == nil || c.err == nil {
			c.more = append(c.more, more) // an empty line stands for one that is too long
			size += len(more) + 1
		}
		if err != nil || size > c.lines.max {
			return "", "", 0, &csvError{line, at, because(ErrSyntax, "a field opens a quotation mark that nothing closes: the line is not read")}
		}
		text, column = more, 1
	}
}

// separators are what may stand between fields, the usual one first.
const separators = ",;\t|"

// separator returns what separates the fields of the first line: what occurs most often in
// it outside of quotation marks.
func separator(text string) byte {
	var counts [len(separators)]int
	quoted, blank := false, true
	for i := range len(text) {
		c := text[i]
		if c == '\n' && !quoted && !blank {
			break
		}
		if c == '"' {
			quoted = !quoted
		}
		blank = blank && (c == '\n' || c == '\r')
		if at := strings.IndexByte(separators, c); at >= 0 && !quoted {
			counts[at]++
		}
	}
	best := 0
	for i, n := range counts {
		if n > counts[best] {
			best = i
		}
	}
	return separators[best]
}

// statedSeparator reads the line "sep=;" that spreadsheets understand.
func statedSeparator(head string) (byte, bool) {
	rest, ok := strings.CutPrefix(head, "sep=")
	if !ok {
		return 0, false
	}
	line, _, _ := strings.Cut(rest, "\n")
	line = strings.TrimSuffix(line, "\r")
	if len(line) != 1 || !strings.Contains(separators, line) {
		return 0, false
	}
	return line[0], true
}

// newCSV returns a reader of the rows of a text. A line "sep=;" is passed over.
func newCSV(t *Text) *csvReader {
	c := &csvReader{lines: newLines(t)}
	if comma, ok := statedSeparator(t.Head()); ok {
		c.comma = comma
		if c.lines.next() {
			c.n++
		}
		return c
	}
	c.comma = separator(t.Head())
	return c
}

// heads returns the fields of the first row of a text, for a format to recognize.
func heads(t *Text) []string {
	text := t.Head()
	comma := separator(text)
	if stated, ok := statedSeparator(text); ok {
		comma = stated
		_, text, _ = strings.Cut(text, "\n")
	}
	var list []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		for field := range strings.SplitSeq(line, string(comma)) {
			list = append(list, foldHead(field))
		}
		break
	}
	return list
}
