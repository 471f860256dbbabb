package match

import (
	"cmp"
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
)

// A Gap is something that is not known, with the findings that it keeps open.
type Gap struct {
	// Class says who has to act, Reason why the findings are Unknown.
	Class  advisory.Class
	Reason Reason
	// What is missing, in words: "platform", "version of fortinet/fortios", "document
	// CVE-2024-1 of example", "ranks of nvd and redhat".
	What string
	// Findings is how many findings hang on it, Alone how many of them it settles by itself.
	Findings, Alone int
	// Installations is on how many installations.
	Installations int
	// Example is one of them, and a vulnerability that is open there.
	Example       *Installation
	Vulnerability string
}

// Triage ranks what is not known by the findings that it keeps open, those first that settle
// the most by themselves. The results have to be those of a scan by the same matcher.
func (m *Matcher) Triage(results []Result) []Gap {
	gaps := map[Gap]*Gap{} // by class, reason and words
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	for i := range results {
		r := &results[i]
		counted := map[*Gap]bool{}
		for j := range r.Findings {
			f := &r.Findings[j]
			if f.Verdict.Status != advisory.Unknown || r.Installation == nil {
				continue
			}
			open := m.open(s, r.Installation, f)
			for _, what := range open {
				key := Gap{Class: f.Verdict.Reason.Class(), Reason: f.Verdict.Reason, What: what}
				g := gaps[key]
				if g == nil {
					g = &Gap{Class: key.Class, Reason: key.Reason, What: what, Example: r.Installation, Vulnerability: f.Vulnerability}
					gaps[key] = g
				}
				g.Findings++
				if len(open) == 1 {
					g.Alone++
				}
				if !counted[g] {
					counted[g] = true
					g.Installations++
				}
			}
		}
	}
	var list []Gap
	for _, g := range gaps {
		list = append(list, *g)
	}
	slices.SortFunc(list, func(a, b Gap) int {
		return cmp.Or(cmp.Compare(b.Alone, a.Alone), cmp.Compare(b.Findings, a.Findings), cmp.Compare(b.Installations, a.Installations),
			cmp.Compare(a.Class, b.Class), cmp.Compare(a.Reason, b.Reason), strings.Compare(a.What, b.What))
	})
	return list
}

// open returns what keeps a finding open, in words.
func (m *Matcher) open(s *scratch, in *Installation, f *Finding) []string {
	var e Evidence
	m.explain(s, in, f.Vulnerability, &e)
	product := cmp.Or(f.Product, joinNonEmpty(" ", in.Vendor, in.Product))
	switch r := f.Verdict.Reason; r {
	case advisory.BadVersion:
		return []string{"version of " + product}
	case advisory.NoScheme:
		return []string{"version scheme of " + product}
	case advisory.ProductUncertain:
		return []string{"whether " + joinNonEmpty(" ", in.Vendor, in.Product) + " is " + product}
	case advisory.HostConflict:
		return []string{"patches and versions of one moment"}
	case advisory.GraphHole, advisory.GraphCycle:
		return []string{"what the patches of " + product + " replace"}
	case advisory.Conflict:
		return []string{e.disagreeing()}
	default:
		if r.Class() == advisory.ClassAdvisory {
			return e.unclear()
		}
	}
	for i, what := range e.Missing {
		if what == "version" {
			e.Missing[i] = "version of " + product
		}
	}
	if len(e.Missing) == 0 {
		return []string{f.Verdict.Reason.String()}
	}
	return e.Missing
}

// disagreeing names the publishers that contradict each other, or the one that does.
func (e *Evidence) disagreeing() string {
	var publishers, documents []string
	for i := range e.Claims {
		if c := &e.Claims[i]; c.Decides {
			publishers, documents = append(publishers, c.Publisher), append(documents, c.Document)
		}
	}
	slices.Sort(publishers)
	if publishers = slices.Compact(publishers); len(publishers) > 1 {
		return "ranks of " + strings.Join(publishers, " and ")
	}
	slices.Sort(documents)
	return "which is right of " + strings.Join(slices.Compact(documents), " and ") + " of " + strings.Join(publishers, "")
}

// unclear names the documents that do not tell.
func (e *Evidence) unclear() []string {
	var list []string
	for i := range e.Claims {
		if c := &e.Claims[i]; c.Decides {
			list = append(list, "document "+c.Document+" of "+c.Publisher)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
