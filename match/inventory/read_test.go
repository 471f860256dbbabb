package inventory_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/match/inventory"
)

// read returns all hosts and errors of a text, without the warnings.
func read(text string, opt inventory.Options) (hosts []*match.Host, errs []error) {
	for h, err := range inventory.Read(strings.NewReader(text), opt) {
		var e *inventory.Error
		switch {
		case err == nil:
			hosts = append(hosts, h)
		case !errors.As(err, &e) || !e.Warning:
			errs = append(errs, err)
		}
	}
	return hosts, errs
}

// TestEncodings: the same inventory in the ways in which programs save it.
func TestEncodings(t *testing.T) {
	text := "host,vendor,product,version\nz-1,Müller,Gerät 😀,1.0\n"
	wide := func(text string, low, high int) []byte {
		var b []byte
		for _, r := range text {
			units := []rune{r}
			if r > 0xffff {
				units = []rune{0xd800 + (r-0x10000)>>10, 0xdc00 + (r-0x10000)&0x3ff}
			}
			for _, u := range units {
				pair := [2]byte{}
				pair[low], pair[high] = byte(u), byte(u>>8)
				b = append(b, pair[:]...)
			}
		}
		return b
	}
	old := strings.NewReplacer("ü", "\xfc", "ä", "\xe4", "😀", "\x99").Replace(text) // 0x99 is a trade mark sign
	for name, c := range map[string]struct{ data, product string }{
		"UTF-8":                  {text, "Gerät 😀"},
		"UTF-8 with a mark":      {"\ufeff" + text, "Gerät 😀"},
		"UTF-16LE with a mark":   {"\xff\xfe" + string(wide(text, 0, 1)), "Gerät 😀"},
		"UTF-16BE with a mark":   {"\xfe\xff" + string(wide(text, 1, 0)), "Gerät 😀"},
		"UTF-16LE":               {string(wide(text, 0, 1)), "Gerät 😀"},
		"UTF-16BE":               {string(wide(text, 1, 0)), "Gerät 😀"},
		"Windows-1252":           {old, "Gerät ™"},
		"semicolons":             {strings.ReplaceAll(text, ",", ";"), "Gerät 😀"},
		"tabs":                   {strings.ReplaceAll(text, ",", "\t"), "Gerät 😀"},
		"a line that tells them": {"sep=;\r\n" + strings.ReplaceAll(text, ",", ";"), "Gerät 😀"},
		"blank lines in front":   {"\r\n\r\n" + strings.ReplaceAll(text, ",", "|"), "Gerät 😀"},
	} {
		for _, r := range []io.Reader{strings.NewReader(c.data), iotest.OneByteReader(strings.NewReader(c.data))} {
			for h, err := range inventory.Read(r, inventory.Options{}) {
				require.NoError(t, err, name)
				assert.Equal(t, "z-1", h.ID, name)
				assert.Equal(t, "Müller "+c.product+" 1.0", h.Installations[0].Vendor+" "+h.Installations[0].Product+" "+h.Installations[0].Version, name)
			}
		}
	}
}

// TestNothing: what is no inventory says so, once.
func TestNothing(t *testing.T) {
	for text, want := range map[string]struct {
		kind error
		text string
	}{
		"":                        {inventory.ErrEmpty, "x: empty: a line with the names of the columns is wanted first, or a document"},
		" \r\n\t":                 {inventory.ErrEmpty, "x: empty: a line with"},
		"\x7fELF\x00\x00\x00":     {inventory.ErrFormat, "x: this is no text: "},
		"PK\x03\x04\x00\x00\x00":  {inventory.ErrFormat, "x: a ZIP file or an Excel workbook: save the sheet as CSV"},
		"PK\x03\x04aa":            {inventory.ErrFormat, "x: a ZIP file"},
		"SQLite format 3\x00":     {inventory.ErrFormat, "x: an SQLite database: "},
		"SPDXVersion: SPDX-2.3\n": {inventory.ErrFormat, "x: the tag-value form of SPDX is not read"},
		"\n<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\"/>": {inventory.ErrFormat, "x: XML is not read: export CycloneDX as JSON"},
		"product\na\x00b":    {inventory.ErrFormat, "x: this is no text: "},
		"host,vendor\na,b\n": {inventory.ErrFormat, "x:1: no column tells the product: "},
		"host,product\n":     {inventory.ErrEmpty, "x: no row below the header"},
		`{"a":1}`:            {inventory.ErrFormat, "x: no known inventory format: JSON"},
		`[1,2]`:              {inventory.ErrFormat, "x: no known inventory format: JSON"},
		`{"a":`:              {inventory.ErrFormat, "x: no known inventory format: JSON"},
		`{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld"}`: {inventory.ErrFormat, "x:1:1: SPDX 3 is not read"},
		"openssl-libs-3.0.7-27.el9.x86_64\n":                            {inventory.ErrSyntax, "x:1: \"openssl-libs-3.0.7-27.el9.x86_64\" does not tell the epoch: run rpm -qa"},
	} {
		hosts, errs := read(text, inventory.Options{File: "x"})
		require.Len(t, errs, 1, "%q", text)
		assert.ErrorIs(t, errs[0], want.kind, "%q", text)
		assert.Contains(t, errs[0].Error(), want.text)
		for _, h := range hosts {
			assert.Empty(t, h.Installations, "%q", text)
		}
	}
}

