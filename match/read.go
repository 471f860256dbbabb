package match

import (
	"bytes"
	"errors"

	"github.com/affected-go/affected/advisory"
	"github.com/affected-go/affected/purl/cpe"
	"github.com/affected-go/affected/purl/product"
	"github.com/affected-go/affected/purl/vers"
)

// installed is the installed version under one scheme (step 2). It is kept between claims,
// because most of them share the scheme.
type installed struct {
	text, from string
	release    []byte             // what the name of the product tells: "8.6"; it says no more than the branch
	done       bool               // read under scheme and entry
	of         *advisory.Timeline // for which it was read, nil when it has to be looked at again
	asked      asked
	scheme     vers.Scheme
	entry      *product.Entry
	kind       readKind
	canonical  string
	front      string // the part that was read, when it is not all
	named      bool   // canonical is release, because the text counts in another way
	low, high  []byte // the key, or the bounds of the branch
	line       int
	err        error
}

// fromName is where a version was taken from that only the name of the product tells. A year or a
// single number there may be of another count than the versions, and is none.
const fromName = "name of the product"

type readKind uint8

const (
	readNothing  readKind = iota // there is no version
	readBad                      // the scheme cannot read it
	readExact                    // low is the key
	readBranch                   // low and high are the bounds
	readAnything                 // a label that tells no version
)

// An asked says whether another version than the installed one is asked about (see search.go).
type asked uint8

const (
	askedInstalled asked = iota
	askedText            // the version text
	askedKey             // the key high under scheme, just above that of text where there is one
)

// textOf returns the text of the version that is asked about and where it was taken from.
func (r *installed) textOf(in *Installation) (text, from string) {
	if r.asked != askedInstalled {
		return r.text, "bound"
	}
	return in.version()
}

// keyAsked makes low the key that is asked about. Another scheme than that of the key has to
// read the text.
func (m *Matcher) keyAsked(r *installed, t *advisory.Timeline) {
	r.kind = readBad
	switch {
	case sameScheme(t.Scheme, r.scheme):
		r.low, r.kind = append(r.low[:0], r.high...), readExact
	case r.text != "" && t.Scheme != nil:
		canonical, _ := t.Entry.Version(r.text)
		key, _, err := m.schemes.AppendKey(r.low[:0], t.Scheme, canonical)
		if r.low = append(key, 0); err == nil {
			r.kind = readExact
		}
	}
	r.line = bytes.IndexByte(r.low, 0) + 1
}

// version reads the installed version for a claim.
func (m *Matcher) version(r *installed, in *Installation, t *advisory.Timeline) {
	if r.asked == askedKey {
		m.keyAsked(r, t)
		return
	}
	if r.of == t {
		return
	}
	if !r.done {
		r.text, r.from = r.textOf(in)
		if r.text == "" && bytes.IndexByte(r.release, '.') > 0 {
			r.text, r.from = string(r.release), fromName
		}
	}
	canonical, anything := t.Entry.Version(r.text)
	canonical = t.Release(canonical)
	r.of = t
	if r.done && r.scheme == t.Scheme && r.entry == t.Entry && r.canonical == canonical {
		return
	}
	r.done, r.scheme, r.entry, r.canonical, r.front, r.named, r.err = true, t.Scheme, t.Entry, canonical, "", false, nil
	r.low, r.high, r.line = r.low[:0], r.high[:0], 0
	if r.text == "" {
		r.kind = readNothing
		return
	}
	if anything {
		r.kind = readAnything
		return
	}
	if r.scheme == nil {
		r.kind = readBad
		return
	}
	r.low, r.line, r.err = m.schemes.AppendKey(r.low, r.scheme, canonical)
	if r.err != nil && !errors.Is(r.err, vers.ErrImprecise) && r.from == "cpe" {
		// The scheme does not know the word of the update.
		if plain := in.CPE.Text(cpe.Version); plain != canonical {
			canonical = plain
			r.low, r.line, r.err = m.schemes.AppendKey(r.low[:0], r.scheme, canonical)
		}
	}
	if r.err != nil && !errors.Is(r.err, vers.ErrImprecise) {
		if bare, ok := t.Bare(canonical); ok {
			canonical = bare
			r.low, r.line, r.err = m.schemes.AppendKey(r.low[:0], r.scheme, canonical)
		}
	}
	if r.err != nil && !errors.Is(r.err, vers.ErrImprecise) {
		if front, ok := t.Front(canonical); ok {
			canonical, r.front = front, front
		}
	}
	switch {
	case r.front != "", errors.Is(r.err, vers.ErrImprecise), r.err == nil && (r.from == fromName || advisory.IsImprecise(t.Entry, canonical)):
		low, high, line, err := r.scheme.AppendBranch(r.low[:0], r.high, canonical, 0)
		if r.kind, r.err = readBranch, err; err != nil {
			r.kind = readBad
			return
		}
		r.low, r.high, r.line = low, high, line
	case r.err != nil:
		r.kind = readBad
	default:
		r.kind = readExact
	}
}

