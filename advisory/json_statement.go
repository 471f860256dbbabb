package advisory

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/affected-go/affected/advisory/jsonpos"
)

// allVersions is what a statement without versions is about.
const allVersions = "*"

// noVersion is the version of what could not be read. No scheme reads it, so Resolve makes
// every answer of the statement Unknown that is not Affected.
const noVersion = "n/a"

// names leads from what statements call products and vulnerabilities to their indexes. An id
// can stand for several; then it is not written.
type names struct {
	a               *Advisory
	products        int // before statements added some
	first           int // the vulnerability of statements that name none, -1 before there is one
	productIDs      map[string][]int
	vulnerabilities map[string][]int
	doubtful        map[int]bool // products that could not be read in full
}

// newNames is made when products and vulnerabilities are known.
func newNames(a *Advisory, doubtful map[int]bool) *names {
	n := &names{a: a, products: len(a.Products), productIDs: map[string][]int{}, vulnerabilities: map[string][]int{}, doubtful: doubtful}
	for i := range a.Products {
		id := a.Products[i].ID
		n.productIDs[id] = append(n.productIDs[id], i)
	}
	for i := range a.Vulnerabilities {
		id := a.Vulnerabilities[i].ID
		n.vulnerabilities[id] = append(n.vulnerabilities[id], i)
	}
	if len(a.Vulnerabilities) == 0 {
		n.first = -1
	}
	return n
}

// doubts tells whether one of the products could not be read in full.
func (n *names) doubts(products []int) bool {
	return len(n.doubtful) > 0 && slices.ContainsFunc(products, func(i int) bool { return n.doubtful[i] })
}

// nameOr returns the id of i when it stands for nothing else, or i.
func nameOr(index map[string][]int, id string, i int) any {
	if id != "" && len(index[id]) == 1 {
		return id
	}
	return i
}

func (s *Statement) form(f *form, n *names) {
	f.strict = true
	before := f.count()
	s.vulnerabilityForm(f, n)
	s.productsForm(f, n)
	s.whereForm(f, n)
	word(f, "default", &s.Default, DefaultComplete)
	f.flag("parts", &s.Parts)
	limits := f.count()
	s.versionsForm(f)
	versions := f.count() - limits // what is wrong in a version is noted there
	s.fixedByForm(f)
	f.loose = true
	f.text("justification", &s.Justification)
	list(f, "remediations", &s.Remediations, func(g *form, r *Remediation) { r.form(g) })
	f.time("modified", &s.Modified)
	f.pos(&s.Pos)
	f.finish()
	if f.in == nil {
		return
	}
	if f.v.Kind() != jsonpos.Object || f.count()-versions > before || n.doubts(s.Products) {
		s.Spans = slices.Insert(s.Spans, 0, Span{Version: noVersion, Pos: f.in.opt.Pos(f.v)})
	}
}

// vulnerabilityForm is an id or an index; the first one when it is left out.
func (s *Statement) vulnerabilityForm(f *form, n *names) {
	const name = "vulnerability"
	all := n.a.Vulnerabilities
	if f.in == nil {
		switch i := s.Vulnerability; {
		case i < 0 || i >= len(all):
			f.out.fail(fmt.Errorf("%s: there is no vulnerability %d", f.path, i))
		case i > 0:
			f.put(name).value(nameOr(n.vulnerabilities, all[i].ID, i))
		}
		return
	}
	s.Vulnerability = n.vulnerability(f.in, f.take(name))
}

// vulnerability returns the index of a vulnerability. An id that is not listed is added.
func (n *names) vulnerability(r *jsonReader, v jsonpos.Value) int {
	if v.Kind() == jsonpos.Number {
		if i := v.Int(&r.errs); i >= 0 && i < int64(len(n.a.Vulnerabilities)) {
			return int(i)
		}
		r.errs.Add(v, errNotListed, "there is no such vulnerability")
	} else if id := v.Text(&r.errs); id != "" {
		if len(n.vulnerabilities[id]) > 1 {
			r.errs.Add(v, errNotListed, "several vulnerabilities have this id")
		}
		if len(n.vulnerabilities[id]) == 0 {
			n.vulnerabilities[id] = []int{n.add(Vulnerability{ID: id, Pos: r.opt.Pos(v)})}
		}
		return n.vulnerabilities[id][0]
	}
	if n.first < 0 { // a document without vulnerabilities is about what its own id says
		n.first = n.add(Vulnerability{ID: n.a.ID, Pos: n.a.Pos})
	}
	return n.first
}

