package match_test

import (
	"slices"

	"github.com/affected-go/affected/advisory"
)

// A modelAtom is one thing that is not known, with what it may be.
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
	case slices.ContainsFunc(q.in.lists[c.relation].members, func(m modelMember) bool { return m.name == c.name && m.version == 0 }):
		return "component-version:" + c.name
	case c.relation == advisory.InstalledOn:
		return "installed_on"
	case c.relation == advisory.PartOf:
		return "component_of"
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
