package match

import (
	"slices"

	"github.com/affected-go/affected/advisory"
)

// A FixKind says what a Fix holds.
type FixKind uint8

// The kinds of fixes. The zero value is FixUnknown.
const (
	// FixUnknown: no statement tells.
	FixUnknown FixKind = iota
	// FixNone: the publisher names no version of the branch that is not affected.
	FixNone
	// FixVersion: this version is the lowest one on the branch that is clear.
	FixVersion
	// FixAfter: only the last affected version is named; the fix comes after it.
	FixAfter
	// FixNotNeeded: the installation is clear.
	FixNotNeeded
	// FixNotPlanned: all of the branch is affected, and the publisher will not fix it.
	FixNotPlanned
	// FixPatch: no version is named, but patches that fix it.
	FixPatch
)

// A Fix is a version to go to from an affected installation, or why there is none. Fixes
// are values and compare with ==.
type Fix struct {
	Kind FixKind
	// Version is as the publisher wrote it, for FixVersion and FixAfter. For FixPatch it is
	// the names of the patches.
	Version string
}

// IsVersion tells whether the fix is a version to go to: FixVersion or FixAfter.
func (f Fix) IsVersion() bool { return f.Kind == FixVersion || f.Kind == FixAfter }

// String returns "Build 7190", "after 7.2.4", "none", "not planned", "KB5034768" or "-".
func (f Fix) String() string {
	switch f.Kind {
	case FixVersion, FixPatch:
		return f.Version
	case FixAfter:
		return "after " + f.Version
	case FixNone:
		return "none"
	case FixNotPlanned:
		return "not planned"
	default:
		return "-"
	}
}

// A BranchFix is the fix on one branch of a product.
type BranchFix struct {
	// Branch is the name of the branch, "" where all versions of the product are one.
	Branch string
	// Fix is the lowest version of the branch, above the installed one, that is clear.
	Fix Fix
	// Closed is the version from which the branch stays clear. It can be higher than Fix:
	// a branch may be affected again, or a fix may count for its own release only.
	Closed Fix
}

// String returns "10.2: 10.2.8-h3, closed from 10.2.9-h1 on", or the fix alone where there
// are no branches and no second version to name.
func (b BranchFix) String() string {
	text := b.Fix.String()
	switch {
	case !b.Fix.IsVersion() || b.Closed == b.Fix:
	case b.Closed.IsVersion():
		text += ", closed from " + b.Closed.String() + " on"
	default:
		text += ", closed by no version"
	}
	if b.Branch != "" {
		text = b.Branch + ": " + text
	}
	return text
}

// Fixes are the ways out for an installation. The zero value knows none.
type Fixes struct {
	// Installed is the branch of the installed version.
	Installed BranchFix
	// Next are the higher branches that statements name, the lowest first.
	Next []BranchFix
	// Lowest is the fix on the installed branch, else the lowest one on the next ones; where
	// no branch has one, it says what Installed.Fix says.
	Lowest Fix
	// Remediations are what the publishers of the deciding statements offer or advise.
	Remediations []advisory.Remediation
	// Open are the vulnerabilities that no version clears, when all were asked for; the ways
	// are those out of the others.
	Open []string
}

// Fixes returns the versions that are clear of all the vulnerabilities given, each by its
// id or an alias; of all that the matcher knows for the product when none is given, apart
// from those that stay open in every version. Only versions that a statement names are
// considered, and each of them is asked about as if it were installed.
func (m *Matcher) Fixes(in *Installation, vulnerabilities ...string) Fixes {
	s := m.pool.Get().(*scratch)
	defer m.pool.Put(s)
	m.identify(s, in, false)
	if len(in.PartOf) > 0 {
		m.lookWholes(s, in, len(vulnerabilities) > 0)
	}
	list := m.troubles(s, in, vulnerabilities)
	if len(vulnerabilities) > 0 {
		f := m.fixes(s, in, list)
		f.Remediations = m.advised(s, in, list)
		return f
	}
	var open []string
	solvable := slices.DeleteFunc(slices.Clone(list), func(t trouble) bool {
		if !t.now.verdict.MayBeAffected() || m.fixes(s, in, []trouble{t}).Lowest.IsVersion() {
			return false
		}
		open = append(open, m.id(t.vulnerability))
		return true
	})
	if !slices.ContainsFunc(solvable, func(t trouble) bool { return t.now.verdict.MayBeAffected() }) {
		solvable = list // they tell why there is no way out
	}
	f := m.fixes(s, in, solvable)
	f.Remediations, f.Open = m.advised(s, in, list), open
	return f
}

// A trouble is a vulnerability that a way out must be clear of.
type trouble struct {
	vulnerability int32
	hits          []hit
	now           decision // about the installed version
}

