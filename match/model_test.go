package match_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
)

// The model is a second evaluator, slow and plain, written from the rules of the decision
// and not from the code. It knows versions that are whole numbers, and decides a question by
// walking over every document, every statement and every completion of what is not known.
// random_test.go compares the matcher with it.

// A modelDoc is a document.
type modelDoc struct {
	file       string // names the document in the test
	publisher  int
	rank       advisory.Rank
	id         string
	revision   int // 0: none
	date       int // day, 0: none
	state      advisory.State
	withdrawn  bool
	expires    int // day, 0: never
	supersedes []string
	ids        []string // of the vulnerability
	otherwise  advisory.Default
	statements []modelStatement
}

// A modelStatement is a statement about one product.
type modelStatement struct {
	product  string
	versions []modelVersions // any of them
	unread   bool            // there is a bound that nobody can read
	status   advisory.Status
	when     *modelCondition // nil: always
}

// A modelVersions is all versions, one, or a range; a bound of 0 is absent.
type modelVersions struct {
	all                bool
	eq, from, lt, upTo int
}

func (v modelVersions) holds(version int) bool {
	switch {
	case v.all:
		return true
	case v.eq != 0:
		return version == v.eq
	default:
		return version >= v.from && (v.lt == 0 || version < v.lt) && (v.upTo == 0 || version <= v.upTo)
	}
}

// form is 0 for all versions, 1 for a range and 2 for single ones.
func (s *modelStatement) form() int {
	every := func(is func(v modelVersions) bool) bool {
		return !slices.ContainsFunc(s.versions, func(v modelVersions) bool { return !is(v) })
	}
	switch {
	case slices.ContainsFunc(s.versions, func(v modelVersions) bool { return v.all }):
		return 0
	case !s.unread && every(func(v modelVersions) bool { return v.eq != 0 }):
		return 2
	default:
		return 1
	}
}

func (s *modelStatement) isAll() bool { return s.form() == 0 }

// A modelCondition is a node of a condition. A leaf has a kind.
type modelCondition struct {
	op   string // all, any, not; "" for a leaf
	of   []*modelCondition
	kind string // fact, component, model, serial, text
	name string // of the fact or component; the words
	// wanted are the values of a fact. For a component they are nothing; versions, where
	// given, are those of the component.
	wanted   []string
	presumed bool
	relation advisory.Relation
	versions []modelVersions
	pattern  string // of the model number: literal characters and a star
	atMost   int    // of the serial number, by its first two digits
}

// leaves returns the leaves from left to right.
func (c *modelCondition) leaves() []*modelCondition {
	if c == nil {
		return nil
	}
	if c.op == "" {
		return []*modelCondition{c}
	}
	var list []*modelCondition
	for _, of := range c.of {
		list = append(list, of.leaves()...)
	}
	return list
}

// isProduct tells whether a leaf limits the product, and not how it is used.
func (c *modelCondition) isProduct() bool {
	return c.kind != "text" && !strings.HasPrefix(c.name, "feature:")
}

// A modelInstallation is what is installed.
type modelInstallation struct {
	product       string
	version       int // 0: not known
	facts         map[string]string
	factsComplete bool
	model, serial string
	met           map[string]bool
	lists         [4]modelList // by relation
}

type modelList struct {
	members  []modelMember
	complete bool
}

type modelMember struct {
	name    string
	version int // 0: not known
}

// A truth is yes, no or open.
type truth int

const (
	no truth = iota
	open
	yes
)

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

// A modelWorld is one completion: it gives a value to whatever the installation leaves open.
// The zero world gives none.
type modelWorld struct {
	facts    map[string]string
	leaves   map[*modelCondition]bool
	words    map[string]bool
	versions map[*modelStatement]bool
}

