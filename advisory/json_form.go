package advisory

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/affected-go/affected/advisory/jsonpos"
)

// What can be wrong with a document in the library's own form, beside wrong types.
var (
	errUnknownMember = errors.New("unknown member")
	errBadWord       = errors.New("bad word")
	errNotListed     = errors.New("not listed")
	errNoVersion     = errors.New("no version")
	errNoStatus      = errors.New("no status")
	errTooDeep       = errors.New("too deep")
)

// A form is one object of the JSON form while it is written or read. Each member is
// described once, by one call for both directions, so that what is written is read again.
// When writing, values that are zero are left out.
type form struct {
	v       jsonpos.Value // the object, when reading
	path    string        // JSON pointer of the object, when writing
	out     *jsonWriter   // nil when reading
	in      *jsonReader   // nil when writing
	loose   bool          // what is wrong here changes no answer
	strict  bool          // a member that is not known may be a mistyped one that counts
	known   []string      // the members asked for, when reading
	checked bool          // for members that nobody asked for, when reading
	some    bool          // a member was written
}

// A jsonReader is a document that is being read.
type jsonReader struct {
	opt   DecodeOptions
	errs  jsonpos.Errors // what may change an answer
	notes jsonpos.Errors // what does not
	items int
	err   error // why nothing of the document can be used
}

// A jsonWriter is a document that is being written. The first error stays.
type jsonWriter struct {
	bytes.Buffer
	err error
}

func (w *jsonWriter) value(v any) {
	e := json.NewEncoder(&w.Buffer)
	e.SetEscapeHTML(false) // "< 4.2" is to be read by people
	if err := e.Encode(v); err != nil {
		w.fail(err)
		return
	}
	w.Truncate(w.Len() - 1) // the line break that Encode adds
}

func (w *jsonWriter) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (f *form) errs() *jsonpos.Errors {
	if f.loose {
		return &f.in.notes
	}
	return &f.in.errs
}

// count returns how much was found wrong that counts, 0 when writing.
func (f *form) count() int {
	if f.in == nil {
		return 0
	}
	return f.in.errs.Count()
}

// take returns a member that is read.
func (f *form) take(name string) jsonpos.Value {
	f.known = append(f.known, name)
	return f.v.Get(name)
}

// put begins a member that is written.
func (f *form) put(name string) *jsonWriter {
	if f.some {
		f.out.WriteByte(',')
	}
	f.some = true
	f.out.value(name)
	f.out.WriteByte(':')
	return f.out
}

func (f *form) text(name string, p *string) {
	if f.in != nil {
		*p = f.take(name).Text(f.errs())
	} else if *p != "" {
		f.put(name).value(*p)
	}
}

// texts is a list of texts; a text alone is read as a list of one.
func (f *form) texts(name string, p *[]string) {
	if f.in == nil {
		if len(*p) > 0 {
			f.put(name).value(*p)
		}
		return
	}
	v := f.take(name)
	if v.Kind() == jsonpos.String {
		*p = []string{v.Text(f.errs())}
	} else if list := v.Texts(f.errs()); len(list) > 0 {
		*p = list
	}
}

func (f *form) integers(name string, p *[]int) {
	if f.in == nil {
		if *p != nil {
			f.put(name).value(*p)
		}
		return
	}
	list := f.take(name)
	if list.Kind() == jsonpos.Array {
		*p = []int{}
	}
	for v := range list.Elements(f.errs()) {
		*p = append(*p, int(v.Int(f.errs())))
	}
}

func (f *form) flag(name string, p *bool) {
	if f.in != nil {
		*p = f.take(name).Bool(f.errs())
	} else if *p {
		f.put(name).value(true)
	}
}

func (f *form) number(name string, p *float64) {
	if f.in != nil {
		*p = f.take(name).Float(f.errs())
	} else if *p != 0 {
		f.put(name).value(*p)
	}
}

