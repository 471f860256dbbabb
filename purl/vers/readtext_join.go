package vers

import "slices"

// join makes one range of a list of terms. main tells that it is not an exception.
func (t *textReader) join(terms []term, main bool) (Range, error) {
	terms, err := t.conditions(terms)
	if err != nil {
		return Range{}, err
	}
	inside := make([]term, 0, len(terms))
	var outside []Range
	for _, m := range terms {
		if !m.except {
			inside = append(inside, m)
			continue
		}
		r, err := t.build(m)
		if err != nil {
			return Range{}, err
		}
		outside = append(outside, r)
	}
	if len(inside) == 0 { // only "!= a"
		inside = append(inside, term{at: terms[0].at, closed: true})
	}
	if terms, err = t.pair(inside); err != nil {
		return Range{}, err
	}
	ranges := make([]Range, 0, len(terms))
	for _, m := range terms {
		r, err := t.build(m)
		switch {
		case err != nil:
			return Range{}, err
		case !r.has(Yes) && !r.has(Unknown), !r.has(Yes) && (m.low.isSet() && m.high.isSet() || m.scope.text != ""):
			return Range{}, t.fail(m.at, "no version lies between the bounds")
		case m.isAll() && len(terms) > 1:
			return Range{}, t.fail(m.at, "all versions, and others")
		}
		ranges = append(ranges, r)
	}
	if main {
		t.branches(terms)
	}
	r, err := t.lists(terms, ranges)
	if err != nil || len(outside) == 0 {
		return r, err
	}
	o, err := t.unite(outside)
	if err != nil {
		return Range{}, err
	}
	return r.Difference(o)
}

// conditions takes the terms out that are conditions. With nothing else they hold for all
// versions.
func (t *textReader) conditions(terms []term) ([]term, error) {
	if !t.serial {
		return terms, nil
	}
	rest := make([]term, 0, len(terms))
	for _, m := range terms {
		if m.condition == "" {
			rest = append(rest, m)
			continue
		}
		t.addCondition(m.condition)
	}
	for _, m := range terms[1:] {
		if len(rest) > 0 && len(rest) < len(terms) && m.separator != ',' && m.separator != '&' {
			return nil, t.fail(m.at, "serial numbers or versions")
		}
	}
	if len(rest) == 0 {
		rest = append(rest, term{at: terms[0].at, closed: true})
	}
	return rest, nil
}

// pair joins a lower bound with the upper bound beside it.
func (t *textReader) pair(terms []term) ([]term, error) {
	out := make([]term, 0, len(terms))
	for i := 0; i < len(terms); i++ {
		m := terms[i]
		if i+1 < len(terms) && m.pairs(terms[i+1]) {
			last := i+2 == len(terms) || !terms[i+2].open() || terms[i+2].low.isSet()
			both, joins, err := t.both(m, terms[i+1], last)
			if err != nil {
				return nil, err
			}
			if joins {
				m = both
				i++
			}
		}
		out = append(out, m)
	}
	return out, nil
}

// pairs tells whether two terms are the two ends of an interval, by their kind.
func (m term) pairs(next term) bool {
	return m.open() && next.open() && !m.joined && !next.joined && m.low.isSet() != next.low.isSet() &&
		m.scope.text == "" && next.scope.text == ""
}

// both returns the interval between two bounds, and whether it is one. last tells that no
// other upper bound follows, to which a lower one could belong.
func (t *textReader) both(m, next term, last bool) (term, bool, error) {
	ordered := m.low.isSet()
	front := m.bound().front && next.bound().front
	either := next.separator == 'o'
	if ordered {
		m.high = next.high
	} else {
		m.low = next.low
	}
	m.joined = true
	r, err := t.build(m)
	if err != nil {
		return m, false, err
	}
	switch found := r.has(Yes); {
	case !found:
		return m, ordered && front && !either, nil // in a wrong order, which join reports
	case either, !ordered && !last:
		return m, false, t.fail(next.at, "bounds that overlap")
	}
	return m, true, nil
}

// branches records the versions of a list of one kind.
func (t *textReader) branches(terms []term) {
	var points, bounds []string
	under := false // the versions stand under a comparator in front: before 9.1.1, 8.2.3
	for _, m := range terms {
		switch point := m.point.text; {
		case point != "" && under:
			bounds = append(bounds, point)
		case point != "":
			points = append(points, point)
		default:
			under = m.open() && m.high.front
			if m.open() && m.high.isSet() && m.scope.text == "" && m.high.kind != isOpen {
				bounds = append(bounds, m.high.text)
			}
		}
	}
	switch {
	case len(bounds) > 1:
		t.reading.Branches = bounds
	case len(points) > 1 && len(points) == len(terms):
		t.reading.Branches = points
	}
}

