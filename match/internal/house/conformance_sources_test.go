package house_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// A sourceCase is one line of sources/cases.jsonl.
type sourceCase struct {
	ID, Data, Vulnerability string
	Use                     []string
	Installation            struct {
		Vendor, Product, Version, Build string
		Attrs                           map[string]string
		In                              *neutralProduct
	}
	AsOf           string `json:"as_of"`
	Ranks          []any
	Expect, Reason string
	DecidedBy      []string `json:"decided_by"`
	Accept         []string
}

// A sourceStatement is one statement of a data file: a document with one statement.
type sourceStatement struct {
	ID     string
	Source struct {
		Publisher, Rank, ID, Revision, Date, State, Expires string
		Withdrawn                                           any
		Supersedes                                          []string
	}
	Vulnerability string
	Aliases       []string
	Product       neutralProduct
	Versions      []neutralVersions
	Status        string
	Otherwise     string
}

func (s *sourceStatement) advisory(t *testing.T) *advisory.Advisory {
	date := func(text string) time.Time {
		if text == "" {
			return time.Time{}
		}
		d, err := time.Parse(time.DateOnly, text)
		require.NoError(t, err)
		return d
	}
	a := &advisory.Advisory{
		ID: s.Source.ID, Revision: s.Source.Revision, Published: date(s.Source.Date), Expires: date(s.Source.Expires),
		Publisher:       advisory.Publisher{Name: s.Source.Publisher, Rank: rankOf(t, s.Source.Rank)},
		Vulnerabilities: []advisory.Vulnerability{{ID: s.Vulnerability, Aliases: s.Aliases}},
		Supersedes:      s.Source.Supersedes,
		Products:        []advisory.Product{{Vendor: s.Product.Vendor, Name: s.Product.Name}},
		Pos:             advisory.Pos{File: s.ID},
	}
	switch s.Source.State {
	case "draft":
		a.State = advisory.Draft
	case "interim":
		a.State = advisory.Interim
	case "rejected":
		a.State = advisory.Rejected
	}
	if w, ok := s.Source.Withdrawn.(bool); ok && w || !ok && s.Source.Withdrawn != nil {
		a.Withdrawn = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if s.Status == "no_statement" {
		return a
	}
	where := advisory.Condition{Op: advisory.OpAll}
	fact := func(name, value string) {
		where.Of = append(where.Of, advisory.Condition{Op: advisory.OpFact, Fact: name, Values: []string{value}})
	}
	if s.Product.Build != "" {
		fact("build", s.Product.Build)
	}
	for name, value := range s.Product.Attrs {
		fact(name, value)
	}
	if in := s.Product.In; in != nil {
		a.Products = append(a.Products, advisory.Product{Vendor: in.Vendor, Name: in.Name})
		c := advisory.Condition{Op: advisory.OpProduct, Product: 1, Relation: advisory.PartOf}
		if in.Version != "" {
			c.Spans = []advisory.Span{{Version: in.Version, Status: advisory.Affected, Hint: advisory.HintExact}}
		}
		where.Of = append(where.Of, c)
	}
	if len(where.Of) == 0 {
		where = advisory.Condition{}
	}
	a.Statements = []advisory.Statement{{
		Products: []int{0}, Where: where, Default: defaultOf(t, s.Otherwise), Spans: neutralSpans(s.Versions, statusOf(t, s.Status)),
	}}
	return a
}

func rankOf(t *testing.T, word string) advisory.Rank {
	t.Helper()
	for r := advisory.RankThirdParty; r <= advisory.RankOperator; r++ {
		if r.String() == word {
			return r
		}
	}
	require.Fail(t, "no rank "+word)
	return 0
}

// ranks turns the caller's order of ranks into ranks of the publishers that are there.
func (c *sourceCase) ranks(statements []sourceStatement) map[string]advisory.Rank {
	if len(c.Ranks) == 0 {
		return nil
	}
	ranks := map[string]advisory.Rank{}
	next := advisory.RankVendor
	for _, level := range c.Ranks {
		words, ok := level.([]any)
		if !ok {
			words = []any{level}
		}
		found := false
		for i := range statements {
			if s := &statements[i]; slices.Contains(c.Use, s.ID) && slices.Contains(words, any(s.Source.Rank)) {
				ranks[s.Source.Publisher], found = next, true
			}
		}
		if found && next > advisory.RankThirdParty {
			next--
		}
	}
	return ranks
}

// failure returns why a case fails, "" when it passes, and whether the answer is unsafe.
func (c *sourceCase) failure(t *testing.T, dir string) (why string, unsafe bool) {
	data := readData[struct{ Statements []sourceStatement }](t, dir, c.Data)
	var docs []*advisory.Advisory
	for i := range data.Statements {
		if s := &data.Statements[i]; slices.Contains(c.Use, s.ID) {
			docs = append(docs, s.advisory(t))
		}
	}
	m, err := match.Compile(docs...)
	require.NoError(t, err)
	m = reloaded(t, m, match.Options{})
	opt := match.AskOptions{Ranks: c.ranks(data.Statements)}
	if c.AsOf != "" {
		opt.At, err = time.Parse(time.DateOnly, c.AsOf)
		require.NoError(t, err)
	}
	m, err = m.With(opt)
	require.NoError(t, err)
	in := match.Installation{Vendor: c.Installation.Vendor, Product: c.Installation.Product, Version: c.Installation.Version,
		Facts: match.Facts{}, FactsComplete: true, PartOfComplete: true}
	for name, value := range c.Installation.Attrs {
		in.Facts[name] = value
	}
	if c.Installation.Build != "" {
		in.Facts["build"] = c.Installation.Build
	}
	if parent := c.Installation.In; parent != nil {
		in.PartOf = []match.Installation{parent.installation()}
	}
	e := m.Explain(&in, c.Vulnerability)
	decided := map[string]bool{}
	for i := range e.Claims {
		if e.Claims[i].Decides {
			file, _, _ := strings.Cut(e.Claims[i].Place, "#")
			decided[file] = true
		}
	}
	want := map[string]bool{}
	for _, id := range c.DecidedBy {
		want[id] = true
	}
	got := e.Status.String()
	reason := e.Settled
	if e.Status == advisory.NoStatement {
		reason = map[advisory.Reason]string{advisory.Dropped: "dropped", advisory.NotNamed: "none"}[e.Reason]
		if reason == "" {
			reason = "silent"
			if e.Reason == advisory.OtherPlatform {
				reason = "none"
			}
		}
	}
	switch {
	case !accepted(got, c.Expect, c.Accept):
		why = fmt.Sprintf("%s (%s by %s) instead of %s (%s by %v)", e.Verdict, reason, sortedWords(decided), c.Expect, c.Reason, c.DecidedBy)
	case got == c.Expect && reason != c.Reason:
		why = fmt.Sprintf("%s: reason %s instead of %s", got, reason, c.Reason)
	case got == c.Expect && sortedWords(decided) != sortedWords(want):
		why = fmt.Sprintf("%s: decided by %s instead of %s", got, sortedWords(decided), sortedWords(want))
	}
	return why, isUnsafe(c.Expect, e.Status) && !accepted(got, c.Expect, c.Accept)
}

// TestConformanceSources runs the pack of several documents about one vulnerability.
func TestConformanceSources(t *testing.T) {
	dir := filepath.Join(conformanceDir(t), "sources")
	c := tally{name: "sources/cases.jsonl"}
	unsafe := 0
	for _, line := range readLines[sourceCase](t, filepath.Join(dir, "cases.jsonl")) {
		why, bad := line.failure(t, dir)
		if bad {
			unsafe++
		}
		if why != "" {
			why = line.ID + " " + why
		}
		c.count(t, why)
	}
	c.printUnsafe(unsafe)
	assert.Zero(t, unsafe)
}
