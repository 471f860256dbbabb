package inventory

import (
	"iter"
	"strings"

	"github.com/affected-go/affected/match"
)

// windowsSystem returns Windows as advisories name it: the edition is a fact, clients have
// the release that their build tells in their name, and the version is four numbers.
func windowsSystem(name, version, build, revision string) match.Installation {
	product := strings.TrimSpace(strings.TrimPrefix(name, "Microsoft "))
	edition := ""
	for _, e := range windowsEditions {
		if rest, ok := strings.CutSuffix(product, " "+e); ok {
			product, edition = strings.TrimSuffix(rest, " LTSC"), e
			break
		}
	}
	if build == "" {
		if parts := strings.Split(version, "."); len(parts) > 2 {
			build = parts[2]
		}
	}
	if product == "Windows 10" || product == "Windows 11" {
		for _, w := range windowsReleases {
			if w.build == build {
				product += " Version " + w.release
			}
		}
	}
	if strings.Count(version, ".") == 2 && revision != "" {
		version += "." + revision
	}
	in := match.Installation{Vendor: "Microsoft", Product: product, Version: version}
	if edition != "" {
		in.Facts = match.Facts{"edition": edition}
	}
	return in
}

// windowsEditions are the words behind the name of the system (the registry value ProductName).
var windowsEditions = []string{
	"Standard Evaluation", "Datacenter Evaluation", "Standard", "Datacenter: Azure Edition", "Datacenter Azure Edition", "Datacenter",
	"Essentials", "Enterprise N", "Enterprise", "Pro for Workstations", "Pro Education", "Pro N", "Pro", "Education N",
	"Education", "Home Single Language", "Home N", "Home", "Enterprise LTSC", "IoT Enterprise",
}

// windowsReleases are the builds of client releases (Microsoft, Windows release information).
// One build is of one release of Windows 10 or 11.
var windowsReleases = []struct{ build, release string }{
	{"10240", "1507"}, {"10586", "1511"}, {"14393", "1607"}, {"15063", "1703"}, {"16299", "1709"}, {"17134", "1803"},
	{"17763", "1809"}, {"18362", "1903"}, {"18363", "1909"}, {"19041", "2004"}, {"19042", "20H2"}, {"19043", "21H1"},
	{"19044", "21H2"}, {"19045", "22H2"}, {"22000", "21H2"}, {"22621", "22H2"}, {"22631", "23H2"}, {"26100", "24H2"},
}

// uninstall is an export of the uninstall keys of the registry, as regedit and reg export
// write it: "Windows Registry Editor Version 5.00", usually in UTF-16. The keys below
// ...\Uninstall of both views and of all users are read; what has no DisplayName is a part
// that Windows does not show either.
type uninstall struct{}

func (uninstall) Name() string { return "uninstall" }

func (uninstall) Sniff(t *Text) bool {
	first := t.firstLine()
	return strings.HasPrefix(first, "Windows Registry Editor Version") || first == "REGEDIT4"
}

func (uninstall) Read(t *Text, opt Options) iter.Seq2[*match.Host, error] {
	return func(yield func(*match.Host, error) bool) {
		g := newGather(opt, yield)
		k := registryKeys{g: g, m: g.host(""), values: map[string]string{}}
		k.read(newLines(t))
		g.flush()
	}
}

// registryKeys reads the keys of an export one after the other.
type registryKeys struct {
	g      *gather
	m      *machine
	name   string // of the key below Uninstall, "" for another key
	line   int
	values map[string]string
	lines  []string // those of the key that are read
}

// read reads all lines. The first one is the title.
func (k *registryKeys) read(l *lines) {
	title, joined := true, false
	for !k.g.done() && l.next() {
		line := strings.TrimSpace(l.text)
		continued := joined
		joined = strings.HasSuffix(line, `\`) && !strings.HasPrefix(line, `[`)
		switch {
		case l.err != nil:
			k.g.fail(&Error{Host: k.m.ID, Line: l.n, Err: l.err})
		case title && line != "":
			title = false
		case line == "" || strings.HasPrefix(line, ";") || continued: // hexadecimal values go on for lines
		case strings.HasPrefix(line, "["):
			k.end()
			k.begin(line, l.n)
		case k.name != "":
			if !k.value(line) {
				k.g.wrong(k.m.ID, spot{line: l.n}, ErrSyntax, "no value of a key: %q", short(line))
			}
		}
	}
	if l.err != nil {
		k.g.fail(&Error{Host: k.m.ID, Line: l.n, Err: l.err})
	}
	k.end()
}

// begin starts a key: "[HKEY_LOCAL_MACHINE\SOFTWARE\...\Uninstall\{GUID}]".
func (k *registryKeys) begin(line string, n int) {
	k.name, k.line, k.lines = "", n, append(k.lines[:0], line)
	path, ok := strings.CutSuffix(line[1:], "]")
	if !ok {
		k.g.wrong(k.m.ID, spot{line: n}, ErrSyntax, "the name of a key does not end: %q", short(line))
		return
	}
	if i := indexFold(path, `\uninstall\`); i >= 0 {
		if name := path[i+len(`\uninstall\`):]; !strings.Contains(name, `\`) {
			k.name = name
		}
	}
}

// value reads "DisplayName"="Name". Numbers and binary values are not needed.
func (k *registryKeys) value(line string) bool {
	if strings.HasPrefix(line, "@=") {
		return true
	}
	name, rest, ok := registryString(line)
	if !ok || !strings.HasPrefix(rest, "=") {
		return false
	}
	if !strings.HasPrefix(rest, `="`) {
		return true
	}
	text, rest, ok := registryString(rest[1:])
	if !ok || rest != "" {
		return false
	}
	name = strings.ToLower(name)
	if len(k.values) < maxFields {
		k.values[name] = text
	}
	if name == "displayname" || name == "displayversion" || name == "publisher" {
		k.lines = append(k.lines, line)
	}
	return true
}

// registryString reads a text in quotation marks, in which a backslash stands before itself
// and before a quotation mark.
func registryString(line string) (text, rest string, ok bool) {
	if !strings.HasPrefix(line, `"`) {
		return "", "", false
	}
	var b strings.Builder
	for i := 1; i < len(line); i++ {
		switch c := line[i]; {
		case c == '"':
			return b.String(), line[i+1:], true
		case c == '\\' && i+1 < len(line):
			i++
			b.WriteByte(line[i])
		default:
			b.WriteByte(c)
		}
	}
	return "", "", false
}

// end takes the key that was read.
func (k *registryKeys) end() {
	name := strings.TrimSpace(k.values["displayname"])
	if k.name != "" && name != "" {
		if kb, ok := patchName(name); ok {
			k.g.patch(k.m, kb)
		} else {
			k.g.row = rowText(strings.Join(k.lines, "\n"))
			k.g.addOnce(k.m, match.Installation{
				Vendor: strings.TrimSpace(k.values["publisher"]), Product: name, Version: strings.TrimSpace(k.values["displayversion"]),
			})
		}
	}
	k.name = ""
	clear(k.values)
}
