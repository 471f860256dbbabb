package inventory

import (
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory/jsonpos"
	"github.com/affected-go/affected/match"
)

// A gather keeps the hosts of a table or list together while it is read, and yields them.
type gather struct {
	opt   Options
	yield func(*match.Host, error) bool

	row     string // that is being read, as it stands there; see rowText
	order   []*machine
	byID    map[string]*machine
	one     bool // what names no host belongs to one host
	unnamed *machine
	held    int  // installations
	placed  int  // errors whose line was looked for
	damaged bool // something could not be read, so that no host is complete
	full    bool // the limit was reached
	stopped bool // the caller has had enough
}

// A machine is a host that is being gathered.
type machine struct {
	*match.Host
	distro   string            // "debian-12"
	packages []pkg             // their purls need the distribution, which may come last
	spots    []spot            // of the packages
	index    map[pkg]int       // of packages, once one was dropped
	seen     map[identity]int  // indexes of what addOnce was given
	patched  map[string]bool   // by name; false: dropped again
	stated   map[string][2]int // indexes of platforms that a table states once
	complete bool              // the source says that it lists everything
	lost     bool              // something of this host could not be read
}

// identity is what two views of one list have in common.
type identity struct{ vendor, product, version, purl, cpe, architecture string }

func newGather(opt Options, yield func(*match.Host, error) bool) *gather {
	return &gather{opt: opt, yield: yield, byID: map[string]*machine{}}
}

// done tells whether there is any use in reading on.
func (g *gather) done() bool { return g.stopped || g.full }

// fail yields an error. It returns false, for callers that return that.
func (g *gather) fail(e *Error) bool {
	if e.File == "" {
		e.File = g.opt.File
	}
	if !e.Warning {
		if m := g.byID[e.Host]; m != nil && e.Host != "" {
			m.lost = true
		} else {
			g.damaged = true
		}
	}
	if !g.stopped && !g.yield(nil, e) {
		g.stopped = true
	}
	return false
}

// A spot is a place in a text or document, as long as nobody has asked for it.
type spot struct {
	line, column int
	value        jsonpos.Value
	row          string // of a package
}

// maxRow is how much of a row is kept for the evidence.
const maxRow = 4 << 10

// rowText cuts a row that is too long to be shown.
func rowText(text string) string {
	if len(text) <= maxRow {
		return text
	}
	return strings.ToValidUTF8(text[:maxRow], "") + "..."
}

// maxPlaced is for how many errors the line in a JSON document is looked for, which takes as
// long as the document is. Those behind have their pointer.
const maxPlaced = 200

// wrong yields an error about a host and a spot.
func (g *gather) wrong(host string, at spot, kind error, format string, args ...any) bool {
	return g.fail(g.place(&Error{Host: host, Err: because(kind, format, args...)}, at))
}

// place completes an error.
func (g *gather) place(e *Error, at spot) *Error {
	e.Line, e.Column = at.line, at.column
	if at.value.Kind() == jsonpos.Absent {
		return e
	}
	if g.placed++; g.placed > maxPlaced {
		e.Pointer = at.value.Pointer()
		return e
	}
	fault := at.value.Fault(nil, "")
	e.Line, e.Column, e.Pointer = fault.Line, fault.Column, fault.Pointer
	return e
}

// failJSON yields errors of the JSON reader.
func (g *gather) failJSON(host string, errs *jsonpos.Errors) {
	for _, err := range errs.List() {
		e := fromJSON(err)
		e.Host = host
		g.fail(e)
	}
}

// host returns the machine with an id. What names no host is of a new one each time, unless
// all of it is of one.
func (g *gather) host(id string) *machine {
	if id == "" {
		id = g.opt.Host
	}
	if m := g.byID[id]; m != nil && id != "" {
		return m
	}
	if id == "" && g.one && g.unnamed != nil {
		return g.unnamed
	}
	if g.opt.Grouped {
		g.flush()
	}
	m := &machine{Host: &match.Host{ID: id}, distro: g.opt.Distro}
	g.order = append(g.order, m)
	if g.unnamed = nil; id == "" {
		g.unnamed = m
	} else {
		g.byID[id] = m
	}
	return m
}

// add gives a machine an installation.
func (g *gather) add(m *machine, in match.Installation) {
	if g.room(1) {
		in.Row = g.row
		m.Installations = append(m.Installations, in)
	}
}