// holds evaluates a condition.
func (in *modelInstallation) holds(c *modelCondition, w *modelWorld) truth {
	if c == nil {
		return yes
	}
	switch c.op {
	case "all":
		t := yes
		for _, of := range c.of {
			t = min(t, in.holds(of, w))
		}
		return t
	case "any":
		t := no
		for _, of := range c.of {
			t = max(t, in.holds(of, w))
		}
		return t
	case "not":
		return yes - in.holds(c.of[0], w)
	}
	t := in.known(c)
	if t != open {
		return t
	}
	if c.presumed {
		return yes
	}
	if value, ok := w.facts[c.name]; ok && c.kind == "fact" {
		return truthOf(isOneOf(value, c.wanted))
	}
	if met, ok := w.words[c.name]; ok && c.kind == "text" {
		return truthOf(met)
	}
	if met, ok := w.leaves[c]; ok {
		return truthOf(met)
	}
	return open
}

// isOneOf tells whether a fact is one of the values, or begins with one and a blank.
func isOneOf(value string, wanted []string) bool {
	return slices.ContainsFunc(wanted, func(want string) bool { return value == want || strings.HasPrefix(value, want+" ") })
}

// known is what the inventory says about a leaf.
func (in *modelInstallation) known(c *modelCondition) truth {
	absent := open
	if in.factsComplete {
		absent = no
	}
	switch c.kind {
	case "fact":
		value, ok := in.facts[c.name]
		if !ok {
			return absent
		}
		return truthOf(isOneOf(value, c.wanted))
	case "model":
		if in.model == "" {
			return absent
		}
		return truthOf(strings.HasPrefix(in.model, strings.TrimSuffix(c.pattern, "*")))
	case "serial":
		if in.serial == "" {
			return absent
		}
		var n int
		if _, err := fmt.Sscanf(in.serial, "%2d", &n); err != nil || len(in.serial) < 2 {
			return open
		}
		return truthOf(n <= c.atMost)
	case "text":
		met, ok := in.met[c.name]
		if !ok {
			return open
		}
		return truthOf(met)
	}
	list := in.lists[c.relation]
	t := no
	for _, m := range list.members {
		switch {
		case m.name != c.name:
		case len(c.versions) == 0:
			t = yes
		case m.version == 0:
			t = max(t, open)
		case slices.ContainsFunc(c.versions, func(v modelVersions) bool { return v.holds(m.version) }):
			t = yes
		}
	}
	if t == no && !list.complete {
		return open
	}
	return t
}

// width is how narrow a condition that holds is: its product leaves that are met, and the
// literal characters of its model pattern.
func (in *modelInstallation) width(c *modelCondition, w *modelWorld) (n, literals int) {
	switch {
	case c == nil:
		return 0, 0
	case c.op == "all":
		for _, of := range c.of {
			k, l := in.width(of, w)
			n, literals = n+k, literals+l
		}
		return n, literals
	case c.op == "any":
		for _, of := range c.of {
			if in.holds(of, w) == yes {
				k, l := in.width(of, w)
				n, literals = max(n, k), max(literals, l)
			}
		}
		return n, literals
	case c.op == "not":
		for _, leaf := range c.leaves() {
			if leaf.isProduct() {
				n++
			}
		}
		return n, 0
	case !c.isProduct() || c.presumed && in.known(c) != yes:
		return 0, 0
	case c.kind == "model" && in.model != "":
		return 1, len(strings.TrimSuffix(c.pattern, "*"))
	case c.kind == "component" && c.relation == advisory.PartOf && len(c.versions) > 0:
		return 2, 0 // what it is a part of, and the version of that
	}
	return 1, 0
}

// A modelVote is what a statement or a document says.
type modelVote struct {
	doc      *modelDoc
	rank     advisory.Rank
	status   advisory.Status
	unread   bool // Unknown, because of a bound or of the missing version
	builds   bool // Unknown, because a distributor built the installed version
	hangs    bool // Unknown, because of a condition
	clashes  bool // Unknown, because statements contradict each other
	weak     bool // Unknown, and no more than that this version is not listed
	fallback bool // by the default, not by a range
	inside   bool // covers the product
	n, chars int
	form     int
	possible advisory.StatusSet
}

func unknown(v modelVote, possible ...advisory.Status) modelVote {
	v.status, v.possible = advisory.Unknown, advisory.SetOf(possible...)
	return v
}

