package match_test

import (
	"context"
	"errors"
	"iter"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// sequence yields documents, and an error for those that are nil.
func sequence(docs ...*advisory.Advisory) iter.Seq2[*advisory.Advisory, error] {
	return func(yield func(*advisory.Advisory, error) bool) {
		for _, a := range docs {
			err := error(nil)
			if a == nil {
				err = errUnread
			}
			if !yield(a, err) {
				return
			}
		}
	}
}

var errUnread = errors.New("unread")

// TestAddAll: a stream is taken to its end, and what was wrong in it is told.
func TestAddAll(t *testing.T) {
	good, broken := doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "*"), doc("B", "v", advisory.RankVendor, 3, advisory.Fixed, "*")
	broken.Statements[0].Products = []int{1}
	b := match.NewBuilder(match.Options{})
	err := b.AddAll(t.Context(), sequence(nil, broken, good))
	assert.ErrorIs(t, err, errUnread)
	assert.ErrorIs(t, err, match.ErrAdvisory)
	m, err := b.Build()
	require.NoError(t, err)
	assert.Equal(t, "affected", m.Check(gateway, "CVE-2099-7").String())
	assert.NoError(t, match.NewBuilder(match.Options{}).AddAll(t.Context(), sequence(good)))
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	assert.ErrorIs(t, match.NewBuilder(match.Options{}).AddAll(canceled, sequence(good)), context.Canceled)
}

// TestBrokenAdvisory: a number that is none of the document is found out when it is added.
func TestBrokenAdvisory(t *testing.T) {
	for name, change := range map[string]func(a *advisory.Advisory, n int){
		"vulnerability":      func(a *advisory.Advisory, n int) { a.Statements[0].Vulnerability = n },
		"product":            func(a *advisory.Advisory, n int) { a.Statements[0].Products = []int{0, n} },
		"product of a patch": func(a *advisory.Advisory, n int) { a.Patches = []advisory.Patch{{ID: "P", Products: []int{n}}} },
		"product of a successor": func(a *advisory.Advisory, n int) {
			a.Patches = []advisory.Patch{{ID: "P", SupersededBy: []advisory.Successor{{ID: "Q", Products: []int{n}}}}}
		},
	} {
		for _, n := range []int{-1, 0, 1} {
			a := doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "*")
			change(a, n)
			if _, err := match.Compile(a); n == 0 {
				assert.NoError(t, err, name)
			} else {
				assert.ErrorIs(t, err, match.ErrAdvisory, "%s %d", name, n)
			}
		}
	}
}

// TestRevisions: the later revision counts: number by number, whatever their dates; by the date
// where neither has a number; and both where they are the same.
func TestRevisions(t *testing.T) {
	for _, c := range []struct {
		older, newer       string
		olderDay, newerDay int
		want               string
	}{
		{"1", "2", 9, 3, "fixed"},
		{"1", "1.1", 9, 3, "fixed"},
		{"1.9", "1.10", 9, 3, "fixed"},
		{"1.9.9", "2", 9, 3, "fixed"},
		{"", "1", 9, 3, "fixed"},
		{"", "", 3, 9, "fixed"},
		{"1", "1.0", 3, 9, "fixed"}, // one revision: the last date decides
		{"1", "1.0", 3, 3, "unknown (conflict)"},
	} {
		for range 2 {
			older, newer := doc("A", "v", advisory.RankVendor, c.olderDay, advisory.Affected, "*"), doc("A", "v", advisory.RankVendor, c.newerDay, advisory.Fixed, "*")
			older.Revision, newer.Revision = c.older, c.newer
			assert.Equal(t, c.want, compile(t, older, newer).Check(gateway, "CVE-2099-7").String(), "%+v", c)
			assert.Equal(t, c.want, compile(t, newer, older).Check(gateway, "CVE-2099-7").String(), "%+v", c)
		}
	}
}

// TestSupersededInARow: of a row of documents that replace each other the last one counts; of a ring
// all do.
func TestSupersededInARow(t *testing.T) {
	row := func(ring bool) *match.Matcher {
		var docs []*advisory.Advisory
		for i, id := range []string{"A", "B", "C", "D"} {
			a := doc(id, "v", advisory.RankVendor, 3, advisory.Affected, "*")
			a.Vulnerabilities[0].ID = "CVE-2099-" + id
			if i > 0 {
				a.Supersedes = []string{docs[i-1].ID}
			}
			docs = append(docs, a)
		}
		if ring {
			docs[0].Supersedes = []string{"D"}
		}
		return compile(t, docs...)
	}
	for _, id := range []string{"A", "B", "C", "D"} {
		want := "no_statement (dropped)"
		if id == "D" {
			want = "affected"
		}
		assert.Equal(t, want, row(false).Check(gateway, "CVE-2099-"+id).String(), id)
		assert.Equal(t, "affected", row(true).Check(gateway, "CVE-2099-"+id).String(), "%s of a ring", id)
	}
}

