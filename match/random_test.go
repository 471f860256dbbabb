package match_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl/vers"
)

// A questioner makes random questions for the model (model_test.go) and the matcher.
type questioner struct{ *rand.Rand }

func pick[T any](r questioner, list ...T) T { return list[r.IntN(len(list))] }

func (r questioner) in(of int) bool { return r.IntN(of) == 0 }

var (
	modelFacts = map[string][]string{
		"platform":       {"Windows", "Windows Server 2019", "Linux"},
		"edition":        {"FIPS", "Basic"},
		"feature:portal": {"enabled", "disabled"},
		"build":          {"rhel:8", "rhel:9"},
	}
	modelRanks = []advisory.Rank{advisory.RankThirdParty, advisory.RankAggregator, advisory.RankVendor, advisory.RankVendor,
		advisory.RankDistributor, advisory.RankOperator}
)

func (r questioner) versions() modelVersions {
	from := r.IntN(6)
	switch r.IntN(6) {
	case 0:
		return modelVersions{all: true}
	case 1:
		return modelVersions{eq: 1 + r.IntN(8)}
	case 2:
		return modelVersions{from: from, upTo: from + 1 + r.IntN(3)}
	case 3:
		return modelVersions{from: 1 + from}
	default:
		return modelVersions{from: from, lt: from + 1 + r.IntN(4)}
	}
}

func (r questioner) condition(depth int) *modelCondition {
	if depth > 0 && r.in(2) {
		c := &modelCondition{op: pick(r, "all", "any", "not")}
		for range 1 + r.IntN(2) {
			c.of = append(c.of, r.condition(depth-1))
			if c.op == "not" {
				break
			}
		}
		return c
	}
	c := &modelCondition{kind: pick(r, "fact", "fact", "fact", "component", "component", "model", "serial", "text")}
	switch c.kind {
	case "fact":
		c.name = pick(r, "platform", "platform", "edition", "feature:portal")
		c.presumed = r.in(8)
		for range 1 + r.IntN(2) {
			c.wanted = append(c.wanted, pick(r, modelFacts[c.name]...))
		}
	case "component":
		c.name, c.relation = pick(r, "Shield", "Java"), advisory.Relation(r.IntN(4))
		if r.in(2) {
			c.versions = []modelVersions{{from: 1, lt: 2 + r.IntN(4)}}
		}
	case "model":
		c.pattern = pick(r, "S7-*", "S7-12*", "S8*")
	case "serial":
		c.atMost = pick(r, 12, 30)
	case "text":
		c.name = pick(r, "with port 80 open", "behind a proxy")
	}
	return c
}

// statement makes a statement; docs with conditions in them are for one kind of question.
func (r questioner) statement(d *modelDoc, conditions bool) modelStatement {
	s := modelStatement{product: "Gateway", versions: []modelVersions{r.versions()}, unread: r.in(15),
		status: pick(r, advisory.Affected, advisory.Affected, advisory.Fixed, advisory.NotAffected, advisory.UnderInvestigation)}
	if r.in(12) {
		s.product = "Agent"
	}
	if r.in(4) && d.otherwise != advisory.DefaultUndeclared {
		if more := r.versions(); more.from != s.versions[0].from { // else each has a fix of its own
			s.versions = append(s.versions, more)
		}
	}
	if d.otherwise == advisory.DefaultAffected && s.status == advisory.Affected {
		s.status = advisory.NotAffected // else the default says nothing
	}
	if d.otherwise == advisory.DefaultUndeclared {
		s.status, s.unread = advisory.Affected, false
	}
	var limits []*modelCondition
	if conditions && !r.in(3) {
		limits = append(limits, r.condition(2))
	}
	if r.in(8) {
		limits = append(limits, &modelCondition{kind: "fact", name: "build", wanted: []string{pick(r, modelFacts["build"]...)}})
	}
	if r.in(6) {
		in := &modelCondition{kind: "component", name: "Box", relation: advisory.PartOf}
		if r.in(2) {
			in.versions = []modelVersions{{eq: 1 + r.IntN(3)}}
		}
		limits = append(limits, in)
	}
	if r.in(6) {
		limits = append(limits, &modelCondition{kind: "fact", name: "edition", wanted: []string{pick(r, modelFacts["edition"]...)}})
	}
	if len(limits) > 0 {
		s.when = &modelCondition{op: "all", of: limits}
	}
	return s
}

