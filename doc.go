// Package affected answers one question for the programs that embed it: is this
// installation affected?
//
// The root holds nothing but this map; the library is three floors below it, and each
// imports only what lies under it:
//
//	purl      the words: who is meant and which version
//	  cpe       CPE 2.2 and 2.3 names and their relation
//	  product   the catalog of proprietary products
//	  vers      version schemes, sortable keys, ranges
//	advisory  what is said: Advisory, Statement, Status, and its own JSON form
//	  cve       decoder of CVE JSON 5.x records
//	  csaf      decoder of CSAF 2.0 and 2.1 documents
//	  cyclonedx decoder of CycloneDX VEX documents
//	  enrich    what is known about exploitation: KEV and EPSS
//	  msrc      decoder of Microsoft's monthly documents
//	  nvd       decoder of NVD items, pages and feeds
//	  openvex   decoder of OpenVEX documents
//	  osv       decoder of OSV documents
//	  patches   which patch replaces which, as text
//	  jsonpos   the JSON reader that knows positions
//	match     what follows: Matcher, Installation, Finding, Verdict, Evidence
//	  inventory readers of what is installed
//	  report    writers of what was found
//	  matchtest for the tests of policy code, schemes and decoders
//	examples  programs that embed the library
//
// Start with package match; its documentation shows the way from a record to a verdict.
//
// The library is pure: bytes in, values out. It opens no connection, keeps no global
// state, reads no clock and starts no goroutine that outlives a call. Whatever could not
// be read, resolved or compared makes the answer Unknown with a reason, never
// NotAffected, Fixed or silence; and every verdict can be checked by hand from what
// match.Matcher.Explain returns.
package affected
