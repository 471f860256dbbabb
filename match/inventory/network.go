package inventory

import (
	"iter"
	"strings"

	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/match"
)

// fortiOS is what a Fortinet device tells about itself: the answer of the REST interface to
// monitor/system/status, one or many, or the text of "get system status".
type fortiOS struct{}

func (fortiOS) Name() string { return "fortios" }

func (fortiOS) Sniff(t *Text) bool {
	doc := t.Document()
	if doc.Kind() != jsonpos.Absent {
		return doc.Get("serial").Kind() == jsonpos.String && doc.Get("build").Kind() == jsonpos.Number && doc.Get("version").Kind() == jsonpos.String
	}
	version, _, _ := strings.Cut(t.firstLine(), ":")
	return strings.TrimSpace(version) == "Version" && holds(t.firstLine(), "forti")
}

func (fortiOS) Read(t *Text, opt Options) iter.Seq2[*match.Host, error] {
	return func(yield func(*match.Host, error) bool) {
		g := newGather(opt, yield)
		if t.isJSON() {
			for doc, err := range t.Documents() {
				if err != nil {
					g.fail(fromJSON(err))
				}
				if doc.Kind() != jsonpos.Absent && !g.done() {
					readFortiStatus(g, doc)
				}
			}
		} else {
			readFortiText(g, t)
		}
		g.flush()
	}
}

// readFortiStatus reads one answer of the REST interface. The serial number, version and
// build stand beside the results.
func readFortiStatus(g *gather, doc jsonpos.Value) {
	var errs jsonpos.Errors
	results := doc.Get("results")
	model := results.Get("model_name").Text(&errs)
	if number := results.Get("model_number").Text(&errs); model != "" && number != "" {
		model += "-" + number
	}
	if model == "" {
		model = results.Get("model").Text(&errs)
	}
	version := doc.Get("version").Text(&errs)
	if build := doc.Get("build").Number(&errs); version != "" && build != "" {
		version += ",build" + build
	}
	d := device{"Fortinet", model, doc.Get("serial").Text(&errs), "", version}
	if !begins(model, "forti") {
		d.product = "FortiOS" // only it has this interface
	}
	id := results.Get("hostname").Text(&errs)
	if id == "" {
		id = d.serial
	}
	g.row = rowText(doc.Raw())
	g.device(id, d, spot{value: doc})
	g.failJSON(id, &errs)
}

// readFortiText reads "get system status": a line for each fact.
func readFortiText(g *gather, t *Text) {
	facts := map[string]string{}
	l := newLines(t)
	line := 0
	var rows []string
	for l.next() {
		if l.err != nil {
			g.fail(&Error{Line: l.n, Err: l.err})
			continue
		}
		name, value, ok := strings.Cut(l.text, ":")
		if name = strings.ToLower(strings.TrimSpace(name)); ok && len(facts) < maxFields && facts[name] == "" {
			facts[name] = strings.TrimSpace(value)
			switch name {
			case "version":
				line = l.n
				fallthrough
			case "hostname", "serial-number":
				rows = append(rows, l.text)
			}
		}
	}
	if l.err != nil {
		g.fail(&Error{Line: l.n, Err: l.err})
	}
	model, _, ok := strings.Cut(facts["version"], " ")
	if !ok {
		model = ""
	}
	g.row = rowText(strings.Join(rows, "\n"))
	g.device(facts["hostname"], device{"Fortinet", model, facts["serial-number"], "", facts["version"]}, spot{line: line})
}

// napalm is what the getter get_facts of NAPALM returns: an object of facts, or an object of
// hosts with their facts, as it is or below "facts" or "get_facts".
type napalm struct{}

func (napalm) Name() string { return "napalm" }

func (napalm) Sniff(t *Text) bool {
	for range deviceFacts(t.Document()) {
		return true
	}
	return false
}

func (napalm) Read(t *Text, opt Options) iter.Seq2[*match.Host, error] {
	return func(yield func(*match.Host, error) bool) {
		g := newGather(opt, yield)
		for doc, err := range t.Documents() {
			if err != nil {
				g.fail(fromJSON(err))
			}
			for name, facts := range deviceFacts(doc) {
				if g.done() {
					break
				}
				readFacts(g, name, facts)
			}
		}
		g.flush()
	}
}

// deviceFacts yields the facts in a document, with the name under which they stand.
func deviceFacts(doc jsonpos.Value) iter.Seq2[string, jsonpos.Value] {
	isFacts := func(v jsonpos.Value) bool {
		return v.Get("os_version").Kind() != jsonpos.Absent && (v.Get("vendor").Kind() != jsonpos.Absent || v.Get("model").Kind() != jsonpos.Absent)
	}
	inside := func(v jsonpos.Value) (jsonpos.Value, bool) {
		for _, name := range [...]string{"", "facts", "get_facts"} {
			facts := v
			if name != "" {
				facts = v.Get(name)
			}
			if isFacts(facts) {
				return facts, true
			}
		}
		return jsonpos.Value{}, false
	}
	return func(yield func(string, jsonpos.Value) bool) {
		if facts, ok := inside(doc); ok {
			yield("", facts)
			return
		}
		for name, member := range doc.Members(nil) {
			if facts, ok := inside(member); ok && !yield(name, facts) {
				return
			}
		}
	}
}

func readFacts(g *gather, name string, facts jsonpos.Value) {
	var errs jsonpos.Errors
	text := func(member string) string { return strings.TrimSpace(facts.Get(member).Text(&errs)) }
	id := text("fqdn")
	if id == "" || strings.EqualFold(id, "unknown") || strings.EqualFold(id, "not set") {
		id = text("hostname")
	}
	if name != "" {
		id = name
	}
	g.row = rowText(facts.Raw())
	g.device(id, device{text("vendor"), text("model"), text("serial_number"), "", text("os_version")}, spot{value: facts.Get("os_version")})
	g.failJSON(id, &errs)
}