func (r questioner) doc(n int, conditions bool, statements int) *modelDoc {
	p := r.IntN(len(modelRanks))
	d := &modelDoc{file: fmt.Sprint("file", n), publisher: p, rank: modelRanks[p], id: fmt.Sprint("D", n), date: r.IntN(4),
		ids: []string{"CVE-2099-1"}}
	switch r.IntN(12) {
	case 0:
		d.state = advisory.Draft
	case 1:
		d.state = advisory.Rejected
	case 2:
		d.withdrawn = true
	case 3:
		d.expires = 1 + r.IntN(4)
	}
	if r.in(6) {
		d.id, d.revision = fmt.Sprint("D", r.IntN(n+1)), 1+r.IntN(3)
	}
	if r.in(6) {
		d.supersedes = []string{fmt.Sprint("D", r.IntN(5))}
	}
	if r.in(4) && d.expires == 0 {
		d.ids = pick(r, []string{"GHSA-1"}, []string{"EX-1", "GHSA-1"}, []string{"GHSA-1", "CVE-2099-1"},
			[]string{"CVE-2099-2", "GHSA-1"}, []string{"CVE-2099-1", "CVE-2099-2"}, []string{"CVE-2099-1", "EX-1"})
	}
	d.otherwise = pick(r, advisory.DefaultSilent, advisory.DefaultSilent, advisory.DefaultNotAffected, advisory.DefaultNotAffected,
		advisory.DefaultUnknown, advisory.DefaultAffected)
	if statements == 1 && r.in(6) {
		d.otherwise = advisory.DefaultUndeclared
	}
	for range statements {
		d.statements = append(d.statements, r.statement(d, conditions))
	}
	return d
}

func (r questioner) installation() *modelInstallation {
	in := &modelInstallation{product: "Gateway", version: r.IntN(9), facts: map[string]string{}, met: map[string]bool{}}
	in.factsComplete = r.in(2)
	for _, name := range slices.Sorted(maps.Keys(modelFacts)) {
		if value := pick(r, modelFacts[name]...); (name != "build" && r.in(2) || r.in(5)) && value != "Windows" {
			in.facts[name] = value
		}
	}
	if in.facts["build"] == "" {
		delete(in.facts, "build")
	}
	if r.in(2) {
		in.model = pick(r, "S7-1200", "S7-300", "S8")
	}
	if r.in(2) {
		in.serial = pick(r, "11A", "25B", "99C", "x", "1")
	}
	for _, text := range []string{"with port 80 open", "behind a proxy"} {
		if r.in(3) {
			in.met[text] = r.in(2)
		}
	}
	for i := range in.lists {
		in.lists[i].complete = r.in(2)
		for _, name := range []string{"Shield", "Java", "Box"} {
			if r.in(4) {
				in.lists[i].members = append(in.lists[i].members, modelMember{name, r.IntN(5)})
			}
		}
	}
	return in
}

func day(n int) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC)
}

// spans writes versions as a publisher would.
func spans(list []modelVersions, status advisory.Status) []advisory.Span {
	text := func(n int) string {
		if n == 0 {
			return ""
		}
		return fmt.Sprint(n)
	}
	var out []advisory.Span
	for _, v := range list {
		switch {
		case v.all:
			out = append(out, advisory.Span{Version: "*", Status: status})
		case v.eq != 0:
			out = append(out, advisory.Span{Version: text(v.eq), Status: status})
		default:
			out = append(out, advisory.Span{From: text(v.from), Before: text(v.lt), Through: text(v.upTo), Bounded: true, Status: status})
		}
	}
	return out
}