// addOnce is add for sources that list the same thing more than once.
func (g *gather) addOnce(m *machine, in match.Installation) {
	id := identity{in.Vendor, in.Product, in.Version, in.PURL.String(), in.CPE.String(), in.Facts["architecture"]}
	if _, again := m.seen[id]; again {
		return
	}
	if m.seen == nil {
		m.seen = map[identity]int{}
	}
	m.seen[id] = len(m.Installations)
	g.add(m, in)
}

// drop takes away what addOnce gave. What is dropped leaves a gap that finish closes, so that
// a log of many changes costs no more than its length.
func (m *machine) drop(id identity) {
	if i, ok := m.seen[id]; ok && i < len(m.Installations) {
		m.Installations[i] = match.Installation{}
		delete(m.seen, id)
	}
}

// dropPackage takes a package away.
func (m *machine) dropPackage(p pkg) {
	if m.index == nil {
		m.index = map[pkg]int{}
		for i := range m.packages {
			m.index[m.packages[i]] = i
		}
	}
	if i, ok := m.index[p]; ok {
		m.packages[i] = pkg{}
		delete(m.index, p)
	}
}

// dropPatch takes a patch away.
func (m *machine) dropPatch(name string) {
	if m.patched[name] {
		m.patched[name] = false
	}
}

// platform gives a machine what it runs on. It is installed too, and can be affected itself.
func (g *gather) platform(m *machine, in match.Installation) {
	if g.room(2) {
		in.Row = g.row
		m.Platforms = append(m.Platforms, in)
		m.Installations = append(m.Installations, in)
	}
}

// pack gives a machine a package. at is where it stands, for the error that its purl may
// have.
func (g *gather) pack(m *machine, p pkg, at spot) {
	if !g.room(1) {
		return
	}
	if m.index != nil {
		m.index[p] = len(m.packages)
	}
	at.row = g.row
	m.packages, m.spots = append(m.packages, p), append(m.spots, at)
}

// room counts what is held. Once it is too much, reading ends.
func (g *gather) room(n int) bool {
	if g.full {
		return false
	}
	if g.held += n; g.held > g.opt.Limits.installations() {
		g.full = true
		g.fail(&Error{Err: because(ErrLimit, "more than %d installations at once: what follows is not read", g.opt.Limits.installations())})
		return false
	}
	return true
}

// flush yields the machines that were gathered.
func (g *gather) flush() {
	order := g.order
	for _, m := range order {
		g.finish(m) // before any is yielded, so that none is complete when one is not
	}
	for _, m := range order {
		if g.stopped {
			break
		}
		if g.opt.Complete && !g.damaged && !m.lost {
			m.InstallationsComplete, m.PlatformsComplete = true, len(m.Platforms) > 0 // every host runs on something
		}
		if g.opt.PatchList != match.NoPatches && !g.damaged && !m.lost {
			m.PatchList = g.opt.PatchList
		}
		if m.complete && !g.damaged && !m.lost {
			m.InstallationsComplete = true
		}
		g.stopped = !g.yield(m.Host, nil)
	}
	g.order, g.unnamed, g.held = nil, nil, 0
	clear(g.byID)
}

// finish builds what needed the whole of a machine.
func (g *gather) finish(m *machine) {
	g.purls(m)
	m.Installations = slices.DeleteFunc(m.Installations, func(in match.Installation) bool {
		return in.Product == "" && !in.PURL.IsValid() && !in.CPE.IsValid() && in.Model == "" && len(in.Hashes) == 0 && len(in.Tags) == 0
	})
	g.sources(m)
	m.Patches = slices.DeleteFunc(m.Patches, func(name string) bool { return !m.patched[name] })
	for i := range m.Installations {
		m.Installations[i].Host = m.Host
	}
	for i := range m.Platforms {
		m.Platforms[i].Host = m.Host
	}
}

// patch notes a patch of a machine. No source here lists all: Windows leaves out what MSI
// installed (osquery, table patches).
func (g *gather) patch(m *machine, name string) {
	m.PatchList = max(m.PatchList, match.SomePatches)
	name = strings.TrimSpace(name)
	listed, known := m.patched[name]
	if name == "" || listed || !g.room(1) {
		return
	}
	if m.patched == nil {
		m.patched = map[string]bool{}
	}
	m.patched[name] = true
	if !known {
		m.Patches = append(m.Patches, name)
	}
}
