package vers

// systemSchemes are the schemes of distributions, of Semantic Versioning and its
// relatives, and the general types of VERS.
func systemSchemes() []Scheme {
	return []Scheme{
		alpm{}, apk{}, deb{}, gentoo{}, rpm{},
		bitnami{}, nginx(), openssl{},
		semver(), cargo(), golang(), hex(), npm(), pub(), swift(),
		datetime{}, intdot{}, lexicographic{},
	}
}