// advisory returns the document as the library has it.
func (d *modelDoc) advisory() *advisory.Advisory {
	a := &advisory.Advisory{ID: d.id, Publisher: advisory.Publisher{Name: fmt.Sprint("p", d.publisher), Rank: d.rank},
		State: d.state, Published: day(d.date), Expires: day(d.expires), Supersedes: d.supersedes, Pos: advisory.Pos{File: d.file},
		Vulnerabilities: []advisory.Vulnerability{{ID: d.ids[0], Aliases: d.ids[1:]}}}
	if d.revision > 0 {
		a.Revision = fmt.Sprint("1.", d.revision*5) // 1.5, 1.10
	}
	if d.withdrawn {
		a.Withdrawn = day(1)
	}
	for i := range d.statements {
		s := &d.statements[i]
		a.Products = append(a.Products, advisory.Product{Vendor: "Example", Name: s.product})
		said := advisory.Statement{Products: []int{len(a.Products) - 1}, Default: d.otherwise, Spans: spans(s.versions, s.status)}
		if s.unread {
			said.Spans = append(said.Spans, advisory.Span{Version: "see the page of the vendor, 7", Status: s.status})
		}
		if s.when != nil {
			said.Where = s.when.condition(a)
		}
		a.Statements = append(a.Statements, said)
	}
	return a
}

func (c *modelCondition) condition(a *advisory.Advisory) advisory.Condition {
	out := advisory.Condition{Presumed: c.presumed}
	switch c.op {
	case "":
	case "not":
		return advisory.Condition{Op: advisory.OpNot, Of: []advisory.Condition{c.of[0].condition(a)}}
	default:
		out.Op = map[string]advisory.Op{"all": advisory.OpAll, "any": advisory.OpAny}[c.op]
		for _, of := range c.of {
			out.Of = append(out.Of, of.condition(a))
		}
		return out
	}
	out.Op, out.Fact = advisory.OpFact, c.name
	switch c.kind {
	case "fact":
		out.Values = c.wanted
	case "model":
		out.Fact, out.Patterns = "model", []string{c.pattern}
	case "serial":
		out.Fact, out.Serials = "serial", []advisory.SerialRange{{Chars: 2, Through: fmt.Sprint(c.atMost)}}
	case "text":
		return advisory.Condition{Op: advisory.OpText, Text: c.name}
	case "component":
		a.Products = append(a.Products, advisory.Product{Vendor: "Example", Name: c.name})
		return advisory.Condition{Op: advisory.OpProduct, Product: len(a.Products) - 1, Relation: c.relation,
			Spans: spans(c.versions, advisory.Affected)}
	}
	return out
}

func (in *modelInstallation) installation() *match.Installation {
	text := func(n int) string {
		if n == 0 {
			return ""
		}
		return fmt.Sprint(n)
	}
	list := func(r advisory.Relation) (out []match.Installation) {
		for _, m := range in.lists[r].members {
			out = append(out, match.Installation{Vendor: "Example", Product: m.name, Version: text(m.version)})
		}
		return out
	}
	complete := func(r advisory.Relation) bool { return in.lists[r].complete }
	out := &match.Installation{Vendor: "Example", Product: in.product, Version: text(in.version), Model: in.model, Serial: in.serial,
		Facts: in.facts, FactsComplete: in.factsComplete, Met: map[string]vers.Truth{},
		Parts: list(advisory.Contains), PartsComplete: complete(advisory.Contains),
		PartOf: list(advisory.PartOf), PartOfComplete: complete(advisory.PartOf),
		Host: &match.Host{ID: "h", Platforms: list(advisory.InstalledOn), PlatformsComplete: complete(advisory.InstalledOn),
			Installations: list(advisory.OnHost), InstallationsComplete: complete(advisory.OnHost)}}
	for text, met := range in.met {
		out.Met[text] = map[bool]vers.Truth{true: vers.Yes, false: vers.No}[met]
	}
	return out
}

