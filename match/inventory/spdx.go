package inventory

import (
	"iter"
	"strings"

	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/match"
)

// spdx is a document of SPDX 2.2 or 2.3 in JSON, one or many. Each is a host: what the
// document describes, with all packages in it.
//
//   - The id of the host is the name of the package that the document describes, else that of
//     the document.
//   - Packages whose primary purpose is OPERATING-SYSTEM are platforms, and those of purpose
//     DEVICE that are no parts of another package.
//   - CONTAINS, CONTAINED_BY and PACKAGE_OF say what is a part of what. Dependencies and
//     files are not read.
//   - NOASSERTION and NONE are no names, versions or suppliers.
type spdx struct{}

func (spdx) Name() string { return "spdx" }

func (spdx) Sniff(t *Text) bool {
	doc := t.Document()
	return doc.Get("spdxVersion").Kind() == jsonpos.String || doc.Get("SPDXID").Kind() == jsonpos.String && doc.Get("packages").Kind() == jsonpos.Array ||
		strings.Contains(doc.Get("@context").Text(nil), "spdx.org/rdf/3")
}

func (spdx) Read(t *Text, opt Options) iter.Seq2[*match.Host, error] {
	return readSBOMs(t, opt, func(g *gather, doc jsonpos.Value) {
		s := spdxDocument{sbom: sbom{gather: g, doc: doc}, ids: map[string]int{}}
		s.read()
	})
}

// An spdxDocument is one document that is being read.
type spdxDocument struct {
	sbom
	ids   map[string]int // by SPDXID
	roots []string       // what the document describes
}

// read turns the document into a host.
func (s *spdxDocument) read() {
	if s.doc.Get("@context").Kind() != jsonpos.Absent {
		s.fail(s.place(&Error{Err: because(ErrFormat, "SPDX 3 is not read: SPDX 2.3 in JSON is")}, spot{value: s.doc}))
		return
	}
	for id := range s.doc.Get("documentDescribes").Elements(&s.errs) {
		s.roots = append(s.roots, id.Text(&s.errs))
	}
	s.id = s.opt.Host
	s.parts.grow(s.doc.Get("packages").Len())
	for p := range s.doc.Get("packages").Elements(&s.errs) {
		if !s.room(1) {
			break
		}
		s.component(p)
	}
	s.relationships()
	for i := range s.parts.nodes {
		if n := &s.parts.nodes[i]; n.in.Model != "" && len(n.partOf) > 0 {
			n.platform = false // a device inside another one is a part of it
		}
	}
	for _, root := range s.roots {
		if i, ok := s.ids[root]; ok && s.id == "" {
			s.id = s.parts.nodes[i].in.Product
		}
	}
	if s.id == "" {
		s.id = s.doc.Get("name").Text(&s.errs)
	}
	m := s.host(s.id)
	m.lost = m.lost || s.damaged
	s.finish(m)
}

// component reads a package.
func (s *spdxDocument) component(p jsonpos.Value) {
	if p.Kind() != jsonpos.Object {
		s.errs.Add(p, jsonpos.ErrType, "a package is an object, found "+p.Kind().String())
		return
	}
	text := func(name string) string { return stated(p.Get(name).Text(&s.errs)) }
	in := match.Installation{Vendor: party(text("supplier")), Product: text("name"), Version: text("versionInfo"), Row: rowText(p.Raw())}
	if in.Vendor == "" {
		in.Vendor = party(text("originator"))
	}
	if in.Product == "" {
		s.wrong("", spot{value: p}, ErrValue, "a package without a name")
	}
	for ref := range p.Get("externalRefs").Elements(&s.errs) {
		locator := ref.Get("referenceLocator")
		switch kind := ref.Get("referenceType").Text(&s.errs); {
		case kind == "purl" && !in.PURL.IsValid():
			s.setPURL(&in, locator)
		case kind == "cpe23Type" || kind == "cpe22Type":
			s.setCPE(&in, locator)
		case kind == "swid":
			in.Tags = append(in.Tags, strings.TrimPrefix(locator.Text(&s.errs), "swid:"))
		}
	}
	for sum := range p.Get("checksums").Elements(&s.errs) {
		in.Hashes = appendHash(in.Hashes, sum.Get("algorithm").Text(&s.errs), sum.Get("checksumValue").Text(&s.errs))
	}
	purpose := text("primaryPackagePurpose")
	if purpose == "DEVICE" {
		in.Model = in.Product
	}
	id := p.Get("SPDXID")
	i := s.parts.add(in, id.Text(nil))
	s.parts.nodes[i].platform = purpose == "DEVICE" || purpose == "OPERATING-SYSTEM" || purpose == "OPERATING_SYSTEM"
	if _, again := s.ids[id.Text(&s.errs)]; again {
		s.wrong("", spot{value: id}, ErrConflict, "two packages have the SPDXID %q", short(id.Text(nil)))
	}
	s.ids[id.Text(nil)] = i
}

// relationships reads which package contains which.
func (s *spdxDocument) relationships() {
	links := map[[2]int]bool{}
	for r := range s.doc.Get("relationships").Elements(&s.errs) {
		from, to := r.Get("spdxElementId").Text(&s.errs), r.Get("relatedSpdxElement").Text(&s.errs)
		switch r.Get("relationshipType").Text(&s.errs) {
		case "DESCRIBES":
			s.roots = append(s.roots, to)
			continue
		case "DESCRIBED_BY":
			s.roots = append(s.roots, from)
			continue
		case "CONTAINS":
		case "CONTAINED_BY", "PACKAGE_OF":
			from, to = to, from
		default:
			continue
		}
		whole, ok := s.ids[from]
		part, ok2 := s.ids[to]
		if link := [2]int{whole, part}; ok && ok2 && !links[link] { // files and elements of other documents have no place here
			links[link] = true
			s.parts.contain(whole, part)
		}
	}
}

// stated returns a text that says something.
func stated(text string) string {
	if text = strings.TrimSpace(text); text == "NOASSERTION" || text == "NONE" {
		return ""
	}
	return text
}

// party returns the name in "Organization: Acme (info@acme.example)". Persons and tools are
// no vendors.
func party(text string) string {
	name, ok := strings.CutPrefix(text, "Organization:")
	if !ok {
		return ""
	}
	if before, mail, ok := strings.Cut(name, "("); ok && (mail == ")" || strings.Contains(mail, "@")) {
		name = before
	}
	return strings.TrimSpace(name)
}
