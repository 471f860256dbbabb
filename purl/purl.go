// Package purl reads package URLs (ECMA-427) and tells which of them mean the same package.
//
// A [PURL] is an immutable value that compares with == and serves as the key of a map, unlike
// packageurl.PackageURL, which holds a slice. [From] and [PURL.PackageURL] lead from one to
// the other. [Parse] holds to the standard and to the definition of the type; [ParseLenient]
// takes what is in use and says in warnings what is wrong with it. Parse fails exactly when
// ParseLenient fails or warns.
//
// There are three ways to ask whether two of them agree, from narrow to wide: == compares the
// canonical forms, [PURL.AppendKey] writes a key in which names that a registry takes for one
// are equal, and [PURL.Covers] takes a package URL as a pattern. [PURL.Relate] is Covers that
// tells what is another package from what is not known.
//
// Canonical form and key differ on purpose. The canonical form changes letters only where the
// tests of the standard want it (github, pypi, deb ...); the key also folds what the registry
// ignores (golang, nuget, hex, PEP 503 ...), and the text that people read stays as it was.
package purl

import (
	"iter"
	"strings"
)

// MaxLength is the length in bytes up to which package URLs are read. The longest one in the
// test suite of the standard has 343 bytes.
const MaxLength = 8192

// A PURL is a package URL in canonical form. The zero PURL is invalid, and no text reads as
// it. PURLs are immutable, copied by assignment, compared with == and safe for concurrent
// use. The strings of a PURL may share memory with the text that it was read from.
type PURL struct {
	typ        string
	namespace  string // segments joined by a slash; no segment holds one
	name       string
	version    string
	qualifiers string // as in the canonical text: sorted, percent-encoded, no empty value
	subpath    string // as namespace
}

// IsValid tells whether p was read or built; the zero PURL was not.
func (p PURL) IsValid() bool { return p.name != "" }

// Type returns the type in lower case: "deb", "maven".
func (p PURL) Type() string { return p.typ }

// Namespace returns the decoded namespace, "" when there is none. Segments are separated by
// a slash.
func (p PURL) Namespace() string { return p.namespace }

// Name returns the decoded name. Only names of the type git consist of segments.
func (p PURL) Name() string { return p.name }

// Version returns the decoded version, "" when there is none. An epoch that stands in a
// qualifier is not part of it: see [PURL.FullVersion].
func (p PURL) Version() string { return p.version }

// Subpath returns the decoded path inside the package, "" when there is none.
func (p PURL) Subpath() string { return p.subpath }

// Unversioned returns p without its version; qualifiers and subpath stay.
func (p PURL) Unversioned() PURL {
	p.version = ""
	return p
}

// Base returns p without version, qualifiers and subpath.
func (p PURL) Base() PURL {
	return PURL{typ: p.typ, namespace: p.namespace, name: p.name}
}

// Qualifier returns the decoded value of a qualifier. Keys are in lower case; no qualifier
// has an empty value.
func (p PURL) Qualifier(key string) (value string, ok bool) {
	text, ok := lookup(p.qualifiers, key)
	return unescape(text), ok
}

// Qualifiers returns the keys and the decoded values in the order of the keys.
func (p PURL) Qualifiers() iter.Seq2[string, string] {
	return func(yield func(key, value string) bool) {
		for key, value := range pairs(p.qualifiers) {
			if !yield(key, unescape(value)) {
				return
			}
		}
	}
}

// String returns the canonical text, "" for the zero PURL. Parsing it with ParseLenient
// gives p again.
func (p PURL) String() string {
	var room [192]byte
	return string(p.append(room[:0]))
}

// AppendText appends the canonical text to b. It implements encoding.TextAppender and never
// fails.
func (p PURL) AppendText(b []byte) ([]byte, error) { return p.append(b), nil }

// MarshalText returns the canonical text. It implements encoding.TextMarshaler and never
// fails.
func (p PURL) MarshalText() ([]byte, error) { return p.append(nil), nil }

// UnmarshalText sets p to what ParseLenient reads, so that every value survives the way to
// text and back; the warnings are lost. Empty text gives the zero PURL.
func (p *PURL) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = PURL{}
		return nil
	}
	q, _, err := ParseLenient(string(text))
	if err == nil {
		*p = q
	}
	return err
}

// append writes the canonical text, ECMA-427 clause 5.6.
func (p PURL) append(b []byte) []byte {
	if !p.IsValid() {
		return b
	}
	b = append(b, "pkg:"...)
	b = append(b, p.typ...)
	if p.namespace != "" {
		b = append(b, '/')
		b = appendPath(b, p.namespace)
	}
	b = append(b, '/')
	if p.typ == typeGit {
		b = appendPath(b, p.name) // a path on the host: its slashes separate
	} else {
		b = appendEscaped(b, p.name)
	}
	if p.version != "" {
		b = append(b, '@')
		b = appendEscaped(b, p.version)
	}
	if p.qualifiers != "" {
		b = append(b, '?')
		b = append(b, p.qualifiers...)
	}
	if p.subpath != "" {
		b = append(b, '#')
		b = appendPath(b, p.subpath)
	}
	return b
}

// pairs iterates over the keys and the encoded values of canonical qualifiers.
func pairs(qualifiers string) iter.Seq2[string, string] {
	return func(yield func(key, value string) bool) {
		for rest := qualifiers; rest != ""; {
			var pair string
			pair, rest, _ = strings.Cut(rest, "&")
			key, value, _ := strings.Cut(pair, "=")
			if !yield(key, value) {
				return
			}
		}
	}
}

// lookup returns the encoded value of one key of canonical qualifiers.
func lookup(qualifiers, key string) (value string, ok bool) {
	for rest := qualifiers; rest != ""; {
		end := strings.IndexByte(rest, '&')
		if end < 0 {
			end = len(rest)
		}
		if len(key) < end && rest[len(key)] == '=' && rest[:len(key)] == key {
			return rest[len(key)+1 : end], true
		}
		rest = rest[min(end+1, len(rest)):]
	}
	return "", false
}
