package inventory

import (
	"fmt"
	"iter"
	"strings"

	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/match"
	"github.com/affected-go/affected/purl"
	"github.com/affected-go/affected/purl/cpe"
)

// A record is one row.
type record struct {
	at     [columns]int // indexes of names and values
	names  []string     // folded
	values []string
	value  jsonpos.Value    // the row of a JSON text
	spot   func(i int) spot // of a value, of the row for -1
}

func (r *record) get(c column) string {
	if i := r.at[c]; i >= 0 {
		return strings.TrimSpace(r.values[i])
	}
	return ""
}

// where returns the place of a column, of the row when it has none.
func (r *record) where(c column) spot { return r.spot(r.at[c]) }

// installation turns a row into an installation. ok is false when it names no product; what
// cannot be used is reported.
func (r *record) installation(g *gather) (in match.Installation, ok bool) {
	in = match.Installation{
		Vendor: r.get(colVendor), Product: r.get(colProduct), Version: r.get(colVersion),
		Model: r.get(colModel), Serial: r.get(colSerial), SKU: r.get(colSKU),
	}
	whole := true
	wrong := func(c column, err error) {
		g.fail(g.place(&Error{Host: r.get(colHost), Err: fmt.Errorf("%s: %w", columnNames[c], err)}, r.where(c)))
		whole = false
	}
	if text := r.get(colPURL); text != "" {
		u, _, err := purl.ParseLenient(text)
		switch {
		case !strings.HasPrefix(strings.ToLower(text), "pkg:"):
			wrong(colPURL, because(ErrValue, "%q does not begin with %q", short(text), "pkg:"))
		case err != nil:
			wrong(colPURL, because(ErrValue, "%v", err))
		}
		in.PURL = u
	}
	if text := r.get(colCPE); text != "" {
		n, _, err := cpe.ParseLenient(text)
		switch {
		case !strings.HasPrefix(strings.ToLower(text), "cpe:"):
			wrong(colCPE, because(ErrValue, "%q does not begin with %q", short(text), "cpe:"))
		case err != nil:
			wrong(colCPE, because(ErrValue, "%v", err))
		}
		in.CPE = n
	}
	for _, c := range [...]column{colPlatform, colArchitecture, colEdition} {
		if value := r.get(c); value != "" {
			if in.Facts == nil {
				in.Facts = match.Facts{}
			}
			in.Facts[columnNames[c]] = value
		}
	}
	ok = in.Product != "" || in.PURL.IsValid() || in.CPE.IsValid()
	if !ok && whole {
		g.wrong(r.get(colHost), r.spot(-1), ErrValue, "the row names no product, purl or CPE")
	}
	return in, ok
}

// rowLists are where interfaces and exports put their rows: OData, ServiceNow, NetBox and
// Fleet, Wazuh, OpenSearch.
var rowLists = []string{"/value", "/result", "/results", "/data/affected_items", "/hits/hits", "/rows", "/records", "/items"}

// jsonRows yields the rows of a document: the objects of its list, or itself.
func jsonRows(doc jsonpos.Value) iter.Seq[jsonpos.Value] {
	return func(yield func(jsonpos.Value) bool) {
		for _, path := range rowLists {
			list := doc.At(path)
			if list.Kind() != jsonpos.Array {
				continue
			}
			for row := range list.Elements(nil) {
				if source := row.Get("_source"); source.Kind() == jsonpos.Object {
					row = source
				}
				if !yield(row) {
					return
				}
			}
			return
		}
		if doc.Kind() == jsonpos.Object {
			yield(doc)
		}
	}
}

// How far a row is looked into.
const (
	maxRowDepth = 4
	maxRowNames = 1000
)

// flatten turns an object into a record: the members of objects in it have the names of both
// joined. An object that carries its text for display is that text (ServiceNow).
// usual are other heads of names (Options.Columns).
func flatten(row jsonpos.Value, usual map[string]string, errs *jsonpos.Errors) record {
	r := record{value: row}
	var places []jsonpos.Value
	r.spot = func(i int) spot {
		if i >= 0 {
			return spot{value: places[i]}
		}
		return spot{value: row}
	}
	var walk func(prefix string, v jsonpos.Value, depth int)
	walk = func(prefix string, v jsonpos.Value, depth int) {
		for name, member := range v.Members(errs) {
			text := ""
			switch member.Kind() {
			case jsonpos.Object:
				if shown := member.Get("display_value"); shown.Kind() == jsonpos.String {
					text = shown.Text(errs)
				} else if depth < maxRowDepth {
					walk(prefix+name+".", member, depth+1)
					continue
				}
			case jsonpos.String:
				text = member.Text(errs)
			case jsonpos.Number:
				text = member.Number(errs)
			case jsonpos.Bool:
				text = member.Raw()
			case jsonpos.Array:
				continue
			}
			if len(r.names) < maxRowNames {
				head := prefix + name
				if usual, ok := usual[head]; ok {
					head = usual
				}
				r.names = append(r.names, foldHead(head))
				r.values = append(r.values, text)
				places = append(places, member)
			}
		}
	}
	walk("", row, 0)
	return r
}
