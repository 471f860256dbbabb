// Package bench measures purl/vers beside other Go libraries that compare versions, on the
// same pairs in the same run. It is a module of its own, so that the library does not depend
// on them.
//
// The benchmarks: Compare (of keys, of strings, of versions that were parsed before), Parse
// (a key into a buffer, or two versions that are parsed and compared), Contains (a version
// in a range of four bounds). github.com/git-pkgs/vers is the release that the module proxy
// has; deps.dev/util/semver and golang.org/x/mod/semver run for the schemes they know.
//
//	go test -bench . -benchtime 50ms -count 5
package bench
