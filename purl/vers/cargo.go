package vers

// cargo is the order of Rust crates: the crate semver 1.0, Version::parse and
// cmp_precedence.
//
//   - Semantic Versioning without a leading v.
//   - The three numbers hold 64 bits, as in the crate; a greater one is an error. Numbers
//     among the identifiers of a pre-release have any size.
//   - Build metadata does not count. The crate's own Ord compares it; cargo and the
//     advisories of RustSec do not.
func cargo() Scheme {
	return &dialect{name: "cargo", least: 3, limit: "18446744073709551615"}
}
