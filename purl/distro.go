package purl

import "strings"

// A Distro is a release of a distribution, the way os-release names it. The zero Distro says
// nothing. Distros are plain values and compare with ==.
type Distro struct {
	ID      string // "debian", "rhel", "alpine"
	Release string // "12", "9.4", "3.18"; "sid" and "edge" for what rolls; "" when not stated
	Channel string // what Ubuntu ships beside the release: "esm-infra"; else ""
}

// Distro returns the distribution that p comes from, read from the distro qualifier, and the
// namespace where that has no name. Producers write one release in many ways (debian-12,
// bookworm, 12; rhel, redhat; alpine-3.18.4, v3.18); all of them give one value. It is false
// for packages that belong to no distribution.
//
// A release is cut to what the distribution keeps one repository for: two numbers for Alpine,
// one for Debian.
func (p PURL) Distro() (Distro, bool) {
	value, stated := p.Qualifier("distro")
	value = strings.ToLower(value)
	if !stated && !p.ofDistro() {
		return Distro{}, false
	}
	var d Distro
	if channel, rest, ok := strings.Cut(value, "/"); ok {
		d.Channel, value = channel, rest
	}
	d.ID, d.Release = splitRelease(value)
	if code, ok := codenames[d.ID]; ok { // a suite: "bookworm-security"
		if d.Release == "backports" {
			d.Channel = d.Release
		}
		d.ID, d.Release = code.ID, code.Release
	}
	if code, ok := codenames[d.Release]; ok && (d.ID == "" || d.ID == code.ID) {
		d.ID, d.Release = code.ID, code.Release
	}
	if d.ID == "" {
		d.ID = p.namespace
	}
	if id, ok := distroIDs[d.ID]; ok {
		d.ID = id
	}
	d.Release = cutRelease(d.ID, d.Release)
	return d, d.ID != ""
}

// ParseDistro reads a distribution as os-release, purls and inventories write it: "rhel:9",
// "debian-12", "bookworm". It is false for a name that the library does not know.
func ParseDistro(text string) (Distro, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if code, ok := codenames[text]; ok {
		return code, true
	}
	var d Distro
	name := ""
	name, d.Release = splitRelease(text)
	if d.ID = distroIDs[name]; d.ID == "" {
		return Distro{}, false
	}
	if code, ok := codenames[d.Release]; ok && code.ID == d.ID {
		d.Release = code.Release
	}
	d.Release = cutRelease(d.ID, d.Release)
	return d, true
}

// Scheme returns the version scheme of the distribution's packages, "" for the zero Distro.
func (d Distro) Scheme() string {
	switch d.ID {
	case "":
		return ""
	case "debian", "ubuntu":
		return "deb"
	case "alpine", "wolfi", "chainguard":
		return "apk"
	case "arch":
		return "alpm"
	default:
		return "rpm"
	}
}

// splitRelease takes "rhel-9.4" or "opensuse-leap-15.5" apart. What has no dash is a name
// when the table knows it, else a release; "el9", "fc40" and "v3.18" are releases too.
func splitRelease(value string) (id, release string) {
	if _, ok := distroIDs[value]; ok {
		return value, ""
	}
	if i := strings.LastIndexAny(value, "-:"); i > 0 {
		id, value = value[:i], value[i+1:]
	}
	for _, prefix := range [...]string{"v", "el", "fc"} {
		if rest, ok := strings.CutPrefix(value, prefix); ok && startsWithDigit(rest) {
			return id, rest
		}
	}
	return id, value
}

func startsWithDigit(s string) bool { return s != "" && '0' <= s[0] && s[0] <= '9' }

// ofDistro tells whether the type is that of a distribution's package manager.
func (p PURL) ofDistro() bool {
	switch p.typ {
	case typeALPM, typeAPK, typeDeb, typeRPM:
		return true
	default:
		return false
	}
}

// cutRelease leaves out the point release.
func cutRelease(id, release string) string {
	if !startsWithDigit(release) {
		return release
	}
	numbers := 0
	switch id {
	case "debian":
		numbers = 1
	case "alpine":
		numbers = 2
	default:
		return release
	}
	for i := 0; i < len(release); i++ {
		if release[i] != '.' {
			continue
		}
		if numbers--; numbers == 0 {
			return release[:i]
		}
	}
	return release
}

// IsSource tells whether p names a source package: the architecture "source" of deb, "src"
// and "nosrc" of rpm.
func (p PURL) IsSource() bool {
	arch, _ := lookup(p.qualifiers, "arch")
	switch p.typ {
	case typeDeb:
		return arch == "source"
	case typeRPM:
		return arch == "src" || arch == "nosrc"
	default:
		return false
	}
}

// Upstream returns the source package that p was built from, when the upstream qualifier
// tells. It is a second identity with a version of its own: the qualifier may name it behind
// an at sign ("gcc-12@12.2.0-14", deb and apk) or in the name of a source rpm
// ("glibc-2.34-60.el9.src.rpm"). A deb or apk without one has the version of the binary; an
// rpm has none then. The epoch qualifier of the binary is never carried over.
func (p PURL) Upstream() (PURL, bool) {
	value, ok := p.Qualifier("upstream")
	if !ok || !p.ofDistro() {
		return PURL{}, false
	}
	source := PURL{typ: p.typ, namespace: p.namespace}
	if p.typ == typeRPM {
		source.name, source.version = splitSourceRPM(value)
	} else {
		source.name, source.version, ok = strings.Cut(value, "@")
		if !ok {
			source.version = p.version
		}
		if types[p.typ].canonical&foldName != 0 {
			source.name = lower(source.name)
		}
	}
	if source.name == "" {
		return PURL{}, false
	}
	switch p.typ {
	case typeDeb:
		source.qualifiers = "arch=source"
	case typeRPM:
		source.qualifiers = "arch=src"
	}
	if distro, ok := lookup(p.qualifiers, "distro"); ok {
		if source.qualifiers != "" {
			source.qualifiers += "&"
		}
		source.qualifiers += "distro=" + distro
	}
	return source, true
}

// splitSourceRPM takes the file name of a source package apart: the version is what stands in
// front of the last dash but one. A text that is no file name is a name.
func splitSourceRPM(file string) (name, version string) {
	base, ok := strings.CutSuffix(file, ".rpm")
	if !ok {
		return file, ""
	}
	base = strings.TrimSuffix(strings.TrimSuffix(base, ".nosrc"), ".src")
	if release := strings.LastIndexByte(base, '-'); release > 0 {
		if i := strings.LastIndexByte(base[:release], '-'); i > 0 {
			return base[:i], base[i+1:]
		}
	}
	return file, ""
}