// difference returns how the matcher differs from the model, "" when it does not.
func (q *modelQuestion) difference() (string, match.Evidence) {
	want, hangs, ok := q.decide()
	if !ok {
		return "", match.Evidence{}
	}
	var docs []*advisory.Advisory
	for _, d := range q.docs {
		docs = append(docs, d.advisory())
	}
	m, err := match.Compile(docs...)
	if err != nil {
		return err.Error(), match.Evidence{}
	}
	if m, err = m.With(match.AskOptions{At: day(q.day)}); err != nil {
		return err.Error(), match.Evidence{}
	}
	e := m.Explain(q.in.installation(), q.id)
	if isClear(want.status) && e.Reason == advisory.NoVersion && !e.Verdict.MayBeAffected() {
		return "", e // the version would say which of the two it is
	}
	if want.status == advisory.Unknown && e.Status == advisory.Affected && q.in.facts["build"] != "" && q.long() {
		return "", e // of what cannot be read and what cannot be compared either may speak for a document
	}
	if want.status != e.Status && !(isClear(want.status) && isClear(e.Status)) {
		return fmt.Sprintf("%s instead of %s (%s by %v)", e.Verdict, want.status, want.rule, want.decided), e
	}
	if hangs && want.status == advisory.Unknown && e.Reason != advisory.DistributorBuild {
		missing := slices.Sorted(slices.Values(want.missing))
		if got := slices.Sorted(slices.Values(e.Missing)); !slices.Equal(got, missing) {
			return fmt.Sprintf("missing %q instead of %q", got, missing), e
		}
		if q.isPlain() && !q.readsAbove() && want.possible != e.Verdict.Possible {
			return fmt.Sprintf("possible %s instead of %s", e.Verdict.Possible, want.possible), e
		}
	}
	rule := e.Settled
	if e.Status == advisory.NoStatement {
		rule = map[advisory.Reason]string{advisory.Dropped: "dropped", advisory.NotNamed: "none", advisory.OtherPlatform: "none",
			advisory.VersionNotNamed: "silent"}[e.Reason]
	}
	if hangs || isClear(e.Status) && q.readsAbove() || rule == "dropped" && want.rule == "agree" && q.long() {
		return "", e
	}
	if rule != want.rule && !(e.Status == advisory.Unknown && (q.long() || strings.Contains("unreadable conflict agree dropped", rule))) {
		return fmt.Sprintf("%s settled by %q instead of %q", e.Status, rule, want.rule), e
	}
	if e.Status == advisory.Unknown && q.long() {
		return "", e // what cannot be read and what cannot be compared may stand side by side
	}
	decided := map[string]bool{}
	for _, c := range e.Claims {
		if file, _, _ := strings.Cut(c.Place, "#"); c.Decides {
			decided[file] = true
		}
	}
	for _, file := range want.decided {
		if !decided[file] {
			return fmt.Sprintf("decided by %v instead of %v", decided, want.decided), e
		}
	}
	if len(decided) != len(want.decided) {
		return fmt.Sprintf("decided by %v instead of %v", decided, want.decided), e
	}
	return "", e
}

// readsAbove tells whether a document can be read in two ways above an affected range, where
// the default says not affected: so, or fixed.
func (q *modelQuestion) readsAbove() bool {
	return slices.ContainsFunc(q.docs, func(d *modelDoc) bool {
		return d.otherwise == advisory.DefaultNotAffected &&
			slices.ContainsFunc(d.statements, func(s modelStatement) bool { return s.status == advisory.Affected })
	})
}

