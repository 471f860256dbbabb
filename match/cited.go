package match

import "github.com/affected-go/affected/advisory"

// cited returns a document as evidence cites it. What was never decoded stands in no file: it is
// cited in the library's own form, with the digest and the places that it has there, which is
// how a compiled form holds it. So evidence is the same before and after a matcher was written.
func (m *Matcher) cited(source int32) *advisory.Advisory {
	doc := m.doc(source)
	if m.flat != nil || doc.SHA256 != "" {
		return doc
	}
	if own := m.own.get(int(source)); own != nil {
		return own
	}
	return m.own.put(int(source), inOwnForm(doc))
}

// saidThere returns the cited document of a claim and what it says there.
func (m *Matcher) saidThere(c *claim) (*advisory.Advisory, *saying) {
	doc, said := m.said(c)
	own := m.cited(c.source)
	if own == doc {
		return doc, said
	}
	if all := m.sayings(own); int(c.saying) < len(all) {
		return own, &all[c.saying]
	}
	return doc, said
}

// inOwnForm writes and reads a document; one that cannot be written stays what it is.
func inOwnForm(doc *advisory.Advisory) *advisory.Advisory {
	text, err := doc.MarshalJSON()
	if err != nil {
		return doc
	}
	own, err := readOwnForm(fileOf(doc), text)
	if err != nil {
		return doc
	}
	return own
}

// fileOf returns the file of a document, which those that are made by hand may name with their
// statements only.
func fileOf(doc *advisory.Advisory) string {
	if doc.Pos.File == "" && len(doc.Statements) > 0 {
		return doc.Statements[0].Pos.File
	}
	return doc.Pos.File
}
