package vers

import "strings"

// allOf reads what stands behind "all": a noun, of and a branch.
func (t *textReader) allOf(m *term) error {
	if t.kind() == tokText && t.tokens[t.pos+1].kind == tokNoun && !t.startsNumber(t.pos) { // all BIOS versions
		if err := t.drop(t.pos, t.pos+1, beforeSign); err != nil {
			return err
		}
		t.pos++
	}
	t.nouns()
	if t.kind() != tokOf {
		return nil
	}
	t.pos++
	b, err := t.version(false)
	if err != nil {
		return err
	}
	if b.named || b.name != "" { // all versions of Acme Controller 5918
		return t.fail(b.at, "a number behind a name that could belong to it")
	}
	if t.kind() == tokSeries {
		t.pos++
	}
	t.nouns()
	t.begun = true
	m.scope, m.closed, m.allFront = b.asBranch(), true, true
	return nil
}

// asBranch returns the branch of all that begins with b.
func (b bound) asBranch() bound {
	if b.kind == isOne {
		b.kind = isBranch
	}
	return b
}

// front reads a comparator and its version.
func (t *textReader) front(m *term) error {
	token := t.tokens[t.pos]
	t.pos++
	if token.cmp < Less {
		b, err := t.version(false)
		if err == nil && (b.plus || b.kind == isOpen || b.kind == isInner) {
			err = t.fail(b.at, "one version wanted behind the comparator")
		}
		m.set(b)
		m.except, m.closed, t.begun = token.cmp == NotEqual, b.another, true
		return err
	}
	l, err := t.limit(token.cmp)
	if err != nil {
		return err
	}
	l.front, l.word = true, token.kind != tokSign
	m.closed = l.another
	if l.cmp == Less || l.cmp == LessOrEqual {
		m.high = l
	} else {
		m.low = l
	}
	return nil
}

// limit reads a version as an end of an interval, and a mark behind it.
func (t *textReader) limit(cmp Comparator) (limit, error) {
	b, ok := t.relative()
	var err error
	if !ok {
		b, err = t.version(false)
	}
	if err != nil {
		return limit{}, err
	}
	if b.plus {
		return limit{}, t.fail(b.at, "a plus behind a bound")
	}
	if b.kind == isOpen && cmp > LessOrEqual {
		return limit{}, t.fail(b.at, "a star for a lower bound")
	}
	t.begun = true
	t.nouns()
	l := limit{bound: b, cmp: cmp}
	if t.kind() == tokMark {
		exclusive := t.tokens[t.pos].cmp == Less
		t.pos++
		switch {
		case cmp == Less || cmp == Greater:
			if !exclusive {
				return l, t.fail(b.at, "an exclusive bound that is marked inclusive")
			}
		case exclusive:
			l.cmp-- // LessOrEqual to Less, GreaterOrEqual to Greater
		}
	}
	return l, nil
}

// between reads "between a and b".
func (t *textReader) between(m *term) error {
	t.pos++
	low, err := t.limit(GreaterOrEqual)
	if err != nil {
		return err
	}
	if k := t.kind(); k != tokTo && (k != tokSeparator || t.tokens[t.pos].separator != '&') {
		return t.failHere("and wanted between two versions")
	}
	t.pos++
	high, err := t.limit(LessOrEqual)
	m.low, m.high, m.joined = low, high, true
	return err
}

