package inventory

import (
	"strings"

	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/match"
)

// An osqueryTable is a table of osquery (osquery.io/schema): the columns that tell it, and
// what a row of it becomes.
type osqueryTable struct {
	name string
	// marks are columns that all have to be there; alternatives are separated by a bar.
	marks string
	read  func(r *osqueryRow)
}

// osqueryTables in the order in which rows are compared with them.
var osqueryTables = []*osqueryTable{
	{"patches", "hotfix_id", func(r *osqueryRow) {
		r.patch(r.get("hotfix_id"))
	}},
	{"os_version", "name version platform major|build|platform_like", readOSVersion},
	{"system_info", "hardware_model hardware_vendor|hardware_serial", func(r *osqueryRow) {
		d := device{vendor: r.get("hardware_vendor"), model: r.get("hardware_model"), serial: serial(r.get("hardware_serial"))}
		if in, ok := d.hardware(); ok && !r.removed {
			r.platform("system_info", in)
		}
	}},
	{"deb_packages", "name version arch maintainer|status|revision", func(r *osqueryRow) {
		r.pack(pkg{typ: "deb", name: r.get("name"), version: r.get("version"), arch: r.get("arch"), upstream: debSource(r.get("source"))})
	}},
	{"rpm_packages", "name version release arch", func(r *osqueryRow) {
		p := pkg{typ: "rpm", name: r.get("name"), version: r.get("version"), arch: r.get("arch"), epoch: r.get("epoch"), upstream: r.get("source")}
		if release := r.get("release"); p.version != "" && release != "" {
			p.version += "-" + release
		}
		if p.epoch == "0" {
			p.epoch = ""
		}
		if p.name != "gpg-pubkey" {
			r.pack(p)
		}
	}},
	{"chrome_extensions", "identifier version browser_type|update_url|from_webstore", func(r *osqueryRow) {
		r.pack(pkg{typ: "chrome-extension", name: r.get("identifier"), version: r.get("version")})
	}},
	{"vscode_extensions", "name version publisher_id|prerelease", func(r *osqueryRow) {
		p := pkg{typ: "vscode-extension", namespace: r.get("publisher"), name: r.get("name"), version: r.get("version")}
		if publisher, name, ok := strings.Cut(p.name, "."); ok { // the name is "publisher.name" where it is the id
			p.namespace, p.name = publisher, name
		}
		r.pack(p)
	}},
	{"homebrew_packages", "name version prefix", func(r *osqueryRow) {
		r.pack(pkg{typ: "brew", name: r.get("name"), version: r.get("version")})
	}},
	{"npm_packages", "name version homepage directory|path", func(r *osqueryRow) {
		p := pkg{typ: "npm", name: r.get("name"), version: r.get("version")}
		if scope, name, ok := strings.Cut(p.name, "/"); ok {
			p.namespace, p.name = scope, name
		}
		r.pack(p)
	}},
	{"python_packages", "name version summary|license directory|path", func(r *osqueryRow) {
		r.pack(pkg{typ: "pypi", name: r.get("name"), version: r.get("version")})
	}},
	{"apps", "bundle_identifier|bundle_short_version", func(r *osqueryRow) {
		in := match.Installation{Product: strings.TrimSuffix(r.get("name"), ".app"), Version: r.get("bundle_short_version")}
		if in.Version == "" {
			in.Version = r.get("bundle_version")
		}
		if id := r.get("bundle_identifier"); id != "" {
			in.Facts = match.Facts{"bundle": id}
		}
		r.add(in)
	}},
	{"programs", "name version publisher|identifying_number|uninstall_string|install_source", func(r *osqueryRow) {
		in := match.Installation{Vendor: r.get("publisher"), Product: r.get("name"), Version: r.get("version")}
		if kb, ok := patchName(in.Product); ok {
			r.patch(kb)
			return
		}
		r.add(in)
	}},
}

// tableNamed returns the table of a name, or of a query that is named after it:
// "pack_inventory_programs", "pack/inventory/programs".
func tableNamed(name string) *osqueryTable {
	for _, t := range osqueryTables {
		if before, ok := strings.CutSuffix(name, t.name); ok && (before == "" || strings.ContainsRune("_/:-.", rune(before[len(before)-1]))) {
			return t
		}
	}
	return nil
}

// tableOf returns the table that a row is of, by its columns.
func tableOf(row jsonpos.Value) *osqueryTable {
	for _, t := range osqueryTables {
		all := true
		for mark := range strings.FieldsSeq(t.marks) {
			any := false
			for column := range strings.SplitSeq(mark, "|") {
				kind := row.Get(column).Kind()
				any = any || kind == jsonpos.String || kind == jsonpos.Number
			}
			if all = all && any; !all {
				break
			}
		}
		if all {
			return t
		}
	}
	return nil
}

// serial drops what machines print that have no serial number.
func serial(text string) string {
	switch strings.ToLower(text) {
	case "none", "0", "-1", "default string", "system serial number", "to be filled by o.e.m.", "not specified":
		return ""
	}
	return text
}

// readOSVersion reads the operating system. The distribution of the packages follows from
// it.
func readOSVersion(r *osqueryRow) {
	if r.removed {
		return
	}
	name, version, platform := r.get("name"), r.get("version"), strings.ToLower(r.get("platform"))
	in := match.Installation{Product: name, Version: version}
	switch platform {
	case "windows":
		in = windowsSystem(name, version, r.get("build"), r.get("revision"))
		if r.m.Facts == nil {
			r.m.Facts = match.Facts{}
		}
		r.m.Facts["platform"] = in.Product
	case "darwin":
		in.Vendor = "Apple"
	default:
		if platform != "" && version != "" && r.q.opt.Distro == "" {
			r.m.distro = distroOf(platform, version)
		}
		in.Version = leadingNumber(version)
		if in.Version == "" {
			in.Version = version
		}
		in.Vendor = systemVendors[platform]
	}
	if in.Product == "" {
		r.q.wrong(r.m.ID, spot{value: r.value}, ErrValue, "the operating system has no name")
		return
	}
	r.platform("os_version", in)
}

// systemVendors are the vendors of operating systems, which osquery does not name.
var systemVendors = map[string]string{
	"almalinux": "AlmaLinux", "amzn": "Amazon", "debian": "Debian", "fedora": "Fedora", "freebsd": "FreeBSD", "ol": "Oracle",
	"oracle": "Oracle", "redhat": "Red Hat", "rhel": "Red Hat", "rocky": "Rocky", "sles": "SUSE", "ubuntu": "Canonical",
}