// says is what one statement says, NoStatement for nothing.
func (d *modelDoc) says(s *modelStatement, in *modelInstallation, w *modelWorld) modelVote {
	v := modelVote{doc: d, rank: d.rank, status: advisory.NoStatement}
	if s.product != in.product {
		return v
	}
	holds := in.holds(s.when, w)
	if holds == no {
		v.fallback = true
		if d.otherwise == advisory.DefaultNotAffected && !s.whose() {
			v.status = advisory.NotAffected // the default is that of the whole record
		}
		return v
	}
	v.inside, v.form = true, s.form()
	if holds == yes {
		v.n, v.chars = in.width(s.when, w)
	}
	v = d.atVersion(s, in, w, v)
	if holds == open && v.status != advisory.NoStatement {
		v.hangs, v.weak = true, false
		return unknown(v, advisory.Affected)
	}
	_, built := in.facts["build"]
	if built && !s.isAll() && !s.ofBuild() && (v.status != advisory.NoStatement || v.weak) {
		v.builds, v.weak, v.unread = true, false, false
		return unknown(v, advisory.Affected, advisory.Fixed)
	}
	return v
}

// ofBuild tells whether the statement is about what a distributor builds, whose whether it
// is about the product of somebody: a build, or a part of another product.
func (s *modelStatement) ofBuild() bool {
	return slices.ContainsFunc(s.when.leaves(), func(c *modelCondition) bool { return c.name == "build" })
}

func (s *modelStatement) whose() bool {
	return s.ofBuild() || slices.ContainsFunc(s.when.leaves(), func(c *modelCondition) bool {
		return c.kind == "component" && c.relation == advisory.PartOf
	})
}

// atVersion looks at the version only.
func (d *modelDoc) atVersion(s *modelStatement, in *modelInstallation, w *modelWorld, v modelVote) modelVote {
	inside := slices.ContainsFunc(s.versions, func(r modelVersions) bool { return in.version != 0 && r.holds(in.version) })
	assumed, given := w.versions[s]
	switch {
	case in.version == 0 && s.isAll():
		inside = true
	case in.version == 0 && given:
		inside = assumed
	}
	switch {
	case given:
	case in.version == 0 && !inside && s.byDefault(d, 0).status != s.status || s.unread && (inside || in.version == 0) && s.status != advisory.Affected:
		v.unread = true
		return unknown(v, s.status, s.byDefault(d, in.version).status)
	case in.version == 0:
		inside = true
	}
	if inside {
		v.status = s.status
		return v
	}
	if given { // what could not be read is one of the two, too
		s = &modelStatement{versions: s.versions, status: s.status}
	}
	out := s.byDefault(d, in.version)
	if s.unread && (out.status != advisory.Affected || s.status == advisory.Fixed || s.status == advisory.NotAffected) {
		v.unread = true
		return unknown(v, s.status, out.status)
	}
	v.status, v.weak, v.fallback, v.unread = out.status, out.weak, true, out.unread
	return v
}

// byDefault is what holds for a version outside of the ranges.
func (s *modelStatement) byDefault(d *modelDoc, version int) modelVote {
	switch d.otherwise {
	case advisory.DefaultNotAffected:
		return modelVote{status: advisory.NotAffected}
	case advisory.DefaultAffected:
		return modelVote{status: advisory.Affected}
	case advisory.DefaultUnknown:
		return modelVote{status: advisory.Unknown, unread: true}
	case advisory.DefaultUndeclared:
		for _, r := range s.versions {
			if above := r.lt > 0 && version >= r.lt || r.upTo > 0 && version > r.upTo; above && s.status == advisory.Affected {
				return modelVote{status: advisory.Fixed}
			}
		}
		return modelVote{status: advisory.Unknown, weak: true}
	default:
		return modelVote{status: advisory.NoStatement}
	}
}

// keepVotes returns the votes that are wanted. Where these would be UnderInvestigation only,
// those for Affected stay as well.
func keepVotes(votes []modelVote, wanted func(v modelVote) bool) []modelVote {
	investigated := true
	for _, v := range votes {
		investigated = investigated && (!wanted(v) || v.status == advisory.UnderInvestigation)
	}
	var kept []modelVote
	for _, v := range votes {
		if wanted(v) || investigated && v.status == advisory.Affected {
			kept = append(kept, v)
		}
	}
	return kept
}

