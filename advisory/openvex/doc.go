// Package openvex reads OpenVEX documents, 0.0.1 and 0.2.0 of the specification
// (openvex/spec, OPENVEX-SPEC.md), which says for products whether a vulnerability concerns
// them.
//
// The decoder is syntax only: identifiers and words stay as they were written, and each keeps
// its JSON pointer. What the document leaves open is decided as follows.
//
// # Products and subcomponents
//
// Each product of a statement becomes a statement of its own about all versions of what its
// identifiers mean. A package URL or CPE name with a version is a product beside the others,
// with this version only. Any identifier that is equal is enough. One that is neither package URL nor CPE name is a
// tag, which is compared as text.
//
// A product with subcomponents becomes a statement about each of them, on condition that it is
// a part of the product, and one about the product itself. A product without speaks for all
// that is inside it ([advisory.Statement.Parts]).
//
// # Time and author
//
// A statement has its own timestamp, else that of the document. The newest one counts. The
// author is the publisher. Its rank is that of a vendor where the document names it as the
// supplier too, else that of a third party: an author is a free text, and must not outrank
// the maker of a product. AskOptions.Ranks of the matcher raises the ones that a caller trusts.
//
// # Errors
//
// A member of the wrong type is a problem with its pointer. The statement that it belongs to
// names the version "n/a": it clears nothing. A statement without products says nothing about
// anything; that is a problem, too. The rest of the document counts.
package openvex
