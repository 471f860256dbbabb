package match

import (
	"slices"
	"strings"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// A judge tells which leaves of conditions are met, for one question (step 4). It lives in
// the scratch, so that it costs nothing.
type judge struct {
	m       *Matcher
	s       *scratch
	in      *Installation
	of      *claim // whose condition is asked
	assumed []atom // facts that are taken as known, see complete
}

// A leaf is what a leaf of a condition needs beside its words.
type leaf struct {
	claim    int32              // of the matcher of other products, for OpProduct
	timeline *advisory.Timeline // of the versions of a fact, nil for none
	patterns []product.Pattern
	broken   bool // a pattern cannot be read
}

// Judge implements [advisory.Judge].
func (j *judge) Judge(c *advisory.Condition) vers.Truth {
	t := j.known(c)
	if t != vers.Unknown {
		return t
	}
	if c.Presumed {
		return vers.Yes
	}
	for i := range j.assumed {
		if a := &j.assumed[i]; a.is(c, j.of) {
			return a.truth(c)
		}
	}
	return vers.Unknown
}

// known answers from what the inventory states.
func (j *judge) known(c *advisory.Condition) vers.Truth {
	switch c.Op {
	case advisory.OpText:
		return j.in.Holds(c.Text)
	case advisory.OpProduct:
		return j.product(c)
	case advisory.OpFact:
		value, known := j.in.Fact(c.Fact)
		family, grouped := j.in.family(c.Fact)
		switch {
		case known && grouped: // a name that says nothing by itself is one of its family
			if t := j.fact(value, c); t != vers.Unknown {
				return t.Or(j.fact(family, c))
			}
			return j.fact(family, c)
		case known:
			return j.fact(value, c)
		case grouped:
			return j.fact(family, c)
		case j.in.FactsComplete:
			return vers.No
		}
	}
	return vers.Unknown
}

// fact tells whether a fact is what a leaf asks for.
func (j *judge) fact(value string, c *advisory.Condition) vers.Truth {
	t := vers.No
	for _, want := range c.Values {
		t = t.Or(factMatches(c.Fact, value, want))
	}
	for i := range c.Serials {
		t = t.Or(c.Serials[i].Contains(value))
	}
	if len(c.Patterns) == 0 && len(c.Spans) == 0 {
		return t
	}
	l := j.of.leaves[c]
	if l == nil || l.broken {
		t = t.Or(vers.Unknown)
	}
	if l == nil {
		return t
	}
	for i := range l.patterns {
		if l.patterns[i].Match(value) {
			return vers.Yes
		}
	}
	if l.timeline != nil {
		o := j.s.elsewhere()
		o.fact = Installation{Version: value}
		o.read = installed{low: o.read.low[:0], high: o.read.high[:0]}
		out, _ := j.m.says(o, &o.fact, l.timeline)
		t = t.Or(insideOf(out))
	}
	return t
}

// insideOf tells whether a timeline of a condition holds a version.
func insideOf(out advisory.Outcome) vers.Truth {
	switch out.Status {
	case advisory.Affected:
		return vers.Yes
	case advisory.Unknown:
		return vers.Unknown
	default:
		return vers.No
	}
}

// product tells whether another product stands to the installed one as a leaf asks.
func (j *judge) product(c *advisory.Condition) vers.Truth {
	l := j.of.leaves[c]
	if l == nil {
		return vers.Unknown
	}
	t := vers.No
	j.relate(c.Relation)
	for i := range j.s.related {
		if r := &j.s.related[i]; r.relation == c.Relation && r.claim == l.claim {
			t = t.Or(r.inside)
		}
	}
	if _, complete := j.list(c.Relation); t == vers.No && !complete {
		return vers.Unknown
	}
	return t
}

// A related is a product of a condition that stands in a relation to the installed one.
type related struct {
	relation advisory.Relation
	claim    int32
	at       int32      // its place among all in the relation
	inside   vers.Truth // its version is one that the condition names
}

// list returns the products in a relation, and whether there is no other.
func (j *judge) list(r advisory.Relation) (list []Installation, complete bool) {
	h := j.in.Host
	switch r {
	case advisory.Contains:
		return j.in.Parts, j.in.PartsComplete
	case advisory.PartOf:
		return j.in.PartOf, j.in.PartOfComplete
	}
	if h == nil {
		return nil, false
	}
	if r == advisory.InstalledOn {
		return h.Platforms, h.PlatformsComplete
	}
	return h.Installations, h.InstallationsComplete
}

// relate finds which products of conditions the products in a relation are, once for each
// question.
func (j *judge) relate(r advisory.Relation) {
	if j.s.relatedTo&(1<<r) != 0 {
		return
	}
	j.s.relatedTo |= 1 << r
	list, _ := j.list(r)
	o := j.s.elsewhere()
	others := j.m.others
	for i := range list {
		others.identify(o, &list[i], true)
		for _, h := range o.hits {
			inside := vers.Yes
			if c := others.claim(h.claim); c.timeline != nil {
				out, _ := others.says(o, &list[i], c.timeline)
				inside = insideOf(out)
			}
			if h.open || h.level <= product.Possible {
				inside = inside.And(vers.Unknown)
			}
			j.s.related = append(j.s.related, related{relation: r, claim: h.claim, at: int32(i), inside: inside})
		}
	}
}

// ofHost are the relations to what is on the host, which are those of all that is on it.
const ofHost = 1<<advisory.InstalledOn | 1<<advisory.OnHost

// forgetRelated forgets what stands in a relation to the last installation. A scan asks about one
// thing on a host after the other, and keeps what all of them have in common.
func (s *scratch) forgetRelated(in *Installation) {
	if s.scanning && in.Host != nil && in.Host == s.host {
		s.related = slices.DeleteFunc(s.related, func(r related) bool { return ofHost&(1<<r.relation) == 0 })
		s.relatedTo &= ofHost
		return
	}
	s.related, s.relatedTo, s.host = s.related[:0], 0, in.Host
}

// elsewhere is the scratch for questions about other products.
func (s *scratch) elsewhere() *scratch {
	if s.other == nil {
		s.other = new(scratch)
	}
	return s.other
}

// missing appends the names of what is not known and would decide a leaf: the fact, the
// words, "installed_on", "component:Java", "component-version:Java".
func (j *judge) missing(dst []string, c *advisory.Condition) []string {
	switch c.Op {
	case advisory.OpText:
		return append(dst, c.Text)
	case advisory.OpFact:
		return append(dst, c.Fact)
	}
	name, versionMissing := "", false
	if l := j.of.leaves[c]; l != nil {
		name = j.m.others.claim(l.claim).name
		versionMissing = slices.ContainsFunc(j.s.related, func(r related) bool {
			return r.relation == c.Relation && r.claim == l.claim && r.inside == vers.Unknown
		})
	}
	word := "component:"
	switch {
	case versionMissing: // it is there, and which version it has is not known
		word = "component-version:"
	case c.Relation == advisory.InstalledOn:
		return append(dst, "installed_on")
	case c.Relation == advisory.PartOf:
		return append(dst, "component_of")
	}
	return append(dst, word+name)
}

// family returns the fact that says what kind of thing another fact is: "platform_family"
// is Windows where "platform" is 2019 Datacenter.
func (in *Installation) family(name string) (string, bool) {
	if name != factPlatform {
		return "", false
	}
	return in.Fact(factFamily)
}

// The facts that name the operating system, and what kind of thing it is.
const (
	factPlatform = "platform"
	factFamily   = "platform_family"
)

// factMatches compares a fact with a wanted value: without case and outer blanks. A fact
// that says more than the value meets it (Windows Server 2019, Windows); one that says
// less leaves it open.
func factMatches(fact, have, want string) vers.Truth {
	have, want = strings.TrimSpace(have), strings.TrimSpace(want)
	if strings.EqualFold(have, want) {
		return vers.Yes // be it empty: a condition that names nothing is not known to be unmet
	}
	if fact == factPlatform {
		return platformMatches(have, want)
	}
	n := min(len(have), len(want))
	if strings.EqualFold(have[:n], want[:n]) {
		switch {
		case len(have) > n && have[n] == ' ':
			return vers.Yes
		case len(want) > n && want[n] == ' ':
			return vers.Unknown
		}
	}
	if fact == "architecture" {
		if a := architecture(have); a != "" && a == architecture(want) {
			return vers.Yes
		}
	}
	return vers.No
}

// architecture returns one word for the names that vendors and inventories give to an
// architecture, "" for others.
func architecture(name string) string {
	for _, names := range architectures {
		for _, n := range names {
			if strings.EqualFold(n, name) {
				return names[0]
			}
		}
	}
	return ""
}

// The names of architectures: those of Go and Debian, of uname, and of Microsoft's
// advisories.
var architectures = [...][]string{
	{"amd64", "x64", "x86_64", "x86-64", "x64-based", "x64-based Systems", "64-bit Systems"},
	{"arm64", "aarch64", "ARM64-based", "ARM64-based Systems"},
	{"386", "x86", "i386", "i486", "i586", "i686", "32-bit", "32-bit Systems", "ia32"},
}

// words tells whether a condition in words is met.
func (j *judge) words(text string) vers.Truth {
	if t := j.in.Holds(text); t != vers.Unknown {
		return t
	}
	for i := range j.assumed {
		if a := &j.assumed[i]; a.words && a.text == text {
			return yesWhen(a.value == 0)
		}
	}
	return vers.Unknown
}

// version returns the status that is assumed for a version that is not known.
func (j *judge) version(claim int32) (Status, bool) {
	for i := range j.assumed {
		if a := &j.assumed[i]; a.claim == claim {
			n := 0
			for status := range a.outcome.All() {
				if n == a.value {
					return status, true
				}
				n++
			}
		}
	}
	return 0, false
}

// identified tells whether an identifier that leaves something out is assumed to mean the
// product of a claim.
func (j *judge) identified(claim int32) vers.Truth {
	for i := range j.assumed {
		if a := &j.assumed[i]; a.open == claim {
			return yesWhen(a.value == 0)
		}
	}
	return vers.Unknown
}