// voiced returns the votes that say something: silence has none, and "not listed" counts
// only when there is nothing else.
func voiced(votes []modelVote) []modelVote {
	speaks := func(v modelVote) bool { return v.status != advisory.NoStatement && !v.weak }
	if slices.ContainsFunc(votes, speaks) {
		return slices.DeleteFunc(slices.Clone(votes), func(v modelVote) bool { return !speaks(v) })
	}
	return slices.DeleteFunc(slices.Clone(votes), func(v modelVote) bool { return !v.weak })
}

// statuses returns the statuses of votes. A build of a distributor is one of its own.
func statuses(votes []modelVote) map[string]bool {
	set := map[string]bool{}
	for _, v := range votes {
		switch {
		case v.builds:
			set["distributor-build"] = true
		case v.status == advisory.Unknown:
			set["unreadable"] = true
		default:
			set[v.status.String()] = true
		}
	}
	return set
}

func isSubset(set map[string]bool, of ...string) bool {
	for word := range set {
		if !slices.Contains(of, word) {
			return false
		}
	}
	return true
}

// says is what the whole document says: the narrowest of the statements that hold, and the
// default when none does.
func (d *modelDoc) vote(in *modelInstallation, w *modelWorld) modelVote {
	var votes []modelVote
	for i := range d.statements {
		votes = append(votes, d.says(&d.statements[i], in, w))
	}
	votes = voiced(votes)
	if len(votes) == 0 {
		return modelVote{doc: d, rank: d.rank, status: advisory.NoStatement}
	}
	if slices.ContainsFunc(votes, func(v modelVote) bool { return !v.fallback && v.status != advisory.Unknown }) {
		votes = keepVotes(votes, func(v modelVote) bool { return !v.fallback })
	}
	if len(statuses(votes)) > 1 {
		n, chars := widest(votes)
		narrowest := func(v modelVote) bool { return v.n == n && v.chars == chars }
		// What is unknown or under investigation there removes no Affected.
		decided := slices.ContainsFunc(votes, func(v modelVote) bool { return narrowest(v) && v.status > advisory.UnderInvestigation })
		votes = keepVotes(votes, func(v modelVote) bool {
			return v.status == advisory.Unknown || narrowest(v) || !decided && v.status == advisory.Affected
		})
	}
	all := statuses(votes)
	pick := func(wanted func(v modelVote) bool) modelVote {
		votes := slices.DeleteFunc(slices.Clone(votes), func(v modelVote) bool { return !wanted(v) })
		out := votes[0]
		out.n, out.chars = widest(votes)
		for _, v := range votes {
			out.form = max(out.form, v.form)
			out.possible |= v.possible
		}
		return out
	}
	of := func(s advisory.Status) func(v modelVote) bool {
		return func(v modelVote) bool { return v.status == s }
	}
	switch {
	case isSubset(all, "fixed", "not_affected") && all["fixed"]:
		return pick(of(advisory.Fixed))
	case isSubset(all, "affected", "under_investigation") && all["affected"]:
		return pick(of(advisory.Affected))
	case len(all) == 1:
		return pick(func(modelVote) bool { return true })
	case all["unreadable"] || all["distributor-build"]: // lets Affected through and nothing else
		if all["affected"] {
			return pick(of(advisory.Affected))
		}
		return pick(of(advisory.Unknown))
	}
	out := pick(func(modelVote) bool { return true })
	out.clashes = true
	out.status = advisory.Unknown
	for _, v := range votes {
		out.possible = out.possible.With(v.status)
	}
	return out
}

func widest(votes []modelVote) (n, chars int) {
	for _, v := range votes {
		if v.n > n || v.n == n && v.chars > chars {
			n, chars = v.n, v.chars
		}
	}
	return n, chars
}

// A modelQuestion is everything that an answer hangs on.
type modelQuestion struct {
	docs []*modelDoc
	in   *modelInstallation
	id   string
	day  int // of the question, 0: none
}

