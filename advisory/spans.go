package advisory

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/affected-go/affected/purl/vers"
)

// span reads one span into pieces (rule 2 of Resolve).
func (r *resolver) span(i int) {
	s := &r.spans[i]
	if s.Hint == joinedHint || s.Hint == elsewhereHint {
		return
	}
	out := Outcome{Status: s.Status, Span: i, Rule: "stated"}
	if s.Status == Unknown {
		out.Reason, out.Rule = NoData, "the publisher says that it is not known"
	}
	if s.IsCommits() {
		r.commit(i)
		return
	}
	if !s.IsRange() {
		r.version(i, out)
		return
	}
	from, before, through := clean(s.From), clean(s.Before), clean(s.Through)
	if s.Status != Affected && hasDigit(from) && sameText(from, before) {
		// A fixed version, written as an empty range (CVE-2023-35084): that version.
		r.pointAt(i, from, out)
		return
	}
	if op, rest := operator(before); op != "" { // the operator once more, in the text
		before, through = rest, ""
		if op == "<=" {
			before, through = "", rest
		}
	} else if op, rest := operator(through); op == "<" || op == "<=" {
		before, through = "", rest
		if op == "<" {
			before, through = rest, ""
		}
	}
	upper, inclusive := before, false
	if through != "" {
		upper, inclusive = through, true
	}
	if upper == "" && clean(s.Before)+clean(s.Through) != "" {
		r.comparatorOnly(i, from, out)
		return
	}
	if r.Scheme.Name() == "set" && (hasDigit(from) && !isZero(from) || !isOpen(upper)) {
		r.unreadable(i, s.Pos, errors.New("a bound of versions that have no order"))
		return
	}
	uppers := r.list(upper)
	lower, ok := r.lower(i, from, uppers, inclusive)
	if !ok {
		return
	}
	if !isOpen(upper) && (!hasDigit(upper) || strings.Contains(upper, "://")) {
		r.unreadableAbove(i, lower, fmt.Errorf("the upper bound %q names no version", upper))
		return
	}
	if isOpen(upper) {
		if lower == nil {
			r.all(i, out)
			r.changesOfAll(i, out)
			return
		}
		p := piece{line: lower.line, low: lower.low, lowText: lower.text, noHigh: true, order: 2*i + 1, out: out}
		p.high = p.line + endOfLine
		r.pieces = append(r.pieces, p)
		r.changes(i, p)
		return
	}
	for _, text := range uppers {
		r.bounded(i, lower, text, inclusive, out)
	}
}

// version reads a span that names one version, or versions in words.
func (r *resolver) version(i int, out Outcome) {
	s := &r.spans[i]
	text := clean(s.Version)
	if s.Hint == HintCPE {
		r.cpeRelease(i, out)
		return
	}
	if s.isExact() {
		r.exact(i, text, out)
		return
	}
	if isAll(text) {
		r.all(i, out)
		return
	}
	if isNone(text) || isZero(text) || r.isOwnName(text) {
		if rng, reading, err := r.schemes.ReadText(r.Scheme, text); err == nil && !isZero(text) && rng.IsAll() { // all versions with Ethernet interface
			out.If = reading.Condition
			r.fromRange(rng, i, out)
			return
		}
		r.hide(s.Status)
		r.problem(s.Pos, "no-version", "%q names no version", s.Version)
		return
	}
	if !saysRange(text) && !(mayList(text) && r.takesAny()) && !maybeInterval(text) && r.pointAt(i, text, out) == nil {
		return
	}
	if rng, reading, rangeErr := r.schemes.ReadText(r.Scheme, text); rangeErr == nil {
		out.If = reading.Condition
		r.noteName(reading.Dropped)
		if !r.bounds(i, text, rng, reading, out) {
			r.fromRange(rng, i, out)
		}
		return
	}
	_, err := r.read(text)
	if err == nil {
		err = fmt.Errorf("%q is one version or an interval", text)
	} else if rest, ok := r.ownName(text); ok {
		r.spans = slices.Clone(r.spans)
		r.spans[i].Version = rest
		r.version(i, out)
		return
	} else if r.affectedWords(i, text, out) || r.nameList(i, text, out) || r.partOfList(i, text, out, err) || r.withoutRemarks(i, text, out) {
		return
	}
	r.text(i) // only the text itself is comparable
	if isName(text) && !maybeInterval(text) {
		r.textOnly(i, "%v; it is compared as text", err)
		return
	}
	r.unreadable(i, s.Pos, err)
}

