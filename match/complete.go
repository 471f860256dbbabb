package match

import (
	"slices"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// An atom is one thing that is not known and that an answer may hang on. An answer is taken
// over all completions, which give every atom a value (DESIGN section 6, step 4): so
// conditions that complement each other decide by themselves.
type atom struct {
	fact    string // a fact with values, for every leaf that asks for it
	words   bool   // a condition in words, which are text
	text    string
	leaf    *advisory.Condition // another leaf: each is on its own
	of      int32               // the claim of leaf
	source  int32               // its document
	saying  int32               // and statement there
	claim   int32               // a version that is not known, for one claim; -1 for none
	open    int32               // an identifier that leaves something out; -1 for none
	values  []string            // of fact; one more value is none of them
	outcome StatusSet           // of claim
	value   int
}

// size is how many values the atom has.
func (a *atom) size() int {
	switch {
	case a.fact != "":
		return len(a.values) + 1
	case a.claim >= 0:
		return a.outcome.Len()
	default:
		return 2
	}
}

// is tells whether a leaf of a claim hangs on the atom.
func (a *atom) is(c *advisory.Condition, of *claim) bool {
	switch {
	case c.Op == advisory.OpText:
		return a.words && a.text == c.Text
	case c.Op == advisory.OpFact && a.fact != "":
		return a.fact == c.Fact && asksForValues(c)
	default: // statements that were loaded share equal conditions
		return a.leaf == c && a.source == of.source && a.saying == of.saying
	}
}

// asksForValues tells whether a leaf asks for a fact by values and nothing else: those can be gone
// through. What asks for versions or numbers is met or not, on its own.
func asksForValues(c *advisory.Condition) bool {
	return c.Op == advisory.OpFact && len(c.Patterns) == 0 && len(c.Serials) == 0 && len(c.Spans) == 0
}

// truth is what the value of the atom makes of a leaf.
func (a *atom) truth(c *advisory.Condition) vers.Truth {
	if a.fact != "" {
		t := vers.No
		if a.value < len(a.values) {
			for _, want := range c.Values {
				t = t.Or(factMatches(a.fact, a.values[a.value], want))
			}
		}
		if t == vers.Unknown { // a value that says less than another one
			return vers.No
		}
		return t
	}
	return yesWhen(a.value == 0)
}

func yesWhen(b bool) vers.Truth {
	if b {
		return vers.Yes
	}
	return vers.No
}

// maxCompletions bounds how many completions are tried. Beyond, the answer is Unknown.
const maxCompletions = 1 << 12

// atoms collects what is not known and may change the answer, nil when nothing is. Versions
// come first, then the order of the statements. It is not ok when there is too much of it.
func (m *Matcher) atoms(s *scratch, hits []hit) (_ []atom, ok bool) {
	s.atoms = s.atoms[:0]
	for _, h := range hits {
		if out, ok := m.mayDecide(s, h); ok && isOpen(out) {
			s.atoms = append(s.atoms, atom{claim: h.claim, open: -1, outcome: out.Possible})
		}
	}
	versions := len(s.atoms)
	for _, h := range hits {
		out, ok := m.mayDecide(s, h)
		if !ok {
			continue
		}
		for leaf := range m.claim(h.claim).where.Leaves() {
			if s.judge.Judge(leaf) == vers.Unknown {
				s.addLeaf(h.claim, leaf)
			}
		}
		if out.If != "" && s.judge.in.Holds(out.If) == vers.Unknown && !(out.Status == advisory.Affected && describes(out.If)) {
			s.addWords(out.If)
		}
		if h.open {
			s.atoms = append(s.atoms, atom{claim: -1, open: h.claim})
		}
	}
	total := 1
	for i := range s.atoms {
		if total *= s.atoms[i].size(); total > maxCompletions {
			return nil, false
		}
	}
	if len(s.atoms) == versions {
		return nil, true // the timelines have told what is possible
	}
	return s.atoms, true
}

// mayDecide returns what the timeline of a claim says, and false when the claim has no vote.
func (m *Matcher) mayDecide(s *scratch, h hit) (advisory.Outcome, bool) {
	c := m.claim(h.claim)
	if h.level <= product.Possible || m.dropped(c) != "" || m.holds(s, c) == vers.No {
		return advisory.Outcome{}, false
	}
	out, _ := m.saysTo(s, s.judge.in, h)
	return out, true
}

// isOpen tells whether a version that is not known, or not well enough, may change the
// answer.
func isOpen(out advisory.Outcome) bool {
	switch out.Reason {
	case advisory.NoVersion, advisory.Imprecise:
		return out.Status == advisory.Unknown && out.Possible.Len() > 1
	}
	return false
}

// addLeaf adds an atom for a leaf, or the values it asks for to that of its fact.
func (s *scratch) addLeaf(of int32, c *advisory.Condition) {
	if c.Op == advisory.OpText {
		s.addWords(c.Text)
		return
	}
	for i := range s.atoms {
		a := &s.atoms[i]
		if !a.is(c, s.judge.of) {
			continue
		}
		for _, v := range c.Values {
			if a.fact != "" && !slices.Contains(a.values, v) {
				a.values = append(a.values, v)
			}
		}
		return
	}
	a := atom{claim: -1, open: -1}
	if asksForValues(c) {
		a.fact, a.values = c.Fact, slices.Clip(c.Values) // an addition copies
	} else {
		a.leaf, a.of, a.source, a.saying = c, of, s.judge.of.source, s.judge.of.saying
	}
	s.atoms = append(s.atoms, a)
}

func (s *scratch) addWords(text string) {
	for i := range s.atoms {
		if s.atoms[i].words && s.atoms[i].text == text {
			return
		}
	}
	s.atoms = append(s.atoms, atom{claim: -1, open: -1, words: true, text: text})
}

// complete decides over all completions of what is not known. Where they differ the answer
// is Unknown, with the statuses that are possible; trace gets the facts that would decide.
func (m *Matcher) complete(s *scratch, in *Installation, hits []hit, atoms []atom, d *decision, trace *Evidence) {
	total := 1
	for i := range atoms {
		total *= atoms[i].size()
	}
	answers := slices.Grow(s.answers[:0], total)[:total]
	s.answers = answers
	var possible StatusSet
	same, worst := true, decision{}
	for n := range total {
		rest := n
		for i := range atoms {
			atoms[i].value = rest % atoms[i].size()
			rest /= atoms[i].size()
		}
		s.judge.assumed = atoms
		one := decision{vulnerability: d.vulnerability, claim: -1, verdict: d.verdict}
		m.decideOnce(s, in, hits, &one, nil)
		answers[n] = one.verdict
		possible = possible.Union(possibleOf(one.verdict.Status, one.verdict.Possible))
		same = same && sameAnswer(one.verdict, answers[0])
		if n == 0 || severity(one.verdict) > severity(worst.verdict) {
			worst = one
		}
	}
	s.judge.assumed = nil
	*d = worst
	if same && worst.verdict.Status != advisory.Unknown {
		if trace != nil {
			trace.step("facts that are not known do not change the answer")
			trace.Settled = worst.rule
		}
		return
	}
	if d.verdict.Possible = possible; !same {
		d.verdict = Verdict{Status: advisory.Unknown, Reason: advisory.MissingCondition, Possible: possible}
	}
	if trace != nil {
		trace.step("the answer hangs on facts that are not known")
		m.noteMissing(s, atoms, answers, trace)
	}
}

// tooMany is the answer where there are too many completions: whatever a statement says.
func (m *Matcher) tooMany(s *scratch, in *Installation, hits []hit, d *decision, trace *Evidence) {
	var possible StatusSet
	for _, h := range hits {
		if _, ok := m.mayDecide(s, h); ok {
			v := m.vote(s, in, h)
			possible = possible.Union(possibleOf(v.Status, v.Possible))
		}
	}
	d.verdict = Verdict{Status: advisory.Unknown, Reason: advisory.MissingCondition, Possible: possible}
	if trace == nil {
		return
	}
	trace.step("the answer hangs on more facts than are tried together")
	for i := range s.atoms {
		trace.missing(m.atomNames(s, &s.atoms[i])...)
	}
}

// sameAnswer tells whether two verdicts ask the same of the reader: Fixed and NotAffected do.
func sameAnswer(a, b Verdict) bool { return a.Status == b.Status || a.Clear() && b.Clear() }

// noteMissing notes the atoms whose value can change the answer.
func (m *Matcher) noteMissing(s *scratch, atoms []atom, answers []Verdict, trace *Evidence) {
	stride := 1
	for i := range atoms {
		size := atoms[i].size()
		for n := range answers {
			if value := n / stride % size; value > 0 && !sameAnswer(answers[n], answers[n-value*stride]) {
				trace.missing(m.atomNames(s, &atoms[i])...)
				break
			}
		}
		stride *= size
	}
}

// atomNames returns what people call an atom.
func (m *Matcher) atomNames(s *scratch, a *atom) []string {
	switch {
	case a.claim >= 0:
		return []string{"version"}
	case a.open >= 0:
		return m.leftOut(nil, a.open, s.judge.in)
	case a.fact != "":
		return []string{a.fact}
	case a.words:
		return []string{a.text}
	default:
		s.judge.of = m.claim(a.of)
		return s.judge.missing(nil, a.leaf)
	}
}
