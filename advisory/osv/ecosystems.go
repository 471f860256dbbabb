package osv

import (
	"net/url"
	"slices"
	"strings"

	"github.com/affected-go/affected/purl"
)

// A home is where the packages of an ecosystem come from. The zero home is not known.
type home struct {
	typ        string   // type of its package URLs
	namespaces []string // as producers of inventories write them; nil: a part of the name
	cut        string   // what separates namespace and name, "/" by default
	distro     string   // id of the distribution in the qualifier distro
	release    func(suffix string) (channel, id, release string)

	qualifiers []qualifier // by the suffix of the ecosystem
}

type qualifier struct{ key, value string }

// homeOf returns what is known about an ecosystem, its suffix included.
func homeOf(ecosystem string) home {
	base, suffix, _ := strings.Cut(ecosystem, ":")
	if base == "Root" { // Root:Debian:12, Root:PyPI: packages for another ecosystem
		if inner, _, _ := strings.Cut(suffix, ":"); inner == "Root" {
			return home{}
		}
		return homeOf(suffix)
	}
	h := ecosystems[base]
	switch {
	case suffix == "":
	case strings.Contains(suffix, "://"):
		h.qualifiers = []qualifier{{"repository_url", suffix}}
	case h.distro != "":
		channel, id, release := "", h.distro, strings.ToLower(suffix)
		if h.release != nil {
			channel, id, release = h.release(suffix)
		}
		value := id
		if release != "" {
			value += "-" + release
		}
		if channel != "" {
			value = channel + "/" + value
		}
		h.qualifiers = []qualifier{{"distro", value}}
	}
	return h
}

// purls returns the package URLs of a package of the ecosystem, none when it has none.
func (h home) purls(name string) []string {
	name = strings.TrimSpace(name)
	if h.typ == "" || name == "" {
		return nil
	}
	if h.cut != "" {
		name = strings.Replace(name, h.cut, "/", 1)
	}
	if h.typ == "swift" { // the URL of a repository
		_, name, _ = strings.Cut(name, "://")
		name = strings.TrimSuffix(name, ".git")
	}
	var list []string
	for _, namespace := range h.namespaces {
		list = h.appendPURL(list, namespace+"/"+name)
	}
	if h.namespaces == nil {
		list = h.appendPURL(list, name)
	}
	return list
}

// appendPURL appends the canonical text of a package URL when there is one.
func (h home) appendPURL(list []string, path string) []string {
	var b strings.Builder
	b.WriteString("pkg:" + h.typ)
	for segment := range strings.SplitSeq(path, "/") {
		b.WriteString("/" + escape(segment))
	}
	for i, q := range h.qualifiers {
		b.WriteString([...]string{"?", "&"}[min(i, 1)] + q.key + "=" + escape(q.value))
	}
	u, _, err := purl.ParseLenient(b.String())
	if err != nil {
		return list
	}
	return append(list, u.String())
}

// escape encodes all that has a meaning in a package URL.
func escape(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }

// scope returns the package URL of a document limited to what the ecosystem says: without
// version, subpath and architecture ("arch=source" marks the name of a source package,
// which the packages built from it have as well), with the qualifiers of the suffix.
func (h home) scope(u purl.PURL) string {
	var b strings.Builder
	b.WriteString(u.Base().String())
	separator := "?"
	add := func(key, value string) {
		b.WriteString(separator + key + "=" + escape(value))
		separator = "&"
	}
	for key, value := range u.Qualifiers() {
		own := slices.ContainsFunc(h.qualifiers, func(q qualifier) bool { return q.key == key })
		if key != "arch" && !own {
			add(key, value)
		}
	}
	for _, q := range h.qualifiers {
		add(q.key, q.value)
	}
	scoped, _, err := purl.ParseLenient(b.String())
	if err != nil {
		return u.Base().String()
	}
	return scoped.String()
}

