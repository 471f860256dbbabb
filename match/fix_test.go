package match_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// fixFacts reads testdata/fixes.txt: "product", "advisory" and its lines, then questions.
//
//	product  Vendor | Name
//	advisory ID default
//	  affected|not_affected from before|through|version ... [changes at ...]
//	  remedy category
//	ask version ids = lines of the answer, separated by "; "
func fixFacts(t *testing.T, f func(line int, m *match.Matcher, in match.Installation, ids []string, want string)) {
	t.Helper()
	text, err := os.ReadFile("testdata/fixes.txt")
	require.NoError(t, err)
	var docs []*advisory.Advisory
	var vendor, name string
	var m *match.Matcher
	for n, line := range strings.Split(string(text), "\n") {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		rest = strings.TrimSpace(rest)
		switch word {
		case "", "#":
		case "product":
			vendor, name, _ = strings.Cut(rest, " | ")
			docs, m = nil, nil
		case "advisory":
			id, def, _ := strings.Cut(rest, " ")
			defaults := map[string]advisory.Default{"silent": advisory.DefaultSilent, "unknown": advisory.DefaultUnknown,
				"undeclared": advisory.DefaultUndeclared, "not_affected": advisory.DefaultNotAffected, "affected": advisory.DefaultAffected}
			docs = append(docs, &advisory.Advisory{ID: id, Publisher: advisory.Publisher{Name: vendor, Rank: advisory.RankVendor},
				Vulnerabilities: []advisory.Vulnerability{{ID: id}}, Products: []advisory.Product{{Vendor: vendor, Name: name}},
				Statements: []advisory.Statement{{Products: []int{0}, Default: defaults[strings.TrimSpace(def)]}}})
		case "and": // another statement of the advisory, which is silent about other versions
			d := docs[len(docs)-1]
			d.Statements = append(d.Statements, advisory.Statement{Products: []int{0}})
		case "affected", "not_affected":
			d := docs[len(docs)-1]
			s := &d.Statements[len(d.Statements)-1]
			span := advisory.Span{Status: advisory.Affected}
			if word == "not_affected" {
				span.Status = advisory.NotAffected
			}
			for field := range strings.SplitSeq(rest, ", ") {
				what, value, _ := strings.Cut(field, " ")
				switch what {
				case "version":
					span.Version = value
				case "from":
					span.From = value
				case "before":
					span.Before, span.Bounded = value, true
				case "through":
					span.Through, span.Bounded = value, true
				case "fixed":
					span.Changes = append(span.Changes, advisory.Change{At: value, Status: advisory.NotAffected})
				case "again":
					span.Changes = append(span.Changes, advisory.Change{At: value, Status: advisory.Affected})
				default:
					t.Fatalf("line %d: %q", n+1, field)
				}
			}
			s.Spans = append(s.Spans, span)
		case "remedy":
			d := docs[len(docs)-1]
			s := &d.Statements[len(d.Statements)-1]
			s.Remediations = append(s.Remediations, advisory.Remediation{Category: rest})
		case "ask":
			if m == nil {
				m = compile(t, docs...)
			}
			question, want, ok := strings.Cut(rest, " = ")
			require.True(t, ok, "line %d", n+1)
			version, ids, _ := strings.Cut(question, ": ")
			f(n+1, m, match.Installation{Vendor: vendor, Product: name, Version: version}, strings.Fields(ids), want)
		default:
			t.Fatalf("line %d: %q", n+1, word)
		}
	}
}

func TestFixes(t *testing.T) {
	fixFacts(t, func(line int, m *match.Matcher, in match.Installation, ids []string, want string) {
		f := m.Fixes(&in, ids...)
		got := []string{f.Installed.String()}
		for _, b := range f.Next {
			got = append(got, b.String())
		}
		got = append(got, "lowest "+f.Lowest.String())
		assert.Equal(t, want, strings.Join(got, "; "), "line %d: %s", line, in.Version)

		// The laws: the order of the ids tells nothing, a version that is offered is clear, and a
		// finding offers no other.
		twice := slices.Concat(ids, ids)
		slices.Reverse(twice)
		assert.Equal(t, f, m.Fixes(&in, twice...), "line %d", line)
		if len(ids) == 1 {
			assert.Equal(t, f.Installed.Fix, m.Finding(&in, ids[0]).Fix, "line %d", line)
		}
		for _, b := range append(f.Next, f.Installed) {
			for _, offer := range []match.Fix{b.Fix, b.Closed} {
				if offer.Kind != match.FixVersion {
					continue
				}
				in.Version = offer.Version
				for _, id := range ids {
					assert.True(t, m.Check(&in, id).Clear(), "line %d: %s %s", line, offer, id)
				}
			}
		}
	})
}

