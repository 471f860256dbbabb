package vers

// golang is the order of Go modules: golang.org/x/mod/semver, measured against v0.42.0.
//
//   - Semantic Versioning; build metadata (+incompatible) does not count.
//   - v1 is v1.0.0 and v1.2 is v1.2.0; pre-release and metadata follow three numbers only.
//   - Pseudo-versions (v0.0.0-20191109021931-daa7c04131f5) are pre-releases like others.
//   - Deviation: the leading v, which the module demands, may be missing: VERS and the Go
//     vulnerability database write 1.2.3.
func golang() Scheme { return &dialect{name: "golang", least: 1, prefix: true} }
