package vers_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/affected-go/affected/purl/vers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A textFact is one line of testdata/readtext.txt.
type textFact struct {
	line         int
	scheme, text string
	facts        map[string]string
}

func textFacts(t testing.TB) []textFact {
	t.Helper()
	f, err := os.Open("testdata/readtext.txt")
	require.NoError(t, err)
	defer f.Close()
	var out []textFact
	s := bufio.NewScanner(f)
	for n := 1; s.Scan(); n++ {
		if line := s.Text(); line != "" && line[0] != '#' {
			fields := strings.Split(line, "\t")
			require.GreaterOrEqual(t, len(fields), 3, "line %d", n)
			c := textFact{line: n, scheme: fields[0], text: fields[1], facts: map[string]string{}}
			for _, field := range fields[2:] {
				key, value, ok := strings.Cut(field, ":")
				require.True(t, ok, "line %d: %q", n, field)
				c.facts[key] = strings.TrimSpace(value)
			}
			out = append(out, c)
		}
	}
	require.NoError(t, s.Err())
	require.Greater(t, len(out), 200)
	return out
}

func listOf(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ", ")
}

func TestReadText(t *testing.T) {
	set := vers.Builtin()
	for _, c := range textFacts(t) {
		scheme, ok := set.Lookup(c.scheme)
		require.True(t, ok, "line %d: scheme %s", c.line, c.scheme)
		r, reading, err := set.ReadText(scheme, c.text)
		if want, bad := c.facts["error"]; bad {
			offset, rule, _ := strings.Cut(want, " ")
			var e *vers.ParseError
			if !assert.ErrorAs(t, err, &e, "line %d: %s", c.line, c.text) {
				continue
			}
			assert.ErrorIs(t, err, vers.ErrSyntax, "line %d", c.line)
			assert.Equal(t, offset, fmt.Sprint(e.Offset), "line %d: %s: %v", c.line, c.text, err)
			assert.Contains(t, e.Rule, rule, "line %d: %s", c.line, c.text)
			assert.False(t, r.IsValid(), "line %d: a range beside an error", c.line)
			assert.Equal(t, vers.Reading{}, reading, "line %d", c.line)
			continue
		}
		if !assert.NoError(t, err, "line %d: %s", c.line, c.text) {
			continue
		}
		assert.Equal(t, c.text, r.Text(), "line %d", c.line)
		for key, want := range map[string]vers.Truth{"yes": vers.Yes, "no": vers.No, "unknown": vers.Unknown} {
			for _, version := range listOf(c.facts[key]) {
				got, err := r.Contains(version)
				if assert.NoError(t, err, "line %d: %s", c.line, version) {
					assert.Equal(t, want, got, "line %d: %s in %s", c.line, version, c.text)
				}
			}
		}
		assert.Equal(t, c.facts["if"], reading.Condition, "line %d: %s", c.line, c.text)
		assert.Equal(t, c.facts["drop"], reading.Dropped, "line %d: %s", c.line, c.text)
		if want, given := c.facts["branches"]; given {
			assert.Equal(t, listOf(want), reading.Branches, "line %d: %s", c.line, c.text)
		}
		if want, given := c.facts["level"]; given {
			assert.Equal(t, want, reading.Level.String(), "line %d: %s", c.line, c.text)
		} else {
			assert.NotEqual(t, vers.NotRead, reading.Level, "line %d", c.line)
		}
	}
}

