package purl_test

import (
	"bufio"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// facts yields the columns of each line of a file in testdata, after its line number. The
// form is described in testdata/README.md.
func facts(t testing.TB, name string, columns int) iter.Seq2[int, []string] {
	t.Helper()
	return func(yield func(int, []string) bool) {
		f, err := os.Open(filepath.Join("testdata", name))
		require.NoError(t, err)
		defer f.Close()
		scanner := bufio.NewScanner(f)
		for n := 1; scanner.Scan(); n++ {
			line := scanner.Text()
			if line == "" || strings.HasPrefix(line, "# ") {
				continue
			}
			row := split(t, line)
			require.Len(t, row, columns, "%s:%d", name, n)
			if !yield(n, row) {
				return
			}
		}
		require.NoError(t, scanner.Err())
	}
}

// split takes a line apart at blanks that stand outside of quotes.
func split(t testing.TB, line string) []string {
	t.Helper()
	var row []string
	for line = strings.TrimLeft(line, " "); line != ""; line = strings.TrimLeft(line, " ") {
		if line[0] != '"' {
			word, rest, _ := strings.Cut(line, " ")
			row, line = append(row, word), rest
			continue
		}
		quoted, err := strconv.QuotedPrefix(line)
		require.NoError(t, err)
		word, err := strconv.Unquote(quoted)
		require.NoError(t, err)
		row, line = append(row, word), line[len(quoted):]
	}
	return row
}

// dash returns "" for the dash that stands for it.
func dash(s string) string {
	if s == "-" {
		return ""
	}
	return s
}
