// Package inventory reads what is installed: SBOMs, lists of package managers, exports of
// inventory tools and what devices tell about themselves. Each becomes [match.Host] values
// that a matcher is asked about.
//
//	hosts := inventory.Read(r, inventory.Options{File: "sbom.json"})
//	for result, err := range matcher.Scan(ctx, hosts, match.ScanOptions{}) {
//		if err != nil {
//			log.Print(err) // what could not be read, and where; the rest comes
//			continue
//		}
//		for _, f := range result.Findings { ... }
//	}
//
// Read recognizes the format by the content of the text:
//
//	cyclonedx       CycloneDX JSON 1.2 to 1.7, one or one a line
//	spdx            SPDX 2.2 and 2.3 JSON, one or one a line
//	dpkg            /var/lib/dpkg/status and status.d
//	apk             /lib/apk/db/installed
//	rpm             rpm -qa --queryformat as in RPMQuery
//	osquery         rows, snapshots, logs and answers of live queries, of the tables programs,
//	                apps, deb_packages, rpm_packages, homebrew_packages, python_packages,
//	                npm_packages, chrome_extensions, vscode_extensions, os_version, system_info
//	                and patches
//	uninstall       uninstall keys of the Windows registry, exported by regedit
//	uninstall-rows  the same as PowerShell prints them, CSV or JSON
//	intune          detectedApps of Microsoft Graph, and the exports of the reports of apps
//	servicenow      cmdb_sam_sw_install, CSV or JSON
//	sccm            v_Add_Remove_Programs, v_GS_INSTALLED_SOFTWARE and the class of the same
//	wazuh           packages and hotfixes of syscollector, from the API or the indexer
//	napalm          get_facts of one device or many
//	fortios         monitor/system/status, or the text of "get system status"
//	rvtools         the sheet vHost as CSV
//	netbox          devices, CSV or JSON
//	table           any other CSV with a header, or JSON rows, with columns of usual names
//
// Texts may be UTF-8, UTF-16 or Windows-1252, with or without a byte order mark.
//
// # What a host holds
//
// What is installed is in Host.Installations; what an SBOM says to be inside of something
// else is in its Parts, and [match.Matcher.Scan] asks about these too. What the rest runs
// on, the operating system or device, is in Host.Platforms and, since it can be affected
// itself, in Installations too. Source packages of Debian, Ubuntu
// and Alpine, about which their advisories are, stand beside the packages built from them.
// Names, versions and numbers are as the source prints them, except that devices print their
// version among other things ("FortiGate-100F v7.2.5,build1517,230606 (GA.F)"): rules in
// device.go take it out of there and name the product.
//
// A fact is set only where it is the one that conditions of advisories ask for. A platform
// that an inventory calls otherwise ("Debian GNU/Linux" where an advisory says Linux)
// would look like another one; so only Windows is a fact, and columns that say platform.
//
// Each installation keeps the text that it was read from (Row), for the evidence: the row, the
// object, or the lines of a stanza or key that are read; no more than 4 KiB.
//
// # What is missing
//
// What cannot be read is an [*Error] with its place, and the rest is read: the row behind a
// broken one, the components before the place where a document is cut off. Nothing is left
// out silently but what is not installed. An inventory lists what its tool can see, so a
// host is complete only when the caller says so ([Options].Complete) or an SBOM does, and
// never when something of it could not be read.
//
// Memory is bounded by [Limits]: by one document of an SBOM, by all hosts of a table unless
// its rows are grouped. Time is linear in the text.
package inventory
