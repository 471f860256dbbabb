package oracle

import (
	_ "embed" // for grammars.txt
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

//go:embed grammars.txt
var grammarText string

// A Grammar makes random versions of a scheme. The zero Grammar makes none.
type Grammar struct{ rules map[string][][]item }

// An item is a piece of an alternative.
type item struct {
	text   string // literal, or the name of a rule
	rule   bool
	repeat byte // '?', '*' or 0
}

// Grammars reads grammars.txt and returns the grammar of each scheme.
func Grammars() (map[string]Grammar, error) {
	grammars := map[string]Grammar{}
	common, section := map[string][][]item{}, map[string][][]item(nil)
	n := 0
	for line := range strings.Lines(grammarText) {
		n++
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line == "[common]":
			section = common
		case line[0] == '[':
			section = make(map[string][][]item)
			for name, rule := range common {
				section[name] = rule
			}
			for _, scheme := range strings.Fields(strings.Trim(line, "[]")) {
				grammars[scheme] = Grammar{section}
			}
		default:
			name, rule, err := parseRule(line)
			if err != nil || section == nil {
				return nil, fmt.Errorf("line %d: no rule (%w)", n, err)
			}
			section[name] = rule
		}
	}
	for scheme, g := range grammars {
		if err := g.check(); err != nil {
			return nil, fmt.Errorf("%s: %w", scheme, err)
		}
	}
	return grammars, nil
}

// parseRule reads a line "name = alternative | alternative".
func parseRule(line string) (string, [][]item, error) {
	name, rest, ok := strings.Cut(line, "=")
	if !ok {
		return "", nil, fmt.Errorf("no = in %q", line)
	}
	alternatives := [][]item{nil}
	for rest = strings.TrimSpace(rest); rest != ""; rest = strings.TrimSpace(rest) {
		last := len(alternatives) - 1
		if rest[0] == '|' {
			alternatives, rest = append(alternatives, nil), rest[1:]
			continue
		}
		var it item
		if quoted, err := strconv.QuotedPrefix(rest); err == nil {
			if it.text, err = strconv.Unquote(quoted); err != nil {
				return "", nil, err
			}
			rest = rest[len(quoted):]
		} else {
			end := strings.IndexFunc(rest, func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') })
			if end < 0 {
				end = len(rest)
			}
			if end == 0 {
				return "", nil, fmt.Errorf("no item at %q", rest)
			}
			it.text, it.rule, rest = rest[:end], true, rest[end:]
		}
		if rest != "" && (rest[0] == '?' || rest[0] == '*') {
			it.repeat, rest = rest[0], rest[1:]
		}
		alternatives[last] = append(alternatives[last], it)
	}
	return strings.TrimSpace(name), alternatives, nil
}

// check tells whether all rules that are named are there, and none holds itself.
func (g Grammar) check() error {
	done := map[string]bool{}
	var visit func(name string) error
	visit = func(name string) error {
		finished, seen := done[name]
		switch {
		case finished:
			return nil
		case seen:
			return fmt.Errorf("rule %q holds itself", name)
		case g.rules[name] == nil:
			return fmt.Errorf("no rule %q", name)
		}
		done[name] = false
		for _, alternative := range g.rules[name] {
			for _, it := range alternative {
				if it.rule {
					if err := visit(it.text); err != nil {
						return err
					}
				}
			}
		}
		done[name] = true
		return nil
	}
	return visit("version")
}

// A tape is the choices by which a version is made: those given first, then random ones.
type tape struct {
	random *rand.Rand
	given  []int
	taken  []int
}

func (t *tape) choose(n int) int {
	c := t.random.IntN(1 << 30)
	if len(t.taken) < len(t.given) {
		c = t.given[len(t.taken)]
	}
	t.taken = append(t.taken, c)
	return c % n
}

// Pair makes two versions. Mostly the second one is made by the choices of the first one
// with one or two changed, so that both begin and end alike; some have a byte too many or
// too few, which a tool may refuse. Two of the same text say little, so it tries again.
func (g Grammar) Pair(r *rand.Rand) Pair {
	p := g.pair(r)
	for tries := 0; tries < 4 && p.A == p.B; tries++ {
		p = g.pair(r)
	}
	return p
}

func (g Grammar) pair(r *rand.Rand) Pair {
	t := tape{random: r}
	a := g.expand(&t, "version")
	u := tape{random: r}
	if r.IntN(5) > 0 {
		u.given = append(u.given, t.taken...)
		for range 1 + r.IntN(2) {
			u.given[r.IntN(len(u.given))] = r.IntN(1 << 30)
		}
	}
	b := g.expand(&u, "version")
	if r.IntN(32) == 0 {
		b = damage(r, b)
	}
	if r.IntN(2) == 0 {
		a, b = b, a
	}
	return Pair{a, b}
}

func (g Grammar) expand(t *tape, name string) string {
	alternatives := g.rules[name]
	var b strings.Builder
	for _, it := range alternatives[t.choose(len(alternatives))] {
		times := 1
		switch it.repeat {
		case '?':
			times = t.choose(2)
		case '*':
			times = t.choose(4)
		}
		for range times {
			if it.rule {
				b.WriteString(g.expand(t, it.text))
			} else {
				b.WriteString(it.text)
			}
		}
	}
	return b.String()
}

// damage puts a byte in, changes one or takes one out.
func damage(r *rand.Rand, text string) string {
	const bytes = "..--__++~^:!*#v0a Z"
	i := r.IntN(len(text) + 1)
	end := min(len(text), i+r.IntN(2))
	put := ""
	if i == end || r.IntN(2) == 0 {
		c := r.IntN(len(bytes))
		put = bytes[c : c+1]
	}
	return strings.ToValidUTF8(text[:i]+put+text[end:], "")
}
