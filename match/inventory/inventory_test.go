package inventory_test

import (
	"bytes"
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/inventory"
)

var update = flag.Bool("update", false, "write testdata/*.golden anew")

// fixtures are the files of testdata, without the expected output.
func fixtures(t testing.TB) []string {
	names, err := filepath.Glob("testdata/*")
	require.NoError(t, err)
	names = slices.DeleteFunc(names, func(name string) bool { return strings.HasSuffix(name, ".golden") || filepath.Ext(name) == "" })
	require.NotEmpty(t, names)
	return names
}

// fixture returns the text of a file.
func fixture(t testing.TB, name string) string {
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(data)
}

// TestGolden reads each file of testdata by its content and compares all that comes out, in
// words, with the golden file beside it. The first word of a file's name is its format.
func TestGolden(t *testing.T) {
	seen := map[string][2]bool{}
	for _, name := range fixtures(t) {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		opt := inventory.Options{File: filepath.Base(name), Complete: true}
		var out strings.Builder
		failed := false
		for h, err := range inventory.Read(bytes.NewReader(data), opt) {
			var e *inventory.Error
			failed = failed || errors.As(err, &e) && !e.Warning
			describe(&out, h, err)
		}
		golden := strings.TrimSuffix(name, filepath.Ext(name)) + ".golden"
		if *update {
			require.NoError(t, os.WriteFile(golden, []byte(out.String()), 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err, "run with -update")
		assert.Equal(t, string(want), out.String(), "%s: run with -update if the change is wanted", name)

		format, broken := formatOf(name), strings.Contains(name, "broken")
		assert.Equal(t, broken, failed, "%s: a broken file has an error, another one has none", name)
		s := seen[format]
		s[map[bool]int{false: 0, true: 1}[broken]] = true
		seen[format] = s
		assertPieces(t, name, data, opt, out.String())
	}
	for _, f := range inventory.Formats() {
		assert.Equal(t, [2]bool{true, true}, seen[f.Name()], "a realistic and a broken file of format %s", f.Name())
	}
}

// assertPieces: the answer does not depend on how the text arrives.
func assertPieces(t *testing.T, name string, data []byte, opt inventory.Options, want string) {
	for _, r := range []io.Reader{iotest.OneByteReader(bytes.NewReader(data)), iotest.DataErrReader(bytes.NewReader(data))} {
		assert.Equal(t, want, describeAll(inventory.Read(r, opt)), name)
	}
}

// formatOf returns the format in the name of a fixture: "uninstall-rows_broken.csv".
func formatOf(name string) string {
	name = strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	format, _, _ := strings.Cut(name, "_")
	return format
}

// TestSniff: a fixture is taken by its own format and by none of those in front of it.
func TestSniff(t *testing.T) {
	for _, name := range fixtures(t) {
		data, err := os.ReadFile(name)
		require.NoError(t, err)
		opt := inventory.Options{File: filepath.Base(name), Complete: true}
		f := inventory.Lookup(formatOf(name))
		require.NotNil(t, f, name)
		want := describeAll(inventory.Read(bytes.NewReader(data), opt))
		opt.Formats = []inventory.Format{f}
		assert.Equal(t, want, describeAll(inventory.Read(bytes.NewReader(data), opt)), name)
	}
	assert.Nil(t, inventory.Lookup("nothing"))
}

// describeAll prints all that a sequence yields.
func describeAll(hosts iter.Seq2[*match.Host, error]) string {
	var out strings.Builder
	for h, err := range hosts {
		describe(&out, h, err)
	}
	return out.String()
}

// describe prints a host or an error, one fact a line.
func describe(out io.Writer, h *match.Host, err error) {
	if err != nil {
		word := "error"
		var e *inventory.Error
		if errors.As(err, &e) && e.Warning {
			word = "warning"
		}
		fmt.Fprintln(out, word, err)
		return
	}
	fmt.Fprintf(out, "host %q", h.ID)
	facts(out, h.Facts)
	for _, flag := range []struct {
		set  bool
		word string
	}{{h.InstallationsComplete, "complete"}, {h.PlatformsComplete, "platforms complete"}} {
		if flag.set {
			fmt.Fprintf(out, " (%s)", flag.word)
		}
	}
	fmt.Fprintln(out)
	if h.PatchList != match.NoPatches {
		fmt.Fprintf(out, "  patches (%s): %s\n", h.PatchList, strings.Join(h.Patches, " "))
	}
	for i := range h.Platforms {
		one(out, "  runs on  ", &h.Platforms[i], h)
	}
	for i := range h.Installations {
		one(out, "  has      ", &h.Installations[i], h)
	}
}

// one prints an installation and, further in, its parts.
func one(out io.Writer, indent string, in *match.Installation, h *match.Host) {
	fmt.Fprint(out, indent)
	if in.Host != h {
		fmt.Fprint(out, "(of another host) ")
	}
	var words []string
	for _, w := range []struct{ name, value string }{
		{"", in.Vendor}, {"/", in.Product}, {"version ", in.Version}, {"", in.PURL.String()}, {"", in.CPE.String()},
		{"model ", in.Model}, {"serial ", in.Serial}, {"sku ", in.SKU}, {"tags ", strings.Join(in.Tags, " ")},
	} {
		if w.value != "" {
			words = append(words, w.name+w.value)
		}
	}
	for _, hash := range in.Hashes {
		words = append(words, hash.Algorithm+":"+hash.Value)
	}
	fmt.Fprint(out, strings.Join(words, " "))
	facts(out, in.Facts)
	var of []string
	for i := range in.PartOf {
		of = append(of, cmp.Or(in.PartOf[i].Product, in.PartOf[i].PURL.String()))
	}
	if len(of) > 0 {
		fmt.Fprintf(out, " (part of %s)", strings.Join(of, ", "))
	}
	if in.PartsComplete {
		fmt.Fprint(out, " (parts complete)")
	}
	fmt.Fprintln(out)
	for i := range in.Parts {
		one(out, "    "+strings.Repeat(" ", len(indent)-len(strings.TrimLeft(indent, " ")))+"with ", &in.Parts[i], h)
	}
}

func facts(out io.Writer, f match.Facts) {
	for _, name := range slices.Sorted(maps.Keys(f)) {
		fmt.Fprintf(out, " [%s %s]", name, f[name])
	}
}
