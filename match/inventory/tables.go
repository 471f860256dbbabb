package inventory

import (
	"strings"

	"github.com/affected-go/affected/match"
)

// tables are the formats of rows. The heads were taken from what the tools export and
// document; each is written as foldHead folds it ("Display Name", "display_name" and
// "displayName" are one). The last one takes what no other does.
var tables = []*table{
	{
		// RVTools, sheet vHost: one row for each ESXi host of a vCenter.
		name:  "rvtools",
		marks: []string{"host esxversion"},
		heads: [columns]string{colHost: "host", colVersion: "esxversion", colVendor: "vendor", colModel: "model", colSerial: "serialnumber servicetag"},
		add:   addDevice,
	}, {
		// NetBox, devices: CSV export, whose heads are the titles of DeviceTable
		// (netbox/dcim/tables/devices.py), and /api/dcim/devices/. The version stands in a
		// custom field, or behind the name of the platform.
		name: "netbox",
		marks: []string{
			"name role|devicerole site manufacturer type|devicetype",
			"devicetypemanufacturername|devicetypemanufacturerdisplay devicetypemodel|devicetypedisplay",
		},
		heads: [columns]string{
			colHost:    "name",
			colVendor:  "manufacturer devicetypemanufacturername devicetypemanufacturerdisplay",
			colModel:   "type devicetype devicetypemodel devicetypedisplay",
			colProduct: "platformname platformdisplay platform",
			colVersion: "customfieldsosversion cfosversion osversion customfieldssoftwareversion cfsoftwareversion softwareversion " +
				"customfieldsfirmwareversion cffirmwareversion firmwareversion customfieldsversion cfversion version",
			colSerial: "serial serialnumber",
		},
		add: addDevice,
	}, {
		// Wazuh, packages and hotfixes: /syscollector/{agent}/packages and .../hotfixes
		// (framework/wazuh/core/syscollector.py), and documents of wazuh-states-inventory-*
		// in the indexer, whose agent stands below "wazuh" from 5.0 on
		// (documentation.wazuh.com, "Available inventory fields").
		name: "wazuh",
		marks: []string{
			"packagename packageversion agentid|agentname|hostname|wazuhagentid|wazuhagentname", "name version scantime|scanid format|vendor",
			"packagehotfixname agentid|agentname|wazuhagentid|wazuhagentname", "hotfix scantime|scanid",
		},
		heads: [columns]string{
			colHost:          "agentname wazuhagentname hostname agenthosthostname wazuhagenthosthostname agentid wazuhagentid",
			colVendor:        "packagevendor vendor",
			colProduct:       "packagename name",
			colVersion:       "packageversion version",
			colArchitecture:  "packagearchitecture architecture",
			colType:          "packagetype packageformat format type",
			colSource:        "packagesource source",
			colPatch:         "packagehotfixname hotfix",
			colDistro:        "hostosplatform agenthostosplatform wazuhagenthostosplatform",
			colDistroRelease: "hostosversion agenthostosversion wazuhagenthostosversion",
		},
		add: addWazuh,
	}, {
		// Microsoft Graph, detectedApps, and the exports of the reports of apps
		// (AppInvRawData, AppInvByDevice, AppInvAggregate; learn.microsoft.com, "Intune reports
		// and properties available using Graph API"). Without the devices of an app each one is
		// a host of its own.
		name: "intune",
		marks: []string{
			"displayname devicecount|sizeinbyte",
			"applicationname devicename|deviceid|devicecount applicationversion|applicationshortversion",
		},
		heads: [columns]string{
			colHost:    "devicename deviceid",
			colVendor:  "publisher applicationpublisher",
			colProduct: "displayname applicationname",
			colVersion: "version applicationversion applicationshortversion",
		},
		add: addIntune,
	}, {
		// Configuration Manager: views v_Add_Remove_Programs (DisplayName0, Publisher0,
		// Version0) and v_GS_INSTALLED_SOFTWARE (ARPDisplayName0, ProductName0,
		// ProductVersion0; the properties of SMS_InstalledSoftware) joined with v_R_System
		// (Name0, Netbios_Name0), and the class SMS_G_System_ADD_REMOVE_PROGRAMS.
		name: "sccm",
		marks: []string{
			"displayname0 version0|publisher0", "productname0 productversion0", "arpdisplayname0",
			"displayname version|publisher resourceid",
		},
		heads: [columns]string{
			colHost:    "netbiosname0 name0 resourcenames0 systemname computername name resourceid",
			colVendor:  "publisher0 publisher",
			colProduct: "displayname0 arpdisplayname0 productname0 displayname",
			colVersion: "version0 productversion0 version",
		},
		add: addSoftware,
	}, {
		// ServiceNow, table cmdb_sam_sw_install (Table API and exports; the key of a row is
		// publisher, display name and version, support article KB0859817).
		name:  "servicenow",
		marks: []string{"displayname installedon", "displayname publisher|version discoverymodel|prodid|normalizedpublisher", "primarykey displayname"},
		heads: [columns]string{
			colHost:    "installedon installedonname",
			colVendor:  "publisher discoveredpublisher normalizedpublisher",
			colProduct: "displayname discoveredproduct",
			colVersion: "version discoveredversion normalizedversion",
			colEdition: "edition normalizededition",
		},
		add: addSoftware,
	}, {
		// Uninstall keys of the registry as PowerShell selects them (Get-ItemProperty ... |
		// ConvertTo-Json or Export-Csv). They are those of one machine.
		name:  "uninstall-rows",
		one:   true,
		marks: []string{"displayname uninstallstring|pschildname|installlocation", "displayname displayversion installdate"},
		heads: [columns]string{
			colHost: "pscomputername computername hostname", colVendor: "publisher", colProduct: "displayname", colVersion: "displayversion",
		},
		add: addSoftware,
	}, {
		name: "table",
		heads: [columns]string{
			colHost:         "host hostname hostid computer computername device devicename machine machinename node nodename server asset assetname fqdn",
			colVendor:       "vendor vendorname manufacturer publisher maker supplier company",
			colProduct:      "product productname software softwarename application applicationname app appname displayname name title program",
			colVersion:      "version installed installedversion productversion softwareversion applicationversion displayversion versioninstalled",
			colPURL:         "purl packageurl",
			colCPE:          "cpe cpe23 cpename cpeuri cpe23uri",
			colPlatform:     "platform os osname operatingsystem",
			colArchitecture: "architecture arch cpuarchitecture",
			colEdition:      "edition productedition",
			colModel:        "model modelnumber",
			colSerial:       "serial serialnumber",
			colSKU:          "sku partnumber orderingnumber",
			colPatch:        "patch hotfix hotfixid kb patches",
		},
		add: addRow,
	},
}

