package enrich

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/affected-go/affected/advisory"
)

const (
	// maxRows bounds a table; EPSS had 300,000 rows in 2025.
	maxRows = 1 << 22
	// maxLine bounds a line of it.
	maxLine = 4096
	// maxProblems bounds what is said about one file.
	maxProblems = 100
)

// ReadEPSS reads the scores of a day in CSV, unpacked, as FIRST publishes them: a comment with
// the version of the model and the date, which older files do not have, the names of the
// columns, and a row for each vulnerability. A row that cannot be read is a Problem. An error
// says that the text is something else, or that it could not be read to its end; it is a
// *advisory.DecodeError.
func ReadEPSS(r io.Reader, opt advisory.DecodeOptions) (*Table, error) {
	t := &Table{Source: "FIRST", kind: kindEPSS, score: map[string]score{}, name: opt.File}
	fail := func(at int64, err error) error {
		return &advisory.DecodeError{Pos: advisory.Pos{File: opt.File, Offset: at}, Err: err}
	}
	lines := bufio.NewReaderSize(r, maxLine)
	columns := []int(nil)
	for offset, next := int64(0), int64(0); ; offset = next {
		raw, err := lines.ReadSlice('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			if errors.Is(err, bufio.ErrBufferFull) {
				err = fmt.Errorf("%w of %d bytes in a line", advisory.ErrLimit, maxLine)
			}
			return nil, fail(offset, err)
		}
		next = offset + int64(len(raw))
		line := strings.TrimSpace(strings.TrimPrefix(string(raw), "\ufeff"))
		switch {
		case line == "":
		case line[0] == '#':
			t.comment(line)
		case columns == nil:
			if columns = header(line); columns == nil {
				return nil, fail(offset, fmt.Errorf("%w: no columns cve, epss and percentile", advisory.ErrFormat))
			}
		case len(t.score) >= maxRows:
			return nil, fail(offset, fmt.Errorf("%w of %d rows", advisory.ErrLimit, maxRows))
		default:
			t.row(line, columns, offset)
		}
		if err != nil { // the end
			break
		}
	}
	if columns == nil {
		return nil, fail(0, fmt.Errorf("%w: it is empty", advisory.ErrFormat))
	}
	return t, nil
}

// comment reads "#model_version:v2023.03.01,score_date:2024-10-24T00:00:00+0000".
func (t *Table) comment(line string) {
	for field := range strings.SplitSeq(strings.TrimLeft(line, "# "), ",") {
		key, value, _ := strings.Cut(field, ":")
		switch strings.TrimSpace(key) {
		case "model_version":
			t.Version = strings.TrimSpace(value)
		case "score_date":
			for _, layout := range [...]string{"2006-01-02T15:04:05-0700", time.RFC3339, time.DateOnly} {
				if date, err := time.Parse(layout, strings.TrimSpace(value)); err == nil {
					t.Date = date.UTC()
				}
			}
		}
	}
}

// header returns the places of cve, epss and percentile, nil when one is missing.
func header(line string) []int {
	places := []int{-1, -1, -1}
	i := 0
	for name := range strings.SplitSeq(line, ",") {
		switch strings.Trim(strings.TrimSpace(name), `"`) {
		case "cve":
			places[0] = i
		case "epss":
			places[1] = i
		case "percentile":
			places[2] = i
		}
		i++
	}
	if min(places[0], places[1], places[2]) < 0 {
		return nil
	}
	return places
}

// row reads one row. Of two rows about one vulnerability the last one counts, and is reported.
func (t *Table) row(line string, columns []int, offset int64) {
	cells := strings.Split(line, ",")
	if len(cells) <= max(columns[0], columns[1], columns[2]) {
		t.problem("short-row", "the row has too few cells", offset)
		return
	}
	cell := func(i int) string { return strings.Trim(strings.TrimSpace(cells[columns[i]]), `"`) }
	cve := cell(0)
	probability, ok := share(cell(1))
	percentile, ok2 := share(cell(2))
	switch {
	case !strings.HasPrefix(cve, "CVE-"):
		t.problem("no-id", fmt.Sprintf("%.40q is no CVE id", cve), offset)
		return
	case !ok || !ok2:
		t.problem("bad-number", fmt.Sprintf("%.40q is no pair of shares", line), offset)
		return
	}
	if _, known := t.score[cve]; known {
		t.problem("duplicate-name", cve+" has two rows", offset)
	}
	t.score[cve] = score{probability, percentile, offset}
}

// share reads a number from 0 to 1.
func share(text string) (float64, bool) {
	f, err := strconv.ParseFloat(text, 64)
	return f, err == nil && !math.IsNaN(f) && f >= 0 && f <= 1
}

func (t *Table) problem(code, text string, offset int64) {
	if len(t.Problems) < maxProblems {
		t.Problems = append(t.Problems, advisory.Problem{Code: code, Text: text, Pos: advisory.Pos{File: t.name, Offset: offset}})
	}
}
