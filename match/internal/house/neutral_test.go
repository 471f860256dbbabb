package house_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// A neutralProduct is a product in the packs that have a form of their own.
type neutralProduct struct {
	Vendor, Name, Version string
	Build                 string
	Attrs                 map[string]string
	In                    *neutralProduct
	Versions              []neutralVersions
}

// neutralVersions is a range in these packs: any of all, one, a branch, or bounds.
type neutralVersions struct {
	All          bool
	Eq, Branch   string
	From, Lt, Le string
}

// span returns the versions as a publisher would write them.
func (v *neutralVersions) span(status advisory.Status) advisory.Span {
	s := advisory.Span{Status: status}
	switch {
	case v.All:
		s.Version = "*"
	case v.Eq != "":
		s.Version = v.Eq
	case v.Branch != "" && v.From == "" && v.Lt == "" && v.Le == "":
		s.Version = v.Branch + ".*"
	default:
		s.From, s.Before, s.Through, s.Bounded = v.From, v.Lt, v.Le, true
		if s.From == "" && v.Branch != "" {
			s.From = v.Branch
		}
	}
	return s
}

func neutralSpans(list []neutralVersions, status advisory.Status) []advisory.Span {
	var spans []advisory.Span
	for i := range list {
		spans = append(spans, list[i].span(status))
	}
	return spans
}

// installation returns the product as one that is installed.
func (p *neutralProduct) installation() match.Installation {
	return match.Installation{Vendor: p.Vendor, Product: p.Name, Version: p.Version}
}

func installations(list []neutralProduct) []match.Installation {
	var out []match.Installation
	for i := range list {
		out = append(out, list[i].installation())
	}
	return out
}

// statusOf reads a status word of the packs; "" is NoStatement.
func statusOf(t *testing.T, word string) advisory.Status {
	t.Helper()
	if word == "" {
		return advisory.NoStatement
	}
	var s advisory.Status
	require.NoError(t, s.UnmarshalText([]byte(word)), word)
	return s
}

// defaultOf is the same for what holds outside of the ranges.
func defaultOf(t *testing.T, word string) advisory.Default {
	t.Helper()
	switch statusOf(t, word) {
	case advisory.NotAffected:
		return advisory.DefaultNotAffected
	case advisory.Affected:
		return advisory.DefaultAffected
	case advisory.Unknown:
		return advisory.DefaultUnknown
	default:
		require.Contains(t, []string{"", "no_statement"}, word)
		return advisory.DefaultSilent
	}
}

// readData decodes a data file of a pack.
func readData[T any](t *testing.T, dir, name string) T {
	t.Helper()
	var v T
	text, err := os.ReadFile(filepath.Join(dir, "data", name+".json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &v), name)
	return v
}

// accepted tells whether an answer is the expected one, or one that counts as well.
func accepted(got, expect string, accept []string) bool {
	return got == expect || slices.Contains(accept, got)
}

// sortedWords joins the words of a set.
func sortedWords[M ~map[string]bool](set M) string {
	return strings.Join(slices.Sorted(maps.Keys(set)), ",")
}
