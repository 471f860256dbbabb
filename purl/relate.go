package purl

import (
	"strings"

	"github.com/affected-go/affected/purl/vers"
)

// Relate is [PURL.Covers] with three values. Yes: q is among the packages that p means. No:
// it is another one. Unknown: q leaves out what would tell, a version, a subpath, or a
// qualifier that p has (a release of the distribution, a repository, a uuid).
//
// Unlike Covers it takes spellings of one release of a distribution for equal, and a point
// release for its release (see [Distro.Relate]). Nothing is Unknown about q = p.
func (p PURL) Relate(q PURL) vers.Truth {
	if !p.IsValid() || !p.sameName(q) {
		return vers.No
	}
	def := types[p.typ]
	t := vers.Yes
	if p.version != "" && p.version != q.version && (def.key&foldVersion == 0 || !sameFolded(p.version, q.version)) {
		t = missing(q.version)
	}
	if p.subpath != "" && p.subpath != q.subpath {
		t = t.And(missing(q.subpath))
	}
	for key, value := range pairs(p.qualifiers) {
		other, ok := lookup(q.qualifiers, key)
		switch {
		case ok && (other == value || key == def.folded && sameFolded(value, other)):
		case key == "vers":
			t = t.And(within(unescape(value), q.FullVersion()))
		case key == "distro" && ok:
			d, _ := p.Distro()
			o, _ := q.Distro()
			t = t.And(d.Relate(o))
		default:
			t = t.And(missing(other))
		}
	}
	return t
}

// missing tells a part that is not there from one that says something else.
func missing(part string) vers.Truth {
	if part == "" {
		return vers.Unknown
	}
	return vers.No
}

// within tells whether a version lies in a range, both as texts.
func within(text, version string) vers.Truth {
	r, err := vers.Builtin().ParseVERS(text)
	if err != nil || version == "" {
		return vers.Unknown
	}
	in, err := r.Contains(version)
	if err != nil {
		return vers.Unknown
	}
	return in
}

// Relate tells whether o is the release that d means, or a point release of it: 9 of
// AlmaLinux means 9.4. It is Unknown when o leaves out the release or says less than d, and
// when the two come from different channels: a package of extended maintenance has versions
// that the release itself has not. The channel "pro" means every channel of Ubuntu's
// extended maintenance ("esm-infra", "esm-apps").
func (d Distro) Relate(o Distro) vers.Truth {
	t := vers.Yes
	if d.Channel != o.Channel && !(d.Channel == "pro" && strings.HasPrefix(o.Channel, "esm-")) {
		t = vers.Unknown
	}
	switch {
	case d.ID != o.ID:
		if d.ID == "" || o.ID == "" {
			return vers.Unknown
		}
		return vers.No
	case d.Release == o.Release, d.Release == "", strings.HasPrefix(o.Release, d.Release+"."):
		return t
	case o.Release == "", strings.HasPrefix(d.Release, o.Release+"."):
		return vers.Unknown
	default:
		return vers.No
	}
}
