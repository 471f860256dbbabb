package advisory

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/affected-go/affected/advisory/jsonpos"
)

// formatName and formVersion mark documents in the library's own form.
const (
	formatName  = "affected"
	formVersion = "advisory/1"
)

// JSON is the decoder of the library's own form, which [Decode] always knows. It is made
// to be written by hand, for what an organization states itself:
//
//	{
//	  "affected": "advisory/1",
//	  "id": "INT-2026-1",
//	  "publisher": {"name": "Acme Security", "rank": "operator"},
//	  "vulnerabilities": [{"id": "CVE-2026-0001"}],
//	  "products": [{"vendor": "Acme", "name": "Gateway"}],
//	  "statements": [{"versions": ["< 4.2", "5.0"], "status": "affected", "default": "not_affected"}]
//	}
//
// The members are those of [Advisory] and its parts in lower case; what is left out is
// zero. testdata/schema/advisory.schema.json lists them all. What saves writing:
//
//   - A statement without "products" is about all of the document, else it names them by id
//     or index. Without "vulnerability" it is about the first one; one that is not listed
//     is added.
//   - A version is a text, or an object with "version", or "from" with "before" or
//     "through". Without a status of its own it has that of the statement.
//   - A statement with a status and without "versions" is about all versions.
//   - "where" is {"fact": "platform", "values": ["Windows"]}, {"text": "in words"},
//     {"product": "os", "relation": "installed_on", "versions": ["< 10.1"]}, or
//     {"all": [...]}, {"any": [...]}, {"not": {...}} of such.
//   - "fixedBy": [["KB1"], ["KB2", "KB3"]] is met by KB1, or by KB2 and KB3. "patches" records
//     what replaces them: {"id": "KB1", "supersededBy": [{"id": "KB4", "products": ["os"]}]}.
//
// Members that nobody knows are warnings, except in what decides: in a product, statement,
// version or condition they may be a mistyped limit, and make the statement Unknown. A word
// that is no status is Unknown.
//
// The form is lossless: what [Advisory.MarshalJSON] writes is read as the same advisory,
// except that File and Offset of a Pos name the text that was read. Pointer is kept; a Pos
// that was zero is the place in that text. The zero JSON is ready to use.
type JSON struct{}

// Format returns "affected".
func (JSON) Format() string { return formatName }

// Sniff tells whether the member "affected" names a version of the form. Other formats have
// a list there.
func (JSON) Sniff(doc jsonpos.Value) bool {
	v := doc.Get("affected")
	return v.Kind() == jsonpos.String && strings.HasPrefix(v.Text(nil), "advisory/")
}

// Decode reads one document.
func (JSON) Decode(doc jsonpos.Value, opt DecodeOptions) (*Advisory, error) {
	if version := doc.Get("affected").Text(nil); version != formVersion {
		return nil, &DecodeError{Pos: opt.Pos(doc), Err: fmt.Errorf("%w: %.40q instead of %q", ErrFormat, version, formVersion)}
	}
	a := &Advisory{}
	r := &jsonReader{opt: opt}
	f := &form{v: doc, in: r}
	a.form(f)
	f.finish()
	if r.err != nil {
		return nil, &DecodeError{Pos: opt.Pos(doc), Err: r.err}
	}
	a.Problems = append(a.Problems, opt.Problems(&r.errs, false)...)
	a.Problems = append(a.Problems, opt.Problems(&r.notes, true)...)
	return a, nil
}

// UnmarshalJSON reads one document in the library's own form; see [JSON]. On error a is
// left as it was.
func (a *Advisory) UnmarshalJSON(data []byte) error {
	doc, err := jsonpos.Parse(data, jsonpos.Limits{})
	if err == nil {
		if _, err = decoderOf(doc, nil); err == nil {
			var read *Advisory
			if read, err = (JSON{}).Decode(doc, DecodeOptions{}); err == nil {
				*a = *read
				return nil
			}
		}
	}
	return DecodeOptions{}.decodeError(doc, err)
}

// MarshalJSON writes the advisory in the library's own form; see [JSON]. It fails when a
// statement speaks of products or vulnerabilities that the advisory does not hold, and when
// a value is none of those that its type has. Equal advisories give equal bytes.
func (a Advisory) MarshalJSON() ([]byte, error) {
	w := &jsonWriter{}
	w.WriteByte('{')
	f := &form{out: w}
	a.form(f)
	w.WriteByte('}')
	if w.err != nil {
		return nil, w.err
	}
	return w.Bytes(), nil
}