// TestReaderFails: the error of the reader comes out, and what was read before it.
func TestReaderFails(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, text := range []string{
		"host,product\n" + strings.Repeat("a,b\n", 40_000),
		"Package: bash\nVersion: 1\n\n" + strings.Repeat("#\n", 80_000),
		`[{"host":"a","product":"b"},` + strings.Repeat(" ", 100_000),
		"bash\t(none)\t1\t2\tx86_64\n" + strings.Repeat("\n", 100_000),
		"C:Q1\nP:a\nV:1\n\n" + strings.Repeat("\n", 100_000),
		"Windows Registry Editor Version 5.00\n" + strings.Repeat("\n", 100_000),
		"",
	} {
		found := false
		r := io.MultiReader(strings.NewReader(text), iotest.ErrReader(broken))
		for _, err := range inventory.Read(r, inventory.Options{Complete: true}) {
			found = found || errors.Is(err, broken)
		}
		assert.True(t, found, "%.20q", text)
	}
}

// TestGrouped: with rows that stand together a host comes when the next one begins.
func TestGrouped(t *testing.T) {
	text := "host,product\na,x\na,y\nb,x\na,z\n"
	var ids []string
	for h, err := range inventory.Read(strings.NewReader(text), inventory.Options{Grouped: true, Limits: inventory.Limits{Installations: 2}}) {
		if err == nil {
			ids = append(ids, fmt.Sprint(h.ID, len(h.Installations)))
		}
	}
	assert.Equal(t, []string{"a2", "b1", "a1"}, ids)
	hosts, _ := read(text, inventory.Options{})
	require.Len(t, hosts, 2)
	assert.Len(t, hosts[0].Installations, 3)
}

// TestOptions: what the caller knows beside the text.
func TestOptions(t *testing.T) {
	hosts, errs := read("Package: bash\nVersion: 5.2\nArchitecture: amd64\n", inventory.Options{Host: "web-1", Distro: "ubuntu-22.04"})
	require.Empty(t, errs)
	assert.Equal(t, "web-1", hosts[0].ID)
	assert.Equal(t, "pkg:deb/ubuntu/bash@5.2?arch=amd64&distro=ubuntu-22.04", hosts[0].Installations[0].PURL.String())
	assert.False(t, hosts[0].InstallationsComplete)

	columns := map[string]string{"Gerätename": "host", "Stand": "version"}
	hosts, errs = read("Gerätename,Software,Hersteller,Stand\na-1,Gateway,Acme,4.1\n", inventory.Options{Columns: columns, Complete: true})
	require.Empty(t, errs)
	assert.Equal(t, "a-1", hosts[0].ID)
	assert.Equal(t, "4.1", hosts[0].Installations[0].Version)
	assert.True(t, hosts[0].InstallationsComplete)
	assert.False(t, hosts[0].PlatformsComplete, "the table does not say what the host runs on")
	hosts, errs = read(`{"Gerätename":"a-1","software":"Gateway","Stand":"4.1"}`, inventory.Options{Columns: columns})
	require.Empty(t, errs)
	assert.Equal(t, "a-1", hosts[0].ID)

	for text, want := range map[string]match.PatchList{
		"host,product,vendor,version,hotfix\na,b,c,1,KB1\n":          match.CompletePatches,
		"host,product,vendor,version,hotfix\na,b,c,1,KB1\na,b,c,1\n": match.SomePatches,
	} {
		hosts, _ = read(text, inventory.Options{PatchList: match.CompletePatches})
		assert.Equal(t, want, hosts[0].PatchList, "%q", text)
	}

	rows := []inventory.Format{inventory.Lookup("table")}
	_, errs = read(`{"bomFormat":"CycloneDX"}`, inventory.Options{Formats: rows})
	require.Len(t, errs, 1, "a single format is not asked whether the text is its own")
}