// versioned reads a version and what belongs to it behind it. all tells that "all versions"
// stood in front.
func (t *textReader) versioned(m *term, all bool) error {
	b, err := t.version(true)
	if err != nil {
		return err
	}
	t.begun = true
	m.closed = b.another
	low := limit{bound: b, cmp: GreaterOrEqual}
	switch {
	case b.kind == isInner:
		return t.fail(b.at, "an x inside of a version")
	case b.kind == isOpen && b.at == t.tokens[0].start:
		return nil
	case b.kind == isOpen:
		return t.fail(b.at, "a star in a list")
	case b.high != nil:
		m.low, m.high, m.joined = low, limit{bound: *b.high, cmp: LessOrEqual}, true
		return nil
	case b.plus:
		m.low = low
		return nil
	}
	t.nouns()
	if t.kind() == tokMark {
		if t.tokens[t.pos].cmp == Less {
			low.cmp = Greater
		}
		if t.pos++; t.kind() != tokTo {
			return t.failHere("the other end of an interval wanted")
		}
	}
	m.allFront = all
	if t.kind() == tokSeries {
		t.pos++
		m.allBehind = true
	}
	if m.allFront || m.allBehind {
		b = b.asBranch()
	}
	return t.follow(m, b, low)
}

// follow reads what stands behind the version b.
func (t *textReader) follow(m *term, b bound, low limit) error {
	if cmp, n := t.behind(); n > 0 {
		t.pos += n
		t.nouns()
		m.closed, m.allFront, m.allBehind = true, false, false
		if cmp == LessOrEqual {
			m.high = limit{bound: b, cmp: cmp}
		} else {
			m.low = limit{bound: b, cmp: cmp}
		}
		return nil
	}
	token := t.tokens[t.pos]
	upper := token.cmp == Less || token.cmp == LessOrEqual
	switch {
	case token.kind == tokTo, token.kind == tokUpTo:
		return t.interval(m, low)
	case token.kind == tokSeparator && token.separator == ',' && t.tokens[t.pos+1].kind == tokTo: // 19.8, through 19.8.0.2
		t.pos++
		return t.interval(m, low)
	case token.kind == tokSign && upper:
		return t.chain(m, low)
	case token.kind == tokColon:
		t.pos++
		return t.scoped(m, b, true)
	case (token.kind == tokBefore || token.kind == tokEither) && upper:
		return t.scoped(m, b.asBranch(), false)
	case token.kind == tokAll:
		t.pos++
		t.nouns()
		m.scope, m.closed, m.allBehind = b.asBranch(), true, true
		return nil
	}
	m.set(b)
	return nil
}

// set makes the term one version or one branch.
func (m *term) set(b bound) {
	if b.kind == isOne {
		m.point = b
	} else {
		m.scope = b
	}
}

// interval reads the upper end of an interval from the word or sign in front of it on.
func (t *textReader) interval(m *term, low limit) error {
	token := t.tokens[t.pos]
	t.pos++
	if token.kind == tokTo {
		token.cmp = LessOrEqual
		i := t.pos
		if t.kind() == tokNoun {
			i++
		}
		switch next := t.tokens[i]; {
		case next.kind == tokUpTo, // 9.3.0 - but not including 9.3.8, through versions up to and including 9.3.8
			i > t.pos && (next.kind == tokBefore || next.kind == tokEither) && next.cmp == Less: // through versions before 9.3.8
			token.cmp = next.cmp
			t.pos = i + 1
		}
	}
	t.branch = low.text
	high, err := t.limit(token.cmp)
	t.branch = ""
	if err == nil && low.named && !strings.Contains(low.text, ".") && strings.Contains(high.text, ".") &&
		!strings.HasPrefix(high.text, low.text+".") { // Model 3 - 2023.6
		return t.fail(low.at, "a number behind a name that could belong to it")
	}
	m.low, m.high, m.joined, m.closed = low, high, true, high.another
	m.allFront, m.allBehind = false, false
	return err
}

// around reads "5.0.0 <= version < 5.15.7", a word for any version between two comparators. It
// is not ok when something else follows on the first comparator.
func (t *textReader) around(m *term, low limit) (bool, error) {
	i := t.pos + 1
	for t.tokens[i].kind == tokNoun {
		i++
	}
	high := t.tokens[i]
	if i == t.pos+1 || high.kind != tokSign || high.cmp != Less && high.cmp != LessOrEqual {
		return false, nil
	}
	if t.tokens[t.pos].cmp == Less {
		low.cmp = Greater
	}
	t.pos = i
	return true, t.interval(m, low)
}