// form describes the top-level members.
func (a *Advisory) form(f *form) {
	version, format := formVersion, a.Format
	f.text("affected", &version)
	a.formatForm(f, format)
	f.text("id", &a.ID)
	f.text("title", &a.Title)
	f.text("tlp", &a.TLP)
	f.object("publisher", a.Publisher == Publisher{}, a.Publisher.form)
	f.text("revision", &a.Revision)
	word(f, "state", &a.State, Rejected)
	f.time("published", &a.Published)
	f.time("modified", &a.Modified)
	f.time("withdrawn", &a.Withdrawn)
	f.time("expires", &a.Expires)
	f.texts("supersedes", &a.Supersedes)
	f.text("sha256", &a.SHA256)
	doubtful := a.productsForm(f)
	list(f, "vulnerabilities", &a.Vulnerabilities, func(g *form, v *Vulnerability) { v.form(g) })
	f.pos(&a.Pos)
	names := newNames(a, doubtful)
	a.patchesForm(f, names)
	list(f, "statements", &a.Statements, func(g *form, s *Statement) { s.form(g, names) })
	f.loose = true
	list(f, "references", &a.References, func(g *form, r *Reference) { r.form(g) })
	list(f, "problems", &a.Problems, func(g *form, p *Problem) { p.form(g) })
}

// formatForm is the format that the document had before; this form when it is left out.
func (a *Advisory) formatForm(f *form, format string) {
	if f.in == nil {
		if format != formatName {
			f.put("format").value(format)
		}
		return
	}
	a.Format = formatName
	if v := f.take("format"); v.Kind() != jsonpos.Absent {
		a.Format = v.Text(f.errs())
	}
}

func (p *Publisher) form(f *form) {
	f.text("name", &p.Name)
	word(f, "rank", &p.Rank, RankOperator)
}

// productsForm returns which of the products could not be read in full. What is stated about
// them may be about others, so that it is Unknown.
func (a *Advisory) productsForm(f *form) (doubtful map[int]bool) {
	doubtful = map[int]bool{}
	i := 0
	list(f, "products", &a.Products, func(g *form, p *Product) {
		before := g.count()
		p.form(g)
		g.finish()
		if g.count() > before {
			doubtful[i] = true
			p.Vendor, p.Name = cmp.Or(p.Vendor, noVersion), cmp.Or(p.Name, noVersion)
		}
		i++
	})
	return doubtful
}

func (p *Product) form(f *form) {
	f.strict = true
	f.text("id", &p.ID)
	f.text("vendor", &p.Vendor)
	f.text("name", &p.Name)
	f.texts("purls", &p.PURLs)
	f.texts("cpes", &p.CPEs)
	f.texts("models", &p.Models)
	f.texts("serials", &p.Serials)
	f.texts("skus", &p.SKUs)
	list(f, "hashes", &p.Hashes, func(g *form, h *Hash) {
		g.strict = true
		g.text("algorithm", &h.Algorithm)
		g.text("value", &h.Value)
	})
	f.texts("tags", &p.Tags)
	f.pos(&p.Pos)
}

func (v *Vulnerability) form(f *form) {
	f.text("id", &v.ID)
	f.loose = true
	f.texts("aliases", &v.Aliases)
	f.text("title", &v.Title)
	f.text("description", &v.Description)
	list(f, "severities", &v.Severities, func(g *form, s *Severity) { s.form(g) })
	list(f, "references", &v.References, func(g *form, r *Reference) { r.form(g) })
	f.time("published", &v.Published)
	f.flag("exploited", &v.Exploited)
	list(f, "events", &v.Events, func(g *form, e *Event) { e.form(g) })
	f.pos(&v.Pos)
}

func (e *Event) form(f *form) {
	f.time("time", &e.Time)
	f.text("text", &e.Text)
	f.text("source", &e.Source)
}

func (s *Severity) form(f *form) {
	f.text("type", &s.Type)
	f.text("vector", &s.Vector)
	f.number("score", &s.Score)
	f.text("source", &s.Source)
}

func (r *Reference) form(f *form) {
	f.text("url", &r.URL)
	f.texts("tags", &r.Tags)
}

func (p *Problem) form(f *form) {
	f.text("code", &p.Code)
	f.text("text", &p.Text)
	f.flag("warning", &p.Warning)
	f.pos(&p.Pos)
}