// TestSecondVulnerabilityFirst: the order of the statements of a document is not that of its
// vulnerabilities.
func TestSecondVulnerabilityFirst(t *testing.T) {
	first := doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "*")
	second := doc("B", "v", advisory.RankVendor, 3, advisory.Fixed, "*")
	second.Vulnerabilities = []advisory.Vulnerability{{ID: "CVE-2099-8"}, {ID: "CVE-2099-9"}}
	second.Statements[0].Vulnerability = 1
	second.Statements = append(second.Statements, advisory.Statement{Products: []int{0}, Spans: []advisory.Span{{Version: "*", Status: advisory.NotAffected}}})
	m := compile(t, first, second)
	assert.Equal(t, "affected", verdict(t, m, gateway, "CVE-2099-7"))
	assert.Equal(t, "not_affected", verdict(t, m, gateway, "CVE-2099-8"))
	assert.Equal(t, "fixed", verdict(t, m, gateway, "CVE-2099-9"))
}

// TestAliasOfDropped: an id that only a document that does not count knows leads to what it said;
// one that another document knows does not.
func TestAliasOfDropped(t *testing.T) {
	rejected := doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "*")
	rejected.State = advisory.Rejected
	rejected.Vulnerabilities[0].Aliases = []string{"GHSA-1", "GHSA-2"}
	other := doc("B", "v", advisory.RankVendor, 3, advisory.Fixed, "*")
	other.Vulnerabilities[0] = advisory.Vulnerability{ID: "CVE-2099-8", Aliases: []string{"GHSA-2"}}
	m := compile(t, rejected, other)
	assert.Equal(t, "no_statement (dropped)", verdict(t, m, gateway, "CVE-2099-7"))
	assert.Equal(t, "no_statement (dropped)", verdict(t, m, gateway, "GHSA-1"))
	assert.Equal(t, "fixed", verdict(t, m, gateway, "GHSA-2"))
	assert.Equal(t, "no_statement (dropped)", verdict(t, compile(t, rejected), gateway, "GHSA-2"))
}

// TestProductOfCondition: the product of a condition may be the first of the document; one that is
// none of it leaves the condition open.
func TestProductOfCondition(t *testing.T) {
	host := &match.Host{Platforms: []match.Installation{{Vendor: "Acme", Product: "OS", Version: "9"}}, PlatformsComplete: true}
	on := func(products []advisory.Product, about, platform int) string {
		a := doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "*")
		a.Products = products
		a.Statements[0].Products = []int{about}
		a.Statements[0].Where = advisory.Condition{Op: advisory.OpProduct, Product: platform, Relation: advisory.InstalledOn}
		return compile(t, a).Check(&match.Installation{Vendor: "Example", Product: "Gateway", Version: "1", Host: host}, "CVE-2099-7").String()
	}
	system, gate := advisory.Product{Vendor: "Acme", Name: "OS"}, advisory.Product{Vendor: "Example", Name: "Gateway"}
	assert.Equal(t, "affected", on([]advisory.Product{system, gate}, 1, 0))
	assert.Equal(t, "affected", on([]advisory.Product{gate, system}, 0, 1))
	assert.Equal(t, "no_statement (other_platform)", on([]advisory.Product{{Vendor: "Acme", Name: "Kernel"}, gate}, 1, 0))
	for _, none := range []int{-1, 2, 3} {
		assert.Equal(t, "unknown (missing_condition)", on([]advisory.Product{gate, system}, 0, none), "product %d", none)
	}
}

// TestPatternOfFact: a value that no pattern of a fact covers does not meet it, unless one of the
// patterns cannot be read.
func TestPatternOfFact(t *testing.T) {
	for pattern, want := range map[string]string{"A*": "affected", "B*": "no_statement (other_platform)", "B{": "unknown (missing_condition)"} {
		a := doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "*")
		a.Statements[0].Where = advisory.Condition{Op: advisory.OpFact, Fact: "hardware_version", Patterns: []string{pattern}}
		in := &match.Installation{Vendor: "Example", Product: "Gateway", Version: "1", Facts: match.Facts{"hardware_version": "A1"}}
		assert.Equal(t, want, verdict(t, compile(t, a), in, "CVE-2099-7"), pattern)
	}
}

