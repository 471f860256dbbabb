package match

import (
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// withLevel reads a version that patches complete: the installed version has a base and
// perhaps a level, and the patch list may tell a higher one. Levels on another base do not
// count. What the list may leave out lies between the known level and the end of the base.
func (m *Matcher) withLevel(s *scratch, in *Installation, c *claim, v *vote) {
	r, t, p := &s.read, c.timeline, &s.patches
	if r.asked != askedInstalled || t.Scheme == nil || r.kind != readExact && r.kind != readBranch ||
		v.segment < 0 && v.Status != advisory.Unknown {
		return
	}
	numbers := t.Entry.Base
	if numbers == product.AllNumbers {
		numbers = countNumbers(r.canonical)
	}
	low, high, base, ok := t.AppendBranch(p.low[:0], p.high[:0], r.canonical, numbers)
	if p.low, p.high = low, high; !ok {
		return
	}
	shown := false
	if r.kind == readExact { // the version itself may show a level
		key, _, err := m.schemes.AppendKey(p.best[:0], t.Scheme, base)
		p.best = key
		shown = err != nil || string(key) != string(r.low)
	}
	known := append(p.best[:0], r.low...)
	p.best = known
	for _, l := range m.levelsOf(s, in, t.Entry) {
		if l.scope.holds([]byte(c.key), p.plain) == vers.No {
			continue
		}
		version := l.version
		if l.joins {
			version = base + " " + version
		}
		key, _, err := m.schemes.AppendKey(p.joined[:0], t.Scheme, version)
		p.joined = key
		if err == nil && string(key) > string(p.best) && string(key) < string(p.high) {
			p.best, p.level = append(p.best[:0], key...), version
		}
	}
	line := r.line
	if r.kind == readExact && (shown || in.patchList() == CompletePatches) || r.kind == readBranch && p.level != "" && in.patchList() == CompletePatches {
		if p.level != "" {
			v.Outcome, v.segment = t.At(p.best, line)
		}
		return
	}
	if r.kind == readBranch && p.level == "" {
		return
	}
	if in.Host == nil && v.Status == advisory.Affected {
		return // a version alone without a level is the plain release
	}
	v.Outcome, v.segment = t.Within(p.best, p.high, line)
	if v.Status == advisory.Unknown && v.Reason == advisory.Imprecise {
		v.Reason, v.Rule = advisory.NoPatchList, "patches complete the version, and the inventory does not list them"
		if in.patchList() == SomePatches {
			v.Reason, v.Rule = advisory.PartialPatchList, "patches complete the version, and the list may leave out a higher one"
		}
	}
}

// A level is a version that an installed patch stands for, by its name or by its records.
type level struct {
	patchLevel
	joins bool // it goes behind the base
}

// levelsOf returns the levels that the installed patches stand for under a catalog entry. They are
// kept for the next statement, because many ask for the same ones.
func (m *Matcher) levelsOf(s *scratch, in *Installation, e *product.Entry) []level {
	p := &s.patches
	if in.Host == nil || p.levelsFor == e {
		return p.levels
	}
	p.levelsFor, p.levels = e, p.levels[:0]
	p.plain = product.AppendKey(p.plain[:0], in.Vendor, in.Product)
	for _, name := range in.Host.Patches {
		if version, joins, ok := e.PatchVersion(name); ok {
			p.levels = append(p.levels, level{patchLevel{version: version}, joins})
		}
		if g := m.graph(); g != nil {
			p.name = appendPatch(p.name[:0], name)
			if n, known := g.names[string(p.name)]; known {
				for _, l := range g.patches[n].levels {
					p.levels = append(p.levels, level{l, false})
				}
			}
		}
	}
	return p.levels
}

// countNumbers counts the numbers that a version begins with, dots between.
func countNumbers(version string) int {
	i := strings.IndexAny(version, "0123456789")
	n := 0
	for i >= 0 && i < len(version) && '0' <= version[i] && version[i] <= '9' {
		for i < len(version) && '0' <= version[i] && version[i] <= '9' {
			i++
		}
		if n++; i < len(version) && version[i] == '.' {
			i++
		} else {
			break
		}
	}
	return n
}