// troubles asks about the vulnerabilities given, or all.
func (m *Matcher) troubles(s *scratch, in *Installation, vulnerabilities []string) []trouble {
	var list []trouble
	add := func(hits []hit) {
		if len(hits) > 0 {
			v := m.claim(hits[0].claim).vulnerability
			list = append(list, trouble{v, hits, m.answer(s, in, v, hits, nil)})
		}
	}
	for _, v := range m.vulnerabilitiesOf(vulnerabilities) { // sorted: the order of the ids tells nothing
		add(m.hitsOf(s.hits, v))
	}
	for from := 0; len(vulnerabilities) == 0 && from < len(s.hits); {
		to := m.group(s.hits, from)
		add(s.hits[from:to])
		from = to
	}
	return list
}

// fixes looks on all branches. It leaves out what the publishers offer beside.
func (m *Matcher) fixes(s *scratch, in *Installation, list []trouble) Fixes {
	var f Fixes
	worst, clear := -1, false
	for i := range list {
		now := list[i].now.verdict
		clear = clear || now.Clear()
		if now.MayBeAffected() && list[i].now.claim >= 0 && (worst < 0 || severity(now) > severity(list[worst].now.verdict)) {
			worst = i
		}
	}
	if worst < 0 {
		if clear {
			f.Installed.Fix = Fix{Kind: FixNotNeeded}
			f.Lowest = f.Installed.Fix
		}
		return f
	}
	w, ok := m.wayFrom(s, in, list, &list[worst].now)
	if !ok {
		f.Installed.Fix = m.patchFix(list, Fix{})
		f.Lowest = f.Installed.Fix
		return f
	}
	f.Installed.Branch = w.name
	f.Installed.Fix = m.patchFix(list, m.lowest(s, in, list, &w))
	f.Installed.Closed = m.closed(s, in, list, &w, f.Installed.Fix)
	f.Lowest = f.Installed.Fix
	for _, next := range m.nextWays(s, list, &w) {
		b := BranchFix{Branch: next.name}
		b.Fix = m.lowest(s, in, list, &next)
		b.Closed = m.closed(s, in, list, &next, b.Fix)
		f.Next = append(f.Next, b)
		if !f.Lowest.IsVersion() && f.Lowest.Kind != FixPatch && b.Fix.IsVersion() {
			f.Lowest = b.Fix
		}
	}
	return f
}

// fix is Fixes for one vulnerability on the installed branch (DESIGN section 6, step 6).
func (m *Matcher) fix(s *scratch, in *Installation, hits []hit, d *decision) Fix {
	switch {
	case d.verdict.Clear():
		return Fix{Kind: FixNotNeeded}
	case !d.verdict.MayBeAffected() || d.verdict.Status == advisory.UnderInvestigation:
		return Fix{}
	}
	list := [1]trouble{{d.vulnerability, hits, *d}}
	w, ok := m.wayFrom(s, in, list[:], d)
	if !ok {
		return m.patchFix(list[:], Fix{})
	}
	return m.patchFix(list[:], m.lowest(s, in, list[:], &w))
}

// patchFix returns the patches that fix all the troubles, where no version does.
func (m *Matcher) patchFix(list []trouble, f Fix) Fix {
	if f.IsVersion() {
		return f
	}
	text := ""
	for i := range list {
		now := &list[i].now
		if !now.verdict.MayBeAffected() {
			continue
		}
		if now.claim < 0 || len(m.claim(now.claim).fixedBy) != 1 {
			return f
		}
		patches := m.claim(now.claim).fixedBy[0].text
		switch {
		case text == "":
			text = patches
		case text != patches:
			text += "; " + patches
		}
	}
	if text == "" {
		return f
	}
	return Fix{Kind: FixPatch, Version: text}
}

// advised returns the remediations for what may affect the installation.
func (m *Matcher) advised(s *scratch, in *Installation, list []trouble) []advisory.Remediation {
	var all []advisory.Remediation
	for i := range list {
		if now := &list[i].now; now.verdict.MayBeAffected() && now.claim >= 0 {
			all = m.remediations(all, s, in, now.by())
		}
	}
	return all
}

// remediations appends those of the hit that decided, each once.
func (m *Matcher) remediations(dst []advisory.Remediation, s *scratch, in *Installation, by hit) []advisory.Remediation {
	_, span := m.spanOf(s, in, by)
	return appendNew(dst, m.remedies(m.claim(by.claim), span))
}

// spanOf returns the segment of the timeline of a hit that holds the installed version, and the span
// that speaks there, -1 for none.
func (m *Matcher) spanOf(s *scratch, in *Installation, by hit) (segment, span int) {
	t := m.claim(by.claim).timeline
	o, subject := s.subject(in, by)
	m.version(&o.read, subject, t)
	if o.read.kind != readExact && o.read.kind != readBranch {
		return -1, -1
	}
	out, segment := t.At(o.read.low, o.read.line)
	return segment, out.Span
}

// appendNew appends remediations that are not there yet.
func appendNew(dst, list []advisory.Remediation) []advisory.Remediation {
	for _, r := range list {
		same := func(o advisory.Remediation) bool {
			return o.Category == r.Category && o.Text == r.Text && o.URL == r.URL
		}
		if !slices.ContainsFunc(dst, same) {
			dst = append(dst, r)
		}
	}
	return dst
}