func TestReadTextLimits(t *testing.T) {
	set := vers.Builtin()
	scheme, _ := set.Lookup("vendor")
	_, _, err := set.ReadText(scheme, strings.Repeat("1", vers.MaxLength+1))
	assert.ErrorIs(t, err, vers.ErrTooLong)
	_, _, err = set.ReadText(nil, "1")
	assert.ErrorIs(t, err, vers.ErrUnknownScheme)

	long := set.WithMaxLength(1 << 20)
	for name, text := range map[string]string{
		"words":       strings.Repeat("a ", 1<<18),
		"list":        strings.Repeat("1, ", 1<<18) + "1",
		"parentheses": strings.Repeat("(", 1<<19),
		"nested":      strings.Repeat("(< 1 ", 1<<16) + strings.Repeat(")", 1<<16),
		"dots":        strings.Repeat(". ", 1<<18),
		"signs":       strings.Repeat("<", 1<<19),
		"number":      strings.Repeat("9", 1<<20),
		"glued":       strings.Repeat("1(", 1<<19),
		"colons":      strings.Repeat("1: ", 1<<18),
		"names":       strings.Repeat("A: ", 1<<18),
		"earlier":     strings.Repeat("1 and earlier ", 1<<15),
		"underscores": strings.Repeat("V1.1_", 1<<17),
		"quotes":      strings.Repeat("\"“", 1<<17),
	} {
		start := time.Now()
		_, _, err := long.ReadText(scheme, text)
		assert.Error(t, err, name)
		assert.Less(t, time.Since(start), 2*time.Second, name)
	}
	// As long as a reader may reasonably get; the union must not be quadratic.
	r, reading, err := long.ReadText(scheme, strings.Repeat("4.1, ", 1000)+"5.1")
	require.NoError(t, err)
	assert.Len(t, reading.Branches, 1001)
	in, err := r.Contains("5.1")
	require.NoError(t, err)
	assert.Equal(t, vers.Yes, in)
}

func TestReadTextString(t *testing.T) {
	set := vers.Builtin()
	scheme, _ := set.Lookup("dotted")
	for text, want := range map[string]string{
		"3.0, 4.1 - 4.4":    "vers:dotted/3.0|>=4.1|<=4.4",
		"prior to 4.2":      "vers:dotted/<4.2",
		"4.2":               "vers:dotted/4.2",
		"all versions":      "vers:dotted/*",
		"< 4.2 | 5.1":       "< 4.2 | 5.1", // in doubt between the two
		"AcmeOS 3, 4 and 5": "vers:dotted/3|4|5",
	} {
		r, _, err := set.ReadText(scheme, text)
		require.NoError(t, err, text)
		assert.Equal(t, want, r.String(), text)
	}
}

// TestReadTextEqual compares with the ranges that constraints give.
func TestReadTextEqual(t *testing.T) {
	set := vers.Builtin()
	scheme, _ := set.Lookup("dotted")
	for text, c := range map[string]vers.Constraint{
		"4.2":             {Comparator: vers.Equal, Version: "4.2"},
		"= 4.2":           {Comparator: vers.Equal, Version: "4.2.0"},
		"before 4.2":      {Comparator: vers.Less, Version: "4.2"},
		"4.2 and earlier": {Comparator: vers.LessOrEqual, Version: "4.2"},
		"after 4.2":       {Comparator: vers.Greater, Version: "4.2"},
		"4.2 or newer":    {Comparator: vers.GreaterOrEqual, Version: "4.2"},
		"!= 4.2":          {Comparator: vers.NotEqual, Version: "4.2"},
	} {
		r, _, err := set.ReadText(scheme, text)
		require.NoError(t, err, text)
		want, err := set.NewRange("dotted", c)
		require.NoError(t, err)
		assert.True(t, r.Equal(want), "%s: %s and %s", text, r, want)
	}
	r, _, err := set.ReadText(scheme, "4.2 all versions")
	require.NoError(t, err)
	want, err := set.Branch("dotted", "4.2")
	require.NoError(t, err)
	assert.True(t, r.Equal(want))
}

func TestIsAll(t *testing.T) {
	for _, text := range []string{"*", "all", "All versions", "All_Versions", " any version. ", "vers:all/*", "vers:npm/*"} {
		assert.True(t, vers.IsAll(text), text)
		assert.False(t, vers.IsPlaceholder(text), text)
	}
	for _, text := range []string{"", "all versions < 5", "5.*", "vers:all/<1", "vers:", "allversions", "versions\n\nall"} {
		assert.False(t, vers.IsAll(text), text)
	}
}

