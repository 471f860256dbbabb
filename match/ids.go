package match

import (
	"slices"

	"github.com/affected-go/affected/advisory"
)

// meantIDs returns, for each vulnerability of each document, the ids under which it is
// reported: each CVE id that it has; without one, the CVE ids that documents with one of its
// other ids have; without these, one id of those that stand for the same.
//
// Ids are joined through any other id but a CVE id, and never by a document that does not
// count: two CVE ids are not one vulnerability because a third id names both.
func meantIDs(docs []*advisory.Advisory, dropped []string) [][][]string {
	joined := aliases{}
	for i, a := range docs {
		for v := range a.Vulnerabilities {
			if dropped[i] == "" {
				joined.join(&a.Vulnerabilities[v])
			}
		}
	}
	cves := map[string][]string{} // of the ids that stand for the same
	for i, a := range docs {
		for v := range a.Vulnerabilities {
			if dropped[i] == "" {
				joined.note(cves, &a.Vulnerabilities[v])
			}
		}
	}
	meant := make([][][]string, len(docs))
	for i, a := range docs {
		meant[i] = make([][]string, len(a.Vulnerabilities))
		for v := range a.Vulnerabilities {
			meant[i][v] = joined.meant(cves, &a.Vulnerabilities[v])
		}
	}
	return meant
}

// aliases leads from each id that is no CVE id to one that stands for the same, and at the
// end to one that all of them share.
type aliases map[string]string

func (a aliases) root(id string) string {
	for {
		next, ok := a[id]
		if !ok || next == id {
			return id
		}
		if over, ok := a[next]; ok {
			a[id] = over // the way is shorter the next time
		}
		id = next
	}
}

// join makes the ids of a vulnerability, CVE ids apart, stand for the same.
func (a aliases) join(v *advisory.Vulnerability) {
	first := ""
	for id := range idsOf(v) {
		switch {
		case isCVE(id):
		case first == "":
			first = a.root(id)
		default:
			if other := a.root(id); other != first {
				first, other = min(first, other), max(first, other)
				a[other] = first
			}
		}
	}
}

// note collects the CVE ids of a vulnerability under its other ids.
func (a aliases) note(cves map[string][]string, v *advisory.Vulnerability) {
	for cve := range idsOf(v) {
		if !isCVE(cve) {
			continue
		}
		for id := range idsOf(v) {
			if root := a.root(id); !isCVE(id) && !slices.Contains(cves[root], cve) {
				cves[root] = append(cves[root], cve)
			}
		}
	}
}

func (a aliases) meant(cves map[string][]string, v *advisory.Vulnerability) []string {
	var ids []string
	for id := range idsOf(v) {
		if isCVE(id) && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if ids != nil {
		return ids
	}
	for id := range idsOf(v) {
		for _, cve := range cves[a.root(id)] {
			if !slices.Contains(ids, cve) {
				ids = append(ids, cve)
			}
		}
	}
	if ids == nil {
		ids = []string{a.root(v.ID)}
	}
	return ids
}

// idsOf yields the id of a vulnerability and its aliases.
func idsOf(v *advisory.Vulnerability) func(func(string) bool) {
	return func(yield func(string) bool) {
		if v.ID != "" && !yield(v.ID) {
			return
		}
		for _, id := range v.Aliases {
			if id != "" && !yield(id) {
				return
			}
		}
	}
}
