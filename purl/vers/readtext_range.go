package vers

import "slices"

// edges returns the half-open interval of keys that a bound names, without the line part.
// wide asks for its branch.
func (t *textReader) edges(b bound, wide bool) (part, low, high string, err error) {
	var lo, hi []byte
	var n int
	releaser, releases := t.scheme.(Releaser)
	switch {
	case wide || b.kind != isOne:
		err = ErrImprecise
		if b.kind == isStar || b.kind == isX { // the star may tell the line: 2.414.* of Jenkins
			lo, hi, n, err = t.scheme.AppendBranch(t.low[:0], t.top[:0], b.text+".*", 0)
		}
		if err != nil {
			lo, hi, n, err = t.scheme.AppendBranch(t.low[:0], t.top[:0], b.text, 0)
		}
	case releases:
		lo, hi, n, err = releaser.AppendRelease(t.low[:0], t.top[:0], b.text)
	default:
		lo, n, err = t.scheme.AppendKey(t.low[:0], b.text)
		hi = append(append(t.top[:0], lo...), 0)
	}
	if err != nil || n > len(lo) || n > len(hi) {
		return "", "", "", t.fail(b.at, "not a branch of the scheme "+t.scheme.Name())
	}
	return string(lo[:n]), string(lo[n:]), string(hi[n:]), nil
}

// half returns all versions on one side of a limit.
func (t *textReader) half(l limit) (Range, error) {
	if l.kind == isOpen || l.cmp == GreaterOrEqual && l.text == "0" {
		return Range{set: t.set, scheme: t.scheme, rest: Yes}, nil
	}
	if t.scheme.Name() == "set" {
		return Range{}, t.fail(l.at, "a bound of versions without an order")
	}
	part, low, high, err := t.edges(l.bound, l.wide)
	if err != nil {
		return Range{}, err
	}
	upper := l.cmp == Less || l.cmp == LessOrEqual
	first, then := No, Yes
	if upper {
		first, then = Yes, No
	}
	side := func(at string, behind bool) Range {
		s := step{at: at, in: then, after: behind, text: l.text}
		return Range{set: t.set, scheme: t.scheme, lines: []line{{part: part, steps: []step{{in: first}, s}}}}
	}
	switch {
	case l.kind == isInner: // nor whether 5.2.3 is before 5.x.17
		return side(low, false).merge(side(high, true), agree)
	case l.cmp == Less && l.kind == isX && !l.wide: // nobody knows whether 5.1.3 is before 5.1.x
		return side(low, false).merge(side(high, true), agree)
	case upper && (l.wide || l.cmp == LessOrEqual || l.kind == isStar), !upper && l.cmp == Greater && !l.wide:
		return side(high, true), nil
	}
	return side(low, false), nil
}

// point returns the versions that b names.
func (t *textReader) point(b bound) (Range, error) {
	part, low, high, err := t.edges(b, false)
	if err != nil {
		return Range{}, err
	}
	return Range{set: t.set, scheme: t.scheme, rest: No, lines: []line{{part: part, steps: normalize([]step{
		{in: No}, {at: low, in: Yes, text: b.text}, {at: high, in: No, after: true, text: b.text},
	})}}}, nil
}

// isAll tells whether the term says nothing about versions.
func (m *term) isAll() bool {
	return !m.low.isSet() && !m.high.isSet() && m.point.text == "" && m.scope.text == ""
}

// build returns the range of a term.
func (t *textReader) build(m term) (Range, error) {
	r := Range{set: t.set, scheme: t.scheme, rest: Yes}
	var err error
	add := func(o Range, e error) {
		if err == nil {
			if err = e; err == nil {
				r, err = r.Intersect(o)
			}
		}
	}
	if m.point.text != "" {
		add(t.point(m.point))
	}
	if m.scope.text != "" {
		add(t.point(m.scope))
	}
	if m.low.isSet() {
		add(t.half(m.low))
	}
	if m.high.isSet() {
		add(t.half(m.high))
	}
	if base := m.high.base; base != "" && !m.low.isSet() && err == nil {
		add(t.point(bound{text: base, at: m.high.at, kind: isBranch}))
	}
	if m.high.kind == isStar && m.low.isSet() && err == nil { // "2.414.2 < 2.414.*" speaks of that branch only
		branch, e := t.point(m.high.bound)
		if in, cmpErr := branch.Contains(m.low.text); e == nil && cmpErr == nil && in == Yes {
			add(branch, nil)
		}
	}
	return r, err
}

// agree is the answer of two readings of one text, Unknown where they differ.
func agree(a, b Truth) Truth {
	if a == b {
		return a
	}
	return Unknown
}

// has tells whether r answers Yes anywhere.
func (r Range) has(in Truth) bool {
	return r.rest == in || slices.ContainsFunc(r.lines, func(l line) bool {
		return slices.ContainsFunc(l.steps, func(s step) bool { return s.in == in })
	})
}

// unite returns the union of many ranges, merging halves so that long lists stay cheap.
func (t *textReader) unite(list []Range) (Range, error) {
	switch len(list) {
	case 0:
		return Range{set: t.set, scheme: t.scheme, rest: No}, nil
	case 1:
		return list[0], nil
	}
	a, err := t.unite(list[:len(list)/2])
	if err != nil {
		return Range{}, err
	}
	b, err := t.unite(list[len(list)/2:])
	if err != nil {
		return Range{}, err
	}
	return a.Union(b)
}
