package vers

import (
	"bytes"
	"fmt"
	"iter"
	"strings"
)

// ParseNative reads a range in the notation of an ecosystem's own tool: "npm" (node-semver),
// "cargo", "gem", "pypi", "maven", "nuget", "composer", "hex", "conan", "golang", "deb",
// "rpm", "apk", "alpm", "nginx", "openssl" and "hashicorp" (go-version constraints). The
// notations of two advisory feeds take the scheme in parentheses: "github(npm)" and
// "gitlab(gem)".
//
// The range holds what its bounds say in the pure order of the scheme: an npm range "<2.0.0"
// holds 1.9.0-rc.1, which is what an advisory means by it. What the tool itself would
// install is the question of [Schemes.Satisfies].
//
// Text that the tool does not take for a range is a [ParseError], an unknown notation wraps
// [ErrUnknownScheme].
func (s *Schemes) ParseNative(notation, text string) (Range, error) {
	n, read, err := s.native(notation, text)
	if err != nil {
		return Range{}, err
	}
	r, err := read(n)
	if err != nil {
		return Range{}, err
	}
	r.text = text
	return r, nil
}

// Satisfies tells whether the ecosystem's own tool takes version for the range, its policy
// for pre-releases and the like included: npm's "^1.2.3" refuses 1.5.0-beta, pypi's "<2.0"
// refuses 2.0rc1. It serves tools that resolve dependencies; advisories are matched with
// ParseNative and [Range.Contains].
func (s *Schemes) Satisfies(notation, text, version string) (bool, error) {
	n, read, err := s.native(notation, text)
	if err != nil {
		return false, err
	}
	n.policy, n.asked = true, version
	if _, _, err := s.AppendKey(nil, n.scheme, version); err != nil {
		return false, err
	}
	r, err := read(n)
	if err != nil {
		return false, err
	}
	in, err := r.Contains(n.asked)
	return in == Yes, err
}

// A native is the notation of ranges of one ecosystem.
type native struct {
	scheme string
	read   func(*nativeReader) (Range, error)
}

// natives are the notations by their names.
var natives = map[string]native{
	"alpm":      {"alpm", alpmOperators.read},
	"apk":       {"apk", apkOperators.read},
	"cargo":     {"cargo", readCargo},
	"composer":  {"composer", readComposer},
	"conan":     {"conan", readConan},
	"deb":       {"deb", debOperators.read},
	"gem":       {"gem", gemOperators.read},
	"golang":    {"golang", golangOperators.read},
	"hashicorp": {"hashicorp", readHashicorp},
	"hex":       {"hex", readHex},
	"maven":     {"maven", readMaven},
	"nginx":     {"nginx", readNginx},
	"npm":       {"npm", readNPM},
	"nuget":     {"nuget", readNuGet},
	"openssl":   {"openssl", readOpenSSL},
	"pypi":      {"pypi", pypiOperators.read},
	"rpm":       {"rpm", rpmOperators.read},
}

// feeds are the notations that take the scheme in parentheses.
var feeds = map[string]func(*nativeReader) (Range, error){
	"github": readGitHub,
	"gitlab": readGitLab,
}

// native finds the notation of a name.
func (s *Schemes) native(name, text string) (*nativeReader, func(*nativeReader) (Range, error), error) {
	found, ok := natives[name]
	if feed, scheme, is := strings.Cut(name, "("); is && strings.HasSuffix(scheme, ")") {
		found = native{strings.TrimSuffix(scheme, ")"), feeds[feed]}
		ok = found.read != nil
	}
	if !ok {
		return nil, nil, fmt.Errorf("%w: no notation %q", ErrUnknownScheme, name)
	}
	scheme, err := s.lookup(found.scheme)
	if err != nil {
		return nil, nil, err
	}
	if limit := maxRangeLength * s.maxLength; len(text) > limit {
		return nil, nil, parseError(name, text, limit, "", ErrTooLong)
	}
	return &nativeReader{set: s, scheme: scheme, name: name, text: text}, found.read, nil
}

// maxTerms is how many comparisons a native range may have; the longest one of the feeds
// has about thirty.
const maxTerms = 1024

// A nativeReader reads one range. The readers of all notations are built on its methods,
// which make the range of one comparison and know the difference between pure order and
// the policy of the tool.
type nativeReader struct {
	set    *Schemes
	scheme Scheme
	name   string // of the notation
	text   string
	policy bool   // answer as the tool does, see Satisfies
	asked  string // the version that Satisfies asks about
	terms  int
}

func (n *nativeReader) error(offset int, rule string) error {
	return syntaxError(n.name, n.text, min(offset, len(n.text)), rule)
}