// isPlain tells whether everything can be read, and compared.
func (q *modelQuestion) isPlain() bool {
	return q.in.facts["build"] == "" && !slices.ContainsFunc(q.docs, func(d *modelDoc) bool {
		return d.otherwise == advisory.DefaultUndeclared || d.otherwise == advisory.DefaultUnknown ||
			slices.ContainsFunc(d.statements, func(s modelStatement) bool { return s.unread })
	})
}

// long tells whether a document has several statements: of one that does not count the
// matcher remembers each, and the model what they say together.
func (q *modelQuestion) long() bool {
	return slices.ContainsFunc(q.docs, func(d *modelDoc) bool { return len(d.statements) > 1 })
}

// shrink leaves out of a question what the difference does not need.
func (q *modelQuestion) shrink() {
	differs := func() bool { text, _ := q.difference(); return text != "" }
	for again := true; again; {
		again = false
		for i := range q.docs {
			docs := q.docs
			if q.docs = slices.Delete(slices.Clone(docs), i, i+1); differs() {
				again = true
				break
			}
			q.docs = docs
		}
		for _, d := range q.docs {
			for i := range d.statements {
				all := d.statements
				if d.statements = slices.Delete(slices.Clone(all), i, i+1); differs() {
					again = true
					break
				}
				d.statements = all
				s := &d.statements[i]
				before := *s
				if s.when != nil {
					for _, when := range append(slices.Clone(s.when.of), nil) {
						if s.when = when; differs() {
							again = true
							break
						}
						*s = before
					}
				}
			}
			before := *d
			if d.supersedes = nil; before.supersedes != nil {
				if again = differs(); !again {
					*d = before
				}
			}
		}
	}
}

func (q *modelQuestion) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s on day %d, installed %+v\n", q.id, q.day, *q.in)
	for _, d := range q.docs {
		fmt.Fprintf(&b, "%+v\n", *d)
		for i := range d.statements {
			s := &d.statements[i]
			where := ""
			if s.when != nil {
				c := s.when.condition(&advisory.Advisory{})
				where = c.String()
			}
			fmt.Fprintf(&b, "   %s %+v %s unread=%v otherwise %s when %s\n", s.product, s.versions, s.status, s.unread, d.otherwise, where)
		}
	}
	return b.String()
}

// question makes a random question.
func (r questioner) question(docs, statements int, conditions bool) *modelQuestion {
	q := &modelQuestion{in: r.installation(), id: pick(r, "CVE-2099-1", "CVE-2099-1", "CVE-2099-2"), day: r.IntN(5)}
	for i := range 1 + r.IntN(docs) {
		q.docs = append(q.docs, r.doc(i, conditions, 1+r.IntN(statements)))
	}
	any := func(is func(d *modelDoc) bool) bool { return slices.ContainsFunc(q.docs, is) }
	if q.in.version == 0 && any(func(d *modelDoc) bool {
		return d.otherwise == advisory.DefaultUndeclared || d.otherwise == advisory.DefaultUnknown
	}) {
		q.in.version = 1 // what such a document says outside of its range is no status
	}
	if any(func(d *modelDoc) bool { return d.expires != 0 && d.supersedes != nil }) {
		for _, d := range q.docs { // ids are joined once, whatever the date of the question is
			d.ids = []string{"CVE-2099-1"}
		}
	}
	if !conditions {
		q.in.factsComplete, q.in.lists[advisory.PartOf].complete = true, true
	}
	return q
}

// narrow lets every second statement be about an edition, and the installation be of it.
func (q *modelQuestion) narrow(r questioner) {
	q.in.facts["edition"] = "FIPS"
	for _, d := range q.docs {
		for i := range d.statements {
			if s := &d.statements[i]; r.in(2) {
				edition := &modelCondition{kind: "fact", name: "edition", wanted: []string{"FIPS"}}
				if s.when != nil {
					edition = &modelCondition{op: "all", of: []*modelCondition{s.when, edition}}
				}
				s.when = edition
			}
		}
	}
}