// A modelAnswer is what the model says.
type modelAnswer struct {
	status  advisory.Status
	rule    string
	decided []string
	// possible are, for Unknown, the statuses that are left.
	possible advisory.StatusSet
	missing  []string
}

// dropped returns the documents that do not count.
func (q *modelQuestion) dropped() map[*modelDoc]bool {
	out := map[*modelDoc]bool{}
	for _, d := range q.docs {
		if d.state == advisory.Draft {
			out[d] = true
		}
	}
	older := map[*modelDoc]bool{}
	for _, d := range q.docs {
		for _, e := range q.docs {
			if !out[e] && e.publisher == d.publisher && e.id == d.id && e.revision > d.revision {
				older[d] = true
			}
		}
	}
	maps.Copy(out, older)
	for _, d := range q.docs {
		if d.withdrawn || d.state == advisory.Rejected || d.expires != 0 && (q.day == 0 || d.expires <= q.day) {
			out[d] = true
		}
	}
	left := slices.DeleteFunc(slices.Clone(q.docs), func(d *modelDoc) bool { return out[d] })
	for _, d := range left {
		for _, by := range left {
			if by.id != d.id && slices.Contains(by.supersedes, d.id) && !leads(left, d.id, by.id, map[string]bool{}) {
				out[d] = true
			}
		}
	}
	return out
}

// leads tells whether one document supersedes another, over any number of steps.
func leads(docs []*modelDoc, from, to string, seen map[string]bool) bool {
	if seen[from] {
		return false
	}
	seen[from] = true
	for _, d := range docs {
		if d.id != from {
			continue
		}
		for _, next := range d.supersedes {
			if next != from && (next == to || leads(docs, next, to, seen)) {
				return true
			}
		}
	}
	return false
}

// about returns the documents that speak about the id asked for: those that have it, and
// those without any CVE id that are connected with it through other ids than CVE ids.
func (q *modelQuestion) about(dropped map[*modelDoc]bool) []*modelDoc {
	connected := map[string]bool{}
	for _, d := range q.docs {
		if slices.Contains(d.ids, q.id) && !dropped[d] {
			for _, id := range d.ids {
				connected[id] = connected[id] || !isCVE(id)
			}
		}
	}
	for range q.docs {
		for _, d := range q.docs {
			if !dropped[d] && slices.ContainsFunc(d.ids, func(id string) bool { return connected[id] }) {
				for _, id := range d.ids {
					connected[id] = connected[id] || !isCVE(id)
				}
			}
		}
	}
	var list []*modelDoc
	for _, d := range q.docs {
		switch {
		case slices.Contains(d.ids, q.id),
			!slices.ContainsFunc(d.ids, isCVE) && slices.ContainsFunc(d.ids, func(id string) bool { return connected[id] }):
			list = append(list, d)
		}
	}
	return list
}

func isCVE(id string) bool { return strings.HasPrefix(id, "CVE-") }