// When all is asked for, what no version clears is set apart; a version of another scheme is
// read there anew.
func TestFixesOpen(t *testing.T) {
	about := func(id, name string, spans ...advisory.Span) *advisory.Advisory {
		return &advisory.Advisory{ID: id, Vulnerabilities: []advisory.Vulnerability{{ID: id}},
			Products: []advisory.Product{{Vendor: "Fortinet", Name: name}},
			Statements: []advisory.Statement{{Products: []int{0}, Default: advisory.DefaultNotAffected, Spans: spans,
				Remediations: []advisory.Remediation{{Category: "workaround", Text: id}}}}}
	}
	m := compile(t,
		about("CVE-2099-1", "FortiOS", advisory.Span{From: "7.2.0", Through: "7.2.6", Status: advisory.Affected}),
		about("CVE-2099-2", "FortiOS, FortiVoice", advisory.Span{Before: "7.0.1", Bounded: true, Status: advisory.Affected}),
		about("CVE-2099-3", "FortiOS", advisory.Span{Version: "*", Status: advisory.Affected}),
	)
	in := &match.Installation{Vendor: "Fortinet", Product: "FortiOS", Version: "7.2.1"}
	f := m.Fixes(in)
	assert.Equal(t, "after 7.2.6", f.Lowest.String())
	assert.Equal(t, []string{"CVE-2099-3"}, f.Open)
	assert.Len(t, f.Remediations, 2, "of what affects the installation")
	f = m.Fixes(in, "CVE-2099-1", "CVE-2099-3")
	assert.Equal(t, "none", f.Lowest.String())
	assert.Empty(t, f.Open)
	f = m.Fixes(&match.Installation{Vendor: "Fortinet", Product: "FortiOS", Version: "7.4.1"})
	assert.Equal(t, "none", f.Lowest.String())
	assert.Equal(t, []string{"CVE-2099-3"}, f.Open)
}

// A fix of the branch is free; only the branch of a version with too few numbers costs.
func TestFixNoAllocs(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector makes a pool allocate")
	}
	fixFacts(t, func(line int, m *match.Matcher, in match.Installation, ids []string, want string) {
		findings := m.Append(nil, &in)
		for _, f := range findings {
			if f.Fix.IsVersion() {
				assert.Zero(t, testing.AllocsPerRun(50, func() { findings = m.Append(findings[:0], &in) }), "line %d", line)
				break
			}
		}
	})
}

func TestFixString(t *testing.T) {
	var got []string
	for kind := match.FixUnknown; kind <= match.FixPatch; kind++ {
		got = append(got, match.Fix{Kind: kind, Version: "7.2.4"}.String())
	}
	assert.Equal(t, []string{"-", "none", "7.2.4", "after 7.2.4", "-", "not planned", "7.2.4"}, got)
	assert.Zero(t, match.Fixes{}.Lowest.Kind)
}

func ExampleMatcher_Fixes() {
	m, _ := match.Compile(&advisory.Advisory{
		ID: "EX-1", Vulnerabilities: []advisory.Vulnerability{{ID: "CVE-2099-1"}},
		Products: []advisory.Product{{Vendor: "Example", Name: "Gateway"}},
		Statements: []advisory.Statement{{Products: []int{0}, Default: advisory.DefaultNotAffected, Spans: []advisory.Span{
			{From: "7.0.0", Through: "7.0.13", Status: advisory.Affected},
			{From: "7.2.0", Before: "7.2.8", Status: advisory.Affected, Changes: []advisory.Change{{At: "7.2.5", Status: advisory.NotAffected}, {At: "7.2.6", Status: advisory.Affected}}},
		}}},
	})
	f := m.Fixes(&match.Installation{Vendor: "Example", Product: "Gateway", Version: "7.0.3"}, "CVE-2099-1")
	fmt.Println(f.Installed)
	for _, next := range f.Next {
		fmt.Println(next)
	}
	fmt.Println("go to", f.Lowest)
	// Output:
	// 7.0: after 7.0.13
	// 7.2: 7.2.5, closed from 7.2.8 on
	// go to after 7.0.13
}
