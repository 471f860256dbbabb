package inventory

import (
	"iter"
	"strings"

	"github.com/affected-go/affected/match"
)

// dpkg is the status file of dpkg (/var/lib/dpkg/status, or a file of status.d): stanzas of
// "Field: value" (deb-control(5)), of which Package, Status, Version, Architecture and Source
// are read. What is not installed, or of which only the configuration is left, is passed over.
type dpkg struct{}

func (dpkg) Name() string { return "dpkg" }

// Sniff looks for a first stanza with a package and its version or status.
func (dpkg) Sniff(t *Text) bool {
	first := t.firstLine()
	if !strings.HasPrefix(first, "Package:") {
		return false
	}
	stanza, _, _ := strings.Cut(strings.ReplaceAll(t.Head(), "\r", ""), "\n\n")
	return strings.Contains(stanza, "\nStatus:") || strings.Contains(stanza, "\nVersion:") || !strings.Contains(first, ",")
}

func (dpkg) Read(t *Text, opt Options) iter.Seq2[*match.Host, error] {
	return func(yield func(*match.Host, error) bool) {
		g := newGather(opt, yield)
		s := stanzas{g: g, m: g.host(""), l: newLines(t), add: addDeb}
		s.read(splitDeb)
		g.flush()
	}
}

// splitDeb takes a line of a stanza apart.
func splitDeb(line string) (field, value string, ok bool) {
	if line[0] == ' ' || line[0] == '\t' {
		return "", "", true // goes on with the field before it, which is none that is read
	}
	field, value, ok = strings.Cut(line, ":")
	return strings.ToLower(field), strings.TrimSpace(value), ok && field != "" && !strings.ContainsAny(field, " \t")
}

// addDeb takes a stanza of dpkg.
func addDeb(s *stanzas, at spot) {
	f := s.fields
	state := f["status"]
	if strings.HasSuffix(state, " config-files") || strings.HasSuffix(state, " not-installed") {
		return
	}
	switch {
	case f["package"] == "":
		s.fail(at, ErrSyntax, "a stanza without the field Package")
	case f["version"] == "":
		s.fail(at, ErrValue, "package %s has no version", short(f["package"]))
	default:
		s.g.pack(s.m, pkg{typ: "deb", name: f["package"], version: f["version"], arch: f["architecture"], upstream: debSource(f["source"])}, at)
	}
}

// debSource turns "gcc-12 (12.2.0-14)" into the form of the upstream qualifier.
func debSource(source string) string {
	name, version, ok := strings.Cut(source, " (")
	if !ok {
		return strings.TrimSpace(source)
	}
	return strings.TrimSpace(name) + "@" + strings.TrimSuffix(version, ")")
}

// stanzas reads groups of lines that blank lines separate.
type stanzas struct {
	g      *gather
	m      *machine
	l      *lines
	add    func(s *stanzas, at spot)
	fields map[string]string
	lines  []string // those of its lines that are read
	broken bool     // a line of the stanza could not be read
}

// maxFields is how many fields of a stanza are kept. The fields that are read stand among
// the first dozen; no package has more than fifty.
const maxFields = 256

// read reads all stanzas. split takes a line apart; no field is a line without meaning.
func (s *stanzas) read(split func(line string) (field, value string, ok bool)) {
	s.fields = map[string]string{}
	begin := 0
	for !s.g.done() && s.l.next() {
		line := s.l.text
		if strings.TrimSpace(line) == "" && s.l.err == nil {
			s.end(begin)
			continue
		}
		if len(s.fields) == 0 && !s.broken {
			begin = s.l.n
		}
		if s.l.err != nil {
			s.g.fail(&Error{Host: s.m.ID, Line: s.l.n, Err: s.l.err})
			continue
		}
		if !s.l.whole {
			s.fail(spot{line: s.l.n}, ErrTruncated, "the last line has no end: the text may be cut off in it")
			continue
		}
		field, value, ok := split(line)
		if !ok {
			s.broken = true
			s.fail(spot{line: s.l.n}, ErrSyntax, "no field and value: %q", short(line))
			continue
		}
		if field == "" || len(s.fields) >= maxFields {
			continue
		}
		if _, again := s.fields[field]; again {
			s.fail(spot{line: s.l.n}, ErrConflict, "field %s occurs twice in one stanza", short(field))
			continue
		}
		s.fields[field] = value
		if s.isRead(field) {
			s.lines = append(s.lines, line)
		}
	}
	if err := s.l.err; err != nil {
		s.g.fail(&Error{Host: s.m.ID, Line: s.l.n, Err: err})
	}
	s.end(begin)
}

// end takes the stanza that was read.
func (s *stanzas) end(line int) {
	if len(s.fields) > 0 || s.broken {
		s.g.row = rowText(strings.Join(s.lines, "\n"))
		s.add(s, spot{line: line})
	}
	s.broken, s.lines = false, s.lines[:0]
	clear(s.fields)
}

// isRead tells whether a field is one of those that make a package.
func (s *stanzas) isRead(field string) bool {
	switch field {
	case "package", "status", "version", "architecture", "source", "P", "V", "A", "o":
		return true
	}
	return false
}

func (s *stanzas) fail(at spot, kind error, format string, args ...any) {
	s.g.wrong(s.m.ID, at, kind, format, args...)
}