// answer decides in one world.
func (q *modelQuestion) answer(w *modelWorld) modelAnswer {
	dropped := q.dropped()
	var votes []modelVote
	gone := map[string]bool{}
	covers := false
	for _, d := range q.about(dropped) {
		v := d.vote(q.in, w)
		if dropped[d] {
			if v.status != advisory.NoStatement {
				maps.Copy(gone, statuses([]modelVote{v}))
			}
			continue
		}
		votes = append(votes, v)
		for i := range d.statements {
			covers = covers || d.says(&d.statements[i], q.in, w).inside
		}
	}
	spoke := voiced(votes)
	if len(spoke) == 0 {
		a := modelAnswer{status: advisory.NoStatement, rule: "none"}
		switch {
		case len(gone) > 0:
			a.rule = "dropped"
		case covers:
			a.rule = "silent"
		}
		return a
	}
	if all := statuses(spoke); len(all) == 1 {
		rule := "agree"
		if !isSubset(gone, slices.Collect(maps.Keys(all))...) {
			rule = "dropped"
		}
		return settledBy(spoke, spoke, rule)
	}
	left := spoke
	done := func() bool { return len(statuses(left)) == 1 }
	if slices.ContainsFunc(left, func(v modelVote) bool { return v.rank == advisory.RankOperator }) {
		left = keepVotes(left, func(v modelVote) bool { return v.rank == advisory.RankOperator })
	}
	if done() {
		return settledBy(left, spoke, "rank")
	}
	n, chars := widest(left)
	wider := slices.DeleteFunc(slices.Clone(left), func(v modelVote) bool { return v.n == n && v.chars == chars })
	left = keepVotes(left, func(v modelVote) bool { return v.n == n && v.chars == chars })
	if clash := outranking(left, wider); len(clash) > 0 {
		return settledBy(append(left, clash...), spoke, "conflict")
	}
	if done() {
		return settledBy(left, spoke, "narrower")
	}
	left = keepVotes(left, func(v modelVote) bool {
		return !slices.ContainsFunc(left, func(u modelVote) bool { return u.doc.publisher == v.doc.publisher && u.form > v.form })
	})
	if done() {
		return settledBy(left, spoke, "narrower")
	}
	best := advisory.Rank(0)
	for _, v := range left {
		best = max(best, v.rank)
	}
	if left = keepVotes(left, func(v modelVote) bool { return v.rank == best }); done() {
		return settledBy(left, spoke, "rank")
	}
	newest := 0
	for _, v := range left {
		newest = max(newest, v.doc.date)
	}
	if !slices.ContainsFunc(left, func(v modelVote) bool { return v.doc.date == 0 }) {
		left = keepVotes(left, func(v modelVote) bool { return v.doc.date == newest })
	}
	if done() {
		return settledBy(left, spoke, "newer")
	}
	if all := statuses(left); isSubset(all, "fixed", "not_affected") || isSubset(all, "affected", "under_investigation") {
		return settledBy(left, spoke, "same-side")
	}
	return settledBy(left, spoke, "conflict")
}

// outranking returns the wider votes for Affected that votes of a lower rank would remove
// with a clear answer.
func outranking(left, wider []modelVote) []modelVote {
	best, clears := advisory.Rank(0), false
	for _, v := range left {
		best = max(best, v.rank)
		clears = clears || v.status == advisory.Fixed || v.status == advisory.NotAffected
	}
	return slices.DeleteFunc(wider, func(v modelVote) bool {
		return !clears || v.status != advisory.Affected || v.rank <= best || best == advisory.RankOperator
	})
}

// settledBy makes the answer of the votes that are left.
func settledBy(left, spoke []modelVote, rule string) modelAnswer {
	all := statuses(left)
	if all["unreadable"] && len(all) == 1 {
		readable := slices.DeleteFunc(slices.Clone(spoke), func(v modelVote) bool { return v.status == advisory.Unknown })
		if isSubset(statuses(readable), "affected") && len(readable) > 0 {
			left, all = readable, statuses(readable)
		}
		rule = "unreadable"
	}
	a := modelAnswer{rule: rule}
	for _, v := range left {
		if !slices.Contains(a.decided, v.doc.file) {
			a.decided = append(a.decided, v.doc.file)
		}
	}
	slices.Sort(a.decided)
	for _, v := range left {
		if v.status == advisory.Unknown {
			a.possible |= v.possible
		} else {
			a.possible = a.possible.With(v.status)
		}
	}
	switch {
	case rule == "conflict":
	case all["affected"]:
		a.status = advisory.Affected
	case all["fixed"]:
		a.status = advisory.Fixed
	case all["not_affected"]:
		a.status = advisory.NotAffected
	case all["under_investigation"]:
		a.status = advisory.UnderInvestigation
	case all["distributor-build"]:
		a.rule = "distributor-build"
	}
	return a
}

// An modelAtom is one thing that is not known, with what it may be.
type modelAtom struct {
	name   string
	values []func(w *modelWorld)
}

