package match

import (
	"cmp"
	"hash/fnv"
	"maps"
	"slices"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// A probe is a version and its key, by which a file finds out that a scheme has changed.
type probe struct{ version, key string }

func (f *fileWriter) packer() packer { return packer{texts: &f.texts} }

// claim writes what a claim has of its own, and where the rest stands.
func (f *fileWriter) claim(c *claim, main bool) []byte {
	p := f.packer()
	p.uint(uint64(c.vulnerability))
	p.uint(uint64(c.source))
	p.uint(uint64(c.product))
	p.uint(uint64(c.saying))
	p.count(f.reading(c))
	p.count(f.condition(c))
	p.count(f.product(c.identity, main))
	p.time(c.modified)
	return p.buf
}

// product writes what the product of a claim is identified by. Its key is that of the index, where
// there is one. The name is asked for only of products of conditions.
func (f *fileWriter) product(c *identity, main bool) int {
	if n, known := f.numbers[c]; known {
		return n
	}
	p := f.packer()
	if n, _, known := f.m.index.search([]byte(string(byName) + c.key)); main && known {
		p.count(n + 1)
	} else {
		p.count(0)
		p.text(c.key)
	}
	p.text(c.vendor)
	if main {
		p.text("")
	} else {
		p.text(c.name)
	}
	p.count(len(c.cpes))
	for i := range c.cpes {
		p.text(c.cpes[i].String())
	}
	p.count(len(c.purls))
	for i := range c.purls {
		p.text(c.purls[i].String())
	}
	p.count(len(c.numbers))
	for _, n := range c.numbers {
		p.byte(n.kind)
		p.text(n.pattern.String())
	}
	p.list(c.hashes)
	n := f.products.add(p.buf)
	f.numbers[c] = n
	return n
}

// reading writes what a claim says about versions, once, and returns its number.
func (f *fileWriter) reading(c *claim) int {
	p := f.packer()
	p.flags(c.all, c.criteria, c.parts, c.doubt)
	p.byte(byte(c.versions)<<4 | byte(c.byDefault))
	p.count(len(c.spans))
	for _, s := range c.spans {
		p.byte(byte(s))
	}
	p.count(len(c.unplanned))
	for _, s := range c.unplanned {
		p.int(int64(s))
	}
	p.count(len(c.fixedBy))
	for _, r := range c.fixedBy {
		p.int(int64(r.span))
		p.text(r.text)
		p.count(len(r.alternatives))
		for _, all := range r.alternatives {
			p.numbers(all)
		}
	}
	p.count(f.timeline(c.timeline))
	return f.readings.add(p.buf)
}

// timeline writes a timeline once and returns its number plus one; 0 is none.
func (f *fileWriter) timeline(t *advisory.Timeline) int {
	if t == nil {
		return 0
	}
	if n, ok := f.known[t]; ok {
		return n
	}
	d := t.Data()
	p := f.packer()
	p.count(f.readings.add(f.reader(t, &d)))
	p.count(len(d.Releases))
	for _, r := range d.Releases {
		p.int(int64(r.Span))
		p.byte(byte(r.Status))
		p.text(r.Version)
		p.text(r.Update)
		p.text(r.Key)
	}
	p.count(len(d.Segments))
	high, highText := "", ""
	for i := range d.Segments {
		s := &d.Segments[i]
		end := f.m.boundOf(t, s.HighText, s.HighClosed)
		p.flags(s.Low == high, s.LowText == highText, s.LowOpen, s.HighClosed, false, end == s.High && end != "")
		if s.Low != high {
			p.text(s.Low)
		}
		if end != s.High || end == "" {
			p.text(s.High)
		}
		if s.LowText != highText {
			p.text(s.LowText)
		}
		p.text(s.HighText)
		p.count(f.outcome(&s.Outcome))
		high, highText = s.High, s.HighText
	}
	p.count(len(d.Texts))
	for _, text := range slices.Sorted(maps.Keys(d.Texts)) {
		out := d.Texts[text]
		p.text(text)
		p.count(f.outcome(&out))
	}
	n := f.readings.add(p.buf) + 1
	f.known[t] = n
	return n
}

// reader writes how a timeline reads versions, and what it says where it has no stretch: what very
// many timelines have in common.
func (f *fileWriter) reader(t *advisory.Timeline, d *advisory.TimelineData) []byte {
	p := f.packer()
	if t.Scheme != nil {
		p.text(t.Scheme.Name())
		f.probes(t.Scheme, d)
	} else {
		p.text("")
	}
	if t.Entry != nil {
		p.text(t.Entry.Key)
		f.entries[t.Entry.Key] = t.Entry
	} else {
		p.text("")
	}
	p.text(d.SchemeRule)
	p.flags(d.Commits, d.Names, d.OnlyCPEs)
	p.byte(byte(d.Unread))
	p.count(d.Numbers)
	p.count(d.Depth)
	p.text(d.Name)
	p.count(f.outcome(&d.Other))
	return p.buf
}

// probes keeps a few versions of a scheme with their keys.
func (f *fileWriter) probes(s vers.Scheme, d *advisory.TimelineData) {
	const most = 3
	list := f.schemes[s.Name()]
	for i := range d.Segments {
		text := d.Segments[i].LowText
		if len(list) == most {
			break
		}
		if text == "" || slices.ContainsFunc(list, func(p probe) bool { return p.version == text }) {
			continue
		}
		if key, _, err := f.m.schemes.AppendKey(nil, s, text); err == nil {
			list = append(list, probe{text, string(key)})
		}
	}
	f.schemes[s.Name()] = list
}

// outcome writes an answer once and returns its number.
func (f *fileWriter) outcome(o *advisory.Outcome) int {
	p := f.packer()
	p.flags(o.Inferred)
	p.byte(byte(o.Status))
	p.byte(byte(o.Reason))
	p.byte(byte(o.Possible))
	p.int(int64(o.Span))
	p.text(o.Rule)
	p.text(o.If)
	return f.outcomes.add(p.buf)
}

// condition writes the condition of a claim and returns its number plus one; 0 is that which
// always holds.
func (f *fileWriter) condition(c *claim) int {
	if c.where == nil || c.where.Op == advisory.OpAlways {
		return 0
	}
	p := f.packer()
	f.node(&p, c.where, c.leaves)
	return f.conditions.add(p.buf) + 1
}

func (f *fileWriter) node(p *packer, c *advisory.Condition, leaves map[*advisory.Condition]*leaf) {
	p.byte(byte(c.Op))
	switch c.Op {
	case advisory.OpAll, advisory.OpAny, advisory.OpNot:
		p.count(len(c.Of))
		for i := range c.Of {
			f.node(p, &c.Of[i], leaves)
		}
	case advisory.OpText:
		p.text(c.Text)
	case advisory.OpFact:
		p.flags(c.Presumed, len(c.Spans) > 0)
		p.text(c.Fact)
		p.list(c.Values)
		p.list(c.Patterns)
		p.count(len(c.Serials))
		for _, r := range c.Serials {
			p.count(r.Chars)
			p.text(r.Order)
			p.text(r.From)
			p.text(r.Through)
		}
		if l := leaves[c]; l != nil {
			p.uint(uint64(f.timeline(l.timeline)))
		} else {
			p.uint(0)
		}
	case advisory.OpProduct:
		p.byte(byte(c.Relation))
		p.flags(len(c.Spans) > 0)
		if l := leaves[c]; l != nil {
			p.uint(uint64(l.claim) + 1)
		} else {
			p.uint(0)
		}
	}
}

// graph writes the patches, nothing for nil.
func (f *fileWriter) graph(g *patchGraph) []byte {
	if g == nil {
		return nil
	}
	p := f.packer()
	p.flags(g.complete)
	p.count(len(g.patches))
	for i := range g.patches {
		patch := &g.patches[i]
		p.text(patch.name)
		p.flags(patch.recorded)
		p.scope(patch.scope)
		p.int(int64(patch.ring))
		p.count(len(patch.successors))
		for _, e := range patch.successors {
			p.uint(uint64(e.patch))
			p.uint(uint64(e.source))
			p.uint(uint64(e.record))
			p.uint(uint64(e.at))
			p.scope(e.scope)
		}
		p.count(len(patch.levels))
		for _, l := range patch.levels {
			p.text(l.version)
			p.scope(l.scope)
		}
	}
	p.count(len(g.names))
	for _, name := range slices.Sorted(maps.Keys(g.names)) {
		p.text(name)
		p.uint(uint64(g.names[name]))
	}
	return p.buf
}

// scope writes the products of a patch; nil stands for any.
func (p *packer) scope(s patchScope) {
	p.flags(s != nil)
	p.count(len(s))
	for i := range s {
		p.text(s[i].key)
		p.text(s[i].plain)
		p.flags(s[i].entry)
	}
}

func (p *packer) numbers(list []int32) {
	p.count(len(list))
	for _, n := range list {
		p.uint(uint64(n))
	}
}

// source writes what decisions need of a document.
func (f *fileWriter) source(s *source) []byte {
	p := f.packer()
	p.text(s.publisher)
	p.byte(byte(s.rank))
	p.time(s.changed)
	p.time(s.expires)
	p.text(s.dropped)
	p.numbers(s.replacedBy)
	return p.buf
}

// meta writes what the file was built with, and its texts behind that.
func (f *fileWriter) meta(digest string) []byte {
	texts := newInterner()
	p := packer{texts: &texts}
	p.text(f.m.catalog.Digest())
	p.text(digest)
	p.flags(f.m.patterns, f.m.others.patterns)
	p.count(len(f.entries))
	for _, key := range slices.Sorted(maps.Keys(f.entries)) {
		p.text(key)
		p.uint(uint64(entryHash(f.entries[key])))
	}
	p.count(len(f.schemes))
	for _, name := range slices.Sorted(maps.Keys(f.schemes)) {
		p.text(name)
		list := f.schemes[name]
		slices.SortFunc(list, func(a, b probe) int { return cmp.Compare(a.version, b.version) })
		p.count(len(list))
		for _, probe := range list {
			p.text(probe.version)
			p.text(probe.key)
		}
	}
	return append(appendRecord(nil, p.buf), texts.data...)
}

// entryHash stands for what a catalog entry says.
func entryHash(e *product.Entry) uint64 {
	text, _ := e.AppendText(nil)
	h := fnv.New64a()
	h.Write(text)
	return h.Sum64()
}
