package advisory

import (
	"strings"

	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/vers"
)

// HintCPE is the hint of a span whose Version is the version of a CPE name and, behind a
// blank, its update: "2019 build_7141"; "2019 -" when the name says that there is no update,
// "2019" when it means all of them, and "-" when it says that the product has no version. The
// span means this release and no other.
const HintCPE = "cpe"

// A release is a span with HintCPE.
type release struct {
	span            int
	status          Status
	version, update string // "" for any, "-" for none
	low             string // key of the version, with its line part; "" when it has none
}

// CPEVersion returns the version of a CPE name in the form that spans with HintCPE have.
func CPEVersion(n cpe.Name) string {
	version := cpeText(n, cpe.Version)
	if update := cpeText(n, cpe.Update); update != "" && version != "" {
		version += " " + update
	}
	return version
}

// cpeText returns the text of an attribute, "" for ANY and "-" for NA.
func cpeText(n cpe.Name, a cpe.Attribute) string {
	if n.Value(a).IsNA() {
		return noUpdate
	}
	return n.Text(a)
}

const noUpdate = "-"

// cpeRelease reads a span with HintCPE. Where the scheme of the product knows the release, it
// is a point of the timeline as well, for installations without a CPE name.
func (r *resolver) cpeRelease(i int, out Outcome) {
	version, update, _ := strings.Cut(clean(r.spans[i].Version), " ")
	rel := release{span: i, status: out.Status, version: version, update: update}
	if low, ok := r.release(version); ok {
		rel.low = low.low
	}
	r.releases = append(r.releases, rel)
	text := version
	if update != "" && update != noUpdate {
		text += " " + strings.ReplaceAll(update, "_", " ")
	}
	if version != noUpdate {
		if b, ok := r.release(text); ok {
			r.pieces = append(r.pieces, piece{line: b.line, low: b.low, high: b.high, lowText: text, highText: text,
				highClose: true, order: 2*i + 1, out: out})
			return
		}
	}
	r.unplaced = r.unplaced.With(out.Status)
}

// release reads a text as exactly one version.
func (r *resolver) release(text string) (bound, bool) {
	canonical, anything := r.Entry.Version(text)
	if anything || text == noUpdate || r.imprecise(canonical) {
		return bound{}, false
	}
	key, n, err := r.schemes.AppendKey(nil, r.Scheme, canonical)
	if err != nil {
		return bound{}, false
	}
	return bound{text: text, line: string(key[:n]), low: string(key), high: string(key) + "\x00"}, true
}

// Named tells whether the spans with HintCPE mean the release of a CPE name. Yes comes with
// what they say. Unknown: the name leaves out a version or update that would tell. No: they
// mean others, and what the statement says elsewhere counts.
func (t *Timeline) Named(n cpe.Name) (out Outcome, is vers.Truth) {
	if len(t.releases) == 0 {
		return Outcome{}, vers.No
	}
	version, update := cpeText(n, cpe.Version), cpeText(n, cpe.Update)
	var room [64]byte
	key := room[:0]
	if canonical, anything := t.Entry.Version(version); version != "" && version != noUpdate && !anything && t.Scheme != nil {
		if k, _, err := t.schemes.AppendKey(key, t.Scheme, canonical); err == nil {
			key = k
		}
	}
	possible := StatusSet(0)
	for i := range t.releases {
		r := &t.releases[i]
		switch r.isVersion(version, key).And(r.isUpdate(update)) {
		case vers.Yes:
			return Outcome{Status: r.status, Span: r.span, Rule: "the release is named"}, vers.Yes
		case vers.Unknown:
			possible = possible.With(r.status)
			out.Span = r.span
		}
	}
	if possible == 0 {
		return Outcome{}, vers.No
	}
	return Outcome{Status: Unknown, Reason: Imprecise, Possible: possible, Span: out.Span,
		Rule: "the CPE name of the installation leaves out what tells releases apart"}, vers.Unknown
}

// isVersion compares the version of a release. That a product has no version says nothing
// about one that has, nor the other way round.
func (r *release) isVersion(version string, key []byte) vers.Truth {
	switch {
	case strings.EqualFold(r.version, version) || r.low != "" && r.low == string(key):
		return vers.Yes
	case version == "" || version == noUpdate || r.version == noUpdate:
		return vers.Unknown
	default:
		return vers.No
	}
}

func (r *release) isUpdate(update string) vers.Truth {
	switch {
	case r.update == "" || strings.EqualFold(r.update, update):
		return vers.Yes
	case update == "":
		return vers.Unknown
	default:
		return vers.No
	}
}

// OnlyNames tells whether the statement names single releases only, by CPE names.
func (t *Timeline) OnlyNames() bool {
	return len(t.releases) > 0 && len(t.releases) == len(t.spans)
}

// Unlisted is the answer for a release that a list of CPE names does not hold, given the
// answer of the timeline. An installation that is known by another name may be one that is
// listed: where the names count updates, or the scheme cannot place them, the list says
// nothing about it.
func (t *Timeline) Unlisted(out Outcome) Outcome {
	if out.Span >= 0 || out.Status != NotAffected {
		return out
	}
	counted := t.unplaced
	for i := range t.releases {
		if r := &t.releases[i]; r.update != "" {
			counted = counted.With(r.status)
		}
	}
	if counted == 0 {
		return out
	}
	return Outcome{Status: Unknown, Reason: NotListed, Possible: counted.With(NotAffected), Span: -1,
		Rule: "a list of releases by CPE names does not say what other names mean"}
}
