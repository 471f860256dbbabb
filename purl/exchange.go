package purl

import (
	"strings"

	"github.com/package-url/packageurl-go"
)

// From builds a PURL from the parts of a package URL, decoded as packageurl-go holds them.
// It brings them to the canonical form and is as strict as Parse; u is not changed. The error
// is a [*ParseError] with an offset in the part.
func From(u packageurl.PackageURL) (PURL, error) {
	size := len(u.Type) + len(u.Namespace) + len(u.Name) + len(u.Version) + len(u.Subpath)
	for _, q := range u.Qualifiers {
		size += len(q.Key) + len(q.Value)
	}
	r := reader{input: u.Type}
	if size > MaxLength {
		r.fail("name", 0, tooLong, ErrTooLong)
		return PURL{}, parseError("", r.failure)
	}
	p, ok := r.build(u)
	if ok && len(p.append(nil)) > MaxLength {
		ok = r.fail("name", 0, tooLong, ErrTooLong)
	}
	if !ok {
		return PURL{}, parseError("", r.failure)
	}
	if len(r.warnings) > 0 {
		return PURL{}, parseError("", r.warnings[0])
	}
	return p, nil
}

// PackageURL returns the parts of p as packageurl-go holds them. The caller owns the result.
func (p PURL) PackageURL() packageurl.PackageURL {
	u := packageurl.PackageURL{
		Type:      p.typ,
		Namespace: p.namespace,
		Name:      p.name,
		Version:   p.version,
		Subpath:   p.subpath,
	}
	for key, value := range p.Qualifiers() {
		u.Qualifiers = append(u.Qualifiers, packageurl.Qualifier{Key: key, Value: value})
	}
	return u
}

// build checks the parts one by one.
func (r *reader) build(u packageurl.PackageURL) (p PURL, ok bool) {
	if p.typ, ok = r.typ(0, len(u.Type)); !ok {
		return p, false
	}
	if u.Name == "" {
		return p, r.fail("name", 0, "missing", ErrSyntax)
	}
	p.name, p.version = u.Name, u.Version
	p.namespace = string(appendSegments(nil, u.Namespace))
	p.subpath = string(appendSegments(nil, u.Subpath))
	if !r.inspect("name", u.Name) || !r.inspect("version", u.Version) ||
		!r.inspect("namespace", u.Namespace) || !r.inspect("subpath", u.Subpath) {
		return p, false
	}
	for segment := range strings.SplitSeq(p.subpath, "/") {
		if segment == "." || segment == ".." {
			return p, r.fail("subpath", 0, "segments . and .. are not permitted", ErrSyntax)
		}
	}
	list := make([]pair, 0, len(u.Qualifiers))
	for _, q := range u.Qualifiers {
		if i := invalidKey(q.Key); i >= 0 {
			return p, r.fail("qualifiers", i, "a key is a letter, then letters, digits, period, dash and underscore", ErrSyntax)
		}
		if !r.inspect("qualifiers", q.Value) {
			return p, false
		}
		list = append(list, pair{key: strings.ToLower(q.Key), value: q.Value})
	}
	if !r.join(&p, list) {
		return p, false
	}
	return r.finish(p)
}

// inspect reports the flaws of decoded text.
func (r *reader) inspect(part, s string) bool {
	f, found := inspect(s)
	return !found || r.flaw(part, f.index, f)
}