// TestModel compares the matcher with the model on random questions.
func TestModel(t *testing.T) {
	count := 1500
	if testing.Short() {
		count = 500
	}
	for _, c := range []struct {
		name       string
		docs       int
		statements int
		conditions bool
		narrow     bool
	}{
		{"one document of one statement", 1, 1, true, false},
		{"one document", 1, 4, true, false},
		{"one document with editions", 1, 3, false, true},
		{"documents of one statement", 6, 1, false, false},
		{"documents", 4, 2, true, false},
		{"documents with editions", 4, 1, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := questioner{rand.New(rand.NewPCG(3, uint64(c.docs*10+c.statements)))}
			for n := range count {
				q := r.question(c.docs, c.statements, c.conditions)
				if c.narrow {
					q.narrow(r)
				}
				text, _ := q.difference()
				if text == "" {
					continue
				}
				q.shrink()
				text, e := q.difference()
				require.Fail(t, "the matcher differs from the model", "question %d: %s\n%s\n%s", n, text, q, e)
			}
		})
	}
}

// TestModelLaws: whatever the order of the documents and the statements, the way of asking
// and the count of workers, the answer is the same; and a document about something else
// changes none.
func TestModelLaws(t *testing.T) {
	count := 400
	if testing.Short() {
		count = 120
	}
	r := questioner{rand.New(rand.NewPCG(8, 9))}
	for n := range count {
		q := r.question(5, 3, true)
		compiled := func(other ...*advisory.Advisory) *match.Matcher {
			docs := other
			for _, d := range q.docs {
				docs = append(docs, d.advisory())
			}
			m := compile(t, docs...)
			if r.in(2) {
				m = reload(t, m)
			}
			return ask(t, m, match.AskOptions{At: day(q.day), Want: everyStatus, Uncertain: true})
		}
		m := compiled()
		in := q.in.installation()
		findings := map[string]match.Finding{}
		for _, f := range m.Append(nil, in) {
			findings[f.Vulnerability] = f
		}
		for id := range m.Vulnerabilities() {
			verdict := m.Check(in, id)
			require.Equal(t, verdict, m.Explain(in, id).Verdict, "%s", q)
			if f, found := findings[id]; found {
				require.Equal(t, verdict, f.Verdict, "question %d: %s", n, q)
				require.Equal(t, f, m.Finding(in, id))
			} else {
				require.Equal(t, advisory.NoStatement, verdict.Status, "question %d: %s", n, q)
			}
		}
		var wanted []string // what the usual question asks for
		for _, f := range m.Append(nil, in) {
			if f.Verdict.MayBeAffected() || f.Verdict.Status == advisory.Unknown {
				wanted = append(wanted, plain(f))
			}
		}
		for _, usual := range []*match.Matcher{m, reload(t, m)} {
			var got []string
			for _, f := range ask(t, usual, match.AskOptions{At: day(q.day), Uncertain: true}).Append(nil, in) {
				got = append(got, plain(f))
			}
			require.Equal(t, wanted, got, "question %d: %s", n, q)
		}
		for _, d := range q.docs {
			r.Shuffle(len(d.statements), func(i, j int) { d.statements[i], d.statements[j] = d.statements[j], d.statements[i] })
		}
		r.Shuffle(len(q.docs), func(i, j int) { q.docs[i], q.docs[j] = q.docs[j], q.docs[i] })
		unrelated := doc("X", "x", advisory.RankOperator, 1, advisory.NotAffected, "*")
		unrelated.Products[0].Name = "Something else"
		unrelated.Vulnerabilities[0].ID = "CVE-2099-1"
		shuffled := compiled(unrelated, apexCentral())
		for range 2 {
			total := 0
			for result, err := range shuffled.ScanInstallations(t.Context(), func(yield func(*match.Installation, error) bool) {
				for range 5 {
					if !yield(in, nil) {
						return
					}
				}
			}, match.ScanOptions{Workers: 1 + r.IntN(4), Unordered: r.in(2)}) {
				require.NoError(t, err)
				require.Len(t, result.Findings, len(findings))
				for _, f := range result.Findings {
					want := findings[f.Vulnerability]
					require.Equal(t, plain(want), plain(f), "question %d: %s\n%s", n, q, m.Explain(in, f.Vulnerability))
				}
				total++
			}
			require.Equal(t, 5, total)
		}
	}
}