// takesAny tells whether the scheme takes any text for a version, as maven, rpm and generic
// do: then that it reads one means nothing.
func (r *resolver) takesAny() bool {
	var room [64]byte
	_, _, err := r.schemes.AppendKey(room[:0], r.Scheme, "< 1, x")
	return err == nil
}

// exact reads a span whose text is one version and nothing else. A text that the scheme cannot
// read still names itself, and leaves no doubt about other versions.
func (r *resolver) exact(i int, text string, out Outcome) {
	var room [64]byte
	key, n, err := r.schemes.AppendKey(room[:0], r.Scheme, text)
	if bare, ok := r.behindName(text); err != nil && ok {
		var bareErr error
		if key, n, bareErr = r.schemes.AppendKey(room[:0], r.Scheme, bare); bareErr == nil {
			r.text(i)
			err = nil
		}
	}
	if err != nil {
		r.text(i)
		r.problem(r.spans[i].Pos, "text-only", "%v; it is compared as text", err)
		r.Problems[len(r.Problems)-1].Warning = true
		return
	}
	low := string(key)
	r.pieces = append(r.pieces, piece{line: low[:n], low: low, high: low + "\x00", lowText: text, highText: text,
		highClose: true, order: 2*i + 1, out: out})
}

// textOnly notes a span whose versions compare as text only.
func (r *resolver) textOnly(i int, format string, args ...any) {
	r.problem(r.spans[i].Pos, "text-only", format, args...)
	at := len(r.Problems) - 1
	r.Problems[at].Warning = true
	r.names = append(r.names, unplaced{span: i, problem: at})
}

// unplacedNames decides what versions that compare as text only mean for the others. On a
// plain list without a default nothing: a version that is not on it is not known to be
// anything. Where a range or a default speaks, such a name may be any version, or any on the
// branch of its front.
func (r *resolver) unplacedNames() {
	plain := r.statement.Default == DefaultUndeclared || r.statement.Default == DefaultUnknown
	for i := range r.pieces {
		plain = plain && isPoint(&r.pieces[i])
	}
	if plain && r.everything == nil {
		return
	}
	for _, n := range r.names {
		s := &r.spans[n.span]
		problem := &r.Problems[n.problem]
		problem.Code, problem.Warning = "bound-unread", false
		if front, ok := frontOf(clean(s.Version)); ok && !isZero(front) && r.vendorScheme() {
			if b, err := r.branch(front, 0); err == nil {
				problem.Code = "bound-imprecise"
				r.doubt(n.span, b, Outcome{Status: s.Status}, frontNamed)
				continue
			}
		}
		r.hide(s.Status)
	}
}

// pointAt adds the one version, or the branch, that a text names.
func (r *resolver) pointAt(i int, text string, out Outcome) error {
	b, err := r.read(text)
	if err != nil {
		return err
	}
	p := piece{line: b.line, low: b.low, high: b.high, lowText: text, highText: text, highClose: true, order: 2*i + 1, out: out}
	r.pieces = append(r.pieces, p)
	r.changes(i, piece{line: b.line, low: b.low, high: b.line + endOfLine, lowText: text, noHigh: true, order: 2*i + 1, out: out})
	return nil
}

// text enters the version of a span as one that compares by its text only.
func (r *resolver) text(i int) { r.name(i, r.spans[i].Version, r.spans[i].Status) }

// name enters a version that a span names; the first span that does counts.
func (r *resolver) name(i int, version string, status Status) {
	if r.texts == nil {
		r.texts = map[string]named{}
	}
	key := string(appendFolded(nil, clean(version)))
	first, taken := r.texts[key]
	switch {
	case !taken:
		r.texts[key] = named{span: i, status: status}
	case r.silent() && first.reason == NoReason && first.status != status:
		r.texts[key] = named{span: first.span, reason: Conflict, possible: contradiction(i, SetOf(first.status, status)).Possible}
	}
}

