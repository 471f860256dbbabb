package vers

// swift is the order of Swift packages: Semantic Versioning, as the Swift Package Manager
// compares it (TSCUtility.Version).
//
//   - The versions are git tags: one leading v does not count, and a tag of two numbers is
//     read with a third number zero.
//   - Build metadata does not count.
//   - Deviations: numbers have any size; leading zeros and empty identifiers, which the
//     manager lets pass, are errors.
func swift() Scheme { return &dialect{name: "swift", least: 2, prefix: true} }
