package house_test

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/inventory"
)

// A fleetFact is a line of fleet.txt.
type fleetFact struct {
	fields   []string
	versions []string
}

// readFleet reads fleet.txt: the facts of each kind.
func readFleet(t testing.TB) map[string][]fleetFact {
	f, err := os.Open(filepath.Join("testdata", "fleet.txt"))
	require.NoError(t, err)
	defer f.Close()
	facts := map[string][]fleetFact{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if line := lines.Text(); line != "" && !strings.HasPrefix(line, "#") {
			fields := strings.Split(line, "|")
			for i := range fields {
				fields[i] = strings.TrimSpace(fields[i])
			}
			last := len(fields) - 1
			fact := fleetFact{fields: fields[1:last]}
			for v := range strings.SplitSeq(fields[last], ";") {
				if v = strings.TrimSpace(v); v == "-" {
					v = ""
				}
				fact.versions = append(fact.versions, v)
			}
			facts[fields[0]] = append(facts[fields[0]], fact)
		}
	}
	return facts
}

// A fleet draws hosts from facts and reads them as inventories of the tools that would list them.
type fleet struct {
	t     testing.TB
	facts map[string][]fleetFact
	rand  *rand.Rand
	hosts []*match.Host
}

// fleetGroups are the hosts by what lists them.
var fleetGroups = []struct {
	name string
	n    int
	draw func(f *fleet, first, n int)
}{
	{"windows", 250, (*fleet).osquery}, {"windows", 50, (*fleet).registry},
	{"cmdb", 150, (*fleet).serviceNow}, {"cmdb", 100, (*fleet).table},
	{"network", 110, (*fleet).napalm}, {"network", 20, (*fleet).fortinet}, {"network", 20, (*fleet).rvtools},
	{"linux", 90, (*fleet).dpkg}, {"linux", 120, (*fleet).rpm}, {"linux", 30, (*fleet).apk}, {"packages", 60, (*fleet).packages},
}

// drawFleet draws the same fleet each time. groups tells the group of each host.
func drawFleet(t testing.TB) (hosts []*match.Host, groups []string) {
	f := &fleet{t: t, facts: readFleet(t), rand: rand.New(rand.NewPCG(2024, 10))}
	for _, g := range fleetGroups {
		first := len(f.hosts)
		g.draw(f, first, g.n)
		require.Len(t, f.hosts, first+g.n, "hosts of %s", g.name)
		groups = append(groups, slices.Repeat([]string{g.name}, g.n)...)
	}
	return f.hosts, groups
}

// pick draws a fact of a kind and one of its versions, for which {} in the fields stands.
func (f *fleet) pick(kind string) (fields []string, version string) {
	list := f.facts[kind]
	fact := list[f.rand.IntN(len(list))]
	version = fact.versions[f.rand.IntN(len(fact.versions))]
	short, long, ok := strings.Cut(version, " = ")
	if ok {
		version = long
	}
	for _, field := range fact.fields {
		fields = append(fields, strings.ReplaceAll(field, "{}", short))
	}
	return fields, version
}

// read reads an inventory. None of them has anything that cannot be read.
func (f *fleet) read(format, text string, opt inventory.Options) {
	opt.File, opt.Formats = format, []inventory.Format{inventory.Lookup(format)}
	for h, err := range inventory.Read(strings.NewReader(text), opt) {
		if wrong := (*inventory.Error)(nil); !errors.As(err, &wrong) || !wrong.Warning {
			require.NoError(f.t, err)
		}
		if h != nil {
			f.hosts = append(f.hosts, h)
		}
	}
}

func (f *fleet) json(value any) string {
	text, err := json.Marshal(value)
	require.NoError(f.t, err)
	return string(text)
}

// csv returns rows as a spreadsheet saves them.
func (f *fleet) csv(rows [][]string) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	require.NoError(f.t, w.WriteAll(rows))
	return b.String()
}

type texts = map[string]string

// osquery draws Windows hosts with their programs, their build and the update that made it.
func (f *fleet) osquery(first, n int) {
	for i := range n {
		system, update := f.pick("system")
		revision, kb, _ := strings.Cut(update, " ")
		build := system[1][strings.LastIndexByte(system[1], '.')+1:]
		host := map[string]any{
			"host":       fmt.Sprintf("win-%d", first+i),
			"os_version": []texts{{"name": system[0], "version": system[1], "build": build, "revision": revision, "platform": "windows"}},
			"patches":    []texts{{"hotfix_id": kb}},
		}
		if kb == "" {
			delete(host, "patches")
		}
		var programs []texts
		for range 8 + f.rand.IntN(12) {
			program, version := f.pick("program")
			programs = append(programs, texts{"name": program[1], "version": version, "publisher": program[0], "install_source": ""})
		}
		host["programs"] = programs
		f.read("osquery", f.json(host), inventory.Options{})
	}
}

// registry draws exports of uninstall keys.
func (f *fleet) registry(first, n int) {
	quote := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	for i := range n {
		var b strings.Builder
		b.WriteString("Windows Registry Editor Version 5.00\r\n\r\n")
		for k := range 8 + f.rand.IntN(12) {
			program, version := f.pick("program")
			fmt.Fprintf(&b, "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\{%08d}]\r\n", k)
			for _, value := range [][2]string{{"DisplayName", program[1]}, {"DisplayVersion", version}, {"Publisher", program[0]}} {
				fmt.Fprintf(&b, "\"%s\"=\"%s\"\r\n", value[0], quote.Replace(value[1]))
			}
			b.WriteString("\r\n")
		}
		f.read("uninstall", b.String(), inventory.Options{Host: fmt.Sprintf("reg-%d", first+i)})
	}
}

