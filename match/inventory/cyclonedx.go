package inventory

import (
	"iter"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
)

// cycloneDX is a bill of materials of CycloneDX 1.2 to 1.7 in JSON (ECMA-424), one or many.
// Each is a host: what metadata.component describes, with all components of the document.
//
//   - Operating systems are platforms, and devices that are no parts of another component.
//   - A component inside another one is a part of it. The components of the document are parts
//     of its subject, unless that is an operating system, device or platform, on which they
//     are installed.
//   - A composition with aggregate "complete" sets PartsComplete of the components that it
//     names as assemblies.
//   - The version is that of the purl, where there is one that has one: some writers leave
//     the epoch out of "version".
//
// Dependencies are not read: what a component needs is not what it contains. Excluded
// components (scope) are not installed and passed over.
type cycloneDX struct{}

func (cycloneDX) Name() string { return "cyclonedx" }

func (cycloneDX) Sniff(t *Text) bool {
	doc := t.Document()
	return doc.Get("bomFormat").Text(nil) == "CycloneDX" ||
		doc.Get("specVersion").Kind() == jsonpos.String && doc.Get("components").Kind() == jsonpos.Array
}

func (cycloneDX) Read(t *Text, opt Options) iter.Seq2[*match.Host, error] {
	return readSBOMs(t, opt, func(g *gather, doc jsonpos.Value) {
		b := bom{sbom: sbom{gather: g, doc: doc}, refs: map[string]int{}}
		b.read()
	})
}

// readSBOMs reads documents that are a host each.
func readSBOMs(t *Text, opt Options, read func(g *gather, doc jsonpos.Value)) iter.Seq2[*match.Host, error] {
	return func(yield func(*match.Host, error) bool) {
		g := newGather(opt, yield)
		for doc, err := range t.Documents() {
			g.damaged, g.placed = false, 0
			if err != nil {
				g.fail(fromJSON(err))
			}
			if doc.Kind() == jsonpos.Object && !g.done() {
				read(g, doc)
				g.flush()
			}
			if g.done() {
				return
			}
		}
	}
}

// An sbom is one document that is being read.
type sbom struct {
	*gather
	doc   jsonpos.Value
	parts assembly
	errs  jsonpos.Errors
	id    string // of the host
}

// finish gives the host its components, now that all of them are read.
func (s *sbom) finish(m *machine) {
	s.failJSON(s.id, &s.errs)
	if s.damaged || m.lost {
		s.parts.doubt()
	}
	for _, link := range s.parts.arrange() {
		s.wrong(s.id, spot{value: s.doc}, ErrConflict, "%q contains itself by way of %q: the link back is not used", short(link[1]), short(link[0]))
	}
	s.parts.host(s.gather, m)
}

// A bom is a document of CycloneDX.
type bom struct {
	sbom
	refs map[string]int // by bom-ref
}

// read turns the document into a host.
func (b *bom) read() {
	subject := b.doc.At("/metadata/component")
	b.id = b.opt.Host
	if b.id == "" {
		b.id = subject.Get("name").Text(nil)
	}
	if b.id == "" {
		b.id = b.doc.Get("serialNumber").Text(nil)
	}
	m := b.host(b.id)
	whole, hosted := -1, false
	if subject.Kind() == jsonpos.Object {
		whole = b.component(subject, -1)
		hosted = whole < 0 || b.parts.nodes[whole].platform || subject.Get("type").Text(nil) == "platform"
	}
	below := whole
	if hosted {
		below = -1
	}
	b.parts.grow(b.doc.Get("components").Len())
	for c := range b.doc.Get("components").Elements(&b.errs) {
		b.component(c, below)
	}
	m.complete = b.compositions(whole) && hosted
	b.finish(m)
}

// A frame is a component whose parts are to be read.
type frame struct {
	value jsonpos.Value
	whole int
}

