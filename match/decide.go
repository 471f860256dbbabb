package match

import (
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// A vote is what one claim says about the installation.
type vote struct {
	advisory.Outcome
	claim   int32
	whole   int16 // of the hit
	segment int   // of the timeline, -1 for none
	level   product.Level
	rank    advisory.Rank
	scope   scopeOf
	weak    bool // says only that it does not know about this version
	derived bool // by a default or an inference, not by a range that has the status
	kept    bool // by the present step of combine
}

// A decision is what remains of all votes for one vulnerability.
type decision struct {
	vulnerability int32
	verdict       Verdict
	claim         int32 // that decided, -1 for none
	whole         int16 // of its hit
	level         product.Level
	rule          string // that left one status
	fix           Fix
}

// by is the hit that decided.
func (d *decision) by() hit { return hit{claim: d.claim, whole: d.whole} }

// decide answers for one vulnerability from the hits on it, with the fix.
func (m *Matcher) decide(s *scratch, in *Installation, vulnerability int32, hits []hit) decision {
	d := m.answer(s, in, vulnerability, hits, nil)
	if d.claim >= 0 {
		d.fix = m.fix(s, in, hits, &d)
	}
	return d
}

// answer is decide without the fix. trace, where given, keeps what was seen; it changes nothing.
func (m *Matcher) answer(s *scratch, in *Installation, vulnerability int32, hits []hit, trace *Evidence) decision {
	d := decision{vulnerability: vulnerability, claim: -1, verdict: Verdict{Status: advisory.NoStatement, Reason: advisory.NotNamed}}
	m.decideOnce(s, in, hits, &d, trace)
	if s.hanging {
		switch atoms, ok := m.atoms(s, hits); {
		case !ok:
			m.tooMany(s, in, hits, &d, trace)
		case len(atoms) > 0:
			m.complete(s, in, hits, atoms, &d, trace)
		}
	}
	m.correct(s, in, &d, trace)
	return d
}

// decideOnce takes the votes of all hits and combines them, under what is known and what
// is assumed.
func (m *Matcher) decideOnce(s *scratch, in *Installation, hits []hit, d *decision, trace *Evidence) {
	s.votes, s.hanging, s.wide = s.votes[:0], false, false
	s.droppedSaid = 0
	if trace != nil {
		trace.Claims = slices.Grow(trace.Claims, len(hits))
	}
	uncertain, release, lost := -1, -1, -1
	for i, h := range hits {
		v := m.vote(s, in, h)
		if m.claim(h.claim).lost {
			lost = i
		}
		if m.dropped(m.claim(h.claim)) != "" {
			if v.Status != advisory.NoStatement {
				s.droppedSaid = s.droppedSaid.With(v.Status)
			}
			trace.claim(m, s, in, h, nil)
			continue
		}
		trace.claim(m, s, in, h, &v)
		if h.level <= product.Possible {
			if v.Status != advisory.NoStatement && uncertain < 0 {
				uncertain = i
			}
			if h.part && !v.weak && possibleOf(v.Status, v.Possible).Has(advisory.Affected) && (release < 0 || v.rank > s.release.rank) {
				release, s.release = i, v
			}
			continue
		}
		s.votes = append(s.votes, v)
	}
	// How narrow a statement is may hang on a fact that its condition does not hang on.
	s.hanging = s.hanging || s.wide && len(s.votes) > 1 && (!agree(s.votes) || s.votes[0].Status == advisory.Unknown)
	switch {
	case len(s.votes) > 0:
		m.combine(s, d, trace)
		if release >= 0 && d.verdict.Clear() && s.release.rank >= m.ask.rank(m.claim(d.claim)) {
			d.claim, d.whole, d.level = hits[release].claim, hits[release].whole, product.Possible
			d.verdict = Verdict{Status: advisory.Unknown, Reason: advisory.ProductUncertain,
				Possible: possibleOf(s.release.Status, s.release.Possible).With(d.verdict.Status)}
			trace.step("a release of the product is or may be affected, and the inventory does not say which is installed")
		}
	case uncertain >= 0:
		// A link that does not decide turns silence into "cannot tell" (DESIGN section 5).
		d.claim, d.whole, d.level = hits[uncertain].claim, hits[uncertain].whole, product.Possible
		d.verdict = Verdict{Status: advisory.Unknown, Reason: advisory.ProductUncertain,
			Possible: advisory.SetOf(advisory.Affected, advisory.NotAffected, advisory.Fixed, advisory.NoStatement)}
		trace.step("a statement may mean this product, but the link is not sure enough to decide")
	}
	if lost >= 0 && !d.verdict.MayBeAffected() {
		d.claim, d.whole, d.level = hits[lost].claim, hits[lost].whole, hits[lost].level
		d.verdict = Verdict{Status: advisory.Unknown, Reason: advisory.BadRange,
			Possible: advisory.SetOf(advisory.Affected, advisory.NotAffected, advisory.Fixed, advisory.NoStatement)}
		trace.step("the compiled form is damaged, and what it does not tell may be about this product")
	}
	if d.verdict.Status == advisory.NoStatement && s.droppedSaid != 0 {
		d.verdict.Reason = advisory.Dropped
	}
}

// vote asks one claim (steps 3 and 4).
func (m *Matcher) vote(s *scratch, in *Installation, h hit) vote {
	v := m.stated(s, in, h)
	m.claim(h.claim).doubted(&v)
	return v
}

// stated is the vote of a claim as far as it could be read.
func (m *Matcher) stated(s *scratch, in *Installation, h hit) vote {
	c := m.claim(h.claim)
	v := vote{claim: h.claim, whole: h.whole, level: h.level, rank: m.ask.rank(c), segment: -1}
	holds := m.holds(s, c)
	if holds == vers.No {
		v.derived = true
		v.Outcome = advisory.Outcome{Status: advisory.NoStatement, Reason: advisory.OtherPlatform, Span: -1,
			Rule: "the statement is limited to other platforms, products or facts"}
		if c.byDefault == advisory.DefaultComplete && !h.open {
			v.Status, v.Reason, v.Rule = advisory.NotAffected, advisory.NoReason, "the document lists all that is affected, and not this host"
		}
		if c.byDefault == advisory.DefaultNotAffected && !h.open && !isOthers(c.where) {
			v.Status, v.Reason, v.Rule = advisory.NotAffected, advisory.NoReason, "default status not affected, and the entry leaves this platform out"
		}
		return v
	}
	v.Outcome, v.segment = m.saysTo(s, in, h)
	if h.whole == 0 {
		m.patched(s, in, c, &v)
	}
	assumed := false
	if v.Status == advisory.Unknown && isOpen(v.Outcome) {
		if status, ok := s.judge.version(h.claim); ok {
			assumed = true
			v.Outcome, v.segment = advisory.Outcome{Status: status, Span: v.Span, Rule: "one of the versions that it may be"}, -1
		}
	}
	v.derived = c.isDerived(&v.Outcome)
	switch clear := v.Status == advisory.NotAffected || v.Status == advisory.Fixed; {
	case assumed:
		v.derived = !c.states(v.Status)
	case clear && !c.all && s.read.kind != readExact && !otherBuild(s, c): // a range says it, or the default: which, is not known
		v.derived = true
	}
	v.scope = m.scopeOf(s, c, holds)
	// Such an Unknown says only that the statement does not know this version, and leaves
	// the answer to others; so does one about versions when a commit is installed.
	v.weak = v.Status == advisory.Unknown && (v.Reason == advisory.NotListed || v.Reason == advisory.OtherLine || !c.timeline.Speaks() ||
		v.Reason == advisory.BadVersion && advisory.IsCommit(s.read.text))
	if v.If != "" {
		met := s.judge.words(v.If)
		if met == vers.Unknown && v.Status == advisory.Affected && describes(v.If) {
			met = vers.Yes
		}
		holds = holds.And(met)
		if holds == vers.No {
			v.Outcome = advisory.Outcome{Status: advisory.NoStatement, Reason: advisory.VersionNotNamed, Span: v.Span,
				Rule: "the words of the range limit it, and the caller says that they are not met: " + v.If}
			return v
		}
	}
	if h.open {
		holds = holds.And(s.judge.identified(h.claim))
		if holds == vers.No {
			v.Outcome = advisory.Outcome{Status: advisory.NoStatement, Reason: advisory.NotNamed, Span: -1, Rule: "another product"}
			return v
		}
	}
	if holds == vers.Unknown && v.Status != advisory.NoStatement {
		s.hanging = true
		possible := possibleOf(v.Status, v.Possible).With(advisory.NoStatement)
		if c.byDefault == advisory.DefaultNotAffected {
			possible = possible.With(advisory.NotAffected)
		}
		v.Outcome = advisory.Outcome{Status: advisory.Unknown, Reason: advisory.MissingCondition, Possible: possible, Span: v.Span,
			Rule: "the statement holds under a condition whose facts are not known"}
		return v
	}
	if otherBuild(s, c) && (v.Status != advisory.NoStatement || v.weak) {
		v.Outcome = advisory.Outcome{Status: advisory.Unknown, Reason: advisory.DistributorBuild, Span: v.Span,
			Possible: advisory.SetOf(advisory.Affected, advisory.Fixed),
			Rule:     "a distributor built the installed version, and the statement is about versions of the maker"}
		v.weak = false
	}
	return v
}

// isOthers tells whether a condition makes another product of what is named: the build of a
// distributor, or a part of another product. What is said about such a product by default is
// not said about the same product elsewhere (DESIGN section 4, lines).
func isOthers(where *advisory.Condition) bool {
	for leaf := range where.Leaves() {
		if leaf.Op == advisory.OpFact && leaf.Fact == advisory.FactBuild || leaf.Op == advisory.OpProduct && leaf.Relation == advisory.PartOf {
			return true
		}
	}
	return false
}

// isDerived tells whether no range of the statement has the status: a default has it, or it
// follows from a range with another one.
func (c *claim) isDerived(out *advisory.Outcome) bool {
	switch {
	case out.Status == advisory.Unknown:
		return c.byDefault == advisory.DefaultUnknown && out.Reason == advisory.NoData && out.Span < 0 && out.Possible == 0
	case out.Status == advisory.Affected && out.Span >= 0:
		return false
	}
	return out.Span < 0 || out.Span >= len(c.spans) || out.Inferred || !c.spans[out.Span].Has(out.Status)
}

// states tells whether a range of the statement has a status.
func (c *claim) states(status Status) bool {
	return slices.ContainsFunc(c.spans, func(said StatusSet) bool { return said.Has(status) })
}

// otherBuild tells whether the installed product was built by a distributor and the
// statement is not about builds, but about versions (DESIGN section 4).
func otherBuild(s *scratch, c *claim) bool {
	if !s.built || c.all {
		return false
	}
	for leaf := range c.where.Leaves() {
		if leaf.Op == advisory.OpFact && leaf.Fact == advisory.FactBuild {
			return false
		}
	}
	return true
}

// describes tells whether the words behind a range say what its versions are made for, or what
// they were called, and do not limit them: "1.0.0 (for EC-CUBE 4.0 series)" of a plugin
// (CVE-2024-41141), "< 15.1 HF001 (including former Unity Pro)" (ICSA-21-259-02). As with
// platforms, who has such a version is taken to run it there; no affected version is hidden.
func describes(condition string) bool {
	for _, begin := range [...]string{"for ", "including former ", "formerly "} {
		if len(condition) > len(begin) && strings.EqualFold(condition[:len(begin)], begin) {
			return !strings.Contains(condition, "; ")
		}
	}
	return false
}

// correct applies the caller's own word, which comes before all documents.
func (m *Matcher) correct(s *scratch, in *Installation, d *decision, trace *Evidence) {
	if len(m.ask.corrections) == 0 {
		return
	}
	version, _ := s.read.textOf(in)
	c := m.ask.correction(m.id(d.vulnerability), s.key, version)
	if c == nil {
		return
	}
	d.verdict = Verdict{Status: c.Status}
	trace.step("corrected to " + c.Status.String() + " by " + c.Author + ": " + c.Note + " (source: " + c.Source + ")")
}