// chain reads "13.1.0 < 13.1.4": the left side is the lower end. A star on the right, in
// which CVE records say that a branch was never fixed, ends the branch that the left side
// begins.
func (t *textReader) chain(m *term, low limit) error {
	if low.named {
		return t.fail(low.at, "a name and two versions around a comparator")
	}
	if ok, err := t.around(m, low); ok {
		return err
	}
	if err := t.interval(m, low); err != nil || m.high.kind != isOpen {
		return err
	}
	text := low.text
	zero := strings.TrimRight(text, "0")
	if zero == text || !strings.HasSuffix(zero, ".") || strings.Count(text, ".") < 2 || low.kind != isOne {
		return t.fail(m.high.at, "an interval without an end")
	}
	branch := low.bound
	branch.text, branch.kind = zero[:len(zero)-1], isBranch
	if !t.branchReads(branch.text) {
		return t.fail(low.at, "not the first version of a branch")
	}
	*m = term{at: m.at, scope: branch, closed: true}
	return nil
}

// scoped reads what holds inside of a branch: 8.10.x.x: 8.10.0.12 and below. A whole version
// in front of a colon is where the branch begins.
func (t *textReader) scoped(m *term, scope bound, colon bool) error {
	switch k := t.kind(); {
	case k == tokColon:
		return t.failHere("two colons")
	case colon && k == tokAll:
		t.pos++
		t.nouns()
		if !t.kind().compares() {
			m.scope, m.closed = scope.asBranch(), true
			return nil
		}
	}
	var inner term
	var err error
	t.branch = scope.text
	if t.kind().compares() {
		err = t.front(&inner)
	} else {
		err = t.versioned(&inner, false)
	}
	t.branch = ""
	switch {
	case err != nil:
		return err
	case inner.scope.text != "" || inner.except:
		return t.fail(scope.at, "a branch inside of a branch")
	case scope.kind == isOne && (inner.low.isSet() || !inner.high.isSet()):
		return t.fail(scope.at, "a colon behind a version, and no upper bound")
	case !colon:
		if err := t.ends(scope, inner.high); err != nil {
			return err
		}
	}
	inner.at, inner.joined = m.at, true
	*m = inner
	if scope.kind == isOne {
		m.low = limit{bound: scope, cmp: GreaterOrEqual}
	} else {
		m.scope = scope
	}
	return nil
}

// ends checks that high lies inside of the branch in front of it: in "7.3 before 7.3.8" it
// does, while in "22.1.2 before 2024-06-21" it is something else.
func (t *textReader) ends(branch bound, high limit) error {
	r, err := t.point(branch)
	if err != nil {
		return err
	}
	below, err := t.half(high)
	if err != nil {
		return err
	}
	if above, err := r.Difference(below); err != nil || !above.has(Yes) {
		return t.fail(high.at, "an upper bound outside of the branch in front of it")
	}
	return nil
}

// behind looks for words behind a version, "and all earlier versions", and returns their
// comparator and the count of tokens up to it.
func (t *textReader) behind() (Comparator, int) {
	i := t.pos
	if t.tokens[i].kind == tokSeparator && t.tokens[i].separator != '|' {
		i++
	}
	if t.tokens[i].kind == tokSeparator && (t.tokens[i].separator == '&' || t.tokens[i].separator == 'o') {
		i++
	}
	for t.tokens[i].kind == tokAll || t.tokens[i].kind == tokNoun {
		i++
	}
	switch token := t.tokens[i]; token.kind {
	case tokAfter:
		return token.cmp, i + 1 - t.pos
	case tokEither:
		next := t.tokens[i+1].kind
		if i > t.pos && (next == tokEnd || next == tokSeparator || next == tokIf || next == tokRemark || next == tokExcept) {
			if token.cmp == Less {
				return LessOrEqual, i + 1 - t.pos
			}
			return GreaterOrEqual, i + 1 - t.pos
		}
	}
	return 0, 0
}