// says returns what a timeline says about the installed version (step 3), and the segment
// that was hit, -1 for none. A CPE name is first compared with the releases that the
// statement names by CPE names; of another version than the installed one it tells nothing.
func (m *Matcher) says(s *scratch, in *Installation, t *advisory.Timeline) (advisory.Outcome, int) {
	m.version(&s.read, in, t)
	if !in.namesRelease() || s.read.asked != askedInstalled {
		out, segment := s.lookUp(t)
		if s.read.kind != readExact {
			return t.Released(out, nil), segment
		}
		return t.Released(out, s.read.low), segment
	}
	named, is := t.Named(in.CPE)
	switch {
	case is == vers.Yes:
		return named, -1
	case is == vers.No && t.OnlyNames():
		return t.Other, -1
	case is == vers.No:
		return s.lookUp(t)
	}
	if out, segment := s.lookUp(t); out.Status == advisory.Affected {
		return out, segment
	}
	named.Possible = named.Possible.Union(t.Any(advisory.Imprecise, "").Possible)
	if t.OnlyNames() {
		named.Possible = named.Possible.With(t.Other.Status)
	}
	return named, -1
}

// lookUp asks a timeline for the version that was read.
func (s *scratch) lookUp(t *advisory.Timeline) (advisory.Outcome, int) {
	r := &s.read
	if r.kind == readNothing {
		return t.Any(advisory.NoVersion, "the installed version is not known"), -1
	}
	if out, ok := t.Text(r.text, s.id[:0]); ok && r.asked != askedKey {
		return out, -1
	}
	switch r.kind {
	case readExact:
		out, segment := t.At(r.low, r.line)
		switch {
		case r.asked != askedInstalled:
		case t.OtherCount(segment, r.low):
			return s.recount(t)
		case segment >= 0 && out.Status != advisory.Affected && out.Status != advisory.Unknown && t.IsShort(r.canonical):
			if out, segment, ok := s.inBranch(t, segment); ok {
				return out, segment
			}
		}
		return out, segment
	case readBranch:
		if out, segment := t.Within(r.low, r.high, r.line); r.asked != askedInstalled || !t.OtherCount(segment, r.low) {
			return out, segment
		}
		return s.recount(t)
	case readAnything:
		return t.Any(advisory.Imprecise, "the installed version is the name of a release that holds many"), -1
	default:
		return t.Any(advisory.BadVersion, "the scheme cannot read the installed version"), -1
	}
}

// recount is lookUp for a version that counts in another way than the bounds. The name of the
// product may tell one that counts as they do: 231.9161.38 is that of IntelliJ IDEA 2023.1.3.
func (s *scratch) recount(t *advisory.Timeline) (advisory.Outcome, int) {
	r := &s.read
	if r.from != fromName && len(r.release) > 0 {
		name := string(r.release)
		low, high, line, err := r.scheme.AppendBranch(r.low[:0], r.high[:0], name, 0)
		if err == nil {
			r.low, r.high, r.line, r.kind, r.canonical, r.named = low, high, line, readBranch, name, true
			r.of = nil // the next claim reads it as it is written
			if out, segment := t.Within(low, high, line); !t.OtherCount(segment, low) {
				return out, segment
			}
		}
	}
	return t.Any(advisory.BadVersion, "the installed version and the bounds seem to count in different ways"), -1
}

// inBranch is lookUp for a version that may only name a branch, and false when it makes no difference.
func (s *scratch) inBranch(t *advisory.Timeline, segment int) (out advisory.Outcome, hit int, ok bool) {
	r := &s.read
	low, high, line, err := r.scheme.AppendBranch(s.spare[:0], r.high[:0], r.canonical, 0)
	s.spare, r.high = low, high
	if err != nil || !t.Splits(segment, r.low, high) {
		return out, -1, false
	}
	r.low, r.line, r.kind, r.done, r.of = append(r.low[:0], low...), line, readBranch, false, nil
	out, hit = t.Within(r.low, r.high, line)
	return out, hit, true
}
