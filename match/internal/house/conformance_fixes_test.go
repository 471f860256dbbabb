package house_test

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// A fixCase is one line of fixes/cases.jsonl.
type fixCase struct {
	ID, Data, Installed, Line string
	Vulnerabilities           []string
	Expect                    struct {
		Status, Fix, Closed, Lowest string
		Next                        []struct{ Branch, Fix, Closed string }
	}
}

// A fixData is a file of fixes/data: vulnerabilities by branches of one product.
type fixData struct {
	Product         struct{ Vendor, Name string }
	Vulnerabilities []struct {
		ID, Default string
		Branches    []fixBranch
	}
}

type fixBranch struct {
	Branch, Line, From, LE, Mainline, Remediation string
	Fixes                                         []string
	Timeline                                      [][2]string
	All, Unaffected                               bool
}

// advisories writes the data as one advisory for each vulnerability. A line is an edition: a
// fact that the statement asks for.
func (d *fixData) advisories() []*advisory.Advisory {
	var list []*advisory.Advisory
	for _, v := range d.Vulnerabilities {
		a := &advisory.Advisory{ID: v.ID, Vulnerabilities: []advisory.Vulnerability{{ID: v.ID}},
			Publisher: advisory.Publisher{Name: d.Product.Vendor, Rank: advisory.RankVendor},
			Products:  []advisory.Product{{Vendor: d.Product.Vendor, Name: d.Product.Name}}}
		main := map[string]int{} // line -> statement
		statement := func(line string) *advisory.Statement {
			s := advisory.Statement{Products: []int{0}}
			if line != "" {
				s.Where = advisory.Condition{Op: advisory.OpFact, Fact: "line", Values: []string{line}}
			}
			a.Statements = append(a.Statements, s)
			return &a.Statements[len(a.Statements)-1]
		}
		// What is not named comes last: of spans that overlap the first one counts.
		branches := slices.Clone(v.Branches)
		slices.SortStableFunc(branches, func(x, y fixBranch) int { return cmp.Compare(x.breadth(), y.breadth()) })
		for _, b := range branches {
			if slices.ContainsFunc(v.Branches, func(o fixBranch) bool { return strings.HasPrefix(o.Branch, b.Branch+".") }) {
				b.Branch += exactly
			}
			if b.All {
				s := statement(b.Line)
				s.Spans = b.spans()
				category := map[string]string{"none": "none_available", "not_planned": "no_fix_planned"}[b.Remediation]
				s.Remediations = []advisory.Remediation{{Category: category}}
				continue
			}
			i, known := main[b.Line]
			if !known {
				i = len(a.Statements)
				main[b.Line] = i
				statement(b.Line).Default = map[string]advisory.Default{"unaffected": advisory.DefaultNotAffected,
					"affected": advisory.DefaultAffected, "": advisory.DefaultUnknown}[v.Default]
			}
			a.Statements[i].Spans = append(a.Statements[i].Spans, b.spans()...)
		}
		list = append(list, a)
	}
	return list
}

// exactly is written behind a branch that is the beginning of another one's name: R82 beside
// R82.10 is R82.00, which is the same number and no name of a case.
const exactly = ".00"

func (b *fixBranch) breadth() int {
	switch {
	case b.Branch == "*":
		return 2
	case strings.Contains(b.Branch, ".."):
		return 1
	}
	return 0
}

// spans writes a branch: what is affected, and then that the rest of the branch is not.
func (b *fixBranch) spans() []advisory.Span {
	start, end, _ := strings.Cut(b.Branch, "..")
	start, end = start+".*", cmp.Or(end, start)+".*"
	whole := advisory.Span{From: start, Through: end, Status: advisory.NotAffected}
	switch b.Branch {
	case "*", "weekly", "build":
		start = ""
		whole = advisory.Span{Version: "*", Status: advisory.NotAffected}
	}
	if b.From != "" {
		if start = b.From; b.Branch != "weekly" {
			start += ".*"
		}
	}
	affected := advisory.Span{From: start, Bounded: true, Status: advisory.Affected}
	switch {
	case b.Unaffected:
		return []advisory.Span{whole}
	case b.All:
		whole.Status = advisory.Affected
		return []advisory.Span{whole}
	case b.LE != "":
		affected.Through = b.LE
	case b.Mainline != "":
		affected.Before = b.Mainline
	case len(b.Fixes) > 0:
		last := len(b.Fixes) - 1
		affected.Before = b.Fixes[last]
		for _, at := range b.Fixes[:last] {
			affected.Changes = append(affected.Changes, advisory.Change{At: at, Status: advisory.NotAffected})
		}
	}
	spans := []advisory.Span{affected}
	if len(b.Timeline) > 0 {
		spans = nil
		from := affected.From
		for _, point := range b.Timeline {
			if point[1] == "unaffected" {
				spans = append(spans, advisory.Span{From: from, Before: point[0], Bounded: true, Status: advisory.Affected})
			}
			from = point[0]
		}
	}
	return append(spans, whole)
}

