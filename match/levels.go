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
	if in.Host != nil {
		for _, name := range in.Host.Patches {
			m.eachLevel(s, c, name, base, func(version string) {
				key, _, err := m.schemes.AppendKey(p.joined[:0], t.Scheme, version)
				p.joined = key
				if err == nil && string(key) > string(p.best) && string(key) < string(p.high) {
					p.best, p.level = append(p.best[:0], key...), version
				}
			})
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

// eachLevel yields the versions that an installed patch stands for: by its name, and by its
// records.
func (m *Matcher) eachLevel(s *scratch, c *claim, name, base string, yield func(version string)) {
	if version, joins, ok := c.timeline.Entry.PatchVersion(name); ok {
		if joins {
			version = base + " " + version
		}
		yield(version)
	}
	if m.graph() == nil {
		return
	}
	s.patches.name = appendPatch(s.patches.name[:0], name)
	n, known := m.graph().names[string(s.patches.name)]
	if !known {
		return
	}
	s.patches.plain = product.AppendKey(s.patches.plain[:0], s.judge.in.Vendor, s.judge.in.Product)
	for _, l := range m.graph().patches[n].levels {
		if l.scope.holds([]byte(c.key), s.patches.plain) != vers.No {
			yield(l.version)
		}
	}
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
