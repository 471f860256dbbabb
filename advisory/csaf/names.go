package csaf

import "strings"

// nameIt sets name and version of a leaf from its path.
func (l *leaf) nameIt(p *path, full string) {
	l.name = p.product
	if l.name == "" {
		l.name = p.family
	}
	switch {
	case p.rng != "":
		l.version = p.rng
	case p.version != "":
		l.version, l.exact = p.version, true
		if l.name == "" {
			l.component(p)
		} else if name, version, ok := splitPackage(l.version, p.architecture); ok && name == l.name {
			l.version, l.scheme = version, "rpm"
		}
	}
	if l.version == "" && !l.exact && l.name != "" || l.exact {
		l.level(p.servicePack)
		l.level(p.patchLevel)
	}
	if l.exact && saysRange(l.version) {
		l.exact = false
	}
	for _, name := range [...]string{p.specification, p.legacy, full} {
		if l.name == "" {
			l.name = name
		}
	}
}

// level adds a service pack or patch level to the version. Cisco lists whole releases there
// (7.0 / 7.0.1S), others the level alone (V13 / SP1).
func (l *leaf) level(text string) {
	switch {
	case text == "":
		return
	case l.version == "", strings.HasPrefix(text, l.version), strings.Count(text, ".") > 0:
		l.version = text
	default:
		l.version += " " + text
	}
	l.exact = true
}

// component reads a product_version that no name stands above: the file name of a package, an
// image with its tag, or the name of a component (Red Hat, SUSE, openEuler).
func (l *leaf) component(p *path) {
	text := p.version
	if name, version, ok := splitPackage(text, p.architecture); ok {
		l.name, l.version, l.scheme = name, version, "rpm"
		return
	}
	if name, version, ok := splitImage(text); ok {
		l.name, l.version = name, version
		return
	}
	for i := range l.purls {
		if u := l.purls[i]; u.Version() != "" && strings.HasPrefix(text, u.Name()) {
			l.name, l.version = u.Name(), u.FullVersion()
			return
		}
	}
	l.name, l.version, l.exact = text, "", false
	if i := strings.LastIndexByte(text, ' '); i > 0 && isDotted(text[i+1:]) {
		l.name, l.version, l.exact = text[:i], text[i+1:], true
	}
}

// splitPackage splits name-epoch:version-release.architecture, with or without the ending of
// a file. Without an architecture behind it, the branch has to name one.
func splitPackage(text, architecture string) (name, version string, ok bool) {
	text = strings.TrimSuffix(text, ".rpm")
	if i := strings.LastIndexByte(text, '.'); i > 0 && (isArchitecture(text[i+1:]) || text[i+1:] == architecture && architecture != "") {
		text = text[:i]
	} else if architecture == "" {
		return "", "", false
	}
	release := strings.LastIndexByte(text, '-')
	if release <= 0 {
		return "", "", false
	}
	begin := strings.LastIndexByte(text[:release], '-')
	if begin <= 0 || !hasDigit(text[begin+1:release]) || !hasDigit(text[release+1:]) {
		return "", "", false
	}
	return text[:begin], text[begin+1:], true
}

// isArchitecture tells whether a word is an architecture of rpm packages.
func isArchitecture(word string) bool {
	switch word {
	case "noarch", "src", "nosrc", "x86_64", "i386", "i486", "i586", "i686", "aarch64", "armv7hl", "armv7l", "armv6hl",
		"ppc", "ppc64", "ppc64le", "ppc64p7", "s390", "s390x", "ia64", "riscv64", "loongarch64", "sw_64", "x86_64_v2", "x86_64_v3":
		return true
	}
	return false
}

// splitImage splits path/image:tag and path/image@digest.
func splitImage(text string) (name, version string, ok bool) {
	slash := strings.LastIndexByte(text, '/')
	if slash < 0 {
		return "", "", false
	}
	cut := strings.IndexAny(text[slash:], ":@")
	if cut < 0 || slash+cut+1 == len(text) {
		return "", "", false
	}
	return text[:slash+cut], text[slash+cut+1:], true
}

// saysRange tells whether a product_version is a range in spite of its category: 872 of 2,233
// in CISA's documents are vers:all/*, Fortinet writes "7.0.6 and above".
func saysRange(text string) bool {
	if strings.ContainsAny(text, "<>*") || strings.HasPrefix(text, "vers:") {
		return true
	}
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), isBetweenWords) {
		switch word {
		case "after", "before", "earlier", "later", "prior", "versions", "above", "below", "newer", "older", "higher", "lower", "through", "until":
			return true
		}
	}
	return false
}

func isBetweenWords(c rune) bool {
	return c == ' ' || c == ',' || c == '(' || c == ')' || c == '_' || c == '\t' || c == ';'
}

// isDotted tells whether a word begins with a dotted number, perhaps behind a v.
func isDotted(word string) bool {
	word = strings.TrimPrefix(strings.TrimPrefix(word, "v"), "V")
	major, minor, ok := strings.Cut(word, ".")
	return ok && major != "" && strings.Trim(major, "0123456789") == "" && minor != "" && '0' <= minor[0] && minor[0] <= '9'
}

func hasDigit(text string) bool { return strings.ContainsAny(text, "0123456789") }
