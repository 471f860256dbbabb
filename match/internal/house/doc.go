// Package house holds the checks that every package of this module has to pass.
// It has no code besides this comment; the checks are its tests.
//
// The packages stand on floors, and imports point down only:
//
//	purl/vers            versions, schemes, ranges
//	purl  purl/cpe       names of products
//	purl/product         the catalog
//	advisory/jsonpos     the JSON reader, which knows none of the others
//	advisory             what is said
//	advisory/<format>    one decoder each; decoders do not know each other
//	match                what follows; it knows no decoder
//	match/inventory  match/report  match/matchtest
//	examples             programs
//
// An internal package belongs to the package it stands under. What it imports counts
// as imported by each package that uses it, so that no arrow can hide behind one.
//
// Besides the arrows the tests look for state (func init, package variables that
// change, clocks and environments), for imports that a pure library has no use for, for
// direct requirements of go.mod, and for changes of the exported names, which are
// written down in testdata/api. After a wanted change of the exported names run
//
//	go test ./match/internal/house -run TestAPI -update
package house
