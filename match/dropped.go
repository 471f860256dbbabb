package match

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/affected-go/affected/advisory"
)

// dropReasons returns for each document why it does not count, "" when it does: drafts,
// rejected and withdrawn documents, older revisions, documents that another one replaces
// (DESIGN section 6, step 5). Edges that lie on a cycle are no evidence. What documents with
// an end replace hangs on the date of the question: replaced returns those by document.
func dropReasons(docs documents) (why []string, replaced map[int32][]int32) {
	type ending struct {
		document int32
		id       string
	}
	why, replaced = make([]string, len(docs)), map[int32][]int32{}
	replacedBy := map[string][]string{}
	lasting := map[string][]string{}
	endings := map[string][]ending{} // documents with an end, by the ids that they replace
	for from, list := range docs.byID() {
		newest := newestOf(list)
		for i, a := range list {
			switch {
			case a.State == advisory.Draft:
				why[from+i] = "draft"
			case a.ID != "" && compareRevisions(a, newest) < 0:
				why[from+i] = "older revision"
			case a.State == advisory.Rejected:
				why[from+i] = "rejected"
			case !a.Withdrawn.IsZero():
				why[from+i] = "withdrawn"
			default:
				for _, id := range a.Supersedes {
					replacedBy[id] = append(replacedBy[id], a.ID)
					if !a.Expires.IsZero() {
						endings[id] = append(endings[id], ending{int32(from + i), a.ID})
					} else {
						lasting[id] = append(lasting[id], a.ID)
					}
				}
			}
		}
	}
	if len(replacedBy) == 0 {
		return why, replaced
	}
	for i, a := range docs.fronts() {
		replaces := func(by string) bool { return by != a.ID && !reaches(replacedBy, by, a.ID) }
		switch {
		case why[i] != "":
		case slices.ContainsFunc(lasting[a.ID], replaces):
			why[i] = "superseded"
		default:
			for _, by := range endings[a.ID] {
				if replaces(by.id) {
					replaced[int32(i)] = append(replaced[int32(i)], by.document)
				}
			}
		}
	}
	return why, replaced
}

// byID yields the documents that one publisher gave one id, which lie together, and where they begin.
func (l documents) byID() iter.Seq2[int, []*advisory.Advisory] {
	return func(yield func(int, []*advisory.Advisory) bool) {
		var list []*advisory.Advisory
		for i, a := range l.fronts() {
			if len(list) > 0 && (a.ID != list[0].ID || a.Publisher.Name != list[0].Publisher.Name) {
				if !yield(i-len(list), list) {
					return
				}
				list = list[:0]
			}
			list = append(list, a)
		}
		if len(list) > 0 {
			yield(len(l)-len(list), list)
		}
	}
}

// newestOf returns the newest revision that is no draft, nil for none.
func newestOf(list []*advisory.Advisory) (newest *advisory.Advisory) {
	for _, a := range list {
		if a.State != advisory.Draft && (newest == nil || compareRevisions(a, newest) > 0) {
			newest = a
		}
	}
	return newest
}

// reaches tells whether the edges lead from one document to another.
func reaches(edges map[string][]string, from, to string) bool {
	seen := map[string]bool{from: true}
	for queue := []string{from}; len(queue) > 0; queue = queue[1:] {
		for _, next := range edges[queue[0]] {
			if next == to {
				return true
			}
			if !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	return false
}

// compareRevisions compares number by number, and by date where there is no number: two
// documents that claim one number are both there, and dates decide what they say.
func compareRevisions(a, b *advisory.Advisory) int {
	if a.Revision == "" && b.Revision == "" {
		return lastChange(a).Compare(lastChange(b))
	}
	x, y := strings.Split(a.Revision, "."), strings.Split(b.Revision, ".")
	for i := 0; i < max(len(x), len(y)); i++ {
		var m, n int
		if i < len(x) {
			m, _ = strconv.Atoi(x[i])
		}
		if i < len(y) {
			n, _ = strconv.Atoi(y[i])
		}
		if m != n {
			return m - n
		}
	}
	return 0
}

func lastChange(a *advisory.Advisory) time.Time {
	if a.Modified.After(a.Published) {
		return a.Modified
	}
	return a.Published
}
