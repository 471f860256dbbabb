package purl

import "strings"

// Scheme returns the name of the version scheme of the type, as package vers knows it. It is
// "" where versions have no order of their own (git and its hosts, docker, oci, huggingface),
// where the product and not the type decides (generic, swid), and for unknown types.
func (p PURL) Scheme() string { return types[p.typ].scheme }

// FullVersion returns the version with what the type keeps beside it, as its scheme reads it:
// the epoch qualifier of rpm in front ("1:4.22.10-1.el6"), the port version of vcpkg behind
// ("1.0.8#6"). An epoch that stands in the version already is not written twice; if the two
// differ, the version is right. It is "" when there is no version.
func (p PURL) FullVersion() string {
	if p.version == "" {
		return ""
	}
	switch p.typ {
	case typeRPM:
		if epoch, ok := p.Qualifier("epoch"); ok && !hasEpoch(p.version) {
			return epoch + ":" + p.version
		}
	case typeVcpkg:
		if port, ok := p.Qualifier("port_version"); ok && port != "0" {
			return p.version + "#" + port
		}
	}
	return p.version
}

// hasEpoch tells whether a version begins with a number and a colon.
func hasEpoch(version string) bool {
	epoch, _, ok := strings.Cut(version, ":")
	return ok && isNumber(epoch)
}
