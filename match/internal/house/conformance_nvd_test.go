package house_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/nvd"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl/cpe"
)

// An nvdCase is one line of identity/nvd/cases.jsonl.
type nvdCase struct {
	ID, Doc   string
	Inventory []string
	Complete  bool
	Affected  string
	Items     []string
	Why       string
}

// TestConformanceNVD asks what each NVD item says about each host: affected when one of its
// products is, unknown when that cannot be told, and else not affected or silent.
func TestConformanceNVD(t *testing.T) {
	dir := filepath.Join(conformanceDir(t), "identity", "nvd")
	c := tally{name: "identity/nvd/cases.jsonl"}
	unsafe := 0
	matchers := map[string]*match.Matcher{}
	for _, line := range readLines[nvdCase](t, filepath.Join(dir, "cases.jsonl")) {
		m, ok := matchers[line.Doc]
		if !ok {
			m = compileNVD(t, filepath.Join(dir, "docs", line.Doc+".json"))
			matchers[line.Doc] = m
		}
		got, items, evidence := line.ask(t, m)
		why := ""
		switch {
		case got != line.Affected:
			why = message("%s %s: %s, not %s: %s\n%s", line.ID, line.Doc, got, line.Affected, line.Why, evidence)
		case got == "true" && len(line.Items) > 0 && !slices.Equal(items, line.Items):
			why = message("%s %s: items %s, not %s\n%s", line.ID, line.Doc, items, line.Items, evidence)
		}
		if got == "false" && line.Affected != "false" {
			unsafe++
		}
		c.count(t, why)
	}
	c.printUnsafe(unsafe)
	assert.Zero(t, unsafe)
}

// ask asks about each product of the host.
func (c *nvdCase) ask(t *testing.T, m *match.Matcher) (answer string, items []string, evidence string) {
	host := &match.Host{ID: c.ID, InstallationsComplete: c.Complete, PlatformsComplete: c.Complete}
	for _, text := range c.Inventory {
		name, _, err := cpe.ParseLenient(text)
		require.NoError(t, err)
		host.Installations = append(host.Installations, match.Installation{Host: host, CPE: name, FactsComplete: c.Complete})
	}
	answer = "false"
	for i := range host.Installations {
		e := m.Explain(&host.Installations[i], c.Doc)
		evidence += e.String()
		switch e.Verdict.Status {
		case advisory.Affected:
			answer = "true"
			items = append(items, c.Inventory[i])
		case advisory.NotAffected, advisory.NoStatement:
		case advisory.Unknown:
			if answer == "false" {
				answer = "unknown"
			}
		default:
			answer = e.Verdict.Status.String()
		}
	}
	return answer, items, evidence
}

func compileNVD(t *testing.T, name string) *match.Matcher {
	t.Helper()
	file, err := os.Open(name)
	require.NoError(t, err)
	defer file.Close()
	b := match.NewBuilder(match.Options{})
	for a, err := range advisory.Decode(file, advisory.DecodeOptions{File: filepath.Base(name)}, nvd.Decoder{}) {
		require.NoError(t, err)
		require.NoError(t, b.Add(a))
	}
	m, err := b.Build()
	require.NoError(t, err)
	m = reloaded(t, m, match.Options{})
	return m
}
