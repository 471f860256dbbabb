package inventory

import (
	"strings"

	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl/product"
)

// A deviceRule tells which product a device runs and where in the text of the source its
// version stands. All words are in lower case, alternatives are separated by a bar.
type deviceRule struct {
	vendors string // how the vendor begins; "" for any
	models  string // how the model begins; "" for any
	words   string // what the text or the name of the product holds; "" for any
	after   string // what the version stands behind, where the text has it
	until   string // what it ends before, where the text has it

	vendor, product string
}

// deviceRules, the first that fits. The examples are what the sources print.
var deviceRules = []*deviceRule{
	// VMware ESXi 8.0.3 build-24784735 (RVTools, vmware -v). The build is a part of the version.
	{words: "esxi", after: "esxi ", vendor: "VMware", product: "ESXi"},

	// FortiGate-100F v7.2.5,build1517,230606 (GA.F): model, version, build, date, maturity.
	// FortiManager-VM64 v7.2.1-build1215 220809 (GA)
	{words: "fortimanager", after: " v", until: ",2| 2| (", vendor: "Fortinet", product: "FortiManager"},
	{words: "fortianalyzer", after: " v", until: ",2| 2| (", vendor: "Fortinet", product: "FortiAnalyzer"},
	{words: "fortiproxy", after: " v", until: ",2| 2| (", vendor: "Fortinet", product: "FortiProxy"},
	{words: "fortiweb", after: " v", until: ",2| 2| (", vendor: "Fortinet", product: "FortiWeb"},
	{words: "fortigate|fortiwifi|fortios", after: " v", until: ",1|,2| 2| (", vendor: "Fortinet", product: "FortiOS"},
	{vendors: "forti", models: "fg|fw|fortigate|fortiwifi", until: ",1|,2| 2| (", vendor: "Fortinet", product: "FortiOS"},

	// Cisco Adaptive Security Appliance Software Version 9.16(4)85
	// Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(4)E7, RELEASE SOFTWARE (fc2)
	// Catalyst L3 Switch Software (CAT9K_IOSXE), Version 16.12.4, RELEASE SOFTWARE (fc5)
	// ISR Software (X86_64_LINUX_IOSD-UNIVERSALK9-M), Version 16.9.4, RELEASE SOFTWARE (fc2)
	{words: "adaptive security appliance", after: "version ", until: ",| ", vendor: "Cisco", product: "Adaptive Security Appliance Software"},
	{vendors: "cisco", models: "asa", after: "version ", until: ",| ", vendor: "Cisco", product: "Adaptive Security Appliance Software"},
	{vendors: "cisco", words: "firepower threat defense|ftd", after: "version ", until: ",| ", vendor: "Cisco", product: "Firepower Threat Defense Software"},
	{words: "nx-os|nxos", after: "version ", until: ",| ", vendor: "Cisco", product: "NX-OS Software"},
	{vendors: "cisco", models: "nexus|n2k|n3k|n5k|n6k|n7k|n9k", after: "version ", until: ",| ", vendor: "Cisco", product: "NX-OS Software"},
	{words: "ios xr|ios-xr|iosxr", after: "version ", until: ",| |[", vendor: "Cisco", product: "IOS XR Software"},
	{vendors: "cisco", models: "asr-9|asr9|ncs-5|ncs5|crs|xrv", after: "version ", until: ",| |[", vendor: "Cisco", product: "IOS XR Software"},
	{words: "ios xe|ios-xe|iosxe", after: "version ", until: ",| ", vendor: "Cisco", product: "IOS XE Software"},
	{vendors: "cisco", words: "_iosd-", after: "version ", until: ",| ", vendor: "Cisco", product: "IOS XE Software"},
	{words: "cisco ios", after: "version ", until: ",| ", vendor: "Cisco", product: "IOS"},
	{vendors: "cisco", words: " software (", after: "version ", until: ",| ", vendor: "Cisco", product: "IOS"},
	{vendors: "cisco", words: "ios", after: "version ", until: ",| ", vendor: "Cisco", product: "IOS"},

	// 21.4R3-S5.4, Junos: 21.4R3-S5.4, 22.3R2-S2-EVO
	{vendors: "juniper", words: "-evo|evolved", after: "junos: ", vendor: "Juniper Networks", product: "Junos OS Evolved"},
	{vendors: "juniper", after: "junos: ", vendor: "Juniper Networks", product: "Junos OS"},
	{words: "junos:", after: "junos: ", vendor: "Juniper Networks", product: "Junos OS"},

	// 10.2.9-h1
	{vendors: "palo alto", vendor: "Palo Alto Networks", product: "PAN-OS"},
	// 4.28.3M-28837868.4283M: the release, and the build behind it
	{vendors: "arista", until: "-", vendor: "Arista Networks", product: "EOS"},
	// 6.49.7 (stable)
	{vendors: "mikrotik", words: "", after: "routeros ", until: " ", vendor: "MikroTik", product: "RouterOS"},
	// 17.1.0.1 Build 0.0.4, BIG-IP 17.1.0.1
	{vendors: "f5", words: "big-ip|bigip", after: "big-ip ", until: " build", vendor: "F5", product: "BIG-IP"},
}

