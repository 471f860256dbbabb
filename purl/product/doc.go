// Package product tells which product a vendor name, a product name or a CPE stands for.
//
// Names are read by rules (case, punctuation, legal forms, the vendor's name in front of the
// product; release, architecture, language and platform behind it) and looked up in a
// [Catalog]: a readable text that ships with the package and that the caller extends or
// replaces. A product that the catalog does not hold is still recognised by its folded name;
// what the catalog adds are other names, the version scheme and the names of versions.
//
// The text lies in the folder catalog, one block a product with the record it was taken
// from and its date. [Catalog.Problems] finds what is wrong with a text, [Catalog.Digest]
// names what a catalog says.
//
// A release that a name tells is part of its key, behind an @, because Enterprise Linux 8 is
// not 9; it belongs to the version and not to the product. What a name tells too little for
// has several candidates, which decide nothing. A [Pattern] covers model numbers, serial
// numbers and stock keeping units.
//
// Each way of recognising has a [Level]. The vendor always has to match, and a word that
// two names share is never evidence.
package product