// TestConformanceFixes asks for the ways out of each case.
func TestConformanceFixes(t *testing.T) {
	dir := filepath.Join(conformanceDir(t), "fixes")
	matchers := map[string]*match.Matcher{}
	products := map[string]*fixData{}
	passed, scored, unsafe := 0, 0, 0
	for _, c := range readLines[fixCase](t, filepath.Join(dir, "cases.jsonl")) {
		m, known := matchers[c.Data]
		if !known {
			d := readJSON[fixData](t, filepath.Join(dir, "data", c.Data+".json"))
			var err error
			m, err = match.Compile(d.advisories()...)
			assert.NoError(t, err)
			m = reloaded(t, m, match.Options{})
			matchers[c.Data], products[c.Data] = m, d
		}
		in := &match.Installation{Vendor: products[c.Data].Product.Vendor, Product: products[c.Data].Product.Name, Version: c.Installed}
		if c.Line != "" {
			in.Facts = match.Facts{"line": c.Line}
		}
		want, got := c.answers(), c.ask(m, in)
		scored++
		if slices.Equal(want, got) {
			passed++
			continue
		}
		t.Logf("%s: %s %s %v\nwant %v\ngot  %v", c.ID, in.Product, in.Version, c.Vulnerabilities, want, got)
		if claimsTooMuch(want, got) {
			unsafe++
			assert.Fail(t, "unsafe", "%s", c.ID)
		}
	}
	(&tally{name: "fixes/cases.jsonl", passed: passed, scored: scored}).printUnsafe(unsafe)
	assert.Equal(t, scored, passed)
}

// answers are those of the case, one fact a line.
func (c *fixCase) answers() []string {
	e := &c.Expect
	list := []string{"status " + e.Status, "fix " + e.Fix, "closed " + e.Closed, "lowest " + e.Lowest}
	for _, n := range e.Next {
		list = append(list, "next "+n.Branch+" "+n.Fix+" closed "+n.Closed)
	}
	return list
}

// ask asks the matcher and writes the answers in the words of the case.
func (c *fixCase) ask(m *match.Matcher, in *match.Installation) []string {
	status := "unaffected"
	for _, id := range c.Vulnerabilities {
		switch v := m.Check(in, id); {
		case v.Status == advisory.Affected:
			status = "affected"
		case !v.Clear() && status != "affected":
			status = "unknown"
		}
	}
	word := func(f match.Fix) string {
		switch f.Kind {
		case match.FixVersion:
			return f.Version
		case match.FixAfter:
			return ">" + f.Version
		case match.FixNone:
			return "none"
		case match.FixNotPlanned:
			return "not_planned"
		case match.FixNotNeeded:
			return "not_needed"
		}
		return "unknown"
	}
	closed := func(b match.BranchFix) string {
		if !b.Fix.IsVersion() {
			return ""
		}
		return word(b.Closed)
	}
	f := m.Fixes(in, c.Vulnerabilities...)
	list := []string{"status " + status, "fix " + word(f.Installed.Fix), "closed " + closed(f.Installed), "lowest " + word(f.Lowest)}
	for _, n := range f.Next {
		list = append(list, "next "+strings.TrimSuffix(n.Branch, exactly)+" "+word(n.Fix)+" closed "+closed(n))
	}
	return list
}

// claimsTooMuch tells whether an answer calls a version clear that the case does not.
func claimsTooMuch(want, got []string) bool {
	if want[0] != "status unaffected" && got[0] == "status unaffected" {
		return true
	}
	return slices.ContainsFunc(got[1:], func(g string) bool {
		return strings.ContainsAny(g, "0123456789") && !slices.Contains(want, g)
	})
}
