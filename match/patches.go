package match

import (
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// patchState is what the patches of the host are, read once for an installation and only
// when a statement asks.
type patchState struct {
	read       bool
	installed  []bool // by patch of the graph
	any        bool   // something is installed
	unrecorded bool   // something that nobody recorded
	walk       walk
	circle     walk
	name       []byte
	key, plain []byte
	joined     []byte // a version with a patch
	low, high  []byte
	best       []byte

	levels    []level        // of the installed patches, see levelsOf
	levelsFor *product.Entry // whose they are, nil before that

	answers []patchAnswer // by patch, for the product of key
	round   uint32        // of the answers that hold

	// For the evidence of the last vote.
	explain bool    // the ways are wanted
	steps   int     // how many patches the way holds
	path    []int32 // from the patch that is named to the installed one
	first   []int32 // that of the first patch of an alternative
	shown   []int32 // that of the patch that was looked at last
	level   string  // the version with its patches
}

// A patchAnswer tells whether a patch is installed or replaced. It is kept, because many
// vulnerabilities are fixed by one patch.
type patchAnswer struct {
	round  uint32
	met    vers.Truth
	reason advisory.Reason
	steps  int // how many patches the way to the installed one holds
}

// readPatches reads the list of the host.
func (m *Matcher) readPatches(p *patchState, in *Installation) {
	if p.read {
		return
	}
	p.read, p.any, p.unrecorded = true, false, false
	p.installed = slices.Grow(p.installed[:0], len(m.graph().patches))[:len(m.graph().patches)]
	clear(p.installed)
	if in.Host == nil {
		return
	}
	for _, name := range in.Host.Patches {
		p.name = appendPatch(p.name[:0], name)
		if len(p.name) == 0 {
			continue
		}
		p.any = true
		n, known := m.graph().names[string(p.name)]
		if known {
			p.installed[n] = true
		}
		p.unrecorded = p.unrecorded || !known || !m.graph().patches[n].recorded
	}
}

// list returns how far the patch list of the host goes.
func (in *Installation) patchList() PatchList {
	if in.Host == nil {
		return NoPatches
	}
	return in.Host.PatchList
}

// patched lets the installed patches speak about a vote of the versions (DESIGN section 6,
// step 3). It is the one place where they do.
func (m *Matcher) patched(s *scratch, in *Installation, c *claim, v *vote) {
	s.patches.path, s.patches.steps, s.patches.level = s.patches.path[:0], 0, ""
	if e := c.timeline.Entry; e != nil && e.Base != 0 {
		m.withLevel(s, in, c, v)
	}
	if len(c.fixedBy) == 0 || s.read.asked != askedInstalled {
		return
	}
	// The version is evidence where the stretch that holds it ends.
	byVersion := v.segment >= 0 && c.timeline.Segments[v.segment].HighText != ""
	switch v.Status {
	case advisory.Affected:
		m.patchedBelow(s, in, c, v, byVersion)
	case advisory.Unknown:
		m.patchedUnknown(s, in, c, v)
	}
}

const (
	rulePatch     = "a patch that fixes it is installed"
	ruleReplaced  = "a patch that replaces the fixing one is installed"
	ruleNoPatch   = "no patch that fixes it is installed"
	rulePatchList = "a patch decides, and the list of patches does not tell"
)

// patchedBelow is for a version that the statement calls affected.
func (m *Matcher) patchedBelow(s *scratch, in *Installation, c *claim, v *vote, byVersion bool) {
	met, reason := m.fixedBy(s, in, c, v.Span)
	switch {
	case met == vers.Yes && byVersion && c.timeline.Entry.CountsIn() != product.CountsReleases:
		v.Outcome = advisory.Outcome{Status: advisory.Unknown, Reason: advisory.HostConflict, Span: v.Span, If: v.If,
			Possible: advisory.SetOf(advisory.Affected, advisory.Fixed),
			Rule:     "a patch that fixes it is listed, but the version is below its bound: a restart is pending, or one of the two is old"}
	case met == vers.Yes:
		m.fixedByPatch(s, v)
	case byVersion:
	case met == vers.No:
		v.Rule = ruleNoPatch
	default:
		v.Outcome = advisory.Outcome{Status: advisory.Unknown, Reason: reason, Span: v.Span, If: v.If,
			Possible: advisory.SetOf(advisory.Affected, advisory.Fixed), Rule: rulePatchList}
	}
}

// patchedUnknown is for a version that does not tell.
func (m *Matcher) patchedUnknown(s *scratch, in *Installation, c *claim, v *vote) {
	switch v.Reason {
	case advisory.BadRange, advisory.Conflict:
		return // the statement itself is in doubt
	}
	met, reason := m.fixedBy(s, in, c, v.Span)
	if met == vers.Yes {
		m.fixedByPatch(s, v)
		return
	}
	switch v.Reason {
	case advisory.NoVersion, advisory.Imprecise:
		if !v.Possible.Has(advisory.Affected) {
			return
		}
		switch {
		case met == vers.No:
			v.Outcome = advisory.Outcome{Status: advisory.Affected, Span: v.Span, If: v.If, Rule: ruleNoPatch}
		case reason == advisory.AmbiguousBranch: // the version would tell which patches count
		case v.Reason == advisory.NoVersion || reason != advisory.NoPatchList:
			v.Reason, v.Rule = reason, rulePatchList
		}
	}
}

func (m *Matcher) fixedByPatch(s *scratch, v *vote) {
	v.Outcome = advisory.Outcome{Status: advisory.Fixed, Span: v.Span, If: v.If, Rule: rulePatch}
	if s.patches.steps > 1 {
		v.Rule = ruleReplaced
	}
}

// A remedy is the patches that fix what spans from one on say: alternatives, each of them
// all that is needed. Only statements that were joined have several remedies.
type remedy struct {
	span         int
	alternatives [][]int32
	text         string
}

// enterRemedies enters the patches that statements name.
func (b *built) enterRemedies(said *saying) {
	if len(said.FixedBy) == 0 && said.parts == nil {
		return
	}
	for _, p := range said.statements() {
		for _, all := range p.FixedBy {
			for _, name := range all {
				b.patchNamed(name)
			}
		}
	}
}

// remediesOf returns the patches that statements name, which were entered.
func (b *built) remediesOf(said *saying) []remedy {
	var list []remedy
	some := false
	for _, p := range said.statements() {
		r := remedy{span: p.span}
		for i, all := range p.FixedBy {
			var needed []int32
			for _, name := range all {
				needed = append(needed, b.patches.names[string(appendPatch(nil, name))])
			}
			r.alternatives = append(r.alternatives, needed)
			if i > 0 {
				r.text += " or "
			}
			r.text += strings.Join(all, " and ")
			some = true
		}
		list = append(list, r)
	}
	if !some {
		return nil
	}
	return list
}

// remedyAt returns the patches where a span speaks, nil when no one remedy does.
func (c *claim) remedyAt(span int) *remedy {
	if len(c.fixedBy) == 1 {
		return &c.fixedBy[0]
	}
	var r *remedy
	for i := range c.fixedBy {
		if c.fixedBy[i].span <= span {
			r = &c.fixedBy[i]
		}
	}
	return r
}

// fixedBy tells whether the patches of a statement are installed, or replaced by installed
// ones. The reason says why it is not known. Where it is not clear which of several joined
// statements counts, all have to agree.
func (m *Matcher) fixedBy(s *scratch, in *Installation, c *claim, span int) (met vers.Truth, reason advisory.Reason) {
	p := &s.patches
	m.readPatches(p, in)
	p.plain = product.AppendKey(p.plain[:0], in.Vendor, in.Product)
	if string(p.key) != c.key {
		p.forget()
	}
	p.key = append(p.key[:0], c.key...)
	p.walk.key, p.walk.plain = p.key, p.plain
	if r := c.remedyAt(span); r != nil {
		return m.remedied(p, in, r)
	}
	for i := range c.fixedBy {
		t, why := m.remedied(p, in, &c.fixedBy[i])
		if i == 0 {
			met, reason = t, why
		} else if t != met {
			p.path, p.steps = p.path[:0], 0 // of neither
			return vers.Unknown, advisory.AmbiguousBranch
		}
	}
	return met, reason
}

// remedied tells whether one of the alternatives is met. Of several that are the one with
// the shortest way is shown.
func (m *Matcher) remedied(p *patchState, in *Installation, r *remedy) (met vers.Truth, reason advisory.Reason) {
	met = vers.No
	p.path, p.steps = p.path[:0], 0
	for _, all := range r.alternatives {
		if len(all) == 0 {
			continue
		}
		t, why, steps := vers.Yes, advisory.NoReason, 0
		for i, n := range all {
			one := m.patchMet(p, in, n)
			if i == 0 {
				steps = one.steps
				p.first = append(p.first[:0], p.shown...)
			}
			if one.met == vers.Unknown && why == advisory.NoReason {
				why = one.reason
			}
			t = t.And(one.met)
		}
		if t == vers.Yes && (met != vers.Yes || steps < p.steps) {
			p.steps, p.path = steps, append(p.path[:0], p.first...)
		}
		if t == vers.Unknown && reason == advisory.NoReason {
			reason = why
		}
		met = met.Or(t)
	}
	return met, reason
}

// forget drops the answers.
func (p *patchState) forget() {
	p.levels, p.levelsFor = p.levels[:0], nil
	if p.round++; p.round == 0 { // the counter has wrapped
		clear(p.answers)
		p.round = 1
	}
}

// patchMet tells whether a patch is installed or replaced by an installed one; p.shown is
// then the way, when it is wanted.
func (m *Matcher) patchMet(p *patchState, in *Installation, n int32) patchAnswer {
	if len(p.answers) < len(m.graph().patches) {
		p.answers = make([]patchAnswer, len(m.graph().patches))
	}
	known := &p.answers[n]
	if known.round != p.round || p.explain {
		p.shown = p.shown[:0]
		*known = m.seekPatch(p, in, n)
		known.round, known.steps = p.round, len(p.shown)
	}
	return *known
}

// seekPatch looks for a patch and those that replace it. The order of the reasons is that of
// what hides the most.
func (m *Matcher) seekPatch(p *patchState, in *Installation, n int32) patchAnswer {
	g := m.graph()
	no := func(reason advisory.Reason) patchAnswer { return patchAnswer{met: vers.Unknown, reason: reason} }
	if p.installed[n] && g.patches[n].scope.holds(p.key, p.plain) == vers.Yes {
		p.shown = append(p.shown, n)
		return patchAnswer{met: vers.Yes}
	}
	found, hole := p.walk.find(g, n, sureEdges, p.installed, -1, &p.circle)
	if found >= 0 {
		p.shown = p.walk.path(p.shown, found)
		return patchAnswer{met: vers.Yes}
	}
	switch in.patchList() {
	case NoPatches:
		return no(advisory.NoPatchList)
	case SomePatches:
		return no(advisory.PartialPatchList)
	}
	if found, _ = p.walk.find(g, n, circleEdges, p.installed, -1, nil); found >= 0 {
		return no(advisory.GraphCycle)
	}
	if hole && p.any || p.unrecorded && !g.complete {
		return no(advisory.GraphHole)
	}
	if found, _ = p.walk.find(g, n, anyEdges, p.installed, -1, nil); found >= 0 {
		return no(advisory.GraphHole) // an edge that is perhaps about the product
	}
	if p.installed[n] { // the record says that the patch is for other products
		return no(advisory.Conflict)
	}
	return patchAnswer{met: vers.No}
}

// patchLines says for the evidence which patch decided and how it was reached.
func (m *Matcher) patchLines(s *scratch, in *Installation) (path, lines []string) {
	p := &s.patches
	if p.level != "" {
		lines = append(lines, "with its patches the version is "+p.level+" (list of patches: "+in.patchList().String()+")")
	}
	for i, n := range p.path {
		patch := &m.graph().patches[n]
		path = append(path, patch.name)
		if i == len(p.path)-1 {
			lines = append(lines, patch.name+" is installed")
			break
		}
		for j := range patch.successors {
			e := &patch.successors[j]
			if e.patch == p.path[i+1] {
				doc := m.doc(e.source)
				where := at(doc, edgePos(doc, e))
				lines = append(lines, patch.name+" is replaced by "+m.graph().patches[e.patch].name+" ("+doc.ID+", "+where+")")
				break
			}
		}
	}
	return path, lines
}

// edgePos is where a document states an edge.
func edgePos(doc *advisory.Advisory, e *successor) advisory.Pos {
	if int(e.record) >= len(doc.Patches) || int(e.at) >= len(doc.Patches[e.record].SupersededBy) {
		return doc.Pos // of a damaged file
	}
	return doc.Patches[e.record].SupersededBy[e.at].Pos
}