// term counts a comparison.
func (n *nativeReader) term(offset int) error {
	if n.terms++; n.terms > maxTerms {
		return parseError(n.name, n.text, offset, fmt.Sprintf("more than %d comparisons", maxTerms), ErrTooLong)
	}
	return nil
}

// compare returns the versions that meet one comparison; at is the offset of version.
func (n *nativeReader) compare(c Comparator, version string, at int) (Range, error) {
	if err := n.term(at); err != nil {
		return Range{}, err
	}
	r, err := n.set.newRange(n.scheme, Constraint{c, version})
	if err != nil {
		return Range{}, within(err, n.name, n.text, at)
	}
	return r, nil
}

// edge is compare for Less and GreaterOrEqual where the tool puts the pre-releases of
// version on the upper side: npm reads "<2.0.0-0" in ^1.2, composer "<2.0.0.0-dev" in <2.
func (n *nativeReader) edge(c Comparator, version string, at int) (Range, error) {
	if !n.policy {
		return n.compare(c, version, at)
	}
	branch, err := n.branch(version, at)
	if err != nil {
		return Range{}, err
	}
	l := &branch.lines[0]
	above := Yes
	if c == Less {
		above = No
	}
	l.steps = normalize([]step{{in: above.Not()}, {at: l.steps[len(l.steps)-2].at, in: above, text: version}})
	return branch, nil
}

// between returns the versions from one version to before another one, the pre-releases
// of which are outside for the tool.
func (n *nativeReader) between(from, to string, at int) (Range, error) {
	low, err := n.compare(GreaterOrEqual, from, at)
	if err != nil {
		return Range{}, err
	}
	high, err := n.edge(Less, to, at)
	if err != nil {
		return Range{}, err
	}
	return low.Intersect(high)
}

// branch returns the versions that begin with version.
func (n *nativeReader) branch(version string, at int) (Range, error) {
	if err := n.term(at); err != nil {
		return Range{}, err
	}
	r, err := n.set.newBranch(n.scheme, version)
	if err != nil {
		return Range{}, within(err, n.name, n.text, at)
	}
	return r, nil
}

// order compares two versions of the range that stand at offsets.
func (n *nativeReader) order(a string, aAt int, b string, bAt int) (int, error) {
	var roomA, roomB [64]byte
	keyA, _, err := n.set.AppendKey(roomA[:0], n.scheme, a)
	if err != nil {
		return 0, within(err, n.name, n.text, aAt)
	}
	keyB, _, err := n.set.AppendKey(roomB[:0], n.scheme, b)
	if err != nil {
		return 0, within(err, n.name, n.text, bAt)
	}
	if tool, ok := n.scheme.(toolOrder); ok {
		return tool.order(n.set.policy.read(n.scheme, a), n.set.policy.read(n.scheme, b)), nil
	}
	return bytes.Compare(keyA, keyB), nil
}

// same tells whether two texts are versions and equal.
func (n *nativeReader) same(a, b string) bool {
	order, err := n.order(a, 0, b, 0)
	return err == nil && order == 0
}

// all and none are the two plain ranges.
func (n *nativeReader) all() Range  { return Range{set: n.set, scheme: n.scheme, rest: Yes} }
func (n *nativeReader) none() Range { return Range{set: n.set, scheme: n.scheme, rest: No} }

// union returns what is in one of the ranges.
func (n *nativeReader) union(list []Range) (Range, error) {
	return n.join(list, n.none(), Range.Union)
}

// intersect returns what is in all of the ranges.
func (n *nativeReader) intersect(list []Range) (Range, error) {
	return n.join(list, n.all(), Range.Intersect)
}

// join merges neighbours until one range is left, which keeps the work in proportion to
// the length of the text.
func (n *nativeReader) join(list []Range, empty Range, f func(a, b Range) (Range, error)) (Range, error) {
	if len(list) == 0 {
		return empty, nil
	}
	for len(list) > 1 {
		half := list[:0]
		for i := 0; i < len(list); i += 2 {
			r := list[i]
			if i+1 < len(list) {
				var err error
				if r, err = f(r, list[i+1]); err != nil {
					return Range{}, err
				}
			}
			half = append(half, r)
		}
		list = half
	}
	return list[0], nil
}

// split returns the parts of text between separators, without the blanks around them, and
// the offset of each; base is the offset of text itself.
func split(text, separator string, base int) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for {
			part, rest, more := strings.Cut(text, separator)
			trimmed := strings.TrimLeft(part, blanks)
			at := base + len(part) - len(trimmed)
			if !yield(at, strings.TrimRight(trimmed, blanks)) || !more {
				return
			}
			base += len(part) + len(separator)
			text = rest
		}
	}
}

// blanks are the characters between the words of a range.
const blanks = " \t\r\n"
