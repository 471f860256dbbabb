package purl

import (
	"unicode"
	"unicode/utf8"
)

// finish brings p to the canonical form of its type and holds it against the definition.
func (r *reader) finish(p PURL) (PURL, bool) {
	def := types[p.typ]
	if def.canonical&foldNamespace != 0 {
		p.namespace = lower(p.namespace)
	}
	if def.canonical&foldName != 0 {
		p.name = lower(p.name)
	}
	if def.canonical&foldVersion != 0 {
		p.version = lower(p.version)
	}
	if def.adjust != nil {
		p = def.adjust(p)
	}
	if p.name == "" {
		return p, r.fail("name", 0, "missing", ErrSyntax)
	}
	part, rule := def.breach(&p)
	switch {
	case part == "":
	case def.firm:
		return p, r.fail(part, r.offset(part, p), rule, ErrDefinition)
	default:
		r.warn(part, r.offset(part, p), rule, ErrDefinition)
	}
	if p.version != "" && p.qualifiers != "" {
		if _, ok := lookup(p.qualifiers, "vers"); ok {
			// Annex B of the standard: the two exclude each other.
			r.warn("qualifiers", r.offset("qualifiers", p), "a range beside a version", ErrDefinition)
		}
	}
	if 3*len(r.input) > MaxLength && len(p.append(nil)) > MaxLength {
		// The canonical form has to be readable, too; encoding makes it three times as long.
		return p, r.fail("name", r.nameAt, tooLong, ErrTooLong)
	}
	return p, true
}

// breach returns the part of p that breaks the definition, "" for none.
func (def *definition) breach(p *PURL) (part, rule string) {
	switch {
	case def.namespace == required && p.namespace == "":
		return "namespace", "required by the type"
	case def.namespace == prohibited && p.namespace != "":
		return "namespace", "prohibited by the type"
	}
	if def.needs != "" {
		if _, ok := lookup(p.qualifiers, def.needs); !ok {
			return "qualifiers", "required by the type: " + def.needs
		}
	}
	if def.check != nil {
		return def.check(*p)
	}
	return "", ""
}

// offset returns where a part of p begins in the text; a namespace that is missing, where the
// name begins.
func (r *reader) offset(part string, p PURL) int {
	switch {
	case part == "namespace" && p.namespace != "":
		return r.pathAt
	case part == "version":
		return r.versionAt
	case part == "qualifiers":
		return r.qualifiersAt
	default:
		return r.nameAt
	}
}

// lower lowers s in the way of appendLower and allocates only when that changes it.
func lower(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; 'A' <= c && c <= 'Z' || c >= utf8.RuneSelf {
			return string(appendLower(nil, s))
		}
	}
	return s
}

// appendLower writes s in lower case. A character outside of ASCII never becomes one inside,
// as the Kelvin sign would: names that look alike are not made equal.
func appendLower(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if l := unicode.ToLower(r); l >= utf8.RuneSelf {
			r = l
		}
		dst = utf8.AppendRune(dst, r)
		i += size
	}
	return dst
}
