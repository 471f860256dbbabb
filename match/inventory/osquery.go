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
//   - lines of the result log, or what is posted to a logger ("data"): events ("action",
//     "columns"), snapshots and batches of changes ("diffResults"); the query has to be named
//     after its table, or the columns tell. Other queries and status lines are passed over
//   - answers of a live query: objects with "rows"
//
// A row belongs to the host of its line, else of a column hostname (host_identifier ...),
// else to one host. Lines are read in their order: what an event removes is removed, and a
// snapshot takes the place of the one before it of the same query.
type osquery struct{}

func (osquery) Name() string { return "osquery" }

func (osquery) Sniff(t *Text) bool {
	doc := t.Document()
	if doc.Kind() != jsonpos.Object {
		return false
	}
	if inner := doc.Get("data"); inner.Kind() == jsonpos.Array {
		for first := range inner.Elements(nil) {
			return first.Get("hostIdentifier").Kind() != jsonpos.Absent
		}
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
			if inner := doc.Get("data"); inner.Kind() == jsonpos.Array {
				for line := range inner.Elements(nil) {
					q.document(line)
				}
			} else if doc.Kind() == jsonpos.Object {
				q.document(doc)
			}
		}
		q.flush()
	}
}

// An osqueryLog reads documents.
type osqueryLog struct {
	*gather
	unknown   map[string]bool // queries of which a row of no known table was reported
	snapshots map[[2]string]*snapshot
	open      *snapshot // that is being read
}

// A snapshot is what the rows of one query on one host became, for the next one to take its
// place.
type snapshot struct {
	m         *machine
	installed []identity
	packages  []pkg
	patches   []string
}

// begin opens the snapshot of a query and takes back the one before it.
func (q *osqueryLog) begin(host, query string) {
	key := [2]string{host, query}
	if old := q.snapshots[key]; old != nil && old.m != nil {
		for _, id := range old.installed {
			old.m.drop(id)
		}
		for _, p := range old.packages {
			old.m.dropPackage(p)
		}
		for _, name := range old.patches {
			old.m.dropPatch(name)
		}
	}
	if q.snapshots == nil {
		q.snapshots = map[[2]string]*snapshot{}
	}
	q.open = &snapshot{}
	q.snapshots[key] = q.open
}

// document finds the rows of a document.
func (q *osqueryLog) document(doc jsonpos.Value) {
	if doc.Kind() != jsonpos.Object || doc.Get("severity").Kind() != jsonpos.Absent && doc.Get("message").Kind() != jsonpos.Absent {
		return // a line of the status log
	}
	host := q.hostOf(doc)
	query := doc.Get("name").Text(nil)
	named := tableNamed(query)
	found := false
	rows := func(list jsonpos.Value, table *osqueryTable, removed bool) {
		found = true
		if list.Kind() == jsonpos.Object {
			q.row(host, query, table, list, removed)
			return
		}
		for row := range list.Elements(nil) {
			if q.done() {
				return
			}
			q.row(host, query, table, row, removed)
		}
	}
	if columns := doc.Get("columns"); columns.Kind() == jsonpos.Object {
		rows(columns, named, doc.Get("action").Text(nil) == "removed")
	}
	if list := doc.Get("snapshot"); list.Kind() == jsonpos.Array && host != "" {
		q.begin(host, query)
		rows(list, named, false)
		q.open = nil
	} else if list.Kind() == jsonpos.Array {
		rows(list, named, false)
	}
	for _, name := range [...]string{"/rows", "/diffResults/added"} {
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
		q.row(host, "", nil, doc, false)
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
func (q *osqueryLog) row(host, query string, table *osqueryTable, row jsonpos.Value, removed bool) {
	if table == nil {
		table = tableOf(row)
	}
	if table == nil {
		q.other(host, query, row)
		return
	}
	r := osqueryRow{q: q, value: row}
	q.gather.row = rowText(row.Raw())
	for _, column := range hostColumns {
		if host != "" {
			break
		}
		if column != "csname" || table.name == "patches" {
			host = r.get(column)
		}
	}
	m := q.host(host)
	r.m, r.removed = m, removed
	if q.open != nil {
		q.open.m = m
	}
	table.read(&r)
	q.failJSON(m.ID, &r.errs)
}

// maxQueries is of how many queries one word each is said that they are not known.
const maxQueries = 50

// other says that the rows of a query are of no known table. A log holds the results of any
// query, and those of others lose nothing; rows without a query are the inventory itself.
func (q *osqueryLog) other(host, query string, row jsonpos.Value) {
	if q.unknown[query] || len(q.unknown) >= maxQueries {
		return
	}
	if q.unknown == nil {
		q.unknown = map[string]bool{}
	}
	q.unknown[query] = true
	e := &Error{Host: host, Warning: query != "", Err: because(ErrFormat, "a row of no table that is known: %s", short(row.Raw()))}
	if query != "" {
		e.Err = because(ErrFormat, "query %q is of no table that is known, its rows are passed over", short(query))
	}
	q.fail(q.place(e, spot{value: row}))
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
	id := identity{vendor: in.Vendor, product: in.Product, version: in.Version}
	if r.removed {
		r.m.drop(id)
		return
	}
	r.q.addOnce(r.m, in)
	if s := r.q.open; s != nil {
		s.installed = append(s.installed, id)
	}
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
		if s := r.q.open; s != nil {
			s.packages = append(s.packages, p)
		}
	}
}

// patch gives the host a patch, or takes it away.
func (r *osqueryRow) patch(name string) {
	if r.removed {
		r.m.dropPatch(name)
		return
	}
	r.q.patch(r.m, name)
	if s := r.q.open; s != nil {
		s.patches = append(s.patches, name)
	}
}

// platform gives the host what it runs on, in the place of what an earlier row of the table
// said.
func (r *osqueryRow) platform(table string, in match.Installation) {
	if at, known := r.m.stated[table]; known {
		in.Row = r.q.gather.row
		r.m.Platforms[at[0]], r.m.Installations[at[1]] = in, in
		return
	}
	if r.m.stated == nil {
		r.m.stated = map[string][2]int{}
	}
	at := [2]int{len(r.m.Platforms), len(r.m.Installations)}
	if r.q.platform(r.m, in); len(r.m.Platforms) > at[0] {
		r.m.stated[table] = at
	}
}
