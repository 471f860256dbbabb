// Package enrich attaches what is known about the exploitation of vulnerabilities: the catalog
// of known exploited vulnerabilities of CISA (KEV), and the exploit prediction scores of FIRST
// (EPSS). It changes no verdict; it says which of them to act on first.
//
// A [Table] is read from one file, and attaches to advisories on their way into a matcher:
//
//	kev, err := enrich.ReadKEV(file, advisory.DecodeOptions{File: "kev.json"})
//	...
//	err = builder.AddAll(ctx, kev.All(advisory.Decode(records, opt, cve.Decoder{})))
//
// What is attached stands in the Vulnerability: Exploited, and a Severity of the type "KEV" or
// "EPSS". Ids are compared as CVE ids, the aliases of a vulnerability included.
package enrich