// atoms returns what is not known: versions first, then in the order of statements and
// leaves.
func (q *modelQuestion) atoms() (versions, others []*modelAtom) {
	dropped := q.dropped()
	values := map[string][]string{}
	seen := map[string]*modelAtom{}
	for _, d := range q.about(dropped) {
		for i := range d.statements {
			s := &d.statements[i]
			if dropped[d] || s.product != q.in.product || q.in.holds(s.when, &modelWorld{}) == no {
				continue
			}
			if q.in.version == 0 && !s.isAll() && s.byDefault(d, 0).status != s.status {
				versions = append(versions, &modelAtom{"version", []func(w *modelWorld){
					func(w *modelWorld) { w.versions[s] = true }, func(w *modelWorld) { w.versions[s] = false }}})
			}
			for _, c := range s.when.leaves() {
				if q.in.holds(c, &modelWorld{}) != open {
					continue
				}
				a := &modelAtom{name: c.name}
				switch c.kind {
				case "fact":
					values[c.name] = append(values[c.name], c.wanted...)
				case "text":
					a.values = []func(w *modelWorld){func(w *modelWorld) { w.words[c.name] = true }, func(w *modelWorld) { w.words[c.name] = false }}
				default:
					a.name = q.missingName(c)
					a.values = []func(w *modelWorld){func(w *modelWorld) { w.leaves[c] = true }, func(w *modelWorld) { w.leaves[c] = false }}
				}
				if c.kind == "fact" || c.kind == "text" {
					if seen[a.name] != nil {
						continue
					}
					seen[a.name] = a
				}
				others = append(others, a)
			}
		}
	}
	for name, list := range values {
		for _, value := range append(list, "another") {
			seen[name].values = append(seen[name].values, func(w *modelWorld) { w.facts[name] = value })
		}
	}
	return versions, others
}

// missingName is what people call a leaf that is open.
func (q *modelQuestion) missingName(c *modelCondition) string {
	switch {
	case c.kind != "component":
		return c.kind
	case c.relation == advisory.InstalledOn:
		return "installed_on"
	case c.relation == advisory.PartOf:
		return "component_of"
	case slices.ContainsFunc(q.in.lists[c.relation].members, func(m modelMember) bool { return m.name == c.name }):
		return "component-version:" + c.name
	}
	return "component:" + c.name
}

// decide answers over every completion. It is not ok when there are too many.
func (q *modelQuestion) decide() (a modelAnswer, hangs, ok bool) {
	versions, atoms := q.atoms()
	if len(atoms) == 0 {
		return q.answer(&modelWorld{}), false, true
	}
	atoms = append(versions, atoms...)
	total := 1
	for _, atom := range atoms {
		if total *= len(atom.values); total > 4096 {
			return a, true, false
		}
	}
	answers := make([]modelAnswer, total)
	possible := advisory.StatusSet(0)
	same := true
	for n := range answers {
		w := &modelWorld{map[string]string{}, map[*modelCondition]bool{}, map[string]bool{}, map[*modelStatement]bool{}}
		for rest, i := n, 0; i < len(atoms); i++ {
			atoms[i].values[rest%len(atoms[i].values)](w)
			rest /= len(atoms[i].values)
		}
		answers[n] = q.answer(w)
		if answers[n].status == advisory.Unknown {
			possible |= answers[n].possible
		} else {
			possible = possible.With(answers[n].status)
		}
		same = same && isSameAnswer(answers[n].status, answers[0].status)
	}
	a = answers[0]
	for _, other := range answers {
		if other.status > a.status { // Fixed beside NotAffected
			a = other
		}
	}
	if !same {
		a = modelAnswer{status: advisory.Unknown}
	}
	if a.status != advisory.Unknown {
		return a, true, true
	}
	a.possible = possible
	stride := 1
	for _, atom := range atoms {
		for n := range answers {
			value := n / stride % len(atom.values)
			if !isSameAnswer(answers[n].status, answers[n-value*stride].status) && !slices.Contains(a.missing, atom.name) {
				a.missing = append(a.missing, atom.name)
			}
		}
		stride *= len(atom.values)
	}
	return a, true, true
}

// isSameAnswer tells whether two statuses ask the same of the reader.
func isSameAnswer(a, b advisory.Status) bool { return a == b || isClear(a) && isClear(b) }

func isClear(s advisory.Status) bool { return s == advisory.Fixed || s == advisory.NotAffected }