// ecosystems are those of the schema ("affected[].package field") whose packages have package
// URLs: types and namespaces by the purl specification and osv.dev, and second
// namespaces where inventories use the ID of os-release.
var ecosystems = map[string]home{
	"AlmaLinux":                    {typ: "rpm", namespaces: []string{"almalinux"}, distro: "almalinux"},
	"Alpaquita":                    {typ: "apk", namespaces: []string{"alpaquita"}, distro: "alpaquita"},
	"Alpine":                       {typ: "apk", namespaces: []string{"alpine"}, distro: "alpine"},
	"Azure Linux":                  {typ: "rpm", namespaces: []string{"azure-linux", "azurelinux"}, distro: "azurelinux"},
	"BellSoft Hardened Containers": {typ: "apk", namespaces: []string{"bellsoft-hardened-containers"}, distro: "bellsoft-hardened-containers"},
	"Bioconductor":                 {typ: "bioconductor"},
	"Bitnami":                      {typ: "bitnami"},
	"Chainguard":                   {typ: "apk", namespaces: []string{"chainguard"}},
	"CleanStart":                   {typ: "apk", namespaces: []string{"cleanstart"}},
	"ConanCenter":                  {typ: "conan"},
	"CRAN":                         {typ: "cran"},
	"crates.io":                    {typ: "cargo"},
	"Debian":                       {typ: "deb", namespaces: []string{"debian"}, distro: "debian"},
	"Echo":                         {typ: "deb", namespaces: []string{"echo"}},
	"GitHub Actions":               {typ: "githubactions"},
	"Go":                           {typ: "golang"},
	"Hackage":                      {typ: "hackage"},
	"Hex":                          {typ: "hex"},
	"Julia":                        {typ: "julia"},
	"Kubernetes":                   {typ: "golang"},
	"Mageia":                       {typ: "rpm", namespaces: []string{"mageia"}, distro: "mageia"},
	"Maven":                        {typ: "maven", cut: ":"},
	"MinimOS":                      {typ: "apk", namespaces: []string{"minimos"}},
	"npm":                          {typ: "npm"},
	"NuGet":                        {typ: "nuget"},
	"opam":                         {typ: "opam"},
	"openEuler":                    {typ: "rpm", namespaces: []string{"openeuler"}, distro: "openeuler", release: openEulerRelease},
	"openSUSE":                     {typ: "rpm", namespaces: []string{"opensuse"}, distro: "opensuse", release: suseRelease("opensuse")},
	"OSS-Fuzz":                     {typ: "generic"},
	"Packagist":                    {typ: "composer"},
	"Photon OS":                    {typ: "rpm", namespaces: []string{"photon"}, distro: "photon"},
	"Pub":                          {typ: "pub"},
	"PyPI":                         {typ: "pypi"},
	"Red Hat":                      {typ: "rpm", namespaces: []string{"redhat"}, distro: "rhel", release: redHatRelease},
	"Rocky Linux":                  {typ: "rpm", namespaces: []string{"rocky-linux", "rocky", "rockylinux"}, distro: "rocky"},
	"RubyGems":                     {typ: "gem"},
	"SUSE":                         {typ: "rpm", namespaces: []string{"suse"}, distro: "sles", release: suseRelease("sles")},
	"SwiftURL":                     {typ: "swift"},
	"Ubuntu":                       {typ: "deb", namespaces: []string{"ubuntu"}, distro: "ubuntu", release: ubuntuRelease},
	"VSCode":                       {typ: "vscode-extension", cut: "."},
	"Wolfi":                        {typ: "apk", namespaces: []string{"wolfi"}},
}

// ubuntuRelease reads "22.04:LTS", "Pro:18.04:LTS" and "Pro:FIPS:20.04:LTS".
func ubuntuRelease(suffix string) (channel, id, release string) {
	var channels []string
	for part := range strings.SplitSeq(strings.ToLower(suffix), ":") {
		switch {
		case part == "" || part == "lts":
		case '0' <= part[0] && part[0] <= '9':
			release = part
		default:
			channels = append(channels, part)
		}
	}
	return strings.Join(channels, "-"), "ubuntu", release
}

// openEulerRelease reads "24.03-LTS-SP1": the release, and its service pack as a channel, as
// os-release has the number of the release only.
func openEulerRelease(suffix string) (channel, id, release string) {
	release, channel, _ = strings.Cut(strings.ToLower(suffix), "-")
	return channel, "openeuler", release
}

// redHatRelease reads the end of a CPE name: "enterprise_linux:9::baseos" is the release,
// "rhel_aus:8.4::appstream" another channel of it, and what is no release of the system
// ("openshift:4.14::el9") a channel of one that is not known.
func redHatRelease(suffix string) (channel, id, release string) {
	parts := strings.Split(strings.ToLower(suffix), ":")
	if len(parts) > 1 {
		release = parts[1]
	}
	switch name := parts[0]; {
	case name == "enterprise_linux":
		return "", "rhel", release
	case strings.HasPrefix(name, "rhel_"):
		return name, "rhel", release
	default:
		return name, "rhel", ""
	}
}

// suseRelease reads marketing names: "Linux Enterprise Server 15 SP5" is sles-15.5, "Leap
// 15.5" opensuse-leap-15.5. Modules and extensions are channels of the server.
func suseRelease(system string) func(suffix string) (channel, id, release string) {
	return func(suffix string) (channel, id, release string) {
		var words []string
		for word := range strings.FieldsSeq(strings.ToLower(suffix)) {
			pack, isPack := strings.CutPrefix(word, "sp")
			switch {
			case release == "" && '0' <= word[0] && word[0] <= '9':
				release = word
			case release != "" && isPack:
				pack, extra, more := strings.Cut(pack, "-") // SP5-LTSS
				if release += "." + pack; more {
					words = append(words, extra)
				}
			default:
				words = append(words, word)
			}
		}
		name := strings.Join(words, "-")
		switch {
		case system == "opensuse" && name != "":
			return "", "opensuse-" + name, release
		case name == "linux-enterprise-server":
			return "", system, release
		default:
			return name, system, release
		}
	}
}

// repoPURLs returns the package URLs of repositories that are named by their web addresses.
func repoPURLs(repos []string) []string {
	var list []string
	for _, repo := range repos {
		u, err := url.Parse(strings.TrimSpace(repo))
		if err != nil || u.Host == "" {
			continue
		}
		host, path := strings.ToLower(u.Hostname()), strings.TrimSuffix(strings.Trim(u.Path, "/"), ".git")
		if path == "" {
			continue
		}
		if typ, ok := hosts[host]; ok && strings.Count(path, "/") == 1 {
			list = home{typ: typ}.appendPURL(list, path)
		}
		list = home{typ: "git"}.appendPURL(list, host+"/"+path)
	}
	return unique(list)
}

// hosts are the hosts of repositories with a type of package URLs of their own.
var hosts = map[string]string{"github.com": "github", "bitbucket.org": "bitbucket"}