func (n *names) add(v Vulnerability) int {
	n.a.Vulnerabilities = append(n.a.Vulnerabilities, v)
	return len(n.a.Vulnerabilities) - 1
}

// productsForm is a list of ids or indexes; all products when it is left out.
func (s *Statement) productsForm(f *form, n *names) {
	const name = "products"
	if f.in == nil {
		if !s.aboutAll(n.products) {
			refs := make([]any, 0, len(s.Products))
			for _, i := range s.Products {
				if i < 0 || i >= n.products {
					f.out.fail(fmt.Errorf("%s: there is no product %d", f.path, i))
					return
				}
				refs = append(refs, nameOr(n.productIDs, n.a.Products[i].ID, i))
			}
			f.put(name).value(refs)
		}
		return
	}
	list := f.take(name)
	for v := range list.Elements(&f.in.errs) {
		for _, i := range n.product(f.in, v) {
			if !f.in.room() {
				return
			}
			s.Products = append(s.Products, i)
		}
	}
	if list.Kind() == jsonpos.Array {
		return
	}
	for i := range n.products { // also when the list is none: it may have named any of them
		if !f.in.room() {
			return
		}
		s.Products = append(s.Products, i)
	}
	if n.products == 0 && f.count() > 0 { // the products could not be read
		s.Products = append(s.Products, n.unknown(f.in, "", f.v))
	}
}

func (s *Statement) aboutAll(products int) bool {
	for i, p := range s.Products {
		if i != p {
			return false
		}
	}
	return len(s.Products) == products
}

// product returns the indexes of a product. One that is not listed is added by its id, so
// that the statement is not lost.
func (n *names) product(r *jsonReader, v jsonpos.Value) []int {
	id := ""
	if v.Kind() != jsonpos.Number {
		id = v.Text(&r.errs)
	} else if i := v.Int(&r.errs); i >= 0 && i < int64(n.products) {
		return []int{int(i)}
	}
	found := n.productIDs[id]
	switch {
	case id == "" || len(found) == 0:
		r.errs.Add(v, errNotListed, "there is no such product")
		found = []int{n.unknown(r, id, v)}
		if id != "" {
			n.productIDs[id] = found
		}
	case len(found) > 1:
		r.errs.Add(v, errNotListed, "several products have this id")
	}
	return found
}

// unknown adds a product of which at most a name is known.
func (n *names) unknown(r *jsonReader, id string, v jsonpos.Value) int {
	i := len(n.a.Products)
	n.a.Products = append(n.a.Products, Product{ID: id, Vendor: noVersion, Name: cmp.Or(id, noVersion), Pos: r.opt.Pos(v)})
	n.doubtful[i] = true
	return i
}

// versionsForm is the list of spans with the status that they share.
func (s *Statement) versionsForm(f *form) {
	const name = "versions"
	if f.in == nil {
		shared, all := s.writeStatus(f)
		if all {
			return
		}
		f.put(name).WriteByte('[')
		for i := range s.Spans {
			if i > 0 {
				f.out.WriteByte(',')
			}
			s.Spans[i].write(f, f.path+"/"+name+"/"+strconv.Itoa(i), shared)
		}
		f.out.WriteByte(']')
		return
	}
	said := f.take("status")
	var shared *Status
	if said.Kind() != jsonpos.Absent {
		status := readStatus(&f.in.errs, said)
		shared = &status
	}
	list := f.take(name)
	if list.Kind() == jsonpos.Absent && shared != nil {
		s.Spans = append(s.Spans, Span{Version: allVersions, Status: *shared, Pos: f.in.opt.Pos(said)})
	}
	before := f.in.errs.Count()
	for v := range list.Elements(&f.in.errs) {
		if !f.in.room() {
			return
		}
		s.Spans = append(s.Spans, readSpan(f, v, shared))
	}
	if len(s.Spans) == 0 && f.in.errs.Count() > before {
		s.Spans = append(s.Spans, Span{Version: noVersion, Pos: f.in.opt.Pos(list)})
	}
}