func (f *form) time(name string, p *time.Time) {
	if f.in != nil {
		*p = f.in.opt.Time(f.take(name), f.errs())
	} else if !p.IsZero() {
		f.put(name).value(p.UTC())
	}
}

// word is a value of a small set that ends with last, the zero value being left out.
func word[T interface {
	~uint8
	fmt.Stringer
}](f *form, name string, p *T, last T) {
	if f.in == nil {
		if *p > last {
			f.out.fail(fmt.Errorf("%s/%s: there is no value %d", f.path, name, *p))
		} else if *p != 0 {
			f.put(name).value((*p).String())
		}
		return
	}
	v := f.take(name)
	text := v.Text(f.errs())
	if text == "" {
		return
	}
	for w := T(0); w <= last; w++ {
		if w.String() == text {
			*p = w
			return
		}
	}
	f.errs().Add(v, errBadWord, fmt.Sprintf("%.40q is no word for %s", text, name))
}

// pos is the place in the document that the advisory came from. It is written only when it
// is known and another than that in this document.
func (f *form) pos(p *Pos) {
	if f.in == nil {
		if !p.isAt(f.path) {
			f.put("pointer").value(p.Pointer)
		}
		return
	}
	*p = f.in.opt.Pos(f.v)
	if v := f.take("pointer"); v.Kind() == jsonpos.String {
		p.Pointer = v.Text(f.errs())
	}
}

// isAt tells whether a place is not known, or is the one at the path.
func (p *Pos) isAt(path string) bool { return p.Pointer == path || *p == Pos{} }

// object is a member that is an object. visit describes it.
func (f *form) object(name string, zero bool, visit func(*form)) {
	if f.in != nil {
		if v := f.take(name); v.Kind() != jsonpos.Absent {
			f.sub(v, "", visit)
		}
	} else if !zero {
		f.put(name)
		f.sub(jsonpos.Value{}, f.path+"/"+name, visit)
	}
}

// sub visits an object inside f, which is written there or read from v.
func (f *form) sub(v jsonpos.Value, path string, visit func(*form)) {
	g := &form{v: v, path: path, out: f.out, in: f.in, loose: f.loose}
	if f.in != nil {
		for range v.Members(f.errs()) {
			break // what is no object is reported here
		}
		visit(g)
		g.finish()
		return
	}
	f.out.WriteByte('{')
	visit(g)
	f.out.WriteByte('}')
}

// finish reports the members that nobody asked for, once all have been asked for that
// mean something.
func (f *form) finish() {
	if f.checked || f.in == nil {
		return
	}
	f.checked = true
	errs := &f.in.notes
	if f.strict {
		errs = &f.in.errs
	}
	for name, v := range f.v.Members(nil) {
		if !slices.Contains(f.known, name) {
			errs.Add(v, errUnknownMember, fmt.Sprintf("%.40q means nothing here", name))
		}
	}
}

// list is a member that is a list of objects. visit describes one of them.
func list[T any](f *form, name string, p *[]T, visit func(*form, *T)) {
	if f.in == nil {
		if len(*p) == 0 {
			return
		}
		f.put(name).WriteByte('[')
		for i := range *p {
			if i > 0 {
				f.out.WriteByte(',')
			}
			f.sub(jsonpos.Value{}, f.path+"/"+name+"/"+strconv.Itoa(i), func(g *form) { visit(g, &(*p)[i]) })
		}
		f.out.WriteByte(']')
		return
	}
	for v := range f.take(name).Elements(f.errs()) {
		if !f.in.room() {
			return
		}
		if v.Kind() == jsonpos.Null {
			f.errs().Add(v, jsonpos.ErrType, "expected object, found null")
		}
		var item T
		f.sub(v, "", func(g *form) { visit(g, &item) })
		*p = append(*p, item)
	}
}

// room counts one more item and tells whether there is room for it.
func (r *jsonReader) room() bool {
	r.items++
	if r.err == nil {
		r.err = r.opt.Room(r.items)
	}
	return r.err == nil
}
