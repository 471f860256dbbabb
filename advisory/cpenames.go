package advisory

import (
	"strings"

	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/vers"
)

// HintCPE is the hint of a span whose Version is the version of a CPE name and, behind a
// blank, its update: "2019 build_7141"; "2019 -" when the name says that there is no update,
// "2019" when it means all of them, "-" when it says that the product has no version, and
// "* sp1" when it means that update of all versions. The span means this release and no other.
const HintCPE = "cpe"

// A release is a span with HintCPE.
type release struct {
	span            int
	status          Status
	version, update string // "" for any, "-" for none
	key             string // of both, with its line part; "" when the scheme cannot read them
}

// CPEVersion returns the version of a CPE name in the form that spans with HintCPE have, ""
// when the name means every version.
func CPEVersion(n cpe.Name) string {
	version, update := cpeText(n, cpe.Version), cpeText(n, cpe.Update)
	switch {
	case update == "":
		return version
	case version == "":
		version = anyRelease
	}
	return version + " " + update
}

// cpeText returns the text of an attribute, "" for ANY and "-" for NA.
func cpeText(n cpe.Name, a cpe.Attribute) string {
	if n.Value(a).IsNA() {
		return noUpdate
	}
	return n.Text(a)
}

const (
	noUpdate   = "-"
	anyRelease = "*"
)

// cpeRelease reads a span with HintCPE. It is kept apart from the ranges: a CPE name means it
// by its text, and another installation by the key of version and update together.
func (r *resolver) cpeRelease(i int, out Outcome) {
	rel := release{span: i, status: out.Status}
	rel.version, rel.update, _ = strings.Cut(clean(r.spans[i].Version), " ")
	text := rel.version
	if rel.update != "" && rel.update != noUpdate {
		text += " " + strings.ReplaceAll(rel.update, "_", " ")
	}
	canonical, anything := r.Entry.Version(text)
	if !anything && rel.version != noUpdate && rel.version != anyRelease && !r.imprecise(canonical) {
		if key, _, err := r.schemes.AppendKey(nil, r.Scheme, canonical); err == nil {
			rel.key = string(key)
		}
	}
	r.releases = append(r.releases, rel)
}

// Named tells whether the spans with HintCPE mean the release of a CPE name. Yes comes with
// what they say. Unknown: the name leaves out a version or update that would tell. No: they
// mean others, and what the statement says elsewhere counts. Versions are compared as the
// attributes of CPE names are, by their text (NISTIR 7696, section 6.1).
func (t *Timeline) Named(n cpe.Name) (out Outcome, is vers.Truth) {
	if len(t.releases) == 0 {
		return Outcome{}, vers.No
	}
	version, update := cpeText(n, cpe.Version), cpeText(n, cpe.Update)
	possible := StatusSet(0)
	for i := range t.releases {
		r := &t.releases[i]
		switch r.isVersion(version).And(r.isUpdate(update)) {
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
func (r *release) isVersion(version string) vers.Truth {
	switch {
	case r.version == anyRelease || strings.EqualFold(r.version, version):
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
	return t.onlyCPEs || len(t.releases) > 0 && len(t.releases) == len(t.spans)
}

// Released completes what the timeline says about a version with the spans that have HintCPE,
// for an installation without a CPE name; the key is empty when the version has none. A list
// of names in which updates count, or that the scheme cannot read, does not tell what other
// ways of writing a version mean: what it does not hold is not known from it.
func (t *Timeline) Released(out Outcome, key []byte) Outcome {
	if len(t.releases) == 0 || out.Status == Affected && out.Span >= 0 {
		return out
	}
	possible, plain := StatusSet(0), true
	for i := range t.releases {
		r := &t.releases[i]
		if len(key) > 0 && r.key == string(key) {
			return Outcome{Status: r.status, Span: r.span, Rule: "the release is named"}
		}
		plain = plain && r.update == "" && r.key != ""
		possible = possible.With(r.status)
	}
	if plain && len(key) > 0 || out.Status == NoStatement && len(key) > 0 {
		return out
	}
	return Outcome{Status: Unknown, Reason: NotListed, Possible: possible.Union(possibleOf(out)), Span: -1,
		Rule: "a list of releases by CPE names does not say what other names mean"}
}