// TestIncomplete: an error about one host leaves the others complete, one about no host
// nobody.
func TestIncomplete(t *testing.T) {
	complete := func(text string) (ids string) {
		hosts, errs := read(text, inventory.Options{Complete: true})
		require.NotEmpty(t, errs)
		for _, h := range hosts {
			if h.InstallationsComplete {
				ids += h.ID
			}
		}
		return ids
	}
	assert.Equal(t, "b", complete("host,product,purl\na,x,\na,y,zzz\nb,x,\n"))
	assert.Equal(t, "", complete("host,product,purl\na,x\nb,x,\n"))
	assert.Equal(t, "b", complete(`{"bomFormat":"CycloneDX","metadata":{"component":{"name":"a"}},"components":["x"]}
{"bomFormat":"CycloneDX","metadata":{"component":{"name":"b"}}}`))
}

// TestSources: a source package that no package is named after is in the list, once for each of
// its versions.
func TestSources(t *testing.T) {
	stanza := func(name, version, source string) string {
		return "Package: " + name + "\nVersion: " + version + "\nArchitecture: amd64\nSource: " + source + "\n\n"
	}
	text := stanza("libssl3", "3.0.11-1", "openssl") + stanza("libssl-dev", "3.0.11-1", "openssl") + stanza("libssl-doc", "3.0.9-1", "openssl") +
		stanza("libbash", "5.2", "bash (5.2-1)") + stanza("bash", "5.2-1+b1", "bash (5.2-1)")
	hosts, errs := read(text, inventory.Options{Distro: "debian-12"})
	require.Empty(t, errs)
	var sources []string
	for _, in := range hosts[0].Installations {
		if in.PURL.IsSource() {
			sources = append(sources, in.PURL.String())
		}
	}
	hosts, errs = read(`{"bomFormat":"CycloneDX","metadata":{"component":{"type":"container","name":"image"}},
	 "components":[{"name":"libssl3","purl":"pkg:deb/debian/libssl3@3.0.11-1?distro=debian-12&upstream=openssl"}]}`, inventory.Options{})
	require.Empty(t, errs)
	require.Len(t, hosts[0].Installations, 2)
	assert.Equal(t, "pkg:deb/debian/openssl@3.0.11-1?arch=source&distro=debian-12", hosts[0].Installations[1].PURL.String(), "of a part, too")
	assert.Equal(t, []string{"pkg:deb/debian/openssl@3.0.11-1?arch=source&distro=debian-12", "pkg:deb/debian/openssl@3.0.9-1?arch=source&distro=debian-12"}, sources)
}

// TestStop: the loop may end at any time.
func TestStop(t *testing.T) {
	for _, name := range fixtures(t) {
		for n := range 4 {
			seen := 0
			for range inventory.Read(strings.NewReader(fixture(t, name)), inventory.Options{}) {
				if seen++; seen > n {
					break
				}
			}
		}
	}
}

