package vers

import "cmp"

// A Version is one version that was read: its text, its line and its key. The zero Version
// is invalid and compares with nothing. Versions are immutable, comparable with == (which
// compares spelling, too) and safe for concurrent use.
type Version struct {
	scheme Scheme
	text   string
	read   string // what the policy of the set left of text
	key    string
	line   int
}

// Parse reads a version under the scheme of that name.
func (s *Schemes) Parse(scheme, text string) (Version, error) {
	sch, err := s.lookup(scheme)
	if err != nil {
		return Version{}, err
	}
	var room [64]byte
	key, line, err := s.AppendKey(room[:0], sch, text)
	if err != nil {
		return Version{}, err
	}
	return Version{scheme: sch, text: text, read: s.policy.read(sch, text), key: string(key), line: line}, nil
}

// IsValid tells whether v was read.
func (v Version) IsValid() bool { return v.scheme != nil }

// String returns the text as it was read.
func (v Version) String() string { return v.text }

// Scheme returns the scheme under which v was read, nil for the zero Version.
func (v Version) Scheme() Scheme { return v.scheme }

// Line returns the name of the line of v, "" for the usual one.
func (v Version) Line() string { return LineName(v.key[:v.line]) }

// Key returns the sortable key, and the length of its line part.
func (v Version) Key() (key string, line int) { return v.key, v.line }

// A comparer is a scheme that compares two texts by walking over both, without keys. It
// reads both to their ends, and text that is no version is an error, as in AppendKey. All
// its versions lie on one line.
type comparer interface {
	Scheme
	compare(a, b string) (int, error)
}

// A toolOrder is a comparer whose tool has an order that no key can hold: alpm, conan,
// luarocks, maven. Its keys come as near as they can, for indexes; comparing two versions and
// asking a range for the text of a version follow the tool.
type toolOrder interface {
	comparer
	order(a, b string) int // compare for texts that were read before
}

// Compare returns -1, 0 or +1. It is not comparable when the schemes or the lines differ,
// or when either is the zero Version.
func (v Version) Compare(w Version) (c int, comparable bool) {
	if v.scheme == nil || w.scheme == nil || v.scheme.Name() != w.scheme.Name() ||
		v.key[:v.line] != w.key[:w.line] {
		return 0, false
	}
	if tool, ok := v.scheme.(toolOrder); ok {
		return tool.order(v.read, w.read), true
	}
	return cmp.Compare(v.key, w.key), true
}

// LineName returns the name that a line part of a key stands for.
func LineName(part string) string {
	if n := len(part); n > 0 && part[n-1] == 0 {
		return part[:n-1]
	}
	return part
}
