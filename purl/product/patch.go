package product

import "strings"

// A Counting says whether the version of a product shows which patches are installed. The
// zero value is CountsUnsaid.
type Counting uint8

// The ways of counting. In the text form: "counts patches", "counts releases".
const (
	// CountsUnsaid: the catalog does not say.
	CountsUnsaid Counting = iota
	// CountsPatches: every patch raises the version (the build of Windows).
	CountsPatches
	// CountsReleases: patches do not show in the version.
	CountsReleases
)

var countingWords = [...]string{"", "patches", "releases"}

// String returns the word of the text form, "" for CountsUnsaid.
func (c Counting) String() string { return countingWords[min(c, CountsReleases)] }

// CountsIn returns what the entry says; a nil Entry does not say.
func (e *Entry) CountsIn() Counting {
	if e == nil {
		return CountsUnsaid
	}
	return e.Counts
}

// AllNumbers is the Base of products whose patches complete the whole version: 12.8.3 with
// Hotfix 2.
const AllNumbers = -1

// PatchVersion returns the version that a patch stands for, by its name: "17.1.0.3.0.23.4-ENG"
// of a hotfix that is named by a whole version. With joins the text completes the base of the
// installed version: "Take 65". It is not ok when the name tells no version.
//
// The lines "patch" of an entry are families as those of "version"; a plus in front of what
// they lead to stands for the base:
//
//	base   2
//	patch  Jumbo Hotfix Take {n} = + Take {n}
//
// A patch that is named behind the base it is for, "R81.20 Jumbo Hotfix Take 65", stands for the
// version "R81.20 Take 65", and so for none on another base.
func (e *Entry) PatchVersion(name string) (version string, joins, ok bool) {
	if e == nil {
		return "", false, false
	}
	name = strings.TrimSpace(name)
	if version, joins, ok = e.patchFamily(name); ok {
		return version, joins, ok
	}
	if base, rest, found := strings.Cut(name, " "); found && strings.ContainsAny(base, "0123456789") {
		if version, joins, ok = e.patchFamily(strings.TrimSpace(rest)); joins {
			return base + " " + version, false, ok
		}
	}
	return "", false, false
}

// patchFamily is PatchVersion for a name that a line of the entry is about.
func (e *Entry) patchFamily(name string) (version string, joins, ok bool) {
	for _, a := range e.Patches {
		to, fits := a.To, strings.EqualFold(a.From, name)
		if !fits && strings.IndexByte(a.From, '{') >= 0 {
			to, fits = a.apply(name)
		}
		if fits {
			rest, joins := strings.CutPrefix(to, "+ ")
			return rest, joins, true
		}
	}
	return "", false, false
}
