package inventory

import (
	"slices"

	"github.com/affected-go/affected/match"
)

// An assembly is the components of one SBOM and which contains which. It turns them into
// installations that hold their parts.
//
// A part is a copy of its component. A component with one container is copied with its own
// parts and, upwards, with what it is a part of; one with several is copied without, so that
// what is read never grows beyond the number of links, however they are drawn.
type assembly struct {
	nodes []node
}

// A node is one component.
type node struct {
	in       match.Installation
	label    string // its id in the document, for messages
	platform bool   // it is what others run on
	parts    []int
	partOf   []int
	complete bool // no other parts
	state    walkState
}

type walkState uint8

const (
	fresh walkState = iota
	open
	done
)

// add appends a component and returns its index.
func (a *assembly) add(in match.Installation, label string) int {
	a.nodes = append(a.nodes, node{in: in, label: label})
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

// cut removes the links that lead back to where they come from and returns their labels.
// The walk has no recursion, because a document can be as deep as it likes.
func (a *assembly) cut() (links [][2]string) {
	type frame struct{ node, next int }
	var order []int
	for root := range a.nodes {
		if a.nodes[root].state != fresh {
			continue
		}
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
			switch a.nodes[part].state {
			case open:
				links = append(links, [2]string{n.label, a.nodes[part].label})
				n.parts = slices.Delete(slices.Clone(n.parts), f.next, f.next+1)
				if i := slices.Index(a.nodes[part].partOf, f.node); i >= 0 {
					a.nodes[part].partOf = slices.Delete(slices.Clone(a.nodes[part].partOf), i, i+1)
				}
				n.complete = false
			case fresh:
				f.next++
				a.nodes[part].state = open
				stack = append(stack, frame{part, 0})
			default:
				f.next++
			}
		}
	}
	a.link(order)
	return links
}

// link fills in parts from below and containers from above. order has every component
// behind its parts.
func (a *assembly) link(order []int) {
	for _, i := range order {
		n := &a.nodes[i]
		for _, p := range n.parts {
			part := a.nodes[p].in
			if len(a.nodes[p].partOf) > 1 {
				part.Parts, part.PartsComplete = nil, false
			}
			n.in.Parts = append(n.in.Parts, part)
		}
		n.in.PartsComplete = n.complete
	}
	for _, i := range slices.Backward(order) {
		n := &a.nodes[i]
		for _, w := range n.partOf {
			whole := a.nodes[w].in
			whole.Parts, whole.PartsComplete = nil, false
			if len(n.partOf) > 1 {
				whole.PartOf = nil
			}
			n.in.PartOf = append(n.in.PartOf, whole)
		}
	}
}

// host gives a machine the components, in their order. Where there are parts, the machine
// has to be known to them.
func (a *assembly) host(g *gather, m *machine) {
	for i := range a.nodes {
		n := &a.nodes[i]
		setHost(n.in.Parts, m.Host)
		setHost(n.in.PartOf, m.Host)
		if n.platform {
			g.platform(m, n.in)
		} else {
			g.add(m, n.in)
		}
	}
}

func setHost(list []match.Installation, h *match.Host) {
	for i := range list {
		list[i].Host = h
	}
}
