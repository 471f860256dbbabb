package purl

import "strings"

// Parse reads a package URL as the standard and the definition of its type want it.
//
// What the standard tells parsers to accept is accepted: slashes after the scheme, a type in
// upper case, empty segments and empty values, characters that the canonical form encodes. A
// namespace that the type requires or prohibits, a version beside a vers qualifier, an
// invisible character and the like are errors; ParseLenient takes these with a warning. The
// error is a [*ParseError].
func Parse(s string) (PURL, error) {
	p, warnings, err := ParseLenient(s)
	if err != nil {
		return PURL{}, err
	}
	if len(warnings) > 0 {
		return PURL{}, parseError(s, warnings[0])
	}
	return p, nil
}

// ParseLenient reads a package URL as it is found in documents and inventories. What can be
// read in one way only is read, and what Parse would refuse is told in the warnings. On
// error, a [*ParseError], the PURL is the zero one.
func ParseLenient(s string) (PURL, []Warning, error) {
	if len(s) > MaxLength {
		return PURL{}, nil, parseError(s, Warning{"name", MaxLength, tooLong, ErrTooLong})
	}
	r := reader{input: s}
	p, ok := r.read()
	if !ok {
		return PURL{}, nil, parseError(s, r.failure)
	}
	return p, r.warnings, nil
}

// MustParse is Parse for package URLs that stand in a program. It panics on error.
func MustParse(s string) PURL {
	p, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return p
}

const tooLong = "more than 8192 bytes"

// A reader takes one text apart. Its methods return false once failure is set.
type reader struct {
	input    string
	warnings []Warning
	failure  Warning

	pathAt, nameAt, versionAt, qualifiersAt int // offsets of the parts
}

func (r *reader) warn(part string, offset int, rule string, kind error) {
	r.warnings = append(r.warnings, Warning{part, offset, rule, kind})
}

func (r *reader) fail(part string, offset int, rule string, kind error) bool {
	r.failure = Warning{part, offset, rule, kind}
	return false
}

// read splits the text as "How to parse" of the standard says, with one difference: it cuts
// at the first "#" and at the first "?", as RFC 3986 does, and not at the last. The two agree
// wherever the separators inside components are encoded; where they are not, it warns.
func (r *reader) read() (p PURL, ok bool) {
	start, end := r.trim()
	if end-start < 4 || !strings.EqualFold(r.input[start:start+3], "pkg") || r.input[start+3] != ':' {
		return p, r.fail("scheme", start, "text begins with pkg:", ErrSyntax)
	}
	i := start + 4
	for i < end && r.input[i] == '/' {
		i++
	}
	subpath := end
	if n := strings.IndexByte(r.input[i:end], '#'); n >= 0 {
		subpath = i + n
	}
	question := subpath
	if n := strings.IndexByte(r.input[i:subpath], '?'); n >= 0 {
		question = i + n
	} else if n := ampersand(r.input[i:subpath]); n >= 0 {
		question = i + n
		r.warn("qualifiers", question, `they begin with "?", not with "&"`, ErrSyntax)
	}
	n := strings.IndexByte(r.input[i:question], '/')
	if n < 0 {
		return p, r.fail("name", question, "a type, a slash and a name are required", ErrSyntax)
	}
	if p.typ, ok = r.typ(i, i+n); !ok {
		return p, false
	}
	r.qualifiersAt = question
	if !r.path(&p, i+n+1, question) || !r.qualifiers(&p, question, subpath) || !r.subpath(&p, subpath, end) {
		return p, false
	}
	return r.finish(p)
}

// trim leaves out the white space around the text.
func (r *reader) trim() (start, end int) {
	end = len(r.input)
	for start < end && isSpace(r.input[start]) {
		start++
	}
	for end > start && isSpace(r.input[end-1]) {
		end--
	}
	if end-start < len(r.input) {
		offset := 0
		if start == 0 {
			offset = end
		}
		r.warn("scheme", offset, "white space around the text", ErrCharacter)
	}
	return start, end
}

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

// ampersand finds an "&" that stands where "?" should: in front of a key and an equal sign.
// The examples of the yocto definition are written so.
func ampersand(s string) int {
	i := strings.IndexByte(s, '&')
	if i < 0 {
		return -1
	}
	key, _, ok := strings.Cut(s[i+1:], "=")
	if !ok || invalidKey(key) >= 0 {
		return -1
	}
	return i
}

// typ reads the type, ECMA-427 clause 5.6.2.
func (r *reader) typ(start, end int) (string, bool) {
	typ := r.input[start:end]
	upper := false
	for i := 0; i < len(typ); i++ {
		c := typ[i]
		switch {
		case 'a' <= c && c <= 'z':
		case 'A' <= c && c <= 'Z':
			upper = true
		case i == 0:
			return "", r.fail("type", start, "begins with a letter", ErrSyntax)
		case '0' <= c && c <= '9' || c == '.' || c == '-':
		case c == '+':
			// Permitted until the first edition of the standard.
			r.warn("type", start+i, "letters, digits, period and dash", ErrSyntax)
		default:
			return "", r.fail("type", start+i, "letters, digits, period and dash", ErrSyntax)
		}
	}
	if typ == "" {
		return "", r.fail("type", start, "missing", ErrSyntax)
	}
	if upper {
		typ = strings.ToLower(typ)
	}
	return typ, true
}

