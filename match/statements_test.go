package match_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// statementOf reads "STATUS VERSIONS [; edition EDITION] [; words WORDS]".
func statementOf(t *testing.T, line int, text string) advisory.Statement {
	t.Helper()
	fields := strings.Split(text, "; ")
	word, versions, _ := strings.Cut(fields[0], " ")
	var status advisory.Status
	require.NoError(t, status.UnmarshalText([]byte(word)), "line %d", line)
	span := advisory.Span{Version: versions, Status: status}
	if from, before, ok := strings.Cut(versions, " to "); ok && !strings.Contains(versions, "(") {
		span = advisory.Span{From: from, Before: before, Bounded: true, Status: status}
	} else if from, ok := strings.CutPrefix(versions, "from "); ok {
		span = advisory.Span{From: from, Bounded: true, Status: status}
	}
	s := advisory.Statement{Products: []int{0}, Spans: []advisory.Span{span}, Where: advisory.Condition{Op: advisory.OpAll}}
	for _, field := range fields[1:] {
		what, value, _ := strings.Cut(field, " ")
		switch what {
		case "edition":
			s.Where.Of = append(s.Where.Of, advisory.Condition{Op: advisory.OpFact, Fact: "edition", Values: []string{value}})
		case "words":
			s.Where.Of = append(s.Where.Of, advisory.Condition{Op: advisory.OpText, Text: value})
		default:
			t.Fatalf("line %d: %q", line, field)
		}
	}
	if len(s.Where.Of) == 0 {
		s.Where = advisory.Condition{}
	}
	return s
}

// TestStatements asks what testdata/statements.txt says.
func TestStatements(t *testing.T) {
	text, err := os.ReadFile("testdata/statements.txt")
	require.NoError(t, err)
	defaults := map[string]advisory.Default{"": advisory.DefaultSilent, "not_affected": advisory.DefaultNotAffected, "affected": advisory.DefaultAffected}
	var a *advisory.Advisory
	var otherwise advisory.Default
	for n, line := range strings.Split(string(text), "\n") {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if strings.HasPrefix(word, "#") {
			continue
		}
		switch word {
		case "":
		case "document":
			a, otherwise = doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*"), defaults[rest]
			a.Statements = nil
		case "ask":
			question, want, ok := strings.Cut(" "+rest, " = ")
			require.True(t, ok, "line %d", n+1)
			version, edition, _ := strings.Cut(question, " of ")
			in := *gateway
			if in.Version = strings.TrimSpace(version); edition != "" {
				in.Facts = match.Facts{"edition": edition}
			}
			for range 2 {
				m := compile(t, a)
				e := m.Explain(&in, "CVE-2099-7")
				got := e.Verdict.String() + ", " + e.Settled
				if e.Possible != 0 {
					got += ", may be " + strings.ReplaceAll(e.Possible.String(), "|", " or ")
				}
				assert.Equal(t, want, got, "line %d: %s", n+1, rest)
				assert.Equal(t, e.Verdict.String(), verdict(t, m, &in, "CVE-2099-7"), "line %d: Check says the same", n+1)
				slices.Reverse(a.Statements)
			}
		default:
			s := statementOf(t, n+1, strings.TrimSpace(line))
			s.Default = otherwise
			a.Statements = append(a.Statements, s)
		}
	}
}

// TestUnknownModel: of a model number that is not known, the pattern that may match counts with all
// of its characters.
func TestUnknownModel(t *testing.T) {
	a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*")
	a.Statements = append(a.Statements, statementOf(t, 0, "under_investigation *; edition FIPS"), statementOf(t, 0, "fixed *"))
	a.Statements[2].Where = advisory.Condition{Op: advisory.OpFact, Fact: "model", Patterns: []string{"A1*"}}
	in := *gateway
	in.Facts = match.Facts{"edition": "FIPS"}
	e := compile(t, a).Explain(&in, "CVE-2099-7")
	assert.Equal(t, "unknown (missing_condition)", e.Verdict.String())
	assert.Equal(t, []string{"model"}, e.Missing)
	assert.Equal(t, advisory.SetOf(advisory.Fixed, advisory.Affected), e.Possible)
	in.Model = "A17"
	assert.Equal(t, "fixed", verdict(t, compile(t, a), &in, "CVE-2099-7"))
}

// TestVersionsOfFact: a fact that is not known may be a version that one statement asks for, beside
// the values that others name, whatever the order of the statements is.
func TestVersionsOfFact(t *testing.T) {
	old := statementOf(t, 0, "affected *")
	old.Where = advisory.Condition{Op: advisory.OpFact, Fact: "hardware_version", Spans: []advisory.Span{{Through: "4.0", Bounded: true, Status: advisory.Affected}}}
	recent := statementOf(t, 0, "affected 1.0 to 1.4")
	recent.Where = advisory.Condition{Op: advisory.OpFact, Fact: "hardware_version", Values: []string{"5.0"}}
	a := doc("A", "v", advisory.RankVendor, 1, advisory.Affected, "*")
	for _, a.Statements = range [][]advisory.Statement{{old, recent}, {recent, old}} {
		m := compile(t, a)
		e := m.Explain(gateway, "CVE-2099-7")
		assert.Equal(t, "unknown (missing_condition)", e.Verdict.String())
		assert.Equal(t, []string{"hardware_version"}, e.Missing)
		assert.Equal(t, advisory.SetOf(advisory.NoStatement, advisory.Affected), e.Possible)
		for version, want := range map[string]string{"3.0": "affected", "5.0": "no_statement (version_not_named)"} {
			in := *gateway
			in.Facts = match.Facts{"hardware_version": version}
			assert.Equal(t, want, verdict(t, m, &in, "CVE-2099-7"), version)
		}
	}
}