// TestLimits: what is too much is said, and what was read until then comes.
func TestLimits(t *testing.T) {
	lim := inventory.Limits{Line: 50, Installations: 3}
	long := strings.Repeat("x", 60)
	for _, c := range []struct{ text, want string }{
		{"host,product\na,b\na,c\na,d\na,e\na,f\n", "more than 3 installations at once: what follows is not read"},
		{"host,product\na,b\na," + long + "\na,c\n", "line 3: a line of more than 50 bytes"},
		{"host,product\na,\"" + strings.Repeat("b\n", 60) + "\"\na,c\n", "line 2, column 3: a field opens a quotation mark that nothing closes"},
		{`{"bomFormat":"CycloneDX","components":[{"name":"a"},{"name":"b"},{"name":"c"},{"name":"d"},{"name":"e"}]}`, "more than 3 installations at once"},
		{`{"spdxVersion":"SPDX-2.3","packages":[{"name":"a"},{"name":"b","SPDXID":"b"},{"name":"c","SPDXID":"c"},{"name":"d","SPDXID":"d"}]}`, "more than 3 installations at once"},
		{"Package: a\nVersion: 1\n\nPackage: b\nX: " + long + "\nVersion: 2\n", "line 5: a line of more than 50 bytes"},
	} {
		hosts, errs := read(c.text, inventory.Options{Limits: lim, Complete: true})
		require.NotEmpty(t, errs, "%q", c.text)
		assert.Contains(t, fmt.Sprint(errs), c.want)
		require.NotEmpty(t, hosts, "%q", c.text)
		assert.False(t, hosts[0].InstallationsComplete)
	}
}

// TestDeep: nesting and links cost no more than their number.
func TestDeep(t *testing.T) {
	depth := 400 // each level is an object and an array
	text := `{"bomFormat":"CycloneDX","components":[` + strings.Repeat(`{"name":"a","components":[`, depth) + strings.Repeat(`]}`, depth) + `]}`
	hosts, errs := read(text, inventory.Options{})
	require.Empty(t, errs)
	require.Len(t, hosts[0].Installations, 1)
	levels, all := 0, 1
	for in := &hosts[0].Installations[0]; len(in.Parts) > 0; in = &in.Parts[len(in.Parts)-1] {
		levels, all = levels+1, all+len(in.Parts)
		assert.NotEmpty(t, in.Parts[0].PartOf)
	}
	assert.Less(t, levels, 20, "the scan of a matcher goes to 32")
	assert.Equal(t, depth, all, "all of them are there")

	// Each package contains two, and both contain the same two: 2^50 paths.
	var packages, links []string
	for i := range 50 {
		for _, side := range "lr" {
			packages = append(packages, fmt.Sprintf(`{"SPDXID":"%d%c","name":"%d%c"}`, i, side, i, side))
			for _, below := range "lr" {
				links = append(links, fmt.Sprintf(`{"spdxElementId":"%d%c","relationshipType":"CONTAINS","relatedSpdxElement":"%d%c"}`, i, side, i+1, below))
			}
		}
	}
	hosts, errs = read(`{"spdxVersion":"SPDX-2.3","packages":[`+strings.Join(packages, ",")+`],"relationships":[`+strings.Join(links, ",")+`]}`, inventory.Options{})
	require.Empty(t, errs)
	assert.Less(t, checkList(t, hosts[0], hosts[0].Installations), 100*10)
}

