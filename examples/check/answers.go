package main

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/match"
)

// An answer is one line of the output: an installation and a vulnerability.
type answer struct {
	in            *match.Installation
	host          string
	product       string
	installed     string
	vulnerability string // "" when the line stands for all that were asked about
	verdict       match.Verdict
	fix           match.Fix
	finding       match.Finding
}

// wanted are all statuses that a statement can lead to, in the order of the summary.
var wanted = []match.Status{
	advisory.Affected, advisory.Unknown, advisory.UnderInvestigation, advisory.Fixed, advisory.NotAffected,
}

// maxPairs is up to how many vulnerabilities -json shows pairs without a statement unasked.
const maxPairs = 1000

// ask asks the matcher about every installation and returns the lines in order.
func (c *check) ask(ctx context.Context, hosts []*match.Host) ([]answer, error) {
	every := c.ids
	if len(every) == 0 {
		every = slices.Collect(c.matcher.Vulnerabilities())
	}
	showSilence := c.inventory == ""
	if c.json {
		showSilence = len(every) <= maxPairs
	}
	if c.all != nil {
		showSilence = *c.all
	}
	var answers []answer
	asked := 0
	for _, host := range hosts {
		for in := range everything(host.Installations) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			asked++
			c.messages.progress("checking", asked, int64(asked), int64(c.summary.rows))
			findVendor(c.matcher, in)
			answers = append(answers, c.askOne(in, every, showSilence)...)
		}
	}
	c.summary.hosts = len(hosts)
	slices.SortStableFunc(answers, func(a, b answer) int {
		return cmp.Or(natural(a.host, b.host), natural(a.product, b.product),
			natural(a.installed, b.installed), natural(a.vulnerability, b.vulnerability))
	})
	return answers, nil
}

// everything yields installations, each followed by its parts.
func everything(list []match.Installation) iter.Seq[*match.Installation] {
	return func(yield func(*match.Installation) bool) {
		for i := range list {
			if !yield(&list[i]) {
				return
			}
			for part := range everything(list[i].Parts) {
				if !yield(part) {
					return
				}
			}
		}
	}
}

// askOne asks about one installation. Without ids on the command line the matcher tells
// what is stated, however many vulnerabilities it knows; silence is only asked for, one
// vulnerability after the other, when it is to be shown.
func (c *check) askOne(in *match.Installation, every []string, showSilence bool) []answer {
	line := answer{in: in, product: productText(in), installed: installedText(in)}
	if in.Host != nil {
		line.host = in.Host.ID
	}
	var lines []answer
	add := func(f match.Finding) {
		line.vulnerability, line.verdict, line.fix, line.finding = f.Vulnerability, f.Verdict, f.Fix, f
		lines = append(lines, line)
	}
	stated := map[string]bool{}
	if len(c.ids) == 0 {
		for f := range c.matcher.Findings(in) {
			stated[f.Vulnerability] = true
			add(f)
		}
	}
	if len(c.ids) > 0 || showSilence {
		for _, id := range every {
			if !stated[id] {
				add(c.matcher.Finding(in, id))
			}
		}
	}
	spoken := slices.DeleteFunc(slices.Clone(lines), isSilent)
	c.summary.count(spoken)
	if len(spoken) == 0 {
		c.summary.silent[c.matcher.Coverage(in).Kind]++
	}
	switch {
	case !showSilence:
		return spoken
	case c.json:
		return lines
	case len(spoken) == 0:
		return silence(line, lines)
	}
	return spoken
}

func isSilent(a answer) bool { return a.verdict.Status == advisory.NoStatement }

// silence returns what to show of lines without a statement: those that have more to say
// than that the product is not named, or else one line for all.
func silence(line answer, lines []answer) []answer {
	telling := slices.DeleteFunc(slices.Clone(lines), func(a answer) bool { return a.verdict.Reason == advisory.NotNamed })
	switch {
	case len(telling) > 0:
		return telling
	case len(lines) == 1:
		return lines
	}
	line.vulnerability, line.fix = "", match.Fix{}
	line.verdict = match.Verdict{Status: advisory.NoStatement, Reason: advisory.NotNamed}
	return []answer{line}
}

// natural compares texts with numbers in them as people do: host-2 before host-10. Texts
// that it takes for equal are compared by their bytes.
func natural(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		n, m := digits(x), digits(y)
		if n == 0 || m == 0 {
			if x[0] != y[0] {
				return cmp.Compare(x[0], y[0])
			}
			x, y = x[1:], y[1:]
			continue
		}
		v, w := strings.TrimLeft(x[:n], "0"), strings.TrimLeft(y[:m], "0")
		if c := cmp.Or(len(v)-len(w), strings.Compare(v, w)); c != 0 {
			return c
		}
		x, y = x[n:], y[m:]
	}
	return cmp.Or(len(x)-len(y), strings.Compare(a, b))
}

// digits returns the length of the number that s begins with.
func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}
