package vers

import (
	"slices"
	"strings"
)

// simplify sorts the constraints and drops those that repeat or say less than another
// one, as the specification has it: of two lower bounds the second, of two upper bounds
// the first, and an equality inside of what the bounds hold.
func (p *versReader) simplify() error {
	slices.SortStableFunc(p.list, func(a, b keyed) int { return p.order(&a, &b) })
	list := p.list[:0]
	for _, c := range p.list {
		if n := len(list); n > 0 && list[n-1].key == c.key {
			if list[n-1].Comparator != c.Comparator {
				return p.error(c.offset, "version that stands twice with two comparators")
			}
			continue
		}
		list = append(list, c)
	}
	keep := make([]bool, len(list))
	up := false // inside of a lower bound
	for i := range list {
		switch c := &list[i]; {
		case c.Comparator == NotEqual:
			keep[i] = true
		case c.Comparator == Equal:
			keep[i] = !up
		default:
			keep[i] = !(up && c.up())
			up = c.up()
		}
	}
	down := false // inside of an upper bound, from above
	for i := len(list) - 1; i >= 0; i-- {
		switch c := &list[i]; {
		case c.Comparator == NotEqual:
		case c.Comparator == Equal:
			keep[i] = keep[i] && !down
		default:
			keep[i] = keep[i] && !(down && !c.up())
			down = !c.up()
		}
	}
	p.list = list[:0]
	for i, c := range list {
		if keep[i] {
			p.list = append(p.list, c)
		}
	}
	return nil
}

// build makes the range of constraints that obey the rules.
func (p *versReader) build() (Range, error) {
	r := Range{set: p.set, scheme: p.scheme}
	equal, bound := false, false
	constraints := make([]Constraint, 0, len(p.list))
	for _, c := range p.list {
		constraints = append(constraints, c.Constraint)
		equal = equal || c.Comparator == Equal
		bound = bound || c.Comparator != Equal && c.Comparator != NotEqual
	}
	in := No
	switch {
	case !bound && equal:
		r.rest = No
	case !bound:
		in, r.rest = Yes, Yes
	}
	if slices.IsSortedFunc(p.list, func(a, b keyed) int { return strings.Compare(a.key, b.key) }) {
		r.lines = []line{{part: p.list[0].key[:p.list[0].line], steps: p.steps(in)}}
		r.settle()
	} else {
		var err error
		if r, err = p.pairs(r); err != nil {
			return Range{}, err
		}
	}
	r.text, r.constraints, r.computed = p.text, constraints, nil
	plain := plainIn(r.scheme)
	r.plainBounds = !slices.ContainsFunc(constraints, func(c Constraint) bool { return !plain(c.Version) })
	return r, nil
}

// steps walks the constraints in the order of their keys; in is the answer below all of
// them unless the first bound is an upper one.
func (p *versReader) steps(in Truth) []step {
	for _, c := range p.list {
		if c.Comparator != Equal && c.Comparator != NotEqual {
			if !c.up() {
				in = Yes
			}
			break
		}
	}
	steps := append(make([]step, 0, 2*len(p.list)+1), step{in: in})
	for _, c := range p.list {
		at := step{at: c.key[c.line:], text: c.Version}
		behind := step{at: c.next[c.line:], text: c.Version, after: true}
		switch c.Comparator {
		case Equal:
			at.in = Yes
		case NotEqual:
			at.in = No
		case Less:
			at.in, in = No, No
		case LessOrEqual:
			at.in, in = Yes, No
		case Greater:
			at.in, in = No, Yes
		case GreaterOrEqual:
			at.in, in = Yes, Yes
		}
		behind.in = in
		steps = append(steps, at, behind)
	}
	return normalize(steps)
}

// pairs makes the range where the keys do not follow the order of the tool: bound by
// bound in pairs, as the specification tells membership.
func (p *versReader) pairs(r Range) (Range, error) {
	var list, holes []Range
	var low *Range // the last lower bound, waiting for its upper one
	for _, c := range p.list {
		one, err := p.set.newRange(p.scheme, c.Constraint)
		if err != nil {
			return Range{}, err
		}
		switch {
		case c.Comparator == NotEqual:
			holes = append(holes, one)
			continue
		case c.up():
			low = &one
			continue
		case c.Comparator != Equal && low != nil:
			if one, err = low.Intersect(one); err != nil {
				return Range{}, err
			}
			low = nil
		}
		list = append(list, one)
	}
	if low != nil {
		list = append(list, *low)
	}
	r.rest = No
	if len(list) == 0 {
		r.rest = Yes
	}
	var err error
	for _, one := range list {
		if r, err = r.Union(one); err != nil {
			return Range{}, err
		}
	}
	for _, hole := range holes {
		if r, err = r.Intersect(hole); err != nil {
			return Range{}, err
		}
	}
	return r, nil
}