// TestTime: twice the text costs about twice the time, for what could make it cost more.
func TestTime(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	for name, build := range map[string]func(n int) string{
		"quotes":   func(n int) string { return "host,product\n" + strings.Repeat("a,\"b\n", n) },
		"pairs":    func(n int) string { return "host,product\n\"x\n" + strings.Repeat("a\"\"b\n", n) },
		"rows":     func(n int) string { return "host,product\n" + strings.Repeat("a,b\n", n) },
		"bad rows": func(n int) string { return "[" + strings.Repeat(`{"host":"a","product":"b","purl":"x"},`, n) + "{}]" },
		"bad values": func(n int) string {
			return `{"value":[` + strings.Repeat(`{"host":"a","product":"b","purl":"x"},`, n) + "{}]}"
		},
		"packages": func(n int) string { return strings.Repeat("Package: a\n\n", n) },
		"log": func(n int) string {
			return strings.Repeat(`{"name":"patches","hostIdentifier":"a","columns":{"hotfix_id":"K"},"action":"added"}
{"name":"patches","hostIdentifier":"a","columns":{"hotfix_id":"K"},"action":"removed"}
{"name":"npm_packages","hostIdentifier":"a","columns":{"name":"x","version":"1"},"action":"added"}
{"name":"npm_packages","hostIdentifier":"a","columns":{"name":"x","version":"1"},"action":"removed"}
`, n/4)
		},
		"parts": func(n int) string {
			return `{"bomFormat":"CycloneDX","components":[{"name":"a","components":[` + strings.Repeat(`{"name":"b"},`, n) + `{"name":"c"}]}]}`
		},
		"ring": func(n int) string {
			var b strings.Builder
			b.WriteString(`{"spdxVersion":"SPDX-2.3","packages":[`)
			for i := range n {
				fmt.Fprintf(&b, `{"SPDXID":"%d","name":"p"},`, i)
			}
			b.WriteString(`{"SPDXID":"z","name":"p"}],"relationships":[`)
			for i := range n {
				fmt.Fprintf(&b, `{"spdxElementId":"%d","relationshipType":"CONTAINS","relatedSpdxElement":"%d"},{"spdxElementId":"z","relationshipType":"CONTAINS","relatedSpdxElement":"%d"},`, i, (i+1)%n, i)
			}
			b.WriteString("{}]}")
			return b.String()
		},
	} {
		took := func(n int) time.Duration {
			text := build(n)
			best := time.Hour
			for range 3 {
				start := time.Now()
				for range inventory.Read(strings.NewReader(text), inventory.Options{}) {
				}
				best = min(best, time.Since(start))
			}
			return best
		}
		// The machine may be busy with something else once; what is quadratic is so each time.
		linear := false
		var small, large time.Duration
		for try := 0; try < 6 && !linear; try++ {
			small, large = took(5_000), took(20_000)
			linear = float64(large)/float64(small+time.Millisecond) < 10
		}
		assert.True(t, linear, "%s: %v and %v for four times as much", name, small, large)
	}
}

// TestFormat: a format of the caller is one of several.
func TestFormat(t *testing.T) {
	formats := append([]inventory.Format{words{}}, inventory.Formats()...)
	hosts, errs := read("INSTALLED Acme Gateway 4.1\n", inventory.Options{Formats: formats})
	require.Empty(t, errs)
	assert.Equal(t, "Gateway", hosts[0].Installations[0].Product)
	hosts, errs = read("product\nGateway\n", inventory.Options{Formats: formats})
	require.Empty(t, errs)
	assert.Len(t, hosts, 1)
	_, errs = read("product\nGateway\n", inventory.Options{Formats: []inventory.Format{words{}, words{}}})
	require.Len(t, errs, 1)
	assert.ErrorIs(t, errs[0], inventory.ErrFormat)
}

// words is a format of one line: INSTALLED, vendor, product, version.
type words struct{}

func (words) Name() string                 { return "words" }
func (words) Sniff(t *inventory.Text) bool { return strings.HasPrefix(t.Head(), "INSTALLED ") }
func (words) Read(t *inventory.Text, opt inventory.Options) iter.Seq2[*match.Host, error] {
	return func(yield func(*match.Host, error) bool) {
		data, err := io.ReadAll(t)
		if err != nil {
			yield(nil, &inventory.Error{File: opt.File, Err: err})
			return
		}
		f := bytes.Fields(data)
		h := &match.Host{}
		h.Installations = []match.Installation{{Host: h, Vendor: string(f[1]), Product: string(f[2]), Version: string(f[3])}}
		yield(h, nil)
	}
}

// TestSnapshots: a later snapshot of a query takes the place of an earlier one, and a later
// version of the system of an earlier.
func TestSnapshots(t *testing.T) {
	line := func(query, rows string) string {
		return `{"name":"` + query + `","hostIdentifier":"a","snapshot":[` + rows + `],"action":"snapshot"}` + "\n"
	}
	program := func(version string) string {
		return `{"name":"Gateway","version":"` + version + `","publisher":"Acme"}`
	}
	text := line("programs", program("1")+","+program("2")) + line("npm_packages", `{"name":"x","version":"1"}`) + line("patches", `{"hotfix_id":"KB1000001"}`) +
		line("os_version", `{"name":"Ubuntu","version":"22.04","platform":"ubuntu","major":"22"}`) +
		line("programs", program("2")+","+program("3")) + line("npm_packages", `{"name":"x","version":"2"}`) + line("deb_packages", `{"name":"y","version":"3","arch":"amd64"}`) + line("patches", `{"hotfix_id":"KB1000002"}`) +
		line("os_version", `{"name":"Ubuntu","version":"24.04","platform":"ubuntu","major":"24"}`)
	hosts, errs := read(text, inventory.Options{})
	require.Empty(t, errs)
	require.Len(t, hosts, 1)
	var have []string
	for _, in := range hosts[0].Installations {
		have = append(have, strings.TrimSpace(in.Product+" "+in.Version+in.PURL.String()))
	}
	assert.ElementsMatch(t, []string{"Gateway 2", "Gateway 3", "Ubuntu 24.04", "pkg:npm/x@2", "pkg:deb/ubuntu/y@3?arch=amd64&distro=ubuntu-24.04"}, have)
	assert.Equal(t, []string{"KB1000002"}, hosts[0].Patches)
	assert.Len(t, hosts[0].Platforms, 1)
}

