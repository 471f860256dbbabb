package oracle

import (
	_ "embed" // for exceptions.txt
	"fmt"
	"regexp"
	"strings"
)

//go:embed exceptions.txt
var exceptionText string

// A Kind says in what the library and a tool differ.
type Kind string

// The kinds of differences.
const (
	Order          Kind = "order" // both read the two versions and order them in other ways
	ToolRefuses    Kind = "tool"  // the tool refuses a version that the library reads
	LibraryRefuses Kind = "ours"  // the library refuses a version that the tool reads
)

// An Exception explains differences. Exceptions are immutable.
type Exception struct {
	Scheme string
	Kind   Kind
	Rule   string
	Reason string

	pattern *regexp.Regexp // what the texts look like; nil for a cycle
	tails   []string       // what is put behind beginnings of the texts to find a cycle
}

// Exceptions reads exceptions.txt: scheme, kind, rule and reason, one exception a line.
//
// A rule /expression/ matches a version that one side refuses, or for the kind order both
// versions with a tab between. A rule cycle:x,y explains nothing by itself: each single
// difference has to be shown to lie on a cycle of the tool's answers, see [Exception.Witnesses].
func Exceptions() ([]Exception, error) {
	var all []Exception
	n := 0
	for line := range strings.Lines(exceptionText) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		e, err := parseException(line)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		all = append(all, e)
	}
	return all, nil
}

func parseException(line string) (Exception, error) {
	fields := strings.Fields(line)
	if len(fields) < 4 {
		return Exception{}, fmt.Errorf("scheme, kind, rule and reason wanted")
	}
	e := Exception{Scheme: fields[0], Kind: Kind(fields[1]), Rule: fields[2], Reason: strings.Join(fields[3:], " ")}
	tails, cycle := strings.CutPrefix(e.Rule, "cycle:")
	expression, pattern := strings.CutPrefix(e.Rule, "/")
	switch {
	case e.Kind != Order && e.Kind != ToolRefuses && e.Kind != LibraryRefuses:
		return Exception{}, fmt.Errorf("unknown kind %q", e.Kind)
	case cycle && e.Kind == Order:
		e.tails = strings.Split(tails, ",")
	case pattern && strings.HasSuffix(expression, "/"):
		var err error
		if e.pattern, err = regexp.Compile(strings.TrimSuffix(expression, "/")); err != nil {
			return Exception{}, err
		}
	default:
		return Exception{}, fmt.Errorf("unknown rule %q", e.Rule)
	}
	return e, nil
}

// Matches tells whether the exception explains by its text that a version is refused, or
// that two versions, with a tab between, are in another order.
func (e Exception) Matches(text string) bool { return e.pattern != nil && e.pattern.MatchString(text) }

// Witnesses returns the versions that may show a cycle through the two of p; none when the
// exception is not about cycles.
func (e Exception) Witnesses(p Pair) []string {
	var list []string
	for _, text := range []string{p.A, p.B} {
		for i := range len(text) + 1 {
			for _, tail := range e.tails {
				list = append(list, strings.ToValidUTF8(text[:i], "")+tail)
			}
		}
	}
	return list
}

// contradicts tells whether no order has these three answers: a to w, w to b, and a to b.
func contradicts(aw, wb, ab Answer) bool {
	switch {
	case aw == Refused || wb == Refused || ab == Refused:
		return false
	case aw == wb || wb == 0:
		return ab != aw
	case aw == 0:
		return ab != wb
	default:
		return false
	}
}
