package vers

// vendorSchemes returns the schemes of single vendors that are no ladder.
func vendorSchemes() []Scheme {
	return []Scheme{
		&grammar{name: "aix", read: readAIX},
		&grammar{name: "bios", read: readBIOS},
		&grammar{name: "cisco", read: readCisco},
		&grammar{name: "cisco-ios", read: readCiscoIOS},
		&grammar{name: "cisco-iosxe", read: readCiscoIOSXE},
		&grammar{name: "cisco-nxos", read: readCiscoNXOS},
		&grammar{name: "date", read: readDate},
		&grammar{name: "esxi", read: readESXi},
		&grammar{name: "jdk", read: readJDK},
		&grammar{name: "junos", read: readJunos, join: joinJunos},
		&grammar{name: "junos(EVO)", read: readJunos, join: joinJunos},
		&grammar{name: "netscaler", read: readNetScaler, join: joinNetScaler},
		&grammar{name: "smr", read: readSMR},
		&grammar{name: "zyxel", read: readZyxel},
		set{},
	}
}
