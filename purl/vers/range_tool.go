package vers

// Membership where keys cannot tell it: the order of the tool is none (see toolOrder), or a
// policy takes a bound for several versions. There a range is asked bound by bound.

// A combination is how a range was computed of others, for membership bound by bound. The
// second one is the zero Range for a complement.
type combination struct {
	a, b Range
	f    func(Truth, Truth) Truth
	size int
}

// maxCombined is of how many ranges one may be computed that is asked bound by bound; beyond
// that its keys answer. Readers of ranges stay far below it.
const maxCombined = 1 << 13

// remember notes how r was computed, where that matters.
func (r *Range) remember(a, b Range, f func(Truth, Truth) Truth) {
	if !r.IsValid() {
		return
	}
	if _, ok := r.set.pairwise(r.scheme); !ok {
		return
	}
	size := 1
	for _, part := range [...]Range{a, b} {
		if part.computed != nil {
			size += part.computed.size
		}
	}
	if size <= maxCombined {
		r.computed = &combination{a, b, f, size}
	}
}

// pairwise returns the comparison by which membership is decided bound by bound, and false
// where the keys decide it.
func (s *Schemes) pairwise(scheme Scheme) (toolOrder, bool) {
	if s.policy.AnyEpoch || s.policy.AnyRelease {
		switch c := scheme.(type) {
		case alpm:
			return aligned{c, s.policy}, true
		case deb:
			return aligned{c, s.policy}, true
		case rpm:
			return aligned{c, s.policy}, true
		}
	}
	tool, ok := scheme.(toolOrder)
	return tool, ok
}

// holds tells bound by bound whether version, the key of which is given too, is in r. What
// has no constraints (branches, all and nothing) is asked for the key.
func (r Range) holds(tool toolOrder, version string, key []byte, n int) Truth {
	switch c := r.computed; {
	case r.constraints != nil:
		return r.walk(tool, version)
	case c == nil:
		return r.ContainsKey(key, n)
	case c.b.IsValid():
		return c.f(c.a.holds(tool, version, key, n), c.b.holds(tool, version, key, n))
	default:
		return c.f(c.a.holds(tool, version, key, n), Unknown)
	}
}

// plain tells whether the version and all bounds are of a form of which the tool has an order
// that the keys hold. A policy may still take a bound for several versions.
func (r Range) plain(version string) bool {
	return r.plainBounds && r.set.policy == (Policy{}) && plainIn(r.scheme)(version)
}

// A plainer is a scheme whose tool has an order of more texts than those of isPlain.
type plainer interface {
	plain(version string) bool
}

// plainIn returns what tells such a form for a scheme.
func plainIn(scheme Scheme) func(version string) bool {
	if p, ok := scheme.(plainer); ok {
		return p.plain
	}
	return isPlain
}

// isPlain tells whether a text is made of digits with single dots between. Every tool has an
// order of those.
func isPlain(text string) bool {
	dot := true
	for i := 0; i < len(text); i++ {
		switch {
		case isDigit(text[i]):
			dot = false
		case text[i] == '.' && !dot:
			dot = true
		default:
			return false
		}
	}
	return !dot
}

// walk is the algorithm of VERS: a constraint at the version itself decides; else what is
// below the first bound when that is an upper one, above the last when that is a lower one,
// or between a lower bound and the upper one behind it, is inside.
func (r Range) walk(tool toolOrder, version string) Truth {
	inside := false
	first, above := true, false // no bound yet; behind a lower bound that version is above of
	others := true              // constraints of != only
	for _, c := range r.constraints {
		others = others && c.Comparator == NotEqual
		order := tool.order(version, r.set.policy.read(r.scheme, c.Version))
		switch c.Comparator {
		case Less, LessOrEqual:
			inside = inside || (first || above) && order < 0
			first, above = false, false
		case Greater, GreaterOrEqual:
			first, above = false, order > 0
		}
		switch {
		case order != 0:
		case c.Comparator == NotEqual:
			return No
		case c.Comparator == Equal, c.Comparator == LessOrEqual, c.Comparator == GreaterOrEqual:
			return Yes
		}
	}
	if inside || above || others {
		return Yes
	}
	return No
}
