package cpe_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/cpe"
)

// A fact is one line of a file in testdata, cut into its fields.
type fact struct {
	line   int
	fields []string
}

// facts reads a file of testdata. Empty lines and lines that begin with "# " are left out; each
// other line has to have the number of fields.
func facts(tb testing.TB, name, separator string, fields int) []fact {
	tb.Helper()
	text, err := os.ReadFile("testdata/" + name)
	require.NoError(tb, err)
	var all []fact
	for i, line := range strings.Split(string(text), "\n") {
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		f := fact{i + 1, strings.Split(line, separator)}
		require.Len(tb, f.fields, fields, "%s:%d", name, f.line)
		all = append(all, f)
	}
	require.NotEmpty(tb, all, name)
	return all
}

// input returns the text that a field means: a Go string where it begins with a quotation mark.
func input(tb testing.TB, field string) string {
	tb.Helper()
	if !strings.HasPrefix(field, `"`) {
		return field
	}
	text, err := strconv.Unquote(field)
	require.NoError(tb, err, field)
	return text
}

// withVersion returns the name that has the value as its version, in the notation of the files.
func withVersion(tb testing.TB, value string) cpe.Name {
	tb.Helper()
	n, err := cpe.Parse("cpe:2.3:a:example:app:" + value + ":*:*:*:*:*:*:*")
	require.NoError(tb, err)
	return n
}

// described returns the attributes of n that are not ANY, as testdata/names.txt writes them.
func described(n cpe.Name) string {
	var parts []string
	for a := cpe.Part; a <= cpe.Other; a++ {
		if v := n.Value(a); !v.IsAny() {
			parts = append(parts, a.String()+"="+v.String())
		}
	}
	return strings.Join(parts, " ")
}
