// Package vers orders versions and holds ranges of them.
//
// The one idea is that a version is a sortable key. A [Scheme] turns the text of a version
// into bytes; two keys of one scheme and one line compare with bytes.Compare exactly as the
// vendor orders the two versions. Sorting, ranges, binary search and compiled indexes need
// no knowledge of the scheme after that, and comparing costs a few nanoseconds.
//
// Four tools compare in a way that is no order: alpm, conan, luarocks and maven have versions
// a < b < c < a. No key can hold that. Their keys come as near as they can; [Version.Compare],
// [Schemes.CompareStrings] and [Range.Contains] follow the tool to the letter.
//
// A key begins with its line: the code line that does not compare with its neighbors
// (another release train, an edition with its own patch level, a service beside the
// installed product). Versions of different lines are not comparable, and the package
// never pretends that they are.
//
// A [Range] is a set of versions under one scheme: sorted disjoint intervals of keys for
// each line. Containment has three values, because a version of a line that the range does
// not name is neither inside nor outside of it.
//
// Schemes are values in an immutable set: [Builtin] returns the ones that ship with the
// package, and [Schemes.With] adds others. Nothing is registered globally.
//
// A text that a scheme cannot read is a [ParseError] with the offset of the trouble, never
// an order of bytes. Input is bounded in length (256 bytes by default).
package vers