// A device is what a source tells about one.
type device struct{ vendor, model, serial, product, version string }

// installation returns what the device runs. What no rule knows goes by the names that the
// source gives, the model where there is no product.
func (d *device) installation() match.Installation {
	text := strings.TrimSpace(d.version)
	for _, r := range deviceRules {
		if !r.fits(d) {
			continue
		}
		if text == "" {
			text = lastNumber(d.product)
		}
		in := match.Installation{Vendor: r.vendor, Product: r.product, Version: r.pull(text)}
		if r.vendors != "" && !sameVendor(d.vendor, r.vendor) {
			d.vendor = r.vendor // the source has another name for it
		}
		if d.vendor == "" || sameVendor(d.vendor, r.vendor) {
			in.Model, in.Serial = d.model, d.serial
		}
		return in
	}
	in := match.Installation{Vendor: d.vendor, Product: d.product, Version: text, Model: d.model, Serial: d.serial}
	if in.Product == "" {
		in.Product = d.model
	}
	return in
}

// hardware returns the device itself. Its version is that of what it runs, and so is none of
// its own.
func (d *device) hardware() (match.Installation, bool) {
	return match.Installation{Vendor: d.vendor, Product: d.model, Model: d.model, Serial: d.serial}, d.vendor != "" && d.model != ""
}

// fits tells whether a rule speaks about a device.
func (r *deviceRule) fits(d *device) bool {
	return begins(d.vendor, r.vendors) && begins(d.model, r.models) && holds(d.version+" "+d.product+" "+d.model, r.words)
}

// pull returns the version in a text. Where nothing that begins with a digit is left, the
// text is the version, and the scheme will say that it cannot read it.
func (r *deviceRule) pull(text string) string {
	version := text
	if r.after != "" {
		if i := indexFold(version, r.after); i >= 0 {
			version = version[i+len(r.after):]
		}
	}
	if len(version) > 1 && (version[0] == 'v' || version[0] == 'V') && isDigit(version[1]) {
		version = version[1:]
	}
	for end := range strings.SplitSeq(r.until, "|") {
		if end == "" {
			continue
		}
		if i := indexFold(version, end); i > 0 {
			version = version[:i]
		}
	}
	if version = strings.TrimSpace(version); version == "" || !isDigit(version[0]) {
		return text
	}
	return version
}

// lastNumber returns the last word of the name of a platform when that is a number: 7.2.5 of
// "FortiOS 7.2.5". It may name a branch only, and then is as imprecise as it reads.
func lastNumber(name string) string {
	words := strings.Fields(name)
	if len(words) < 2 || !isDigit(words[len(words)-1][0]) {
		return ""
	}
	return words[len(words)-1]
}

// begins tells whether a text begins with one of the alternatives.
func begins(text, alternatives string) bool {
	if alternatives == "" {
		return true
	}
	text = strings.ToLower(strings.TrimSpace(text))
	for a := range strings.SplitSeq(alternatives, "|") {
		if strings.HasPrefix(text, a) {
			return true
		}
	}
	return false
}

// holds tells whether a text has one of the alternatives in it.
func holds(text, alternatives string) bool {
	if alternatives == "" {
		return true
	}
	text = strings.ToLower(text)
	for a := range strings.SplitSeq(alternatives, "|") {
		if strings.Contains(text, a) {
			return true
		}
	}
	return false
}

// indexFold is strings.Index without the case of ASCII letters; what is a word in lower case.
func indexFold(text, word string) int {
	for i := 0; i+len(word) <= len(text); i++ {
		if strings.EqualFold(text[i:i+len(word)], word) {
			return i
		}
	}
	return -1
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func sameVendor(a, b string) bool {
	return string(product.AppendVendor(nil, a)) == string(product.AppendVendor(nil, b))
}

// addDevice takes a row about a device.
func addDevice(g *gather, r *record) {
	d := device{r.get(colVendor), r.get(colModel), r.get(colSerial), r.get(colProduct), r.get(colVersion)}
	g.device(r.get(colHost), d, r.where(colVersion))
}

// device gives a host the device that it is. A host that is listed again with something else
// is two devices under one name, or one at two times: nobody can tell, so both are kept.
func (g *gather) device(id string, d device, at spot) {
	in := d.installation()
	if in.Product == "" {
		g.wrong(id, at, ErrValue, "neither the product nor the model is stated")
		return
	}
	m := g.host(id)
	if len(m.Platforms) > 0 {
		have := &m.Platforms[0]
		if have.Vendor == in.Vendor && have.Product == in.Product && have.Version == in.Version && have.Serial == in.Serial {
			return
		}
		g.wrong(m.ID, at, ErrConflict, "the host is listed twice, both are kept: %s %q and %s %q",
			have.Product, short(have.Version), in.Product, short(in.Version))
	}
	g.platform(m, in)
	if hardware, ok := d.hardware(); ok && hardware.Product != in.Product {
		g.platform(m, hardware)
	}
	if in.Version == "" {
		g.fail(g.place(&Error{Host: m.ID, Warning: true, Err: because(ErrValue, "the version of %s is not stated", short(in.Product))}, at))
	}
}
