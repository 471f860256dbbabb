package inventory

import (
	"iter"
	"strings"

	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/match"
)

// osquery is what osquery prints and logs, of one host or of many:
//
//   - rows of osqueryi --json, in one array or one a line; their table is told by their columns
//   - an object with tables by name: {"programs": [...], "os_version": [...]}
//   - lines of the result log: events ("action", "columns"), snapshots and batches of changes
//     ("diffResults"); the query has to be named after its table, or the columns tell
//   - answers of a live query: objects with "rows"
//
// A row belongs to the host of its line, else of a column hostname (host_identifier ...),
// else to one host. What an event removes is removed.
type osquery struct{}

func (osquery) Name() string { return "osquery" }

func (osquery) Sniff(t *Text) bool {
	doc := t.Document()
	if doc.Kind() != jsonpos.Object {
		return false
	}
	if doc.Get("hostIdentifier").Kind() != jsonpos.Absent || doc.Get("columns").Kind() == jsonpos.Object && doc.Get("action").Kind() == jsonpos.String {
		return true
	}
	for name, member := range doc.Members(nil) {
		if member.Kind() == jsonpos.Array && tableNamed(name) != nil {
			return true
		}
	}
	if rows := doc.Get("rows"); rows.Kind() == jsonpos.Array {
		for row := range rows.Elements(nil) {
			return tableOf(row) != nil
		}
	}
	return tableOf(doc) != nil
}

func (osquery) Read(t *Text, opt Options) iter.Seq2[*match.Host, error] {
	return func(yield func(*match.Host, error) bool) {
		q := osqueryLog{gather: newGather(opt, yield)}
		q.one = true
		for doc, err := range t.Documents() {
			if err != nil {
				q.fail(fromJSON(err))
			}
			if q.done() {
				break
			}
			if doc.Kind() == jsonpos.Object {
				q.document(doc)
			}
		}
		q.flush()
	}
}

// An osqueryLog reads documents.
type osqueryLog struct {
	*gather
	unknown bool // a row of no known table was reported
}

// document finds the rows of a document.
func (q *osqueryLog) document(doc jsonpos.Value) {
	host := q.hostOf(doc)
	named := tableNamed(doc.Get("name").Text(nil))
	found := false
	rows := func(list jsonpos.Value, table *osqueryTable, removed bool) {
		found = true
		if list.Kind() == jsonpos.Object {
			q.row(host, table, list, removed)
			return
		}
		for row := range list.Elements(nil) {
			if q.done() {
				return
			}
			q.row(host, table, row, removed)
		}
	}
	if columns := doc.Get("columns"); columns.Kind() == jsonpos.Object {
		rows(columns, named, doc.Get("action").Text(nil) == "removed")
	}
	for _, name := range [...]string{"/snapshot", "/rows", "/diffResults/added"} {
		if list := doc.At(name); list.Kind() == jsonpos.Array {
			rows(list, named, false)
		}
	}
	if list := doc.At("/diffResults/removed"); list.Kind() == jsonpos.Array {
		rows(list, named, true)
	}
	for name, member := range doc.Members(nil) {
		if table := tableNamed(name); table != nil && member.Kind() == jsonpos.Array {
			rows(member, table, false)
		}
	}
	if !found {
		q.row(host, nil, doc, false)
	}
}

// hostOf returns what a line says about its host.
func (q *osqueryLog) hostOf(doc jsonpos.Value) string {
	for _, path := range [...]string{"/hostIdentifier", "/decorations/hostname", "/host_hostname", "/hostname", "/host", "/host_display_name"} {
		if v := doc.At(path); v.Kind() == jsonpos.String && v.Text(nil) != "" {
			return v.Text(nil)
		}
	}
	return ""
}

// hostColumns are what queries call the column of the host that they join with.
var hostColumns = []string{"host_identifier", "hostname", "host_hostname", "host_uuid", "csname", "computer_name"}

// row reads one row.
func (q *osqueryLog) row(host string, table *osqueryTable, row jsonpos.Value, removed bool) {
	if table == nil {
		table = tableOf(row)
	}
	if table == nil {
		if !q.unknown { // a query can return anything: one word about it is enough
			q.unknown = true
			q.wrong(host, spot{value: row}, ErrFormat, "a row of no table that is known: %s", short(row.Raw()))
		}
		return
	}
	r := osqueryRow{q: q, value: row}
	for _, column := range hostColumns {
		if host != "" {
			break
		}
		if column != "csname" || table.name == "patches" {
			host = r.get(column)
		}
	}
	m := q.host(host)
	r.m = m
	if removed {
		r.removed = true
	}
	table.read(&r)
	q.failJSON(m.ID, &r.errs)
}

// An osqueryRow is a row of a known table.
type osqueryRow struct {
	q       *osqueryLog
	m       *machine
	value   jsonpos.Value
	errs    jsonpos.Errors
	removed bool
}

// get returns a column. All are texts in osquery; other writers keep numbers.
func (r *osqueryRow) get(column string) string {
	v := r.value.Get(column)
	if v.Kind() == jsonpos.Number {
		return v.Number(&r.errs)
	}
	return strings.TrimSpace(v.Text(&r.errs))
}

// add gives the host an installation, or takes it away.
func (r *osqueryRow) add(in match.Installation) {
	if in.Product == "" {
		return // programs without a name are parts that Windows does not show
	}
	if !r.removed {
		r.q.addOnce(r.m, in)
		return
	}
	r.m.drop(identity{vendor: in.Vendor, product: in.Product, version: in.Version})
}

// pack gives the host a package, or takes it away.
func (r *osqueryRow) pack(p pkg) {
	switch {
	case r.removed:
		r.m.dropPackage(p)
	case p.name == "":
		r.q.wrong(r.m.ID, spot{value: r.value}, ErrValue, "a package without a name")
	case p.version == "":
		r.q.wrong(r.m.ID, spot{value: r.value}, ErrValue, "package %s has no version", short(p.name))
	default:
		r.q.pack(r.m, p, spot{value: r.value})
	}
}