func TestIsPlaceholder(t *testing.T) {
	for _, text := range []string{"", " ", "-", "--", "?", "<", "N/A", "n/a.", "None", "unspecified", "various ",
		"See references", "see the notes of the vendor", "latest", "publication", "https://example.org/7.1", "x"} {
		assert.True(t, vers.IsPlaceholder(text), text)
		assert.False(t, vers.IsAll(text), text)
	}
	for _, text := range []string{"0", "1", "all", "*", "see 5.1", "Acme", "R2", "n/a\nnone", "ß"} {
		assert.False(t, vers.IsPlaceholder(text), text)
	}
}

// A plainScheme has neither Joiner nor Releaser and calls two numbers imprecise.
type plainScheme struct{ vers.Scheme }

func (plainScheme) Name() string { return "plain" }

func (p plainScheme) AppendKey(dst []byte, version string) ([]byte, int, error) {
	if strings.Count(version, ".") == 1 {
		return dst, 0, &vers.ParseError{Scheme: "plain", Input: version, Rule: "release", Err: vers.ErrImprecise}
	}
	if version == "odd" {
		return dst, 0, errors.New("odd")
	}
	return p.Scheme.AppendKey(dst, version)
}

func TestReadTextImprecise(t *testing.T) {
	dotted, _ := vers.Builtin().Lookup("dotted")
	set, err := vers.Builtin().With(plainScheme{dotted})
	require.NoError(t, err)
	plain, _ := set.Lookup("plain")
	for _, c := range []struct {
		text    string
		yes, no []string
	}{
		{"< 14.1", []string{"14.0.9"}, []string{"14.1.0", "14.1.7"}},
		{"<= 14.1", []string{"14.0.9", "14.1.7"}, []string{"14.2.0"}},
		{"14.1", []string{"14.1.0", "14.1.7"}, []string{"14.0.9", "14.2.0"}},
		{"> 14.1", []string{"14.2.0"}, []string{"14.1.7"}},
		{">= 14.1", []string{"14.1.0"}, []string{"14.0.9"}},
		{"14.1 and earlier", []string{"14.1.9"}, []string{"14.2.0"}},
		{"14.1 - 14.3", []string{"14.1.0", "14.3.9"}, []string{"14.4.0"}},
		{"14.1.2", []string{"14.1.2"}, []string{"14.1.3"}},
	} {
		r, _, err := set.ReadText(plain, c.text)
		require.NoError(t, err, c.text)
		for _, version := range c.yes {
			in, err := r.Contains(version)
			require.NoError(t, err)
			assert.Equal(t, vers.Yes, in, "%s in %s", version, c.text)
		}
		for _, version := range c.no {
			in, err := r.Contains(version)
			require.NoError(t, err)
			assert.Equal(t, vers.No, in, "%s in %s", version, c.text)
		}
	}
	_, _, err = set.ReadText(plain, "odd")
	assert.ErrorIs(t, err, vers.ErrSyntax, "an error of a foreign kind is wrapped")
}

func TestReadTextAllocs(t *testing.T) {
	set := vers.Builtin()
	scheme, _ := set.Lookup("vendor")
	for text, most := range map[string]float64{
		"7.1.2":                     22,
		"< 7.1.2":                   24,
		">= 7.1.0, < 7.1.2":         50,
		"7.1.2 and earlier":         20,
		"AcmeOS 8.6.x: 8.6.9 below": 60,
		"unspecified":               6,
	} {
		got := testing.AllocsPerRun(100, func() { _, _, _ = set.ReadText(scheme, text) })
		assert.LessOrEqual(t, got, most, text)
	}
}

func BenchmarkReadText(b *testing.B) {
	set := vers.Builtin()
	scheme, _ := set.Lookup("vendor")
	for _, text := range []string{"7.1.2", "< 7.1.2", "All versions < V12 SP1 Update 4", ">= 7.1.0, < 7.1.2",
		"AcmeOS 8.6.x.x: 8.6.0.9 and below", "7.1.0, 7.0.0 through 7.0.3, 6.4 all versions", "n/a"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _, _ = set.ReadText(scheme, text)
			}
		})
	}
}
