package house_test

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// coverage are the rows of the table of the README, with the labelled cases that each counts:
// a file, or a folder with all that is in it.
var coverage = []struct{ what, cases string }{
	{"CVE records: is this version affected", "cve"},
	{"CSAF documents: the same, with relationships and status groups", "csaf/cases.jsonl"},
	{"OpenVEX and CycloneDX VEX documents", "vex"},
	{"NVD configurations: CPE names against AND, OR and NOT", "identity/nvd"},
	{"CSAF documents with errors: the error is found, and only there", "csaf-invalid"},
	{"Products: one or two, by vendor and name", "identity/names.jsonl"},
	{"Products: purl", "identity/purl"},
	{"Products: CPE names and their relation", "identity/cpe"},
	{"Products: model numbers, serial numbers and SKUs", "csaf/identifier-patterns.jsonl"},
	{"Versions of vendors: order, spellings, branches, ranges in words", "vendor-versions"},
	{"Versions of ecosystems: which is lower", "versions/compare"},
	{"Ranges: what a VERS holds, and its strict form", "versions/range versions/vers"},
	{"Ranges: native notations as VERS, and what the tools accept", "versions/native versions/satisfies"},
	{"Conditions on platform, edition, components and features", "conditions"},
	{"Patches that replace each other", "patches"},
	{"Several sources that disagree", "sources"},
	{"Which version to go to", "fixes"},
}

// TestReadmeCoverage: the table of the README holds what the tests of the labelled cases have
// counted in this run. It stands behind them, since tests run in the order of their files, and
// is skipped when they did not all run, or ran with other cases.
func TestReadmeCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("the table is compared in the full run")
	}
	packs, err := os.ReadDir(conformanceDir(t))
	require.NoError(t, err)
	for _, pack := range packs {
		if pack.IsDir() && sum(pack.Name()).scored == 0 {
			t.Skipf("the labelled cases of %s were not asked in this run", pack.Name())
		}
	}
	table := "| Labelled cases | Right | Unsafe |\n| --- | ---: | ---: |\n"
	all := 0
	for _, row := range coverage {
		c := sum(row.cases)
		require.NotZero(t, c.scored, "%s counts no case", row.what)
		all += c.scored
		unsafe := "-"
		if c.counted {
			unsafe = strconv.Itoa(c.unsafe)
		}
		table += fmt.Sprintf("| %s | %d of %d | %s |\n", row.what, c.passed, c.scored, unsafe)
	}
	total := 0
	for _, c := range printed {
		total += c.scored
	}
	assert.Equal(t, total, all, "each case is in one row")

	const begin, end = "<!-- coverage -->\n", "<!-- end of coverage -->"
	readme := readText(t, "README.md")
	before, rest, found := strings.Cut(readme, begin)
	require.True(t, found, "no place for the table")
	have, after, found := strings.Cut(rest, end)
	require.True(t, found, "no end of the table")
	if *updateAPI {
		require.NoError(t, os.WriteFile(filepath.Join(moduleRoot(t), "README.md"), []byte(before+begin+table+end+after), 0o644))
		return
	}
	if others(table) != others(have) {
		t.Skip("these are other cases than those that the table counts; -update writes it anew")
	}
	assert.Equal(t, table, have, "go test ./match/internal/house -run 'TestConformance|TestReadmeCoverage' -update")
}

// others returns a table without what was right and unsafe: which cases it counts.
func others(table string) string {
	return regexp.MustCompile(`\| \d+ of (\d+) \| [-\d]+ \|`).ReplaceAllString(table, "| $1 |")
}

// sum adds the tallies of some files and folders.
func sum(cases string) tally {
	var all tally
	for name, c := range printed {
		for _, wanted := range strings.Fields(cases) {
			for up := name; up != "."; up = path.Dir(up) {
				if up == wanted {
					all.passed, all.scored, all.unsafe, all.counted = all.passed+c.passed, all.scored+c.scored, all.unsafe+c.unsafe, all.counted || c.counted
				}
			}
		}
	}
	return all
}
