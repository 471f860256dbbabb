package house_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/purl/vers"
)

// TestConformanceVersions runs the labelled cases about versions and ranges: order, VERS
// membership, native notations, what the tools themselves take, and VERS syntax. A file
// whose scheme the library does not have is named and left out; cases of which
// testdata/conformance_exceptions.txt shows that the label is wrong are not scored.
func TestConformanceVersions(t *testing.T) {
	dir := filepath.Join(conformanceDir(t), "versions")
	set := vers.Builtin()
	wrong := wrongLabels(t)
	for _, kind := range []struct {
		folder string
		run    func(t *testing.T, set *vers.Schemes, scheme, file string, c *versionTally)
	}{
		{"compare", conformCompare},
		{"range", conformRange},
		{"native", conformNative},
		{"satisfies", conformSatisfies},
		{"vers", conformVERS},
	} {
		files, err := filepath.Glob(filepath.Join(dir, kind.folder, "*.jsonl"))
		require.NoError(t, err)
		slices.Sort(files)
		for _, file := range files {
			scheme := strings.TrimSuffix(filepath.Base(file), ".jsonl")
			t.Run(kind.folder+"/"+scheme, func(t *testing.T) {
				name := kind.folder + "/" + scheme
				c := versionTally{tally{name: "versions/" + name + ".jsonl"}, name, wrong}
				if _, ok := set.Lookup(scheme); !ok && kind.folder != "vers" {
					fmt.Printf("no scheme %q: %s is left out\n", scheme, c.name)
					return
				}
				kind.run(t, set, scheme, file, &c)
				c.print()
			})
		}
	}
}

// A versionTally leaves out what is labelled wrong.
type versionTally struct {
	tally
	file  string // folder/scheme
	wrong map[string]bool
}

// score counts a case by its texts.
func (c *versionTally) score(t *testing.T, failure string, texts ...string) {
	t.Helper()
	if !c.wrong[c.file+"\t"+strings.Join(texts, " ? ")] {
		c.count(t, failure)
	}
}

// wrongLabels reads the exceptions.
func wrongLabels(t *testing.T) map[string]bool {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "conformance_exceptions.txt"))
	require.NoError(t, err)
	wrong := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		require.Len(t, columns, 3, line)
		require.NotEmpty(t, columns[2], "no reason: %s", line)
		wrong[columns[0]+"\t"+columns[1]] = true
	}
	return wrong
}

func conformCompare(t *testing.T, set *vers.Schemes, scheme, file string, c *versionTally) {
	for _, test := range readLines[struct {
		A, B    string
		Cmp     int
		Lenient bool
	}](t, file) {
		if test.Lenient {
			continue
		}
		a, errA := set.Parse(scheme, test.A)
		b, errB := set.Parse(scheme, test.B)
		got, comparable := a.Compare(b)
		failure := ""
		if err := errors.Join(errA, errB); err != nil || !comparable || got != test.Cmp {
			failure = fmt.Sprintf("%s against %s: got %d, %v, %v, want %d", test.A, test.B, got, comparable, err, test.Cmp)
		}
		c.score(t, failure, test.A, test.B)
	}
}

func conformRange(t *testing.T, set *vers.Schemes, _, file string, c *versionTally) {
	for _, test := range readLines[struct {
		Range, Version string
		Contains       bool
		Lenient        bool
	}](t, file) {
		if test.Lenient {
			continue
		}
		r, err := set.ParseVERS(test.Range)
		in := vers.Unknown
		if err == nil {
			in, err = r.Contains(test.Version)
		}
		want := vers.No
		if test.Contains {
			want = vers.Yes
		}
		failure := ""
		if err != nil || in != want {
			failure = fmt.Sprintf("%s in %s: got %s, %v, want %s", test.Version, test.Range, in, err, want)
		}
		c.score(t, failure, test.Range, test.Version)
	}
}

// conformNative wants the set of versions that the label means. How many agree in their
// text as well is printed beside it. Cases that were taken from GitLab's advisories are in
// the notation of that feed, which is not that of the ecosystem's tool.
func conformNative(t *testing.T, set *vers.Schemes, scheme, file string, c *versionTally) {
	same := 0
	for _, test := range readLines[struct{ Native, Vers, From string }](t, file) {
		notation := scheme
		if strings.Contains(test.From, "gitlab") {
			notation = "gitlab(" + scheme + ")"
		}
		got, err := set.ParseNative(notation, test.Native)
		want, wantErr := set.ParseVERS(test.Vers)
		failure := ""
		if err := errors.Join(err, wantErr); err != nil || !got.Equal(want) {
			failure = fmt.Sprintf("%s %q: got %s, %v, want %s", notation, test.Native, got, err, test.Vers)
		}
		if got.String() == test.Vers {
			same++
		}
		c.score(t, failure, test.Native)
	}
	fmt.Printf("  %s: %d agree as text\n", c.name, same)
}

func conformSatisfies(t *testing.T, set *vers.Schemes, scheme, file string, c *versionTally) {
	for _, test := range readLines[struct {
		Native, Version string
		Contains        bool
	}](t, file) {
		got, err := set.Satisfies(scheme, test.Native, test.Version)
		failure := ""
		if err != nil || got != test.Contains {
			failure = fmt.Sprintf("%s for %q: got %v, %v, want %v", test.Version, test.Native, got, err, test.Contains)
		}
		c.score(t, failure, test.Native, test.Version)
	}
}

// A versCase is a VERS text with its canonical form or an error.
type versCase struct {
	Vers, Canonical, Why, Mode string
	Error                      bool
	Constraints                [][2]string
}

func conformVERS(t *testing.T, set *vers.Schemes, _, file string, c *versionTally) {
	for _, test := range readLines[versCase](t, file) {
		c.score(t, test.run(set), test.Vers)
	}
}

// run returns what is wrong, "" when nothing is.
func (test versCase) run(set *vers.Schemes) string {
	r, err := set.ParseVERS(test.Vers)
	if test.Mode == "normalize" {
		if err == nil {
			return fmt.Sprintf("%q: taken by the strict reader", test.Vers)
		}
		r, err = set.Normalize(test.Vers)
	}
	switch {
	case test.Error && err == nil:
		return fmt.Sprintf("%q: no error, want one: %s", test.Vers, test.Why)
	case test.Error && errors.Is(err, vers.ErrUnknownScheme):
		return fmt.Sprintf("%q: %v, want: %s", test.Vers, err, test.Why)
	case test.Error:
		return ""
	case err != nil:
		return fmt.Sprintf("%q: %v", test.Vers, err)
	}
	if got, ok := r.VERS(); !ok || got != test.Canonical {
		return fmt.Sprintf("%q: canonical %q, %v, want %s", test.Vers, got, ok, test.Canonical)
	}
	again, err := set.ParseVERS(test.Canonical)
	if err != nil || !again.Equal(r) {
		return fmt.Sprintf("%q: %s holds other versions, %v", test.Vers, test.Canonical, err)
	}
	if test.Constraints != nil {
		var got [][2]string
		for c := range r.Constraints() {
			op := c.Comparator.String()
			if op == "" {
				op = "="
			}
			got = append(got, [2]string{op, c.Version})
		}
		if !slices.Equal(got, test.Constraints) {
			return fmt.Sprintf("%q: constraints %v, want %v", test.Vers, got, test.Constraints)
		}
	}
	return ""
}