// TestRows: an installation keeps the text that it was read from, as it stands there.
func TestRows(t *testing.T) {
	component := `{"name": "gate", "version": "1", "components": [{"name": "lib", "purl": "pkg:npm/lib@2"}]}`
	long := strings.Repeat("x", 5000)
	for _, c := range []struct{ text, want string }{
		{"host,product,version\na, Gate ,1.0\n", "a, Gate ,1.0"},
		{"host;product;version\r\na;\"Gate\nway\";1.0\r\n", "a;\"Gate\nway\";1.0"},
		{`[{"product": "Gate",  "version": "1"}]`, `{"product": "Gate",  "version": "1"}`},
		{"host,product\na," + long + "\n", "a," + long[:4094] + "..."},
		{"gate\t(none)\t1\t2.el9\tx86_64\tAcme\tgate-1-2.el9.src.rpm\n", "gate\t(none)\t1\t2.el9\tx86_64\tAcme\tgate-1-2.el9.src.rpm"},
		{"Package: gate\nPriority: optional\nVersion: 1-1\nDescription: a gate\n to somewhere\n\n", "Package: gate\nVersion: 1-1"},
		{"C:Q1x\nP:gate\nV:1-r0\nA:x86_64\nF:usr/bin\n\n", "P:gate\nV:1-r0\nA:x86_64"},
		{"Windows Registry Editor Version 5.00\n\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Gate]\n\"DisplayName\"=\"Gate\"\n\"EstimatedSize\"=dword:00000001\n\"DisplayVersion\"=\"1.0\"\n",
			"[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Gate]\n\"DisplayName\"=\"Gate\"\n\"DisplayVersion\"=\"1.0\""},
		{`[{"name": "Gate", "version": "1.0", "publisher": "Acme", "install_source": ""}]`, `{"name": "Gate", "version": "1.0", "publisher": "Acme", "install_source": ""}`},
		{`{"bomFormat": "CycloneDX", "components": [` + component + `]}`, component},
		{`{"spdxVersion": "SPDX-2.3", "packages": [{"name": "gate", "SPDXID": "SPDXRef-1"}]}`, `{"name": "gate", "SPDXID": "SPDXRef-1"}`},
		{`{"r1": {"vendor": "Acme", "model": "G1", "os_version": "1.0"}}`, `{"vendor": "Acme", "model": "G1", "os_version": "1.0"}`},
		{"Version: FortiGate-60F v7.2.5,build1517,230606 (GA.F)\nFirmware Signature: certified\nHostname: fw\n", "Version: FortiGate-60F v7.2.5,build1517,230606 (GA.F)\nHostname: fw"},
	} {
		hosts, errs := read(c.text, inventory.Options{Distro: "debian-12"})
		require.Empty(t, errs, c.text)
		require.NotEmpty(t, hosts, c.text)
		require.NotEmpty(t, hosts[0].Installations, c.text)
		assert.Equal(t, c.want, hosts[0].Installations[0].Row, c.text)
		for _, part := range hosts[0].Installations[0].Parts {
			assert.Equal(t, `{"name": "lib", "purl": "pkg:npm/lib@2"}`, part.Row)
		}
	}
	hosts, errs := read("Package: libgate\nVersion: 1-1\nSource: gate\n\n", inventory.Options{Distro: "debian-12"})
	require.Empty(t, errs)
	require.Len(t, hosts[0].Installations, 2)
	assert.Equal(t, hosts[0].Installations[0].Row, hosts[0].Installations[1].Row, "a source package is told by that of its package")
}