// fromRange adds what a range holds.
func (r *resolver) fromRange(rng vers.Range, i int, out Outcome) {
	if rng.IsAll() {
		r.all(i, out)
		return
	}
	for in := range rng.Intervals() {
		r.numbers = max(r.numbers, countNumbers(in.LowText), countNumbers(in.HighText))
		line := in.Line + "\x00"
		p := piece{line: line, low: in.Low, high: in.High, lowText: in.LowText, highText: in.HighText,
			lowOpen: in.LowOpen, highClose: in.HighClosed, order: 2*i + 1, out: out}
		if p.noLow = in.Low == ""; p.noLow {
			p.low = line
		}
		if p.noHigh = in.High == ""; p.noHigh {
			p.high = line + endOfLine
		}
		switch in.In {
		case vers.Yes:
			r.pieces = append(r.pieces, p)
		case vers.Unknown:
			p.out = Outcome{Status: Unknown, Reason: BadRange, Span: i, Rule: "the text leaves it open",
				Possible: SetOf(out.Status, NotAffected)}
			r.pieces = append(r.pieces, p)
		}
	}
}

// fixedBy is the status of a version that is an upper bound of affected ones, and outside.
func (r *resolver) fixedBy() Status {
	if r.statement.Default == DefaultComplete {
		return NotAffected
	}
	return Fixed
}

// all notes a span that names every version of every line.
func (r *resolver) all(i int, out Outcome) {
	switch {
	case r.everything == nil:
		r.everything, r.everyOrder = &out, 2*i+1
	case r.silent() && r.everything.If != "" && out.If == "":
		r.alls = append(r.alls, *r.everything)
		r.everything, r.everyOrder = &out, 2*i+1
	default:
		r.alls = append(r.alls, out)
	}
}

// read returns what a text names: a version with its builds, or a branch.
func (r *resolver) read(text string) (bound, error) {
	text = clean(text)
	r.numbers = max(r.numbers, countNumbers(text))
	canonical, anything := r.Entry.Version(text)
	if anything {
		return r.branchOf(text)
	}
	if strings.Contains(canonical, "+") && r.vendorScheme() {
		return bound{}, fmt.Errorf("%q: what follows the plus has no known order", text)
	}
	if stem, ok := wildcard(canonical); ok {
		b, err := r.branch(stem+".*", 0) // the star may tell the line: 2.414.* of Jenkins
		if err != nil {
			b, err = r.branch(stem, 0)
		}
		b.text, b.wild = text, true
		return b, err
	}
	var room [64]byte
	key, n, err := r.schemes.AppendKey(room[:0], r.Scheme, canonical)
	if errors.Is(err, vers.ErrImprecise) || err == nil && r.imprecise(canonical) {
		return r.branchText(text, canonical)
	}
	if err != nil {
		return bound{}, err
	}
	b := bound{text: text, line: string(key[:n]), low: string(key)}
	b.high = b.low + "\x00"
	if releaser, ok := r.Scheme.(vers.Releaser); ok {
		if _, high, _, err := releaser.AppendRelease(nil, nil, canonical); err == nil {
			b.high = string(high)
		}
	}
	return b, nil
}

// imprecise tells whether a version has fewer numbers than the catalog asks for.
func (r *resolver) imprecise(version string) bool { return IsImprecise(r.Entry, version) }

// branch returns the branch that the first depth components of a text name.
func (r *resolver) branch(text string, depth int) (bound, error) {
	lo, hi, n, err := r.Scheme.AppendBranch(nil, nil, text, depth)
	if err != nil {
		return bound{}, err
	}
	return bound{text: text, line: string(lo[:n]), low: string(lo), high: string(hi)}, nil
}

func (r *resolver) branchText(text, canonical string) (bound, error) {
	b, err := r.branch(canonical, 0)
	b.text, b.wild = text, strings.Contains(canonical, "*") // 22.2*-EVO
	return b, err
}

// branchOf is the whole usual line, which a label such as "2019" stands for.
func (r *resolver) branchOf(text string) (bound, error) {
	return bound{text: text, line: "\x00", low: "\x00", high: "\x00" + endOfLine}, nil
}
