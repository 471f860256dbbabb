// Package osv reads OSV documents, schema 1.0 to 1.7, as osv.dev, GitHub, the Go vulnerability
// database and many distributions publish them.
//
// The decoder is syntax only: bounds and names stay as they were written, and each keeps its
// JSON pointer. What the document leaves open is decided as follows.
//
// # Products
//
// Each entry of `affected` is a product. Its package URL is `package.purl` without version and
// architecture, and what the ecosystem and the name make by a table; a suffix of the ecosystem
// ("Debian:12", "Ubuntu:22.04:LTS", "Maven:https://maven.google.com") becomes the qualifier
// distro or repository_url. Vendor and name of the product are ecosystem and name, for people.
//
// # Ranges
//
// An entry is one statement: its SEMVER and ECOSYSTEM ranges are spans, and each of its
// `versions` is a span that names this version and no other. The events of a range are a
// set; they are paired in the order given when it is the order of the versions, and sorted
// by the scheme of the package type when it is not, as the evaluation of the schema says. Ranges
// are joined by union, so one that begins where another one does is a statement of its own.
// Behind `fixed` a version is Fixed, elsewhere NotAffected.
//
// GIT ranges are a second statement about the package and its repository. It only knows the
// commits that it names, and takes nothing from the versions beside it. An entry that has
// nothing else, or nothing at all, clears nothing.
//
// # Ids
//
// The vulnerability has the id of the document, and its aliases. An id of `upstream` is an
// alias where the document's own id is made of it (DEBIAN-CVE-2024-1234). Other ids of
// `upstream` and `related` are references: an erratum speaks about several vulnerabilities,
// and what fixes one need not be what fixed another.
//
// # What does not limit a statement
//
// Symbols and imports (Go, crates.io), `ecosystem_specific` and `database_specific` are kept as
// remediations of these categories, as they are written. They are no conditions, because no
// inventory knows them, and every answer would be Unknown.
//
// # Errors
//
// A member of the wrong type is a problem with its pointer. The entry that it belongs to
// says "n/a" as version beside what could be read: it clears nothing. The rest counts.
package osv