// addRow takes a row of a plain table. A row with a patch alone is about the host.
func addRow(g *gather, r *record) {
	patch := r.get(colPatch)
	alone := patch != "" && r.get(colProduct) == "" && r.get(colPURL) == "" && r.get(colCPE) == ""
	in, ok := match.Installation{}, false
	if !alone {
		if in, ok = r.installation(g); !ok {
			return
		}
	}
	m := g.host(r.get(colHost))
	if ok {
		g.add(m, in)
	}
	for name := range strings.FieldsFuncSeq(patch, func(c rune) bool { return c == ',' || c == ';' || c == '|' }) {
		g.patch(m, name)
	}
}

// addSoftware takes a row of a list of Windows software: two views of the registry list
// some of it twice, updates of programs stand among the programs, and entries without a
// name are parts that Windows does not show either.
func addSoftware(g *gather, r *record) {
	name := r.get(colProduct)
	if name == "" && r.at[colProduct] >= 0 {
		return
	}
	if kb, ok := patchName(name); ok {
		g.patch(g.host(r.get(colHost)), kb)
		return
	}
	if in, ok := r.installation(g); ok {
		g.addOnce(g.host(r.get(colHost)), in)
	}
}

// patchName returns the number of an update: "KB5034768" of "Security Update for Microsoft
// Office 2016 (KB5034768) 64-Bit Edition". The name has to begin as those of updates do.
func patchName(name string) (string, bool) {
	lower := strings.ToLower(name)
	if !strings.Contains(lower, "update") && !strings.HasPrefix(lower, "hotfix") && !strings.HasPrefix(lower, "kb") {
		return "", false
	}
	i := strings.LastIndex(lower, "kb")
	if i < 0 || i > 0 && lower[i-1] != '(' && lower[i-1] != ' ' {
		return "", false
	}
	number := leadingNumber(name[i+2:])
	if len(number) < 6 || strings.Contains(number, ".") {
		return "", false
	}
	return "KB" + number, true
}

