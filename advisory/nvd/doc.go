// Package nvd reads CVE items of the National Vulnerability Database: pages of its API 2.0,
// single items, files of items, and the older feeds in the form 1.1.
//
// The decoder is syntax only: bounds and names stay as they were written, each with its JSON
// pointer; only the quoting of CPE names is undone. What the form leaves open is decided as
// follows.
//
// # Statements
//
// A configuration holds for a host. Every CPE name in it that is vulnerable becomes a statement
// about this product, on condition that the rest of the configuration holds: what stands
// beside it under an AND. Names of one node that differ in version and update only are one
// statement. Names with "vulnerable": false are conditions and nothing else, and there a
// version that is "-" means any. The platform microsoft:windows:- is every Windows. Operating
// systems without a version are met by the fact "platform" as well ("Windows Server 2019").
//
// A node or configuration that is negated affects all versions of the products that it names
// on condition that what it says does not hold.
//
// # Versions
//
// The ranges and names are a set, and all that is affected ([advisory.DefaultComplete]):
// another version is NotAffected, behind an upper bound too, once the other attributes of the
// name are known. A name with a version or update means this release and no other
// ([advisory.HintCPE]). NVD has no range for products that count in the update (Apex Central
// 2019, Build 7141), so that the advisory of the vendor says more.
//
// # Publisher
//
// The publisher is NVD, an aggregator. A rejected item makes no statement, and one that was
// not analyzed yet says nothing about products.
//
// # Errors
//
// A member of the wrong type is a problem with its pointer; what it belongs to is Unknown. A
// CPE name that cannot be read makes every product Unknown that it may mean. An item that is
// too large is an error, and the others of its page count.
package nvd
