package house_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// The README says what the library is today, so it is compared with the library.

// readText returns a file of the module.
func readText(t *testing.T, name ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(append([]string{moduleRoot(t)}, name...)...))
	require.NoError(t, err)
	return string(text)
}

// fenced returns the first block of a language in a Markdown text.
func fenced(t *testing.T, text, language string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, "```"+language+"\n")
	require.True(t, found, "no block of %s", language)
	block, _, found := strings.Cut(rest, "```")
	require.True(t, found, "the block of %s does not end", language)
	return block
}

// tableRows returns the cells of the table with the given first head, without code marks.
func tableRows(t *testing.T, text, head string) [][]string {
	t.Helper()
	var rows [][]string
	inside := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		inside = strings.HasPrefix(line, "| "+head+" |") || inside && strings.HasPrefix(line, "|")
		if !inside {
			continue
		}
		cells := strings.Split(strings.ReplaceAll(strings.Trim(line, "| "), "`", ""), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	require.Greater(t, len(rows), 2, "no table that begins with %s", head)
	return rows[2:]
}

// TestReadmeCatalog: the pages say about how many products and vendors the catalog holds, and one
// tenth more or less is what about means.
func TestReadmeCatalog(t *testing.T) {
	products, vendors := 0, map[string]bool{}
	for e := range product.Builtin().All() {
		if vendor, _, found := strings.Cut(e.Key, "/"); found {
			products++
			vendors[vendor] = true
		}
	}
	for _, page := range []string{"README.md", "LIMITS.md"} {
		said := regexp.MustCompile(`([\d,]+) products of ([\d,]+) vendors`).FindStringSubmatch(readText(t, page))
		require.NotNil(t, said, page)
		for i, count := range []int{products, len(vendors)} {
			about, err := strconv.Atoi(strings.ReplaceAll(said[i+1], ",", ""))
			require.NoError(t, err, page)
			assert.InEpsilon(t, count, about, 0.1, "%s: %s is not about %d", page, said[0], count)
		}
	}
}

// TestReadmeExample: the code of the README is compiled and run as an example of match.
func TestReadmeExample(t *testing.T) {
	_, body, found := strings.Cut(readText(t, "match", "example_readme_test.go"), "func Example_readme() {\n")
	require.True(t, found)
	body, _, found = strings.Cut(body, "\t// Output:")
	require.True(t, found)
	var code strings.Builder
	for line := range strings.Lines(body) {
		code.WriteString(strings.TrimPrefix(line, "\t"))
	}
	assert.Equal(t, code.String(), fenced(t, readText(t, "README.md"), "go"))
}

// TestReadmeOutput: what the README shows is what examples/check prints, by its golden file.
func TestReadmeOutput(t *testing.T) {
	readme := readText(t, "README.md")
	assert.Equal(t, readText(t, "examples", "check", "testdata", "demo.golden"), fenced(t, readme, "text"))
	commands := readText(t, ".ci", "run")
	for _, command := range []string{"go run ./examples/check", "go test ./..."} {
		assert.Contains(t, readme, "\n    "+command+"\n")
		assert.Contains(t, commands, "\nstep "+command+"\n", "CI runs what the README promises")
	}
}

// TestDecisionsExample: the evidence that DECISIONS.md shows is what examples/check prints.
func TestDecisionsExample(t *testing.T) {
	shown := fenced(t, readText(t, "DECISIONS.md"), "text")
	assert.Greater(t, strings.Count(shown, "\n"), 10)
	assert.Contains(t, readText(t, "examples", "check", "testdata", "explain.golden"), "\n"+shown+"\n")
}

// TestLinks: what the pages at the top of the module link to is there.
func TestLinks(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join(moduleRoot(t), "*.md"))
	require.NoError(t, err)
	require.Greater(t, len(pages), 6)
	for _, page := range pages {
		for _, link := range regexp.MustCompile(`\]\(([^)#]+)[^)]*\)`).FindAllStringSubmatch(readText(t, filepath.Base(page)), -1) {
			if !strings.Contains(link[1], "://") {
				_, err := os.Stat(filepath.Join(moduleRoot(t), filepath.FromSlash(link[1])))
				assert.NoError(t, err, "%s links to %s", filepath.Base(page), link[1])
			}
		}
	}
}

// TestReadmeVerdicts: every status is explained, and its answers are those of Verdict.
func TestReadmeVerdicts(t *testing.T) {
	var listed, statuses []string
	for status := advisory.Unknown; status.String() != "invalid"; status++ {
		statuses = append(statuses, status.String())
	}
	for _, row := range tableRows(t, readText(t, "README.md"), "Status") {
		require.Len(t, row, 5, row[0])
		listed = append(listed, row[0])
		var v match.Verdict
		require.NoError(t, v.Status.UnmarshalText([]byte(row[0])))
		assert.Equal(t, yesOrNo(v.Clear()), row[3], row[0])
		if v.Status != advisory.Unknown {
			assert.Equal(t, yesOrNo(v.MayBeAffected()), row[4], row[0])
			continue
		}
		assert.Equal(t, "if Possible holds affected", row[4])
		v.Possible = advisory.SetOf(advisory.Affected, advisory.Fixed)
		assert.True(t, v.MayBeAffected())
		v.Possible = advisory.SetOf(advisory.NotAffected, advisory.Fixed)
		assert.False(t, v.MayBeAffected())
	}
	assert.ElementsMatch(t, statuses, listed)
}

func yesOrNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// TestReasons: the table of DECISIONS.md holds every reason in its order, with its class.
func TestReasons(t *testing.T) {
	var want, got [][]string
	for r := advisory.NoReason + 1; r.String() != "invalid"; r++ {
		class := r.Class().String()
		if r.Class() == advisory.ClassNone {
			class = "-"
		}
		want = append(want, []string{class, r.String()})
	}
	for _, row := range tableRows(t, readText(t, "DECISIONS.md"), "Class") {
		require.Len(t, row, 3, row)
		assert.NotEmpty(t, row[2], "meaning of %s", row[1])
		got = append(got, row[:2])
	}
	assert.Equal(t, want, got)
}

// TestReadmeLimits: the schemes that LIMITS.md names and the formats of the README are those that
// there are.
func TestReadmeLimits(t *testing.T) {
	readme := readText(t, "README.md")
	_, limits, found := strings.Cut(readText(t, "LIMITS.md"), "- Version schemes: ")
	require.True(t, found)
	limits, _, found = strings.Cut(limits, "and `ladder(...)`")
	require.True(t, found)
	var schemes, listed []string
	for scheme := range vers.Builtin().All() {
		schemes = append(schemes, scheme.Name())
	}
	for _, name := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(limits, -1) {
		listed = append(listed, name[1])
	}
	assert.Equal(t, schemes, listed)

	decoders := []string{"advisory"} // the library's own form
	for _, p := range modulePackages(t) {
		if format, ok := strings.CutPrefix(p.path, "advisory/"); ok && format != "jsonpos" && !isInternal(p.path) {
			decoders = append(decoders, p.path)
		}
	}
	var formats []string
	for _, row := range tableRows(t, readme, "Format") {
		formats = append(formats, row[1])
	}
	slices.Sort(formats)
	assert.Equal(t, decoders, formats)
}