// addIntune takes a detected app, which is on each of its devices when they were asked for
// ($expand=managedDevices).
func addIntune(g *gather, r *record) {
	in, ok := r.installation(g)
	if !ok {
		return
	}
	devices := r.value.Get("managedDevices")
	if devices.Len() == 0 {
		g.addOnce(g.host(r.get(colHost)), in)
		return
	}
	for device := range devices.Elements(nil) {
		id := device.Get("deviceName").Text(nil)
		if id == "" {
			id = device.Get("id").Text(nil)
		}
		g.addOnce(g.host(id), in)
	}
}

// addWazuh takes a package or a hotfix. Packages of package managers have a purl, others the names
// of vendor and product.
func addWazuh(g *gather, r *record) {
	typ := packageTypes[strings.ToLower(r.get(colType))]
	name, version := r.get(colProduct), r.get(colVersion)
	if kb := r.get(colPatch); kb != "" && name == "" {
		g.patch(g.host(r.get(colHost)), kb)
		return
	}
	if typ == "" || name == "" {
		if in, ok := r.installation(g); ok {
			delete(in.Facts, "architecture") // "x86_64" is another word than those of advisories
			g.addOnce(g.host(r.get(colHost)), in)
		}
		return
	}
	m := g.host(r.get(colHost))
	if m.distro == "" {
		m.distro = distroOf(r.get(colDistro), r.get(colDistroRelease))
	}
	if version == "" {
		g.wrong(m.ID, r.where(colProduct), ErrValue, "package %s has no version", short(name))
		return
	}
	p := pkg{typ: typ, name: name, version: version}
	if ofDistro(typ) {
		p.arch, p.upstream = r.get(colArchitecture), r.get(colSource)
		if typ == "rpm" {
			p.upstream = ""
			if epoch, rest, ok := strings.Cut(version, ":"); ok {
				p.epoch, p.version = epoch, rest
			}
		}
	}
	g.pack(m, p, r.where(colProduct))
}

// packageTypes are the types of purls by what inventories call the managers.
var packageTypes = map[string]string{"deb": "deb", "rpm": "rpm", "apk": "apk", "pypi": "pypi", "npm": "npm", "brew": "brew", "homebrew": "brew"}

// distroOf joins what an inventory tells about a distribution as Options.Distro has it.
// Ubuntu's releases have two numbers.
func distroOf(id, version string) string {
	id = strings.ToLower(strings.TrimSpace(id))
	if other, ok := distroNames[id]; ok {
		id = other
	}
	release := leadingNumber(strings.TrimSpace(version))
	if id == "ubuntu" {
		if parts := strings.SplitN(release, ".", 3); len(parts) == 3 {
			release = parts[0] + "." + parts[1]
		}
	}
	if id == "" || release == "" {
		return id
	}
	return id + "-" + release
}

// distroNames are other names of the IDs of os-release, as osquery and Wazuh have them.
var distroNames = map[string]string{"oracle": "ol", "redhat": "rhel", "amazon": "amzn", "alma": "almalinux", "suse": "sles", "arch linux": "arch"}
