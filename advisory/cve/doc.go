// Package cve reads CVE records, JSON 5.0 to 5.2, as CVEProject/cvelistV5 publishes them.
//
// The decoder is syntax only. Each entry of `affected` becomes a product and a statement;
// versions, bounds and names stay as they were written, and each keeps its JSON pointer.
// What the record leaves open is decided as follows.
//
// # Containers
//
// The CNA container speaks. An ADP container speaks about products only where every entry of
// the CNA names no product (8,246 of 44,130 records say n/a), because the names differ and
// nothing says how the two are merged (CVEProject/cve-schema#86). Where the CNA names products
// and no version ("See references", "latest"), both speak: the CNA's entries stay open, so
// that an ADP container can say affected and clears nothing of the same product.
// `cpeApplicability` is read where no `affected` of the container names a product; the schema
// gives neither a precedence over the other. A record in which nobody names a product keeps
// the entries as they are, so that it is not taken for silence. Severities, references and
// the mark of known exploitation are taken from all containers.
//
// # Entries of one product
//
// They are evaluated one by one, with one exception: entries that hold nothing but affected
// versions, without a default that says affected, are one statement when vendor, product,
// package, platforms, modules, files and default are the same. Vendors write the fixes of two
// branches that way (iOS 16.7 and 17), and each fix closes its own branch only. Entries that
// name commits are never joined with those that name versions. Modules, files and routines
// do not limit a statement, since no inventory knows them; they only keep entries apart.
//
// # Conditions
//
// `platforms` limits a statement to one of the platforms, or to one of the architectures when
// all that it lists are architectures. A fact that is not known counts as met. One that says
// unknown, all or n/a is none. A `packageName` beside another product (the package openssh of
// Red Hat Enterprise Linux 9) limits the statement to the package.
//
// # Errors
//
// A member of the wrong type is a problem with its pointer. The part that it belongs to says
// "n/a" as version: what the record says is not known there, so that nothing is cleared by
// it. The rest of the record counts.
package cve
