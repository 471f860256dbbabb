package match

import (
	"iter"
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
)

// A joinedIDs knows which ids stand for the same vulnerability, and so under which each is
// reported: each CVE id that it has; without one, the CVE ids that documents with one of its
// other ids have; without these, one id of those that stand for the same.
//
// Ids are joined through any other id but a CVE id, and never by a document that does not
// count: two CVE ids are not one vulnerability because a third id names both.
type joinedIDs struct {
	aliases aliases
	cves    map[string][]string // of the ids that stand for the same, where somebody may ask
	dropped map[string]bool     // ids of documents that do not count, and whether one that counts has them
}

func joinIDs(docs iter.Seq2[int, *advisory.Advisory], dropped []string) *joinedIDs {
	j := &joinedIDs{aliases: aliases{}, cves: map[string][]string{}, dropped: map[string]bool{}}
	for i, a := range docs {
		for v := range a.Vulnerabilities {
			if dropped[i] == "" {
				j.aliases.join(&a.Vulnerabilities[v])
			}
		}
	}
	for _, a := range docs {
		for v := range a.Vulnerabilities {
			j.want(&a.Vulnerabilities[v])
		}
	}
	for i, a := range docs {
		for v := range a.Vulnerabilities {
			if dropped[i] == "" {
				j.note(&a.Vulnerabilities[v])
			} else {
				for id := range idsOf(&a.Vulnerabilities[v]) {
					j.dropped[id] = false
				}
			}
		}
	}
	for i, a := range docs {
		for v := range a.Vulnerabilities {
			for id := range idsOf(&a.Vulnerabilities[v]) {
				if _, ok := j.dropped[id]; ok && dropped[i] == "" {
					j.dropped[id] = true
				}
			}
		}
	}
	return j
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

// want remembers the ids of a vulnerability that has no CVE id.
func (j *joinedIDs) want(v *advisory.Vulnerability) {
	for id := range idsOf(v) {
		if isCVE(id) {
			return
		}
	}
	for id := range idsOf(v) {
		if root := j.aliases.root(id); j.cves[root] == nil {
			j.cves[root] = []string{}
		}
	}
}

// note collects the CVE ids of a vulnerability under its other ids.
func (j *joinedIDs) note(v *advisory.Vulnerability) {
	for cve := range idsOf(v) {
		if !isCVE(cve) {
			continue
		}
		for id := range idsOf(v) {
			if isCVE(id) {
				continue
			}
			root := j.aliases.root(id)
			if list, wanted := j.cves[root]; wanted && !slices.Contains(list, cve) {
				j.cves[root] = append(list, cve)
			}
		}
	}
}

// appendMeant appends the ids under which a vulnerability is reported.
func (j *joinedIDs) appendMeant(dst []string, v *advisory.Vulnerability) []string {
	from := len(dst)
	add := func(id string) {
		if !slices.Contains(dst[from:], id) {
			dst = append(dst, id)
		}
	}
	for id := range idsOf(v) {
		if isCVE(id) {
			add(id)
		}
	}
	if len(dst) > from {
		return dst
	}
	for id := range idsOf(v) {
		for _, cve := range j.cves[j.aliases.root(id)] {
			add(cve)
		}
	}
	if len(dst) == from {
		dst = append(dst, j.aliases.root(v.ID))
	}
	return dst
}

// appendDropped appends the ids under which a document that does not count is reported as well:
// whoever asks by an id that only such documents have is not led to the CVE id beside it.
func (j *joinedIDs) appendDropped(dst []string, v *advisory.Vulnerability) []string {
	for id := range idsOf(v) {
		if !isCVE(id) && !j.dropped[id] && !slices.Contains(dst, id) {
			dst = append(dst, id)
		}
	}
	return dst
}

func isCVE(id string) bool { return strings.HasPrefix(id, "CVE-") }

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
