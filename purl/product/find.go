package product

import (
	"slices"
	"strings"
)

// A question is what looking a name up needs, and what it found out. It is large and lives on
// the stack of the asker.
type question struct {
	reading reading
	entry   *Entry // the one product, nil for none
	links   []ref  // the links to several products; those of the class best count
	best    int
	level   Level
	since   string // the date of a renaming on the way
	written [2]string
	led     bool // the vendor was read from the front of the name
}

// find reads a pair of names and looks it up: as it stands, then without what stands behind the
// name, then under the vendors that products went to or came from. It appends the key of what
// the catalog holds or, when it holds nothing, the folded names.
func (c *Catalog) find(q *question, dst []byte, vendor, name string, k kind) []byte {
	start := len(dst)
	q.written = [2]string{vendor, name}
	dst, begin := c.read(&q.reading, dst, vendor, name)
	if begin == start+1 {
		return c.findAlone(q, dst, start, k)
	}
	if !c.look(q, dst, start, begin, k) && !c.findMoved(q, dst[start:begin-1], k) {
		q.level = Name
		if q.reading.applied&softRules != 0 {
			q.level = Alias
		}
	}
	return q.finish(dst, begin)
}

// look looks up the whole name in dst[start:], whose product begins at begin, then its core.
func (c *Catalog) look(q *question, dst []byte, start, begin int, k kind) bool {
	whole := dst[start:]
	if c.choose(q, c.names[string(whole)], nil, k) {
		return true
	}
	var room [128]byte
	core := q.reading.appendCore(append(room[:0], dst[start:begin]...))
	return c.choose(q, c.cores[string(core)], whole, k)
}

// findMoved looks for the core under the vendor that the products went to, and under those that
// they came from.
func (c *Catalog) findMoved(q *question, vendor []byte, k kind) bool {
	var room [128]byte
	if to, moved := c.former[string(vendor)]; moved {
		core := q.reading.appendCore(append(append(room[:0], to.key...), '/'))
		if c.choose(q, c.cores[string(core)], core, k) {
			q.level, q.since = min(q.level, Alias), to.date
			return true
		}
	}
	for _, from := range c.gained[string(vendor)] {
		core := q.reading.appendCore(append(append(room[:0], from...), '/'))
		if c.choose(q, c.cores[string(core)], core, k) {
			q.level, q.since = min(q.level, Alias), c.former[from].date
			return true
		}
	}
	return false
}

// findAlone looks up a name without a vendor: one that stands alone in the catalog, or one that
// begins with the name of a vendor, if the vendor has such a product.
func (c *Catalog) findAlone(q *question, dst []byte, start int, k kind) []byte {
	r := &q.reading
	if c.choose(q, c.names[string(dst[start:])], nil, k) {
		return q.finish(dst, start+1)
	}
	for next := r.count - 1; next > 0; next-- {
		vendor, known := c.vendors[string(r.front(next))]
		if !known {
			continue
		}
		r.read(next)
		led := append(append(dst[:start], vendor...), '/')
		begin := len(led)
		led = r.appendWhole(led)
		if c.look(q, led, start, begin, k) && q.entry != nil {
			q.level, q.led = min(q.level, Alias), true
			return q.finish(led, begin)
		}
		q.entry, q.links = nil, nil
	}
	r.read(0)
	q.level = Possible
	return r.appendKey(append(dst[:start], '/'))
}

// finish replaces the whole name by what is its key when the catalog does not hold it.
func (q *question) finish(dst []byte, begin int) []byte {
	if q.reading.hidden {
		q.level = Possible
	}
	if q.since == "" {
		q.since = q.reading.since
	}
	return q.reading.appendKey(dst[:begin])
}

// choose takes the best of the links that a name leads to and tells whether there is any. Links
// to several products are an answer, too: a Possible one. whole is the name where the links
// belong to its core only, nil where they belong to itself.
func (c *Catalog) choose(q *question, links []ref, whole []byte, k kind) bool {
	var first *ref
	several := false
	q.best = noClass
	for i := range links {
		l := &links[i]
		class := exactClass
		if whole != nil {
			class = q.reading.class(l)
			if class != noClass && l.soft == (q.reading.applied&softRules != 0) {
				class |= sameWords
			}
			if class != noClass && l.system == q.reading.system {
				class |= sameSystem
			}
		}
		if class < q.best || class == noClass || !k.means(l.entry) || whole != nil && c.denies(l.entry, whole) {
			continue
		}
		if class > q.best {
			first, several, q.best = l, false, class
		} else if first.entry != l.entry {
			several = true
		} else if l.level > first.level {
			first = l
		}
	}
	if first == nil {
		return false
	}
	if several && whole == nil {
		if alike := q.writtenAlike(links); alike != nil {
			q.entry, q.since, q.level, q.best = alike.entry, alike.since, min(alike.level, Alias), exactClass
			return true
		}
	}
	if several {
		q.links, q.level = links, Possible
		q.best &^= sameWords | sameSystem
		return true
	}
	q.entry, q.since, q.level = first.entry, first.since, first.level
	q.best &^= sameWords | sameSystem
	if whole != nil && (q.best != exactClass || first.soft || q.reading.applied&softRules != 0) {
		q.level = min(q.level, Alias)
	}
	return true
}