// serviceNow draws rows of cmdb_sam_sw_install.
func (f *fleet) serviceNow(first, n int) {
	rows := [][]string{{"Display name", "Publisher", "Version", "Installed on", "Install date"}}
	for i := range n {
		for range 2 + f.rand.IntN(5) {
			c, version := f.pick("cmdb")
			rows = append(rows, []string{c[1], c[0], version, fmt.Sprintf("ci-%d", first+i), ""})
		}
	}
	f.read("servicenow", f.csv(rows), inventory.Options{})
}

// table draws rows of a list that somebody keeps by hand.
func (f *fleet) table(first, n int) {
	rows := [][]string{{"Hostname", "Vendor", "Product", "Version", "OS"}}
	for i := range n {
		system := [...]string{"Windows Server 2019", "Windows Server 2022", "Red Hat Enterprise Linux 8", "Linux", ""}[f.rand.IntN(5)]
		for range 2 + f.rand.IntN(5) {
			c, version := f.pick("cmdb")
			rows = append(rows, []string{fmt.Sprintf("list-%d", first+i), c[0], c[1], version, system})
		}
	}
	f.read("table", f.csv(rows), inventory.Options{})
}

// napalm draws what devices tell.
func (f *fleet) napalm(first, n int) {
	devices := map[string]any{}
	for i := range n {
		facts, version := f.pick("facts")
		devices[fmt.Sprintf("net-%03d", first+i)] = map[string]any{"get_facts": texts{
			"vendor": facts[0], "model": facts[1], "os_version": version, "serial_number": fmt.Sprintf("SN%06d", first+i),
		}}
	}
	f.read("napalm", f.json(devices), inventory.Options{})
}

// fortinet draws answers to "get system status".
func (f *fleet) fortinet(first, n int) {
	for i := range n {
		_, version := f.pick("forti")
		f.read("fortios", fmt.Sprintf("Version: %s\nSerial-Number: FG%08d\nHostname: fw-%d\nOperation Mode: NAT\n", version, first+i, first+i),
			inventory.Options{})
	}
}

// rvtools draws the sheet of the hosts of a vCenter.
func (f *fleet) rvtools(first, n int) {
	rows := [][]string{{"Host", "Datacenter", "ESX Version", "Vendor", "Model", "Serial number"}}
	for i := range n {
		v, version := f.pick("vhost")
		rows = append(rows, []string{fmt.Sprintf("esx-%d", first+i), "Berlin", version, v[0], v[1], fmt.Sprintf("SV%06d", first+i)})
	}
	f.read("rvtools", f.csv(rows), inventory.Options{})
}

// drawDistro draws what one distribution has of a kind.
func (f *fleet) drawDistro(kind string, draw func(fields []string, version string)) (distro string) {
	first, version := f.pick(kind)
	seen := map[string]bool{first[1]: true}
	draw(first, version)
	for range 5 + f.rand.IntN(10) {
		if p, v := f.pick(kind); p[0] == first[0] && !seen[p[1]] {
			seen[p[1]] = true
			draw(p, v)
		}
	}
	return first[0]
}

// dpkg draws status files.
func (f *fleet) dpkg(first, n int) {
	for i := range n {
		var b strings.Builder
		distro := f.drawDistro("deb", func(p []string, version string) {
			fmt.Fprintf(&b, "Package: %s\nStatus: install ok installed\nArchitecture: amd64\n", p[1])
			if p[2] != p[1] {
				fmt.Fprintf(&b, "Source: %s\n", p[2])
			}
			fmt.Fprintf(&b, "Version: %s\n\n", version)
		})
		f.read("dpkg", b.String(), inventory.Options{Host: fmt.Sprintf("deb-%d", first+i), Distro: distro})
	}
}

// rpm draws answers to rpm -qa.
func (f *fleet) rpm(first, n int) {
	for i := range n {
		var b strings.Builder
		distro := f.drawDistro("rpm", func(p []string, version string) {
			epoch := p[2]
			if epoch == "" {
				epoch = "(none)"
			}
			v, release, _ := strings.Cut(version, "-")
			fmt.Fprintln(&b, strings.Join([]string{p[1], epoch, v, release, "x86_64", "(none)", "(none)"}, "\t"))
		})
		f.read("rpm", b.String(), inventory.Options{Host: fmt.Sprintf("rpm-%d", first+i), Distro: distro})
	}
}

// apk draws what /lib/apk/db/installed has.
func (f *fleet) apk(first, n int) {
	for i := range n {
		var b strings.Builder
		distro := f.drawDistro("apk", func(p []string, version string) {
			fmt.Fprintf(&b, "P:%s\nV:%s\nA:x86_64\no:%s\n\n", p[1], version, p[2])
		})
		f.read("apk", b.String(), inventory.Options{Host: fmt.Sprintf("apk-%d", first+i), Distro: distro})
	}
}

// packages draws rows of package URLs.
func (f *fleet) packages(first, n int) {
	rows := [][]string{{"host", "purl"}}
	for i := range n {
		for range 10 + f.rand.IntN(10) {
			p, version := f.pick("package")
			name, qualifiers, ok := strings.Cut(p[0], "?")
			name += "@" + version
			if ok {
				name += "?" + qualifiers
			}
			rows = append(rows, []string{fmt.Sprintf("app-%d", first+i), name})
		}
	}
	f.read("table", f.csv(rows), inventory.Options{})
}
