package product

import "strings"

// A kind tells apart what can bear one name: the product itself, a library or an extension of it.
type kind uint8

const (
	anyKind kind = iota // of names alone
	software
	extension
	library
)

var kindNames = [...]string{"", "software", "extension", "library"}

// means tells whether a row of the kind can be the product. Software and names alone are no
// extension and no library, and those are only what the catalog says of them.
func (k kind) means(e *Entry) bool {
	switch e.Kind {
	case "", kindNames[software]:
		return k <= software
	case kindNames[extension]:
		return k == extension || k == anyKind
	default:
		return k == library || k == anyKind
	}
}

// kind returns what the rows of a source are.
func (row *Row) kind() kind {
	switch row.Source {
	case "programs", "apps", "homebrew_packages", "winget", "chocolatey_packages", "deb_packages", "rpm_packages":
		return software
	case "python_packages", "npm_packages", "go_packages", "ruby_gems", "cargo_packages", "go_binaries":
		return library
	case "chrome_extensions", "firefox_addons", "safari_extensions", "opera_extensions", "ie_extensions",
		"vscode_extensions", "jetbrains_plugins", "atom_packages":
		return extension
	}
	return anyKind
}

// read returns the vendor and the name of a row, and how they were found out where the row does
// not say them: an identifier names the vendor, a version stands inside of the name.
func (row *Row) read() (vendor, name, how string) {
	vendor, name = row.Vendor, row.Name
	first, rest, dotted := strings.Cut(row.Package, ".")
	if IsPlaceholder(vendor) && dotted && !strings.ContainsAny(row.Package, " /") {
		if topDomain(first) {
			vendor, how = row.Package, "vendor of bundle identifier "+row.Package
		} else {
			vendor, how = first, "vendor of package "+row.Package
		}
	}
	if name == "" && dotted {
		name = strings.ReplaceAll(rest, ".", " ")
		if topDomain(first) {
			_, name, _ = strings.Cut(rest, ".")
		}
	}
	if row.Source == "homebrew_packages" {
		if formula, release, ok := strings.Cut(name, "@"); ok { // python@3.12
			name = formula + " " + release
		}
	}
	if file, ok := strings.CutSuffix(name, ".app"); ok { // zoom.us.app
		name = ownLabel(file)
	}
	return vendor, withoutVersion(name, row.Version), how
}

// withoutVersion drops the version of the row from its name: "Firefox 102.0 ESR".
func withoutVersion(name, version string) string {
	if len(version) < 3 || !strings.Contains(version, ".") {
		return name
	}
	i := strings.Index(name, version)
	if i <= 0 || name[i-1] != ' ' {
		return name
	}
	behind, inside := strings.CutPrefix(name[i+len(version):], " ")
	if !inside {
		return name // it stands at the end, where it is split off anyway
	}
	return name[:i] + behind
}
