package jsonpos

import (
	"cmp"
	"hash/maphash"
	"slices"
)

// Most writers never repeat a name, some attackers do because readers disagree about which member counts. The check is
// made when an object is closed, while its nodes are still in the cache of the processor.

// fewMembers is the size up to which names are compared in pairs.
const fewMembers = 32

// markDuplicates sets the flag duplicate on all members of the object nodes[0] whose name an earlier one has, and
// reports whether there are any.
func markDuplicates(data []byte, nodes []node) bool {
	var seen uint64 // a set of hashes so poor that six bits hold one
	count := 0
	repeated := false
	base := int(nodes[0].next) - len(nodes)
	for i := 1; i < len(nodes); i = int(nodes[i].next) - base {
		n := &nodes[i]
		if count++; count > fewMembers || n.bits&nameEscaped != 0 {
			return markManyDuplicates(data, nodes, base)
		}
		hash := n.bits >> nameShift
		if hash > 0 {
			hash += uint32(data[n.label])<<1 ^ uint32(data[n.label+hash-1])<<2
		}
		bit := uint64(1) << (hash & 63)
		if seen&bit != 0 && hasName(data, nodes[:i], base, n) {
			n.bits |= duplicate
			repeated = true
		}
		seen |= bit
	}
	return repeated
}

// hasName reports whether a member of the object nodes[0] has the name of n.
func hasName(data []byte, nodes []node, base int, n *node) bool {
	for i := 1; i < len(nodes); i = int(nodes[i].next) - base {
		if string(nodes[i].rawName(data)) == string(n.rawName(data)) {
			return true
		}
	}
	return false
}

// markManyDuplicates does the same for objects of any size and names with escapes. It sorts by a hash that nobody can
// foresee, so that no input makes it slow.
func markManyDuplicates(data []byte, nodes []node, base int) bool {
	type member struct {
		hash uint64
		node int
	}
	var members []member
	seed := maphash.MakeSeed()
	for i := 1; i < len(nodes); i = int(nodes[i].next) - base {
		hash := maphash.Bytes(seed, nodes[i].rawName(data))
		if nodes[i].bits&nameEscaped != 0 {
			hash = maphash.String(seed, nodes[i].name(data))
		}
		members = append(members, member{hash, i})
	}
	slices.SortFunc(members, func(a, b member) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.node, b.node))
	})
	repeated := false
	for i := 1; i < len(members); i++ {
		a, b := members[i-1], members[i]
		if a.hash == b.hash && nodes[a.node].name(data) == nodes[b.node].name(data) {
			nodes[b.node].bits |= duplicate
			repeated = true
		}
	}
	return repeated
}

// inheritDuplicate passes the flag on to all that is in a marked container, since all of it is in doubt.
func inheritDuplicate(nodes []node) {
	for i := range nodes {
		nodes[i].bits |= nodes[nodes[i].up].bits & duplicate
	}
}
