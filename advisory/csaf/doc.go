// Package csaf reads CSAF 2.0 and 2.1 documents of every profile, CSAF VEX among them.
//
// The decoder is syntax only: ranges and names stay as they were written, and each keeps its
// JSON pointer. What the specification leaves to the reader is decided as follows.
//
// # Products
//
// Vendor, product name (or family) and version of a product are the names of the branches above
// it. A service pack or patch level belongs to the version; architecture, platform and language
// are facts that inventories may leave out, a host name one that they may not. The file name of
// a package (name-epoch:version-release.architecture), an image with its tag, and a component
// that stands under product_version without a name above it are split into name and version.
// Leaves that differ in their versions only are one product, and one statement holds all that
// a vulnerability says about it; a leaf without a version covers all of them.
//
// A version under product_version equals itself and no other, unless its words say that it is a
// range ("7.0.6 and above", vers:all/*). A product_version_range is read as vendors write it.
//
// # Identification helpers
//
// Package URLs, CPE names, model numbers, serial numbers, SKUs, hashes and generic URIs name
// the product; numbers are rewritten to patterns in the syntax product.Glob. A package URL or
// CPE name with a version other than that of the branches, and a hash, are a product of their
// own, because a helper outranks the branches. A CPE name that products of different names
// share (the one of the platform on each of its packages) identifies none of them, and the
// version of a CPE name says nothing about a range.
//
// # Relationships and product paths
//
// A combination is a statement about its first product under the condition that the others are
// there: installed_on means what the installation runs on, installed_with the same host, and
// the three categories of components what it is a part of. A part that is not defined leaves
// the condition open.
//
// # Status
//
// The groups of product_status are spans of one status each, with the name of the group in
// advisory.Span.Word where it says more. Versions that no group names have no statement:
// nothing is inferred from first and last versions, unless the caller asks for it
// (advisory.ResolveOptions). A version in two groups of different status is a conflict.
// Recommended products are remediations of that category and keep their status; where it is the
// only group of a vulnerability its definition ("have a fix") makes them fixed (SUSE).
//
// Ids that are not defined name no product and change no answer.
//
// # Documents
//
// A vulnerability without a CVE id has the id of the document, with its number behind it from
// the second one on; other ids are aliases. csaf_withdrawn and csaf_superseded documents (2.1)
// are withdrawn. The category of the publisher is its rank.
//
// # Tests
//
// A document that fails one of the tests of the specification about products and their status
// (6.1.1 to 6.1.10, 6.1.13, 6.1.23, 6.1.25, 6.1.27.1 to .13, 6.1.29, 6.1.31 to 6.1.36, 6.1.42 to
// 6.1.44, 6.1.50, 6.1.57 to 6.1.59, 6.1.61, 6.2.1, 6.2.2, 6.2.18, 6.2.32, 6.2.50) has a problem
// with the number of the test as its code. It is a warning: it changes no answer by itself. Of
// 6.1.11 only what a short table of weaknesses tells is tested, since the library has no list of
// CWE.
//
// # Errors
//
// A member of the wrong type is a problem with its pointer. The product or vulnerability that
// it belongs to says "n/a" as version beside what could be read: it clears nothing. The rest
// counts.
package csaf
