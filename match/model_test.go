package match_test

import (
	"fmt"
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
	case c.kind == "model": // one that is not known is taken for one that matches
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
	asks     bool // Unknown, because of the missing version only
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
		v.hangs, v.weak, v.asks = true, false, false
		return unknown(v, advisory.Affected)
	}
	_, built := in.facts["build"]
	if built && !s.isAll() && !s.ofBuild() && (v.status != advisory.NoStatement || v.weak) {
		v.builds, v.weak, v.unread, v.asks = true, false, false, false
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
		v.unread, v.asks = true, in.version == 0 && !s.unread
		return unknown(v, s.status, s.byDefault(d, in.version).status)
	case in.version == 0:
		inside = true
		// Whether a range says it or the default is not known: it gives way as the default does.
		_, built := in.facts["build"]
		clear := s.status == advisory.NotAffected || s.status == advisory.Fixed
		v.fallback = clear && !s.isAll() && (!built || s.ofBuild())
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
		// What is unknown or under investigation there removes no Affected, and what is unknown
		// elsewhere counts, unless only the version is missing and it is about all versions.
		decided := slices.ContainsFunc(votes, func(v modelVote) bool { return narrowest(v) && v.status > advisory.UnderInvestigation })
		whatever := slices.ContainsFunc(votes, func(v modelVote) bool {
			return narrowest(v) && v.status > advisory.UnderInvestigation && v.form == 0 && !v.fallback
		})
		votes = keepVotes(votes, func(v modelVote) bool {
			return v.status == advisory.Unknown && !(whatever && v.asks) || narrowest(v) || !decided && v.status == advisory.Affected
		})
	}
	all := statuses(votes)
	pick := func(wanted func(v modelVote) bool) modelVote {
		votes := slices.DeleteFunc(slices.Clone(votes), func(v modelVote) bool { return !wanted(v) })
		out := votes[0]
		out.n, out.chars = widest(votes)
		form := 0
		for _, v := range votes {
			if v.n == out.n && v.chars == out.chars {
				form = max(form, v.form)
			}
			out.possible |= v.possible
		}
		out.form = form
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
