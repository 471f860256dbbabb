package advisory

import (
	"errors"
	"strings"

	"github.com/affected-go/affected/purl/vers"
)

// endOfLine sorts above every key of a line.
const endOfLine = "\xFF\xFF"

// lower reads a lower bound; nil means that there is none. It is not ok when the bound
// says something that cannot be read, after which nothing is known about the span.
func (r *resolver) lower(i int, from string, uppers []string, inclusive bool) (*bound, bool) {
	if isOpen(from) || strings.Trim(digitsOf(from), "0") == "" {
		return nil, true // n/a, unspecified, *, a word, zero: no lower bound
	}
	if len(uppers) == 1 && !inclusive && sameText(from, uppers[0]) {
		return nil, true // version equals lessThan: "before, in this branch"
	}
	texts := r.list(from)
	var least *bound
	for _, text := range texts {
		if op, rest := operator(text); op == ">=" || op == "=" {
			text = rest
		}
		b, err := r.onLineOf(uppers[0], text)
		if err != nil {
			b, err = r.lowerWords(text, uppers, err)
		}
		if err != nil {
			b, err = r.front(r.spans[i].Pos, text, err)
		}
		if err != nil {
			r.unreadable(i, r.spans[i].Pos, err)
			return nil, false
		}
		if b.text == "" {
			return nil, true // words that say up to where only
		}
		if least == nil || b.line == least.line && b.low < least.low {
			least = &b
		}
	}
	return least, true
}

// onLineOf reads a lower bound, on the line of its upper bound where that tells one and
// the lower bound does not: 10.0.0 under 10.0.19045.4291 of a Windows release.
func (r *resolver) onLineOf(upper, text string) (bound, error) {
	b, err := r.read(text)
	joiner, ok := r.Scheme.(vers.Joiner)
	if !ok {
		return b, err
	}
	if u, upperErr := r.read(upper); upperErr != nil || err == nil && u.line == b.line {
		return b, err
	}
	if joined, ok := joiner.Join(upper, text); ok {
		return r.read(joined)
	}
	return b, err
}

// bounded makes the piece from lower to one upper bound.
func (r *resolver) bounded(i int, lower *bound, text string, inclusive bool, out Outcome) {
	s := &r.spans[i]
	if joiner, ok := r.Scheme.(vers.Joiner); ok && lower != nil {
		if joined, ok := joiner.Join(lower.text, text); ok {
			text = joined
		}
	}
	upper, err := r.read(text)
	if err != nil {
		upper, inclusive, err = r.upperWords(text, inclusive, err)
	}
	if err != nil {
		upper, err = r.front(s.Pos, text, err)
	}
	if err != nil {
		r.unreadableAbove(i, lower, err)
		return
	}
	p := piece{line: upper.line, low: upper.line, high: upper.low, highText: text, order: 2*i + 1, out: out, noLow: true}
	if inclusive || upper.wild { // 2.* as an upper bound is the end of the series 2
		p.high, p.highClose = upper.high, true
	}
	if lower != nil {
		p.low, p.lowText, p.noLow = lower.low, lower.text, false
		if lower.line != upper.line || r.mixed(lower.text, text) {
			r.hide(s.Status)
			r.problem(s.Pos, "bounds-mixed", "the bounds %s and %s do not compare", lower.text, text)
			return
		}
		if p.low > p.high && strings.EqualFold(s.Hint, "patch") && !strings.HasPrefix(text, lower.text+".") {
			// Two parts of one version: 2404 and 1 are 2404.1 (CVE-2024-6149).
			r.bounded(i, lower, lower.text+"."+text, inclusive, out)
			return
		}
		if p.low == p.high && len(r.product.PURLs) > 0 {
			return // a range of an ecosystem is what it says: empty (OSV)
		}
		if p.low == p.high {
			if !isPlain(lower.text) || !isPlain(text) { // "6.2" to "6.2 (current)"
				r.unreadable(i, s.Pos, errors.New("no version lies between "+lower.text+" and "+text))
				return
			}
			p.low, p.lowText, p.noLow = upper.line, "", true // 2402 and 2402.0 like 2402 and 2402 (CVE-2024-6150)
		}
		if p.low > p.high {
			// 2.3.0 to 2.3.0b4 begins at the start of the branch 2.3.0 (CVE-2024-0638).
			if start, err := r.branch(lower.text, 0); err == nil && start.low < p.high {
				p.low = start.low
			} else {
				r.hide(s.Status)
				r.problem(s.Pos, "bounds-swapped", "the lower bound %s is above the upper bound %s", lower.text, text)
				return
			}
		}
	}
	if lower != nil && lower.doubt {
		r.doubt(i, *lower, out, frontNamed)
		p.low = max(p.low, lower.high)
	}
	if upper.doubt {
		p.high, p.highClose = upper.low, false
		r.doubt(i, upper, out, frontRead)
		switch {
		case inclusive:
			r.name(i, text, out.Status)
		case out.Status == Affected:
			r.name(i, text, r.fixedBy())
		}
	}
	if p.low >= p.high {
		if !upper.doubt && upper.low == upper.line { // a label of all versions: "before 8.20" where only builds count
			r.unreadable(i, s.Pos, errors.New("no version is known to lie before "+text))
		}
		return
	}
	r.pieces = append(r.pieces, p)
	r.changes(i, p)
}