// component reads a component and those inside of it. It returns the index of the first,
// -1 when that is not installed.
func (b *bom) component(first jsonpos.Value, whole int) int {
	top := -1
	queue := []frame{{first, whole}}
	for len(queue) > 0 {
		f := queue[0]
		queue = queue[1:]
		if f.value.Kind() != jsonpos.Object {
			b.errs.Add(f.value, jsonpos.ErrType, "a component is an object, found "+f.value.Kind().String())
			continue
		}
		if f.value.Get("scope").Text(&b.errs) == "excluded" {
			continue
		}
		if !b.room(1) {
			break
		}
		in := b.installation(f.value)
		i := b.parts.add(in, f.value.Get("bom-ref").Text(nil))
		if top < 0 {
			top = i
		}
		switch f.value.Get("type").Text(&b.errs) {
		case "operating-system":
			b.parts.nodes[i].platform = true
		case "device": // one inside another is a part of it: a board, a chip
			b.parts.nodes[i].platform = f.whole < 0
		}
		if f.whole >= 0 {
			b.parts.contain(f.whole, i)
		}
		if ref := f.value.Get("bom-ref").Text(&b.errs); ref != "" {
			if _, again := b.refs[ref]; again {
				b.wrong(b.id, spot{value: f.value.Get("bom-ref")}, ErrConflict, "two components have the bom-ref %q", short(ref))
			}
			b.refs[ref] = i
		}
		for c := range f.value.Get("components").Elements(&b.errs) {
			queue = append(queue, frame{c, i})
		}
	}
	return top
}

// installation reads the identity of a component.
func (b *bom) installation(c jsonpos.Value) match.Installation {
	text := func(path string) string { return strings.TrimSpace(c.At(path).Text(&b.errs)) }
	in := match.Installation{Product: text("/name"), Version: text("/version"), Row: rowText(c.Raw())}
	for _, path := range [...]string{"/manufacturer/name", "/publisher", "/supplier/name", "/group"} {
		if in.Vendor == "" {
			in.Vendor = text(path)
		}
	}
	if in.Product == "" && c.Get("name").Kind() == jsonpos.Absent {
		b.wrong(b.id, spot{value: c}, ErrValue, "a component without a name")
	}
	b.setPURL(&in, c.Get("purl"))
	b.setCPE(&in, c.Get("cpe"))
	if tag := text("/swid/tagId"); tag != "" {
		in.Tags = append(in.Tags, tag)
	}
	for h := range c.Get("hashes").Elements(&b.errs) {
		in.Hashes = appendHash(in.Hashes, h.Get("alg").Text(&b.errs), h.Get("content").Text(&b.errs))
	}
	if c.Get("type").Text(nil) == "device" {
		in.Model = in.Product
	}
	for p := range c.Get("properties").Elements(&b.errs) {
		if p.Get("name").Text(&b.errs) == "cdx:device:serialNumber" {
			in.Serial = p.Get("value").Text(&b.errs)
		}
	}
	return in
}

// compositions reads which lists of parts are complete. It tells whether that of the subject
// is.
func (b *bom) compositions(subject int) (complete bool) {
	for c := range b.doc.Get("compositions").Elements(&b.errs) {
		if c.Get("aggregate").Text(&b.errs) != "complete" {
			continue
		}
		for ref := range c.Get("assemblies").Elements(&b.errs) {
			i, known := b.refs[ref.Text(&b.errs)]
			if !known {
				b.wrong(b.id, spot{value: ref}, ErrConflict, "no component has the bom-ref %q", short(ref.Text(nil)))
				continue
			}
			b.parts.nodes[i].complete = true
			complete = complete || i == subject
		}
	}
	return complete
}

// setPURL reads a purl. Its version comes before the one that stands beside it.
func (s *sbom) setPURL(in *match.Installation, v jsonpos.Value) {
	text := strings.TrimSpace(v.Text(&s.errs))
	if text == "" {
		return
	}
	u, _, err := purl.ParseLenient(text)
	if err != nil {
		s.wrong(s.id, spot{value: v}, ErrValue, "%v", err)
		return
	}
	if in.PURL = u; u.Version() != "" {
		in.Version = ""
	}
}

// setCPE reads a CPE name. The first one counts: others beside it are guesses of the writer
// or names of the same product.
func (s *sbom) setCPE(in *match.Installation, v jsonpos.Value) {
	text := strings.TrimSpace(v.Text(&s.errs))
	if text == "" || in.CPE.IsValid() {
		return
	}
	n, _, err := cpe.ParseLenient(text)
	if err != nil {
		s.wrong(s.id, spot{value: v}, ErrValue, "%v", err)
		return
	}
	in.CPE = n
}

// appendHash appends a digest as advisories name it: "SHA-256" is sha256.
func appendHash(list []advisory.Hash, algorithm, value string) []advisory.Hash {
	algorithm, value = foldHead(algorithm), strings.ToLower(strings.TrimSpace(value))
	if algorithm == "" || value == "" {
		return list
	}
	return append(list, advisory.Hash{Algorithm: algorithm, Value: value})
}
