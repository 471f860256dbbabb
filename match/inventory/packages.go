package inventory

import (
	"iter"
	"net/url"
	"strings"

	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
)

// A pkg is a package of a distribution or of a language, as its manager lists it.
type pkg struct {
	typ       string // of the purl: "deb"
	namespace string // for deb, rpm and apk that of the distribution, which finish adds
	name      string
	version   string
	arch      string
	epoch     string // rpm
	upstream  string // the source package, as the upstream qualifier has it
}

// purl returns the package URL. Its text is built here and read by package purl, which
// knows the rules of the type.
func (p *pkg) purl(distro string) (purl.PURL, error) {
	var b strings.Builder
	b.WriteString("pkg:" + p.typ + "/")
	for segment := range strings.SplitSeq(p.namespace, "/") {
		if segment != "" {
			b.WriteString(escape(segment) + "/")
		}
	}
	b.WriteString(escape(p.name))
	if p.version != "" {
		b.WriteString("@" + escape(p.version))
	}
	separator := "?"
	for _, q := range [...][2]string{{"arch", p.arch}, {"distro", distro}, {"epoch", p.epoch}, {"upstream", p.upstream}} {
		if q[1] != "" {
			b.WriteString(separator + q[0] + "=" + escape(q[1]))
			separator = "&"
		}
	}
	u, _, err := purl.ParseLenient(b.String())
	return u, err
}

// escape encodes all that has a meaning in a package URL.
func escape(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }

// ofDistro tells whether the packages of a type are those of a distribution.
func ofDistro(typ string) bool { return typ == "deb" || typ == "rpm" || typ == "apk" }

// purls turns the packages of a machine into installations, now that its distribution is
// known. Without one the packages could be anybody's, and no advisory would name them: that
// is an error and not silence.
func (g *gather) purls(m *machine) {
	told := false
	for i := range m.packages {
		p, distro := &m.packages[i], ""
		if p.name == "" {
			continue // dropped
		}
		if ofDistro(p.typ) {
			if distro = m.distro; distro == "" {
				distro = markedDistro(m.packages)
				m.distro = distro
			}
			id, _, _ := strings.Cut(distro, "-")
			if p.namespace = namespaces[id]; p.namespace == "" {
				p.namespace = id
			}
			if distro == "" && !told {
				told = true
				g.wrong(m.ID, m.spots[i], ErrValue, "the list does not tell which distribution its packages are of, "+
					"and without it no advisory names them: Options.Distro can tell (debian-12)")
			}
		}
		u, err := p.purl(distro)
		if err != nil {
			g.wrong(m.ID, m.spots[i], ErrValue, "%v", err)
			continue
		}
		m.Installations = append(m.Installations, match.Installation{PURL: u, Row: m.spots[i].row})
	}
	m.packages, m.spots = nil, nil
}

// sources adds the source packages of deb and apk that no package of the list is named after:
// the advisories of Debian, Ubuntu and Alpine are about source packages ("openssl"), of which
// only others may be installed ("libssl3"). Those of rpm are about the packages themselves,
// and the name of a source rpm leaves out the epoch.
func (g *gather) sources(m *machine) {
	var sources []match.Installation
	var named map[string]bool // packages of the list
	for in := range everything(m.Installations) {
		if typ := in.PURL.Type(); typ != "deb" && typ != "apk" {
			continue
		}
		if named == nil {
			named = map[string]bool{}
		}
		named[string(in.PURL.AppendKey(nil))] = true
		if source, ok := in.PURL.Upstream(); ok && !in.PURL.IsSource() {
			sources = append(sources, match.Installation{PURL: source, Row: in.Row})
		}
	}
	added := map[purl.PURL]bool{} // binaries of one source can be of different versions of it
	for _, source := range sources {
		if !named[string(source.PURL.AppendKey(nil))] && !added[source.PURL] && g.room(1) {
			added[source.PURL] = true
			m.Installations = append(m.Installations, source)
		}
	}
}

// everything yields installations, each followed by its parts.
func everything(list []match.Installation) iter.Seq[*match.Installation] {
	return func(yield func(*match.Installation) bool) {
		for i := range list {
			if !yield(&list[i]) {
				return
			}
			for part := range everything(list[i].Parts) {
				if !yield(part) {
					return
				}
			}
		}
	}
}

// namespaces are the namespaces of package URLs by the ID of os-release, where they differ
// (types deb, rpm and apk of the purl specification).
var namespaces = map[string]string{
	"rhel": "redhat", "sles": "suse", "ol": "oracle", "amzn": "amazon", "rocky": "rocky-linux", "azurelinux": "azure-linux",
}

// A marker is a package from which the distribution can be told: its version is that of the
// release.
type marker struct{ typ, name, id string }

// markers, each by the package itself: the file /etc/os-release comes from it.
var markers = []marker{
	{"apk", "alpine-base", "alpine"},
	{"apk", "alpine-release", "alpine"},
	{"apk", "wolfi-baselayout", "wolfi"},
	{"apk", "chainguard-baselayout", "chainguard"},
	{"rpm", "redhat-release", "rhel"},
	{"rpm", "redhat-release-server", "rhel"},
	{"rpm", "centos-release", "centos"},
	{"rpm", "centos-stream-release", "centos"},
	{"rpm", "centos-linux-release", "centos"},
	{"rpm", "almalinux-release", "almalinux"},
	{"rpm", "rocky-release", "rocky"},
	{"rpm", "oraclelinux-release", "ol"},
	{"rpm", "fedora-release-common", "fedora"},
	{"rpm", "fedora-release", "fedora"},
	{"rpm", "sles-release", "sles"},
	{"rpm", "SLES-release", "sles"},
	{"rpm", "openSUSE-release", "opensuse-leap"},
	{"rpm", "Leap-release", "opensuse-leap"},
	{"rpm", "openEuler-release", "openeuler"},
	{"rpm", "photon-release", "photon"},
	{"rpm", "azurelinux-release", "azurelinux"},
	{"rpm", "mariner-release", "mariner"},
	{"rpm", "mageia-release-common", "mageia"},
}

// rolling are distributions whose packages all belong to one release.
var rolling = map[string]bool{"wolfi": true, "chainguard": true}

// markedDistro returns the distribution that a list of packages is of, "" when none of them
// tells.
func markedDistro(list []pkg) string {
	for i := range list {
		p := &list[i]
		if p.typ == "deb" && p.name == "base-files" {
			return debDistro(p.version)
		}
		for _, m := range markers {
			if p.typ != m.typ || p.name != m.name {
				continue
			}
			release := leadingNumber(p.version)
			if rolling[m.id] || release == "" {
				return m.id
			}
			return m.id + "-" + release
		}
	}
	return ""
}

// debDistro reads the version of base-files. Debian counts its releases there and marks
// the point releases of the stable one, "12.4+deb12u5"; without the mark it can be testing
// as well. Ubuntu adds its own mark, "13ubuntu10.1", and its number is another one.
func debDistro(version string) string {
	if strings.Contains(version, "ubuntu") {
		return "ubuntu"
	}
	if _, mark, ok := strings.Cut(version, "+deb"); ok {
		if release := leadingNumber(mark); release != "" {
			return "debian-" + release
		}
	}
	if rest := strings.Trim(version, "0123456789."); rest == "" {
		return "debian"
	}
	return ""
}

// leadingNumber returns the numbers and dots that a text begins with: "9.4" of "9.4-1.el9".
func leadingNumber(text string) string {
	end := 0
	for end < len(text) && (text[end] >= '0' && text[end] <= '9' || text[end] == '.') {
		end++
	}
	return strings.Trim(text[:end], ".")
}
