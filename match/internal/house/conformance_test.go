package house_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// conformanceDir returns the folder of labelled cases: what AFFECTED_CONFORMANCE names, else
// shared/conformance beside the folder of the module. The test is skipped when it is absent.
func conformanceDir(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("AFFECTED_CONFORMANCE")
	if dir == "" {
		dir = filepath.Join(moduleDir(t), "..", "shared", "conformance")
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		t.Skipf("no labelled cases: %s is not a folder", dir)
	}
	return dir
}

// moduleDir returns the folder that holds go.mod.
func moduleDir(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	require.NoError(t, err)
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		require.NotEqual(t, dir, parent, "no go.mod above the test")
		dir = parent
	}
}

// A tally counts the cases of one file or folder.
type tally struct {
	name           string
	passed, scored int
	unsafe         int  // answers that hide what they must not hide
	counted        bool // whether these were looked for
}

// printed holds the tallies of this run, for the table of the README.
var printed = map[string]tally{}

// count adds one case; what failed is an error of the test with its reason.
func (c *tally) count(t *testing.T, failure string) {
	t.Helper()
	c.scored++
	if failure == "" {
		c.passed++
		return
	}
	t.Errorf("%s: %s", c.name, failure)
}

// print writes the line of the tally so that it shows without -v.
func (c *tally) print() {
	fmt.Printf("conformance %s: %d of %d\n", c.name, c.passed, c.scored)
	printed[c.name] = *c
}

// printUnsafe is print with the number of answers that hide what they must not hide.
func (c *tally) printUnsafe(unsafe int) {
	c.unsafe, c.counted = unsafe, true
	fmt.Printf("conformance %s: %d of %d unsafe %d\n", c.name, c.passed, c.scored, c.unsafe)
	printed[c.name] = *c
}

// readLines decodes a file with one JSON value on each line.
func readLines[T any](t *testing.T, file string) []T {
	t.Helper()
	f, err := os.Open(file)
	require.NoError(t, err)
	defer f.Close()
	var all []T
	scanner := bufio.NewScanner(f)
	scanner.Buffer(nil, 1<<24)
	for n := 1; scanner.Scan(); n++ {
		if len(scanner.Bytes()) == 0 {
			continue
		}
		var v T
		require.NoError(t, json.Unmarshal(scanner.Bytes(), &v), "%s:%d", file, n)
		all = append(all, v)
	}
	require.NoError(t, scanner.Err())
	return all
}

// readJSON decodes a file with one JSON value.
func readJSON[T any](t *testing.T, file string) *T {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	v := new(T)
	require.NoError(t, json.Unmarshal(text, v), file)
	return v
}
