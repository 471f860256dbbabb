// Package report writes what a matcher found, for people and for other tools.
//
//	results := m.Scan(ctx, inventory.Read(r, inventory.Options{}), match.ScanOptions{})
//	err := report.Text(w, report.Entries(m, results), report.Options{Time: now})
//
// Writers take a stream of entries and write all of it, whatever they meet:
//
//	Text       an aligned table and a summary, for a terminal
//	JSONLines  one object a line (testdata/schema/finding.schema.json in this module)
//	CSV        the same as columns
//	Markdown   a summary, for a ticket or a job page
//	HTML       one page with pictures of the version lines, to read, filter and print
//	SARIF      SARIF 2.1.0, for code hosts and viewers
//	OpenVEX    OpenVEX 0.2.0
//	CycloneDX  CycloneDX 1.6, a VEX of the products that were asked about
//	CSAF       CSAF 2.0, profile VEX
//
// # What a report may not hide
//
// A finding that is not clear never looks like one that is: what is unknown stays unknown and
// says what is missing. VEX has no word for that; there it is under investigation, with the
// reason in words, and a product on several hosts has the least clear of their answers. A
// product whose version is not known would mean all versions there; what is unknown or clear
// about it is left out and counts as not read. What
// could not be read of the inventory or the advisories is written where the format has a
// place for it, and the writer returns [ErrIncomplete] once the output is whole.
//
// The package reads no clock and makes up no ids that change: equal entries and options give
// equal bytes.
package report
