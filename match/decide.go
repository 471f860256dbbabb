package match

import (
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// A vote is what one claim says about the installation.
type vote struct {
	advisory.Outcome
	claim   int32
	segment int // of the timeline, -1 for none
	level   product.Level
	rank    advisory.Rank
	weak    bool // says only that it does not know about this version
}

// A decision is what remains of all votes for one vulnerability.
type decision struct {
	vulnerability int32
	verdict       Verdict
	claim         int32 // that decided, -1 for none
	level         product.Level
	fix           Fix
}

// decide answers for one vulnerability from the hits on it. trace, where given, keeps what
// was seen; it changes nothing.
func (m *Matcher) decide(s *scratch, in *Installation, vulnerability int32, hits []hit, trace *Evidence) decision {
	d := decision{vulnerability: vulnerability, claim: -1, verdict: Verdict{Status: advisory.NoStatement, Reason: advisory.NotNamed}}
	s.votes = s.votes[:0]
	uncertain, dropped := -1, false
	for i, h := range hits {
		if m.sources[m.claims[h.claim].source].dropped != "" {
			dropped = true
			trace.claim(m, s, in, h, nil)
			continue
		}
		v := m.vote(s, in, h)
		trace.claim(m, s, in, h, &v)
		if h.level <= product.Possible {
			if v.Status != advisory.NoStatement && uncertain < 0 {
				uncertain = i
			}
			continue
		}
		s.votes = append(s.votes, v)
	}
	switch {
	case len(s.votes) > 0:
		m.combine(s, &d, trace)
	case uncertain >= 0:
		// A link that does not decide turns silence into "cannot tell" (DESIGN section 5).
		d.claim, d.level = hits[uncertain].claim, product.Possible
		d.verdict = Verdict{Status: advisory.Unknown, Reason: advisory.ProductUncertain,
			Possible: advisory.SetOf(advisory.Affected, advisory.NotAffected, advisory.Fixed, advisory.NoStatement)}
		trace.step("a statement may mean this product, but the link is not sure enough to decide")
	case dropped:
		d.verdict.Reason = advisory.Dropped
	}
	m.correct(s, in, &d, trace)
	if d.claim >= 0 {
		d.fix = m.fix(s, in, &d)
	}
	return d
}

// vote asks one claim (steps 3 and 4).
func (m *Matcher) vote(s *scratch, in *Installation, h hit) vote {
	c := &m.claims[h.claim]
	v := vote{claim: h.claim, level: h.level, rank: m.ask.rank(&m.sources[c.source].doc.Publisher), segment: -1}
	holds := c.said.Where.Eval(in)
	if holds == vers.No {
		v.Outcome = advisory.Outcome{Status: advisory.NoStatement, Reason: advisory.OtherPlatform, Span: -1,
			Rule: "the statement is limited to " + otherScope}
		if c.said.Default == advisory.DefaultNotAffected && !h.open {
			v.Status, v.Reason, v.Rule = advisory.NotAffected, advisory.NoReason, "default status not affected, and the entry leaves this platform out"
		}
		return v
	}
	v.Outcome, v.segment = m.says(s, in, c.timeline)
	// Such an Unknown says only that the statement does not know this version, and leaves
	// the answer to others; so does one about versions when a commit is installed.
	v.weak = v.Status == advisory.Unknown && (v.Reason == advisory.NotListed || v.Reason == advisory.OtherLine || !c.timeline.Speaks() ||
		v.Reason == advisory.BadVersion && advisory.IsCommit(s.read.text))
	if v.If != "" {
		met := in.Holds(v.If)
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
		holds = holds.And(vers.Unknown)
	}
	if holds == vers.Unknown && v.Status != advisory.NoStatement {
		possible := v.Possible.With(advisory.NoStatement)
		if v.Status != advisory.Unknown {
			possible = possible.With(v.Status)
		}
		if c.said.Default == advisory.DefaultNotAffected {
			possible = possible.With(advisory.NotAffected)
		}
		v.Outcome = advisory.Outcome{Status: advisory.Unknown, Reason: advisory.MissingCondition, Possible: possible, Span: v.Span,
			Rule: "the statement holds under a condition whose facts are not known"}
	}
	return v
}

// describes tells whether the words behind a range say what its versions are made for and do
// not limit them: "1.0.0 (for EC-CUBE 4.0 series)" of a plugin (CVE-2024-41141). As with
// platforms, who has such a version is taken to run it there; no affected version is hidden.
func describes(condition string) bool {
	return len(condition) > 4 && strings.EqualFold(condition[:4], "for ") && !strings.Contains(condition, "; ")
}

const otherScope = "other platforms or facts"

// correct applies the caller's own word, which comes before all documents.
func (m *Matcher) correct(s *scratch, in *Installation, d *decision, trace *Evidence) {
	if len(m.ask.corrections) == 0 {
		return
	}
	version, _ := in.version()
	c := m.ask.correction(m.vulnerabilities[d.vulnerability], s.key, version)
	if c == nil {
		return
	}
	d.verdict = Verdict{Status: c.Status}
	trace.step("corrected to " + c.Status.String() + " by " + c.Author + ": " + c.Note + " (source: " + c.Source + ")")
}