// path reads namespace, name and version.
func (r *reader) path(p *PURL, start, end int) bool {
	for start < end && r.input[start] == '/' {
		start++
	}
	r.pathAt = start
	stop := end // where name and namespace end
	if n := strings.LastIndexByte(r.input[start:end], '@'); n > 0 {
		var ok bool
		stop = start + n
		r.versionAt = stop + 1
		if p.version, ok = r.component("version", stop+1, end); !ok {
			return false
		}
	} else if n == 0 && (p.typ != typeNPM || strings.IndexByte(strings.TrimRight(r.input[start:end], "/"), '/') < 0) {
		// Only the scope of npm begins with an at sign that people leave unencoded.
		return r.fail("name", start, "missing", ErrSyntax)
	}
	for stop > start && r.input[stop-1] == '/' {
		stop--
	}
	r.nameAt = start + strings.LastIndexByte(r.input[start:stop], '/') + 1
	var ok bool
	if p.name, ok = r.component("name", r.nameAt, stop); !ok {
		return false
	}
	if p.name == "" {
		return r.fail("name", r.nameAt, "missing", ErrSyntax)
	}
	p.namespace, ok = r.segments("namespace", start, r.nameAt)
	return ok
}

// subpath reads what begins with "#" at start.
func (r *reader) subpath(p *PURL, start, end int) (ok bool) {
	if start < end {
		p.subpath, ok = r.segments("subpath", start+1, end)
		return ok
	}
	return true
}

// component decodes one component or segment.
func (r *reader) component(part string, start, end int) (string, bool) {
	s := r.input[start:end]
	i := plain(s)
	if i == len(s) {
		return s, true
	}
	encoded, warned := false, false
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case c == '%':
			if _, ok := hexPair(s[i:]); !ok {
				return "", r.fail(part, start+i, "percent sign without two hexadecimal digits", ErrEncoding)
			}
			encoded = true
			i += 2
		case !isLoose(c) && !warned && c > ' ' && c != 0x7f:
			// Control characters are left to inspect.
			warned = true
			r.warn(part, start+i, "has to be percent-encoded", ErrCharacter)
		case c == ' ' && !warned:
			warned = true
			r.warn(part, start+i, "a space has to be percent-encoded", ErrCharacter)
		}
	}
	text := s
	if encoded {
		text = unescape(s)
	}
	if f, ok := inspect(text); ok {
		return text, r.flaw(part, start+encodedOffset(s, f.index), f)
	}
	return text, true
}

// flaw fails or warns.
func (r *reader) flaw(part string, offset int, f flaw) bool {
	if f.fatal {
		return r.fail(part, offset, f.rule, f.kind)
	}
	r.warn(part, offset, f.rule, f.kind)
	return true
}

// segments decodes what consists of segments and drops the empty ones.
func (r *reader) segments(part string, start, end int) (string, bool) {
	for start < end && r.input[start] == '/' {
		start++
	}
	for end > start && r.input[end-1] == '/' {
		end--
	}
	if s := r.input[start:end]; isPlainPath(s) {
		return s, true
	}
	var path []byte
	for start < end {
		stop := end
		if n := strings.IndexByte(r.input[start:end], '/'); n >= 0 {
			stop = start + n
		}
		segment, ok := r.component(part, start, stop)
		if !ok {
			return "", false
		}
		switch {
		case part == "subpath" && (segment == "." || segment == ".."):
			// The standard rules them out in one place and drops them in another.
			r.warn(part, start, "segments . and .. are not permitted", ErrSyntax)
			segment = ""
		case strings.IndexByte(segment, '/') < 0:
		case part == "subpath":
			return "", r.fail(part, start, "a segment holds no slash", ErrSyntax)
		default:
			// Some producers encode the whole namespace; its slashes separate all the same.
			r.warn(part, start, "a segment holds no slash", ErrSyntax)
		}
		if path == nil && stop == end && strings.IndexByte(segment, '/') < 0 {
			return segment, true // the only one
		}
		path = appendSegments(path, segment)
		start = stop + 1
	}
	return string(path), true
}

// appendSegments adds the segments of s that are not empty.
func appendSegments(path []byte, s string) []byte {
	for segment := range strings.SplitSeq(s, "/") {
		if segment == "" {
			continue
		}
		if len(path) > 0 {
			path = append(path, '/')
		}
		path = append(path, segment...)
	}
	return path
}

// isPlainPath tells whether s is canonical, whatever the part: plain segments, none of them
// empty and none that begins with a period.
func isPlainPath(s string) bool {
	first := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '/' || c == '.' {
			if first {
				return false
			}
			first = c == '/'
			continue
		}
		if !isPlain(c) {
			return false
		}
		first = false
	}
	return true
}
