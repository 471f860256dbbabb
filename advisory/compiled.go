package advisory

import (
	"maps"

	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// TimelineData is what a Timeline answers from, for those who store timelines. The scheme and
// the catalog entry are stored by their names, and the problems not at all: Resolve gives
// them again.
type TimelineData struct {
	SchemeRule string
	Segments   []Segment
	Other      Outcome
	Texts      map[string]Outcome // versions that only compare as text, folded
	Unread     StatusSet          // statuses of the spans that could not be read
	Commits    bool               // the statement names commits only
	Numbers    int                // the most numbers that a bound has
	Depth      int                // numbers that make a branch
	Name       string             // what stands in front of the versions
	Names      bool               // not the same in front of each
	Releases   []CPERelease       // the spans with HintCPE
	OnlyCPEs   bool               // there are no others
}

// A CPERelease is a span with HintCPE.
type CPERelease struct {
	Span            int
	Status          Status
	Version, Update string // "" for any, "-" for none
	Key             string // of both, with its line part; "" when the scheme cannot read them
}

// Data returns what the timeline answers from. It shares the segments.
func (t *Timeline) Data() TimelineData {
	d := TimelineData{SchemeRule: t.SchemeRule, Segments: t.Segments, Other: t.Other, Unread: t.unread, Commits: t.commits,
		Numbers: t.numbers, Depth: t.depth, Name: t.name, Names: t.names, OnlyCPEs: t.OnlyNames()}
	for _, r := range t.releases {
		d.Releases = append(d.Releases, CPERelease{r.span, r.status, r.version, r.update, r.key})
	}
	if len(t.texts) > 0 {
		d.Texts = make(map[string]Outcome, len(t.texts))
	}
	for text, n := range t.texts {
		d.Texts[text] = Outcome{Status: n.status, Reason: n.reason, Possible: n.possible, Span: n.span}
	}
	return d
}

// NewTimeline returns the timeline that answers from d, under the scheme and the entry that
// it was resolved with.
func NewTimeline(d TimelineData, scheme vers.Scheme, entry *product.Entry, schemes *vers.Schemes) *Timeline {
	t := &Timeline{Scheme: scheme, SchemeRule: d.SchemeRule, Entry: entry, Segments: d.Segments, Other: d.Other,
		unread: d.Unread, commits: d.Commits, numbers: d.Numbers, depth: d.Depth, name: d.Name, names: d.Names, onlyCPEs: d.OnlyCPEs, schemes: schemes}
	for _, r := range d.Releases {
		t.releases = append(t.releases, release{r.Span, r.Status, r.Version, r.Update, r.Key})
	}
	if len(d.Texts) > 0 {
		t.texts = make(map[string]named, len(d.Texts))
	}
	for text, out := range maps.All(d.Texts) {
		t.texts[text] = named{span: out.Span, status: out.Status, reason: out.Reason, possible: out.Possible}
	}
	return t
}

// IsByKey tells whether the order of its key is all that places a version: no release is named by a
// CPE name, and the scheme has an order. Versions that are named by their texts apart.
func (t *Timeline) IsByKey() bool {
	return len(t.releases) == 0 && (t.Scheme == nil || t.Scheme.Name() != "set")
}

// IsVendors tells whether the scheme is one of those for products without an ecosystem, whose
// versions may count in more than one way, see [Timeline.OtherCount].
func (t *Timeline) IsVendors() bool { return t.vendorScheme() }

// ReleaseNumbers returns how many numbers of an installed version [Timeline.Release] leaves, 0 for
// all of them.
func (t *Timeline) ReleaseNumbers() int {
	if t.numbers < 3 || !t.vendorScheme() {
		return 0
	}
	return t.numbers
}
