// Package cyclonedx reads what CycloneDX documents, JSON 1.4 to 1.7, say about vulnerabilities
// (VEX): their member "vulnerabilities", and the components that it refers to. A document
// without that member is an inventory and no advisory.
//
// The decoder is syntax only: identifiers and words stay as they were written, and each keeps
// its JSON pointer. What the document leaves open is decided as follows.
//
// # Status
//
// analysis.state speaks for every version of its entry, whatever stands in versions[].status,
// because writers leave that out and its default is affected. Without a state the status of
// the version counts. Without versions an entry is about the version of the component that it
// refers to, or about all versions when that has none. Behind the versions that it names an
// entry says nothing.
//
// # Products
//
// A ref is a tag, compared as text, and so is the BOM-Link that it stands for. Where it leads
// to a component of the same document, the names and identifiers of the component are those of
// the product. A component other than the one that the document describes is assessed inside of
// that one: through its names and identifiers the statement holds on condition that it is a part
// of it, while its ref means this very component.
//
// # Ids, publisher, time
//
// The entries under "references" of a vulnerability are its aliases. The publisher is the
// supplier or maker of the described component, with the rank of a vendor, else whoever made
// the document, a third party. A statement has the date of its analysis, else of the document.
//
// # Errors
//
// A member of the wrong type is a problem with its pointer. The statements that it belongs to
// name the version "n/a": they clear nothing. The rest of the document counts.
package cyclonedx