const everyStatus = match.StatusSet(1<<advisory.Affected | 1<<advisory.UnderInvestigation | 1<<advisory.Unknown |
	1<<advisory.NotAffected | 1<<advisory.Fixed)

// plain is what a finding says, for comparing those of different matchers. Where facts are
// missing, the fix is that of the first completion that is affected.
func plain(f match.Finding) string {
	if f.Verdict.Status == advisory.Unknown {
		f.Fix = match.Fix{}
	}
	return fmt.Sprint(f.Vulnerability, f.Verdict, f.Verdict.Possible, f.Product, f.Level, f.Fix)
}

// What hangs on more facts than are tried together is never clear.
func TestTooManyFacts(t *testing.T) {
	narrow := doc("B", "v", advisory.RankVendor, 1, advisory.Affected, "*")
	for i := range 20 {
		narrow.Statements[0].Where.Of = append(narrow.Statements[0].Where.Of, advisory.Condition{Op: advisory.OpText, Text: fmt.Sprint(i)})
	}
	narrow.Statements[0].Where = advisory.Condition{Op: advisory.OpAll, Of: []advisory.Condition{
		{Op: advisory.OpFact, Fact: "edition", Values: []string{"FIPS"}}, {Op: advisory.OpAny, Of: narrow.Statements[0].Where.Of}}}
	m := compile(t, doc("A", "v", advisory.RankVendor, 2, advisory.NotAffected, "*"), narrow)
	v := m.Check(gateway, "CVE-2099-7")
	require.Equal(t, match.Verdict{Status: advisory.Unknown, Reason: advisory.MissingCondition,
		Possible: advisory.SetOf(advisory.Affected, advisory.NotAffected, advisory.NoStatement)}, v)
	e := m.Explain(gateway, "CVE-2099-7")
	require.Equal(t, v, e.Verdict)
	require.Len(t, e.Missing, 21)
}

// TestScanLaw: a scan of hosts, which keeps what the installations of a host have in common, says
// of each what is said of it alone.
func TestScanLaw(t *testing.T) {
	count := 300
	if testing.Short() {
		count = 60
	}
	r := questioner{rand.New(rand.NewPCG(12, 13))}
	some := 0
	for n := range count {
		q := r.question(4, 3, true)
		var docs []*advisory.Advisory
		for _, d := range q.docs {
			docs = append(docs, d.advisory())
		}
		m := ask(t, compile(t, docs...), match.AskOptions{At: day(q.day), Want: everyStatus})
		var hosts []*match.Host
		for i := range 3 {
			host := *r.installation().installation().Host
			host.ID, host.Installations = fmt.Sprint("h", i), nil
			for range 3 {
				in := *r.installation().installation()
				in.Host = nil
				host.Installations = append(host.Installations, in)
			}
			hosts = append(hosts, &host)
		}
		for result, err := range m.Scan(t.Context(), func(yield func(*match.Host, error) bool) {
			for _, h := range hosts {
				if !yield(h, nil) {
					return
				}
			}
		}, match.ScanOptions{Workers: 1}) {
			require.NoError(t, err)
			alone := m.Append(nil, result.Installation)
			require.Len(t, result.Findings, len(alone), "question %d: %+v\n%s", n, *result.Installation, q)
			for i, f := range result.Findings {
				require.Equal(t, plain(alone[i]), plain(f), "question %d: %+v\n%s", n, *result.Installation, q)
				some++
			}
		}
	}
	require.Positive(t, some)
}
