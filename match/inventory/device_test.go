package inventory_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/affected-go/affected/match/inventory"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// TestDevices: what devices print leads to a product of the catalog, and to a version that
// the scheme of the product can read. Each line: vendor, model and text as a source has them;
// product and version that come out.
func TestDevices(t *testing.T) {
	for line := range strings.Lines(`
		Cisco Systems | ASAv | 9.4(1)205 | cisco/asa | 9.4(1)205
		Cisco | ASA5525 | Cisco Adaptive Security Appliance Software Version 9.16(4)85 | cisco/asa | 9.16(4)85
		Cisco | C2960 | Cisco IOS Software, C2960 Software (C2960-LANBASEK9-M), Version 15.0(2)SE11, RELEASE SOFTWARE (fc3) | cisco/ios | 15.0(2)SE11
		Cisco | WS-C2960X | C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(4)E7, RELEASE SOFTWARE (fc2) | cisco/ios | 15.2(4)E7
		Cisco | C9300 | Catalyst L3 Switch Software (CAT9K_IOSXE), Version 16.12.4, RELEASE SOFTWARE (fc5) | cisco/ios-xe | 16.12.4
		Cisco | ISR4331 | Cisco IOS XE Software, Version 17.03.04a | cisco/ios-xe | 17.03.04a
		Cisco | Nexus9000 C93180YC-EX Chassis | 9.3(8) | cisco/nx-os | 9.3(8)
		Cisco | N9K-C93180YC-EX | Cisco Nexus Operating System (NX-OS) Software, version 10.2(3) | cisco/nx-os | 10.2(3)
		Cisco | ASR-9010 | Cisco IOS XR Software, Version 6.5.3[Default] | cisco/ios-xr | 6.5.3
		Juniper | MX240 | 21.4R3-S5.4 | juniper/junos | 21.4R3-S5.4
		Juniper | QFX5120 | Junos: 20.4R3-S1 | juniper/junos | 20.4R3-S1
		Palo Alto Networks | PA-3220 | 10.2.9-h1 | paloalto/pan-os | 10.2.9-h1
		Arista | DCS-7050 | 4.28.3M-28837868.4283M | arista/eos | 4.28.3M
		Fortinet | FGT60F | v6.4.12,build2060,230424 (GA) | fortinet/fortios | 6.4.12,build2060
		Fortinet | FortiGate-100F | FortiGate-100F v7.2.5,build1517,230606 (GA.F) | fortinet/fortios | 7.2.5,build1517
		Fortinet | FMG-VM64 | FortiManager-VM64 v7.2.1-build1215 220809 (GA) | fortinet/fortimanager | 7.2.1-build1215
		Dell Inc. | PowerEdge R740 | VMware ESXi 8.0.3 build-24784735 | vmware/esxi | 8.0.3 build-24784735
		F5 | BIG-IP 4000 | BIG-IP 17.1.0.1 Build 0.0.4 | f5/big-ip | 17.1.0.1
	`) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		f := strings.Split(line, " | ")
		text := fmt.Sprintf(`{"vendor": %q, "model": %q, "os_version": %q, "hostname": "h", "fqdn": ""}`, f[0], f[1], f[2])
		hosts, errs := read(text, inventory.Options{Formats: []inventory.Format{inventory.Lookup("napalm")}})
		require.Empty(t, errs, line)
		in := hosts[0].Installations[0]
		key, _, _ := product.Builtin().Lookup(nil, in.Vendor, in.Product)
		assert.Equal(t, f[3], string(key), line)
		assert.Equal(t, f[4], in.Version, line)
		entry, ok := product.Builtin().Entry(string(key))
		if !assert.True(t, ok, "%s: %s is not in the catalog", line, key) {
			continue
		}
		scheme, ok := vers.Builtin().Lookup(entry.Scheme)
		require.True(t, ok, line)
		canonical, _ := entry.Version(in.Version)
		_, _, err := vers.Builtin().AppendKey(nil, scheme, canonical)
		assert.NoError(t, err, line)
	}
}

// TestWindows: what osquery prints about Windows leads to the release that advisories name,
// with its edition as a fact.
func TestWindows(t *testing.T) {
	for line := range strings.Lines(`
		Microsoft Windows Server 2019 Standard | 10.0.17763 | 5936 | microsoft/windows-server-2019 | 10.0.17763.5936 | Standard
		Microsoft Windows Server 2022 Datacenter | 10.0.20348 | - | microsoft/windows-server-2022 | 10.0.20348 | Datacenter
		Microsoft Windows Server 2016 Datacenter Evaluation | 10.0.14393 | - | microsoft/windows-server-2016 | 10.0.14393 | Datacenter Evaluation
		Microsoft Windows 10 Pro | 10.0.19045 | 4291 | microsoft/windows-10-22h2 | 10.0.19045.4291 | Pro
		Microsoft Windows 10 Enterprise | 10.0.17763 | - | microsoft/windows-10-1809 | 10.0.17763 | Enterprise
		Microsoft Windows 11 Enterprise | 10.0.22631 | 3447 | microsoft/windows-11-23h2 | 10.0.22631.3447 | Enterprise
		Microsoft Windows 11 Home Single Language | 10.0.22000 | - | microsoft/windows-11-21h2 | 10.0.22000 | Home Single Language
		Microsoft Windows 11 Pro | 10.0.99999 | - | microsoft/windows-11 | 10.0.99999 | Pro
	`) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		f := strings.Split(line, " | ")
		text := fmt.Sprintf(`[{"name": %q, "version": %q, "revision": %q, "platform": "windows", "major": "10"}]`, f[0], f[1], strings.TrimPrefix(f[2], "-"))
		hosts, errs := read(text, inventory.Options{})
		require.Empty(t, errs, line)
		in := hosts[0].Platforms[0]
		key, _, _ := product.Builtin().Lookup(nil, in.Vendor, in.Product)
		assert.Equal(t, f[3], string(key), line)
		assert.Equal(t, f[4], in.Version, line)
		assert.Equal(t, f[5], in.Facts["edition"], line)
		assert.Equal(t, in.Product, hosts[0].Facts["platform"], line)
	}
}