// lists unites the ranges of the terms, group by group. A group is a bound with the versions
// beside it, which may belong under its comparator.
func (t *textReader) lists(terms []term, ranges []Range) (Range, error) {
	all := []Range{{set: t.set, scheme: t.scheme, rest: No}} // so that one item is merged, too
	for i := 0; i < len(terms); {
		end := i + 1
		for end < len(terms) && terms[end].point.text != "" {
			end++
		}
		r, end, err := t.group(terms, ranges, i, end)
		if err != nil {
			return Range{}, err
		}
		all = append(all, r)
		i = end
	}
	return t.unite(all)
}

// group reads terms[i], of any kind, with the versions behind it up to end. It returns where
// the next group begins.
func (t *textReader) group(terms []term, ranges []Range, i, end int) (Range, int, error) {
	head := terms[i]
	behind := end < len(terms) && terms[end].open() && !terms[end].joined
	switch {
	case head.point.text != "" && behind && !terms[end].bound().front: // 2.0, 2.1 and earlier
		r, err := t.share(terms[i:end+1], ranges[i:end+1], terms[end].bound())
		return r, end + 1, err
	case head.point.text != "" && behind && meet(ranges[end-1], ranges[end]),
		head.scope.text != "" && !head.open() && behind && end == i+1 && terms[end].bound().front && meet(ranges[i], ranges[end]):
		return Range{}, 0, t.fail(terms[end].at, "a bound that holds the version beside it")
	case head.open() && head.low.isSet() && end < len(terms) && meet(ranges[i], ranges[end]):
		return Range{}, 0, t.fail(terms[end].at, "more behind a lower bound")
	case head.point.text != "" || end == i+1 || !head.low.front && !head.high.front:
		r, err := t.unite(ranges[i:end])
		return r, end, err
	case head.joined:
		return Range{}, 0, t.fail(terms[i+1].at, "a version behind an interval that could belong to it")
	case head.low.isSet():
		return Range{}, 0, t.fail(terms[i+1].at, "a version behind a lower bound")
	}
	for j := i + 1; j < end && !head.high.word; j++ {
		if terms[j].separator == ' ' {
			continue // <V36.011_V35.013
		}
		if meet(ranges[j], ranges[i]) { // "< 15.1 | 7" was "before 15.1 Update 7" once
			return Range{}, 0, t.fail(terms[j].at, "a bound that holds the version beside it")
		}
	}
	l := head.high
	l.word = l.word || !slices.ContainsFunc(terms[i+1:end], func(m term) bool { return m.separator != ' ' })
	r, err := t.share(terms[i:end], ranges[i:end], l)
	return r, end, err
}

// bound returns the end that an open term has.
func (m term) bound() limit {
	if m.high.isSet() {
		return m.high
	}
	return m.low
}

// meet tells whether a version is in both.
func meet(r, o Range) bool {
	both, err := r.Intersect(o)
	return err == nil && both.has(Yes)
}

// share reads the versions of a list as bounds like l. A word in front ("before 9.1.1,
// 8.2.3") can mean nothing else; after a sign or in front of a word both readings stand,
// and where they differ the answer is Unknown.
func (t *textReader) share(terms []term, ranges []Range, l limit) (Range, error) {
	list := make([]Range, 0, len(terms))
	var points []Range
	for i, m := range terms {
		if m.point.text == "" {
			list = append(list, ranges[i])
			continue
		}
		points = append(points, ranges[i])
		o := l
		o.bound = m.point
		r, err := t.half(o)
		if err != nil {
			return Range{}, err
		}
		list = append(list, r)
	}
	under, err := t.unite(list)
	if err != nil || l.front && l.word {
		return under, err
	}
	plain, err := t.unite(ranges)
	if err != nil {
		return Range{}, err
	}
	if l.cmp == Less || l.cmp == Greater { // as bounds they are outside, each on its branch
		o, err := t.unite(points)
		if err != nil {
			return Range{}, err
		}
		if under, err = under.Difference(o); err != nil {
			return Range{}, err
		}
	}
	return plain.merge(under, agree)
}

// without takes an exception out of r.
func (t *textReader) without(r Range, outside []term) (Range, error) {
	o, err := t.join(outside, false)
	if err != nil {
		return Range{}, err
	}
	if !meet(r, o) {
		return Range{}, t.fail(outside[0].at, "an exception from nothing")
	}
	return r.Difference(o)
}