// writtenAlike returns the one link of which more is written as in the question than of the others:
// node.js before nodejs, where a catalog has both.
func (q *question) writtenAlike(links []ref) (best *ref) {
	most := 0
	for i := range links {
		l, alike := &links[i], 0
		if isWrittenAs(l.name, q.written[1]) {
			alike = 2
		}
		if isWrittenAs(l.vendor, q.written[0]) {
			alike++
		}
		switch {
		case alike > most:
			best, most = l, alike
		case alike == most && best != nil && best.entry != l.entry:
			best = nil
		}
	}
	return best
}

// isWrittenAs compares two texts without the case of letters; an underscore is a blank, and what is
// quoted stands for itself.
func isWrittenAs(a, b string) bool {
	for {
		a, b = strings.TrimPrefix(a, `\`), strings.TrimPrefix(b, `\`)
		if a == "" || b == "" {
			return a == b
		}
		x, y := lowerASCII(a[0]), lowerASCII(b[0])
		if x != y && (x != '_' && x != ' ' || y != '_' && y != ' ') {
			return false
		}
		a, b = a[1:], b[1:]
	}
}

// The classes say how the release of a name goes with that of a link. Of two links of one class the
// one counts that has as many words dropped as the name, a device before its firmware, and is for the
// same system: "Firefox (x64 en-US)" is Firefox before Firefox for iOS.
const (
	sameSystem   = 1
	sameWords    = 2
	noClass      = 4 * iota
	familyClass  // the link has a release, the name has none
	releaseClass // the name has a release, the link has none
	levelClass   // both have the same, one of them with a level of updates behind it
	exactClass   // both have the same, or none
)

func (r *reading) class(l *ref) int {
	if r.system != noPlatform && l.system != noPlatform && r.system != l.system {
		return noClass
	}
	switch {
	case r.length == 0 && l.release == "":
		return exactClass
	case r.length == 0:
		return familyClass
	case l.release == "":
		return releaseClass
	}
	var room [64]byte
	full := r.appendRelease(room[:0], true)
	own := r.ownLength()
	switch {
	case string(full) == l.full:
		return exactClass
	case string(full[:own]) == l.release && (own == len(full) || len(l.release) == len(l.full)):
		return levelClass
	}
	return noClass
}

// denies tells whether an entry denies folded names.
func (c *Catalog) denies(e *Entry, whole []byte) bool {
	return len(e.Deny) > 0 && slices.ContainsFunc(c.denied[e], func(d string) bool { return d == string(whole) })
}

// read reads a name with the vendor names of the catalog: each of them leads to one vendor, and
// each may stand in front of the product ("Citrix NetScaler ADC" of Cloud Software Group). A
// vendor that went to this one and stands in front keeps its products ("VMware Workstation" of
// Broadcom). It appends vendor, slash and the words behind the vendor, which begin at begin.
func (c *Catalog) read(r *reading, dst []byte, vendor, name string) (key []byte, begin int) {
	start := len(dst)
	r.split(name)
	dst = AppendVendor(dst, vendor)
	if len(dst) == start {
		r.since, r.by, r.tails = "", 0, nil
		r.read(0)
		dst = append(dst, '/')
		return r.appendWhole(dst), len(dst)
	}
	own, known := c.vendors[string(dst[start:])]
	r.since = ""
	if f, moved := c.former[string(dst[start:])]; moved && f.key == own {
		r.since = f.date
	}
	if known {
		dst = append(dst[:start], own...)
	}
	from := 0
	for i := r.count - 1; i > 0 && from == 0; i-- {
		front := r.front(i)
		if string(front) == string(dst[start:]) || known && c.vendors[string(front)] == own {
			from = i
		} else if f, moved := c.former[string(front)]; moved && f.key == string(dst[start:]) {
			from, r.since = i, f.date
			dst = append(dst[:start], front...)
			if own, known := c.vendors[string(front)]; known {
				dst = append(dst[:start], own...)
			}
		}
	}
	r.by, r.tails = 0, c.tails[string(dst[start:])]
	if by, name := r.behindBy(from); by > 0 && (string(name) == string(dst[start:]) || known && c.vendors[string(name)] == own) {
		r.by = by
	}
	from = r.behindBrand(c.brands[string(dst[start:])], r.again(from))
	dst = append(dst, '/')
	r.read(from)
	return r.appendWhole(dst), len(dst)
}

// behindBrand returns where the product begins behind the longest of the brands, from where none stands
// in front.
func (r *reading) behindBrand(brands []string, from int) int {
	begin, behind := int(r.list[from].start), from
	for _, brand := range brands {
		end := begin + len(brand)
		if end >= len(r.text()) || string(r.text()[begin:end]) != brand {
			continue
		}
		for i := behind + 1; i < r.count; i++ {
			if int(r.list[i].start) == end {
				behind = i
			}
		}
	}
	return behind
}
