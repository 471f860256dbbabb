package purl

// Covers tells whether q is among the packages that p means as a pattern:
//
//   - Type, namespace and name are one package by their keys. A namespace that is missing is
//     no wildcard.
//   - p without a version means every version. With one, q has the same text; the types pypi,
//     oci and vscode-extension ignore its case. 1.0 does not cover 1.0.0, and a version does
//     not cover a package without one.
//   - q has every qualifier of p with the same value. What q has beyond these is free.
//   - A vers qualifier of p is a range, and the version of q lies in it. A version that is
//     missing, or that the scheme of the range cannot read, is not known to lie in it. The
//     range is read at each call, by the schemes of package vers.
//   - p without a subpath means the whole package. With one, q has the same.
//
// The answer false holds both "another package" and "not known". Spellings of one release of
// a distribution are not made equal here; see [PURL.Distro]. A valid PURL covers itself; the
// zero PURL neither covers nor is covered.
func (p PURL) Covers(q PURL) bool { return p.CoversFunc(q, inRange) }

// CoversFunc is Covers with another reader of ranges: contains tells whether a full version,
// as [PURL.FullVersion] gives it, is known to lie in a range, the decoded value of a vers
// qualifier. Callers with schemes of their own need it.
func (p PURL) CoversFunc(q PURL, contains func(vers, version string) bool) bool {
	if !p.IsValid() || !p.sameName(q) {
		return false
	}
	def := types[p.typ]
	if p.version != "" && p.version != q.version &&
		(def.key&foldVersion == 0 || !sameFolded(p.version, q.version)) {
		return false
	}
	if p.subpath != "" && p.subpath != q.subpath {
		return false
	}
	for key, value := range pairs(p.qualifiers) {
		other, ok := lookup(q.qualifiers, key)
		switch {
		case ok && other == value:
		case ok && key == def.folded && sameFolded(value, other):
		case key == "vers" && q.version != "" && contains(unescape(value), q.FullVersion()):
		default:
			return false
		}
	}
	return true
}
