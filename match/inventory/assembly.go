package inventory

import (
	"slices"

	"github.com/affected-go/affected/match"
)

// An assembly is the components of one SBOM and which contains which. It turns them into
// installations that hold their parts.
//
// A component stands inside the first container that the walk reaches it by, with its own
// parts; in any other container it is a copy without parts. So what is built never exceeds
// the number of links, however they are drawn.
type assembly struct {
	nodes []node
}

// A node is one component.
type node struct {
	in       match.Installation
	label    string // its id in the document, for messages
	platform bool   // it is what others run on, and stands beside them and not inside of another
	parts    []int  // -1 for a link that was removed
	partOf   []int
	home     int  // the container in which it stands, -1 for none
	complete bool // no other parts
	state    walkState
}

type walkState uint8

const (
	fresh walkState = iota
	open
	done
)

// maxNesting is how deep parts stand inside each other: what is deeper is a part of its
// container at this depth, which it is too. The scan of a matcher goes to 32.
const maxNesting = 16

// grow makes room for components. A list can promise more than it holds.
func (a *assembly) grow(n int) { a.nodes = slices.Grow(a.nodes, min(n, 1<<14)) }

// add appends a component and returns its index.
func (a *assembly) add(in match.Installation, label string) int {
	a.nodes = append(a.nodes, node{in: in, label: label, home: -1})
	return len(a.nodes) - 1
}

// contain notes that one component is a part of another.
func (a *assembly) contain(whole, part int) {
	a.nodes[whole].parts = append(a.nodes[whole].parts, part)
	a.nodes[part].partOf = append(a.nodes[part].partOf, whole)
}

// doubt takes back that lists of parts are complete, because something of the document could
// not be read.
func (a *assembly) doubt() {
	for i := range a.nodes {
		a.nodes[i].complete = false
	}
}

// arrange puts the parts into their containers. It returns the labels of the links that lead
// back to where they come from, which are not used.
func (a *assembly) arrange() (cut [][2]string) {
	var order []int // each component behind its parts
	for _, rootsOnly := range [...]bool{true, false} {
		for i := range a.nodes {
			if a.nodes[i].state == fresh && (!rootsOnly || len(a.nodes[i].partOf) == 0) {
				order, cut = a.walk(i, order, cut)
			}
		}
	}
	a.relink()
	for _, i := range order {
		n := &a.nodes[i]
		n.in.Parts = slices.Grow(n.in.Parts, len(n.parts))
		for _, p := range n.parts {
			part := a.nodes[p].in
			if a.nodes[p].home != i {
				part.Parts, part.PartsComplete = nil, false
			}
			n.in.Parts = append(n.in.Parts, part)
		}
		n.in.PartsComplete = n.complete
	}
	for _, i := range slices.Backward(order) {
		a.name(i)
	}
	return cut
}

// walk visits what a component contains. It has no recursion, because a document can be as
// deep as it likes.
func (a *assembly) walk(root int, order []int, cut [][2]string) ([]int, [][2]string) {
	type frame struct{ node, next int }
	a.nodes[root].state = open
	stack := []frame{{root, 0}}
	for len(stack) > 0 {
		f := &stack[len(stack)-1]
		n := &a.nodes[f.node]
		if f.next == len(n.parts) {
			n.state = done
			order = append(order, f.node)
			stack = stack[:len(stack)-1]
			continue
		}
		part := n.parts[f.next]
		f.next++
		p := &a.nodes[part]
		switch {
		case p.state == open:
			cut = append(cut, [2]string{n.label, p.label})
			n.parts[f.next-1], n.complete = -1, false
		case p.platform:
			n.parts[f.next-1], n.complete = -1, false
			if p.state == fresh {
				a.nodes[part].state = open
				stack = append(stack, frame{part, 0})
			}
		case p.state == done: // it stands elsewhere
		case len(stack) > maxNesting:
			above := &a.nodes[stack[maxNesting-1].node]
			above.parts = append(above.parts, part)
			n.parts[f.next-1], n.complete = -1, false
		default:
			p.state, p.home = open, f.node
			stack = append(stack, frame{part, 0})
		}
	}
	return order, cut
}

// relink drops the links that were removed. A platform keeps what it is a part of, though it
// does not stand there.
func (a *assembly) relink() {
	for i := range a.nodes {
		if n := &a.nodes[i]; !n.platform {
			n.partOf = n.partOf[:0]
		}
	}
	for i := range a.nodes {
		n := &a.nodes[i]
		n.parts = slices.DeleteFunc(n.parts, func(p int) bool { return p < 0 })
		for _, p := range n.parts {
			a.nodes[p].partOf = append(a.nodes[p].partOf, i)
		}
	}
}

// name tells the parts of a component what they are parts of. What the component is a part
// of is known already.
func (a *assembly) name(i int) {
	n := &a.nodes[i]
	if n.platform {
		for _, w := range n.partOf {
			n.in.PartOf = append(n.in.PartOf, a.nodes[w].whole(len(n.partOf)))
		}
	}
	for k, p := range n.parts {
		part := &a.nodes[p]
		if part.in.PartOf == nil {
			for _, w := range part.partOf {
				part.in.PartOf = append(part.in.PartOf, a.nodes[w].whole(len(part.partOf)))
			}
		}
		n.in.Parts[k].PartOf = part.in.PartOf
	}
}

// whole returns a component as one of several containers of a part.
func (n *node) whole(containers int) match.Installation {
	in := n.in
	in.Parts, in.PartsComplete = nil, false
	if containers > 1 {
		in.PartOf = nil
	}
	return in
}

// host gives a machine the components that stand in no other one, and tells all of them
// where they are.
func (a *assembly) host(g *gather, m *machine) {
	outer := 0
	for i := range a.nodes {
		if a.nodes[i].home < 0 {
			outer++
		}
	}
	m.Installations = make([]match.Installation, 0, outer)
	for i := range a.nodes {
		n := &a.nodes[i]
		setHost(n.in.Parts, m.Host)
		setHost(n.in.PartOf, m.Host)
		switch {
		case n.platform:
			m.Platforms = append(m.Platforms, n.in)
			m.Installations = append(m.Installations, n.in)
		case n.home < 0:
			m.Installations = append(m.Installations, n.in)
		}
	}
}

func setHost(list []match.Installation, h *match.Host) {
	for i := range list {
		list[i].Host = h
	}
}
