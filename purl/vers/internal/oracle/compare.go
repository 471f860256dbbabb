package oracle

import (
	"context"
	"hash/fnv"
	"math/rand/v2"
	"strings"

	"github.com/affected-go/affected/purl/vers"
)

// A Difference is one that was found. A refused version stands in A.
type Difference struct {
	Pair       Pair
	Kind       Kind
	Ours, Tool Answer
	Exception  *Exception // what explains it; nil: nothing
	Witness    string     // the third version of the cycle, when that is the explanation
}

// A Result is what comparing a scheme with its tool has shown.
type Result struct {
	Compared    int // pairs that both read
	Equal       int // those among them that both take for equal
	Keys        int // those whose keys alone have another order than the tool
	Refused     int // versions that both refuse
	Differences []Difference
}

// maxCycles is the greatest number of differences that are searched for cycles.
const maxCycles = 2000

// Compare compares at least n random pairs, always the same ones, that both the scheme and
// the tool read; fewer only when the grammar makes too few of them.
func Compare(ctx context.Context, scheme string, tool Opened, g Grammar, exceptions []Exception, n int) (Result, error) {
	seed := fnv.New64a()
	seed.Write([]byte(scheme)) // a hash never fails
	c := comparison{
		scheme: scheme, tool: tool, refusals: map[string]bool{},
		random: rand.New(rand.NewPCG(1, seed.Sum64())),
	}
	for _, e := range exceptions {
		if e.Scheme == scheme {
			c.exceptions = append(c.exceptions, e)
		}
	}
	for round := 0; round < 5 && c.result.Compared < n; round++ {
		if err := c.order(ctx, g, (n-c.result.Compared)*5/4+100); err != nil {
			return Result{}, err
		}
	}
	if err := c.refused(ctx); err != nil {
		return Result{}, err
	}
	err := c.cycles(ctx)
	return c.result, err
}

// A comparison is one that goes on.
type comparison struct {
	scheme     string
	tool       Opened
	random     *rand.Rand
	exceptions []Exception
	refusals   map[string]bool // versions of pairs that at least one side refused
	texts      []string        // the same, in the order of their coming
	result     Result
}

// order compares n pairs.
func (c *comparison) order(ctx context.Context, g Grammar, n int) error {
	pairs := make([]Pair, n)
	for i := range pairs {
		pairs[i] = g.Pair(c.random)
	}
	answers, err := c.tool.Compare(ctx, pairs)
	if err != nil {
		return err
	}
	for i, p := range pairs {
		ours, keys := c.ours(p)
		if ours == Refused || answers[i] == Refused {
			c.refuse(p.A)
			c.refuse(p.B)
			continue
		}
		c.result.Compared++
		if keys != answers[i] {
			c.result.Keys++
		}
		switch {
		case ours != answers[i]:
			c.differ(Difference{Pair: p, Kind: Order, Ours: ours, Tool: answers[i]}, p.A+"\t"+p.B)
		case ours == 0:
			c.result.Equal++
		}
	}
	return nil
}

func (c *comparison) refuse(text string) {
	if !c.refusals[text] {
		c.refusals[text] = true
		c.texts = append(c.texts, text)
	}
}

// ours returns what the library answers and what the keys alone do, which is another thing
// only where the order of the tool is none.
func (c *comparison) ours(p Pair) (order, keys Answer) {
	v, err := vers.Builtin().Parse(c.scheme, p.A)
	if err != nil {
		return Refused, Refused
	}
	w, err := vers.Builtin().Parse(c.scheme, p.B)
	if err != nil {
		return Refused, Refused
	}
	answer, comparable := v.Compare(w)
	if !comparable {
		return Apart, Apart
	}
	a, _ := v.Key()
	b, _ := w.Key()
	return Answer(answer), Answer(strings.Compare(a, b))
}

// refused finds out who refuses which version, by comparing it with itself.
func (c *comparison) refused(ctx context.Context) error {
	pairs := make([]Pair, len(c.texts))
	for i, text := range c.texts {
		pairs[i] = Pair{text, text}
	}
	answers, err := c.tool.Compare(ctx, pairs)
	if err != nil {
		return err
	}
	for i, p := range pairs {
		switch ours, _ := c.ours(p); {
		case ours == Refused && answers[i] == Refused:
			c.result.Refused++
		case ours == Refused:
			c.differ(Difference{Pair: p, Kind: LibraryRefuses, Ours: ours, Tool: answers[i]}, p.A)
		case answers[i] == Refused:
			c.differ(Difference{Pair: p, Kind: ToolRefuses, Ours: ours, Tool: answers[i]}, p.A)
		}
	}
	return nil
}

// differ keeps a difference, with the exception whose pattern explains it.
func (c *comparison) differ(d Difference, text string) {
	for i := range c.exceptions {
		if e := &c.exceptions[i]; e.Kind == d.Kind && e.Matches(text) {
			d.Exception = e
			break
		}
	}
	c.result.Differences = append(c.result.Differences, d)
}

// cycles asks the tool about third versions for what is not explained yet.
func (c *comparison) cycles(ctx context.Context) error {
	exception := c.cycleException()
	if exception == nil {
		return nil
	}
	var pairs []Pair
	var owners []*Difference // the one that a witness is for
	open := 0
	for i := range c.result.Differences {
		d := &c.result.Differences[i]
		if d.Exception != nil || d.Kind != Order || open == maxCycles {
			continue
		}
		open++
		for _, w := range exception.Witnesses(d.Pair) {
			pairs = append(pairs, Pair{d.Pair.A, w}, Pair{w, d.Pair.B})
			owners = append(owners, d)
		}
	}
	if len(pairs) == 0 {
		return nil
	}
	answers, err := c.tool.Compare(ctx, pairs)
	if err != nil {
		return err
	}
	for k, d := range owners {
		if d.Exception == nil && contradicts(answers[2*k], answers[2*k+1], d.Tool) {
			d.Exception, d.Witness = exception, pairs[2*k].B
		}
	}
	return nil
}

// cycleException returns the exception of the scheme that is about cycles, nil for none.
func (c *comparison) cycleException() *Exception {
	for i := range c.exceptions {
		if c.exceptions[i].tails != nil {
			return &c.exceptions[i]
		}
	}
	return nil
}