// writeStatus writes the status of the spans when they share one. It tells whether the
// status alone says it all.
func (s *Statement) writeStatus(f *form) (shared *Status, all bool) {
	if len(s.Spans) == 0 {
		return nil, false
	}
	first := &s.Spans[0]
	for i := range s.Spans {
		if s.Spans[i].Status != first.Status {
			return nil, false
		}
	}
	writeStatus(f, first.Status)
	all = len(s.Spans) == 1 && first.isText() && first.Version == allVersions && first.Pos.Pointer == f.path+"/status"
	return &first.Status, all
}

func writeStatus(f *form, s Status) {
	word, err := s.MarshalText()
	if err != nil {
		f.out.fail(fmt.Errorf("%s: %w", f.path, err))
		return
	}
	f.put("status").value(string(word))
}

// readStatus reads the word of a status. Another word is Unknown, and a problem.
func readStatus(errs *jsonpos.Errors, v jsonpos.Value) Status {
	var s Status
	text := v.Text(errs)
	if err := s.UnmarshalText([]byte(text)); err != nil && text != "" {
		errs.Add(v, errBadWord, fmt.Sprintf("%.40q is no status", text))
	}
	return s
}

// isText tells whether a span is nothing but a text.
func (s *Span) isText() bool {
	return s.Version != "" && !s.IsRange() && s.Hint == "" && s.Word == "" && len(s.Changes) == 0
}

// hasBounds tells whether the form of a range shows by its bounds.
func (s *Span) hasBounds() bool { return s.From != "" || s.Before != "" || s.Through != "" }

func (s *Span) write(f *form, path string, shared *Status) {
	if s.isText() && shared != nil && s.Pos.isAt(path) {
		f.out.value(s.Version)
		return
	}
	f.sub(jsonpos.Value{}, path, func(g *form) {
		if shared == nil {
			writeStatus(g, s.Status)
		}
		s.form(g)
	})
}

// readSpan reads a text or an object. What could not be read in full is no version, with
// the status that it has.
func readSpan(f *form, v jsonpos.Value, shared *Status) Span {
	r := f.in
	s := Span{Pos: r.opt.Pos(v)}
	if shared != nil {
		s.Status = *shared
	}
	before := r.errs.Count()
	if v.Kind() == jsonpos.String {
		s.Version = v.Text(&r.errs)
	} else {
		f.sub(v, "", func(g *form) {
			g.strict = true
			if said := g.take("status"); said.Kind() != jsonpos.Absent {
				if s.Status = readStatus(&r.errs, said); r.errs.Count() > before {
					s.Status, before = Unknown, r.errs.Count() // the bounds hold all the same
				}
			} else if shared == nil {
				r.notes.Add(v, errNoStatus, "it is taken as unknown")
			}
			s.form(g)
		})
	}
	if s.Version == "" && !s.IsRange() && r.errs.Count() == before {
		r.errs.Add(v, errNoVersion, "neither a version nor a bound")
	}
	if r.errs.Count() > before {
		return Span{Version: noVersion, Status: s.Status, Pos: s.Pos}
	}
	return s
}

func (s *Span) form(f *form) {
	f.text("version", &s.Version)
	f.text("from", &s.From)
	f.text("before", &s.Before)
	f.text("through", &s.Through)
	s.boundedForm(f)
	f.text("hint", &s.Hint)
	f.text("word", &s.Word)
	list(f, "changes", &s.Changes, func(g *form, c *Change) { c.form(g) })
	f.pos(&s.Pos)
}

// boundedForm is "bounded", which is left out when the bounds show it.
func (s *Span) boundedForm(f *form) {
	const name = "bounded"
	if f.in == nil {
		if s.Bounded != s.hasBounds() {
			f.put(name).value(s.Bounded)
		}
		return
	}
	s.Bounded = s.hasBounds()
	if v := f.take(name); v.Kind() != jsonpos.Absent {
		s.Bounded = v.Bool(f.errs())
	}
}

func (c *Change) form(f *form) {
	f.strict = true
	f.text("at", &c.At)
	if f.in == nil {
		writeStatus(f, c.Status)
	} else {
		c.Status = readStatus(&f.in.errs, f.take("status"))
	}
	f.pos(&c.Pos)
}

func (r *Remediation) form(f *form) {
	f.text("category", &r.Category)
	f.text("text", &r.Text)
	f.text("url", &r.URL)
	f.time("date", &r.Date)
	f.text("restart", &r.Restart)
	f.integers("spans", &r.Spans)
	f.pos(&r.Pos)
}