// TestNarrowerByVersion: what is said about a part of one version of a product is narrower than what
// is said about a part of any, before and after it was written.
func TestNarrowerByVersion(t *testing.T) {
	a := doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "*")
	a.Products = append(a.Products, advisory.Product{Vendor: "Acme", Name: "Suite"})
	part := advisory.Condition{Op: advisory.OpProduct, Product: 1, Relation: advisory.PartOf}
	a.Statements[0].Where = part
	part.Spans = []advisory.Span{{Version: ">= 2", Status: advisory.Affected}}
	a.Statements = append(a.Statements, advisory.Statement{Products: []int{0}, Where: part, Spans: []advisory.Span{{Version: "*", Status: advisory.NotAffected}}})
	m := compile(t, a)
	for version, want := range map[string]string{"1": "affected", "3": "not_affected"} {
		in := &match.Installation{Vendor: "Example", Product: "Gateway", Version: "1", PartOf: []match.Installation{{Vendor: "Acme", Product: "Suite", Version: version}}, PartOfComplete: true}
		assert.Equal(t, want, verdict(t, m, in, "CVE-2099-7"), version)
	}
}

// TestWorstOfSeveral: an id that stands for several vulnerabilities has the worst of their answers,
// and of equally bad ones the first.
func TestWorstOfSeveral(t *testing.T) {
	a := doc("A", "v", advisory.RankVendor, 3, advisory.Affected, "< 2.0")
	a.Vulnerabilities = []advisory.Vulnerability{{ID: "CVE-2099-1", Aliases: []string{"GHSA-1"}}, {ID: "CVE-2099-2", Aliases: []string{"GHSA-1"}}}
	second := a.Statements[0]
	second.Vulnerability, second.Spans = 1, []advisory.Span{{Version: "< 3.0", Status: advisory.Affected}, {Version: "3.0", Status: advisory.Fixed}}
	a.Statements[0].Spans = append(a.Statements[0].Spans, advisory.Span{Version: "2.0", Status: advisory.Fixed})
	a.Statements = append(a.Statements, second)
	m := compile(t, a)
	f := m.Finding(gateway, "GHSA-1")
	assert.Equal(t, "affected", f.Verdict.String())
	assert.Equal(t, m.Finding(gateway, "CVE-2099-1").Fix, f.Fix)
	assert.NotEqual(t, m.Finding(gateway, "CVE-2099-2").Fix, f.Fix)
	in := &match.Installation{Vendor: "Example", Product: "Gateway", Version: "2.5"}
	assert.Equal(t, "affected", verdict(t, m, in, "GHSA-1"))
	assert.Equal(t, m.Finding(in, "CVE-2099-2").Fix, m.Finding(in, "GHSA-1").Fix)
}

// TestRevisionsInARow: of all revisions of a document the last one counts, unless it is rejected or
// withdrawn: then none does. What it replaces comes back when it ends.
func TestRevisionsInARow(t *testing.T) {
	id := "CVE-2099-7"
	revisions := func(change func(last *advisory.Advisory)) *match.Matcher {
		docs := []*advisory.Advisory{doc("Z", "v", advisory.RankVendor, 3, advisory.NotAffected, "*")}
		docs[0].Vulnerabilities[0].ID = "CVE-2099-8"
		for i, status := range []advisory.Status{advisory.Affected, advisory.NotAffected, advisory.Fixed} {
			a := doc("A", "v", advisory.RankVendor, 3, status, "*")
			a.Revision = string(rune('1' + i))
			docs = append(docs, a)
		}
		change(docs[3])
		return compile(t, docs...)
	}
	assert.Equal(t, "fixed", revisions(func(*advisory.Advisory) {}).Check(gateway, id).String())
	for name, change := range map[string]func(last *advisory.Advisory){
		"rejected":  func(last *advisory.Advisory) { last.State = advisory.Rejected },
		"withdrawn": func(last *advisory.Advisory) { last.Withdrawn = last.Published },
	} {
		m := revisions(change)
		assert.Equal(t, "no_statement (dropped)", m.Check(gateway, id).String(), name)
		assert.Equal(t, "not_affected", m.Check(gateway, "CVE-2099-8").String(), name)
	}
	m := revisions(func(last *advisory.Advisory) {
		last.Supersedes, last.Expires = []string{"Z"}, last.Published.AddDate(0, 1, 0)
	})
	for days, want := range map[int][2]string{1: {"fixed", "no_statement (dropped)"}, 40: {"no_statement (dropped)", "not_affected"}} {
		view := ask(t, m, match.AskOptions{At: time.Date(2026, 1, 3+days, 0, 0, 0, 0, time.UTC)})
		assert.Equal(t, want[0], view.Check(gateway, id).String(), "after %d days", days)
		assert.Equal(t, want[1], view.Check(gateway, "CVE-2099-8").String(), "after %d days", days)
	}
}
