package csaf

import (
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/vers"
)

// Bounds of what is compared: spans of a statement, and pairs of them in a document.
const (
	maxOverlaps = 256
	maxPairs    = 1 << 17
)

// overlaps is 6.2.50: ranges of one product in groups that contradict each other have no version
// in common (.1 and .2), nor with a version of another group (.3).
func (t *tester) overlaps() {
	if !t.next {
		return
	}
	for i := range t.a.Statements {
		s := &t.a.Statements[i]
		if len(s.Spans) > maxOverlaps || !slices.ContainsFunc(s.Spans, func(o advisory.Span) bool { return o.Status != s.Spans[0].Status }) {
			continue
		}
		timeline := advisory.Resolve(s, &t.a.Products[s.Products[0]], advisory.ResolveOptions{})
		for _, segment := range timeline.Segments {
			if segment.Reason == advisory.Conflict && timeline.Scheme != nil {
				t.overlapping(s, timeline.Scheme)
				break
			}
		}
	}
}

// overlapping reports the pairs of spans of a statement that overlap.
func (t *tester) overlapping(s *advisory.Statement, scheme vers.Scheme) {
	ranges := make([]vers.Range, len(s.Spans))
	for i := range s.Spans {
		ranges[i], _, _ = vers.Builtin().ReadText(scheme, s.Spans[i].Version)
	}
	for i := range ranges {
		for j := range i {
			a, b := &s.Spans[i], &s.Spans[j]
			if t.pairs++; t.pairs > maxPairs {
				return
			}
			if a.Status == b.Status || !ranges[i].IsValid() || !ranges[j].IsValid() || isExact(a) && isExact(b) {
				continue
			}
			both, err := ranges[i].Intersect(ranges[j])
			if err != nil || both.IsEmpty() {
				continue
			}
			test := "6.2.50.2"
			switch {
			case isExact(a) || isExact(b):
				test = "6.2.50.3"
			case strings.HasPrefix(a.Version, "vers:") && strings.HasPrefix(b.Version, "vers:"):
				test = "6.2.50.1"
			}
			if len(t.list) < maxProblems {
				t.list = append(t.list, advisory.Problem{Code: test, Warning: true, Pos: a.Pos,
					Text: "versions of " + a.Version + " are " + a.Status.String() + " and, by " + b.Version + ", " + b.Status.String()})
			}
		}
	}
}

func isExact(s *advisory.Span) bool { return strings.HasPrefix(s.Hint, advisory.HintExact) }
