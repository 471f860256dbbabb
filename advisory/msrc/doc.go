// Package msrc reads the monthly documents of the Microsoft Security Response Center in the JSON
// form of CVRF, as its API gives them.
//
// The decoder is syntax only: names and builds stay as they were written, and each keeps its
// JSON pointer. What the document leaves open is decided as follows.
//
// # Statements
//
// Products of one vulnerability with the same remediations are one statement: affected before
// each FixedBuild that is a version, else all versions. Like a CVE record it has no default,
// so that a build from the fixed one on is Fixed by inference. The articles of vendor fixes are
// alternatives that fix it ([advisory.Statement.FixedBy]).
//
// # Patches
//
// An article is a patch, with the build that it brings its products to. Supercedence names the
// patches that it replaces on these products, one step back; the record of what replaces what is
// therefore never complete.
//
// # Errors
//
// A member of the wrong type is a problem with its pointer. The statement that it belongs to
// names the version "n/a": it clears nothing. An article or edge that cannot be read is left out,
// because a patch that is missing clears nothing either. The rest of the document counts.
package msrc
